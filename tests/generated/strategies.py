"""Hypothesis strategies from the specs' model, never from the tables of the generated code."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from random import Random
from typing import Any

from hypothesis import strategies as st

from specwright.model import Bounds, Constraints, Member, Service, Shape
from specwright.patterns import Analysis, analyse, sample

# Whatever UTF-8 can carry: lone surrogates are no text.
CHARACTERS = st.characters(codec="utf-8")
ZONES = st.one_of(
    st.just(UTC),
    st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m))),
)
# Drawn as plain text, which is much quicker than through the pattern.
OPEN_PATTERNS = {
    r"[\s\S]*": CHARACTERS,
    r"[\S\s]*": CHARACTERS,
    ".*": st.characters(codec="utf-8", exclude_characters="\n\r\u2028\u2029"),
}
# strftime, which botocore writes dates with, doesn't pad years below 1000.
EARLIEST, LATEST = datetime(1000, 1, 3), datetime(9999, 12, 29)
# A fold means nothing beside a fixed offset, and old pickles drop it.
ANY_MOMENT = st.datetimes(EARLIEST, LATEST, timezones=ZONES).map(
    lambda moment: moment.replace(fold=0)
)
MOMENTS = st.one_of(ANY_MOMENT.map(lambda m: m.replace(microsecond=0)), ANY_MOMENT)
BITS = {"byte": 8, "short": 16, "integer": 32, "long": 64}


def bounds(limit: Bounds | None) -> tuple[int, int | None]:
    """The least and the most of a length."""
    if limit is None:
        return 0, None
    most = None if limit.max is None else int(limit.max)
    return int(limit.min or 0), most


@cache
def analysed(pattern: str, match: str) -> Analysis:
    """A pattern of a spec, judged once."""
    found = analyse(pattern, "full" if match == "full" else "search")
    assert isinstance(found, Analysis)
    return found


@cache
def long_samples(analysis: Analysis, least: int, most: int | None) -> tuple[str, ...]:
    """Texts of the pattern with as many characters as allowed, or nearly; there may be none."""
    if most is None:
        return ()
    found = [
        sample(analysis, Random(seed), (max(least, shortest), most))
        for seed, shortest in enumerate((most, most - 1, most // 2))
    ]
    return tuple(text for text in found if text is not None)


def texts(constraints: Constraints) -> st.SearchStrategy[str]:
    """Texts that satisfy everything that is said of a string."""
    if constraints.enum:
        return st.sampled_from([str(value) for value in constraints.enum])
    least, most = bounds(constraints.length)
    if constraints.pattern is None or constraints.pattern in OPEN_PATTERNS:
        characters = OPEN_PATTERNS.get(constraints.pattern or "", CHARACTERS)
        return st.text(characters, min_size=least, max_size=most)
    analysis = analysed(constraints.pattern, constraints.match or "full")
    fitting = st.from_regex(analysis.regex, fullmatch=True, alphabet=CHARACTERS)
    able = fitting.filter(
        lambda t: least <= len(t) and (most is None or len(t) <= most)
    )
    long = long_samples(analysis, least, most)
    return st.one_of(able, st.sampled_from(long)) if long else able


def whole_numbers(kind: str, limit: Bounds | None) -> st.SearchStrategy[int]:
    """Whole numbers within the range of a member and the size of its type."""
    size = 2 ** (BITS[kind] - 1)
    low, high = -size, size - 1
    if limit is not None and limit.min is not None:
        low = max(low, int(limit.min))
    if limit is not None and limit.max is not None:
        high = min(high, int(limit.max))
    return st.one_of(st.integers(low, high), st.sampled_from([low, high]))


def values(service: Service, member: Member) -> st.SearchStrategy[Any]:
    """Valid values of a member."""
    shape, constraints = service.target(member), service.constraints(member)
    if shape.type == "string":
        return texts(constraints)
    if shape.type == "timestamp":
        return MOMENTS
    if shape.type in BITS:
        return whole_numbers(shape.type, constraints.range)
    if shape.type == "list":
        assert shape.item is not None
        least, most = bounds(constraints.length)
        items = values(service, shape.item)
        return st.lists(items, min_size=least, max_size=2 if most is None else most)
    if shape.type == "union":
        return st.one_of(
            *(
                st.fixed_dictionaries({m.name: values(service, m)})
                for m in shape.members
            )
        )
    assert shape.type == "structure", shape.type
    return structures(service, shape)


def structures(service: Service, shape: Shape) -> st.SearchStrategy[dict[str, Any]]:
    """Valid dicts by the spec's names, with any of the optional members."""
    required = {m.name: values(service, m) for m in shape.members if m.required}
    optional = {m.name: values(service, m) for m in shape.members if not m.required}
    return st.fixed_dictionaries(required, optional=optional)


def full_sample(service: Service, shape: Shape, seed: int = 0) -> dict[str, Any]:
    """One valid dict with every member, made without Hypothesis."""
    random = Random(seed)

    def value(member: Member) -> Any:
        target, constraints = service.target(member), service.constraints(member)
        if target.type == "union":
            first = target.members[0]
            return {first.name: value(first)}
        if target.type == "structure":
            return {m.name: value(m) for m in target.members}
        if target.type == "list":
            assert target.item is not None
            return [value(target.item)]
        return scalar(target, constraints, random)

    return {member.name: value(member) for member in shape.members}


def scalar(shape: Shape, constraints: Constraints, random: Random) -> Any:
    """One valid value that is neither list nor structure."""
    if shape.type == "timestamp":
        return datetime(2026, 1, 2, 3, 4, 5, 678000, tzinfo=UTC)
    if shape.type in BITS:
        limit = constraints.range
        return 1 if limit is None or limit.min is None else int(limit.min)
    assert shape.type == "string", shape.type
    if constraints.enum:
        return str(constraints.enum[0])
    least, most = bounds(constraints.length)
    if constraints.pattern is None:
        return "x" * max(least, 1)
    text = sample(
        analysed(constraints.pattern, constraints.match or "full"),
        random,
        (max(least, 1), most),
    )
    assert text is not None
    return text
