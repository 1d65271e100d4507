"""JMESPath expressions over responses: functions that the generator composes from their text.

Members are called by the spec's names. What doesn't exist or has another type is None.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from .structure import Shaped, Union, is_mapping, is_sequence, plain

Expression: TypeAlias = Callable[[object], object]


class Projection:
    """A step to several values; the steps after it are taken from each of them."""

    def __init__(self, spread: Callable[[object], Sequence[object] | None]) -> None:
        self.spread = spread


Step: TypeAlias = "str | int | Projection | Expression"


def path(*steps: Step) -> Expression:
    """From a value to what it holds: names of members, indexes, projections, expressions."""
    return lambda value: follow(value, steps)


def follow(value: object, steps: Sequence[Step]) -> object:
    for number, step in enumerate(steps):
        if isinstance(step, str):
            value = member(value, step)
        elif isinstance(step, int):
            value = item(value, step)
        elif isinstance(step, Projection):
            found = step.spread(value)
            if found is None:
                return None
            # A flattening ends the projection before it, and spreads what that gave.
            end = number + 1
            while end < len(steps) and steps[end] is not FLATTEN:
                end += 1
            inner = steps[number + 1 : end]
            kept = [k for each in found if (k := follow(each, inner)) is not None]
            return follow(kept, steps[end:])
        else:
            value = step(value)
    return value


def member(value: object, name: str) -> object:
    if isinstance(value, Shaped):
        known = value.__schema__.by_name.get(name)
        if known is not None:
            found: object = getattr(value, known.attr, None)
            return found
        return value.unknown.get(name) if isinstance(value, Union) else None
    return value.get(name) if is_mapping(value) else None


def item(value: object, index: int) -> object:
    if not is_sequence(value) or not -len(value) <= index < len(value):
        return None
    return value[index]


def items(value: object) -> Sequence[object] | None:
    return value if is_sequence(value) else None


def flattened(value: object) -> list[object] | None:
    if not is_sequence(value):
        return None
    return [v for each in value for v in (each if is_sequence(each) else (each,))]


def values(value: object) -> list[object] | None:
    held = plain_object(value)
    return None if held is None else list(held.values())


EACH = Projection(items)
FLATTEN = Projection(flattened)
VALUES = Projection(values)


def part(start: int | None, stop: int | None, step: int | None) -> Projection:
    """Some of the items, as Python slices."""
    return Projection(
        lambda value: value[start:stop:step] if is_sequence(value) else None
    )


def where(condition: Expression) -> Projection:
    """The items for which a condition holds."""
    return Projection(
        lambda value: (
            [each for each in value if holds(condition(each))]
            if is_sequence(value)
            else None
        )
    )


def holds(value: object) -> bool:
    """False for None, False and what is empty; true for all numbers."""
    if isinstance(value, Shaped) or is_mapping(value) or is_sequence(value):
        return bool(plain(value))
    return value is not None and value is not False and value != ""


def either(left: Expression, right: Expression) -> Expression:
    """The left value where it holds, else the right one."""
    return lambda value: found if holds(found := left(value)) else right(value)


def both(left: Expression, right: Expression) -> Expression:
    """The right value where the left one holds, else the left one."""
    return lambda value: right(value) if holds(found := left(value)) else found


def negated(inner: Expression) -> Expression:
    return lambda value: not holds(inner(value))


def literal(value: object) -> Expression:
    return lambda _: value


def same(left: object, right: object) -> bool:
    """Equality of JSON, where true is not 1."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    return plain(left) == plain(right)


def equal(left: Expression, right: Expression) -> Expression:
    return lambda value: same(left(value), right(value))


def less(left: Expression, right: Expression) -> Expression:
    """Whether one number or text is less than another; None for anything else."""

    def compared(value: object) -> bool | None:
        first, second = left(value), right(value)
        if isinstance(first, str) and isinstance(second, str):
            return first < second
        if isinstance(first, bool) or isinstance(second, bool):
            return None
        if isinstance(first, int | float) and isinstance(second, int | float):
            return first < second
        return None

    return compared


def at_most(left: Expression, right: Expression) -> Expression:
    """Whether one number or text is less than another or equal to it."""

    def compared(value: object) -> bool | None:
        greater = less(right, left)(value)
        return None if greater is None else not greater

    return compared


def several(*parts: Expression) -> Expression:
    """A list of values, from anything but None."""
    return lambda value: None if value is None else [each(value) for each in parts]


def named(parts: Mapping[str, Expression]) -> Expression:
    """A mapping of values, from anything but None."""
    return lambda value: (
        None if value is None else {name: each(value) for name, each in parts.items()}
    )


def plain_object(value: object) -> Mapping[object, object] | None:
    held = plain(value) if isinstance(value, Shaped) else value
    return held if is_mapping(held) else None


def length(of: Expression) -> Expression:
    def counted(value: object) -> int | None:
        found = of(value)
        if isinstance(found, str) or is_sequence(found):
            return len(found)
        held = plain_object(found)
        return None if held is None else len(held)

    return counted


def contains(of: Expression, wanted: Expression) -> Expression:
    """Whether a list has an item, or a text another one in it."""

    def found(value: object) -> bool | None:
        whole, searched = of(value), wanted(value)
        if isinstance(whole, str):
            return isinstance(searched, str) and searched in whole
        if not is_sequence(whole):
            return None
        return any(same(each, searched) for each in whole)

    return found


def starts_with(of: Expression, start: Expression) -> Expression:
    def starts(value: object) -> bool | None:
        text, wanted = of(value), start(value)
        if not isinstance(text, str) or not isinstance(wanted, str):
            return None
        return text.startswith(wanted)

    return starts


def ends_with(of: Expression, end: Expression) -> Expression:
    def ends(value: object) -> bool | None:
        text, wanted = of(value), end(value)
        if not isinstance(text, str) or not isinstance(wanted, str):
            return None
        return text.endswith(wanted)

    return ends


def keys(of: Expression) -> Expression:
    def listed(value: object) -> list[object] | None:
        held = plain_object(of(value))
        return None if held is None else list(held)

    return listed


def values_of(of: Expression) -> Expression:
    return lambda value: values(of(value))


def not_null(*parts: Expression) -> Expression:
    """The first value that isn't None."""
    return lambda value: next(
        (found for each in parts if (found := each(value)) is not None), None
    )
