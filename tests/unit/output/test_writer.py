"""Files are written all at once, or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from specwright.output.staging import make_staging
from specwright.output.writer import clear_leftovers, write

OLD = {
    "a/x.py": "old x",
    "a/y.py": "old y",
    "gone/z.py": "old z",
    "manifest.json": "old",
}
NEW = {"a/x.py": b"new x", "b/new.py": b"new"}


def tree(root: Path) -> dict[str, str]:
    files = [path for path in root.rglob("*") if path.is_file()]
    return {path.relative_to(root).as_posix(): path.read_text() for path in files}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    for path, text in OLD.items():
        (tmp_path / "out" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "out" / path).write_text(text)
    return tmp_path / "out"


def test_contents_deletions_and_manifest(out: Path) -> None:
    write(out, NEW, ["gone/z.py"], b"new")
    assert tree(out) == {
        "a/x.py": "new x",
        "a/y.py": "old y",
        "b/new.py": "new",
        "manifest.json": "new",
    }


def test_without_a_manifest_the_one_that_is_there_stays(out: Path) -> None:
    write(out, NEW, ["gone/z.py"], None)
    assert tree(out) == {
        "a/x.py": "new x",
        "a/y.py": "old y",
        "b/new.py": "new",
        "manifest.json": "old",
    }


def test_a_folder_that_is_missing_is_made(tmp_path: Path) -> None:
    write(tmp_path / "p" / "q", {"a/x.py": b"x"}, [], b"m")
    assert tree(tmp_path) == {"p/q/a/x.py": "x", "p/q/manifest.json": "m"}


@pytest.mark.parametrize("left", [[], ["__pycache__/z.cpython-311.pyc"]])
def test_emptied_folders_go_with_their_bytecode(out: Path, left: list[str]) -> None:
    (out / "gone" / "deep").mkdir()
    (out / "gone" / "deep" / "d.py").write_text("")
    for name in left:
        (out / "gone" / name).parent.mkdir()
        (out / "gone" / name).write_bytes(b"")
    write(out, {}, ["gone/z.py", "gone/deep/d.py"], b"m")
    assert not (out / "gone").exists()
    assert (out / "a").exists()


@pytest.mark.parametrize("kept", ["notes.txt", "__pycache__/notes.txt"])
def test_a_folder_with_files_of_others_stays(out: Path, kept: str) -> None:
    (out / "gone" / kept).parent.mkdir(exist_ok=True)
    (out / "gone" / kept).write_text("mine")
    write(out, {}, ["gone/z.py"], b"m")
    assert not (out / "gone" / "z.py").exists()
    assert (out / "gone" / kept).read_text() == "mine"


def failing(call: Callable[..., object], at: int) -> Callable[..., object]:
    """The call, which fails the given time it is made and at that time only."""
    made = 0

    def wrapper(*args: object, **kwargs: object) -> object:
        nonlocal made
        made += 1
        if made == at:
            raise OSError(28, "No space left on device")
        return call(*args, **kwargs)

    return wrapper


@pytest.mark.parametrize("at", [1, 2, 3])
def test_an_error_while_replacing_restores_all(
    out: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    monkeypatch.setattr("os.replace", failing(os.replace, at))
    with pytest.raises(OSError, match="No space"):
        write(out, NEW, ["gone/z.py"], b"new")
    assert tree(out) == OLD
    assert sorted(item.name for item in out.iterdir()) == ["a", "gone", "manifest.json"]


@pytest.mark.parametrize("at", [1, 2, 3])
def test_an_error_while_staging_changes_nothing(
    out: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    original = Path.write_bytes
    fake = failing(original, at)
    monkeypatch.setattr(Path, "write_bytes", lambda self, data: fake(self, data))
    with pytest.raises(OSError, match="No space"):
        write(out, NEW, ["gone/z.py"], b"new")
    assert tree(out) == OLD


def test_an_error_leaves_no_new_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.replace", failing(os.replace, 2))
    with pytest.raises(OSError, match="No space"):
        write(tmp_path / "p" / "q", {"a/x.py": b"x"}, [], b"m")
    assert list(tmp_path.iterdir()) == []


def test_an_interrupt_restores_too(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    original, calls = os.replace, []

    def interrupted(source: Path, target: Path) -> None:
        calls.append(target)
        if len(calls) == 2:
            raise KeyboardInterrupt
        original(source, target)

    monkeypatch.setattr("os.replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write(out, NEW, [], b"new")
    assert tree(out) == OLD


def test_without_hard_links_an_error_restores_all(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*args: object, **kwargs: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr("os.link", no_links)
    monkeypatch.setattr("os.replace", failing(os.replace, 3))
    with pytest.raises(OSError, match="No space"):
        write(out, NEW, ["gone/z.py"], b"new")
    assert tree(out) == OLD


def test_a_linked_folder_is_not_written_through(out: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (out / "b").symlink_to(elsewhere)
    with pytest.raises(NotADirectoryError, match="symbolic link"):
        write(out, NEW, [], b"new")
    assert list(elsewhere.iterdir()) == []
    assert (out / "a" / "x.py").read_text() == "old x"


def test_a_linked_file_is_replaced_not_followed(out: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.py"
    mine.write_text("mine")
    (out / "a" / "x.py").unlink()
    (out / "a" / "x.py").symlink_to(mine)
    write(out, NEW, [], b"new")
    assert mine.read_text() == "mine"
    assert not (out / "a" / "x.py").is_symlink()


@pytest.mark.parametrize("empty", [True, False])
def test_what_a_killed_run_left_behind_is_cleared(out: Path, empty: bool) -> None:
    staging = make_staging(out)
    (staging / "old").mkdir()
    (staging / "old" / "1").write_text("old")
    if empty:
        shutil.rmtree(staging)
        staging.mkdir()
    clear_leftovers(out)
    assert tree(out) == OLD
    assert not staging.exists()
    make_staging(out)
    write(out, {}, [], b"new")
    assert not list(out.glob(".specwright-*"))


@pytest.mark.parametrize(
    "name",
    [".specwright-notes", ".specwright-staging-x", ".specwright-staging-abcd1234"],
)
def test_folders_of_others_with_such_names_stay(out: Path, name: str) -> None:
    (out / name).mkdir()
    (out / name / "marker").write_text("mine")
    (out / name / "notes.txt").write_text("mine")
    write(out, {}, [], b"new")
    clear_leftovers(out)
    assert {p.name for p in (out / name).iterdir()} == {"marker", "notes.txt"}


def test_the_staging_folder_of_a_run_that_goes_on_stays(out: Path) -> None:
    fcntl = pytest.importorskip("fcntl")
    staging = make_staging(out)
    descriptor = os.open(out, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        clear_leftovers(out)
    finally:
        os.close(descriptor)
    assert staging.exists()


def test_nothing_is_written_where_it_is_no_longer_due(
    out: Path, tmp_path: Path
) -> None:
    assert not write(out, NEW, ["gone/z.py"], b"new", lambda: False)
    assert tree(out) == OLD
    assert not write(tmp_path / "p" / "q", NEW, [], b"new", lambda: False)
    assert not (tmp_path / "p").exists()


def test_two_runs_at_once_are_refused(out: Path) -> None:
    fcntl = pytest.importorskip("fcntl")
    descriptor = os.open(out, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        with pytest.raises(BlockingIOError, match="another run"):
            write(out, NEW, [], b"new")
    finally:
        os.close(descriptor)
    assert tree(out) == OLD
