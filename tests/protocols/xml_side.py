"""The reference for query, ec2 and rest-xml: botocore's serialisers and parsers, random
values of its shapes, and an encoder of answers that shares nothing with the program."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from random import Random
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

import botocore.session
from botocore import handlers, parsers, serialize
from botocore.awsrequest import prepare_request_dict
from botocore.config import Config
from botocore.httpchecksum import apply_request_checksum, resolve_checksum_context
from botocore.model import OperationModel, ServiceModel

CHECKSUMS = botocore.httpchecksum._CHECKSUM_CLS
WHEN_SUPPORTED = {
    "request_checksum_calculation": "when_supported",
    "response_checksum_validation": "when_supported",
}
ENDPOINT = "http://127.0.0.1:9"
LETTERS = "abXY09 -_.~/:?&=+%<>\"'\u00e9\u2603\U0001f40d"
DEEPEST = 4


@cache
def model_of(service: str) -> ServiceModel:
    """A service as botocore has it."""
    loader = botocore.session.get_session().get_component("data_loader")
    return ServiceModel(loader.load_service_model(service, "service-2"), service)


@dataclass(frozen=True)
class Message:
    """What a request says, by meaning: fields for forms, a normal form for XML."""

    method: str
    host: str
    path: str
    query: list[tuple[str, str]]
    headers: dict[str, str]
    body: object


def message(method: str, url: str, headers: Any, body: Any) -> Message:
    """A request by meaning; what a client says of itself and of its body's type is left out."""
    split = urlsplit(url)
    named = {str(n).lower(): str(v) for n, v in headers.items()}
    kind = named.pop("content-type", "")
    named.pop("user-agent", None)
    for name in [*named]:
        algorithm = name.removeprefix("x-amz-checksum-")
        if algorithm in CHECKSUMS and isinstance(body, bytes):
            # Bodies that mean the same may differ, and so do their checksums.
            right = CHECKSUMS[algorithm]().handle(body)
            named[name] = "right" if named[name] == right else named[name]
    # Only lists hold commas, in the values that are made here, and spaces may follow them.
    named = {n: v.replace(", ", ",") for n, v in named.items()}
    meaning: object = body
    if isinstance(body, dict):
        meaning = sorted((n, str(v)) for n, v in body.items())
    elif "form-urlencoded" in kind:
        meaning = sorted(parse_qsl(body.decode(), keep_blank_values=True))
    elif isinstance(body, bytes) and body.startswith(b"<"):
        meaning = normal(ElementTree.fromstring(body))
    elif isinstance(body, str):
        meaning = body.encode()
    query = sorted(parse_qsl(split.query, keep_blank_values=True))
    return Message(method, split.netloc, split.path, query, named, meaning or b"")


def normal(element: ElementTree.Element) -> object:
    """An element whose children are sorted by name, those of one name in their order."""
    children = sorted((normal(child) for child in element), key=lambda c: str(c[0]))  # type: ignore[index]
    text = (element.text or "") if not children else ""
    return element.tag, sorted(element.attrib.items()), text, children


def sent_by_botocore(operation: OperationModel, values: dict[str, Any]) -> Message:
    """The request that botocore writes."""
    protocol = operation.service_model.metadata["protocol"]
    serializer = serialize.create_serializer(protocol, include_validation=False)
    request = serializer.serialize_to_request(values, operation)
    # What handlers do to a message, and no option switches off.
    if operation.service_model.service_name == "apigateway":
        handlers.add_accept_header(operation, request)
    if operation.service_model.service_name == "glacier":
        handlers.add_glacier_version(operation, request)
        if operation.name in ("UploadArchive", "UploadMultipartPart"):
            handlers.add_glacier_checksums(request)
    prepare_request_dict(request, ENDPOINT)
    if isinstance(request["body"], bytes | str):
        body = request["body"]
        request["body"] = body.encode() if isinstance(body, str) else body
        request["context"] = {"client_config": Config(**WHEN_SUPPORTED)}
        resolve_checksum_context(request, operation, values)
        apply_request_checksum(request)
    url = request["url"]
    return message(request["method"], url, request["headers"], request["body"])


def read_by_botocore(
    operation: OperationModel,
    status: int,
    headers: dict[str, str],
    body: bytes,
    error: Any = None,
) -> dict[str, Any]:
    """What botocore reads in an answer, or in an error of some shape."""
    protocol = operation.service_model.metadata["protocol"]
    answer = {
        "status_code": status,
        "headers": botocore.awsrequest.HeadersDict(headers),
        "body": body,
    }
    shape = error or operation.output_shape
    parsed: dict[str, Any] = parsers.create_parser(protocol).parse(answer, shape)
    return parsed


def text(random: Random, least: int = 0) -> str:
    """A text without what XML can't hold."""
    inner = "".join(random.choices(LETTERS, k=random.randint(least, 9)))
    return inner.strip() or ("x" if least else "")


def value(shape: Any, random: Random, depth: int, *, simple: bool = False) -> Any:
    """A value of a shape; beyond some depth only what is required."""
    kind = shape.type_name
    if simple and shape.serialization.get("jsonvalue"):
        return json_value(random)
    if getattr(shape, "is_document_type", False):
        return {"document": json_value(random)}
    if kind == "structure":
        return structure(shape, random, depth)
    if kind == "list":
        # botocore leaves an empty list out of the headers, and the specification doesn't.
        least = 1 if shape.serialization.get("location") == "header" else 0
        count = random.randint(least, 3) if depth < DEEPEST else 0
        item = shape.member
        return [value(item, random, depth + 1) for _ in range(count)]
    if kind == "map":
        count = random.randint(0, 3) if depth < DEEPEST else 0
        is_headers = shape.serialization.get("location") == "headers"
        keys = [
            f"Key-{n}" if is_headers else f"{value(shape.key, random, depth)}{n}"
            for n in range(count)
        ]
        return {key: value(shape.value, random, depth + 1) for key in keys}
    if kind == "string":
        if shape.enum:
            return random.choice(shape.enum)
        return text(random, 1) if not simple else f"a{random.randint(0, 99)}"
    if kind in ("integer", "long"):
        return random.choice((0, 1, -1, 2**31 - 1, random.randint(-999, 999)))
    if kind in ("float", "double"):
        return random.choice((0.0, 1.5, -2.25, 1e21, float("inf"), float("-inf")))
    if kind == "boolean":
        return random.random() < 0.5
    if kind == "blob":
        return random.randbytes(random.randint(0, 5))
    if kind == "timestamp":
        return datetime(2024, 2, 29, tzinfo=UTC) + timedelta(
            seconds=random.randint(0, 10**8)
        )
    raise AssertionError(kind)


def json_value(random: Random, depth: int = 0) -> Any:
    """Any JSON."""
    kind = random.randint(0, 3 if depth > 2 else 6)
    if kind > 4:
        return {text(random): json_value(random, depth + 1) for _ in range(2)}
    if kind > 3:
        return [json_value(random, depth + 1) for _ in range(2)]
    return random.choice((text(random), random.randint(-9, 9), 1.5, True, False))


def structure(shape: Any, random: Random, depth: int) -> dict[str, Any]:
    """A structure or union with some of its members."""
    if shape.is_tagged_union:
        name = random.choice(list(shape.members))
        return {name: value(shape.members[name], random, depth + 1)}
    made: dict[str, Any] = {}
    for name, member in shape.members.items():
        located = member.serialization.get("location")
        wanted = random.random() < (0.7 if depth < 2 else 0.35)
        if name in shape.required_members or (wanted and depth < DEEPEST):
            made[name] = value(member, random, depth + 1, simple=located is not None)
    return made


@dataclass(frozen=True)
class Answer:
    """An answer and what is in it."""

    status: int
    headers: dict[str, str]
    body: bytes
    values: dict[str, Any]


def answer(operation: OperationModel, random: Random) -> Answer:
    """A random answer of an operation."""
    protocol = operation.service_model.metadata["protocol"]
    shape = operation.output_shape
    values = structure(shape, random, 0) if shape is not None else {}
    headers: dict[str, str] = {}
    inner = ""
    payload = shape.serialization.get("payload") if shape is not None else None
    for name, inside in values.items():
        member = shape.members[name]
        location = member.serialization.get("location")
        wire = member.serialization.get("name", name)
        if location == "header":
            headers[wire] = scalar(member, inside, "http-date")
        elif location == "headers":
            headers |= {f"{wire}{key}": "v" for key in ("a", "b")}
        elif location is None and name != payload:
            inner += "".join(elements(member, inside, name))
    if payload is not None:
        member = shape.members[payload]
        inside = values.setdefault(payload, value(member, random, 1))
        if member.type_name in ("blob", "string"):
            # botocore reads any payload as text.
            values[payload] = "payload"
            return Answer(200, headers, b"payload", values)
        body = "".join(elements(member, inside, payload))
        return Answer(200, headers, body.encode(), values)
    name = operation.name
    uri = ' xmlns="https://example.com/doc/"'
    metadata = "<ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata>"
    if protocol == "query":
        if shape is not None:
            inner = f"<{name}Result>{inner}</{name}Result>"
        inner += metadata
    elif protocol == "ec2":
        inner = f"<requestId>r-1</requestId>{inner}"
    body = f'<?xml version="1.0"?>\n<{name}Response{uri}>{inner}</{name}Response>'
    return Answer(200, headers, body.encode(), values)


def elements(shape: Any, inside: Any, default: str) -> Iterator[str]:
    """A member as the elements that stand for it."""
    name = shape.serialization.get("name", default)
    kind = shape.type_name
    flat = shape.serialization.get("flattened")
    if kind == "list":
        if flat:
            item = shape.member.serialization.get("name", name)
            for each in inside:
                yield from elements(Renamed(shape.member), each, item)
            return
        items = "".join(
            part for each in inside for part in elements(shape.member, each, "member")
        )
        yield f"<{name}>{items}</{name}>"
    elif kind == "map":
        entries = [
            "".join(elements(shape.key, key, "key"))
            + "".join(elements(shape.value, each, "value"))
            for key, each in inside.items()
        ]
        if flat:
            yield from (f"<{name}>{entry}</{name}>" for entry in entries)
        else:
            joined = "".join(f"<entry>{entry}</entry>" for entry in entries)
            yield f"<{name}>{joined}</{name}>"
    elif kind == "structure":
        attributes = declared = ""
        for key, each in inside.items():
            member = shape.members[key]
            if member.serialization.get("xmlAttribute"):
                written = member.serialization["name"]
                prefix = written.partition(":")[0]
                declared = f' xmlns:{prefix}="https://example.com/{prefix}"'
                attributes += f" {written}={quoteattr(each)}"
        parts = "".join(
            part
            for key, each in inside.items()
            if not shape.members[key].serialization.get("xmlAttribute")
            for part in elements(shape.members[key], each, key)
        )
        yield f"<{name}{declared}{attributes}>\n {parts}</{name}>"
    else:
        yield f"<{name}>{escape(scalar(shape, inside, 'iso8601'))}</{name}>"


class Renamed:
    """A shape whose name on the wire is somebody else's."""

    def __init__(self, shape: Any) -> None:
        self.shape = shape
        self.serialization = {
            k: v for k, v in shape.serialization.items() if k != "name"
        }

    def __getattr__(self, name: str) -> Any:
        return getattr(self.shape, name)


def scalar(shape: Any, inside: Any, times: str) -> str:
    """A simple value as text."""
    if shape.type_name == "boolean":
        return "true" if inside else "false"
    if shape.type_name == "blob":
        return base64.b64encode(inside).decode()
    if shape.type_name == "timestamp":
        stated = shape.serialization.get("timestampFormat", times)
        if stated in ("rfc822", "http-date"):
            return format_datetime(inside, usegmt=True)
        if stated == "unixTimestamp":
            return str(int(inside.timestamp()))
        return str(inside.strftime("%Y-%m-%dT%H:%M:%S.000Z"))
    if shape.type_name in ("float", "double") and abs(inside) == float("inf"):
        return "Infinity" if inside > 0 else "-Infinity"
    return str(inside)
