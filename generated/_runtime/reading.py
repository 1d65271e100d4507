"""What the readers of all wire formats have in common: their errors, and enums."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias, TypeGuard

from .values import UnknownValue

Convert: TypeAlias = Callable[[object], object]
Reader: TypeAlias = tuple[type | None, Convert]
"""The type that is taken as it stands, and what is done with any other value."""


def is_object(value: object) -> TypeGuard[dict[str, object]]:
    return type(value) is dict


class UnreadableError(ValueError):
    """A value that doesn't fit its shape; ``path`` leads to it, innermost part first."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.path: list[str | int] = []

    def __str__(self) -> str:
        pointer = "".join(f"/{part}" for part in reversed(self.path))
        return f"{self.args[0]} at '{pointer}'"


def placed(
    error: ValueError, part: str | int, sensitive: object = False
) -> UnreadableError:
    """The error of a reader with one more part of its path; inside of what is sensitive, keys
    may be too, and the path ends there."""
    found = error if isinstance(error, UnreadableError) else UnreadableError(str(error))
    if sensitive is True:
        found.path.clear()
    found.path.append(part)
    return found


def enum_reader(values: Callable[[], tuple[str, ...]]) -> Convert:
    """A reader that wraps the values that the spec doesn't list."""
    known: dict[object, str] = {}

    def read_enum(value: object) -> object:
        if not isinstance(value, str):
            raise ValueError("expected text")
        if not known:
            known.update({listed: listed for listed in values()})
        return known.get(value, UnknownValue(value))

    return read_enum
