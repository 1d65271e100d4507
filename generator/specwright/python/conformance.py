"""Views of what is written beside the clients: strategies, and tests with the spec's facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from random import Random

from specwright.model import Bounds, Constraints, Member, Shape
from specwright.patterns import Analysis, analyse, differing, matcher, sample
from specwright.python import reserved
from specwright.python.events import always_there, events_only
from specwright.python.imports import runtime_imports
from specwright.python.layout import Call, Expression, statement
from specwright.python.members import (
    bounds,
    exact_bounds,
    has,
    in_json,
    limits_text,
    main_sources,
)
from specwright.python.modules import without_idle_labels, without_tokens
from specwright.python.quoting import literal
from specwright.python.symbols import attributes, is_enum, is_int_enum
from specwright.python.target import Target

KINDS = ("length", "range", "pattern", "enum", "unique")

_SAMPLES = 3


@dataclass(frozen=True, slots=True)
class StrategiesView:
    """The module of strategies."""

    doc: str


@dataclass(frozen=True, slots=True)
class ConformanceView:
    """The module of tests: the spec's facts and paginators as assignments, and the client
    that they hold for. ``pages`` is empty where nothing comes in pages, ``rare`` is true where
    a type is used that few services have."""

    doc: str
    imports: list[str]
    client: str
    facts: str
    pages: str
    rare: bool


def strategies_view(target: Target) -> StrategiesView:
    """The strategies of a service."""
    title = f"Hypothesis strategies for requests and structures of {target.service.id}"
    return StrategiesView(target.module_doc(title, "service.yaml"))


def conformance_view(target: Target) -> ConformanceView:
    """The tests of a service."""
    title = f"Holds the client of {target.service.id} against its spec"
    main = main_source(target)
    listed = Call("", tuple(facts(target, main)), "{}")
    held = (listed,) if main is None else (listed, literal(main))
    every = [member for shape in structures(target) for member in shape.members]
    rare = any(is_rare(target, member) for member in every)
    paged = tuple(paginators(target))
    used = {"Facts", "USER", "built", "called_by_user", "findings", "is_worded"}
    used |= {"in_order", "knows_modes", "points_at", "possible", "set_members"}
    if paged:
        used |= {"Paged", "first_request", "items_of", "pages_of", "value_of"}
    return ConformanceView(
        target.module_doc(title, "service.yaml"),
        runtime_imports(2, {"conformance": used}),
        target.symbols.client,
        statement("FACTS", Call("Facts", ("PACKAGE", *held))),
        statement("PAGED", Call("", paged, "[]")) if paged else "",
        rare,
    )


def main_source(target: Target) -> str | None:
    """Where most constraints of a service are documented."""
    return main_sources(target.service, structures(target)).main


def structures(target: Target) -> list[Shape]:
    """What the operations take and give, and the shapes in it."""
    found = [part for o in target.operations for part in (o.input, o.output)]
    return [*found, *chain.from_iterable(target.modules().values())]


def is_rare(target: Target, member: Member) -> bool:
    """True for types that few services have, as the tests tell them apart."""
    shape = target.service.target(member)
    return (
        shape.type in ("document", "bigDecimal")
        or in_json(member)
        or is_int_enum(shape)
    )


def paginators(target: Target) -> Iterator[Call]:
    """The rules of pages that go by one text as their token."""
    for operation in target.operations:
        rule = operation.pagination
        if rule is None or rule.more_results or len(rule.items) > 1:
            continue
        outputs = {m.name: target.service.target(m) for m in operation.output.members}
        inputs = {m.name for m in operation.input.members}
        (token, *others), (asked, *more) = rule.output_token, rule.input_token
        plain = token in outputs and outputs[token].type == "string" and asked in inputs
        listed = [i for i in rule.items if i in outputs and outputs[i].type == "list"]
        if others or more or not plain or len(listed) != len(rule.items):
            continue
        names = target.symbols.operations[operation.name]
        stated = (names.request, names.response, asked, token, *listed)
        yield Call("Paged", tuple(literal(name) for name in stated))


def facts(target: Target, main: str | None) -> Iterator[Call]:
    """What the spec says of each structure, by the name of its class, and which constraints
    aren't documented in the main source."""
    for operation in target.operations:
        names = target.symbols.operations[operation.name]
        asked = without_idle_labels(operation).input
        yield entry(target, main, names.request, asked, reserved.STRUCTURE)
        answered = always_there(target.service, without_tokens(operation.output))
        yield entry(target, main, names.response, answered, reserved.RESPONSE)
    for shapes in target.modules().values():
        for shape in shapes:
            if not is_enum(shape):
                name = target.symbols.class_of(shape)
                union = shape.type == "union"
                kept = reserved.UNION if union else reserved.STRUCTURE
                yield entry(target, main, name, without_tokens(shape), kept)


def entry(
    target: Target, main: str | None, name: str, shape: Shape, kept: frozenset[str]
) -> Call:
    """What the spec says of one structure, whose attributes aren't those that are kept."""
    attrs = attributes(shape, kept)
    rows = [
        row
        for m in events_only(target.service, shape).members
        for row in places(target, main, m, pointer("", m.name), attrs[m.name])
    ]
    if shape.type == "union":
        rows.insert(0, Call("At", (literal(""), literal("union"))))
    return Call(f"{literal(name)}: ", tuple(rows))


def pointer(at: str, name: str) -> str:
    """A JSON Pointer with one more part."""
    return f"{at}/{name.replace('~', '~0').replace('/', '~1')}"


def places(
    target: Target,
    main: str | None,
    member: Member,
    at: str,
    attr: str | None = None,
    *,
    item: bool = False,
    key: bool = False,
) -> Iterator[Call]:
    """What holds at a member, and at the items, keys and values in it."""
    service = target.service
    shape, held = service.target(member), service.constraints(member)
    if in_json(member):
        shape, held = Shape("document"), Constraints(sources=held.sources)
    parts: list[Expression] = [literal(at)]
    parts.append(literal("list" if shape.event_stream and not item else shape.type))
    if attr is not None:
        parts.append(f"attr={literal(attr)}")
    # Documents are null where they are None, as items too.
    stated = member.required and not member.idempotency_token and not key
    if stated or (item and shape.type != "document"):
        parts.append("required=True")
    if member.required and member.idempotency_token:
        parts.append("filled=True")
    if service.sensitive(member):
        parts.append("sensitive=True")
    if member.location in ("path", "host") or member.host_label:
        parts.append("label=True")
    if held.length is not None:
        parts.append(bounds("length", held.length))
    if held.range is not None:
        exact = shape.type == "bigDecimal"
        written = (
            exact_bounds("decimals", held.range)
            if exact
            else bounds("range", held.range)
        )
        parts.append(written)
    parts += texts(held)
    if held.enum:
        values = (literal(v) if isinstance(v, str) else str(v) for v in held.enum)
        parts.append(Call("enum=", tuple(values)))
    if held.unique:
        parts.append("unique=True")
    parts += elsewhere(held, main, required=stated and attr is not None)
    yield Call("At", tuple(parts))
    if shape.event_stream and not item:
        yield from places(target, main, member, f"{at}/*", item=True)
    if shape.item is not None:
        yield from places(target, main, shape.item, f"{at}/*", item=not shape.sparse)
    if shape.key is not None and shape.value is not None:
        yield from places(target, main, shape.key, f"{at}/{{key}}", key=True)
        yield from places(target, main, shape.value, f"{at}/*", item=not shape.sparse)


def elsewhere(
    held: Constraints, main: str | None, *, required: bool
) -> Iterator[Expression]:
    """Where constraints are documented that don't come from the main source."""
    kinds = [kind for kind in KINDS if has(held, kind)]
    kinds += ["required"] if required else []
    sources = {kind: held.sources.get(kind) for kind in kinds}
    others = [
        f"{literal(kind)}: {None if source is None else literal(source)}"
        for kind, source in sources.items()
        if source != main
    ]
    if others:
        yield Call("sources=", tuple(others), "{}")


def texts(held: Constraints) -> Iterator[Expression]:
    """A pattern, texts that match it, and others."""
    if held.pattern is None:
        return
    analysis = analyse(held.pattern, held.match or "full")
    if not isinstance(analysis, Analysis) or not limits_text(held):
        return
    yield f"pattern={literal(analysis.text)}"
    length = held.length or Bounds()
    least = int(length.min or 0)
    most = None if length.max is None else int(length.max)
    rng = Random(analysis.text)
    drawn = (sample(analysis, rng, (least, most)) for _ in range(_SAMPLES))
    tried = {text for text in drawn if text is not None}
    # Where an anchor is lost, or where a search looks at the whole, these tell it.
    tried |= {end for text in tried for end in (f"{text}\n", f"\n{text}", f"{text}é")}
    tried |= {
        text
        for _ in range(_SAMPLES)
        if (text := differing(analysis, rng, (least, most)))
    }
    matches = matcher(analysis)
    for name, wanted in (("matching", True), ("other", False)):
        short = sorted(t for t in tried if len(t) < 200 and matches(t) is wanted)
        if short:
            yield Call(f"{name}=", tuple(literal(text) for text in short))
