"""AWS JSON 1.0 and 1.1: one path, the operation in X-Amz-Target, everything in the body."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from specwright.model import Service
from specwright.server.messages import (
    Record,
    Refusal,
    Request,
    Response,
    not_acceptable,
    unknown_operation,
    unsupported_media_type,
)
from specwright.server.protocols.events import (
    MEDIA as EVENTS,
    event_member,
    stream,
)
from specwright.server.protocols.json_text import (
    JSON_LEAVES,
    decoded,
    encoded,
    json_payloads,
)
from specwright.server.protocols.media import accepts, media_type
from specwright.server.protocols.query_compatible import error_kind, query_error
from specwright.server.protocols.trees import Trees
from specwright.server.routes import Route

_MEDIA = "application/x-amz-json-"


@dataclass(frozen=True, slots=True)
class AwsJson:
    """The room of the services that speak AWS JSON."""

    services: Sequence[Service]

    def claims(self, request: Request) -> bool:
        """True for a target header or an AWS JSON media type."""
        media = media_type(request.headers)
        return "x-amz-target" in request.headers or media.startswith(_MEDIA)

    def route(self, request: Request) -> list[Route]:
        """The operation named by the target, of services that speak the body's JSON version."""
        if request.method != "POST":
            raise unknown_operation("AWS JSON requests are POSTs.", 405, allowed="POST")
        if request.path != "/":
            raise unknown_operation("AWS JSON requests are sent to the path '/'.", 404)
        prefix, _, name = request.headers.get("x-amz-target", "").rpartition(".")
        media = media_type(request.headers)
        named = [
            s
            for s in self.services
            if s.target_prefix == prefix and name in s.operations
        ]
        found = [
            Route(s, s.operations[name]) for s in named if media == _MEDIA + _version(s)
        ]
        if found:
            return found
        if named:
            wanted = _MEDIA + _version(named[0])
            raise unsupported_media_type(f"The body must be of the type {wanted}.")
        raise unknown_operation("X-Amz-Target names no operation of this service.", 404)

    def parse(self, route: Route, request: Request) -> Record:
        """The input out of the body; an empty body is an empty input."""
        media = _MEDIA + _version(route.service)
        accept = request.headers.get("accept", media)
        if not any(accepts(accept, one) for one in (media, "application/json", EVENTS)):
            raise not_acceptable(f"The answer is of the type {media}.")
        document = decoded(request.body) if request.body else {}
        shape = route.operation.input
        trees = Trees(route.service, JSON_LEAVES)
        return trees.read_members(shape, shape.members, document)

    def render(self, route: Route, output: Record, _id: str) -> Response:
        """The output as one JSON object."""
        service, shape = route.service, route.operation.output
        events = event_member(service, shape)
        if events is not None:
            payloads = json_payloads(service)
            raw = stream(service, shape, events, output, payloads, initial=True)
            return Response(200, (("Content-Type", EVENTS),), raw)
        trees = Trees(service, JSON_LEAVES)
        body = trees.write_members(shape.members, output)
        headers = (("Content-Type", _MEDIA + _version(service)),)
        return Response(200, headers, encoded(body))

    def refuse(self, service: Service | None, refusal: Refusal, _id: str) -> Response:
        """The error with its code as ``__type``, namespaced in version 1.0 as services do."""
        speaker = service or self.services[0]
        version = _version(speaker)
        code = error_kind(service, refusal)
        if service is not None and version == "1.0":
            code = f"com.amazonaws.{service.signing_name}#{code}"
        members = Trees(speaker, JSON_LEAVES).error_members(refusal)
        own = [("Content-Type", _MEDIA + version), *query_error(service, refusal)]
        headers = (*own, *refusal.headers)
        return Response(refusal.status, headers, encoded({"__type": code, **members}))


def _version(service: Service) -> str:
    return service.json_version or "1.1"
