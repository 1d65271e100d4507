"""The protocol rest-xml: members in path, query and headers, the rest as an XML body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .errors import ServiceError
from .http import HttpResponse
from .http_answers import read_head, read_plain_payload
from .http_bindings import target_of
from .http_parts import (
    headers_of,
    payload_of,
    plain_body,
    with_query_maps,
    with_type,
)
from .operation import Operation, Request, Response
from .protocol import ErrorAnswer, ErrorInAnswerError, Outgoing
from .schema import Member
from .structure import unset_all
from .xml_codec import XmlReadPlan, element_reader, tag_of
from .xml_errors import (
    fill_xml_error,
    read_root,
    read_xml_error,
    root_of,
    unreadable,
)
from .xml_parser import around, child_text, empty_element, local
from .xml_words import XmlName
from .xml_writer import document, has_members

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


class RestXml:
    """rest-xml; it needs to know nothing of the service."""

    __slots__ = ()

    def serialize(
        self, operation: Operation[Response], request: Request[Response]
    ) -> Outgoing:
        """The request as a message without a host."""
        target = with_query_maps(target_of(operation.http.path, request), request)
        headers = headers_of(request)
        body, media_type = body_in(operation, request)
        with_type(headers, media_type)
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
    found = plain_body(payload, value)
    if found is not None:
        return found
    scope = request.__schema__.scope
    return document(value, payload.shape, tag_of(payload), scope), "application/xml"


def read_body(response: Response, http: HttpResponse) -> None:
    """Set the members of a response that stand in its body."""
    root = checked_root(response, http)
    if root is None:
        root = empty_element()
    known = response.__schema__.plan(XmlReadPlan).elements
    if not len(root) and (root.text or "").strip() and local(root.tag) in known:
        # S3 answers with the only member of a location, without anything around it.
        root = around(root)
    read_root(response, root, http)


def read_payload(response: Response, payload: Member, http: HttpResponse) -> None:
    """Set the member of a response that is its whole body."""
    if read_plain_payload(response, payload, http):
        return
    root = checked_root(response, http)
    if root is not None:
        read = element_reader(payload.shape, response.__schema__.scope)
        setattr(response, payload.attr, read(root))


def checked_root(response: Response, http: HttpResponse) -> Element | None:
    """The root of an answer; S3 may find out that it fails when it has told of success."""
    root = root_of(response, http)
    if root is not None and local(root.tag) == "Error" and child_text(root, "Code"):
        raise ErrorInAnswerError
    return root
