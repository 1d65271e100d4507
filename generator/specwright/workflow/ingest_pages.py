"""Reads the pages that ``ingest`` is given: several at once, each on its own."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from specwright.diagnostics import Diagnostic, Position
from specwright.sources.pages import MAX_BYTES, Read, read_page

_ALONE = 40
"""So many pages are read faster than other processes start."""
_SUFFIXES = frozenset({".txt", ".text", ".md", ".rst", ".html", ".htm", ".xhtml", ""})


def page_files(paths: Sequence[Path]) -> list[Path]:
    """The files that are named, and those in folders that are, each once."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.is_file())
            found += [p for p in inside if _is_page(p.relative_to(path))]
        else:
            found.append(path)
    return list(dict.fromkeys(found))


def _is_page(path: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.parts)
    return not hidden and path.suffix.lower() in _SUFFIXES


def read_pages(
    paths: Sequence[Path],
    service: str | None,
    docs: bool,
    progress: Callable[[str, int, int], None],
) -> list[Read]:
    """What each page says, in the order of the paths."""
    read = partial(read_file, service=service, docs=docs)
    return list(_shown(_each(read, paths), len(paths), progress))


def _each(read: Callable[[Path], Read], paths: Sequence[Path]) -> Iterator[Read]:
    workers = min(os.cpu_count() or 1, 16)
    if len(paths) <= _ALONE or workers == 1:
        yield from map(read, paths)
        return
    with ProcessPoolExecutor(workers) as pool:
        yield from pool.map(read, paths, chunksize=8)


def _shown(
    reads: Iterator[Read], count: int, progress: Callable[[str, int, int], None]
) -> Iterator[Read]:
    for done, read in enumerate(reads, start=1):
        if count > _ALONE:
            progress("reading pages", done, count)
        yield read


def read_file(path: Path, service: str | None, docs: bool) -> Read:
    """What one page says, or why it can't be read."""
    name = path.as_posix()
    content = _content(path)
    if isinstance(content, str):
        return Read(None, (Diagnostic("unreadable-page", content, Position(name)),))
    return read_page(name, content, service=service, docs=docs)


def _content(path: Path) -> bytes | str:
    try:
        # A pipe or a device could keep the reader waiting for ever, so ask before opening.
        status = os.stat(path)
        if not stat.S_ISREG(status.st_mode):
            return "this is not a regular file"
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return "there is no such file"
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or str(problem)
        return f"the file can't be read: {reason}"
