"""Prints operations as pages of the AWS API Reference, in the layouts that crawlers leave."""

from __future__ import annotations

import random
import re

from botocore.model import OperationModel, Shape
from tests.accuracy.printing import prose
from tests.accuracy.printing_html import web_page
from tests.accuracy.truth_api import (
    limit,
    printed,
    split,
    split_output,
    status_of,
    timestamp,
    words,
)

LAYOUTS = (
    "dashes",
    "glued",
    "one-line",
    "paragraphs",
    "mirror",
    "bare",
    "html",
    "markdown",
)


class ApiPage:
    """The page of an operation of a JSON or REST-JSON service."""

    def __init__(
        self, operation: OperationModel, rng: random.Random, layout: str | None = None
    ) -> None:
        self.operation, self.rng = operation, rng
        self.layout = layout or rng.choice(LAYOUTS)
        self.metadata = operation.service_model.metadata
        self.rest = self.metadata["protocol"] == "rest-json"
        if self.metadata["protocol"] not in ("json", "rest-json"):
            raise KeyError("protocol")
        self.parts = split(operation)
        self.lines: list[str] = []

    # -- pieces ---------------------------------------------------------------------------

    def __str__(self) -> str:
        if self.layout == "html":
            return web_page(
                self.operation, str(ApiPage(self.operation, self.rng, "bare"))
            )
        name = self.operation.name
        out = self.lines
        if self.layout == "mirror":
            out += [
                "KEMBAR78",
                f"{name} - {self.metadata['serviceFullName'].replace('AWS ', 'AWS ')}",
                "Accept cookies",
            ]
        out.append(name)
        if self.rng.random() < 0.5:
            out += ["", self._sentence()]
        out += ["", self._sentence()]
        syntax = self._request_syntax()
        if syntax:
            self._heading("Request Syntax")
            self._code(syntax)
        if self.rest:
            self._heading("URI Request Parameters")
            uri = [*self.parts["path"], *self.parts["query"], *self.parts["header"]]
            out.append(
                "The request uses the following URI parameters."
                if uri
                else "The request does not use any URI parameters."
            )
            for member in uri:
                self._item(member, self.operation.input_shape.members[member], uri=True)
            self._heading("Request Body")
            body = [*self.parts["body"], *self.parts["payload"]]
            blob = self._payload_blob(self.operation.input_shape)
            if not body:
                out.append("The request does not have a request body.")
            else:
                out.append(
                    "The request accepts the following "
                    + ("binary data." if blob else "data in JSON format.")
                )
            for member in body:
                self._item(member, self.operation.input_shape.members[member])
        else:
            self._heading("Request Parameters")
            out.append(
                "For information about the parameters that are common to all actions, see Common Parameters."
            )
            if self.parts["body"]:
                out += [
                    *self._gap(),
                    "The request accepts the following data in JSON format.",
                ]
            for member in self.parts["body"]:
                self._item(member, self.operation.input_shape.members[member])
        self._response()
        self._heading("Errors")
        out.append(
            "For information about the errors that are common to all actions, see Common Errors."
        )
        for error in self.operation.error_shapes:
            self._error(error)
        self._heading("See Also")
        out.append(
            "For more information about using this API in one of the language-specific AWS SDKs, see the following:"
        )
        separator = (
            "\n\n" if self.layout == "paragraphs" or (self.layout == "mirror") else "\n"
        )
        if separator == "\n\n":
            out = [line for line in out if line]
        return separator.join(out)

    def _gap(self) -> list[str]:
        return [""] if self.layout == "markdown" else []

    def _sentence(self) -> str:
        names = list(self.parts["body"])[:3] or ["Name"]
        text = prose(self.rng, names)
        if self.layout == "dashes":
            return re.sub(
                rf" ({'|'.join(map(re.escape, names))})(?=[ .])", r"\n\1\n", text
            )
        if self.layout == "glued":
            return re.sub(rf" ({'|'.join(map(re.escape, names))}) ", r" \1", text)
        if self.layout == "markdown":
            return re.sub(
                rf" ({'|'.join(map(re.escape, names))})(?=[ .])", r" `\1`", text
            )
        return text

    def _heading(self, text: str) -> None:
        self.lines += ["", f"## {text}", ""] if self.layout == "markdown" else [text]

    def _code(self, lines: list[str]) -> None:
        if self.layout == "dashes":
            text = "\n".join(line.strip() for line in lines)
            text = re.sub(r'"string"', '"string\n"', text)
            self.lines.append(re.sub(r"number,", "number\n,", text))
        elif self.layout in ("glued", "paragraphs", "mirror"):
            heads = [line for line in lines if not line.startswith((" ", "{", "}"))]
            if self.rng.random() < 0.3 and len(heads) < 3:
                self.lines.append(" ".join(" ".join(line.split()) for line in lines))
            else:
                rest = [line for line in lines if line not in heads]
                self.lines += [
                    *heads,
                    " ".join(" ".join(line.split()) for line in rest),
                ]
        elif self.layout == "markdown":
            self.lines += ["```", *lines, "```"]
        else:
            self.lines += (
                [line.strip() for line in lines] if self.layout == "bare" else lines
            )

    def _request_syntax(self) -> list[str]:
        shape = self.operation.input_shape
        lines = []
        if self.rest:
            uri = self.operation.http["requestUri"]
            path, _, fixed = uri.partition("?")
            for name in self.parts["path"]:
                wire = shape.members[name].serialization.get("name", name)
                path = path.replace("{" + wire + "}", name).replace(
                    "{" + wire + "+}", name + "+"
                )
            query = [fixed] if fixed else []
            query += [
                f"{shape.members[n].serialization.get('name', n)}={n}"
                for n in self.parts["query"]
            ]
            lines.append(
                f"{self.operation.http['method']} {path}{'?' + '&'.join(query) if query else ''} HTTP/1.1"
            )
            for name in self.parts["header"]:
                lines.append(
                    f"{shape.members[name].serialization.get('name', name)}: {name}"
                )
            if self.parts["body"]:
                lines.append("Content-type: application/json")
                lines += [""]
            if self._payload_blob(shape):
                return [*lines, "", self.parts["payload"][0]]
        names = [*self.parts["body"], *self.parts["payload"]]
        if names:
            lines += self._json({n: shape.members[n] for n in names})
        return lines

    def _payload_blob(self, shape: Shape | None) -> bool:
        name = shape.serialization.get("payload") if shape is not None else None
        return name is not None and shape.members[name].type_name in ("blob", "string")

    def _json(self, members: dict[str, Shape]) -> list[str]:
        lines = ["{"]
        for n, (name, member) in enumerate(members.items()):
            text = self._value(member, [], 3, name)
            lines.append(
                f'   "{printed(name, member)}": {text}'
                + ("," if n + 1 < len(members) else "")
            )
        lines.append("}")
        return "\n".join(lines).split("\n")

    def _value(self, shape: Shape, around: list[str], depth: int, name: str) -> str:
        kind, pad = shape.type_name, " " * depth
        if getattr(shape, "is_document_type", False):
            return "JSON value"
        if shape.name in around:
            return f'"{shape.name}"'
        inside = [*around, shape.name]
        if kind == "structure":
            rows = [
                f'{pad}   "{printed(n, m)}": {self._value(m, inside, depth + 3, n)}'
                for n, m in shape.members.items()
            ]
            return (
                "{ \n" + ",\n".join(rows) + f"\n{pad}}}" if rows else "{ \n" + pad + "}"
            )
        if kind == "list":
            return f"[ {self._value(shape.member, inside, depth + 3, name)} ]"
        if kind == "map":
            return f'{{ \n{pad}   "string" : {self._value(shape.value, inside, depth + 3, name)} \n{pad}}}'
        if kind == "timestamp":
            form = timestamp(self.operation, shape, "body")
            return "number" if form == "epoch-seconds" else '"string"'
        if kind in ("string", "character"):
            return '"string"'
        return kind if kind in ("boolean", "blob") else "number"

    def _response(self) -> None:
        shape = self.operation.output_shape
        out = self.lines
        parts = split_output(self.operation)
        status = self.operation.http.get("responseCode", 200)
        lines = []
        if self.rest:
            lines.append(
                f"HTTP/1.1 {parts['status'][0] if parts['status'] else status}"
            )
            for name in parts["header"]:
                lines.append(
                    f"{shape.members[name].serialization.get('name', name)}: {name}"
                )
        names = [*parts["body"], *parts["payload"]]
        if names and self.rest and not self._payload_blob(shape):
            lines += ["Content-type: application/json", ""]
        if self._payload_blob(shape):
            lines += ["", parts["payload"][0]]
        elif names:
            lines += self._json({n: shape.members[n] for n in names})
        if lines:
            self._heading("Response Syntax")
            self._code(lines)
        self._heading("Response Elements")
        said = [*parts["status"], *parts["header"], *names]
        if not said:
            out.append(
                f"If the action is successful, the service sends back an HTTP {status} response with an empty HTTP body."
            )
            return
        out.append(
            f"If the action is successful, the service sends back an HTTP {status} response."
        )
        if parts["header"]:
            out.append("The response returns the following HTTP headers.")
        for name in [*parts["status"], *parts["header"]]:
            self._item(name, shape.members[name], output=True)
        if self._payload_blob(shape):
            out.append("The response returns the following as the HTTP body.")
        elif names:
            out.append("The following data is returned in JSON format by the service.")
        for name in names:
            self._item(name, shape.members[name], output=True)

    # -- items ----------------------------------------------------------------------------

    def _item(
        self, name: str, shape: Shape, *, uri: bool = False, output: bool = False
    ) -> None:
        facts = self._facts(name, shape, uri=uri, output=output)
        name = name if uri else printed(name, shape)
        said = self._sentence() if self.rng.random() < 0.95 else ""
        match self.layout:
            case "dashes":
                self.lines += [f"- {name}", "-"]
                glue = bool(said) and self.rng.random() < 0.3
                rows = [
                    re.sub(r"^(Pattern|Valid Values): ", r"\1:\n", f) for f in facts
                ]
                if glue and rows:
                    rows[0] = said + rows[0]
                elif said:
                    rows.insert(0, said)
                self.lines += rows
            case "glued":
                self.lines += [f"- {name}", "-"]
                self.lines += [*([said] if said else []), *facts]
            case "one-line":
                text = ""
                for fact in facts:
                    if (
                        text.rpartition(" ")[0].endswith("Pattern:")
                        or "Pattern: " in text[-200:]
                    ):
                        text += self.rng.choice(["\n", "", " "]) + fact
                        continue
                    text += (" " if text else "") + fact
                self.lines += [f"- {name}", f"- {said} {text}".replace("  ", " ")]
            case "markdown":
                self.lines += [
                    "",
                    f" ** [{name}](#API_{self.operation.name}_RequestSyntax) **   ",
                ]
                self.lines += [*([said] if said else []), *[f + "  " for f in facts]]
            case _:
                self.lines += [name, *([said] if said else []), *facts]

    def _facts(self, name: str, shape: Shape, *, uri: bool, output: bool) -> list[str]:
        rows = []
        parent = self.operation.output_shape if output else self.operation.input_shape
        required = name in parent.required_members
        if not uri:
            rows.append(f"Type: {words(shape)}")
        target = shape
        if shape.type_name == "list":
            rows += limit("Array Members", shape, "number", " items")
            target = shape.member
            while target.type_name == "list":
                target = target.member
        elif shape.type_name == "map":
            rows += limit("Map Entries", shape, "number", " items")
            rows += [
                "Key " + row
                for row in limit("Length Constraints", shape.key, "length", "")
            ]
            if "pattern" in shape.key.metadata:
                rows.append(f"Key Pattern: {shape.key.metadata['pattern']}")
            if shape.value.type_name == "string":
                rows += [
                    "Value " + row
                    for row in limit("Length Constraints", shape.value, "length", "")
                ]
                if "pattern" in shape.value.metadata:
                    rows.append(f"Value Pattern: {shape.value.metadata['pattern']}")
        if target.type_name in ("string", "blob"):
            rows += limit("Length Constraints", target, "length", "")
            if "pattern" in target.metadata:
                rows.append(f"Pattern: {target.metadata['pattern']}")
            if target.type_name == "string" and target.enum:
                rows.append("Valid Values: " + " | ".join(dict.fromkeys(target.enum)))
        elif target.type_name in ("integer", "long", "float", "double"):
            rows += limit("Valid Range", target, "value", "")
        if getattr(shape, "is_tagged_union", False) and not uri:
            rows.append(
                "Note: This object is a Union. Only one member of this object can be specified or returned."
            )
        if not output and (not uri or required):
            rows.append(f"Required: {'Yes' if required else 'No'}")
        return rows

    def _error(self, error: Shape) -> None:
        status = status_of(error)
        if status is None:
            return
        said = prose(self.rng)
        inner = ["message", prose(self.rng)] if self.rng.random() < 0.2 else []
        row = f"HTTP Status Code: {status}"
        match self.layout:
            case "dashes" | "glued":
                self.lines += [
                    f"- {error.name}",
                    "-",
                    said,
                    *([f"- {inner[0]}", "-", inner[1]] if inner else []),
                    row,
                ]
            case "one-line":
                self.lines += [f"- {error.name}", f"- {said} {row}"]
            case "markdown":
                self.lines += ["", f" ** {error.name} **   ", said + "  ", row]
            case _:
                self.lines += [error.name, said, *inner, row]
