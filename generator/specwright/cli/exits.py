"""Exit codes, and the error that stands for wrong use."""

from __future__ import annotations

from typing import Final

FINE: Final = 0
FOUND: Final = 1
WRONG_USE: Final = 2
COULD_NOT_RUN: Final = 3
INTERRUPTED: Final = 130
CLOSED_PIPE: Final = 141


class UsageError(Exception):
    """The command line, or the configuration, asks for something that makes no sense."""
