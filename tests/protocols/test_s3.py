"""S3, imported from botocore's model: what no other service that speaks rest-xml does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

import pytest
from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from tests.catalogue.packages import importable, rendered, write
from tests.protocols.xml_clients import ENDPOINT, client, request

PACKAGE = "s3_by_hand"
OPERATIONS = (
    "AbortMultipartUpload",
    "CompleteMultipartUpload",
    "CopyObject",
    "DeleteBucket",
    "GetBucketLocation",
    "GetBucketPolicy",
    "GetObjectAttributes",
    "HeadObject",
    "ListObjectsV2",
    "UploadPartCopy",
)
FAILED = b"""<?xml version="1.0" encoding="UTF-8"?>
<Error><Code>InternalError</Code><Message>We met a problem.</Message>
<RequestId>656c76696e6727732072657175657374</RequestId></Error>"""
NOW = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A client of S3."""
    root = tmp_path_factory.mktemp(PACKAGE)
    write([rendered("s3", root / "specs", OPERATIONS)], root / PACKAGE)
    with importable(root, PACKAGE):
        package = import_module(f"{PACKAGE}.s3")
        keys = package.Credentials("AKIDEXAMPLE", "not-a-secret")
        yield client(PACKAGE, "s3", credentials=keys, clock=lambda: NOW)


COPY = {"Bucket": "b", "Key": "k", "CopySource": "b/other"}
SOURCES: dict[str, dict[str, Any]] = {
    "CopyObject": COPY,
    "UploadPartCopy": {**COPY, "PartNumber": 1, "UploadId": "u"},
    "CompleteMultipartUpload": {"Bucket": "b", "Key": "k", "UploadId": "u"},
    "ListObjectsV2": {"Bucket": "b"},
}


def parsed(s3: Any, operation: str, values: Any, *answer: Any) -> Any:
    """What is made of an answer."""
    http = import_module(f"{PACKAGE}.s3").HttpResponse(*answer)
    return s3.parse(request(s3, operation, values), http)


@pytest.mark.parametrize("operation", SOURCES)
def test_errors_in_answers_of_success(s3: Any, operation: str) -> None:
    """S3 may begin an answer before it knows that it fails."""
    package = import_module(f"{PACKAGE}.s3")
    with pytest.raises(package.ServiceError) as raised:
        parsed(s3, operation, SOURCES[operation], 200, {}, b"\n " + FAILED.lstrip())
    error = raised.value
    assert (error.code, error.message) == ("InternalError", "We met a problem.")
    assert error.retryable
    assert error.fault == "server"
    assert error.request_id == "656c76696e6727732072657175657374"
    assert error.response_metadata.status == 200


def test_what_only_looks_like_an_error(s3: Any) -> None:
    """A text that is a whole body is the user's own, whatever it says."""
    found = parsed(s3, "GetBucketPolicy", {"Bucket": "b"}, 200, {}, FAILED)
    assert found.policy == FAILED.decode()
    assert parsed(s3, "DeleteBucket", {"Bucket": "b"}, 204, {}, b"").to_dict() == {}


@pytest.mark.parametrize(
    ("body", "region"),
    [
        ("<LocationConstraint xmlns='http://x/'>eu</LocationConstraint>", "eu"),
        ("<LocationConstraint xmlns='http://x/'/>", None),
    ],
)
def test_location(s3: Any, body: str, region: str | None) -> None:
    values = {"Bucket": "b"}
    found = parsed(s3, "GetBucketLocation", values, 200, {}, body.encode())
    assert found.location_constraint == region


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Mon, 06 May 2024 07:08:09 GMT", NOW),
        ("2024-05-06T07:08:09Z", NOW),
        ("never", None),
        ("0", datetime(1970, 1, 1, tzinfo=UTC)),
    ],
)
def test_expires_may_be_anything(s3: Any, text: str, moment: datetime | None) -> None:
    headers = {"Expires": text, "x-amz-meta-Colour": "red", "Content-Length": "7"}
    values = {"Bucket": "b", "Key": "k"}
    found = parsed(s3, "HeadObject", values, 200, headers, b"")
    assert found.expires == moment
    assert found.metadata == {"Colour": "red"}
    assert found.content_length == 7
    assert found.response_metadata.headers["Expires"] == text


def test_buckets_are_in_the_path(s3: Any) -> None:
    values = {"Bucket": "my.bucket", "Key": "a b/\u00e9/~+?&#%25//c"}
    http = s3.prepare(request(s3, "HeadObject", values))
    path = "/my.bucket/a%20b/%C3%A9/~%2B%3F%26%23%2525//c"
    assert http.url == ENDPOINT + path
    http = s3.prepare(request(s3, "ListObjectsV2", {"Bucket": "b", "Prefix": "a/"}))
    assert http.url == f"{ENDPOINT}/b?list-type=2&prefix=a%2F"


@pytest.mark.parametrize("key", ["a b", "a//b", "./a", "a/../b", "\u00e9", "%41", "/a"])
def test_paths_are_signed_as_they_stand(s3: Any, key: str) -> None:
    values = {"Bucket": "b", "Key": key, "VersionId": "v+1"}
    http = s3.sign(s3.prepare(request(s3, "HeadObject", values)))
    assert http.headers["x-amz-content-sha256"].startswith("e3b0c442")
    theirs = AWSRequest("HEAD", http.url, headers={"x-amz-date": "20240506T070809Z"})
    theirs.headers["x-amz-content-sha256"] = http.headers["x-amz-content-sha256"]
    theirs.context["timestamp"] = "20240506T070809Z"
    signer = S3SigV4Auth(Credentials("AKIDEXAMPLE", "not-a-secret"), "s3", "us-east-1")
    text = signer.string_to_sign(theirs, signer.canonical_request(theirs))
    assert http.headers["Authorization"].endswith(signer.signature(text, theirs))


def test_lists_and_maps_in_headers(s3: Any) -> None:
    values = {"Bucket": "b", "Key": "k", "ObjectAttributes": ["ETag", "ObjectSize"]}
    http = s3.prepare(request(s3, "GetObjectAttributes", values))
    assert http.headers["x-amz-object-attributes"] == "ETag, ObjectSize"
    http = s3.prepare(request(s3, "CopyObject", {**COPY, "Metadata": {"Up": "x, y"}}))
    assert http.headers["x-amz-meta-up"] == "x, y"
