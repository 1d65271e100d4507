"""Members in paths, queries and headers: what all REST protocols have in common."""

from __future__ import annotations

import re

from specwright.model import Member, Service, Shape
from specwright.server.messages import (
    Record,
    Request,
    Value,
    serialization,
    unicode_text,
)
from specwright.server.protocols.plain_text import (
    header_dates,
    header_items,
    read_text,
    text_of,
)
from specwright.server.routes import Route

_NO_TOKEN = re.compile(r"[^!#$%&'*+.^_`|~0-9A-Za-z-]")
_TRUE_OF_BODIES = re.compile(
    r"content-length|content-md5|x-amz-checksum-(?!type$).*", re.IGNORECASE
)
"""Headers that clients hold against the body: invented ones would be wrong."""


def read_head(route: Route, request: Request) -> Record:
    """The members of an input that are bound to path, query and headers."""
    pairs = request.query()
    read: Record = {}
    for member in route.operation.input.members:
        value = _bound(route, member, pairs, request)
        if value is not None:
            read[member.name] = value
    return read


def _bound(
    route: Route, member: Member, pairs: list[tuple[str, str]], request: Request
) -> Value:
    """The value of a member bound to path, query or headers; None where it is absent."""
    service = route.service
    match member.location:
        case "path":
            return read_text(service, member, route.labels[member.wire], "iso8601")
        case "query":
            texts = [v for k, v in pairs if k == member.wire]
            if texts == [""] and member.required and member.wire in request.unvalued():
                return _nothing(service, member)
            return _from_query(service, member, texts)
        case "query-map":
            return _query_map(service, member, pairs)
        case "header":
            text = request.headers.get(member.wire.lower())
            return None if text is None else _from_header(service, member, text)
        case "header-map":
            prefix = member.wire.lower()
            found: Record = {
                unicode_text(name[len(prefix) :]): unicode_text(text)
                for name, text in request.headers.items()
                if name.startswith(prefix)
            }
            return found or None
        case _:
            return None


def _nothing(service: Service, member: Member) -> Value:
    """What a required query parameter without a value is: no text, and nothing else."""
    if service.target(member).type == "string":
        return None
    return _from_query(service, member, [""])


def _from_query(service: Service, member: Member, texts: list[str]) -> Value:
    if not texts:
        return None
    item = service.target(member).item
    if item is not None:
        return [read_text(service, item, text, "iso8601") for text in texts]
    if len(texts) > 1:
        raise serialization(
            f"The query parameter '{member.wire}' stands there more than once."
        )
    return read_text(service, member, texts[0], "iso8601")


def _query_map(service: Service, member: Member, pairs: list[tuple[str, str]]) -> Value:
    value = service.target(member).value
    listed = value is not None and service.target(value).type == "list"
    found: Record = {}
    for name, text in pairs:
        if not listed:
            found.setdefault(name, text)
        elif isinstance(texts := found.setdefault(name, []), list):
            texts.append(text)
    return found or None


def _from_header(service: Service, member: Member, text: str) -> Value:
    shape = service.target(member)
    if shape.item is None:
        return read_text(service, member, text, "http-date")
    form = service.timestamp(shape.item) or "http-date"
    dates = service.target(shape.item).type == "timestamp" and form == "http-date"
    parts = header_dates(text) if dates else header_items(text, member.name)
    if service.target(shape.item).type == "string":
        parts = [part for part in parts if part]
    return [read_text(service, shape.item, part, form) for part in parts]


def written_head(
    service: Service, shape: Shape, output: Record, status: int
) -> tuple[int, list[tuple[str, str]]]:
    """The status and the headers for the members that are bound to them."""
    headers: list[tuple[str, str]] = []
    for member in shape.members:
        value = output.get(member.name)
        if value is None:
            continue
        if member.location == "status" and isinstance(value, int):
            status = value
        elif member.location == "header" and _TRUE_OF_BODIES.fullmatch(member.wire):
            continue
        elif member.location == "header":
            headers.append((member.wire, _header_text(service, member, value)))
        elif member.location == "header-map" and isinstance(value, dict):
            # Data may be anything; the name of a header is a token.
            names = {_NO_TOKEN.sub("-", member.wire + name): name for name in value}
            headers += [
                (head, str(value[name])) for head, name in names.items() if head
            ]
    return status, headers


def _header_text(service: Service, member: Member, value: Value) -> str:
    item = service.target(member).item
    if item is None or not isinstance(value, list):
        return text_of(service, member, value, "http-date")
    texts = [text_of(service, item, part, "http-date") for part in value]
    return ", ".join(
        (
            '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
            if set(text) & {",", '"'} and service.target(item).type == "string"
            else text
        )
        for text in texts
    )
