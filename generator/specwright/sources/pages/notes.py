"""What a reader notes on its way through a page: findings, and lines that it can't read."""

from __future__ import annotations

from dataclasses import dataclass, field

from specwright.diagnostics import Diagnostic, Position
from specwright.sources.pages.text import Page


@dataclass(slots=True)
class Notes:
    """Findings about one page, gathered while it is read."""

    page: Page
    service: str | None = None
    """The service's id, if the caller knows it."""
    found: list[Diagnostic] = field(default_factory=list)
    unread: set[int] = field(default_factory=set)

    def say(self, code: str, message: str, line: int, hint: str | None = None) -> None:
        """Add an error: the page can't be used."""
        where = Position(self.page.name, line)
        self.found.append(Diagnostic(code, message, where, hint))

    def warn(self, code: str, message: str, line: int, hint: str | None = None) -> None:
        """Add a warning: the rest of the page can be used."""
        where = Position(self.page.name, line)
        self.found.append(Diagnostic(code, message, where, hint, "warning"))

    def skip(self, line: int) -> None:
        """Note a line that no rule understood."""
        self.unread.add(line)
