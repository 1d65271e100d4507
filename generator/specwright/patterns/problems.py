"""What can be wrong with a pattern, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class PatternProblem:
    """Why a pattern can't be used; ``code`` is that of the diagnostic.

    ``offset`` counts the characters of the pattern from 0.
    """

    code: Literal["invalid-pattern", "pattern-not-linear"]
    reason: str
    offset: int
    hint: str | None = None


class RefusedError(Exception):
    """Carries a problem out of a recursive reader; never leaves this package."""

    def __init__(self, problem: PatternProblem) -> None:
        super().__init__(problem.reason)
        self.problem = problem


def invalid(reason: str, offset: int, hint: str | None = None) -> RefusedError:
    """The pattern is not in any dialect that is understood."""
    return RefusedError(PatternProblem("invalid-pattern", reason, offset, hint))


def not_linear(reason: str, offset: int, hint: str | None = None) -> RefusedError:
    """The pattern can't be matched in time that grows linearly with the text."""
    return RefusedError(PatternProblem("pattern-not-linear", reason, offset, hint))
