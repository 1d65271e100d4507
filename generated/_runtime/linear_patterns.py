"""Patterns that ``re`` isn't proved to match in linear time."""

from __future__ import annotations

from collections.abc import Callable

from .patterns import Pattern


class LinearPattern(Pattern):
    """A documented pattern, matched in time that grows linearly with the text."""

    def _compile(self) -> Callable[[str], object]:
        from .linear import Matcher

        return Matcher(self.regex, self.match).matches
