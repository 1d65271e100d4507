"""What the transports share: the parts of an address, and how failures are told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .errors import ConfigurationError, TransportError
from .http import HttpRequest, Timeout, is_token, split_url

if TYPE_CHECKING:
    from ssl import SSLContext

_PORTS = {"http": 80, "https": 443}
# urllib3 rewrites all others (%2f to %2F, stray characters), which breaks signatures.
_TARGET = re.compile(r"/(?:[\w.~!$&'()*+,;=:@/?-]|%[0-9A-F]{2})*", re.ASCII)


class Address:
    """Where a request goes, and the target that its first line asks for."""

    def __init__(self, scheme: str, host: str, port: int, target: str) -> None:
        self.scheme: str = scheme
        self.host: str = host
        self.port: int = port
        self.target: str = target
        shown = "" if port == _PORTS[scheme] else f":{port}"
        self.origin: str = f"{scheme}://{host}{shown}"


def address_of(request: HttpRequest) -> Address:
    """The address; a TransportError where sending the request can't work."""
    scheme, authority, path, query = split_url(request.url)
    scheme = scheme.lower()
    host, colon, digits = authority.rpartition("@")[2].rpartition(":")
    if not colon or digits.endswith("]"):
        host, digits = host + colon + digits, ""
    if scheme not in _PORTS or not host:
        raise _unsendable("its URL does not begin with https://host or http://host")
    if digits and not (digits.isascii() and digits.isdigit() and len(digits) <= 5):
        raise _unsendable("the port in its URL is no number")
    target = (path or "/") + (f"?{query}" if query else "")
    if not _TARGET.fullmatch(target):
        raise _unsendable("its URL is not percent-encoded (with capitals, as in %2F)")
    if not is_token(request.method):
        raise _unsendable(f"{request.method!r} is no method")
    return Address(scheme, host.lower(), int(digits or _PORTS[scheme]), target)


def _unsendable(reason: str) -> TransportError:
    return TransportError(f"the request can't be sent: {reason}", retryable=False)


class Failures:
    """Raises what an HTTP library raises in its block as TransportError.

    `connect` and `read` are the timeouts that the library was given. `of_body` is an
    error of the user's own iterable, which is raised as it is.
    """

    def __init__(self, address: Address, connect: Timeout, read: Timeout) -> None:
        self.origin: str = address.origin
        self.connect: Timeout = connect
        self.read: Timeout = read
        self.of_body: Exception | None = None

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if self.of_body is not None:
            raise self.of_body
        if isinstance(error, Exception):
            told = self.told(error)
            if told is not None:
                raise told from error

    def told(self, error: Exception) -> TransportError | None:
        """What is raised instead; None lets the error pass."""
        raise NotImplementedError

    def not_connected(self, reason: object) -> TransportError:
        return TransportError(f"no connection to {self.origin}: {reason}")

    def not_connected_in_time(self) -> TransportError:
        return TransportError(
            f"no connection to {self.origin} within {self.connect} seconds"
        )

    def not_trusted(self, reason: object) -> TransportError:
        return TransportError(
            f"the certificate of {self.origin} is not trusted: {reason}",
            retryable=False,
        )

    def not_answered_in_time(self) -> TransportError:
        return TransportError(f"{self.origin} sent nothing for {self.read} seconds")

    def broken_answer(self, reason: object) -> TransportError:
        return TransportError(f"no whole answer from {self.origin}: {reason}")


def checked_part(part: object) -> bytes:
    if not isinstance(part, bytes | bytearray):
        raise TypeError(f"a part of the body is a {type(part).__name__}, not bytes")
    return bytes(part)


def trusting_context(ca_bundle: str | None) -> SSLContext:
    """Checks certificates against the bundle, AWS_CA_BUNDLE's or the system's."""
    import os
    import ssl

    path = ca_bundle or os.environ.get("AWS_CA_BUNDLE")
    try:
        return ssl.create_default_context(cafile=path)
    except OSError as error:
        raise ConfigurationError(f"certificates in {path}: {error}") from error


def tighter(one: Timeout, other: Timeout) -> Timeout:
    """The shorter of two, where None is no limit."""
    if one is None or other is None:
        return other if one is None else one
    return min(one, other)
