"""What an import could not carry over, told for people and for tools."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Path: TypeAlias = tuple[str | int, ...]
"""Keys and indexes from the root of a model to a value."""

Effect: TypeAlias = Literal["dropped", "unknown", "unsupported"]
"""Dropped: known to say nothing that a client needs. Unknown: lost, and nobody knows what it
means. Unsupported: no client may be generated without it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that the model says and the spec does not."""

    effect: Effect
    path: Path
    reason: str
    operations: tuple[str, ...] = ()
    """The operations that it is about; empty where it is about the whole service."""

    def to_json(self) -> dict[str, object]:
        """The finding as plain data for ``--json``."""
        return {
            "effect": self.effect,
            "path": "/" + "/".join(_escaped(step) for step in self.path),
            "reason": self.reason,
            "operations": list(self.operations),
        }


def _escaped(step: str | int) -> str:
    return str(step).replace("~", "~0").replace("/", "~1")
