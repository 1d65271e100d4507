"""The syntax tree of a pattern, whatever dialect it was written in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from specwright.patterns.charset import Ranges


@dataclass(frozen=True, slots=True)
class Chars:
    """One character of a set, which may be empty."""

    ranges: Ranges


@dataclass(frozen=True, slots=True)
class Anchor:
    """The very start or the very end of the text."""

    at: Literal["start", "end"]


@dataclass(frozen=True, slots=True)
class Look:
    """A place where the body begins (``ahead``) or ends; ``negative``: where it does not."""

    body: Node
    ahead: bool
    negative: bool


@dataclass(frozen=True, slots=True)
class Concat:
    """One part after the other; no parts match the empty text."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Any one of the parts."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """The body from ``least`` to ``most`` times; ``possessive`` gives nothing back once taken."""

    body: Node
    least: int
    most: int | None
    possessive: bool = False


Node: TypeAlias = Chars | Anchor | Look | Concat | Choice | Repeat
EMPTY = Concat(())


def concat(parts: Iterable[Node]) -> Node:
    """The parts in order, those that are concatenations themselves opened."""
    flat: list[Node] = []
    for part in parts:
        flat += part.parts if isinstance(part, Concat) else (part,)
    return flat[0] if len(flat) == 1 else Concat(tuple(flat))


def choice(parts: Iterable[Node]) -> Node:
    """Any of the parts, those that are choices themselves opened."""
    flat: list[Node] = []
    for part in parts:
        flat += part.parts if isinstance(part, Choice) else (part,)
    return flat[0] if len(flat) == 1 else Choice(tuple(flat))


def repeat(body: Node, least: int, most: int | None, possessive: bool = False) -> Node:
    """The body repeated, or something plainer that is the same."""
    if most == 0:
        return EMPTY
    if least == most == 1:
        return body
    if isinstance(body, (Anchor, Look)):
        return body if least else EMPTY
    return Repeat(body, least, most, possessive)


def children(node: Node) -> tuple[Node, ...]:
    """The nodes right below a node."""
    match node:
        case Concat(parts) | Choice(parts):
            return parts
        case Repeat(body=body) | Look(body=body):
            return (body,)
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """The node and all nodes below it, each before its children."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += reversed(children(node))
