"""Answers that are streams of events: frames become instances of a union, or errors."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator
from importlib import import_module
from typing import Protocol

from .errors import ResponseError, ServiceError
from .event_frames import MEDIA_TYPE, Frame, FrameDecoder
from .event_schema import Event, EventUnion, StreamedEvents, union_class
from .event_stream import EventStream
from .http import HttpRequest, HttpResponse
from .operation import Request, Response, ResponseMetadata, error_class
from .protocol import message_in, request_id_of
from .reading import enum_reader
from .retries import should_retry
from .schema import Blob, Enum, Ref, Shape, String
from .streams import StreamedResponse, StreamTrait, stream_member
from .structure import Shaped, Union, find, is_mapping, unset_all
from .validation import enum_values

INITIAL = "initial-response"


class EventFormat(Protocol):
    """How a protocol writes what is in an event's payload."""

    def read(self, target: Shaped, payload: bytes) -> None:
        """Set the members of a new value. Raises a ValueError for what doesn't fit."""
        ...

    def parsed(self, payload: bytes) -> object:
        """A payload that no spec describes. Raises a ValueError where it isn't readable."""
        ...


class EventAnswer(StreamTrait):
    """An operation whose answer is a stream of events; with ``initial``, the first frame has
    the members of the response that aren't events."""

    __slots__ = ("_format", "_initial")

    def __init__(self, format: EventFormat, *, initial: bool = False) -> None:
        self._format: EventFormat = format
        self._initial: bool = initial

    def sent(self, http: HttpRequest, request: Request[Response]) -> HttpRequest:
        """The message; where the protocol asks for a type, for that of frames."""
        members = request.__schema__.members
        own = any(
            m.location == "header" and m.wire.lower() == "accept" for m in members
        )
        if "accept" in http.headers and not own:
            http.headers.set("Accept", MEDIA_TYPE)
        return http

    async def arrived(self, http: HttpResponse) -> HttpResponse:
        """The answer; with its first frame where that has members of the response."""
        http = await super().arrived(http)
        body = http.body
        if not self._initial or not isinstance(body, AsyncIterable):
            return http
        parts = aiter(body)
        begun = Begun(http, parts)
        while begun.waits():
            try:
                begun.decoder.feed(await anext(parts))
            except StopAsyncIteration:
                break
        return begun

    def received(self, http: HttpResponse) -> HttpResponse:
        """The answer as the protocol is to see it: with members of its first frame, or none."""
        body = http.body
        if self._initial and not isinstance(body, AsyncIterable):
            parts = iter((body,) if isinstance(body, bytes) else body)
            http = begun = Begun(http, parts)
            while begun.waits() and (part := next(parts, None)) is not None:
                begun.decoder.feed(part)
        payload = http.initial_payload() if isinstance(http, Begun) else b""
        return StreamedResponse(http, http, payload)

    def fill(self, response: Response, http: HttpResponse) -> None:
        """Set the member that holds the events."""
        member = stream_member(response)
        if (
            member is not None
            and isinstance(member.shape, StreamedEvents)
            and isinstance(http, StreamedResponse)
            and isinstance(http.stream, HttpResponse)
        ):
            scope = response.__schema__.scope
            cls = union_class(member.shape.name, scope)
            metadata = response.response_metadata
            reader = EventReader(cls, scope, self._format, metadata)
            setattr(response, member.attr, stream_of(http.stream, reader))


class Begun(HttpResponse):
    """An answer of which as much has been read as its first frame takes."""

    __slots__ = ("decoder", "first", "parts")

    def __init__(
        self, http: HttpResponse, parts: Iterator[bytes] | AsyncIterator[bytes]
    ) -> None:
        super().__init__(http.status, http.headers, http.body)
        self.parts = parts
        self.decoder: FrameDecoder = FrameDecoder()
        self.first: Frame | None = None

    def waits(self) -> bool:
        """Whether more bytes are needed for the first frame."""
        try:
            self.first = self.decoder.take()
        except ResponseError as error:
            error.status = self.status
            error.request_id = request_id_of(self)
            raise
        return self.first is None

    def initial_payload(self) -> bytes:
        """What the first frame holds, where it is the one before all events."""
        first = self.first
        if first is None or first.text(":event-type") != INITIAL:
            return b""
        return first.payload


class BufferedEvents:
    """The events of an answer that is all there."""

    def __init__(self, body: bytes, reader: EventReader) -> None:
        self._body = body
        self._reader = reader

    def __iter__(self) -> Iterator[Union]:
        return events_in((self._body,), FrameDecoder(), None, self._reader)


def stream_of(http: HttpResponse, reader: EventReader) -> EventStream[Union]:
    """The events of an answer."""
    body = http.body
    if isinstance(body, bytes):
        return EventStream(BufferedEvents(body, reader))
    decoder, first, parts = FrameDecoder(), None, body
    if isinstance(http, Begun):
        decoder, first, parts = http.decoder, http.first, http.parts
    if isinstance(parts, AsyncIterable):
        return EventStream(async_events_in(parts, decoder, first, reader), body)
    return EventStream(events_in(parts, decoder, first, reader), body)


def events_in(
    parts: Iterable[bytes],
    decoder: FrameDecoder,
    first: Frame | None,
    reader: EventReader,
) -> Iterator[Union]:
    """The events in a body; ``first`` and ``decoder`` hold what has been read of it."""
    yield from reader.taken(decoder, first)
    for part in parts:
        decoder.feed(part)
        yield from reader.taken(decoder)
    reader.finish(decoder)


async def async_events_in(
    parts: AsyncIterable[bytes],
    decoder: FrameDecoder,
    first: Frame | None,
    reader: EventReader,
) -> AsyncIterator[Union]:
    """What ``events_in`` gives, awaited."""
    for event in reader.taken(decoder, first):
        yield event
    async for part in parts:
        decoder.feed(part)
        for event in reader.taken(decoder):
            yield event
    reader.finish(decoder)


class EventReader:
    """Makes events of frames, by the table of one union."""

    def __init__(
        self,
        cls: type[Union],
        scope: str,
        format: EventFormat,
        metadata: ResponseMetadata,
    ) -> None:
        self.cls = cls
        self.scope = scope
        self.format = format
        self.metadata = metadata
        self.union = cls.__schema__.plan(EventUnion)

    def event(self, frame: Frame) -> Union | None:
        """The event in a frame; None for what isn't one. Raises an error that is in it."""
        message = frame.text(":message-type")
        if message == "exception":
            raise self.exception(frame)
        if message == "error":
            code = frame.text(":error-code")
            raise self.error(code, frame.text(":error-message"))
        kind = frame.text(":event-type")
        event = self.union.events.get(kind)
        if event is None and kind == INITIAL:
            return None
        made = self.cls.__new__(self.cls)
        unset_all(made)
        if event is None:
            made.unknown = {kind: self.unknown(frame)}
            return made
        try:
            setattr(made, event.attr, self.structure(event, frame))
        except (ValueError, RecursionError) as error:
            raise ResponseError(f"can't read the event {kind!r}: {error}") from error
        return made

    def structure(self, event: Event, frame: Frame) -> Shaped:
        """The structure of an event."""
        cls = find(self.scope, event.structure)
        made = cls.__new__(cls)
        by_name = made.__schema__.by_name
        if event.payload is None:
            self.format.read(made, frame.payload)
        else:
            unset_all(made)
            member = by_name[event.payload]
            value = self.payload(member.shape, frame.payload)
            if value is not None:
                setattr(made, member.attr, value)
        for name in event.headers:
            member = by_name[name]
            value = frame.value(member.wire)
            if value is not None:
                setattr(made, member.attr, self.header(member.shape, value, name))
        return made

    def payload(self, shape: Shape, payload: bytes) -> object:
        """The member that is the whole payload."""
        if isinstance(shape, Blob):
            return payload
        if isinstance(shape, (String, Enum)):
            return self.text(shape, payload.decode())
        if not isinstance(shape, Ref) or not payload:
            return None
        cls = find(self.scope, shape.name)
        made = cls.__new__(cls)
        self.format.read(made, payload)
        return made

    def header(self, shape: Shape, value: object, name: str) -> object:
        """A member in a header of the frame, which has a type of its own."""
        if isinstance(shape, (String, Enum)) and isinstance(value, str):
            return self.text(shape, value)
        fits = {"boolean": bool, "blob": bytes}.get(shape.kind)
        if fits is not None:
            if isinstance(value, fits):
                return value
        elif shape.kind == "timestamp":
            from datetime import datetime

            if isinstance(value, datetime):
                return value
        elif type(value) is int and shape.kind not in ("string", "enum"):
            return value
        raise ValueError(f"expected a {shape.kind} in the header {name!r}")

    def text(self, shape: Shape, text: str) -> object:
        """Text, or the value of an enum."""
        if isinstance(shape, Enum):
            return enum_reader(lambda: enum_values(self.scope, shape.name))(text)
        if isinstance(shape, String) and shape.enum:
            return enum_reader(lambda: shape.enum)(text)
        return text

    def unknown(self, frame: Frame) -> object:
        """What an event that the spec doesn't know holds: its payload, read where it can be."""
        if not frame.payload:
            return {}
        try:
            return self.format.parsed(frame.payload)
        except (ValueError, RecursionError):
            return frame.payload

    def exception(self, frame: Frame) -> ServiceError:
        """The error that the spec describes, with its members."""
        code = frame.text(":exception-type")
        fields = self.unknown(frame)
        members = {str(k): v for k, v in fields.items()} if is_mapping(fields) else {}
        error = self.error(code, message_in(members))
        try:
            self.format.read(error, frame.payload)
        except (ValueError, RecursionError) as problem:
            error.add_note(f"its members can't be read: {problem}")
        error.message = message_in(members)
        return error

    def error(self, code: str, message: str) -> ServiceError:
        """An error by its code: one of the union, of the service, or any."""
        module = import_module(f"{self.scope}.errors")
        name = self.union.errors.get(code, code)
        base = error_class(module, base_error(self.scope))
        found: object = vars(module).get(name)
        known = isinstance(found, type) and issubclass(found, base)
        cls = error_class(module, name) if known else base
        error = cls.__new__(cls, message)
        error.unset_members()
        error.message = message
        error.code = error.code or code
        error.request_id = self.metadata.request_id
        error.response_metadata = self.metadata
        error.retryable = should_retry(error.status, error.code, error.retryable)
        return error

    def taken(
        self, decoder: FrameDecoder, first: Frame | None = None
    ) -> Iterator[Union]:
        """The events that have come so far."""
        try:
            frame = first or decoder.take()
            while frame is not None:
                event = self.event(frame)
                if event is not None:
                    yield event
                frame = decoder.take()
        except ResponseError as error:
            self.place(error)
            raise

    def finish(self, decoder: FrameDecoder) -> None:
        """Raise an error where the body has ended inside a frame."""
        try:
            decoder.finish()
        except ResponseError as error:
            self.place(error)
            raise

    def place(self, error: ResponseError) -> None:
        """Tell an error what is known of the answer."""
        error.status = self.metadata.status
        error.request_id = self.metadata.request_id


def base_error(scope: str) -> str:
    """The exception that all of a service derive from."""
    from .core import ServiceInfo

    service: object = getattr(import_module(f"{scope}.service"), "SERVICE", None)
    if isinstance(service, ServiceInfo):
        return service.base_error
    raise TypeError(f"{scope} has no service")
