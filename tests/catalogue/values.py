"""Random values of botocore's shapes: valid ones for requests, whatever may come for answers."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from random import Random
from struct import pack, unpack
from typing import Any

from tests.catalogue.models import is_event_stream, location, raw
from tests.catalogue.texts import LABELS, bounds, text

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
WHOLE = (0, 1, 23, 24, 255, 256, 65535, 65536, 2**31 - 1)
FLOATS = (0.0, -0.0, 1.5, -2.25, 1e5, 1e-7, 1e21, math.inf, -math.inf, math.nan)
# The checksums that botocore makes without a library in C.
ALGORITHMS = ("CRC32", "SHA1", "SHA256")
DEEPEST = 7
NODES = 250
CONTEXT = {
    # What endpoint rules look at has to be what they know.
    "Bucket": "some-bucket.name-1",
    "KvsARN": "arn:aws:cloudfront::123456789012:key-value-store/abc-1",
    "AccountId": "123456789012",
    "EndpointId": "abc123.xyz",
    "OutpostId": "op-01234567",
}


@dataclass
class Draw:
    """How values are drawn. ``fullness`` is how many of the optional members there are; ``free``
    turns true where something was drawn that breaks its pattern, for want of a sample.
    """

    random: Random
    answer: bool = False
    fullness: float = 0.6
    xml: bool = False
    nodes: int = NODES
    free: bool = False
    labels: frozenset[str] = field(default_factory=frozenset)
    algorithm: str | None = None


def structure(shape: Any, draw: Draw, depth: int = 0) -> dict[str, Any]:
    """A structure with some of its members, or a union with one."""
    members = list(shape.members.items())
    if is_event_stream(shape):
        raise AssertionError("event streams are drawn event by event")
    if shape.is_tagged_union:
        name, member = chosen(shape, draw, depth)
        return {name: value(member, draw, depth + 1)}
    required = set() if draw.answer else set(shape.required_members)
    made: dict[str, Any] = {}
    for name, member in members:
        if is_event_stream(member):
            continue
        wanted = draw.fullness * (1 if depth < 2 else 0.6)
        roomy = depth < DEEPEST and draw.nodes > 0
        if name in required or (roomy and draw.random.random() < wanted):
            made[name] = member_value(name, member, draw, depth)
    return made


def member_value(name: str, member: Any, draw: Draw, depth: int) -> Any:
    """The value of a member; places that rules read get what rules can read."""
    if depth == 0 and not draw.answer:
        context = member.metadata.get("contextParam", {}).get("name")
        if context in CONTEXT:
            return CONTEXT[context]
        if name in draw.labels:
            return label(member, draw)
        if name == draw.algorithm:
            return draw.random.choice([a for a in member.enum if a in ALGORITHMS])
    return value(member, draw, depth + 1)


def label(member: Any, draw: Draw) -> str:
    """A text that can be part of a host's name."""
    least, most = bounds(member)
    drawn = text(member, draw.random, answer=False, xml=True) or ""
    if drawn.isascii() and drawn.isalnum() and len(drawn) < 64:
        return drawn
    draw.free = draw.free or bool(member.metadata.get("pattern"))
    return "".join(draw.random.choices(LABELS, k=max(1, least, min(most or 9, 9))))


def chosen(shape: Any, draw: Draw, depth: int) -> tuple[str, Any]:
    """A member of a union: any, or deep down the one that ends soonest."""
    members = list(shape.members.items())
    if depth < DEEPEST and draw.nodes > 0:
        return draw.random.choice(members)
    return min(members, key=lambda pair: height(pair[1], ()))


def height(shape: Any, above: tuple[str, ...]) -> int:
    """How many structures the smallest value of a shape has on top of each other."""
    if shape.name in above or len(above) > 12:
        return 99
    kind, inside = shape.type_name, (*above, shape.name)
    if kind == "structure" and shape.is_tagged_union:
        return 1 + min(height(m, inside) for m in shape.members.values())
    if kind == "structure":
        needed = (shape.members[name] for name in shape.required_members)
        return 1 + max((height(m, inside) for m in needed), default=0)
    if kind == "list" and bounds(shape)[0] > 0:
        return 1 + height(shape.member, inside)
    if kind == "map" and bounds(shape)[0] > 0:
        return 1 + height(shape.value, inside)
    return 0


def value(shape: Any, draw: Draw, depth: int) -> Any:
    """A value of any shape."""
    kind, random = shape.type_name, draw.random
    draw.nodes -= 1
    if kind == "structure":
        return (
            document(random)
            if shape.is_document_type
            else structure(shape, draw, depth)
        )
    if kind == "list":
        return [
            item(shape.member, draw, depth, shape)
            for _ in range(count(shape, draw, depth))
        ]
    if kind == "map":
        return entries(shape, draw, depth)
    if kind == "string":
        if raw(shape).get("jsonvalue") and location(shape) == "header":
            return document(random)
        found = text(shape, random, answer=draw.answer, xml=draw.xml)
        if found is None:
            draw.free, found = True, "a" * max(1, bounds(shape)[0])
        return found
    if kind in ("integer", "long"):
        return whole(shape, draw)
    if kind in ("float", "double"):
        return fraction(shape, draw)
    if kind == "boolean":
        return random.random() < 0.5
    if kind == "blob":
        least, most = (0, None) if draw.answer else bounds(shape)
        size = random.choice((0, 1, 5, 24))
        return random.randbytes(max(least, size if most is None else min(size, most)))
    assert kind == "timestamp", kind
    return moment(shape, draw)


def item(shape: Any, draw: Draw, depth: int, around: Any) -> Any:
    """An item of a list or a value of a map, nothing now and then where that is allowed."""
    if raw(around).get("sparse") and draw.random.random() < 0.3:
        return None
    return value(shape, draw, depth + 1)


def count(shape: Any, draw: Draw, depth: int) -> int:
    """How many items a list or map has."""
    least, most = (0, None) if draw.answer else bounds(shape)
    roomy = depth < DEEPEST and draw.nodes > 0
    wanted = draw.random.choice((0, 1, 1, 2, 3)) if roomy else 0
    if location(shape) is not None and draw.answer:
        # What an empty list in a header says is nothing.
        wanted = max(1, wanted)
    return max(least, wanted if most is None else min(wanted, most))


def entries(shape: Any, draw: Draw, depth: int) -> dict[str, Any]:
    """A map with distinct keys."""
    made: dict[str, Any] = {}
    wanted = count(shape, draw, depth)
    for _ in range(3 * wanted):
        if len(made) == wanted:
            break
        key = value(shape.key, draw, depth + 1)
        if location(shape) is not None and not shape.key.metadata.get("pattern"):
            key = "".join(draw.random.choices("abcxyz", k=4))
        elif not (
            shape.key.enum or shape.key.metadata.get("pattern") or bounds(shape.key)[1]
        ):
            key = f"{key}{len(made)}"
        if location(shape) == "headers":
            made[str(key)] = (
                "".join(draw.random.choices("abc =-;/", k=5)).strip() or "v"
            )
        else:
            made[str(key)] = item(shape.value, draw, depth, shape)
    return made


def whole(shape: Any, draw: Draw) -> int:
    """A whole number within range and size."""
    random, wide = draw.random, 2 ** (31 if shape.type_name == "integer" else 63)
    low, high = -wide, wide - 1
    if not draw.answer:
        low = max(low, math.ceil(float(shape.metadata.get("min", low))))
        high = min(high, math.floor(float(shape.metadata.get("max", high))))
    number = random.choice((*WHOLE, random.randrange(wide), low, high))
    number = random.choice((number, -1 - number))
    return number if low <= number <= high else random.randint(low, high)


def fraction(shape: Any, draw: Draw) -> float:
    """A floating-point number within range, one of 32 bits where the shape is."""
    random = draw.random
    limits = [shape.metadata.get(key) for key in ("min", "max")]
    number: float = random.choice((*FLOATS, random.uniform(-1e6, 1e6)))
    if not draw.answer and any(limit is not None for limit in limits):
        low = float(limits[0]) if limits[0] is not None else float(limits[1]) - 10
        high = float(limits[1]) if limits[1] is not None else low + 10
        return random.choice((low, high, (low + high) / 2))
    if shape.type_name == "float":
        return float(unpack(">f", pack(">f", number))[0])
    return number


def moment(shape: Any, draw: Draw) -> datetime:
    """A moment. Only in some places of answers are there fractions of a second: botocore sends
    none, and a date of HTTP has none."""
    format_of = shape.serialization.get("timestampFormat")
    coarse = location(shape) == "header" or format_of in ("rfc822", "unixTimestamp")
    milliseconds = (
        0 if coarse or not draw.answer else draw.random.choice((0, 1, 125, 999))
    )
    seconds = draw.random.randint(0, 4 * 10**9)
    return EPOCH + timedelta(seconds=seconds, milliseconds=milliseconds)


def document(random: Random, depth: int = 0) -> Any:
    """A JSON value that isn't null."""
    kinds = ("text", "whole", "fraction", "truth", "list", "map")
    kind = random.choice(kinds if depth < 3 else kinds[:4])
    if kind == "text":
        return "".join(random.choices('ab "\\\u00e9\U0001f40d', k=random.randint(0, 6)))
    if kind == "whole":
        return random.choice((*WHOLE, -7, 2**53 + 1))
    if kind == "fraction":
        return random.choice((0.5, -1e-7, 1e21, 3.0))
    if kind == "truth":
        return random.random() < 0.5
    inner = [document(random, depth + 1) for _ in range(random.randint(0, 3))]
    inner = [None if random.random() < 0.1 else each for each in inner]
    return inner if kind == "list" else {f"k{n}": each for n, each in enumerate(inner)}


@cache
def host_labels(template: str) -> frozenset[str]:
    """The members that stand in a host prefix."""
    return frozenset(part.partition("}")[0] for part in template.split("{")[1:])
