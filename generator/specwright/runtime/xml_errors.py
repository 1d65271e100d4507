"""Errors and bodies of the protocols that answer in XML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .errors import ResponseError, ServiceError
from .http import HttpResponse
from .operation import Response
from .protocol import ErrorAnswer, body_of, plain_message, request_id_of
from .reading import UnreadableError
from .xml_codec import read_members
from .xml_parser import child, child_text, local, parse_xml

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

REQUEST_ID = ("RequestId", "RequestID", "requestId")


class XmlErrorAnswer(ErrorAnswer):
    """An error in XML; ``element`` holds its members."""

    __slots__ = ("element",)

    def __init__(
        self, code: str, message: str, element: Element, request_id: str | None
    ) -> None:
        super().__init__(code, message, {}, request_id)
        self.element: Element = element


def read_xml_error(http: HttpResponse) -> ErrorAnswer:
    """The error in an answer; the body of a failing gateway may be anything.

    Services put it into ``ErrorResponse``, EC2 into ``Response`` and ``Errors``, and S3 into
    nothing. Where it has no code, the name of the root is one.
    """
    body = body_of(http)
    try:
        root = parse_xml(body.strip())
    except UnreadableError:
        return ErrorAnswer("", plain_message(http.status, body), {})
    name = local(root.tag)
    if name.lower() == "html":
        return ErrorAnswer("", plain_message(http.status, body), {})
    error = root
    if name != "Error":
        several = child(root, "Errors")
        found = child(root if several is None else several, "Error")
        error = root if found is None else found
    wrapped = error is not root or name in ("Error", "ErrorResponse", "Response")
    request_id = child_text(root, *REQUEST_ID) or child_text(error, *REQUEST_ID)
    return XmlErrorAnswer(
        child_text(error, "Code", "code") or ("" if wrapped else name),
        child_text(error, "Message", "message"),
        error,
        request_id or None,
    )


def fill_xml_error(error: ServiceError, answer: ErrorAnswer) -> None:
    """Set the modelled members of an error as far as they can be read."""
    if isinstance(answer, XmlErrorAnswer):
        try:
            read_members(error, answer.element)
        except (ValueError, RecursionError) as problem:
            error.add_note(f"its members can't be read: {problem}")


def root_of(response: Response, http: HttpResponse) -> Element | None:
    """The root of an answer; None where it has no body."""
    # While S3 is busy, it sends spaces to keep the connection.
    body = body_of(http).strip()
    if not body:
        return None
    try:
        return parse_xml(body)
    except UnreadableError as error:
        raise unreadable(response, http, error) from error


def unreadable(
    response: Response, http: HttpResponse, problem: Exception
) -> ResponseError:
    """What is raised for an answer that can't be read."""
    return ResponseError(
        f"can't read {type(response).__name__}: {problem}",
        status=http.status,
        request_id=request_id_of(http),
    )


def read_root(response: Response, element: Element, http: HttpResponse) -> None:
    """Set the body members of a new response from the element that holds them."""
    try:
        read_members(response, element)
    except (ValueError, RecursionError) as error:
        raise unreadable(response, http, error) from error
