"""JSON documents to and from typed values, as the two JSON protocols share them."""

from __future__ import annotations

import json
import math
import re
from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import NoReturn

from specwright.model import INTEGERS, Member, Service, Shape, TimestampFormat
from specwright.server.messages import (
    Record,
    Refusal,
    Value,
    serialization,
    unicode_text,
)
from specwright.server.timestamps import (
    epoch_number,
    from_epoch,
    read_timestamp,
    timestamp_text,
)

DEEPEST = 64
_BITS = {"byte": 8, "short": 16, "integer": 32, "long": 64}
_MOST = {"float": Decimal((1 << 24) - 1) * (1 << 104)}
_BASE64 = re.compile(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")
_SPECIAL = ("NaN", "Infinity", "-Infinity")


def decoded(body: bytes) -> object:
    """The document in a body; fractions are Decimals. Refused where it is not strict JSON."""
    try:
        text = body.decode("utf-8")
        return json.loads(
            text,
            parse_float=Decimal,
            parse_constant=_refused_constant,
            object_pairs_hook=_distinct,
        )
    except (ValueError, ArithmeticError, RecursionError):
        raise serialization("The body is not valid JSON.") from None


def encoded(document: object) -> bytes:
    """The document as a body; Decimals with all their digits."""
    return _text(document).encode("utf-8")


def _text(document: object) -> str:
    if isinstance(document, dict):
        pairs = (f"{_text(str(k))}:{_text(v)}" for k, v in document.items())
        return "{" + ",".join(pairs) + "}"
    if isinstance(document, list):
        return "[" + ",".join(map(_text, document)) + "]"
    if isinstance(document, Decimal):
        return str(document)
    return json.dumps(document, ensure_ascii=False, allow_nan=False)


def read_members(
    service: Service, shape: Shape, members: tuple[Member, ...], document: object
) -> Record:
    """The given members of a structure or union out of a JSON object."""
    return _members(service, shape, members, document, "", 0)


def read_value(service: Service, member: Member, document: object) -> Value:
    """The value of one member out of a JSON value."""
    return _read(service, member, document, member.name, 0)


def write_members(
    service: Service, members: tuple[Member, ...], record: Record
) -> Record:
    """The JSON object for the members that the record has."""
    return {
        m.wire: write_value(service, m, record[m.name])
        for m in members
        if record.get(m.name) is not None
    }


def write_value(service: Service, member: Member, value: Value) -> Value:
    """The JSON value for the value of a member."""
    shape = service.target(member)
    if value is None or shape.type == "document":
        return value
    if isinstance(value, datetime):
        form = service.timestamp(member) or "epoch-seconds"
        return (
            epoch_number(value)
            if form == "epoch-seconds"
            else timestamp_text(value, form)
        )
    if isinstance(value, bytes):
        return b64encode(value).decode("ascii")
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, list) and shape.item is not None:
        return [write_value(service, shape.item, v) for v in value]
    if isinstance(value, dict):
        if shape.value is not None:
            return {k: write_value(service, shape.value, v) for k, v in value.items()}
        return write_members(service, shape.members, value)
    return value


def error_members(service: Service | None, refusal: Refusal) -> Record:
    """The JSON members of an error: its message under the modelled name, and what it carries."""
    named = "message"
    modelled: tuple[Member, ...] = ()
    if service is not None and refusal.shape is not None:
        modelled = tuple(m for m in refusal.shape.members if m.location == "body")
        named = next((m.wire for m in modelled if m.name.lower() == "message"), named)
    body: Record = {named: refusal.message}
    if service is not None:
        body |= write_members(service, modelled, refusal.members)
    if refusal.fields:
        body["fieldList"] = [
            {"path": path, "message": text} for path, text in refusal.fields
        ]
    return body


def integer_in_range(number: int, shape: Shape, where: str) -> int:
    """The number, where the shape's type can hold it."""
    bits = _BITS.get(shape.type)
    if bits is not None and not -(1 << bits - 1) <= number < 1 << bits - 1:
        raise _mistyped(where, shape)
    return number


def finite(number: int | Decimal, shape: Shape, where: str) -> float:
    """The number as a float, where the shape's type can hold it."""
    try:
        value = float(number)
    except OverflowError:
        value = math.inf
    if not math.isfinite(value) or abs(value) > _MOST.get(shape.type, math.inf):
        raise _mistyped(where, shape)
    return value


def read_blob(text: str, where: str) -> bytes:
    """The bytes of a base64 text."""
    if not _BASE64.fullmatch(text):
        raise serialization(f"The value of '{where}' is not base64.")
    return b64decode(text)


def _refused_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _distinct(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name twice")
    return found


def _mistyped(where: str, shape: Shape) -> Exception:
    return serialization(
        f"The value of '{where or '/'}' is not of the type {shape.type}."
    )


def _members(
    service: Service,
    shape: Shape,
    members: tuple[Member, ...],
    document: object,
    where: str,
    depth: int,
) -> Record:
    if not isinstance(document, dict):
        raise _mistyped(where, shape)
    record: Record = {}
    for member in members:
        value = document.get(member.wire)
        if value is not None:
            place = f"{where}.{member.name}" if where else member.name
            record[member.name] = _read(service, member, value, place, depth + 1)
    if shape.type == "union":
        wires = {"__type", *(m.wire for m in members)}
        unknown = [k for k, v in document.items() if v is not None and k not in wires]
        if unknown or len(record) != 1:
            raise serialization(
                f"The union '{where}' must have exactly one known member."
            )
    return record


def _read(
    service: Service, member: Member, document: object, where: str, depth: int
) -> Value:
    shape = service.target(member)
    if depth > DEEPEST:
        raise serialization(f"The value of '{where[:100]}' is nested too deep.")
    match shape.type:
        case "structure" | "union":
            return _members(service, shape, shape.members, document, where, depth)
        case "list" if isinstance(document, list) and shape.item is not None:
            return _list(service, shape, shape.item, document, where, depth)
        case "map" if isinstance(document, dict) and shape.value is not None:
            return _map(service, shape, shape.value, document, where, depth)
        case "document":
            return _document(document, depth)
        case "boolean" if isinstance(document, bool):
            return document
        case _:
            return _primitive(shape, service.timestamp(member), document, where)


def _list(
    service: Service,
    shape: Shape,
    item: Member,
    document: list[object],
    where: str,
    depth: int,
) -> list[Value]:
    values: list[Value] = []
    for index, element in enumerate(document):
        if element is not None:
            values.append(_read(service, item, element, f"{where}[{index}]", depth + 1))
        elif shape.sparse:
            values.append(None)
        else:
            raise serialization(f"The list '{where}' may not hold null.")
    return values


def _map(
    service: Service,
    shape: Shape,
    value: Member,
    document: Mapping[object, object],
    where: str,
    depth: int,
) -> Record:
    pairs: Record = {}
    for key, element in document.items():
        name = unicode_text(str(key))
        if element is not None:
            pairs[name] = _read(service, value, element, f"{where}[{name}]", depth + 1)
        elif shape.sparse:
            pairs[name] = None
        else:
            raise serialization(f"The map '{where}' may not hold null.")
    return pairs


def _primitive(
    shape: Shape, form: TimestampFormat | None, document: object, where: str
) -> Value:
    if isinstance(document, str):
        text = unicode_text(document)
        if shape.type == "string":
            return text
        if shape.type == "blob":
            return read_blob(text, where)
        if shape.type == "timestamp" and form in ("iso8601", "http-date"):
            return read_timestamp(text, form, where)
        if shape.type in ("float", "double") and text in _SPECIAL:
            return float(text)
    elif isinstance(document, (int, Decimal)) and not isinstance(document, bool):
        if shape.type == "timestamp" and form in (None, "epoch-seconds"):
            try:
                return from_epoch(document)
            except OverflowError:
                raise _mistyped(where, shape) from None
        if shape.type in INTEGERS:
            if isinstance(document, Decimal):
                raise _mistyped(where, shape)
            return integer_in_range(document, shape, where)
        if shape.type == "bigDecimal":
            return _bounded(Decimal(document), shape, where)
        if shape.type in ("float", "double"):
            return finite(document, shape, where)
    raise _mistyped(where, shape)


def _bounded(number: Decimal, shape: Shape, where: str) -> Decimal:
    """The number, unless its exponent makes it short to write and long to compute."""
    if abs(number.adjusted()) > 4000:
        raise _mistyped(where, shape)
    return number


def _document(document: object, depth: int) -> Value:
    if depth > DEEPEST:
        raise serialization("A document is nested too deep.")
    if isinstance(document, list):
        return [_document(v, depth + 1) for v in document]
    if isinstance(document, dict):
        return {
            unicode_text(str(k)): _document(v, depth + 1) for k, v in document.items()
        }
    if isinstance(document, Decimal):
        return finite(document, Shape(type="document"), "document")
    if isinstance(document, str):
        return unicode_text(document)
    if document is None or isinstance(document, (bool, int)):
        return document
    raise serialization("A document holds an unknown kind of value.")
