"""Whether JSON is a service's model: keys, types, names that become files, and references."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from specwright.diagnostics import Diagnostic, Position, closest
from specwright.sources.botocore.model import PARTS, SCALARS, held
from specwright.sources.botocore.report import Path
from specwright.sources.botocore.values import (
    Json,
    entries,
    flag,
    mapping,
    objects,
    text,
    texts,
)

PROTOCOLS: Mapping[str, str] = {
    "ec2": "ec2",
    "json": "json",
    "query": "query",
    "rest-json": "rest-json",
    "rest-xml": "rest-xml",
    "smithy-rpc-v2-cbor": "rpc-v2-cbor",
}
"""Protocols by the names of models, and those of specs."""

MAX_FINDINGS = 100

_NEEDED: Mapping[str, tuple[str, ...]] = {
    "json": ("jsonVersion", "targetPrefix"),
    "smithy-rpc-v2-cbor": ("targetPrefix",),
}

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,199}")
_SERVICE_ID = re.compile(r"[A-Za-z][A-Za-z0-9 _-]{0,99}")
_LABEL = re.compile(r"\{([^{}+]+)\+?\}")
_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
_AGGREGATES = {"list": ("member",), "map": ("key", "value"), "structure": ()}
_NAME_HINT = "such a name has letters, digits and '_', and does not begin with a digit"

_Problem: TypeAlias = tuple[Path, str, str, str | None]
"""Where, a code, a message and a hint."""


def check_model(data: Json, where: Callable[[Path], Position]) -> list[Diagnostic]:
    """Everything that makes JSON unusable as a model, up to MAX_FINDINGS."""
    found: list[Diagnostic] = []
    for path, code, message, hint in _problems(data):
        found.append(Diagnostic(code, message, where(path), hint))
        if len(found) == MAX_FINDINGS:
            break
    return found


def _problems(data: Json) -> Iterator[_Problem]:
    missing = [k for k in ("metadata", "operations", "shapes") if k not in data]
    if missing:
        words = ", ".join(f"'{key}'" for key in missing)
        hint = "a model of botocore is called service-2.json"
        yield (), "not-a-model", f"this is no service's model: it has no {words}", hint
        return
    for key in ("metadata", "operations", "shapes"):
        if not isinstance(data[key], dict):
            yield (key,), "wrong-type", f"'{key}' has to be an object", None
            return
    yield from _metadata(mapping(data, "metadata"))
    shapes = mapping(data, "shapes")
    sound = True
    for name, shape in shapes.items():
        for problem in _shape(name, shape, shapes):
            sound = False
            yield problem
    for name, operation in mapping(data, "operations").items():
        yield from _operation(name, operation, shapes)
    if sound:
        yield from _circles(shapes)


def _metadata(metadata: Json) -> Iterator[_Problem]:
    at: Path = ("metadata",)
    for key in ("apiVersion", "protocol", "serviceId"):
        if text(metadata, key) is None:
            hint = "clients are called after it" if key == "serviceId" else None
            yield at, "missing-key", f"'{key}' is missing, or no text", hint
    service_id = text(metadata, "serviceId")
    if service_id is not None and not _SERVICE_ID.fullmatch(service_id):
        hint = "it has letters, digits, spaces, '_' and '-', and begins with a letter"
        message = f"'{service_id[:60]}' can't be a service's id"
        yield (*at, "serviceId"), "bad-name", message, hint
    protocols = texts(metadata, "protocols") + texts(metadata, "protocol")
    for protocol in dict.fromkeys(protocols):
        if protocol not in PROTOCOLS:
            message = f"there is no protocol '{protocol}'"
            hint = closest(protocol, PROTOCOLS) or "one of: " + ", ".join(PROTOCOLS)
            yield (*at, "protocol"), "bad-value", message, hint
    for protocol, keys in _NEEDED.items():
        for key in keys:
            if protocol in protocols and text(metadata, key) is None:
                message = f"'{key}' is missing: the protocol '{protocol}' needs it"
                yield at, "missing-key", message, None
    if "json" in protocols:
        version = text(metadata, "jsonVersion") or "1.0"
        if version not in ("1.0", "1.1"):
            message = f"'{version}' is no version of the protocol 'json'"
            yield (*at, "jsonVersion"), "bad-value", message, "write 1.0 or 1.1"


def _operation(name: str, value: object, shapes: Json) -> Iterator[_Problem]:
    at: Path = ("operations", name)
    if not isinstance(value, dict):
        yield at, "wrong-type", f"the operation '{name[:60]}' has to be an object", None
        return
    if not _NAME.fullmatch(name):
        message = f"'{name[:60]}' can't be the name of an operation"
        yield at, "bad-name", message, _NAME_HINT
    http = mapping(value, "http")
    if text(http, "requestUri") is None or text(http, "method") is None:
        message = "'http' needs 'method' and 'requestUri'"
        yield at, "missing-key", message, None
    elif http["method"] not in _METHODS:
        message = f"'{http['method']}' is no HTTP method"
        yield (*at, "http", "method"), "bad-value", message, None
    elif not str(http["requestUri"]).startswith("/"):
        message = "a request URI begins with '/'"
        yield (*at, "http", "requestUri"), "bad-value", message, None
    yield from _labels(at, value, shapes)
    for section in ("input", "output"):
        if section in value:
            reference = mapping(value, section)
            yield from _reference((*at, section), reference, shapes)
            target = mapping(shapes, text(reference, "shape") or "")
            if target and text(target, "type") != "structure":
                message = f"the {section} of '{name}' is no structure"
                yield (*at, section), "wrong-type", message, None
    for number, error in enumerate(objects(value, "errors")):
        yield from _reference((*at, "errors", number), error, shapes)
        target = mapping(shapes, text(error, "shape") or "")
        if target and text(target, "type") != "structure":
            message = f"an error of '{name}' is no structure"
            yield (*at, "errors", number), "wrong-type", message, None


def _labels(at: Path, operation: Json, shapes: Json) -> Iterator[_Problem]:
    """Labels of the URI that no member fills."""
    uri = text(mapping(operation, "http"), "requestUri") or ""
    target = mapping(shapes, text(mapping(operation, "input"), "shape") or "")
    filled = {
        text(member, "locationName") or name
        for name, member in entries(mapping(target, "members"))
        if text(member, "location") == "uri"
    }
    for label in _LABEL.findall(uri.partition("?")[0]):
        if label not in filled:
            message = f"no member of the input fills the label '{{{label}}}'"
            yield (*at, "http", "requestUri"), "unknown-member", message, None


def _shape(name: str, shape: object, shapes: Json) -> Iterator[_Problem]:
    at: Path = ("shapes", name)
    if not isinstance(shape, dict):
        yield at, "wrong-type", f"the shape '{name[:60]}' has to be an object", None
        return
    if not _NAME.fullmatch(name):
        message = f"'{name[:60]}' can't be the name of a shape"
        yield at, "bad-name", message, _NAME_HINT
    kind = text(shape, "type")
    if kind is None:
        yield at, "missing-key", f"the shape '{name}' has no type", None
        return
    if kind not in SCALARS and kind not in _AGGREGATES:
        known = [*SCALARS, *_AGGREGATES]
        message = f"the shape '{name}' has the unknown type '{kind[:60]}'"
        yield (*at, "type"), "bad-value", message, closest(kind, known)
        return
    for part in _AGGREGATES.get(kind, ()):
        yield from _reference((*at, part), shape.get(part), shapes)
    if kind == "structure":
        yield from _members(at, shape, shapes)
    low, high = shape.get("min"), shape.get("max")
    for key, bound in (("min", low), ("max", high)):
        if isinstance(bound, bool | str | dict | list):
            yield (*at, key), "wrong-type", f"'{key}' has to be a number", None


def _members(at: Path, shape: Json, shapes: Json) -> Iterator[_Problem]:
    if not isinstance(shape.get("members", {}), dict):
        yield at, "wrong-type", "'members' has to be an object", None
    members = mapping(shape, "members")
    for name, member in members.items():
        inner = (*at, "members", name)
        if not name.isprintable() or not 0 < len(name) <= 200:
            message = "the name of a member has characters that can't be seen"
            yield inner, "bad-name", message, None
        yield from _reference(inner, member, shapes)
    if flag(shape, "union") and not members:
        yield at, "empty-union", "a union has at least one member", None
    for key in ("required", "payload"):
        for named in texts(shape, key):
            if named not in members:
                message = f"'{key}' names '{named[:60]}', which is no member"
                yield (*at, key), "unknown-member", message, closest(named, members)


def _reference(at: Path, reference: object, shapes: Json) -> Iterator[_Problem]:
    name = text(reference, "shape") if isinstance(reference, dict) else None
    if name is None:
        yield at, "missing-key", "a reference needs 'shape', the name of a shape", None
    elif name not in shapes:
        message = f"there is no shape '{name[:60]}'"
        # Guessing among tens of thousands of names takes long.
        hint = closest(name, shapes) if len(shapes) < 2000 else None
        yield at, "unknown-shape", message, hint


def _circles(shapes: Json) -> Iterator[_Problem]:
    """Shapes of which no value can be written down, and lists of nothing but themselves."""
    for name in shapes:
        way = [name]
        while (inner := _only_holds(mapping(shapes, way[-1]))) and inner not in way:
            way.append(inner)
        if inner == name:
            message = f"'{name}' holds nothing but lists or maps of itself"
            yield ("shapes", name), "endless-recursion", message, None
    for name in _endless(shapes):
        message = f"no value of '{name}' can ever be complete: it requires itself"
        yield ("shapes", name), "endless-recursion", message, None


def _only_holds(shape: Json) -> str | None:
    if text(shape, "type") in ("list", "map"):
        return next(
            (n for p in PARTS[::2] if (n := text(mapping(shape, p), "shape"))), None
        )
    return None


def _endless(shapes: Json) -> list[str]:
    waiting = {n: _needs(shape) for n, shape in entries(shapes)}
    while True:
        left = {n: needs for n, needs in waiting.items() if _waits(needs, waiting)}
        if len(left) == len(waiting):
            break
        waiting = left
    return [n for n in waiting if n in _reach(n, waiting)]


def _needs(shape: Json) -> tuple[bool, list[str]]:
    """What a value of a structure can't do without: any of the names, or all of them."""
    union = flag(shape, "union")
    members = mapping(shape, "members")
    if text(shape, "type") != "structure" or flag(shape, "eventstream"):
        return False, []
    if union:
        return True, list(held(shape))
    required = set(texts(shape, "required"))
    return False, [text(m, "shape") or "" for n, m in entries(members) if n in required]


def _waits(needs: tuple[bool, list[str]], waiting: Mapping[str, object]) -> bool:
    union, names = needs
    unready = [name in waiting for name in names]
    return all(unready) if union else any(unready)


def _reach(start: str, waiting: Mapping[str, tuple[bool, list[str]]]) -> set[str]:
    seen: set[str] = set()
    left = [n for n in waiting[start][1] if n in waiting]
    while left:
        name = left.pop()
        if name not in seen:
            seen.add(name)
            left += [n for n in waiting[name][1] if n in waiting]
    return seen
