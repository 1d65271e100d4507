"""What the demo calls: run with the folder that holds ``clients`` and the server's address.

The clients don't exist before the demo has generated them, so this file is run by itself.
"""

from __future__ import annotations

import asyncio
import sys

sys.path.insert(0, sys.argv[1])
URL = sys.argv[2]

from clients.bedrock import (  # noqa: E402
    AsyncBedrockClient,
    BedrockClient,
    Credentials,
    GetModelImportJobRequest,
    ListModelImportJobsRequest,
    ListModelInvocationJobsRequest,
    ValidationError,
    errors,
)
from clients.sagemaker import (  # noqa: E402
    AsyncSageMakerClient,
    ListCompilationJobsRequest,
    ListProcessingJobsRequest,
    SageMakerClient,
)

INVENTED = Credentials("AKIDEXAMPLE", "not-a-secret")


def with_sync_clients() -> None:
    """All five operations, pages, a refused request and a modelled error."""
    bedrock = BedrockClient(region="us-east-1", endpoint_url=URL, credentials=INVENTED)
    sagemaker = SageMakerClient(
        region="us-east-1", endpoint_url=URL, credentials=INVENTED
    )
    with bedrock, sagemaker:
        print("\n3. call the operations with the synchronous clients")
        page = bedrock.list_model_import_jobs(max_results=5)
        summaries = page.model_import_job_summaries or ()
        print(f"   ListModelImportJobs       {len(summaries)} jobs on the first page")
        job = bedrock.get_model_import_job(job_identifier=summaries[0].job_arn)
        print(f"   GetModelImportJob         {job.job_name}: {job.status}")
        invocations = bedrock.list_model_invocation_jobs(max_results=5)
        count = len(invocations.invocation_job_summaries or ())
        print(f"   ListModelInvocationJobs   {count} jobs on the first page")
        compilations = sagemaker.list_compilation_jobs(sort_by="CreationTime")
        first = compilations.compilation_job_summaries[0]
        print(f"   ListCompilationJobs       first created {first.creation_time:%F}")
        processing = sagemaker.list_processing_jobs(status_equals="Completed")
        count = len(processing.processing_job_summaries)
        print(f"   ListProcessingJobs        {count} completed jobs")

        print("\n4. walk through all pages")
        request = ListModelImportJobsRequest(max_results=4)
        pages = list(bedrock.paginate(request).pages())
        items = list(bedrock.paginate(request))
        print(f"   {len(items)} import jobs on {len(pages)} pages of 4 at most")

        print("\n5. a request that breaks its spec is not sent")
        try:
            bedrock.list_model_import_jobs(max_results=5000, name_contains="no spaces!")
        except ValidationError as error:
            for violation in error.violations:
                print(
                    f"   {violation.pointer:14} {violation.kind:8} {violation.message}"
                )

        print("\n6. an error of the service is a class with fields")
        try:
            bedrock.get_model_import_job(job_identifier="no-such-job")
        except errors.ResourceNotFoundException as error:
            print(f"   {type(error).__name__}: status {error.status}, {error.message}")


async def with_async_clients() -> None:
    """The same operations, awaited."""
    print("\n7. the same with the asynchronous clients")
    bedrock = AsyncBedrockClient(
        region="us-east-1", endpoint_url=URL, credentials=INVENTED
    )
    sagemaker = AsyncSageMakerClient(
        region="us-east-1", endpoint_url=URL, credentials=INVENTED
    )
    async with bedrock, sagemaker:
        imports, invocations, compilations, processing = await asyncio.gather(
            bedrock.send(ListModelImportJobsRequest(max_results=3)),
            bedrock.send(ListModelInvocationJobsRequest(max_results=3)),
            sagemaker.send(ListCompilationJobsRequest(max_results=3)),
            sagemaker.send(ListProcessingJobsRequest(max_results=3)),
        )
        first = (imports.model_import_job_summaries or ())[0]
        job = await bedrock.send(GetModelImportJobRequest(job_identifier=first.job_arn))
        print(f"   GetModelImportJob         {job.job_name}: {job.status}")
        for name, found in (
            ("ListModelImportJobs", imports.model_import_job_summaries),
            ("ListModelInvocationJobs", invocations.invocation_job_summaries),
            ("ListCompilationJobs", compilations.compilation_job_summaries),
            ("ListProcessingJobs", processing.processing_job_summaries),
        ):
            print(f"   {name:25} {len(found or ())} jobs")
        walk = sagemaker.paginate(ListProcessingJobsRequest(max_results=10))
        count = sum([1 async for _ in walk])
        print(f"   {count} processing jobs in all")


if __name__ == "__main__":
    with_sync_clients()
    asyncio.run(with_async_clients())
