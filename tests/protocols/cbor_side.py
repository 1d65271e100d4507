"""The reference for RPC v2 CBOR: botocore, random values of its shapes, and an encoder of
answers that shares nothing with the program."""

from __future__ import annotations

import json
import math
from datetime import UTC, datetime, timedelta
from functools import cache
from gzip import open as open_packed
from pathlib import Path
from random import Random
from struct import pack, unpack
from typing import Any

import botocore
import botocore.session
from botocore import parsers, serialize
from botocore.model import OperationModel, ServiceModel

from specwright.sources.botocore import convert, read_model

PROTOCOL = "smithy-rpc-v2-cbor"
SERVICES = (
    "application-insights",
    "appstream",
    "arc-region-switch",
    "backup-gateway",
    "cloudwatch",
    "comprehendmedical",
    "compute-optimizer",
    "compute-optimizer-automation",
    "gamelift",
    "interconnect",
    "kendra-ranking",
    "mailmanager",
    "marketplace-entitlement",
    "partnercentral-revenue-measurement",
    "snowball",
    "workspaces-instances",
)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LETTERS = 'abXY09 -_/"\\\n\u00e9\u6c34\U0001f600'
WHOLE = (0, 23, 24, 255, 256, 65535, 65536, 2**31 - 1)
FLOATS = (0.0, -0.0, 1.5, -2.25, 1e5, 1e-7, math.inf, -math.inf, math.nan)
DEEPEST = 5


@cache
def model_of(service: str) -> ServiceModel:
    """A service as botocore has it."""
    return botocore.session.get_session().get_service_model(service)


def specs_of(service: str) -> dict[str, str]:
    """The spec files of a service of botocore."""
    folder = Path(botocore.__file__).parent / "data" / service
    file = max(folder.glob("*/service-2.json.gz"))
    with open_packed(file) as packed:
        model, diagnostics = read_model(packed.read(), file.name)
    assert model is not None, diagnostics
    # JSON is YAML.
    return {
        path: json.dumps(document, ensure_ascii=False, default=float)
        for path, document in convert(model).documents.items()
    }


def sent_by_botocore(operation: OperationModel, values: dict[str, Any]) -> Any:
    """The request that botocore writes."""
    serializer = serialize.create_serializer(PROTOCOL, include_validation=False)
    return serializer.serialize_to_request(values, operation)


def read_by_botocore(shape: Any, status: int, body: bytes, **headers: str) -> Any:
    """What botocore reads in an answer."""
    answer = {"status_code": status, "headers": headers, "body": body}
    parsed = parsers.create_parser(PROTOCOL).parse(answer, shape)
    parsed.pop("ResponseMetadata", None)
    return parsed


def decoded_by_botocore(body: bytes) -> Any:
    """What botocore finds in CBOR."""
    parser = parsers.create_parser(PROTOCOL)
    return parser.parse_data_item(parser.get_peekable_stream_from_bytes(body))


def value(shape: Any, random: Random, depth: int, *, answer: bool) -> Any:
    """A value of a shape. Answers lack required members and have fractions of seconds, which
    botocore doesn't send."""
    kind = shape.type_name
    if kind == "structure":
        return structure(shape, random, depth, answer=answer)
    if kind == "list":
        count = random.randint(0, 3) if depth < DEEPEST else 0
        item = shape.member
        return [value(item, random, depth + 1, answer=answer) for _ in range(count)]
    if kind == "map":
        count = random.randint(0, 3) if depth < DEEPEST else 0
        inner = shape.value
        return {
            f"{value(shape.key, random, depth, answer=answer)}{n}": value(
                inner, random, depth + 1, answer=answer
            )
            for n in range(count)
        }
    if kind == "string":
        if shape.enum:
            return random.choice([*shape.enum, "New"] if answer else shape.enum)
        return "".join(random.choices(LETTERS, k=random.choice((0, 1, 5, 23, 24, 300))))
    if kind in ("integer", "long"):
        wide = 2 ** (31 if kind == "integer" else 63)
        number = random.choice((*WHOLE, random.randrange(wide)))
        return random.choice((number, -1 - number))
    if kind in ("float", "double"):
        wide_float = random.choice((*FLOATS, random.uniform(-1e6, 1e6)))
        single = unpack(">f", pack(">f", wide_float))[0]
        return single if kind == "float" else wide_float
    if kind == "boolean":
        return random.random() < 0.5
    if kind == "blob":
        return random.randbytes(random.choice((0, 1, 23, 24, 300)))
    assert kind == "timestamp", kind
    milliseconds = random.choice((0, 1, 125, 999)) if answer else 0
    seconds = random.randint(0, 4 * 10**9)
    return EPOCH + timedelta(seconds=seconds, milliseconds=milliseconds)


def structure(
    shape: Any, random: Random, depth: int = 0, *, answer: bool
) -> dict[str, Any]:
    """A structure or union with some of its members."""
    members = list(shape.members.items())
    if shape.is_tagged_union:
        members = [random.choice(members)]
    wanted = 1.0 if shape.is_tagged_union else (0.7 if depth < 2 else 0.35)
    needed = set() if answer else set(shape.required_members)
    return {
        name: value(member, random, depth + 1, answer=answer)
        for name, member in members
        if name in needed or (depth < DEEPEST and random.random() < wanted)
        # One member is set in a union, whatever the depth.
        or shape.is_tagged_union
    }


def encoded(value: Any, random: Random) -> bytes:
    """A value as CBOR, in any of the forms that the standard allows."""
    if isinstance(value, bool):
        return b"\xf5" if value else b"\xf4"
    if isinstance(value, int):
        return head(0, value, random) if value >= 0 else head(1, -1 - value, random)
    if isinstance(value, float):
        return random.choice(forms_of(value))
    if isinstance(value, datetime):
        seconds = (value - EPOCH) / timedelta(seconds=1)
        if seconds.is_integer() and random.random() < 0.7:
            return b"\xc1" + head(0, int(seconds), random)
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


def same(left: object, right: object) -> bool:
    """Whether nested values are equal: moments to the millisecond, NaN to itself."""
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(
            same(left[k], right[k]) for k in left
        )
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, datetime) and isinstance(right, datetime):
        return abs(left - right) < timedelta(milliseconds=1)
    if isinstance(left, float) and isinstance(right, float):
        return repr(left) == repr(right)
    return isinstance(left, str) is isinstance(right, str) and left == right
