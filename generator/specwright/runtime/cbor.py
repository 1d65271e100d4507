"""CBOR (RFC 8949) as far as services use it, bounded in time, memory and depth."""

from __future__ import annotations

from datetime import datetime, timedelta
from struct import Struct

from .structure import is_mapping, is_sequence
from .timestamps import EPOCH, to_epoch_seconds

DEEPEST = 256
"""How far containers and tags may be nested in what is read."""

WIDEST_DECIMAL = 14_000
"""Bits of a decimal's digits, some 4,200 of them; making more takes more than linear time."""

UNSIGNED, NEGATIVE, BYTES, TEXT, ARRAY, MAP, TAG, OTHER = range(8)
BREAK = 0xFF
INDEFINITE = -1
SIMPLE = {20: False, 21: True, 22: None, 23: None}
WIDTHS = {24: 1, 25: 2, 26: 4, 27: 8}
FLOATS = {25: Struct(">e"), 26: Struct(">f"), 27: Struct(">d")}
SINGLE, DOUBLE = Struct(">Bf"), Struct(">Bd")
LARGEST = 2**64


class CborError(ValueError):
    """Bytes that are no CBOR, or CBOR of a kind that no service sends."""

    def __init__(self, problem: str, at: int) -> None:
        super().__init__(f"CBOR {problem}, at byte {at}")


class Single(float):
    """A float that is written with 32 bits."""

    __slots__ = ()


def loads(data: bytes) -> object:
    """The value that bytes hold: one, with nothing behind it.

    Maps are dicts, their keys texts, the last of equal ones counts; undefined is None. Tags
    make moments (1), whole numbers (2 and 3) and decimals (4) of numbers; others are passed
    over, as is that of a moment which datetimes don't reach. Raises a CborError.
    """
    reader = Reader(data)
    value = reader.item(0)
    if reader.at != len(data):
        raise CborError("goes on behind its value", reader.at)
    return value


class Reader:
    """Bytes, and how far they are read. Nothing is made by what a length claims: the bytes
    that it takes at least must be there."""

    __slots__ = ("at", "data", "size")

    def __init__(self, data: bytes) -> None:
        self.data: bytes = data
        self.size: int = len(data)
        self.at: int = 0

    def item(self, depth: int) -> object:
        """The next value, inside so many containers."""
        start = self.at
        if start >= self.size:
            raise self.truncated()
        initial = self.data[start]
        self.at = start + 1
        major = initial >> 5
        info = initial & 31
        argument = info if info < 24 else self.argument(major, info)
        if major == TEXT:
            return self.text(argument, start)
        if major == UNSIGNED:
            return argument
        if major == OTHER:
            return self.simple_or_float(info, start)
        if major == NEGATIVE:
            return -1 - argument
        if major == BYTES:
            return self.string(argument, BYTES)
        if depth >= DEEPEST:
            raise CborError(f"is nested more than {DEEPEST} deep", start)
        if major == MAP:
            return self.pairs(argument, depth + 1)
        if major == ARRAY:
            return self.items(argument, depth + 1)
        return tagged(argument, self.item(depth + 1), start)

    def argument(self, major: int, info: int) -> int:
        """The number behind an initial byte, INDEFINITE where there is none."""
        width = WIDTHS.get(info)
        if width is not None:
            return int.from_bytes(self.take(width), "big")
        if info == 31 and BYTES <= major <= MAP:
            return INDEFINITE
        if info == 31 and major == OTHER:
            raise CborError("has a break out of place", self.at - 1)
        raise CborError("has a reserved length", self.at - 1)

    def take(self, count: int) -> bytes:
        """So many of the next bytes."""
        start = self.at
        end = start + count
        if end > self.size:
            raise self.truncated()
        self.at = end
        return self.data[start:end]

    def truncated(self) -> CborError:
        """What is wrong where bytes are missing."""
        return CborError("breaks off", self.size)

    def ended(self) -> bool:
        """True, and a step further, at the end of something of indefinite length."""
        if self.at >= self.size:
            raise self.truncated()
        if self.data[self.at] != BREAK:
            return False
        self.at += 1
        return True

    def text(self, length: int, start: int) -> str:
        """A text of so many bytes, or that of chunks."""
        try:
            if length == INDEFINITE:
                return self.string(length, TEXT).decode()
            # Not by ``take``: there are more texts than anything else.
            begin = self.at
            self.at = end = begin + length
            if end > self.size:
                raise self.truncated()
            return self.data[begin:end].decode()
        except UnicodeDecodeError:
            raise CborError("has a text that is not UTF-8", start) from None

    def string(self, length: int, major: int) -> bytes:
        """So many bytes, or those of chunks."""
        if length != INDEFINITE:
            return self.take(length)
        chunks: list[bytes] = []
        while not self.ended():
            initial = self.data[self.at]
            info = initial & 31
            if initial >> 5 != major or info == 31:
                raise CborError("has a string in chunks of another kind", self.at)
            self.at += 1
            chunks.append(self.take(info if info < 24 else self.argument(major, info)))
        return b"".join(chunks)

    def items(self, count: int, depth: int) -> list[object]:
        """The items of an array."""
        if count > self.size - self.at:
            raise self.truncated()
        if count != INDEFINITE:
            return [self.item(depth) for _ in range(count)]
        items: list[object] = []
        while not self.ended():
            items.append(self.item(depth))
        return items

    def pairs(self, count: int, depth: int) -> dict[str, object]:
        """The pairs of a map."""
        if count > (self.size - self.at) // 2:
            raise self.truncated()
        pairs: dict[str, object] = {}
        left = count
        while left if count != INDEFINITE else not self.ended():
            start = self.at
            key = self.item(depth)
            if not isinstance(key, str):
                raise CborError("has a key that is no text", start)
            pairs[key] = self.item(depth)
            left -= 1
        return pairs

    def simple_or_float(self, info: int, start: int) -> bool | float | None:
        """true, false, null, undefined, or a float whose bytes are behind."""
        if info in SIMPLE:
            return SIMPLE[info]
        layout = FLOATS.get(info)
        if layout is None:
            raise CborError("has a simple value without a meaning", start)
        number: float = layout.unpack_from(self.data, start + 1)[0]
        return number


def tagged(tag: int, value: object, start: int) -> object:
    """What a tag makes of a value."""
    if tag == 1:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise CborError("has a moment that is no number", start)
        try:
            return EPOCH + timedelta(seconds=value)
        except (ValueError, OverflowError):
            return value
    if tag in (2, 3):
        if not isinstance(value, bytes):
            raise CborError("has a big number that is no bytes", start)
        number = int.from_bytes(value, "big")
        return number if tag == 2 else -1 - number
    return decimal(value, start) if tag == 4 else value


def decimal(value: object, start: int) -> object:
    """The decimal of an exponent and its digits, exact."""
    from decimal import Decimal, InvalidOperation

    if is_sequence(value) and len(value) == 2:
        exponent, digits = value
        if type(exponent) is int and type(digits) is int:
            if digits.bit_length() <= WIDEST_DECIMAL:
                try:
                    return Decimal(f"{digits}E{exponent}")
                except (InvalidOperation, ValueError):
                    pass
            raise CborError("has a decimal out of bounds", start)
    raise CborError("has a decimal that is no pair of whole numbers", start)


def dumps(value: object) -> bytes:
    """A value as CBOR: numbers in as few bytes as they need, all lengths definite.

    Floats take 64 bits unless they are Single. Raises a TypeError for what has no CBOR.
    """
    out = bytearray()
    write(out, value)
    return bytes(out)


def write(out: bytearray, value: object) -> None:
    """Add a value."""
    if isinstance(value, str):
        write_text(out, value)
    elif value is None:
        out.append(0xF6)
    elif isinstance(value, bool):
        out.append(0xF5 if value else 0xF4)
    elif isinstance(value, int):
        write_integer(out, value)
    elif isinstance(value, float):
        write_float(out, value)
    elif isinstance(value, (bytes, bytearray)):
        write_head(out, BYTES, len(value))
        out += value
    elif is_mapping(value):
        write_head(out, MAP, len(value))
        for key, inner in value.items():
            if not isinstance(key, str):
                raise TypeError(f"no CBOR map has a {type(key).__name__} as a key")
            write_text(out, key)
            write(out, inner)
    elif is_sequence(value):
        write_head(out, ARRAY, len(value))
        for inner in value:
            write(out, inner)
    elif isinstance(value, datetime):
        write_head(out, TAG, 1)
        write(out, to_epoch_seconds(value))
    else:
        write_decimal(out, value)


def write_head(out: bytearray, major: int, argument: int) -> None:
    """Add an initial byte and its argument, which fits 64 bits."""
    if argument < 24:
        out.append(major << 5 | argument)
        return
    for info, width in WIDTHS.items():
        if argument < 1 << 8 * width:
            out.append(major << 5 | info)
            out += argument.to_bytes(width, "big")
            return


def write_text(out: bytearray, value: str) -> None:
    """Add a text."""
    raw = value.encode()
    write_head(out, TEXT, len(raw))
    out += raw


def write_integer(out: bytearray, value: int) -> None:
    """Add a whole number; one beyond 64 bits is tagged as a big one."""
    major, argument = (UNSIGNED, value) if value >= 0 else (NEGATIVE, -1 - value)
    if argument < LARGEST:
        write_head(out, major, argument)
    else:
        write_head(out, TAG, 2 if value >= 0 else 3)
        write(out, argument.to_bytes((argument.bit_length() + 7) // 8, "big"))


def write_float(out: bytearray, value: float) -> None:
    """Add a float; a Single out of the range of 32 bits takes 64."""
    if isinstance(value, Single):
        try:
            out += SINGLE.pack(0xFA, value)
            return
        except OverflowError:
            pass
    out += DOUBLE.pack(0xFB, value)


def write_decimal(out: bytearray, value: object) -> None:
    """Add a decimal as exponent and digits; one that is no number as a float."""
    from decimal import Decimal

    if not isinstance(value, Decimal):
        raise TypeError(f"no CBOR for a {type(value).__name__}")
    sign, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int):
        write_float(out, float(value))
        return
    number = int("".join(map(str, digits)))
    write_head(out, TAG, 4)
    write(out, (exponent, -number if sign else number))
