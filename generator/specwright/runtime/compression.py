"""Bodies of requests that are compressed before they are sent."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator

from .http import HttpRequest, Parts
from .operation import Request, Response
from .traits import Trait

GZIP = 31


class Compression(Trait):
    """An operation whose bodies are sent in gzip, unless they have less than ``smallest``
    bytes."""

    def __init__(self, smallest: int = 10_240) -> None:
        self.smallest = smallest

    def sent(self, http: HttpRequest, request: Request[Response]) -> HttpRequest:
        """The message with a smaller body."""
        body, headers = http.body, http.headers
        if isinstance(body, bytes):
            if len(body) < self.smallest:
                return http
            http.body = b"".join(packed((body,)))
        elif isinstance(body, Parts):
            http.body = PackedParts(body)
        elif isinstance(body, AsyncIterable):
            http.body = async_packed(body)
        else:
            http.body = packed(body)
        headers.remove("content-length")
        encodings = headers.get("content-encoding")
        headers.set("Content-Encoding", f"{encodings}, gzip" if encodings else "gzip")
        return http


class PackedParts(Parts):
    """A body that can be sent again, compressed anew each time."""

    __slots__ = ("_source",)

    def __init__(self, source: Parts) -> None:
        self._source = source

    def __iter__(self) -> Iterator[bytes]:
        return packed(self._source)


def packed(parts: Iterable[bytes]) -> Iterator[bytes]:
    """Data in gzip, whose header holds no time, so that the same data gives the same."""
    from zlib import Z_DEFAULT_COMPRESSION, compressobj

    pack = compressobj(Z_DEFAULT_COMPRESSION, wbits=GZIP)
    for part in parts:
        if done := pack.compress(part):
            yield done
    yield pack.flush()


async def async_packed(parts: AsyncIterable[bytes]) -> AsyncIterator[bytes]:
    from zlib import Z_DEFAULT_COMPRESSION, compressobj

    pack = compressobj(Z_DEFAULT_COMPRESSION, wbits=GZIP)
    async for part in parts:
        if done := pack.compress(part):
            yield done
    yield pack.flush()
