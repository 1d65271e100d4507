"""What a wire protocol does, and what the protocols have in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from .errors import ResponseError, ServiceError
from .http import HttpResponse
from .operation import Operation, Request, Response
from .values import JsonValue

REQUEST_IDS = ("x-amzn-requestid", "x-amz-request-id")


class Outgoing:
    """A serialised request: its target is the encoded path with the query string."""

    __slots__ = ("body", "headers", "method", "target")

    def __init__(
        self, method: str, target: str, headers: list[tuple[str, str]], body: bytes
    ) -> None:
        self.method: str = method
        self.target: str = target
        self.headers: list[tuple[str, str]] = headers
        self.body: bytes = body


class ErrorAnswer:
    """An error as the wire tells it: code, message, and its members by wire names."""

    __slots__ = ("code", "members", "message")

    def __init__(self, code: str, message: str, members: dict[str, object]) -> None:
        self.code: str = code
        self.message: str = message
        self.members: dict[str, object] = members


class WireProtocol(Protocol):
    """How one protocol puts requests and responses of a service on the wire."""

    def serialize(
        self, operation: Operation[Response], request: Request[Response]
    ) -> Outgoing:
        """The request as a message without a host."""
        ...

    def read_response(
        self, operation: Operation[Response], response: Response, http: HttpResponse
    ) -> None:
        """Set the members of a new response."""
        ...

    def read_error(self, http: HttpResponse) -> ErrorAnswer:
        """The error in an answer, whatever its body is."""
        ...

    def fill_error(self, error: ServiceError, members: dict[str, object]) -> None:
        """Set the modelled members of a new error."""
        ...


def body_of(http: HttpResponse) -> bytes:
    """The whole body of an answer."""
    body = http.body
    if isinstance(body, bytes):
        return body
    if isinstance(body, Iterable):
        return b"".join(body)
    raise ResponseError(
        "the body of this answer must be read before it is parsed", status=http.status
    )


def request_id_of(http: HttpResponse) -> str | None:
    """The id that the service gave the request, if it told one."""
    for name in REQUEST_IDS:
        found = http.headers.get(name)
        if found:
            return found
    return None


def bare_code(code: str) -> str:
    """An error code without its namespace and the address that may follow it."""
    return code.partition(":")[0].rpartition("#")[2].strip()


def message_in(members: Mapping[str, object]) -> str:
    """The message of an error, however the service spells the member."""
    for name in ("message", "Message", "errorMessage"):
        found = members.get(name)
        if isinstance(found, str):
            return found
    return ""


def parsed_json(body: bytes) -> JsonValue:
    """A JSON body; an empty one is null. Raises ValueError for anything else."""
    from json import loads

    if not body:
        return None
    parsed: JsonValue = loads(body)
    return parsed
