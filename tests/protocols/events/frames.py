"""Frames of event streams, written without the runtime's help."""

from __future__ import annotations

import json
import struct
import zlib
from datetime import UTC, datetime
from typing import Any, NamedTuple

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Wide(NamedTuple):
    """A number that takes some bytes in a header."""

    value: int
    format: str = ">q"


MARKS = {">b": 2, ">h": 3, ">i": 4, ">q": 5}


def header(name: str, value: Any) -> bytes:
    """A header of the type that a value of Python has."""
    start = bytes([len(name.encode())]) + name.encode()
    if isinstance(value, bool):
        return start + (b"\0" if value else b"\1")
    if isinstance(value, int):
        value = Wide(value, ">i")
    if isinstance(value, Wide):
        return start + bytes([MARKS[value.format]]) + struct.pack(*value[::-1])
    if isinstance(value, datetime):
        return start + b"\x08" + struct.pack(">q", round(value.timestamp() * 1000))
    mark, data = (b"\6", value) if isinstance(value, bytes) else (b"\7", value.encode())
    return start + mark + struct.pack(">H", len(data)) + data


def frame(headers: dict[str, Any], payload: bytes = b"") -> bytes:
    """A whole frame."""
    inner = b"".join(header(name, value) for name, value in headers.items())
    start = struct.pack(">II", 16 + len(inner) + len(payload), len(inner))
    start += struct.pack(">I", zlib.crc32(start)) + inner + payload
    return start + struct.pack(">I", zlib.crc32(start))


def event(event_type: str, payload: Any = b"", /, **headers: Any) -> bytes:
    """An event; a payload that isn't bytes is JSON."""
    if not isinstance(payload, bytes):
        payload = json.dumps(payload).encode()
    said = {":message-type": "event", ":event-type": event_type}
    return frame({**said, **headers}, payload)


def exception(kind: str, payload: bytes) -> bytes:
    """An error that the spec describes."""
    said = {":message-type": "exception", ":exception-type": kind}
    return frame({**said, ":content-type": "application/json"}, payload)


def error(code: str, message: str) -> bytes:
    """An error that no spec describes."""
    said = {":message-type": "error", ":error-code": code, ":error-message": message}
    return frame(said)


def read(data: bytes) -> list[tuple[dict[str, Any], bytes]]:
    """The frames in some bytes; texts, numbers and bytes in headers as they are."""
    found = []
    while data:
        total, length, checksum = struct.unpack(">III", data[:12])
        assert zlib.crc32(data[:8]) == checksum
        assert zlib.crc32(data[: total - 4]) == int.from_bytes(data[total - 4 : total])
        headers, rest = {}, data[12 : 12 + length]
        while rest:
            end = 1 + rest[0]
            name, mark, rest = rest[1:end].decode(), rest[end], rest[end + 1 :]
            headers[name], rest = value_of(mark, rest)
        found.append((headers, data[12 + length : total - 4]))
        data = data[total:]
    return found


def value_of(mark: int, rest: bytes) -> tuple[Any, bytes]:
    """The value of a header, and what stands behind it."""
    if mark in (0, 1):
        return mark == 0, rest
    if mark in (6, 7):
        end = 2 + int.from_bytes(rest[:2])
        data = rest[2:end]
        return (data if mark == 6 else data.decode()), rest[end:]
    size = {2: 1, 3: 2, 4: 4, 5: 8, 8: 8}[mark]
    return (mark, int.from_bytes(rest[:size], signed=True)), rest[size:]
