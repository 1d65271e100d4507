"""The protocol Smithy RPC v2 CBOR: POST to a path that names service and operation."""

from __future__ import annotations

from .cbor_codec import CborReadPlan, CborWritePlan
from .errors import ResponseError, ServiceError
from .http import HttpResponse
from .operation import Operation, Request, Response
from .protocol import (
    ErrorAnswer,
    Outgoing,
    bare_code,
    body_of,
    message_in,
    plain_message,
    request_id_of,
)
from .query_codes import QUERY_MODE, query_error_code
from .reading import UnreadableError, is_object
from .tree_codec import read_members, write_members

MEDIA_TYPE = "application/cbor"


class RpcV2Cbor:
    """RPC v2 CBOR.

    ``query_compatible`` asks a service that spoke the query protocol before for the error
    codes that it had there.
    """

    __slots__ = ("query_compatible",)

    def __init__(self, *, query_compatible: bool = False) -> None:
        self.query_compatible: bool = query_compatible

    def serialize(
        self, operation: Operation[Response], request: Request[Response]
    ) -> Outgoing:
        """The request as a message without a host."""
        headers = [("smithy-protocol", "rpc-v2-cbor"), ("Accept", MEDIA_TYPE)]
        if self.query_compatible:
            headers.append(QUERY_MODE)
        body = b""
        if operation.has_input:
            from .cbor import dumps

            headers.append(("Content-Type", MEDIA_TYPE))
            body = dumps(write_members(CborWritePlan, request))
        return Outgoing(operation.http.method, operation.http.path, headers, body)

    def read_response(
        self, operation: Operation[Response], response: Response, http: HttpResponse
    ) -> None:
        """Set the members of a new response; nothing is read where it has none."""
        if not response.__schema__.members:
            return
        try:
            read_members(CborReadPlan, response, members_in(body_of(http)))
        except (ValueError, RecursionError) as error:
            raise ResponseError(
                f"can't read {type(response).__name__}: {error}",
                status=http.status,
                request_id=request_id_of(http),
            ) from error

    def read_error(self, http: HttpResponse) -> ErrorAnswer:
        """The error in an answer; the body of a failing gateway may be anything."""
        body = body_of(http)
        try:
            members = members_in(body) if body else None
        except (ValueError, RecursionError):
            members = None
        if members is None:
            members, message = {}, plain_message(http.status, body)
        else:
            message = message_in(members)
        code = members.get("__type")
        if not isinstance(code, str):
            code = http.headers.get("x-amzn-errortype") or ""
        kind = bare_code(code)
        code = query_error_code(http) or kind
        return ErrorAnswer(code, message, members, kind=kind)

    def fill_error(
        self, error: ServiceError, answer: ErrorAnswer, http: HttpResponse
    ) -> None:
        """Set the modelled members of a new error as far as they can be read."""
        try:
            read_members(CborReadPlan, error, answer.members)
        except UnreadableError as problem:
            error.add_note(f"its members can't be read: {problem}")


def members_in(body: bytes) -> dict[str, object]:
    """The map that a body holds; none where it is empty."""
    from .cbor import loads

    if not body:
        return {}
    parsed = loads(body)
    if is_object(parsed):
        return parsed
    raise ValueError("expected a map")
