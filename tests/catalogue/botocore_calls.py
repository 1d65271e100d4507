"""botocore's own client on a wire of the tests: what it sends, and what it reads in an answer."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from botocore import UNSIGNED
from botocore.awsrequest import AWSResponse
from botocore.config import Config
from botocore.eventstream import EventStream
from botocore.exceptions import ClientError
from botocore.response import StreamingBody
from tests.catalogue.answers import Answer
from tests.catalogue.customizations import CUSTOMIZATIONS
from tests.catalogue.models import loaded, session

ENDPOINT = "http://localhost:9"


@dataclass(frozen=True)
class Read:
    """What botocore made of an answer."""

    values: dict[str, Any]
    status: int
    request_id: str | None
    code: str = ""
    message: str = ""


class Raw(BytesIO):
    """A body in the shape that botocore takes from urllib3."""

    def stream(self, **_: Any) -> Any:
        yield self.read()


class BotocoreClient:
    """A client of one service; its requests go no further than here."""

    def __init__(self, service: str, protocol: str) -> None:
        self.request: Any = None
        self.answer = Answer(200, {}, b"")
        metadata = loaded(service)["metadata"]
        # Handlers change the model while they work.
        self.host_prefixes: dict[str, str] = {
            name: operation.get("endpoint", {}).get("hostPrefix", "")
            for name, operation in loaded(service)["operations"].items()
        }
        # Of several protocols botocore would choose by a list of its own.
        metadata["protocol"], metadata["protocols"] = protocol, [protocol]
        self.client = session().create_client(
            service,
            region_name="us-east-1",
            endpoint_url=ENDPOINT,
            config=Config(
                signature_version=UNSIGNED,
                parameter_validation=False,
                retries={"mode": "standard", "total_max_attempts": 1},
                s3={"addressing_style": "path"},
            ),
        )
        events = self.client.meta.events
        for one in CUSTOMIZATIONS:
            for name in one.events:
                events.unregister(name, one.handler)
        # Some operations would be signed whatever the configuration says.
        service_id = self.client.meta.service_model.service_id.hyphenize()
        events.register_first(f"choose-signer.{service_id}", lambda **_: UNSIGNED)
        events.register("before-send", self._send)

    def _send(self, request: Any, **_: Any) -> AWSResponse:
        self.request = request
        return AWSResponse(
            request.url, self.answer.status, self.answer.headers, Raw(self.answer.body)
        )

    def call(self, operation: str, values: dict[str, Any], answer: Answer) -> Read:
        """Send a request, kept as ``request``, and read the answer to it."""
        self.request, self.answer = None, answer
        try:
            parsed = self.client._make_api_call(operation, values)
        except ClientError as problem:
            parsed = problem.response
        metadata = parsed.pop("ResponseMetadata")
        told = parsed.pop("Error", {}) if answer.status >= 300 else {}
        return Read(
            {name: _whole(value) for name, value in parsed.items()},
            metadata["HTTPStatusCode"],
            metadata.get("RequestId"),
            str(told.get("Code", "")),
            str(told.get("Message", "")),
        )


def _whole(value: Any) -> Any:
    """A streamed value, read to its end."""
    if isinstance(value, StreamingBody):
        return value.read()
    if isinstance(value, EventStream):
        return list(value)
    return value
