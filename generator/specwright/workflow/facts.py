"""What a spec says about an operation, as plain data for tools: ``specwright facts``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from specwright.model import Bounds, Member, Pagination, Service, Shape, children

MAX_DEPTH = 100
MAX_MEMBERS = 100_000
"""Beyond these, named shapes are told by name: shapes that hold others twice, which hold others
twice, would otherwise fill any memory."""


@dataclass(slots=True)
class _Told:
    """How many members have been told so far."""

    members: int = 0


def facts(service: Service, operation_name: str) -> dict[str, object]:
    """The facts of one operation; what the spec does not say is left out.

    Raises KeyError where the service has no such operation.
    """
    operation = service.operations[operation_name]
    told = _Told()
    result: dict[str, object] = {
        "service": service.id,
        "operation": operation.name,
        "protocol": service.protocol,
        "http": {"method": operation.http.method, "path": operation.http.path},
        "input": _members(service, operation.input, _names(operation.input), told),
        "output": _members(service, operation.output, _names(operation.output), told),
        "errors": {name: _error(service.shapes[name]) for name in operation.errors},
    }
    if operation.pagination is not None:
        result["pagination"] = _pagination(operation.pagination)
    return result


def _members(
    service: Service, shape: Shape, around: tuple[str, ...], told: _Told
) -> dict[str, object]:
    return {
        member.name: _member(service, member, around, told) for member in shape.members
    }


def _member(
    service: Service, member: Member, around: tuple[str, ...], told: _Told
) -> dict[str, object]:
    """A member; ``around`` are the named shapes that it stands in, which it may hold again."""
    shape = service.target(member)
    told.members += 1
    too_much = len(around) >= MAX_DEPTH or told.members > MAX_MEMBERS
    repeats = shape.name is not None and (
        shape.name in around or (too_much and bool(children(shape)))
    )
    result: dict[str, object] = {"ref": shape.name} if repeats else {"type": shape.type}
    if member.required:
        result["required"] = True
    if member.location != "body":
        result["in"] = member.location
    if member.wire != member.name:
        result["wire"] = member.wire
    if repeats:
        return result
    constraints = service.constraints(member)
    if constraints.length is not None:
        result["length"] = _bounds(constraints.length)
    if constraints.range is not None:
        result["range"] = _bounds(constraints.range)
    if constraints.pattern is not None:
        result["pattern"] = constraints.pattern
        result["match"] = constraints.match
    if constraints.enum:
        result["enum"] = list(constraints.enum)
    if (timestamp := service.timestamp(member)) is not None:
        result["timestamp"] = timestamp
    if service.sensitive(member):
        result["sensitive"] = True
    if constraints.unique:
        result["unique"] = True
    return result | _content(service, shape, around + _names(shape), told)


def _content(
    service: Service, shape: Shape, around: tuple[str, ...], told: _Told
) -> dict[str, object]:
    if shape.type in ("structure", "union"):
        return {"members": _members(service, shape, around, told)}
    parts: Mapping[str, Member | None] = {
        "item": shape.item,
        "key": shape.key,
        "value": shape.value,
    }
    return {
        name: _member(service, part, around, told)
        for name, part in parts.items()
        if part is not None
    }


def _names(shape: Shape) -> tuple[str, ...]:
    return (shape.name,) if shape.name is not None else ()


def _bounds(bounds: Bounds) -> list[int | float | None]:
    return [_number(bounds.min), _number(bounds.max)]


def _number(value: Decimal | int | None) -> int | float | None:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _error(shape: Shape) -> dict[str, object]:
    result: dict[str, object] = {}
    if shape.error is not None:
        if shape.error.status is not None:
            result["status"] = shape.error.status
        result["fault"] = shape.error.fault
    return result


def _pagination(pagination: Pagination) -> dict[str, object]:
    stated = {
        "input_token": _one_or_several(pagination.input_token),
        "output_token": _one_or_several(pagination.output_token),
        "limit": pagination.limit,
        "items": _one_or_several(pagination.items),
    }
    return {key: value for key, value in stated.items() if value}


def _one_or_several(names: tuple[str, ...]) -> str | list[str]:
    return names[0] if len(names) == 1 else list(names)
