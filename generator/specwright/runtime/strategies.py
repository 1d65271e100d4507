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
from .drawing import Drawing, Ends, Record, Values, drawing_of
from .extents import DEEPEST, bounds, plain_shape
from .maps import Map
from .operation import Response
from .rare_values import missing
from .schema import List, Member, Ref, Schema, Shape, String
from .structure import Structure, find
from .unique_lists import canonical
from .violations import Kind, pointer_to

StructureT = TypeVar("StructureT", bound=Structure)
ResponseT = TypeVar("ResponseT", bound=Response)

ANY, KEY = "*", "{key}"


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
    schema, tokens = cls.__schema__, tokens_of(pointer)
    drawing = drawing_of(schema.scope)
    records = placed_in(schema, tokens, drawing, DEEPEST, lambda spot, n: values)
    if records is None:
        raise Unsatisfiable(f"no {cls.__name__} has a place at {pointer!r}")
    return records.map(cls.from_dict)


def made(cls: type[StructureT], ends: Ends) -> SearchStrategy[StructureT]:
    schema = cls.__schema__
    drawing = drawing_of(schema.scope, ends)
    held = [m.shape for m in schema.members if m.required or schema.union]
    if held and all(drawing.height(shape) == inf for shape in held):
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
    yield from of_members(schema, "", drawing, (cls.__name__,), deep)


def of_members(
    schema: Schema, at: str, drawing: Drawing, around: tuple[str, ...], deep: bool
) -> Iterator[tuple[Constraint, bool]]:
    for member in schema.members:
        pointer = pointer_to(at, member.name)
        yield from of_spot(spot_of(member), pointer, drawing, around, deep)


def of_spot(
    spot: Spot, at: str, drawing: Drawing, around: tuple[str, ...], deep: bool
) -> Iterator[tuple[Constraint, bool]]:
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
        yield Constraint(kind, at), values_at(spot, kind, drawing, depth) is not None
    if isinstance(shape, List):
        item = spot_in(shape.item, shape.sparse)
        yield from of_spot(item, f"{at}/{ANY}", drawing, around, deep)
    elif isinstance(shape, Map):
        key = Spot(shape.key, key=True)
        yield from of_spot(key, f"{at}/{KEY}", drawing, around, deep)
        value = spot_in(shape.value, shape.sparse)
        yield from of_spot(value, f"{at}/{ANY}", drawing, around, deep)
    if inner is not None and deep and inner_name(shape) not in around:
        yield from of_members(inner, at, drawing, (*around, inner_name(shape)), deep)


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
    return None if inner is None else drawing.structure(schema, depth, {name: inner})


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
        inner = drawing.value(shape.value, depth)
        if keys is not None:
            return among_pairs(shape, keys, inner, drawing, depth)
    elif isinstance(shape, Map):
        value = spot_in(shape.value, shape.sparse)
        inner = placed_at(value, rest, drawing, depth, leaf)
        keys = drawing.value(shape.key, depth) if token == ANY else st.just(token)
        if inner is not None:
            return among_pairs(shape, keys, inner, drawing, depth)
    else:
        raise ValueError(f"a {shape.kind} has nothing at {token!r}")
    return None


def among_items(
    shape: List, place: int, broken: Values, drawing: Drawing, depth: int
) -> Values | None:
    """Lists that are valid but for the item at a place."""
    least, most = bounds(shape.length)
    size = max(least, place + 1)
    if (most is not None and most < size) or (
        size > 1 and drawing.height(shape.item) == inf
    ):
        return None
    items = drawing.value(shape.item, depth) if size > 1 else st.nothing()
    unique = None if shape.distinct is None else canonical

    @st.composite
    def lists(draw: st.DrawFn) -> object:
        others = draw(
            st.lists(items, min_size=size - 1, max_size=size - 1, unique_by=unique)
        )
        return [*others[:place], draw(broken), *others[place:]]

    return lists()


def among_pairs(
    shape: Map, keys: Values, values: Values, drawing: Drawing, depth: int
) -> Values | None:
    """Maps with a pair of a key and a value that are given, and others as they are needed."""
    least, most = bounds(shape.length)
    if most == 0 or inf in (drawing.height(shape.key), drawing.height(shape.value)):
        return None
    other_keys = drawing.value(shape.key, depth)
    other_values = drawing.value(shape.value, depth)

    @st.composite
    def maps(draw: st.DrawFn) -> object:
        key = draw(keys)
        others = st.dictionaries(
            other_keys.filter(lambda other: other != key),
            other_values,
            min_size=max(least - 1, 0),
            max_size=max(least - 1, 0),
        )
        return {key: draw(values), **draw(others)}

    return maps()


def is_strategy(value: object) -> TypeGuard[SearchStrategy[object]]:
    return isinstance(value, SearchStrategy)
