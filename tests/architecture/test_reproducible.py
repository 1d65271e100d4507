"""The same specs give the same bytes: formatted or not, again, elsewhere, in any order."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from specwright.cli.main import main
from specwright.render import format_python

ROOT = Path(__file__).parent.parent.parent


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, compiled ones apart."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".pyc"
    }


def generate(out: Path, *arguments: str) -> Mapping[str, bytes]:
    """The files that the command line writes for specs/."""
    assert main(["generate", "specs", "--out", str(out), *arguments]) == 0
    return tree(out)


@pytest.fixture(autouse=True)
def _in_the_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def differing(one: Mapping[str, bytes], two: Mapping[str, bytes]) -> list[str]:
    return sorted(name for name in {*one, *two} if one.get(name) != two.get(name))


@pytest.fixture(scope="module")
def unformatted(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """What is written without black."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        return generate(tmp_path_factory.mktemp("plain"), "--no-format")


def test_the_checked_in_clients_are_those_of_the_specs(
    unformatted: Mapping[str, bytes],
):
    assert len(unformatted) > 40
    assert differing(tree(ROOT / "generated"), unformatted) == []


def test_black_changes_nothing(unformatted: Mapping[str, bytes], tmp_path: Path):
    assert differing(generate(tmp_path), unformatted) == []
    for name, content in unformatted.items():
        if name.endswith(".py"):
            text = content.decode("utf-8")
            assert format_python(text) == text, name


def test_generating_again_changes_nothing(tmp_path: Path):
    first = generate(tmp_path, "--no-format")
    times = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    assert generate(tmp_path, "--no-format") == first
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == times


@pytest.mark.parametrize("seed", ["1", "4242"])
def test_the_order_of_sets_changes_nothing(
    seed: str, unformatted: Mapping[str, bytes], tmp_path: Path
):
    subprocess.run(
        [
            *(sys.executable, "-m", "specwright", "generate", "specs"),
            *("--out", str(tmp_path), "--no-format"),
        ],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed},
        check=True,
        capture_output=True,
    )
    assert differing(tree(tmp_path), unformatted) == []
