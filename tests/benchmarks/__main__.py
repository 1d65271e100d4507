"""Prints the benchmark's table: `python -m tests.benchmarks [--rounds N] [--only PART]`.

Everything is measured in one run beside boto3 and botocore, so that the ratios hold on other
machines too, and nothing here fails: read the last column.
"""

from __future__ import annotations

import argparse
import os
import platform

import boto3
import botocore
from tests.benchmarks import alone, calls, loopback, messages, startup
from tests.benchmarks.table import Row, table

PARTS = ("startup", "messages", "calls", "alone")


def main() -> None:
    """Measure the parts that are asked for and print them."""
    arguments = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    arguments.add_argument("--rounds", type=int, default=9, metavar="N")
    arguments.add_argument("--only", choices=PARTS, action="append")
    chosen = arguments.parse_args()
    parts = chosen.only or PARTS
    rounds: int = chosen.rounds
    rows: list[Row] = []
    with loopback.running() as url:
        if "startup" in parts:
            rows += startup.rows(url, rounds)
        if "messages" in parts:
            rows += messages.rows(rounds)
        if "calls" in parts:
            rows += calls.rows(url, rounds)
        if "alone" in parts:
            rows += alone.rows(rounds)
    print(
        f"Python {platform.python_version()}, boto3 {boto3.__version__}, botocore "
        f"{botocore.__version__}, {os.cpu_count()} processors; medians of {rounds} rounds"
    )
    print(table(rows))


if __name__ == "__main__":
    main()
