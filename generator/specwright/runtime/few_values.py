"""Values of shapes, one after the other: where a shape has few of them, all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import combinations, count as numbers_from, islice, permutations, product
from math import inf, nextafter
from random import Random
from typing import TypeAlias, TypeVar

from .extents import (
    LETTERS,
    bounds,
    double_bounds,
    plain_shape,
    whole_bounds,
)
from .maps import Map
from .patterns import Pattern
from .rare_values import ABSENT, rare_list
from .sampling import Sampler
from .schema import (
    Blob,
    Boolean,
    Double,
    Enum,
    Integer,
    List,
    Location,
    Ref,
    Shape,
    Spec,
    String,
    Timestamp,
)
from .structure import find
from .unique_lists import canonical
from .validation import check_for, enum_values, is_within
from .violations import Findings

FIRST = datetime(2026, 1, 1, tzinfo=UTC)
VARIED = 8
"""So many items of a list, or values of a map, are varied; the others are the first one."""

T = TypeVar("T")
Around: TypeAlias = "tuple[str, ...]"
"""The names of the structures that something is in."""


class Listing:
    """Lists values for the shapes of one service, structures as dicts by the spec's names."""

    def __init__(self, scope: str, sampler: Callable[[Pattern], Sampler]) -> None:
        self._scope = scope
        self._sampler = sampler
        # Shapes are kept beside what is known of them, so that no id is used again.
        self._known: dict[tuple[int, int, str], tuple[Shape, list[object]]] = {}

    def of(self, shape: Shape, count: int, place: Location = "body") -> list[object]:
        """As many values that are told apart; all that are found where there are fewer."""
        key = id(shape), count, place
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = shape, self._some(shape, count, (), place)
        return found[1]

    def _some(
        self, shape: Shape, count: int, around: Around, place: Location = "body"
    ) -> list[object]:
        if not count:
            return []
        found: dict[str, object] = {}
        values = self._each(plain_shape(shape), count, around, place)
        for value in islice(values, 4 * count + 1_000):
            found.setdefault(canonical(value), value)
            if len(found) >= count:
                break
        return list(found.values())

    def _each(
        self, shape: Shape, count: int, around: Around, place: Location
    ) -> Iterator[object]:
        if isinstance(shape, Ref):
            return self._structures(shape.name, count, around)
        if isinstance(shape, List):
            return self._lists(shape, count, around, place)
        if isinstance(shape, Map):
            return self._maps(shape, count, around, place)
        if isinstance(shape, Enum):
            return iter(enum_values(self._scope, shape.name))
        if isinstance(shape, String):
            return self._texts(shape, count, place)
        if isinstance(shape, Integer):
            return whole_numbers(shape)
        if isinstance(shape, Double):
            return numbers(shape)
        if isinstance(shape, Blob):
            least, most = bounds(shape.length)
            every = [bytes([n]) for n in range(256)]
            return (b"".join(made) for made in sequences(every, least, most))
        if isinstance(shape, Boolean):
            return iter((False, True))
        if isinstance(shape, Timestamp):
            return (FIRST + timedelta(seconds=n) for n in range(count))
        return iter(rare_list(shape, self._scope, count))

    def _structures(self, name: str, count: int, around: Around) -> Iterator[object]:
        if around.count(name) > 1:
            return
        schema, inside = find(self._scope, name).__schema__, (*around, name)
        if schema.union:
            for member in schema.members:
                for value in self._some(member.shape, count, inside):
                    yield {member.name: value}
            return
        base: dict[str, object] = {}
        for member in schema.members:
            if member.required:
                first = self._some(member.shape, 1, inside)
                if not first:
                    return
                base[member.name] = first[0]
        yield base
        # What is in itself isn't looked into without end.
        varied = [m for m in schema.members if m.required or name not in around]
        choices: dict[str, list[object]] = {}
        for member in varied:
            found = self._some(member.shape, count, inside)
            for value in found:
                yield {**base, member.name: value}
            choices[member.name] = found if member.required else [ABSENT, *found]
        for chosen in product(*choices.values()):
            members = zip(choices, chosen, strict=True)
            yield {name: value for name, value in members if value is not ABSENT}

    def _lists(
        self, shape: List, count: int, around: Around, place: Location
    ) -> Iterator[object]:
        least, most = bounds(shape.length)
        if not least:
            yield []
        if most == 0:
            return
        if shape.distinct is None:
            items = self._some(shape.item, count, around, place)
            yield from sequences(items, max(least, 1), most)
            return
        items = self._some(shape.item, max(count, least), around, place)
        end = len(items) if most is None else min(most, len(items))
        for size in range(max(least, 1), end + 1):
            yield from map(list, permutations(items, size))

    def _maps(
        self, shape: Map, count: int, around: Around, place: Location
    ) -> Iterator[object]:
        least, most = bounds(shape.length)
        if not least:
            yield {}
        if most == 0:
            return
        where: Location = "host" if place == "header-map" else "body"
        keys = self._some(shape.key, max(count, least), around, where)
        values = self._some(shape.value, count, around)
        end = len(keys) if most is None else min(most, len(keys))
        for size in range(max(least, 1), end + 1):
            for chosen in combinations(keys, size):
                for held in sequences(values, size, size):
                    yield dict(zip(chosen, held, strict=True))

    def _texts(self, shape: String, count: int, place: Location) -> Iterator[object]:
        least, most = bounds(shape.length)
        least = max(least, 1 if place in ("path", "host") else 0)
        if shape.enum:
            plain = String(length=shape.length, pattern=shape.pattern)
            yield from (value for value in shape.enum if is_valid(plain, value))
        elif shape.pattern is not None:
            write = self._sampler(shape.pattern).text
            for seed in range(2 * count + 20):
                text = write(Random(seed), least, most)
                if text is not None:
                    yield text
        else:
            for made in sequences(alphabet(place), least, most):
                yield "".join(made)


def sequences(values: Sequence[T], least: int, most: int | None) -> Iterator[list[T]]:
    """Sequences of values, the shorter ones first; all of them where they are short."""
    for size in range(least, most + 1) if most is not None else numbers_from(least):
        if size and not values:
            return
        same = [values[0]] * (size - VARIED) if size > VARIED else []
        for chosen in product(values, repeat=min(size, VARIED)):
            yield [*same, *chosen]


def whole_numbers(shape: Integer) -> Iterator[object]:
    low, high = whole_bounds(shape)
    if shape.enum:
        return filter(is_within((low, high)), shape.enum)
    if low is None:
        return numbers_from(0) if high is None else numbers_from(high, -1)
    return numbers_from(low) if high is None else iter(range(low, high + 1))


def numbers(shape: Double) -> Iterator[object]:
    low, high = double_bounds(shape)
    number, toward = (high, -inf) if low is None else (low, inf)
    if number is None:
        yield from map(float, numbers_from(0))
        return
    fits = is_within((low, high))
    while fits(number) and abs(number) < inf:
        yield number
        number = nextafter(number, toward)


def is_valid(shape: Shape, value: object, scope: str = "") -> bool:
    """True for a value that breaks no constraint of its shape."""
    found = Findings()
    check_for(shape, scope, Spec(""))(value, "", None, found)
    return not found


@lru_cache(maxsize=4)
def alphabet(place: Location) -> str:
    """The characters that texts are made of, by where they stand."""
    if place in ("host", "path"):
        return LETTERS
    visible = "".join(map(chr, range(0x21, 0x7F)))
    return (
        visible
        if place == "header"
        else LETTERS + visible + "".join(map(chr, range(0x4E00, 0x9FA5)))
    )
