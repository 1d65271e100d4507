"""From a fresh interpreter to a client, and to its first answer.

Each measurement is a process of its own, which takes the time from where its first line runs:
the start of Python itself is the same on both sides, and left out. A first run, which is not
counted, leaves the bytecode of both sides behind, as installing them would. Credentials are
passed in.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from statistics import median
from tempfile import TemporaryDirectory

from tests.benchmarks.table import Row, compared

TIMED = """
from time import perf_counter
start = perf_counter()
{work}
print(perf_counter() - start)
import sys
print(*sorted({{"ssl", "asyncio", "urllib3", "aiohttp"}} & set(sys.modules)))
"""
OURS = """
from generated.bedrock import BedrockClient, Credentials
client = BedrockClient(
    region="us-east-1", credentials=Credentials("AKID", "secret"), endpoint_url={url!r}
)
"""
OUR_CALL = OURS + "client.list_model_import_jobs()"
BOTO3 = """
import boto3
client = boto3.client(
    "bedrock", region_name="us-east-1", endpoint_url={url!r},
    aws_access_key_id="AKID", aws_secret_access_key="secret",
)
"""
BOTO3_CALL = BOTO3 + "client.list_model_import_jobs()"


@contextmanager
def bytecode_kept() -> Iterator[Mapping[str, str]]:
    """The environment of processes that keep bytecode, in a folder that is removed after."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    with TemporaryDirectory() as folder:
        yield {**kept, "PYTHONPYCACHEPREFIX": folder}


def run(work: str, environment: Mapping[str, str]) -> tuple[float, list[str]]:
    """Seconds that a piece of code takes in a new process, and what it imported of note."""
    command = [sys.executable, "-c", TIMED.format(work=work)]
    done = subprocess.run(
        command, stdout=subprocess.PIPE, text=True, check=True, env=environment
    )
    seconds, imported = done.stdout.split("\n")[:2]
    return float(seconds), imported.split()


def medians(
    first: str, second: str, rounds: int, environment: Mapping[str, str]
) -> tuple[float, float]:
    """The median seconds of two pieces of code, run by turns."""
    times: dict[str, list[float]] = {first: [], second: []}
    for number in range(-1, rounds):
        for work in (first, second) if number % 2 else (second, first):
            seconds = run(work, environment)[0]
            if number >= 0:
                times[work].append(seconds)
    return median(times[first]), median(times[second])


def rows(url: str, rounds: int) -> list[Row]:
    """A first client, which must not have loaded what only sending needs; a first answer."""
    nowhere, there = {"url": None}, {"url": url + "/1"}
    with bytecode_kept() as kept:
        ours, boto3 = medians(
            OURS.format(**nowhere), BOTO3.format(**nowhere), rounds, kept
        )
        call, boto3_call = medians(
            OUR_CALL.format(**there), BOTO3_CALL.format(**there), rounds, kept
        )
        loaded = run(OURS.format(**nowhere), kept)[1]
    return [
        compared("import, first client", ours, boto3, "boto3", at_least=10),
        Row(
            "loaded by then, of ssl, asyncio, urllib3, aiohttp",
            " ".join(loaded) or "none",
            "",
            "",
            "none",
            not loaded,
        ),
        compared("import, client, first call", call, boto3_call, "boto3", at_least=2.5),
    ]
