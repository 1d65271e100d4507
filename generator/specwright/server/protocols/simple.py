"""What simple values are held to, whatever format writes them."""

from __future__ import annotations

import math
import re
from base64 import b64decode
from decimal import Decimal

from specwright.model import Shape
from specwright.server.messages import Refusal, serialization

_BITS = {"byte": 8, "short": 16, "integer": 32, "long": 64}
_MOST = {"float": Decimal((1 << 24) - 1) * (1 << 104)}
_BASE64 = re.compile(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")
_DIGITS = 4000


def mistyped(where: str, shape: Shape) -> Refusal:
    """The refusal of a value that is not of its shape's type."""
    return serialization(
        f"The value of '{where or '/'}' is not of the type {shape.type}."
    )


def integer_in_range(number: int, shape: Shape, where: str) -> int:
    """The number, where the shape's type can hold it."""
    bits = _BITS.get(shape.type)
    if bits is not None and not -(1 << bits - 1) <= number < 1 << bits - 1:
        raise mistyped(where, shape)
    return number


def finite(number: int | float | Decimal, shape: Shape, where: str) -> float:
    """The number as a float, where the shape's type can hold it."""
    try:
        value = float(number)
    except OverflowError:
        value = math.inf
    if not math.isfinite(value) or abs(value) > _MOST.get(shape.type, math.inf):
        raise mistyped(where, shape)
    return value


def bounded(number: Decimal, shape: Shape, where: str) -> Decimal:
    """The number, unless its exponent makes it short to write and long to compute."""
    if abs(number.adjusted()) > _DIGITS:
        raise mistyped(where, shape)
    return number


def read_blob(text: str, where: str) -> bytes:
    """The bytes of a base64 text."""
    if not _BASE64.fullmatch(text):
        raise serialization(f"The value of '{where}' is not base64.")
    return b64decode(text)
