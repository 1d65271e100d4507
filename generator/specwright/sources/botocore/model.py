"""A botocore model as it was read: JSON that has been found sound, and who uses which shape."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from specwright.sources.botocore.values import Json, entries, mapping, objects, text

SCALARS: Mapping[str, str] = {
    "bigDecimal": "bigDecimal",
    "bigInteger": "bigInteger",
    "bigdecimal": "bigDecimal",
    "biginteger": "bigInteger",
    "blob": "blob",
    "boolean": "boolean",
    "byte": "byte",
    "character": "string",
    "double": "double",
    "float": "float",
    "integer": "integer",
    "long": "long",
    "short": "short",
    "string": "string",
    "timestamp": "timestamp",
}
"""Types of models that hold nothing, and those of specs."""

PARTS = ("member", "key", "value")
"""Where lists and maps say what they hold."""


@dataclass(frozen=True)
class Model:
    """A service's model. Every shape that it names exists, and every name can be a file's."""

    file: str
    metadata: Json
    operations: Mapping[str, Json]
    shapes: Mapping[str, Json]
    rest: Json = field(default_factory=dict)
    """What else the file says at its top: context parameters, deprecation, documentation."""
    source: str = field(default="", repr=False)
    """The text that was read, to find positions in."""
    assumed: Mapping[str, str] = field(default_factory=dict)
    """The metadata that the file does not have."""

    @cached_property
    def reached(self) -> Mapping[str, frozenset[str]]:
        """The shapes that each operation reaches, its input, output and errors among them."""
        return {
            name: self._reached_from(roots(op)) for name, op in self.operations.items()
        }

    @cached_property
    def owners(self) -> Mapping[str, str | None]:
        """The one operation that reaches a shape; None where there are several."""
        owners: dict[str, str | None] = {}
        for operation, reached in self.reached.items():
            for shape in reached:
                owners[shape] = None if shape in owners else operation
        return owners

    @cached_property
    def references(self) -> Mapping[str, int]:
        """How often each shape is named, by operations and by other shapes."""
        counts = dict.fromkeys(self.shapes, 0)
        for operation in self.operations.values():
            for name in roots(operation):
                counts[name] += 1
        for shape in self.shapes.values():
            for name in held(shape):
                counts[name] += 1
        return counts

    @cached_property
    def errors(self) -> frozenset[str]:
        """The shapes that are errors: those that say so, and those that operations list."""
        listed = {n for op in self.operations.values() for n in error_names(op)}
        said = {n for n, shape in self.shapes.items() if shape.get("exception") is True}
        return frozenset(listed | said)

    def _reached_from(self, names: Iterable[str]) -> frozenset[str]:
        seen: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                waiting += held(self.shapes[name])
        return frozenset(seen)


@dataclass(frozen=True)
class Companions:
    """What is known beside a model's file: paginators, waiters, endpoint rules, its place."""

    paginators: Json = field(default_factory=dict)
    waiters: Json = field(default_factory=dict)
    rules: str | None = None
    """The name of the endpoint rule set, where the service has one."""
    rule_set: Json = field(default_factory=dict)
    """What is in it."""
    package: str | None = None
    """The service's package, where another service has the one that follows from the id."""


def held(shape: Json) -> Iterator[str]:
    """The names of the shapes that a shape holds."""
    for _, member in entries(mapping(shape, "members")):
        if (name := text(member, "shape")) is not None:
            yield name
    for part in PARTS:
        if (name := text(mapping(shape, part), "shape")) is not None:
            yield name


def roots(operation: Json) -> Iterator[str]:
    """The names of the shapes that an operation names itself."""
    for section in ("input", "output"):
        if (name := text(mapping(operation, section), "shape")) is not None:
            yield name
    yield from error_names(operation)


def error_names(operation: Json) -> Iterator[str]:
    """The names of an operation's errors."""
    for error in objects(operation, "errors"):
        if (name := text(error, "shape")) is not None:
            yield name
