"""An operation's file to an operation of the model."""

from __future__ import annotations

from collections.abc import Mapping
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
from specwright.resolve.routing import read_last_parts, read_routing
from specwright.resolve.service import read_auth
from specwright.resolve.waiters import read_waiters

_DISCOVERY: Mapping[str, Literal["required", "optional"]] = {
    "optional": "optional",
    "required": "required",
}


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
        routing=read_routing(root.at("routing"), request, context),
        last_parts=read_last_parts(root.at("last_parts"), request, context),
        auth=read_auth(root),
        checksum=root.mapping("checksum"),
        unsupported=root.text("unsupported"),
        has_input=root.has("input"),
        has_output=root.has("output"),
        unsigned_payload=root.flag("unsigned_payload"),
        compression=tuple(str(item.value) for item in root.at("compression").items()),
        context=root.mapping("context"),
        endpoint_discovery=_DISCOVERY.get(root.text("endpoint_discovery") or ""),
        endpoint_operation=root.flag("endpoint_operation"),
        idempotent=root.flag("idempotent"),
        readonly=root.flag("readonly"),
        input_xml=root.mapping("input_xml"),
        result_wrapper=root.text("result_wrapper"),
        waiters=read_waiters(root.at("waiters"), request, response, shapes, context),
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
