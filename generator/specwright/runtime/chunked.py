"""The encoding aws-chunked: a body in chunks, with its checksum after the last one."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable, Iterator

from .digests import Digest, text_of
from .http import HttpRequest, Parts
from .uploads import FileParts

CHUNK = 2**20


class ChunkedParts(Parts):
    """A body that can be sent again, in chunks."""

    __slots__ = ("_make", "_source", "_trailer")

    def __init__(
        self, source: Iterable[bytes], trailer: str, make: Callable[[], Digest]
    ) -> None:
        self._source = source
        self._trailer = trailer
        self._make = make

    def __iter__(self) -> Iterator[bytes]:
        return encoded(self._source, self._trailer, self._make())


def chunked(http: HttpRequest, trailer: str, make: Callable[[], Digest]) -> HttpRequest:
    """The message with a body that ends with its checksum; its hash isn't signed."""
    body, headers = http.body, http.headers
    known = headers.get("content-length")
    headers.remove("content-length")
    if isinstance(body, bytes):
        known = str(len(body))
    elif isinstance(body, FileParts):
        known = str(body.size)
    encodings = headers.get("content-encoding")
    headers.set(
        "Content-Encoding", f"{encodings},aws-chunked" if encodings else "aws-chunked"
    )
    headers.set("X-Amz-Trailer", trailer)
    headers.set("X-Amz-Content-SHA256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER")
    if known is not None:
        headers.set("X-Amz-Decoded-Content-Length", known)
    if isinstance(body, bytes):
        http.body = ChunkedParts((body,) if body else (), trailer, make)
    elif isinstance(body, Parts):
        http.body = ChunkedParts(body, trailer, make)
    elif isinstance(body, AsyncIterable):
        http.body = async_encoded(body, trailer, make())
    else:
        http.body = encoded(body, trailer, make())
    return http


def encoded(parts: Iterable[bytes], trailer: str, digest: Digest) -> Iterator[bytes]:
    """The chunks of a body, all but the last one of the same size."""
    held = bytearray()
    for part in parts:
        held += part
        while len(held) >= CHUNK:
            yield next_chunk(held, digest)
    yield from last_chunks(held, trailer, digest)


async def async_encoded(
    parts: AsyncIterable[bytes], trailer: str, digest: Digest
) -> AsyncIterator[bytes]:
    held = bytearray()
    async for part in parts:
        held += part
        while len(held) >= CHUNK:
            yield next_chunk(held, digest)
    for chunk in last_chunks(held, trailer, digest):
        yield chunk


def next_chunk(held: bytearray, digest: Digest) -> bytes:
    """A chunk off the front of what is held."""
    data = bytes(held[:CHUNK])
    del held[:CHUNK]
    digest.update(data)
    return b"%x\r\n%b\r\n" % (len(data), data)


def last_chunks(held: bytearray, trailer: str, digest: Digest) -> Iterator[bytes]:
    if held:
        yield next_chunk(held, digest)
    yield b"0\r\n%b:%b\r\n\r\n" % (trailer.encode(), text_of(digest).encode())
