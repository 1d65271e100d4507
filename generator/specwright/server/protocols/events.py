"""Answers that are streams of events: binary frames with checksums, one for each event."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zlib import crc32

from specwright.model import Member, Service, Shape
from specwright.server.messages import Record, Value

MEDIA = "application/vnd.amazon.eventstream"

_MARKS = {"byte": (2, 1), "short": (3, 2), "integer": (4, 4), "long": (5, 8)}
_TRUE, _FALSE, _BYTES, _TEXT, _MOMENT = 0, 1, 6, 7, 8
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Header = tuple[str, str, Value]
"""The name of a header, the type of its value by its shape, and the value."""


@dataclass(frozen=True, slots=True)
class Payloads:
    """How a protocol writes some members of a structure, and the media type of that."""

    media: str
    write: Callable[[Shape, Sequence[Member], Record], bytes]


def event_member(service: Service, shape: Shape) -> Member | None:
    """The member of an input or output that is a stream of events."""
    return next((m for m in shape.members if service.target(m).event_stream), None)


def stream(
    service: Service,
    output: Shape,
    member: Member,
    values: Record,
    payloads: Payloads,
    *,
    initial: bool,
) -> bytes:
    """The frames of an output; with ``initial`` the first has the members that are no events."""
    frames: list[bytes] = []
    if initial:
        others = [m for m in output.members if m.name != member.name]
        body = payloads.write(output, others, values)
        frames.append(_event("initial-response", payloads.media, (), body))
    events = values.get(member.name)
    kinds = {m.name: m for m in service.target(member).members}
    for event in events if isinstance(events, list) else ():
        for name, held in event.items() if isinstance(event, dict) else ():
            record: Record = held if isinstance(held, dict) else {}
            frames.append(_frame_of(service, kinds[name], record, payloads))
    return b"".join(frames)


def _frame_of(
    service: Service, member: Member, record: Record, payloads: Payloads
) -> bytes:
    """The frame of one event: some members are headers, one may be the payload."""
    shape = service.target(member)
    headers = [
        (m.wire, service.target(m).type, record[m.name])
        for m in shape.members
        if m.event.get("header") and record.get(m.name) is not None
    ]
    held = next((m for m in shape.members if m.event.get("payload")), None)
    if held is None:
        rest = [m for m in shape.members if not m.event.get("header")]
        body = payloads.write(shape, rest, record)
        return _event(member.wire, payloads.media, headers, body)
    value, inner = record.get(held.name), service.target(held)
    if inner.type == "blob":
        raw = value if isinstance(value, bytes) else b""
        return _event(member.wire, "application/octet-stream", headers, raw)
    if inner.type == "string":
        text = value if isinstance(value, str) else ""
        return _event(member.wire, "text/plain", headers, text.encode("utf-8"))
    known: Record = value if isinstance(value, dict) else {}
    body = payloads.write(inner, inner.members, known)
    return _event(member.wire, payloads.media, headers, body)


def _event(kind: str, media: str, headers: Sequence[Header], payload: bytes) -> bytes:
    own = [
        (":message-type", "string", "event"),
        (":event-type", "string", kind),
        (":content-type", "string", media),
    ]
    return frame([*own, *headers], payload)


def frame(headers: Sequence[Header], payload: bytes) -> bytes:
    """One message: lengths and their checksum, headers, payload, the checksum of all."""
    head = b"".join(_header(*each) for each in headers)
    lengths = _number(16 + len(head) + len(payload), 4) + _number(len(head), 4)
    whole = lengths + crc32(lengths).to_bytes(4, "big") + head + payload
    return whole + crc32(whole).to_bytes(4, "big")


def _header(name: str, kind: str, value: Value) -> bytes:
    raw = name.encode("utf-8")
    return bytes([len(raw)]) + raw + _typed(kind, value)


def _typed(kind: str, value: Value) -> bytes:
    if isinstance(value, bool):
        return bytes([_TRUE if value else _FALSE])
    if isinstance(value, int) and kind in _MARKS:
        mark, size = _MARKS[kind]
        return bytes([mark]) + _number(value, size)
    if isinstance(value, datetime):
        since = (value - _EPOCH) // timedelta(milliseconds=1)
        return bytes([_MOMENT]) + _number(since, 8)
    if isinstance(value, bytes):
        return bytes([_BYTES]) + _number(len(value), 2) + value
    text = str(value).encode("utf-8")
    return bytes([_TEXT]) + _number(len(text), 2) + text


def _number(value: int, size: int) -> bytes:
    return value.to_bytes(size, "big", signed=True)
