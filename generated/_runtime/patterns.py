"""Patterns of the spec, matched by ``re`` where that is safe and in linear time elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal


class Pattern:
    """A documented pattern, compiled at its first match.

    ``text`` is what the documentation says; ``regex`` the same in the portable dialect, where
    that differs. ``linear`` asks for the linear-time matcher, for patterns on which ``re``
    isn't proved to be fast.
    """

    def __init__(
        self,
        text: str,
        *,
        match: Literal["full", "search"] = "full",
        regex: str | None = None,
        linear: bool = False,
    ) -> None:
        self.text = text
        self.match: Literal["full", "search"] = match
        self.regex = text if regex is None else regex
        self.linear = linear
        self._found: Callable[[str], object] | None = None

    def matches(self, value: str) -> bool:
        """True where the value matches. Threads that race make the same twice."""
        found = self._found
        if found is None:
            found = self._found = self._compile()
        return bool(found(value))

    def _compile(self) -> Callable[[str], object]:
        if self.linear:
            from .linear import Matcher

            return Matcher(self.regex, self.match).matches
        import re

        compiled = re.compile(self.regex)
        return compiled.fullmatch if self.match == "full" else compiled.search

    def __repr__(self) -> str:
        return f"Pattern({self.text!r}, match={self.match!r})"
