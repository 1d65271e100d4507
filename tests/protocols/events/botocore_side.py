"""The reference for events: botocore's parsers, random events of its shapes, and an encoder
of them that shares nothing with the program."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from random import Random
from typing import Any

import botocore.session
from botocore import parsers
from botocore.exceptions import EventStreamError
from botocore.model import OperationModel, ServiceModel
from tests.catalogue.xml_encoder import elements

from .frames import Wide, event, exception

DEEPEST = 4
LETTERS = "abXY09 -_.~/:?&=+%<>\"'\u00e9\u2603\U0001f40d"
WIDTHS = {"long": ">q"}


@cache
def models() -> dict[str, dict[str, Any]]:
    """The models of all services that have streams of events, by name."""
    loader = botocore.session.get_session().get_component("data_loader")
    found = {
        name: loader.load_service_model(name, "service-2")
        for name in loader.list_available_services("service-2")
    }
    return {
        name: model
        for name, model in found.items()
        if any(shape.get("eventstream") for shape in model["shapes"].values())
    }


@cache
def model_of(service: str) -> ServiceModel:
    """A service as botocore has it."""
    return ServiceModel(models()[service], service)


@cache
def operations() -> tuple[tuple[str, str, bool], ...]:
    """Every operation that reads events, and whether it sends some too."""
    return tuple(
        (service, name, operation.has_event_stream_input)
        for service in models()
        for name in model_of(service).operation_names
        if (operation := model_of(service).operation_model(name))
        and (operation.has_event_stream_output or operation.has_event_stream_input)
    )


class Raw:
    """A body as botocore reads it from a connection."""

    def __init__(self, body: bytes) -> None:
        self.body = body

    def stream(self) -> Iterator[bytes]:
        yield self.body

    def close(self) -> None:
        pass


def read_by_botocore(operation: OperationModel, body: bytes) -> tuple[list[Any], Any]:
    """The events that botocore reads, and the error that ends them."""
    protocol = operation.service_model.metadata["protocol"]
    shape = operation.output_shape
    answer = {"status_code": 200, "headers": {}, "context": {}, "body": Raw(body)}
    parsed = parsers.create_parser(protocol).parse(answer, shape)
    found: list[Any] = []
    try:
        found.extend(parsed[shape.event_stream_name])
    except EventStreamError as error:
        return found, error.response["Error"]
    return found, None


def value(shape: Any, random: Random, depth: int = 0) -> Any:
    """A value of a shape; beyond some depth only what is required."""
    kind = shape.type_name
    if getattr(shape, "is_document_type", False):
        return random.choice([{}, {"a": [1, None, {"b": "é"}]}, [1.5, False], "x", 7])
    if kind == "structure":
        return structure(shape, random, depth)
    if kind == "list":
        count = random.randint(0, 3) if depth < DEEPEST else 0
        return [value(shape.member, random, depth + 1) for _ in range(count)]
    if kind == "map":
        count = random.randint(0, 3) if depth < DEEPEST else 0
        keys = [f"{value(shape.key, random, depth)}{n}" for n in range(count)]
        return {key: value(shape.value, random, depth + 1) for key in keys}
    if kind == "string":
        if shape.enum:
            return random.choice([*shape.enum, "NEW"])
        return "".join(random.choices(LETTERS, k=random.randint(0, 9))).strip()
    if kind in ("integer", "long"):
        return random.choice((0, 1, -1, 2**31 - 1, random.randint(-999, 999)))
    if kind in ("float", "double"):
        return random.choice((0.0, 1.5, -2.25, 1e21))
    if kind == "boolean":
        return random.random() < 0.5
    if kind == "blob":
        return random.randbytes(random.randint(0, 5))
    assert kind == "timestamp", kind
    seconds = random.randint(0, 10**8)
    return datetime(2024, 2, 29, tzinfo=UTC) + timedelta(seconds=seconds)


def structure(shape: Any, random: Random, depth: int) -> dict[str, Any]:
    """A structure or union with some of its members."""
    if shape.is_tagged_union:
        name = random.choice(list(shape.members))
        return {name: value(shape.members[name], random, depth + 1)}
    return {
        name: value(member, random, depth + 1)
        for name, member in shape.members.items()
        if member.serialization.get("eventpayload")
        or (depth < DEEPEST and random.random() < (0.7 if depth < 2 else 0.35))
    }


def written(shape: Any, inside: Any, protocol: str) -> bytes:
    """A value as a document."""
    if protocol == "rest-xml":
        return "".join(elements(shape, inside, shape.name)).encode()
    return json.dumps(tree(shape, inside, protocol)).encode()


def tree(shape: Any, inside: Any, protocol: str) -> Any:
    """A value as JSON has it."""
    kind = shape.type_name
    if kind == "structure" and not getattr(shape, "is_document_type", False):
        return {
            shape.members[name].serialization.get("name", name): tree(
                shape.members[name], each, protocol
            )
            for name, each in inside.items()
        }
    if kind == "list":
        return [tree(shape.member, each, protocol) for each in inside]
    if kind == "map":
        return {key: tree(shape.value, each, protocol) for key, each in inside.items()}
    if kind == "blob":
        return base64.b64encode(inside).decode()
    if kind == "timestamp":
        stated = shape.serialization.get("timestampFormat", "unixTimestamp")
        if stated == "unixTimestamp":
            return inside.timestamp()
        return f"{inside:%Y-%m-%dT%H:%M:%SZ}"
    return inside


def frame_of(shape: Any, name: str, values: dict[str, Any], protocol: str) -> bytes:
    """An event, or an error of the stream."""
    if shape.metadata.get("exception"):
        return exception(name, written(shape, values, protocol))
    headers: dict[str, Any] = {}
    rest = dict(values)
    payload: bytes | None = None
    for key, member in shape.members.items():
        if member.serialization.get("eventheader") and key in rest:
            inside = rest.pop(key)
            wide = WIDTHS.get(member.type_name)
            headers[key] = Wide(inside, wide) if wide else inside
        elif member.serialization.get("eventpayload"):
            inside = rest.pop(key)
            if isinstance(inside, str):
                payload = inside.encode()
            elif isinstance(inside, bytes):
                payload = inside
            else:
                payload = written(member, inside, protocol)
    if payload is None:
        payload = written(shape, rest, protocol)
    return event(name, payload, **headers)
