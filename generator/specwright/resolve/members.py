"""Members and shapes of a document to those of the model, and whether each fits its type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from specwright.model import (
    AGGREGATES,
    PRIMITIVES,
    Constraints,
    ErrorTrait,
    Location,
    Member,
    Shape,
    ShapeType,
    TimestampFormat,
)
from specwright.resolve.bindings import check_wire_names
from specwright.resolve.constraints import read_constraints
from specwright.resolve.context import UNKNOWN, Context
from specwright.resolve.cursor import Cursor
from specwright.resolve.defaults import check_default
from specwright.resolve.provenance import check_from

BUILTINS: Mapping[str, ShapeType] = {kind: kind for kind in PRIMITIVES | AGGREGATES}
LOCATIONS: Mapping[str, Location] = {
    "body": "body",
    "path": "path",
    "query": "query",
    "query-map": "query-map",
    "header": "header",
    "header-map": "header-map",
    "host": "host",
    "payload": "payload",
    "status": "status",
}
_FORMATS: Mapping[str, TimestampFormat] = {
    "iso8601": "iso8601",
    "epoch-seconds": "epoch-seconds",
    "http-date": "http-date",
}
_SHAPE_ONLY = (
    *("item", "key", "value", "members", "sparse"),
    *("streaming", "requires_length", "event_stream"),
)
_NEEDED: Mapping[str, tuple[str, ...]] = {
    "list": ("item",),
    "map": ("key", "value"),
    "structure": ("members",),
    "union": ("members",),
}


def read_shape(name: str, cursor: Cursor, context: Context) -> Shape:
    """The named shape that an entry of ``shapes`` defines."""
    _check_name(name, cursor, context)
    context.findings.gathered += check_from(cursor, context.provenance)
    context = context.inside(cursor)
    kind = BUILTINS.get(cursor.text("type") or "")
    shape = _inline(cursor, kind, context, bound=True)
    stated = read_constraints(cursor, kind, context)
    return replace(
        shape,
        name=name,
        constraints=shape.constraints.overridden_by(stated),
        timestamp=_FORMATS.get(cursor.text("timestamp") or ""),
        error=_error(cursor.at("error")) if cursor.has("error") else None,
        sensitive=cursor.flag("sensitive"),
        deprecated=cursor.text("deprecated"),
        media_type=cursor.text("media_type"),
        xml=cursor.mapping("xml"),
        doc=cursor.text("doc"),
    )


def read_members(
    cursor: Cursor, context: Context, *, bound: bool
) -> tuple[Member, ...]:
    """The members of a mapping. ``bound``: they may be bound to parts of a message."""
    members = tuple(
        read_member(name, inner, context, bound=bound)
        for name, inner in cursor.entries()
    )
    check_wire_names(cursor, members, context)
    return members


def read_member(
    name: str, cursor: Cursor, context: Context, *, bound: bool = False
) -> Member:
    """One member; ``item``, ``key`` and ``value`` of lists and maps are members too."""
    _check_name(name, cursor, context)
    if cursor.has("in") and not bound:
        context.findings.say(
            "misplaced-binding",
            "only members of inputs, outputs and errors are bound to parts of a message",
            cursor.at("in").name_where,
            "remove 'in': the member stands where the structure around it does",
        )
    context.findings.gathered += check_from(cursor, context.provenance)
    context = context.inside(cursor)
    target, kind = _target(cursor, context)
    constraints = read_constraints(cursor, kind, context)
    if isinstance(target, Shape) and constraints.enum:
        # Values that are listed in place make a type, as those of a named enum do.
        target = replace(target, constraints=Constraints(enum=constraints.enum))
    check_default(cursor, kind, context)
    return Member(
        name=name,
        target=target,
        wire=name if (wire := cursor.text("wire")) is None else wire,
        location=LOCATIONS.get(cursor.text("in") or "", "body"),
        required=cursor.flag("required"),
        constraints=constraints,
        timestamp=_FORMATS.get(cursor.text("timestamp") or ""),
        sensitive=cursor.flag("sensitive"),
        deprecated=cursor.text("deprecated"),
        idempotency_token=cursor.flag("idempotency_token"),
        media_type=cursor.text("media_type"),
        json_value=cursor.flag("json_value"),
        default=cursor.at("default").value,
        xml=cursor.mapping("xml"),
        query_name=cursor.text("query_name"),
        ec2_name=cursor.text("ec2_name"),
        event=cursor.mapping("event"),
        context=cursor.mapping("context"),
        host_label=cursor.flag("host_label"),
        doc=cursor.text("doc"),
    )


def _target(cursor: Cursor, context: Context) -> tuple[str | Shape, ShapeType | None]:
    """What a member holds and the type of that; an unknown type is reported and no type."""
    name = cursor.text("ref")
    if name is None:
        name = cursor.text("type")
        if name is not None and (kind := BUILTINS.get(name)) is not None:
            return _inline(cursor, kind, context), kind
    key = "ref" if cursor.text("ref") is not None else "type"
    if name is None:
        _inline(cursor, None, context)
        return UNKNOWN, None
    named = context.kinds.get(name)
    if named is None:
        known = [*context.kinds, *(BUILTINS if key == "type" else ())]
        context.findings.say(
            "unknown-shape",
            f"there is no shape '{name}'",
            cursor.at(key).where,
            context.findings.guess(name, known)
            or "define it under 'shapes', here or in shapes.yaml",
        )
        _inline(cursor, None, context)
        return UNKNOWN, None
    for misplaced in _SHAPE_ONLY:
        if cursor.has(misplaced):
            context.findings.say(
                "misplaced-key",
                f"'{misplaced}' is for the shape '{name}', not for a member that holds it",
                cursor.at(misplaced).name_where,
                f"move it to the definition of '{name}'",
            )
    return name, named


_NO_PAGE_SAYS = (
    "no page says what an error holds: complete it with 'ingest PAGE --complete-from botocore', "
    "or write 'members: {}'"
)


def _inline(
    cursor: Cursor, kind: ShapeType | None, context: Context, *, bound: bool = False
) -> Shape:
    """The shape that a mapping describes, without what its member or name adds."""
    for key in _NEEDED.get(kind or "", ()):
        if not cursor.has(key):
            context.findings.say(
                "missing-key",
                f"a {kind} needs '{key}'",
                cursor.name_where,
                (
                    _NO_PAGE_SAYS
                    if cursor.has("error")
                    else f"write what it holds: {key}: " + "{…}"
                ),
            )
    members = read_members(cursor.at("members"), context, bound=bound)
    if kind == "union":
        _check_union(cursor, members, context)
    parts = {
        key: read_member(key, inner, context) if isinstance(inner.value, dict) else None
        for key in ("item", "key", "value")
        for inner in [cursor.at(key)]
    }
    if parts["key"] is not None:
        _check_map_key(cursor.at("key"), parts["key"], context)
    label = context.provenance.label("union", "type") if kind == "union" else None
    return Shape(
        type=kind or "document",
        members=members,
        item=parts["item"],
        key=parts["key"],
        value=parts["value"],
        constraints=Constraints(sources={"union": label} if label else {}),
        sparse=cursor.flag("sparse"),
        streaming=cursor.flag("streaming"),
        requires_length=cursor.flag("requires_length"),
        event_stream=cursor.flag("event_stream"),
        file=context.file,
    )


def _check_union(cursor: Cursor, members: tuple[Member, ...], context: Context) -> None:
    inner = cursor.at("members")
    if isinstance(inner.value, dict) and not members:
        context.findings.say(
            "empty-union", "a union has at least one member", inner.name_where
        )
    for member in members:
        if member.required:
            context.findings.say(
                "required-in-union",
                f"'{member.name}' can't be required: one member of a union is set, whichever",
                inner.at(member.name).at("required").name_where,
                "remove 'required'",
            )


def _check_map_key(cursor: Cursor, member: Member, context: Context) -> None:
    kind = context.kind(member)
    if kind not in (None, "string"):
        context.findings.say(
            "map-key-not-string",
            f"the keys of a map are strings, and this is a {kind}",
            cursor.at("ref" if cursor.has("ref") else "type").where,
        )


def _check_name(name: str, cursor: Cursor, context: Context) -> None:
    """Names that look like something else than they are would mislead whoever reads them."""
    if not name.isprintable():
        shown = name.encode("unicode_escape").decode("ascii")
        context.findings.say(
            "bad-name",
            f"the name '{shown}' has characters that can't be seen",
            cursor.name_where,
            "write the name with letters, digits and signs that can be seen",
        )


def _error(cursor: Cursor) -> ErrorTrait:
    return ErrorTrait(
        fault="server" if cursor.text("fault") == "server" else "client",
        status=cursor.whole("status"),
        retryable=cursor.flag("retryable"),
        throttling=cursor.flag("throttling"),
        code=cursor.text("code"),
    )
