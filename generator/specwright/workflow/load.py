"""Reads specs for the commands that don't generate: one service's folder, or a root's."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from specwright.diagnostics import Diagnostic, Position, closest, in_order

if TYPE_CHECKING:
    from specwright.model import Service


def load(specs: Path) -> tuple[list[Service], list[Diagnostic]]:
    """The services of a folder and all findings, in order."""
    from specwright.resolve import load_services

    services, found = load_services(specs)
    return services, in_order(found)


def named_operations(
    services: Iterable[Service], specs: Path, service: str | None, operation: str | None
) -> tuple[list[tuple[Service, str]], list[Diagnostic]]:
    """The operations asked for, each with its service; a name that nothing has is a finding.

    A service is named by its id, in any case, or by its folder.
    """
    services = list(services)
    chosen = [s for s in services if service is None or _is_called(s, service)]
    if service is not None and not chosen:
        known = sorted({name for s in services for name in (s.id, s.folder)})
        return [], [_unknown("service", service, specs, known)]
    pairs = [(s, name) for s in chosen for name in s.operations]
    found = [(s, name) for s, name in pairs if operation is None or name == operation]
    if operation is not None and not found:
        return [], [
            _unknown("operation", operation, specs, [name for _, name in pairs])
        ]
    return found, []


def _is_called(service: Service, name: str) -> bool:
    return service.folder == name or service.id.casefold() == name.casefold()


def _unknown(kind: str, name: str, specs: Path, known: Iterable[str]) -> Diagnostic:
    message = f"no {kind} is called '{name}'"
    place = Position(specs.as_posix())
    return Diagnostic(f"unknown-{kind}", message, place, closest(name, known))
