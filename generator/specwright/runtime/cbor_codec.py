"""Members to what CBOR holds and back, by the tables of their classes."""

from __future__ import annotations

from datetime import datetime

from .reading import Convert
from .schema import Blob, Double, Float, Shape, Timestamp
from .timestamps import from_wire
from .tree_codec import ReadPlan, WritePlan, refuse


class CborReadPlan(ReadPlan):
    """How members are read from CBOR, which has moments and bytes of its own."""

    __slots__ = ()

    @classmethod
    def single(cls, shape: Shape) -> tuple[type | None, Convert]:
        """The reader of a number with a fraction, a moment or bytes."""
        if isinstance(shape, Double):
            return float, read_double
        if isinstance(shape, Timestamp):
            return datetime, from_wire
        if isinstance(shape, Blob):
            return bytes, refuse("bytes")
        return super().single(shape)


class CborWritePlan(WritePlan):
    """How members are written as CBOR."""

    __slots__ = ()

    @classmethod
    def single(cls, shape: Shape) -> Convert | None:
        """The writer of floats; all else goes as it is, moments in the one format of CBOR."""
        if isinstance(shape, Float):
            return write_float
        if isinstance(shape, Double):
            return write_double
        return None


def read_double(value: object) -> object:
    """A number that is written as a whole one."""
    if type(value) is int:
        try:
            return float(value)
        except OverflowError:
            pass
    raise ValueError("expected a number")


def write_float(value: object) -> object:
    """A number as a float of 32 bits."""
    from .cbor import Single

    number = write_double(value)
    return Single(number) if isinstance(number, float) else number


def write_double(value: object) -> object:
    """A number as a float; a whole one beyond all floats stays as it is."""
    try:
        return float(value) if isinstance(value, (int, float)) else value
    except OverflowError:
        return value
