"""Members to JSON values and back, by the tables of their classes."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable
from datetime import datetime
from typing import TypeAlias, TypeGuard

from .schema import (
    Blob,
    Boolean,
    Document,
    Double,
    Enum,
    Integer,
    List,
    Map,
    Ref,
    Schema,
    Shape,
    String,
    Timestamp,
)
from .structure import Shaped, Union, find, is_mapping, is_sequence, plain, unset_all
from .timestamps import from_wire, to_epoch_seconds, to_text
from .validation import enum_values
from .values import UnknownValue

Convert: TypeAlias = Callable[[object], object]

SPECIAL_NUMBERS = ("NaN", "Infinity", "-Infinity")


class Unreadable(ValueError):
    """A value that doesn't fit its shape; ``path`` leads to it, innermost part first."""

    def __init__(self, expected: str) -> None:
        super().__init__(expected)
        self.expected: str = expected
        self.path: list[str | int] = []

    def __str__(self) -> str:
        pointer = "".join(f"/{part}" for part in reversed(self.path))
        return f"expected {self.expected} at '{pointer}'"


def is_object(value: object) -> TypeGuard[dict[str, object]]:
    """True for a JSON object."""
    return type(value) is dict


def is_array(value: object) -> TypeGuard[list[object]]:
    """True for a JSON array."""
    return type(value) is list


class ReadPlan:
    """How the members of one class are read: each by its wire name."""

    __slots__ = ("members", "optional", "union", "wires")

    def __init__(self, schema: Schema) -> None:
        self.members: tuple[tuple[str, str, type | None, Convert], ...] = tuple(
            (m.wire, m.attr, *reader(m.shape, schema.scope))
            for m in schema.members
            if m.location == "body"
        )
        self.wires: frozenset[str] = frozenset(m.wire for m in schema.members)
        self.union: bool = schema.union


class WritePlan:
    """How the members of one class are written."""

    __slots__ = ("members",)

    def __init__(self, schema: Schema) -> None:
        self.members: tuple[tuple[str, str, Convert | None], ...] = tuple(
            (m.wire, m.attr, writer(m.shape, schema.scope))
            for m in schema.members
            if m.location == "body"
        )


def read_members(target: Shaped, data: dict[str, object]) -> None:
    """Set the body members of a new value from a JSON object.

    Unknown members of structures are passed over, unions keep them. A required member that
    is absent or null stays without a value.
    """
    schema = target.__schema__
    plan: object = schema.cache.get("json-read")
    if not isinstance(plan, ReadPlan):
        plan = schema.cache["json-read"] = ReadPlan(schema)
    unset_all(target)
    for wire, attr, plain_type, convert in plan.members:
        value = data.get(wire)
        if value is not None:
            if type(value) is not plain_type:
                try:
                    value = convert(value)
                except Unreadable as error:
                    error.path.append(wire)
                    raise
            setattr(target, attr, value)
    if plan.union and isinstance(target, Union):
        for wire, value in data.items():
            if wire not in plan.wires and wire != "__type" and value is not None:
                target.unknown[wire] = value


def write_members(value: Shaped) -> dict[str, object]:
    """The body members that are set, as a JSON object."""
    schema = value.__schema__
    plan: object = schema.cache.get("json-write")
    if not isinstance(plan, WritePlan):
        plan = schema.cache["json-write"] = WritePlan(schema)
    data: dict[str, object] = {}
    for wire, attr, convert in plan.members:
        inner: object = getattr(value, attr, None)
        if inner is not None:
            data[wire] = inner if convert is None else convert(inner)
    if isinstance(value, Union):
        data.update(value.unknown)
    return data


def reader(shape: Shape, scope: str) -> tuple[type | None, Convert]:
    """The JSON type that is taken as it stands, and what is done with any other."""
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
    if isinstance(shape, Double):
        return float, read_double
    if isinstance(shape, Timestamp):
        return None, read_timestamp
    if isinstance(shape, Blob):
        return None, read_blob
    if isinstance(shape, Document):
        return None, lambda value: value
    if isinstance(shape, List):
        return None, list_reader(shape, scope)
    if isinstance(shape, Map):
        return None, map_reader(shape, scope)
    if isinstance(shape, Ref):
        return None, structure_reader(shape, scope)
    raise TypeError(f"no JSON reader for a shape of kind {shape.kind!r}")


def refuse(expected: str) -> Convert:
    """A reader for shapes that take one JSON type only."""

    def read(value: object) -> object:
        raise Unreadable(expected)

    return read


def read_integer(value: object) -> object:
    """A whole number; some services write it with a fraction of zero, or as text."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    raise Unreadable("a whole number")


def read_double(value: object) -> object:
    """A number, or one of the texts for what JSON has no number for."""
    if type(value) is int:
        return float(value)
    if isinstance(value, str) and value in SPECIAL_NUMBERS:
        return float(value)
    raise Unreadable("a number")


def read_timestamp(value: object) -> object:
    """A moment in any format."""
    try:
        return from_wire(value)
    except (ValueError, OverflowError, TypeError) as error:
        raise Unreadable("a timestamp") from error


def read_blob(value: object) -> object:
    """Bytes in base64."""
    if isinstance(value, str):
        try:
            return b64decode(value, validate=True)
        except ValueError as error:
            raise Unreadable("base64") from error
    raise Unreadable("base64")


def enum_reader(values: Callable[[], tuple[str, ...]]) -> Convert:
    """A reader that wraps the values that the spec doesn't list."""
    known: dict[str, str] = {}

    def read_enum(value: object) -> object:
        if not isinstance(value, str):
            raise Unreadable("text")
        if not known:
            known.update({listed: listed for listed in values()})
        return known.get(value) or UnknownValue(value)

    return read_enum


def list_reader(shape: List, scope: str) -> Convert:
    """A reader of arrays; nulls stay only where the list is sparse."""
    plain_type, convert = reader(shape.item, scope)

    def read_list(value: object) -> object:
        if not is_array(value):
            raise Unreadable("an array")
        items: list[object] = []
        for index, item in enumerate(value):
            if item is None:
                if shape.sparse:
                    items.append(None)
            elif type(item) is plain_type:
                items.append(item)
            else:
                try:
                    items.append(convert(item))
                except Unreadable as error:
                    error.path.append(index)
                    raise
        return items

    return read_list


def map_reader(shape: Map, scope: str) -> Convert:
    """A reader of objects as maps; nulls stay only where the map is sparse."""
    plain_type, convert = reader(shape.value, scope)

    def read_map(value: object) -> object:
        if not is_object(value):
            raise Unreadable("an object")
        pairs: dict[str, object] = {}
        for key, inner in value.items():
            if inner is None:
                if shape.sparse:
                    pairs[key] = None
            elif type(inner) is plain_type:
                pairs[key] = inner
            else:
                try:
                    pairs[key] = convert(inner)
                except Unreadable as error:
                    error.path.append(key)
                    raise
        return pairs

    return read_map


def structure_reader(shape: Ref, scope: str) -> Convert:
    """A reader of objects as structures; the class is looked up at the first value."""
    classes: list[type[Shaped]] = []

    def read_structure(value: object) -> object:
        if not is_object(value):
            raise Unreadable("an object")
        if not classes:
            classes.append(find(scope, shape.name))
        made = classes[0].__new__(classes[0])
        read_members(made, value)
        return made

    return read_structure


def writer(shape: Shape, scope: str) -> Convert | None:
    """How a value is written; None where it is a JSON value already."""
    if isinstance(shape, Timestamp):
        return timestamp_writer(shape.format or "epoch-seconds")
    if isinstance(shape, Blob):
        return write_blob
    if isinstance(shape, Document):
        return plain
    if isinstance(shape, Double):
        return write_double
    if isinstance(shape, List):
        write_item = writer(shape.item, scope)
        return lambda value: [
            item if item is None or write_item is None else write_item(item)
            for item in (value if is_sequence(value) else ())
        ]
    if isinstance(shape, Map):
        write_value = writer(shape.value, scope)
        return lambda value: {
            str(key): inner
            if inner is None or write_value is None
            else write_value(inner)
            for key, inner in (value.items() if is_mapping(value) else ())
        }
    if isinstance(shape, Ref):
        return write_structure
    return None


def write_structure(value: object) -> object:
    """A structure as a JSON object."""
    return write_members(value) if isinstance(value, Shaped) else value


def write_blob(value: object) -> object:
    """Bytes in base64."""
    if isinstance(value, (bytes, bytearray)):
        return b64encode(value).decode("ascii")
    return value


def write_double(value: object) -> object:
    """A number, or the text for what JSON has no number for."""
    if isinstance(value, float) and (value != value or value in (INFINITY, -INFINITY)):
        return "NaN" if value != value else "Infinity" if value > 0 else "-Infinity"
    return value


INFINITY = float("inf")


def timestamp_writer(format: str) -> Convert:
    """A writer of moments in one format."""

    def write_timestamp(value: object) -> object:
        if not isinstance(value, datetime):
            return value
        if format == "epoch-seconds":
            return to_epoch_seconds(value)
        return to_text(value, format)

    return write_timestamp
