"""Signatures of events: each follows from the one before, the first from the request's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple

from .credentials import Credentials
from .event_frames import EventHeader, Frame, encode_frame, encode_headers

SCHEME = "STREAMING-AWS4-HMAC-SHA256-EVENTS"


class Chain(NamedTuple):
    """What the signatures of events follow from: that of the request, who signs, and when."""

    signature: str
    credentials: Credentials
    region: str
    service: str
    clock: Callable[[], datetime]


class EventSigner:
    """Signs the frames of one request, in their order."""

    __slots__ = ("_chain", "_previous")

    def __init__(self, chain: Chain) -> None:
        self._chain = chain
        self._previous: str = chain.signature

    def sign(self, frame: bytes) -> bytes:
        """A frame around a frame, with its signature; one around nothing ends the stream."""
        chain = self._chain
        now = chain.clock()
        date = EventHeader(":date", "timestamp", now)
        signature = event_signature(
            frame,
            (date,),
            previous=self._previous,
            credentials=chain.credentials,
            region=chain.region,
            service=chain.service,
            now=now,
        )
        self._previous = signature.hex()
        proof = EventHeader(":chunk-signature", "blob", signature)
        return encode_frame(Frame((date, proof), frame))


def event_signature(
    payload: bytes,
    headers: tuple[EventHeader, ...],
    *,
    previous: str,
    credentials: Credentials,
    region: str,
    service: str,
    now: datetime,
) -> bytes:
    """The signature of a payload and its headers, which follows from the ``previous`` one."""
    import hashlib
    import hmac

    stamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    day = stamp[:8]
    lines = [
        "AWS4-HMAC-SHA256-PAYLOAD",
        stamp,
        f"{day}/{region}/{service}/aws4_request",
        previous,
        hashlib.sha256(encode_headers(headers)).hexdigest(),
        hashlib.sha256(payload).hexdigest(),
    ]
    key = credentials.signing_key(day, region, service)
    return hmac.digest(key, "\n".join(lines).encode(), "sha256")
