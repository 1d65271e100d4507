"""Values as CBOR, in any of the forms that the standard allows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from struct import pack, unpack
from typing import Any

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def encoded(value: Any, random: Random) -> bytes:
    """A value as CBOR, in any of the forms that the standard allows."""
    if value is None:
        return b"\xf6"
    if isinstance(value, bool):
        return b"\xf5" if value else b"\xf4"
    if isinstance(value, int):
        return head(0, value, random) if value >= 0 else head(1, -1 - value, random)
    if isinstance(value, float):
        return random.choice(forms_of(value))
    if isinstance(value, datetime):
        seconds = (value - EPOCH) / timedelta(seconds=1)
        if seconds.is_integer() and random.random() < 0.7:
            return b"\xc1" + encoded(int(seconds), random)
        return b"\xc1" + pack(">Bd", 0xFB, seconds)
    if isinstance(value, (str, bytes)):
        return string(value, random)
    inner = (
        [encoded(item, random) for item in value]
        if isinstance(value, list)
        else [string(k, random) + encoded(v, random) for k, v in value.items()]
    )
    major = 4 if isinstance(value, list) else 5
    if random.random() < 0.3:
        return bytes([major << 5 | 31]) + b"".join(inner) + b"\xff"
    return head(major, len(inner), random) + b"".join(inner)


def forms_of(number: float) -> list[bytes]:
    """A float in every size that holds it."""
    found = []
    for initial, layout in ((0xF9, ">e"), (0xFA, ">f"), (0xFB, ">d")):
        try:
            packed = pack(layout, number)
        except OverflowError:
            continue
        if repr(unpack(layout, packed)[0]) == repr(number):
            found.append(bytes([initial]) + packed)
    return found


def string(value: str | bytes, random: Random) -> bytes:
    """A text or bytes, whole or in two chunks."""
    major = 3 if isinstance(value, str) else 2
    cut = random.randint(0, len(value))
    parts = [value] if random.random() < 0.8 else [value[:cut], value[cut:]]
    raw = [part.encode() if isinstance(part, str) else part for part in parts]
    chunks = b"".join(head(major, len(part), random) + part for part in raw)
    return chunks if len(raw) == 1 else bytes([major << 5 | 31]) + chunks + b"\xff"


def head(major: int, argument: int, random: Random) -> bytes:
    """An initial byte and its argument, in any size that holds it."""
    if argument < 24 and random.random() < 0.5:
        return bytes([major << 5 | argument])
    sizes = {24: 1, 25: 2, 26: 4, 27: 8}
    fit = [(info, size) for info, size in sizes.items() if argument < 256**size]
    info, size = random.choice(fit)
    return bytes([major << 5 | info]) + argument.to_bytes(size, "big")
