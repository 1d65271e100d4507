"""The portable dialect of regular expressions: the syntax tree, and the parser that makes it.

It is what ``re`` reads in the same way, but for ``$``: the very end here, as ``\\Z`` is in both.
"""

from __future__ import annotations

from typing import NamedTuple, NoReturn, TypeAlias

LAST = 0x10FFFF
# Facts about a place in the text, as bits.
START, END = 1, 2
_DEEPEST = 200


class PatternError(ValueError):
    """A regular expression outside of the dialect, or too large."""


class Chars(NamedTuple):
    """One character of a class; ranges are inclusive, in order, and don't touch."""

    ranges: tuple[tuple[int, int], ...]


class Fact(NamedTuple):
    """Nothing, at a place where the fact holds."""

    bit: int


class Concat(NamedTuple):
    parts: tuple[Node, ...]


class Choice(NamedTuple):
    parts: tuple[Node, ...]


class Repeat(NamedTuple):
    """The body as often as that; without limit where ``most`` is None."""

    body: Node
    least: int
    most: int | None


Node: TypeAlias = Chars | Fact | Concat | Choice | Repeat


def parse(text: str) -> Node:
    return Reader(text).whole()


_ESCAPES = {"n": 10, "r": 13, "t": 9, "f": 12, "v": 11}
_HEX = {"x": 2, "u": 4, "U": 8}
_QUANTIFIERS: dict[str, tuple[int, int | None]] = {
    "*": (0, None),
    "+": (1, None),
    "?": (0, 1),
}


class Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def whole(self) -> Node:
        node = self.choice(0)
        if self.at < len(self.text):
            self.fail("unbalanced parenthesis")
        return node

    def fail(self, reason: str) -> NoReturn:
        raise PatternError(f"{reason} at offset {self.at} of {self.text!r}")

    def take(self, token: str) -> bool:
        if self.text.startswith(token, self.at):
            self.at += len(token)
            return True
        return False

    def choice(self, depth: int) -> Node:
        if depth > _DEEPEST:
            self.fail("too many nested groups")
        parts = [self.concat(depth)]
        while self.take("|"):
            parts.append(self.concat(depth))
        return parts[0] if len(parts) == 1 else Choice(tuple(parts))

    def concat(self, depth: int) -> Node:
        parts: list[Node] = []
        while self.at < len(self.text) and self.text[self.at] not in "|)":
            parts.append(self.repeat(self.look(depth) or self.atom(depth)))
        return parts[0] if len(parts) == 1 else Concat(tuple(parts))

    def look(self, depth: int) -> Node | None:
        """A look-around, if a reader knows them and one stands here."""
        return None

    def atom(self, depth: int) -> Node:
        if self.take("(?:") or self.take("("):
            return self.group(depth)
        if self.take("["):
            return Chars(self.char_class())
        if self.take("^") or self.take("\\A"):
            return Fact(START)
        if self.take("$") or self.take("\\Z"):
            return Fact(END)
        if self.take("."):
            return Chars(((0, 9), (11, LAST)))
        if self.text[self.at] in "*+?{}]":
            self.fail("a bare operator")
        code = self.character()
        return Chars(((code, code),))

    def group(self, depth: int) -> Node:
        if self.text.startswith("?", self.at):
            self.fail("an unknown kind of group")
        node = self.choice(depth + 1)
        if not self.take(")"):
            self.fail("missing )")
        return node

    def repeat(self, body: Node) -> Node:
        bounds = _QUANTIFIERS.get(self.text[self.at : self.at + 1])
        if bounds is not None:
            self.at += 1
        elif self.take("{"):
            bounds = self.counts()
        if bounds is None:
            return body
        self.take("?")
        if self.at < len(self.text) and self.text[self.at] in "*+?{":
            self.fail("a repeat of a repeat")
        return Repeat(body, *bounds)

    def counts(self) -> tuple[int, int | None]:
        end = self.text.find("}", self.at)
        least, comma, most = self.text[self.at : max(end, self.at)].partition(",")
        if not _is_number(least) or (most and not _is_number(most)):
            self.fail("a malformed repeat")
        low = int(least)
        high = (int(most) if most else None) if comma else low
        if high is not None and high < low:
            self.fail("a repeat whose minimum is above its maximum")
        self.at = end + 1
        return low, high

    def character(self) -> int:
        if self.at >= len(self.text):
            self.fail("unexpected end")
        char = self.text[self.at]
        self.at += 1
        if char != "\\":
            return ord(char)
        char = self.text[self.at : self.at + 1]
        self.at += 1
        if char in _ESCAPES:
            return _ESCAPES[char]
        if char in _HEX:
            digits = self.text[self.at : self.at + _HEX[char]]
            if len(digits) < _HEX[char] or digits.strip("0123456789abcdefABCDEF"):
                self.fail("a malformed escape")
            self.at += len(digits)
            return int(digits, 16)
        if not char or char.isalnum() or not char.isascii():
            self.fail("an unknown escape")
        return ord(char)

    def char_class(self) -> tuple[tuple[int, int], ...]:
        negative = self.take("^")
        ranges: list[tuple[int, int]] = []
        while not self.take("]"):
            if self.text[self.at : self.at + 1] == "[" or (
                self.text[self.at : self.at + 2] in ("&&", "||", "~~", "--")
            ):
                self.fail("a set operation")
            low = high = self.character()
            if self.text.startswith("-", self.at) and not self.text.startswith(
                "-]", self.at
            ):
                self.at += 1
                high = self.character()
                if high < low:
                    self.fail("a reversed range")
            ranges.append((low, high))
        if not ranges:
            self.fail("an empty class")
        merged = merge(ranges)
        return complement(merged) if negative else merged


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


def merge(ranges: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if merged and low <= merged[-1][1] + 1:
            low, last = merged.pop()
            high = max(high, last)
        merged.append((low, high))
    return tuple(merged)


def complement(ranges: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    edges = [0, *(edge for low, high in ranges for edge in (low, high + 1)), LAST + 1]
    gaps = zip(edges[::2], edges[1::2], strict=True)
    return tuple((start, end - 1) for start, end in gaps if start < end)
