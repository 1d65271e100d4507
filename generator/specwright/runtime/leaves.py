"""Hypothesis strategies for texts, bytes and moments that nothing but their size limits."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random
from typing import TypeAlias

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from .extents import LETTERS

Values: TypeAlias = "SearchStrategy[object]"

SPREAD = 16
"""How many more characters or items than needed a value may have."""

# What every protocol carries: neither surrogates nor controls, which XML doesn't have.
CHARACTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cn", "Cs"))
VISIBLE = st.characters(min_codepoint=0x21, max_codepoint=0x7E)
ALPHABETS = {"header": VISIBLE, "host": st.sampled_from(LETTERS)}
EARLIEST, LATEST = datetime(1971, 1, 1), datetime(2999, 12, 31)
SEEDS = st.integers(0, 2**20)


def moments(*, whole: bool) -> Values:
    """Moments with as much of a second as the formats keep."""
    every = 1_000_000 if whole else 1_000
    return st.datetimes(EARLIEST, LATEST, timezones=st.just(UTC)).map(
        lambda moment: moment.replace(
            microsecond=moment.microsecond // every * every % 1_000_000
        )
    )


def letters(seed: int, length: int) -> str:
    """A text in plain letters."""
    return "".join(Random(seed).choices(LETTERS, k=length))


def octets(low: int, high: int) -> Values:
    """Bytes of a length within bounds."""
    if low > 4 * SPREAD:
        return SEEDS.map(lambda seed: Random(seed).randbytes(low))
    return st.binary(min_size=low, max_size=high)
