"""Requests that are streams of events: instances of a union become frames, one at a time."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator
from copy import copy
from typing import TYPE_CHECKING, Protocol, TypeGuard

from .event_frames import MEDIA_TYPE, EventHeader, Frame, encode_frame
from .event_schema import Event, EventUnion, StreamingEvents, is_event
from .event_signing import SCHEME, Chain, EventSigner
from .http import Body, HttpRequest, Parts
from .operation import Request, Response
from .schema import Enum, Member
from .streams import stream_member
from .structure import Shaped, Structure, Union, is_sequence
from .traits import Trait
from .validation import check
from .violations import modes_by_kind

if TYPE_CHECKING:
    from typing import Self

INITIAL = "initial-request"


class WritableFormat(Protocol):
    """How a protocol writes the payload of an event, and the media type of it."""

    media_type: str

    def write(self, value: Shaped) -> bytes:
        """The members of a value as a payload."""
        ...


class EventRequest(Trait):
    """An operation whose request is a stream of events; with ``initial``, the first frame
    has the members of the request that aren't events."""

    __slots__ = ("_format", "_initial")

    def __init__(self, format: WritableFormat, *, initial: bool = False) -> None:
        self._format: WritableFormat = format
        self._initial: bool = initial

    def sent(self, http: HttpRequest, request: Request[Response]) -> HttpRequest:
        """The message with the events as its body; frames are made while it is sent."""
        member = stream_member(request)
        if member is None or not isinstance(member.shape, StreamingEvents):
            return http
        events: object = getattr(request, member.attr, None)
        first: Frame | None = None
        if self._initial and isinstance(http.body, bytes):
            headers = named(INITIAL, self._format.media_type)
            first = Frame(tuple(headers), http.body)
        name = member.shape.name
        http.body = body_of(() if events is None else events, name, self._format, first)
        http.headers.set("Content-Type", MEDIA_TYPE)
        return http


class EventFrames:
    """What the bodies of clients of both kinds have in common."""

    def __init__(self, name: str, format: WritableFormat, first: Frame | None) -> None:
        self._name: str = name
        self._format: WritableFormat = format
        self._first: Frame | None = first
        self._chain: Chain | None = None

    def signed(self, chain: Chain) -> Self:
        """The body with a signature in each frame."""
        made = copy(self)
        made._chain = chain
        return made

    def frame(self, event: object) -> bytes:
        """An event as a frame. Raises a ValidationError where it can't be one."""
        if not is_event(event, self._name):
            told = f"events of this request are of {self._name}"
            raise TypeError(f"{told}, not {type(event).__name__}")
        check(event, modes_by_kind("off", {}))
        return encode_frame(frame_of(event, self._format))

    def opening(self) -> list[bytes]:
        """The frame before all events."""
        return [] if self._first is None else [encode_frame(self._first)]

    def signer(self) -> EventSigner | None:
        """What signs the frames of one sending; None where the request isn't signed."""
        return None if self._chain is None else EventSigner(self._chain)


class EventBody(EventFrames):
    """The frames of events that are made as a ``for`` loop asks for them."""

    def __init__(
        self,
        events: Iterable[object],
        name: str,
        format: WritableFormat,
        first: Frame | None,
    ) -> None:
        super().__init__(name, format, first)
        self._events = events

    def __iter__(self) -> Iterator[bytes]:
        signer = self.signer()
        for frame in self._frames():
            yield frame if signer is None else signer.sign(frame)
        if signer is not None:
            yield signer.sign(b"")

    def _frames(self) -> Iterator[bytes]:
        yield from self.opening()
        for event in self._events:
            yield self.frame(event)


class EventList(EventBody, Parts):
    """The frames of listed events, which can be sent again."""

    def payload_hash(self) -> str:
        """What tells that each frame has a signature of its own."""
        return SCHEME


class AsyncEventBody(EventFrames):
    """The frames of events that are awaited."""

    def __init__(
        self,
        events: AsyncIterable[object],
        name: str,
        format: WritableFormat,
        first: Frame | None,
    ) -> None:
        super().__init__(name, format, first)
        self._events = events

    async def __aiter__(self) -> AsyncIterator[bytes]:
        signer = self.signer()
        async for frame in self._frames():
            yield frame if signer is None else signer.sign(frame)
        if signer is not None:
            yield signer.sign(b"")

    async def _frames(self) -> AsyncIterator[bytes]:
        for frame in self.opening():
            yield frame
        async for event in self._events:
            yield self.frame(event)


def body_of(
    events: object, name: str, format: WritableFormat, first: Frame | None
) -> Body:
    """The body that some events make."""
    if is_sequence(events):
        return EventList(events, name, format, first)
    if is_awaited(events):
        return AsyncEventBody(events, name, format, first)
    if is_iterable(events):
        return EventBody(events, name, format, first)
    raise TypeError(f"a {type(events).__name__} holds no events")


def is_awaited(value: object) -> TypeGuard[AsyncIterable[object]]:
    """True for what ``async for`` takes."""
    return isinstance(value, AsyncIterable)


def is_iterable(value: object) -> TypeGuard[Iterable[object]]:
    """True for what ``for`` takes."""
    return isinstance(value, Iterable)


def frame_of(made: Union, format: WritableFormat) -> Frame:
    """An event as a frame: its members in headers and the payload, as its table has them."""
    for event in made.__schema__.plan(EventUnion).events.values():
        value: object = getattr(made, event.attr, None)
        if isinstance(value, Structure):
            return known(event, value, format)
    for name, payload in made.unknown.items():
        if isinstance(payload, bytes):
            return Frame(tuple(named(name, "application/octet-stream")), payload)
    raise TypeError(f"{type(made).__name__}: an unknown event is sent as bytes only")


def known(event: Event, value: Structure, format: WritableFormat) -> Frame:
    """The frame of an event that the spec knows."""
    by_name = value.__schema__.by_name
    bound = [by_name[name] for name in event.headers]
    extra = [made for member in bound if (made := header(member, value)) is not None]
    kind, payload = "", b""
    if event.payload is not None:
        kind, payload = whole(getattr(value, by_name[event.payload].attr, None), format)
    elif len(bound) < len(by_name):
        rest = value.replace(**dict.fromkeys(member.attr for member in bound))
        kind, payload = format.media_type, format.write(rest)
    return Frame((*named(event.wire, kind), *extra), payload)


def named(name: str, kind: str) -> list[EventHeader]:
    """The headers that tell what a frame is."""
    headers = [
        EventHeader(":message-type", "string", "event"),
        EventHeader(":event-type", "string", name),
    ]
    return [*headers, EventHeader(":content-type", "string", kind)] if kind else headers


def header(member: Member, value: Structure) -> EventHeader | None:
    """A member as a header; None where it isn't set."""
    held: object = getattr(value, member.attr, None)
    kind = "string" if isinstance(member.shape, Enum) else member.shape.kind
    return None if held is None else EventHeader(member.wire, kind, held)


def whole(value: object, format: WritableFormat) -> tuple[str, bytes]:
    """The media type and the bytes of a member that is the payload."""
    if isinstance(value, (bytes, bytearray)):
        return "application/octet-stream", bytes(value)
    if isinstance(value, str):
        return "text/plain", value.encode()
    if isinstance(value, Shaped):
        return format.media_type, format.write(value)
    return "", b""
