"""The generated tests: they pass as they come, and notice when a client is altered."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.mutants.equivalent import EQUIVALENT
from tests.mutants.run import Bench

from specwright.cli.main import main

USER = """\
from typing import assert_type

from hypothesis import given
from hypothesis.strategies import SearchStrategy

from drawn.rich import PutThingRequest, PutThingResponse, strategies

assert_type(strategies.valid(PutThingRequest), SearchStrategy[PutThingRequest])
assert_type(
    strategies.response(PutThingResponse, name="x"), SearchStrategy[PutThingResponse]
)


@given(strategies.broken(PutThingRequest, "range", "/page"))
def test_mine(request: PutThingRequest) -> None:
    assert request.violations()
"""


@pytest.mark.parametrize("package", ["rich", "bedrock", "sagemaker"])
def test_they_pass(clients: Path, package: str) -> None:
    assert_they_pass(clients, package)


def assert_they_pass(clients: Path, package: str) -> None:
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"),
            *("--rootdir", str(clients), str(clients / package)),
        ],
        cwd=clients.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_they_pass_where_python_lacks_a_checksum(tmp_path: Path) -> None:
    specs, out = str(tmp_path / "specs"), str(tmp_path / "out")
    chosen = ["import", "botocore", "s3", "--operation", "PutBucketWebsite"]
    assert main([*chosen, "--into", specs]) == 0
    extras = ["--with-strategies", "--with-tests"]
    assert main(["generate", specs, "--out", out, *extras]) == 0
    algorithms = (tmp_path / "out/s3/shapes/shared_checksum.py").read_text()
    assert '"XXHASH64"' in algorithms
    assert_they_pass(tmp_path / "out", "s3")


def test_a_sample_of_mutants_is_killed(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    own = [m for m in bench.table_mutants() if m.path.startswith("rich/")]
    kinds = {mutant.what: mutant for mutant in own}
    for what in ("the upper length is one more", "a member is skipped"):
        assert what in kinds
    checks = ("_runtime/validation.py", "_runtime/violations.py")
    code = [m for m in bench.code_mutants() if m.path in checks]
    asked = [*list(kinds.values())[::4], *code[5::40]]
    survivors = bench.survivors(asked, 1, packages=["rich"])
    assert [name for name in survivors if name not in EQUIVALENT] == []


@pytest.mark.parametrize("checker", ["mypy", "pyright"])
def test_they_are_typed(clients: Path, tmp_path: Path, checker: str) -> None:
    shutil.copytree(clients, tmp_path / "drawn")
    (tmp_path / "user.py").write_text(USER)
    (tmp_path / "pyrightconfig.json").write_text('{"typeCheckingMode": "strict"}')
    files = ["user.py", "drawn/rich", "drawn/bedrock", "drawn/_runtime"]
    command = ["mypy", "--strict"]
    if checker == "pyright":
        command = ["pyright", "--pythonpath", sys.executable]
    done = subprocess.run(
        [sys.executable, "-m", *command, *files],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
