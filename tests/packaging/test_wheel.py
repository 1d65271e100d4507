"""The wheel and the sdist: built, installed in a fresh environment, generating from there."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def run(*command: str | Path, cwd: Path) -> str:
    """What a command prints; its own errors are the test's."""
    clean = {
        k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL"))
    }
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=clean,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def build(target: str, source: Path, into: Path) -> Path:
    """The wheel or sdist of a source tree."""
    run(
        sys.executable, "-m", "hatchling", "build", "-t", target, "-d", into, cwd=source
    )
    (built,) = into.iterdir()
    return built


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


def names_in(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


def tree(folder: Path) -> dict[str, bytes]:
    """The files below a folder, caches apart."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_wheel_holds_sources_templates_and_data(wheel: Path) -> None:
    names = names_in(wheel)
    package = ROOT / "generator" / "specwright"
    sources = {
        f"specwright/{path.relative_to(package).as_posix()}"
        for path in package.rglob("*")
        if path.is_file()
        and not any(
            part == "__pycache__" or part.startswith(".")
            for part in path.relative_to(package).parts
        )
    }
    templates = {
        f"specwright/templates/{path.relative_to(ROOT / 'templates').as_posix()}"
        for path in (ROOT / "templates").rglob("*.jinja")
    }
    assert names == sources | templates
    assert {"specwright/py.typed", "specwright/document/schema.json"} <= names


def test_a_wheel_from_the_sdist_is_the_same(wheel: Path, tmp_path: Path) -> None:
    sdist = build("sdist", ROOT, tmp_path / "sdist")
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path / "unpacked", filter="data")
    (source,) = (tmp_path / "unpacked").iterdir()
    again = build("wheel", source, tmp_path / "again")
    assert names_in(again) == names_in(wheel)
    for part in ("specs", "tests", "README.md", "LICENSE", "CHANGELOG.md", "Makefile"):
        assert (source / part).exists(), part


@pytest.mark.slow
def test_a_fresh_environment_generates_the_checked_in_clients(
    wheel: Path, tmp_path: Path
) -> None:
    home = tmp_path / "environment"
    venv.create(home, with_pip=True)
    python = home / "bin" / "python"
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run(*pip, "-c", ROOT / "constraints.txt", wheel, cwd=tmp_path)
    where = run(
        python, "-c", "import specwright; print(specwright.__file__)", cwd=tmp_path
    )
    assert str(home) in where

    specwright = home / "bin" / "specwright"
    run(specwright, "generate", ROOT / "specs", "--out", tmp_path / "out", cwd=tmp_path)
    assert tree(tmp_path / "out") == tree(ROOT / "generated")

    # The client needs nothing of the generator: an interpreter without packages uses it.
    script = (
        "from out.bedrock import BedrockClient, Credentials, ListModelImportJobsRequest as L\n"
        "c = BedrockClient(region='us-east-1', credentials=Credentials('AKIDEXAMPLE', 'x'))\n"
        "print(c.sign(c.prepare(L(max_results=5))).url)\n"
    )
    bare = run(
        sys.executable,
        "-I",
        "-S",
        "-c",
        f"import sys; sys.path.insert(0, '.')\n{script}",
        cwd=tmp_path,
    )
    assert bare.strip().endswith("/model-import-jobs?maxResults=5")
