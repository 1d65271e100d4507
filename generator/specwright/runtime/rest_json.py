"""The protocol rest-json: members in path, query and headers, the rest as a JSON body."""

from __future__ import annotations

from .errors import ResponseError, ServiceError
from .http import HttpResponse
from .http_bindings import has_body, header_value, headers_of, target_of
from .json_codec import reader, write_members
from .json_errors import fill_json_error, read_json_body, read_json_error
from .operation import Operation, Request, Response
from .protocol import ErrorAnswer, Outgoing, request_id_of


class RestJson:
    """rest-json; it needs to know nothing of the service."""

    __slots__ = ()

    def serialize(
        self, operation: Operation[Response], request: Request[Response]
    ) -> Outgoing:
        """The request as a message without a host."""
        target = target_of(operation.http.path, request)
        headers = headers_of(request)
        body = b""
        if has_body(request):
            from json import dumps

            headers.append(("Content-Type", "application/json"))
            body = dumps(write_members(request)).encode()
        return Outgoing(operation.http.method, target, headers, body)

    def read_response(
        self, operation: Operation[Response], response: Response, http: HttpResponse
    ) -> None:
        """Set the members of a new response."""
        read_json_body(response, http)
        schema = response.__schema__
        for member in schema.members:
            if member.location == "status":
                setattr(response, member.attr, http.status)
            elif member.location == "header":
                text = http.headers.get(member.wire)
                if text is None:
                    continue
                try:
                    value: object = header_value(member.shape, text)
                    plain_type, convert = reader(member.shape, schema.scope)
                    if type(value) is not plain_type:
                        value = convert(value)
                except ValueError as error:
                    raise ResponseError(
                        f"can't read header {member.wire}: {error}",
                        status=http.status,
                        request_id=request_id_of(http),
                    ) from error
                setattr(response, member.attr, value)

    def read_error(self, http: HttpResponse) -> ErrorAnswer:
        """The error in an answer, whatever its body is."""
        return read_json_error(http)

    def fill_error(self, error: ServiceError, members: dict[str, object]) -> None:
        """Set the modelled members of a new error."""
        fill_json_error(error, members)
