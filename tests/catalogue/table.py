"""What a run of the catalogue tells people: progress, disagreements, a table by protocol."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from time import monotonic
from typing import TextIO

from tests.catalogue.services import Report

KINDS = ("request", "response", "error")
WIDTH = 30
MOST_LISTED = 400


class Progress:
    """A bar on a terminal; elsewhere a line now and then."""

    def __init__(self, total: int, stream: TextIO = sys.stderr) -> None:
        self.total = total
        self.stream = stream
        self.done = self.operations = self.wrong = 0
        self.started = monotonic()

    def add(self, report: Report) -> None:
        """Count one more service."""
        self.done += 1
        self.operations += report.operations
        self.wrong += len(report.disagreements) + bool(report.trouble)
        on_terminal = self.stream.isatty()
        if not on_terminal and self.done % 20 and self.done != self.total:
            return
        filled = WIDTH * self.done // self.total
        spent = monotonic() - self.started
        line = (
            f"[{'#' * filled}{'.' * (WIDTH - filled)}] {self.done}/{self.total} services, "
            f"{self.operations:,} operations, {self.wrong} disagreements, {spent:.0f} s"
        )
        end = "\n" if not on_terminal or self.done == self.total else ""
        self.stream.write(f"\r{line}\x1b[K{end}" if on_terminal else f"{line}\n")
        self.stream.flush()


def summary(reports: Sequence[Report]) -> list[str]:
    """The table, what was left out, and every disagreement."""
    return [*disagreements(reports), "", *left_out(reports), "", *table(reports)]


def table(reports: Iterable[Report]) -> list[str]:
    """Agreement, time and memory by protocol."""
    by_protocol: dict[str, list[Report]] = {}
    for report in reports:
        by_protocol.setdefault(report.protocol or "none", []).append(report)
    rows = [
        (
            "protocol",
            "services",
            "operations",
            "left out",
            *(f"{kind}s" for kind in KINDS),
            "import s",
            "generate s",
            "modules s",
            "load s",
            "compare s",
            "MB",
            "peak MiB",
        )
    ]
    for protocol, some in sorted(by_protocol.items()):
        rows.append(_row(protocol, some))
    rows.append(
        _row("all", [report for some in by_protocol.values() for report in some])
    )
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell.ljust(width) if place == 0 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def _row(name: str, reports: Sequence[Report]) -> tuple[str, ...]:
    compared: Counter[str] = Counter()
    agreed: Counter[str] = Counter()
    for report in reports:
        compared += report.compared
        agreed += report.agreed
    spent = [
        f"{sum(report.seconds.get(stage, 0) for report in reports):.1f}"
        for stage in ("import", "generate", "modules", "load", "compare")
    ]
    return (
        name,
        f"{len(reports)}",
        f"{sum(report.operations for report in reports):,}",
        f"{sum(report.left_out.total() for report in reports):,}",
        *(f"{agreed[kind]:,}/{compared[kind]:,}" for kind in KINDS),
        *spent,
        f"{sum(report.size for report in reports) / 1e6:.1f}",
        f"{max((report.peak_mib for report in reports), default=0):.0f}",
    )


def left_out(reports: Iterable[Report]) -> list[str]:
    """Why operations were not generated, each reason counted."""
    reasons: Counter[str] = Counter()
    for report in reports:
        reasons += report.left_out
    if not reasons:
        return ["no operation was left out"]
    found = [f"{count:6,}  {reason}" for reason, count in reasons.most_common()]
    return [f"{reasons.total():,} operations were left out:", *found]


def disagreements(reports: Iterable[Report]) -> list[str]:
    """Every disagreement, and every service that could not be compared at all."""
    lines = []
    for report in reports:
        if report.trouble:
            lines.append(f"{report.service} could not be compared:\n{report.trouble}")
        lines += [str(one) for one in report.disagreements]
    return lines or ["no disagreements"]
