"""Takes documentation pages into a folder of specs: what could be read, and none of the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from specwright.diagnostics import Diagnostic, Position, has_errors, in_order
from specwright.sources.botocore import OPERATIONS_FOLDER, SERVICE_FILE
from specwright.sources.pages import Fact, PageFacts, Read
from specwright.workflow.ingest_pages import page_files, read_file, read_pages
from specwright.workflow.ingest_service import Changes, Work, write_service


@dataclass(frozen=True, slots=True)
class Request:
    """What to ingest. ``into`` is None where only the facts are asked for."""

    pages: tuple[Path, ...]
    into: Path | None = None
    service: str | None = None
    docs: bool = False
    prefer: tuple[str, ...] = ()
    complete: bool = False


@dataclass(frozen=True, slots=True)
class Ingested:
    """What came of it: facts by page, and the files that changed, relative to the root."""

    pages: tuple[PageFacts, ...] = ()
    failed: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    created: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """True where every page was read and nothing stood in the way of writing."""
        return not self.failed and not has_errors(self.diagnostics)


def ingest(
    request: Request, progress: Callable[[str, int, int], None] = lambda *_: None
) -> Ingested:
    """Read the pages and write what they say; an OSError where the disk refuses."""
    if request.into is not None and (request.into / SERVICE_FILE).exists():
        message = "this is the folder of one service"
        hint = "name the folder around it, which holds those of all services"
        place = Position(request.into.as_posix())
        return Ingested(diagnostics=(Diagnostic("not-a-root", message, place, hint),))
    files = page_files(request.pages)
    reads = read_pages(files, request.service, request.docs, progress)
    found = [d for read in reads for d in read.diagnostics]
    named = [path.as_posix() for path in files]
    failed = [n for n, read in zip(named, reads, strict=True) if read.facts is None]
    if not files:
        place = Position(", ".join(p.as_posix() for p in request.pages))
        found.append(Diagnostic("no-pages", "there is no page in this folder", place))
    pages = _with_services(
        [r.facts for r in reads if r.facts is not None], request.into, request.docs
    )
    if request.into is None:
        return Ingested(tuple(pages), tuple(failed), tuple(in_order(found)))
    works, unplaced = _works(pages, reads)
    found += unplaced
    failed += [d.position.file for d in unplaced if d.severity == "error"]
    changes = [_written(request, request.into, work) for work in works]
    found += [d for one in changes for d in one.diagnostics]
    return Ingested(
        tuple(pages),
        tuple(dict.fromkeys(failed)),
        tuple(in_order(found)),
        tuple(path for one in changes for path in one.created),
        tuple(path for one in changes for path in one.updated),
    )


def _written(request: Request, into: Path, work: Work) -> Changes:
    return write_service(
        work, into, prefer=request.prefer, docs=request.docs, complete=request.complete
    )


def _with_services(
    pages: Sequence[PageFacts], into: Path | None, docs: bool
) -> list[PageFacts]:
    """Pages that don't name their service are of the one that has such an operation."""
    known: dict[str, dict[str, list[PageFacts]]] = {}
    for page in pages:
        operation, service = page.text("operation"), page.text("service")
        if operation is not None and service is not None:
            same = known.setdefault(operation.casefold(), {})
            same.setdefault(service, []).append(page)
    here = _operations_in(into) if into is not None else {}
    result = []
    for page in pages:
        operation = (page.text("operation") or "").casefold()
        if "service" in page.facts:
            result.append(page)
            continue
        if operation in known:
            service = _likest(page, known[operation])
        else:
            found = here.get(operation, set())
            service = next(iter(found)) if len(found) == 1 else None
        if service is not None:
            fact = Fact(service, 0, inferred=True)
            # How Dart's names are spelled elsewhere hangs on the service.
            named = read_file(Path(page.page), service, docs).facts
            page = named if named is not None and page.format == "dart" else page
            page = replace(page, facts={**page.facts, "service": fact})
        result.append(page)
    return result


def _likest(page: PageFacts, known: Mapping[str, Sequence[PageFacts]]) -> str | None:
    """The service whose operation of that name is the page's, and no other's is as much."""
    likeness = {
        service: max(_likeness(page, other) for other in others)
        for service, others in known.items()
    }
    best = max(likeness.values())
    services = [service for service, value in likeness.items() if value == best]
    return services[0] if best >= _ALIKE and len(services) == 1 else None


_ALIKE = 0.5
"""Crawls of several years differ in members, and operations of two services in nearly all."""


def _likeness(one: PageFacts, other: PageFacts) -> float:
    """The share of members of the input that two pages have in common."""
    if one.input is None or other.input is None:
        return _ALIKE
    mine, theirs = (
        {name.casefold() for name in section} for section in (one.input, other.input)
    )
    return len(mine & theirs) / len(mine | theirs) if mine | theirs else 1.0


def _operations_in(into: Path) -> dict[str, set[str]]:
    """The services in a folder of specs that have an operation, by its folded name."""
    from specwright.document import read_document

    found: dict[str, set[str]] = {}
    for file in sorted(into.glob(f"*/{SERVICE_FILE}")):
        document, _ = read_document(file)
        service = document.data.get("service") if document is not None else None
        for path in (file.parent / OPERATIONS_FOLDER).glob("*.yaml"):
            if isinstance(service, str):
                found.setdefault(path.stem.casefold(), set()).add(service)
    return found


def _works(
    pages: Iterable[PageFacts], reads: Iterable[Read]
) -> tuple[list[Work], list[Diagnostic]]:
    """What is to be written for each service, and what can't be."""
    found: list[Diagnostic] = []
    grouped: dict[str, dict[str, list[PageFacts]]] = {}
    bad = {
        (service, (operation or "").casefold())
        for read in reads
        if read.facts is None
        for service, operation in (read.about,)
    }
    for page in pages:
        service, operation = page.text("service"), page.text("operation") or ""
        place = Position(page.page, page.facts["operation"].line)
        if service is None:
            message = f"the page of '{operation}' does not say which service it is of"
            hint = "name the service with --service"
            found.append(Diagnostic("no-service-named", message, place, hint))
            continue
        folded = operation.casefold()
        if {(service, folded), (None, folded)} & bad:
            message = f"nothing is written for '{operation}': another page of it is bad"
            found.append(Diagnostic("not-written", message, place, severity="warning"))
            continue
        grouped.setdefault(service, {}).setdefault(folded, []).append(page)
    works = [_work(service, operations) for service, operations in grouped.items()]
    return works, found


def _work(service: str, operations: Mapping[str, list[PageFacts]]) -> Work:
    return Work(service, {_name(pages): tuple(pages) for pages in operations.values()})


def _name(pages: Sequence[PageFacts]) -> str:
    """The operation's name as it is surest spelled."""
    facts = sorted(
        (p.facts["operation"] for p in pages), key=lambda fact: fact.inferred
    )
    return str(facts[0].value)
