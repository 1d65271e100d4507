"""Random texts: of a pattern, of a length, and fit for the place where they stand."""

from __future__ import annotations

from functools import cache
from random import Random
from typing import Any

from tests.catalogue.models import location

from specwright.patterns import Analysis, analyse, sample

LETTERS = "abXY09 -_.~/:?&=+%<>\"'\\,\n\u00e9\u6c34\U0001f40d"
XML_LETTERS = LETTERS.replace("\n", "")
PRINTABLE = "abXY09-_.~/:;?&=+%<>'()"
# Shapes of Route 53.
IDS = ("ResourceId", "ChangeId")
LABELS = "abxy09"


def text(shape: Any, random: Random, *, answer: bool, xml: bool) -> str | None:
    """A text for a member; None where none is found that its pattern admits."""
    if shape.enum:
        return str(random.choice([*shape.enum, "New"] if answer else shape.enum))
    least, most = bounds(shape)
    where = location(shape)
    if shape.metadata.get("pattern") and not answer:
        return matching(shape.metadata["pattern"], least, most, random)
    if least == 0 and where == "uri":
        # An empty label can't be sent.
        least = 1
    size = random.choice((0, 1, 3, 9)) if random.random() < 0.95 else 40
    wanted = max(least, size if most is None else min(size, most))
    letters = LETTERS
    if where in ("header", "headers"):
        letters = PRINTABLE
    elif xml:
        letters = XML_LETTERS
    made = "".join(random.choices(letters, k=wanted))
    if where == "uri" and shape.name in IDS:
        # Only the part behind the last slash is sent, and an empty label can't be.
        made = made.rstrip("/") or "a"
    # Clients refuse a step of a path that means another path.
    return "a" if where == "uri" and made == "." else made.replace("..", "._")


def bounds(shape: Any) -> tuple[int, int | None]:
    """The least and the most length of a value."""
    most = shape.metadata.get("max")
    return int(shape.metadata.get("min") or 0), None if most is None else int(most)


def matching(pattern: str, least: int, most: int | None, random: Random) -> str | None:
    """A text that all of a pattern matches."""
    found = samples(pattern, least, most)
    return random.choice(found) if found else None


@cache
def samples(pattern: str, least: int, most: int | None) -> tuple[str, ...]:
    """A few texts of a pattern, the same ones each time."""
    analysis = analyse(pattern, "full")
    if not isinstance(analysis, Analysis):
        return ()
    random = Random(pattern)
    # A text that isn't empty says more, and is needed where a label stands.
    tries = [sample(analysis, random, (max(least, 1), most)) for _ in range(3)]
    if most == 0 or not any(tries):
        tries = [sample(analysis, random, (least, most))]
    return tuple(text for text in tries if text is not None)
