"""The files of a service's folder: which are there, which are missing, which are strange."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from specwright.diagnostics import Diagnostic, Position, closest
from specwright.document import Document, check_form, read_document
from specwright.resolve.context import Findings
from specwright.resolve.cursor import Cursor

SERVICE = "service.yaml"
SHAPES = "shapes.yaml"
OPERATIONS = "operations"
_KEY_CODES = frozenset({"missing-key", "unknown-key", "conflicting-keys"})
"""What is wrong with a mapping's keys leaves its values to be judged."""
_KINDS = {"service": "a service", "operation": "an operation", "shapes": "shapes"}


@dataclass(frozen=True, slots=True)
class Files:
    """The documents of a service that could be read; operations by the name of their file."""

    prefix: str
    """What stands before the names of its files in findings."""
    service: Cursor | None
    shapes: Cursor | None
    operations: tuple[Cursor, ...]

    def all(self) -> Iterator[Cursor]:
        """Every document, operations last."""
        yield from (c for c in (self.service, self.shapes) if c is not None)
        yield from self.operations

    def relative(self, cursor: Cursor) -> str:
        """The file of a cursor as seen from the service's folder."""
        return cursor.document.file.removeprefix(self.prefix)


def is_service(folder: Path) -> bool:
    """True where a folder looks like that of one service."""
    return (
        (folder / SERVICE).is_file()
        or (folder / OPERATIONS).is_dir()
        or (folder / SHAPES).is_file()
    )


def read_files(folder: Path, display: str, findings: Findings) -> Files:
    """Read every spec file that stands directly in the folder and in its operations."""
    prefix = f"{display}/" if display not in ("", ".") else ""
    service = shapes = None
    if (folder / SERVICE).exists():
        service = _read(folder / SERVICE, f"{prefix}{SERVICE}", "service", findings)
    else:
        findings.say(
            "missing-file",
            f"the folder has no {SERVICE}",
            Position(f"{prefix}{SERVICE}"),
            "it says the service's id, title, version, protocols and endpoint",
        )
    if (folder / SHAPES).exists():
        shapes = _read(folder / SHAPES, f"{prefix}{SHAPES}", "shapes", findings)
    for path in _listed(folder):
        if path.name not in (SERVICE, SHAPES) and path.suffix in (".yaml", ".yml"):
            hint = closest(path.name, [SERVICE, SHAPES])
            _strange(
                f"{prefix}{path.name}", hint or f"move it to {OPERATIONS}/", findings
            )
    if (folder / OPERATIONS).is_file():
        findings.say(
            "not-a-folder",
            f"'{OPERATIONS}' is a file, not a folder",
            Position(f"{prefix}{OPERATIONS}"),
            f"make it a folder with a file for each operation: {OPERATIONS}/<Name>.yaml",
        )
    operations = []
    for path in _listed(folder / OPERATIONS):
        name = f"{prefix}{OPERATIONS}/{path.name}"
        if path.suffix == ".yaml":
            operation = _read(path, name, "operation", findings)
            if operation is not None:
                operations.append(operation)
        elif path.suffix == ".yml":
            _strange(name, f"call it {path.stem}.yaml", findings)
    return Files(prefix, service, shapes, tuple(operations))


def _listed(folder: Path) -> list[Path]:
    """What a folder holds, in one order everywhere; hidden files are nobody's spec."""
    try:
        return sorted(
            (p for p in folder.iterdir() if p.name[0] != "."), key=lambda p: p.name
        )
    except OSError:
        return []


def _read(path: Path, display: str, kind: str, findings: Findings) -> Cursor | None:
    document, found = read_document(path, display)
    findings.gathered += found
    if document is None:
        return None
    if (other := _kind(document)) != kind and not (other is None and kind == "shapes"):
        told = _KINDS[other] if other else "neither service, operation nor shapes"
        findings.say(
            "wrong-file" if other else "missing-key",
            f"this file should hold {_KINDS[kind]}, and holds {told}",
            Position(display),
            f"the key '{kind}' makes it that",
        )
        return None
    # What can't be read as YAML means it is reported once, not again for its form.
    reported = {finding.position for finding in found}
    form = [f for f in check_form(document) if f.position not in reported]
    findings.gathered += form
    findings.misformed |= reported | {
        f.position for f in form if f.code not in _KEY_CODES
    }
    return Cursor(document, (), document.data)


def _kind(document: Document) -> str | None:
    return next(
        (kind for kind in ("operation", "service", "shapes") if kind in document.data),
        None,
    )


def _strange(display: str, hint: str, findings: Findings) -> None:
    findings.gathered.append(
        Diagnostic(
            "unexpected-file",
            "this file is not read",
            Position(display),
            hint,
            "warning",
        )
    )
