"""Bodies of REST XML: one document, errors in a document of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from specwright.model import Member, Operation, Service, Shape
from specwright.server.messages import (
    Record,
    Refusal,
    Request,
    Response,
    Value,
    serialization,
)
from specwright.server.protocols.aws_query import error_document, error_elements
from specwright.server.protocols.events import Payloads
from specwright.server.protocols.media import (
    XML,
    body_members,
    check_accept,
    check_content_type,
)
from specwright.server.protocols.xml_names import (
    member_name,
    namespace,
    request_root,
    response_root,
)
from specwright.server.protocols.xml_nodes import Node, parsed
from specwright.server.protocols.xml_values import Xml, element, escaped, xmlns
from specwright.server.routes import Route

_S3 = "S3"
_UNWRAPPED = "GetBucketLocation"
"""The one answer of S3 without an element around its member."""


@dataclass(frozen=True, slots=True)
class RestXml:
    """The format of REST XML."""

    media: str = XML

    def check(self, route: Route, request: Request) -> None:
        """Refuse a body, or an answer that is wanted, of another media type."""
        service, operation = route.service, route.operation
        check_content_type(
            service, operation.input, request.headers, request.body, structured=XML
        )
        check_accept(service, operation, request.headers, structured=XML)

    def read(self, service: Service, operation: Operation, body: bytes) -> Record:
        """The members of an input in a document; an empty body has none."""
        shape = operation.input
        members = body_members(shape)
        if not members or not body:
            return {}
        root = _root(body, request_root(operation))
        return Xml(service).read_members(shape, members, root)

    def read_payload(self, service: Service, member: Member, body: bytes) -> Value:
        """The value of a member that is the whole document."""
        root = _root(body, member_name(service, member))
        return Xml(service).read_value(member, root)

    def write(self, service: Service, operation: Operation, output: Record) -> bytes:
        """A document; nothing where no member may be in one."""
        members = body_members(operation.output)
        if not members:
            return b""
        inner = Xml(service).write_members(members, output)
        if (service.id, operation.name) == (_S3, _UNWRAPPED):
            # What is in the first of all regions has an empty place.
            inner = inner or element(member_name(service, members[0]), "")
        else:
            shape = operation.output
            attributes = xmlns(namespace(service, shape))
            attributes += Xml(service).attributes(shape, output, {})
            inner = element(response_root(operation), inner, attributes)
        return inner.encode("utf-8")

    def write_payload(self, service: Service, member: Member, value: Value) -> bytes:
        """The document that is the value of a member."""
        name = member_name(service, member)
        return Xml(service).write_value(member, value, name).encode("utf-8")

    def payloads(self, service: Service) -> Payloads:
        """How the events of streams are written: each in a root with the name of its shape."""

        def write(shape: Shape, members: Sequence[Member], record: Record) -> bytes:
            inner = Xml(service).write_members(members, record)
            return element(shape.name or "Event", inner).encode("utf-8")

        return Payloads(XML, write)

    def refuse(
        self, service: Service | None, refusal: Refusal, request_id: str
    ) -> Response:
        """The error in a document; that of S3 has nothing around the error."""
        if service is not None and service.id == _S3:
            inner = error_elements(service, refusal) + element("RequestId", request_id)
            body = element("Error", inner)
        else:
            body = error_document(service, refusal, request_id)
        headers = (("Content-Type", XML),)
        return Response(refusal.status, headers, body.encode("utf-8"))


def _root(body: bytes, name: str) -> Node:
    root = parsed(body)
    if root.name != name:
        raise serialization(f"The root of the body must be <{escaped(name)}>.")
    return root
