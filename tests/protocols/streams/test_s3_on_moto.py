"""S3's clients against moto's server: objects of every size, whole and in parts."""

from __future__ import annotations

import asyncio
import base64
import io
import zlib
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from tests.moto_server import moto_url

from .imported import FAKE, client_of, generate

OPERATIONS = (
    "PutObject",
    "UploadPart",
    "GetObject",
    "HeadObject",
    "DeleteObject",
    "CreateMultipartUpload",
    "CompleteMultipartUpload",
)
# moto's libraries warn of things that are theirs to mend.
pytestmark = pytest.mark.filterwarnings("default")
SIZES = [0, 1, 65_536, 3 * 2**20 + 5]
PART = 5 * 2**20


@pytest.fixture(scope="module")
def s3(tmp_path_factory: Any) -> Any:
    root = tmp_path_factory.mktemp("s3")
    return generate(root, "moto_s3", "s3", OPERATIONS, "Metadata")


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with moto_url() as url:
        boto(url).create_bucket(Bucket="bucket")
        yield url


def boto(url: str) -> Any:
    return boto3.client("s3", region_name="us-east-1", endpoint_url=url, **FAKE)


def content(size: int) -> bytes:
    return bytes(at * 7 % 251 for at in range(257)) * (size // 257 + 1)


@pytest.mark.parametrize("size", SIZES)
def test_objects_come_back_as_they_went(
    s3: Any, url: str, size: int, tmp_path: Path
) -> None:
    data = content(size)[:size]
    path = tmp_path / "file"
    path.write_bytes(data)
    crc = base64.b64encode(zlib.crc32(data).to_bytes(4, "big")).decode()
    with client_of(s3, url) as client, path.open("rb") as file:
        for body in (data, file, io.BytesIO(data)):
            put = client.put_object(bucket="bucket", key="dir/a b", body=body)
            assert put.checksum_crc32 == crc
            got = client.get_object(bucket="bucket", key="dir/a b")
            assert got.content_length == size
            assert got.body.read() == data == boto_reads(url, "dir/a b")
        client.delete_object(bucket="bucket", key="dir/a b")
        with pytest.raises(s3.errors.NoSuchKey):
            client.get_object(bucket="bucket", key="dir/a b")


@pytest.mark.parametrize("size", SIZES)
def test_objects_come_back_asynchronously(s3: Any, url: str, size: int) -> None:
    data = content(size)[:size]

    async def parts() -> AsyncIterator[bytes]:
        for start in range(0, size, 100_000):
            yield data[start : start + 100_000]

    async def use() -> None:
        async with client_of(s3, url, is_async=True) as client:
            for body in (data, io.BytesIO(data), parts()):
                await client.put_object(
                    bucket="bucket", key="k", body=body, content_length=size
                )
                got = await client.get_object(bucket="bucket", key="k")
                assert b"".join([part async for part in got.body]) == data

    asyncio.run(use())
    assert boto_reads(url, "k") == data


def boto_reads(url: str, key: str) -> bytes:
    data: bytes = boto(url).get_object(Bucket="bucket", Key=key)["Body"].read()
    return data


@pytest.mark.parametrize("name", ["CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"])
def test_every_checksum_is_stored_and_checked(s3: Any, url: str, name: str) -> None:
    with client_of(s3, url) as client:
        client.put_object(
            bucket="bucket", key="c", body=b"hello world", checksum_algorithm=name
        )
        got = client.get_object(bucket="bucket", key="c")
        assert got.body.read() == b"hello world"


@pytest.mark.parametrize("is_async", [False, True])
def test_uploads_in_parts(s3: Any, url: str, is_async: bool) -> None:
    data = content(2 * PART)[: 2 * PART - 1000]
    pieces = [data[:PART], data[PART:]]

    async def use() -> bytes:
        client = client_of(s3, url, is_async=is_async)

        async def call(method: str, **values: Any) -> Any:
            answer = getattr(client, method)(bucket="bucket", key="m", **values)
            return await answer if is_async else answer

        upload = (await call("create_multipart_upload")).upload_id
        done = []
        for number, piece in enumerate(pieces, 1):
            part = await call(
                "upload_part",
                part_number=number,
                upload_id=upload,
                body=io.BytesIO(piece) if number == 1 else iter([piece]),
                content_length=len(piece),
            )
            done.append(s3.shapes.CompletedPart(e_tag=part.e_tag, part_number=number))
        await call(
            "complete_multipart_upload",
            upload_id=upload,
            multipart_upload=s3.shapes.CompletedMultipartUpload(parts=done),
        )
        body = (await call("get_object")).body
        whole: bytes = await body.aread() if is_async else body.read()
        closing = client.close()
        if is_async:
            await closing
        return whole

    assert asyncio.run(use()) == data == boto_reads(url, "m")


def test_ranges_and_metadata(s3: Any, url: str) -> None:
    with client_of(s3, url) as client:
        client.put_object(
            bucket="bucket", key="r", body=b"0123456789", content_type="text/x"
        )
        got = client.get_object(bucket="bucket", key="r", range="bytes=2-5")
        assert (got.body.read(), got.content_range) == (b"2345", "bytes 2-5/10")
        assert got.content_type == "text/x"
