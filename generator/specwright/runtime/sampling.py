"""Random texts that match a pattern and have a wanted length."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from random import Random
from typing import Literal, NamedTuple, TypeAlias

from .anchored import settled
from .lengths import Lengths
from .look_arounds import LOOK, Look, parse
from .patterns import Pattern
from .positions import bits
from .regex import (
    LAST,
    Chars,
    Choice,
    Concat,
    Fact,
    Node,
    Repeat,
    complement,
)

Ranges: TypeAlias = tuple[tuple[int, int], ...]

_PALETTES: tuple[Ranges, ...] = (
    ((97, 122),),
    ((48, 57), (97, 122)),
    ((48, 57), (65, 90), (97, 122)),
    ((48, 57),),
    ((65, 90),),
    ((33, 126),),
    ((32, 126),),
)
# Lone surrogates are no text, and come last of all.
_FALLBACKS: tuple[Ranges, ...] = (
    ((48, 57), (65, 90), (97, 122)),
    ((33, 126),),
    ((32, 126),),
    ((0xA1, 0x2FF), (0x370, 0x1FFF), (0x3041, 0xD7FF)),
    ((0, 0xD7FF), (0xE000, LAST)),
    ((0, LAST),),
)
_ANYTHING = Repeat(Chars(((0, LAST),)), 0, None)
_TRIES = 300
_ODD = "\n \t!-_/:.@#é漢👍\x7faA0"
_LONGEST = 20_000
# Texts stay this close to the shortest that is possible, for they are read by people.
_SPREAD = 24

Size: TypeAlias = Literal["short", "shortest", "longest"]


class Sampler:
    """Writes texts that a pattern matches; the same random numbers give the same text."""

    def __init__(self, pattern: Pattern) -> None:
        regex = parse(pattern.regex)
        self.pattern: Pattern = pattern
        self._tree = regex.node
        trees = [regex.node, *_shortcuts(regex.node, regex.looks)]
        if pattern.match == "search":
            trees.append(Concat((_ANYTHING, regex.node, _ANYTHING)))
        self._trees = [settled(tree) for tree in trees]
        self._plain = not any(isinstance(part, Fact) for part in walk(regex.node))
        self._odd: str | None = None
        self._plans: dict[tuple[int, int, str], list[_Plan]] = {}

    def text(
        self,
        rng: Random,
        least: int = 0,
        most: int | None = None,
        *,
        size: Size = "short",
    ) -> str | None:
        """A text as long as wanted; None if none is found.

        Readable ASCII comes first. Where look-arounds or inner anchors leave hardly any text,
        none may be found though some exist.
        """
        most = _LONGEST if most is None else min(most, _LONGEST)
        key = least, most, size
        plans = self._plans.get(key)
        if plans is None:
            found = (_planned(tree, least, most, size) for tree in self._trees)
            plans = self._plans[key] = [plan for plan in found if plan is not None]
        if not plans:
            return None
        if self._plain:
            return plans[0].text(rng, _PALETTES[1], 0)
        for number in range(_TRIES):
            plain = number < _TRIES // 10
            plan = plans[0] if plain else rng.choice(plans)
            palette = _PALETTES[1] if plain else rng.choice(_PALETTES)
            stray = 0 if plain else rng.choice((0, 0.05, 0.3))
            text = plan.text(rng, palette, stray)
            if self.pattern.matches(text):
                return text
        return None

    @property
    def odd(self) -> str:
        """Characters that are unlike the others, and some that parts of the pattern refuse."""
        if self._odd is None:
            refused = {_ODD}
            for part in walk(self._tree):
                if isinstance(part, Chars):
                    others = complement(part.ranges)
                    able = (intersection(others, each) for each in _FALLBACKS[2:5])
                    refused |= {chr(each[0][0]) for each in able if each}
            self._odd = "".join(sorted(refused))
        return self._odd


class _Plan(NamedTuple):
    """A tree and the lengths of texts to write by it."""

    tree: Node
    lengths: Lengths
    wanted: list[int]

    def text(self, rng: Random, palette: Ranges, stray: float) -> str:
        return _Writer(self.lengths, rng, palette, stray).text(
            self.tree, rng.choice(self.wanted)
        )


def walk(node: Node) -> Iterator[Node]:
    """A node and all below it."""
    yield node
    if isinstance(node, Repeat):
        yield from walk(node.body)
    elif isinstance(node, (Concat, Choice)):
        for part in node.parts:
            yield from walk(part)


def _shortcuts(node: Node, looks: list[Look]) -> list[Node]:
    """Trees that end with what a look-ahead asks for, which often matches the rest as well."""
    parts = node.parts if isinstance(node, Concat) else (node,)
    found: list[Node] = []
    for place, part in enumerate(parts):
        if isinstance(part, Fact) and part.bit >= LOOK:
            look = looks[(part.bit // LOOK).bit_length() - 1]
            if look.ahead and not look.negative:
                found.append(Concat((*parts[:place], look.node)))
    return found


def _planned(node: Node, least: int, most: int, size: Size) -> _Plan | None:
    """The possible lengths within the bounds that are nearest to one of them."""
    if size == "longest":
        lengths = Lengths(most)
        mask = lengths.of(node) >> least
        return _Plan(node, lengths, [least + mask.bit_length() - 1]) if mask else None
    reach = least + 2 * _SPREAD
    while least <= most:
        limit = min(reach, most)
        lengths = Lengths(limit)
        mask = lengths.of(node) >> least
        if mask:
            count = 1 if size == "shortest" else _SPREAD
            nearest = list(islice(bits(mask), count))
            return _Plan(node, lengths, [least + length for length in nearest])
        if limit == most:
            break
        reach *= 4
    return None


class _Writer:
    """Writes one text. ``stray`` is how often a character is taken from outside of the palette."""

    def __init__(
        self, lengths: Lengths, rng: Random, palette: Ranges, stray: float
    ) -> None:
        self.lengths = lengths
        self.rng = rng
        self.palette = palette
        self.stray = stray
        self.choices: dict[Ranges, Ranges] = {}

    def text(self, node: Node, length: int) -> str:
        """A text of a length that the node is known to have."""
        if isinstance(node, Chars):
            return self.char(node.ranges)
        if isinstance(node, Concat):
            return self.concat(node, length)
        if isinstance(node, Choice):
            able = [p for p in node.parts if self.lengths.of(p) >> length & 1]
            return self.text(self.rng.choice(able), length)
        return self.repeat(node, length) if isinstance(node, Repeat) else ""

    def concat(self, node: Concat, length: int) -> str:
        pieces: list[str] = []
        tails = self.lengths.tails(node)
        for part, tail in zip(node.parts, tails[1:], strict=True):
            size = self.split(self.lengths.of(part), tail, length)
            pieces.append(self.text(part, size))
            length -= size
        return "".join(pieces)

    def repeat(self, node: Repeat, length: int) -> str:
        if isinstance(node.body, Chars):
            return "".join([self.char(node.body.ranges) for _ in range(length)])
        powers = self.lengths.powers(node)
        least = self.lengths.least(node)
        able = [n for n in range(least, len(powers)) if powers[n] >> length & 1]
        body = self.lengths.of(node.body)
        pieces: list[str] = []
        for number in reversed(range(self.rng.choice(able))):
            size = self.split(body, powers[number], length)
            pieces.append(self.text(node.body, size))
            length -= size
        return "".join(pieces)

    def split(self, head: int, tail: int, length: int) -> int:
        """A length of the head that leaves one that the tail has."""
        if head & head - 1 == 0:
            return head.bit_length() - 1
        # To list all lengths takes long where there are thousands.
        for _ in range(8 if length > 64 else 0):
            start = self.rng.randrange(length + 1)
            above = head >> start
            size = start + (above & -above).bit_length() - 1
            if above and size <= length and tail >> length - size & 1:
                return size
        return self.rng.choice(
            [n for n in bits(head & (2 << length) - 1) if tail >> length - n & 1]
        )

    def char(self, ranges: Ranges) -> str:
        if self.stray and self.rng.random() < self.stray:
            return self.pick(intersection(ranges, ((32, 126),)) or ranges)
        able = self.choices.get(ranges)
        if able is None:
            sets = (intersection(ranges, each) for each in (self.palette, *_FALLBACKS))
            able = self.choices[ranges] = next(filter(None, sets))
        return self.pick(able)

    def pick(self, ranges: Ranges) -> str:
        number = self.rng.randrange(sum(high - low + 1 for low, high in ranges))
        for low, high in ranges:
            if number <= high - low:
                return chr(low + number)
            number -= high - low + 1
        raise AssertionError(number)


def mismatch(sampler: Sampler, rng: Random, least: int, most: int | None) -> str | None:
    """A text that the sampler's pattern doesn't match, of a right length if possible; None if none is
    found."""
    for number in range(_TRIES):
        text = altered(sampler.text(rng, least, most) or "", rng, sampler.odd)
        right = least <= len(text) and (most is None or len(text) <= most)
        if (right or number > _TRIES // 2) and not sampler.pattern.matches(text):
            return text
    return None


def altered(text: str, rng: Random, characters: str) -> str:
    """A text with something done to it that most patterns don't like."""
    place = rng.randrange(len(text) + 1)
    odd = rng.choice(characters)
    match rng.randrange(6):
        case 0:
            return text[:place] + odd + text[place:]
        case 1:
            return text[:place] + odd + text[place + 1 :]
        case 2:
            return text[:place] + text[place + 1 :]
        case 3:
            return odd * len(text)
        case 4:
            return ""
        case _:
            return text[place:] + text[:place]


def intersection(left: Ranges, right: Ranges) -> Ranges:
    """Every character of both sets, whose ranges are in order."""
    found: list[tuple[int, int]] = []
    at = 0
    for low, high in right:
        while at < len(left) and left[at][1] < low:
            at += 1
        # The last of them may reach into the next range as well.
        for start, end in islice(left, at, None):
            if start > high:
                break
            found.append((max(start, low), min(end, high)))
    return tuple(found)
