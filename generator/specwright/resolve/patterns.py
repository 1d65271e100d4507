"""Patterns of a spec, judged: they have to compile, and to match in linear time."""

from __future__ import annotations

from specwright.model import MatchMode
from specwright.patterns import PatternProblem, analyse
from specwright.resolve.context import Context
from specwright.resolve.cursor import Cursor


def check_pattern(
    cursor: Cursor, pattern: str, match: MatchMode, context: Context
) -> None:
    """Report a pattern that can't be used."""
    problem = analyse(pattern, match)
    if isinstance(problem, PatternProblem):
        context.findings.say(
            problem.code,
            f"{problem.reason} (at character {problem.offset + 1} of the pattern)",
            cursor.where,
            problem.hint,
        )
