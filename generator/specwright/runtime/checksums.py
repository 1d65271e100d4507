"""Checksums of bodies: those of requests are told, those of answers are checked."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Iterable, Iterator

from .chunked import chunked
from .digests import DIGESTS, ChecksumError, Digest, text_of
from .errors import ConfigurationError
from .http import Body, HttpRequest, HttpResponse, Parts
from .operation import Request, Response
from .traits import Trait

PREFIX = "x-amz-checksum-"
USUAL = "CRC32"


class RequestChecksum(Trait):
    """An operation whose requests have a checksum.

    ``member`` chooses the algorithm and stands in ``header``, if there is one. A body that
    may be streamed is followed by its checksum, unless it goes over an open connection.
    """

    def __init__(
        self, member: str = "", header: str = "", *, streams: bool = False
    ) -> None:
        self.member = member
        self.header = header
        self.streamed = streams

    def sent(self, http: HttpRequest, request: Request[Response]) -> HttpRequest:
        """The message with its checksum; one that the caller gives is left as it is."""
        if any(name.lower().startswith(PREFIX) for name in http.headers):
            return http
        chosen: object = getattr(request, self.member, None) if self.member else None
        name = (chosen if isinstance(chosen, str) else USUAL).lower()
        if name not in DIGESTS:
            raise ConfigurationError(
                f"the checksum {chosen} can't be made here: choose {USUAL}, or give the "
                "checksum itself"
            )
        if chosen is None and self.header:
            http.headers.set(self.header, USUAL)
        body = http.body
        is_secret = http.url[:6].lower() == "https:"
        if not isinstance(body, bytes | Parts) or (self.streamed and is_secret):
            return chunked(http, PREFIX + name, DIGESTS[name])
        digest = DIGESTS[name]()
        for part in (body,) if isinstance(body, bytes) else body:
            digest.update(part)
        http.headers.set(PREFIX + name, text_of(digest))
        return http


class ResponseChecksum(Trait):
    """An operation whose answers may have a checksum, which ``header`` asks for."""

    def __init__(self, header: str, algorithms: tuple[str, ...]) -> None:
        self.header = header
        self.algorithms = tuple(name for name in DIGESTS if name.upper() in algorithms)

    def sent(self, http: HttpRequest, request: Request[Response]) -> HttpRequest:
        """The message that asks for checksums."""
        if self.header not in http.headers:
            http.headers.set(self.header, "ENABLED")
        return http

    def received(self, http: HttpResponse) -> HttpResponse:
        """The answer with a body that is checked at its end."""
        for name in self.algorithms:
            expected = http.headers.get(PREFIX + name)
            # With a hyphen it is made of the checksums of parts.
            if expected and "-" not in expected:
                body = checked(http.body, DIGESTS[name](), expected)
                return HttpResponse(http.status, http.headers, body)
        return http


class CheckedParts:
    """The body of an answer that is checked when it has been read."""

    def __init__(self, source: Iterable[bytes], digest: Digest, expected: str) -> None:
        self._source = source
        self._digest = digest
        self._expected = expected

    def __iter__(self) -> Iterator[bytes]:
        for part in self._source:
            self._digest.update(part)
            yield part
        check(self._digest, self._expected)

    def close(self) -> None:
        close: object = getattr(self._source, "close", None)
        if callable(close):
            close()


class AsyncCheckedParts:
    """The same in async clients."""

    def __init__(
        self, source: AsyncIterable[bytes], digest: Digest, expected: str
    ) -> None:
        self._source = source
        self._digest = digest
        self._expected = expected

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._source:
            self._digest.update(part)
            yield part
        check(self._digest, self._expected)

    async def aclose(self) -> None:
        close: object = getattr(self._source, "aclose", None)
        done: object = close() if callable(close) else None
        if isinstance(done, Awaitable):
            await done


def checked(body: Body, digest: Digest, expected: str) -> Body:
    """A body that raises a ChecksumError where it isn't what was sent."""
    if isinstance(body, bytes):
        digest.update(body)
        check(digest, expected)
        return body
    if isinstance(body, AsyncIterable):
        return AsyncCheckedParts(body, digest, expected)
    return CheckedParts(body, digest, expected)


def check(digest: Digest, expected: str) -> None:
    found = text_of(digest)
    if found != expected.strip():
        raise ChecksumError(
            f"the body that arrived has the checksum {found}, not {expected}"
        )
