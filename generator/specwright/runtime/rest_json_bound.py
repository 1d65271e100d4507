"""rest-json with members in headers, maps, status and payload."""

from __future__ import annotations

from .errors import ResponseError, ServiceError
from .http import HttpResponse
from .http_answers import read_head, read_plain_payload
from .http_parts import (
    headers_of,
    payload_of,
    plain_body,
    with_query_maps,
    with_type,
)
from .json_codec import JsonReadPlan, JsonWritePlan
from .operation import Operation, Request, Response
from .protocol import ErrorAnswer, Outgoing, body_of, request_id_of
from .reading import UnreadableError
from .rest_json import RestJson
from .schema import Extension, Ref
from .structure import find, unset_all
from .tree_codec import reader, writer


class BoundRestJson(RestJson):
    """rest-json in full."""

    def serialize(
        self, operation: Operation[Response], request: Request[Response]
    ) -> Outgoing:
        outgoing = super().serialize(operation, request)
        headers, body = headers_of(request), outgoing.body
        media_type = "application/json" if body else ""
        if payload_of(request) is not None:
            body, media_type = self.body_in(request)
        with_type(headers, media_type)
        target = with_query_maps(outgoing.target, request)
        return Outgoing(outgoing.method, target, headers, body)

    def read_response(
        self, operation: Operation[Response], response: Response, http: HttpResponse
    ) -> None:
        try:
            if payload_of(response) is None:
                super().read_response(operation, response, http)
            else:
                unset_all(response)
                self.read_payload(response, http)
            read_head(response, http)
        except (ValueError, RecursionError) as error:
            raise ResponseError(
                f"can't read {type(response).__name__}: {error}",
                status=http.status,
                request_id=request_id_of(http),
            ) from error

    def fill_error(
        self, error: ServiceError, answer: ErrorAnswer, http: HttpResponse
    ) -> None:
        super().fill_error(error, answer, http)
        try:
            read_head(error, http)
        except UnreadableError as problem:
            error.add_note(f"its headers can't be read: {problem}")

    def body_in(self, request: Request[Response]) -> tuple[bytes, str]:
        """The payload of a request and its media type. A structure that isn't given is empty;
        nothing else has a body then."""
        payload, schema = payload_of(request), request.__schema__
        if payload is None:
            return b"", ""
        shape = payload.shape
        value: object = getattr(request, payload.attr, None)
        if value is None:
            if isinstance(shape, Ref) and not find(schema.scope, shape.name).__union__:
                return b"{}", "application/json"
            return b"", ""
        found = plain_body(payload, value)
        if found is not None:
            return found
        write = writer(JsonWritePlan, shape)
        tree = value if write is None else write(value)
        return self.dumps(tree).encode(), "application/json"

    def read_payload(self, response: Response, http: HttpResponse) -> None:
        """Set the member of a response that is its whole body."""
        payload, scope = payload_of(response), response.__schema__.scope
        if payload is None or read_plain_payload(response, payload, http):
            return
        body, shape = body_of(http), payload.shape
        parsed = self.loads(body)
        if parsed is not None:
            plain_type, convert = reader(JsonReadPlan, shape, scope)
            value = parsed if type(parsed) is plain_type else convert(parsed)
            setattr(response, payload.attr, value)
        elif body and isinstance(shape, Extension):
            setattr(response, payload.attr, shape.from_plain(None, scope))
