"""CBOR (RFC 8949) as Smithy uses it: bytes to trees of values, and back."""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from specwright.server.messages import Refusal, Value, serialization
from specwright.server.protocols.trees import DEEPEST
from specwright.server.timestamps import epoch_number, from_epoch

_UNSIGNED, _NEGATIVE, _BYTES, _TEXT, _LIST, _MAP, _TAG, _OTHER = range(8)
_BREAK = 0xFF
_CONSTANTS = {20: False, 21: True, 22: None, 23: None}
_FLOATS = {25: ">e", 26: ">f", 27: ">d"}
_EPOCH, _POSITIVE_BIG, _NEGATIVE_BIG, _DECIMAL = 1, 2, 3, 4
_WIDEST = 13_000
"""Bits of the largest number: Python makes no text of one with more than 4,300 digits."""
_LARGEST_EXPONENT = 4000


def decoded(body: bytes) -> object:
    """The one value in a body; refused where it is not well-formed, or nested too deep.

    Tags make datetimes (1), integers (2 and 3) and Decimals (4); no other has a meaning here.
    """
    value, end = _item(body, 0, 0)
    if end != len(body):
        raise _broken("it goes on after its end")
    return value


def encoded(value: Value) -> bytes:
    """The value as a body, in the fewest bytes that hold it exactly."""
    return b"".join(_parts(value))


def _broken(how: str) -> Refusal:
    return serialization(f"The body is not valid CBOR: {how}.")


def _head(body: bytes, at: int) -> tuple[int, int | None, int]:
    """Major type, argument (None for an indefinite length) and where the rest begins."""
    if at >= len(body):
        raise _broken("it ends too early")
    major, info = divmod(body[at], 32)
    at += 1
    if info < 24:
        return major, info, at
    if info == 31 and major in (_BYTES, _TEXT, _LIST, _MAP):
        return major, None, at
    if info > 27:
        raise _broken("a length is reserved or a break stands alone")
    size = 1 << (info - 24)
    raw = _taken(body, at, size)
    return major, int.from_bytes(raw, "big"), at + size


def _taken(body: bytes, at: int, size: int) -> bytes:
    # Compared before anything is made: a length may claim what no memory holds.
    if size > len(body) - at:
        raise _broken("it ends too early")
    return body[at : at + size]


def _item(body: bytes, at: int, depth: int) -> tuple[object, int]:
    """A value and where it ends."""
    if depth > DEEPEST:
        raise serialization("The body is nested too deep.")
    major, argument, rest = _head(body, at)
    match major:
        case 0:
            return argument, rest
        case 1:
            return -1 - (argument or 0), rest
        case 2:
            return _string(body, rest, major, argument)
        case 3:
            raw, end = _string(body, rest, major, argument)
            return _unicode(raw), end
        case 4:
            return _list(body, rest, argument, depth + 1)
        case 5:
            return _map(body, rest, argument, depth + 1)
        case 6:
            held, end = _item(body, rest, depth + 1)
            return _tagged(argument or 0, held), end
        case _:
            return _other(body, at, argument or 0), rest


def _string(body: bytes, at: int, major: int, size: int | None) -> tuple[bytes, int]:
    if size is not None:
        return _taken(body, at, size), at + size
    chunks: list[bytes] = []
    while not _ended(body, at):
        kind, length, at = _head(body, at)
        if kind != major or length is None:
            raise _broken("a string has chunks of another kind")
        chunk = _taken(body, at, length)
        if major == _TEXT:
            # No character may be cut in two.
            _unicode(chunk)
        chunks.append(chunk)
        at += length
    return b"".join(chunks), at + 1


def _unicode(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        raise _broken("a text is not UTF-8") from None


def _ended(body: bytes, at: int) -> bool:
    if at >= len(body):
        raise _broken("it ends too early")
    return body[at] == _BREAK


def _list(
    body: bytes, at: int, count: int | None, depth: int
) -> tuple[list[object], int]:
    items: list[object] = []
    while count is None or len(items) < count:
        if count is None and _ended(body, at):
            return items, at + 1
        item, at = _item(body, at, depth)
        items.append(item)
    return items, at


def _map(
    body: bytes, at: int, count: int | None, depth: int
) -> tuple[dict[str, object], int]:
    pairs: dict[str, object] = {}
    while count is None or len(pairs) < count:
        if count is None and _ended(body, at):
            return pairs, at + 1
        key, at = _item(body, at, depth)
        if not isinstance(key, str):
            raise _broken("the key of a map is not text")
        if key in pairs:
            raise _broken("a map has a key twice")
        pairs[key], at = _item(body, at, depth)
    return pairs, at


def _tagged(tag: int, held: object) -> object:
    if tag == _EPOCH and isinstance(held, (int, float)) and not isinstance(held, bool):
        try:
            return from_epoch(Decimal(held))
        except (ArithmeticError, ValueError):
            # An infinity has no place among the years, as few numbers have.
            raise _broken("a timestamp is out of range") from None
    if tag in (_POSITIVE_BIG, _NEGATIVE_BIG) and isinstance(held, bytes):
        return _narrow(
            int.from_bytes(held, "big")
            if tag == _POSITIVE_BIG
            else ~int.from_bytes(held, "big")
        )
    if tag == _DECIMAL and isinstance(held, list) and [*map(type, held)] == [int, int]:
        exponent, digits = held
        if abs(exponent) <= _LARGEST_EXPONENT:
            return Decimal(f"{_narrow(digits)}E{exponent}")
    raise _broken("a tag is unknown, or what it marks is of another type")


def _narrow(number: int) -> int:
    if number.bit_length() > _WIDEST:
        raise _broken("a number has too many digits")
    return number


def _other(body: bytes, at: int, argument: int) -> bool | float | None:
    info = body[at] & 31
    if info in _CONSTANTS:
        return _CONSTANTS[info]
    if info in _FLOATS:
        number: float = struct.unpack_from(_FLOATS[info], body, at + 1)[0]
        return number
    raise _broken(f"the simple value {argument} has no meaning")


def _parts(value: Value) -> Iterator[bytes]:
    """The bytes of a value, piece by piece."""
    match value:
        case None:
            yield b"\xf6"
        case bool():
            yield b"\xf5" if value else b"\xf4"
        case int():
            yield from _integer(value)
        case float():
            yield _float(value)
        case str():
            raw = value.encode("utf-8")
            yield _start(_TEXT, len(raw)) + raw
        case bytes():
            yield _start(_BYTES, len(value)) + value
        case datetime():
            yield _start(_TAG, _EPOCH)
            yield from _parts(epoch_number(value))
        case Decimal():
            yield from _decimal(value)
        case list():
            yield _start(_LIST, len(value))
            for item in value:
                yield from _parts(item)
        case dict():
            yield _start(_MAP, len(value))
            for key, held in value.items():
                yield from _parts(key)
                yield from _parts(held)


def _start(major: int, argument: int) -> bytes:
    if argument < 24:
        return bytes([major << 5 | argument])
    power = next(p for p in range(4) if argument < 1 << (8 << p))
    return bytes([major << 5 | 24 + power]) + argument.to_bytes(1 << power, "big")


def _integer(number: int) -> Iterator[bytes]:
    size = number if number >= 0 else -1 - number
    if size < 1 << 64:
        yield _start(_UNSIGNED if number >= 0 else _NEGATIVE, size)
    else:
        yield _start(_TAG, _POSITIVE_BIG if number >= 0 else _NEGATIVE_BIG)
        yield from _parts(size.to_bytes((size.bit_length() + 7) // 8, "big"))


def _float(number: float) -> bytes:
    if math.isnan(number):
        return b"\xf9\x7e\x00"
    for info, layout in _FLOATS.items():
        try:
            packed = struct.pack(layout, number)
        except OverflowError:
            continue
        if struct.unpack(layout, packed)[0] == number:
            return bytes([_OTHER << 5 | info]) + packed
    raise AssertionError(f"no 64 bits hold {number!r}")


def _decimal(number: Decimal) -> Iterator[bytes]:
    sign, digits, exponent = number.as_tuple()
    if not isinstance(exponent, int):
        yield _float(float(number))
        return
    whole = int("".join(map(str, digits)))
    yield _start(_TAG, _DECIMAL)
    yield from _parts([exponent, -whole if sign else whole])
