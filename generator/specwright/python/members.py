"""Members as Python: their annotations, and the tables that the runtime walks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

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
from specwright.python.imports import SHAPES
from specwright.python.layout import Call, Expression, flat
from specwright.python.quoting import literal
from specwright.python.symbols import Symbols, is_enum, is_int_enum
from specwright.python.xml import member_words, parts_words, wire_name

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
    "bigDecimal": "BigDecimal",
}
BINDINGS = {
    "body": "Body",
    "path": "Path",
    "query": "Query",
    "header": "Header",
    "header-map": "HeaderMap",
    "query-map": "QueryMap",
    "host": "Host",
    "payload": "HttpPayload",
    "status": "Status",
}
SCALARS = {
    "boolean": "bool",
    "float": "float",
    "double": "float",
    "string": "str",
    "blob": "bytes",
    "timestamp": "datetime",
    "bigDecimal": "Decimal",
    "document": "JsonDocument",
}
COMPOSITE = ("list", "map", "structure", "union", "document")

# Those of int enums whose type isn't the usual one.
ENUM_BITS = {"byte": 8, "short": 16}

# How patterns come out that match every text, such as ``[\\s\\S]*``.
EVERYTHING = r"[\x00-\U0010ffff]*"


@dataclass(frozen=True, slots=True)
class MainSources:
    """Where most constraints of a module are documented: in all, and by kind where a kind's
    differ from the others'."""

    main: str | None = None
    kinds: Mapping[str, str] = field(default_factory=dict)

    def of(self, kind: str) -> str | None:
        """The main source of a kind."""
        return self.kinds.get(kind, self.main)


@dataclass(frozen=True, slots=True)
class Tables:
    """What is needed to describe the members of one module: names, and its main source.

    ``taken`` are the names of the module's own that shapes may have too; such a shape is
    called by the package of shapes. ``answers`` is true for what is received, not sent.
    """

    service: Service
    symbols: Symbols
    sources: MainSources
    taken: frozenset[str] = frozenset()
    answers: bool = False

    def annotation(self, member: Member) -> Expression:
        """The type of a member's value, without None."""
        if in_json(member):
            return "JsonValue"
        return self.value_type(self.service.target(member))

    def value_type(self, shape: Shape) -> Expression:
        """The type of a value of a shape."""
        if shape.streaming:
            return "StreamingBody" if self.answers else "StreamingInput"
        if self.symbols.has_class(shape):
            name = self.symbols.value_of(shape)
            name = f"{SHAPES}.{name}" if name in self.taken else name
            if shape.event_stream:
                word = "EventStream" if self.answers else "EventInput"
                return Call(word, (name,), "[]")
            return name
        if shape.type in INTEGERS:
            return "int"
        if shape.item is not None:
            return Call("Sequence", (self.part_annotation(shape, shape.item),), "[]")
        if shape.value is not None:
            inner = self.part_annotation(shape, shape.value)
            return Call("Mapping", ("str", inner), "[]")
        return SCALARS[shape.type]

    def part_annotation(self, shape: Shape, part: Member) -> Expression:
        """The type of an item of a list or a value of a map."""
        if self.holds_documents(shape):
            return "JsonValue"
        inner = self.annotation(part)
        return f"{flat(inner)} | None" if shape.sparse else inner

    def holds_documents(self, shape: Shape) -> bool:
        """True for a list or map of documents, of which each may be null."""
        part = shape.item or shape.value
        return part is not None and self.service.target(part).type == "document"

    def entry(self, member: Member, attr: str | None = None) -> Call:
        """A member's line in the table of its structure; ``attr`` is stated where it isn't
        the slot in its place."""
        parts: list[Expression] = [literal(member.name), self.shape(member)]
        binding, media_type = BINDINGS[member.location], self.media_type(member)
        if media_type and member.location == "payload":
            binding = "MediaPayload"
            parts.append(literal(media_type))
        elif media_type and member.location == "header" and not in_json(member):
            binding = "EncodedHeader"
        if attr is not None and attr != member.name:
            parts.append(f"attr={literal(attr)}")
        wire = wire_name(self.service, member)
        if wire != member.name:
            parts.append(f"wire={literal(wire)}")
        if member.required:
            parts.append("required=True")
            source = self.service.constraints(member).sources.get("required")
            if source and source != self.sources.of("required"):
                parts.append(f"source={literal(source)}")
        if self.service.sensitive(member) or self.holds_sensitive(member):
            told = literal("values") if self.tells_keys(member) else "True"
            parts.append(f"sensitive={told}")
        if member.idempotency_token:
            parts.append("idempotency_token=True")
        if member.location == "host" or member.host_label:
            parts.append(Call("label=HostLabel", ()))
        parts += member_words(self.service, member)
        shape = self.service.target(member)
        if shape.streaming or shape.event_stream:
            binding = "HttpStream"
        return Call(binding, tuple(parts))

    def media_type(self, member: Member) -> str | None:
        """The media type of a member's text or bytes, if one is stated."""
        shape = self.service.target(member)
        held = shape.type in ("string", "blob") and not shape.streaming
        return (member.media_type or shape.media_type) if held else None

    def holds_sensitive(self, member: Member) -> bool:
        """True where the items, keys or values that a member holds are sensitive."""
        shape = self.service.target(member)
        return shape.type in ("list", "map") and any(
            self.service.sensitive(part) or self.holds_sensitive(part)
            for part in children(shape)
        )

    def tells_keys(self, member: Member) -> bool:
        """True for a map that isn't sensitive itself, and has but simple values that are."""
        shape = self.service.target(member)
        return (
            shape.key is not None
            and shape.value is not None
            and not self.service.sensitive(member)
            and not self.service.sensitive(shape.key)
            and self.service.target(shape.value).type not in COMPOSITE
        )

    def shape(self, member: Member) -> Expression:
        """The shape of a member in the words of the runtime's schema."""
        shape = self.service.target(member)
        held = self.service.constraints(member)
        if shape.streaming:
            return self.stream(member, shape, held)
        if shape.event_stream:
            word = "StreamedEvents" if self.answers else "StreamingEvents"
            return Call(word, (literal(self.symbols.class_of(shape)),))
        if in_json(member):
            return Call("Document", ())
        if shape.type in ("structure", "union"):
            return Call("Ref", (literal(self.symbols.value_of(shape)),))
        if shape.type == "timestamp":
            stated = self.service.timestamp(member)
            return Call("Timestamp", (literal(stated),) if stated else ())
        if is_int_enum(shape):
            return self.int_enum(shape, held)
        if is_enum(shape) and replace(held, sources={}) == Constraints(
            enum=shape.constraints.enum
        ):
            parts: tuple[Expression, ...] = (literal(self.symbols.class_of(shape)),)
            return Call("Enum", (*parts, *self.source(held, ("enum",))))
        xml = parts_words(self.service, member)
        if shape.item is not None:
            item = self.shape(shape.item)
            word = "UniqueList" if held.unique else "List"
            return Call(word, (item, *self.list_parts(shape, held), *xml))
        if shape.key is not None and shape.value is not None:
            inner = self.shape(shape.key), self.shape(shape.value)
            return Call("Map", (*inner, *self.list_parts(shape, held), *xml))
        return self.simple(shape, held)

    def stream(self, member: Member, shape: Shape, held: Constraints) -> Call:
        """A body that is too large to hold."""
        if self.answers:
            return Call("StreamedBlob", ())
        parts: list[Expression] = []
        if held.length is not None:
            parts.append(bounds("length", held.length))
        if shape.requires_length:
            parts.append("requires_length=True")
        if kind := member.media_type or shape.media_type:
            parts.append(f"media_type={literal(kind)}")
        return Call("StreamingBlob", (*parts, *self.source(held, ("length",))))

    def list_parts(self, shape: Shape, held: Constraints) -> Iterator[Expression]:
        """The constraints of a list or map."""
        if held.length is not None:
            yield bounds("length", held.length)
        if shape.sparse or self.holds_documents(shape):
            yield "sparse=True"
        yield from self.source(held, ("length", "unique"))

    def int_enum(self, shape: Shape, held: Constraints) -> Call:
        """An int enum, which a member may narrow."""
        parts: list[Expression] = [literal(self.symbols.class_of(shape))]
        if held.enum != shape.constraints.enum:
            parts.append(Call("enum=", tuple(map(str, held.enum))))
        if held.range is not None:
            parts.append(bounds("range", held.range))
        if shape.type != "integer":
            parts.append(f"bits={ENUM_BITS[shape.type]}")
        parts += self.source(held, ("enum", "range"))
        return Call("IntEnum", tuple(parts))

    def simple(self, shape: Shape, held: Constraints) -> Call:
        """A shape without parts."""
        parts: list[Expression] = []
        if shape.type in ("string", "blob"):
            word = "String" if shape.type == "string" else "Blob"
            if held.length is not None:
                parts.append(bounds("length", held.length))
            if limits_text(held):
                parts.append(pattern(held).named("pattern"))
            if held.enum:
                values = tuple(literal(str(value)) for value in held.enum)
                parts.append(Call("enum=", values))
            parts += self.source(held, ("length", "pattern", "enum"))
            return Call(word, tuple(parts))
        if held.range is not None:
            exact = shape.type == "bigDecimal"
            parts.append(
                exact_bounds("range", held.range)
                if exact
                else bounds("range", held.range)
            )
        if held.enum:
            parts.append(Call("enum=", tuple(map(str, held.enum))))
        parts += self.source(held, ("range", "enum"))
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
        others = {k: v for k, v in stated.items() if v != self.sources.of(k)}
        if not others:
            return ()
        if len(set(stated.values())) == 1:
            return (f"source={literal(next(iter(others.values())))}",)
        pairs = tuple(f"{literal(k)}: {literal(label)}" for k, label in others.items())
        return (Call("source=", pairs, "{}"),)


def in_json(member: Member) -> bool:
    """True for a header that holds any value as JSON, whatever its shape says."""
    return member.json_value and member.location == "header"


def has(held: Constraints, kind: str) -> bool:
    """True where a constraint of some kind is in force."""
    return getattr(held, kind, None) not in (None, (), False)


def bounds(name: str, held: Bounds) -> Call:
    """Bounds as a keyword with a pair."""
    ends = tuple("None" if end is None else number(end) for end in (held.min, held.max))
    return Call(f"{name}=", ends)


def exact_bounds(name: str, held: Bounds) -> Call:
    """Bounds as a keyword with a pair of texts, which lose no digit."""
    ends = ("None" if e is None else literal(str(e)) for e in (held.min, held.max))
    return Call(f"{name}=", tuple(ends))


def number(value: object) -> str:
    """A bound as a literal: whole, or with its fraction."""
    text = str(value)
    return text if text.lstrip("-").isdigit() else repr(float(text))


def limits_text(held: Constraints) -> bool:
    """True where a pattern is in force that refuses some text."""
    return held.pattern is not None and analysed(held).regex != EVERYTHING


def analysed(held: Constraints) -> Analysis:
    """The pattern in force, as the resolver has let it through."""
    analysis = analyse(held.pattern or "", held.match or "full")
    if not isinstance(analysis, Analysis):
        raise TypeError(f"the resolver should have refused this: {analysis}")
    return analysis


def pattern(held: Constraints) -> Call:
    """A pattern as the runtime takes it: the documented text, and how it is matched."""
    analysis = analysed(held)
    parts: list[Expression] = [literal(analysis.text)]
    if held.match == "search":
        parts.append('match="search"')
    if analysis.regex != analysis.text:
        parts.append(f"regex={literal(analysis.regex)}")
    return Call(matcher_word(analysis), tuple(parts))


def matcher_word(analysis: Analysis) -> str:
    """The runtime's word for a pattern, by how it is matched."""
    if analysis.looks:
        return "LookPattern"
    return "LinearPattern" if analysis.linear else "Pattern"


def main_sources(service: Service, shapes: list[Shape]) -> MainSources:
    """The sources that most constraints of some structures have, the first among equals."""
    every: Counter[str] = Counter()
    by_kind: dict[str, Counter[str]] = {}
    parts = [member for shape in shapes for member in children(shape)]
    for member in parts:
        held = service.constraints(member)
        target = service.target(member)
        for kind, label in held.sources.items():
            if (kind == "required" and member.required) or has(held, kind):
                every[label] += 1
                by_kind.setdefault(kind, Counter())[label] += 1
        if target.item is not None:
            parts.append(target.item)
    if not every:
        return MainSources()
    main = every.most_common(1)[0][0]
    kinds = {kind: found.most_common(1)[0][0] for kind, found in by_kind.items()}
    return MainSources(main, {k: v for k, v in sorted(kinds.items()) if v != main})


def words(expression: Expression) -> Iterator[str]:
    """The names of the runtime that an expression calls."""
    if isinstance(expression, Call):
        head = expression.head.rpartition("=")[2]
        # What stands behind an alias, or behind the key of an entry, is no word of its own.
        if head and "." not in head and ":" not in head:
            yield head
        for part in expression.parts:
            yield from words(part)
