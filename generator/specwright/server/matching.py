"""Patterns on the server's side: whether a text matches, and a text that does."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from random import Random

from specwright.model import Bounds, Constraints, MatchMode
from specwright.patterns import Analysis, analyse, matcher, sample


def matches(pattern: str, match: MatchMode, text: str) -> bool:
    """True where the text matches, or where the pattern can't be understood."""
    found = _matcher(pattern, match)
    return found is None or found(text)


def sampled(constraints: Constraints, random: Random) -> str | None:
    """A text that matches the pattern within the length; None where none was found."""
    if constraints.pattern is None:
        return None
    analysis = _analysis(constraints.pattern, constraints.match or "full")
    if analysis is None:
        return None
    bounds = constraints.length or Bounds()
    most = None if bounds.max is None else int(bounds.max)
    return sample(analysis, random, (int(bounds.min or 0), most))


@lru_cache(maxsize=4096)
def _analysis(pattern: str, match: MatchMode) -> Analysis | None:
    found = analyse(pattern, match)
    return found if isinstance(found, Analysis) else None


@lru_cache(maxsize=4096)
def _matcher(pattern: str, match: MatchMode) -> Callable[[str], bool] | None:
    analysis = _analysis(pattern, match)
    return None if analysis is None else matcher(analysis)
