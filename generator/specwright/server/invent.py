"""Seeded values that meet a shape's constraints; the same key gives the same value."""

from __future__ import annotations

import re
from base64 import b32encode
from collections.abc import Mapping
from datetime import timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from random import Random

from specwright.model import INTEGERS, Bounds, Constraints, Member, Service, Shape
from specwright.server.clock import apt, moments, stage
from specwright.server.matching import sampled
from specwright.server.messages import Record, Value
from specwright.server.names import words
from specwright.server.validation import fits

_OFTEN = 0.7
_NAMES = frozenset({"Key", "Name", "Id", "Arn"})
"""What records are called by: boto3 counts on the keys of S3's objects."""
_SHALLOW = 3
_DEEPEST = 12
_TRIES = 12
_RARE_TRIES = 200
_BITS = {"byte": 7, "short": 15, "integer": 31, "long": 63}
_PLAIN = re.compile(r"[A-Za-z0-9 .:/_@+=,-]*")
_REGION, _ACCOUNT = "us-east-1", "123456789012"
_NOUNS = (
    *("amber", "basil", "birch", "cedar", "clover", "coral", "delta", "ember", "fjord"),
    *(
        "garnet",
        "harbor",
        "indigo",
        "iris",
        "juniper",
        "lagoon",
        "larch",
        "maple",
        "meadow",
    ),
    *(
        "nectar",
        "onyx",
        "opal",
        "pine",
        "quartz",
        "raven",
        "river",
        "saffron",
        "sierra",
    ),
    *("slate", "tundra", "umber", "violet", "willow"),
)


def structure(
    service: Service, shape: Shape, key: str, known: Mapping[str, Value] | None = None
) -> Record:
    """An invented structure, its timestamps and optional members in accord with its status.

    ``known`` are members taken as they are; None leaves out a member that is not required.
    """
    return _structure(service, shape, key, key, 0, known or {})


def value(service: Service, member: Member, key: str) -> Value:
    """An invented value for one member."""
    return _value(service, member, key, key, 0)


def _structure(
    service: Service,
    shape: Shape,
    key: str,
    root: str,
    depth: int,
    known: Mapping[str, Value],
) -> Record:
    record: Record = {}
    status = _status(service, shape, key, root, depth, known)
    for member in shape.members:
        told = known.get(member.name)
        if told is not None:
            record[member.name] = told
        if told is not None or (member.name in known and not member.required):
            continue
        place = f"{key}/{member.name}"
        timestamp = service.target(member).type == "timestamp"
        wanted = None if member.required else apt(member.name, timestamp, status)
        if wanted is None and not member.required:
            heavy = depth >= _SHALLOW and service.target(member).type in (
                "structure",
                "union",
            )
            often = _random(place, "there").random() < _OFTEN
            wanted = not heavy and (often or member.name in _NAMES)
        if wanted is not False and depth < _DEEPEST:
            made = _value(service, member, place, root, depth + 1)
            if made is not None:
                record[member.name] = made
    return _agreeing(service, shape, record, known)


def _status(
    service: Service,
    shape: Shape,
    key: str,
    root: str,
    depth: int,
    known: Mapping[str, Value],
) -> str | None:
    """The status that the record will have, where it has one."""
    for member in shape.members:
        if (
            words(member.name)[-1:] in (["status"], ["state"])
            and service.constraints(member).enum
        ):
            made = known.get(member.name)
            if made is None:
                made = _value(service, member, f"{key}/{member.name}", root, depth + 1)
            return made if isinstance(made, str) else None
    return None


def _agreeing(
    service: Service, shape: Shape, record: Record, known: Mapping[str, Value]
) -> Record:
    """The record, each ARN ending in its resource's name where the ARN's pattern admits that."""
    for member in shape.members:
        if member.name in known:
            continue
        arn, stem = record.get(member.name), member.name[:-3]
        name = record.get(f"{stem}Name")
        if (
            member.name.endswith(("Arn", "ARN"))
            and isinstance(arn, str)
            and isinstance(name, str)
        ):
            better = f"{arn.rpartition('/')[0]}/{name.lower()}"
            if "/" in arn and fits(service.constraints(member), better):
                record[member.name] = better
    return record


def _value(
    service: Service, member: Member, key: str, root: str, depth: int, index: int = 0
) -> Value:
    """A value by its key; ``index`` tells the items of a list and the keys of a map apart."""
    shape, constraints = service.target(member), service.constraints(member)
    match shape.type:
        case "structure":
            return _structure(service, shape, key, root, depth, {})
        case "union":
            return _union(service, shape, key, root, depth)
        case "list" if shape.item is not None:
            return _list(service, shape.item, constraints, key, root, depth)
        case "map" if shape.key is not None and shape.value is not None:
            return _map(service, shape.key, shape.value, constraints, key, root, depth)
        case "timestamp":
            return moments(root)[stage(member.name)] + timedelta(seconds=index)
        case _ if constraints.enum and index:
            chosen = _nth(constraints, key, index)
            return str(chosen) if shape.type == "string" else chosen
        case _:
            return _simple(service, member, shape, constraints, _random(key))


def _simple(
    service: Service,
    member: Member,
    shape: Shape,
    constraints: Constraints,
    random: Random,
) -> Value:
    match shape.type:
        case "boolean":
            return random.random() < 0.5
        case "blob":
            return random.randbytes(_size(constraints.length, random, 16))
        case "document":
            return {"note": random.choice(_NOUNS), "count": random.randrange(100)}
        case "string":
            return _string(service, member, constraints, random)
        case _:
            return _number(shape, constraints, random)


def _union(service: Service, shape: Shape, key: str, root: str, depth: int) -> Value:
    if not shape.members or depth >= _DEEPEST:
        return None
    choices = list(shape.members)
    if depth >= _SHALLOW:
        simple = [
            m for m in choices if service.target(m).type not in ("structure", "union")
        ]
        choices = simple or choices
    for member in _random(key).sample(choices, len(choices)):
        made = _value(service, member, f"{key}/{member.name}", root, depth + 1)
        if made is not None:
            return {member.name: made}
    return None


def _list(
    service: Service,
    item: Member,
    constraints: Constraints,
    key: str,
    root: str,
    depth: int,
) -> Value:
    least = _least(constraints.length)
    wanted = (
        least
        if depth >= _SHALLOW
        else _size(constraints.length, _random(key), least + 3)
    )
    made: list[Value] = []
    for index in range(wanted + _RARE_TRIES):
        if len(made) == wanted:
            break
        element = _value(service, item, f"{key}/{index}", root, depth + 1, index)
        if element is None:
            # Too deep for what items hold.
            break
        if not (constraints.unique and element in made):
            made.append(element)
    return made


def _map(
    service: Service,
    key_member: Member,
    value_member: Member,
    constraints: Constraints,
    key: str,
    root: str,
    depth: int,
) -> Value:
    least = _least(constraints.length)
    wanted = (
        least
        if depth >= _SHALLOW
        else _size(constraints.length, _random(key), least + 3)
    )
    choices = service.constraints(key_member).enum
    wanted = min(wanted, len(choices)) if choices else wanted
    made: Record = {}
    for index in range(wanted + _RARE_TRIES):
        if len(made) == wanted:
            break
        place = f"{key}/key/{index}"
        name = _value(service, key_member, place, root, depth + 1, index)
        if isinstance(name, str) and name not in made:
            element = _value(service, value_member, f"{key}/{index}", root, depth + 1)
            if element is None:
                break
            made[name] = element
    return made


def _nth(constraints: Constraints, key: str, index: int) -> str | int:
    """One of the choices, each of them in turn for the indexes of one key."""
    choices: tuple[str | int, ...] = constraints.enum
    first = key.rpartition("/")[0]
    return choices[(_random(first).randrange(len(choices)) + index) % len(choices)]


def _number(shape: Shape, constraints: Constraints, random: Random) -> Value:
    bounds = constraints.range or Bounds()
    if constraints.enum:
        choices: tuple[str | int, ...] = constraints.enum
        return random.choice(choices)
    low = Decimal(bounds.min) if bounds.min is not None else None
    high = Decimal(bounds.max) if bounds.max is not None else None
    if low is None:
        low = Decimal(0) if high is None or high >= 0 else high - 1000
    if high is None or high - low > 1000:
        high = low + 1000
    if shape.type in INTEGERS:
        least = int(low.to_integral_value(ROUND_CEILING))
        most = int(high.to_integral_value(ROUND_FLOOR))
        limit = 1 << _BITS.get(shape.type, 63)
        return random.randint(max(least, -limit), max(least, min(most, limit - 1)))
    share = Decimal(random.randrange(1001)) / 1000
    exact = low + (high - low) * share
    return exact if shape.type == "bigDecimal" else float(exact)


def _string(
    service: Service, member: Member, constraints: Constraints, random: Random
) -> str:
    if constraints.enum:
        return str(random.choice(constraints.enum))
    shape = service.target(member)
    media = member.media_type or shape.media_type or ""
    if member.json_value or media.endswith("json"):
        return '{"note": "' + random.choice(_NOUNS) + '"}'
    for text in _likely(service, member, random):
        if fits(constraints, text):
            return text
    if constraints.pattern is not None:
        return _patterned(constraints, random)
    return _sized(random, constraints.length)


def _likely(service: Service, member: Member, random: Random) -> list[str]:
    """Texts as people would write them, by the last word of the member's name."""
    last = words(member.name)[-1:] or [""]
    name = (
        f"{random.choice(_NOUNS)}-{random.choice(_NOUNS)}-{random.randrange(100, 1000)}"
    )
    token = b32encode(random.randbytes(10)).decode("ascii").lower()
    match last[0]:
        case _ if member.host_label:
            return [name, token]
        case "name":
            return [name]
        case "arn":
            kind = "-".join(words(member.name)[:-1]) or "resource"
            return [
                f"arn:aws:{service.signing_name}:{_REGION}:{_ACCOUNT}:{kind}/{name}"
            ]
        case "id":
            return [token, _ACCOUNT]
        case "uri" | "url":
            return [f"s3://{name}/{token}", f"https://{name}.example.com/{token}"]
        case "message" | "reason":
            return [f"Invented text about {name}."]
        case _:
            return []


def _patterned(constraints: Constraints, random: Random) -> str:
    """A text by the pattern: of several the first in plain letters, ARNs made to look real."""
    text = sampled(constraints, random)
    for _ in range(_TRIES):
        if text is None or _PLAIN.fullmatch(text):
            break
        text = sampled(constraints, random)
    if text is None:
        # Nothing is known to match: words of the right length break the fewest constraints.
        return _sized(random, constraints.length)
    parts = text.split(":", 5)
    if parts[0] == "arn" and len(parts) == 6:
        real = [
            "arn",
            "aws",
            parts[2],
            parts[3] and _REGION,
            parts[4] and _ACCOUNT,
            parts[5],
        ]
        if fits(constraints, ":".join(real)):
            return ":".join(real)
    return text


def _sized(random: Random, length: Bounds | None) -> str:
    text = " ".join(random.choice(_NOUNS) for _ in range(random.randrange(1, 4)))
    least = _least(length)
    while len(text) < least:
        text += " " + random.choice(_NOUNS)
    if length is not None and length.max is not None and len(text) > length.max:
        text = text[: int(length.max)]
    return text.rstrip() if len(text.rstrip()) >= least else text.replace(" ", "-")


def _least(length: Bounds | None) -> int:
    return int(length.min) if length is not None and length.min is not None else 0


def _size(length: Bounds | None, random: Random, most: int) -> int:
    least = _least(length)
    if length is not None and length.max is not None:
        most = min(most, int(length.max))
    return random.randint(max(least, min(1, most)), max(least, most))


def _random(*key: str) -> Random:
    return Random("/".join(key))  # noqa: S311 - invented data, no secret
