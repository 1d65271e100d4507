"""Streams of events: where they are, the tables of their unions, the traits of operations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from specwright.model import Member, Operation, Service, Shape, children
from specwright.python.layout import Call, Expression
from specwright.python.members import Tables
from specwright.python.quoting import literal

# How the payloads of events are written, by protocol.
FORMATS = {
    "json": "JsonEvents",
    "rest-json": "JsonEvents",
    "rest-xml": "XmlEvents",
    "rpc-v2-cbor": "CborEvents",
}
# Where members that aren't events stand in a frame of their own, before the others.
WITH_FIRST_FRAME = ("json", "rpc-v2-cbor")
READING = (
    "Events as they come; read them in a for loop, an async client's in async for."
)


def event_member(service: Service, shape: Shape) -> Member | None:
    """The member of an input or output that is a stream of events."""
    found = (m for m in shape.members if service.target(m).event_stream)
    return next(found, None)


def sends_events(service: Service, operations: tuple[Operation, ...]) -> bool:
    """True where an operation's request is a stream of events."""
    return any(event_member(service, o.input) is not None for o in operations)


def reads_events(service: Service, operations: tuple[Operation, ...]) -> bool:
    """True where an operation's answer is a stream of events."""
    return any(event_member(service, o.output) is not None for o in operations)


def always_there(service: Service, output: Shape) -> Shape:
    """An output whose events are required: an answer has them, whatever its spec says."""
    members = (
        (
            replace(m, required=True, doc=m.doc or READING)
            if service.target(m).event_stream
            else m
        )
        for m in output.members
    )
    return replace(output, members=tuple(members))


def events_only(service: Service, union: Shape) -> Shape:
    """A union of events without the errors in it, which are raised and never delivered; any
    other shape as it is."""
    if not union.event_stream:
        return union
    members = (m for m in union.members if service.target(m).error is None)
    return replace(union, members=tuple(members))


def errors_in(service: Service, union: Shape) -> dict[str, Shape]:
    """The errors that a stream can end with, by their names on the wire."""
    targets = ((m.wire, service.target(m)) for m in union.members)
    return {wire: shape for wire, shape in targets if shape.error is not None}


def union_table(tables: Tables, union: Shape, name: str) -> Call:
    """The call that gives a union its events and errors."""
    service = tables.service
    events = events_only(service, union).members
    entries = (event_entry(tables, member) for member in events)
    errors = tuple(
        f"{literal(wire)}: {literal(tables.symbols.class_of(shape))}"
        for wire, shape in errors_in(service, union).items()
    )
    return Call("event_union", (name, "SPEC", *entries, Call("errors=", errors, "{}")))


def event_entry(tables: Tables, member: Member) -> Call:
    """An event's line in the table of its union."""
    service = tables.service
    parts: list[Expression] = [
        literal(member.name),
        tables.shape(member),
    ]
    if member.wire != member.name:
        parts.append(f"wire={literal(member.wire)}")
    if service.sensitive(member):
        parts.append("sensitive=True")
    held = service.target(member).members
    headers = tuple(literal(m.name) for m in held if m.event.get("header"))
    if headers:
        parts.append(Call("headers=", headers))
    payload = next((m.name for m in held if m.event.get("payload")), None)
    if payload is not None:
        parts.append(f"payload={literal(payload)}")
    return Call("Event", tuple(parts))


def event_traits(service: Service, operation: Operation) -> Iterator[Call]:
    """The traits of an operation that sends or reads events."""
    for word, shape in (
        ("EventRequest", operation.input),
        ("EventAnswer", operation.output),
    ):
        if event_member(service, shape) is not None:
            parts: list[Expression] = [Call(FORMATS[service.protocol], ())]
            others = word == "EventRequest" or len(shape.members) > 1
            if others and service.protocol in WITH_FIRST_FRAME:
                parts.append("initial=True")
            yield Call(word, tuple(parts))


def event_problems(service: Service, operation: Operation) -> Iterator[str]:
    """Why the events of an operation can't be sent or read."""
    sent = event_member(service, operation.input)
    read = event_member(service, operation.output)
    if sent is not None and (read is not None or service.http2 == "event-stream"):
        yield "events that are sent while others come, which needs HTTP/2"
    if (sent or read) is not None and service.protocol not in FORMATS:
        yield f"event streams in the protocol {service.protocol}"
    for shape in service.reached(operation.input, operation.output):
        for member in children(shape):
            if member not in (sent, read) and service.target(member).event_stream:
                yield f"'{member.name}': a stream of events inside of a value"
        if shape.event_stream:
            for member in events_only(service, shape).members:
                if service.target(member).type != "structure":
                    yield f"'{member.name}': an event that is no structure"
