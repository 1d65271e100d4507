"""What stands on a disk: digests of files, and what else is in their place."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

# As much of a SHA-256 tells edits apart, and manifests are part of what users vendor.
DIGEST_LENGTH = 12

EntryKind: TypeAlias = Literal["file", "link", "blocked"]


@dataclass(frozen=True, slots=True)
class Entry:
    """What a path holds. ``blocked`` is a place where no file can be put, and why not."""

    kind: EntryKind
    digest: str = ""
    reason: str = ""


def digest_of(content: bytes) -> str:
    """The first part of the content's hexadecimal SHA-256."""
    return hashlib.sha256(content).hexdigest()[:DIGEST_LENGTH]


def file_digest(path: str | Path) -> str:
    """The same of a file's bytes."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:DIGEST_LENGTH]


def entries(root: Path, paths: Iterable[str]) -> dict[str, Entry]:
    """What each of the relative paths holds under the root; those that hold nothing are left out.

    A link is never followed: as a file it is an entry of its own, as a folder it blocks.
    """
    by_folder: dict[str, list[str]] = {}
    for path in paths:
        by_folder.setdefault(path.rpartition("/")[0], []).append(path)
    folders: dict[str, str | None] = {"": None}
    found: dict[str, Entry] = {}
    for folder, members in by_folder.items():
        if (reason := folder_problem(root, folder, folders)) is not None:
            found.update((path, Entry("blocked", reason=reason)) for path in members)
            continue
        for path, entry in _listed(root, folder, members):
            found[path] = entry
    return found


def folder_problem(root: Path, folder: str, known: dict[str, str | None]) -> str | None:
    """Why no file can be put in a folder under the root, or None; answers are kept in ``known``."""
    if folder in known:
        return known[folder]
    parent, _, _ = folder.rpartition("/")
    reason = folder_problem(root, parent, known)
    if reason is None:
        try:
            mode = os.lstat(root / folder).st_mode
        except FileNotFoundError:
            pass
        else:
            if stat.S_ISLNK(mode):
                reason = f"'{folder}' is a symbolic link, which is not followed"
            elif not stat.S_ISDIR(mode):
                reason = f"'{folder}' is not a folder"
    known[folder] = reason
    return reason


def _listed(
    root: Path, folder: str, members: Iterable[str]
) -> Iterable[tuple[str, Entry]]:
    prefix = f"{folder}/" if folder else ""
    wanted = set(members)
    try:
        listing = os.scandir(root / folder)
    except FileNotFoundError:
        return
    with listing:
        for item in listing:
            path = prefix + item.name
            if path not in wanted:
                continue
            if item.is_symlink():
                yield path, Entry("link")
            elif item.is_file(follow_symlinks=False):
                yield path, Entry("file", file_digest(item.path))
            else:
                yield path, Entry("blocked", reason=f"'{path}' is not a file")
