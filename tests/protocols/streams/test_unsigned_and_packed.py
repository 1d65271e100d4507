"""Bodies that stay out of signatures, and bodies that are compressed, against botocore."""

from __future__ import annotations

import asyncio
import gzip
import io
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from specwright.runtime.cbor import loads
from specwright.runtime.compression import Compression
from specwright.runtime.http import HttpRequest
from specwright.runtime.operation import Request

from .imported import client_of, generate, sent_by_botocore, sent_by_us

URLS = ["http://127.0.0.1:9", "https://127.0.0.1:9"]
SPOKEN = {
    "botName": "b",
    "botAlias": "a",
    "userId": "u" * 2,
    "contentType": "audio/x",
}


@pytest.fixture(scope="module")
def lex(tmp_path_factory: Any) -> Any:
    """Without session attributes, which are JSON in headers."""
    root = tmp_path_factory.mktemp("lex")
    dropped = ("sessionAttributes", "requestAttributes", "slots", "activeContexts")
    dropped += ("nluIntentConfidence", "alternativeIntents")
    return generate(root, "lex", "lex-runtime", ["PostContent"], *dropped)


@pytest.fixture(scope="module")
def store(tmp_path_factory: Any) -> Any:
    root = tmp_path_factory.mktemp("store")
    return generate(root, "store", "mediastore-data", ["PutObject"])


@pytest.fixture(scope="module")
def archives(tmp_path_factory: Any) -> Any:
    root = tmp_path_factory.mktemp("archives")
    return generate(root, "archives", "glacier", ["UploadArchive"])


@pytest.fixture(scope="module")
def metrics(tmp_path_factory: Any) -> Any:
    root = tmp_path_factory.mktemp("metrics")
    return generate(root, "metrics", "cloudwatch", ["PutMetricData"])


@pytest.mark.parametrize("url", URLS)
def test_unsigned_payloads(store: Any, url: str) -> None:
    def values() -> dict[str, Any]:
        return {"Path": "a", "Body": io.BytesIO(b"abc")}

    expected = sent_by_botocore("mediastore-data", url, "put_object", values())
    assert expected[0]["x-amz-content-sha256"] == "UNSIGNED-PAYLOAD"
    assert sent_by_us(store, url, "PutObject", values()) == expected
    assert sent_by_us(store, url, "PutObject", {**values(), "Body": b"abc"}) == expected


@pytest.mark.parametrize("size", [0, 1, 2**20, 3 * 2**20 + 1, 5 * 2**20])
def test_archives_have_their_hashes(archives: Any, size: int) -> None:
    content = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    place = {"vaultName": "v", "accountId": "-"}
    named = {**place, "body": content}
    expected = sent_by_botocore("glacier", URLS[0], "upload_archive", named)
    assert "x-amz-sha256-tree-hash" in expected[0]
    assert expected[0]["x-amz-glacier-version"] == "2012-06-01"
    assert sent_by_us(archives, URLS[0], "UploadArchive", named) == expected
    named = {**place, "body": io.BytesIO(content)}
    assert sent_by_us(archives, URLS[0], "UploadArchive", named) == expected
    given = {**place, "checksum": "own", "body": content}
    headers, _ = sent_by_us(archives, URLS[0], "UploadArchive", given)
    assert headers["x-amz-sha256-tree-hash"] == "own"


def test_a_stream_of_speech_has_its_own_type(lex: Any) -> None:
    values = {**SPOKEN, "inputStream": b"abc"}
    client = client_of(lex, URLS[1])
    request = client.operations["PostContent"].request.from_dict(values)
    http = client.prepare(request)
    assert http.headers.get_all("Content-Type") == ["audio/x"]
    assert http.headers["X-Amz-Content-SHA256"] == "UNSIGNED-PAYLOAD"
    assert http.body == b"abc"


def data(count: int) -> dict[str, Any]:
    metric = {"MetricName": "latency", "Value": 1.0}
    return {"Namespace": "things", "MetricData": [metric] * count}


@pytest.mark.parametrize("count", [1, 100, 1000])
def test_large_requests_are_compressed(metrics: Any, count: int) -> None:
    url, values = URLS[0], data(count)
    theirs, expected = sent_by_botocore("cloudwatch", url, "put_metric_data", values)
    ours, body = sent_by_us(metrics, url, "PutMetricData", values)
    assert ours == theirs
    assert ours.get("content-encoding") == ("gzip" if count == 1000 else None)
    if count == 1000:
        assert len(body) < 2_000
        assert sent_by_us(metrics, url, "PutMetricData", values)[1] == body
        expected, body = gzip.decompress(expected), gzip.decompress(body)
        assert len(body) >= 10_240
    # botocore speaks JSON to this service, we speak CBOR.
    assert loads(body) == json.loads(expected)


@pytest.mark.parametrize("size", [10_239, 10_240])
def test_compression_begins_at_a_size(size: int) -> None:
    http = HttpRequest("POST", URLS[0], {"Content-Encoding": "own"}, b"x" * size)
    sent = Compression().sent(http, NOTHING)
    packed = size == 10_240
    assert sent.headers["Content-Encoding"] == ("own, gzip" if packed else "own")
    assert isinstance(sent.body, bytes)
    assert (gzip.decompress(sent.body) if packed else sent.body) == b"x" * size


def test_streams_are_compressed_as_they_go() -> None:
    async def parts() -> AsyncIterator[bytes]:
        for _ in range(3):
            yield b"abc"

    async def read(body: Any) -> bytes:
        return b"".join([part async for part in body])

    http = HttpRequest("POST", URLS[0], {"Content-Length": "9"}, iter([b"abc"] * 3))
    sent = Compression(smallest=0).sent(http, NOTHING)
    assert "Content-Length" not in sent.headers
    assert gzip.decompress(b"".join(sent.body)) == b"abc" * 3  # type: ignore[arg-type]
    sent = Compression(smallest=0).sent(HttpRequest("POST", "", (), parts()), NOTHING)
    assert gzip.decompress(asyncio.run(read(sent.body))) == b"abc" * 3


NOTHING: Request[Any] = Request.__new__(Request)
