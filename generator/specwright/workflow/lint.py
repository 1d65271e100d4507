"""Specs judged: every problem, and what is still needed before a client can be generated."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from specwright.diagnostics import Diagnostic, Position, in_order
from specwright.model import Operation, Service
from specwright.render import PROTOCOLS, reasons
from specwright.resolve import load_services
from specwright.resolve.folder import is_service


def lint(paths: Sequence[Path]) -> list[Diagnostic]:
    """What is wrong with the specs at the paths: folders of services, of one, or single files.

    A file is judged among the others of its service; only what concerns it is told.
    """
    findings: list[Diagnostic] = []
    for path in paths:
        root = _service_folder(path) if path.is_file() else path
        if root is None:
            findings.append(_stray(path))
            continue
        services, found = load_services(root)
        for service in services:
            folder = (
                root if root.resolve().name == service.folder else root / service.folder
            )
            found += still_needed(service, folder.as_posix())
        findings += found if root is path else _about(found, path)
    return in_order(findings)


def still_needed(service: Service, display: str) -> list[Diagnostic]:
    """What stands between each operation and a client; ``display`` is the service's folder."""
    findings: list[Diagnostic] = []
    if service.protocol not in PROTOCOLS:
        findings.append(
            Diagnostic(
                "not-generated-yet",
                f"no client can be generated for the protocol '{service.protocol}' yet",
                Position(f"{display}/service.yaml"),
                "generated are: " + ", ".join(PROTOCOLS),
                "warning",
            )
        )
    if service.endpoint.prefix is None:
        findings.append(
            Diagnostic(
                "not-generated-yet",
                "the host follows from endpoint rules, and those are not evaluated yet",
                Position(f"{display}/service.yaml"),
                "clients of this service need 'endpoint_url'",
                "warning",
            )
        )
    for operation in service.operations.values():
        findings += _operation(
            service, operation, Position(f"{display}/{operation.file}")
        )
    return findings


def _operation(
    service: Service, operation: Operation, where: Position
) -> Iterator[Diagnostic]:
    if operation.unsupported is not None:
        yield Diagnostic(
            "unsupported-operation",
            f"'{operation.name}' is left out: {operation.unsupported}",
            where,
            "remove 'unsupported' when it can be generated",
            "warning",
        )
        return
    what = next(reasons(service, operation), None)
    if what is not None:
        yield Diagnostic(
            "not-generated-yet",
            f"'{operation.name}' needs {what}, which clients don't have yet",
            where,
            "mark the operation with 'unsupported: <reason>' to leave it out",
            "warning",
        )


def _service_folder(file: Path) -> Path | None:
    """The folder of the service that a file belongs to, relative where the file's path is."""
    for folder in (file.parent, Path(os.path.normpath(file.parent / ".."))):
        if is_service(folder):
            return folder
    return None


def _stray(file: Path) -> Diagnostic:
    return Diagnostic(
        "stray-file",
        "the file is in no service's folder",
        Position(file.as_posix()),
        "specs are <service>/service.yaml, shapes.yaml and operations/<Operation>.yaml",
    )


def _about(findings: Iterable[Diagnostic], file: Path) -> list[Diagnostic]:
    """The findings that have an end in a file."""
    name = os.path.abspath(file)
    return [
        finding
        for finding in findings
        if any(
            os.path.abspath(place.file) == name
            for place in (finding.position, *(place for place, _ in finding.related))
        )
    ]
