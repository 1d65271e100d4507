"""What anchors leave of a pattern: nothing stands before a start, and nothing after an end."""

from __future__ import annotations

from .regex import END, START, Chars, Choice, Concat, Fact, Node, Repeat

NEVER = Chars(())
"""Matches no text at all."""


def settled(node: Node) -> Node:
    """A tree for the same whole texts, without what could only stand outside of them.

    Only anchors that every text of a part has to pass are looked at; those in some of its
    alternatives may still keep texts of the tree from matching.
    """
    if isinstance(node, Choice):
        return Choice(tuple(settled(part) for part in node.parts))
    if isinstance(node, Repeat):
        return node._replace(body=settled(node.body))
    if not isinstance(node, Concat):
        return node
    parts = [settled(part) for part in node.parts]
    starts = [place for place, part in enumerate(parts) if demands(part, START)]
    ends = [place for place, part in enumerate(parts) if demands(part, END)]
    first = starts[-1] if starts else 0
    last = ends[0] if ends else len(parts)
    return Concat(
        tuple(
            part if first <= place <= last else emptied(part)
            for place, part in enumerate(parts)
        )
    )


def demands(node: Node, fact: int) -> bool:
    """True where no text matches without passing a place with the fact."""
    if isinstance(node, Fact):
        return node.bit == fact
    if isinstance(node, Choice):
        return all(demands(part, fact) for part in node.parts)
    if isinstance(node, Concat):
        return any(demands(part, fact) for part in node.parts)
    return isinstance(node, Repeat) and node.least > 0 and demands(node.body, fact)


def emptied(node: Node) -> Node:
    """What a node matches without a character."""
    if isinstance(node, Chars):
        return NEVER
    if isinstance(node, Concat):
        return Concat(tuple(emptied(part) for part in node.parts))
    if isinstance(node, Choice):
        return Choice(tuple(emptied(part) for part in node.parts))
    if isinstance(node, Repeat):
        return Concat(()) if node.least == 0 else emptied(node.body)
    return node
