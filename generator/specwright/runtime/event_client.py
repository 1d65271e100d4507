"""Clients of services that streams of events are sent to: their signatures sign each event."""

from __future__ import annotations

from collections.abc import Callable

from .async_client import AsyncClient
from .client import Client
from .credentials import resolve
from .event_requests import EventFrames
from .event_signing import SCHEME, Chain
from .http import HttpRequest


class EventClient(Client):
    """A client that waits for its answers; threads may share it."""

    def sign(self, http: HttpRequest) -> HttpRequest:
        """The message with its signature, and signatures of its events."""
        return sign_events(http, super().sign, self._chain)

    def _chain(self, signature: str) -> Chain:
        return Chain(
            signature,
            resolve(self._credentials),
            self.region,
            self.service.signing_name,
            self._clock,
        )


class AsyncEventClient(AsyncClient):
    """A client whose answers are awaited."""

    def sign(self, http: HttpRequest) -> HttpRequest:
        """The message with its signature, and signatures of its events."""
        return sign_events(http, super().sign, self._chain)

    def _chain(self, signature: str) -> Chain:
        return Chain(
            signature,
            resolve(self._credentials),
            self.region,
            self.service.signing_name,
            self._clock,
        )


def sign_events(
    http: HttpRequest,
    sign: Callable[[HttpRequest], HttpRequest],
    chain: Callable[[str], Chain],
) -> HttpRequest:
    """A message signed as one without a body, and from there on event by event."""
    body = http.body
    if not isinstance(body, EventFrames):
        return sign(http)
    head = HttpRequest(http.method, http.url, http.headers)
    head.headers.set("X-Amz-Content-SHA256", SCHEME)
    signed = sign(head)
    proof = (signed.headers.get("authorization") or "").partition("Signature=")[2]
    if not proof:
        # Signed in another way, which leaves the body alone, or not at all.
        return sign(http)
    signed.body = body.signed(chain(proof))
    return signed
