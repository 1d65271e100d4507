"""Full calls over the loopback: ours, boto3's, and urllib3 with json, written by hand.

The last one neither signs nor checks nor builds objects; it is what a call costs at least.
"""

from __future__ import annotations

import json

import botocore.session
import urllib3
from generated.bedrock import BedrockClient, Credentials
from tests.benchmarks.measure import seconds_each
from tests.benchmarks.table import Row, bounded, compared

BUDGETS = {1: 2.5, 100: 6.0}
"""By the summaries in the answer: how much faster than boto3."""


def rows(url: str, rounds: int) -> list[Row]:
    """A small answer and one of a hundred summaries."""
    found: list[Row] = []
    for count, at_least in BUDGETS.items():
        times = seconds_of_calls(f"{url}/{count}", rounds)
        word = "summary" if count == 1 else "summaries"
        what = f"full call, {count} {word}"
        ours, boto3, by_hand = times["ours"], times["boto3"], times["by hand"]
        found += [
            compared(what, ours, boto3, "boto3", at_least=at_least),
            bounded(what, ours, by_hand, "urllib3 + json", at_most=1.5),
        ]
    return found


def seconds_of_calls(url: str, rounds: int) -> dict[str, float]:
    """Seconds of one call of each client, on connections that stay open."""
    client = BedrockClient(
        region="us-east-1",
        endpoint_url=url,
        credentials=Credentials("AKID", "secret"),
    )
    other = botocore.session.Session().create_client(
        "bedrock",
        region_name="us-east-1",
        endpoint_url=url,
        aws_access_key_id="AKID",
        aws_secret_access_key="secret",
    )
    pool = urllib3.PoolManager()
    target = f"{url}/model-import-jobs?maxResults=100&statusEquals=Completed"

    def by_hand() -> object:
        answer = pool.request("GET", target, retries=False)
        return json.loads(answer.data)

    return seconds_each(
        {
            "ours": lambda: client.list_model_import_jobs(
                max_results=100, status_equals="Completed"
            ),
            "boto3": lambda: other.list_model_import_jobs(
                maxResults=100, statusEquals="Completed"
            ),
            "by hand": by_hand,
        },
        rounds=rounds,
        slice_seconds=0.1,
    )
