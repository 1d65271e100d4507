"""The protocol rest-json: members in path, query and headers, the rest as a JSON body."""

from __future__ import annotations

from .errors import ResponseError
from .http import HttpResponse
from .http_bindings import has_body, header_value, headers_of, target_of
from .json_codec import JsonReadPlan
from .json_errors import JsonAnswers, json_body
from .operation import Operation, Request, Response
from .protocol import Outgoing, request_id_of
from .tree_codec import reader


class RestJson(JsonAnswers):
    """rest-json; it needs to know nothing of the service."""

    def serialize(
        self, operation: Operation[Response], request: Request[Response]
    ) -> Outgoing:
        target = target_of(operation.http.path, request)
        headers = headers_of(request)
        body = b""
        if has_body(request):
            headers.append(("Content-Type", "application/json"))
            body = json_body(request)
        return Outgoing(operation.http.method, target, headers, body)

    def read_response(
        self, operation: Operation[Response], response: Response, http: HttpResponse
    ) -> None:
        super().read_response(operation, response, http)
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
                    plain_type, convert = reader(
                        JsonReadPlan, member.shape, schema.scope
                    )
                    if type(value) is not plain_type:
                        value = convert(value)
                except ValueError as error:
                    raise ResponseError(
                        f"can't read header {member.wire}: {error}",
                        status=http.status,
                        request_id=request_id_of(http),
                    ) from error
                setattr(response, member.attr, value)
