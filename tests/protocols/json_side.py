"""The reference for rest-json: answers rendered by an encoder that shares nothing with the
program, and what botocore reads in them."""

from __future__ import annotations

import base64
import json
from random import Random
from typing import Any

from botocore.model import OperationModel
from tests.protocols.xml_side import Answer, scalar, structure, value


def tree(shape: Any, inside: Any) -> Any:
    """A value as JSON has it."""
    kind = shape.type_name
    if getattr(shape, "is_document_type", False):
        return inside
    if kind == "structure":
        return {
            shape.members[name].serialization.get("name", name): tree(
                shape.members[name], each
            )
            for name, each in inside.items()
            if "location" not in shape.members[name].serialization
        }
    if kind == "list":
        return [tree(shape.member, each) for each in inside]
    if kind == "map":
        return {key: tree(shape.value, each) for key, each in inside.items()}
    if kind == "timestamp":
        stated = shape.serialization.get("timestampFormat", "unixTimestamp")
        if stated == "unixTimestamp":
            return inside.timestamp()
        return scalar(shape, inside, stated)
    if kind == "blob":
        return base64.b64encode(inside).decode()
    if kind in ("float", "double") and abs(inside) == float("inf"):
        return "Infinity" if inside > 0 else "-Infinity"
    return inside


def header(shape: Any, inside: Any) -> str:
    """A value as a header has it."""
    if shape.serialization.get("jsonvalue"):
        return base64.b64encode(json.dumps(inside).encode()).decode()
    if shape.type_name == "list":
        return ",".join(scalar(shape.member, each, "http-date") for each in inside)
    return scalar(shape, inside, "http-date")


def heads(shape: Any, values: dict[str, Any]) -> dict[str, str]:
    """The headers that hold members."""
    found: dict[str, str] = {}
    for name, inside in values.items():
        member = shape.members[name]
        location = member.serialization.get("location")
        wire = member.serialization.get("name", name)
        if location == "header":
            found[wire] = header(member, inside)
        elif location == "headers":
            found |= {f"{wire}{key}": each for key, each in inside.items()}
    return found


def json_answer(operation: OperationModel, random: Random) -> Answer:
    """A random answer of an operation."""
    shape = operation.output_shape
    if shape is None:
        return Answer(200, {}, b"", {})
    values = structure(shape, random, 0)
    status = 200
    for name, member in shape.members.items():
        if member.serialization.get("location") == "statusCode" and name in values:
            values[name] = status = random.choice((200, 202, 207))
    headers = heads(shape, values)
    payload = shape.serialization.get("payload")
    if payload is None:
        return Answer(status, headers, json.dumps(tree(shape, values)).encode(), values)
    member = shape.members[payload]
    inside = values.setdefault(payload, value(member, random, 1))
    if member.type_name in ("blob", "string"):
        # botocore makes text of any payload.
        values[payload] = "payload"
        return Answer(status, headers, b"payload", values)
    return Answer(status, headers, json.dumps(tree(member, inside)).encode(), values)
