"""The transport of sync clients: urllib3, imported when the first request is sent."""

from __future__ import annotations

import os
from collections.abc import AsyncIterable, Iterable, Iterator, Mapping
from threading import Lock
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
    from ssl import SSLContext

    from urllib3 import BaseHTTPResponse, PoolManager
    from urllib3.connectionpool import HTTPConnectionPool

_CHUNK = 65536


class Urllib3Transport:
    """Keeps up to `pool_size` connections a host; threads may share it.

    `ca_bundle` is a file of trusted certificates, in place of AWS_CA_BUNDLE's or the
    system's. `connect_timeout` bounds connecting more tightly than a call's timeout.
    """

    def __init__(
        self,
        *,
        pool_size: int = 10,
        ca_bundle: str | None = None,
        connect_timeout: Timeout = None,
    ) -> None:
        self._pool_size = pool_size
        self._ca_bundle = ca_bundle
        self._connect_timeout = checked_timeout(connect_timeout, "connect_timeout")
        self._lock = Lock()
        self._owner = 0
        self._manager: PoolManager | None = None
        self._last: tuple[PoolManager, str, HTTPConnectionPool] | None = None
        self._tls: SSLContext | None = None

    def send(
        self, request: HttpRequest, *, timeout: Timeout = None, stream: bool = False
    ) -> HttpResponse:
        """Send it and wait for the answer: all of it, or the head when streaming.

        A streamed body has a `close()`, and stays compressed where it is.
        """
        address = address_of(request)
        pool = self._pool(address)
        from urllib3 import Timeout as PoolTimeout

        connect = tighter(self._connect_timeout, timeout)
        failures = _Failures(address, connect, timeout)
        with failures:
            answer = pool.urlopen(
                request.method,
                address.target,
                body=_sendable(request.body, failures),
                headers=_headers(request),
                redirect=False,
                timeout=PoolTimeout(connect=connect, read=timeout),
                preload_content=not stream,
            )
            body = _Stream(answer, address, timeout) if stream else answer.data
        pairs = [(name, _received(value)) for name, value in answer.headers.items()]
        return HttpResponse(answer.status, received_headers(pairs), body)

    def close(self) -> None:
        """Close idle connections. A later send opens new ones."""
        with self._lock:
            manager, self._manager, self._last = self._manager, None, None
        if manager is not None:
            manager.clear()

    def _pool(self, address: Address) -> HTTPConnectionPool:
        # Connections must not be shared with the process that this one was forked from.
        manager = self._manager
        if manager is None or self._owner != os.getpid():
            with self._lock:
                manager = self._manager
                if manager is None or self._owner != os.getpid():
                    manager = self._manager = _open(self._pool_size)
                    self._owner = os.getpid()
        # Asking the manager takes longer than all else here, and mostly for the same.
        last = self._last
        if last is not None and last[0] is manager and last[1] == address.origin:
            return last[2]
        options = None
        if address.scheme == "https":
            if self._tls is None:
                with self._lock:
                    self._tls = self._tls or trusting_context(self._ca_bundle)
            options = {"ssl_context": self._tls}
        pool = manager.connection_from_host(
            address.host, address.port, address.scheme, options
        )
        self._last = (manager, address.origin, pool)
        return pool


class _Stream:
    """The body of an answer that is still arriving; can be iterated once."""

    def __init__(
        self, answer: BaseHTTPResponse, address: Address, timeout: Timeout
    ) -> None:
        self._answer = answer
        self._address = address
        self._timeout = timeout

    def __iter__(self) -> Iterator[bytes]:
        try:
            with _Failures(self._address, None, self._timeout):
                # read1 hands over what is there: stream() waits until a chunk is full.
                while part := self._answer.read1(_CHUNK, decode_content=False):
                    yield part
        finally:
            self.close()

    def close(self) -> None:
        """Close the connection, unless the body has ended and others may use it."""
        if not self._answer.closed:
            self._answer.close()


class _Failures(Failures):
    def told(self, error: Exception) -> TransportError | None:
        import ssl
        from http.client import HTTPException

        from urllib3 import exceptions

        if isinstance(error, exceptions.NewConnectionError):
            return self.not_connected(error.__cause__ or error)
        if isinstance(error, exceptions.ConnectTimeoutError):
            return self.not_connected_in_time()
        if isinstance(error, exceptions.ReadTimeoutError):
            return self.not_answered_in_time()
        if isinstance(error, exceptions.SSLError):
            reason: object = error.args[0] if error.args else error
            if isinstance(reason, ssl.SSLCertVerificationError):
                return self.not_trusted(reason)
            return self.not_connected(reason)
        if isinstance(
            error, exceptions.HTTPError | HTTPException | OSError | ValueError
        ):
            return self.broken_answer(error)
        return None


def _open(pool_size: int) -> PoolManager:
    try:
        import urllib3
    except ImportError:
        raise ConfigurationError(
            "sending requests needs urllib3: pip install urllib3"
        ) from None
    once = urllib3.Retry(False, redirect=False)
    return urllib3.PoolManager(num_pools=50, maxsize=pool_size, retries=once)


def _headers(request: HttpRequest) -> Mapping[str, str]:
    from urllib3.util import SKIP_HEADER

    pairs = [
        (name, value if value.isascii() else value.encode().decode("latin-1"))
        for name, value in request.headers.items()
    ]
    names = {name.lower() for name, _ in pairs}
    is_plain = len(names) == len(pairs)
    for name in ("User-Agent", "Accept-Encoding"):
        if name.lower() not in names:
            pairs.append((name, SKIP_HEADER))
    if is_plain:
        return dict(pairs)
    # Slower, and needed where a name comes twice.
    from urllib3 import HTTPHeaderDict

    return HTTPHeaderDict(pairs)


def _received(value: str) -> str:
    # http.client reads headers as Latin-1, most senders write UTF-8.
    if value.isascii():
        return value
    return value.encode("latin-1", "replace").decode("utf-8", "replace")


def _sendable(body: Body, failures: Failures) -> bytes | Iterable[bytes] | None:
    if isinstance(body, bytes):
        return body or None
    if isinstance(body, AsyncIterable):
        raise TypeError("a sync client can't send the async iterable that is the body")
    return _parts(body, failures)


def _parts(body: Iterable[object], failures: Failures) -> Iterator[bytes]:
    try:
        for part in body:
            yield checked_part(part)
    except Exception as error:
        failures.of_body = error
        raise
