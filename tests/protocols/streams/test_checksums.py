"""Checksums of S3's requests and answers, against botocore."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import io
import zlib
from collections.abc import AsyncIterator, Iterator
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from specwright.runtime.crc import BLOCK, crc32c, crc64nvme
from specwright.runtime.digests import DIGESTS, text_of

from .imported import client_of, generate, sent_by_botocore, sent_by_us

OPERATIONS = (
    "PutObject",
    "UploadPart",
    "GetObject",
    "HeadObject",
    "DeleteObjects",
    "PutBucketTagging",
    "PutObjectAcl",
    "PutBucketAbac",
    "RestoreObject",
)
URLS = ["http://127.0.0.1:9", "https://127.0.0.1:9"]
OBJECT = {"Bucket": "b", "Key": "k"}
PART = {**OBJECT, "PartNumber": 1, "UploadId": "u"}
TAGS = {"TagSet": [{"Key": "a", "Value": "b"}]}
LARGE = bytes(range(256)) * 10_000
# "SHA1" and the like; the rest needs more than botocore has here.
BOTOCORES = ["CRC32", "SHA1", "SHA256", "SHA512"]
CASES: dict[str, tuple[str, str, dict[str, Any]]] = {
    "bytes": ("PutObject", "put_object", {**OBJECT, "Body": b"hello"}),
    "nothing": ("PutObject", "put_object", {**OBJECT, "Body": b""}),
    "absent": ("PutObject", "put_object", OBJECT),
    "large": ("UploadPart", "upload_part", {**PART, "Body": LARGE}),
    "encoded": (
        "PutObject",
        "put_object",
        {**OBJECT, "Body": b"x", "ContentEncoding": "gzip"},
    ),
    "given": (
        "PutObject",
        "put_object",
        {**OBJECT, "Body": b"x", "ChecksumSHA256": "abc="},
    ),
    "sized": ("PutObject", "put_object", {**OBJECT, "Body": b"xy", "ContentLength": 2}),
    "acl": ("PutObjectAcl", "put_object_acl", {**OBJECT, "ACL": "private"}),
    "tags": (
        "PutBucketTagging",
        "put_bucket_tagging",
        {"Bucket": "b", "Tagging": TAGS},
    ),
    "tags by name": (
        "PutBucketTagging",
        "put_bucket_tagging",
        {"Bucket": "b", "Tagging": TAGS, "ChecksumAlgorithm": "SHA256"},
    ),
    "abac": (
        "PutBucketAbac",
        "put_bucket_abac",
        {"Bucket": "b", "AbacStatus": {"Status": "Enabled"}},
    ),
    "get": ("GetObject", "get_object", OBJECT),
    "head": ("HeadObject", "head_object", OBJECT),
    **{
        f"by {name}": (
            "PutObject",
            "put_object",
            {**OBJECT, "Body": b"abc", "ChecksumAlgorithm": name},
        )
        for name in BOTOCORES
    },
}


@pytest.fixture(scope="module")
def s3(tmp_path_factory: Any) -> Any:
    """S3's package."""
    root = tmp_path_factory.mktemp("s3")
    return generate(root, "checksums_s3", "s3", OPERATIONS, "Metadata")


@pytest.mark.parametrize("url", URLS)
@pytest.mark.parametrize("case", CASES)
def test_requests_have_the_checksums_of_botocore(s3: Any, url: str, case: str) -> None:
    operation, method, values = CASES[case]
    expected = sent_by_botocore("s3", url, method, values)
    assert sent_by_us(s3, url, operation, values) == expected


@pytest.mark.parametrize("url", URLS)
@pytest.mark.parametrize("content", [b"", b"hello", LARGE])
def test_files_are_sent_as_by_botocore(s3: Any, url: str, content: bytes) -> None:
    def values() -> dict[str, Any]:
        file = io.BytesIO(b"skipped" + content)
        file.seek(7)
        return {**OBJECT, "Body": file}

    expected = sent_by_botocore("s3", url, "put_object", values())
    assert sent_by_us(s3, url, "PutObject", values()) == expected


def test_what_is_read_once_is_followed_by_its_checksum(s3: Any) -> None:
    expected = sent_by_us(s3, URLS[1], "PutObject", {**OBJECT, "Body": LARGE})
    once = {"Body": iter([LARGE[:7], LARGE[7:-1], b"", LARGE[-1:]])}
    headers, body = sent_by_us(s3, URLS[0], "PutObject", {**OBJECT, **once})
    assert headers.pop("x-amz-content-sha256") == "STREAMING-UNSIGNED-PAYLOAD-TRAILER"
    assert "x-amz-decoded-content-length" not in headers
    assert body == expected[1]
    sized = {"Body": iter([b"abc"]), "ContentLength": 3}
    headers, _ = sent_by_us(s3, URLS[0], "PutObject", {**OBJECT, **sized})
    assert headers["x-amz-decoded-content-length"] == "3"


def test_an_async_iterable_is_sent_in_the_same_chunks(s3: Any) -> None:
    async def parts() -> AsyncIterator[bytes]:
        for start in range(0, len(LARGE), 7777):
            yield LARGE[start : start + 7777]

    async def sent() -> bytes:
        client = client_of(s3, URLS[1], is_async=True)
        http = client.prepare(s3.PutObjectRequest(bucket="b", key="k", body=parts()))
        return b"".join([part async for part in http.body])

    expected = sent_by_us(s3, URLS[1], "PutObject", {**OBJECT, "Body": LARGE})
    assert asyncio.run(sent()) == expected[1]


def test_checksums_that_cannot_be_made_are_told(s3: Any) -> None:
    values = {**OBJECT, "Body": b"x", "ChecksumAlgorithm": "XXHASH64"}
    with pytest.raises(s3.ConfigurationError, match="XXHASH64"):
        sent_by_us(s3, URLS[1], "PutObject", values)


def test_bodies_can_be_signed_again(s3: Any) -> None:
    client = client_of(s3, URLS[1])
    request = s3.PutObjectRequest(bucket="b", key="k", body=io.BytesIO(b"abc"))
    http = client.sign(client.prepare(request))
    again = client.sign(http)
    assert again.headers.get_all("X-Amz-Content-SHA256") == [
        "STREAMING-UNSIGNED-PAYLOAD-TRAILER"
    ]
    assert b"".join(again.body) == b"".join(http.body)


def answer(s3: Any, body: Any, **headers: str) -> Any:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = s3.GetObjectRequest(bucket="b", key="k")
    return client_of(s3, URLS[0]).parse(request, s3.HttpResponse(200, named, body))


def checksum(name: str, data: bytes) -> str:
    digest = DIGESTS[name]()
    digest.update(data)
    return text_of(digest)


@pytest.mark.parametrize("name", DIGESTS)
def test_answers_are_checked(s3: Any, name: str) -> None:
    header = {f"x_amz_checksum_{name}": checksum(name, b"hello world")}
    assert answer(s3, b"hello world", **header).body.read() == b"hello world"
    good = answer(s3, iter([b"hello ", b"world"]), **header).body
    assert [good.read(5), good.read()] == [b"hello", b" world"]
    with pytest.raises(s3.TransportError, match="checksum"):
        answer(s3, b"hello World", **header)
    bad = answer(s3, iter([b"hello ", b"World"]), **header).body
    assert bad.read(11) == b"hello World"
    with pytest.raises(s3.ChecksumError, match="checksum"):
        bad.read(1)


def test_async_answers_are_checked(s3: Any) -> None:
    async def parts() -> AsyncIterator[bytes]:
        yield b"hello "
        yield b"world"

    right = checksum("crc32", b"hello world")
    good = answer(s3, parts(), x_amz_checksum_crc32=right).body
    assert asyncio.run(good.aread()) == b"hello world"
    bad = answer(s3, parts(), x_amz_checksum_crc32="AAAAAA==").body
    with pytest.raises(s3.ChecksumError):
        asyncio.run(bad.aread())


def test_composite_checksums_and_unknown_ones_are_left_alone(s3: Any) -> None:
    body = answer(s3, b"hello", x_amz_checksum_crc32="AAAAAA==-2").body
    assert body.read() == b"hello"
    assert answer(s3, b"hi", x_amz_checksum_xxhash64="AAAA").body.read() == b"hi"


def test_closing_a_checked_body_closes_its_source(s3: Any) -> None:
    class Source:
        closed = False

        def __iter__(self) -> Iterator[bytes]:
            yield b"part"

        def close(self) -> None:
            self.closed = True

    source = Source()
    body = answer(s3, source, x_amz_checksum_crc32="AAAAAA==").body
    body.close()
    assert source.closed


def bitwise(data: bytes, polynomial: int, width: int) -> int:
    """The definition: a division of polynomials, bit by bit."""
    ones = (1 << width) - 1
    crc = ones
    for byte in data:
        for place in range(8):
            out = (crc ^ byte >> place) & 1
            crc >>= 1
            if out:
                crc ^= polynomial
    return crc ^ ones


def reflected(polynomial: int, width: int) -> int:
    return int(f"{polynomial:0{width}b}"[::-1], 2)


CASTAGNOLI = reflected(0x1EDC6F41, 32)
NVME = reflected(0xAD93D23594C93659, 64)


def test_known_checksums() -> None:
    assert crc32c(b"123456789") == 0xE3069283
    assert crc64nvme(b"123456789") == 0xAE8B14860A799888
    assert crc32c(bytes(32)) == 0x8A9136AA
    assert crc64nvme(bytes(4096)) == 0x6482D367EB22B64E
    assert crc32c(b"") == crc64nvme(b"") == 0


@given(st.binary(max_size=60), st.integers(0, 60))
def test_checksums_follow_their_definition(data: bytes, cut: int) -> None:
    assert crc32c(data) == bitwise(data, CASTAGNOLI, 32)
    assert crc64nvme(data) == bitwise(data, NVME, 64)
    assert crc32c(data[cut:], crc32c(data[:cut])) == crc32c(data)
    assert crc64nvme(data[cut:], crc64nvme(data[:cut])) == crc64nvme(data)


@pytest.mark.parametrize("size", [BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK + 77])
def test_checksums_of_whole_blocks_are_those_of_their_bytes(size: int) -> None:
    data = Random(size).randbytes(size)
    for name, function, width in (("crc32c", crc32c, 4), ("crc64nvme", crc64nvme, 8)):
        one_by_one = 0
        for start in range(0, size, 1000):
            one_by_one = function(data[start : start + 1000], one_by_one)
        assert function(data) == one_by_one
        digest = DIGESTS[name]()
        for start in range(0, size, 70_001):
            digest.update(data[start : start + 70_001])
        assert digest.digest() == one_by_one.to_bytes(width, "big")


@settings(deadline=None)
@given(st.binary(max_size=5000))
def test_digests_are_those_of_the_standard_library(data: bytes) -> None:
    for name in ("sha1", "sha256", "sha512", "md5"):
        expected = base64.b64encode(hashlib.new(name, data).digest()).decode()
        assert checksum(name, data) == expected
    crc = zlib.crc32(data).to_bytes(4, "big")
    assert checksum("crc32", data) == base64.b64encode(crc).decode()
