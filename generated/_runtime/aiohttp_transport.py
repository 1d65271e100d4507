"""The transport of async clients: aiohttp, imported when the first request is sent."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Iterable
from typing import TYPE_CHECKING

from .errors import ConfigurationError, TransportError
from .http import Body, HttpRequest, HttpResponse, Timeout, received_headers
from .transport import (
    Address,
    address_of,
    broken_answer,
    not_answered_in_time,
    not_connected,
    not_connected_in_time,
    not_trusted,
    tighter,
    trusting_context,
)

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop
    from io import BytesIO
    from ssl import SSLContext

    from aiohttp import ClientResponse, ClientSession

_CHUNK = 65536
# aiohttp warns about larger bodies that are not files.
_LARGE = 2**20


class AiohttpTransport:
    """Keeps up to `pool_size` connections; each event loop gets its own.

    `ca_bundle` is a file of trusted certificates, in place of AWS_CA_BUNDLE's or the
    system's. `connect_timeout` bounds connecting more tightly than a call's timeout.
    """

    __slots__ = ("_ca_bundle", "_connect_timeout", "_pool_size", "_sessions", "_tls")

    def __init__(
        self,
        *,
        pool_size: int = 100,
        ca_bundle: str | None = None,
        connect_timeout: Timeout = None,
    ) -> None:
        self._pool_size = pool_size
        self._ca_bundle = ca_bundle
        self._connect_timeout = connect_timeout
        self._sessions: dict[AbstractEventLoop, ClientSession] = {}
        self._tls: SSLContext | None = None

    async def send(
        self, request: HttpRequest, *, timeout: Timeout = None, stream: bool = False
    ) -> HttpResponse:
        """Send it and wait for the answer: all of it, or the head when streaming.

        A streamed body has an `aclose()`, for those who don't want the rest of it.
        """
        address = address_of(request)
        session = await self._session()
        from aiohttp import ClientTimeout
        from multidict import CIMultiDict
        from yarl import URL

        connect = tighter(self._connect_timeout, timeout)
        with _Failures(address, connect, timeout):
            answer = await session.request(
                request.method,
                URL(f"{address}{address.target}", encoded=True),
                headers=CIMultiDict(request.headers.items()),
                data=_sendable(request.body),
                allow_redirects=False,
                ssl=self._trust() if address.scheme == "https" else True,
                timeout=ClientTimeout(
                    total=None, sock_connect=connect, sock_read=timeout
                ),
            )
            body: Body
            if stream:
                body = _Stream(answer, address, timeout)
            else:
                async with answer:
                    body = await answer.read()
        pairs = [
            (name.decode("utf-8", "replace"), value.decode("utf-8", "replace"))
            for name, value in answer.raw_headers
        ]
        return HttpResponse(answer.status, received_headers(pairs), body)

    async def close(self) -> None:
        """Close the connections of the running loop. A later send opens new ones."""
        from asyncio import get_running_loop

        session = self._sessions.pop(get_running_loop(), None)
        if session is not None:
            await session.close()
        await self._forget_closed_loops()

    async def _session(self) -> ClientSession:
        from asyncio import get_running_loop

        loop = get_running_loop()
        session = self._sessions.get(loop)
        if session is None:
            await self._forget_closed_loops()
            session = self._sessions[loop] = _open(self._pool_size)
        return session

    def _trust(self) -> SSLContext:
        # Reading the system's certificates takes long enough to do it only once.
        if self._tls is None:
            self._tls = trusting_context(self._ca_bundle)
        return self._tls

    async def _forget_closed_loops(self) -> None:
        for loop in list(self._sessions):
            if loop.is_closed():
                await self._sessions.pop(loop).close()


class _Stream:
    """The body of an answer that is still arriving; can be iterated once."""

    __slots__ = ("_address", "_answer", "_timeout")

    def __init__(
        self, answer: ClientResponse, address: Address, timeout: Timeout
    ) -> None:
        self._answer = answer
        self._address = address
        self._timeout = timeout

    async def __aiter__(self) -> AsyncIterator[bytes]:
        try:
            with _Failures(self._address, None, self._timeout):
                async for chunk in self._answer.content.iter_chunked(_CHUNK):
                    yield chunk
        finally:
            await self.aclose()

    async def aclose(self) -> None:
        """Close the connection, unless the body has ended and others may use it."""
        self._answer.release()


class _Failures:
    """Turns what aiohttp raises in its block into TransportError."""

    __slots__ = ("_address", "_connect", "_read")

    def __init__(self, address: Address, connect: Timeout, read: Timeout) -> None:
        self._address = address
        self._connect = connect
        self._read = read

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if error is None:
            return
        from aiohttp import ClientError

        if isinstance(error, ClientError | OSError | ValueError):
            raise self._told(error) from error

    def _told(self, error: Exception) -> TransportError:
        import aiohttp

        address = self._address
        if isinstance(error, aiohttp.ConnectionTimeoutError):
            return not_connected_in_time(address, self._connect)
        if isinstance(error, TimeoutError):
            return not_answered_in_time(address, self._read)
        if isinstance(error, aiohttp.ClientConnectorCertificateError):
            return not_trusted(address, error.certificate_error)
        if isinstance(error, aiohttp.ClientConnectorError):
            return not_connected(address, error.os_error)
        if isinstance(error, aiohttp.ClientResponseError):
            # Its text has the URL with the query, and so what the user asked for.
            return broken_answer(address, error.message)
        return broken_answer(address, error)


def _open(pool_size: int) -> ClientSession:
    try:
        import aiohttp
    except ImportError:
        raise ConfigurationError(
            "sending requests of an async client needs aiohttp: pip install aiohttp"
        ) from None
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=pool_size),
        cookie_jar=aiohttp.DummyCookieJar(),
        skip_auto_headers=("Accept", "Accept-Encoding", "Content-Type", "User-Agent"),
        trust_env=False,
    )


def _sendable(body: Body) -> bytes | BytesIO | AsyncIterable[bytes] | None:
    if isinstance(body, bytes):
        if len(body) < _LARGE:
            return body or None
        from io import BytesIO

        return BytesIO(body)
    return body if isinstance(body, AsyncIterable) else _in_parts(body)


async def _in_parts(body: Iterable[bytes]) -> AsyncIterator[bytes]:
    for part in body:
        yield part
