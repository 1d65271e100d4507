"""Members to trees of plain values and back: what the codecs of JSON and CBOR share."""

from __future__ import annotations

from typing import TypeGuard

from .reading import Convert, Reader, enum_reader, is_object, placed
from .schema import (
    Boolean,
    Enum,
    Extension,
    Integer,
    List,
    Plan,
    Ref,
    Schema,
    Shape,
    String,
)
from .structure import Shaped, Union, find, is_sequence
from .validation import enum_values


def is_array(value: object) -> TypeGuard[list[object]]:
    return type(value) is list


class ReadPlan(Plan):
    """How the members of one class are read in the format of a subclass: each by its wire name.

    ``elsewhere`` are optional members that the body doesn't hold; ``wires`` the names that a
    union knows.
    """

    def __init__(self, schema: Schema) -> None:
        kind = type(self)
        self.members = tuple(
            (m.wire, m.attr, *reader(kind, m.shape, schema.scope), not m.required)
            for m in schema.members
            if m.location == "body"
        )
        self.nulls = tuple(
            (m.wire, m.attr, null)
            for m in schema.members
            if m.location == "body"
            and isinstance(m.shape, Extension)
            and (null := m.shape.from_plain(None, schema.scope)) is not None
        )
        self.elsewhere = tuple(
            m.attr for m in schema.members if m.location != "body" and not m.required
        )
        names = frozenset(m.wire for m in schema.members)
        self.wires = names if schema.union else None

    @classmethod
    def single(cls, shape: Shape) -> Reader:
        """The reader of fractions, moments and bytes, which each format has in its own way."""
        raise TypeError(f"no reader for a shape of kind {shape.kind!r}")


class WritePlan(Plan):
    """How the members of one class are written in the format of a subclass."""

    def __init__(self, schema: Schema) -> None:
        kind = type(self)
        self.members = tuple(
            (m.wire, m.attr, writer(kind, m.shape))
            for m in schema.members
            if m.location == "body"
        )

    @classmethod
    def single(cls, shape: Shape) -> Convert | None:
        """The writer of a single value; None where it goes as it is."""
        return None


def read_members(kind: type[ReadPlan], target: Shaped, data: dict[str, object]) -> None:
    """Set the body members of a new value: a required one that is absent stays unset, and
    unions keep unknown ones."""
    read_by(target.__schema__.plan(kind), target, data)


def read_by(plan: ReadPlan, target: Shaped, data: dict[str, object]) -> None:
    value_of = data.get
    for wire, attr, plain_type, convert, optional in plan.members:
        value = value_of(wire)
        if type(value) is plain_type:
            setattr(target, attr, value)
        elif value is not None:
            try:
                setattr(target, attr, convert(value))
            except ValueError as error:
                hidden = target.__schema__.by_attr[attr].sensitive
                raise placed(error, wire, hidden) from error.__cause__
        elif optional:
            setattr(target, attr, None)
    for attr in plan.elsewhere:
        setattr(target, attr, None)
    if plan.wires is not None and isinstance(target, Union):
        target.unknown = {
            wire: value
            for wire, value in data.items()
            if wire not in plan.wires and wire != "__type" and value is not None
        }
    for wire, attr, null in plan.nulls:
        # Beside what is set in a union, null says nothing.
        if data.get(wire, data) is None and not (
            isinstance(target, Union) and target.kind
        ):
            setattr(target, attr, null)


def write_members(kind: type[WritePlan], value: Shaped) -> dict[str, object]:
    """The body members that are set."""
    data: dict[str, object] = {}
    for wire, attr, convert in value.__schema__.plan(kind).members:
        inner: object = getattr(value, attr, None)
        if inner is not None:
            data[wire] = inner if convert is None else convert(inner)
    if isinstance(value, Union):
        data.update(value.unknown)
    return data


def reader(kind: type[ReadPlan], shape: Shape, scope: str) -> Reader:
    if isinstance(shape, String):
        if shape.enum:
            return None, enum_reader(lambda: shape.enum)
        return str, refuse("text")
    if isinstance(shape, Enum):
        return None, enum_reader(lambda: enum_values(scope, shape.name))
    if isinstance(shape, Boolean):
        return bool, refuse("true or false")
    if isinstance(shape, Integer):
        return int, read_integer
    if isinstance(shape, Extension):
        return shape.reader(scope, lambda inner: reader(kind, inner, scope))
    if isinstance(shape, List):
        return None, list_reader(kind, shape, scope)
    if isinstance(shape, Ref):
        return None, structure_reader(kind, shape, scope)
    return kind.single(shape)


def refuse(expected: str) -> Convert:

    def read(value: object) -> object:
        raise ValueError(f"expected {expected}")

    return read


def read_integer(value: object) -> object:
    # Some services write whole numbers with a fraction of zero.
    if isinstance(value, float) and value.is_integer():
        return int(value)
    raise ValueError("expected a whole number")


def list_reader(kind: type[ReadPlan], shape: List, scope: str) -> Convert:
    plain_type, convert = reader(kind, shape.item, scope)

    def read_list(value: object) -> object:
        if not is_array(value):
            raise ValueError("expected an array")
        items: list[object] = []
        for index, item in enumerate(value):
            if type(item) is plain_type:
                items.append(item)
            elif item is not None:
                try:
                    items.append(convert(item))
                except ValueError as error:
                    raise placed(error, index) from error.__cause__
            elif shape.sparse:
                items.append(None)
        return items

    return read_list


def structure_reader(kind: type[ReadPlan], shape: Ref, scope: str) -> Convert:
    """A reader of structures; the class is looked up at the first value."""
    found: list[tuple[type[Shaped], ReadPlan]] = []

    def read_structure(value: object) -> object:
        if not is_object(value):
            raise ValueError("expected an object")
        if not found:
            cls = find(scope, shape.name)
            found.append((cls, cls.__schema__.plan(kind)))
        cls, plan = found[0]
        made = cls.__new__(cls)
        read_by(plan, made, value)
        return made

    return read_structure


def writer(kind: type[WritePlan], shape: Shape) -> Convert | None:
    """How a value is written; None where it is part of a tree as it is."""
    if isinstance(shape, Extension):
        return shape.writer(lambda inner: writer(kind, inner))
    if isinstance(shape, List):
        return list_writer(writer(kind, shape.item))
    if isinstance(shape, Ref):
        return lambda value: (
            write_members(kind, value) if isinstance(value, Shaped) else value
        )
    return kind.single(shape)


def list_writer(write: Convert | None) -> Convert:
    return lambda value: [
        item if item is None or write is None else write(item)
        for item in (value if is_sequence(value) else ())
    ]
