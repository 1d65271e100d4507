"""Which operations are generated: those asked for, without those that can't be yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from specwright.diagnostics import Diagnostic, Position, closest
from specwright.workflow.inputs import SERVICE_FILE, Inputs

if TYPE_CHECKING:
    from specwright.model import Service

Selection: TypeAlias = Mapping[str, tuple[str, ...] | None]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A service with the operations to generate; ``names`` is None where none were named."""

    service: Service
    folder: str
    names: tuple[str, ...] | None


def select(
    services: Iterable[Service],
    inputs: Inputs,
    operations: tuple[str, ...] | None,
    selection: Selection | None = None,
) -> tuple[list[Chosen], list[Diagnostic]]:
    """The services that have operations to generate, and names that no operation has.

    ``selection`` holds names by service folder and goes before ``operations``; a folder that it
    lacks gets the names of all the others.
    """
    services = list(services)
    if selection is not None:
        operations = selected_names(selection)
    chosen = []
    for service in services:
        folder = inputs.name_of(service.folder)
        names = operations if selection is None else selection.get(folder, operations)
        if names is None:
            chosen.append(Chosen(service, folder, None))
        elif kept := {n: op for n, op in service.operations.items() if n in names}:
            part = replace(service, operations=kept)
            chosen.append(Chosen(part, folder, tuple(sorted(kept))))
    return chosen, _unknown(services, inputs, operations)


def selected_names(selection: Selection) -> tuple[str, ...] | None:
    """All names of a selection, or None where it names none."""
    named = {n for names in selection.values() if names is not None for n in names}
    return tuple(sorted(named)) or None


def left_out(
    chosen: Chosen, inputs: Inputs, reasons: Mapping[str, str], *, empty: bool
) -> list[Diagnostic]:
    """What to say of operations that can't be generated: errors where they were named."""
    folder = inputs.path(chosen.folder)
    found = [
        Diagnostic(
            "unsupported-operation",
            f"'{name}' is left out: {reason}",
            Position((folder / chosen.service.operations[name].file).as_posix()),
            severity="warning" if chosen.names is None else "error",
        )
        for name, reason in reasons.items()
    ]
    if empty:
        message = f"'{chosen.service.id}' is left out: no operation can be generated"
        place = Position((folder / SERVICE_FILE).as_posix())
        found.append(Diagnostic("no-operations", message, place, severity="warning"))
    return found


def _unknown(
    services: list[Service], inputs: Inputs, names: tuple[str, ...] | None
) -> list[Diagnostic]:
    known = [name for service in services for name in service.operations]
    place = Position(inputs.specs.as_posix())
    return [
        Diagnostic(
            "unknown-operation",
            f"no operation is called '{name}'",
            place,
            closest(name, known),
        )
        for name in dict.fromkeys(names or ())
        if services and name not in known
    ]
