"""Values of botocore's shapes as JSON, the way a service writes them."""

from __future__ import annotations

import base64
import json
import math
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from tests.catalogue.models import location, wire_name


def encoded(shape: Any, inside: Any, times: str = "unixTimestamp") -> Any:
    """A value as plain JSON; ``times`` is how moments are written that don't say how."""
    kind = shape.type_name
    if inside is None or (kind == "structure" and shape.is_document_type):
        return inside
    if kind == "structure":
        return members(shape, inside, times)
    if kind == "list":
        return [encoded(shape.member, each, times) for each in inside]
    if kind == "map":
        return {key: encoded(shape.value, each, times) for key, each in inside.items()}
    if kind == "blob":
        return base64.b64encode(inside).decode()
    if kind == "timestamp":
        stated = shape.serialization.get("timestampFormat", times)
        seconds = inside.timestamp()
        if stated == "unixTimestamp":
            return int(seconds) if seconds.is_integer() else seconds
        return moment(inside, stated)
    if kind in ("float", "double"):
        return special(inside) or inside
    return inside


def members(
    shape: Any, inside: dict[str, Any], times: str = "unixTimestamp"
) -> dict[str, Any]:
    """The members of a structure that stand in a body; every other absent one is null."""
    body = [(n, m) for n, m in shape.members.items() if location(m) is None]
    # Nothing and null say the same, in unions too, but null is a value of a document.
    absent = [
        wire_name(m, n)
        for n, m in body
        if n not in inside and not getattr(m, "is_document_type", False)
    ][::2]
    held = {
        wire_name(m, n): encoded(m, inside[n], times) for n, m in body if n in inside
    }
    return {**dict.fromkeys(absent), **held}


def body(
    shape: Any, inside: dict[str, Any], extra: dict[str, Any] | None = None
) -> bytes:
    """A structure as a body, with members that no model has before its own."""
    return json.dumps({**(extra or {}), **members(shape, inside)}).encode()


def moment(inside: datetime, stated: str) -> str:
    """A moment as text."""
    if stated in ("rfc822", "http-date"):
        return format_datetime(inside, usegmt=True)
    if stated == "unixTimestamp":
        return str(int(inside.timestamp()))
    fraction = f".{inside.microsecond // 1000:03}" if inside.microsecond else ""
    return inside.strftime("%Y-%m-%dT%H:%M:%S") + fraction + "Z"


def special(number: float) -> str | None:
    """The text for a number that JSON and XML don't have."""
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    return None
