"""The command ``ingest``: prints what pages say, and what became of it."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from specwright.cli import exits, report
from specwright.diagnostics import Diagnostic

if TYPE_CHECKING:
    from specwright.workflow.ingest import Ingested


def ingest_pages(
    arguments: Namespace, code: Callable[[bool, Iterable[Diagnostic]], int]
) -> int:
    """Read pages into specs; ``code`` turns how it ends into an exit code."""
    from specwright.workflow.ingest import Request, ingest
    from specwright.workflow.ingest_report import page_facts

    if arguments.into is None and not arguments.facts:
        raise exits.UsageError(
            "name the folder of specs with --into, or ask for --facts"
        )
    if (
        arguments.into is not None
        and arguments.into.exists()
        and not arguments.into.is_dir()
    ):
        raise exits.UsageError(f"{arguments.into}: is not a folder")
    if arguments.facts and arguments.json:
        raise exits.UsageError("--facts prints JSON of its own: leave out --json")
    progress = report.ProgressLine(sys.stderr)
    request = Request(
        pages=tuple(arguments.pages),
        into=arguments.into,
        service=arguments.service,
        docs=arguments.docs,
        prefer=tuple(arguments.prefer or ()),
        complete=arguments.complete is not None,
    )
    try:
        done = ingest(request, progress)
    finally:
        progress.clear()
    report.findings(done.diagnostics)
    if arguments.facts:
        report.as_json(page_facts(done.pages))
    elif arguments.json:
        report.as_json(_told(done))
    else:
        _print(done, arguments.into)
    return code(done.ok, done.diagnostics)


def _told(done: Ingested) -> dict[str, object]:
    from specwright.workflow.ingest_report import summary

    return {
        "ok": done.ok,
        "pages": [summary(page).to_json() for page in done.pages],
        "failed": list(done.failed),
        "created": list(done.created),
        "updated": list(done.updated),
        "diagnostics": [d.to_json() for d in done.diagnostics],
    }


def _print(done: Ingested, into: Path | None) -> None:
    from specwright.workflow.ingest_report import COLUMNS, summary

    rows = [summary(page) for page in done.pages]
    if rows:
        _table([COLUMNS, *(row.cells() for row in rows)])
    for row in rows:
        if row.inferred:
            report.say(f"{row.page}: inferred: {', '.join(row.inferred)}")
        if row.missing:
            report.say(f"{row.page}: not said: {', '.join(row.missing)}")
        for line in row.unread:
            report.say(f"{row.page}:{line}: no rule understood this line")
    for name in done.failed:
        report.warn(f"{name}: nothing was taken from this page")
    counted = (
        ("created", done.created),
        ("updated", done.updated),
    )
    changes = ", ".join(f"{len(paths)} {verb}" for verb, paths in counted if paths)
    if into is not None:
        report.say(f"{into.as_posix()}: {changes or 'up to date'}")


def _table(rows: list[tuple[str, ...]]) -> None:
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        report.say("  ".join(cells).rstrip())
