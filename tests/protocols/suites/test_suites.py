"""Cases of the REST protocols in the format of botocore's suites, from model file to message."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.protocols.suites.harness import (
    Case,
    cases,
    check_request,
    check_response,
    generate,
)

INPUT = ["rest-json-input", "rest-xml-input"]
OUTPUT = ["rest-json-output", "rest-xml-output"]


@pytest.fixture(scope="module", autouse=True)
def clients(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Clients for all suites, importable."""
    root: Path = tmp_path_factory.mktemp("suites")
    for file in (*INPUT, *OUTPUT):
        generate(root, file)
    sys.path.insert(0, str(root))
    yield
    sys.path.remove(str(root))


@pytest.mark.parametrize("case", [c for file in INPUT for c in cases(file)], ids=str)
def test_a_request_is_the_message_that_its_case_tells(case: Case) -> None:
    check_request(case)


@pytest.mark.parametrize("case", [c for file in OUTPUT for c in cases(file)], ids=str)
def test_an_answer_is_read_as_its_case_tells(case: Case) -> None:
    check_response(case)
