"""What the resolver knows while it reads the files of one service."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from specwright.diagnostics import Diagnostic, Position, Severity, closest
from specwright.model import Member, Shape, ShapeType
from specwright.resolve.cursor import Cursor
from specwright.resolve.provenance import Provenance

REST_PROTOCOLS = frozenset({"rest-json", "rest-xml"})

UNKNOWN = Shape("document")
"""What a member holds whose type is unknown. That has been reported; no check says more."""


@dataclass(slots=True)
class Findings:
    """Findings as they are gathered, each at the cursor that it is about."""

    gathered: list[Diagnostic] = field(default_factory=list)
    misformed: set[Position] = field(default_factory=set)
    """Where the form of a value is wrong: what it means is not worth another finding."""
    guesses_left: int = 100

    def say(
        self,
        code: str,
        message: str,
        where: Position,
        hint: str | None = None,
        *,
        severity: Severity = "error",
        related: tuple[tuple[Position, str], ...] = (),
    ) -> None:
        """Add one finding, unless there is one about the form of the same value."""
        if where in self.misformed:
            return
        self.gathered.append(Diagnostic(code, message, where, hint, severity, related))

    def guess(self, word: str, known: Iterable[str]) -> str | None:
        """A hint with the known words closest to one. Guessing takes long, so it has an end."""
        if self.guesses_left <= 0:
            return None
        self.guesses_left -= 1
        return closest(word, known)


@dataclass(frozen=True, slots=True)
class Context:
    """One file while it is read: names of the service, provenance, and where findings go."""

    findings: Findings
    kinds: Mapping[str, ShapeType]
    """The built-in type of every named shape."""
    protocol: str
    file: str
    """The file, relative to the folder of the service."""
    provenance: Provenance

    def inside(self, cursor: Cursor) -> Context:
        """The context of what a mapping with its own ``from`` holds."""
        if not cursor.has("from"):
            return self
        return replace(self, provenance=self.provenance.inside(cursor))

    def in_section(self, section: str) -> Context:
        """The context of one part of the file."""
        return replace(self, provenance=self.provenance.in_section(section))

    def kind(self, member: Member) -> ShapeType | None:
        """The built-in type of what a member holds; None where that is unknown."""
        if isinstance(member.target, str):
            return self.kinds.get(member.target)
        return None if member.target is UNKNOWN else member.target.type

    @property
    def is_rest(self) -> bool:
        """True where members are bound to parts of the HTTP message."""
        return self.protocol in REST_PROTOCOLS


@dataclass(frozen=True, slots=True)
class Definition:
    """A named shape and where it is defined."""

    shape: Shape
    cursor: Cursor


Definitions: TypeAlias = Mapping[str, Definition]
