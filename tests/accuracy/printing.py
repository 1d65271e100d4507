"""Prints an operation of a botocore model as a page of each format, by the formats' grammars.

These printers know nothing of the readers. They print what the documentation's generators do,
in the layouts that crawlers leave; texts are made up.
"""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator
from typing import Any

from botocore.model import OperationModel, Shape, StructureShape

_WORDS = [
    "a",
    "filter",
    "that",
    "keeps",
    "resources",
    "which",
    "were",
    "made",
    "before",
    "the",
    "given",
    "time",
    "and",
    "are",
    "in",
    "use",
]


def prose(rng: random.Random, code: list[str] | None = None) -> str:
    """A sentence or two, sometimes with a name in the middle."""
    words = [rng.choice(_WORDS) for _ in range(rng.randint(4, 12))]
    if code and rng.random() < 0.5:
        words.insert(rng.randint(1, len(words)), rng.choice(code))
    return " ".join(words).capitalize() + "."


def fault_of(error: Shape) -> str:
    """Whose fault an error is: models say it, or give a status, or mean the caller's."""
    # botocore keeps the first of these out of a shape's metadata.
    stated = error._shape_model.get("fault")
    status = error.metadata.get("error", {}).get("httpStatusCode", 400)
    return "server" if stated or status >= 500 else "client"


class JsPage:
    """A command's page of the JavaScript SDK."""

    def __init__(self, operation: OperationModel, rng: random.Random) -> None:
        self.operation, self.rng = operation, rng
        self.named: set[str] = set()

    def __str__(self) -> str:
        name, service = (
            self.operation.name,
            self.operation.service_model.metadata["serviceId"],
        )
        client = "".join(w[:1].upper() + w[1:] for w in service.split(" "))
        package = service.lower().replace(" ", "-")
        lines = [f"{name}Command", prose(self.rng), "Example Syntax"]
        lines += [
            "Use a bare-bones client and the command you need to make an API call."
        ]
        lines += [
            f'import {{ {client}Client, {name}Command }} from "@aws-sdk/client-{package}"; // ES Modules import'
        ]
        lines += [
            f'// const {{ {client}Client, {name}Command }} = require("@aws-sdk/client-{package}"); // CommonJS import'
        ]
        if self.rng.random() < 0.5:
            lines += [
                f'// import type {{ {client}ClientConfig }} from "@aws-sdk/client-{package}";'
            ]
            lines += ["const config = {}; // type is " + client + "ClientConfig"]
        lines += [f"const client = new {client}Client(config);"]
        lines += self._root("const input = ", self.operation.input_shape)
        lines += [f"const command = new {name}Command(input);"]
        lines += ["const response = await client.send(command);"]
        streaming = self.operation.get_streaming_output()
        if streaming is not None:
            lines += [
                "// consume or destroy the stream to free the socket.",
                "const bytes = await response.Body.transformToByteArray();",
            ]
        lines += ["// " + line for line in self._root("", self.operation.output_shape)]
        lines += self._table("Input", self.operation.input_shape)
        lines += self._table("Output", self.operation.output_shape)
        lines += ["Throws", "Name | Fault | Details |", "---|---|---|"]
        for error in self.operation.error_shapes:
            lines.append(f"{error.name} | {fault_of(error)} | {prose(self.rng)} |")
        lines.append(
            f"{client}ServiceException | Base exception class for all service exceptions from {client} service. |"
        )
        return self._laid_out(lines)

    def _laid_out(self, lines: list[str]) -> str:
        style = self.rng.choice(
            ["plain", "plain", "paragraphs", "joined", "para-table"]
        )
        if style == "plain":
            return "\n".join(lines)
        if style == "paragraphs":
            return "\n\n".join(lines)
        if style == "para-table":
            out = []
            for line in lines:
                if line.endswith(" |") and "---" not in line:
                    cells = [c.strip() for c in line.rstrip("|").split(" | ")]
                    if len(cells) > 3:
                        cells[1:-1] = [" | ".join(cells[1:-1])]
                    name, *rest = cells
                    if name.endswith(" Required"):
                        out += [name.removesuffix(" Required"), "Required"]
                    else:
                        out.append(name)
                    out += rest
                elif "---" not in line:
                    out.append(line)
            return "\n".join(out)
        # Line breaks are lost between some lines of code.
        text = lines[0]
        for before, line in itertools.pairwise(lines):
            code = re.match(r"(//|const|import|.*[{,\[]$|.*required$)", before)
            aside = (
                "// ES" in before
                or "// CommonJS" in before
                or "type is" in before
                or "// import" in before
                or "// const" in before
            )
            glue = (
                " "
                if code
                and not aside
                and "//" not in line[3:]
                and "|" not in line
                and not line.startswith("const ")
                else "\n"
            )
            text += (glue if self.rng.random() < 0.3 else "\n") + line
        return text

    def _root(self, head: str, shape: StructureShape | None) -> list[str]:
        if shape is None:
            return [head + "{};"]
        if not shape.members:
            return (
                [f"{head}{{ // {shape.name}", "};"]
                if self.rng.random() < 0.5
                else [head + "{};"]
            )
        self.named.add(shape.name)
        lines = [f"{head}{{ // {shape.name}"]
        lines += list(self._members(shape, [shape.name]))
        return [*lines, "};"]

    def _members(self, shape: Shape, history: list[str]) -> Iterator[str]:
        for name, member in shape.members.items():
            required = name in shape.required_members
            key = name if re.fullmatch(r"\w+", name) else f'"{name}"'
            yield from self._value(f"{key}: ", member, history, required)

    def _value(
        self, head: str, shape: Shape, history: list[str], required: bool
    ) -> Iterator[str]:
        tail = " // required" if required else ""
        kind = shape.type_name
        if getattr(shape, "is_document_type", False):
            yield f'{head}"DOCUMENT_VALUE",{tail}'
        elif kind in ("structure", "list", "map"):
            yield from self._aggregate(head, shape, history, required)
        elif kind == "string" and shape.enum:
            yield head + " || ".join(
                f'"{v}"' for v in dict.fromkeys(shape.enum)
            ) + "," + tail
        elif kind == "blob":
            yield f'{head}new Uint8Array(), // e.g. Buffer.from("") or new TextEncoder().encode("")' + tail
        else:
            word = {
                "string": '"STRING_VALUE"',
                "character": '"STRING_VALUE"',
                "boolean": "true || false",
                "timestamp": 'new Date("TIMESTAMP")',
                "integer": 'Number("int")',
                "long": 'Number("long")',
                "float": 'Number("float")',
                "double": 'Number("double")',
                "short": 'Number("short")',
            }[kind]
            yield f"{head}{word},{tail}"

    def _aggregate(
        self, head: str, shape: Shape, history: list[str], required: bool
    ) -> Iterator[str]:
        if shape.name in history:
            yield f'{head}"<{shape.name}>",' + (
                " // required" if required and shape.type_name != "structure" else ""
            )
            return
        around = [*history, shape.name]
        union = getattr(shape, "is_tagged_union", False)
        fresh = shape.name not in self.named
        self.named.add(shape.name)
        note = f" // {shape.name}" if fresh else ""
        if union:
            note = (
                f" // {shape.name} Union: only one key present"
                if fresh
                else "//  Union: only one key present"
            )
        if required and shape.type_name != "structure":
            note += " // required"
        brackets = "[]" if shape.type_name == "list" else "{}"
        yield f"{head}{brackets[0]}{note}"
        if shape.type_name == "structure":
            yield from self._members(shape, around)
        elif shape.type_name == "list":
            yield from self._value("", shape.member, around, False)
        else:
            yield from self._value('"<keys>": ', shape.value, around, False)
        yield brackets[1] + ","

    def _table(self, which: str, shape: StructureShape | None) -> list[str]:
        lines = [
            f"{self.operation.name}Command {which}",
            "Parameter | Type | Description |",
            "---|---|---|",
        ]
        if which == "Output":
            lines.append(
                "$metadata Required | ResponseMetadata | Metadata pertaining to this request. |"
            )
        members = shape.members if shape is not None else {}
        required = set(shape.required_members) if shape is not None else set()
        for name in sorted(members, key=lambda n: (n not in required, n)):
            mark = " Required" if name in required else ""
            lines.append(
                f"{name}{mark} | {self._ts(members[name])} | undefined | {prose(self.rng)} |"
            )
        return lines

    def _ts(self, shape: Shape) -> str:
        kind = shape.type_name
        if kind == "list":
            return self._ts(shape.member) + "[]"
        if kind == "map":
            return f"Record<string, {self._ts(shape.value)}>"
        if kind == "structure" or (kind == "string" and shape.enum):
            return shape.name
        return {
            "boolean": "boolean",
            "timestamp": "Date",
            "blob": "Uint8Array",
            "string": "string",
            "character": "string",
        }.get(kind, "number")


def js_facts(operation: OperationModel) -> dict[str, Any]:
    """What a command's page says."""
    result: dict[str, Any] = {
        "service": operation.service_model.metadata["serviceId"],
        "operation": operation.name,
    }
    for section, shape in (
        ("input", operation.input_shape),
        ("output", operation.output_shape),
    ):
        result[section] = (
            _js_members(shape, [shape.name], top=True) if shape is not None else {}
        )
    result["errors"] = {e.name: {"fault": fault_of(e)} for e in operation.error_shapes}
    return result


def _js_members(
    shape: Shape, around: list[str], *, top: bool = False
) -> dict[str, Any]:
    result = {}
    for name, member in shape.members.items():
        said = _js_value(member, around)
        plain = member.type_name != "structure" or getattr(
            member, "is_document_type", False
        )
        if name in shape.required_members and (top or plain):
            said["required"] = True
        result[name] = said
    return result


def _js_value(shape: Shape, around: list[str]) -> dict[str, Any]:
    kind = shape.type_name
    if getattr(shape, "is_document_type", False):
        return {"type": "document"}
    if kind in ("structure", "list", "map") and shape.name in around:
        return {"ref": shape.name}
    inside = [*around, shape.name]
    if kind == "structure":
        union = getattr(shape, "is_tagged_union", False)
        return {
            "type": "union" if union else "structure",
            "members": _js_members(shape, inside),
        }
    if kind == "list":
        return {"type": "list", "item": _js_value(shape.member, inside)}
    if kind == "map":
        return {
            "type": "map",
            "key": {"type": "string"},
            "value": _js_value(shape.value, inside),
        }
    if kind == "string" and shape.enum:
        return {"type": "string", "enum": list(dict.fromkeys(shape.enum))}
    return {"type": "string" if kind == "character" else kind}
