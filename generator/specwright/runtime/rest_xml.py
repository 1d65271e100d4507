"""The protocol rest-xml: members in path, query and headers, the rest as an XML body."""

from __future__ import annotations

from .errors import ServiceError
from .http import HttpResponse
from .http_answers import read_head
from .http_bindings import headers_of, target_of
from .operation import Operation, Request, Response
from .protocol import ErrorAnswer, Outgoing, body_of
from .schema import Blob, Enum, Member, String
from .structure import unset_all
from .texts import text_reader
from .xml_codec import XmlReadPlan, element_reader, tag_of
from .xml_errors import (
    fill_xml_error,
    read_root,
    read_xml_error,
    root_of,
    unreadable,
)
from .xml_parser import around, empty_element, local
from .xml_words import XmlName
from .xml_writer import document, has_members


class RestXml:
    """rest-xml; it needs to know nothing of the service."""

    __slots__ = ()

    def serialize(
        self, operation: Operation[Response], request: Request[Response]
    ) -> Outgoing:
        """The request as a message without a host."""
        target = target_of(operation.http.path, request)
        headers = headers_of(request)
        body, content_type = body_in(operation, request)
        if content_type and all(name.lower() != "content-type" for name, _ in headers):
            headers.append(("Content-Type", content_type))
        return Outgoing(operation.http.method, target, headers, body)

    def read_response(
        self, operation: Operation[Response], response: Response, http: HttpResponse
    ) -> None:
        """Set the members of a new response, and its request id if the body tells it."""
        payload = payload_of(response)
        try:
            if payload is None:
                read_body(response, http)
            else:
                unset_all(response)
                read_payload(response, payload, http)
            read_head(response, http)
        except (ValueError, RecursionError) as error:
            raise unreadable(response, http, error) from error

    def read_error(self, http: HttpResponse) -> ErrorAnswer:
        """The error in an answer, whatever its body is."""
        return read_xml_error(http)

    def fill_error(
        self, error: ServiceError, answer: ErrorAnswer, http: HttpResponse
    ) -> None:
        """Set the modelled members of a new error."""
        fill_xml_error(error, answer)
        try:
            read_head(error, http)
        except ValueError as problem:
            error.add_note(f"its headers can't be read: {problem}")


def payload_of(value: Request[Response] | Response) -> Member | None:
    """The member that is the whole body."""
    members = value.__schema__.members
    return next((m for m in members if m.location == "payload"), None)


def body_in(
    operation: Operation[Response], request: Request[Response]
) -> tuple[bytes, str]:
    """The body of a request and its media type; both empty where nothing is in it."""
    payload = payload_of(request)
    if payload is None:
        if not has_members(request):
            return b"", ""
        root = operation.root
        if not isinstance(root, XmlName):
            root = XmlName(type(request).__name__)
        return document(request, None, root, ""), "application/xml"
    value: object = getattr(request, payload.attr, None)
    if value is None:
        return b"", ""
    if isinstance(value, (bytes, bytearray)):
        return bytes(value), "application/octet-stream"
    if isinstance(value, str):
        return value.encode(), "text/plain"
    scope = request.__schema__.scope
    return document(value, payload.shape, tag_of(payload), scope), "application/xml"


def read_body(response: Response, http: HttpResponse) -> None:
    """Set the members of a response that stand in its body."""
    root = root_of(response, http)
    if root is None:
        root = empty_element()
    known = response.__schema__.plan(XmlReadPlan).elements
    if not len(root) and (root.text or "").strip() and local(root.tag) in known:
        # S3 answers with the only member of a location, without anything around it.
        root = around(root)
    read_root(response, root, http)


def read_payload(response: Response, payload: Member, http: HttpResponse) -> None:
    """Set the member of a response that is its whole body."""
    shape, scope = payload.shape, response.__schema__.scope
    if isinstance(shape, Blob):
        setattr(response, payload.attr, body_of(http))
    elif isinstance(shape, (String, Enum)):
        text = body_of(http).decode("utf-8", "replace")
        setattr(response, payload.attr, text_reader(shape, scope)(text))
    else:
        root = root_of(response, http)
        if root is not None:
            setattr(response, payload.attr, element_reader(shape, scope)(root))
