"""What commands print: results on stdout, findings and progress on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import TextIO

from specwright.diagnostics import Diagnostic, one_line


def say(*lines: str) -> None:
    """Print lines of a result, control characters escaped."""
    for line in lines:
        print(one_line(line))


def warn(*lines: str) -> None:
    """Print lines about a result, control characters escaped."""
    for line in lines:
        print(one_line(line), file=sys.stderr)


def findings(diagnostics: Iterable[Diagnostic]) -> None:
    """Print findings on stderr, and how many errors and warnings they are."""
    shown = list(diagnostics)
    for diagnostic in shown:
        for line in str(diagnostic).split("\n"):
            warn(line)
    if shown:
        warn(counts(shown))


def counts(diagnostics: Iterable[Diagnostic]) -> str:
    """How many errors and warnings there are, in words."""
    severities = [d.severity for d in diagnostics]
    errors, warnings = severities.count("error"), severities.count("warning")
    parts = [
        _count(n, noun) for n, noun in ((errors, "error"), (warnings, "warning")) if n
    ]
    return " and ".join(parts) or "no errors"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def as_json(data: object) -> None:
    """Print one JSON value; it holds ASCII only, so it is safe on every terminal."""
    json.dump(data, sys.stdout, indent=2)
    print()


class ProgressLine:
    """A line on a terminal that tells how far long work is; silent anywhere else."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._shows = stream.isatty()
        self._width = 0

    def __call__(self, what: str, done: int, of: int) -> None:
        """Show that the given one of so many steps is going on."""
        if self._shows:
            text = f"{what} {done}/{of}"
            self._stream.write("\r" + text.ljust(self._width))
            self._stream.flush()
            self._width = len(text)

    def clear(self) -> None:
        """Take the line away."""
        if self._width:
            self._stream.write("\r" + " " * self._width + "\r")
            self._stream.flush()
            self._width = 0
