"""boto3 pointed at the stand-in: all five operations, pages, filters and errors."""

from datetime import timedelta

import pytest
from botocore import xform_name
from botocore.exceptions import ClientError

from specwright.server import invent, running

LISTS = [
    (
        "bedrock",
        "list_model_import_jobs",
        "modelImportJobSummaries",
        "maxResults",
        "jobArn",
    ),
    (
        "bedrock",
        "list_model_invocation_jobs",
        "invocationJobSummaries",
        "maxResults",
        "jobArn",
    ),
    (
        "sagemaker",
        "list_compilation_jobs",
        "CompilationJobSummaries",
        "MaxResults",
        "CompilationJobArn",
    ),
    (
        "sagemaker",
        "list_processing_jobs",
        "ProcessingJobSummaries",
        "MaxResults",
        "ProcessingJobArn",
    ),
]


def refused(call, **arguments):
    with pytest.raises(ClientError) as caught:
        call(**arguments)
    return caught.value.response


@pytest.mark.parametrize(("service", "operation", "items", "limit", "arn"), LISTS)
def test_a_paginator_collects_every_item_once(
    boto, service, operation, items, limit, arn
):
    client = boto(service)
    pages = list(
        client.get_paginator(operation).paginate(PaginationConfig={"PageSize": 7})
    )
    assert [len(page[items]) for page in pages] == [7, 7, 7, 4]
    found = [item for page in pages for item in page[items]]
    assert len({item[arn] for item in found}) == 25
    everything = getattr(client, operation)(**{limit: 100})
    assert everything[items] == found
    assert not {"nextToken", "NextToken"} & set(everything)
    assert len(getattr(client, operation)()[items]) == 10


def test_a_job_is_what_its_summary_says(boto):
    client = boto("bedrock")
    for summary in client.list_model_import_jobs()["modelImportJobSummaries"]:
        by_arn = client.get_model_import_job(jobIdentifier=summary["jobArn"])
        by_name = client.get_model_import_job(jobIdentifier=summary["jobName"])
        del by_arn["ResponseMetadata"], by_name["ResponseMetadata"]
        assert by_arn == by_name
        assert summary.items() <= by_arn.items()
        assert by_arn.keys().isdisjoint(
            {"endTime", "importedModelArn"} - summary.keys()
        )


def test_filters(boto):
    client = boto("bedrock")
    jobs = client.list_model_import_jobs(maxResults=100)["modelImportJobSummaries"]

    def names(**arguments):
        found = client.list_model_import_jobs(maxResults=100, **arguments)
        return [job["jobName"] for job in found["modelImportJobSummaries"]]

    for status in ("InProgress", "Completed", "Failed"):
        wanted = [job["jobName"] for job in jobs if job["status"] == status]
        assert 0 < len(wanted) < 25
        assert names(statusEquals=status) == wanted
    middle = jobs[12]
    part = middle["jobName"][1:8]
    assert names(nameContains=part) == [
        j["jobName"] for j in jobs if part in j["jobName"]
    ]
    instant = middle["creationTime"]
    later = [j["jobName"] for j in jobs if j["creationTime"] > instant]
    earlier = [j["jobName"] for j in jobs if j["creationTime"] < instant]
    assert names(creationTimeAfter=instant) == later
    assert names(creationTimeBefore=instant) == earlier
    assert len(later) + len(earlier) == 24
    around = timedelta(milliseconds=1)
    between = names(
        creationTimeAfter=instant - around, creationTimeBefore=instant + around
    )
    assert between == [middle["jobName"]]
    oldest = [j["jobName"] for j in sorted(jobs, key=lambda j: j["creationTime"])]
    assert names(sortBy="CreationTime") == oldest
    assert names(sortBy="CreationTime", sortOrder="Ascending") == oldest
    assert names(sortOrder="Descending") == oldest[::-1]


def test_filters_of_the_other_protocol(boto):
    client = boto("sagemaker")
    jobs = client.list_compilation_jobs(MaxResults=100)["CompilationJobSummaries"]

    def names(**arguments):
        found = client.list_compilation_jobs(MaxResults=100, **arguments)
        return [job["CompilationJobName"] for job in found["CompilationJobSummaries"]]

    status = jobs[0]["CompilationJobStatus"]
    wanted = [
        j["CompilationJobName"] for j in jobs if j["CompilationJobStatus"] == status
    ]
    assert names(StatusEquals=status) == wanted
    assert names(SortBy="Name") == sorted(j["CompilationJobName"] for j in jobs)
    changed = [j for j in jobs if "LastModifiedTime" in j]
    assert 0 < len(changed) < 25
    instant = changed[0]["LastModifiedTime"]
    # One millisecond off: botocore drops fractions on some paths.
    found = names(LastModifiedTimeBefore=instant + timedelta(seconds=1))
    assert changed[0]["CompilationJobName"] in found
    assert len(found) == len(
        [j for j in changed if j["LastModifiedTime"] < instant + timedelta(seconds=1)]
    )


def test_a_filter_keeps_to_its_pages(boto):
    client = boto("bedrock")
    first = client.list_model_import_jobs(maxResults=2, statusEquals="Completed")
    token = first["nextToken"]
    second = client.list_model_import_jobs(
        maxResults=3, statusEquals="Completed", nextToken=token
    )
    assert {j["status"] for j in second["modelImportJobSummaries"]} == {"Completed"}
    for wrong in ({"statusEquals": "Failed"}, {}):
        answer = refused(client.list_model_import_jobs, nextToken=token, **wrong)
        assert answer["Error"]["Code"] == "ValidationException"
        assert "/nextToken" in answer["Error"]["Message"]


def test_errors(boto):
    bedrock, sagemaker = boto("bedrock"), boto("sagemaker")
    answer = refused(bedrock.get_model_import_job, jobIdentifier="nobody")
    assert answer["Error"]["Code"] == "ResourceNotFoundException"
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 404
    assert answer["ResponseMetadata"]["RequestId"]
    answer = refused(bedrock.list_model_import_jobs, nameContains="-", maxResults=1001)
    assert answer["Error"]["Code"] == "ValidationException"
    assert answer["Error"]["Message"].startswith("2 validation errors detected. ")
    with pytest.raises(bedrock.exceptions.ValidationException):
        bedrock.list_model_import_jobs(statusEquals="Nothing")
    answer = refused(sagemaker.list_compilation_jobs, NextToken="not one of ours")
    assert answer["Error"]["Code"] == "ValidationException"
    answer = refused(sagemaker.list_compilation_jobs, NameContains="a b", MaxResults=0)
    assert answer["Error"]["Message"].count("failed to satisfy") == 2


@pytest.mark.parametrize("name", ["lambda", "dynamodb"])
def test_whole_services_are_answered(boto, catalogue, name):
    service = catalogue(name)
    with running([service]) as url:
        client = boto(name, url)
        outcomes = []
        for operation in service.operations.values():
            tokens = operation.pagination.input_token if operation.pagination else ()
            made = invent.structure(service, operation.input, f"input/{operation.name}")
            arguments = {key: made[key] for key in made if key not in tokens}
            outcomes.append(
                outcome(getattr(client, xform_name(operation.name)), arguments)
            )
    assert [o for o in outcomes if o != "answered" and "NotFound" not in o] == []
    assert outcomes.count("answered") > 0.8 * len(outcomes)


def outcome(call, arguments):
    try:
        answer = call(**arguments)
    except ClientError as error:
        return error.response["Error"]["Code"]
    for value in answer.values():
        # A streamed body keeps its connection until someone closes it.
        if hasattr(value, "close"):
            value.close()
    return "answered"
