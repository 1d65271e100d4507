"""Brackets, keys and values of a syntax block, whatever notation it is written in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

from specwright.sources.pages.facts import MAX_DEPTH

Kind: TypeAlias = Literal[
    "open", "close", "comma", "colon", "bar", "text", "word", "note"
]
_CLOSES = {"{": "}", "[": "]", "(": ")"}


class Token(NamedTuple):
    """A piece of a syntax block; a note is what a comment says of what stands before it."""

    kind: Kind
    value: str
    offset: int


class Text(NamedTuple):
    """A quoted text."""

    value: str
    offset: int


class Word(NamedTuple):
    """A word, number or dots."""

    value: str
    offset: int


@dataclass(slots=True)
class Group:
    """What stands between two brackets. ``end`` is the offset behind the closing one."""

    opener: str
    offset: int
    entries: list[Entry] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    end: int = -1

    @property
    def closed(self) -> bool:
        """False where the block ended before its bracket did."""
        return self.end >= 0


Atom: TypeAlias = Text | Word | Group


@dataclass(slots=True)
class Entry:
    """One value of a group, with its key if it has one; alternatives follow each other."""

    offset: int
    key: str | None = None
    quoted: bool = False
    atoms: list[Atom] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def words(self) -> tuple[str, ...]:
        """The words among the atoms."""
        return tuple(a.value for a in self.atoms if isinstance(a, Word))

    def texts(self) -> tuple[str, ...]:
        """The texts among the atoms."""
        return tuple(a.value for a in self.atoms if isinstance(a, Text))

    def group(self, *openers: str) -> Group | None:
        """The first group that begins with one of the brackets."""
        return next(
            (a for a in self.atoms if isinstance(a, Group) and a.opener in openers),
            None,
        )


class TooDeep(NamedTuple):
    """Brackets in brackets beyond every document: where they went too far."""

    offset: int


def read_group(tokens: Iterable[Token]) -> Group | TooDeep | None:
    """The first group among tokens, and all in it; what follows its end is not looked at."""
    root: Group | None = None
    stack: list[Group] = []
    fresh = opened = True
    for kind, value, offset in tokens:
        if root is None or not stack:
            if kind == "open":
                root = Group(value, offset)
                stack.append(root)
            continue
        top = stack[-1]
        if kind == "note":
            # Several notes may follow one bracket.
            if opened:
                top.notes.append(value)
            elif top.entries:
                top.entries[-1].notes.append(value)
            continue
        opened = kind == "open"
        if kind == "open":
            if len(stack) >= MAX_DEPTH:
                return TooDeep(offset)
            stack.append(Group(value, offset))
            _current(top, offset, fresh).atoms.append(stack[-1])
        elif kind == "close":
            # A bracket that closes nothing is damage, and so is one that nothing closed.
            if any(_CLOSES[group.opener] == value for group in stack):
                while _CLOSES[(inner := stack.pop()).opener] != value:
                    inner.end = offset
                inner.end = offset + 1
            if not stack:
                break
        elif kind == "colon":
            _name(_current(top, offset, fresh))
        elif kind in ("text", "word"):
            atom = Text(value, offset) if kind == "text" else Word(value, offset)
            _current(top, offset, fresh).atoms.append(atom)
        fresh = kind in ("open", "comma")
    return root


def _name(entry: Entry) -> None:
    """Make a key of what stands before a colon."""
    last = entry.atoms[-1] if entry.atoms else None
    if entry.key is None and isinstance(last, Text | Word):
        entry.key, entry.offset = last.value.strip(), last.offset
        entry.quoted = isinstance(last, Text)
        entry.atoms.clear()


def _current(group: Group, offset: int, fresh: bool) -> Entry:
    """The entry that goes on, or a new one behind a comma."""
    if fresh or not group.entries:
        group.entries.append(Entry(offset))
    return group.entries[-1]
