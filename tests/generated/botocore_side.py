"""The reference: what botocore sends for an input, and what it makes of an answer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any

import botocore.session
from botocore import UNSIGNED
from botocore.awsrequest import AWSResponse
from botocore.config import Config
from botocore.exceptions import ClientError
from tests.generated.support import ENDPOINT, Case

# Said by the client of itself, of the attempt or of the signature; not of the request.
LEFT_OUT = {"user-agent", "authorization", "x-amz-date", "content-length"}


@dataclass(frozen=True)
class Sent:
    """A request as it would stand on the wire."""

    method: str
    url: str
    headers: dict[str, str]
    body: bytes


class Raw(BytesIO):
    """A body in the shape that botocore takes from urllib3."""

    def stream(self, **_: Any) -> Any:
        yield self.read()


class Wire:
    """Stands where botocore's HTTP session does: keeps the request, gives a set answer."""

    def __init__(self) -> None:
        self.request: Any = None
        self.answer: tuple[int, dict[str, str], bytes] = (200, {}, b"{}")

    def __call__(self, request: Any, **_: Any) -> AWSResponse:
        self.request = request
        status, headers, body = self.answer
        return AWSResponse(request.url, status, headers, Raw(body))


@cache
def wired(service: str) -> tuple[Any, Wire]:
    """botocore's client of a service, and the wire that it is on."""
    client = botocore.session.get_session().create_client(
        service,
        region_name="us-east-1",
        endpoint_url=ENDPOINT,
        config=Config(
            signature_version=UNSIGNED,
            parameter_validation=False,
            retries={"mode": "standard", "total_max_attempts": 1},
        ),
    )
    wire = Wire()
    client.meta.events.register("before-send", wire)
    return client, wire


def sent_by_botocore(case: Case, values: dict[str, Any]) -> Sent:
    """The request that botocore prepares."""
    client, wire = wired(case.boto)
    wire.answer = (200, {}, b"{}")
    getattr(client, case.method)(**values)
    request = wire.request
    headers = {
        name.lower(): value.decode() if isinstance(value, bytes) else value
        for name, value in request.headers.items()
    }
    body = request.body or b""
    return Sent(
        request.method,
        request.url,
        {n: v for n, v in headers.items() if compared(n)},
        body.encode() if isinstance(body, str) else bytes(body),
    )


def compared(header: str) -> bool:
    """Whether a header belongs to the request itself."""
    return header not in LEFT_OUT and not header.startswith("amz-sdk-")


def parsed_by_botocore(
    case: Case, status: int, headers: dict[str, str], body: bytes
) -> dict[str, Any]:
    """What botocore's client returns for an answer."""
    client, wire = wired(case.boto)
    wire.answer = (status, headers, body)
    request = {"jobIdentifier": "job"} if case.method.startswith("get") else {}
    found: dict[str, Any] = getattr(client, case.method)(**request)
    return found


def raised_by_botocore(
    case: Case, status: int, headers: dict[str, str], body: bytes
) -> Any:
    """The ClientError of botocore for an answer that tells of a failure."""
    try:
        parsed_by_botocore(case, status, headers, body)
    except ClientError as error:
        return error
    raise AssertionError("botocore took it as a success")
