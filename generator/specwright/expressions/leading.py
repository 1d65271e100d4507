"""What an expression leads to in a model: the shape of its value, and members that it misses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from specwright.expressions.nodes import (
    And,
    Call,
    Compare,
    Each,
    Field,
    Flatten,
    Index,
    Literal,
    Named,
    Node,
    Not,
    Or,
    Part,
    Path,
    Pipe,
    Several,
    Step,
    Values,
    Where,
)
from specwright.model import Member, Shape

_RESULTS = {
    "contains": Shape("boolean"),
    "ends_with": Shape("boolean"),
    "length": Shape("integer"),
    "starts_with": Shape("boolean"),
}


@dataclass(slots=True)
class Misses:
    """Members that an expression names and shapes don't have, as they are found.

    ``target`` finds the shape of a member; None where it is unknown, so that nothing more is
    said of it.
    """

    target: Callable[[Member], Shape | None]
    found: list[tuple[str, Shape]] = field(default_factory=list)


def leads_to(node: Node, start: Shape | None, misses: Misses) -> Shape | None:
    """The shape of an expression's value, begun at a shape; None where it is unknown."""
    match node:
        case Path(steps):
            return _follow(steps, start, misses)
        case Pipe(left, right):
            return leads_to(right, leads_to(left, start, misses), misses)
        case Or(left, right) | And(left, right):
            first = leads_to(left, start, misses)
            second = leads_to(right, start, misses)
            if first is None or second is None or first.type != second.type:
                return None
            return first
        case Compare(left, _, right):
            leads_to(left, start, misses)
            leads_to(right, start, misses)
            return Shape("boolean")
        case Not(inner):
            leads_to(inner, start, misses)
            return Shape("boolean")
        case Literal():
            return None
    return _made(node, start, misses)


def _made(
    node: Call | Several | Named, start: Shape | None, misses: Misses
) -> Shape | None:
    """What is made of other values."""
    match node:
        case Call(name, arguments):
            for argument in arguments:
                leads_to(argument, start, misses)
            return _RESULTS.get(name)
        case Several(parts):
            for part in parts:
                leads_to(part, start, misses)
        case Named(pairs):
            for _, part in pairs:
                leads_to(part, start, misses)
    return None


def _follow(
    steps: tuple[Step, ...], shape: Shape | None, misses: Misses
) -> Shape | None:
    for number, step in enumerate(steps):
        if isinstance(step, Each | Flatten | Part | Values | Where):
            each = _spread(step, shape, misses)
            rest = steps[number + 1 :]
            end = next((i for i, s in enumerate(rest) if s == Flatten()), len(rest))
            kept = _follow(rest[:end], each, misses)
            return _follow(rest[end:], kept and _list_of(kept), misses)
        if isinstance(step, Field):
            shape = _member(step.name, shape, misses)
        elif isinstance(step, Index):
            shape = _item(shape, misses)
        else:
            shape = _made(step, shape, misses)
    return shape


def _spread(
    step: Each | Flatten | Part | Values | Where, shape: Shape | None, misses: Misses
) -> Shape | None:
    """The shape of each value that a projection leads to."""
    if isinstance(step, Values):
        value = shape.value if shape is not None else None
        return None if value is None else misses.target(value)
    item = _item(shape, misses)
    if isinstance(step, Where):
        leads_to(step.condition, item, misses)
    if isinstance(step, Flatten) and item is not None and item.type == "list":
        return _item(item, misses)
    return item


def _member(name: str, shape: Shape | None, misses: Misses) -> Shape | None:
    if shape is None or shape.type == "document":
        return None
    if shape.value is not None:
        return misses.target(shape.value)
    member = next((m for m in shape.members if m.name == name), None)
    if member is None:
        misses.found.append((name, shape))
        return None
    return misses.target(member)


def _item(shape: Shape | None, misses: Misses) -> Shape | None:
    return (
        misses.target(shape.item)
        if shape is not None and shape.item is not None
        else None
    )


def _list_of(shape: Shape) -> Shape:
    return Shape("list", item=Member("", shape, ""))
