"""Streams of events, as the members that hold them give them to users."""

from __future__ import annotations

from collections.abc import (
    AsyncIterable,
    AsyncIterator,
    Awaitable,
    Iterable,
    Iterator,
)
from typing import Generic, TypeAlias, TypeGuard, TypeVar

from .closing import Closing
from .structure import Plain, plain

EventT = TypeVar("EventT")

EventInput: TypeAlias = Iterable[EventT] | AsyncIterable[EventT]
"""Events to be sent: an async iterable in async clients only."""


class EventStream(Closing, Plain, Generic[EventT]):
    """Events, each read when it has come.

    Of a synchronous client they are read in a ``for`` loop, of an asynchronous one in an
    ``async for`` loop; those that are all there can be read in both, again and again. An
    error in the stream is raised where its event would be. The connection is free again when
    the loop ends, however it ends, or when the stream is closed, as a context manager does.

    One for tests is made from a list of events.
    """

    __slots__ = ("_body", "_closed", "_events")

    def __init__(
        self,
        events: Iterable[EventT] | AsyncIterable[EventT] = (),
        body: object = None,
    ) -> None:
        self._events: Iterable[EventT] | AsyncIterable[EventT] = events
        self._body: object = body
        self._closed: bool = False

    def __iter__(self) -> Iterator[EventT]:
        events = self._events
        if not isinstance(events, Iterable):
            raise TypeError("these events come asynchronously: use async for")
        self._open()
        ended = False
        try:
            yield from events
            ended = True
        finally:
            if not ended and isinstance(events, Iterator):
                self.close()

    async def __aiter__(self) -> AsyncIterator[EventT]:
        events = self._events
        self._open()
        if isinstance(events, AsyncIterable):
            ended = False
            try:
                async for event in events:
                    yield event
                ended = True
            finally:
                if not ended and isinstance(events, AsyncIterator):
                    await self.aclose()
        elif isinstance(events, Iterator):
            raise TypeError("these events come synchronously: use for")
        else:
            for event in events:
                yield event

    def close(self) -> None:
        """Do without the events that are still to come."""
        self._closed = True
        for held in (self._events, self._body):
            close: object = getattr(held, "close", None)
            if callable(close):
                close()

    async def aclose(self) -> None:
        """What ``close`` does, awaited."""
        self._closed = True
        for held in (self._events, self._body):
            close: object = getattr(held, "aclose", None)
            done: object = close() if callable(close) else None
            if isinstance(done, Awaitable):
                await done

    def plain(self) -> list[object]:
        """The events as dicts; of a stream that is read once, those that are left."""
        if not isinstance(self._events, Iterable):
            raise TypeError(
                "these events come asynchronously: only async for can read them"
            )
        return [plain(event) for event in self]

    def listed(self) -> Iterable[EventT] | None:
        """The events, where they can be read again and again."""
        events = self._events
        if not isinstance(events, Iterable) or isinstance(events, Iterator):
            return None
        return events

    def __eq__(self, other: object) -> bool:
        """Whether it is the same, or has the same events and both are all there."""
        if self is other or not is_stream(other):
            return self is other
        mine, others = self.listed(), other.listed()
        if mine is None or others is None:
            return False
        return list(mine) == list(others)

    def _open(self) -> None:
        if self._closed:
            raise ValueError("the stream of events is closed")

    def __reduce__(self) -> tuple[object, ...]:
        events = self.listed()
        if events is None:
            raise TypeError("events that are still to come can't be copied")
        return EventStream, (list(events),)

    def __repr__(self) -> str:
        state = "closed" if self._closed else "open"
        return f"<EventStream: {state}>"


def is_stream(value: object) -> TypeGuard[EventStream[object]]:
    """True for streams of events, of whichever."""
    return isinstance(value, EventStream)
