"""A pattern of a spec judged: what it means in the portable dialect, and how to match it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from specwright.patterns.automaton import TooLargeError
from specwright.patterns.nodes import (
    Choice,
    Concat,
    Look,
    Node,
    Repeat,
    choice,
    concat,
    repeat,
    walk,
)
from specwright.patterns.parsing import parse
from specwright.patterns.problems import PatternProblem
from specwright.patterns.safety import keeps_language, proved_linear
from specwright.patterns.writing import written
from specwright.runtime import look_arounds, regex as portable
from specwright.runtime.look_arounds import LookMatcher


@dataclass(frozen=True, slots=True)
class Analysis:
    """A pattern that can be matched.

    ``text`` is the pattern as documented; ``regex`` the same language in the portable dialect,
    and equal to ``text`` where that is in it already; ``linear`` asks for the linear matcher,
    and ``looks`` for the one that knows look-arounds.
    """

    text: str
    match: Literal["full", "search"]
    regex: str
    linear: bool
    looks: bool
    ast: Node


@lru_cache(maxsize=4096)
def analyse(text: str, match: Literal["full", "search"]) -> Analysis | PatternProblem:
    """What a pattern means and how to match it, or why it can't be used."""
    node = parse(text)
    if isinstance(node, PatternProblem):
        return node
    if any(isinstance(part, Repeat) and part.possessive for part in walk(node)):
        if not _possessive_is_greedy(node):
            return PatternProblem(
                "pattern-not-linear",
                "it matches differently with greedy repeats in place of possessive ones",
                0,
                "leave out the '+' after the repeat",
            )
        node = _greedy(node)
    regex = written(node)
    linear = not (proved_linear(node, search=match == "search") and _compiles(regex))
    if linear:
        try:
            LookMatcher(regex, match)
        except portable.PatternError as error:
            return PatternProblem(
                "pattern-not-linear",
                f"neither matcher is known to take linear time: {error}",
                0,
                "lower the counts of its repeats",
            )
    looks = linear and bool(look_arounds.parse(regex).looks)
    written_as = text if _is_portable(text, regex, linear) else regex
    return Analysis(text, match, written_as, linear, looks, node)


def _possessive_is_greedy(node: Node) -> bool:
    try:
        return keeps_language(node)
    except TooLargeError:
        return False


def _greedy(node: Node) -> Node:
    match node:
        case Concat(parts):
            return concat(map(_greedy, parts))
        case Choice(parts):
            return choice(map(_greedy, parts))
        case Repeat(body, least, most):
            return repeat(_greedy(body), least, most)
        case Look(body, ahead, negative):
            return Look(_greedy(body), ahead, negative)
        case _:
            return node


def _compiles(regex: str) -> bool:
    """False for what ``re`` alone refuses, such as look-behinds of several widths."""
    try:
        re.compile(regex)
    except (re.error, OverflowError, RecursionError):
        return False
    return True


def _is_portable(text: str, regex: str, linear: bool) -> bool:
    """True where the documented text is in the portable dialect and means what ``regex`` does."""
    if "$" in text and not linear:  # For ``re`` that may stand before a line feed.
        return False
    try:
        return _shape(look_arounds.parse(text)) == _shape(look_arounds.parse(regex))
    except portable.PatternError:
        return False


def _shape(pattern: look_arounds.Regex) -> tuple[object, ...]:
    looks = [(_key(look.node), look.ahead, look.negative) for look in pattern.looks]
    return _key(pattern.node), looks


def _key(node: portable.Node) -> tuple[object, ...]:
    """A node as plain data, without what grouping alone adds."""
    if isinstance(node, portable.Chars):
        return "chars", node.ranges
    if isinstance(node, portable.Fact):
        return "fact", node.bit
    if isinstance(node, portable.Repeat):
        if node.least == node.most == 1:
            return _key(node.body)
        return "repeat", _key(node.body), node.least, node.most
    name = "concat" if isinstance(node, portable.Concat) else "choice"
    parts: list[tuple[object, ...]] = []
    for part in map(_key, node.parts):
        parts += _opened(part, name)
    return parts[0] if len(parts) == 1 else (name, *parts)


def _opened(part: tuple[object, ...], name: str) -> list[tuple[object, ...]]:
    return [p for p in part[1:] if isinstance(p, tuple)] if part[0] == name else [part]
