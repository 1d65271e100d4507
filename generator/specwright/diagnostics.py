"""What the program has to say about its input: gathered as values, printed at the edge."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Literal, TypeAlias

Severity: TypeAlias = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a text file; line and column count from 1, columns in characters."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{one_line(self.file)}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. ``related`` names the other ends of a conflict, each with a short label."""

    code: str
    message: str
    position: Position
    hint: str | None = None
    severity: Severity = "error"
    related: tuple[tuple[Position, str], ...] = field(default=())

    def __str__(self) -> str:
        lines = [
            f"{self.position}: {self.severity}[{self.code}]: {one_line(self.message)}"
        ]
        lines += [f"  {place}: {one_line(label)}" for place, label in self.related]
        if self.hint:
            lines.append(f"  hint: {one_line(self.hint)}")
        return "\n".join(lines)

    def to_json(self) -> dict[str, object]:
        """The finding as plain data for ``--json``."""
        return {
            "code": self.code,
            "severity": self.severity,
            "message": self.message,
            "hint": self.hint,
            "file": self.position.file,
            "line": self.position.line,
            "column": self.position.column,
            "related": [
                {"file": p.file, "line": p.line, "column": p.column, "label": label}
                for p, label in self.related
            ],
        }


def one_line(text: str) -> str:
    """The text with control characters escaped, so that input can't forge terminal output."""
    return "".join(
        c if c.isprintable() else c.encode("unicode_escape").decode("ascii")
        for c in text
    )


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """True where at least one finding is an error."""
    return any(d.severity == "error" for d in diagnostics)


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The findings by file, line, column and code: the order in which people read them."""
    return sorted(set(diagnostics), key=lambda d: (d.position, d.code, d.message))


def closest(word: str, known: Sequence[str] | Iterable[str]) -> str | None:
    """A hint that names up to three known words close to ``word``, or None."""
    candidates = list(known)
    by_folded = {k.casefold(): k for k in candidates}
    found = get_close_matches(word, candidates, n=3, cutoff=0.6)
    if not found and (match := by_folded.get(word.casefold())) is not None:
        found = [match]
    if not found:
        return None
    return "did you mean " + " or ".join(f"'{f}'" for f in found) + "?"
