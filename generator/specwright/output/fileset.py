"""The files to write, by relative path: checked before anything touches a disk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from unicodedata import normalize

from specwright.diagnostics import Diagnostic, Position

_FORBIDDEN = frozenset('\\:*?"<>|')


def file_set(
    groups: Iterable[Mapping[str, str]],
) -> tuple[dict[str, bytes] | None, list[Diagnostic]]:
    """The groups as one mapping in order of path, or every reason why they can't be one.

    Two names that a disk which ignores case, or composes accents, takes for one are refused, as
    is a file at the place of another file's folder.
    """
    found: list[Diagnostic] = []
    files: dict[str, bytes] = {}
    for group in groups:
        for path, text in group.items():
            if reason := path_problem(path):
                found.append(_refusal("output-path", path, f"'{path}' {reason}"))
            elif path in files:
                found.append(
                    _refusal("output-collision", path, f"'{path}' is generated twice")
                )
            else:
                files[path] = text.encode("utf-8")
    found += _collisions(files)
    if found:
        return None, found
    return dict(sorted(files.items())), []


def path_problem(path: str) -> str | None:
    """Why the text is no portable relative path of a file, or None where it is one."""
    if not path or path.startswith("/"):
        return "is not a relative path"
    if any(c in _FORBIDDEN or not c.isprintable() for c in path):
        return "has a character that file names can't hold everywhere"
    for part in path.split("/"):
        if part in {"", ".", ".."}:
            return "has an empty or relative component"
        if part[-1] in ". ":
            return "has a component that ends in a dot or a space"
    return None


def _collisions(files: Iterable[str]) -> list[Diagnostic]:
    found = []
    spelt: dict[str, str] = {}
    folders: dict[str, str] = {}
    for path in files:
        parts = path.split("/")
        for depth in range(1, len(parts)):
            folder = "/".join(parts[:depth])
            other = folders.setdefault(_folded(folder), folder)
            if other != folder:
                message = f"the folders '{folder}' and '{other}' differ only in case"
                found.append(_refusal("output-collision", path, message))
        other = spelt.setdefault(_folded(path), path)
        if other != path:
            message = f"'{path}' and '{other}' differ only in case"
            found.append(_refusal("output-collision", path, message))
    for folded, path in spelt.items():
        if folded in folders:
            message = f"'{path}' is a file and a folder at once"
            found.append(_refusal("output-collision", path, message))
    return found


def _folded(path: str) -> str:
    return normalize("NFC", path).casefold()


def _refusal(code: str, path: str, message: str) -> Diagnostic:
    return Diagnostic(code, message, Position(path))
