"""The types of the public surface, asserted: checked by type checkers, never run."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import datetime
from typing import Literal, assert_type

from generated.bedrock import (
    AsyncBedrockClient,
    AsyncPages,
    AsyncPaginator,
    BedrockClient,
    GetModelImportJobRequest,
    GetModelImportJobResponse,
    HttpRequest,
    HttpResponse,
    ListModelImportJobsRequest,
    ListModelImportJobsResponse,
    ListModelInvocationJobsRequest,
    ListModelInvocationJobsResponse,
    Operation,
    Pages,
    Paginator,
    ResponseMetadata,
    UnknownValue,
    Violation,
    errors,
)
from generated.bedrock.shapes import (
    ModelDataSource,
    ModelImportJobSummary,
    ModelInvocationJobSummary,
    S3DataSource,
)
from generated.sagemaker import (
    ListCompilationJobsRequest,
    ListCompilationJobsResponse,
    SageMakerClient,
)
from generated.sagemaker.shapes import CompilationJobSummary


def sends(client: BedrockClient, sagemaker: SageMakerClient) -> None:
    get = GetModelImportJobRequest(job_identifier="a")
    listing = ListModelImportJobsRequest()
    assert_type(client.send(get), GetModelImportJobResponse)
    assert_type(client.send(listing), ListModelImportJobsResponse)
    assert_type(
        client.get_model_import_job(job_identifier="a"), GetModelImportJobResponse
    )
    assert_type(client.list_model_invocation_jobs(), ListModelInvocationJobsResponse)
    assert_type(
        sagemaker.send(ListCompilationJobsRequest()), ListCompilationJobsResponse
    )
    assert_type(client.prepare(get), HttpRequest)
    assert_type(client.sign(client.prepare(get)), HttpRequest)
    assert_type(
        client.parse(get, HttpResponse(200, {}, b"")), GetModelImportJobResponse
    )
    assert_type(client.with_options(timeout=1), BedrockClient)


def pages(client: BedrockClient, sagemaker: SageMakerClient) -> None:
    listing = ListModelImportJobsRequest()
    walk = client.paginate(listing)
    assert_type(walk, Paginator[ListModelImportJobsResponse, ModelImportJobSummary])
    assert_type(iter(walk), Iterator[ModelImportJobSummary])
    assert_type(walk.pages(), Pages[ListModelImportJobsResponse, ModelImportJobSummary])
    assert_type(next(walk.pages()), ListModelImportJobsResponse)
    for job in client.paginate(ListModelInvocationJobsRequest(), max_items=3):
        assert_type(job, ModelInvocationJobSummary)
    for page in walk.pages():
        assert_type(page, ListModelImportJobsResponse)
    for compiled in sagemaker.paginate(ListCompilationJobsRequest()):
        assert_type(compiled, CompilationJobSummary)
    following = walk.pages().next_request
    if following is not None:
        assert_type(client.send(following), ListModelImportJobsResponse)


async def awaited(client: AsyncBedrockClient) -> None:
    listing = ListModelImportJobsRequest()
    assert_type(await client.send(listing), ListModelImportJobsResponse)
    assert_type(await client.list_model_import_jobs(), ListModelImportJobsResponse)
    walk = client.paginate(listing)
    assert_type(
        walk, AsyncPaginator[ListModelImportJobsResponse, ModelImportJobSummary]
    )
    assert_type(aiter(walk), AsyncIterator[ModelImportJobSummary])
    assert_type(
        walk.pages(), AsyncPages[ListModelImportJobsResponse, ModelImportJobSummary]
    )
    async for job in walk:
        assert_type(job, ModelImportJobSummary)
    async for page in walk.pages():
        assert_type(page, ListModelImportJobsResponse)
    assert_type(client.with_options(retries=0), AsyncBedrockClient)


def members(summary: ModelImportJobSummary, source: ModelDataSource) -> None:
    assert_type(summary.job_arn, str)
    assert_type(summary.creation_time, datetime)
    assert_type(summary.last_modified_time, datetime | None)
    assert_type(summary.job_name, str)
    assert_type(source.s3_data_source, S3DataSource | None)
    assert_type(source.kind, str | None)
    assert_type(source.value, object)
    assert_type(source.unknown, dict[str, object])
    assert_type(summary.to_dict(), dict[str, object])
    assert_type(ModelImportJobSummary.from_dict({}), ModelImportJobSummary)
    assert_type(summary.replace(job_name="b"), ModelImportJobSummary)
    assert_type(summary.violations(), list[Violation])


def enums(request: ListModelImportJobsRequest, job: GetModelImportJobResponse) -> None:
    assert_type(
        request.sort_order, Literal["Ascending", "Descending"] | UnknownValue | None
    )
    if job.status is not None and not isinstance(job.status, UnknownValue):
        assert_type(job.status, Literal["InProgress", "Completed", "Failed"])


def answers(page: ListModelImportJobsResponse, failed: errors.BedrockError) -> None:
    assert_type(page.model_import_job_summaries, Sequence[ModelImportJobSummary] | None)
    assert_type(page.next_token, str | None)
    assert_type(page.response_metadata, ResponseMetadata)
    assert_type(page.response_metadata.request_id, str | None)
    assert_type(failed.code, str)
    assert_type(failed.message, str)
    assert_type(failed.status, int)
    assert_type(failed.fault, Literal["client", "server"])
    assert_type(failed.retryable, bool)
    assert_type(failed.request_id, str | None)


def operations(client: BedrockClient) -> None:
    operation = client.operations["GetModelImportJob"]
    assert_type(list(BedrockClient.operations), list[str])
    assert_type(operation.name, str)
    assert_type(operation.http.method, str)
    assert isinstance(operation, Operation)
    for error in operation.errors:
        assert_type(error.status, int)
    if operation.pagination is not None:
        assert_type(operation.pagination.items, str | None)
