"""Takes documentation pages into a folder of specs: what could be read, and none of the rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from specwright.diagnostics import Diagnostic, Position, has_errors, in_order
from specwright.sources.pages import Fact, PageFacts
from specwright.workflow.ingest_pages import page_files, read_pages


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
    """What came of it: facts by page, and the files that changed."""

    pages: tuple[PageFacts, ...] = ()
    failed: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    created: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    unchanged: int = 0

    @property
    def ok(self) -> bool:
        """True where every page was read and nothing stood in the way of writing."""
        return not self.failed and not has_errors(self.diagnostics)


def ingest(
    request: Request, progress: Callable[[str, int, int], None] = lambda *_: None
) -> Ingested:
    """Read the pages and write what they say; an OSError where the disk refuses."""
    files = page_files(request.pages)
    reads = read_pages(files, request.service, request.docs, progress)
    found = [d for read in reads for d in read.diagnostics]
    named = [path.as_posix() for path in files]
    failed = [n for n, read in zip(named, reads, strict=True) if read.facts is None]
    if not files:
        place = Position(", ".join(p.as_posix() for p in request.pages))
        found.append(Diagnostic("no-pages", "there is no page in this folder", place))
    pages = _with_services([read.facts for read in reads if read.facts is not None])
    return Ingested(tuple(pages), tuple(failed), tuple(in_order(found)))


def _with_services(pages: Sequence[PageFacts]) -> list[PageFacts]:
    """Pages that don't name their service are of the one that another page names."""
    known: dict[str, set[str]] = {}
    for page in pages:
        operation, service = page.text("operation"), page.text("service")
        if operation is not None and service is not None:
            known.setdefault(operation.casefold(), set()).add(service)
    result = []
    for page in pages:
        services = known.get((page.text("operation") or "").casefold(), set())
        if "service" not in page.facts and len(services) == 1:
            fact = Fact(next(iter(services)), 0, inferred=True)
            page = replace(page, facts={**page.facts, "service": fact})
        result.append(page)
    return result
