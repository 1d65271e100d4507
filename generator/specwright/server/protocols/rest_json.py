"""Bodies of REST JSON: one object, with the code of an error in a header."""

from __future__ import annotations

from dataclasses import dataclass

from specwright.model import Member, Operation, Service
from specwright.server.messages import Record, Refusal, Request, Response, Value
from specwright.server.protocols.events import Payloads
from specwright.server.protocols.json_text import (
    JSON_LEAVES,
    decoded,
    encoded,
    json_payloads,
)
from specwright.server.protocols.media import (
    JSON,
    body_members,
    check_accept,
    check_content_type,
)
from specwright.server.protocols.trees import Trees
from specwright.server.routes import Route


@dataclass(frozen=True, slots=True)
class RestJson:
    """The format of REST JSON."""

    media: str = JSON

    def check(self, route: Route, request: Request) -> None:
        """Refuse a body, or an answer that is wanted, of another media type."""
        service, operation = route.service, route.operation
        check_content_type(service, operation.input, request.headers, request.body)
        check_accept(service, operation, request.headers)

    def read(self, service: Service, operation: Operation, body: bytes) -> Record:
        """The members of an input in a JSON object; an empty body has none."""
        shape = operation.input
        members = body_members(shape)
        if not members or not body:
            return {}
        trees = Trees(service, JSON_LEAVES)
        return trees.read_members(shape, members, decoded(body))

    def read_payload(self, service: Service, member: Member, body: bytes) -> Value:
        """The value of a member that is the whole document."""
        return Trees(service, JSON_LEAVES).read_value(member, decoded(body))

    def write(self, service: Service, operation: Operation, output: Record) -> bytes:
        """An object, which is there without members too."""
        members = body_members(operation.output)
        return encoded(Trees(service, JSON_LEAVES).write_members(members, output))

    def write_payload(self, service: Service, member: Member, value: Value) -> bytes:
        """The document that is the value of a member."""
        return encoded(Trees(service, JSON_LEAVES).write_value(member, value))

    def payloads(self, service: Service) -> Payloads:
        """How the events of streams are written."""
        return json_payloads(service)

    def refuse(self, service: Service | None, refusal: Refusal, _id: str) -> Response:
        """The error with its code in a header and its members in the body."""
        members: Record = {"message": refusal.message}
        if service is not None:
            members = Trees(service, JSON_LEAVES).error_members(refusal)
        headers = (("Content-Type", JSON), ("X-Amzn-Errortype", refusal.code))
        return Response(refusal.status, headers, encoded(members))
