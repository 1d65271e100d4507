"""Prints operations as methods of Dart packages of several ages, of JSON, form and XML services."""

from __future__ import annotations

import random
from typing import Any

from botocore.model import OperationModel, Shape
from tests.accuracy.printing_dart import _FORMS, _NO_LIMIT, _TIMES, dart_type, lower

AGES = ("new", "middle", "old")
_NUMBERS = ("integer", "long", "double", "float")
_WHERE = {
    "uri": "path",
    "querystring": "query",
    "header": "header",
    "headers": "header-map",
}
_KINDS = {
    **{
        kind: kind
        for kind in ("string", "integer", "double", "boolean", "timestamp", "blob")
    },
    "character": "string",
    "long": "integer",
    "short": "integer",
    "float": "double",
}


class DartMethod:
    """A method's page. Old packages check more, and fill their maps entry by entry."""

    def __init__(self, operation: OperationModel, rng: random.Random, age: str) -> None:
        self.operation, self.rng, self.age = operation, rng, age
        self.protocol = operation.service_model.metadata["protocol"]
        if self.protocol not in ("json", "rest-json", "query", "rest-xml"):
            raise KeyError("protocol")
        shape = operation.input_shape
        self.members = dict(shape.members) if shape is not None else {}
        self.required = set(shape.required_members) if shape is not None else set()
        if any(getattr(m, "is_document_type", False) for m in self.members.values()):
            raise KeyError("document")
        self.payload = shape.serialization.get("payload") if shape is not None else None

    def __str__(self) -> str:
        name = lower(self.operation.name)
        lines = [f"{name} method", "Does what it says."]
        lines += [f"May throw {error.name}." for error in self.operation.error_shapes]
        for member in self.members:
            lines += [f"Parameter {lower(member)} :", "It is what it is."]
        return "\n".join(
            [*lines, "Implementation", *self._signature(name), *self._body(), "}"]
        )

    def _signature(self, name: str) -> list[str]:
        out = (
            "void"
            if self.operation.output_shape is None
            else self.operation.output_shape.name
        )
        if not self.members:
            return [f"Future<{out}> {name}() async {{"]
        mark = "@_s.required" if self.age == "old" else "required"
        rows = []
        for member in sorted(self.members, key=lambda n: (n not in self.required, n)):
            kind = dart_type(self.members[member])
            if member in self.required:
                rows.append(f"{mark} {kind} {lower(member)},")
            else:
                rows.append(
                    f"{kind}{'' if self.age == 'old' else '?'} {lower(member)},"
                )
        return [f"Future<{out}> {name}({{", *rows, "}) async {"]

    def _body(self) -> list[str]:
        lines = [row for name in self.members for row in self._checks(name)]
        if self.protocol == "json":
            return lines + self._json()
        return lines + (self._form() if self.protocol == "query" else self._rest())

    def _checks(self, name: str) -> list[str]:
        shape, p = self.members[name], lower(name)
        rows = []
        if self.age != "new" and name in self.required:
            rows.append(f"ArgumentError.checkNotNull({p}, '{p}');")
        low, high = shape.metadata.get("min"), shape.metadata.get("max")
        ends = f"{low or 0}, {high if high is not None else _NO_LIMIT},"
        if shape.type_name in _NUMBERS and (low is not None or high is not None):
            rows.append(f"_s.validateNumRange('{p}', {p}, {ends} );")
        if shape.type_name == "string" and self.age == "old":
            if low is not None or high is not None:
                rows.append(f"_s.validateStringLength('{p}', {p}, {ends} );")
            if "pattern" in shape.metadata:
                rows.append(
                    f"_s.validateStringPattern('{p}', {p}, r'''{shape.metadata['pattern']}''', );"
                )
        return rows

    def _where(self, name: str) -> str:
        if not self.protocol.startswith("rest"):
            return "body"
        return _WHERE.get(self.members[name].serialization.get("location"), "body")

    def _wire(self, name: str) -> str:
        return str(self.members[name].serialization.get("name", name))

    def _value(self, name: str, p: str) -> str:
        shape, where = self.members[name], self._where(name)
        sent = "value" if self.age == "new" else "toValue()"
        if shape.type_name == "timestamp":
            call = f"_s.{_TIMES[time_format(shape, where, self.protocol)]}({p})"
            return call if where == "body" else f"{call}.toString()"
        if shape.type_name == "string" and shape.enum:
            return f"{p}.{sent}"
        if (
            shape.type_name == "list"
            and shape.member.type_name == "string"
            and shape.member.enum
        ):
            return f"{p}.map((e) => e.{sent}).toList()"
        plain = shape.type_name in ("string", "list") or where == "body"
        return p if plain else f"{p}.toString()"

    def _entries(self, names: list[str], *, listed: bool = False) -> list[str]:
        rows = []
        for name in names:
            value = self._value(name, lower(name))
            if listed and self.members[name].type_name != "list":
                value = f"[{value}]"
            guard = "" if name in self.required else f"if ({lower(name)} != null) "
            rows.append(f"{guard}'{self._wire(name)}': {value},")
        return rows

    def _json(self) -> list[str]:
        metadata = self.operation.service_model.metadata
        target = f"{metadata['targetPrefix']}.{self.operation.name}"
        lines = [
            "final headers = <String, String>{",
            f"'Content-Type': 'application/x-amz-json-{metadata['jsonVersion']}',",
            f"'X-Amz-Target': '{target}' }};",
            "final jsonResponse = await _protocol.send( method: 'POST', requestUri: '/',",
            "exceptionFnMap: _exceptionFns, headers: headers,",
            *(
                ["payload: {", *self._entries(list(self.members)), "},"]
                if self.members
                else []
            ),
            ");",
        ]
        return lines + self._returned("fromJson(jsonResponse.body)")

    def _form(self) -> list[str]:
        if self.age == "new":
            lines = ["final $request = <String, String>{"]
            for name in self.members:
                lines += self._flat(name)
            lines.append("};")
        else:
            lines = ["final $request = <String, dynamic>{};"]
            for name in self.members:
                put = f"$request['{self._wire(name)}'] = "
                if name in self.required:
                    lines.append(put + self._value(name, lower(name)) + ";")
                else:
                    value = self._value(name, "arg")
                    lines.append(f"{lower(name)}?.also((arg) => {put}{value});")
        lines += [
            f"final $result = await _protocol.send( $request, action: '{self.operation.name}',",
            "version: '2010-03-31', method: 'POST', requestUri: '/',",
            "exceptionFnMap: _exceptionFns, );",
        ]
        return lines + self._returned("fromXml($result)")

    def _flat(self, name: str) -> list[str]:
        shape, p, wire = self.members[name], lower(name), self._wire(name)
        guard = "" if name in self.required else f"if ({p} != null) "
        if shape.type_name == "list":
            inner = f"'{wire}.member.${{i1 + 1}}': {p}[i1],"
            if shape.member.type_name == "structure":
                inner = (
                    f"for (var e3 in {p}[i1].toQueryMap().entries) "
                    f"'{wire}.member.${{i1 + 1}}.${{e3.key}}': e3.value,"
                )
            loop = f"for (var i1 = 0; i1 < {p}.length; i1++)"
            return [f"{guard}if ({p}.isEmpty) '{wire}': '' else {loop} {inner}"]
        if shape.type_name in ("structure", "map"):
            loop = f"for (var e1 in {p}.toQueryMap().entries)"
            return [f"{guard}{loop} '{wire}.${{e1.key}}': e1.value,"]
        return [f"{guard}'{wire}': {self._value(name, p)},"]

    def _rest(self) -> list[str]:
        groups: dict[str, list[str]] = {}
        for name in self.members:
            groups.setdefault(self._where(name), []).append(name)
        lines = self._headers(groups.get("header", []), groups.get("header-map", []))
        query = [
            n for n in groups.get("query", []) if self.members[n].type_name != "map"
        ]
        if query:
            rows = self._entries(query, listed=True)
            lines += ["final $query = <String, List<String>>{", *rows, "};"]
        xml = self.protocol == "rest-xml"
        body = [n for n in groups.get("body", []) if n != self.payload]
        if body and not xml:
            lines += ["final $payload = <String, dynamic>{", *self._entries(body), "};"]
        uri = self._uri(groups.get("path", []))
        sent = "$payload" if body and not xml else "null"
        if self.payload is not None:
            sent = lower(self.payload)
            if xml and self.members[self.payload].type_name == "structure":
                sent += f"?.toXml('{self._wire(self.payload)}')"
        result = "$result" if xml else "response"
        lines += [
            f"final {result} = await _protocol.send( payload: {sent},",
            f"method: '{self.operation.http['method']}',",
            f"requestUri: '{uri}',",
            *(["queryParams: $query,"] if query else []),
            "exceptionFnMap: _exceptionFns, );",
        ]
        return lines + self._answer(result, xml)

    def _headers(self, names: list[str], maps: list[str]) -> list[str]:
        if not names and not maps:
            return []
        if self.age == "old":
            lines = ["final headers = <String, String>{};"]
            for name in names:
                put = f"headers['{self._wire(name)}'] = "
                value = self._value(name, lower(name) if name in self.required else "v")
                call = f"{put}{value};" if name in self.required else ""
                lines.append(call or f"{lower(name)}?.let((v) => {put}{value});")
            return lines
        spread = [
            f"if ({lower(n)} != null) ...{lower(n)}.map((key, value) => "
            f"MapEntry('{self._wire(n)}$key', value)),"
            for n in maps
        ]
        return [
            "final headers = <String, String>{",
            *self._entries(names),
            *spread,
            "};",
        ]

    def _uri(self, names: list[str]) -> str:
        uri = str(self.operation.http["requestUri"])
        for name in names:
            value, wire = self._value(name, lower(name)), self._wire(name)
            split = lower(name) + ".split('/').map(Uri.encodeComponent).join('/')"
            uri = uri.replace("{" + wire + "}", "${Uri.encodeComponent(" + value + ")}")
            uri = uri.replace("{" + wire + "+}", "${" + split + "}")
        return uri

    def _answer(self, result: str, xml: bool) -> list[str]:
        shape = self.operation.output_shape
        if shape is None:
            return []
        rows = []
        for name, member in shape.members.items():
            where, wire = member.serialization.get(
                "location"
            ), member.serialization.get("name", name)
            if where == "header":
                kind = {
                    "integer": "Int",
                    "long": "Int",
                    "timestamp": "DateTime",
                    "boolean": "Bool",
                }
                call = f"_s.extractHeader{kind.get(member.type_name, 'String')}Value"
                rows.append(f"{lower(name)}: {call}({result}.headers, '{wire}'),")
            elif where == "statusCode":
                rows.append(f"{lower(name)}: {result}.statusCode,")
            elif (
                shape.serialization.get("payload") == name
                and member.type_name == "blob"
            ):
                rows.append(f"{lower(name)}: await {result}.stream.toBytes(),")
        if rows:
            return [f"return {shape.name}(", *rows, ");"]
        return self._returned(f"from{'Xml' if xml else 'Json'}({result})")

    def _returned(self, call: str) -> list[str]:
        shape = self.operation.output_shape
        return [f"return {shape.name}.{call};"] if shape is not None else []


def time_format(shape: Shape, where: str, protocol: str) -> str:
    """How botocore names the format of a time."""
    body = "unixTimestamp" if protocol in ("json", "rest-json") else "iso8601"
    usual = {"header": "rfc822", "query": "iso8601", "path": "iso8601"}.get(where, body)
    return str(shape.serialization.get("timestampFormat") or usual)


def method_facts(method: DartMethod) -> dict[str, Any]:
    """What the input of a method's page says."""
    result: dict[str, Any] = {}
    for name, shape in method.members.items():
        where = method._where(name)
        if where == "query" and shape.type_name == "map":
            continue
        if where == "header-map" and method.age == "old":
            continue
        said = _typed(shape)
        if where != "body" or name == method.payload:
            said["in"] = "payload" if name == method.payload else where
        if name in method.required:
            said["required"] = True
        low, high = shape.metadata.get("min"), shape.metadata.get("max")
        if low is not None or high is not None:
            if shape.type_name in _NUMBERS:
                said["range"] = [low or 0, high]
            elif shape.type_name == "string" and method.age == "old":
                said["length"] = [low or 0, high]
        if shape.type_name == "timestamp":
            said["timestamp"] = _FORMS[time_format(shape, where, method.protocol)]
        if (
            shape.type_name == "string"
            and method.age == "old"
            and "pattern" in shape.metadata
        ):
            said["pattern"] = shape.metadata["pattern"]
        result[name] = said
    return result


def _typed(shape: Shape) -> dict[str, Any]:
    kind = shape.type_name
    if kind == "list":
        return {"type": "list", "item": _typed(shape.member)}
    if kind == "map":
        return {"type": "map", "key": {"type": "string"}, "value": _typed(shape.value)}
    return {"type": _KINDS.get(kind, "structure")}
