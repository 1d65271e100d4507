"""Hypothesis strategies for the values of shapes: any that are valid, or those at the bounds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from math import inf
from random import Random
from typing import Literal, TypeAlias

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from .extents import (
    DEEPEST,
    MOST,
    Bulks,
    bounds,
    double_bounds,
    longest,
    names_in,
    plain_shape,
    whole_bounds,
)
from .few_values import Listing
from .heights import Heights
from .leaves import (
    ALPHABETS,
    CHARACTERS,
    SEEDS,
    SPREAD,
    Values,
    letters,
    moments,
    octets,
)
from .maps import Map
from .patterns import Pattern
from .rare_values import ABSENT, rare_values
from .sampling import Sampler, Size
from .schema import (
    Blob,
    Boolean,
    Double,
    Enum,
    Float,
    Integer,
    List,
    Location,
    Member,
    Ref,
    Schema,
    Shape,
    String,
    Timestamp,
)
from .structure import find
from .unique_lists import canonical
from .validation import enum_values

Ends: TypeAlias = Literal["any", "bounds", "least"]
Record: TypeAlias = "dict[str, object]"

FEWER = 50
"""How many more values than needed there are to choose from, where very many are needed."""

FEW = 3
"""How many more items than needed a list or map has, where it needn't be at its bounds."""

SOME = 6
"""How many optional members a structure is given, where it isn't given all of them."""


class Drawing:
    """Draws values for the shapes of one service; structures as dicts by the spec's names."""

    def __init__(self, scope: str, ends: Ends = "any") -> None:
        self.scope = scope
        self.ends: Ends = ends
        self._samplers: dict[Pattern, Sampler] = {}
        # Shapes are kept beside their strategies, so that no id is used again.
        self._made: dict[tuple[int, int, str], tuple[Shape, Values]] = {}
        self._bulks = Bulks(scope)
        self._listing = Listing(scope, self.sampler)
        self._heights = Heights(scope, self._listing)

    def structure(
        self,
        schema: Schema,
        depth: int = 0,
        forced: Mapping[str, Values] | None = None,
    ) -> SearchStrategy[Record]:
        """The members of a structure. Those that are forced are there, and as given; a union
        has no others then."""
        given = dict(forced or {})
        if schema.union:
            if given:
                return st.fixed_dictionaries(given)
            chosen = [
                st.fixed_dictionaries({m.name: self.member(m, depth)})
                for m in self._alternatives(schema, depth)
            ]
            return st.one_of(*chosen)
        required = {m.name for m in schema.members if m.required} | set(given)
        drawn = {
            m.name: given[m.name] if m.name in given else self.member(m, depth)
            for m in schema.members
        }
        optional = [
            m.name
            for m in schema.members
            if m.name not in required and not self.lost(m)
        ]
        names = self._some(optional if depth < DEEPEST else [])

        @st.composite
        def members(draw: DrawFn) -> Record:
            wanted = {*required, *draw(names)}
            made = {name: draw(drawn[name]) for name in drawn if name in wanted}
            return {name: value for name, value in made.items() if value is not ABSENT}

        return members()

    def member(self, member: Member, depth: int = 0) -> Values:
        """The values of a member that its place in a message admits."""
        misfit = member.label
        if misfit is None:
            return self.value(member.shape, depth, member.location)
        if self.lost(member):
            return st.nothing()
        texts = self.value(member.shape, depth, place_of(member))
        return texts.filter(lambda text: not misfit(text))

    def lost(self, member: Member) -> bool:
        """True for a member without a value that is valid, or none that is found."""
        misfit = member.label
        if misfit is None:
            return self.height(member.shape) == inf
        texts = self.some(member.shape, 3, place_of(member))
        return all(map(misfit, texts))

    def value(self, shape: Shape, depth: int = 0, place: Location = "body") -> Values:
        """The values of a shape."""
        shape = plain_shape(shape)
        key = id(shape), min(depth, DEEPEST), place
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = shape, self._values(shape, depth, place)
        return found[1]

    def _values(self, shape: Shape, depth: int, place: Location) -> Values:
        if isinstance(shape, Ref):
            schema = find(self.scope, shape.name).__schema__
            # Put off, for structures may hold themselves.
            return st.deferred(lambda: self.structure(schema, depth + 1))
        if isinstance(shape, List):
            return self._list(shape, depth, place)
        if isinstance(shape, Map):
            return self._map(shape, depth, place)
        if isinstance(shape, Enum):
            return st.sampled_from(enum_values(self.scope, shape.name))
        if isinstance(shape, String):
            return self._text(shape, place)
        if isinstance(shape, Integer):
            return self._whole_number(shape)
        if isinstance(shape, Double):
            return self._number(shape)
        if isinstance(shape, Blob):
            return self._sized(shape, octets)
        if isinstance(shape, Boolean):
            return st.booleans()
        if isinstance(shape, Timestamp):
            return moments(whole=shape.format == "http-date" or place == "header")
        rare = rare_values(shape, self.scope, at_bounds=self.ends == "bounds")
        if rare is not None:
            return rare
        raise TypeError(f"no strategy draws a shape of kind {shape.kind!r}")

    def height(self, shape: Shape) -> float:
        """How many structures a value has in it at least, one inside the other; infinite
        where no value is valid or none is found."""
        return self._heights.of(shape)

    def some(self, shape: Shape, count: int, place: Location = "body") -> list[object]:
        """As many values of a shape that are told apart, or all where there are fewer."""
        return self._listing.of(shape, count, place)

    def apart(
        self,
        shape: Shape,
        low: int,
        high: int,
        depth: int,
        place: Location = "body",
        values: Values | None = None,
    ) -> SearchStrategy[list[object]]:
        """Lists of values that are told apart, those given where they are enough; nothing
        where there are too few."""
        if not high:
            return st.just([])
        # To draw what was drawn before is rare where there is twice as much as is needed.
        wanted = high + FEWER if low > SPREAD else 2 * high
        listed = self.some(shape, wanted, place)
        high = min(high, len(listed))
        if high < low:
            return st.nothing()
        if low > SPREAD:
            return SEEDS.map(lambda seed: Random(seed).sample(listed, low))
        # Deep down, structures are drawn with what they must have only, and are all alike.
        if len(listed) < wanted or (names_in(shape) and depth + 1 >= DEEPEST):
            values = st.sampled_from(listed)
        elif values is None or (self.ends != "any" and low > 1):
            values = drawing_of(self.scope).value(shape, depth, place)
        return st.lists(values, min_size=low, max_size=high, unique_by=canonical)

    def sampler(self, pattern: Pattern) -> Sampler:
        """What writes texts that match a pattern."""
        found = self._samplers.get(pattern)
        if found is None:
            found = self._samplers[pattern] = Sampler(pattern)
        return found

    def _alternatives(self, schema: Schema, depth: int) -> list[Member]:
        """The members of a union that have values, deep down only the lowest ones."""
        heights = {m.name: self.height(m.shape) for m in schema.members}
        lowest = min(heights.values(), default=0)
        limit = lowest if depth >= DEEPEST else inf
        return [
            m
            for m in schema.members
            if heights[m.name] < inf and heights[m.name] <= limit
        ]

    def _some(self, names: list[str]) -> SearchStrategy[list[str]]:
        """A few of the names, or all of them."""
        if not names or self.ends == "least":
            return st.just([])
        few = st.lists(st.sampled_from(names), unique=True, max_size=SOME)
        return st.one_of(few, st.just(names))

    def _sized(
        self, shape: String | Blob, make: Callable[[int, int], Values], least: int = 0
    ) -> Values:
        """Values with a size near the least one, or with one of both outermost sizes."""
        low, most = bounds(shape.length)
        low = max(low, least)
        if self.ends == "any":
            high = low + SPREAD
            return make(low, high if most is None else min(high, most))
        shortest, high = make(low, low), longest(shape)
        if self.ends == "least" or high <= low:
            return shortest
        return st.one_of(shortest, make(high, high))

    def _list(self, shape: List, depth: int, place: Location) -> Values:
        least, _ = bounds(shape.length)
        if self.height(shape.item) == inf:
            return st.nothing() if least else st.just([])

        def make(low: int, high: int, items: Values) -> Values:
            if shape.distinct is not None:
                return self.apart(shape.item, low, high, depth, place, items)
            if low > SPREAD:
                return items.map(lambda item: [item] * low)
            return st.lists(items, min_size=low, max_size=high)

        return self._filled(shape, make, depth, place)

    def _map(self, shape: Map, depth: int, place: Location) -> Values:
        least, _ = bounds(shape.length)
        if inf in (self.height(shape.key), self.height(shape.value)):
            return st.nothing() if least else st.just({})
        # Keys that are ends of headers' names are made of letters, as those of hosts are.
        named = place == "header-map"
        where: Location = "host" if named else "body"
        keys = self.value(shape.key, depth, where)

        def make(low: int, high: int, inner: Values) -> Values:
            names = self.apart(shape.key, low, high, depth, where, keys)
            return mappings(names, inner)

        return self._filled(shape, make, depth, "header" if named else "body")

    def _filled(
        self,
        shape: List | Map,
        make: Callable[[int, int, Values], Values],
        depth: int,
        place: Location,
    ) -> Values:
        """Lists or maps of a few items, or as small and as large as they may be. Where there is
        no largest one, or all of its items would be too much at their bounds, one item is.
        """
        item = shape.item if isinstance(shape, List) else shape.value
        low, most = bounds(shape.length)
        items = self.value(item, depth, place)
        if self.ends == "any":
            spread = low if depth >= DEEPEST else low + FEW
            return make(low, spread if most is None else min(spread, most), items)
        small = drawing_of(self.scope, "least").value(item, depth, place)
        bulk = self._bulks.of(item, depth)
        high = longest(shape)
        if isinstance(shape, Map) or shape.distinct is not None:
            unlike = shape.key if isinstance(shape, Map) else shape.item
            high = len(self.some(unlike, high, place))
        shortest = make(low, low, items if low * bulk <= MOST else small)
        if self.ends == "least" or depth >= DEEPEST or most == low:
            return shortest
        if low < high and high * bulk <= MOST:
            return st.one_of(shortest, make(high, high, items))
        alone = [make(1, 1, items)] if low < 1 else []
        largest = [make(high, high, small)] if low < high else []
        return st.one_of(shortest, *alone, *largest)

    def _text(self, shape: String, place: Location) -> Values:
        if shape.enum:
            return self._listed(shape, len(shape.enum))
        least = 1 if place in ("path", "host") else 0
        if shape.pattern is not None:
            return self._fitting(shape, shape.pattern, least)
        alphabet = ALPHABETS.get(place, CHARACTERS)

        def make(low: int, high: int) -> Values:
            if low > 4 * SPREAD:  # Hypothesis draws them slowly, and gives up.
                return SEEDS.map(lambda seed: letters(seed, low))
            return st.text(alphabet, min_size=low, max_size=high)

        return self._sized(shape, make, least)

    def _fitting(self, shape: String, pattern: Pattern, least: int) -> Values:
        """Texts that match a pattern; nothing where none is found."""
        sampler = self.sampler(pattern)
        low, most = bounds(shape.length)
        low = max(low, least)
        if sampler.text(Random(0), low, most) is None:
            return st.nothing()

        def drawn(size: Size) -> Values:
            def text(seed: int) -> object:
                text = sampler.text(Random(seed), low, most, size=size)
                return known if text is None else text

            known = sampler.text(Random(0), low, most, size=size)
            return SEEDS.map(text)

        if self.ends == "any":
            return drawn("short")
        if self.ends == "least" or most is None or longest(shape) < most:
            return drawn("shortest")
        if sampler.text(Random(0), low, most, size="longest") is None:
            return drawn("shortest")  # for look-arounds leave hardly any so long
        return st.one_of(drawn("shortest"), drawn("longest"))

    def _listed(self, shape: Shape, count: int) -> Values:
        listed = self.some(shape, count)
        return st.sampled_from(listed) if listed else st.nothing()

    def _whole_number(self, shape: Integer) -> Values:
        low, high = whole_bounds(shape)
        if shape.enum:
            return self._listed(shape, len(shape.enum))
        if low is not None and high is not None and low > high:
            return st.nothing()
        outer = [end for end in (low, high) if end is not None]
        if self.ends == "bounds" and outer:
            return st.sampled_from(outer)
        return st.integers(low, high)

    def _number(self, shape: Double) -> Values:
        if not self.some(shape, 1):
            return st.nothing()
        low, high = double_bounds(shape)
        outer = [end for end in (low, high) if end is not None]
        if self.ends == "bounds" and outer:
            return st.sampled_from(outer)
        width: Literal[32, 64] = 32 if isinstance(shape, Float) and not outer else 64
        return st.floats(low, high, allow_nan=False, allow_infinity=False, width=width)


@lru_cache(maxsize=64)
def drawing_of(scope: str, ends: Ends = "any") -> Drawing:
    """The drawing for a package, which remembers what it has made."""
    return Drawing(scope, ends)


def place_of(member: Member) -> Location:
    """Where a label stands."""
    return "path" if member.location == "path" else "host"


def mappings(keys: SearchStrategy[list[object]], values: Values) -> Values:
    """Mappings of the keys drawn, each to a value."""

    @st.composite
    def pairs(draw: DrawFn) -> object:
        return {key: draw(values) for key in draw(keys)}

    return pairs()
