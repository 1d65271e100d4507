"""The lengths that parts of a pattern can have, as masks: bit n for the length n."""

from __future__ import annotations

from collections.abc import Iterator

from .regex import Chars, Choice, Concat, Fact, Node, Repeat


class Lengths:
    """The possible lengths, up to a limit, of the nodes of one tree; facts are taken to hold."""

    def __init__(self, limit: int) -> None:
        self._all = (2 << limit) - 1
        self._limit = limit
        # The nodes are kept beside what is known of them, so that no id is used again.
        self._known: dict[int, tuple[Node, int]] = {}
        self._tables: dict[int, tuple[Node, list[int]]] = {}

    def of(self, node: Node) -> int:
        """The lengths of what a node matches."""
        known = self._known.get(id(node))
        if known is None:
            known = self._known[id(node)] = node, self._measure(node)
        return known[1]

    def tails(self, node: Concat) -> list[int]:
        """The lengths of the parts from each one on, and of nothing."""
        known = self._tables.get(id(node))
        if known is None:
            table = [1]
            for part in reversed(node.parts):
                table.append(self._sums(self.of(part), table[-1]))
            known = self._tables[id(node)] = node, table[::-1]
        return known[1]

    def powers(self, node: Repeat) -> list[int]:
        """The lengths of each number of bodies, from none on, as far as they are within reach."""
        known = self._tables.get(id(node))
        if known is None:
            body = self.of(node.body)
            most = self._limit if node.most is None else min(node.most, self._limit)
            table = [1]
            while len(table) <= most and table[-1]:
                table.append(self._sums(body, table[-1]))
            known = self._tables[id(node)] = node, table
        return known[1]

    def least(self, node: Repeat) -> int:
        """The fewest bodies that count, where empty ones need not be written."""
        return 0 if self.of(node.body) & 1 else node.least

    def _measure(self, node: Node) -> int:
        if isinstance(node, Chars):
            return 2 & self._all if node.ranges else 0
        if isinstance(node, Fact):
            return 1
        if isinstance(node, Concat):
            return self.tails(node)[0]
        found = 0
        if isinstance(node, Choice):
            for part in node.parts:
                found |= self.of(part)
        elif isinstance(node.body, Chars) and node.body.ranges:
            most = self._limit if node.most is None else min(node.most, self._limit)
            if node.least <= most:
                found = (2 << most) - (1 << node.least)
        else:
            for power in self.powers(node)[self.least(node) :]:
                found |= power
        return found & self._all

    def _sums(self, left: int, right: int) -> int:
        """Every sum of a length on the left and one on the right."""
        found = 0
        for start, count in runs(left):
            found |= smeared(right, count) << start
        return found & self._all


def runs(mask: int) -> Iterator[tuple[int, int]]:
    """Where bits are set one beside the other, and how many."""
    at = 0
    while mask:
        gap = (mask & -mask).bit_length() - 1
        mask >>= gap
        count = (~mask & mask + 1).bit_length() - 1
        yield at + gap, count
        mask >>= count
        at += gap + count


def smeared(mask: int, count: int) -> int:
    """The mask moved by each number below ``count``, all in one."""
    done = 1
    while done < count:
        step = min(done, count - done)
        mask |= mask << step
        done += step
    return mask
