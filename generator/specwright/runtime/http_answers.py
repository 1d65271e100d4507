"""Members in the status and the headers of answers, as the REST protocols bind them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from .http import Headers, HttpResponse
from .http_words import EncodedHeader
from .maps import Map
from .protocol import body_of, parsed_json
from .reading import placed
from .schema import Blob, Enum, List, Member, Plan, Schema, Shape, String
from .structure import Shaped
from .texts import read_blob, text_reader

ReadHeader: TypeAlias = Callable[[str], object]


class HeadPlan(Plan):
    """How the members of one class are read that don't stand in a body."""

    __slots__ = ("headers", "prefixes", "statuses")

    def __init__(self, schema: Schema) -> None:
        members = schema.members
        self.statuses: list[str] = [m.attr for m in members if m.location == "status"]
        self.headers: list[tuple[str, str, ReadHeader]] = [
            (m.attr, m.wire, member_reader(m, schema.scope))
            for m in members
            if m.location == "header"
        ]
        self.prefixes: list[tuple[str, str]] = [
            (m.attr, m.wire.lower())
            for m in members
            if m.location == "header-map" and isinstance(m.shape, Map)
        ]


def read_head(target: Shaped, http: HttpResponse) -> None:
    """Set the members that an answer has in its status and headers.

    Raises an UnreadableError for a header that doesn't fit.
    """
    plan = target.__schema__.plan(HeadPlan)
    for attr in plan.statuses:
        setattr(target, attr, http.status)
    for attr, name, read in plan.headers:
        text = http.headers.get(name)
        if text is None:
            continue
        try:
            value = read(text)
        except ValueError as error:
            if name == "Expires":
                # Caches have to bear anything here, and S3 tells what somebody once wrote.
                continue
            raise placed(error, name) from error.__cause__
        if value is not None:
            setattr(target, attr, value)
    for attr, prefix in plan.prefixes:
        setattr(target, attr, prefixed(http.headers, prefix))


def prefixed(headers: Headers, prefix: str) -> dict[str, str]:
    """The headers whose names have a prefix, without it."""
    return {
        name[len(prefix) :]: headers[name]
        for name in headers
        if name.lower().startswith(prefix)
    }


def member_reader(member: Member, scope: str) -> ReadHeader:
    """How the header of a member is read."""
    if isinstance(member, EncodedHeader):
        return from_base64
    if member.shape.kind == "document":
        return lambda text: parsed_json(from_base64(text).encode())
    return header_reader(member.shape, scope)


def from_base64(text: str) -> str:
    """The text that a header holds."""
    found = read_blob(text)
    return found.decode() if isinstance(found, bytes) else ""


def read_plain_payload(target: Shaped, payload: Member, http: HttpResponse) -> bool:
    """Set a member that is the whole body where it is text or bytes; false where it isn't.

    An empty body is no value, unless there must be one.
    """
    shape, scope = payload.shape, target.__schema__.scope
    if not isinstance(shape, (Blob, String, Enum)):
        return False
    body = body_of(http)
    if body or payload.required:
        value: object = body
        if not isinstance(shape, Blob):
            value = text_reader(shape, scope)(body.decode("utf-8", "replace"))
        setattr(target, payload.attr, value)
    return True


def header_reader(shape: Shape, scope: str) -> ReadHeader:
    """How a header is read; the items of a list stand in one, or in several of its name."""
    if not isinstance(shape, List):
        return text_reader(shape, scope)
    read = text_reader(shape.item, scope)
    dates = shape.item.kind == "timestamp"

    def read_list(text: str) -> object:
        items = [read(item) for item in listed(text, dates)]
        return [item for item in items if item is not None]

    return read_list


def listed(text: str, dates: bool) -> list[str]:
    """The items of a header: those in quotes may hold commas, and dates do."""
    items: list[str] = []
    at = 0
    while at <= len(text):
        item, at = quoted_item(text, at) or plain_item(text, at)
        items.append(item)
    if dates and any(item[:3].isalpha() for item in items):
        pairs = zip(items[::2], items[1::2], strict=False)
        return [", ".join(pair) for pair in pairs]
    return [item for item in items if item]


def plain_item(text: str, at: int) -> tuple[str, int]:
    """The text up to the next comma, and where the item after it begins."""
    end = text.find(",", at)
    if end < 0:
        end = len(text)
    return text[at:end].strip(), end + 1


def quoted_item(text: str, at: int) -> tuple[str, int] | None:
    """The item in quotes that begins somewhere, if one does and ends before a comma."""
    while text[at : at + 1].isspace():
        at += 1
    if text[at : at + 1] != '"':
        return None
    parts: list[str] = []
    at += 1
    while at < len(text) and text[at] != '"':
        at += text[at] == "\\"
        parts.append(text[at : at + 1])
        at += 1
    rest, after = plain_item(text, at + 1)
    return None if rest or at >= len(text) else ("".join(parts), after)
