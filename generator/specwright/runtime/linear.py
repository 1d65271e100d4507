"""Regular expressions matched in time that grows linearly with the text, whatever the pattern."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import chain, repeat
from typing import Literal

from .positions import Layout
from .regex import END, LAST, START, Node, parse

_CACHE_BYTES = 1 << 22


class Matcher:
    """One compiled pattern of the portable dialect; threads may share it."""

    def __init__(self, regex: str, match: Literal["full", "search"] = "full") -> None:
        self._search = match == "search"
        self._main = Automaton(self._parsed(regex), restart=self._search)

    def _parsed(self, regex: str) -> Node:
        return parse(regex)

    def matches(self, value: str) -> bool:
        size = len(value)
        facts = chain(repeat(0, size - 1), (END,))
        first = START if size else START | END
        return self._main.run(value, first, facts, self._search)


class State:
    """Positions to try next, and whether a match may stop here; ``rows`` lead on by the facts
    at the next place and the character before it, ``row`` where no facts are known."""

    __slots__ = ("accepts", "live", "row", "rows")

    def __init__(self, live: int, accepts: bool) -> None:
        self.live = live
        self.accepts = accepts
        self.row: dict[str, State] = {}
        self.rows: dict[int, dict[str, State]] = {0: self.row}


class Automaton:
    """States of a layout, built when they are first reached; ``restart`` lets a match begin
    anywhere, not just at ``origin``. Their cache is emptied when it is full, which bounds memory;
    a new state costs a fixed number of operations on integers."""

    def __init__(self, node: Node, *, restart: bool, origin: int = START) -> None:
        self._layout = Layout(node)
        self._cells = _Cells(self._layout.sets)
        self._restart = restart
        self._states: dict[tuple[int, bool], State] = {}
        self._links = 0
        self._room = max(256, _CACHE_BYTES // (self._layout.width // 8 + 1_024))
        if restart:
            # What can only begin where reading begins isn't tried anywhere else.
            elsewhere = self._state(0, ~origin)
            self._restart = elsewhere.live != 0 or elsewhere.accepts

    def run(self, value: str, first: int, facts: Iterable[int], search: bool) -> bool:
        """The verdict, given the facts at the start and after each character."""
        used = self._layout.facts_used
        state = self._state(0, first & used, begins=True)
        if not used and not search:
            return self._runs_through(state, value)
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

    def _runs_through(self, state: State, value: str) -> bool:
        """The verdict on the whole of a value where no facts matter, as in most patterns."""
        for char in value:
            after = state.row.get(char)
            if after is None:
                if not state.live:
                    return False
                after = self._next(state, char, 0)
            state = after
        return state.accepts

    def _next(self, state: State, char: str, known: int) -> State:
        after = self._state(state.live & self._cells.positions(char), known)
        self._links += 1
        state.rows.setdefault(known, {})[char] = after
        return after

    def _state(self, consumed: int, known: int, *, begins: bool = False) -> State:
        live, accepts = self._layout.close(consumed, known, begins or self._restart)
        if self._links + len(self._states) > self._room:
            # Without the circles among them, states are freed at once.
            states, self._states, self._links = self._states, {}, 0
            for state in list(states.values()):
                state.row.clear()
                state.rows = {0: state.row}
        found = self._states.get((live, accepts))
        if found is None:
            found = self._states[live, accepts] = State(live, accepts)
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
