"""The protocol rest-json: members in path and query string, the rest as a JSON body."""

from __future__ import annotations

from .http_bindings import has_body, target_of
from .json_errors import JsonAnswers
from .operation import Operation, Request, Response
from .protocol import Outgoing


class RestJson(JsonAnswers):
    """rest-json; it needs to know nothing of the service."""

    codes = ("code", "Code", "__type")

    def serialize(
        self, operation: Operation[Response], request: Request[Response]
    ) -> Outgoing:
        target = target_of(operation.http.path, request)
        headers: list[tuple[str, str]] = []
        body = b""
        if has_body(request):
            headers.append(("Content-Type", "application/json"))
            body = self.json_body(request)
        return Outgoing(operation.http.method, target, headers, body)
