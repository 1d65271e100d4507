"""The rows of the benchmark, and the table that is printed of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison: both figures in words, what they come to, and the budget for it.

    ``holds`` is None for rows without a budget.
    """

    what: str
    ours: str
    other: str
    result: str
    budget: str = ""
    holds: bool | None = None


HEADINGS = Row("what", "ours", "beside", "result", "budget")
VERDICTS = {True: "holds", False: "MISSED", None: ""}


def compared(
    what: str, ours: float, other: float, beside: str, *, at_least: float
) -> Row:
    """A row of two times in seconds, ours to be shorter by some factor."""
    factor = other / ours
    return Row(
        what,
        duration(ours),
        f"{beside} {duration(other)}",
        f"{factor:.1f}x faster",
        f">= {at_least:g}x",
        factor >= at_least,
    )


def bounded(
    what: str, ours: float, other: float, beside: str, *, at_most: float
) -> Row:
    """A row of two times in seconds, ours to be no longer than some multiple."""
    factor = ours / other
    return Row(
        what,
        duration(ours),
        f"{beside} {duration(other)}",
        f"{factor:.2f}x the time",
        f"<= {at_most:g}x",
        factor <= at_most,
    )


def limited(what: str, ours: float, shown: str, *, at_most: float, budget: str) -> Row:
    """A row of one figure that may not be more than a limit."""
    return Row(what, shown, "", "", budget, ours <= at_most)


def duration(seconds: float) -> str:
    """A time in the unit that suits it."""
    if seconds < 1e-3:
        return f"{seconds * 1e6:.1f} us"
    return f"{seconds * 1e3:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"


def table(rows: Sequence[Row]) -> str:
    """Rows in columns."""
    cells = [
        (row.what, row.ours, row.other, row.result, row.budget, VERDICTS[row.holds])
        for row in (HEADINGS, *rows)
    ]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        for line in cells
    ]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(line.rstrip() for line in lines)
