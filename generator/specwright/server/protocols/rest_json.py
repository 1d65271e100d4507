"""REST JSON: method and path name the operation; members lie in path, query, headers and body."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from specwright.model import Member, Service, Shape
from specwright.server.messages import (
    Record,
    Refusal,
    Request,
    Response,
    Value,
    serialization,
    unicode_text,
)
from specwright.server.protocols.json_text import JSON_LEAVES, decoded, encoded
from specwright.server.protocols.media import JSON, check_accept, check_content_type
from specwright.server.protocols.plain_text import (
    header_dates,
    header_items,
    read_text,
    text_of,
)
from specwright.server.protocols.trees import Trees
from specwright.server.routes import Route, Template, matching, templates

_NO_TOKEN = re.compile(r"[^!#$%&'*+.^_`|~0-9A-Za-z-]")
_BODILESS = frozenset({204, 205, 304})


@dataclass(frozen=True, slots=True)
class RestJson:
    """The room of the services that speak REST JSON."""

    table: Sequence[Template]

    def __init__(self, services: Iterable[Service]) -> None:
        object.__setattr__(self, "table", templates(services))

    def claims(self, request: Request) -> bool:
        """True for every request: the protocol has no mark of its own."""
        return bool(request.method)

    def route(self, request: Request) -> list[Route]:
        """The operations whose method and path template fit."""
        return matching(self.table, request)

    def parse(self, route: Route, request: Request) -> Record:
        """The input out of path, query, headers and body."""
        shape = route.operation.input
        check_content_type(route.service, shape, request.headers, request.body)
        check_accept(route.service, route.operation, request.headers)
        pairs = request.query()
        read: Record = {}
        for member in shape.members:
            value = _bound(route, member, pairs, request)
            if value is not None:
                read[member.name] = value
        body = _body(route.service, shape, request)
        values = {**read, **body}
        return {m.name: values[m.name] for m in shape.members if m.name in values}

    def render(self, route: Route, output: Record, _id: str) -> Response:
        """The output as status, headers and body."""
        service, shape = route.service, route.operation.output
        status, headers = _head(service, shape, output, route.operation.http.status)
        if status in _BODILESS:
            return Response(status, tuple(headers))
        payload = next((m for m in shape.members if m.location == "payload"), None)
        if payload is None:
            members = tuple(m for m in shape.members if m.location in ("body", "host"))
            body = encoded(Trees(service, JSON_LEAVES).write_members(members, output))
            return Response(status, (("Content-Type", JSON), *headers), body)
        value = output.get(payload.name)
        if value is None:
            return Response(status, tuple(headers))
        kind = service.target(payload).type
        if isinstance(value, (bytes, str)) and kind in ("blob", "string"):
            media = payload.media_type or service.target(payload).media_type
            plain = (
                "text/plain" if isinstance(value, str) else "application/octet-stream"
            )
            raw = value.encode("utf-8") if isinstance(value, str) else value
            return Response(status, (("Content-Type", media or plain), *headers), raw)
        body = encoded(Trees(service, JSON_LEAVES).write_value(payload, value))
        return Response(status, (("Content-Type", JSON), *headers), body)

    def refuse(self, service: Service | None, refusal: Refusal, _id: str) -> Response:
        """The error with its code in a header and its members in the body."""
        bound: list[tuple[str, str]] = []
        members: Record = {"message": refusal.message}
        if service is not None:
            members = Trees(service, JSON_LEAVES).error_members(refusal)
            if refusal.shape is not None:
                bound = _head(service, refusal.shape, refusal.members, 0)[1]
        own = [("Content-Type", JSON), ("X-Amzn-Errortype", refusal.code)]
        headers = (*own, *bound, *refusal.headers)
        return Response(refusal.status, headers, encoded(members))


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


def _body(service: Service, shape: Shape, request: Request) -> Record:
    payload = next((m for m in shape.members if m.location == "payload"), None)
    if payload is not None:
        return _payload(service, payload, request.body)
    # A host label is a member of the body too.
    members = tuple(m for m in shape.members if m.location in ("body", "host"))
    if not members or not request.body:
        return {}
    trees = Trees(service, JSON_LEAVES)
    return trees.read_members(shape, members, decoded(request.body))


def _payload(service: Service, member: Member, body: bytes) -> Record:
    shape = service.target(member)
    if not body:
        return {}
    if shape.type == "blob":
        return {member.name: body}
    if shape.type == "string":
        try:
            return {member.name: body.decode("utf-8")}
        except UnicodeError:
            raise serialization("The body is not UTF-8.") from None
    return {member.name: Trees(service, JSON_LEAVES).read_value(member, decoded(body))}


def _head(
    service: Service, shape: Shape, output: Record, status: int
) -> tuple[int, list[tuple[str, str]]]:
    headers: list[tuple[str, str]] = []
    for member in shape.members:
        value = output.get(member.name)
        if value is None:
            continue
        if member.location == "status" and isinstance(value, int):
            status = value
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
