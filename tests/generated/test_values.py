"""Requests, responses and errors as values: dicts and back, copies, pickles, comparison."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from generated.bedrock import (
    GetModelImportJobResponse,
    ListModelImportJobsRequest,
    ListModelImportJobsResponse,
    UnknownValue,
    errors,
)
from generated.bedrock.shapes import (
    ModelDataSource,
    ModelImportJobSummary,
    S3DataSource,
    VpcConfig,
)
from hypothesis import HealthCheck, given, settings, strategies as st
from tests.generated.answers import lenient
from tests.generated.strategies import full_sample, structures
from tests.generated.support import BY_NAME, CASES, Case

from generated import bedrock

MANY = settings(
    max_examples=60,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
COPIES: tuple[Callable[[Any], Any], ...] = (
    copy.copy,
    copy.deepcopy,
    *(
        lambda value, protocol=protocol: pickle.loads(pickle.dumps(value, protocol))
        for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1)
    ),
)
MOMENT = datetime(2026, 1, 31, tzinfo=UTC)


@pytest.mark.parametrize("side", ["input", "output"])
@pytest.mark.parametrize("case", CASES, ids=str)
def test_dicts_and_copies_are_faithful(case: Case, side: str) -> None:
    shape = getattr(case.operation, side)
    cls = case.request if side == "input" else case.response
    drawn = st.one_of(structures(case.service, shape), lenient(case.service, shape))

    @MANY
    @given(drawn, st.sampled_from(COPIES))
    def check(values: dict[str, Any], copied: Callable[[Any], Any]) -> None:
        value = cls.from_dict(values)
        assert value.to_dict() == values
        other = copied(value)
        assert other is not value
        assert type(other) is cls
        assert other == value
        assert other.to_dict() == values
        assert repr(other) == repr(value)

    check()


def config(**changes: Any) -> VpcConfig:
    return VpcConfig(**{"subnet_ids": ["a"], "security_group_ids": ["b"], **changes})


def test_values_compare_by_class_and_members() -> None:
    assert config() == config()
    assert config() != config(subnet_ids=["c"])
    assert config() != config().to_dict()
    assert ListModelImportJobsRequest() != bedrock.ListModelInvocationJobsRequest()
    assert ListModelImportJobsRequest() == ListModelImportJobsRequest(max_results=None)


def test_values_can_not_be_hashed() -> None:
    for value in (
        config(),
        ListModelImportJobsRequest(),
        ListModelImportJobsResponse(),
    ):
        with pytest.raises(TypeError, match="unhashable"):
            hash(value)


def test_values_show_what_is_set() -> None:
    assert repr(ListModelImportJobsRequest()) == "ListModelImportJobsRequest()"
    request = ListModelImportJobsRequest(max_results=5, status_equals=UnknownValue("X"))
    assert repr(request) == (
        "ListModelImportJobsRequest(status_equals=UnknownValue('X'), max_results=5)"
    )
    assert eval(repr(request), vars(bedrock) | dir_of(bedrock)) == request


def dir_of(package: Any) -> dict[str, object]:
    return {name: getattr(package, name) for name in package.__all__}


def test_a_copy_with_changes() -> None:
    request = ListModelImportJobsRequest(max_results=5, next_token="a")
    other = request.replace(next_token="b")
    assert (other.max_results, other.next_token) == (5, "b")
    assert request.next_token == "a"
    assert request.replace(next_token=None).to_dict() == {"maxResults": 5}
    with pytest.raises(TypeError, match="next_token"):
        request.replace(next_tokn="b")


def test_members_are_those_of_the_spec() -> None:
    with pytest.raises(TypeError, match="max_result"):
        ListModelImportJobsRequest(max_result=5)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="security_group_ids"):
        VpcConfig(subnet_ids=["a"])  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        ListModelImportJobsRequest(MOMENT)  # type: ignore[call-arg]
    with pytest.raises(AttributeError, match="max_result"):
        ListModelImportJobsRequest().max_result = 5  # type: ignore[attr-defined]
    with pytest.raises(ValueError, match=r"no member 'maxResult'.*'maxResults'"):
        ListModelImportJobsRequest.from_dict({"maxResult": 5})
    with pytest.raises(ValueError, match="no member 'subnets'"):
        GetModelImportJobResponse.from_dict({"vpcConfig": {"subnets": []}})


def test_a_required_member_may_be_unset_and_says_so() -> None:
    summary = ModelImportJobSummary.from_dict({"jobName": "a"})
    with pytest.raises(AttributeError) as caught:
        _ = summary.job_arn
    assert "job_arn" in str(caught.value)
    assert "'jobArn'" in str(caught.value)
    assert "specs/bedrock/operations/ListModelImportJobs.yaml" in str(caught.value)
    assert not hasattr(summary, "job_arn")
    assert summary.end_time is None
    assert repr(summary) == "ModelImportJobSummary(job_name='a')"
    assert summary.to_dict() == {"jobName": "a"}
    for copied in COPIES:
        assert copied(summary) == summary
        assert not hasattr(copied(summary), "job_arn")
    with pytest.raises(AttributeError, match="no attribute 'jobArn'"):
        _ = summary.jobArn  # type: ignore[attr-defined]


def test_none_for_a_required_member_is_the_same_as_nothing() -> None:
    assert VpcConfig.from_dict({"subnetIds": None}) == VpcConfig.from_dict({})
    assert not hasattr(VpcConfig.from_dict({"subnetIds": None}), "subnet_ids")


def test_unions() -> None:
    source = ModelDataSource(s3_data_source=S3DataSource(s3_uri="s3://abc/x"))
    assert (source.kind, source.unknown) == ("s3DataSource", {})
    assert source.value is source.s3_data_source
    assert source.to_dict() == {"s3DataSource": {"s3Uri": "s3://abc/x"}}
    assert source.violations() == []
    assert repr(source) == (
        "ModelDataSource(s3_data_source=S3DataSource(s3_uri='s3://abc/x'))"
    )
    with pytest.raises(TypeError):
        ModelDataSource()  # type: ignore[call-arg]
    for copied in COPIES:
        assert copied(source) == source


def test_unions_that_are_not_as_they_should_be() -> None:
    none = ModelDataSource.from_dict({})
    assert (none.kind, none.value) == (None, None)
    two = ModelDataSource.from_dict({"s3DataSource": {"s3Uri": "s3://abc/x"}, "new": 1})
    for wrong in (none, two):
        assert [(v.pointer, v.kind) for v in wrong.violations()] == [("", "union")]
        assert ModelDataSource.from_dict(wrong.to_dict()) == wrong
    new = ModelDataSource.from_dict({"new": {"any": [None, 1]}})
    assert new.violations() == []
    assert (new.kind, new.value) == ("new", {"any": [None, 1]})
    assert "any" not in repr(new)
    for copied in COPIES:
        assert copied(new) == new
        assert copied(new).unknown == {"new": {"any": [None, 1]}}
    assert new != ModelDataSource.from_dict({"new": 2})


def test_unknown_values_are_text() -> None:
    value = UnknownValue("Paused")
    assert value == "Paused"
    assert isinstance(value, str)
    assert repr(value) == "UnknownValue('Paused')"
    for copied in COPIES:
        assert type(copied(value)) is UnknownValue


def test_metadata_stands_outside_of_values() -> None:
    case = BY_NAME["ListModelImportJobs"]
    headers = {"x-amzn-requestid": "id-1", "X-Other": "a"}
    http = bedrock.HttpResponse(200, headers, b'{"nextToken": "a"}')
    response = case.client().parse(ListModelImportJobsRequest(), http)
    metadata = response.response_metadata
    assert (metadata.status, metadata.request_id, metadata.attempts) == (200, "id-1", 1)
    assert metadata.headers["x-other"] == "a"
    made = ListModelImportJobsResponse(next_token="a")
    assert response == made
    assert response.to_dict() == {"nextToken": "a"}
    assert repr(response) == repr(made)
    bare = made.response_metadata
    assert (bare.status, bare.request_id, bare.attempts) == (0, None, 0)
    assert bare is made.response_metadata


def error() -> errors.BedrockError:
    case = BY_NAME["ListModelImportJobs"]
    body = b'{"__type": "ValidationException", "message": "wrong"}'
    answer = bedrock.HttpResponse(400, {"x-amzn-requestid": "id-2"}, body)
    with pytest.raises(errors.ValidationException) as caught:
        case.client().parse(ListModelImportJobsRequest(), answer)
    return caught.value


def test_errors_survive_copies() -> None:
    for copied in COPIES:
        other = copied(error())
        assert type(other) is errors.ValidationException
        assert str(other) == str(error())
        assert (other.code, other.message, other.status, other.request_id) == (
            "ValidationException",
            "wrong",
            400,
            "id-2",
        )
        assert (other.fault, other.retryable) == ("client", False)
        assert other.to_dict() == {"message": "wrong"}
        assert other.response_metadata is not None
        assert other.response_metadata.status == 400


def test_other_exceptions_survive_copies() -> None:
    with pytest.raises(bedrock.ValidationError) as caught:
        ListModelImportJobsRequest(max_results=0).validate()
    lost = bedrock.TransportError("gone", retryable=False)
    unread = bedrock.ResponseError("what?", status=200, request_id="id-3")
    for copied in COPIES:
        other = copied(caught.value)
        assert other.violations == caught.value.violations
        assert str(other) == str(caught.value)
        assert str(copied(lost)) == "gone"
        assert copied(lost).retryable is False
        assert (copied(unread).status, copied(unread).request_id) == (200, "id-3")


def test_errors_made_by_hand() -> None:
    made = errors.ResourceNotFoundException("no job")
    assert (made.code, made.message, made.status) == (
        "ResourceNotFoundException",
        "no job",
        404,
    )
    from_dict = errors.ResourceNotFoundException.from_dict({"message": "no job"})
    assert from_dict.message == "no job"
    assert from_dict.to_dict() == {"message": "no job"}
    assert issubclass(errors.InternalServerException, errors.BedrockError)
    assert issubclass(errors.BedrockError, bedrock.ServiceError)
    assert issubclass(bedrock.ServiceError, bedrock.SpecwrightError)
    assert errors.InternalServerException.fault == "server"


def test_full_values_have_every_member() -> None:
    for case in CASES:
        output = full_sample(case.service, case.operation.output)
        assert case.response.from_dict(output).to_dict() == output
        assert len(output) == len(case.operation.output.members)
