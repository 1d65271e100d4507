"""Constraint checks: a schema becomes functions that find every broken constraint."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeAlias, TypeGuard, get_args

from .errors import ConstraintWarning, ValidationError
from .schema import (
    Blob,
    Boolean,
    Document,
    Double,
    Enum,
    Integer,
    List,
    Map,
    Member,
    Ref,
    Schema,
    Shape,
    Spec,
    String,
    Timestamp,
)
from .structure import Shaped, Union, find, is_mapping, is_sequence
from .values import UnknownValue
from .violations import (
    Findings,
    Modes,
    Violation,
    mode_of,
    outside,
    pointer_to,
)

Check: TypeAlias = "Callable[[object, str, str | int, Findings], None]"
"""Checks a value found under a segment inside what a pointer points to."""

LABELS = ("path", "host")


def violations(value: Shaped) -> list[Violation]:
    """Every broken constraint of a structure, in the order of its spec."""
    found = Findings()
    check_members(value, "", found)
    return list(found)


def check(value: Shaped, modes: Modes = "strict") -> None:
    """Raise for broken constraints; warn of those whose kind is only warned about."""
    found = Findings()
    check_members(value, "", found)
    if not found:
        return
    for violation in found:
        if mode_of(violation.kind, modes) == "warn":
            from warnings import warn

            warn(str(violation), ConstraintWarning, stacklevel=4)
    refused = tuple(v for v in found if mode_of(v.kind, modes) == "strict")
    if refused:
        raise ValidationError(refused)


class MemberCheck:
    """What is checked of one member of a structure."""

    __slots__ = ("attr", "check", "label", "name", "required", "source")

    def __init__(self, member: Member, schema: Schema) -> None:
        self.attr: str = member.attr
        self.name: str = member.name
        self.label: bool = member.location in LABELS
        self.required: bool = member.required and not member.idempotency_token
        self.check: Check = check_for(member.shape, schema.scope, schema.spec)
        self.source: str = schema.spec.source(member.source, "required")


def checks_of(schema: Schema) -> tuple[MemberCheck, ...]:
    """The checks of a structure's members, made once."""
    cached: object = schema.cache.get("checks")
    if is_checks(cached):
        return cached
    made = tuple(MemberCheck(member, schema) for member in schema.members)
    schema.cache["checks"] = made
    return made


def is_checks(value: object) -> TypeGuard[tuple[MemberCheck, ...]]:
    """True for what ``checks_of`` made before."""
    return isinstance(value, tuple)


def check_members(value: Shaped, at: str, found: Findings) -> None:
    """Check the members of a structure whose pointer is ``at``."""
    for entry in checks_of(value.__schema__):
        inner: object = getattr(value, entry.attr, None)
        if inner is not None:
            if entry.label and inner == "":
                rule = "Member must not be empty"
                pointer = pointer_to(at, entry.name)
                found.note(pointer, "label", "not empty", rule, entry.source)
            entry.check(inner, at, entry.name, found)
        elif entry.required:
            rule = "Member must not be null"
            pointer = pointer_to(at, entry.name)
            found.note(pointer, "required", "required", rule, entry.source)
    if isinstance(value, Union):
        check_arity(value, at, found)


def check_arity(value: Union, at: str, found: Findings) -> None:
    """A union has exactly one member set."""
    schema = value.__schema__
    known = sum(getattr(value, attr, None) is not None for attr in schema.by_attr)
    if known + len(value.unknown) != 1:
        names = tuple(schema.by_name)
        rule = f"Member must have exactly one of its members set: [{', '.join(names)}]"
        found.note(at, "union", names, rule, schema.spec.main)


def check_for(shape: Shape, scope: str, spec: Spec) -> Check:
    """The check of one shape: its type first, then the constraints that it has."""
    if isinstance(shape, Ref):
        return structure_check(shape, scope, spec)
    if isinstance(shape, List):
        return list_check(shape, scope, spec)
    if isinstance(shape, Map):
        return map_check(shape, scope, spec)
    if isinstance(shape, String):
        return string_check(shape, spec)
    if isinstance(shape, Enum):
        return enum_check(shape, scope, spec)
    if isinstance(shape, Integer):
        return integer_check(shape, spec)
    if isinstance(shape, Double):
        return double_check(shape, spec)
    if isinstance(shape, Blob):
        return blob_check(shape, spec)
    if isinstance(shape, Timestamp):
        return timestamp_check(spec)
    if isinstance(shape, Boolean):
        return boolean_check(spec)
    if isinstance(shape, Document):
        return document_check(spec)
    raise TypeError(f"no check for a shape of kind {shape.kind!r}")


def string_check(shape: String, spec: Spec) -> Check:
    """Text: Unicode scalar values, length, pattern, and values listed in place."""
    length, pattern, enum = shape.length, shape.pattern, shape.enum
    allowed = frozenset(enum)

    def check_string(
        value: object, at: str, segment: str | int, found: Findings
    ) -> None:
        if not isinstance(value, str):
            found.wrong_type(pointer_to(at, segment), "a string", spec.main)
            return
        if not value.isascii() and any("\ud800" <= c <= "\udfff" for c in value):
            what = "a string without lone surrogates"
            found.wrong_type(pointer_to(at, segment), what, spec.main)
        if length is not None and outside(len(value), length):
            source = spec.source(shape.source, "length")
            found.wrong_length(pointer_to(at, segment), len(value), length, source)
        if pattern is not None and not pattern.matches(value):
            found.note(
                pointer_to(at, segment),
                "pattern",
                pattern.text,
                f"Member must satisfy regular expression pattern: {pattern.text}",
                spec.source(shape.source, "pattern"),
            )
        if allowed and value not in allowed and not isinstance(value, UnknownValue):
            source = spec.source(shape.source, "enum")
            found.not_listed(pointer_to(at, segment), enum, source)

    return check_string


def enum_check(shape: Enum, scope: str, spec: Spec) -> Check:
    """Text out of the values of a named enum, which is looked up at the first value."""
    made: list[Check] = []

    def check_enum(value: object, at: str, segment: str | int, found: Findings) -> None:
        if not made:
            values = enum_values(scope, shape.name)
            made.append(string_check(String(enum=values, source=shape.source), spec))
        made[0](value, at, segment, found)

    return check_enum


def enum_values(scope: str, name: str) -> tuple[str, ...]:
    """The values of the enum of a service's shapes that has some name."""
    from importlib import import_module

    alias: object = getattr(import_module(scope + ".shapes"), name)
    return tuple(
        value
        for literal in get_args(alias)
        for value in get_args(literal)
        if isinstance(value, str)
    )


def integer_check(shape: Integer, spec: Spec) -> Check:
    """Whole numbers: size in bits, range, listed values. A bool is not a number."""
    what = "a whole number"
    low, high = None, None
    if shape.bits is not None:
        low, high = -(2 ** (shape.bits - 1)), 2 ** (shape.bits - 1) - 1
        what = f"a whole number of {shape.bits} bits"

    def check_integer(
        value: object, at: str, segment: str | int, found: Findings
    ) -> None:
        if (
            not isinstance(value, int)
            or isinstance(value, bool)
            or outside(value, (low, high))
        ):
            found.wrong_type(pointer_to(at, segment), what, spec.main)
            return
        if shape.range is not None and outside(value, shape.range):
            source = spec.source(shape.source, "range")
            found.wrong_number(pointer_to(at, segment), shape.range, source)
        if shape.enum and value not in shape.enum:
            source = spec.source(shape.source, "enum")
            found.not_listed(pointer_to(at, segment), shape.enum, source)

    return check_integer


def double_check(shape: Double, spec: Spec) -> Check:
    """Floating-point numbers; whole ones are taken too, and NaN is in no range."""

    def check_double(
        value: object, at: str, segment: str | int, found: Findings
    ) -> None:
        if not isinstance(value, (int, float)) or isinstance(value, bool):
            found.wrong_type(pointer_to(at, segment), "a number", spec.main)
        elif shape.range is not None and (
            value != value or outside(value, shape.range)
        ):
            source = spec.source(shape.source, "range")
            found.wrong_number(pointer_to(at, segment), shape.range, source)

    return check_double


def blob_check(shape: Blob, spec: Spec) -> Check:
    """Bytes and their number."""

    def check_blob(value: object, at: str, segment: str | int, found: Findings) -> None:
        if not isinstance(value, (bytes, bytearray)):
            found.wrong_type(pointer_to(at, segment), "bytes", spec.main)
        elif shape.length is not None and outside(len(value), shape.length):
            source = spec.source(shape.source, "length")
            pointer = pointer_to(at, segment)
            found.wrong_length(pointer, len(value), shape.length, source)

    return check_blob


def timestamp_check(spec: Spec) -> Check:
    """Datetimes with a time zone."""

    def check_time(value: object, at: str, segment: str | int, found: Findings) -> None:
        if not isinstance(value, datetime):
            found.wrong_type(pointer_to(at, segment), "a datetime", spec.main)
        elif value.utcoffset() is None:
            what = "a datetime with a time zone, such as datetime.now(timezone.utc)"
            found.wrong_type(pointer_to(at, segment), what, spec.main)

    return check_time


def boolean_check(spec: Spec) -> Check:
    """True and False only."""

    def check_bool(value: object, at: str, segment: str | int, found: Findings) -> None:
        if not isinstance(value, bool):
            found.wrong_type(pointer_to(at, segment), "a boolean", spec.main)

    return check_bool


def document_check(spec: Spec) -> Check:
    """JSON values: mappings with text as keys, sequences, text, numbers, bools, None."""

    def check_json(value: object, at: str, segment: str | int, found: Findings) -> None:
        here = pointer_to(at, segment)
        if is_mapping(value):
            for key, inner in value.items():
                if isinstance(key, str):
                    check_json(inner, here, key, found)
                else:
                    found.wrong_type(here, "a mapping with strings as keys", spec.main)
        elif is_sequence(value):
            for index, inner in enumerate(value):
                check_json(inner, here, index, found)
        elif value is not None and not isinstance(value, (str, int, float)):
            found.wrong_type(here, "a JSON value", spec.main)

    return check_json


def list_check(shape: List, scope: str, spec: Spec) -> Check:
    """Sequences: their length, each item, and items that must differ."""
    check_item = check_for(shape.item, scope, spec)

    def check_list(value: object, at: str, segment: str | int, found: Findings) -> None:
        here = pointer_to(at, segment)
        if not is_sequence(value):
            found.wrong_type(here, "a sequence, not a string", spec.main)
            return
        if shape.length is not None and outside(len(value), shape.length):
            source = spec.source(shape.source, "length")
            found.wrong_length(here, len(value), shape.length, source)
        for index, item in enumerate(value):
            if item is not None:
                check_item(item, here, index, found)
            elif not shape.sparse:
                rule = "Member must not be null"
                pointer = pointer_to(here, index)
                found.note(pointer, "required", "required", rule, spec.main)
        if shape.unique and has_repeats(value):
            source = spec.source(shape.source, "unique")
            rule = "Member must have unique values"
            found.note(here, "unique", "unique", rule, source)

    return check_list


def has_repeats(values: object) -> bool:
    """True where two items are equal by value, with bools apart from numbers."""
    seen: set[str] = set()
    for item in values if is_sequence(values) else ():
        key = canonical(item)
        if key in seen:
            return True
        seen.add(key)
    return False


def canonical(value: object) -> str:
    """A text that two values share only where they are equal by value."""
    if isinstance(value, Shaped):
        value = value.to_dict()
    if is_mapping(value):
        pairs = [f"{canonical(k)}:{canonical(v)}" for k, v in value.items()]
        return "{" + ",".join(sorted(pairs)) + "}"
    if is_sequence(value):
        return "[" + ",".join(canonical(item) for item in value) + "]"
    if isinstance(value, datetime) and value.utcoffset() is not None:
        return f"@{value.timestamp()!r}"
    if isinstance(value, str):
        return repr(str(value))
    return repr(bytes(value)) if isinstance(value, bytearray) else repr(value)


def map_check(shape: Map, scope: str, spec: Spec) -> Check:
    """Mappings: their size, each key and each value; both are told at the key's pointer."""
    check_key = check_for(shape.key, scope, spec)
    check_value = check_for(shape.value, scope, spec)

    def check_map(value: object, at: str, segment: str | int, found: Findings) -> None:
        here = pointer_to(at, segment)
        if not is_mapping(value):
            found.wrong_type(here, "a mapping", spec.main)
            return
        if shape.length is not None and outside(len(value), shape.length):
            source = spec.source(shape.source, "length")
            found.wrong_length(here, len(value), shape.length, source)
        for key, inner in value.items():
            if not isinstance(key, str):
                found.wrong_type(here, "a mapping with strings as keys", spec.main)
                continue
            check_key(key, here, key, found)
            if inner is not None:
                check_value(inner, here, key, found)
            elif not shape.sparse:
                rule = "Member must not be null"
                pointer = pointer_to(here, key)
                found.note(pointer, "required", "required", rule, spec.main)

    return check_map


def structure_check(shape: Ref, scope: str, spec: Spec) -> Check:
    """Values of a class of the service, which is looked up at the first value."""
    name = shape.name

    def check_shape(
        value: object, at: str, segment: str | int, found: Findings
    ) -> None:
        here = pointer_to(at, segment)
        if isinstance(value, find(scope, name)):
            check_members(value, here, found)
        else:
            found.wrong_type(here, f"a {name}", spec.main)

    return check_shape
