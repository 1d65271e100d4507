"""How large drawn values may be: the bounds of shapes, and how much is in a value at them."""

from __future__ import annotations

import sys
from math import ceil, floor, inf, nextafter

from .maps import Map
from .schema import (
    Blob,
    Double,
    Integer,
    LengthBounds,
    List,
    Ref,
    Shape,
    Stream,
    String,
)
from .structure import find

DEEPEST = 3
"""How many structures deep optional members are drawn."""

LONGEST = {"string": 20_000, "blob": 100_000, "list": 1_000, "map": 50}
"""Sizes up to which values go to the upper bound of a length."""

MOST = 1_000
"""So much is held by a list or map whose items are at their bounds."""

LETTERS = "abcdefghijklmnopqrstuvwxyz"

_A_VALUE = 200
"""The characters of a text that weigh as much as one more value."""


class Bulks:
    """How many values are in one whose sizes are the largest that are drawn."""

    def __init__(self, scope: str) -> None:
        self._scope = scope
        # Shapes are kept beside what is known of them, so that no id is used again.
        self._known: dict[tuple[int, int], tuple[Shape, int]] = {}

    def of(self, shape: Shape, depth: int) -> int:
        """The bulk of a shape in a structure that is that many structures deep."""
        shape = plain_shape(shape)
        key = id(shape), min(depth, DEEPEST)
        found = self._known.get(key)
        if found is None:
            # What holds itself by members that it must have has no values.
            self._known[key] = shape, 1
            found = self._known[key] = shape, self._measured(shape, depth)
        return found[1]

    def _measured(self, shape: Shape, depth: int) -> int:
        if isinstance(shape, Ref):
            members = find(self._scope, shape.name).__schema__.members
            drawn = [m for m in members if m.required or depth + 1 < DEEPEST]
            return 1 + sum(self.of(m.shape, depth + 1) for m in drawn)
        if isinstance(shape, (String, Blob)):
            return 1 + longest(shape) // _A_VALUE
        if isinstance(shape, (List, Map)):
            count = longest(shape)
            count = bounds(shape.length)[0] if depth >= DEEPEST else max(count, 1)
            inner = shape.item if isinstance(shape, List) else shape.value
            one = self.of(inner, depth)
            # Items that are too much together are drawn small, or alone.
            return 1 + (count * one if count * one <= MOST else max(count, one))
        return 1


def longest(shape: String | Blob | List | Map) -> int:
    """The largest size that is drawn."""
    least, most = bounds(shape.length)
    return least if most is None or most > max(LONGEST[shape.kind], least) else most


def bounds(length: LengthBounds) -> tuple[int, int | None]:
    """The bounds of a length, without a lower one where that is None."""
    least, most = length or (None, None)
    return least or 0, most


def whole_bounds(shape: Integer) -> tuple[int | None, int | None]:
    """The bounds of a whole number: those of its range within those of its size."""
    low, high = shape.range or (None, None)
    least = None if low is None else ceil(low)
    most = None if high is None else floor(high)
    if shape.bits is None:
        return least, most
    end = 2 ** (shape.bits - 1)
    return (
        -end if least is None else max(least, -end),
        end - 1 if most is None else min(most, end - 1),
    )


def double_bounds(shape: Double) -> tuple[float | None, float | None]:
    """The bounds of a number as the outermost doubles within them; infinite where there are
    none, or none that is finite."""
    low, high = shape.range or (None, None)
    return (
        None if low is None else next_double(low, inf),
        None if high is None else next_double(high, -inf),
    )


def next_double(end: float, inward: float) -> float:
    """A bound, or the next double on its inner side where it is none."""
    try:
        number = float(end)
    except OverflowError:
        # Whole numbers have no end; the largest double lies within such a bound or none does.
        least = -sys.float_info.max
        return (
            (inf if end > 0 else least) if inward > 0 else (-least if end > 0 else -inf)
        )
    outside = number < end if inward > 0 else number > end
    return nextafter(number, inward) if outside else number


def plain_shape(shape: Shape) -> Shape:
    """A shape as its values stand in dicts."""
    return shape.plain if isinstance(shape, Stream) else shape


def names_in(shape: Shape) -> set[str]:
    """The structures that a shape names."""
    shape = plain_shape(shape)
    if isinstance(shape, Ref):
        return {shape.name}
    if isinstance(shape, List):
        return names_in(shape.item)
    return names_in(shape.value) if isinstance(shape, Map) else set()
