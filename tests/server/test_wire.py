"""Requests and answers byte by byte, written by hand, over a store that is given."""

import json
import re
import socket
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest

from specwright.server import running

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
JOBS = [
    {
        "jobArn": f"arn:aws:bedrock:us-east-1:123456789012:model-import-job/abcdefghijk{n}",
        "jobName": name,
        "status": status,
        "creationTime": NOON + timedelta(hours=n),
    }
    for n, (name, status) in enumerate(
        [("alpha", "Completed"), ("beta+1", "Failed"), ("alpine", "Completed")]
    )
]
BATCHES = [
    {
        "jobArn": "arn:aws:bedrock:us-east-1:123456789012:model-invocation-job/abcdefghijk0",
        "jobName": "batch",
        "modelId": "m",
        "roleArn": "arn:aws:iam::123456789012:role/r",
        "status": "Expired",
        "message": "é👍",
        "submitTime": NOON.replace(microsecond=120_000),
        "inputDataConfig": {"s3InputDataConfig": {"s3Uri": "s3://in-bucket/x"}},
        "outputDataConfig": {"s3OutputDataConfig": {"s3Uri": "s3://out-bucket/x"}},
        "vpcConfig": {"subnetIds": ["s-1"], "securityGroupIds": ["g-1", "g-2"]},
        "timeoutDurationInHours": 24,
    }
]
COMPILATIONS = [
    {
        "CompilationJobName": name,
        "CompilationJobArn": f"arn:aws:sagemaker:us-east-1:123456789012:compilation-job/{name}",
        "CreationTime": NOON.replace(microsecond=500_000),
        "CompilationJobStatus": status,
    }
    for name, status in [("one", "COMPLETED"), ("two", "FAILED")]
]
PROCESSINGS = [
    {
        "ProcessingJobName": "p",
        "ProcessingJobArn": "arn:aws:sagemaker:us-east-1:123456789012:processing-job/p",
        "CreationTime": NOON,
        "ProcessingJobStatus": "Stopped",
        "ExitMessage": "",
    }
]

SAGEMAKER = (
    "Host: x\r\nContent-Type: application/x-amz-json-1.1\r\nX-Amz-Target: SageMaker."
)
ALPHA, BETA, ALPINE = (
    f'{{"jobArn":"arn:aws:bedrock:us-east-1:123456789012:model-import-job/abcdefghijk{n}",'
    f'"jobName":"{name}","status":"{status}","creationTime":"2024-05-01T{12 + n}:00:00Z"}}'
    for n, name, status in [
        (0, "alpha", "Completed"),
        (1, "beta+1", "Failed"),
        (2, "alpine", "Completed"),
    ]
)
ONE, TWO = (
    f'{{"CompilationJobName":"{name}",'
    f'"CompilationJobArn":"arn:aws:sagemaker:us-east-1:123456789012:compilation-job/{name}",'
    f'"CreationTime":1714564800.5,"CompilationJobStatus":"{status}"}}'
    for name, status in [("one", "COMPLETED"), ("two", "FAILED")]
)

EXCHANGES = {
    "all of a list, with no query": (
        "GET /model-import-jobs HTTP/1.1\r\nHost: x\r\n\r\n",
        200,
        "application/json",
        '{"modelImportJobSummaries":[' + ",".join([ALPHA, BETA, ALPINE]) + "]}",
    ),
    "an enum, and a name with an escaped plus": (
        "GET /model-import-jobs?statusEquals=Failed&nameContains=a%2B1 HTTP/1.1\r\nHost: x\r\n\r\n",
        200,
        "application/json",
        '{"modelImportJobSummaries":[' + BETA + "]}",
    ),
    "times with fraction, newest first": (
        (
            "GET /model-import-jobs?creationTimeAfter=2024-05-01T12%3A00%3A00.5Z"
            "&creationTimeBefore=2024-05-01T14%3A30%3A00Z&sortOrder=Descending"
            "&sortBy=CreationTime HTTP/1.1\r\nHost: x\r\n\r\n"
        ),
        200,
        "application/json",
        '{"modelImportJobSummaries":[' + ",".join([ALPINE, BETA]) + "]}",
    ),
    "nested structures, a union, fractions and text beyond ASCII": (
        "GET /model-invocation-jobs?nameContains=atc HTTP/1.1\r\nHost: x\r\n\r\n",
        200,
        "application/json",
        (
            '{"invocationJobSummaries":[{'
            '"jobArn":"arn:aws:bedrock:us-east-1:123456789012:model-invocation-job/abcdefghijk0",'
            '"jobName":"batch","modelId":"m","roleArn":"arn:aws:iam::123456789012:role/r",'
            '"status":"Expired","message":"é👍","submitTime":"2024-05-01T12:00:00.120Z",'
            '"inputDataConfig":{"s3InputDataConfig":{"s3Uri":"s3://in-bucket/x"}},'
            '"outputDataConfig":{"s3OutputDataConfig":{"s3Uri":"s3://out-bucket/x"}},'
            '"vpcConfig":{"subnetIds":["s-1"],"securityGroupIds":["g-1","g-2"]},'
            '"timeoutDurationInHours":24}]}'
        ),
    ),
    "three constraints at once": (
        "GET /model-import-jobs?maxResults=0&nameContains= HTTP/1.1\r\nHost: x\r\n\r\n",
        400,
        "application/json",
        (
            '{"message":"3 validation errors detected. '
            "Value with length 0 at '/nameContains' failed to satisfy constraint: "
            "Member must have length between 1 and 63, inclusive; "
            "Value at '/nameContains' failed to satisfy constraint: "
            "Member must satisfy regular expression pattern: "
            r"[a-zA-Z0-9](-*[a-zA-Z0-9\\+\\-\\.])*; "
            "Value at '/maxResults' failed to satisfy constraint: "
            'Member must be between 1 and 1000, inclusive","fieldList":['
            '{"path":"/nameContains","message":"Value with length 0 at \'/nameContains\' failed to '
            'satisfy constraint: Member must have length between 1 and 63, inclusive"},'
            '{"path":"/nameContains","message":"Value at \'/nameContains\' failed to satisfy '
            "constraint: Member must satisfy regular expression pattern: "
            r'[a-zA-Z0-9](-*[a-zA-Z0-9\\+\\-\\.])*"},'
            '{"path":"/maxResults","message":"Value at \'/maxResults\' failed to satisfy '
            'constraint: Member must be between 1 and 1000, inclusive"}]}'
        ),
    ),
    "an unknown job": (
        "GET /model-import-jobs/nobody HTTP/1.1\r\nHost: x\r\n\r\n",
        404,
        "application/json",
        '{"message":"No model import job has this identifier."}',
    ),
    "a wrong method": (
        "DELETE /model-import-jobs HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n",
        405,
        "application/json",
        '{"message":"The method is not allowed here."}',
    ),
    "epoch times with fractions, given as whole and as broken numbers": (
        (
            f"POST / HTTP/1.1\r\n{SAGEMAKER}ListCompilationJobs\r\nContent-Length: 90\r\n\r\n"
            '{"CreationTimeAfter":1714564800,"CreationTimeBefore":1714564800.501,"NameContains": "one"}'
        ),
        200,
        "application/x-amz-json-1.1",
        '{"CompilationJobSummaries":[' + ONE + "]}",
    ),
    "sorted by status, backwards": (
        (
            f"POST / HTTP/1.1\r\n{SAGEMAKER}ListCompilationJobs\r\nContent-Length: 44\r\n\r\n"
            '{"SortBy":"Status","SortOrder":"Descending"}'
        ),
        200,
        "application/x-amz-json-1.1",
        '{"CompilationJobSummaries":[' + TWO + "," + ONE + "]}",
    ),
    "an empty body, an empty string in the answer": (
        f"POST / HTTP/1.1\r\n{SAGEMAKER}ListProcessingJobs\r\nContent-Length: 0\r\n\r\n",
        200,
        "application/x-amz-json-1.1",
        (
            '{"ProcessingJobSummaries":[{"ProcessingJobName":"p",'
            '"ProcessingJobArn":"arn:aws:sagemaker:us-east-1:123456789012:processing-job/p",'
            '"CreationTime":1714564800,"ProcessingJobStatus":"Stopped","ExitMessage":""}]}'
        ),
    ),
    "a string for an integer": (
        (
            f"POST / HTTP/1.1\r\n{SAGEMAKER}ListProcessingJobs\r\nContent-Length: 18\r\n\r\n"
            '{"MaxResults":"5"}'
        ),
        400,
        "application/x-amz-json-1.1",
        (
            '{"__type":"SerializationException",'
            '"message":"The value of \'MaxResults\' is not of the type integer."}'
        ),
    ),
    "a number out of range, without a modelled error": (
        (
            f"POST / HTTP/1.1\r\n{SAGEMAKER}ListProcessingJobs\r\nContent-Length: 18\r\n\r\n"
            '{"MaxResults":101}'
        ),
        400,
        "application/x-amz-json-1.1",
        (
            '{"__type":"ValidationException","message":"1 validation error detected. '
            "Value at '/MaxResults' failed to satisfy constraint: "
            'Member must be between 1 and 100, inclusive","fieldList":[{"path":"/MaxResults",'
            '"message":"Value at \'/MaxResults\' failed to satisfy constraint: '
            'Member must be between 1 and 100, inclusive"}]}'
        ),
    ),
    "an operation that there is not": (
        f"POST / HTTP/1.1\r\n{SAGEMAKER}ListNothing\r\nContent-Length: 2\r\n\r\n{{}}",
        404,
        "application/x-amz-json-1.1",
        (
            '{"__type":"UnknownOperationException",'
            '"message":"X-Amz-Target names no operation of this service."}'
        ),
    ),
}


@pytest.fixture(scope="module")
def given(services):
    records = {
        "Bedrock": {"ListModelImportJobs": JOBS, "ListModelInvocationJobs": BATCHES},
        "SageMaker": {
            "ListCompilationJobs": COMPILATIONS,
            "ListProcessingJobs": PROCESSINGS,
        },
    }
    with running(services, records=records) as url:
        yield url


def exchanged(url: str, request: bytes) -> tuple[int, dict[str, str], bytes]:
    parts = urlsplit(url)
    with socket.create_connection(
        (parts.hostname, parts.port), timeout=30
    ) as connection:
        connection.sendall(
            request.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n", 1)
        )
        raw = b"".join(iter(lambda: connection.recv(65536), b""))
    head, _, body = raw.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    headers = {
        k.lower(): v.strip() for k, _, v in (line.partition(":") for line in lines)
    }
    return int(first.split()[1]), headers, body


def exactly(body: bytes) -> object:
    """The document with its numbers as they are spelled."""
    return json.loads(body.decode(), parse_int=str, parse_float=str)


@pytest.mark.parametrize("name", EXCHANGES)
def test_exchange(given, name):
    request, status, media, body = EXCHANGES[name]
    got, headers, sent = exchanged(given, request.encode())
    assert (got, exactly(sent)) == (status, exactly(body.encode()))
    # Nothing but the order of members is free.
    assert len(sent) == len(body.encode())
    assert headers["content-type"] == media
    assert int(headers["content-length"]) == len(body.encode())
    assert re.fullmatch(r"[0-9a-f-]{36}", headers["x-amzn-requestid"])


def test_the_code_of_a_rest_error_is_in_a_header(given):
    request = EXCHANGES["an unknown job"][0].encode()
    assert (
        exchanged(given, request)[1]["x-amzn-errortype"] == "ResourceNotFoundException"
    )
    request = EXCHANGES["a wrong method"][0].encode()
    headers = exchanged(given, request)[1]
    assert headers["x-amzn-errortype"] == "UnknownOperationException"
    assert headers["allow"] == "GET"


@pytest.mark.parametrize("identifier", ["beta%2B1", "abcdefghijk1", JOBS[1]["jobArn"]])
def test_a_record_is_found_by_name_by_arn_and_by_the_end_of_its_arn(given, identifier):
    label = identifier.replace(":", "%3A").replace("/", "%2F")
    request = f"GET /model-import-jobs/{label} HTTP/1.1\r\nHost: x\r\n\r\n"
    status, _, body = exchanged(given, request.encode())
    job = json.loads(body)
    assert status == 200
    assert {
        name: job[name] for name in ("jobArn", "jobName", "status", "creationTime")
    } == (json.loads(BETA))
    assert "endTime" not in job


def test_an_unescaped_slash_does_not_belong_to_a_label(given):
    arn = JOBS[1]["jobArn"]
    request = f"GET /model-import-jobs/{arn} HTTP/1.1\r\nHost: x\r\n\r\n"
    assert exchanged(given, request.encode())[0] == 404


def test_pages_of_one(given):
    target, names = "/model-import-jobs?maxResults=1", []
    token: str | None = ""
    while token is not None:
        more = f"&nextToken={token}" if token else ""
        request = f"GET {target}{more} HTTP/1.1\r\nHost: x\r\n\r\n"
        page = json.loads(exchanged(given, request.encode())[2])
        names += [job["jobName"] for job in page["modelImportJobSummaries"]]
        token = page.get("nextToken")
    assert names == ["alpha", "beta+1", "alpine"]


def test_a_body_may_be_announced(given):
    request = EXCHANGES["sorted by status, backwards"][0]
    head, body = request.split("\r\n\r\n")
    parts = urlsplit(given)
    with socket.create_connection(
        (parts.hostname, parts.port), timeout=30
    ) as connection:
        connection.sendall(f"{head}\r\nExpect: 100-continue\r\n\r\n".encode())
        assert connection.recv(1000) == b"HTTP/1.1 100 Continue\r\n\r\n"
        connection.sendall(body.encode())
        assert connection.recv(65536).startswith(b"HTTP/1.1 200 ")


def test_a_target_may_carry_the_host(given):
    request = "GET http://x/model-invocation-jobs?a=1 HTTP/1.1\r\nHost: x\r\n\r\n"
    assert exchanged(given, request.encode())[0] == 200


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ("Content-Encoding: gzip\r\nContent-Length: 4", "nope"),
        ("Transfer-Encoding: chunked", "zz\r\nnope\r\n0\r\n\r\n"),
    ],
)
def test_a_body_that_cannot_be_decoded(given, headers, body):
    request = (
        f"POST / HTTP/1.1\r\n{SAGEMAKER}ListProcessingJobs\r\n{headers}\r\n\r\n{body}"
    )
    assert exchanged(given, request.encode())[0] == 400


def test_a_body_that_is_too_large(given):
    size = 9 * 1024 * 1024
    head = f"POST / HTTP/1.1\r\n{SAGEMAKER}ListProcessingJobs\r\nContent-Length: {size}\r\n\r\n"
    parts = urlsplit(given)
    with socket.create_connection(
        (parts.hostname, parts.port), timeout=30
    ) as connection:
        connection.sendall(head.encode() + b" " * (size - 1))
        raw = connection.recv(65536)
    assert raw.startswith(b"HTTP/1.1 413 ")
    assert b'"__type":"RequestEntityTooLargeException"' in raw


@pytest.mark.parametrize("zone", ["-03:30", "+00:00"])
def test_offsets_are_refused(given, zone):
    query = f"creationTimeAfter=2024-05-01T12:00:00{zone}".replace("+", "%2B")
    request = f"GET /model-import-jobs?{query} HTTP/1.1\r\nHost: x\r\n\r\n"
    assert exchanged(given, request.encode())[0] == 400
