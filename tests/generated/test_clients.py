"""The surface of clients: methods, operations, options, endpoints, clock and signature."""

from __future__ import annotations

import asyncio
import inspect
from datetime import UTC, datetime
from typing import Any

import pytest
from generated.bedrock import (
    AsyncBedrockClient,
    BedrockClient,
    ConfigurationError,
    Credentials,
    GetModelImportJobRequest,
    HttpRequest,
    HttpResponse,
    ListModelImportJobsRequest,
    Operation,
    errors,
)
from generated.sagemaker import ListProcessingJobsRequest, SageMakerClient
from tests.generated.support import BY_NAME, CASES, ENDPOINT, Case
from tests.generated.transports import AsyncScripted, Scripted, ok

NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)
KEYS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")
REGIONS = ("AWS_REGION", "AWS_DEFAULT_REGION")


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*KEYS, *REGIONS):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_method_sends_the_request_of_its_operation(case: Case) -> None:
    members: dict[str, Any] = (
        {"job_identifier": "job"}
        if case.method.startswith("get")
        else {"max_results": 5}
    )
    transport = Scripted([ok(), ok()])
    client = case.client(transport=transport)
    response = getattr(client, case.method)(**members)
    assert type(response) is case.response
    assert type(client.send(case.request(**members))) is case.response
    by_method, by_request = transport.requests
    assert (by_method.method, by_method.url) == (by_request.method, by_request.url)
    assert by_method.body == by_request.body

    async def call() -> Any:
        one = case.async_client(transport=AsyncScripted([ok()]))
        return await getattr(one, case.method)(**members)

    assert type(asyncio.run(call())) is case.response


@pytest.mark.parametrize("case", CASES, ids=str)
def test_methods_take_the_members_of_the_request(case: Case) -> None:
    wanted = inspect.signature(case.request).parameters
    for client in (case.client(), case.async_client()):
        found = inspect.signature(getattr(client, case.method)).parameters
        assert [(p.name, p.kind, p.default) for p in found.values()] == [
            (p.name, p.kind, p.default) for p in wanted.values()
        ]
        assert all(p.kind is p.KEYWORD_ONLY for p in found.values())
    assert case.operation.doc is not None
    docs = getattr(case.client(), case.method).__doc__
    assert " ".join(docs.split()).startswith(case.operation.doc)
    for error in case.operation.errors:
        assert error in docs


def test_operations_are_a_mapping() -> None:
    operations = BedrockClient.operations
    assert list(operations) == [
        "GetModelImportJob",
        "ListModelImportJobs",
        "ListModelInvocationJobs",
    ]
    assert len(operations) == 3
    assert AsyncBedrockClient.operations is operations
    assert "ListProcessingJobs" not in operations
    with pytest.raises(KeyError):
        operations["ListProcessingJobs"]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_an_operation_is_what_its_spec_says(case: Case) -> None:
    operation = type(case.client()).operations[case.operation_name]
    assert isinstance(operation, Operation)
    assert operation.name == case.operation_name
    assert (operation.request, operation.response) == (case.request, case.response)
    http = case.operation.http
    assert (operation.http.method, operation.http.path, operation.http.status) == (
        http.method,
        http.path,
        http.status,
    )
    assert tuple(error.__name__ for error in operation.errors) == case.operation.errors
    for error in operation.errors:
        trait = case.service.shapes[error.__name__].error
        assert trait is not None
        assert (error.status, error.fault) == (trait.status, trait.fault)
    expected = case.operation.pagination
    if expected is None:
        assert operation.pagination is None
    else:
        found = operation.pagination
        assert found is not None
        assert (found.input_token,) == expected.input_token
        assert (found.output_token,) == expected.output_token
        assert (found.items,) == expected.items
        assert found.limit == expected.limit


def test_errors_of_an_operation_can_be_caught_together() -> None:
    operation = BedrockClient.operations["GetModelImportJob"]
    with pytest.raises(operation.errors, match="gone"):
        raise errors.ResourceNotFoundException("gone")


def test_a_request_of_another_service_is_refused() -> None:
    bedrock = BY_NAME["GetModelImportJob"].client(transport=Scripted([]))
    message = (
        "ListProcessingJobsRequest is of generated.sagemaker, not of generated.bedrock"
    )
    for use in (bedrock.prepare, bedrock.send):
        with pytest.raises(TypeError, match=message):
            use(ListProcessingJobsRequest())


def test_views_share_connections_and_nothing_else() -> None:
    transport = Scripted([ok()] * 4)
    client = BY_NAME["ListModelImportJobs"].client(transport=transport, timeout=9)
    view = client.with_options(timeout=1.5)
    assert type(view) is BedrockClient
    view.list_model_import_jobs()
    client.list_model_import_jobs()
    view.with_options(retries=1).list_model_import_jobs()
    client.with_options(validation="off").list_model_import_jobs(max_results=0)
    assert transport.timeouts == [1.5, 9, 1.5, 9]


def test_clients_close_their_transport() -> None:
    case = BY_NAME["ListModelImportJobs"]
    transport = Scripted([])
    with case.client(transport=transport) as client:
        assert type(client) is BedrockClient
    assert transport.closed == 1
    awaited = AsyncScripted([])

    async def use() -> None:
        async with case.async_client(transport=awaited):
            assert awaited.closed == 0

    asyncio.run(use())
    assert awaited.closed == 1


@pytest.mark.parametrize(
    ("region", "bedrock", "sagemaker"),
    [
        (
            "us-east-1",
            "https://bedrock.us-east-1.amazonaws.com",
            "https://api.sagemaker.us-east-1.amazonaws.com",
        ),
        (
            "cn-north-1",
            "https://bedrock.cn-north-1.amazonaws.com.cn",
            "https://api.sagemaker.cn-north-1.amazonaws.com.cn",
        ),
    ],
)
def test_hosts(region: str, bedrock: str, sagemaker: str) -> None:
    assert BedrockClient(region=region).endpoint_url == bedrock
    assert SageMakerClient(region=region).endpoint_url == sagemaker
    http = SageMakerClient(region=region).prepare(ListProcessingJobsRequest())
    assert http.url == f"{sagemaker}/"


def test_an_endpoint_may_have_a_path() -> None:
    for url in ("https://gateway:8443/aws", "https://gateway:8443/aws/"):
        client = BedrockClient(region="us-east-1", endpoint_url=url)
        request = client.prepare(GetModelImportJobRequest(job_identifier="a"))
        assert request.url == "https://gateway:8443/aws/model-import-jobs/a"


@pytest.mark.parametrize(
    "url", ["localhost:80", "ftp://x", "https://", "https://x?a=b"]
)
def test_an_endpoint_that_is_none(url: str) -> None:
    with pytest.raises(ConfigurationError, match="endpoint_url "):
        BedrockClient(endpoint_url=url)


def test_region_and_credentials_are_asked_for_when_they_are_needed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    request = ListModelImportJobsRequest()
    with pytest.raises(ConfigurationError, match="no region: pass region="):
        BedrockClient().prepare(request)
    client = BedrockClient(endpoint_url=ENDPOINT)
    http = client.prepare(request)
    with pytest.raises(ConfigurationError, match="no credentials: pass credentials="):
        client.sign(http)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDENV")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    with pytest.raises(ConfigurationError, match="no region"):
        client.sign(http)
    monkeypatch.setenv("AWS_REGION", "eu-west-1")
    authorization = client.sign(http).headers["authorization"]
    assert "Credential=AKIDENV/" in authorization
    assert "/eu-west-1/bedrock/aws4_request" in authorization


def test_the_clock_dates_signatures() -> None:
    client = BedrockClient(
        region="us-east-1",
        credentials=Credentials("AKID", "secret", "token"),
        clock=lambda: NOW,
    )
    http = client.prepare(ListModelImportJobsRequest())
    signed = client.sign(http)
    assert signed == client.sign(http)
    assert signed.headers["x-amz-date"] == "20260131T120000Z"
    assert signed.headers["x-amz-security-token"] == "token"
    assert (
        "Credential=AKID/20260131/us-east-1/bedrock/" in signed.headers["authorization"]
    )
    assert "authorization" not in http.headers


def test_clients_can_be_told_how_to_make_idempotency_tokens() -> None:
    for make in (BedrockClient, AsyncBedrockClient):
        client = make(region="us-east-1", idempotency_token=lambda: "token")
        assert isinstance(client.prepare(ListModelImportJobsRequest()), HttpRequest)


def test_preparing_sends_nothing_and_is_repeatable() -> None:
    transport = Scripted([])
    client = BY_NAME["ListModelImportJobs"].client(transport=transport)
    request = ListModelImportJobsRequest(creation_time_after=NOW)
    assert client.prepare(request) == client.prepare(request)
    assert transport.requests == []


def test_parsing_needs_no_transport() -> None:
    client = BedrockClient()
    request = ListModelImportJobsRequest()
    response = client.parse(
        request, HttpResponse(200, {}, [b'{"next', b'Token": "a"}'])
    )
    assert response.next_token == "a"
    assert (
        AsyncBedrockClient().parse(request, HttpResponse(200, {}, b"")).to_dict() == {}
    )


def test_secrets_are_not_shown() -> None:
    credentials = Credentials("AKID", "s3cret", "t0ken")
    client = BedrockClient(region="us-east-1", credentials=credentials)
    request = ListModelImportJobsRequest(next_token="n3xt")
    signed = client.sign(client.prepare(request))
    for shown in (credentials, client, signed):
        for secret in ("s3cret", "t0ken", "n3xt"):
            assert secret not in repr(shown)
