"""What a wire protocol does, and what the protocols have in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple, Protocol

from .errors import ResponseError, ServiceError
from .http import HttpResponse
from .operation import Operation, Request, Response
from .values import JsonValue

LONGEST_MESSAGE = 1000
REQUEST_IDS = ("x-amzn-requestid", "x-amz-request-id")


class Outgoing(NamedTuple):
    """A serialised request: its target is the encoded path with the query string."""

    method: str
    target: str
    headers: list[tuple[str, str]]
    body: bytes


class ErrorAnswer:
    """An error as the wire tells it. ``kind`` is the code by which its class is found, where
    that is another one; ``request_id`` is that of the body, if there is one."""

    def __init__(
        self,
        code: str,
        message: str,
        members: dict[str, object],
        request_id: str | None = None,
        *,
        kind: str = "",
    ) -> None:
        self.code = code
        self.kind: str = kind or code
        self.message = message
        self.members = members
        self.request_id = request_id


class ErrorInAnswerError(Exception):
    """An answer of success whose body tells of an error."""


class WireProtocol(Protocol):
    """How one protocol puts messages on the wire."""

    def serialize(
        self, operation: Operation[Response], request: Request[Response]
    ) -> Outgoing:
        """The request as a message without a host."""
        ...

    def read_response(
        self, operation: Operation[Response], response: Response, http: HttpResponse
    ) -> None:
        """Set the members of a new response, and its request id if the body tells it."""
        ...

    def read_error(self, http: HttpResponse) -> ErrorAnswer:
        """The error in an answer, whatever its body is."""
        ...

    def fill_error(
        self, error: ServiceError, answer: ErrorAnswer, http: HttpResponse
    ) -> None:
        """Set the modelled members of a new error."""
        ...


def body_of(http: HttpResponse) -> bytes:
    body = http.body
    if isinstance(body, bytes):
        return body
    if isinstance(body, Iterable):
        return b"".join(body)
    raise ResponseError(
        "the body of this answer must be read before it is parsed", status=http.status
    )


def request_id_of(http: HttpResponse) -> str | None:
    found = (http.headers.get(name) for name in REQUEST_IDS)
    return next(filter(None, found), None)


def bare_code(code: str) -> str:
    """A code without its namespace and the address that may follow it."""
    return code.partition(":")[0].rpartition("#")[2].strip()


def message_in(members: Mapping[str, object]) -> str:
    """The message of an error, however the service spells the member."""
    for name in ("message", "Message", "errorMessage", "error_description"):
        found = members.get(name)
        if isinstance(found, str):
            return found
    return ""


def plain_message(status: int, body: bytes) -> str:
    """What an unreadable answer says: its text, or its status where that is none or a page."""
    from http import HTTPStatus

    text = body[: 4 * LONGEST_MESSAGE].decode("utf-8", "replace").strip()
    if text and not text.startswith("<"):
        return text[:LONGEST_MESSAGE]
    return next((known.phrase for known in HTTPStatus if known == status), "")


def parsed_json(body: bytes) -> JsonValue:
    """A JSON body; an empty one is null. Raises ValueError for anything else."""
    from json import loads

    if not body:
        return None
    parsed: JsonValue = loads(body)
    return parsed
