"""The spec files that a generation reads, and their digests: found without reading any YAML."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from specwright.output.disk import file_digest

SERVICE_FILE = "service.yaml"

_SHAPES_FILE = "shapes.yaml"
_OPERATIONS = "operations"
_SUFFIXES = (".yaml", ".yml")


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
            if item.is_dir() and not item.name.startswith("."):
                yield item.name


def _holds_service(folder: Path) -> bool:
    files = (folder / SERVICE_FILE, folder / _SHAPES_FILE)
    return any(file.is_file() for file in files) or (folder / _OPERATIONS).is_dir()


def _digests(root: Path, folder: str) -> dict[str, str]:
    paths = [*_spec_files(root, folder), *_spec_files(root, f"{folder}/{_OPERATIONS}")]
    return {path: file_digest(root / path) for path in sorted(paths)}


def _spec_files(root: Path, folder: str) -> Iterator[str]:
    try:
        listing = os.scandir(root / folder)
    except (FileNotFoundError, NotADirectoryError):
        return
    with listing:
        for item in listing:
            named = item.name.endswith(_SUFFIXES) and not item.name.startswith(".")
            if named and item.is_file():
                yield f"{folder}/{item.name}"
