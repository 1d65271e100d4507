"""The service's side of constraints: what a request breaks, in Smithy's words."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal

from specwright.model import Bounds, Constraints, Member, Operation, Service, Shape
from specwright.server.matching import matches
from specwright.server.messages import Record, Refusal, Value


def check(service: Service, operation: Operation, values: Record) -> None:
    """Raise the ValidationException for every constraint that an input breaks, if any."""
    broken = list(violations(service, operation.input, values))
    if broken:
        count = (
            "1 validation error"
            if len(broken) == 1
            else f"{len(broken)} validation errors"
        )
        message = f"{count} detected. " + "; ".join(text for _, text in broken)
        raise validation_exception(service, operation, message, broken)


def validation_exception(
    service: Service,
    operation: Operation,
    message: str,
    fields: Sequence[tuple[str, str]],
) -> Refusal:
    """A ValidationException; its shape is the modelled one where the operation has it."""
    name = "ValidationException"
    shape = service.shapes.get(name) if name in operation.errors else None
    status = (
        shape.error.status if shape is not None and shape.error is not None else None
    )
    return Refusal(name, status or 400, message, shape=shape, fields=fields)


def violations(
    service: Service, shape: Shape, values: Record
) -> Iterator[tuple[str, str]]:
    """The JSON Pointer and the text of every broken constraint, in the order of the members."""
    return _structure(service, shape, values, "")


def fits(constraints: Constraints, value: Value) -> bool:
    """True where a value by itself, apart from what it holds, meets the constraints."""
    return not any(_own(constraints, value, "/"))


def admits(service: Service, member: Member, value: Value) -> bool:
    """True where a value, and all that it holds, meets the constraints of a member."""
    return not any(_value(service, member, value, ""))


def _structure(
    service: Service, shape: Shape, values: Record, pointer: str
) -> Iterator[tuple[str, str]]:
    for member in shape.members:
        place = f"{pointer}/{_escaped(member.name)}"
        value = values.get(member.name)
        if value is not None:
            yield from _value(service, member, value, place)
            if member.host_label and not _HOST_LABEL.fullmatch(str(value)):
                words = "not be empty" if value == "" else f"be {_HOST_LABELS}"
                yield place, _failed(place, f"Member must {words}")
        elif member.required:
            yield place, _failed(place, "Member must not be null")


def _value(
    service: Service, member: Member, value: Value, pointer: str
) -> Iterator[tuple[str, str]]:
    yield from _own(service.constraints(member), value, pointer)
    shape = service.target(member)
    if isinstance(value, list) and shape.item is not None:
        for index, element in enumerate(value):
            if element is not None:
                yield from _value(service, shape.item, element, f"{pointer}/{index}")
    elif isinstance(value, dict) and shape.type == "map":
        for key, element in value.items():
            if shape.key is not None:
                # What a key breaks is told of its map.
                yield from _value(service, shape.key, key, pointer)
            if shape.value is not None and element is not None:
                place = f"{pointer}/{_escaped(key)}"
                yield from _value(service, shape.value, element, place)
    elif isinstance(value, dict):
        yield from _structure(service, shape, value, pointer)


def _own(
    constraints: Constraints, value: Value, pointer: str
) -> Iterator[tuple[str, str]]:
    if constraints.length is not None and isinstance(value, (str, bytes, list, dict)):
        size = len(value)
        if not _within(size, constraints.length):
            limit = _length_words(constraints.length)
            yield pointer, f"Value with length {size} at '{pointer}' {_FAILED}{limit}"
    bounds = constraints.range if _number(value) else None
    if bounds is not None and not _within(value, bounds):
        yield pointer, _failed(pointer, _range_words(bounds))
    pattern = constraints.pattern if isinstance(value, str) else None
    if pattern is not None and not matches(
        pattern, constraints.match or "full", str(value)
    ):
        words = f"Member must satisfy regular expression pattern: {pattern}"
        yield pointer, _failed(pointer, words)
    if (
        constraints.enum
        and isinstance(value, (str, int))
        and value not in constraints.enum
    ):
        listed = ", ".join(str(choice) for choice in constraints.enum)
        yield pointer, _failed(
            pointer, f"Member must satisfy enum value set: [{listed}]"
        )
    if constraints.unique and isinstance(value, list) and not _distinct(value):
        yield pointer, _failed(pointer, "Member must have unique values")


_HOST_LABEL = re.compile(r"[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})*")
_HOST_LABELS = (
    "labels of a host: 1 to 63 letters, digits and hyphens each, with dots between"
)
_FAILED = "failed to satisfy constraint: "


def _failed(pointer: str, words: str) -> str:
    return f"Value at '{pointer}' {_FAILED}{words}"


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def _number(value: Value) -> bool:
    return isinstance(value, (int, float, Decimal)) and not isinstance(value, bool)


def _within(value: Value, bounds: Bounds) -> bool:
    if isinstance(value, float):
        if math.isnan(value):
            return False
        # As it is written: 0.1 is not more than 0.1.
        value = Decimal(repr(value))
    elif not isinstance(value, (int, Decimal)):
        return True
    return (bounds.min is None or value >= bounds.min) and (
        bounds.max is None or value <= bounds.max
    )


def _length_words(bounds: Bounds) -> str:
    if bounds.max is None:
        return f"Member must have length greater than or equal to {_plain(bounds.min)}"
    if bounds.min is None:
        return f"Member must have length less than or equal to {_plain(bounds.max)}"
    low, high = _plain(bounds.min), _plain(bounds.max)
    return f"Member must have length between {low} and {high}, inclusive"


def _range_words(bounds: Bounds) -> str:
    if bounds.max is None:
        return f"Member must be greater than or equal to {_plain(bounds.min)}"
    if bounds.min is None:
        return f"Member must be less than or equal to {_plain(bounds.max)}"
    return f"Member must be between {_plain(bounds.min)} and {_plain(bounds.max)}, inclusive"


def _plain(bound: Decimal | int | None) -> str:
    if not isinstance(bound, Decimal):
        return str(bound)
    text = f"{bound:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _distinct(values: Iterable[Value]) -> bool:
    frozen = [_frozen(value) for value in values]
    return len(set(frozen)) == len(frozen)


def _frozen(value: Value) -> object:
    """A hashable stand-in that is equal where the values are; true is not 1."""
    if isinstance(value, list):
        return ("list", *map(_frozen, value))
    if isinstance(value, dict):
        return ("map", frozenset((key, _frozen(v)) for key, v in value.items()))
    if isinstance(value, (bool, datetime)):
        return (type(value).__name__, value)
    return value
