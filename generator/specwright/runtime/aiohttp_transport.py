"""The transport of async clients: aiohttp, imported when the first request is sent."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Iterable
from typing import TYPE_CHECKING

from .errors import ConfigurationError, TransportError
from .http import (
    Body,
    HttpRequest,
    HttpResponse,
    Timeout,
    checked_timeout,
    received_headers,
)
from .transport import (
    Address,
    Failures,
    address_of,
    checked_part,
    tighter,
    trusting_context,
)

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop
    from io import BytesIO
    from ssl import SSLContext

    from aiohttp import ClientHandlerType, ClientRequest, ClientResponse, ClientSession

_CHUNK = 65536
# aiohttp warns about larger bodies that are not files.
_LARGE = 2**20


class AiohttpTransport:
    """Keeps up to `pool_size` connections; each event loop gets its own.

    `ca_bundle` and `connect_timeout` are as in sync clients.
    """

    def __init__(
        self,
        *,
        pool_size: int = 100,
        ca_bundle: str | None = None,
        connect_timeout: Timeout = None,
    ) -> None:
        self._pool_size = pool_size
        self._ca_bundle = ca_bundle
        self._connect_timeout = checked_timeout(connect_timeout, "connect_timeout")
        self._sessions: dict[AbstractEventLoop, ClientSession] = {}
        self._tls: SSLContext | None = None

    async def send(
        self, request: HttpRequest, *, timeout: Timeout = None, stream: bool = False
    ) -> HttpResponse:
        """Send it and wait for the answer: all of it, or the head when streaming.

        A streamed body has an `aclose()`, and stays compressed where it is.
        """
        address = address_of(request)
        session = await self._session()
        from aiohttp import ClientTimeout
        from multidict import CIMultiDict
        from yarl import URL

        connect = tighter(self._connect_timeout, timeout)
        failures = _Failures(address, connect, timeout)
        with failures:
            answer = await session.request(
                request.method,
                URL(address.origin + address.target, encoded=True),
                headers=CIMultiDict(request.headers.items()),
                data=_sendable(request.body, failures),
                allow_redirects=False,
                auto_decompress=not stream,
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
            # Kept before others of this loop get a turn: they would open one each.
            session = self._sessions[loop] = _open(self._pool_size)
            await self._forget_closed_loops()
        return session

    def _trust(self) -> SSLContext:
        # Reading the system's certificates takes long enough to do it only once.
        if self._tls is None:
            self._tls = trusting_context(self._ca_bundle)
        return self._tls

    async def _forget_closed_loops(self) -> None:
        for loop in list(self._sessions):
            # Loops of other threads may be forgetting the same one.
            if loop.is_closed() and (session := self._sessions.pop(loop, None)):
                await session.close()


class _Stream:
    """The body of an answer that is still arriving; can be iterated once."""

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


class _Failures(Failures):
    def told(self, error: Exception) -> TransportError | None:
        import aiohttp

        if isinstance(error, aiohttp.ConnectionTimeoutError):
            return self.not_connected_in_time()
        if isinstance(error, TimeoutError):
            return self.not_answered_in_time()
        if isinstance(error, aiohttp.ClientConnectorCertificateError):
            return self.not_trusted(error.certificate_error)
        if isinstance(error, aiohttp.ClientConnectorError):
            return self.not_connected(error.os_error)
        if isinstance(error, aiohttp.ClientResponseError):
            # Its text has the URL with the query, and so what the user asked for.
            return self.broken_answer(error.message)
        if isinstance(error, aiohttp.ClientError | OSError | ValueError):
            return self.broken_answer(error)
        return None


def _open(pool_size: int) -> ClientSession:
    try:
        import aiohttp
        from aiohttp import ClientMiddlewareType
    except ImportError:
        raise ConfigurationError(
            "an async client needs aiohttp>=3.12 to send: pip install aiohttp -U"
        ) from None
    middlewares: tuple[ClientMiddlewareType] = (_once,)
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=pool_size),
        cookie_jar=aiohttp.DummyCookieJar(),
        skip_auto_headers=("Accept", "Accept-Encoding", "Content-Type", "User-Agent"),
        trust_env=False,
        middlewares=middlewares,
    )


async def _once(request: ClientRequest, handler: ClientHandlerType) -> ClientResponse:
    import aiohttp

    try:
        return await handler(request)
    except aiohttp.ClientConnectorError:
        raise
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as error:
        # Of these, aiohttp would send idempotent requests again by itself.
        raise aiohttp.ClientConnectionError(str(error)) from error


def _sendable(
    body: Body, failures: Failures
) -> bytes | BytesIO | AsyncIterable[bytes] | None:
    if isinstance(body, bytes):
        if len(body) < _LARGE:
            return body or None
        from io import BytesIO

        return BytesIO(body)
    return _parts(body, failures)


async def _parts(
    body: Iterable[object] | AsyncIterable[object], failures: Failures
) -> AsyncIterator[bytes]:
    try:
        if isinstance(body, AsyncIterable):
            async for part in body:
                yield checked_part(part)
        else:
            for part in body:
                yield checked_part(part)
    except Exception as error:
        failures.of_body = error
        raise
