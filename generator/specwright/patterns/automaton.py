"""The position automaton of a pattern, in which every path of a backtracking matcher is a path."""

from __future__ import annotations

from dataclasses import dataclass, field

from specwright.patterns.charset import ANY, Ranges, overlap
from specwright.patterns.nodes import Anchor, Chars, Choice, Concat, Look, Node, Repeat
from specwright.runtime.positions import bits


@dataclass(slots=True)
class Automaton:
    """Positions are bits of a mask. ``follow[p]`` are the positions that may come after ``p``.

    Assertions are taken to hold everywhere, which only adds paths. ``blind`` is true where one
    edge stands for several paths, so that counting paths by edges would count too few.
    """

    sets: list[Ranges] = field(default_factory=list)
    follow: list[int] = field(default_factory=list)
    blind: bool = False
    looks: list[Look] = field(default_factory=list)
    possessive: list[int] = field(default_factory=list)

    def clashes(self) -> list[int]:
        """For each position, those that can stand at the same character as it."""
        same: dict[Ranges, int] = {}
        for position, ranges in enumerate(self.sets):
            same[ranges] = same.get(ranges, 0) | 1 << position
        clash: dict[Ranges, int] = {}
        for ranges in same:
            clash[ranges] = sum(
                mask for other, mask in same.items() if overlap(ranges, other)
            )
        return [clash[ranges] for ranges in self.sets]


@dataclass(frozen=True, slots=True)
class _Part:
    """First and last positions. ``free`` are the first ones that no ``^`` stands before."""

    first: int
    free: int
    last: int
    nullable: bool
    free_nullable: bool


_NOTHING = _Part(0, 0, 0, True, True)


class TooLargeError(Exception):
    """The automaton would have more positions than were allowed."""


def build(node: Node, *, search: bool, expand: bool, limit: int) -> Automaton:
    """The automaton of a pattern, with a state where it begins, and one to search from.

    Counted repeats become loops, which adds paths; with ``expand`` they become copies.
    Raises TooLargeError above ``limit`` positions.
    """
    made = Automaton()
    whole = _Builder(made, expand, limit).part(node)
    start = len(made.sets)
    made.sets.append(())
    made.follow.append(whole.first)
    if search and whole.free:
        made.sets.append(ANY)
        loop = 1 << start + 1
        made.follow[start] |= loop
        made.follow.append(whole.free | loop)
    return made


class _Builder:
    def __init__(self, made: Automaton, expand: bool, limit: int) -> None:
        self.made = made
        self.expand = expand
        self.limit = limit

    def part(self, node: Node) -> _Part:
        match node:
            case Chars(ranges):
                return self.chars(ranges)
            case Anchor(at):
                return _Part(0, 0, 0, True, at != "start")
            case Look():
                self.made.looks.append(node)
                return _NOTHING
            case Concat(parts):
                whole = _NOTHING
                for each in parts:
                    whole = self.joined(whole, self.part(each))
                return whole
            case Choice(parts):
                return self.either([self.part(each) for each in parts])
            case Repeat():
                return self.repeated(node)

    def chars(self, ranges: Ranges) -> _Part:
        if not ranges:
            return _Part(0, 0, 0, False, False)
        if len(self.made.sets) >= self.limit:
            raise TooLargeError
        position = 1 << len(self.made.sets)
        self.made.sets.append(ranges)
        self.made.follow.append(0)
        return _Part(position, position, position, False, False)

    def connect(self, sources: int, targets: int) -> None:
        for source in bits(sources):
            self.made.blind = self.made.blind or bool(
                self.made.follow[source] & targets
            )
            self.made.follow[source] |= targets

    def joined(self, left: _Part, right: _Part) -> _Part:
        self.connect(left.last, right.first)
        free = right.free if left.free_nullable else 0
        return _Part(
            left.first | (right.first if left.nullable else 0),
            left.free | (free if left.nullable else 0),
            right.last | (left.last if right.nullable else 0),
            left.nullable and right.nullable,
            left.free_nullable and right.free_nullable,
        )

    def either(self, parts: list[_Part]) -> _Part:
        whole = _Part(0, 0, 0, False, False)
        for part in parts:
            self.made.blind = self.made.blind or (whole.nullable and part.nullable)
            whole = _Part(
                whole.first | part.first,
                whole.free | part.free,
                whole.last | part.last,
                whole.nullable or part.nullable,
                whole.free_nullable or part.free_nullable,
            )
        return whole

    def repeated(self, node: Repeat) -> _Part:
        body = self.part(node.body)
        self.made.blind = self.made.blind or body.nullable
        if node.possessive:
            self.made.possessive.append(body.last)
        count = node.least if node.most is None else node.most
        copies = max(count, 1) if self.expand else 1
        first, last = body, body.last
        for number in range(2, copies + 1):
            after = self.part(node.body)
            self.connect(body.last, after.first)
            body = after
            last = body.last | (last if number > node.least else 0)
        if (node.most is None or node.most > copies) and not node.possessive:
            self.connect(body.last, body.first)
        skips = not node.least
        return _Part(
            first.first,
            first.free,
            last,
            first.nullable or skips,
            first.free_nullable or skips,
        )
