"""Edges of the surface that are easy to lose: options of views, bounds, metadata, labels."""

from __future__ import annotations

import copy
import pickle
import warnings
from collections.abc import Mapping

import pytest
from generated.bedrock import (
    BedrockClient,
    ConfigurationError,
    ConstraintWarning,
    Credentials,
    GetModelImportJobRequest,
    HttpRequest,
    HttpResponse,
    ListModelImportJobsRequest,
    ListModelImportJobsResponse,
    ValidationError,
    errors,
)
from generated.sagemaker import ListProcessingJobsRequest

PAGE = b'{"nextToken": "t%d", "modelImportJobSummaries": [{}, {}]}'


class Answers:
    """A transport that answers with numbered pages, or with one status."""

    def __init__(self, status: int = 200) -> None:
        self.status = status
        self.sent: list[HttpRequest] = []

    def send(
        self, request: HttpRequest, *, timeout: object, stream: bool = False
    ) -> HttpResponse:
        self.sent.append(request)
        return HttpResponse(self.status, {}, PAGE % len(self.sent))

    def close(self) -> None:
        pass


def client(transport: Answers | None = None, **options: object) -> BedrockClient:
    usual: dict[str, object] = {
        "region": "us-east-1",
        "credentials": Credentials("AKIDEXAMPLE", "not-a-secret"),
        "transport": transport or Answers(),
    }
    return BedrockClient(**{**usual, **options})  # type: ignore[arg-type]


def test_an_error_tells_how_many_attempts_were_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)
    with pytest.raises(errors.BedrockError) as caught:
        client(Answers(503)).list_model_import_jobs()
    assert caught.value.response_metadata is not None
    assert caught.value.response_metadata.attempts == 3


def test_copies_keep_how_a_response_came() -> None:
    answer = HttpResponse(200, {"x-amzn-requestid": "abc"}, b"{}")
    page = client().parse(ListModelImportJobsRequest(), answer)
    for twin in (
        copy.copy(page),
        copy.deepcopy(page),
        pickle.loads(pickle.dumps(page)),
        page.replace(next_token="x"),
    ):
        assert twin.response_metadata.request_id == "abc"
    assert ListModelImportJobsResponse() == page


@pytest.mark.parametrize(("bound", "pages"), [(0, 0), (1, 1), (2, 1), (3, 2), (5, 3)])
def test_a_bound_on_items_bounds_the_pages_that_are_fetched(
    bound: int, pages: int
) -> None:
    transport = Answers()
    walk = client(transport).paginate(ListModelImportJobsRequest(), max_items=bound)
    seen = walk.pages()
    assert len(list(seen)) == pages == len(transport.sent)
    assert seen.next_request is not None
    assert len(list(walk)) == bound


def test_a_view_changes_the_kinds_that_it_names_only() -> None:
    lenient = client(validation="off")
    view = lenient.with_options(validation={"pattern": "strict"})
    view.prepare(ListModelImportJobsRequest(max_results=5000))
    with pytest.raises(ValidationError) as caught:
        view.prepare(ListModelImportJobsRequest(name_contains="!"))
    assert [v.kind for v in caught.value.violations] == ["pattern"]


def test_a_view_may_wait_for_ever_and_times_are_checked() -> None:
    seen: list[object] = []

    class Noting(Answers):
        def send(
            self, request: HttpRequest, *, timeout: object, stream: bool = False
        ) -> HttpResponse:
            seen.append(timeout)
            return super().send(request, timeout=timeout)

    base = client(Noting(), timeout=5)
    base.list_model_import_jobs()
    base.with_options(timeout=None).list_model_import_jobs()
    base.with_options(retries=0).list_model_import_jobs()
    assert seen == [5, None, 5]
    for wrong in (0, -1, float("nan")):
        with pytest.raises(ValueError, match="timeout"):
            client(timeout=wrong)


def test_what_is_off_is_not_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    from generated._runtime import patterns

    def matches(pattern: object, value: str) -> bool:
        raise AssertionError("a pattern was matched")

    monkeypatch.setattr(patterns.Pattern, "matches", matches)
    request = ListModelImportJobsRequest(name_contains="!")
    client(validation={"pattern": "off"}).prepare(request)
    with pytest.raises(AssertionError):
        client().prepare(request)


def test_a_warning_points_at_the_code_that_called() -> None:
    lenient = client(validation="warn")
    request = ListModelImportJobsRequest(max_results=5000)
    for call in (
        lambda: lenient.prepare(request),
        lambda: lenient.send(request),
        lambda: lenient.list_model_import_jobs(max_results=5000),
        lambda: next(iter(lenient.paginate(request))),
    ):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            call()
        assert {w.filename for w in caught} == {__file__}
        assert {w.category for w in caught} == {ConstraintWarning}


def test_a_client_parses_answers_to_its_own_requests_only() -> None:
    with pytest.raises(TypeError, match="sagemaker"):
        client().parse(ListProcessingJobsRequest(), HttpResponse(200, {}, b"{}"))


@pytest.mark.parametrize("label", [".", ".."])
def test_a_label_is_no_step_in_a_path(label: str) -> None:
    with pytest.raises(ValidationError) as caught:
        client(validation="off").prepare(GetModelImportJobRequest(job_identifier=label))
    assert [(v.pointer, v.kind) for v in caught.value.violations] == [
        ("/jobIdentifier", "label")
    ]


@pytest.mark.parametrize("values", [None, [], 1, "x"])
def test_values_come_from_mappings(values: Mapping[str, object]) -> None:
    with pytest.raises(TypeError, match="ListModelImportJobsRequest"):
        ListModelImportJobsRequest.from_dict(values)


@pytest.mark.parametrize(
    "url", ["http://h/#f", "http://h?x", "http://h\\@evil", "ftp://h", "http://h:0", ""]
)
def test_an_endpoint_is_checked_at_once(url: str) -> None:
    with pytest.raises(ConfigurationError, match="endpoint_url"):
        client(endpoint_url=url)


def test_unknown_codes_and_names_of_other_things_are_the_base_error() -> None:
    for code in ("Nope", "BedrockError", "structure", "__name__", "ServiceError", ""):
        answer = HttpResponse(400, {"x-amzn-errortype": code}, b"{}")
        with pytest.raises(errors.BedrockError) as caught:
            client().parse(ListModelImportJobsRequest(), answer)
        assert type(caught.value) is errors.BedrockError
