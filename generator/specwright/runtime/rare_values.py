"""Strategies for the kinds of values that few services have: documents, decimals, int enums."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from .big_decimals import BigDecimal
from .documents import Document
from .int_enums import BITS, IntEnum
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


def rare_values(shape: Shape, scope: str) -> SearchStrategy[object] | None:
    """The values of a shape; None where it is of another kind."""
    if isinstance(shape, IntEnum):
        listed = shape.values(scope)
        return st.sampled_from([*filter(is_within(shape.range), listed)])
    if isinstance(shape, BigDecimal):
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


def of_wrong_types(shape: Shape) -> list[object] | None:
    """Values of other types than the shape's; None where it is of another kind."""
    if isinstance(shape, IntEnum):
        return [True, 1.5, "1", 2 ** (BITS - 1), -(2 ** (BITS - 1)) - 1]
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
        return [e for e in ends if e is not None and whole_number(BITS)[1](e)] or None
    if isinstance(shape, BigDecimal):
        found: list[object] = []
        found += [shape.low - LEAST_STEP] if shape.low is not None else []
        found += [shape.high + LEAST_STEP] if shape.high is not None else []
        return found or None
    return None


def unlisted(shape: Shape, scope: str) -> list[object] | None:
    """Numbers that an int enum doesn't list; None where it is of another kind."""
    if isinstance(shape, IntEnum):
        listed = shape.values(scope)
        near = [*range(-1, 100), max(listed) + 1]
        others: list[object] = [n for n in near if n not in listed]
        return [*filter(is_within(shape.range), others)] or others
    return None
