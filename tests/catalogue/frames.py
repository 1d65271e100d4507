"""Event streams: frames with headers and checksums, the way a service writes them."""

from __future__ import annotations

from datetime import datetime
from struct import pack
from zlib import crc32

Header = str | bytes | bool | int | datetime


def frame(headers: dict[str, Header], payload: bytes) -> bytes:
    """One message of an event stream."""
    head = b"".join(_header(name, value) for name, value in headers.items())
    prelude = pack(">II", 16 + len(head) + len(payload), len(head))
    message = prelude + pack(">I", crc32(prelude)) + head + payload
    return message + pack(">I", crc32(message))


def _header(name: str, value: Header) -> bytes:
    raw = name.encode()
    return bytes([len(raw)]) + raw + _typed(value)


def _typed(value: Header) -> bytes:
    if isinstance(value, bool):
        return b"\x00" if value else b"\x01"
    if isinstance(value, int):
        small = -(2**31) <= value < 2**31
        return b"\x04" + pack(">i", value) if small else b"\x05" + pack(">q", value)
    if isinstance(value, datetime):
        return b"\x08" + pack(">q", round(value.timestamp() * 1000))
    raw = value if isinstance(value, bytes) else value.encode()
    return (
        (b"\x06" if isinstance(value, bytes) else b"\x07") + pack(">H", len(raw)) + raw
    )
