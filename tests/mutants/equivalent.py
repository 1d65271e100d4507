"""Mutants that no test can kill, since they behave as the original does, with the reason."""

from __future__ import annotations

EQUIVALENT: dict[str, str] = {
    "_runtime/validation.py:56: a condition never holds": "where nothing is broken, what "
    "stands behind it finds nothing to raise or to warn of",
}
