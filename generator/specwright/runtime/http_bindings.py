"""Members in paths and query strings, as the REST protocols bind them."""

from __future__ import annotations

from datetime import datetime

from .operation import Request, Response
from .schema import List, Location, Member, Plan, Schema, Shape, Timestamp
from .structure import is_sequence
from .timestamps import to_text
from .values import write_blob, write_double

TIMES = {"header": "http-date"}
UNRESERVED = frozenset(
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
)
SLASH = frozenset(b"/")


class HttpPlan(Plan):
    """The members of a request by their place in a message; query names are encoded."""

    def __init__(self, schema: Schema) -> None:
        members = schema.members
        self.labels = [m for m in members if m.location == "path"]
        self.query = [(encoded(m.wire), m) for m in members if m.location == "query"]
        self.has_body = any(m.location == "body" for m in members)


def target_of(path: str, request: Request[Response]) -> str:
    plan = request.__schema__.plan(HttpPlan)
    for member in plan.labels:
        label: object = getattr(request, member.attr, None)
        if label is not None:
            path = with_label(path, member, label)
    query: list[str] = []
    for name, member in plan.query:
        value: object = getattr(request, member.attr, None)
        if value is not None:
            query += [f"{name}={encoded(text)}" for text in texts(member, value)]
    if not query:
        return path
    return f"{path}{'&' if '?' in path else '?'}{'&'.join(query)}"


def with_label(path: str, member: Member, value: object) -> str:
    (text,) = texts(member, value)
    greedy = f"{{{member.wire}+}}"
    if greedy in path:
        return path.replace(greedy, encoded(text, UNRESERVED | SLASH))
    return path.replace(f"{{{member.wire}}}", encoded(text))


def has_body(request: Request[Response]) -> bool:
    return request.__schema__.plan(HttpPlan).has_body


def encoded(text: str, safe: frozenset[int] = UNRESERVED) -> str:
    """Text with the bytes of its UTF-8 percent-encoded, all but safe ones."""
    if text.isascii() and text.isalnum():
        return text
    return "".join(
        [chr(byte) if byte in safe else f"%{byte:02X}" for byte in text.encode()]
    )


def texts(member: Member, value: object) -> list[str]:
    shape, where = member.shape, member.location
    if isinstance(shape, List):
        items = value if is_sequence(value) else ()
        return [text_of(shape.item, item, where) for item in items]
    return [text_of(shape, value, where)]


def text_of(shape: Shape, value: object, location: Location) -> str:
    if isinstance(shape, Timestamp) and isinstance(value, datetime):
        return to_text(value, shape.format or TIMES.get(location, "iso8601"))
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(write_blob(write_double(value)))
