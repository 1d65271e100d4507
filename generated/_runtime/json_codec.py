"""Members to JSON values and back, by the tables of their classes."""

from __future__ import annotations

from datetime import datetime

from .reading import Convert
from .schema import Blob, Double, Shape, Timestamp
from .timestamps import from_wire, to_epoch_seconds, to_text
from .tree_codec import ReadPlan, WritePlan
from .values import NOT_FINITE, write_blob, write_double


class JsonReadPlan(ReadPlan):
    """How members are read from JSON, which has texts for moments and bytes."""

    @classmethod
    def single(cls, shape: Shape) -> tuple[type | None, Convert]:
        if isinstance(shape, Double):
            return float, read_double
        if isinstance(shape, Timestamp):
            return None, from_wire
        if isinstance(shape, Blob):
            return None, read_blob
        return super().single(shape)


class JsonWritePlan(WritePlan):
    @classmethod
    def single(cls, shape: Shape) -> Convert | None:
        if isinstance(shape, Timestamp):
            return timestamp_writer(shape.format or "epoch-seconds")
        if isinstance(shape, Blob):
            return write_blob
        if isinstance(shape, Double):
            return write_double
        return None


def read_double(value: object) -> object:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        try:
            return float(value)
        except OverflowError:
            pass
    if isinstance(value, str) and value in NOT_FINITE.values():
        return float(value)
    raise ValueError("expected a number")


def read_blob(value: object) -> object:
    from binascii import a2b_base64

    try:
        if isinstance(value, str):
            return a2b_base64(value, strict_mode=True)
    except ValueError:
        pass
    raise ValueError("expected base64")


def timestamp_writer(format: str) -> Convert:
    def write_timestamp(value: object) -> object:
        if not isinstance(value, datetime):
            return value
        if format == "epoch-seconds":
            return to_epoch_seconds(value)
        return to_text(value, format)

    return write_timestamp
