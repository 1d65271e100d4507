"""Signatures of events, held against ones that were computed by hand with openssl."""

from __future__ import annotations

from datetime import UTC, datetime

from specwright.runtime.credentials import Credentials
from specwright.runtime.event_frames import (
    EventHeader,
    Frame,
    FrameDecoder,
    encode_frame,
)
from specwright.runtime.event_signing import Chain, EventSigner, event_signature

# Of the signing key of the day, over the scheme, the time, the scope, the signature before,
# and the SHA-256 of the date's header and of the payload, a line each.
FIRST = "e95c17ec53fac64e2f9af3ab551f6678d60a8454010b1b2daad103d5000320e4"
SECOND = "d0f2a6739e86fab70a12b8c11d2eb615ecdda01d0c8e01860138826584d7adf1"

BEFORE = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
NOW = datetime(2024, 2, 29, 12, 30, 15, 125000, tzinfo=UTC)
CREDENTIALS = Credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
EMPTY = encode_frame(Frame(()))


def test_a_signature_is_what_its_definition_says():
    date = EventHeader(":date", "timestamp", NOW)
    for payload, previous, signature in ((EMPTY, BEFORE, FIRST), (b"", FIRST, SECOND)):
        found = event_signature(
            payload,
            (date,),
            previous=previous,
            credentials=CREDENTIALS,
            region="us-east-1",
            service="transcribe",
            now=NOW,
        )
        assert found.hex() == signature


def test_each_signature_follows_from_the_one_before():
    chain = Chain(BEFORE, CREDENTIALS, "us-east-1", "transcribe", lambda: NOW)
    for _ in range(2):
        signer, decoder = EventSigner(chain), FrameDecoder()
        decoder.feed(signer.sign(EMPTY) + signer.sign(b""))
        for payload, signature in ((EMPTY, FIRST), (b"", SECOND)):
            frame = decoder.take()
            assert frame is not None
            assert frame.payload == payload
            assert frame.headers == (
                EventHeader(":date", "timestamp", NOW),
                EventHeader(":chunk-signature", "blob", bytes.fromhex(signature)),
            )


def test_the_day_of_the_signature_is_that_of_the_event():
    """A stream may last past midnight."""
    times = iter([NOW, NOW.replace(month=3, day=1)])
    chain = Chain(BEFORE, CREDENTIALS, "us-east-1", "transcribe", lambda: next(times))
    signer, decoder = EventSigner(chain), FrameDecoder()
    decoder.feed(signer.sign(EMPTY) + signer.sign(b""))
    decoder.take()
    second = decoder.take()
    assert second is not None
    expected = event_signature(
        b"",
        (EventHeader(":date", "timestamp", NOW.replace(month=3, day=1)),),
        previous=FIRST,
        credentials=CREDENTIALS,
        region="us-east-1",
        service="transcribe",
        now=NOW.replace(month=3, day=1),
    )
    assert second.value(":chunk-signature") == expected
