"""The protocols AWS JSON 1.0 and 1.1: POST / with a target header and a JSON body."""

from __future__ import annotations

from .errors import ServiceError
from .http import HttpResponse
from .json_codec import write_members
from .json_errors import fill_json_error, read_json_body, read_json_error
from .operation import Operation, Request, Response
from .protocol import ErrorAnswer, Outgoing


class AwsJson:
    """AWS JSON of one version for one service."""

    __slots__ = ("content_type", "target_prefix")

    def __init__(self, version: str, target_prefix: str) -> None:
        self.content_type: str = f"application/x-amz-json-{version}"
        self.target_prefix: str = target_prefix

    def serialize(
        self, operation: Operation[Response], request: Request[Response]
    ) -> Outgoing:
        """The request as a message without a host."""
        from json import dumps

        headers = [
            ("X-Amz-Target", f"{self.target_prefix}.{operation.name}"),
            ("Content-Type", self.content_type),
        ]
        body = dumps(write_members(request)).encode()
        return Outgoing(operation.http.method, operation.http.path, headers, body)

    def read_response(
        self, operation: Operation[Response], response: Response, http: HttpResponse
    ) -> None:
        """Set the members of a new response."""
        read_json_body(response, http)

    def read_error(self, http: HttpResponse) -> ErrorAnswer:
        """The error in an answer, whatever its body is."""
        return read_json_error(http)

    def fill_error(self, error: ServiceError, members: dict[str, object]) -> None:
        """Set the modelled members of a new error."""
        fill_json_error(error, members)
