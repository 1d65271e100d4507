"""Random texts that match an analysed pattern and have a wanted length."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from random import Random

from specwright.patterns.analysis import Analysis
from specwright.runtime.linear_patterns import LinearPattern
from specwright.runtime.look_patterns import LookPattern
from specwright.runtime.patterns import Pattern
from specwright.runtime.sampling import Sampler, mismatch


def sample(
    analysis: Analysis,
    rng: Random,
    length: tuple[int | None, int | None] = (None, None),
) -> str | None:
    """A text that matches and is as long as wanted; None if none is found."""
    return _sampler(analysis).text(rng, length[0] or 0, length[1])


def differing(
    analysis: Analysis,
    rng: Random,
    length: tuple[int | None, int | None] = (None, None),
) -> str | None:
    """A text that does not match, as long as wanted if possible; None if none is found."""
    sampler = _sampler(analysis)
    return mismatch(sampler, rng, length[0] or 0, length[1])


def matcher(analysis: Analysis) -> Callable[[str], bool]:
    """Whether a text matches."""
    return _sampler(analysis).pattern.matches


@lru_cache(maxsize=512)
def _sampler(analysis: Analysis) -> Sampler:
    kind = LinearPattern if analysis.linear else Pattern
    kind = LookPattern if analysis.looks else kind
    return Sampler(kind(analysis.text, match=analysis.match, regex=analysis.regex))
