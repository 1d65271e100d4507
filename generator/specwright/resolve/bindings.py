"""Bindings of members to the parts of an HTTP message: path, query, headers, host, payload."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from specwright.model import (
    PRIMITIVES,
    Location,
    Member,
    Shape,
    ShapeType,
    host_labels,
)
from specwright.resolve.context import Context, Definitions
from specwright.resolve.cursor import Cursor
from specwright.resolve.paths import Template

Members = tuple[Member, ...]

_SCALARS: frozenset[ShapeType] = PRIMITIVES - {"document", "blob"}
_LISTED: frozenset[ShapeType] = _SCALARS | {"list"}
_FITS: Mapping[Location, tuple[frozenset[ShapeType], str]] = {
    "path": (_SCALARS, "a path holds strings, numbers, booleans and timestamps"),
    "query": (
        _LISTED,
        "a query holds strings, numbers, booleans, timestamps and lists of them",
    ),
    "header": (
        _LISTED,
        "a header holds strings, numbers, booleans, timestamps and lists of them",
    ),
    "query-map": (
        frozenset({"map"}),
        "a query map is a map of strings, or of lists of strings",
    ),
    "header-map": (frozenset({"map"}), "a header map is a map of strings"),
    "host": (frozenset({"string"}), "a host holds strings"),
    "status": (frozenset({"short", "integer", "long"}), "a status is a whole number"),
    "payload": (
        frozenset({"structure", "union", "blob", "string", "document", "list", "map"}),
        "a payload is a structure, union, blob, string, document, list or map",
    ),
}
_REQUEST: frozenset[Location] = frozenset(
    {"body", "path", "query", "query-map", "header", "header-map", "host", "payload"}
)
_RESPONSE: frozenset[Location] = frozenset(
    {"body", "header", "header-map", "payload", "status"}
)
RESERVED_HEADERS = frozenset(
    {
        *("host", "transfer-encoding", "connection", "te", "upgrade", "trailer"),
        *("authorization", "x-amz-date", "x-amz-security-token"),
    }
)
"""Headers that frame, route or sign a request. Some APIs do bind Content-Length."""

_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+\Z")


def check_input(
    root: Cursor,
    cursor: Cursor,
    members: Members,
    template: Template,
    shapes: Definitions,
    context: Context,
) -> None:
    """Hold the members of an input against each other, the path and the host prefix."""
    _check_locations(cursor, members, _REQUEST, "an input", shapes, context)
    path = root.at("http").at("path")
    _check_labels(path, "path", template.labels, cursor, members, context)
    host = root.at("host_prefix")
    _check_labels(
        host,
        "host",
        host_labels(root.text("host_prefix") or ""),
        cursor,
        members,
        context,
    )
    fixed = {name for name, _ in template.query}
    for member in members:
        if member.location == "query" and member.wire in fixed:
            context.findings.say(
                "duplicate-wire-name",
                f"'{member.wire}' is in the path's own query string",
                cursor.at(member.name).name_where,
                related=((path.where, "the query string stands here"),),
            )
    method = root.at("http").text("method")
    in_body = [m for m in members if m.location in ("body", "payload")]
    if context.is_rest and method in ("GET", "HEAD") and in_body:
        context.findings.say(
            "body-on-get",
            f"a {method} request has no body, and '{in_body[0].name}' stands there",
            cursor.at(in_body[0].name).name_where,
            "bind it with 'in: query', or as the API documents it",
            severity="warning",
        )


def check_output(
    cursor: Cursor, members: Members, what: str, shapes: Definitions, context: Context
) -> None:
    """Hold the members of an output or an error against each other."""
    _check_locations(cursor, members, _RESPONSE, what, shapes, context)


def check_wire_names(cursor: Cursor, members: Members, context: Context) -> None:
    """Report members of one structure that have one name in one part of a message."""
    seen: dict[tuple[str, object, str], Member] = {}
    for member in members:
        if member.location in ("payload", "status"):
            continue
        name = member.wire.casefold() if "header" in member.location else member.wire
        key = (member.location, member.xml.get("attribute", False), name)
        first = seen.setdefault(key, member)
        if first is not member:
            # An old member may share its name with the one that replaces it: one of them is set.
            replaced = member.deprecated is not None or first.deprecated is not None
            context.findings.say(
                "duplicate-wire-name",
                f"'{member.name}' and '{first.name}' are both called '{member.wire}' in messages",
                cursor.at(member.name).name_where,
                severity="warning" if replaced else "error",
                related=(
                    (cursor.at(first.name).name_where, f"'{first.name}' stands here"),
                ),
            )


def _check_locations(
    cursor: Cursor,
    members: Members,
    possible: frozenset[Location],
    what: str,
    shapes: Definitions,
    context: Context,
) -> None:
    for member in members:
        inner = cursor.at(member.name).at("in")
        if member.location not in possible:
            context.findings.say(
                "misplaced-binding",
                f"a member of {what} can't be in the {member.location}",
                inner.where,
                "one of: " + ", ".join(sorted(possible)),
            )
        elif not context.is_rest and member.location not in ("body", "host"):
            context.findings.say(
                "ignored-binding",
                f"the protocol '{context.protocol}' sends every member in the body",
                inner.where,
                "remove 'in'",
                severity="warning",
            )
        elif (fits := _FITS.get(member.location)) and not _can_stand(
            member, shapes, context
        ):
            context.findings.say(
                "unbindable-type",
                f"a {context.kind(member)} like '{member.name}' can't be in the {member.location}",
                inner.where,
                fits[1],
            )
        _check_header(cursor.at(member.name), member, possible is _REQUEST, context)
    _check_payload(cursor, members, context)


def _check_header(
    cursor: Cursor, member: Member, in_request: bool, context: Context
) -> None:
    if "header" not in member.location:
        return
    where = cursor.at("wire").where if cursor.has("wire") else cursor.name_where
    whole = member.location == "header"
    name = member.wire.casefold()
    # An empty prefix is that of all headers.
    if not _HEADER_NAME.match(member.wire) and (name or whole):
        context.findings.say(
            "bad-header-name",
            f"'{member.wire}' can't be the name of a header",
            where,
            "write its name in messages: 'wire: X-Name'",
        )
    elif in_request and any(
        name == kept if whole else name and kept.startswith(name)
        for kept in RESERVED_HEADERS
    ):
        context.findings.say(
            "reserved-header",
            f"'{member.wire}' frames, routes or signs a request: no member can set it",
            where,
            "remove the member, or correct its name in messages with 'wire'",
        )


def _check_payload(cursor: Cursor, members: Members, context: Context) -> None:
    counts = Counter(member.location for member in members)
    first: dict[Location, Member] = {}
    for member in members:
        kept = first.setdefault(member.location, member)
        if member.location in ("payload", "status") and kept is not member:
            context.findings.say(
                f"several-{'payloads' if member.location == 'payload' else 'statuses'}",
                f"'{member.name}' is the {member.location}, and '{kept.name}' is already",
                cursor.at(member.name).at("in").where,
                related=(
                    (cursor.at(kept.name).name_where, f"'{kept.name}' stands here"),
                ),
            )
    if counts["payload"] and counts["body"]:
        context.findings.say(
            "payload-and-body",
            f"'{first['payload'].name}' is the whole body, and '{first['body'].name}' is in it too",
            cursor.at(first["body"].name).name_where,
            "bind it to something else with 'in'",
            related=(
                (
                    cursor.at(first["payload"].name).name_where,
                    "the payload stands here",
                ),
            ),
        )


def _check_labels(
    template: Cursor,
    location: Location,
    labels: tuple[str, ...],
    cursor: Cursor,
    members: Members,
    context: Context,
) -> None:
    # Labels of a path are names in messages; those of a host are names of members.
    bound = {
        member.name if location == "host" else member.wire: member
        for member in members
        if member.location == location or (location == "host" and member.host_label)
    }
    for label in dict.fromkeys(labels):
        member = bound.get(label)
        if member is None:
            same = next(
                (m for m in members if m.wire == label or m.name == label), None
            )
            hint = context.findings.guess(label, bound)
            if same is not None:
                key = "host_label: true" if location == "host" else f"in: {location}"
                hint = f"write '{key}' at '{same.name}'"
            context.findings.say(
                "label-without-member",
                f"no input member fills the label '{{{label}}}'",
                template.where,
                hint or f"add a required member '{label}' with 'in: {location}'",
            )
        elif not member.required:
            context.findings.say(
                "label-not-required",
                f"'{member.name}' fills the label '{{{label}}}' and is not required",
                cursor.at(member.name).name_where,
                "write 'required: true'",
                related=((template.where, "the label stands here"),),
            )
    for wire, member in bound.items():
        # A host label says nothing where an operation has no host prefix.
        if wire not in labels and member.location == location:
            where = "the host prefix" if location == "host" else "the path"
            context.findings.say(
                "member-without-label",
                f"'{member.name}' is in {where}, which has no label '{{{wire}}}'",
                cursor.at(member.name).name_where,
                context.findings.guess(wire, labels)
                or f"write '{{{wire}}}' into {where}",
            )


def _can_stand(member: Member, shapes: Definitions, context: Context) -> bool:
    """True where the member's type can be bound to its location, or is unknown."""
    kind = context.kind(member)
    fits = _FITS[member.location][0]
    if kind is None:
        return True
    if kind not in fits:
        return False
    target = member.target
    if isinstance(target, str):
        target = shapes[target].shape if target in shapes else Shape("document")
    if member.location in ("query", "header") and target.item is not None:
        return context.kind(target.item) in (None, *_SCALARS)
    if member.location in ("query-map", "header-map") and target.value is not None:
        return _holds_texts(target.value, member.location, shapes, context)
    return True


def _holds_texts(
    value: Member, location: Location, shapes: Definitions, context: Context
) -> bool:
    kind = context.kind(value)
    if kind != "list" or location == "header-map":
        return kind in (None, "string")
    target = (
        shapes[value.target].shape if isinstance(value.target, str) else value.target
    )
    return target.item is None or context.kind(target.item) in (None, "string")
