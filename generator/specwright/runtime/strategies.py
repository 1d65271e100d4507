"""Hypothesis strategies for requests, responses and the structures in them.

They follow the tables that the validators follow, so that users can test their own code with
whatever a service admits or refuses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from difflib import get_close_matches
from math import inf
from typing import NamedTuple, TypeAlias, TypeGuard, TypeVar

from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from hypothesis.strategies import SearchStrategy

from .breaking import breaking, kinds_of, not_one
from .documents import Document
from .drawing import Drawing, Ends, Record, drawing_of
from .extents import DEEPEST, bounds, plain_shape
from .leaves import Values
from .maps import Map
from .operation import Response
from .rare_values import missing
from .schema import List, Member, Ref, Schema, Shape, String
from .structure import Structure, find
from .violations import Kind, pointer_to

StructureT = TypeVar("StructureT", bound=Structure)
ResponseT = TypeVar("ResponseT", bound=Response)

ANY, KEY = "*", "{key}"
NOTHING: Values = st.nothing()


class Constraint(NamedTuple):
    """A constraint by its kind and the place that it holds at.

    ``pointer`` is a JSON Pointer by the spec's names, with ``*`` for any index of a list and
    any key of a map, and ``{key}`` for the keys themselves.
    """

    kind: Kind
    pointer: str


def valid(cls: type[StructureT]) -> SearchStrategy[StructureT]:
    """Requests, or other structures, that break no constraint.

    Raises Unsatisfiable where there are none.
    """
    return made(cls, "any")


def boundary(cls: type[StructureT]) -> SearchStrategy[StructureT]:
    """Those whose values are the smallest and largest that their constraints admit."""
    return made(cls, "bounds")


def broken(
    cls: type[StructureT], kind: Kind, pointer: str
) -> SearchStrategy[StructureT]:
    """Those that break a constraint of a kind at a pointer, maybe others there, and none
    elsewhere.

    Raises Unsatisfiable where no value can break it, or none has to hold; a ValueError for
    a pointer that leads nowhere.
    """
    schema = cls.__schema__
    drawing = drawing_of(schema.scope)
    records: SearchStrategy[Record] | None
    if pointer:
        tokens = tokens_of(pointer)
        records = placed_in(
            schema,
            tokens,
            drawing,
            0,
            lambda spot, n: values_at(spot, kind, drawing, n),
        )
    else:
        # Of its own, a structure has no constraint but that a union has one member.
        records = not_one(schema, drawing, 0) if kind == "union" else None
    if records is None:
        raise Unsatisfiable(f"no {cls.__name__} breaks {kind} at {pointer!r}")
    return records.map(cls.from_dict)


def response(cls: type[ResponseT], **members: object) -> SearchStrategy[ResponseT]:
    """Responses of a class. ``members`` by attribute are values, or strategies for them,
    that take the place of those drawn."""

    @st.composite
    def responses(draw: st.DrawFn) -> ResponseT:
        drawn = draw(valid(cls))
        chosen = {
            name: draw(value) if is_strategy(value) else value
            for name, value in members.items()
        }
        return drawn.replace(**chosen)

    return responses()


def breakable(cls: type[Structure]) -> tuple[Constraint, ...]:
    """The constraints that some value breaks, in the order of the spec."""
    return tuple(each for each, breaks in constraints(cls) if breaks)


def unbreakable(cls: type[Structure]) -> tuple[Constraint, ...]:
    """The constraints that no value can break, or none that could be made."""
    return tuple(each for each, breaks in constraints(cls) if not breaks)


def placed(
    cls: type[StructureT], pointer: str, values: Values
) -> SearchStrategy[StructureT]:
    """Those with nothing but what is required, and what is placed at a pointer."""
    records = records_with(cls, pointer, values)
    if records is None:
        raise Unsatisfiable(f"no {cls.__name__} has a place at {pointer!r}")
    return records.map(cls.from_dict)


def has_place(cls: type[Structure], pointer: str) -> bool:
    """True where something can be placed at a pointer, and all else is valid."""
    return records_with(cls, pointer, NOTHING) is not None


def records_with(
    cls: type[Structure], pointer: str, values: Values
) -> SearchStrategy[Record] | None:
    schema, tokens = cls.__schema__, tokens_of(pointer)
    drawing = drawing_of(schema.scope)
    return placed_in(schema, tokens, drawing, DEEPEST, lambda spot, n: values)


def made(cls: type[StructureT], ends: Ends) -> SearchStrategy[StructureT]:
    schema = cls.__schema__
    drawing = drawing_of(schema.scope, ends)
    none = schema.union and all(map(drawing.lost, schema.members))
    if none or lost(schema, drawing):
        raise Unsatisfiable(f"no valid {cls.__name__} is found")
    return drawing.structure(schema).map(cls.from_dict)


def tokens_of(pointer: str) -> list[str]:
    """The parts of a JSON Pointer that isn't empty."""
    if not pointer.startswith("/"):
        raise ValueError(f"{pointer!r} is no JSON Pointer")
    parts = pointer.split("/")[1:]
    return [part.replace("~1", "/").replace("~0", "~") for part in parts]


class Spot(NamedTuple):
    """A shape where it is used: whether it has to be there, is part of an address, and is
    that of a map's keys."""

    shape: Shape
    required: bool = False
    label: bool = False
    key: bool = False


Leaf: TypeAlias = Callable[[Spot, int], "Values | None"]
"""Values for a spot that is some structures deep."""


def spot_of(member: Member) -> Spot:
    required = member.required and not member.idempotency_token
    return Spot(plain_shape(member.shape), required, member.label is not None)


def spot_in(shape: Shape, sparse: bool) -> Spot:
    """An item of a list, or a value of a map; documents may be null in any."""
    return Spot(shape, not sparse and not isinstance(shape, Document))


def constraints(
    cls: type[Structure], *, deep: bool = True
) -> Iterator[tuple[Constraint, bool]]:
    """The constraints of a structure and, if ``deep``, of those in it, and whether something
    breaks them. A structure that is inside of itself is looked into once."""
    schema = cls.__schema__
    drawing = drawing_of(schema.scope)
    if schema.union:
        yield Constraint("union", ""), True
    yield from of_members(schema, Walk("", drawing, (cls.__name__,), deep))


class Walk(NamedTuple):
    """Where the constraints of a structure are looked for. Only what is ``open`` can be broken,
    since what stands around it has valid values."""

    at: str
    drawing: Drawing
    around: tuple[str, ...]
    deep: bool
    open: bool = True

    def to(self, step: str, values: object) -> Walk:
        return self._replace(
            at=f"{self.at}/{step}", open=self.open and values is not None
        )


def of_members(schema: Schema, walk: Walk) -> Iterator[tuple[Constraint, bool]]:
    for member in schema.members:
        others = lost(schema, walk.drawing) - {member.name}
        inner = walk._replace(
            at=pointer_to(walk.at, member.name), open=walk.open and not others
        )
        yield from of_spot(spot_of(member), inner)


def lost(schema: Schema, drawing: Drawing) -> set[str]:
    """The members that have to be there and have no valid value."""
    held = [m for m in schema.members if m.required and not schema.union]
    return {member.name for member in held if drawing.lost(member)}


def of_spot(spot: Spot, walk: Walk) -> Iterator[tuple[Constraint, bool]]:
    at, drawing, around = walk.at, walk.drawing, walk.around
    shape, depth = spot.shape, len(around)
    kinds: list[Kind] = ["required"] if spot.required else []
    kinds += kinds_of(shape)
    if spot.label:
        kinds.append("label")
    inner: Schema | None = None
    if isinstance(shape, Ref):
        inner = find(drawing.scope, shape.name).__schema__
        if inner.union:
            kinds.append("union")
    for kind in kinds:
        values = values_at(spot, kind, drawing, depth) if walk.open else None
        yield Constraint(kind, at), values is not None
    if isinstance(shape, List):
        lists = among_items(shape, 0, NOTHING, drawing, depth)
        yield from of_spot(spot_in(shape.item, shape.sparse), walk.to(ANY, lists))
    elif isinstance(shape, Map):
        keys = keys_at(shape, NOTHING, drawing, depth)
        yield from of_spot(Spot(shape.key, key=True), walk.to(KEY, keys))
        held = values_in(shape, ANY, NOTHING, drawing, depth)
        yield from of_spot(spot_in(shape.value, shape.sparse), walk.to(ANY, held))
    if inner is not None and walk.deep and inner_name(shape) not in around:
        inside = walk._replace(around=(*around, inner_name(shape)))
        yield from of_members(inner, inside)


def inner_name(shape: Shape) -> str:
    return shape.name if isinstance(shape, Ref) else ""


def values_at(spot: Spot, kind: Kind, drawing: Drawing, depth: int) -> Values | None:
    """Values for a spot that break its constraint of a kind."""
    if kind == "required":
        return missing(spot.shape) if spot.required else None
    if kind == "label":
        return st.sampled_from(["", ".", ".."]) if spot.label else None
    if kind == "type" and spot.key:
        # What is no text at all is a fault of the map.
        return st.just("\ud800") if isinstance(spot.shape, String) else None
    return breaking(spot.shape, kind, drawing, depth)


def placed_in(
    schema: Schema, tokens: list[str], drawing: Drawing, depth: int, leaf: Leaf
) -> SearchStrategy[Record] | None:
    """Members of a structure, valid but for what is placed where the tokens lead from it."""
    name, *rest = tokens
    member = schema.by_name.get(name)
    if member is None:
        close = get_close_matches(name, list(schema.by_name), n=1)
        hint = f"; did you mean {close[0]!r}?" if close else ""
        raise ValueError(f"no member is called {name!r}{hint}")
    inner = placed_at(spot_of(member), rest, drawing, depth, leaf)
    if inner is None or lost(schema, drawing) - {name}:
        return None
    return drawing.structure(schema, depth, {name: inner})


def placed_at(
    spot: Spot, tokens: list[str], drawing: Drawing, depth: int, leaf: Leaf
) -> Values | None:
    """Values for a spot, valid but for what is placed where the tokens lead from it."""
    if not tokens:
        return leaf(spot, depth)
    shape, (token, *rest) = spot.shape, tokens
    if isinstance(shape, Ref):
        schema = find(drawing.scope, shape.name).__schema__
        return placed_in(schema, tokens, drawing, depth + 1, leaf)
    if isinstance(shape, List) and (token == ANY or token.isdecimal()):
        item = spot_in(shape.item, shape.sparse)
        inner = placed_at(item, rest, drawing, depth, leaf)
        place = 0 if token == ANY else int(token)
        if inner is not None:
            return among_items(shape, place, inner, drawing, depth)
    elif isinstance(shape, Map) and token == KEY and not rest:
        keys = leaf(Spot(shape.key, key=True), depth)
        return None if keys is None else keys_at(shape, keys, drawing, depth)
    elif isinstance(shape, Map):
        value = spot_in(shape.value, shape.sparse)
        inner = placed_at(value, rest, drawing, depth, leaf)
        if inner is not None:
            return values_in(shape, token, inner, drawing, depth)
    else:
        raise ValueError(f"a {shape.kind} has nothing at {token!r}")
    return None


def among_items(
    shape: List, place: int, broken: Values, drawing: Drawing, depth: int
) -> Values | None:
    """Lists that are valid but for the item at a place."""
    least, most = bounds(shape.length)
    size = max(least, place + 1)
    if most is not None and most < size:
        return None
    if size > 1 and drawing.height(shape.item) == inf:
        return None
    items: SearchStrategy[list[object]] = st.just([])
    if shape.distinct is not None:
        if len(drawing.some(shape.item, size - 1)) < size - 1:
            return None
        items = drawing.apart(shape.item, size - 1, size - 1, depth)
    elif size > 1:
        items = drawing.value(shape.item, depth).map(lambda item: [item] * (size - 1))

    @st.composite
    def lists(draw: st.DrawFn) -> object:
        others = draw(items)
        return [*others[:place], draw(broken), *others[place:]]

    return lists()


def keys_at(shape: Map, broken: Values, drawing: Drawing, depth: int) -> Values | None:
    """Maps that are valid but for a key."""
    if drawing.height(shape.value) == inf:
        return None
    inner = drawing.value(shape.value, depth)
    return among_pairs(shape, broken, inner, drawing, depth)


def values_in(
    shape: Map, key: str, broken: Values, drawing: Drawing, depth: int
) -> Values | None:
    """Maps that are valid but for a value, at a key or at any."""
    least = max(bounds(shape.length)[0], 1)
    known = drawing.some(shape.key, least)
    if len(known) < least and (key == ANY or key in known):
        return None
    keys = drawing.value(shape.key, depth) if key == ANY else st.just(key)
    return among_pairs(shape, keys, broken, drawing, depth)


def among_pairs(
    shape: Map, keys: Values, values: Values, drawing: Drawing, depth: int
) -> Values | None:
    """Maps with a pair of a key and a value that are given, and others as they are needed; too
    small where the key is the last that there is."""
    least, most = bounds(shape.length)
    if most == 0 or (least > 1 and drawing.height(shape.value) == inf):
        return None
    # One more, which may be the key itself.
    count = len(drawing.some(shape.key, least)) if least > 1 else 0
    if count < least - 1:
        return None
    others = drawing.apart(shape.key, count, count, depth)
    other_values = drawing.value(shape.value, depth)

    @st.composite
    def maps(draw: st.DrawFn) -> object:
        key = draw(keys)
        more = [other for other in draw(others) if other != key][: least - 1]
        made = {key: draw(values)}
        return {**made, **dict.fromkeys(more, draw(other_values))} if more else made

    return maps()


def is_strategy(value: object) -> TypeGuard[SearchStrategy[object]]:
    return isinstance(value, SearchStrategy)
