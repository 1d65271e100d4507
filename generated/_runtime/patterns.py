"""Patterns of the spec that ``re`` matches in linear time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal


class Pattern:
    """A documented pattern, compiled at its first match.

    ``text`` is what the documentation says; ``regex`` the same in the portable dialect, where
    that differs.
    """

    def __init__(
        self,
        text: str,
        *,
        match: Literal["full", "search"] = "full",
        regex: str | None = None,
    ) -> None:
        self.text = text
        self.match: Literal["full", "search"] = match
        self.regex = text if regex is None else regex
        self._found: Callable[[str], object] | None = None

    def matches(self, value: str) -> bool:
        """True where the value matches. Threads that race make the same twice."""
        found = self._found
        if found is None:
            found = self._found = self._compile()
        return bool(found(value))

    def _compile(self) -> Callable[[str], object]:
        import re

        compiled = re.compile(self.regex)
        return compiled.fullmatch if self.match == "full" else compiled.search

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.text!r}, match={self.match!r})"
