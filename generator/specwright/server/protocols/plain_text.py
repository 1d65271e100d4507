"""Single values as plain text, as paths, queries and headers hold them."""

from __future__ import annotations

import re
from base64 import b64encode
from datetime import datetime
from decimal import Decimal

from specwright.model import INTEGERS, Member, Service, TimestampFormat
from specwright.server.messages import Value, serialization
from specwright.server.protocols.json_text import integer_in_range, read_blob
from specwright.server.timestamps import read_timestamp, timestamp_text

_INTEGER = re.compile(r"[+-]?[0-9]{1,100}")
_DECIMAL = re.compile(r"[+-]?[0-9]{1,400}(?:\.[0-9]{1,400})?(?:[eE][+-]?[0-9]{1,3})?")


def read_text(
    service: Service, member: Member, text: str, form: TimestampFormat
) -> Value:
    """The value of a member of simple type; ``form`` is for timestamps that state none."""
    shape = service.target(member)
    where = member.name
    if shape.type == "string":
        return (
            read_blob(text, where).decode("utf-8", "replace")
            if member.json_value
            else text
        )
    if shape.type == "blob":
        return read_blob(text, where)
    if shape.type == "timestamp":
        return read_timestamp(text, service.timestamp(member) or form, where)
    if shape.type == "boolean" and text in ("true", "false"):
        return text == "true"
    if shape.type in INTEGERS and _INTEGER.fullmatch(text):
        return integer_in_range(int(text), shape, where)
    if shape.type == "bigDecimal" and _DECIMAL.fullmatch(text):
        return Decimal(text)
    special = text in ("NaN", "Infinity", "-Infinity")
    if shape.type in ("float", "double") and (special or _DECIMAL.fullmatch(text)):
        return float(text)
    raise serialization(f"The value of '{where}' is not of the type {shape.type}.")


def text_of(
    service: Service, member: Member, value: Value, form: TimestampFormat
) -> str:
    """The text for a value of simple type."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return timestamp_text(value, service.timestamp(member) or form)
    if isinstance(value, bytes):
        return b64encode(value).decode("ascii")
    if isinstance(value, str) and member.json_value:
        return b64encode(value.encode("utf-8")).decode("ascii")
    return str(value)


def header_items(text: str) -> list[str]:
    """The items of a list header; commas inside quotes belong to their item."""
    items = re.findall(r'"(?:[^"\\]|\\.)*"|[^,"]+', text)
    return [
        re.sub(r"\\(.)", r"\1", item[1:-1]) if item.startswith('"') else item
        for item in map(str.strip, items)
        if item
    ]


def header_dates(text: str) -> list[str]:
    """The items of a list of HTTP dates, each of which has a comma of its own."""
    return [item.strip() for item in re.findall(r"[^,]+,[^,]+", text)] or [text]
