"""The protocols AWS JSON 1.0 and 1.1: POST / with a target header and a JSON body."""

from __future__ import annotations

from .json_errors import JsonAnswers
from .operation import Operation, Request, Response
from .protocol import Outgoing


class AwsJson(JsonAnswers):
    """AWS JSON of one version for one service."""

    def __init__(self, version: str, target_prefix: str) -> None:
        self.content_type = f"application/x-amz-json-{version}"
        self.target_prefix = target_prefix

    def serialize(
        self, operation: Operation[Response], request: Request[Response]
    ) -> Outgoing:
        headers = [
            ("X-Amz-Target", f"{self.target_prefix}.{operation.name}"),
            ("Content-Type", self.content_type),
        ]
        method, path, _ = operation.http
        return Outgoing(method, path, headers, self.json_body(request))
