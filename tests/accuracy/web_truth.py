"""What web pages of the AWS API Reference should say, by the model, for every protocol."""

from __future__ import annotations

import re
from typing import Any

from botocore.model import OperationModel, Shape
from tests.accuracy.printing import fault_of
from tests.accuracy.truth_api import _constraints, _typed, api_facts, printed
from tests.accuracy.web_syntax import (
    Syntax,
    is_payload_blob,
    located,
    payload_of,
    plain,
)

_KINDS = {"character": "string"}


def web_facts(operation: OperationModel) -> dict[str, Any]:
    """The facts of a page; members are called as the page prints them."""
    protocol = operation.service_model.metadata["protocol"]
    if protocol in ("query", "ec2"):
        facts = _form_facts(operation)
    elif protocol == "rest-xml":
        facts = _xml_facts(operation)
    else:
        facts = _json_facts(operation)
    facts["operation"] = operation.name
    facts["errors"] = {}
    for error in operation.error_shapes:
        stated = error.metadata.get("error", {})
        usual = 500 if error._shape_model.get("fault") else 400
        status = int(stated.get("httpStatusCode") or usual)
        name = (
            stated.get("code", error.name)
            if protocol in ("query", "ec2")
            else error.name
        )
        fault = (
            "server"
            if status >= 500
            else fault_of(error) if status >= 500 else "client"
        )
        facts["errors"][name] = {"status": status, "fault": fault}
    return facts


def _json_facts(operation: OperationModel) -> dict[str, Any]:
    facts = api_facts(operation)
    for section, shape in (
        ("input", operation.input_shape),
        ("output", operation.output_shape),
    ):
        for name, member in shape.members.items() if shape is not None else ():
            said = facts[section].get(name) or facts[section].get(printed(name, member))
            where = located(member)
            if said is None:
                continue
            if section == "output" and where in ("header", "status"):
                for word in ("type", "item", "key", "value", "timestamp"):
                    said.pop(word, None)
            elif member.type_name == "map" and where == "body" and member.key.enum:
                said["key"]["enum"] = list(dict.fromkeys(member.key.enum))
        if section == "output" and is_payload_blob(shape):
            facts["output"][payload_of(shape)] = {"type": "blob", "in": "payload"}
    return facts


def _form_facts(operation: OperationModel) -> dict[str, Any]:
    syntax = Syntax(operation)
    facts: dict[str, Any] = {"protocol": operation.service_model.metadata["protocol"]}
    facts["input"], facts["output"] = {}, {}
    shape = operation.input_shape
    for name, member in shape.members.items() if shape is not None else ():
        said = _typed(operation, member, {}, False)
        if name in shape.required_members:
            said["required"] = True
        facts["input"][plain(syntax.form_name(name, member))] = said
    shape = operation.output_shape
    for name, member in shape.members.items() if shape is not None else ():
        said = _typed(operation, member, {}, False)
        facts["output"][plain(syntax.answer_name(name, member))] = said
    return facts


def _xml_facts(operation: OperationModel) -> dict[str, Any]:
    facts: dict[str, Any] = {"input": {}, "output": {}}
    inputs, outputs = operation.input_shape, operation.output_shape
    path = operation.http["requestUri"]
    facts["http"] = {
        "method": operation.http["method"],
        "path": (
            path.replace("/{Bucket}", "")
            if not path.startswith("/{Bucket}?")
            else path[9:]
        ),
    }
    if not facts["http"]["path"].startswith("/"):
        facts["http"]["path"] = "/" + facts["http"]["path"]
    status = operation.http.get("responseCode", 200)
    if status != 200:
        facts["http"]["status"] = status
    spoken = False
    for section, shape in (("input", inputs), ("output", outputs)):
        spoken |= _bodies(operation, section, shape, facts[section])
        for name, member in shape.members.items() if shape is not None else ():
            _elsewhere(section, shape, name, member, facts[section], path)
    if spoken:
        facts["protocol"] = "rest-xml"
    return facts


def _elsewhere(
    section: str,
    shape: Shape,
    name: str,
    member: Shape,
    into: dict[str, Any],
    path: str,
) -> None:
    where, wire = located(member), member.serialization.get("name", name)
    if where == "status":
        into[name] = {"in": "status"}
    if where not in ("path", "query", "header"):
        return
    said = _constraints(member if member.type_name != "list" else member.member)
    if section == "input" and name in shape.required_members:
        said["required"] = True
    if where != "path" or wire != "Bucket" or "/{Bucket}" not in path:
        said["in"] = where
    if where != "path" and wire != name:
        said["wire"] = wire
    into[name if where != "path" else wire] = said


def _bodies(
    operation: OperationModel, section: str, shape: Shape | None, into: dict[str, Any]
) -> bool:
    """The members of a body; True where it is XML."""
    held = payload_of(shape)
    if shape is None or is_payload_blob(shape):
        if held is not None:
            into[held] = {"type": "blob", "in": "payload"}
        return False
    top = shape.members[held] if held else shape
    inner = {
        member.serialization.get("name", name): _member(operation, name, member)
        for name, member in top.members.items()
        if (held or located(member) == "body")
        and not member.serialization.get("xmlAttribute")
    }
    required = set(top.required_members) if section == "input" else set()
    for name in required:
        tag = top.members[name].serialization.get("name", name)
        if tag in inner:
            inner[tag]["required"] = True
    versioned = re.match("/[0-9]{4}-[0-9]{2}-[0-9]{2}/", operation.http["requestUri"])
    if held and (section == "input" or versioned):
        tag = shape.members[held].serialization.get("name", held)
        into[tag] = {"type": "structure", "in": "payload", "members": inner}
    else:
        into.update(inner)
    return bool(inner)


def _member(operation: OperationModel, name: str, shape: Shape) -> dict[str, Any]:
    said = _typed(operation, shape, {}, False)
    said.pop("timestamp", None)
    return _joined(said, _tree(shape, shape.serialization.get("name", name), []))


def _joined(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    for word, value in other.items():
        if word in ("item", "key", "value") and word in one:
            _joined(one[word], value)
        else:
            one.setdefault(word, value)
    return one


def _tree(shape: Shape, tag: str, around: list[str]) -> dict[str, Any]:
    """What elements show: not whether the only child of one can be there twice."""
    kind, inside = shape.type_name, [*around, shape.name]
    if shape.name in around or kind == "map":
        return {}
    if kind == "structure":
        members = {
            m.serialization.get("name", n): m
            for n, m in shape.members.items()
            if not m.serialization.get("xmlAttribute")
        }
        if len(members) < 2:
            return {}
        return {
            "type": "structure",
            "members": {n: _tree(m, n, inside) for n, m in members.items()},
        }
    if kind == "list":
        name = shape.member.serialization.get("name", "member")
        if shape.serialization.get("flattened"):
            return {"type": "list", "item": _tree(shape.member, tag, inside)}
        told = name == "member" or tag in ("Items", name + "s", name[:-1] + "ies")
        return (
            {"type": "list", "item": _tree(shape.member, name, inside)} if told else {}
        )
    return {"type": _KINDS.get(kind, kind)}
