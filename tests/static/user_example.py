"""What a user writes: strictly typed without a cast, an ignore or an Any."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from generated.bedrock import (
    AsyncBedrockClient,
    BedrockClient,
    ConfigurationError,
    Credentials,
    GetModelImportJobRequest,
    GetModelImportJobResponse,
    HttpRequest,
    HttpResponse,
    ListModelImportJobsRequest,
    ListModelInvocationJobsRequest,
    TransportError,
    UnknownValue,
    ValidationError,
    errors,
)
from generated.bedrock.shapes import (
    ModelDataSource,
    ModelImportJobStatus,
    ModelImportJobSummary,
    S3DataSource,
    VpcConfig,
)
from generated.sagemaker import ListProcessingJobsRequest, SageMakerClient

KEYS = Credentials("id", "secret")


def unfinished(client: BedrockClient, since: datetime) -> list[str]:
    """Names of the import jobs that still run."""
    page = client.list_model_import_jobs(
        status_equals="InProgress", creation_time_after=since, max_results=50
    )
    names = [job.job_name for job in page.model_import_job_summaries or []]
    if page.next_token is not None:
        rest = client.list_model_import_jobs(next_token=page.next_token)
        names += [job.job_name for job in rest.model_import_job_summaries or []]
    return names


def all_pages(client: BedrockClient) -> int:
    """Walk through pages, and go on elsewhere from where the first walk stopped."""
    pages = client.paginate(ListModelImportJobsRequest(max_results=5)).pages()
    count = len(next(pages).model_import_job_summaries or [])
    if pages.next_request is not None:
        for job in client.paginate(pages.next_request, max_items=100):
            count += len(job.job_arn)
    return count


def describe(client: BedrockClient, name: str) -> str:
    """One job, or what went wrong."""
    try:
        job = client.get_model_import_job(job_identifier=name)
    except errors.ResourceNotFoundException as missing:
        return f"{missing.message} ({missing.status}, {missing.request_id})"
    except errors.BedrockError as failed:
        return failed.code if failed.retryable else failed.fault
    except ValidationError as broken:
        return "; ".join(f"{v.pointer}: {v.kind}" for v in broken.violations)
    except (TransportError, ConfigurationError) as problem:
        return str(problem)
    return f"{state(job)}, {where(job.model_data_source)}, {job.response_metadata.attempts}"


def state(job: GetModelImportJobResponse) -> str:
    """What an enum says; values that the spec doesn't know arrive too."""
    status: ModelImportJobStatus | None = job.status
    if status == "Failed":
        return job.failure_message or "failed"
    return "new" if isinstance(status, UnknownValue) else status or "unknown"


def where(source: ModelDataSource | None) -> str:
    """The member of a union that is set."""
    if source is None:
        return "nowhere"
    if source.s3_data_source is not None:
        return source.s3_data_source.s3_uri
    return source.kind or "nothing"


def by_hand() -> GetModelImportJobResponse:
    """Values are made as they are read: with keywords, or from a dict."""
    made = GetModelImportJobResponse(
        job_name="job",
        status="Completed",
        model_data_source=ModelDataSource(s3_data_source=S3DataSource(s3_uri="s3://a")),
        vpc_config=VpcConfig(subnet_ids=("a",), security_group_ids=["b"]),
        end_time=datetime.now(UTC) - timedelta(hours=1),
    )
    again = GetModelImportJobResponse.from_dict(made.to_dict())
    return again.replace(status=UnknownValue("Paused"))


def without_network(client: BedrockClient) -> tuple[HttpRequest, int]:
    """Requests and responses are values: prepared, signed and read without a connection."""
    request = GetModelImportJobRequest(job_identifier="job")
    signed = client.sign(client.prepare(request))
    answer = client.parse(request, HttpResponse(200, {}, b"{}"))
    return signed, len(request.violations()) + answer.response_metadata.status


async def counted(client: AsyncBedrockClient) -> int:
    """The same, awaited."""
    summary: ModelImportJobSummary
    count = 0
    async for summary in client.paginate(ListModelImportJobsRequest()):
        count += summary.job_name.startswith("a")
    async for page in client.paginate(ListModelInvocationJobsRequest()).pages():
        count += len(page.invocation_job_summaries or [])
    response = await client.list_model_import_jobs(sort_order="Ascending")
    return count + len(response.model_import_job_summaries or [])


async def main() -> None:
    """Both kinds of client, of both services."""
    with BedrockClient(region="us-east-1", credentials=KEYS) as client:
        quick = client.with_options(
            timeout=2, retries=0, validation={"pattern": "warn"}
        )
        print(unfinished(quick, datetime.now(UTC)), all_pages(client))
        print(describe(client, "job"), by_hand(), without_network(client))
    async with AsyncBedrockClient(
        region="us-east-1", credentials=lambda: KEYS
    ) as other:
        print(await counted(other))
    sagemaker = SageMakerClient(region="us-east-1", retries=2)
    for job in sagemaker.paginate(ListProcessingJobsRequest(status_equals="Failed")):
        print(job.processing_job_name, job.creation_time.isoformat())
    print(sorted(sagemaker.operations), sagemaker.operations["ListProcessingJobs"].http)
    sagemaker.close()


if __name__ == "__main__":
    asyncio.run(main())
