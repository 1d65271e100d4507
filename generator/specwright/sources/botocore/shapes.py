"""Shapes and members of a model to those of a spec."""

from __future__ import annotations

from collections.abc import Mapping

from specwright.sources.botocore.limits import NUMBERS, constraints
from specwright.sources.botocore.model import PARTS, SCALARS
from specwright.sources.botocore.prose import plain_text
from specwright.sources.botocore.report import Path
from specwright.sources.botocore.scope import Scope
from specwright.sources.botocore.values import (
    Json,
    Spec,
    entries,
    flag,
    mapping,
    plain,
    status_of,
    text,
    texts,
)

_NOT_RENAMED = "in this protocol, members are called as they are in the model"
BUILTINS = frozenset(
    {*SCALARS.values(), "document", "list", "map", "structure", "union"}
)

_LOCATIONS: Mapping[str, str] = {
    "header": "header",
    "headers": "header-map",
    "querystring": "query",
    "statusCode": "status",
    "uri": "path",
}
# Where members of a section can't stand: they are in its body, under their own names.
_MISPLACED: Mapping[str, frozenset[str]] = {
    "input": frozenset({"statusCode"}),
    "output": frozenset({"uri", "querystring"}),
}
_TIMESTAMPS: Mapping[str, str] = {
    "iso8601": "iso8601",
    "rfc822": "http-date",
    "unixTimestamp": "epoch-seconds",
}
_PART_NAMES: Mapping[str, str] = {"member": "item", "key": "key", "value": "value"}


def write_shape(name: str, scope: Scope) -> Spec:
    """The entry of ``shapes`` for a shape of the model."""
    shape, path = scope.model.shapes[name], ("shapes", name)
    kind = scope.written(shape)
    scope.check_keys(shape, key_kind(shape), path)
    result: Spec = {"type": kind}
    if name in scope.model.errors and kind == "structure":
        result["error"] = _error(name, shape, path, scope)
    result |= prose(shape, scope)
    result |= deprecation(shape)
    if (stated := text(shape, "timestampFormat")) is not None:
        result |= _timestamp(stated, path, scope)
    result |= constraints(shape, kind, path, scope)
    result |= _flags(shape, ("sensitive", "sparse", "streaming"))
    # No model of botocore's own says these two; models written from Smithy do.
    if flag(shape, "uniqueItems") and kind == "list":
        result["unique"] = True
    if kind in ("string", "blob") and (media := text(shape, "mediaType")) is not None:
        result["media_type"] = media
    if flag(shape, "requiresLength"):
        result["requires_length"] = True
    if flag(shape, "eventstream"):
        result["event_stream"] = True
    if xml := _xml(shape, path, scope):
        result["xml"] = xml
    for part in PARTS:
        if (inner := mapping(shape, part)) and text(shape, "type") in ("list", "map"):
            at = (*path, part)
            result[_PART_NAMES[part]] = _part(inner, at, scope)
    if kind in ("structure", "union"):
        result["members"] = write_members(name, scope)
    elif kind == "document" and mapping(shape, "members"):
        reason = f"the document '{name}' has members"
        scope.say("unsupported", path, reason)
    return result


def is_misplaced(member: Json, section: str) -> bool:
    """Whether a member's place is one that messages of a section don't have."""
    return text(member, "location") in _MISPLACED.get(section, frozenset())


def write_members(name: str, scope: Scope, section: str = "") -> Spec:
    """The members of a structure or union, in the model's order, as a section has them."""
    shape = scope.model.shapes[name]
    required = set(texts(shape, "required"))
    payload = text(shape, "payload")
    members: Spec = {}
    for key, member in entries(mapping(shape, "members")):
        at: Path = ("shapes", name, "members", key)
        if is_misplaced(member, section):
            dropped = ("location", "locationName")
            member = {k: v for k, v in member.items() if k not in dropped}
        if payload not in (None, key) and text(member, "location") is None:
            # The payload is the whole body, so no message ever has this member.
            scope.say("unknown", at, f"'{key}' stands beside the payload '{payload}'")
            continue
        written = _member(key, member, at, scope)
        # One member of a union is set, whichever: none of them can be required.
        if key in required and scope.written(shape) != "union":
            written["required"] = True
        if key == payload and "in" not in written:
            written["in"] = "payload"
            in_xml = text(scope.model.metadata, "protocol") == "rest-xml"
            if in_xml and text(member, "locationName") == key:
                # Without a name of its own the root is called like its shape.
                written["xml"] = {"name": key, **mapping(written, "xml")}
        if written.get("in") == "path" and "required" not in written:
            written["required"] = True
        members[key] = written
    return members


def _member(name: str, member: Json, path: Path, scope: Scope) -> Spec:
    result = _part(member, path, scope, named=name)
    location = text(member, "location")
    if location is not None and location not in _LOCATIONS:
        scope.say("unsupported", (*path, "location"), f"'{name}' in '{location}'")
    elif location is not None:
        result["in"] = _LOCATIONS[location]
        if location == "headers" and "locationName" not in member:
            # Every header has the empty prefix.
            result["wire"] = ""
        if result["in"] == "query" and _target_type(member, scope) == "map":
            result["in"] = "query-map"
    return result


def _target_type(member: Json, scope: Scope) -> str | None:
    return text(scope.model.shapes[text(member, "shape") or ""], "type")


def _part(member: Json, path: Path, scope: Scope, *, named: str | None = None) -> Spec:
    """A member, or with no name an item, key or value."""
    target = text(member, "shape") or ""
    shape = scope.model.shapes[target]
    kind = scope.written(shape)
    scope.check_keys(member, "member", path)
    result: Spec = {}
    if flag(member, "streaming") and kind == "blob":
        # Only blobs can be told to be streams, so the member says all that its shape does.
        result |= {"type": kind, "streaming": True}
        result |= constraints(shape, kind, ("shapes", target), scope)
        result |= _flags(shape, ("sensitive",))
    elif scope.is_inlined(target):
        result["type"] = kind
    else:
        result["ref" if target in BUILTINS else "type"] = target
        if flag(member, "streaming") and not flag(shape, "eventstream"):
            scope.say("unsupported", path, f"'{target}' is streamed, and is no blob")
    result |= prose(member, scope)
    if scope.docs and "doc" not in result and scope.is_inlined(target):
        result |= prose(shape, scope)
    result |= deprecation(member)
    wire = member.get("locationName")
    xml = _xml({k: v for k, v in member.items() if k != "locationName"}, path, scope)
    if isinstance(wire, str) and (wire or text(member, "location") == "headers"):
        if scope.renames_nothing:
            scope.say("dropped", (*path, "locationName"), _NOT_RENAMED)
        elif named is None:
            xml = {"name": wire, **xml}
        elif wire != named:
            result["wire"] = wire
    if flag(member, "xmlAttribute"):
        xml["attribute"] = True
    if (stated := text(member, "timestampFormat")) is not None:
        result |= _timestamp(stated, path, scope)
    result |= constraints(member, kind, path, scope)
    if "default" in member:
        result["default"] = plain(member["default"])
    result |= _flags(member, ("sensitive",))
    for key, word in (
        ("idempotencyToken", "idempotency_token"),
        ("jsonvalue", "json_value"),
        ("hostLabel", "host_label"),
    ):
        if flag(member, key):
            result[word] = True
    event = {k: True for k in ("header", "payload") if flag(member, f"event{k}")}
    if event:
        result["event"] = event
    if (parameter := text(mapping(member, "contextParam"), "name")) is not None:
        result["context"] = {"name": parameter}
    if xml:
        result["xml"] = xml
    if (queried := text(member, "queryName")) is not None:
        ec2 = text(scope.model.metadata, "protocol") == "ec2"
        result["ec2_name" if ec2 else "query_name"] = queried
    return result


def _error(name: str, shape: Json, path: Path, scope: Scope) -> Spec:
    said = mapping(shape, "error")
    scope.check_keys(said, "error", (*path, "error"))
    status, code = status_of(said, "httpStatusCode"), text(said, "code")
    if status is None and "httpStatusCode" in said:
        scope.say("unknown", (*path, "error", "httpStatusCode"), "this is no status")
    # Models that don't say whose fault it is still say so by the status.
    server = flag(shape, "fault") or (
        not flag(said, "senderFault") and status is not None and status >= 500
    )
    result: Spec = {"fault": "server" if server else "client"}
    if status is not None:
        result["status"] = status
    if code is not None and code != name:
        result["code"] = code
    if "retryable" in shape and shape["retryable"] is not False:
        result["retryable"] = True
        if flag(mapping(shape, "retryable"), "throttling"):
            result["throttling"] = True
    return result


def _xml(value: Json, path: Path, scope: Scope) -> Spec:
    result: Spec = {}
    if (name := text(value, "locationName")) is not None:
        result["name"] = name
    namespace = xml_namespace(value)
    if namespace is not None:
        result["namespace"] = namespace
    elif "xmlNamespace" in value:
        scope.say("unknown", (*path, "xmlNamespace"), "a namespace without 'uri'")
    if flag(value, "flattened"):
        result["flattened"] = True
    order = texts(value, "xmlOrder")
    if order and order != list(mapping(value, "members")):
        result["order"] = order
    return result


def xml_namespace(value: Json) -> str | Spec | None:
    """The namespace of an object: a URI, or a mapping where it has a prefix too."""
    if (uri := text(value, "xmlNamespace")) is not None:
        return uri
    said = mapping(value, "xmlNamespace")
    if (uri := text(said, "uri")) is None:
        return None
    prefix = text(said, "prefix")
    return uri if prefix is None else {"uri": uri, "prefix": prefix}


def deprecation(value: Json) -> Spec:
    """The key ``deprecated`` with the model's message and since when, where it has them."""
    if not flag(value, "deprecated"):
        return {}
    message = text(value, "deprecatedMessage") or "Deprecated."
    since = text(value, "deprecatedSince")
    message = " ".join(message.split()) or "Deprecated."
    return {"deprecated": message if since is None else f"{message} (since {since})"}


def _timestamp(stated: str, path: Path, scope: Scope) -> Spec:
    if stated not in _TIMESTAMPS:
        scope.say("unsupported", (*path, "timestampFormat"), f"the format '{stated}'")
        return {}
    return {"timestamp": _TIMESTAMPS[stated]}


def prose(value: Json, scope: Scope) -> Spec:
    """The key ``doc`` with the model's documentation, where that is asked for."""
    said = text(value, "documentation") if scope.docs else None
    told = plain_text(said) if said is not None else ""
    return {"doc": told} if told else {}


def _flags(value: Json, keys: tuple[str, ...]) -> Spec:
    return {key: True for key in keys if flag(value, key)}


def key_kind(shape: Json) -> str:
    """What the keys of a shape are called in the table of known keys."""
    kind = SCALARS.get(text(shape, "type") or "", text(shape, "type") or "")
    return "number" if kind in NUMBERS else kind
