"""Cases of all protocols in the format of botocore's suites, from model file to message."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.protocols.suites.harness import (
    Case,
    all_cases,
    answered,
    check_request,
    check_response,
)

CASES = list(all_cases())


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder that clients are made in, importable."""
    folder: Path = tmp_path_factory.mktemp("suites")
    sys.path.insert(0, str(folder))
    yield folder
    sys.path.remove(str(folder))


@pytest.mark.parametrize("case", [c for c in CASES if not answered(c)], ids=str)
def test_a_request_is_the_message_that_its_case_tells(root: Path, case: Case) -> None:
    check_request(root, case)


@pytest.mark.parametrize("case", [c for c in CASES if answered(c)], ids=str)
def test_an_answer_is_read_as_its_case_tells(root: Path, case: Case) -> None:
    check_response(root, case)
