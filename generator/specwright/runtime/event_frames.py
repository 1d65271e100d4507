"""The binary frames of ``application/vnd.amazon.eventstream``: to bytes, and back from bytes
that were cut anywhere."""

from __future__ import annotations

from binascii import crc32
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from .errors import ResponseError

MEDIA_TYPE = "application/vnd.amazon.eventstream"
LONGEST_HEADERS = 128 * 1024
LONGEST_PAYLOAD = 24 * 1024 * 1024
LONGEST_NAME = 255
LONGEST_VALUE = 32767

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)
# Total length and length of the headers; their checksum; in the end the checksum of all.
LENGTHS, CHECKSUM = 8, 4
PRELUDE = LENGTHS + CHECKSUM
AROUND = PRELUDE + CHECKSUM

TRUE, FALSE, BLOB, STRING, TIMESTAMP, UUID = 0, 1, 6, 7, 8, 9
# Whole numbers: how they are marked, and how many bytes they take.
NUMBERS = {"byte": (2, 1), "short": (3, 2), "integer": (4, 4), "long": (5, 8)}
NUMBER_KINDS = {mark: (kind, size) for kind, (mark, size) in NUMBERS.items()}
LONG = 8
LENGTH = 2


class EventHeader(NamedTuple):
    """A header of a frame. Its kind is the name of a type in specs, or ``uuid``, whose value
    is its sixteen bytes."""

    name: str
    kind: str
    value: object


class Frame(NamedTuple):
    """One message of an event stream."""

    headers: tuple[EventHeader, ...]
    payload: bytes = b""

    def text(self, name: str) -> str:
        """A header that holds text; empty where there is none of the name."""
        found = self.value(name)
        return found if isinstance(found, str) else ""

    def value(self, name: str) -> object:
        """The value of a header, or None."""
        return next((h.value for h in self.headers if h.name == name), None)


def encode_frame(frame: Frame) -> bytes:
    """The bytes of a frame. Raises a ValueError for what no frame can hold."""
    headers = encode_headers(frame.headers)
    if len(headers) > LONGEST_HEADERS:
        raise ValueError(f"the headers of a frame take at most {LONGEST_HEADERS} bytes")
    if len(frame.payload) > LONGEST_PAYLOAD:
        raise ValueError(f"the payload of a frame has at most {LONGEST_PAYLOAD} bytes")
    total = AROUND + len(headers) + len(frame.payload)
    lengths = total.to_bytes(4, "big") + len(headers).to_bytes(4, "big")
    start = lengths + crc32(lengths).to_bytes(CHECKSUM, "big") + headers
    checksum = crc32(frame.payload, crc32(start))
    return start + frame.payload + checksum.to_bytes(CHECKSUM, "big")


def encode_headers(headers: Iterable[EventHeader]) -> bytes:
    """Headers as they stand in a frame."""
    parts: list[bytes] = []
    names: set[str] = set()
    for header in headers:
        name = header.name.encode()
        if not 0 < len(name) <= LONGEST_NAME:
            raise ValueError(f"a header's name has 1 to {LONGEST_NAME} bytes")
        if header.name in names:
            raise ValueError(f"two headers are called {header.name!r}")
        names.add(header.name)
        parts += [bytes((len(name),)), name, encode_value(header)]
    return b"".join(parts)


def encode_value(header: EventHeader) -> bytes:
    """The type and the value of a header."""
    name, kind, value = header
    if kind == "boolean" and isinstance(value, bool):
        return bytes((TRUE if value else FALSE,))
    if kind in NUMBERS and isinstance(value, int):
        mark, size = NUMBERS[kind]
        return bytes((mark,)) + number(name, value, size)
    if kind == "blob" and isinstance(value, (bytes, bytearray)):
        return bytes((BLOB,)) + with_length(name, bytes(value))
    if kind == "string" and isinstance(value, str):
        return bytes((STRING,)) + with_length(name, value.encode())
    if kind == "timestamp" and isinstance(value, datetime) and value.tzinfo:
        since = (value - EPOCH) // MILLISECOND
        return bytes((TIMESTAMP,)) + number(name, since, LONG)
    if kind == "uuid" and isinstance(value, bytes) and len(value) == 16:
        return bytes((UUID,)) + value
    raise ValueError(f"the header {name!r} is no {kind}")


def number(name: str, value: int, size: int) -> bytes:
    """A whole number of some bytes."""
    try:
        return value.to_bytes(size, "big", signed=True)
    except OverflowError:
        raise ValueError(f"the header {name!r} has more than {size} bytes") from None


def with_length(name: str, value: bytes) -> bytes:
    """Bytes of any number behind their length."""
    if len(value) > LONGEST_VALUE:
        raise ValueError(f"the header {name!r} takes more than {LONGEST_VALUE} bytes")
    return len(value).to_bytes(LENGTH, "big") + value


class FrameDecoder:
    """Takes bytes as they arrive and gives the frames in them, one at a time."""

    def __init__(self) -> None:
        self._data = bytearray()
        self._lengths: tuple[int, int] | None = None

    def feed(self, data: bytes) -> None:
        """Take more bytes."""
        self._data += data

    def take(self) -> Frame | None:
        """The next frame; None where more bytes are needed for one.

        Raises a ResponseError where the bytes are no frame; nothing can be read behind it.
        """
        if len(self._data) < PRELUDE:
            return None
        if self._lengths is None:
            self._lengths = lengths_of(bytes(self._data[:PRELUDE]))
        total, in_headers = self._lengths
        if len(self._data) < total:
            return None
        whole = bytes(memoryview(self._data)[:total])
        if crc32(whole[:-CHECKSUM]) != unsigned(whole[-CHECKSUM:]):
            raise broken("the checksum of a frame doesn't fit")
        end = PRELUDE + in_headers
        frame = Frame(decode_headers(whole[PRELUDE:end]), whole[end:-CHECKSUM])
        # Only now: a frame that can't be read stays, so that it is never passed over.
        del self._data[:total]
        self._lengths = None
        return frame

    def finish(self) -> None:
        """Raise a ResponseError where the bytes have ended inside a frame."""
        if self._data:
            raise broken(f"it ended {len(self._data)} bytes into a frame")


def unsigned(data: bytes) -> int:
    """A length or a checksum."""
    return int.from_bytes(data, "big")


def lengths_of(prelude: bytes) -> tuple[int, int]:
    """The length of a frame and that of its headers, checked."""
    total, in_headers = unsigned(prelude[:4]), unsigned(prelude[4:LENGTHS])
    if crc32(prelude[:LENGTHS]) != unsigned(prelude[LENGTHS:]):
        raise broken("the checksum of a frame's lengths doesn't fit")
    if in_headers > LONGEST_HEADERS:
        raise broken(f"a frame has {in_headers} bytes of headers")
    if not 0 <= total - in_headers - AROUND <= LONGEST_PAYLOAD:
        raise broken(f"a frame has {total} bytes, {in_headers} of them headers")
    return total, in_headers


def decode_headers(data: bytes) -> tuple[EventHeader, ...]:
    """The headers in a part of a frame."""
    headers: dict[str, EventHeader] = {}
    at = 0
    while at < len(data):
        length = data[at]
        name = text_in(part(data, at + 1, length))
        at += 1 + length
        (mark,) = part(data, at, 1)
        at += 1
        kind, value, size = decode_value(mark, data, at)
        at += size
        if not name or name in headers:
            raise broken("a frame has headers without a name, or of the same one")
        headers[name] = EventHeader(name, kind, value)
    return tuple(headers.values())


def decode_value(mark: int, data: bytes, at: int) -> tuple[str, object, int]:
    """The kind of a header, its value, and how many bytes the value takes."""
    if mark in (TRUE, FALSE):
        return "boolean", mark == TRUE, 0
    if mark in NUMBER_KINDS:
        kind, size = NUMBER_KINDS[mark]
        return kind, signed(part(data, at, size)), size
    if mark in (BLOB, STRING):
        length = unsigned(part(data, at, LENGTH))
        value = part(data, at + LENGTH, length)
        size = LENGTH + length
        if mark == BLOB:
            return "blob", value, size
        return "string", text_in(value), size
    if mark == TIMESTAMP:
        try:
            since = signed(part(data, at, LONG)) * MILLISECOND
            return "timestamp", EPOCH + since, LONG
        except OverflowError:
            raise broken("a header of a frame holds a date beyond all years") from None
    if mark == UUID:
        return "uuid", part(data, at, 16), 16
    raise broken(f"a header of a frame has the type {mark}")


def signed(data: bytes) -> int:
    """A whole number of a header."""
    return int.from_bytes(data, "big", signed=True)


def part(data: bytes, at: int, length: int) -> bytes:
    """Some bytes of the headers, which must all be there."""
    found = data[at : at + length]
    if len(found) < length:
        raise broken("a header reaches beyond the headers of its frame")
    return found


def text_in(data: bytes) -> str:
    """Text in the headers."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise broken("a header of a frame is no UTF-8") from None


def broken(problem: str) -> ResponseError:
    """What is raised for bytes that are no event stream."""
    return ResponseError(f"can't read the event stream: {problem}")
