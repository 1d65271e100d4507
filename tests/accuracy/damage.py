"""What crawlers do to pages: line breaks lost or added, spaces of other kinds, junk around them."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping

Damage = Callable[[str, random.Random], str]


def _joined(glue: str, share: float) -> Damage:
    def damage(text: str, rng: random.Random) -> str:
        parts: list[str] = []
        for line in text.split("\n"):
            parts += [line, glue if rng.random() < share else "\n"]
        return "".join(parts[:-1])

    return damage


def _spaced(text: str, rng: random.Random) -> str:
    return re.sub(" ", lambda _: rng.choice(" " * 9 + "\u00a0"), text)


def _trailing(text: str, rng: random.Random) -> str:
    return "\n".join(line + " " * rng.choice([0, 0, 1, 4]) for line in text.split("\n"))


JUNK = "Skip to main content\nSign In\nMenu\nAccept all cookies\n"
END = "\nDid this page help you?\nYes\nNo\nPrivacy | Site terms | Cookie preferences"

HARMLESS: Mapping[str, Damage] = {
    "windows lines": lambda text, _: "\ufeff" + text.replace("\n", "\r\n"),
    "hard spaces": _spaced,
    "spaces at ends": _trailing,
    "no indentation": lambda text, _: re.sub(r"(?m)^ +", "", text),
    "tabs": lambda text, _: re.sub(r"(?m)^ +", "\t", text),
    "blank lines": lambda text, _: text.replace("\n", "\n\n"),
    "no blank lines": lambda text, _: re.sub(r"\n\s*\n", "\n", text),
    "junk": lambda text, _: JUNK + text + END,
    "title twice": lambda text, _: text.partition("\n")[0] + "\n" + text,
}
"""Damage that hides nothing: every fact can be read after it."""

LOST_BREAKS: Mapping[str, Damage] = {
    "spaces for line breaks": _joined(" ", 0.04),
    "line breaks without a trace": _joined("", 0.03),
}
"""Damage after which a fact here and there can be told by its words only."""
