"""What a request of the strict model should get, worked out from the model's JSON alone."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from email.utils import format_datetime
from typing import Any

from tests.server.strict_model import SHAPES

TYPE, CONSTRAINT = "SerializationException", "ValidationException"
BITS = {"byte": 8, "short": 16, "integer": 32, "long": 64}
SPECIAL = ("NaN", "Infinity", "-Infinity")
# The largest of each, and a little more for doubles, which is rounded to them.
MOST = {
    "float": Decimal((1 << 24) - 1) * (1 << 104),
    "double": Decimal("1.7976931348623158e308"),
}


def problems(name: str, value: Any, own: dict[str, Any] | None = None) -> set[str]:
    """The kinds of problem that a JSON value has as a shape; numbers are int or Decimal."""
    shape = {**SHAPES[name], **(own or {})}
    check: Callable[[dict[str, Any], Any], set[str]] = CHECKS[kind_of(shape)]
    return check(shape, value)


def kind_of(shape: dict[str, Any]) -> str:
    if shape.get("document"):
        return "document"
    return "union" if shape.get("union") else str(shape["type"])


def structure(shape: dict[str, Any], value: Any) -> set[str]:
    if not isinstance(value, dict):
        return {TYPE}
    found: set[str] = set()
    for key, member in shape["members"].items():
        inner = value.get(member.get("locationName", key))
        if inner is not None:
            found |= problems(member["shape"], inner, member)
        elif key in shape.get("required", ()):
            found.add(CONSTRAINT)
    return found


def union(shape: dict[str, Any], value: Any) -> set[str]:
    if not isinstance(value, dict):
        return {TYPE}
    there = [k for k, v in value.items() if v is not None and k != "__type"]
    if len(there) != 1 or there[0] not in shape["members"]:
        return {TYPE}
    return structure(shape, value)


def a_list(shape: dict[str, Any], value: Any) -> set[str]:
    if not isinstance(value, list):
        return {TYPE}
    found = sized(shape, len(value))
    for item in value:
        if item is not None:
            found |= problems(shape["member"]["shape"], item)
        elif not shape.get("sparse"):
            found.add(TYPE)
    if shape.get("uniqueItems") and TYPE not in found:
        seen = [meant(shape["member"]["shape"], item) for item in value]
        if any(one == other for i, one in enumerate(seen) for other in seen[:i]):
            found.add(CONSTRAINT)
    return found


def meant(name: str, value: Any) -> Any:
    """What of a value counts when two are compared."""
    kind = kind_of(SHAPES[name])
    if kind == "union":
        return {
            k: meant(SHAPES[name]["members"][k]["shape"], v)
            for k, v in value.items()
            if v is not None and k != "__type"
        }
    return round(value, 6) if kind == "timestamp" else value


def a_map(shape: dict[str, Any], value: Any) -> set[str]:
    if not isinstance(value, dict):
        return {TYPE}
    found = sized(shape, len(value))
    for key, inner in value.items():
        found |= problems(shape["key"]["shape"], key)
        if inner is not None:
            found |= problems(shape["value"]["shape"], inner)
        elif not shape.get("sparse"):
            found.add(TYPE)
    return found


def string(shape: dict[str, Any], value: Any) -> set[str]:
    if not isinstance(value, str) or any(0xD800 <= ord(c) <= 0xDFFF for c in value):
        return {TYPE}
    found = sized(shape, len(value))
    if "enum" in shape and value not in shape["enum"]:
        found.add(CONSTRAINT)
    if "pattern" in shape and not re.fullmatch(shape["pattern"][1:-1], value):
        found.add(CONSTRAINT)
    return found


def blob(shape: dict[str, Any], value: Any) -> set[str]:
    if not isinstance(value, str):
        return {TYPE}
    if len(value) % 4 or not re.fullmatch(r"[A-Za-z0-9+/]*={0,2}", value):
        return {TYPE}
    return sized(shape, len(base64.b64decode(value)))


def number(shape: dict[str, Any], value: Any) -> set[str]:
    kind = shape["type"]
    if isinstance(value, str) and kind in ("float", "double") and value in SPECIAL:
        value = Decimal(value)
        if value.is_nan():
            return {CONSTRAINT} if "min" in shape else set()
    elif (
        isinstance(value, bool)
        or not isinstance(value, (int, Decimal))
        or (kind in MOST and abs(value) > MOST[kind])
    ):
        return {TYPE}
    elif kind not in MOST and kind != "bigdecimal":
        bits = BITS.get(kind, 10**5)
        if isinstance(value, Decimal) or not -(1 << bits - 1) <= value < 1 << bits - 1:
            return {TYPE}
    low, high = (
        Decimal(str(shape.get(k, d))) for k, d in (("min", "-inf"), ("max", "inf"))
    )
    return (
        set()
        if low <= value <= high and value in shape.get("enum", [value])
        else {CONSTRAINT}
    )


def boolean(shape: dict[str, Any], value: Any) -> set[str]:
    return set() if value is True or value is False else {TYPE}


def timestamp(shape: dict[str, Any], value: Any) -> set[str]:
    form = shape.get("timestampFormat", "unixTimestamp")
    if form == "unixTimestamp":
        number = isinstance(value, (int, Decimal)) and not isinstance(value, bool)
        return set() if number and -62135596800 <= value < 253402300800 else {TYPE}
    if not isinstance(value, str):
        return {TYPE}
    return set() if READ[form](value) else {TYPE}


def is_date(text: str) -> bool:
    found = re.fullmatch(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?Z", text, re.ASCII)
    try:
        return found is not None and bool(datetime.fromisoformat(found[1]))
    except ValueError:
        return False


def is_http_date(text: str) -> bool:
    whole = re.sub(r"\.[0-9]+ GMT$", " GMT", text)
    try:
        moment = datetime.strptime(whole, "%a, %d %b %Y %H:%M:%S GMT").replace(
            tzinfo=UTC
        )
    except ValueError:
        return False
    return format_datetime(moment, usegmt=True) == whole


def document(shape: dict[str, Any], value: Any) -> set[str]:
    if isinstance(value, list):
        return set().union(*(document(shape, v) for v in value))
    if isinstance(value, dict):
        texts = [document(shape, k) for k in value]
        return set().union(*texts, *(document(shape, v) for v in value.values()))
    if isinstance(value, Decimal):
        return {TYPE} if abs(value) > MOST["double"] else set()
    return string({}, value) if isinstance(value, str) else set()


def sized(shape: dict[str, Any], size: int) -> set[str]:
    return (
        set() if shape.get("min", 0) <= size <= shape.get("max", size) else {CONSTRAINT}
    )


READ = {"iso8601": is_date, "rfc822": is_http_date}
CHECKS: dict[str, Callable[[dict[str, Any], Any], set[str]]] = {
    "structure": structure,
    "union": union,
    "list": a_list,
    "map": a_map,
    "string": string,
    "blob": blob,
    "boolean": boolean,
    "timestamp": timestamp,
    "document": document,
    **dict.fromkeys((*BITS, *MOST, "biginteger", "bigdecimal"), number),
}


def text_problems(name: str, text: str, place: str) -> set[str]:
    """The kinds of problem that a text has as a shape in a path, query or header."""
    shape = SHAPES[name]
    kind = shape["type"]
    if kind == "string":
        return string(shape, text)
    if kind == "boolean":
        return set() if text in ("true", "false") else {TYPE}
    if kind == "timestamp":
        usual = "rfc822" if place == "header" else "iso8601"
        form = shape.get("timestampFormat", usual)
        if form != "unixTimestamp":
            return set() if READ[form](text) else {TYPE}
        plain = re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text)
        return timestamp(shape, Decimal(text)) if plain else {TYPE}
    if kind in MOST and text in SPECIAL:
        return number(shape, text)
    if kind in MOST or kind == "bigdecimal":
        plain = re.fullmatch(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?", text)
        return number(shape, Decimal(text)) if plain else {TYPE}
    return number(shape, int(text)) if re.fullmatch("-?[0-9]+", text) else {TYPE}
