"""The protocols AWS JSON 1.0 and 1.1: POST / with a target header and a JSON body."""

from __future__ import annotations

from .json_errors import JsonAnswers
from .operation import Operation, Request, Response
from .protocol import Outgoing


class AwsJson(JsonAnswers):
    """AWS JSON of one version for one service.

    ``query_compatible`` asks a service that spoke the query protocol before for the error
    codes that it had there.
    """

    def __init__(
        self, version: str, target_prefix: str, *, query_compatible: bool = False
    ) -> None:
        self.content_type = f"application/x-amz-json-{version}"
        self.target_prefix = target_prefix
        self.query_compatible = query_compatible

    def serialize(
        self, operation: Operation[Response], request: Request[Response]
    ) -> Outgoing:
        headers = [
            ("X-Amz-Target", f"{self.target_prefix}.{operation.name}"),
            ("Content-Type", self.content_type),
        ]
        if self.query_compatible:
            headers.append(("x-amzn-query-mode", "true"))
        method, path, _ = operation.http
        return Outgoing(method, path, headers, self.json_body(request))
