"""Sets of characters as ordered, disjoint, inclusive ranges of code points."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

LAST = 0x10FFFF
Ranges: TypeAlias = tuple[tuple[int, int], ...]


def union(sets: Iterable[Ranges]) -> Ranges:
    """Every character of any of the sets; the ranges of a set given need no order."""
    merged: list[tuple[int, int]] = []
    for low, high in sorted(pair for ranges in sets for pair in ranges):
        if merged and low <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return tuple(merged)


def complement(ranges: Ranges) -> Ranges:
    """Every character outside of the set."""
    gaps: list[tuple[int, int]] = []
    start = 0
    for low, high in ranges:
        if low > start:
            gaps.append((start, low - 1))
        start = high + 1
    if start <= LAST:
        gaps.append((start, LAST))
    return tuple(gaps)


def intersection(left: Ranges, right: Ranges) -> Ranges:
    """Every character of both sets."""
    return complement(union((complement(left), complement(right))))


def overlap(left: Ranges, right: Ranges) -> bool:
    """True where some character is in both sets."""
    i = j = 0
    while i < len(left) and j < len(right):
        if left[i][1] < right[j][0]:
            i += 1
        elif right[j][1] < left[i][0]:
            j += 1
        else:
            return True
    return False


def of(text: str) -> Ranges:
    """The characters of a text."""
    return union(((ord(char), ord(char)),) for char in text)


def either_case(ranges: Ranges) -> Ranges:
    """The set with the other case of each ASCII letter in it (and of no other letter)."""
    lower, upper = ((97, 122),), ((65, 90),)
    raised = tuple((low - 32, high - 32) for low, high in intersection(ranges, lower))
    lowered = tuple((low + 32, high + 32) for low, high in intersection(ranges, upper))
    return union((ranges, raised, lowered))


ANY: Ranges = ((0, LAST),)
LETTERS: Ranges = ((65, 90), (97, 122))
DIGIT: Ranges = ((48, 57),)
WORD: Ranges = ((48, 57), (65, 90), (95, 95), (97, 122))
SPACE: Ranges = ((9, 13), (32, 32))
LINE_ENDS: Ranges = ((10, 10), (13, 13), (0x2028, 0x2029))
