"""Whether a backtracking matcher such as ``re`` is proved to match a pattern in linear time.

A backtracking matcher follows, at worst, every path of the position automaton that is labelled
with a prefix of the text. Where no two different paths with the same label lead from the start
to the same position, there is at most one path for each prefix and position, so the work is at
most the size of the text times the size of the pattern. That no two do is checked by following
pairs of paths that part, through the product of the automaton with itself: were they to meet
again, the pattern would be ambiguous. Turning counted repeats into loops, and assertions into
nothing, only adds paths, and so does searching from every place at once; a pattern that passes
with those passes without. What is not proved, for lack of a proof or of patience, is not linear.
"""

from __future__ import annotations

from specwright.patterns.automaton import Automaton, TooLargeError, build
from specwright.patterns.nodes import Anchor, Chars, Choice, Concat, Look, Node, Repeat
from specwright.runtime.positions import bits

_MOST_POSITIONS = 1_500
_MOST_WORK = 60_000
_SHORT = 16


def proved_linear(node: Node, *, search: bool) -> bool:
    """True where ``re`` takes linear time on every text; False where that is not known."""
    once = _visited_once(node, search=search)
    for expand in (False, True):
        try:
            made = build(node, search=search, expand=expand, limit=_MOST_POSITIONS)
        except TooLargeError:
            return False
        if not all(_cheap(look, look in once) for look in made.looks):
            return False
        if not made.blind and unambiguous(made):
            return True
    return False


def unambiguous(made: Automaton) -> bool:
    """True where no two paths with one label lead from one position to one; False if unknown."""
    clashes = made.clashes()
    seen = [0] * len(made.sets)
    waiting: list[tuple[int, int]] = []
    work = 0

    def meet(position: int, others: int) -> None:
        fresh = others & ~seen[position]
        if fresh:
            seen[position] |= fresh
            waiting.append((position, fresh))

    for targets in made.follow:
        for target in bits(targets):
            work += 1
            meet(target, targets & clashes[target] & ~(1 << target))
    while waiting:
        position, others = waiting.pop()
        reached = 0
        for other in bits(others):
            reached |= made.follow[other]
        for target in bits(made.follow[position]):
            if reached >> target & 1:
                return False
            meet(target, reached & clashes[target])
        work += others.bit_count() + made.follow[position].bit_count()
        if work > _MOST_WORK:
            return False
    return True


def keeps_language(node: Node) -> bool:
    """True where the possessive repeats of a pattern match the same as greedy ones.

    They do where what may follow such a repeat can't stand at a character that it takes: then
    giving back a character never helps. Look-arounds might see the difference.
    """
    made = build(node, search=False, expand=False, limit=_MOST_POSITIONS)
    clashes = made.clashes()
    return not made.looks and not any(
        made.follow[position] & clashes[position]
        for positions in made.possessive
        for position in bits(positions)
    )


def _visited_once(node: Node, *, search: bool) -> list[Look]:
    """Look-arounds that are tried at one place of the text only: leading and anchored."""
    anchored = not search
    found: list[Look] = []
    for part in node.parts if isinstance(node, Concat) else (node,):
        if isinstance(part, Look):
            found += [part] if anchored else []
        elif isinstance(part, Anchor):
            anchored = anchored or part.at == "start"
        else:
            break
    return found


def _cheap(look: Look, once: bool) -> bool:
    """True where trying a look-around costs a fixed amount, or is done once and linear."""
    if not once:
        longest = _longest(look.body)
        if longest is None or longest > _SHORT:
            return False
    return proved_linear(look.body, search=False)


def _longest(node: Node) -> int | None:
    """The length of the longest match of a node, None where there is no longest."""
    match node:
        case Chars():
            return 1
        case Anchor() | Look():
            return 0
        case Repeat(body=body, most=most):
            longest = _longest(body)
            return (
                0
                if longest == 0
                else None if longest is None or most is None else longest * most
            )
        case Concat(parts) | Choice(parts):
            lengths = [_longest(part) for part in parts]
            known = [length for length in lengths if length is not None]
            if len(known) < len(lengths):
                return None
            return sum(known) if isinstance(node, Concat) else max(known, default=0)
