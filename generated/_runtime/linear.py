"""Regular expressions matched in time that grows linearly with the text, whatever the pattern."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, repeat
from typing import Literal

from .positions import Layout
from .regex import END, LAST, LOOK, START, Node, parse

_CACHE_BYTES = 1 << 22


class Matcher:
    """One compiled pattern of the portable dialect; threads may share it.

    A pass for each look-around decides it at every place, as a fact for the passes after it.
    """

    def __init__(self, regex: str, match: Literal["full", "search"] = "full") -> None:
        pattern = parse(regex)
        self._search = match == "search"
        self._main = _Automaton(pattern.node, backwards=False, restart=self._search)
        self._looks = [
            (
                _Automaton(look.node, backwards=look.ahead, restart=True),
                look.ahead,
                look.negative,
            )
            for look in pattern.looks
        ]

    @property
    def steps(self) -> int:
        """The work so far: characters given, and machine words of built states."""
        return self._main.steps + sum(look.steps for look, _, _ in self._looks)

    def matches(self, value: str) -> bool:
        size = len(value)
        if not self._looks:
            facts = chain(repeat(0, size - 1), (END,))
            return self._main.run(
                value, START if size else START | END, facts, self._search
            )
        known = [0] * (size + 1)
        known[0] |= START
        known[size] |= END
        for number, (look, ahead, negative) in enumerate(self._looks):
            places = range(size, -1, -1) if ahead else range(size + 1)
            for place, found in zip(
                places, look.verdicts(value, known, places), strict=True
            ):
                if found is not negative:
                    known[place] |= LOOK << number
        return self._main.run(value, known[0], known[1:], self._search)


class _State:
    """Positions to try next, and whether a match may stop here; ``rows`` lead on by the facts
    at the next place and the character before it."""

    __slots__ = ("accepts", "live", "rows")

    def __init__(self, live: int, accepts: bool) -> None:
        self.live = live
        self.accepts = accepts
        self.rows: dict[int, dict[str, _State]] = {}


class _Automaton:
    """States of a layout, built when they are first reached; ``restart`` lets a match begin
    anywhere. Their cache is emptied when it is full, which bounds memory; a new state costs a
    fixed number of operations on integers."""

    def __init__(self, node: Node, *, backwards: bool, restart: bool) -> None:
        self._layout = Layout(node, backwards=backwards)
        self._cells = _Cells(self._layout.sets)
        self._restart = restart
        self._states: dict[tuple[int, bool], _State] = {}
        self._links = 0
        self._room = max(256, _CACHE_BYTES // (self._layout.width // 8 + 1_024))
        self._cost = (1 + self._layout.edges) * (1 + self._layout.width // 64)
        self.steps = 0
        if restart:
            # What can only begin where reading begins isn't tried anywhere else.
            elsewhere = self._state(0, ~(END if backwards else START))
            self._restart = elsewhere.live != 0 or elsewhere.accepts

    def run(self, value: str, first: int, facts: Iterable[int], search: bool) -> bool:
        """The verdict, given the facts at the start and after each character."""
        self.steps += len(value) + 1
        used = self._layout.facts_used
        state = self._state(0, first & used, begins=True)
        for char, known in zip(value, facts, strict=False):
            if search:
                if state.accepts:
                    return True
                if not state.live and not self._restart:
                    return False
            elif not state.live:
                return False
            known &= used
            row = state.rows.get(known)
            after = None if row is None else row.get(char)
            state = self._next(state, char, known) if after is None else after
        return state.accepts

    def verdicts(
        self, value: str, facts: Sequence[int], places: range
    ) -> Iterator[bool]:
        """Whether a match ends at each place, in the direction of reading."""
        self.steps += len(value) + 1
        used = self._layout.facts_used
        before = 0 if places.step < 0 else -1
        state = self._state(0, facts[places[0]] & used, begins=True)
        yield state.accepts
        for place in places[1:]:
            char = value[place + before]
            known = facts[place] & used
            row = state.rows.get(known)
            after = None if row is None else row.get(char)
            state = self._next(state, char, known) if after is None else after
            yield state.accepts

    def _next(self, state: _State, char: str, known: int) -> _State:
        after = self._state(state.live & self._cells.positions(char), known)
        self._links += 1
        state.rows.setdefault(known, {})[char] = after
        return after

    def _state(self, consumed: int, known: int, *, begins: bool = False) -> _State:
        self.steps += self._cost
        live, accepts = self._layout.close(consumed, known, begins or self._restart)
        if self._links + len(self._states) > self._room:
            # Without the circles among them, states are freed at once.
            states, self._states, self._links = self._states, {}, 0
            for state in list(states.values()):
                state.rows.clear()
        found = self._states.get((live, accepts))
        if found is None:
            found = self._states[live, accepts] = _State(live, accepts)
        return found


class _Cells:
    """The positions that a character can stand at, by cells of characters."""

    def __init__(self, sets: dict[tuple[tuple[int, int], ...], int]) -> None:
        changes: dict[int, int] = {0: 0}
        for ranges, positions in sets.items():
            for low, high in ranges:
                # Sets overlap but their positions don't: sums of masks are unions.
                changes[low] = changes.get(low, 0) + positions
                if high < LAST:
                    changes[high + 1] = changes.get(high + 1, 0) - positions
        self._bounds = sorted(changes)
        self._masks: list[int] = []
        mask = 0
        for bound in self._bounds:
            mask += changes[bound]
            self._masks.append(mask)

    def positions(self, char: str) -> int:
        return self._masks[bisect_right(self._bounds, ord(char)) - 1]
