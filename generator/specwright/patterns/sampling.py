"""Random texts that match a pattern and have a wanted length."""

from __future__ import annotations

from random import Random

from specwright.patterns.analysis import Analysis
from specwright.patterns.automaton import bits
from specwright.patterns.charset import (
    ANY,
    DIGIT,
    LETTERS,
    Ranges,
    complement,
    intersection,
    union,
)
from specwright.patterns.lengths import Lengths
from specwright.patterns.nodes import (
    Anchor,
    Chars,
    Choice,
    Concat,
    Look,
    Node,
    Repeat,
    concat,
    walk,
)
from specwright.runtime.patterns import Pattern

_LOWER: Ranges = ((97, 122),)
_PALETTES: tuple[Ranges, ...] = (
    _LOWER,
    union((DIGIT, _LOWER)),
    union((DIGIT, LETTERS)),
    DIGIT,
    ((65, 90),),
    ((33, 126),),
    ((32, 126),),
)
_FALLBACKS: tuple[Ranges, ...] = (
    union((DIGIT, LETTERS)),
    ((33, 126),),
    ((32, 126),),
    ((0xA1, 0x2FF), (0x370, 0x1FFF), (0x3041, 0xD7FF)),
    complement(((0xD800, 0xDFFF),)),
    ANY,
)
_TRIES = 300
_LONGEST = 20_000
# Texts stay this close to the shortest that is possible, for they are read by people.
_SPREAD = 24


def sample(
    pattern: Analysis, rng: Random, length: tuple[int | None, int | None] = (None, None)
) -> str | None:
    """A text that matches and is as long as wanted; None if none is found.

    Readable ASCII comes first. Where look-arounds or inner anchors leave hardly any text, none
    may be found though some exist.
    """
    node = pattern.ast
    least, most = length[0] or 0, (
        _LONGEST if length[1] is None else min(length[1], _LONGEST)
    )
    plans = [
        plan
        for tree in (node, *_shortcuts(node))
        if (plan := _planned(tree, least, most))
    ]
    if not plans:
        return None
    tree, lengths, wanted = plans[0]
    if not any(isinstance(part, (Anchor, Look)) for part in walk(node)):
        return _Writer(lengths, rng, _PALETTES[1], 0).text(tree, rng.choice(wanted))
    matches = Pattern(
        pattern.text, match=pattern.match, regex=pattern.regex, linear=pattern.linear
    ).matches
    for number in range(_TRIES):
        plain = number < _TRIES // 10
        tree, lengths, wanted = plans[0] if plain else rng.choice(plans)
        palette = _PALETTES[1] if plain else rng.choice(_PALETTES)
        stray = 0 if plain else rng.choice((0, 0.05, 0.3))
        text = _Writer(lengths, rng, palette, stray).text(tree, rng.choice(wanted))
        if matches(text):
            return text
    return None


def _shortcuts(node: Node) -> list[Node]:
    """Trees that end with what a look-ahead asks for, which often matches the rest as well."""
    parts = node.parts if isinstance(node, Concat) else (node,)
    return [
        concat((*parts[:place], part.body))
        for place, part in enumerate(parts)
        if isinstance(part, Look) and part.ahead and not part.negative
    ]


def _planned(
    node: Node, least: int, most: int
) -> tuple[Node, Lengths, list[int]] | None:
    """The shortest possible lengths within the bounds, looked for further up step by step."""
    reach = least + 2 * _SPREAD
    while least <= most:
        limit = min(reach, most)
        lengths = Lengths(limit)
        wanted = list(bits(lengths.of(node) >> least))[:_SPREAD]
        if wanted:
            return node, lengths, [least + length for length in wanted]
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
        match node:
            case Chars(ranges):
                return self.char(ranges)
            case Concat(parts):
                return self.concat(node, parts, length)
            case Choice(parts):
                able = [part for part in parts if self.lengths.of(part) >> length & 1]
                return self.text(self.rng.choice(able), length)
            case Repeat():
                return self.repeat(node, length)
            case _:
                return ""

    def concat(self, node: Concat, parts: tuple[Node, ...], length: int) -> str:
        pieces: list[str] = []
        for part, tail in zip(parts, self.lengths.tails(node)[1:], strict=True):
            size = self.split(self.lengths.of(part), tail, length)
            pieces.append(self.text(part, size))
            length -= size
        return "".join(pieces)

    def repeat(self, node: Repeat, length: int) -> str:
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
        return self.rng.choice(
            [n for n in bits(head) if n <= length and tail >> length - n & 1]
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
