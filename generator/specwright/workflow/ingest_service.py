"""Writes what pages say into the folder of one service: all files that change, or none."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from specwright.diagnostics import Diagnostic, Position, closest, has_errors
from specwright.document import format_spec, read_document
from specwright.output.writer import write
from specwright.sources.botocore import (
    OPERATIONS_FOLDER,
    SERVICE_FILE,
    SHAPES_FILE,
    convert,
    folder_name,
)
from specwright.sources.pages import (
    MODEL,
    Contradiction,
    Fact,
    Merged,
    PageFacts,
    botocore_folder,
    facts_of_spec,
    merge,
    write_documents,
)
from specwright.workflow.botocore_models import find_model


@dataclass(frozen=True, slots=True)
class Work:
    """The pages of a service's operations, by the operations' names."""

    service: str
    operations: Mapping[str, tuple[PageFacts, ...]]


@dataclass(frozen=True, slots=True)
class Changes:
    """What was written, by paths from the root of all services."""

    diagnostics: tuple[Diagnostic, ...] = ()
    created: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Completion:
    service: Mapping[str, object] | None = None
    operations: Mapping[str, PageFacts] | None = None
    diagnostics: tuple[Diagnostic, ...] = ()


def write_service(
    work: Work, into: Path, *, prefer: tuple[str, ...], docs: bool, complete: bool
) -> Changes:
    """Write or update the specs of one service."""
    folder = _folder(work.service, into)
    old, found = _present(folder)
    if has_errors(found):
        return Changes(tuple(found))
    completion = _completion(work, folder, docs) if complete else _Completion()
    found += completion.diagnostics
    merged = [
        _merged(name, pages, completion, prefer, _errors(old, name))
        for name, pages in work.operations.items()
    ]
    before = {path: format_spec(document) for path, document in old.items()}
    written = write_documents(old, merged, completion.service, prefer=prefer, docs=docs)
    found += [_contradiction(one, folder) for one in written.contradictions]
    changed = {
        path: text.encode("utf-8")
        for path, document in written.documents.items()
        if (text := format_spec(document)) != before.get(path)
    }
    # What was moved elsewhere can leave a file without anything in it.
    if changed:
        write(folder, changed, (), None)
    shown = folder.relative_to(into).as_posix()
    return Changes(
        tuple(found),
        tuple(f"{shown}/{path}" for path in sorted(changed) if path not in before),
        tuple(f"{shown}/{path}" for path in sorted(changed) if path in before),
    )


def _folder(service: str, into: Path) -> Path:
    """The folder that the service has already, or is to have."""
    for file in sorted(into.glob(f"*/{SERVICE_FILE}")):
        document, _ = read_document(file)
        if document is not None and document.data.get("service") == service:
            return file.parent
    return into / (folder_name(service) or "service")


def _present(folder: Path) -> tuple[dict[str, dict[str, object]], list[Diagnostic]]:
    """The documents of a service's folder by their paths in it."""
    paths = [name for name in (SERVICE_FILE, SHAPES_FILE) if (folder / name).is_file()]
    if (folder / OPERATIONS_FOLDER).is_dir():
        paths += [
            f"{OPERATIONS_FOLDER}/{name}"
            for name in sorted(os.listdir(folder / OPERATIONS_FOLDER))
            if name.endswith(".yaml") and not name.startswith(".")
        ]
    documents: dict[str, dict[str, object]] = {}
    found: list[Diagnostic] = []
    for path in paths:
        document, problems = read_document(folder / path)
        # A spec may lack what the pages are to give; only what can't be read stops us.
        found += [d for d in problems if document is None]
        if document is not None:
            documents[path] = dict(document.data)
    return documents, found


def _merged(
    name: str,
    pages: Sequence[PageFacts],
    completion: _Completion,
    prefer: tuple[str, ...],
    errors: Mapping[str, str | None],
) -> Merged:
    model = (completion.operations or {}).get(name)
    named = [
        replace(
            page,
            facts={
                **page.facts,
                "operation": replace(page.facts["operation"], value=name),
            },
        )
        for page in pages
    ]
    return merge([*named, *([model] if model is not None else [])], prefer, errors)


def _errors(
    old: Mapping[str, Mapping[str, object]], operation: str
) -> dict[str, str | None]:
    """The errors that an operation's document lists, with their codes."""
    shapes = [s for d in old.values() if isinstance(s := d.get("shapes"), dict)]
    listed = old.get(f"{OPERATIONS_FOLDER}/{operation}.yaml", {}).get("errors")
    found: dict[str, str | None] = {}
    for name in listed if isinstance(listed, list) else []:
        shape = next((s[name] for s in shapes if name in s), None)
        trait = shape.get("error") if isinstance(shape, dict) else None
        code = trait.get("code") if isinstance(trait, dict) else None
        found[str(name)] = code if isinstance(code, str) else None
    return found


def _completion(work: Work, folder: Path, docs: bool) -> _Completion:
    """What botocore's model says of the operations."""
    place = Position(folder.as_posix())
    source = botocore_folder(work.service)
    if source is None:
        message = f"botocore has no service '{work.service}' to complete it from"
        return _Completion(diagnostics=(Diagnostic("no-model", message, place),))
    found = find_model(source, None, None)
    if found.model is None:
        return _Completion(diagnostics=found.diagnostics)
    names = {name.casefold(): name for name in found.model.operations}
    known = {
        name: names[name.casefold()]
        for name in work.operations
        if name.casefold() in names
    }
    notes = [
        Diagnostic(
            "not-in-model",
            f"botocore's model of '{work.service}' has no operation '{name}'",
            Position(pages[0].page),
            closest(name, names.values()),
            "warning",
        )
        for name, pages in work.operations.items()
        if name not in known
    ]
    converted = convert(found.model, list(known.values()), found.companions, docs=docs)
    operations = {
        name: _titled(
            facts_of_spec(
                converted.documents,
                f"{OPERATIONS_FOLDER}/{real}.yaml",
                "botocore",
                docs=docs,
            ),
            name,
        )
        for name, real in known.items()
    }
    return _Completion(converted.documents[SERVICE_FILE], operations, tuple(notes))


def _titled(facts: PageFacts, name: str) -> PageFacts:
    return replace(facts, facts={**facts.facts, "operation": Fact(name, 0)})


def _contradiction(one: Contradiction, folder: Path) -> Diagnostic:
    def place(fact: Fact) -> Position:
        if fact.source is not None and fact.source.format == MODEL:
            # A model has no lines; what is written from it has a file.
            return Position((folder / fact.file).as_posix())
        return Position(fact.file or folder.as_posix(), max(fact.line, 1))

    def side(fact: Fact) -> str:
        source = fact.source
        words = (
            (source.format, source.page, source.version) if source is not None else ()
        )
        return f"{' '.join(w for w in words if w)} says {_short(fact.value)}"

    message = f"sources differ on '{one.word}' at {one.pointer or '/'}: {_short(one.kept.value)} is taken"
    related = ((place(one.kept), side(one.kept)), (place(one.other), side(one.other)))
    hint = "believe the other one with --prefer, or decide by hand with 'from: hand'"
    return Diagnostic(
        "contradiction", message, place(one.other), hint, "warning", related
    )


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 80 else text[:77] + "..."
