"""Members in the status and the headers of answers, as the REST protocols bind them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from .http import Headers, HttpResponse
from .reading import placed
from .schema import List, Map, Plan, Schema, Shape
from .structure import Shaped
from .texts import text_reader

ReadHeader: TypeAlias = Callable[[str], object]


class HeadPlan(Plan):
    """How the members of one class are read that don't stand in a body."""

    __slots__ = ("headers", "prefixes", "statuses")

    def __init__(self, schema: Schema) -> None:
        members = schema.members
        self.statuses: list[str] = [m.attr for m in members if m.location == "status"]
        self.headers: list[tuple[str, str, ReadHeader]] = [
            (m.attr, m.wire, header_reader(m.shape, schema.scope))
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
    """The items of a header: quoted ones may hold commas, and dates do."""
    items = [""]
    quoted = escaped = False
    for character in text:
        if escaped:
            items[-1] += character
            escaped = False
        elif character == "\\" and quoted:
            escaped = True
        elif character == '"':
            quoted = not quoted
        elif character == "," and not quoted:
            items.append("")
        else:
            items[-1] += character
    items = [item.strip() for item in items]
    if dates and any(item[:3].isalpha() for item in items):
        pairs = zip(items[::2], items[1::2], strict=False)
        return [", ".join(pair) for pair in pairs]
    return [item for item in items if item]
