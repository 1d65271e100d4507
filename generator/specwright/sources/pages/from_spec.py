"""The facts that spec documents state of an operation, names of shapes resolved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from specwright.sources.pages.facts import (
    MAX_MEMBERS,
    PARTS,
    Fact,
    Format,
    Member,
    Members,
    PageFacts,
)
from specwright.sources.pages.labels import STRUCTURAL

_AGGREGATES = frozenset({"structure", "union", "list", "map"})
_APART = STRUCTURAL | {"type", "ref", "http", "errors", "pagination", "waiters"}


@dataclass(slots=True)
class _Reading:
    shapes: Mapping[str, Mapping[str, object]]
    protocol: str
    docs: bool
    told: int = field(default=0)


def facts_of_spec(
    documents: Mapping[str, Mapping[str, object]],
    path: str,
    format_: Format,
    *,
    docs: bool = False,
) -> PageFacts:
    """The facts of the operation that the document at ``path`` is about.

    Times get the format that the protocol has for their place, where nothing else is said.
    """
    document, service = documents[path], documents["service.yaml"]
    protocols = service.get("protocols")
    protocol = str(protocols[0]) if isinstance(protocols, list) and protocols else ""
    shapes = {
        name: shape
        for one in documents.values()
        for name, shape in _mapping(one, "shapes").items()
        if isinstance(shape, dict)
    }
    reading = _Reading(shapes, protocol, docs)
    about = {"service": service.get("service"), "operation": document.get("operation")}
    about |= {"version": service.get("version"), "protocol": protocol}
    facts = {w: Fact(v, 0) for w, v in about.items() if v is not None}
    facts |= {w: Fact(v, 0) for w, v in document.items() if w not in _APART}
    if docs and isinstance(doc := document.get("doc"), str):
        facts["doc"] = Fact(doc, 0)
    if "waiters" in document:
        facts["waiters"] = Fact(document["waiters"], 0)
    errors = document.get("errors")
    names = errors if isinstance(errors, list) else []
    return PageFacts(
        path,
        format_,
        facts,
        {w: Fact(v, 0) for w, v in _mapping(document, "http").items()},
        _section(document, "input", reading),
        _section(document, "output", reading),
        {str(name): _error(str(name), reading) for name in names},
        {w: Fact(v, 0) for w, v in _mapping(document, "pagination").items()},
    )


def _mapping(data: Mapping[str, object], key: str) -> Mapping[str, object]:
    value = data.get(key)
    return value if isinstance(value, dict) else {}


def _section(
    document: Mapping[str, object], section: str, reading: _Reading
) -> Members:
    members = _mapping(document, section)
    name = members.get("ref")
    if isinstance(name, str):
        return _members(
            _mapping(reading.shapes.get(name, {}), "members"), (name,), reading
        )
    return _members(members, (), reading)


def _members(
    members: Mapping[str, object], around: tuple[str, ...], reading: _Reading
) -> dict[str, Member]:
    return {
        name: _member(node, around, reading)
        for name, node in members.items()
        if isinstance(node, dict)
    }


def _error(name: str, reading: _Reading) -> Member:
    shape = reading.shapes.get(name, {})
    facts = {w: Fact(v, 0) for w, v in _mapping(shape, "error").items()}
    if reading.docs and isinstance(doc := shape.get("doc"), str):
        facts["doc"] = Fact(doc, 0)
    return Member(0, facts, _members(_mapping(shape, "members"), (name,), reading))


def _member(
    node: Mapping[str, object], around: tuple[str, ...], reading: _Reading
) -> Member:
    reading.told += 1
    named = node.get("ref", node.get("type"))
    name = named if isinstance(named, str) and named in reading.shapes else None
    shape: Mapping[str, object] = reading.shapes[name] if name is not None else node
    kind = shape.get("type")
    words = {w: v for w, v in {**shape, **node}.items() if w not in _APART}
    if "pattern" in words:
        words["match"] = node.get("match") if "pattern" in node else shape.get("match")
    if reading.docs and isinstance(doc := node.get("doc"), str):
        words["doc"] = doc
    facts = {w: Fact(v, 0) for w, v in words.items()}
    if name is not None:
        facts["shape"] = Fact(name, 0)
        facts["shared"] = Fact(
            tuple(w for w in words if w in shape and w not in node), 0
        )
    if name in around or (name is not None and reading.told > MAX_MEMBERS):
        facts["ref"] = Fact(name, 0)
        return Member(0, facts)
    facts["type"] = Fact(kind, 0)
    if kind == "timestamp" and "timestamp" not in facts:
        facts["timestamp"] = Fact(_usual(node, reading.protocol), 0)
    inside = (*around, name) if name is not None else around
    members = _mapping(shape, "members") if kind in _AGGREGATES else None
    parts: dict[str, Member | None] = {
        part: _member(_mapping(shape, part), inside, reading) if part in shape else None
        for part in PARTS
    }
    held = (
        _members(members, inside, reading)
        if kind in ("structure", "union") and members is not None
        else None
    )
    return Member(0, facts, held, **parts)


def _usual(node: Mapping[str, object], protocol: str) -> str:
    """The format of times that a protocol has for a place."""
    if node.get("in") == "header":
        return "http-date"
    body = node.get("in") in (None, "body", "payload")
    epoch = protocol in ("json", "rest-json", "rpc-v2-cbor")
    return "epoch-seconds" if body and epoch else "iso8601"
