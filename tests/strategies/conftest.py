"""Clients of the checked-in specs and of a rich invented service, with strategies and tests."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from specwright.workflow.generate import generate
from specwright.workflow.intent import Options

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def clients(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder ``drawn`` with the packages, importable."""
    folder = tmp_path_factory.mktemp("strategies")
    shutil.copytree(ROOT / "specs", folder / "specs")
    shutil.copytree(ROOT / "tests/mutants/specs", folder / "specs", dirs_exist_ok=True)
    options = Options(
        folder / "specs", folder / "drawn", extras=("strategies", "tests")
    )
    done = generate(options)
    assert done.ok, done.diagnostics
    sys.path.insert(0, str(folder))
    yield folder / "drawn"
    sys.path.remove(str(folder))
