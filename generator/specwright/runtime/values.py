"""Values that specs know and Python doesn't, and texts for those that JSON doesn't know."""

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


NOT_FINITE = {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}


def write_double(value: object) -> object:
    """A number, or the text for one that isn't finite."""
    return NOT_FINITE.get(str(value), value) if isinstance(value, float) else value


def write_blob(value: object) -> object:
    """Bytes in base64."""
    if isinstance(value, (bytes, bytearray)):
        from binascii import b2a_base64

        return b2a_base64(value, newline=False).decode("ascii")
    return value
