"""HTTP path templates: which operation a method and a raw path belong to, and its labels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias
from urllib.parse import unquote

from specwright.model import Operation, Service
from specwright.server.messages import Request, percent_decoded, unknown_operation

Kind: TypeAlias = Literal["literal", "label", "greedy"]

_RANK: Mapping[Kind, int] = {"literal": 0, "label": 1, "greedy": 2}


@dataclass(frozen=True, slots=True)
class Route:
    """The operation that a request is for, with the decoded labels of its path."""

    service: Service
    operation: Operation
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of a template between slashes: a literal text, or the name of a label."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Template:
    """An operation with its path template cut into segments."""

    service: Service
    operation: Operation
    segments: tuple[Segment, ...]


def templates(services: Iterable[Service]) -> tuple[Template, ...]:
    """The templates of all operations, the more literal ones before the others."""
    found = [
        Template(service, operation, _segments(operation.http.path))
        for service in services
        for operation in service.operations.values()
    ]
    return tuple(sorted(found, key=_rank))


def matching(table: Sequence[Template], request: Request) -> list[Route]:
    """The routes that fit a request, the most literal first; refused where none does."""
    parts = request.path.removeprefix("/").split("/")
    named: list[tuple[str, str]] | None = None
    found: list[tuple[tuple[object, ...], Route]] = []
    allowed: list[str] = []
    for template in table:
        raw = _labels(template.segments, parts)
        if raw is None:
            continue
        http = template.operation.http
        if http.query:
            named = request.query() if named is None else named
            if not _has(named, http.query):
                continue
        if http.method != request.method:
            allowed.append(http.method)
            continue
        # Cut first, decode after: an escaped slash belongs to its label.
        labels = {name: percent_decoded(text) for name, text in raw.items()}
        named = request.query() if named is None else named
        lacking, needed = _needs(template.operation, named, request)
        key = (*_rank(template), lacking, -needed)
        found.append((key, Route(template.service, template.operation, labels)))
    if found:
        # Operations of one template differ in what they require: S3 copies where a header
        # says from where, and puts where none does.
        return [route for _, route in sorted(found, key=lambda each: each[0])]
    if allowed:
        methods = ", ".join(sorted(set(allowed)))
        raise unknown_operation("The method is not allowed here.", 405, allowed=methods)
    raise unknown_operation("No operation has this method and path.", 404)


def credential_scope(request: Request) -> str | None:
    """The signing name in the request's SigV4 credential, if it carries one."""
    _, found, rest = request.headers.get("authorization", "").partition("Credential=")
    if not found:
        return None
    parts = rest.split(",", 1)[0].split("/")
    return parts[-2] if len(parts) >= 5 else None


def chosen(routes: Sequence[Route], request: Request) -> Route:
    """The route meant among several: that of the credential's service, else the first."""
    scope = credential_scope(request)
    for route in routes:
        if route.service.signing_name == scope:
            return route
    return routes[0]


def _segments(path: str) -> tuple[Segment, ...]:
    segments = []
    for part in path.removeprefix("/").split("/"):
        if part.startswith("{") and part.endswith("+}"):
            segments.append(Segment("greedy", part[1:-2]))
        elif part.startswith("{") and part.endswith("}"):
            segments.append(Segment("label", part[1:-1]))
        else:
            segments.append(Segment("literal", part))
    return tuple(segments)


def _rank(template: Template) -> tuple[int, tuple[int, ...], int]:
    ranks = tuple(_RANK[s.kind] for s in template.segments)
    return (max(ranks) == 2, ranks, -len(template.operation.http.query))


def _needs(
    operation: Operation, named: list[tuple[str, str]], request: Request
) -> tuple[int, int]:
    """How many required members of query and headers are not there, and how many there are."""
    there = {name for name, _ in named}
    required = [m for m in operation.input.members if m.required]
    queries = {m.wire for m in required if m.location == "query"}
    headers = {m.wire.lower() for m in required if m.location == "header"}
    lacking = len(queries - there) + len(headers - request.headers.keys())
    return lacking, len(queries) + len(headers)


def _labels(
    segments: tuple[Segment, ...], parts: Sequence[str]
) -> dict[str, str] | None:
    """The raw labels where the parts fit the segments; a greedy label takes one part or more."""
    labels: dict[str, str] = {}
    extra = len(parts) - len(segments)
    at = 0
    for segment in segments:
        width = 1
        if segment.kind == "greedy":
            width, extra = 1 + extra, 0
        if width < 1 or at + width > len(parts):
            return None
        text = "/".join(parts[at : at + width])
        at += width
        if segment.kind == "literal":
            if unquote(text) != segment.text:
                return None
        elif not text:
            return None
        else:
            labels[segment.text] = text
    return labels if at == len(parts) else None


def _has(
    named: list[tuple[str, str]], wanted: tuple[tuple[str, str | None], ...]
) -> bool:
    return all(
        any(name == key and text in (None, value) for key, value in named)
        for name, text in wanted
    )
