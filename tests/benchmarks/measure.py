"""Times of things that are compared: sides alternate, so that noise of the machine hits both."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from gc import collect, disable, enable
from statistics import median
from time import perf_counter

Work = Callable[[], object]


def seconds_each(
    sides: Mapping[str, Work], *, rounds: int, slice_seconds: float = 0.03
) -> dict[str, float]:
    """The median seconds of one call of each side.

    A round gives every side a few slices of time in turn, beginning with another side each
    time, and keeps the best of them: what interrupts a slice only ever makes it longer.
    """
    repeats = {name: calls_in(work, slice_seconds) for name, work in sides.items()}
    found: dict[str, list[float]] = {name: [] for name in sides}
    names = list(sides)
    for number in range(rounds):
        shift = number % len(names)
        best = dict.fromkeys(names, float("inf"))
        for _ in range(3):
            for name in names[shift:] + names[:shift]:
                best[name] = min(best[name], timed(sides[name], repeats[name]))
        for name, seconds in best.items():
            found[name].append(seconds)
    return {name: median(times) for name, times in found.items()}


def calls_in(work: Work, seconds: float) -> int:
    """How many calls take about so long; the first calls are left out, as a warm-up."""
    for _ in range(3):
        work()
    return max(1, round(seconds / timed(work, 3)))


def timed(work: Work, repeats: int) -> float:
    """Seconds of one call, as the mean of some, without the garbage collector's."""
    collect()
    disable()
    try:
        start = perf_counter()
        for _ in range(repeats):
            work()
        return (perf_counter() - start) / repeats
    finally:
        enable()
