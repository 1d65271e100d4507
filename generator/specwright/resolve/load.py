"""Folders of spec files to services of the model, with every problem of all files at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from specwright.diagnostics import Diagnostic, Position, has_errors, in_order
from specwright.model import Service, ShapeType
from specwright.resolve.context import Context, Definition, Findings
from specwright.resolve.cursor import Cursor
from specwright.resolve.errors import check_errors
from specwright.resolve.folder import Files, is_service, read_files
from specwright.resolve.graph import check_depth, check_recursion, check_use
from specwright.resolve.members import BUILTINS, read_shape
from specwright.resolve.operations import read_operation
from specwright.resolve.provenance import read_provenance
from specwright.resolve.routes import check_paths
from specwright.resolve.service import build_service, check_service, read_protocols


def load_services(
    root: Path, progress: Callable[[str, int, int], None] | None = None
) -> tuple[list[Service], list[Diagnostic]]:
    """The services below a folder of services, or the one whose own folder this is.

    Services with errors are left out; the findings say which those are.
    """
    if not root.is_dir():
        what = (
            "this is a file, not a folder"
            if root.exists()
            else "there is no such folder"
        )
        return [], [
            Diagnostic(
                "not-a-folder",
                what,
                Position(root.as_posix()),
                "name the folder of a service, or the folder that holds those",
            )
        ]
    folders = [root] if is_service(root) else _service_folders(root)
    findings: list[Diagnostic] = []
    services: dict[str, Service] = {}
    if not folders:
        hint = "a service's folder holds service.yaml and operations/"
        empty = "there is no service in this folder"
        return [], [Diagnostic("no-service", empty, Position(root.as_posix()), hint)]
    for number, folder in enumerate(folders, start=1):
        if progress is not None:
            progress("reading", number, len(folders))
        service, found = load_service(folder)
        findings += found
        if service is None:
            continue
        other = services.setdefault((service.package or service.id).casefold(), service)
        if other is not service:
            findings.append(
                Diagnostic(
                    "duplicate-service",
                    f"'{service.id}' is also the id of the service in '{other.folder}'",
                    Position((folder / "service.yaml").as_posix()),
                    "give one of them a 'package' of its own",
                    related=(
                        (
                            Position((root / other.folder / "service.yaml").as_posix()),
                            "here",
                        ),
                    ),
                )
            )
    return list(services.values()), in_order(findings)


def load_service(
    folder: Path, display: str | None = None
) -> tuple[Service | None, list[Diagnostic]]:
    """The service that a folder holds, or None beside errors; warnings stand beside either.

    ``display`` is what findings call the folder.
    """
    findings = Findings()
    files = read_files(
        folder, display if display is not None else folder.as_posix(), findings
    )
    definitions = _definitions(files, findings)
    protocols = read_protocols(files.service) if files.service is not None else ()
    contexts = _contexts(
        files, definitions, protocols[0] if protocols else "rest-json", findings
    )
    shapes = {
        name: Definition(
            read_shape(name, cursor, contexts[cursor.document.file]), cursor
        )
        for name, cursor in definitions.items()
    }
    roots = _operations(files, findings)
    operations = {
        name: read_operation(name, root, shapes, contexts[root.document.file])
        for name, root in roots.items()
    }
    if files.service is not None:
        check_service(files.service, findings)
    for context in list(contexts.values())[:1]:
        check_errors(shapes, context)
        check_recursion(shapes, context)
        check_depth(shapes, roots, context)
        check_paths(operations, roots, context)
        if not has_errors(findings.gathered):
            check_use(shapes, operations.values(), context)
    found = in_order(findings.gathered)
    if has_errors(found) or files.service is None:
        return None, found
    named = {name: definition.shape for name, definition in shapes.items()}
    return build_service(files.service, folder.resolve().name, named, operations), found


def _service_folders(root: Path) -> list[Path]:
    folders = (p for p in root.iterdir() if p.is_dir() and p.name[0] != ".")
    return sorted((p for p in folders if is_service(p)), key=lambda p: p.name)


def _definitions(files: Files, findings: Findings) -> dict[str, Cursor]:
    """Every named shape by its name: one namespace over all files of the service."""
    definitions: dict[str, Cursor] = {}
    for root in files.all():
        for name, cursor in root.at("shapes").entries():
            if (first := definitions.setdefault(name, cursor)) is not cursor:
                findings.say(
                    "duplicate-shape",
                    f"the shape '{name}' is defined here a second time",
                    cursor.name_where,
                    "keep one of them; what several operations use stands in shapes.yaml",
                    related=((first.name_where, f"'{name}' is defined here too"),),
                )
    return definitions


def _contexts(
    files: Files, definitions: Mapping[str, Cursor], protocol: str, findings: Findings
) -> dict[str, Context]:
    kinds: dict[str, ShapeType] = {
        name: BUILTINS.get(cursor.text("type") or "", "document")
        for name, cursor in definitions.items()
    }
    return {
        root.document.file: Context(
            findings, kinds, protocol, files.relative(root), read_provenance(root)
        )
        for root in files.all()
    }


def _operations(files: Files, findings: Findings) -> dict[str, Cursor]:
    """The files of operations by the operation's name, each name once, whatever its case."""
    by_name: dict[str, Cursor] = {}
    by_folded: dict[str, Cursor] = {}
    for root in files.operations:
        name = root.text("operation")
        if name is None:
            continue
        inner = root.at("operation")
        first = by_folded.setdefault(name.casefold(), inner)
        if first is not inner:
            what = (
                "the same name" if first.value == name else f"the name '{first.value}'"
            )
            findings.say(
                "duplicate-operation",
                f"'{name}' is defined twice: another file has {what}",
                inner.where,
                "an operation has one file, and no name differs from another in case alone",
                related=((first.where, f"'{first.value}' is defined here"),),
            )
            continue
        by_name[name] = root
        stem = files.relative(root).rpartition("/")[2].removesuffix(".yaml")
        if stem != name:
            findings.say(
                "operation-file-name",
                f"the operation '{name}' stands in a file for '{stem}'",
                inner.where,
                f"call the file {name}.yaml, or the operation '{stem}'",
            )
    return by_name
