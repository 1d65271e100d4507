"""Mutants that no test can kill, since they behave as the original does, with the reason."""

from __future__ import annotations

EQUIVALENT: dict[str, str] = {}
