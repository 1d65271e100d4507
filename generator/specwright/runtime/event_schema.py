"""The words in which generated modules describe events, unions of them, and their streams."""

from __future__ import annotations

from collections.abc import AsyncIterable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeGuard, TypeVar

from .event_stream import EventStream, is_stream
from .schema import List, Member, Plan, Ref, Schema, Shape, Spec, Stream, structure
from .structure import Shaped, Union, find, from_plain, is_mapping, is_sequence
from .validation import check_members
from .violations import pointer_to

if TYPE_CHECKING:
    from .validation import Check
    from .violations import Findings, Name

UnionT = TypeVar("UnionT", bound=Shaped)


class Event(Member):
    """An event of a stream: a structure. Its members named in ``headers`` stand in headers of
    the event's frame, and ``payload`` is the one that is the payload; where none is, the
    others stand in it together."""

    def __init__(
        self,
        name: str,
        shape: Ref,
        *,
        wire: str | None = None,
        sensitive: bool = False,
        headers: tuple[str, ...] = (),
        payload: str | None = None,
    ) -> None:
        super().__init__(name, shape, wire=wire, sensitive=sensitive)
        self.structure: str = shape.name
        self.headers = headers
        self.payload = payload


class EventUnion(Plan):
    """The events of one union by their names on the wire, and the classes of its errors."""

    def __init__(self, schema: Schema) -> None:
        self.events: Mapping[str, Event] = {
            member.wire: member
            for member in schema.members
            if isinstance(member, Event)
        }
        self.errors: Mapping[str, str] = (
            schema.errors if isinstance(schema, EventSchema) else {}
        )


class EventSchema(Schema):
    """The schema of a union of events. ``errors`` are the exceptions that a stream can end
    with, by their names on the wire."""

    def __init__(self, schema: Schema, errors: Mapping[str, str]) -> None:
        super().__init__(schema.scope, schema.spec, schema.members, union=True)
        self.errors = errors


def event_union(
    cls: type[UnionT], spec: Spec, *events: Event, errors: Mapping[str, str]
) -> type[UnionT]:
    """Give a union its events, and the errors that a stream of them can end with."""
    structure(cls, spec, *events)
    cls.__schema__ = EventSchema(cls.__schema__, errors)
    return cls


class StreamedEvents(Stream):
    """Events that are received: an EventStream of a union; dicts have a list in its place."""

    def __init__(self, name: str) -> None:
        self.source = None
        self.name = name
        self.plain: Shape = List(Ref(name))

    def check(self, scope: str, spec: Spec) -> Check:
        def check_stream(value: object, at: str, name: Name, found: Findings) -> None:
            if not is_stream(value):
                found.note(at, name, "type", "an EventStream", spec.main)
            elif is_sequence(listed := value.listed()):
                check_listed(self.name, listed, pointer_to(at, name), found, spec)

        return check_stream

    def from_plain(self, value: object, scope: str) -> object:
        """A list of dicts as a stream of events."""
        if not is_sequence(value):
            return value
        return EventStream(events_of(self.name, value, scope))


class StreamingEvents(Stream):
    """Events that are sent: an EventInput of a union.

    Those of a list are checked before anything is sent; of others, each is checked when it
    is its turn, for what always holds.
    """

    def __init__(self, name: str) -> None:
        self.source = None
        self.name = name
        self.plain: Shape = List(Ref(name))

    def check(self, scope: str, spec: Spec) -> Check:
        def check_events(value: object, at: str, name: Name, found: Findings) -> None:
            if is_sequence(value):
                check_listed(self.name, value, pointer_to(at, name), found, spec)
            elif (
                is_mapping(value)
                or isinstance(value, (str, bytes, bytearray))
                or not isinstance(value, (Iterable, AsyncIterable))
            ):
                what = f"an iterable of {self.name}"
                found.note(at, name, "type", what, spec.main)

        return check_events

    def from_plain(self, value: object, scope: str) -> object:
        """A list of dicts as a list of events."""
        return events_of(self.name, value, scope) if is_sequence(value) else value


def check_listed(
    name: str, events: Sequence[object], at: str, found: Findings, spec: Spec
) -> None:
    """Check the events of a list."""
    for index, event in enumerate(events):
        if event is None:
            found.note(at, index, "required", "required", spec.main)
        elif is_event(event, name):
            check_members(event, pointer_to(at, index), found)
        else:
            found.note(at, index, "type", f"a {name}", spec.main)


def is_event(value: object, name: str) -> TypeGuard[Union]:
    """True for an instance of a union of events."""
    return isinstance(value, Union) and type(value).__name__ == name


def events_of(name: str, values: Iterable[object], scope: str) -> list[object]:
    """Events from their dicts."""
    return [from_plain(Ref(name), value, scope) for value in values]


def union_class(name: str, scope: str) -> type[Union]:
    """A union of events by its name."""
    found = find(scope, name)
    if issubclass(found, Union):
        return found
    raise TypeError(f"{scope}.shapes.{name} is not a union")
