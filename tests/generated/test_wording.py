"""Violations in Smithy's words, for requests and answers written by hand."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from generated.bedrock import ListModelImportJobsRequest, ListModelImportJobsResponse
from generated.sagemaker import ListCompilationJobsRequest
from tests.generated.strategies import full_sample
from tests.generated.support import BY_NAME, changed

from generated import bedrock, sagemaker

NAME = r"[a-zA-Z0-9](-*[a-zA-Z0-9\+\-\.])*"
JOB = BY_NAME["GetModelImportJob"]


def of_imports(**values: Any) -> ListModelImportJobsRequest:
    return ListModelImportJobsRequest.from_dict(values)


def of_job(steps: tuple[str | int, ...], value: object) -> Any:
    valid = full_sample(JOB.service, JOB.operation.output)
    return JOB.response.from_dict(changed(valid, steps, value))


@pytest.mark.parametrize(
    ("value", "kind", "limit", "message"),
    [
        (
            of_imports(nameContains="x" * 64),
            "length",
            (1, 63),
            (
                "Value with length 64 at '/nameContains' failed to satisfy constraint: "
                "Member must have length between 1 and 63, inclusive"
            ),
        ),
        (
            of_imports(nextToken=""),
            "length",
            (1, 2048),
            (
                "Value with length 0 at '/nextToken' failed to satisfy constraint: "
                "Member must have length between 1 and 2048, inclusive"
            ),
        ),
        (
            of_imports(maxResults=0),
            "range",
            (1, 1000),
            (
                "Value at '/maxResults' failed to satisfy constraint: "
                "Member must be between 1 and 1000, inclusive"
            ),
        ),
        (
            of_imports(nameContains="-a"),
            "pattern",
            NAME,
            (
                "Value at '/nameContains' failed to satisfy constraint: "
                f"Member must satisfy regular expression pattern: {NAME}"
            ),
        ),
        (
            of_imports(sortOrder="Sideways"),
            "enum",
            ("Ascending", "Descending"),
            (
                "Value at '/sortOrder' failed to satisfy constraint: "
                "Member must satisfy enum value set: [Ascending, Descending]"
            ),
        ),
        (
            JOB.request.from_dict({}),
            "required",
            "required",
            (
                "Value at '/jobIdentifier' failed to satisfy constraint: "
                "Member must not be null"
            ),
        ),
        (
            of_job(("vpcConfig", "subnetIds"), ["a", None]),
            "required",
            "required",
            (
                "Value at '/vpcConfig/subnetIds/1' failed to satisfy constraint: "
                "Member must not be null"
            ),
        ),
        (
            of_job(("vpcConfig", "securityGroupIds"), ["a"] * 6),
            "length",
            (1, 5),
            (
                "Value with length 6 at '/vpcConfig/securityGroupIds' failed to satisfy "
                "constraint: Member must have length between 1 and 5, inclusive"
            ),
        ),
        (
            of_job(("modelDataSource",), {}),
            "union",
            ("s3DataSource",),
            (
                "Value at '/modelDataSource' failed to satisfy constraint: "
                "Member must have exactly one of its members set: [s3DataSource]"
            ),
        ),
        (
            of_imports(maxResults="5"),
            "type",
            "a whole number of 32 bits",
            (
                "Value at '/maxResults' failed to satisfy constraint: "
                "Member must be a whole number of 32 bits"
            ),
        ),
        (
            of_imports(nameContains=["a"]),
            "type",
            "a string",
            (
                "Value at '/nameContains' failed to satisfy constraint: "
                "Member must be a string"
            ),
        ),
        (
            of_imports(nextToken="a\ud800"),
            "type",
            "a string without lone surrogates",
            (
                "Value at '/nextToken' failed to satisfy constraint: "
                "Member must be a string without lone surrogates"
            ),
        ),
        (
            of_imports(creationTimeAfter=datetime(2026, 1, 1)),
            "type",
            "a datetime with a time zone, such as datetime.now(timezone.utc)",
            (
                "Value at '/creationTimeAfter' failed to satisfy constraint: Member must be a "
                "datetime with a time zone, such as datetime.now(timezone.utc)"
            ),
        ),
    ],
)
def test_one_violation(value: Any, kind: str, limit: object, message: str) -> None:
    (violation,) = value.violations()
    assert (violation.kind, violation.limit) == (kind, limit)
    assert violation.message == message
    assert f"'{violation.pointer}'" in message
    assert str(violation) == f"{message} (source: {violation.source})"
    with pytest.raises(ValueError, match="1 validation error detected") as caught:
        value.validate()
    assert str(caught.value) == f"1 validation error detected. {message}"


def test_a_range_that_is_open_above() -> None:
    case = BY_NAME["ListModelInvocationJobs"]
    valid = full_sample(case.service, case.operation.output)
    steps = ("invocationJobSummaries", 0, "totalRecordCount")
    (violation,) = case.response.from_dict(changed(valid, steps, -1)).violations()
    assert violation.limit == (0, None)
    assert violation.message == (
        "Value at '/invocationJobSummaries/0/totalRecordCount' failed to satisfy "
        "constraint: Member must be greater than or equal to 0"
    )


def test_an_empty_label_is_told_beside_its_pattern() -> None:
    found = bedrock.GetModelImportJobRequest(job_identifier="").violations()
    assert [(v.pointer, v.kind, v.limit) for v in found[:1]] == [
        ("/jobIdentifier", "label", "not empty")
    ]
    assert found[0].message == (
        "Value at '/jobIdentifier' failed to satisfy constraint: Member must not be empty"
    )
    assert [v.kind for v in found[1:]] == ["pattern"]


def test_all_violations_come_at_once() -> None:
    request = of_imports(sortBy="Name", maxResults=1001, nameContains="", nextToken=" ")
    assert [(v.pointer, v.kind) for v in request.violations()] == [
        ("/nameContains", "length"),
        ("/nameContains", "pattern"),
        ("/maxResults", "range"),
        ("/nextToken", "pattern"),
        ("/sortBy", "enum"),
    ]
    with pytest.raises(bedrock.ValidationError) as caught:
        request.validate()
    text = str(caught.value)
    assert text.startswith("5 validation errors detected. Value with length 0 at ")
    assert text.count("; ") == 4


def test_emoji_count_as_one() -> None:
    assert of_imports(nextToken="👍" * 2048).violations() == []
    (violation,) = of_imports(nextToken="👍" * 2049).violations()
    assert violation.message.startswith("Value with length 2049 at '/nextToken'")


def test_patterns_match_to_the_very_end() -> None:
    for text in ("job\n", "job ", "\njob", "jöb"):
        assert [v.kind for v in of_imports(nameContains=text).violations()] == [
            "pattern"
        ], text


def test_a_bool_is_no_number() -> None:
    for value in (True, False):
        (violation,) = of_imports(maxResults=value).violations()
        assert violation.kind == "type"


def test_an_unknown_value_may_be_sent_on_purpose() -> None:
    wanted = bedrock.UnknownValue("Paused")
    request = ListModelImportJobsRequest(status_equals=wanted)
    assert request.violations() == []
    assert (
        JOB.package.BedrockClient(endpoint_url="http://localhost", region="us-east-1")
        .prepare(request)
        .url.endswith("?statusEquals=Paused")
    )
    (violation,) = of_imports(statusEquals="Paused").violations()
    assert violation.kind == "enum"


def test_sensitive_values_stay_out_of_texts() -> None:
    case = BY_NAME["ListModelInvocationJobs"]
    valid = full_sample(case.service, case.operation.output)
    steps = ("invocationJobSummaries", 0, "message")
    secret = "s3cret" * 400
    response = case.response.from_dict(changed(valid, steps, secret))
    (violation,) = response.violations()
    (summary,) = response.invocation_job_summaries
    assert violation.kind == "length"
    with pytest.raises(bedrock.ValidationError) as caught:
        response.validate()
    for text in (repr(response), repr(summary), str(violation), repr(violation)):
        assert "s3cret" not in text
    assert "s3cret" not in str(caught.value) + repr(caught.value)
    assert "message=<sensitive>" in repr(summary)
    assert summary.message == secret


def test_no_value_is_ever_in_a_message() -> None:
    for value in ("private!" * 9, 987654321, ["private!"], b"private!"):
        for member in JOB.operation.input.members:
            request = JOB.request.from_dict({member.name: value})
            for violation in request.violations():
                assert "private!" not in repr(violation)
                assert "987654321" not in repr(violation)


HANGING = "0" + "-" * 30 + "!"


@pytest.mark.parametrize(
    ("request_", "pointer"),
    [
        (of_imports(nameContains=HANGING), "/nameContains"),
        (
            bedrock.ListModelInvocationJobsRequest(name_contains=HANGING),
            "/nameContains",
        ),
        (
            bedrock.GetModelImportJobRequest(job_identifier=HANGING),
            "/jobIdentifier",
        ),
        (
            bedrock.GetModelImportJobRequest(job_identifier="0" + "-" * 998 + "!"),
            "/jobIdentifier",
        ),
        (
            bedrock.GetModelImportJobRequest(job_identifier="0" + "-0" * 499 + "!"),
            "/jobIdentifier",
        ),
    ],
)
def test_no_input_hangs_a_validator(request_: Any, pointer: str) -> None:
    """``re`` takes from seconds to centuries for these."""
    with seconds_of_cpu(20):
        found = request_.violations()
    assert [(v.pointer, v.kind) for v in found] == [(pointer, "pattern")]


def test_long_matches_do_not_hang_either() -> None:
    for text in ("0" + "-" * 1009 + "0", "0-" * 505 + "0", "a" * 1011):
        request = bedrock.GetModelImportJobRequest(job_identifier=text)
        with seconds_of_cpu(20):
            assert request.violations() == []


@contextmanager
def seconds_of_cpu(limit: float) -> Iterator[None]:
    """Fails what takes longer, instead of hanging with it; generous, for slow machines."""

    def stop(*_: object) -> None:
        raise AssertionError("it takes too long")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, limit)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def test_a_response_is_checked_on_request_only() -> None:
    http = bedrock.HttpResponse(
        200, {}, b'{"modelImportJobSummaries": [{"jobName": "-"}]}'
    )
    client = JOB.client()
    response = client.parse(of_imports(), http)
    assert isinstance(response, ListModelImportJobsResponse)
    at = "/modelImportJobSummaries/0"
    assert [(v.pointer, v.kind) for v in response.violations()] == [
        (f"{at}/jobArn", "required"),
        (f"{at}/jobName", "pattern"),
        (f"{at}/status", "required"),
        (f"{at}/creationTime", "required"),
    ]


def test_violations_are_values() -> None:
    one, two = of_imports(maxResults=0), of_imports(maxResults=0)
    assert one.violations() == two.violations()
    assert one.violations() != of_imports(maxResults=0, nextToken="").violations()
    assert len({*one.violations(), *two.violations()}) == 1


def test_constraints_of_one_service_are_its_own() -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    request = ListCompilationJobsRequest(
        creation_time_after=moment, name_contains="", max_results=101, next_token=""
    )
    assert [(v.pointer, v.kind, v.limit) for v in request.violations()] == [
        ("/MaxResults", "range", (1, 100)),
        ("/NameContains", "pattern", r"[a-zA-Z0-9\-]+"),
    ]
    free = sagemaker.ListProcessingJobsRequest(name_contains="any thing, 👍")
    assert free.violations() == []
