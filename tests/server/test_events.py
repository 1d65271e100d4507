"""Streams of events: the bytes of frames, and what boto3 reads of whole answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from botocore.eventstream import EventStreamBuffer
from tests.catalogue.cbor_encoder import EPOCH
from tests.server.strict_model import imported

from specwright.model import Service
from specwright.server import running
from specwright.server.protocols.events import frame
from specwright.workflow.import_botocore import Request, import_botocore

SERVICES = {
    "bedrock-runtime": ("ConverseStream", "InvokeModelWithResponseStream"),
    "kinesis": ("SubscribeToShard",),
    "lambda": ("InvokeWithResponseStream",),
    "s3": ("SelectObjectContent",),
}


def read(raw: bytes) -> list[Any]:
    """The messages in bytes, as botocore finds them with their checksums held."""
    buffer = EventStreamBuffer()
    buffer.add_data(raw)
    return list(buffer)


def test_the_bytes_of_a_frame():
    assert frame([], b"").hex() == "000000100000000005c248eb7d98c8ff"
    raw = frame([("a", "string", "b")], b"c")
    assert raw[:8] + raw[12:-4] == b"\0\0\0\x17\0\0\0\x06" b"\x01a\x07\0\x01b" b"c"


def test_every_type_of_header():
    moment = datetime(2024, 5, 1, 12, 0, 0, 5000, UTC)
    values: list[tuple[str, str, Any]] = [
        ("yes", "boolean", True),
        ("no", "boolean", False),
        ("byte", "byte", -128),
        ("short", "short", -(2**15)),
        ("integer", "integer", 2**31 - 1),
        ("long", "long", -(2**63)),
        ("blob", "blob", b"\0\xff"),
        ("text", "string", "\u00e9"),
        ("at", "timestamp", moment),
    ]
    (message,) = read(frame(values, b"payload"))
    found = message.headers
    milliseconds = (moment - EPOCH).total_seconds() * 1000
    expected = {name: value for name, _, value in values} | {"at": milliseconds}
    assert found == expected
    assert message.payload == b"payload"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> list[Service]:
    root = tmp_path_factory.mktemp("events")
    for name, operations in SERVICES.items():
        done = import_botocore(Request(name, root, operations))
        assert done.ok, done.diagnostics
    return imported(root)


@pytest.fixture(scope="module")
def url(served: list[Service]) -> Iterator[str]:
    with running(served, seed=3) as base:
        yield base


ASKED: list[tuple[str, str, dict[str, Any], str, list[str]]] = [
    (
        *("bedrock-runtime", "converse_stream", {"modelId": "m", "messages": []}),
        "stream",
        [
            *("messageStart", "contentBlockStart", "contentBlockDelta"),
            *("contentBlockStop", "messageStop", "metadata"),
        ],
    ),
    (
        *("bedrock-runtime", "invoke_model_with_response_stream"),
        *({"modelId": "m", "body": b"{}"}, "body", ["chunk"]),
    ),
    (
        *("kinesis", "subscribe_to_shard"),
        {
            "ConsumerARN": "arn:aws:kinesis:us-east-1:123456789012:stream/s/consumer/c:1",
            "ShardId": "s",
            "StartingPosition": {"Type": "LATEST"},
        },
        *("EventStream", ["SubscribeToShardEvent"]),
    ),
    (
        *("lambda", "invoke_with_response_stream", {"FunctionName": "f"}),
        *("EventStream", ["PayloadChunk", "InvokeComplete"]),
    ),
    (
        *("s3", "select_object_content"),
        {
            "Bucket": "b",
            "Key": "k",
            "Expression": "e",
            "ExpressionType": "SQL",
            "InputSerialization": {},
            "OutputSerialization": {},
        },
        *("Payload", ["Records", "Stats", "Progress", "Cont", "End"]),
    ),
]


@pytest.mark.parametrize(("service", "method", "asked", "member", "kinds"), ASKED)
def test_boto3_reads_every_event(
    boto: Callable[..., Any],
    url: str,
    service: str,
    method: str,
    asked: dict[str, Any],
    member: str,
    kinds: list[str],
) -> None:
    answer = getattr(boto(service, url), method)(**asked)
    found = list(answer[member])
    assert [next(iter(event)) for event in found] == kinds
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 200
