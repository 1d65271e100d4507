"""Prints operations as pages of methods of Dart's aws_client, and what those should say."""

from __future__ import annotations

import random
from typing import Any

from botocore.model import OperationModel, Shape
from tests.accuracy.printing import prose
from tests.accuracy.truth_api import split

_TYPES = {
    "string": "String",
    "character": "String",
    "integer": "int",
    "long": "int",
    "short": "int",
    "byte": "int",
    "float": "double",
    "double": "double",
    "boolean": "bool",
    "timestamp": "DateTime",
    "blob": "Uint8List",
}
_TIMES = {
    "iso8601": "iso8601ToJson",
    "unixTimestamp": "unixTimestampToJson",
    "rfc822": "rfc822ToJson",
}
_FORMS = {"iso8601": "iso8601", "unixTimestamp": "epoch-seconds", "rfc822": "http-date"}
_NO_LIMIT = 1152921504606846976


class DartPage:
    """The page of a method of a JSON or REST-JSON service."""

    def __init__(self, operation: OperationModel, rng: random.Random) -> None:
        self.operation, self.rng = operation, rng
        self.metadata = operation.service_model.metadata
        if self.metadata["protocol"] not in ("json", "rest-json"):
            raise KeyError("protocol")
        shape = operation.input_shape
        self.members = dict(shape.members) if shape is not None else {}
        self.required = set(shape.required_members) if shape is not None else set()
        self.parts = split(operation)

    def __str__(self) -> str:
        name = lower(self.operation.name)
        lines = [f"{name} method", prose(self.rng)]
        lines += [f"May throw {error.name}." for error in self.operation.error_shapes]
        for member in self.members:
            lines += [f"Parameter {lower(member)} :", prose(self.rng)]
        out = (
            f"{self.operation.name}Response"
            if self.operation.output_shape is not None
            else "void"
        )
        lines += ["Implementation"]
        names = sorted(self.members, key=lambda n: (n not in self.required, n))
        if names:
            lines += [
                f"Future<{out}> {name}({{",
                *(self._parameter(n) for n in names),
                "}) async {",
            ]
        else:
            lines += [f"Future<{out}> {name}() async {{"]
        for member in names:
            lines += self._check(member)
        lines += self._maps()
        lines += self._send()
        lines += [f"return {out}.fromJson(jsonResponse.body);"] if out != "void" else []
        text = "\n".join([*lines, "}"])
        style = self.rng.choice(["lines", "joined", "deep"])
        if style == "joined":
            head, _, code = text.partition("Implementation\n")
            return head + "Implementation\n" + " ".join(code.split("\n"))
        if style == "deep":
            head, _, code = text.partition("Implementation\n")
            return (
                head
                + "Implementation\n"
                + "\n".join("    " + line for line in code.split("\n"))
            )
        return text

    def _parameter(self, name: str) -> str:
        kind = dart_type(self.members[name])
        return (
            f"required {kind} {lower(name)},"
            if name in self.required
            else f"{kind}? {lower(name)},"
        )

    def _check(self, name: str) -> list[str]:
        shape = self.members[name]
        low, high = shape.metadata.get("min"), shape.metadata.get("max")
        if shape.type_name not in ("integer", "long", "double", "float") or (
            low is None and high is None
        ):
            return []
        limits = [
            str(low if low is not None else 0),
            str(high if high is not None else _NO_LIMIT),
        ]
        tail = ["isRequired: true,"] if name in self.required else []
        p = lower(name)
        return [
            "_s.validateNumRange(",
            f"'{p}',",
            f"{p},",
            f"{limits[0]},",
            f"{limits[1]},",
            *tail,
            ");",
        ]

    def _wire(self, name: str) -> str:
        return str(self.members[name].serialization.get("name", name))

    def _value(self, name: str, where: str) -> str:
        shape, p = self.members[name], lower(name)
        if shape.type_name == "timestamp":
            call = f"_s.{_TIMES[form(self.operation, shape, where)]}({p})"
            return call if where == "body" else f"{call}.toString()"
        if shape.type_name == "string" and shape.enum:
            return f"{p}.value"
        inner = shape
        while inner.type_name in ("list", "map"):
            inner = inner.member if inner.type_name == "list" else inner.value
        if inner is not shape and inner.type_name == "string" and inner.enum:
            return f"{p}.map((e) => e.value).toList()"
        if shape.type_name == "blob":
            return f"base64Encode({p})"
        if shape.metadata.get("idempotencyToken"):
            return f"{p} ?? _s.generateIdempotencyToken()"
        return (
            p if shape.type_name == "string" or where == "body" else f"{p}.toString()"
        )

    def _entries(self, names: list[str], where: str) -> list[str]:
        rows = []
        for name in names:
            value = self._value(name, where)
            if where == "query":
                value = (
                    value if self.members[name].type_name == "list" else f"[{value}]"
                )
            guard = (
                ""
                if name in self.required or "??" in value
                else f"if ({lower(name)} != null) "
            )
            rows.append(f"{guard}'{self._wire(name)}': {value},")
        return rows

    def _maps(self) -> list[str]:
        lines = []
        if self.metadata["protocol"] == "json":
            lines += [
                "final headers = <String, String>{",
                f"'Content-Type': 'application/x-amz-json-{self.metadata['jsonVersion']}',",
                f"'X-Amz-Target': '{self.metadata['targetPrefix']}.{self.operation.name}'",
                "};",
            ]
        elif self.parts["header"]:
            lines += [
                "final headers = <String, String>{",
                *self._entries(self.parts["header"], "header"),
                "};",
            ]
        if self.parts["query"]:
            lines += [
                "final $query = <String, List<String>>{",
                *self._entries(self.parts["query"], "query"),
                "};",
            ]
        if self.metadata["protocol"] == "rest-json" and self.parts["body"]:
            lines += [
                "final $payload = <String, dynamic>{",
                *self._entries(self.parts["body"], "body"),
                "};",
            ]
        return lines

    def _send(self) -> list[str]:
        http = self.operation.http
        uri = http["requestUri"]
        for name in self.parts["path"]:
            wire, p = self._wire(name), lower(name)
            value = (
                f"{p}.value"
                if self.members[name].type_name == "string" and self.members[name].enum
                else p
            )
            if self.members[name].type_name == "timestamp":
                call = _TIMES[form(self.operation, self.members[name], "path")]
                value = f"_s.{call}({p}).toString()"
            elif self.members[name].type_name != "string":
                value = f"{p}.toString()"
            uri = uri.replace("{" + wire + "}", "${Uri.encodeComponent(" + value + ")}")
            greedy = "${" + p + ".split('/').map(Uri.encodeComponent).join('/')}"
            uri = uri.replace("{" + wire + "+}", greedy)
        rest = self.metadata["protocol"] == "rest-json"
        lines = [
            "final jsonResponse = await _protocol.send(",
            f"method: '{http['method']}',",
            f"requestUri: '{uri}',",
            "exceptionFnMap: _exceptionFns,",
        ]
        if not rest:
            lines += [
                "headers: headers,",
                "payload: {",
                *self._entries(self.parts["body"], "body"),
                "},",
            ]
        else:
            payload = self.parts["payload"]
            lines.append(
                f"payload: {lower(payload[0]) if payload else '$payload' if self.parts['body'] else 'null'},"
            )
            lines += ["queryParams: $query,"] if self.parts["query"] else []
            lines += ["headers: headers,"] if self.parts["header"] else []
        return [*lines, ");"]


def lower(name: str) -> str:
    """A member's name as Dart has it."""
    return name[:1].lower() + name[1:]


def dart_type(shape: Shape) -> str:
    """The type of a member in Dart."""
    if getattr(shape, "is_document_type", False):
        return "Object"
    if shape.type_name == "list":
        return f"List<{dart_type(shape.member)}>"
    if shape.type_name == "map":
        return f"Map<{dart_type(shape.key)}, {dart_type(shape.value)}>"
    if shape.type_name == "structure" or (shape.type_name == "string" and shape.enum):
        return shape.name
    return _TYPES[shape.type_name]


def form(operation: OperationModel, shape: Shape, where: str) -> str:
    """How botocore names the format of a time."""
    stated = shape.serialization.get("timestampFormat")
    return str(
        stated or {"header": "rfc822", "query": "iso8601"}.get(where, "unixTimestamp")
    )


def dart_facts(operation: OperationModel) -> dict[str, Any]:
    """What a method's page says."""
    metadata = operation.service_model.metadata
    rest = metadata["protocol"] == "rest-json"
    result: dict[str, Any] = {"operation": operation.name, "http": {}, "input": {}}
    parts = split(operation)
    if not rest:
        result["protocol"] = "json"
    elif parts["body"] or operation.output_shape is not None:
        result["protocol"] = "rest-json"
    result["http"] = {
        "method": operation.http["method"],
        "path": operation.http["requestUri"],
    }
    shape = operation.input_shape
    for name, member in (shape.members if shape is not None else {}).items():
        where = next(key for key, names in parts.items() if name in names)
        said = _typed(member)
        if name in shape.required_members:
            said["required"] = True
        low, high = member.metadata.get("min"), member.metadata.get("max")
        if member.type_name in ("integer", "long", "double", "float") and (
            low is not None or high is not None
        ):
            said["range"] = [low if low is not None else 0, high]
        if where != "body":
            said["in"] = where
        if member.type_name == "timestamp":
            said["timestamp"] = _FORMS[form(operation, member, where)]
        wire = member.serialization.get("name", name)
        if wire != name and where in ("query", "header"):
            said["wire"] = wire
        result["input"][name] = said
    if operation.error_shapes:
        result["errors"] = {error.name: {} for error in operation.error_shapes}
    if operation.output_shape is None:
        result["output"] = {}
    return result


def _typed(shape: Shape) -> dict[str, Any]:
    kind = shape.type_name
    if getattr(shape, "is_document_type", False):
        return {}
    if kind == "list":
        return {"type": "list", "item": _typed(shape.member)}
    if kind == "map":
        return {"type": "map", "key": {"type": "string"}, "value": _typed(shape.value)}
    return {"type": "string" if kind == "character" else kind}
