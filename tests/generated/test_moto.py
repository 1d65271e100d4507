"""Our SageMaker clients against moto's server, with jobs that boto3 created there."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from generated.sagemaker import (
    AsyncSageMakerClient,
    Credentials,
    ListCompilationJobsRequest,
    ListProcessingJobsRequest,
    SageMakerClient,
)
from tests.generated.boto import boto_client
from tests.moto_server import moto_url

ROLE = "arn:aws:iam::123456789012:role/Role"
NAMES = [f"job-{number}" for number in range(7)]
# moto's libraries warn of things that are theirs to mend.
pytestmark = pytest.mark.filterwarnings("default")


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """A moto server with seven jobs of each kind."""
    with moto_url() as base:
        client = boto_client("sagemaker", base)
        for name in NAMES:
            create(client, name)
        yield base


def create(client: Any, name: str) -> None:
    """One processing job and one compilation job."""
    client.create_processing_job(
        ProcessingJobName=name,
        RoleArn=ROLE,
        AppSpecification={"ImageUri": "image"},
        ProcessingResources={
            "ClusterConfig": {
                "InstanceCount": 1,
                "InstanceType": "ml.m5.large",
                "VolumeSizeInGB": 1,
            }
        },
    )
    client.create_compilation_job(
        CompilationJobName=name,
        RoleArn=ROLE,
        InputConfig={
            "S3Uri": "s3://b/m",
            "DataInputConfig": "{}",
            "Framework": "XGBOOST",
        },
        OutputConfig={"S3OutputLocation": "s3://b/o", "TargetDevice": "ml_m5"},
        StoppingCondition={"MaxRuntimeInSeconds": 900},
    )


OPTIONS: dict[str, Any] = {
    "region": "us-east-1",
    "credentials": Credentials("AKIDEXAMPLE", "secret"),
}


def test_processing_jobs(url: str) -> None:
    expected = boto_client("sagemaker", url).list_processing_jobs()
    with SageMakerClient(endpoint_url=url, **OPTIONS) as client:
        response = client.list_processing_jobs()
        assert [job.to_dict() for job in response.processing_job_summaries] == expected[
            "ProcessingJobSummaries"
        ]
        request = ListProcessingJobsRequest(max_results=3)
        pages = list(client.paginate(request).pages())
        items = list(client.paginate(request))
    assert [len(page.processing_job_summaries) for page in pages] == [3, 3, 1]
    assert sorted(job.processing_job_name for job in items) == NAMES
    for job in items:
        assert job.creation_time.tzinfo is not None
        assert job.processing_job_arn.endswith(
            f"processing-job/{job.processing_job_name}"
        )
    assert response.response_metadata.status == 200


def test_compilation_jobs(url: str) -> None:
    expected = boto_client("sagemaker", url).list_compilation_jobs()
    with SageMakerClient(endpoint_url=url, **OPTIONS) as client:
        response = client.list_compilation_jobs()
        assert [
            job.to_dict() for job in response.compilation_job_summaries
        ] == expected["CompilationJobSummaries"]
        request = ListCompilationJobsRequest(max_results=2)
        pages = list(client.paginate(request).pages())
        resumed = client.paginate(request).pages()
        next(resumed)
        assert resumed.next_request is not None
        rest = list(client.paginate(resumed.next_request))
    assert [len(page.compilation_job_summaries) for page in pages] == [2, 2, 2, 1]
    assert len(rest) == 5
    found = [j.compilation_job_name for p in pages for j in p.compilation_job_summaries]
    assert sorted(found) == NAMES


def test_filters(url: str) -> None:
    now = datetime.now(UTC)
    hour = timedelta(hours=1)
    with SageMakerClient(endpoint_url=url, **OPTIONS) as client:

        def processing(**members: Any) -> list[str]:
            found = client.list_processing_jobs(**members).processing_job_summaries
            return sorted(job.processing_job_name for job in found)

        def compilation(**members: Any) -> list[str]:
            found = client.list_compilation_jobs(**members).compilation_job_summaries
            return sorted(job.compilation_job_name for job in found)

        for names in (processing, compilation):
            assert names(name_contains="job-3") == ["job-3"]
            assert names(creation_time_after=now - hour) == NAMES
            assert names(creation_time_after=now + hour) == []
            assert names(creation_time_before=now + hour) == NAMES
            assert names(creation_time_before=now - hour) == []
        status = client.list_processing_jobs().processing_job_summaries[0]
        assert processing(status_equals=status.processing_job_status) == NAMES
        assert processing(status_equals="Stopping") == []


def test_the_async_client(url: str) -> None:
    async def walk() -> tuple[list[str], list[str]]:
        async with AsyncSageMakerClient(endpoint_url=url, **OPTIONS) as client:
            processing = client.paginate(ListProcessingJobsRequest(max_results=2))
            compilation = client.paginate(ListCompilationJobsRequest(max_results=3))
            return (
                [job.processing_job_name async for job in processing],
                [job.compilation_job_name async for job in compilation],
            )

    processing, compilation = asyncio.run(walk())
    assert sorted(processing) == NAMES
    assert sorted(compilation) == NAMES
