"""Patterns with look-arounds that ``re`` isn't proved to match in linear time."""

from __future__ import annotations

from collections.abc import Callable

from .linear_patterns import LinearPattern


class LookPattern(LinearPattern):
    """A documented pattern that looks around."""

    def _compile(self) -> Callable[[str], object]:
        from .look_arounds import LookMatcher

        return LookMatcher(self.regex, self.match).matches
