"""Operations that aren't signed like the others: messages that say how they are."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from .credentials import (
    CredentialSource,
    EnvironmentCredentials,
    resolve,
    resolve_region,
)
from .http import HttpRequest
from .operation import Request, Response
from .sigv4 import sign
from .traits import Trait


class Sender(NamedTuple):
    """Who sends a message, to which service, where and when."""

    source: CredentialSource
    region: str | None
    service: str
    now: datetime


class Scheme:
    """One way to authenticate a message."""

    __slots__ = ()

    def serves(self, source: CredentialSource, service: str) -> bool:
        """True where it can be used with some credentials."""
        return True

    def sign(self, http: HttpRequest, sender: Sender) -> HttpRequest:
        """The message with what tells who sends it."""
        raise NotImplementedError


class Anonymous(Scheme):
    """Nobody needs to know who asks."""

    __slots__ = ()

    def sign(self, http: HttpRequest, sender: Sender) -> HttpRequest:
        return http


class SigV4(Scheme):
    """Signature version 4."""

    __slots__ = ()

    def sign(self, http: HttpRequest, sender: Sender) -> HttpRequest:
        return sign(
            http,
            credentials=resolve(sender.source),
            region=resolve_region(sender.region),
            service=sender.service,
            now=sender.now,
        )


class MarkedRequest(HttpRequest):
    """A message that says how it is signed."""

    __slots__ = ("auth",)

    def __init__(self, http: HttpRequest, auth: Auth) -> None:
        super().__init__(http.method, http.url, http.headers, http.body)
        self.auth = auth


class Auth(Trait):
    """An operation whose messages are signed by the first scheme that can be used."""

    __slots__ = ("schemes",)

    def __init__(self, *schemes: Scheme) -> None:
        self.schemes: tuple[Scheme, ...] = schemes

    def sent(self, http: HttpRequest, request: Request[Response]) -> HttpRequest:
        return MarkedRequest(http, self)

    def __call__(
        self,
        http: HttpRequest,
        source: CredentialSource,
        region: str | None,
        service: str,
        now: datetime,
    ) -> HttpRequest:
        # Where no scheme can be used, the first one says what it lacks.
        scheme = self.schemes[0]
        if len(self.schemes) > 1:
            if not isinstance(source, EnvironmentCredentials):
                source = resolve(source)
            usable = (each for each in self.schemes if each.serves(source, service))
            scheme = next(usable, scheme)
        return scheme.sign(http, Sender(source, region, service, now))
