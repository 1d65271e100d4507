"""The work of linear matchers, counted: characters read, and machine words of built states."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from specwright.runtime import linear


@contextmanager
def counting() -> Iterator[list[int]]:
    """The steps of all matchers that are made within; their sum is the work."""
    steps: list[int] = []

    class Positions(linear._Cells):
        def positions(self, char: str) -> int:
            steps.append(1)
            return super().positions(char)

    class Counted(dict[Any, Any]):
        def get(self, *asked: Any) -> Any:
            steps.append(1)
            return super().get(*asked)

    class State(linear.State):
        def __init__(self, live: int, accepts: bool) -> None:
            super().__init__(live, accepts)
            self.row = Counted()
            self.rows = Counted({0: self.row})

    class Layout(linear.Layout):
        def close(self, *arguments: Any) -> Any:
            edges = len(self._shifts) + len(self._pairs) + 4 * len(self._blocks)
            steps.append((1 + edges) * (1 + self.width // 64))
            return super().close(*arguments)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(linear, "_Cells", Positions)
        patch.setattr(linear, "State", State)
        patch.setattr(linear, "Layout", Layout)
        yield steps
