"""Random answers are read as botocore reads them, and as they were written."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from tests.generated.answers import STYLES, Style, body_of, lenient, noisy, rounded
from tests.generated.botocore_side import parsed_by_botocore
from tests.generated.strategies import full_sample, structures
from tests.generated.support import (
    BY_NAME,
    CASES,
    MILLISECOND,
    Case,
    changed,
    same,
    within_a_millisecond,
)

from specwright.model import Service, Shape

MANY = settings(
    max_examples=150,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
HEADERS = {"x-amzn-requestid": "request-1", "content-type": "application/json"}


def parsed(case: Case, body: bytes) -> Any:
    request = case.request.from_dict({})
    return case.client().parse(request, case.package.HttpResponse(200, HEADERS, body))


def as_botocore_says(service: Service, shape: Shape, output: Any) -> Any:
    """Our output with what botocore puts in the place of unknown union members."""
    if shape.type == "list":
        assert shape.item is not None
        item = service.target(shape.item)
        return [as_botocore_says(service, item, value) for value in output]
    if shape.type not in ("structure", "union"):
        return output
    members = {m.name: m for m in shape.members}
    if shape.type == "union":
        (name,) = output
        if name not in members:
            return {"SDK_UNKNOWN_MEMBER": {"name": name}}
    return {
        name: as_botocore_says(service, service.target(members[name]), value)
        for name, value in output.items()
    }


def assert_read_alike(case: Case, output: dict[str, Any], body: bytes) -> None:
    response = parsed(case, body)
    ours = response.to_dict()
    assert same(ours, output, within_a_millisecond)
    theirs = parsed_by_botocore(case, 200, HEADERS, body)
    metadata = theirs.pop("ResponseMetadata")
    assert same(
        as_botocore_says(case.service, case.operation.output, ours),
        theirs,
        within_a_millisecond,
    )
    assert response.response_metadata.status == metadata["HTTPStatusCode"]
    assert response.response_metadata.request_id == metadata["RequestId"]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_valid_answers_are_read_as_botocore_reads_them(case: Case) -> None:
    service, shape = case.service, case.operation.output

    @MANY
    @given(structures(service, shape), st.sampled_from(STYLES))
    def check(output: dict[str, Any], style: Style) -> None:
        body = body_of(service, shape, output, style)
        assert_read_alike(case, output, body)
        assert parsed(case, body).violations() == []

    check()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_answers_beyond_the_spec_are_read_as_botocore_reads_them(case: Case) -> None:
    service, shape = case.service, case.operation.output

    @MANY
    @given(lenient(service, shape), st.sampled_from(STYLES), st.booleans())
    def check(output: dict[str, Any], style: Style, extra: bool) -> None:
        body = body_of(service, shape, output, style)
        assert_read_alike(case, output, noisy(body) if extra else body)

    check()


def job(**changes: Any) -> tuple[Case, dict[str, Any]]:
    case = BY_NAME["GetModelImportJob"]
    return case, {**full_sample(case.service, case.operation.output), **changes}


def test_every_member_is_read() -> None:
    for case in CASES:
        output = full_sample(case.service, case.operation.output)
        body = body_of(case.service, case.operation.output, output, rounded)
        assert_read_alike(case, output, body)


def test_values_that_the_spec_does_not_list_are_marked() -> None:
    case, output = job(status="Paused")
    body = body_of(case.service, case.operation.output, output, rounded)
    status = parsed(case, body).status
    assert status == "Paused"
    assert type(status) is case.package.UnknownValue
    case, output = job(status="Completed")
    body = body_of(case.service, case.operation.output, output, rounded)
    assert type(parsed(case, body).status) is str


def test_an_unknown_member_of_a_union_is_kept() -> None:
    case, output = job(modelDataSource={"gitDataSource": {"url": "x", "depth": 1}})
    body = body_of(case.service, case.operation.output, output, rounded)
    source = parsed(case, body).model_data_source
    assert source.kind == "gitDataSource"
    assert source.value == {"url": "x", "depth": 1}
    assert source.unknown == {"gitDataSource": {"url": "x", "depth": 1}}
    assert source.s3_data_source is None
    theirs = parsed_by_botocore(case, 200, HEADERS, body)
    assert theirs["modelDataSource"] == {
        "SDK_UNKNOWN_MEMBER": {"name": "gitDataSource"}
    }


def test_null_is_as_good_as_absent() -> None:
    case = BY_NAME["ListModelImportJobs"]
    body = b'{"nextToken": null, "modelImportJobSummaries": [{"jobArn": null}]}'
    assert_read_alike(case, {"modelImportJobSummaries": [{}]}, body)


@pytest.mark.parametrize("body", [b"", b"{}"])
def test_an_answer_may_be_empty(body: bytes) -> None:
    for case in CASES:
        assert_read_alike(case, {}, body)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"<html>", "Expecting value"),
        (b"[]", "expected an object"),
        (b'{"jobName": 5}', "expected text at '/jobName'"),
        (b'{"creationTime": "soon"}', "expected a timestamp at '/creationTime'"),
        (b'{"vpcConfig": {"subnetIds": "a"}}', "an array at '/vpcConfig/subnetIds'"),
        (b'{"vpcConfig": {"subnetIds": [1]}}', "text at '/vpcConfig/subnetIds/0'"),
        (b"\xff", "can't decode byte"),
        (b"[" * 100_000, "recursion"),
    ],
)
def test_an_unreadable_answer_says_where(body: bytes, told: str) -> None:
    case = BY_NAME["GetModelImportJob"]
    with pytest.raises(case.package.ResponseError) as caught:
        parsed(case, body)
    assert told in str(caught.value)
    assert caught.value.status == 200
    assert caught.value.request_id == "request-1"
    assert not isinstance(caught.value, case.package.ServiceError)


def test_changed_answers_are_noticed() -> None:
    """The comparison itself can tell two answers apart."""
    case, output = job()
    body = body_of(case.service, case.operation.output, output, rounded)
    with pytest.raises(AssertionError):
        assert_read_alike(case, changed(output, ("jobName",), "other"), body)
    late = changed(output, ("endTime",), output["endTime"] + 2 * MILLISECOND)
    with pytest.raises(AssertionError):
        assert_read_alike(case, late, body)
