"""Strategies for the kinds of values that few services have: documents, decimals, int enums."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from .big_decimals import BigDecimal
from .documents import Document
from .int_enums import IntEnum
from .schema import Shape
from .validation import is_within, whole_number
from .violations import Kind

PLAIN_JSON = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**53), 2**53),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(codec="utf-8"), max_size=16),
)
LEAST_STEP = Decimal("1E-9")
ABSENT = object()
"""Drawn for a member that is to be left out."""


def missing(shape: Shape) -> SearchStrategy[object]:
    """What stands for nothing in a dict; None would be a document that is null."""
    return st.just(ABSENT) if isinstance(shape, Document) else st.none()


def rare_values(
    shape: Shape, scope: str, *, at_bounds: bool = False
) -> SearchStrategy[object] | None:
    """The values of a shape, maybe only the outermost ones; None where it is of another kind."""
    if isinstance(shape, IntEnum):
        listed = [*filter(is_within(shape.range), shape.values(scope))]
        return st.sampled_from(listed) if listed else st.nothing()
    if isinstance(shape, BigDecimal):
        ends = [end for end in (shape.low, shape.high) if end is not None]
        if at_bounds and ends:
            return st.sampled_from(ends)
        return st.decimals(shape.low, shape.high, allow_nan=False, allow_infinity=False)
    if isinstance(shape, Document):
        return st.recursive(
            PLAIN_JSON,
            lambda inner: st.one_of(
                st.lists(inner, max_size=3),
                st.dictionaries(st.text("abcé~/"), inner, max_size=3),
            ),
            max_leaves=5,
        )
    return None


def rare_list(shape: Shape, scope: str, count: int) -> list[object]:
    """As many values of a shape; all of them where there are fewer."""
    if isinstance(shape, IntEnum):
        return [*filter(is_within(shape.range), shape.values(scope))]
    if isinstance(shape, BigDecimal):
        low, high = shape.low, shape.high
        start = high if low is None else low
        step = Decimal(1)
        if low is not None and high is not None:
            step = (high - low) / count
        elif low is None:
            step = -step
        first = Decimal(0) if start is None else start
        made = [first, *(first + step * number for number in range(1, count))]
        return [
            number
            for number in made
            if (low is None or low <= number) and (high is None or number <= high)
        ]
    return [*range(count)] if isinstance(shape, Document) else []


def of_wrong_types(shape: Shape) -> list[object] | None:
    """Values of other types than the shape's; None where it is of another kind."""
    if isinstance(shape, IntEnum):
        end = 2 ** (shape.bits - 1)
        return [True, 1.5, "1", end, -end - 1]
    if isinstance(shape, BigDecimal):
        return [True, "1", Decimal("NaN"), Decimal("Infinity")]
    if isinstance(shape, Document):
        return [b"bytes", datetime(2026, 1, 2)]
    return None


def rare_kinds(shape: Shape) -> list[Kind]:
    """The kinds of constraints that a shape has beside its type."""
    if isinstance(shape, IntEnum):
        return ["enum"] if shape.range is None else ["range", "enum"]
    if isinstance(shape, BigDecimal):
        return [] if shape.low is None and shape.high is None else ["range"]
    return []


def outside(shape: Shape) -> list[object] | None:
    """Numbers next to a range, on its outer sides; None where there are none."""
    if isinstance(shape, IntEnum):
        low, high = shape.range or (None, None)
        ends = [None if low is None else low - 1, None if high is None else high + 1]
        return [
            e for e in ends if e is not None and whole_number(shape.bits)[1](e)
        ] or None
    if isinstance(shape, BigDecimal):
        found: list[object] = []
        found += [] if shape.low is None else [decimal_below(shape.low)]
        found += [] if shape.high is None else [decimal_above(shape.high)]
        return found or None
    return None


def unlisted(shape: Shape, scope: str) -> list[object] | None:
    """Numbers that an int enum doesn't list; None where it is of another kind."""
    if isinstance(shape, IntEnum):
        listed = shape.values(scope)
        near = [*range(-1, 100), max(listed) + 1]
        fits = whole_number(shape.bits)[1]
        others: list[object] = [n for n in near if n not in listed and fits(n)]
        return [*filter(is_within(shape.range), others)] or others
    return None


def decimal_below(end: Decimal) -> Decimal:
    """A decimal that is less, also where the end has digits beyond those of a small step."""
    return min(end - LEAST_STEP, end.next_minus())


def decimal_above(end: Decimal) -> Decimal:
    return max(end + LEAST_STEP, end.next_plus())
