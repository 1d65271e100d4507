"""JSON documents to and from typed values, as the two JSON protocols share them."""

from __future__ import annotations

import json
import math
from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import NoReturn

from specwright.model import INTEGERS, Member, Service, Shape
from specwright.server.messages import Record, Value, serialization, unicode_text
from specwright.server.protocols.events import Payloads
from specwright.server.protocols.simple import (
    bounded,
    finite,
    integer_in_range,
    mistyped,
    read_blob,
)
from specwright.server.protocols.trees import Leaves, Trees
from specwright.server.timestamps import (
    epoch_number,
    from_epoch,
    read_timestamp,
    timestamp_text,
)

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


def _refused_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _distinct(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name twice")
    return found


def _read(service: Service, member: Member, node: object, where: str) -> Value:
    shape, form = service.target(member), service.timestamp(member)
    if isinstance(node, str):
        text = unicode_text(node)
        if shape.type == "string":
            return text
        if shape.type == "blob":
            return read_blob(text, where)
        if shape.type == "timestamp" and form in ("iso8601", "http-date"):
            return read_timestamp(text, form, where)
        if shape.type in ("float", "double") and text in _SPECIAL:
            return float(text)
    elif isinstance(node, (int, Decimal)) and not isinstance(node, bool):
        if shape.type == "timestamp" and form in (None, "epoch-seconds"):
            try:
                return from_epoch(node)
            except OverflowError:
                raise mistyped(where, shape) from None
        if shape.type in INTEGERS and isinstance(node, int):
            return integer_in_range(node, shape, where)
        if shape.type == "bigDecimal":
            return bounded(Decimal(node), shape, where)
        if shape.type in ("float", "double"):
            return finite(node, shape, where)
    raise mistyped(where, shape)


def _write(service: Service, member: Member, value: Value) -> Value:
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
    return value


JSON_LEAVES = Leaves(_read, _write)


def json_payloads(service: Service) -> Payloads:
    """How the events of streams are written in JSON."""

    def write(_shape: Shape, members: Sequence[Member], record: Record) -> bytes:
        return encoded(
            Trees(service, JSON_LEAVES).write_members(tuple(members), record)
        )

    return Payloads("application/json", write)
