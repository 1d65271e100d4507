"""Prepared requests equal botocore's, for two thousand random inputs of each operation."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import pytest
from generated._runtime.http import HttpRequest
from hypothesis import HealthCheck, given, settings
from tests.generated.botocore_side import Sent, compared, sent_by_botocore
from tests.generated.strategies import structures
from tests.generated.support import BY_NAME, CASES, ENDPOINT, Case, time_format

# Drawing texts from patterns is what takes the time here, and it is no fault of a test.
THOROUGH = settings(
    max_examples=2000,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)


def as_sent(request: HttpRequest) -> Sent:
    assert isinstance(request.body, bytes)
    headers = {name.lower(): value for name, value in request.headers.items()}
    return Sent(
        request.method,
        request.url,
        {n: v for n, v in headers.items() if compared(n)},
        request.body,
    )


@cache
def client_of(case: Case) -> Any:
    return case.client()


def assert_equal(case: Case, values: dict[str, Any]) -> None:
    """Everything is equal to the byte, but for the fractions of epoch seconds.

    botocore drops those: it writes whole seconds, rounded down. Ours is held against the
    moment itself, to the millisecond. botocore writes members in the order that it is given
    them, ours in the spec's whatever order they come in.
    """
    ours = as_sent(client_of(case).prepare(case.request.from_dict(values)))
    names = [member.name for member in case.operation.input.members]
    ordered = {name: values[name] for name in names if name in values}
    theirs = sent_by_botocore(case, ordered)
    fractions = {
        member.wire: values[member.name]
        for member in case.operation.input.members
        if isinstance(values.get(member.name), datetime)
        and values[member.name].microsecond
        and time_format(case.service, member) == "epoch-seconds"
    }
    if fractions:
        told, told_by_botocore = json.loads(ours.body), json.loads(theirs.body)
        for wire, moment in fractions.items():
            since = moment - datetime(1970, 1, 1, tzinfo=UTC)
            assert abs(told[wire] - since.total_seconds()) < 0.001
            assert told_by_botocore[wire] == since // timedelta(seconds=1)
            told[wire] = told_by_botocore[wire]
        ours = Sent(ours.method, ours.url, ours.headers, json.dumps(told).encode())
    assert ours == theirs


@pytest.mark.parametrize("case", CASES, ids=str)
def test_prepared_requests_equal_botocores(case: Case) -> None:
    checked = 0

    @THOROUGH
    @given(structures(case.service, case.operation.input))
    def check(values: dict[str, Any]) -> None:
        nonlocal checked
        assert_equal(case, values)
        checked += 1

    check()
    assert checked >= THOROUGH.max_examples


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("operation", "values", "target", "body"),
    [
        ("ListModelImportJobs", {}, "/model-import-jobs", b""),
        (
            "ListModelImportJobs",
            {
                "creationTimeAfter": moment("2026-01-31T02:03:04+02:00"),
                "creationTimeBefore": moment("2026-01-31T02:03:04.5Z"),
                "nextToken": "a/b+c=~\u00e9\U0001f44d&d",
            },
            (
                "/model-import-jobs?creationTimeAfter=2026-01-31T00%3A03%3A04Z"
                "&creationTimeBefore=2026-01-31T02%3A03%3A04.500000Z"
                "&nextToken=a%2Fb%2Bc%3D~%C3%A9%F0%9F%91%8D%26d"
            ),
            b"",
        ),
        (
            "GetModelImportJob",
            {
                "jobIdentifier": "arn:aws:bedrock:us-east-1:123456789012:"
                "model-import-job/abc123def456"
            },
            (
                "/model-import-jobs/arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3A"
                "model-import-job%2Fabc123def456"
            ),
            b"",
        ),
        ("ListProcessingJobs", {}, "/", b"{}"),
        (
            "ListProcessingJobs",
            {
                "CreationTimeAfter": moment("1970-01-01T01:00:10+01:00"),
                "CreationTimeBefore": moment("1970-01-01T00:00:10.25Z"),
                "NameContains": 'n"\u00e9',
                "MaxResults": 3,
            },
            "/",
            (
                b'{"CreationTimeAfter": 10, "CreationTimeBefore": 10.25, '
                b'"MaxResults": 3, "NameContains": "n\\"\\u00e9"}'
            ),
        ),
    ],
)
def test_requests_by_hand(
    operation: str, values: dict[str, Any], target: str, body: bytes
) -> None:
    """What botocore does is one thing; this is what the services document."""
    case = BY_NAME[operation]
    request = client_of(case).prepare(case.request.from_dict(values))
    assert request.url == ENDPOINT + target
    assert request.body == body
    rest = case.boto == "bedrock"
    assert request.method == ("GET" if rest else "POST")
    headers = {name.lower(): value for name, value in request.headers.items()}
    assert headers.pop("user-agent").startswith("specwright/")
    assert headers == (
        {}
        if rest
        else {
            "content-type": "application/x-amz-json-1.1",
            "x-amz-target": f"SageMaker.{operation}",
        }
    )
