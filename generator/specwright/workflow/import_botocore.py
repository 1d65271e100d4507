"""Imports a model of botocore into a folder of specs: all of its files, or none."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from specwright.diagnostics import Diagnostic, Position, closest, has_errors, in_order
from specwright.document import format_spec, read_document
from specwright.output.writer import write
from specwright.sources.botocore import (
    OPERATIONS_FOLDER,
    SERVICE_FILE,
    SHAPES_FILE,
    Companions,
    Converted,
    Finding,
    Model,
    convert,
    folder_name,
    locate,
)
from specwright.sources.kept import Dropped, keep
from specwright.workflow.botocore_models import find_model

_CODES = {"unsupported": "unsupported-operation", "unknown": "not-carried"}
_MAX_LOCATED = 50
"""So many findings get their place in the model; finding it means reading the model again."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to import. ``source`` is a service's name in botocore or the path of a model.

    ``operations`` are added to those that the folder has already; None is all of the model.
    """

    source: str
    into: Path
    operations: tuple[str, ...] | None = None
    paginators: Path | None = None
    waiters: Path | None = None
    docs: bool = False


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did. ``service`` is empty where no model could be read."""

    diagnostics: tuple[Diagnostic, ...] = ()
    service: str = ""
    folder: str = ""
    operations: int = 0
    shapes: int = 0
    created: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    unused: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """True where the specs now say what the model does."""
        return not has_errors(self.diagnostics)


def import_botocore(request: Request) -> Imported:
    """Write or update the specs of one service; an OSError where the disk refuses."""
    if (request.into / SERVICE_FILE).exists():
        message = "this is the folder of one service"
        hint = "name the folder around it, which holds those of all services"
        place = Position(request.into.as_posix())
        return Imported((Diagnostic("not-a-root", message, place, hint),))
    found = find_model(request.source, request.paginators, request.waiters)
    if found.model is None:
        return Imported(found.diagnostics)
    model = found.model
    service = str(model.metadata["serviceId"])
    folder = request.into / (found.companions.package or folder_name(service))
    present = _present(folder)
    unknown = [n for n in request.operations or () if n not in model.operations]
    if unknown:
        return Imported(tuple(_unknown(name, model) for name in unknown))
    wanted = request.operations
    if wanted is not None:
        here = {p.rpartition("/")[2].removesuffix(".yaml") for p in present}
        wanted = tuple(n for n in model.operations if n in {*wanted, *here})
    converted = convert(model, wanted, found.companions, docs=request.docs)
    contents = _texts(converted.documents)
    notes: list[Diagnostic] = []
    if any(_read(folder / path) != contents.get(path) for path in present):
        merged, notes = _with_hand(
            request, folder, present, model, wanted, found.companions
        )
        if merged is None:
            return Imported(tuple(in_order(notes)), service, folder.as_posix())
        converted, contents = merged
    changed = {
        p: t for p, t in contents.items() if p not in present or _read(folder / p) != t
    }
    deleted = tuple(p for p in present if p == SHAPES_FILE and p not in contents)
    if changed or deleted:
        write(folder, changed, deleted, None)
    return Imported(
        tuple(in_order([*notes, *_told(converted.findings, model)])),
        service,
        folder.as_posix(),
        sum(path.startswith(OPERATIONS_FOLDER) for path in converted.documents),
        sum(len(_shape_names(d)) for d in converted.documents.values()),
        tuple(p for p in changed if p not in present),
        tuple(p for p in changed if p in present),
        deleted,
        converted.findings,
        converted.unused,
    )


def _with_hand(
    request: Request,
    folder: Path,
    present: tuple[str, ...],
    model: Model,
    wanted: tuple[str, ...] | None,
    companions: Companions,
) -> tuple[tuple[Converted, dict[str, bytes]] | None, list[Diagnostic]]:
    """The documents and files with what people wrote into those that are there already."""
    old: dict[str, Mapping[str, object]] = {}
    notes: list[Diagnostic] = []
    for path in present:
        document, found = read_document(folder / path)
        notes += found
        if document is not None:
            old[path] = document.data
    if not has_errors(notes):
        notes += _other_service(old, folder, model)
    if has_errors(notes):
        return None, notes
    named = {name for data in old.values() for name in _shape_names(data)}
    converted = convert(
        model,
        wanted,
        companions,
        docs=request.docs,
        named=named & model.shapes.keys(),
    )
    documents, dropped = keep(old, converted.documents)
    contents = _texts(documents)
    for path, data in old.items():
        if documents.get(path) == data:
            # Nothing is said differently: comments and layout by hand stay as they are.
            contents[path] = _read(folder / path) or b""
    notes += [_lost(one, folder) for one in dropped]
    notes += [
        _left(path, folder)
        for path in old
        if path not in converted.documents and path != SHAPES_FILE
    ]
    return (converted, contents), notes


def _present(folder: Path) -> tuple[str, ...]:
    """The spec files of a service's folder, by their paths in it."""
    paths = [name for name in (SERVICE_FILE, SHAPES_FILE) if (folder / name).is_file()]
    if (folder / OPERATIONS_FOLDER).is_dir():
        paths += [
            f"{OPERATIONS_FOLDER}/{name}"
            for name in sorted(os.listdir(folder / OPERATIONS_FOLDER))
            if name.endswith(".yaml") and not name.startswith(".")
        ]
    return tuple(paths)


def _texts(documents: Mapping[str, Mapping[str, object]]) -> dict[str, bytes]:
    return {p: format_spec(data).encode("utf-8") for p, data in documents.items()}


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _shape_names(data: Mapping[str, object]) -> tuple[str, ...]:
    shapes = data.get("shapes")
    return tuple(shapes) if isinstance(shapes, dict) else ()


def _other_service(
    old: Mapping[str, Mapping[str, object]], folder: Path, model: Model
) -> list[Diagnostic]:
    """A finding where the folder is that of a service with another id."""
    there = old.get(SERVICE_FILE, {}).get("service")
    wanted = model.metadata["serviceId"]
    if there is None or there == wanted:
        return []
    message = f"this folder holds the service '{there}', not '{wanted}'"
    place = Position((folder / SERVICE_FILE).as_posix())
    return [Diagnostic("other-service", message, place, "import into another folder")]


def _unknown(name: str, model: Model) -> Diagnostic:
    message = f"the model has no operation '{name}'"
    hint = closest(name, model.operations)
    return Diagnostic("unknown-operation", message, Position(model.file), hint)


def _lost(dropped: Dropped, folder: Path) -> Diagnostic:
    where = "/".join(dropped.path)
    message = (
        f"'{where}' is no longer in the model: what was written there by hand is gone"
    )
    place = Position((folder / dropped.file).as_posix())
    return Diagnostic("hand-dropped", message, place, severity="warning")


def _left(path: str, folder: Path) -> Diagnostic:
    message = "the model has no such operation: its file stays as it is"
    place = Position((folder / path).as_posix())
    hint = "remove the file, if the API no longer has the operation"
    return Diagnostic("not-in-model", message, place, hint, severity="warning")


def _told(findings: tuple[Finding, ...], model: Model) -> list[Diagnostic]:
    """Findings for people, with their places in the model; what is dropped on purpose is not."""
    told = [f for f in findings if f.effect in _CODES]
    return [
        Diagnostic(
            _CODES[finding.effect],
            _message(finding),
            (
                locate(model.source, finding.path, model.file)
                if number < _MAX_LOCATED
                else Position(model.file)
            ),
            severity="warning",
        )
        for number, finding in enumerate(told)
    ]


def _message(finding: Finding) -> str:
    names = ", ".join(f"'{name}'" for name in finding.operations[:3])
    if len(finding.operations) > 3:
        names += f" and {len(finding.operations) - 3} more"
    if finding.effect == "unsupported":
        what = f"{names} can't be generated" if names else "this can't be generated"
        return f"{what}: {finding.reason}"
    return f"not carried: {finding.reason}" + (f" ({names})" if names else "")
