"""Simple values as text and back, the way XML, forms and headers have them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeAlias

from .reading import Reader, enum_reader
from .schema import (
    Blob,
    Boolean,
    Double,
    Enum,
    Extension,
    Integer,
    Shape,
    String,
    Timestamp,
)
from .timestamps import from_wire, to_text
from .validation import enum_values
from .values import write_blob, write_double

ToText: TypeAlias = Callable[[object], str]
FromText: TypeAlias = Callable[[str], object]

TRUTHS = {"true": True, "false": False, "1": True, "0": False}


def text_writer(shape: Shape, time_format: str = "iso8601") -> ToText:
    """How values of a simple shape are written; ``time_format`` is for moments whose shape
    has none."""
    if isinstance(shape, Timestamp):
        stated = shape.format or time_format
        return lambda value: (
            to_text(value, stated) if isinstance(value, datetime) else str(value)
        )
    if isinstance(shape, Blob):
        return blob_text
    if isinstance(shape, Boolean):
        return lambda value: "true" if value else "false"
    if isinstance(shape, Double):
        return double_text
    if isinstance(shape, (Integer, String, Enum, Extension)):
        return str
    raise TypeError(f"no text holds a shape of kind {shape.kind!r}")


def blob_text(value: object) -> str:
    """Bytes in base64."""
    return str(write_blob(value))


def double_text(value: object) -> str:
    """A number; those that aren't finite have names."""
    return str(write_double(value))


def text_reader(shape: Shape, scope: str) -> FromText:
    """How values of a simple shape are read. What isn't text may have no text at all, and is
    None then; a reader raises a ValueError for text that is no such value."""
    if isinstance(shape, String):
        if shape.enum:
            return enum_reader(lambda: shape.enum)
        return str
    if isinstance(shape, Enum):
        return enum_reader(lambda: enum_values(scope, shape.name))
    if isinstance(shape, Blob):
        return read_blob
    read: FromText
    if isinstance(shape, Boolean):
        read = read_boolean
    elif isinstance(shape, Integer):
        read = read_integer
    elif isinstance(shape, Double):
        read = read_double
    elif isinstance(shape, Timestamp):
        read = read_seconds if shape.format == "epoch-seconds" else from_wire
    elif isinstance(shape, Extension):
        read = shape.reader(scope, no_parts)[1]
    else:
        raise TypeError(f"no text holds a shape of kind {shape.kind!r}")
    return lambda text: read(text) if (text := text.strip()) else None


def no_parts(shape: Shape) -> Reader:
    raise TypeError(f"no text holds a shape of kind {shape.kind!r}")


def read_boolean(text: str) -> object:
    """A truth value, however it is capitalised."""
    found = TRUTHS.get(text.lower())
    if found is None:
        raise ValueError("expected true or false")
    return found


def read_integer(text: str) -> object:
    """A whole number."""
    try:
        return int(text)
    except ValueError:
        raise ValueError("expected a whole number") from None


def read_double(text: str) -> object:
    """A number, or the name of one that isn't finite."""
    try:
        return float(text)
    except ValueError:
        raise ValueError("expected a number") from None


def read_seconds(text: str) -> object:
    """Seconds since 1970, which few digits of could be a date, or a moment in another format."""
    try:
        return from_wire(float(text))
    except ValueError:
        return from_wire(text)


def read_blob(text: str) -> object:
    """Bytes in base64, which may be broken into lines."""
    from binascii import a2b_base64

    try:
        return a2b_base64("".join(text.split()), strict_mode=True)
    except ValueError:
        raise ValueError("expected base64") from None
