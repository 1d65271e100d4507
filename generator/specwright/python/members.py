"""Members as Python: their annotations, and the tables that the runtime walks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from specwright.model import (
    INTEGERS,
    Bounds,
    Constraints,
    Member,
    Service,
    Shape,
    children,
)
from specwright.patterns import Analysis, analyse
from specwright.python.layout import Call, Expression
from specwright.python.quoting import literal
from specwright.python.symbols import Symbols, is_enum

WORDS = {
    "byte": "Byte",
    "short": "Short",
    "integer": "Integer",
    "long": "Long",
    "bigInteger": "BigInteger",
    "float": "Float",
    "double": "Double",
    "boolean": "Boolean",
    "document": "Document",
}
BINDINGS = {
    "body": "Body",
    "path": "Path",
    "query": "Query",
    "header": "Header",
    "status": "Status",
}
SCALARS = {
    "boolean": "bool",
    "float": "float",
    "double": "float",
    "string": "str",
    "blob": "bytes",
    "timestamp": "datetime",
    "document": "JsonValue",
}


@dataclass(frozen=True, slots=True)
class Tables:
    """What is needed to describe the members of one module: names, and its main source."""

    service: Service
    symbols: Symbols
    main_source: str | None

    def annotation(self, member: Member) -> Expression:
        """The type of a member's value, without None."""
        shape = self.service.target(member)
        if self.symbols.has_class(shape):
            return self.symbols.class_of(shape)
        if shape.type in INTEGERS:
            return "int"
        if shape.item is not None:
            item = self.annotation(shape.item)
            inner = f"{item} | None" if shape.sparse and isinstance(item, str) else item
            return Call("Sequence", (inner,), "[]")
        if shape.value is not None:
            value = self.annotation(shape.value)
            inner = f"{value} | None" if shape.sparse and isinstance(value, str) else value
            return Call("Mapping", ("str", inner), "[]")
        return SCALARS[shape.type]

    def entry(self, member: Member, attr: str) -> Call:
        """A member's line in the table of its structure."""
        parts: list[Expression] = [literal(attr), literal(member.name), self.shape(member)]
        if member.wire != member.name:
            parts.append(f"wire={literal(member.wire)}")
        if member.required:
            parts.append("required=True")
            source = self.service.constraints(member).sources.get("required")
            if source and source != self.main_source:
                parts.append(f"source={literal(source)}")
        if self.service.sensitive(member) or self.holds_sensitive(member):
            parts.append("sensitive=True")
        if member.idempotency_token:
            parts.append("idempotency_token=True")
        return Call(BINDINGS[member.location], tuple(parts))

    def holds_sensitive(self, member: Member) -> bool:
        """True where the items, keys or values that a member holds are sensitive."""
        shape = self.service.target(member)
        return shape.type in ("list", "map") and any(
            self.service.sensitive(part) or self.holds_sensitive(part)
            for part in children(shape)
        )

    def shape(self, member: Member) -> Expression:
        """The shape of a member in the words of the runtime's schema."""
        shape = self.service.target(member)
        held = self.service.constraints(member)
        if shape.type in ("structure", "union"):
            return Call("Ref", (literal(self.symbols.class_of(shape)),))
        if shape.type == "timestamp":
            stated = self.service.timestamp(member)
            return Call("Timestamp", (literal(stated),) if stated else ())
        if is_enum(shape) and held.enum == shape.constraints.enum and not held.pattern:
            parts: tuple[Expression, ...] = (literal(self.symbols.class_of(shape)),)
            return Call("Enum", (*parts, *self.source(held, ("enum",))))
        if shape.item is not None:
            return Call("List", (self.shape(shape.item), *self.list_parts(shape, held)))
        if shape.key is not None and shape.value is not None:
            inner = (self.shape(shape.key), self.shape(shape.value))
            return Call("Map", (*inner, *self.list_parts(shape, held)))
        return self.simple(shape, held)

    def list_parts(self, shape: Shape, held: Constraints) -> Iterator[Expression]:
        """The constraints of a list or map."""
        if held.length is not None:
            yield bounds("length", held.length)
        if held.unique:
            yield "unique=True"
        if shape.sparse:
            yield "sparse=True"
        yield from self.source(held, ("length", "unique"))

    def simple(self, shape: Shape, held: Constraints) -> Call:
        """A shape without parts."""
        parts: list[Expression] = []
        if shape.type in ("string", "blob"):
            word = "String" if shape.type == "string" else "Blob"
            if held.length is not None:
                parts.append(bounds("length", held.length))
            if held.pattern is not None and held.match is not None:
                parts.append(pattern(held).named("pattern"))
            if held.enum:
                values = tuple(literal(str(value)) for value in held.enum)
                parts.append(Call("enum=", values))
            parts += self.source(held, ("length", "pattern", "enum"))
            return Call(word, tuple(parts))
        if held.range is not None:
            parts.append(bounds("range", held.range))
            parts += self.source(held, ("range",))
        return Call(WORDS[shape.type], tuple(parts))

    def source(
        self, held: Constraints, kinds: tuple[str, ...]
    ) -> tuple[Expression, ...]:
        """Where the constraints of some kinds are documented, unless in the main source."""
        stated = {
            kind: held.sources[kind]
            for kind in kinds
            if kind in held.sources and has(held, kind)
        }
        others = {k: label for k, label in stated.items() if label != self.main_source}
        if not others:
            return ()
        if len(set(stated.values())) == 1:
            return (f"source={literal(next(iter(others.values())))}",)
        pairs = tuple(f"{literal(k)}: {literal(label)}" for k, label in others.items())
        return (Call("source=", pairs, "{}"),)


def has(held: Constraints, kind: str) -> bool:
    """True where a constraint of some kind is in force."""
    return getattr(held, kind) not in (None, (), False)


def bounds(name: str, held: Bounds) -> Call:
    """Bounds as a keyword with a pair."""
    ends = tuple("None" if end is None else number(end) for end in (held.min, held.max))
    return Call(f"{name}=", ends)


def number(value: object) -> str:
    """A bound as a literal: whole, or with its fraction."""
    text = str(value)
    return text if text.lstrip("-").isdigit() else repr(float(text))


def pattern(held: Constraints) -> Call:
    """A pattern as the runtime takes it: the documented text, and how it is matched."""
    text = held.pattern or ""
    analysis = analyse(text, held.match or "full")
    parts: list[Expression] = [literal(text)]
    if held.match == "search":
        parts.append('match="search"')
    if not isinstance(analysis, Analysis):
        raise ValueError(f"pattern {text!r} was not refused by the resolver: {analysis}")
    if analysis.regex != text:
        parts.append(f"regex={literal(analysis.regex)}")
    if analysis.linear:
        parts.append("linear=True")
    return Call("Pattern", tuple(parts))


def main_source(service: Service, shapes: Mapping[str, Shape] | list[Shape]) -> str | None:
    """The source that most constraints of some structures have, the first among equals."""
    listed = list(shapes.values()) if isinstance(shapes, Mapping) else shapes
    counted: Counter[str] = Counter()
    for shape in listed:
        for member in children(shape):
            held = service.constraints(member)
            for kind, label in held.sources.items():
                if kind == "required" or (hasattr(held, kind) and has(held, kind)):
                    counted[label] += 1
            target = service.target(member)
            if target.name is None and target.item is not None:
                counted.update(service.constraints(target.item).sources.values())
    return counted.most_common(1)[0][0] if counted else None


def words(expression: Expression) -> Iterator[str]:
    """The names of the runtime that an expression calls."""
    if isinstance(expression, Call):
        head = expression.head.rpartition("=")[2]
        if head:
            yield head
        for part in expression.parts:
            yield from words(part)
