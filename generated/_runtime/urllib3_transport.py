"""The transport of sync clients: urllib3, imported when the first request is sent."""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterable, Iterable, Iterator
from threading import Lock
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
    from ssl import SSLContext

    from urllib3 import BaseHTTPResponse, HTTPHeaderDict, PoolManager
    from urllib3.connectionpool import HTTPConnectionPool

_CHUNK = 65536


class Urllib3Transport:
    """Keeps up to `pool_size` connections a host; threads may share it.

    `ca_bundle` is a file of trusted certificates, in place of AWS_CA_BUNDLE's or the
    system's. `connect_timeout` bounds connecting more tightly than a call's timeout.
    """

    __slots__ = (
        "_ca_bundle",
        "_connect_timeout",
        "_lock",
        "_manager",
        "_owner",
        "_pool_size",
        "_tls",
    )

    def __init__(
        self,
        *,
        pool_size: int = 10,
        ca_bundle: str | None = None,
        connect_timeout: Timeout = None,
    ) -> None:
        self._pool_size = pool_size
        self._ca_bundle = ca_bundle
        self._connect_timeout = connect_timeout
        self._lock = Lock()
        self._owner = 0
        self._manager: PoolManager | None = None
        self._tls: SSLContext | None = None

    def send(
        self, request: HttpRequest, *, timeout: Timeout = None, stream: bool = False
    ) -> HttpResponse:
        """Send it and wait for the answer: all of it, or the head when streaming.

        A streamed body has a `close()`, for those who don't want the rest of it.
        """
        address = address_of(request)
        pool = self._pool(address)
        from urllib3 import Retry
        from urllib3 import Timeout as PoolTimeout

        connect = tighter(self._connect_timeout, timeout)
        with _Failures(address, connect, timeout):
            answer = pool.urlopen(
                request.method,
                _escaped(address.target),
                body=_sendable(request.body),
                headers=_headers(request),
                retries=Retry(False, redirect=False),
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
            manager, self._manager = self._manager, None
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
        if address.scheme != "https":
            return manager.connection_from_host(address.host, address.port, "http")
        if self._tls is None:
            with self._lock:
                self._tls = self._tls or trusting_context(self._ca_bundle)
        return manager.connection_from_host(
            address.host, address.port, "https", {"ssl_context": self._tls}
        )


class _Stream:
    """The body of an answer that is still arriving; can be iterated once."""

    __slots__ = ("_address", "_answer", "_timeout")

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
                while part := self._answer.read1(_CHUNK, decode_content=True):
                    yield part
        finally:
            self.close()

    def close(self) -> None:
        """Close the connection, unless the body has ended and others may use it."""
        if not self._answer.closed:
            self._answer.close()


class _Failures:
    """Turns what urllib3 raises in its block into TransportError."""

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
        from http.client import HTTPException

        from urllib3.exceptions import HTTPError

        if isinstance(error, HTTPError | HTTPException | OSError | ValueError):
            raise self._told(error) from error

    def _told(self, error: Exception) -> TransportError:
        import ssl

        from urllib3 import exceptions

        address = self._address
        if isinstance(error, exceptions.NewConnectionError):
            return not_connected(address, error.__cause__ or error)
        if isinstance(error, exceptions.ConnectTimeoutError):
            return not_connected_in_time(address, self._connect)
        if isinstance(error, exceptions.ReadTimeoutError):
            return not_answered_in_time(address, self._read)
        if isinstance(error, exceptions.SSLError):
            reason: object = error.args[0] if error.args else error
            if isinstance(reason, ssl.SSLCertVerificationError):
                return not_trusted(address, reason)
            return not_connected(address, reason)
        return broken_answer(address, error)


def _open(pool_size: int) -> PoolManager:
    try:
        import urllib3
    except ImportError:
        raise ConfigurationError(
            "sending requests needs urllib3: pip install urllib3"
        ) from None
    manager = urllib3.PoolManager(num_pools=50, maxsize=pool_size)
    manager.pool_classes_by_scheme = _exact_pools()
    return manager


# urllib3 rewrites targets (%2f to %2F, stray characters), which breaks signatures. One
# that it would change travels through its pool in a spelling that it leaves alone, and
# is put back where the request line is written.
_UNCHANGED = re.compile(r"/(?:[\w.~!$&'()*+,;=:@/?-]|%[0-9A-F]{2})*", re.ASCII)
_ESCAPE = "/specwright-exact-target/"


def _escaped(target: str) -> str:
    if _UNCHANGED.fullmatch(target) and not target.startswith(_ESCAPE):
        return target
    return _ESCAPE + target.encode().hex()


def _unescaped(target: str) -> str:
    if not target.startswith(_ESCAPE):
        return target
    return bytes.fromhex(target[len(_ESCAPE) :]).decode()


def _exact_pools() -> dict[str, type[HTTPConnectionPool]]:
    from urllib3.connection import HTTPConnection, HTTPSConnection
    from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

    class ExactConnection(HTTPConnection):
        def putrequest(
            self,
            method: str,
            url: str,
            skip_host: bool = False,
            skip_accept_encoding: bool = False,
        ) -> None:
            super().putrequest(method, _unescaped(url), skip_host, skip_accept_encoding)

    class ExactTlsConnection(HTTPSConnection):
        def putrequest(
            self,
            method: str,
            url: str,
            skip_host: bool = False,
            skip_accept_encoding: bool = False,
        ) -> None:
            super().putrequest(method, _unescaped(url), skip_host, skip_accept_encoding)

    # By type(), since class bodies are held against the narrower types of urllib3.
    plain = type("Pool", (HTTPConnectionPool,), {"ConnectionCls": ExactConnection})
    tls = type("Pool", (HTTPSConnectionPool,), {"ConnectionCls": ExactTlsConnection})
    return {"http": plain, "https": tls}


def _headers(request: HttpRequest) -> HTTPHeaderDict:
    from urllib3 import HTTPHeaderDict
    from urllib3.util import SKIP_HEADER

    # Names and values go out as they were signed, and nothing is added to them.
    headers = HTTPHeaderDict()
    for name, value in request.headers.items():
        sent = value if value.isascii() else value.encode().decode("latin-1")
        headers.add(name, sent)
    for name in ("User-Agent", "Accept-Encoding"):
        if name not in request.headers:
            headers.add(name, SKIP_HEADER)
    return headers


def _received(value: str) -> str:
    # http.client reads headers as Latin-1, most senders write UTF-8.
    if value.isascii():
        return value
    return value.encode("latin-1", "replace").decode("utf-8", "replace")


def _sendable(body: Body) -> bytes | Iterable[bytes] | None:
    if isinstance(body, bytes):
        return body or None
    if isinstance(body, AsyncIterable):
        raise TypeError("a sync client can't send the async iterable that is the body")
    return body
