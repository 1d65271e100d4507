"""Writes a set of files as a whole: all of them, or none."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from specwright.output.disk import folder_problem
from specwright.output.manifest import MANIFEST
from specwright.output.staging import leftovers, make_staging, remove_staging


def write(
    out: Path,
    contents: Mapping[str, bytes],
    deletions: Iterable[str],
    manifest: bytes | None,
    still_due: Callable[[], bool] = lambda: True,
) -> bool:
    """Put the contents and the manifest, if any, under ``out`` and remove the deletions.

    Once no other run can write, ``still_due`` tells whether what this was planned from still
    holds. Where it doesn't, nothing is written and False is returned.

    Everything is first written to a staging folder inside ``out``, so that a full disk is noticed
    before a file is replaced; then each file is replaced in one step, the manifest last. An error
    on the way restores what was replaced, removes what was added, and is raised.
    """
    made: list[Path] = []
    done = False
    try:
        _make_folders(out, made)
        with _locked(out):
            _clear(out)
            if not still_due():
                return False
            staging = make_staging(out)
            try:
                _write(out, staging, contents, tuple(deletions), manifest, made)
            finally:
                remove_staging(staging)
            done = True
    finally:
        for folder in () if done else reversed(made):
            with suppress(OSError):
                folder.rmdir()
    return done


def clear_leftovers(out: Path) -> None:
    """Remove what killed runs left in ``out``, unless another run is going on."""
    if any(leftovers(out)):
        with suppress(OSError), _locked(out):
            _clear(out)


def _clear(out: Path) -> None:
    for folder in leftovers(out):
        remove_staging(folder)


def _write(
    out: Path,
    staging: Path,
    contents: Mapping[str, bytes],
    deletions: tuple[str, ...],
    manifest: bytes | None,
    made: list[Path],
) -> None:
    _refuse_links(out, (*contents, *deletions))
    last = {} if manifest is None else {MANIFEST: manifest}
    staged = _stage(staging, {**contents, **last})
    backups = staging / "old"
    backups.mkdir()
    undo: list[Callable[[], object]] = []
    try:
        for path, fresh in staged[: len(contents)]:
            _make_folders((out / path).parent, made)
            _replace(out / path, fresh, backups / fresh.name, undo)
        for number, path in enumerate(deletions):
            _remove(out / path, backups / f"deleted-{number}", undo)
        for path, fresh in staged[len(contents) :]:
            _replace(out / path, fresh, backups / path, undo)
    except BaseException:
        # What can't be restored is repaired by the next run, which knows its own new bytes.
        for step in reversed(undo):
            with suppress(OSError):
                step()
        raise
    _prune(out, deletions)


def _stage(staging: Path, contents: Mapping[str, bytes]) -> list[tuple[str, Path]]:
    staged = []
    for number, (path, content) in enumerate(contents.items()):
        fresh = staging / str(number)
        fresh.write_bytes(content)
        staged.append((path, fresh))
    return staged


def _replace(
    target: Path, fresh: Path, backup: Path, undo: list[Callable[[], object]]
) -> None:
    if _keep(target, backup):
        undo.append(lambda: os.replace(backup, target))
    else:
        undo.append(lambda: target.unlink(missing_ok=True))
    os.replace(fresh, target)


def _remove(target: Path, backup: Path, undo: list[Callable[[], object]]) -> None:
    if _keep(target, backup):
        undo.append(lambda: os.replace(backup, target))
        target.unlink()


def _keep(target: Path, backup: Path) -> bool:
    """Keep the old file beside the new ones without a moment in which it is missing."""
    if not os.path.lexists(target):
        return False
    try:
        os.link(target, backup, follow_symlinks=False)
    except (OSError, NotImplementedError):  # a file system without hard links
        shutil.copy2(target, backup, follow_symlinks=False)
    return True


def _make_folders(folder: Path, made: list[Path]) -> None:
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for new in reversed(missing):
        new.mkdir()
        made.append(new)


def _refuse_links(out: Path, paths: Iterable[str]) -> None:
    known: dict[str, str | None] = {"": None}
    for path in paths:
        if reason := folder_problem(out, path.rpartition("/")[0], known):
            raise NotADirectoryError(reason)


def _prune(out: Path, removed: Iterable[str]) -> None:
    """Remove the folders that the deletions emptied, with the bytecode that is left in them."""
    folders = {path.rpartition("/")[0] for path in removed}
    folders |= {
        "/".join(f.split("/")[:n]) for f in folders for n in range(1, f.count("/") + 1)
    }
    for folder in sorted(folders - {""}, key=lambda f: f.count("/"), reverse=True):
        with suppress(OSError):
            _prune_folder(out / folder)


def _prune_folder(folder: Path) -> None:
    left = list(folder.iterdir())
    cache = folder / "__pycache__"
    if left == [cache] and not cache.is_symlink():
        if any(item.suffix != ".pyc" for item in cache.iterdir()):
            return
        shutil.rmtree(cache)
    elif left:
        return
    folder.rmdir()


@contextmanager
def _locked(out: Path) -> Iterator[None]:
    """Hold the folder against other runs, where the system can lock folders."""
    if sys.platform == "win32":
        yield
        return
    import fcntl

    descriptor = os.open(out, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BlockingIOError(
                error.errno, "another run of specwright is writing to it", str(out)
            ) from None
        except OSError:  # a file system without locks
            pass
        yield
    finally:
        os.close(descriptor)
