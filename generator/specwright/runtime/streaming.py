"""Blobs that are too large to hold: bodies of answers read as they come, and of requests."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Iterable, Iterator
from typing import TYPE_CHECKING, TypeAlias

from .closing import Closing
from .http import Body, HttpRequest, HttpResponse
from .operation import Request, Response
from .schema import Blob, LengthBounds, Shape, Source, Spec, Stream
from .streams import StreamedResponse, StreamTrait, stream_member
from .structure import Plain
from .traits import Trait
from .uploads import BinaryFile, is_file, outgoing, size_of
from .validation import is_within

if TYPE_CHECKING:
    from .validation import Check
    from .violations import Findings, Name

StreamingInput: TypeAlias = bytes | BinaryFile | Iterable[bytes] | AsyncIterable[bytes]
"""What a streamed body may be: an async iterable in async clients only."""

BINARY = "bytes, a binary file, or an iterable of bytes"
SIZED = "bytes or a file that can seek, since its length is sent first"


class StreamingBody(Closing, Plain):
    """The body of an answer, read once, as it comes.

    Of a synchronous client it is read with ``read`` or a ``for`` loop, of an asynchronous
    one with ``aread`` or ``async for``; one that is all there has both. Its connection is
    free again at its end, or when it is closed, as a context manager does.
    """

    __slots__ = ("_closed", "_parts", "_rest", "_source", "_whole")

    def __init__(self, source: Body = b"") -> None:
        self._source: Body = source
        self._rest: bytes = source if isinstance(source, bytes) else b""
        self._whole: bytes | None = source if isinstance(source, bytes) else None
        self._parts: Iterator[bytes] | AsyncIterator[bytes] | None = None
        self._closed: bool = False

    def read(self, size: int = -1) -> bytes:
        """All that is left, or up to ``size`` bytes; at the end there are none."""
        parts = self._sync_parts()
        if size < 0:
            return self._all(b"".join([self._taken(), *parts]))
        held = [self._taken()]
        missing = size - len(held[0])
        while missing > 0 and (part := next(parts, None)) is not None:
            held.append(part)
            missing -= len(part)
        return self._cut(b"".join(held), size)

    async def aread(self, size: int = -1) -> bytes:
        """What ``read`` does, awaited."""
        parts = self._async_parts()
        if size < 0:
            rest = [part async for part in parts]
            return self._all(b"".join([self._taken(), *rest]))
        held = [self._taken()]
        missing = size - len(held[0])
        while missing > 0:
            try:
                held.append(await anext(parts))
            except StopAsyncIteration:
                break
            missing -= len(held[-1])
        return self._cut(b"".join(held), size)

    def __iter__(self) -> Iterator[bytes]:
        """The parts of the body, as large as they come."""
        parts = self._sync_parts()
        if rest := self._taken():
            yield rest
        yield from parts

    async def __aiter__(self) -> AsyncIterator[bytes]:
        parts = self._async_parts()
        if rest := self._taken():
            yield rest
        async for part in parts:
            yield part

    def close(self) -> None:
        """Do without the rest of the body."""
        self._closed = True
        for held in (self._parts, self._source):
            close: object = getattr(held, "close", None)
            if callable(close):
                close()

    async def aclose(self) -> None:
        """What ``close`` does, awaited."""
        self._closed = True
        for held in (self._parts, self._source):
            close: object = getattr(held, "aclose", None)
            done: object = close() if callable(close) else None
            if isinstance(done, Awaitable):
                await done

    def plain(self) -> bytes:
        """The whole body; what is left of it where parts of it have been read."""
        if self._whole is None:
            if isinstance(self._source, AsyncIterable):
                raise TypeError("the body has not been read: await its aread() before")
            self._whole = self._rest = self.read()
        return self._whole

    def _sync_parts(self) -> Iterator[bytes]:
        self._open()
        source, parts = self._source, self._parts
        if parts is None:
            if isinstance(source, bytes):
                parts = iter(())
            elif isinstance(source, Iterable):
                parts = iter(source)
            self._parts = parts
        if isinstance(parts, Iterator):
            return parts
        raise TypeError("this body comes asynchronously: use aread() or async for")

    def _async_parts(self) -> AsyncIterator[bytes]:
        self._open()
        source, parts = self._source, self._parts
        if parts is None:
            if isinstance(source, bytes):
                return nothing()
            if isinstance(source, AsyncIterable):
                parts = self._parts = aiter(source)
        if isinstance(parts, AsyncIterator):
            return parts
        if isinstance(source, bytes):
            return nothing()
        raise TypeError("this body comes synchronously: use read() or for")

    def _open(self) -> None:
        if self._closed:
            raise ValueError("the body is closed")

    def _taken(self) -> bytes:
        taken, self._rest = self._rest, b""
        return taken

    def _all(self, data: bytes) -> bytes:
        if self._whole is None:
            self._whole = data
        return data

    def _cut(self, data: bytes, size: int) -> bytes:
        self._rest = data[size:]
        return data[:size]

    def __eq__(self, other: object) -> bool:
        """Whether it is the same, or has the same bytes and both have been read."""
        if self is other or not isinstance(other, StreamingBody):
            return self is other
        return self._whole is not None and self._whole == other._whole

    def __reduce__(self) -> tuple[object, ...]:
        if self._whole is None:
            raise TypeError("a body that is still to be read can't be copied")
        return StreamingBody, (self._whole,)

    def __repr__(self) -> str:
        if self._whole is None:
            return "<StreamingBody: to be read>"
        return f"<StreamingBody: {len(self._whole)} bytes>"


async def nothing() -> AsyncIterator[bytes]:
    """No parts."""
    none: tuple[bytes, ...] = ()
    for part in none:
        yield part


class StreamingBlob(Stream):
    """A body that is sent: a StreamingInput. Where its length has to be sent before it,
    ``requires_length`` is true."""

    def __init__(
        self,
        *,
        length: LengthBounds = None,
        requires_length: bool = False,
        media_type: str | None = None,
        source: Source = None,
    ) -> None:
        self.source = source
        self.length = length
        self.plain: Shape = Blob(length=length)
        self.requires_length: bool = requires_length
        self.media_type: str = media_type or "application/octet-stream"

    def check(self, scope: str, spec: Spec) -> Check:
        within = is_within(self.length)
        source = spec.source(self.source, "length")

        def check_input(value: object, at: str, name: Name, found: Findings) -> None:
            if not is_input(value):
                found.note(at, name, "type", BINARY, spec.main)
                return
            size = size_of(value)
            if size is None:
                if self.requires_length:
                    found.note(at, name, "type", SIZED, spec.main)
            elif (
                self.length is not None
                and "length" not in found.off
                and not within(range(size))
            ):
                found.note(at, name, "length", self.length, source, range(size))

        return check_input


class StreamedBlob(Stream):
    """A body that is received: a StreamingBody; dicts have bytes in its place."""

    plain: Shape = Blob()

    def check(self, scope: str, spec: Spec) -> Check:
        def check_body(value: object, at: str, name: Name, found: Findings) -> None:
            if not isinstance(value, StreamingBody):
                found.note(at, name, "type", "a StreamingBody", spec.main)

        return check_body

    def from_plain(self, value: object, scope: str) -> object:
        if isinstance(value, (bytes, bytearray)):
            return StreamingBody(bytes(value))
        return value


def is_input(value: object) -> bool:
    """True for what can be sent; text and files of text can't."""
    from io import TextIOBase

    if isinstance(value, (str, TextIOBase, dict)):
        return False
    return is_file(value) or isinstance(value, (bytearray, Iterable, AsyncIterable))


class StreamedRequest(Trait):
    """An operation whose request has a streamed body."""

    __slots__ = ()

    def sent(self, http: HttpRequest, request: Request[Response]) -> HttpRequest:
        """The message with the body, its type, and its length where that is known."""
        member = stream_member(request)
        value: object = None if member is None else getattr(request, member.attr, None)
        shape = None if member is None else member.shape
        if value is None or not isinstance(shape, StreamingBlob):
            return http
        size = size_of(value)
        http.body = outgoing(value)
        if "content-type" not in http.headers:
            http.headers.add("Content-Type", shape.media_type)
        # Transports count bytes by themselves.
        told = shape.requires_length or not isinstance(http.body, bytes)
        if told and size is not None and "content-length" not in http.headers:
            http.headers.add("Content-Length", str(size))
        return http


class StreamedAnswer(StreamTrait):
    """An operation whose answer has a streamed body."""

    __slots__ = ()

    def received(self, http: HttpResponse) -> HttpResponse:
        """The answer with a StreamingBody beside it."""
        return StreamedResponse(http, StreamingBody(http.body))
