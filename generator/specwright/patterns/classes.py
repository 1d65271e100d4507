"""Character classes: what stands between ``[`` and ``]``."""

from __future__ import annotations

import re

from specwright.patterns.charset import (
    Ranges,
    complement,
    either_case,
    intersection,
    union,
)
from specwright.patterns.escapes import escape
from specwright.patterns.problems import invalid

_REST = re.compile(r"(?:\\.|[^\]\\])*\]", re.DOTALL)


def read_class(text: str, start: int, ignore_case: bool) -> tuple[Ranges, int]:
    """The characters of the class that opens at ``start``, and the offset after it.

    Raises RefusedError. A ``-`` that can't make a range is a literal; a ``]`` that comes first is one
    where the class is closed later; ``&&[`` is Java's intersection.
    """
    at = start + 1
    negative = text.startswith("^", at)
    at += negative
    items: list[Ranges] = []
    if text.startswith("]", at) and _REST.match(text, at + 1):
        items.append(((93, 93),))
        at += 1
    while not text.startswith("]", at):
        if text.startswith("&&[", at):
            other, at = read_class(text, at + 2, ignore_case)
            items = [intersection(union(items), other)]
            continue
        low, after = _item(text, at, start)
        if not isinstance(low, int) or not _ranges_on(text, after):
            items.append(((low, low),) if isinstance(low, int) else low)
            at = after
            continue
        high, end = _item(text, after + 1, start)
        if isinstance(high, int):
            if high < low:
                raise invalid(f"the range '{text[at:end]}' is reversed", at)
            items.append(((low, high),))
        else:
            items += (((low, low),), ((45, 45),), high)
        at = end
    ranges = union(items)
    if ignore_case:
        ranges = either_case(ranges)
    return (complement(ranges) if negative else ranges), at + 1


def _ranges_on(text: str, at: int) -> bool:
    return text.startswith("-", at) and not text.startswith("]", at + 1)


def _item(text: str, at: int, start: int) -> tuple[int | Ranges, int]:
    if at >= len(text):
        raise invalid("'[' is never closed", start, "write '\\[' for the character")
    if text[at] != "\\":
        return ord(text[at]), at + 1
    if text.startswith("b", at + 1):
        return 8, at + 2
    return escape(text, at + 1)
