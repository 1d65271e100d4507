"""What crawlers do to pages: line breaks lost or added, spaces of other kinds, junk around them."""

from __future__ import annotations

import html
import random
import re
import textwrap
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


def _wrapped(text: str, rng: random.Random) -> str:
    width = rng.randint(72, 100)
    rows = (
        textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False)
        for line in text.split("\n")
    )
    return "\n".join("\n".join(row) for row in rows)


def _round(text: str, _: random.Random) -> str:
    """Quotes and dashes as word processors write them."""
    for straight, left, right in (("'", "\u2018", "\u2019"), ('"', "\u201c", "\u201d")):
        text = re.sub(rf"(?<![\w{straight}]){straight}(?=\S)", left, text)
        text = text.replace(straight, right)
    return text.replace("--", "\u2013").replace("...", "\u2026")


def _misread(text: str, _: random.Random) -> str:
    """Dashes in a wrong encoding."""
    dashes = text.replace("--", "\u2013")
    return dashes.encode().decode("cp1252", errors="replace")


CONVERTED: Mapping[str, Damage] = {
    "wrapped lines": _wrapped,
    "spaces for all line breaks": lambda text, _: re.sub(r"\s+", " ", text),
    "round quotes": _round,
    "round quotes, wrapped": lambda text, rng: _wrapped(_round(text, rng), rng),
    "entities": lambda text, _: html.escape(text),
    "dashes misread": _misread,
    "twice": lambda text, _: f"{text}\n\n{text}",
}
"""What converters do to pages with code: every fact can be read after it."""


def cut(text: str, rng: random.Random) -> str:
    """A page that ends before its end."""
    return text[: int(len(text) * rng.uniform(0.15, 0.98))]
