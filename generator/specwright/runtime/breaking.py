"""Hypothesis strategies for values that break one constraint of their shape."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise
from math import inf, nan, nextafter
from random import Random

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from .drawing import Drawing, Record
from .extents import LETTERS, LONGEST, bounds, double_bounds
from .leaves import SEEDS, Values
from .maps import Map
from .rare_values import (
    of_wrong_types,
    outside as beyond_range,
    rare_kinds,
    unlisted as unlisted_numbers,
)
from .sampling import Sampler, mismatch
from .schema import (
    Blob,
    Double,
    Enum,
    Integer,
    List,
    Ref,
    Schema,
    Shape,
    String,
    Timestamp,
)
from .structure import find
from .validation import enum_values, is_within
from .violations import Kind

LONGEST_BROKEN = {"string": 1_000_000, "blob": 30_000_000, "list": 20_000, "map": 60}
"""Upper bounds of a length that are above these aren't overstepped."""


def kinds_of(shape: Shape) -> tuple[Kind, ...]:
    """The kinds of constraints that a shape has of its own."""
    found: list[Kind] = ["type"]
    if isinstance(shape, (String, Blob, List, Map)) and shape.length is not None:
        found.append("length")
    if isinstance(shape, (Integer, Double)) and shape.range is not None:
        found.append("range")
    if isinstance(shape, String) and shape.pattern is not None:
        found.append("pattern")
    if isinstance(shape, Enum) or (isinstance(shape, (String, Integer)) and shape.enum):
        found.append("enum")
    if isinstance(shape, List) and shape.distinct is not None:
        found.append("unique")
    return (*found, *rare_kinds(shape))


def breaking(shape: Shape, kind: Kind, drawing: Drawing, depth: int) -> Values | None:
    """Values of a shape that break its constraint of a kind, and maybe others of the same
    value, but none of what is in it; None where there are none."""
    if kind == "type":
        return wrong_types(shape)
    if kind == "length" and isinstance(shape, (String, Blob, List, Map)):
        return wrong_sizes(shape, drawing, depth)
    if kind == "range" and (beyond := beyond_range(shape)) is not None:
        return st.sampled_from(beyond)
    if kind == "range" and isinstance(shape, (Integer, Double)):
        return outside(shape)
    if kind == "pattern" and isinstance(shape, String) and shape.pattern is not None:
        return mismatches(shape, drawing.sampler(shape.pattern))
    if kind == "enum":
        return unlisted(shape, drawing.scope)
    if kind == "unique" and isinstance(shape, List):
        return repeated(shape, drawing, depth)
    if kind == "union" and isinstance(shape, Ref):
        return not_one(find(drawing.scope, shape.name).__schema__, drawing, depth + 1)
    return None


def wrong_types(shape: Shape) -> Values:
    """Values of other types than the shape's."""
    others: list[object] = [object()]
    if isinstance(shape, Integer):
        others += [True, 1.5, "1"]
        if shape.bits is not None:
            others += [2 ** (shape.bits - 1), -(2 ** (shape.bits - 1)) - 1]
    elif isinstance(shape, Double):
        others += [False, "1.5"]
    elif isinstance(shape, (String, Enum)):
        others += [1, b"text"]
        if isinstance(shape, String):
            others.append("\ud800")
    elif isinstance(shape, Timestamp):
        others += ["2026-01-02T03:04:05Z", datetime(2026, 1, 2)]
    elif (rare := of_wrong_types(shape)) is not None:
        others += rare
    else:
        others += ["text", 1]
    return st.sampled_from(others)


def wrong_sizes(
    shape: String | Blob | List | Map, drawing: Drawing, depth: int
) -> Values | None:
    """Values that are one too short or one too long."""
    least, most = bounds(shape.length)
    sizes = [least - 1] if least else []
    if most is not None and most < LONGEST_BROKEN[shape.kind]:
        sizes.append(most + 1)
    made = [sized(shape, size, drawing, depth) for size in sizes]
    able = [each for each in made if each is not None]
    return st.one_of(*able) if able else None


def sized(
    shape: String | Blob | List | Map, size: int, drawing: Drawing, depth: int
) -> Values | None:
    """Values of one size, valid inside."""
    if isinstance(shape, String):
        text = None
        if shape.pattern is not None and size <= LONGEST["string"]:
            text = drawing.sampler(shape.pattern).text(Random(0), size, size)
        return st.just(LETTERS[0] * size if text is None else text)
    if isinstance(shape, Blob):
        return st.just(b"\0" * size)
    if not size:
        return st.just([] if isinstance(shape, List) else {})
    if isinstance(shape, List):
        if drawing.height(shape.item) == inf:
            return None
        return drawing.value(shape.item, depth).map(lambda item: [item] * size)
    if inf in (drawing.height(shape.key), drawing.height(shape.value)):
        return None
    if len(drawing.some(shape.key, size)) < size:
        return None
    keys = drawing.apart(shape.key, size, size, depth)
    values = drawing.value(shape.value, depth)
    return st.tuples(keys, values).map(lambda parts: dict.fromkeys(*parts))


def outside(shape: Integer | Double) -> Values | None:
    """Numbers next to a range, on its outer sides."""
    low, high = shape.range or (None, None)
    found: list[object] = []
    if isinstance(shape, Integer):
        found += [int(low) - 1] if low is not None else []
        found += [int(high) + 1] if high is not None else []
        end = inf if shape.bits is None else 2 ** (shape.bits - 1)
        found = [n for n in found if isinstance(n, int) and -end <= n < end]
    else:
        least, most = double_bounds(shape)
        found += [] if least is None else [nextafter(least, -inf), least - 1, -inf]
        found += [] if most is None else [nextafter(most, inf), most + 1, inf]
        # One more is the same where numbers are large.
        fits = is_within(shape.range)
        found = [*(n for n in found if not fits(n)), nan] if found else found
    return st.sampled_from(found) if found else None


def mismatches(shape: String, sampler: Sampler) -> Values | None:
    """Texts that a pattern doesn't match, of a right length if there are any."""
    least, most = bounds(shape.length)

    def text(seed: int) -> object:
        return mismatch(sampler, Random(seed), least, most)

    known = next((t for t in map(text, range(5)) if t is not None), None)
    if known is None:
        return None
    return SEEDS.map(text).map(lambda made: known if made is None else made)


def unlisted(shape: Shape, scope: str) -> Values | None:
    """Values of an enum's type that it doesn't list."""
    numbers = unlisted_numbers(shape, scope)
    if numbers is not None:
        return st.sampled_from(numbers)
    if isinstance(shape, Integer):
        near_ones = [*range(-1, 100), max(shape.enum) + 1]
        return st.sampled_from([n for n in near_ones if n not in shape.enum])
    if isinstance(shape, Enum):
        listed = enum_values(scope, shape.name)
    else:
        listed = shape.enum if isinstance(shape, String) else ()
    near = [
        made for value in listed for made in (value + "x", value.swapcase(), value[1:])
    ]
    return st.sampled_from([text for text in [*near, ""] if text not in listed])


def repeated(shape: List, drawing: Drawing, depth: int) -> Values | None:
    """Lists of a right length with an item that is there twice."""
    least, most = bounds(shape.length)
    size = max(least, 2)
    if (most is not None and most < size) or drawing.height(shape.item) == inf:
        return None
    return drawing.value(shape.item, depth).map(lambda item: [item] * size)


def not_one(
    schema: Schema, drawing: Drawing, depth: int
) -> SearchStrategy[Record] | None:
    """Members of a union, none or two of them."""
    if not schema.union:
        return None
    able = [m for m in schema.members if drawing.height(m.shape) < inf]
    none: SearchStrategy[Record] = st.fixed_dictionaries({})
    if len(able) < 2:
        return none
    pairs = [
        st.fixed_dictionaries({m.name: drawing.member(m, depth) for m in (one, other)})
        for one, other in pairwise(able)
    ]
    return st.one_of(none, *pairs)
