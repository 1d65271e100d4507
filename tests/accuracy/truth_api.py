"""What pages of the AWS API Reference should say, worked out from a model alone."""

from __future__ import annotations

import re
from typing import Any

from botocore.model import OperationModel, Shape

from specwright.sources.anchors import match_mode

_SCALARS = {
    "string": "String",
    "character": "String",
    "integer": "Integer",
    "long": "Long",
    "float": "Float",
    "double": "Double",
    "boolean": "Boolean",
    "timestamp": "Timestamp",
    "blob": "Base64-encoded binary data object",
}
TIMES = re.compile(
    r"(?:(?<![Rr]un)[Tt]imes?|Time[sS]tamps?|timestamps?|(?<![Uu]p)[Dd]ates?|At|edOn|After|Before|Expiration|expiration"
    r"|[cC]reated|[mM]odified|[lL]astUpdated|[lL]astAccessed|[lL]astPublished|[lL]astUploaded|(?:Seen|[sS]tart|[eE]nd|Expiry))$"
    r"|^time(?!Series|Zone|Delta|Range|Ordering|Dimension|ToLive|OfDay)[A-Z]|Time(?:Inclusive|Exclusive)$"
)


def words(shape: Shape, inside: bool = False) -> str:
    """A type as the pages name it."""
    kind = shape.type_name
    if getattr(shape, "is_document_type", False):
        return "JSON value"
    if kind == "structure":
        return f"{shape.name} object" + ("s" if inside == "many" else "")
    if kind == "list":
        inner = words(shape.member, "many")
        return f"{'arrays' if inside == 'many' else 'array' if inside else 'Array'} of {inner}"
    if kind == "map":
        return (
            f"{'string' if inside else 'String'} to {words(shape.value, 'one')} map"
            + ("s" if inside == "many" else "")
        )
    word = _SCALARS[kind]
    if inside:
        word = word[0].lower() + word[1:] if kind != "blob" else word
        return word + ("s" if inside == "many" else "")
    return word


def limit(title: str, shape: Shape, what: str, unit: str) -> list[str]:
    low, high = shape.metadata.get("min"), shape.metadata.get("max")
    if low is None and high is None:
        return []
    if low == high:
        return [f"{title}: Fixed {what} of {low}{unit}."]
    parts = [f"Minimum {what} of {low}{unit}."] if low is not None else []
    parts += [f"Maximum {what} of {high}{unit}."] if high is not None else []
    return [f"{title}: {' '.join(parts)}"]


def printed(name: str, shape: Shape) -> str:
    """The name in bodies: that of the message."""
    if shape.serialization.get("location"):
        return name
    return str(shape.serialization.get("name", name))


def status_of(error: Shape) -> int | None:
    """The HTTP status of an error."""
    status = error.metadata.get("error", {}).get("httpStatusCode")
    return int(status) if status else None


def split(operation: OperationModel) -> dict[str, list[str]]:
    """The members of the input by where they go."""
    parts: dict[str, list[str]] = {
        k: [] for k in ("path", "query", "header", "body", "payload", "other")
    }
    shape = operation.input_shape
    rest = operation.service_model.metadata["protocol"] == "rest-json"
    for name, member in (shape.members if shape is not None else {}).items():
        where = member.serialization.get("location") if rest else None
        key = {
            "uri": "path",
            "querystring": "query",
            "header": "header",
            None: "body",
        }.get(where, "other")
        if key == "query" and member.type_name == "map":
            key = "other"
        if rest and shape.serialization.get("payload") == name:
            key = "payload"
        parts[key].append(name)
    return parts


def split_output(operation: OperationModel) -> dict[str, list[str]]:
    """The members of the output by where they come from."""
    parts: dict[str, list[str]] = {
        k: [] for k in ("header", "status", "body", "payload", "other")
    }
    shape = operation.output_shape
    rest = operation.service_model.metadata["protocol"] == "rest-json"
    for name, member in (shape.members if shape is not None else {}).items():
        where = member.serialization.get("location") if rest else None
        key = {"header": "header", "statusCode": "status", None: "body"}.get(
            where, "other"
        )
        if rest and shape.serialization.get("payload") == name:
            key = "payload"
        parts[key].append(name)
    return parts


def timestamp(operation: OperationModel, shape: Shape, where: str) -> str | None:
    """The format of a time in a body."""
    stated = shape.serialization.get("timestampFormat")
    known = {
        "iso8601": "iso8601",
        "unixTimestamp": "epoch-seconds",
        "rfc822": "http-date",
    }
    if where != "body":
        return None
    return known[stated] if stated else "epoch-seconds"


def api_facts(operation: OperationModel) -> dict[str, Any]:
    """What an operation's page says."""
    rest = operation.service_model.metadata["protocol"] == "rest-json"
    parts = split(operation)
    result: dict[str, Any] = {"operation": operation.name}
    bodies = [parts["body"], split_output(operation)["body"]]
    for shape, one in (
        (operation.input_shape, parts),
        (operation.output_shape, split_output(operation)),
    ):
        bodies += [
            [
                n
                for n in one["payload"]
                if shape.members[n].type_name not in ("blob", "string")
            ]
        ]
    if any(bodies):
        result["protocol"] = "rest-json" if rest else "json"
    result["input"], result["output"] = {}, {}
    for section, shape, where in (
        ("input", operation.input_shape, parts),
        ("output", operation.output_shape, split_output(operation)),
    ):
        for name, member in (shape.members if shape is not None else {}).items():
            key = next(k for k, names in where.items() if name in names)
            if key == "other":
                continue
            said = _top(
                operation,
                member,
                uri=section == "input" and key in ("path", "query", "header"),
                body=key in ("body", "payload"),
            )
            if section == "input" and name in shape.required_members:
                said["required"] = True
            wire = member.serialization.get("name", name)
            if key in ("path", "query", "header", "status"):
                said["in"] = key
                if key in ("query", "header") and wire != name:
                    said["wire"] = wire
                result[section][name] = said
            elif key == "payload" and member.type_name in ("blob", "string"):
                said["in"] = "payload"
                result[section][name] = said
            else:
                result[section][printed(name, member)] = said
    if rest:
        path = operation.http["requestUri"]
        for name in parts["path"]:
            wire = operation.input_shape.members[name].serialization.get("name", name)
            path = path.replace("{" + wire, "{" + name)
        result["http"] = {"method": operation.http["method"], "path": path}
    status = operation.http.get("responseCode", 200)
    if status != 200:
        result.setdefault("http", {})["status"] = status
    result["errors"] = {
        e.name: {"status": s, "fault": "server" if s >= 500 else "client"}
        for e in operation.error_shapes
        if (s := status_of(e)) is not None
    }
    return result


def _top(
    operation: OperationModel, shape: Shape, *, uri: bool, body: bool
) -> dict[str, Any]:
    kind = shape.type_name
    if uri:
        return _constraints(shape if kind != "list" else shape.member)
    tree = _tree(operation, shape, [], "x") if body else {}
    said = _typed(operation, shape, tree, body)
    if kind == "timestamp" and body:
        form = timestamp(operation, shape, "body")
        if form in ("iso8601", "epoch-seconds"):
            said["timestamp"] = form
    return said


def _typed(
    operation: OperationModel, shape: Shape, tree: dict[str, Any], body: bool
) -> dict[str, Any]:
    kind = shape.type_name
    if getattr(shape, "is_document_type", False):
        return {"type": "document"}
    if kind == "structure":
        union = getattr(shape, "is_tagged_union", False)
        return {**tree, "type": "union" if union else "structure"}
    if kind == "list":
        inner = _typed(operation, shape.member, tree.get("item", {}), body)
        if shape.member.type_name == "structure" and inner["type"] != "document":
            inner["type"] = "structure"
        elif shape.member.type_name in ("list", "map"):
            inner.pop("length", None)
            if shape.member.type_name == "map":
                _bare(inner)
        if shape.member.type_name == "timestamp" and body:
            inner["timestamp"] = timestamp(operation, shape.member, "body")
        return {"type": "list", **_bounds("length", shape), "item": inner}
    if kind == "map":
        value = _typed(operation, shape.value, tree.get("value", {}), body)
        if shape.value.type_name == "structure" and value["type"] != "document":
            value["type"] = "structure"
        elif shape.value.type_name in ("list", "map"):
            _bare(value)
        if shape.value.type_name == "timestamp" and body:
            value["timestamp"] = timestamp(operation, shape.value, "body")
        if shape.value.type_name != "string":
            value = (
                {k: v for k, v in value.items() if k not in ("range", "length")}
                if shape.value.type_name not in ("list", "map", "structure")
                else value
            )
        else:
            value.pop("enum", None)
        key = {"type": "string", **_constraints(shape.key)}
        key.pop("enum", None)
        return {"type": "map", **_bounds("length", shape), "key": key, "value": value}
    return {"type": "string" if kind == "character" else kind, **_constraints(shape)}


def _bare(said: dict[str, Any]) -> None:
    """Take away the limits that a type in words has no room for."""
    for word in ("length", "range", "pattern", "match", "enum"):
        said.pop(word, None)
    for part in ("item", "key", "value"):
        if part in said:
            _bare(said[part])


def _constraints(shape: Shape) -> dict[str, Any]:
    result: dict[str, Any] = {}
    kind = shape.type_name
    if kind in ("string", "blob"):
        result |= _bounds("length", shape)
    elif kind in ("integer", "long", "float", "double"):
        result |= _bounds("range", shape)
    if kind == "string" and shape.enum:
        result["enum"] = list(dict.fromkeys(shape.enum))
    if kind in ("string", "blob") and "pattern" in shape.metadata:
        pattern = shape.metadata["pattern"].strip()
        result["pattern"], result["match"] = pattern, match_mode(pattern)
    return result


def _bounds(word: str, shape: Shape) -> dict[str, Any]:
    low, high = shape.metadata.get("min"), shape.metadata.get("max")
    return {} if low is None and high is None else {word: [low, high]}


def _tree(
    operation: OperationModel, shape: Shape, around: list[str], name: str
) -> dict[str, Any]:
    kind = shape.type_name
    if getattr(shape, "is_document_type", False):
        return {"type": "document"}
    if shape.name in around:
        return {"ref": shape.name}
    inside = [*around, shape.name]
    if kind == "structure":
        members = {
            printed(n, m): _tree(operation, m, inside, printed(n, m))
            for n, m in shape.members.items()
        }
        return {"type": "structure", "members": members}
    if kind == "list":
        return {"type": "list", "item": _tree(operation, shape.member, inside, name)}
    if kind == "map":
        return {
            "type": "map",
            "key": {"type": "string"},
            "value": _tree(operation, shape.value, inside, name),
        }
    if kind in ("boolean", "blob"):
        return {"type": kind}
    if kind in ("string", "character") and not TIMES.search(name):
        return {"type": "string"}
    return {}
