"""Members in paths, query strings and headers, as the REST protocols bind them."""

from __future__ import annotations

from base64 import b64encode
from datetime import datetime
from urllib.parse import quote

from .operation import Request, Response
from .schema import List, Location, Member, Shape, Timestamp
from .structure import is_sequence
from .timestamps import to_text
from .values import JsonValue

TIMES = {"header": "http-date"}


def target_of(path: str, request: Request[Response]) -> str:
    """The path with its labels filled in and encoded, and the query string."""
    query: list[str] = []
    for member in request.__schema__.members:
        if member.location in ("path", "query"):
            value: object = getattr(request, member.attr, None)
            if value is None:
                continue
            if member.location == "path":
                path = with_label(path, member, value)
            else:
                name = encoded(member.wire)
                query += [f"{name}={encoded(text)}" for text in texts(member, value)]
    return f"{path}?{'&'.join(query)}" if query else path


def with_label(path: str, member: Member, value: object) -> str:
    """The path with one label replaced; a greedy one keeps its slashes."""
    (text,) = texts(member, value)
    label = f"{{{member.wire}+}}"
    if label in path:
        return path.replace(label, quote(text, safe="/-._~"))
    return path.replace(f"{{{member.wire}}}", encoded(text))


def headers_of(request: Request[Response]) -> list[tuple[str, str]]:
    """The members that are bound to headers; those of a list stand in one header."""
    return [
        (member.wire, ", ".join(texts(member, value)))
        for member in request.__schema__.members
        if member.location == "header"
        and (value := present(request, member)) is not None
    ]


def present(request: Request[Response], member: Member) -> object:
    """The value of a member, None where it has none."""
    value: object = getattr(request, member.attr, None)
    return value


def has_body(request: Request[Response]) -> bool:
    """True where the request has a member in its body, set or not."""
    return any(member.location == "body" for member in request.__schema__.members)


def encoded(text: str) -> str:
    """Text with all but unreserved characters percent-encoded."""
    return quote(text, safe="-._~")


def texts(member: Member, value: object) -> list[str]:
    """The texts of a member: one, or one an item."""
    shape = member.shape
    if isinstance(shape, List):
        items = value if is_sequence(value) else ()
        return [text_of(shape.item, item, member.location) for item in items]
    return [text_of(shape, value, member.location)]


def text_of(shape: Shape, value: object, location: Location) -> str:
    """A simple value as text."""
    if isinstance(shape, Timestamp) and isinstance(value, datetime):
        return to_text(value, shape.format or TIMES.get(location, "iso8601"))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (bytes, bytearray)):
        return b64encode(value).decode("ascii")
    return str(value)


def header_value(shape: Shape, text: str) -> JsonValue:
    """The text of a header as the JSON value that a reader of the shape takes."""
    if shape.kind == "boolean":
        return text.lower() == "true"
    if shape.kind in ("byte", "short", "integer", "long", "bigInteger"):
        return int(text)
    if shape.kind in ("float", "double"):
        return float(text)
    return text
