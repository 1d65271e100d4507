"""The folder that a run writes to first, and what runs that were killed left of theirs."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_PREFIX = ".specwright-staging-"
_NAME = re.compile(re.escape(_PREFIX) + "[a-z0-9_]{8}")
_MARKER = "marker"
_MARK = b"Staging folder of specwright: the next run removes it.\n"


def make_staging(out: Path) -> Path:
    """A new folder inside ``out`` that says whose it is."""
    staging = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=out))
    (staging / _MARKER).write_bytes(_MARK)
    return staging


def remove_staging(staging: Path) -> None:
    """Remove a staging folder; the marker goes last, so that a killed removal is taken up."""
    with suppress(OSError):
        for item in list(staging.iterdir()):
            if item.name == _MARKER:
                continue
            if item.is_dir() and not item.is_symlink():
                shutil.rmtree(item, ignore_errors=True)
            else:
                item.unlink(missing_ok=True)
    shutil.rmtree(staging, ignore_errors=True)


def leftovers(out: Path) -> Iterator[Path]:
    """The staging folders in ``out``. While no run is going on, killed ones left them behind."""
    try:
        names = os.listdir(out)
    except (FileNotFoundError, NotADirectoryError):
        return
    for name in sorted(names):
        if _NAME.fullmatch(name) and _is_staging(out / name):
            yield out / name


def _is_staging(folder: Path) -> bool:
    if folder.is_symlink() or not folder.is_dir():
        return False
    try:
        with (folder / _MARKER).open("rb") as file:
            return file.read(len(_MARK) + 1) == _MARK
    except FileNotFoundError:
        # A run that was killed before it wrote the marker had written nothing else either.
        return not any(folder.iterdir())
    except OSError:
        return False
