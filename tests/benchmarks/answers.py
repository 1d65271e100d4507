"""The answers that the benchmarks read: a small one, and one of a hundred summaries."""

from __future__ import annotations

import json

SUMMARIES = 100


def summary(number: int) -> dict[str, object]:
    """A model import job as ListModelImportJobs tells of it, with all of its members."""
    arn = "arn:aws:bedrock:us-east-1:123456789012"
    return {
        "jobArn": f"{arn}:model-import-job/{number:012d}",
        "jobName": f"import-{number}",
        "status": ("InProgress", "Completed", "Failed")[number % 3],
        "lastModifiedTime": f"2026-01-{number % 28 + 1:02d}T10:20:30.123Z",
        "creationTime": f"2026-01-{number % 28 + 1:02d}T09:08:07Z",
        "endTime": f"2026-01-{number % 28 + 1:02d}T11:12:13.456Z",
        "importedModelArn": f"{arn}:imported-model/{number:012d}",
        "importedModelName": f"model-{number}",
    }


def body(count: int) -> bytes:
    """A page of summaries, in the compact JSON that services write."""
    page = {
        "nextToken": "next",
        "modelImportJobSummaries": [summary(number) for number in range(count)],
    }
    return json.dumps(page, separators=(",", ":")).encode()


def headers(length: int) -> dict[str, str]:
    """The headers that Bedrock answers with."""
    return {
        "Date": "Mon, 05 Jan 2026 10:20:30 GMT",
        "Content-Type": "application/json",
        "Content-Length": str(length),
        "Connection": "keep-alive",
        "x-amzn-RequestId": "01234567-89ab-cdef-0123-456789abcdef",
    }
