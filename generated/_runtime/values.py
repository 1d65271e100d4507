"""Values that specs know and Python doesn't: unknown enum members, JSON documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

JsonValue: TypeAlias = (
    "bool | int | float | str | Sequence[JsonValue] | Mapping[str, JsonValue] | None"
)


class UnknownValue(str):
    """An enum value that the spec doesn't list.

    Services add values; those that a client doesn't know arrive as this type. Wrap a value
    in it to send one on purpose.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return f"UnknownValue({str.__repr__(self)})"
