"""An operation's file to an operation of the model."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from specwright.model import Http, Operation, Shape
from specwright.resolve.bindings import check_input, check_output
from specwright.resolve.context import Context, Definitions
from specwright.resolve.cursor import Cursor
from specwright.resolve.errors import read_errors
from specwright.resolve.members import read_members
from specwright.resolve.pagination import read_pagination
from specwright.resolve.paths import read_template
from specwright.resolve.provenance import check_from


def read_operation(
    name: str, root: Cursor, shapes: Definitions, context: Context
) -> Operation:
    """The operation that a file describes."""
    context.findings.gathered += check_from(root, context.provenance)
    http = root.at("http")
    template = read_template(http.text("path") or "/")
    for problem in template.problems:
        context.findings.say("bad-path", problem, http.at("path").where)
    request, request_members = _parameters(root, "input", shapes, context)
    greedy = set(template.greedy)
    request = replace(
        request,
        members=tuple(
            replace(m, greedy=True) if m.location == "path" and m.wire in greedy else m
            for m in request.members
        ),
    )
    response, response_members = _parameters(root, "output", shapes, context)
    check_input(root, request_members, request.members, template, shapes, context)
    check_output(response_members, response.members, "an output", shapes, context)
    if root.has("waiters"):
        context.findings.say(
            "not-read-yet",
            "waiters are kept, and no client has them yet",
            root.at("waiters").name_where,
            severity="warning",
        )
    auth = [
        item.value for item in root.at("auth").items() if isinstance(item.value, str)
    ]
    return Operation(
        name=name,
        http=Http(
            method=http.text("method") or "POST",
            path=template.path,
            status=http.whole("status") or 200,
            query=template.query,
        ),
        input=request,
        output=response,
        errors=read_errors(root.at("errors"), shapes, context),
        pagination=read_pagination(
            root.at("pagination"), request, response, shapes, context
        ),
        doc=root.text("doc"),
        deprecated=root.text("deprecated"),
        host_prefix=root.text("host_prefix"),
        auth=tuple(auth) if root.has("auth") else None,
        checksum=root.mapping("checksum"),
        unsupported=root.text("unsupported"),
        file=context.file,
    )


def _parameters(
    root: Cursor,
    section: Literal["input", "output"],
    shapes: Definitions,
    context: Context,
) -> tuple[Shape, Cursor]:
    """The structure of an input or output, and where its members are defined."""
    cursor = root.at(section)
    name = cursor.text("ref")
    if name is None:
        members = read_members(cursor, context.in_section(section), bound=True)
        return Shape("structure", members=members, file=context.file), cursor
    found = shapes.get(name)
    empty = Shape("structure", file=context.file)
    if found is None:
        structures = [
            key for key, shape in shapes.items() if shape.shape.type == "structure"
        ]
        hint = (
            context.findings.guess(name, structures)
            or "define it under 'shapes', here or in shapes.yaml"
        )
        context.findings.say(
            "unknown-shape", f"there is no shape '{name}'", cursor.at("ref").where, hint
        )
        return empty, cursor
    if found.shape.type != "structure":
        context.findings.say(
            "not-a-structure",
            f"an {section} is a structure, and '{name}' is a {found.shape.type}",
            cursor.at("ref").where,
            related=((found.cursor.name_where, f"'{name}' is defined here"),),
        )
        return empty, cursor
    return found.shape, found.cursor.at("members")
