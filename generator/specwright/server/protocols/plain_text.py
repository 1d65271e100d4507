"""Single values as plain text, as paths, queries and headers hold them."""

from __future__ import annotations

import re
from base64 import b64encode
from datetime import datetime
from decimal import Decimal

from specwright.model import INTEGERS, Member, Service, TimestampFormat
from specwright.server.messages import Value, serialization, unicode_text
from specwright.server.protocols.json_text import decoded
from specwright.server.protocols.simple import finite, integer_in_range, read_blob
from specwright.server.timestamps import read_timestamp, timestamp_text

SPECIAL = {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}
_INTEGER = re.compile(r"-?[0-9]{1,1000}")
_DECIMAL = re.compile(r"-?[0-9]{1,1000}(?:\.[0-9]{1,1000})?(?:[eE][+-]?[0-9]{1,3})?")
_ITEM = re.compile(r'[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^",]*?))[ \t]*(?:,|\Z)')


def read_text(
    service: Service, member: Member, text: str, form: TimestampFormat
) -> Value:
    """The value of a member of simple type; ``form`` is for timestamps that state none."""
    shape = service.target(member)
    where = member.name
    if shape.type == "string":
        if not in_base64(service, member):
            return unicode_text(text)
        return _held(text, where, is_json="json" in media_of(service, member))
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
    special = text in SPECIAL.values()
    if shape.type in ("float", "double"):
        if special:
            return float(text)
        if _DECIMAL.fullmatch(text):
            return finite(Decimal(text), shape, where)
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
    if isinstance(value, float):
        return SPECIAL.get(str(value), str(value))
    if isinstance(value, str) and in_base64(service, member):
        return b64encode(value.encode("utf-8")).decode("ascii")
    return str(value)


def media_of(service: Service, member: Member) -> str:
    """The media type of a string; empty where it has none."""
    stated = member.media_type or service.target(member).media_type or ""
    return "application/json" if member.json_value else stated


def in_base64(service: Service, member: Member) -> bool:
    """Whether a string is written in base64: in headers those of a media type are."""
    typed = member.location == "header" and media_of(service, member) != ""
    return member.json_value or typed


def header_items(text: str, where: str) -> list[str]:
    """The items of a list header; commas inside quotes belong to their item."""
    items: list[str] = []
    at = 0
    if not text.strip(" \t"):
        return items
    while True:
        found = _ITEM.match(text, at)
        if found is None:
            raise serialization(f"The quotes of '{where}' don't match.")
        quoted, plain = found.groups()
        items.append(plain if quoted is None else re.sub(r"\\(.)", r"\1", quoted))
        at = found.end()
        if not found.group().endswith(",") and at == len(text):
            return items


def header_dates(text: str) -> list[str]:
    """The items of a list of HTTP dates, each of which has a comma of its own."""
    parts = text.split(",")
    pairs = zip(parts[::2], [*parts[1::2], ""], strict=False)
    return [f"{day},{rest}".strip(" \t") for day, rest in pairs]


def _held(text: str, where: str, *, is_json: bool) -> str:
    """The text that is written in base64, held to be JSON where it has to be."""
    raw = read_blob(text, where)
    if is_json:
        decoded(raw)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        raise serialization(f"The value of '{where}' is not UTF-8.") from None
