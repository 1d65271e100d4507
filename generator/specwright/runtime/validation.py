"""Constraint checks: a schema becomes functions that find every broken constraint."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sized
from datetime import datetime
from importlib import import_module
from typing import NamedTuple, TypeAlias, get_args

from .errors import ConstraintWarning, ValidationError
from .schema import (
    Blob,
    Double,
    Enum,
    Extension,
    Integer,
    LengthBounds,
    List,
    Plan,
    RangeBounds,
    Ref,
    Schema,
    Shape,
    Spec,
    String,
    Timestamp,
)
from .structure import Shaped, Union, find, is_sequence, set_members
from .values import UnknownValue
from .violations import Findings, Kind, Limit, Mode, Name, Violation, pointer_to

Test: TypeAlias = "Callable[[object], bool]"
Check: TypeAlias = "Callable[[object, str, Name, Findings], None]"

ZONED = "a datetime with a time zone, such as datetime.now(timezone.utc)"


def violations(value: Shaped) -> list[Violation]:
    found = Findings()
    check_members(value, "", found)
    return list(found)


STRICT: Mapping[str, Mode] = {}


def check(value: Shaped, modes: Mapping[str, Mode] = STRICT) -> None:
    """Raise for broken constraints; warn of those whose kind is only warned about."""
    found = Findings()
    if modes:
        found.off = frozenset(kind for kind, mode in modes.items() if mode == "off")
    check_members(value, "", found)
    if not found:
        return
    warned = [v for v in found if modes.get(v.kind) == "warn"]
    for violation in warned:
        from warnings import warn

        level = frames_inside(value.__schema__.scope.rpartition(".")[0])
        warn(str(violation), ConstraintWarning, stacklevel=level)
    refused = tuple(v for v in found if modes.get(v.kind) != "warn")
    if refused:
        raise ValidationError(refused)


def frames_inside(package: str) -> int:
    """How many calls up the stack the code that uses a package is."""
    from inspect import currentframe

    frame, count = currentframe(), 0
    while frame is not None and (
        not count or f"{frame.f_globals.get('__name__')}.".startswith(f"{package}.")
    ):
        frame, count = frame.f_back, count + 1
    return count


class Checks(Plan):
    """How each member is checked. The source is that of its being required."""

    def __init__(self, schema: Schema) -> None:
        spec = schema.spec
        self.members = tuple(
            (
                member.attr,
                member.name,
                check_for(member.shape, schema.scope, spec),
                member.label,
                member.required and not member.idempotency_token,
                spec.source(member.source, "required"),
                member.sensitive is True,
            )
            for member in schema.members
        )


def check_members(value: Shaped, at: str, found: Findings) -> None:
    plan = value.__schema__.plan(Checks)
    for attr, name, check_inner, label, required, source, hides in plan.members:
        inner: object = getattr(value, attr, None)
        if inner is not None:
            if label is not None and (limit := label(inner)):
                found.note(at, name, "label", limit, source)
            if hides and not found.hidden:
                found.hidden = True
                check_inner(inner, at, name, found)
                found.hidden = False
            else:
                check_inner(inner, at, name, found)
        elif required:
            found.note(at, name, "required", "required", source)
    if isinstance(value, Union) and len(list(set_members(value))) != 1:
        schema = value.__schema__
        found.note(at, None, "union", tuple(schema.by_name), schema.spec.main)


def check_for(shape: Shape, scope: str, spec: Spec) -> Check:
    if isinstance(shape, Ref):
        return structure_check(shape, scope, spec)
    if isinstance(shape, Enum):
        return enum_check(shape, scope, spec)
    if isinstance(shape, Extension):
        return shape.check(scope, spec)
    what, fits = (
        whole_number(shape.bits) if isinstance(shape, Integer) else TYPES[shape.kind]
    )
    own = own_check(what, fits, rules_of(shape, spec), spec)
    return list_check(shape, own, scope, spec) if isinstance(shape, List) else own


def own_check(what: str, fits: Test, rules: Iterable[Rule], spec: Spec) -> Check:
    """The check of a value's type, then of the constraints that it has as a whole."""

    def check_value(value: object, at: str, name: Name, found: Findings) -> None:
        if not fits(value):
            found.note(at, name, "type", what, spec.main)
            return
        off = found.off
        for kind, limit, source, holds in rules:
            if kind not in off and not holds(value):
                found.note(at, name, kind, limit, source, value)

    return check_value


def is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


TYPES: Mapping[str, tuple[str, Test]] = {
    "blob": ("bytes", lambda value: isinstance(value, (bytes, bytearray))),
    "boolean": ("a boolean", lambda value: isinstance(value, bool)),
    "double": ("a number", is_number),
    "float": ("a number", is_number),
    "list": ("a sequence, not a string", is_sequence),
    "string": ("a string", lambda value: isinstance(value, str)),
    "timestamp": ("a datetime", lambda value: isinstance(value, datetime)),
}


def whole_number(bits: int | None) -> tuple[str, Test]:
    end = None if bits is None else 2 ** (bits - 1)

    def fits(value: object) -> bool:
        if not isinstance(value, int) or isinstance(value, bool):
            return False
        return end is None or -end <= value < end

    return "a whole number" + (f" of {bits} bits" if bits else ""), fits


class Rule(NamedTuple):
    """One constraint of a shape."""

    kind: Kind
    limit: Limit
    source: str
    holds: Test


def rules_of(shape: Shape, spec: Spec) -> tuple[Rule, ...]:
    """The constraints of a shape; their tests are only given values of its type."""
    rules: list[Rule] = []

    def add(kind: Kind, limit: Limit, holds: Test) -> None:
        rules.append(Rule(kind, limit, spec.source(shape.source, kind), holds))

    if isinstance(shape, Timestamp):
        rules.append(Rule("type", ZONED, spec.main, is_zoned))
    if isinstance(shape, String):
        what = "a string without lone surrogates"
        rules.append(Rule("type", what, spec.main, is_unicode))
    if isinstance(shape, (String, Blob, List)) and shape.length is not None:
        add("length", shape.length, is_within(shape.length))
    if isinstance(shape, (Integer, Double)) and shape.range is not None:
        add("range", shape.range, is_within(shape.range))
    if isinstance(shape, String) and shape.pattern is not None:
        pattern = shape.pattern
        add("pattern", pattern.text, lambda value: pattern.matches(str(value)))
    if isinstance(shape, (String, Integer)) and shape.enum:
        add("enum", shape.enum, is_listed(frozenset(shape.enum)))
    if isinstance(shape, List) and shape.distinct is not None:
        add("unique", "unique", shape.distinct)
    return tuple(rules)


def is_zoned(value: object) -> bool:
    return isinstance(value, datetime) and value.utcoffset() is not None


def is_unicode(value: object) -> bool:
    return isinstance(value, str) and (
        value.isascii() or not any("\ud800" <= char <= "\udfff" for char in value)
    )


def is_listed(allowed: frozenset[object]) -> Test:
    return lambda value: value in allowed or isinstance(value, UnknownValue)


def is_within(limit: LengthBounds | RangeBounds) -> Test:
    """A test of numbers, or of lengths, by inclusive bounds. NaN fails."""
    low, high = limit or (None, None)
    least = float("-inf") if low is None else low
    most = float("inf") if high is None else high

    def holds(value: object) -> bool:
        if isinstance(value, (int, float)):
            return least <= value <= most
        return isinstance(value, (str, Sized)) and least <= len(value) <= most

    return holds


def enum_check(shape: Enum, scope: str, spec: Spec) -> Check:
    made: list[Check] = []

    def check_enum(value: object, at: str, name: Name, found: Findings) -> None:
        if not made:
            listed = String(enum=enum_values(scope, shape.name), source=shape.source)
            made.append(check_for(listed, scope, spec))
        made[0](value, at, name, found)

    return check_enum


def enum_values(scope: str, name: str) -> tuple[str, ...]:
    alias: object = getattr(import_module(scope + ".shapes"), name)
    return tuple(
        value
        for literal in get_args(alias)
        for value in get_args(literal)
        if isinstance(value, str)
    )


def list_check(shape: List, own: Check, scope: str, spec: Spec) -> Check:
    check_item = check_for(shape.item, scope, spec)

    def check_list(value: object, at: str, name: Name, found: Findings) -> None:
        own(value, at, name, found)
        here = pointer_to(at, name)
        for index, item in enumerate(value if is_sequence(value) else ()):
            if item is not None:
                check_item(item, here, index, found)
            elif not shape.sparse:
                found.note(here, index, "required", "required", spec.main)

    return check_list


def structure_check(shape: Ref, scope: str, spec: Spec) -> Check:
    classes: list[type[Shaped]] = []

    def check_shape(value: object, at: str, name: Name, found: Findings) -> None:
        if not classes:
            classes.append(find(scope, shape.name))
        if isinstance(value, classes[0]):
            check_members(value, pointer_to(at, name), found)
        else:
            found.note(at, name, "type", f"a {shape.name}", spec.main)

    return check_shape
