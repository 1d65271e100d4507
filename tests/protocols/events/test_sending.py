"""Requests that are streams of events: their frames, their signatures, and what is refused."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from types import ModuleType
from typing import Any
from xml.etree import ElementTree

import pytest
from tests.catalogue.cbor_encoder import encoded
from tests.catalogue.messages import from_cbor

from .conftest import client_of
from .frames import header, read
from .test_reading import AT, SAID, STORED

MEDIA_TYPE = "application/vnd.amazon.eventstream"
NOW = datetime(2024, 2, 29, 12, 30, 15, 125000, tzinfo=UTC)
KINDS = {
    "rest-json": "application/json",
    "json": "application/json",
    "rest-xml": "application/xml",
    "rpc-v2-cbor": "application/cbor",
}
EVENTS: list[dict[str, Any]] = [
    SAID,
    STORED,
    {"shown": {"level": 7, "details": {"text": "deep"}}},
    {"told": {"text": "grüße"}},
    {"nothing": {}},
    {"later": b"\0raw"},
]


def told(things: ModuleType, events: Any, **options: Any) -> Any:
    """A prepared request with some events."""
    client = client_of(things, **options)
    return client.prepare(things.TellRequest(session="s", events=events))


def events_of(things: ModuleType) -> list[Any]:
    request = things.TellRequest.from_dict({"events": EVENTS})
    return list(request.events)


def meaning(protocol: str, payload: bytes) -> Any:
    """A payload in the words of the protocol, read by others."""
    if protocol == "rpc-v2-cbor":
        return from_cbor(payload)
    if protocol == "rest-xml":
        root = ElementTree.fromstring(payload)
        return {
            child.tag: {inner.tag: inner.text for inner in child} or child.text
            for child in root
        }
    return json.loads(payload)


def said(protocol: str) -> Any:
    """What the first event is on the wire."""
    moment = {"rpc-v2-cbor": AT, "rest-xml": "2024-02-29T12:30:15.125000Z"}
    data = b"\0\1" if protocol == "rpc-v2-cbor" else "AAE="
    at = moment.get(protocol, AT.timestamp())
    return {"text": "é", "at": at, "data": data, "inner": {"text": "x"}}


def check_frames(protocol: str, body: bytes) -> None:
    """The frames of EVENTS, behind one for the members that are no events in RPC."""
    frames = read(body)
    if not protocol.startswith("rest"):
        headers, payload = frames.pop(0)
        assert headers == {
            ":message-type": "event",
            ":event-type": "initial-request",
            ":content-type": KINDS[protocol],
        }
        assert meaning(protocol, payload) == {"session": "s"}
    headers = [
        {k: v for k, v in found.items() if k != ":message-type"} for found, _ in frames
    ]
    assert {found[":message-type"] for found, _ in frames} == {"event"}
    assert headers == [
        {":event-type": "said", ":content-type": KINDS[protocol]},
        {
            ":event-type": "stored",
            ":content-type": "application/octet-stream",
            "id": "one",
            "kind": "NEW",
            "small": (2, -3),
            "size": (5, 2**40),
            "flag": False,
            "when": (8, 1709209815125),
            "mark": b"\xff",
        },
        {":event-type": "shown", ":content-type": KINDS[protocol], "level": (4, 7)},
        {":event-type": "told", ":content-type": "text/plain"},
        {":event-type": "nothing"},
        {":event-type": "later", ":content-type": "application/octet-stream"},
    ]
    first, stored, shown, text, nothing, later = (payload for _, payload in frames)
    assert meaning(protocol, first) == said(protocol)
    assert stored == b"\0bytes"
    assert meaning(protocol, shown) == {"text": "deep"}
    assert (text, nothing, later) == ("grüße".encode(), b"", b"\0raw")


def test_events_become_frames(protocol: str, things: ModuleType) -> None:
    http = told(things, events_of(things))
    assert http.headers["Content-Type"] == MEDIA_TYPE
    if protocol.startswith("rest"):
        assert http.headers["X-Session"] == "s"
    check_frames(protocol, b"".join(http.body))
    # The same ones each time that a list of events is sent.
    check_frames(protocol, b"".join(http.body))


def test_events_may_come_while_they_are_sent(protocol: str, things: ModuleType) -> None:
    taken: list[Any] = []

    def some() -> Iterator[Any]:
        for event in events_of(things):
            taken.append(event)
            yield event

    http = told(things, some())
    assert taken == []
    check_frames(protocol, b"".join(http.body))

    async def main() -> None:
        async def awaited() -> AsyncIterator[Any]:
            for event in events_of(things):
                await asyncio.sleep(0)
                yield event

        http = told(things, awaited(), is_async=True)
        check_frames(protocol, b"".join([part async for part in http.body]))

    asyncio.run(main())


def test_the_types_of_frames_are_asked_for(protocol: str, things: ModuleType) -> None:
    http = client_of(things).prepare(things.WatchRequest())
    expected = MEDIA_TYPE if protocol == "rpc-v2-cbor" else None
    assert http.headers.get("Accept") == expected
    http = told(things, [])
    assert http.headers.get("Accept") in (None, "application/cbor")
    assert len(read(b"".join(http.body))) == (0 if protocol.startswith("rest") else 1)


def test_signed_events_are_a_chain(protocol: str, things: ModuleType) -> None:
    clock = iter(NOW + timedelta(seconds=n) for n in range(100))
    client = client_of(things, clock=lambda: next(clock))
    request = things.TellRequest(session="s", events=events_of(things))
    http = client.prepare(request)
    for _ in range(2):
        signed = client.sign(http)
        scheme = "STREAMING-AWS4-HMAC-SHA256-EVENTS"
        assert signed.headers["X-Amz-Content-SHA256"] == scheme
        authorization = signed.headers["Authorization"]
        assert "x-amz-content-sha256" in authorization
        inner = checked_chain(authorization, b"".join(signed.body))
        check_frames(protocol, inner)
    # Signing leaves the prepared message as it was.
    check_frames(protocol, b"".join(http.body))
    assert "Authorization" not in http.headers


def checked_chain(authorization: str, body: bytes) -> bytes:
    """The frames inside of signed ones, whose signatures fit."""
    previous = authorization.rpartition("Signature=")[2]
    parts: list[bytes] = []
    for headers, payload in read(body):
        assert list(headers) == [":date", ":chunk-signature"]
        _, since = headers[":date"]
        now = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=since)
        key = b"AWS4wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
        for word in (f"{now:%Y%m%d}", "us-east-1", "things", "aws4_request"):
            key = hmac.digest(key, word.encode(), "sha256")
        lines = [
            "AWS4-HMAC-SHA256-PAYLOAD",
            f"{now:%Y%m%dT%H%M%SZ}",
            f"{now:%Y%m%d}/us-east-1/things/aws4_request",
            previous,
            hashlib.sha256(header(":date", now)).hexdigest(),
            hashlib.sha256(payload).hexdigest(),
        ]
        previous = hmac.digest(key, "\n".join(lines).encode(), "sha256").hex()
        assert headers[":chunk-signature"].hex() == previous
        parts.append(payload)
    # Nothing ends the stream but a frame with nothing in it.
    assert [bool(part) for part in parts] == [True] * (len(parts) - 1) + [False]
    return b"".join(parts)


def test_other_messages_are_signed_as_ever(things: ModuleType) -> None:
    client = client_of(things, clock=lambda: NOW)
    signed = client.sign(client.prepare(things.WatchRequest(name="x")))
    assert "X-Amz-Content-SHA256" not in signed.headers
    assert "Authorization" in signed.headers


def test_broken_events_are_refused(things: ModuleType) -> None:
    wrong: list[Any] = [
        {"told": {"text": "far too long"}},
        {"stored": {"data": b""}},
        {"said": {}, "told": {}},
    ]
    request = things.TellRequest.from_dict({"events": wrong})
    with pytest.raises(things.ValidationError) as raised:
        client_of(things).prepare(request)
    assert [(v.pointer, v.kind) for v in raised.value.violations] == [
        ("/events/0/told/text", "length"),
        ("/events/1/stored/id", "required"),
        ("/events/2", "union"),
    ]
    # Of a list all is checked before, as everywhere; of others what always holds, each in turn.
    http = told(things, iter(list(request.events)[1:]))
    with pytest.raises(things.ValidationError, match="/stored/id"):
        b"".join(http.body)
    http = told(things, iter(list(request.events)[:1]))
    assert b"far too long" in b"".join(http.body)


@pytest.mark.parametrize("events", [3, "text", b"bytes", {"told": 1}, [1], [{}]])
def test_what_holds_no_events_is_refused(things: ModuleType, events: Any) -> None:
    with pytest.raises(things.ValidationError) as raised:
        told(things, events)
    (violation,) = raised.value.violations
    assert violation.kind == "type"
    assert "Happening" in violation.message


def test_what_is_no_event_is_refused_in_its_turn(things: ModuleType) -> None:
    for wrong in (3, things.WatchRequest()):
        http = told(things, iter([wrong]))
        with pytest.raises(TypeError, match="events of this request are of Happening"):
            b"".join(http.body)
    with pytest.raises(TypeError, match="an unknown event is sent as bytes only"):
        b"".join(told(things, [events_with(things, {"later": {"a": 1}})]).body)


def events_with(things: ModuleType, values: dict[str, Any]) -> Any:
    """An event from its dict."""
    (made,) = things.TellRequest.from_dict({"events": [values]}).events
    return made


def test_answers_are_plain_ones(protocol: str, things: ModuleType) -> None:
    body = {
        "rest-xml": b"<TellResponse><heard>3</heard></TellResponse>",
        "rpc-v2-cbor": encoded({"heard": 3}, Random(1)),
    }.get(protocol, b'{"heard": 3}')
    client = client_of(things)
    response = client.parse(
        things.TellRequest(events=[]), things.HttpResponse(200, {}, body)
    )
    assert response.heard == 3
    assert not things.TellRequest.__operation__.streams
