"""CBOR, held against the examples of RFC 8949 and against hostile bytes."""

from __future__ import annotations

import math
import sys
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from itertools import islice
from struct import pack

import pytest
from hypothesis import given, settings, strategies as st

from specwright.runtime.cbor import DEEPEST, CborError, Single, dumps, loads

TEN_TO_300 = "fb7e37e43c8800759c"

# Appendix A: what a decoder makes of bytes; with True, an encoder writes the same.
EXAMPLES: list[tuple[str, object, bool]] = [
    ("00", 0, True),
    ("01", 1, True),
    ("0a", 10, True),
    ("17", 23, True),
    ("1818", 24, True),
    ("1819", 25, True),
    ("1864", 100, True),
    ("1903e8", 1000, True),
    ("1a000f4240", 1000000, True),
    ("1b000000e8d4a51000", 1000000000000, True),
    ("1bffffffffffffffff", 18446744073709551615, True),
    ("c249010000000000000000", 18446744073709551616, True),
    ("3bffffffffffffffff", -18446744073709551616, True),
    ("c349010000000000000000", -18446744073709551617, True),
    ("20", -1, True),
    ("29", -10, True),
    ("3863", -100, True),
    ("3903e7", -1000, True),
    ("f90000", 0.0, False),
    ("f98000", -0.0, False),
    ("f93c00", 1.0, False),
    ("fb3ff199999999999a", 1.1, True),
    ("f93e00", 1.5, False),
    ("f97bff", 65504.0, False),
    ("fa47c35000", 100000.0, False),
    ("fa7f7fffff", 3.4028234663852886e38, False),
    (TEN_TO_300, 1.0e300, True),
    ("f90001", 5.960464477539063e-8, False),
    ("f90400", 0.00006103515625, False),
    ("f9c400", -4.0, False),
    ("fbc010666666666666", -4.1, True),
    ("f97c00", math.inf, False),
    ("f97e00", math.nan, False),
    ("f9fc00", -math.inf, False),
    ("fa7f800000", math.inf, False),
    ("fa7fc00000", math.nan, False),
    ("faff800000", -math.inf, False),
    ("fb7ff0000000000000", math.inf, True),
    ("fb7ff8000000000000", math.nan, True),
    ("fbfff0000000000000", -math.inf, True),
    ("f4", False, True),
    ("f5", True, True),
    ("f6", None, True),
    ("f7", None, False),
    ("c074323031332d30332d32315432303a30343a30305a", "2013-03-21T20:04:00Z", False),
    ("c11a514b67b0", datetime(2013, 3, 21, 20, 4, tzinfo=UTC), True),
    ("c1fb41d452d9ec200000", datetime(2013, 3, 21, 20, 4, 0, 500000, UTC), True),
    ("d74401020304", b"\x01\x02\x03\x04", False),
    ("d818456449455446", b"dIETF", False),
    (
        "d82076687474703a2f2f7777772e6578616d706c652e636f6d",
        "http://www.example.com",
        False,
    ),
    ("40", b"", True),
    ("4401020304", b"\x01\x02\x03\x04", True),
    ("60", "", True),
    ("6161", "a", True),
    ("6449455446", "IETF", True),
    ("62225c", '"\\', True),
    ("62c3bc", "\u00fc", True),
    ("63e6b0b4", "\u6c34", True),
    ("64f0908591", "\U00010151", True),
    ("80", [], True),
    ("83010203", [1, 2, 3], True),
    ("8301820203820405", [1, [2, 3], [4, 5]], True),
    (
        "98190102030405060708090a0b0c0d0e0f101112131415161718181819",
        list(range(1, 26)),
        True,
    ),
    ("a0", {}, True),
    ("a26161016162820203", {"a": 1, "b": [2, 3]}, True),
    ("826161a161626163", ["a", {"b": "c"}], True),
    (
        "a56161614161626142616361436164614461656145",
        {"a": "A", "b": "B", "c": "C", "d": "D", "e": "E"},
        True,
    ),
    ("5f42010243030405ff", b"\x01\x02\x03\x04\x05", False),
    ("7f657374726561646d696e67ff", "streaming", False),
    ("9fff", [], False),
    ("9f018202039f0405ffff", [1, [2, 3], [4, 5]], False),
    ("9f01820203820405ff", [1, [2, 3], [4, 5]], False),
    ("83018202039f0405ff", [1, [2, 3], [4, 5]], False),
    ("83019f0203ff820405", [1, [2, 3], [4, 5]], False),
    (
        "9f0102030405060708090a0b0c0d0e0f101112131415161718181819ff",
        list(range(1, 26)),
        False,
    ),
    ("bf61610161629f0203ffff", {"a": 1, "b": [2, 3]}, False),
    ("826161bf61626163ff", ["a", {"b": "c"}], False),
    ("bf6346756ef563416d7421ff", {"Fun": True, "Amt": -2}, False),
]


def known(value: object) -> object:
    """A value in which equal things are equal: each number with its type, NaN by its text."""
    if isinstance(value, list):
        return [known(item) for item in value]
    if isinstance(value, dict):
        return {key: known(inner) for key, inner in value.items()}
    if isinstance(value, float):
        return ("float", repr(value))
    return (type(value).__name__, value)


@pytest.mark.parametrize(("encoded", "value", "written"), EXAMPLES)
def test_examples_of_the_standard(encoded: str, value: object, written: bool) -> None:
    assert known(loads(bytes.fromhex(encoded))) == known(value)
    if written:
        assert dumps(value).hex() == encoded


@pytest.mark.parametrize(
    ("encoded", "value"),
    [
        ("c48221196ab3", Decimal("273.15")),  # 3.4.4 of the standard
        ("c482200f", Decimal("1.5")),
        ("c482380120", Decimal("-0.01")),
        ("c48201c249010000000000000000", Decimal("18446744073709551616E1")),
    ],
)
def test_decimals(encoded: str, value: Decimal) -> None:
    read = loads(bytes.fromhex(encoded))
    assert isinstance(read, Decimal)
    assert read.as_tuple() == value.as_tuple()
    assert loads(dumps(value)) == value


def test_decimals_that_are_no_numbers_are_floats() -> None:
    assert known(loads(dumps(Decimal("NaN")))) == known(math.nan)
    assert loads(dumps(Decimal("-Infinity"))) == -math.inf


@pytest.mark.parametrize(
    ("encoded", "problem"),
    [
        ("", "breaks off, at byte 0"),
        ("18", "breaks off, at byte 1"),
        ("1901", "breaks off, at byte 2"),
        ("1b00000000000000", "breaks off"),
        ("fb00", "breaks off"),
        ("62", "breaks off"),
        ("626f", "breaks off"),
        ("5803ffff", "breaks off"),
        ("8201", "breaks off"),
        ("83ffff", "breaks off, at byte 3"),
        ("a2ffffff", "breaks off, at byte 4"),
        ("9f01", "breaks off"),
        ("9f", "breaks off"),
        ("a1", "breaks off"),
        ("a16161", "breaks off"),
        ("bf6161", "breaks off"),
        ("bf616101", "breaks off"),
        ("5f4101", "breaks off"),
        ("5f58", "breaks off"),
        ("5f42", "breaks off"),
        ("c1", "breaks off"),
        ("0000", "goes on behind its value, at byte 1"),
        ("a0ff", "goes on behind its value, at byte 1"),
        ("ff", "a break out of place, at byte 0"),
        ("81ff", "a break out of place"),
        ("bf6161ff", "a break out of place"),
        ("c1ff", "a break out of place"),
        ("1c", "a reserved length, at byte 0"),
        ("5d", "a reserved length"),
        ("7e", "a reserved length"),
        ("9c", "a reserved length"),
        ("fc", "a reserved length"),
        ("1f", "a reserved length"),
        ("3f", "a reserved length"),
        ("df00", "a reserved length"),
        ("5f5cff", "a reserved length, at byte 1"),
        ("5f00ff", "a string in chunks of another kind, at byte 1"),
        ("5f6161ff", "a string in chunks of another kind"),
        ("7f4161ff", "a string in chunks of another kind"),
        ("5f5f4100ffff", "a string in chunks of another kind"),
        ("f0", "a simple value without a meaning"),
        ("f818", "a simple value without a meaning"),
        ("f8ff", "a simple value without a meaning"),
        ("61ff", "a text that is not UTF-8, at byte 0"),
        ("63eda080", "a text that is not UTF-8"),
        ("7f61ffff", "a text that is not UTF-8"),
        ("a10102", "a key that is no text, at byte 1"),
        ("a1f601", "a key that is no text"),
        ("a18001", "a key that is no text"),
        ("a1416101", "a key that is no text"),
        ("c16161", "a moment that is no number"),
        ("c1f5", "a moment that is no number"),
        ("c1f6", "a moment that is no number"),
        ("c201", "a big number that is no bytes"),
        ("c26161", "a big number that is no bytes"),
        ("c401", "a decimal that is no pair"),
        ("c48101", "a decimal that is no pair"),
        ("c482016161", "a decimal that is no pair"),
        ("c482f501", "a decimal that is no pair"),
        ("c4821bffffffffffffffff01", "a decimal out of bounds"),
    ],
)
def test_what_is_no_cbor(encoded: str, problem: str) -> None:
    with pytest.raises(CborError, match=f"^CBOR .*{problem}"):
        loads(bytes.fromhex(encoded))


@pytest.mark.parametrize("argument", ["1b7fffffffffffffff", "fb7ff8000000000000"])
def test_moments_beyond_datetimes_stay_numbers(argument: str) -> None:
    assert known(loads(bytes.fromhex("c1" + argument))) == known(
        loads(bytes.fromhex(argument))
    )


def test_the_last_of_equal_keys_counts() -> None:
    assert loads(bytes.fromhex("a2616101616102")) == {"a": 2}


def test_floats_of_32_bits_where_they_are_asked_for() -> None:
    assert dumps(Single(1.1)).hex() == "fa3f8ccccd"
    assert dumps(Single(math.inf)).hex() == "fa7f800000"
    assert dumps(Single(1e300)).hex() == TEN_TO_300


def test_moments_are_whole_seconds_where_they_can_be() -> None:
    local = datetime(1970, 1, 1, 1, tzinfo=timezone(timedelta(hours=2)))
    assert dumps(local).hex() == "c1390e0f"
    assert dumps(local.replace(microsecond=250000)).hex() == "c1fbc0ac1f8000000000"


def test_what_has_no_cbor() -> None:
    for value in (object(), {1, 2}, {1: 2}, {"a": [object()]}, datetime.now):
        with pytest.raises(TypeError, match="no CBOR"):
            dumps(value)


WHOLE = st.integers(-(2**80), 2**80)
MOMENTS = st.datetimes(
    datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)
)
SIMPLE = st.one_of(
    st.none(), st.booleans(), WHOLE, st.floats(), st.text(), st.binary(), MOMENTS
)
VALUES = st.recursive(
    SIMPLE | st.decimals(allow_nan=False, allow_infinity=False).filter(bool),
    lambda inner: (
        st.lists(inner, max_size=30) | st.dictionaries(st.text(), inner, max_size=30)
    ),
)


@settings(max_examples=200, deadline=None)
@given(VALUES)
def test_what_is_written_is_read_again(value: object) -> None:
    assert known(loads(dumps(value))) == known(value)


@settings(deadline=None)
@given(WHOLE)
def test_whole_numbers_are_as_short_as_can_be(number: int) -> None:
    argument = number if number >= 0 else -1 - number
    sizes = [(24, 1), (2**8, 2), (2**16, 3), (2**32, 5), (2**64, 9)]
    for limit, size in sizes:
        if argument < limit:
            assert len(dumps(number)) == size
            return
    assert len(dumps(number)) == 2 + (argument.bit_length() + 7) // 8


def other_forms(value: object, wide: int) -> bytes:
    """A value with lengths in ``wide`` bytes, or of indefinite length where that is 0."""
    if isinstance(value, str):
        raw = value.encode()
        if wide:
            return head(3, len(raw), wide) + raw
        return b"\x7f" + b"".join(head(3, 1, 1) + c.encode() for c in value) + b"\xff"
    if isinstance(value, bytes):
        if wide:
            return head(2, len(value), wide) + value
        return b"\x5f" + b"".join(bytes([0x41, byte]) for byte in value) + b"\xff"
    if isinstance(value, list):
        inner = b"".join(other_forms(item, wide) for item in value)
        return head(4, len(value), wide) + inner if wide else b"\x9f" + inner + b"\xff"
    if isinstance(value, dict):
        inner = b"".join(
            other_forms(key, wide) + other_forms(item, wide)
            for key, item in value.items()
        )
        return head(5, len(value), wide) + inner if wide else b"\xbf" + inner + b"\xff"
    assert isinstance(value, int)
    return head(0, value, wide or 8)


def head(major: int, argument: int, wide: int) -> bytes:
    layout = {1: ">BB", 2: ">BH", 4: ">BI", 8: ">BQ"}[wide]
    return pack(layout, major << 5 | {1: 24, 2: 25, 4: 26, 8: 27}[wide], argument)


ASCII = st.text(st.characters(codec="ascii"), max_size=40)
PLAIN = st.recursive(
    st.integers(0, 255) | ASCII | st.binary(max_size=40),
    lambda inner: (
        st.lists(inner, max_size=8) | st.dictionaries(ASCII, inner, max_size=8)
    ),
)


@settings(deadline=None)
@given(PLAIN, st.sampled_from([0, 2, 4, 8]))
def test_longer_and_indefinite_lengths_read_the_same(value: object, wide: int) -> None:
    assert known(loads(other_forms(value, wide))) == known(value)


def hostile() -> Iterator[bytes]:
    """Bodies of a megabyte that ask for more than they hold, or for all that they can."""
    size = 1_000_000
    for major in (2, 3, 4, 5):
        for claimed in (2**31, 2**32 - 1, 2**63, 2**64 - 1):
            yield head(major, claimed, 8)
            yield head(major, claimed, 8) + b"\x00" * size
            yield bytes([major << 5 | 31]) + head(major, claimed, 8)
    for start in (b"\x9b" + b"\x00" * 5 + b"\x0f\x00\x00", b"\x81", b"\x9f", b"\xa1"):
        yield start * (size // len(start))
    yield b"\xa1\x61a" * (size // 3)
    yield b"\xc1" * size
    yield b"\xd9\xd9\xf7" * (size // 3)
    yield b"\xc4\x82\x01" * (size // 3)
    yield b"\x5f" + b"\x40" * size
    yield b"\x7f" + b"\x60" * size + b"\xff\xff"
    yield b"\x9f" + b"\x80" * size
    yield b"\x9f" + b"\xf9\x7e\x00" * (size // 3)
    yield b"\xc4\x82\x01\xc2\x5a" + size.to_bytes(4, "big") + b"\xff" * size
    yield b"\xc4\x82\x1b" + b"\x7f" * 8 + b"\x01"
    yield b"\x7f" + b"\x61\xff" * (size // 2) + b"\xff"


@pytest.mark.parametrize("at", range(sum(1 for _ in hostile())))
def test_hostile_bytes_cost_no_more_than_their_size(at: int) -> None:
    data = next(islice(hostile(), at, None))
    started = time.process_time()
    with pytest.raises(CborError):
        loads(data)
    # A megabyte takes a second or so; what isn't linear would take hours.
    assert time.process_time() - started < 60


@pytest.mark.parametrize("claimed", [2**20, 2**32, 2**64 - 1])
@pytest.mark.parametrize("major", [2, 3, 4, 5])
def test_nothing_is_allocated_for_what_a_length_claims(
    major: int, claimed: int
) -> None:
    data = head(4, 1, 8) + head(major, claimed, 8) + b"\x00" * 10
    tracemalloc.start()
    with pytest.raises(CborError, match="breaks off"):
        loads(data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 100_000


def test_decimals_are_bounded_where_python_bounds_no_digits() -> None:
    before = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(0)
    try:
        with pytest.raises(CborError, match="out of bounds"):
            loads(b"\xc4\x82\x01\xc2" + dumps(b"\xff" * 2000))
    finally:
        sys.set_int_max_str_digits(before)


def test_depth_is_bounded() -> None:
    deepest = b"\x81" * DEEPEST + b"\x01"
    loads(deepest)
    for more in (b"\x81", b"\x9f", b"\xa1\x61a", b"\xc1", b"\xc6"):
        with pytest.raises(CborError, match=f"nested more than {DEEPEST} deep"):
            loads(more + deepest)


@settings(max_examples=2000, deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with suppress(CborError):
        loads(data)


@settings(deadline=None)
@given(VALUES.map(dumps), st.data())
def test_cut_and_changed_bytes_are_read_or_refused(
    data: bytes, more: st.DataObject
) -> None:
    at = more.draw(st.integers(0, len(data) - 1))
    with pytest.raises(CborError):
        loads(data[:at])
    byte = more.draw(st.integers(0, 255))
    with suppress(CborError):
        loads(data[:at] + bytes([byte]) + data[at + 1 :])
