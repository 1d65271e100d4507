"""Clients and the stand-in, which share no encoder: what one writes the other reads."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.request import Request as Call, urlopen

import pytest
from hypothesis import HealthCheck, given, settings
from tests.generated.boto import boto_client
from tests.generated.strategies import structures
from tests.generated.support import (
    BY_NAME,
    CASES,
    LISTS,
    Case,
    same,
    services,
    time_format,
    within_a_millisecond,
)

from specwright.server import running
from specwright.server.messages import Request
from specwright.server.protocols import rooms
from specwright.server.routes import chosen

MANY = settings(
    max_examples=200,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """A stand-in of both services."""
    with running(list(services().values()), seed=7) as base:
        yield base


def received(case: Case, http: Any) -> Request:
    """The stand-in's view of a message."""
    headers = {name.lower(): value for name, value in http.headers.items()}
    target = http.url.partition("://")[2].partition("/")[2]
    return Request(http.method, f"/{target}", headers, http.body)


def equal_moments(case: Case) -> Any:
    """Moments are equal; those in epoch seconds to the millisecond, since they are floats."""
    epoch = any(
        time_format(case.service, member) == "epoch-seconds"
        for member in case.operation.input.members
        if case.service.target(member).type == "timestamp"
    )

    def close(left: datetime, right: datetime) -> bool:
        return within_a_millisecond(left, right) if epoch else left == right

    return close


@pytest.mark.parametrize("case", CASES, ids=str)
def test_requests_arrive_as_they_were_made(case: Case) -> None:
    client, served = case.client(), list(services().values())
    close = equal_moments(case)

    @MANY
    @given(structures(case.service, case.operation.input))
    def check(values: dict[str, Any]) -> None:
        request = received(case, client.prepare(case.request.from_dict(values)))
        room = next(room for room in rooms(served) if room.claims(request))
        route = chosen(room.route(request), request)
        assert route.operation.name == case.operation_name
        assert same(room.parse(route, request), values, close)

    check()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_responses_arrive_as_they_were_made(case: Case) -> None:
    client, served = case.client(), list(services().values())
    members = {"jobIdentifier": "a"} if case.method.startswith("get") else {}
    request = case.request.from_dict(members)
    asked = received(case, client.prepare(request))
    room = next(room for room in rooms(served) if room.claims(asked))
    route = chosen(room.route(asked), asked)

    @MANY
    @given(structures(case.service, case.operation.output))
    def check(values: dict[str, Any]) -> None:
        answer = room.render(route, values, "id")
        http = case.package.HttpResponse(answer.status, answer.headers, answer.body)
        response = client.parse(request, http)
        # The stand-in writes milliseconds.
        assert same(response.to_dict(), values, within_a_millisecond)

    check()


def items_of(case: Case) -> str:
    assert case.operation.pagination is not None
    (items,) = case.operation.pagination.items
    return items


@pytest.mark.parametrize("case", LISTS, ids=str)
def test_walks_through_pages_find_what_boto3_finds(case: Case, url: str) -> None:
    paginator = boto_client(case.boto, url).get_paginator(case.method)
    pages = list(paginator.paginate(PaginationConfig={"PageSize": 7}))
    expected = [page[items_of(case)] for page in pages]
    assert [len(items) for items in expected] == [7, 7, 7, 4]
    request = case.request(max_results=7)
    with case.client(endpoint_url=url) as client:
        found = [page.to_dict() for page in client.paginate(request).pages()]
        items = [item.to_dict() for item in client.paginate(request)]
    assert [page[items_of(case)] for page in found] == expected
    assert items == [item for page in expected for item in page]

    async def walk() -> list[Any]:
        async with case.async_client(endpoint_url=url) as client:
            return [item.to_dict() async for item in client.paginate(request)]

    assert asyncio.run(walk()) == items


def test_every_job_is_what_boto3_sees(url: str) -> None:
    case = BY_NAME["GetModelImportJob"]
    theirs = boto_client("bedrock", url)
    summaries = theirs.list_model_import_jobs(maxResults=100)["modelImportJobSummaries"]
    arns = [summary["jobArn"] for summary in summaries]
    assert len(arns) == 25
    with case.client(endpoint_url=url) as client:
        found = [client.get_model_import_job(job_identifier=arn) for arn in arns]

    async def call() -> list[Any]:
        async with case.async_client(endpoint_url=url) as client:
            calls = (client.get_model_import_job(job_identifier=arn) for arn in arns)
            return list(await asyncio.gather(*calls))

    assert asyncio.run(call()) == found
    for response, arn in zip(found, arns, strict=True):
        expected = theirs.get_model_import_job(jobIdentifier=arn)
        metadata = expected.pop("ResponseMetadata")
        assert response.to_dict() == expected
        assert response.violations() == []
        assert response.response_metadata.status == metadata["HTTPStatusCode"] == 200
        assert response.response_metadata.request_id


@pytest.mark.parametrize("case", LISTS, ids=str)
def test_filters_mean_what_they_mean_to_boto3(case: Case, url: str) -> None:
    theirs = getattr(boto_client(case.boto, url), case.method)
    first = theirs()[items_of(case)][3]
    held = {name.lower(): value for name, value in first.items()}
    (status,) = (v for name, v in held.items() if name.endswith("status"))
    (name,) = (v for name, v in held.items() if name.endswith("jobname"))
    created = held["submittime" if "submittime" in held else "creationtime"]
    # Whole seconds, since botocore drops the fractions of epoch seconds.
    created = created.replace(microsecond=0)
    inputs = [m.name for m in case.operation.input.members]
    given = {
        "statusequals": status,
        "namecontains": name[:3],
        "creationtimeafter": created,
        "submittimeafter": created,
        "sortorder": "Descending",
    }
    tried = 0
    with case.client(endpoint_url=url) as client:
        for member in inputs:
            if member.lower() in given:
                values = {member: given[member.lower()]}
                ours = client.send(case.request.from_dict(values)).to_dict()
                expected = theirs(**values)
                del expected["ResponseMetadata"]
                tokens = {"nextToken", "NextToken"}
                assert {k: v for k, v in ours.items() if k not in tokens} == {
                    k: v for k, v in expected.items() if k not in tokens
                }
                tried += 1
    assert tried == 4


def queue(url: str, **fault: Any) -> None:
    """Ask for an error to come."""
    call = Call(f"{url}/_specwright/errors", json.dumps(fault).encode(), method="POST")
    with urlopen(call, timeout=30) as answer:
        assert answer.status == 200


@pytest.mark.parametrize("case", CASES, ids=str)
def test_modelled_errors(case: Case, url: str) -> None:
    members = {"jobIdentifier": "job"} if case.method.startswith("get") else {}
    request = case.request.from_dict(members)
    with case.client(endpoint_url=url, retries=0) as client:
        for name in case.operation.errors:
            queue(url, operation=case.operation_name, error=name, message="as asked")
            error = getattr(case.package.errors, name)
            with pytest.raises(error) as caught:
                client.send(request)
            assert (caught.value.code, caught.value.message) == (name, "as asked")
            assert caught.value.status == error.status
            assert caught.value.request_id


def test_a_job_that_nobody_has(url: str) -> None:
    case = BY_NAME["GetModelImportJob"]
    missing = case.package.errors.ResourceNotFoundException
    with case.client(endpoint_url=url) as client:
        with pytest.raises(missing) as caught:
            client.get_model_import_job(job_identifier="nobody")
        assert caught.value.status == 404

    async def call() -> None:
        async with case.async_client(endpoint_url=url) as client:
            with pytest.raises(missing):
                await client.get_model_import_job(job_identifier="nobody")

    asyncio.run(call())


def test_a_throttled_call_is_made_again(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    monkeypatch.setattr("time.sleep", waits.append)
    case = BY_NAME["ListModelImportJobs"]
    queue(url, operation=case.operation_name, error="ThrottlingException", times=2)
    with case.client(endpoint_url=url) as client:
        response = client.list_model_import_jobs()
    assert response.response_metadata.attempts == 3
    assert len(waits) == 2


def test_a_gateway_that_fails(url: str) -> None:
    case = BY_NAME["ListProcessingJobs"]
    queue(url, operation=case.operation_name, status=502, body="<html>Bad</html>")
    with (
        case.client(endpoint_url=url, retries=0) as client,
        pytest.raises(case.package.errors.SageMakerError) as caught,
    ):
        client.list_processing_jobs()
    assert (caught.value.status, caught.value.fault) == (502, "server")


def test_the_service_checks_what_the_client_does_not(url: str) -> None:
    """The words are the same: ours before sending, the service's after it."""
    for name in ("ListModelImportJobs", "ListProcessingJobs"):
        case = BY_NAME[name]
        request = case.request(max_results=0)
        with case.client(endpoint_url=url) as client:
            with pytest.raises(case.package.ValidationError) as ours:
                client.send(request)
            trusting = client.with_options(validation="off")
            with pytest.raises(case.package.ServiceError) as theirs:
                trusting.send(request)
        assert (theirs.value.code, theirs.value.status) == ("ValidationException", 400)
        assert theirs.value.message == str(ours.value)
    assert type(theirs.value).__name__ == "SageMakerError"
