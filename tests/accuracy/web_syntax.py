"""Syntax blocks and printed names of web pages of the AWS API Reference."""

from __future__ import annotations

import re

from botocore.model import OperationModel, Shape

_WORDS = {"character": "string"}


def located(shape: Shape) -> str:
    """Where a member goes, in the words of specs."""
    where = shape.serialization.get("location")
    known = {
        "uri": "path",
        "querystring": "query",
        "headers": "headers",
        "statusCode": "status",
    }
    return known.get(where, where or "body")


def payload_of(shape: Shape | None) -> str | None:
    """The member that is the whole body."""
    return shape.serialization.get("payload") if shape is not None else None


def is_payload_blob(shape: Shape | None) -> bool:
    """True where the body is bytes or a text."""
    held = payload_of(shape)
    return held is not None and shape.members[held].type_name in ("blob", "string")


def _emphasised(word: str) -> str:
    return f'<i class="replaceable">{word}</i>'


class Syntax:
    """What an operation's syntax blocks print."""

    def __init__(self, operation: OperationModel) -> None:
        self.operation = operation
        metadata = operation.service_model.metadata
        self.rest = metadata["protocol"].startswith("rest")
        self.xml = metadata["protocol"] == "rest-xml"
        self.ec2 = metadata["protocol"] == "ec2"

    # -- names ----------------------------------------------------------------------------

    def name(self, name: str, shape: Shape) -> str:
        """A member's name in bodies."""
        known = shape.serialization.get("name", name)
        return name if shape.serialization.get("location") else str(known)

    def uri_name(self, name: str, shape: Shape) -> str:
        """A member's name among URI parameters."""
        return str(shape.serialization.get("name", name)) if self.xml else name

    def form_name(self, name: str, shape: Shape) -> str:
        """A member's name among the parameters of a form."""
        said = shape.serialization
        if self.ec2:
            wire = said.get("name", name)
            printed = said.get("queryName") or wire[:1].upper() + wire[1:]
            return printed + (".N" if shape.type_name == "list" else "")
        return self.answer_name(name, shape)

    def answer_name(self, name: str, shape: Shape) -> str:
        """A member's name among the elements of an answer to a form."""
        said = shape.serialization
        wire = str(said.get("name", name))
        if self.ec2:
            return wire
        if shape.type_name == "list":
            inner = shape.member.serialization.get("name")
            return (
                f"{inner or wire}.N"
                if said.get("flattened")
                else f"{wire}.{inner or 'member'}.N"
            )
        return f"{wire}.entry.N" if shape.type_name == "map" else wire

    # -- blocks ---------------------------------------------------------------------------

    def request(self) -> str:
        """The block of a request."""
        shape = self.operation.input_shape
        members = dict(shape.members) if shape is not None else {}
        body = {
            n: m for n, m in members.items() if not self.rest or located(m) == "body"
        }
        if not self.rest:
            return self._json(body, request=True) if body else ""
        text = "\n".join(self._first_lines(members))
        if is_payload_blob(shape):
            return f"{text}\n\n{_emphasised(payload_of(shape) or '')}"
        if not body:
            return text
        if self.xml:
            return text + self._xml(shape, self.request_root(), request=True)
        return f"{text}\nContent-type: application/json\n\n{self._json(body, request=True)}"

    def _first_lines(self, members: dict[str, Shape]) -> list[str]:
        path, _, fixed = self.operation.http["requestUri"].partition("?")
        lines = []
        bucket = self.xml and "/{Bucket}" in path
        if bucket:
            path = path.replace("/{Bucket}", "") or "/"
            lines.append(f"Host: {_emphasised('Bucket')}.s3.amazonaws.com")
        query = [fixed] if fixed else []
        for name, shape in members.items():
            wire = shape.serialization.get("name", name)
            if located(shape) == "path":
                label = _emphasised(self.uri_name(name, shape))
                path = path.replace("{" + wire + "}", label).replace(
                    "{" + wire + "+}", label + "+"
                )
            elif located(shape) == "query":
                query.append(f"{wire}={_emphasised(name)}")
            elif located(shape) == "header":
                lines.append(f"{wire}: {_emphasised(name)}")
        asked = "?" + "&amp;".join(query) if query else ""
        return [f"{self.operation.http['method']} {path}{asked} HTTP/1.1", *lines]

    def response(self) -> str:
        """The block of an answer."""
        shape = self.operation.output_shape
        members = dict(shape.members) if shape is not None else {}
        body = {
            n: m for n, m in members.items() if not self.rest or located(m) == "body"
        }
        if not self.rest:
            return self._json(body, request=False) if body else ""
        code = self.operation.http.get("responseCode", 200)
        code = next((n for n, m in members.items() if located(m) == "status"), code)
        lines = [f"HTTP/1.1 {code}"]
        lines += [
            f"{m.serialization.get('name', n)}: {n}"
            for n, m in members.items()
            if located(m) == "header"
        ]
        text = "\n".join(lines)
        if is_payload_blob(shape):
            return f"{text}\n\n{payload_of(shape)}"
        if not body:
            return text
        if self.xml:
            return text + self._xml(shape, self.response_root(), request=False)
        return f"{text}\nContent-type: application/json\n\n{self._json(body, request=False)}"

    def request_root(self) -> str:
        """The root element of a request's body."""
        shape = self.operation.input_shape
        held = payload_of(shape)
        name = shape.members[held].serialization.get("name", held) if held else None
        return (
            name or shape.serialization.get("name") or f"{self.operation.name}Request"
        )

    def response_root(self) -> str:
        """The root element of an answer's body."""
        shape = self.operation.output_shape
        held = payload_of(shape)
        if held:
            return str(shape.members[held].serialization.get("name", held))
        return f"{self.operation.name}Result"

    def _json(self, members: dict[str, Shape], *, request: bool) -> str:
        rows = [
            f'   "{self.name(n, m)}": {self._value(m, [], 3, request)}'
            for n, m in members.items()
        ]
        return "{\n" + ",\n".join(rows) + "\n}"

    def _value(self, shape: Shape, around: list[str], depth: int, request: bool) -> str:
        kind, pad = shape.type_name, " " * depth
        mark = _emphasised if request else str
        if getattr(shape, "is_document_type", False):
            return mark("JSON value")
        if shape.name in around:
            return f'"{mark(shape.name)}"'
        inside = [*around, shape.name]
        if kind == "structure":
            rows = [
                f'{pad}   "{self.name(n, m)}": {self._value(m, inside, depth + 3, request)}'
                for n, m in shape.members.items()
            ]
            return "{ \n" + ",\n".join(rows) + f"\n{pad}}}"
        if kind == "list":
            return f"[ {self._value(shape.member, inside, depth + 3, request)} ]"
        if kind == "map":
            value = self._value(shape.value, inside, depth + 3, request)
            return f'{{ \n{pad}   "{mark("string")}" : {value} \n{pad}}}'
        if kind == "timestamp":
            form = shape.serialization.get("timestampFormat", "unixTimestamp")
            return mark("number") if form == "unixTimestamp" else f'"{mark("string")}"'
        if kind in ("string", "character"):
            return f'"{mark("string")}"'
        return mark(kind) if kind in ("boolean", "blob") else mark("number")

    def _xml(self, shape: Shape, root: str, *, request: bool) -> str:
        held = payload_of(shape)
        top = shape.members[held] if held else shape
        inner = "".join(
            self._element(m, [], 3, m.serialization.get("name", n), request)
            for n, m in (top.members.items() if top.type_name == "structure" else ())
            if held or located(m) == "body"
        )
        head = '\n&lt;?xml version="1.0" encoding="UTF-8"?&gt;\n'
        return f"{head}&lt;{root}&gt;\n{inner}&lt;/{root}&gt;"

    def _element(
        self, shape: Shape, around: list[str], depth: int, tag: str, request: bool
    ) -> str:
        pad, kind = " " * depth, shape.type_name
        mark = _emphasised if request else str
        if shape.name in around or kind == "map":
            return f"{pad}&lt;{tag}&gt;...&lt;/{tag}&gt;\n"
        inside = [*around, shape.name]
        if kind == "list" and shape.serialization.get("flattened"):
            return (
                self._element(shape.member, inside, depth, tag, request) + f"{pad}...\n"
            )
        if kind == "list":
            name = shape.member.serialization.get("name", "member")
            inner = self._element(shape.member, inside, depth + 3, name, request)
        elif kind == "structure":
            inner = "".join(
                self._element(
                    m, inside, depth + 3, m.serialization.get("name", n), request
                )
                for n, m in shape.members.items()
                if not m.serialization.get("xmlAttribute")
            )
        else:
            return f"{pad}&lt;{tag}&gt;{mark(_WORDS.get(kind, kind))}&lt;/{tag}&gt;\n"
        return f"{pad}&lt;{tag}&gt;\n{inner}{pad}&lt;/{tag}&gt;\n"


def plain(name: str) -> str:
    """A name without the decoration that forms print."""
    return re.sub(r"\.N$", "", name).partition(".")[0]
