"""Look-arounds: their syntax, and patterns with them matched in linear time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .linear import Automaton, Matcher
from .regex import END, START, Choice, Concat, Fact, Node, Reader, Repeat

# The fact that the first look-around holds; that of the n-th is LOOK << n.
LOOK = 4
_GROUPS = (
    ("(?=", True, False),
    ("(?!", True, True),
    ("(?<=", False, False),
    ("(?<!", False, True),
)


class Look(NamedTuple):
    """A look-around: a node that begins (``ahead``) or ends at a place, or doesn't."""

    node: Node
    ahead: bool
    negative: bool


class Regex(NamedTuple):
    """A parsed pattern; look-arounds come after those in them."""

    node: Node
    looks: list[Look]


def parse(text: str) -> Regex:
    reader = _Reader(text)
    return Regex(reader.whole(), reader.looks)


class _Reader(Reader):
    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.looks: list[Look] = []

    def look(self, depth: int) -> Node | None:
        for opening, ahead, negative in _GROUPS:
            if self.take(opening):
                look = Look(self.group(depth), ahead, negative)
                if look not in self.looks:
                    self.looks.append(look)
                return Fact(LOOK << self.looks.index(look))
        return None


class LookMatcher(Matcher):
    """A pass for each look-around decides it at every place, as a fact for the passes after it."""

    def _parsed(self, regex: str) -> Node:
        pattern = parse(regex)
        self._looks = [
            (_LookAutomaton(look), look.ahead, look.negative) for look in pattern.looks
        ]
        return pattern.node

    def matches(self, value: str) -> bool:
        if not self._looks:
            return super().matches(value)
        size = len(value)
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


class _LookAutomaton(Automaton):
    def __init__(self, look: Look) -> None:
        # What begins at a place is found backwards, from its end.
        node, origin = (mirrored(look.node), END) if look.ahead else (look.node, START)
        super().__init__(node, restart=True, origin=origin)

    def verdicts(
        self, value: str, facts: Sequence[int], places: range
    ) -> Iterator[bool]:
        """Whether a match ends at each place, in the direction of reading."""
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


def mirrored(node: Node) -> Node:
    """The node that matches texts from their end to their beginning."""
    if isinstance(node, Repeat):
        return node._replace(body=mirrored(node.body))
    if isinstance(node, Concat):
        return Concat(tuple(mirrored(part) for part in reversed(node.parts)))
    if isinstance(node, Choice):
        return Choice(tuple(mirrored(part) for part in node.parts))
    return node
