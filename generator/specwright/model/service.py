"""Services and operations of the model."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from specwright.model.shapes import Constraints, Member, Shape, TimestampFormat


@dataclass(frozen=True, slots=True)
class Source:
    """Where facts come from: a page or a model. ``label`` is what a violation shows."""

    key: str
    format: str
    page: str | None = None
    version: str | None = None

    @property
    def label(self) -> str:
        """The source in a few words, such as ``botocore 2023-04-20``."""
        return " ".join(part for part in (self.format, self.page, self.version) if part)


@dataclass(frozen=True, slots=True)
class Http:
    """The HTTP binding. ``path`` is the template without its query string, which is ``query``."""

    method: str = "POST"
    path: str = "/"
    status: int = 200
    query: tuple[tuple[str, str | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Pagination:
    """How pages follow each other; members of input and output by the spec's names."""

    input_token: tuple[str, ...]
    output_token: tuple[str, ...]
    items: tuple[str, ...] = ()
    limit: str | None = None
    more_results: str | None = None
    constant: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Acceptor:
    """What an answer means to a waiter. ``path`` is a JMESPath expression over the output.

    ``expected`` is compared with the HTTP status, with the error's code (or with whether there
    is an error), or with what the path leads to: all of it, any of it, or itself. The path is
    over ``{input: …, output: …}`` where it looks at the input too.
    """

    state: Literal["success", "failure", "retry"]
    matcher: Literal["status", "error", "path", "path-all", "path-any"]
    expected: str | int | bool
    path: str | None = None
    with_input: bool = False


@dataclass(frozen=True, slots=True)
class Waiter:
    """How to wait until something has become true: ask again until an acceptor decides."""

    name: str
    delay: int
    attempts: int
    acceptors: tuple[Acceptor, ...]
    doc: str | None = None


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation. ``input`` and ``output`` are structures; ``unsupported`` is a reason.

    ``routing`` names the input members that change where a request goes, ``last_parts`` those
    of which only what follows the last slash is sent.
    An operation that says nothing of its input or output has an empty structure there, and
    ``has_input`` or ``has_output`` is false: some protocols send no body then.
    """

    name: str
    http: Http
    input: Shape
    output: Shape
    errors: tuple[str, ...] = ()
    pagination: Pagination | None = None
    doc: str | None = None
    deprecated: str | None = None
    host_prefix: str | None = None
    routing: Mapping[str, str] = field(default_factory=dict)
    last_parts: tuple[str, ...] = ()
    auth: tuple[str, ...] | None = None
    checksum: Mapping[str, object] = field(default_factory=dict)
    unsupported: str | None = None
    has_input: bool = True
    has_output: bool = True
    unsigned_payload: bool = False
    compression: tuple[str, ...] = ()
    context: Mapping[str, object] = field(default_factory=dict)
    endpoint_discovery: Literal["required", "optional"] | None = None
    endpoint_operation: bool = False
    idempotent: bool = False
    readonly: bool = False
    input_xml: Mapping[str, object] = field(default_factory=dict)
    result_wrapper: str | None = None
    waiters: tuple[Waiter, ...] = ()
    file: str = ""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """How a host follows from a region: ``prefix.region.dnsSuffix``, or by endpoint rules.

    ``global_host`` is the one host of a service that has no regions.
    """

    prefix: str | None = None
    rules: str | None = None
    global_host: str | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """A service with its shapes and operations, each by name, in the order of the spec.

    ``package`` is None where the package is called by the service's id.
    ``headers`` are those of every request, unless a member sets them.
    """

    id: str
    protocol: str
    protocols: tuple[str, ...]
    title: str
    version: str
    folder: str
    endpoint: Endpoint
    signing_name: str
    target_prefix: str | None = None
    json_version: str | None = None
    xml_namespace: str | None = None
    query_compatible: bool = False
    doc: str | None = None
    package: str | None = None
    abbreviation: str | None = None
    uid: str | None = None
    deprecated: str | None = None
    signature: str | None = None
    auth: tuple[str, ...] | None = None
    signing_regions: str | None = None
    http2: Literal["event-stream", "optional"] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    context_params: Mapping[str, object] = field(default_factory=dict)
    shapes: Mapping[str, Shape] = field(default_factory=dict)
    operations: Mapping[str, Operation] = field(default_factory=dict)

    def target(self, member: Member) -> Shape:
        """The shape that a member holds."""
        return (
            self.shapes[member.target]
            if isinstance(member.target, str)
            else member.target
        )

    def constraints(self, member: Member) -> Constraints:
        """The constraints in force at a member: its own over those of its shape."""
        return self.target(member).constraints.overridden_by(member.constraints)

    def timestamp(self, member: Member) -> TimestampFormat | None:
        """The timestamp format stated for a member or its shape, if any is."""
        return member.timestamp or self.target(member).timestamp

    def sensitive(self, member: Member) -> bool:
        """True where the member or its shape is sensitive."""
        return member.sensitive or self.target(member).sensitive

    def reached(self, *roots: Shape) -> Iterator[Shape]:
        """Every shape reached from the roots, roots first, each named shape once."""
        seen: set[str] = set()
        waiting = list(reversed(roots))
        while waiting:
            shape = waiting.pop()
            if shape.name is not None:
                if shape.name in seen:
                    continue
                seen.add(shape.name)
            yield shape
            waiting += [self.target(m) for m in reversed(children(shape))]


def host_labels(prefix: str) -> tuple[str, ...]:
    """The labels of a host prefix: names of members."""
    return tuple(re.findall(r"\{([^{}+]+)\}", prefix))


def children(shape: Shape) -> tuple[Member, ...]:
    """The members of a shape of any type: its own, or its item, or its key and value."""
    parts = (*shape.members, shape.item, shape.key, shape.value)
    return tuple(member for member in parts if member is not None)
