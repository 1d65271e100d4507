"""REST: method and path name the operation; members lie in path, query, headers and body."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from specwright.model import Member, Operation, Service
from specwright.server.messages import (
    Record,
    Refusal,
    Request,
    Response,
    Value,
    serialization,
)
from specwright.server.protocols.aws_chunked import unchunked
from specwright.server.protocols.bindings import read_head, written_head
from specwright.server.protocols.events import (
    MEDIA as EVENTS,
    Payloads,
    event_member,
    stream,
)
from specwright.server.protocols.rest_json import RestJson
from specwright.server.protocols.rest_xml import RestXml
from specwright.server.routes import Route, Template, matching, templates

_BODILESS = frozenset({204, 205, 304})


class Bodies(Protocol):
    """How a format reads and writes the bodies of messages."""

    @property
    def media(self) -> str:
        """The media type of a body in this format."""

    def check(self, route: Route, request: Request) -> None:
        """Refuse a body, or an answer that is wanted, of another media type."""

    def read(self, service: Service, operation: Operation, body: bytes) -> Record:
        """The members of an input that a body holds."""

    def read_payload(self, service: Service, member: Member, body: bytes) -> Value:
        """The value of a member that is the whole body."""

    def write(self, service: Service, operation: Operation, output: Record) -> bytes:
        """The body for an output; without any bytes where there is none."""

    def write_payload(self, service: Service, member: Member, value: Value) -> bytes:
        """The body that is the value of a member."""

    def payloads(self, service: Service) -> Payloads:
        """How the events of streams are written."""

    def refuse(
        self, service: Service | None, refusal: Refusal, request_id: str, /
    ) -> Response:
        """The answer for an error, without the headers that the error itself has."""


@dataclass(frozen=True, slots=True)
class Rest:
    """The room of the services that speak REST JSON or REST XML."""

    table: Sequence[Template]
    formats: Mapping[str, Bodies]
    usual: Bodies

    def __init__(self, services: Iterable[Service]) -> None:
        served = list(services)
        formats = {s.id: _format(s) for s in served}
        object.__setattr__(self, "table", templates(served))
        object.__setattr__(self, "formats", formats)
        object.__setattr__(self, "usual", formats[served[0].id])

    def claims(self, request: Request) -> bool:
        """True for every request: these protocols have no mark of their own."""
        return bool(request.method)

    def route(self, request: Request) -> list[Route]:
        """The operations whose method and path template fit."""
        return matching(self.table, request)

    def parse(self, route: Route, request: Request) -> Record:
        """The input out of path, query, headers and body."""
        service, shape = route.service, route.operation.input
        bodies = self.formats[service.id]
        request = unchunked(request)
        bodies.check(route, request)
        values = read_head(route, request)
        payload = next((m for m in shape.members if m.location == "payload"), None)
        if payload is None:
            values |= bodies.read(service, route.operation, request.body)
        elif request.body:
            values[payload.name] = _payload(bodies, service, payload, request.body)
        return {m.name: values[m.name] for m in shape.members if m.name in values}

    def render(self, route: Route, output: Record, _id: str) -> Response:
        """The output as status, headers and body."""
        service, operation = route.service, route.operation
        bodies, shape = self.formats[service.id], operation.output
        status, headers = written_head(service, shape, output, operation.http.status)
        if status in _BODILESS:
            return Response(status, tuple(headers))
        payload = next((m for m in shape.members if m.location == "payload"), None)
        media, body = bodies.media, b""
        events = event_member(service, shape)
        if events is not None:
            payloads = bodies.payloads(service)
            body = stream(service, shape, events, output, payloads, initial=False)
            return Response(status, (("Content-Type", EVENTS), *headers), body)
        if payload is None:
            body = bodies.write(service, operation, output)
        else:
            value = output.get(payload.name)
            target = service.target(payload)
            kind = payload.media_type or target.media_type
            if isinstance(value, str) and target.type == "string":
                media, body = kind or "text/plain", value.encode("utf-8")
            elif isinstance(value, bytes):
                media, body = kind or "application/octet-stream", value
            elif value is not None:
                body = bodies.write_payload(service, payload, value)
            else:
                return Response(status, tuple(headers))
        stated = any(name.lower() == "content-type" for name, _ in headers)
        typed = (body or payload is not None) and not stated
        own = [("Content-Type", media)] if typed else []
        return Response(status, (*own, *headers), body)

    def refuse(
        self, service: Service | None, refusal: Refusal, request_id: str
    ) -> Response:
        """The error as the service's format has it, with the headers of its members."""
        bodies = self.usual if service is None else self.formats[service.id]
        answer = bodies.refuse(service, refusal, request_id)
        bound: list[tuple[str, str]] = []
        if service is not None and refusal.shape is not None:
            bound = written_head(service, refusal.shape, refusal.members, 0)[1]
        headers = (*answer.headers, *bound, *refusal.headers)
        return Response(answer.status, headers, answer.body)


def _format(service: Service) -> Bodies:
    """The first REST protocol that a service speaks."""
    first = next(p for p in service.protocols if p.startswith("rest-"))
    return RestXml() if first == "rest-xml" else RestJson()


def _payload(bodies: Bodies, service: Service, member: Member, body: bytes) -> Value:
    shape = service.target(member)
    if shape.type == "blob":
        return body
    if shape.type == "string":
        try:
            return body.decode("utf-8")
        except UnicodeError:
            raise serialization("The body is not UTF-8.") from None
    return bodies.read_payload(service, member, body)
