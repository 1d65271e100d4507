"""The positions of a pattern and the edges between them, as masks of integers."""

from __future__ import annotations

from collections.abc import Iterator

from .regex import Chars, Choice, Concat, Fact, Node, PatternError, Repeat

MOST_POSITIONS = 65_536
# Up to here, edges of repeated copies are moved one by one, above it block by block.
_FEW = 4


class Layout:
    """A position automaton. Bit n of a mask is position n: a character or fact of the pattern.

    A counted repeat is copies of its body side by side: an edge of all is one shift of a mask.
    """

    def __init__(self, node: Node) -> None:
        self._shifts: dict[int, int] = {}
        self._pairs: list[tuple[int, int]] = []
        self._blocks: list[tuple[int, int, int, int, int, int]] = []
        self._facts: dict[int, int] = {}
        self.sets: dict[tuple[tuple[int, int], ...], int] = {}
        self.width, _ = measure(node)
        if self.width > MOST_POSITIONS:
            raise PatternError(
                f"{self.width} states are needed, above {MOST_POSITIONS}"
            )
        self._first, self._last, self._nullable = self._lay(node, 0, 1)
        self._zero = 0
        self.facts_used = 0
        for bit, positions in self._facts.items():
            self._zero |= positions
            self.facts_used |= bit

    def close(self, consumed: int, known: int, begins: bool) -> tuple[int, bool]:
        """The character positions that may come next, and whether a match may end, behind
        the positions of the last character where some facts are known."""
        reached = self._after(consumed)
        accepts = consumed & self._last
        if begins:
            reached |= self._first
            accepts |= self._nullable
        if not self._zero:
            return reached, accepts != 0
        holds = 0
        for bit, positions in self._facts.items():
            if known & bit:
                holds |= positions
        passed = 0
        while fresh := reached & holds & ~passed:
            passed |= fresh
            accepts |= fresh & self._last
            reached |= self._after(fresh)
        return reached & ~self._zero, accepts != 0

    def _after(self, positions: int) -> int:
        reached = 0
        if not positions:
            return reached
        for offset, sources in self._shifts.items():
            moved = positions & sources
            if moved:
                reached |= moved << offset if offset >= 0 else moved >> -offset
        for sources, targets in self._pairs:
            if positions & sources:
                reached |= targets
        for sources, fill, tops, offset, size, targets in self._blocks:
            moved = positions & sources
            if moved:
                # A carry into the top bit of each block tells whether it holds any bit; moved
                # to the bottom of its targets, it is spread over them.
                marks = (((moved & ~tops) + fill) | moved) & tops
                marks = marks << offset if offset >= 0 else marks >> -offset
                reached |= ((marks << size) - marks) & targets
        return reached

    def _lay(self, node: Node, base: int, copies: int) -> tuple[int, int, bool]:
        """Place a node at ``base``: its first and last positions, and whether it is nullable.
        ``copies`` has a bit for the offset of each copy that repeats around it make."""
        if isinstance(node, (Chars, Fact)):
            if isinstance(node, Chars):
                self.sets[node.ranges] = self.sets.get(node.ranges, 0) | copies << base
            else:
                self._facts[node.bit] = self._facts.get(node.bit, 0) | copies << base
            return 1 << base, 1 << base, False
        if isinstance(node, Repeat):
            return self._lay_repeat(node, base, copies)
        first = last = 0
        nullable = isinstance(node, Concat)
        for part in node.parts:
            begins, ends, skips = self._lay(part, base, copies)
            base += measure(part)[0]
            if isinstance(node, Choice):
                first |= begins
                last |= ends
                nullable = nullable or skips
            else:
                self._connect(last, begins, copies)
                first |= begins if nullable else 0
                last = ends | last if skips else ends
                nullable = nullable and skips
        return first, last, nullable

    def _lay_repeat(
        self, node: Repeat, base: int, copies: int
    ) -> tuple[int, int, bool]:
        size, skips = measure(node.body)
        least = 0 if skips else node.least
        count = max(least, 1) if node.most is None else node.most
        if not size or not count:
            return 0, 0, True
        first, last, _ = self._lay(node.body, base, copies * _every(size, count))
        if count > 1:
            self._connect(last, first << size, copies * _every(size, count - 1))
        final = (count - 1) * size
        if node.most is None:
            self._connect(last << final, first << final, copies)
        leaving = max(least, 1) - 1
        last = (last << leaving * size) * _every(size, count - leaving)
        return first, last, not least

    def _connect(self, sources: int, targets: int, copies: int) -> None:
        if not sources or not targets:
            return
        few = sources.bit_count() * targets.bit_count()
        if few > 1 and copies == 1:
            self._pairs.append((sources, targets))
        elif few <= _FEW:
            for source in bits(sources):
                for target in bits(targets):
                    moved = self._shifts.get(target - source, 0)
                    self._shifts[target - source] = moved | copies << source
        else:
            top = sources.bit_length() - 1
            bottom = next(bits(sources))
            fill = ((1 << top - bottom) - 1) << bottom
            start = next(bits(targets))
            size = targets.bit_length() - start
            all_sources, all_targets = sources * copies, targets * copies
            tops, offset = copies << top, start - top
            block = (all_sources, fill * copies, tops, offset, size, all_targets)
            self._blocks.append(block)


def measure(node: Node) -> tuple[int, bool]:
    """How many positions a node takes, and whether it is nullable without any fact."""
    if isinstance(node, (Chars, Fact)):
        return 1, False
    if isinstance(node, Repeat):
        size, skips = measure(node.body)
        least = 0 if skips else node.least
        count = max(least, 1) if node.most is None else node.most
        return size * count, not least or not count
    sizes = [measure(part) for part in node.parts]
    skipped = [skips for _, skips in sizes]
    nullable = any(skipped) if isinstance(node, Choice) else all(skipped)
    return sum(size for size, _ in sizes), nullable


def _every(step: int, count: int) -> int:
    return ((1 << step * count) - 1) // ((1 << step) - 1)


def bits(mask: int) -> Iterator[int]:
    """The numbers of the bits that are set, smallest first."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest
