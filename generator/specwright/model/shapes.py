"""Shapes and members: what a value may be, and how it is bound to a message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal, TypeAlias

ShapeType: TypeAlias = Literal[
    "boolean",
    "byte",
    "short",
    "integer",
    "long",
    "bigInteger",
    "float",
    "double",
    "bigDecimal",
    "string",
    "blob",
    "timestamp",
    "document",
    "list",
    "map",
    "structure",
    "union",
]
Location: TypeAlias = Literal[
    "body",
    "path",
    "query",
    "query-map",
    "header",
    "header-map",
    "host",
    "payload",
    "status",
]
TimestampFormat: TypeAlias = Literal["iso8601", "epoch-seconds", "http-date"]
MatchMode: TypeAlias = Literal["full", "search"]

INTEGERS: frozenset[ShapeType] = frozenset(
    {"byte", "short", "integer", "long", "bigInteger"}
)
NUMBERS: frozenset[ShapeType] = INTEGERS | {"float", "double", "bigDecimal"}
PRIMITIVES: frozenset[ShapeType] = NUMBERS | {
    "boolean",
    "string",
    "blob",
    "timestamp",
    "document",
}
AGGREGATES: frozenset[ShapeType] = frozenset({"list", "map", "structure", "union"})


@dataclass(frozen=True, slots=True)
class Bounds:
    """An inclusive interval; None is an open end. Lengths are whole numbers, ranges decimal."""

    min: Decimal | int | None = None
    max: Decimal | int | None = None


@dataclass(frozen=True, slots=True)
class Constraints:
    """What a value must satisfy beside its type.

    ``length`` counts Unicode scalar values, bytes, items or pairs. ``pattern`` is as the spec
    writes it (its own dialect); ``match`` always stands beside it. ``sources`` maps the name of
    a constraint (length, range, pattern, enum, unique, required, union, ...) to the label of
    where it is documented.
    """

    length: Bounds | None = None
    range: Bounds | None = None
    pattern: str | None = None
    match: MatchMode | None = None
    enum: tuple[str, ...] | tuple[int, ...] = ()
    unique: bool = False
    sources: Mapping[str, str] = field(default_factory=dict)

    def overridden_by(self, other: Constraints) -> Constraints:
        """These constraints with every one that ``other`` states replaced by it."""
        stated: dict[str, object] = {}
        if other.length is not None:
            stated["length"] = other.length
        if other.range is not None:
            stated["range"] = other.range
        if other.pattern is not None:
            stated["pattern"], stated["match"] = other.pattern, other.match
        if other.enum:
            stated["enum"] = other.enum
        if other.unique:
            stated["unique"] = True
        if not stated and not other.sources:
            return self
        merged = {**self.sources, **other.sources}
        return replace(self, **stated, sources=merged)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class ErrorTrait:
    """What makes a structure an error. ``code`` is the wire code where it is not the name."""

    fault: Literal["client", "server"] = "client"
    status: int | None = None
    retryable: bool = False
    throttling: bool = False
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """A type of the service. ``name`` is None for a shape written inline at a member.

    Structures and unions have ``members``; lists ``item``; maps ``key`` and ``value``.
    ``file`` is the spec file that defines it, relative to the service's folder.
    """

    type: ShapeType
    name: str | None = None
    members: tuple[Member, ...] = ()
    item: Member | None = None
    key: Member | None = None
    value: Member | None = None
    constraints: Constraints = field(default_factory=Constraints)
    timestamp: TimestampFormat | None = None
    error: ErrorTrait | None = None
    sensitive: bool = False
    deprecated: str | None = None
    sparse: bool = False
    streaming: bool = False
    requires_length: bool = False
    event_stream: bool = False
    media_type: str | None = None
    xml: Mapping[str, object] = field(default_factory=dict)
    doc: str | None = None
    file: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """A named place for a value. ``target`` is the name of a shape, or an inline shape.

    The member's own traits override those of the shape that it targets; ``constraints``,
    ``timestamp`` and the like hold only what the member itself states.
    ``wire`` is the name in messages; it equals ``name`` unless the spec says otherwise.
    ``host_label``: the member stands in the host as well as at its ``location``.
    """

    name: str
    target: str | Shape
    wire: str
    location: Location = "body"
    required: bool = False
    constraints: Constraints = field(default_factory=Constraints)
    timestamp: TimestampFormat | None = None
    sensitive: bool = False
    deprecated: str | None = None
    idempotency_token: bool = False
    media_type: str | None = None
    json_value: bool = False
    greedy: bool = False
    default: object = None
    xml: Mapping[str, object] = field(default_factory=dict)
    query_name: str | None = None
    ec2_name: str | None = None
    event: Mapping[str, object] = field(default_factory=dict)
    context: Mapping[str, object] = field(default_factory=dict)
    host_label: bool = False
    doc: str | None = None
