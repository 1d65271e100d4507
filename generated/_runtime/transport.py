"""What the transports share: the parts of an address, and how failures are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .errors import ConfigurationError, TransportError
from .http import HttpRequest, Timeout, is_token, split_url

if TYPE_CHECKING:
    from ssl import SSLContext

_PORTS = {"http": 80, "https": 443}


class Address:
    """Where a request goes, and the target that its first line asks for."""

    __slots__ = ("host", "port", "scheme", "target")

    def __init__(self, scheme: str, host: str, port: int, target: str) -> None:
        self.scheme: str = scheme
        self.host: str = host
        self.port: int = port
        self.target: str = target

    def __str__(self) -> str:
        port = "" if self.port == _PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{self.host}{port}"


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
    if not (target.isascii() and target.isprintable()) or " " in target:
        raise _unsendable("its URL is not percent-encoded")
    if not is_token(request.method):
        raise _unsendable(f"{request.method!r} is no method")
    return Address(scheme, host.lower(), int(digits or _PORTS[scheme]), target)


def _unsendable(reason: str) -> TransportError:
    return TransportError(f"the request can't be sent: {reason}", retryable=False)


def not_connected(address: Address, reason: object) -> TransportError:
    return TransportError(f"no connection to {address}: {reason}")


def not_connected_in_time(address: Address, timeout: Timeout) -> TransportError:
    return TransportError(f"no connection to {address} within {timeout} seconds")


def not_trusted(address: Address, reason: object) -> TransportError:
    return TransportError(
        f"the certificate of {address} is not trusted: {reason}", retryable=False
    )


def not_answered_in_time(address: Address, timeout: Timeout) -> TransportError:
    return TransportError(f"{address} sent nothing for {timeout} seconds")


def broken_answer(address: Address, reason: object) -> TransportError:
    return TransportError(f"no whole answer from {address}: {reason}")


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
