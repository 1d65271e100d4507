"""black, with its own style and the oldest Python that generated code runs on."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from black.mode import Mode


@cache
def mode() -> Mode:
    """How black is run."""
    from black.mode import Mode, TargetVersion

    return Mode(target_versions={TargetVersion.PY311})


def format_python(text: str) -> str:
    """Python source in black's layout."""
    from black import format_str

    return format_str(text, mode=mode())
