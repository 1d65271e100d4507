"""Frames of event streams: by hand, cut anywhere, damaged, and as botocore reads them."""

from __future__ import annotations

from contextlib import nullcontext, suppress
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from botocore.eventstream import EventStreamBuffer
from hypothesis import given, settings, strategies as st

from specwright.runtime.errors import ResponseError
from specwright.runtime.event_frames import (
    EventHeader,
    Frame,
    FrameDecoder,
    encode_frame,
)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
JSON = b"{'foo':'bar'}"


def checksum(data: bytes) -> bytes:
    """CRC-32 bit by bit, as its definition has it: not the function of the runtime."""
    register = 0xFFFFFFFF
    for byte in data:
        register ^= byte
        for _ in range(8):
            register = (register >> 1) ^ (0xEDB88320 if register & 1 else 0)
    return (register ^ 0xFFFFFFFF).to_bytes(4, "big")


def framed(headers: bytes, payload: bytes, *, longer: int = 0) -> bytes:
    """A frame from the bytes of its headers; their length may be told wrongly."""
    total = 16 + len(headers) + len(payload)
    lengths = total.to_bytes(4, "big") + (len(headers) + longer).to_bytes(4, "big")
    whole = lengths + checksum(lengths) + headers + payload
    return whole + checksum(whole)


def frames_in(*parts: bytes) -> list[Frame]:
    decoder, found = FrameDecoder(), []
    for part in parts:
        decoder.feed(part)
        while (frame := decoder.take()) is not None:
            found.append(frame)
    decoder.finish()
    return found


# What the format's own examples have, and one header of each type.
VECTORS = [
    ("00000010000000000" + "5c248eb7d98c8ff", Frame(())),
    ("0000001d00000000fd528c5a" + JSON.hex() + "c3653936", Frame((), JSON)),
    (
        "0000003d0000002007fd8396"
        "0c636f6e74656e742d74797065070010"
        + b"application/json".hex()
        + JSON.hex()
        + "8d9c08b1",
        Frame((EventHeader("content-type", "string", "application/json"),), JSON),
    ),
]
HEADERS = [
    ("016100", EventHeader("a", "boolean", True)),
    ("016101", EventHeader("a", "boolean", False)),
    ("016102ff", EventHeader("a", "byte", -1)),
    ("0161037fff", EventHeader("a", "short", 32767)),
    ("0161030001", EventHeader("a", "short", 1)),
    ("01610480000000", EventHeader("a", "integer", -(2**31))),
    ("0161050000000000000102", EventHeader("a", "long", 258)),
    ("0161060003000102", EventHeader("a", "blob", b"\0\1\2")),
    ("0161070002c3a9", EventHeader("a", "string", "é")),
    (
        "0161080000018bcfe56800",
        EventHeader("a", "timestamp", datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)),
    ),
    (
        "016108ffffffffffffffff",
        EventHeader("a", "timestamp", EPOCH - timedelta(milliseconds=1)),
    ),
    ("016109" + "0f" * 16, EventHeader("a", "uuid", b"\x0f" * 16)),
]


@pytest.mark.parametrize(("written", "frame"), VECTORS)
def test_the_frames_of_the_format_s_examples(written: str, frame: Frame):
    assert encode_frame(frame).hex() == written
    assert frames_in(bytes.fromhex(written)) == [frame]


@pytest.mark.parametrize(("written", "header"), HEADERS)
def test_each_type_of_header(written: str, header: EventHeader):
    whole = framed(bytes.fromhex(written), b"x")
    assert encode_frame(Frame((header,), b"x")) == whole
    assert frames_in(whole) == [Frame((header,), b"x")]


def test_headers_by_name():
    frame = Frame((EventHeader("a", "string", "b"), EventHeader("c", "byte", 1)))
    assert (frame.text("a"), frame.text("c"), frame.text("d")) == ("b", "", "")
    assert (frame.value("c"), frame.value("d")) == (1, None)


NAMES = st.text(min_size=1, max_size=60).filter(lambda n: len(n.encode()) <= 255)
VALUES = st.one_of(
    st.tuples(st.just("boolean"), st.booleans()),
    *(
        st.tuples(
            st.just(kind),
            st.integers(-(2 ** (8 * size - 1)), 2 ** (8 * size - 1) - 1),
        )
        for kind, size in (("byte", 1), ("short", 2), ("integer", 4), ("long", 8))
    ),
    st.tuples(st.just("blob"), st.binary(max_size=300)),
    st.tuples(st.just("string"), st.text(max_size=300)),
    st.tuples(
        st.just("timestamp"),
        st.integers(-(10**13), 10**14).map(lambda n: EPOCH + timedelta(milliseconds=n)),
    ),
    st.tuples(st.just("uuid"), st.uuids().map(lambda made: made.bytes)),
)
FRAMES = st.builds(
    lambda headers, payload: Frame(
        tuple(
            EventHeader(name, kind, value) for name, (kind, value) in headers.items()
        ),
        payload,
    ),
    st.dictionaries(NAMES, VALUES, max_size=5),
    st.binary(max_size=300),
)


@given(st.lists(FRAMES, max_size=4), st.data())
def test_frames_come_back_however_their_bytes_are_cut(
    frames: list[Frame], data: st.DataObject
):
    whole = b"".join(map(encode_frame, frames))
    cuts = data.draw(st.lists(st.integers(0, len(whole)), max_size=12).map(sorted))
    ends = [*cuts, len(whole)]
    parts = [whole[a:b] for a, b in zip([0, *cuts], ends, strict=True)]
    assert frames_in(*parts) == frames
    if len(whole) < 400:
        assert frames_in(*(bytes((byte,)) for byte in whole)) == frames


@given(FRAMES, st.data())
def test_a_flipped_bit_is_refused(frame: Frame, data: st.DataObject):
    good = encode_frame(frame)
    bit = data.draw(st.integers(0, 8 * len(good) - 1))
    damaged = bytearray(good)
    damaged[bit // 8] ^= 1 << bit % 8
    decoder = FrameDecoder()
    decoder.feed(good + damaged)
    # What stands before the damage is delivered.
    assert decoder.take() == frame
    for _ in range(2):
        with pytest.raises(ResponseError, match="checksum"):
            decoder.take()


def test_every_flipped_bit_of_one_frame_is_refused():
    header = EventHeader("name", "string", "value")
    good = encode_frame(Frame((header,), b"payload"))
    for bit in range(8 * len(good)):
        damaged = bytearray(good)
        damaged[bit // 8] ^= 1 << bit % 8
        with pytest.raises(ResponseError):
            frames_in(bytes(damaged))


@given(FRAMES, st.data())
def test_a_frame_that_breaks_off_is_refused(frame: Frame, data: st.DataObject):
    whole = encode_frame(frame)
    end = data.draw(st.integers(1, len(whole) - 1))
    with pytest.raises(ResponseError, match=f"ended {end} bytes into a frame"):
        frames_in(whole[:end])


@settings(max_examples=300)
@given(st.binary(max_size=80), st.binary(max_size=20), st.integers(-20, 20))
def test_any_headers_are_read_or_refused(headers: bytes, payload: bytes, longer: int):
    whole = framed(headers, payload, longer=max(longer, -len(headers)))
    # Anything but a ResponseError fails the test.
    with suppress(ResponseError):
        (frame,) = frames_in(whole)
        assert encode_frame(frame) == whole


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes):
    with pytest.raises(ResponseError) if data else nullcontext():
        frames_in(data)


@pytest.mark.parametrize(
    ("headers", "told"),
    [
        ("00" + "00", "without a name"),
        ("016100" + "016101", "of the same one"),
        ("01610a", "has the type 10"),
        ("0161070005" + "61", "beyond the headers"),
        ("0161", "beyond the headers"),
        ("05616263", "beyond the headers"),
        ("016104" + "0000", "beyond the headers"),
        ("0161070001ff", "no UTF-8"),
        ("01ff00", "no UTF-8"),
        ("0161087fffffffffffffff", "beyond all years"),
    ],
)
def test_headers_that_make_no_sense(headers: str, told: str):
    with pytest.raises(ResponseError, match=told):
        frames_in(framed(bytes.fromhex(headers), b""))


@pytest.mark.parametrize(
    ("total", "headers", "told"),
    [
        (15, 0, "has 15 bytes, 0 of them headers"),
        (16, 1, "has 16 bytes, 1 of them headers"),
        (2**32 - 1, 0, "has 4294967295 bytes"),
        (17 + 24 * 2**20, 0, "has 25165841 bytes"),
        (2**31, 128 * 1024 + 1, "has 131073 bytes of headers"),
    ],
)
def test_lengths_are_judged_before_anything_is_awaited(
    total: int, headers: int, told: str
):
    lengths = total.to_bytes(4, "big") + headers.to_bytes(4, "big")
    decoder = FrameDecoder()
    decoder.feed(lengths + checksum(lengths))
    with pytest.raises(ResponseError, match=told):
        decoder.take()


@pytest.mark.parametrize(
    ("frame", "told"),
    [
        (Frame((EventHeader("", "boolean", True),)), "1 to 255 bytes"),
        (Frame((EventHeader("é" * 128, "boolean", True),)), "1 to 255 bytes"),
        (Frame((EventHeader("a", "boolean", True),) * 2), "two headers"),
        (Frame((EventHeader("a", "byte", 128),)), "more than 1 bytes"),
        (Frame((EventHeader("a", "long", 2**63),)), "more than 8 bytes"),
        (Frame((EventHeader("a", "string", b"x"),)), "is no string"),
        (Frame((EventHeader("a", "string", "x" * 32768),)), "more than 32767 bytes"),
        (Frame((EventHeader("a", "uuid", b"short"),)), "is no uuid"),
        (
            Frame((EventHeader("a", "timestamp", datetime(2026, 1, 1)),)),
            "is no timestamp",
        ),
        (Frame((EventHeader("a", "list", []),)), "is no list"),
        (
            Frame(
                tuple(
                    EventHeader(f"h{number}", "blob", bytes(32767))
                    for number in range(5)
                )
            ),
            "at most 131072 bytes",
        ),
        (Frame((), bytes(24 * 2**20 + 1)), "at most 25165824 bytes"),
    ],
)
def test_what_no_frame_can_hold(frame: Frame, told: str):
    with pytest.raises(ValueError, match=told):
        encode_frame(frame)


@given(FRAMES)
def test_botocore_reads_the_same(frame: Frame):
    buffer = EventStreamBuffer()
    buffer.add_data(encode_frame(frame))
    (message,) = buffer
    assert message.payload == frame.payload
    expected = {
        header.name: (
            (header.value - EPOCH) // timedelta(milliseconds=1)
            if isinstance(header.value, datetime)
            else header.value
        )
        for header in frame.headers
    }
    assert message.headers == expected


def test_a_uuid_is_its_bytes():
    made = UUID("12345678-1234-5678-1234-567812345678")
    (frame,) = frames_in(framed(bytes.fromhex("016109") + made.bytes, b""))
    assert frame.value("a") == made.bytes
