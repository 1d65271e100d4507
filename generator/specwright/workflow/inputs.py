"""The spec files that a generation reads, and their digests: found without reading any YAML."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from specwright.output.disk import digest_of, file_digest

SERVICE_FILE = "service.yaml"

_SHAPES_FILE = "shapes.yaml"
_OPERATIONS = "operations"
_SUFFIXES = (".yaml", ".yml")
_SURELY_READ = 1024 * 1024
"""Files up to this size are within the limit of those that read YAML, which load slowly."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """Digests of spec files by service folder and by path from the folder that holds those.

    ``specs`` is the root or the one service's folder, as it was given: findings show it so.
    ``single`` is the name of the only service folder asked for, None where the root is.
    """

    specs: Path
    root_name: str
    folders: Mapping[str, Mapping[str, str]]
    single: str | None = None

    def path(self, name: str) -> Path:
        """The path of a service folder."""
        return self.specs if self.single is not None else self.specs / name

    def name_of(self, folder: str) -> str:
        """The name that a service folder has here; ``folder`` is its own, behind any link."""
        if folder in self.folders:
            return folder
        return next(n for n in self.folders if self.path(n).resolve().name == folder)


def find_inputs(specs: Path) -> Inputs:
    """The inputs of a root or of one service's folder; an OSError where it can't be read."""
    whole = Path(os.path.abspath(specs))
    if (whole / SERVICE_FILE).is_file():
        folders = {whole.name: _digests(whole.parent, whole.name)}
        return Inputs(specs, _name(whole.parent), folders, whole.name)
    names = sorted(n for n in _subfolders(whole) if _holds_service(whole / n))
    return Inputs(specs, _name(whole), {name: _digests(whole, name) for name in names})


def _name(root: Path) -> str:
    return root.name or "specs"


def _subfolders(folder: Path) -> Iterator[str]:
    with os.scandir(folder) as listing:
        for item in listing:
            if not item.name.startswith(".") and _is_folder(item):
                yield item.name


def _holds_service(folder: Path) -> bool:
    files = (folder / SERVICE_FILE, folder / _SHAPES_FILE)
    return any(file.is_file() for file in files) or (folder / _OPERATIONS).is_dir()


def _digests(root: Path, folder: str) -> dict[str, str]:
    paths = [*_spec_files(root, folder), *_spec_files(root, f"{folder}/{_OPERATIONS}")]
    return {path: _digest(root / path) for path in sorted(paths)}


def _digest(path: Path) -> str:
    """The digest of a spec, or of the reason why it is not read: what reads YAML tells that."""
    try:
        status = os.stat(path)
    except OSError as error:
        if error.errno != errno.ELOOP:
            raise
        return digest_of(b"leads to itself")
    if not stat.S_ISREG(status.st_mode):
        return digest_of(b"is no file")
    if status.st_size > _SURELY_READ:
        from specwright.document.reader import MAX_BYTES

        if status.st_size > MAX_BYTES:
            return digest_of(f"has {status.st_size} bytes".encode())
    return file_digest(path)


def _spec_files(root: Path, folder: str) -> Iterator[str]:
    try:
        listing = os.scandir(root / folder)
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        if error.errno != errno.ELOOP:
            raise
        return
    with listing:
        for item in listing:
            named = item.name.endswith(_SUFFIXES) and not item.name.startswith(".")
            if named and _is_file(item):
                yield f"{folder}/{item.name}"


def _is_folder(item: os.DirEntry[str]) -> bool:
    try:
        return item.is_dir()
    except OSError as error:
        if error.errno != errno.ELOOP:
            raise
        return False


def _is_file(item: os.DirEntry[str]) -> bool:
    try:
        return item.is_file()
    except OSError as error:
        # A link that leads to itself counts: leaving it out would hide that it can't be read.
        if error.errno != errno.ELOOP:
            raise
        return True
