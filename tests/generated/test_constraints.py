"""Every constraint of the specs, member by member: kept, broken alone, and at its bounds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from tests.generated.oracle import broken, matches
from tests.generated.strategies import (
    BITS,
    CHARACTERS,
    analysed,
    bounds,
    full_sample,
    structures,
    values,
)
from tests.generated.support import (
    CASES,
    Case,
    Place,
    at,
    changed,
    places,
    without,
)

from specwright.model import Member, Service, Shape
from specwright.patterns import sample

MANY = settings(
    max_examples=60,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
WRONG_TYPES: dict[str, tuple[object, ...]] = {
    "string": (5, True, b"x", ["x"], datetime(2026, 1, 1), 1.5),
    "integer": ("5", True, False, 1.0, 2**31, -(2**31) - 1, b"5"),
    "long": ("5", True, 1.0, 2**63, -(2**63) - 1, [5]),
    "timestamp": ("2026-01-31T00:00:00Z", 1769817600, True, date(2026, 1, 31)),
    "list": ("abc", b"abc", 5, {"a": 1}, True),
    "structure": ("x", 5, ["x"], True),
    "union": ("x", 5, ["x"], True),
}
EXPECTED_TYPES = {
    "string": "a string",
    "integer": "a whole number of 32 bits",
    "long": "a whole number of 64 bits",
    "timestamp": "a datetime",
    "list": "a sequence, not a string",
}


@cache
def sample_of(case: Case, side: str) -> dict[str, Any]:
    """One valid input or output with every member; nobody changes it."""
    return full_sample(case.service, getattr(case.operation, side))


@dataclass(frozen=True)
class Spot:
    """A place in the input or output of an operation."""

    case: Case
    side: str
    place: Place

    def __str__(self) -> str:
        return f"{self.case}-{self.side}{self.place.pointer}"

    @property
    def member(self) -> Member:
        return self.place.member

    @property
    def target(self) -> Shape:
        return self.case.service.target(self.member)

    @property
    def shape(self) -> Shape:
        operation = self.case.operation
        return operation.input if self.side == "input" else operation.output

    @property
    def valid(self) -> dict[str, Any]:
        return sample_of(self.case, self.side)

    def violations(self, values: dict[str, Any]) -> list[Any]:
        side = self.case.request if self.side == "input" else self.case.response
        found: list[Any] = side.from_dict(values).violations()
        return found

    def found(self, value: object) -> list[tuple[str, str, object]]:
        """Pointer, kind and limit of what is found when the place has a value."""
        changed_values = changed(self.valid, self.place.steps, value)
        return [(v.pointer, v.kind, v.limit) for v in self.violations(changed_values)]


def spots(kinds: tuple[str, ...] = ()) -> list[Spot]:
    """All places of all operations, or those of some types."""
    return [
        spot
        for case in CASES
        for side in ("input", "output")
        for place in places(case.service, getattr(case.operation, side))
        if (spot := Spot(case, side, place)).target.type in kinds or not kinds
    ]


def all_spots(*kinds: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("spot", spots(kinds), ids=str)


@pytest.mark.parametrize("side", ["input", "output"])
@pytest.mark.parametrize("case", CASES, ids=str)
def test_values_inside_the_constraints_have_no_violations(
    case: Case, side: str
) -> None:
    shape = getattr(case.operation, side)
    cls = case.request if side == "input" else case.response

    @MANY
    @given(structures(case.service, shape))
    def check(drawn: dict[str, Any]) -> None:
        assert cls.from_dict(drawn).violations() == []
        cls.from_dict(drawn).validate()

    check()
    assert cls.from_dict(full_sample(case.service, shape)).violations() == []


@all_spots()
def test_a_wrong_type_is_the_only_thing_that_is_said(spot: Spot) -> None:
    kind = spot.target.type
    expected = EXPECTED_TYPES.get(kind, f"a {spot.target.name}")
    for wrong in WRONG_TYPES[kind]:
        assert spot.found(wrong) == [(spot.place.pointer, "type", expected)], wrong


@all_spots("timestamp")
def test_a_moment_needs_a_time_zone(spot: Spot) -> None:
    expected = "a datetime with a time zone, such as datetime.now(timezone.utc)"
    assert spot.found(datetime(2026, 1, 31)) == [(spot.place.pointer, "type", expected)]


@all_spots()
def test_a_required_member_is_missed_where_it_belongs(spot: Spot) -> None:
    if spot.place.steps[-1] == 0:
        return
    left = spot.violations(without(spot.valid, spot.place.steps))
    above = at(spot.valid, spot.place.steps[:-1])
    pointer, _, name = spot.place.pointer.rpartition("/")
    if parent_type(spot) == "union" and len(above) == 1:
        assert [(v.pointer, v.kind, v.limit) for v in left] == [
            (pointer, "union", (name,))
        ]
    elif spot.member.required:
        assert [(v.pointer, v.kind) for v in left] == [(spot.place.pointer, "required")]
    else:
        assert left == []
        assert spot.found(None) == []


def parent_type(spot: Spot) -> str:
    service, shape = spot.case.service, spot.shape
    for step in spot.place.steps[:-1]:
        inner = {m.name: m for m in shape.members}
        member = shape.item if step == 0 else inner[str(step)]
        assert member is not None
        shape = service.target(member)
    return shape.type


def bad_values(service: Service, member: Member, valid: Any) -> Iterator[Any]:
    """Values of the right type that break a constraint, one constraint alone where possible."""
    target, constraints = service.target(member), service.constraints(member)
    least, most = bounds(constraints.length)
    if target.type in BITS and constraints.range is not None:
        for bound, beyond in ((constraints.range.min, -1), (constraints.range.max, 1)):
            if bound is not None:
                yield int(bound) + beyond
    if target.type == "list" and constraints.length is not None:
        yield valid * least if least == 0 else valid[:1] * (least - 1)
        yield valid[:1] * ((most or 0) + 1)
    if target.type == "string":
        if least:
            yield "x" * (least - 1)
        if most is not None:
            yield longer(constraints.pattern, most) or "a" * (most + 1)
        if constraints.enum:
            yield from ("Nothing", "", str(constraints.enum[0]).swapcase() + " ")
        if constraints.pattern is not None:
            yield from stray(valid)


def longer(pattern: str | None, most: int) -> str | None:
    """A text of the pattern that is too long by one character, if there is any."""
    if pattern is None:
        return "👍" * (most + 1)
    return sample(analysed(pattern, "full"), Random(0), (most + 1, most + 1))


def stray(valid: str) -> list[str]:
    """Texts that are nearly valid."""
    return [valid + end for end in ("!", " ", "\n", "-", "é", "👍")] + [" " + valid]


@all_spots("string", "list", *BITS)
def test_a_broken_constraint_is_reported_at_its_place_and_nowhere_else(
    spot: Spot,
) -> None:
    service, member = spot.case.service, spot.member
    constraints = service.constraints(member)
    told: set[str] = set()
    for bad in bad_values(service, member, at(spot.valid, spot.place.steps)):
        expected = broken(constraints, bad)
        if member.location == "path" and bad == "":
            expected.insert(0, ("label", "not empty"))
        assert spot.found(bad) == [(spot.place.pointer, *e) for e in expected], bad
        told |= {kind for kind, _ in expected}
    stated = {
        "length": constraints.length is not None,
        "range": constraints.range is not None,
        "pattern": constraints.pattern is not None
        and not takes_all(constraints.pattern),
        "enum": bool(constraints.enum),
    }
    assert told - {"label"} == {kind for kind, is_stated in stated.items() if is_stated}


def takes_all(pattern: str) -> bool:
    return all(matches(pattern, text) for text in stray("x"))


@all_spots("string", "list", *BITS)
def test_bounds_belong_to_what_is_allowed(spot: Spot) -> None:
    service, member = spot.case.service, spot.member
    constraints, target = service.constraints(member), spot.target
    least, most = bounds(constraints.length)
    edges: list[object] = []
    if target.type in BITS and constraints.range is not None:
        limits = (constraints.range.min, constraints.range.max)
        edges += [int(bound) for bound in limits if bound is not None]
    elif target.type == "list" and constraints.length is not None:
        assert most is not None
        one = at(spot.valid, spot.place.steps)[:1]
        edges += [one * least, one * most]
    elif target.type == "string" and not constraints.enum:
        edges += [
            text for n in (least, most) if (text := exactly(constraints.pattern, n))
        ]
    for edge in edges:
        assert spot.found(edge) == [], edge


def exactly(pattern: str | None, length: int | None) -> str | None:
    """A valid text of a length, if there is any."""
    if length is None or pattern is None:
        return None if length is None else "é" * length
    return sample(analysed(pattern, "full"), Random(1), (length, length))


@all_spots("string", "list", *BITS, "timestamp")
def test_a_violation_says_where_its_constraint_is_documented(spot: Spot) -> None:
    service, member = spot.case.service, spot.member
    sources = service.constraints(member).sources
    for bad in bad_values(service, member, at(spot.valid, spot.place.steps)):
        values = changed(spot.valid, spot.place.steps, bad)
        for violation in spot.violations(values):
            if violation.kind != "label":
                assert violation.source == sources[violation.kind], violation
    if member.required:
        (missing,) = spot.violations(without(spot.valid, spot.place.steps))
        assert missing.source == sources["required"]


PATTERNS = sorted(
    {
        constraints.pattern: spot
        for spot in spots(("string",))
        if (constraints := spot.case.service.constraints(spot.member)).pattern
    }.items()
)


@pytest.mark.parametrize(
    "spot", [pytest.param(spot, id=text[:40]) for text, spot in PATTERNS]
)
def test_near_misses_of_patterns_are_judged_right(spot: Spot) -> None:
    service, member = spot.case.service, spot.member
    constraints = service.constraints(member)
    ends = st.sampled_from(["\n", "-", " ", "!", "/", "$", ":", "\u00e9", "\u2028"])

    @MANY
    @given(values(service, member), st.integers(0, 300), ends | st.text(CHARACTERS))
    def check(valid: str, place: int, new: str) -> None:
        cut = min(place, len(valid))
        for text in (valid[:cut] + new + valid[cut:], valid[:cut], valid[cut:], new):
            expected = broken(constraints, text)
            if member.location == "path" and text == "":
                expected.insert(0, ("label", "not empty"))
            assert spot.found(text) == [(spot.place.pointer, *e) for e in expected]

    check()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_everything_that_is_broken_is_reported_in_the_order_of_the_spec(
    case: Case,
) -> None:
    wrong: dict[str, Any] = {}
    expected: list[str] = []
    for member in case.operation.input.members:
        wrong[member.name] = object()
        expected.append(f"/{member.name}")
    request = case.request.from_dict(dict(reversed(wrong.items())))
    assert [v.pointer for v in request.violations()] == expected
    with pytest.raises(case.package.ValidationError) as caught:
        request.validate()
    assert list(caught.value.violations) == request.violations()
