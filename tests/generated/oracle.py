"""A second opinion on what breaks a constraint: slow, simple, and none of the program's code.

Patterns are parsed by Python's own parser and followed as sets of positions, so that no
pattern can make it hang.
"""

from __future__ import annotations

import warnings
from functools import cache
from importlib import import_module
from typing import Any

from specwright.model import Bounds, Constraints

WHITE = frozenset(" \t\n\r\f\v")
DIGITS = frozenset("0123456789")
LINE_ENDS = frozenset("\n\r\u2028\u2029")


@cache
def parsed(pattern: str) -> Any:
    """A pattern as Python reads it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        return import_module("re._parser").parse(pattern)


def matches(pattern: str, text: str) -> bool:
    """Whether a whole text matches, with ASCII classes and ``$`` at the very end only."""
    return len(text) in follow(parsed(pattern), text, frozenset({0}))


def follow(items: Any, text: str, positions: frozenset[int]) -> frozenset[int]:
    """Where a sequence of pattern parts may end that begins at one of some positions."""
    for operator, argument in items:
        positions = step(str(operator), argument, text, positions)
        if not positions:
            break
    return positions


def step(
    operator: str, argument: Any, text: str, positions: frozenset[int]
) -> frozenset[int]:
    """Where one part may end."""
    match operator:
        case "SUBPATTERN":
            return follow(argument[3], text, positions)
        case "BRANCH":
            ends = (follow(branch, text, positions) for branch in argument[1])
            return frozenset().union(*ends)
        case "MAX_REPEAT" | "MIN_REPEAT":
            least, most, body = argument
            return repeated(body, int(least), int(most), text, positions)
        case "AT":
            edge = {"AT_BEGINNING": 0, "AT_END": len(text)}[str(argument)]
            return positions & {edge}
    return frozenset(
        at + 1
        for at in positions
        if at < len(text) and fits(operator, argument, text[at])
    )


def repeated(
    body: Any, least: int, most: int, text: str, positions: frozenset[int]
) -> frozenset[int]:
    """Where a repeat may end."""
    found = positions if least == 0 else frozenset()
    for count in range(1, most + 1):
        positions = follow(body, text, positions)
        if not positions or (count > least and positions <= found):
            break
        if count >= least:
            found |= positions
    return found


def fits(operator: str, argument: Any, char: str) -> bool:
    """Whether one character fits one part."""
    match operator:
        case "LITERAL":
            return char == chr(argument)
        case "NOT_LITERAL":
            return char != chr(argument)
        case "ANY":
            return char not in LINE_ENDS
        case "RANGE":
            low, high = argument
            return bool(low <= ord(char) <= high)
        case "CATEGORY":
            name = str(argument).removeprefix("CATEGORY_")
            listed = {"SPACE": WHITE, "DIGIT": DIGITS}[name.removeprefix("NOT_")]
            return (char in listed) is not name.startswith("NOT_")
        case "IN":
            negated = str(argument[0][0]) == "NEGATE"
            rest = argument[1:] if negated else argument
            return any(fits(str(o), a, char) for o, a in rest) is not negated
    raise AssertionError(f"no rule for {operator}")


def outside(number: int, limit: Bounds) -> bool:
    """Whether a number is out of inclusive bounds."""
    return bool(
        (limit.min is not None and number < limit.min)
        or (limit.max is not None and number > limit.max)
    )


def broken(constraints: Constraints, value: object) -> list[tuple[str, object]]:
    """Kind and limit of each constraint that a value of the right type breaks."""
    found: list[tuple[str, object]] = []
    length, range_ = constraints.length, constraints.range
    if (
        length is not None
        and isinstance(value, (str, list))
        and outside(len(value), length)
    ):
        found.append(("length", (length.min, length.max)))
    if range_ is not None and isinstance(value, int) and outside(value, range_):
        found.append(("range", (range_.min, range_.max)))
    if isinstance(value, str):
        pattern = constraints.pattern
        if pattern is not None and not matches(pattern, value):
            found.append(("pattern", pattern))
        if constraints.enum and value not in constraints.enum:
            found.append(("enum", constraints.enum))
    return found
