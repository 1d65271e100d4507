"""Answers that are streams of events, read from frames that no code of ours wrote."""

from __future__ import annotations

import asyncio
import copy
import json
import pickle
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from random import Random
from types import ModuleType
from typing import Any

import pytest
from tests.catalogue.cbor_encoder import encoded

from .conftest import client_of
from .frames import Wide, error, event, exception, frame

AT = datetime(2024, 2, 29, 12, 30, 15, 125000, tzinfo=UTC)
SAID = {
    "said": {"text": "é", "at": AT, "data": b"\0\1", "inner": {"text": "x"}},
}
STORED = {
    "stored": {
        "id": "one",
        "kind": "NEW",
        "small": -3,
        "size": 2**40,
        "flag": False,
        "when": AT,
        "mark": b"\xff",
        "data": b"\0bytes",
    }
}
SHOWN = {"shown": {"level": 7, "details": {"text": "deep"}}}
TEXTS = {
    "rest-json": json.dumps(
        {"text": "é", "at": AT.timestamp(), "data": "AAE=", "inner": {"text": "x"}}
    ),
    "rest-xml": "<Any><text>é</text><at>2024-02-29T12:30:15.125Z</at>"
    "<data>AAE=</data><inner><text>x</text></inner></Any>",
}


def written(protocol: str, value: dict[str, Any]) -> bytes:
    """A payload with texts only, or that of SAID."""
    if protocol == "rpc-v2-cbor":
        return encoded(value, Random(1))
    if value == SAID["said"]:
        return TEXTS["rest-xml" if protocol == "rest-xml" else "rest-json"].encode()
    if protocol == "rest-xml":
        inner = "".join(f"<{k}>{v}</{k}>" for k, v in value.items())
        return f"<Root>{inner}</Root>".encode()
    return json.dumps(value).encode()


def happenings(protocol: str) -> list[bytes]:
    """Frames of one event of each kind, and one that the spec doesn't know."""
    stored = {**STORED["stored"], "size": Wide(2**40), "small": Wide(-3, ">b")}
    payload = stored.pop("data")
    return [
        event("said", written(protocol, SAID["said"])),
        event("stored", payload, **stored),
        event("shown", written(protocol, {"text": "deep"}), level=7),
        event("told", "grüße".encode()),
        event("nothing", b""),
        event("later", written(protocol, {"a": "b"})),
    ]


EVENTS = [
    SAID,
    STORED,
    SHOWN,
    {"told": {"text": "grüße"}},
    {"nothing": {}},
    {"later": {"a": "b"}},
]


def initial(protocol: str, session: str = "s") -> list[bytes]:
    """The frame before all events, in the protocols that have one."""
    if protocol.startswith("rest"):
        return []
    return [event("initial-response", written(protocol, {"session": session}))]


def answer(things: ModuleType, body: Any, status: int = 200) -> Any:
    headers = {
        "Content-Type": "application/vnd.amazon.eventstream",
        "X-Session": "s",
        "x-amzn-requestid": "r-1",
    }
    return things.HttpResponse(status, headers, body)


def watched(things: ModuleType, body: Any) -> Any:
    """The response of Watch with some body."""
    return client_of(things).parse(things.WatchRequest(), answer(things, body))


def bytewise(body: bytes) -> Iterator[bytes]:
    for byte in body:
        yield bytes((byte,))


async def awaited(parts: Iterator[bytes]) -> AsyncIterator[bytes]:
    for part in parts:
        await asyncio.sleep(0)
        yield part


def test_a_whole_body_is_a_list_of_events(protocol: str, things: ModuleType) -> None:
    response = watched(things, b"".join([*initial(protocol), *happenings(protocol)]))
    expected = {"session": "s", "events": EVENTS}
    assert response.to_dict() == expected
    # What is all there can be read again, and in both ways.
    assert [e.to_dict() for e in response.events] == EVENTS
    assert asyncio.run(collected(response.events)) == EVENTS
    assert response.to_dict() == expected
    first, _, _, _, nothing, later = response.events
    assert (first.kind, first.said.inner.text) == ("said", "x")
    assert (nothing.kind, nothing.nothing.to_dict()) == ("nothing", {})
    assert (later.kind, later.unknown) == ("later", {"later": {"a": "b"}})


async def collected(events: Any) -> list[Any]:
    return [found.to_dict() async for found in events]


def test_events_are_read_from_bytes_cut_anywhere(
    protocol: str, things: ModuleType
) -> None:
    body = b"".join([*initial(protocol), *happenings(protocol)])
    response = watched(things, bytewise(body))
    assert response.session == "s"
    assert [e.to_dict() for e in response.events] == EVENTS
    assert list(response.events) == []

    async def main() -> None:
        client = client_of(things, is_async=True)
        http = answer(things, awaited(bytewise(body)))
        request = things.WatchRequest()
        http = await request.__operation__.arrived(http)
        response = client.parse(request, http)
        assert response.session == "s"
        assert await collected(response.events) == EVENTS
        assert await collected(response.events) == []

    asyncio.run(main())


def test_an_event_is_there_before_the_next_one_comes(
    protocol: str, things: ModuleType
) -> None:
    sent: list[int] = []

    def parts() -> Iterator[bytes]:
        yield from initial(protocol)
        for number, part in enumerate(happenings(protocol)):
            sent.append(number)
            yield part

    response = watched(things, parts())
    assert sent == []
    for number, found in enumerate(response.events):
        assert sent == [*range(number + 1)]
        assert found.to_dict() == EVENTS[number]


def test_members_beside_the_events_need_no_first_frame(
    protocol: str, things: ModuleType
) -> None:
    told = event("told", b"x")
    for body in (told, iter([told]), b"", iter([])):
        response = watched(things, body)
        rest = protocol.startswith("rest")
        assert response.session == ("s" if rest else None)
        found = [e.to_dict() for e in response.events]
        assert found in ([], [{"told": {"text": "x"}}])
    request = things.JustWatchRequest()
    first = event("initial-response", b"")
    for body in (first + told, iter([first, told]), told):
        http = answer(things, body)
        response = client_of(things).parse(request, http)
        assert response.to_dict() == {"events": [{"told": {"text": "x"}}]}


def test_errors_that_the_spec_describes_are_raised_with_their_members(
    protocol: str, things: ModuleType
) -> None:
    told = written(protocol, {"message": "no more", "hint": "stop"})
    body = event("told", b"x") + exception("TooBad", told)
    response = watched(things, iter([*initial(protocol), body]))
    events = iter(response.events)
    assert next(events).told.text == "x"
    with pytest.raises(things.errors.TooBad) as raised:
        next(events)
    found = raised.value
    assert (found.message, found.hint, found.code) == ("no more", "stop", "TooBad")
    assert (found.status, found.request_id) == (424, "r-1")
    assert found.response_metadata is response.response_metadata
    with pytest.raises(ValueError, match="closed"):
        next(iter(response.events))
    # The class of an error isn't called as the union calls it.
    body = exception("worse", written(protocol, {"message": "m"}))
    with pytest.raises(things.errors.WorseYet) as raised:
        list(watched(things, b"".join(initial(protocol)) + body).events)
    assert (raised.value.fault, raised.value.retryable) == ("server", True)
    with pytest.raises(things.errors.WorseYet):
        watched(things, b"".join(initial(protocol)) + body).to_dict()


def test_errors_that_no_spec_describes_are_raised(
    protocol: str, things: ModuleType
) -> None:
    start = b"".join(initial(protocol))
    with pytest.raises(things.ServiceError) as raised:
        list(watched(things, start + error("InternalError", "oh")).events)
    found = raised.value
    assert (found.code, found.message) == ("InternalError", "oh")
    assert (found.request_id, found.retryable) == ("r-1", False)
    unknown = exception("Unheard", written(protocol, {"message": "of"}))
    with pytest.raises(things.ServiceError) as raised:
        list(watched(things, start + unknown).events)
    assert (raised.value.code, raised.value.message) == ("Unheard", "of")
    with pytest.raises(things.errors.TooBad) as raised:
        list(watched(things, start + exception("TooBad", b"\xff<{")).events)
    assert "its members can't be read" in raised.value.__notes__[0]
    # Whatever `:error-code` is called, only errors are raised.
    with pytest.raises(things.ServiceError) as raised:
        list(watched(things, start + error("annotations", "oh")).events)
    assert raised.value.code == "annotations"


def test_values_that_no_spec_describes_survive(
    protocol: str, things: ModuleType
) -> None:
    start = b"".join(initial(protocol))
    (found,) = watched(things, start + event("later", b"\xff\xfe\xfd")).events
    assert found.unknown == {"later": b"\xff\xfe\xfd"}
    (found,) = watched(things, start + event("later")).events
    assert found.to_dict() == {"later": {}}
    (found,) = watched(things, start + event("stored", kind="NEWER", id="a")).events
    kind = found.stored.kind
    assert (type(kind).__name__, kind) == ("UnknownValue", "NEWER")
    (found,) = watched(things, start + event("stored")).events
    assert found.to_dict() == {"stored": {"data": b""}}
    assert not hasattr(found.stored, "id")
    # Other headers, and messages of another type, don't matter.
    more = frame({":event-type": "told", "more": True}, b"x")
    (found,) = watched(things, start + more).events
    assert found.told.text == "x"


def test_what_can_t_be_read_is_a_response_error(
    protocol: str, things: ModuleType
) -> None:
    start = b"".join(initial(protocol)) + event("told", b"x")
    whole = event("told", b"yes")
    cases = [
        (event("said", b"\xff<{"), "can't read the event 'said'"),
        (event("told", b"\xff"), "can't read the event 'told'"),
        (event("stored", small="text"), "expected a byte in the header 'small'"),
        (event("stored", flag=1), "expected a boolean in the header 'flag'"),
        (event("stored", mark="text"), "expected a blob in the header 'mark'"),
        (event("stored", when=True), "expected a timestamp in the header 'when'"),
        (event("stored", id=b"x"), "expected a string in the header 'id'"),
        (event("stored", size=True), "expected a long in the header 'size'"),
        (whole[:-1], "ended"),
        (whole[:-1] + b"\0", "checksum"),
        (b"HTTP/1.1 503 what", "checksum"),
    ]
    for body, told in cases:
        for parts in (start + body, bytewise(start + body)):
            events = iter(watched(things, parts).events)
            assert next(events).told.text == "x"
            with pytest.raises(things.ResponseError, match=told) as raised:
                next(events)
            assert (raised.value.status, raised.value.request_id) == (200, "r-1")


def test_a_damaged_first_frame_is_a_response_error(
    protocol: str, things: ModuleType
) -> None:
    damaged = event("initial-response", b"x")[:-1] + b"\0"
    for body in (damaged, iter([damaged])):
        with pytest.raises(things.ResponseError, match="checksum") as raised:
            list(watched(things, body).events)
        assert (raised.value.status, raised.value.request_id) == (200, "r-1")


def test_failures_are_errors_as_ever(protocol: str, things: ModuleType) -> None:
    body = {
        "rest-xml": b"<ErrorResponse><Error><Code>TooBad</Code><hint>h</hint></Error>"
        b"</ErrorResponse>",
        "rpc-v2-cbor": encoded({"__type": "x#TooBad", "hint": "h"}, Random(1)),
    }.get(protocol, b'{"__type": "TooBad", "hint": "h"}')
    for parts in (body, iter([body])):
        with pytest.raises(things.errors.TooBad) as raised:
            client_of(things).parse(
                things.WatchRequest(), answer(things, parts, status=424)
            )
        assert raised.value.hint == "h"


def test_streams_are_used_in_their_own_way(protocol: str, things: ModuleType) -> None:
    body = b"".join([*initial(protocol), event("told", b"x")])

    async def main() -> None:
        response = watched(things, bytewise(body))
        with pytest.raises(TypeError, match="synchronously: use for"):
            await collected(response.events)
        http = answer(things, awaited(bytewise(body)))
        response = client_of(things, is_async=True).parse(things.WatchRequest(), http)
        with pytest.raises(TypeError, match="asynchronously: use async for"):
            list(response.events)
        with pytest.raises(TypeError, match="only async for can read them"):
            response.to_dict()
        # Read by nobody before: what stands in the first frame is left out.
        assert await collected(response.events) == [{"told": {"text": "x"}}]

    asyncio.run(main())


class Body:
    """A body that tells whether it was closed."""

    def __init__(self, parts: list[bytes]) -> None:
        self.parts = parts
        self.closed = False

    def close(self) -> None:
        self.closed = True

    def __iter__(self) -> Iterator[bytes]:
        yield from self.parts


class AwaitedBody:
    """The same of async clients."""

    def __init__(self, parts: list[bytes]) -> None:
        self.parts = parts
        self.closed = False

    async def aclose(self) -> None:
        self.closed = True

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for part in self.parts:
            yield part


def test_a_loop_that_is_left_closes_the_stream(
    protocol: str, things: ModuleType
) -> None:
    parts = [*initial(protocol), *happenings(protocol)]
    body = Body(parts)
    response = watched(things, body)
    for found in response.events:
        assert found.kind == "said"
        assert not body.closed
        break
    assert body.closed
    with pytest.raises(ValueError, match="the stream of events is closed"):
        next(iter(response.events))

    async def main() -> None:
        body = AwaitedBody(parts)
        http = answer(things, body)
        response = client_of(things, is_async=True).parse(things.WatchRequest(), http)
        async for found in response.events:
            assert found.kind == "said"
            break
        # Python leaves the loop's iterator to the event loop.
        await asyncio.sleep(0.01)
        assert body.closed

    asyncio.run(main())


def test_streams_are_closed_by_hand_and_by_context(
    protocol: str, things: ModuleType
) -> None:
    parts = [*initial(protocol), *happenings(protocol)]
    body = Body(parts)
    with watched(things, body).events as events:
        assert repr(events) == "<EventStream: open>"
    assert body.closed
    assert repr(events) == "<EventStream: closed>"
    body = Body(parts)
    response = watched(things, body)
    for _ in response.events:
        response.events.close()
    assert body.closed

    async def main() -> None:
        body = AwaitedBody(parts)
        http = answer(things, body)
        response = client_of(things, is_async=True).parse(things.WatchRequest(), http)
        async with response.events as events:
            assert (await anext(aiter(events))).kind == "said"
        assert body.closed
        with pytest.raises(ValueError, match="closed"):
            await collected(events)

    asyncio.run(main())


def test_responses_are_made_by_hand_for_tests(
    protocol: str, things: ModuleType
) -> None:
    values = {"session": "s", "events": EVENTS[:3]}
    response = things.WatchResponse.from_dict(values)
    assert response.to_dict() == values
    assert response.violations() == []
    assert [e.kind for e in response.events] == ["said", "stored", "shown"]
    for made in (pickle.loads(pickle.dumps(response)), copy.deepcopy(response)):
        assert made.to_dict() == values
    listed = list(response.events)
    stream = type(response.events)(listed)
    assert things.WatchResponse(events=stream).to_dict() == {"events": EVENTS[:3]}
    assert things.WatchResponse.from_dict(values) == response
    assert things.WatchResponse.from_dict({"events": EVENTS[:2]}) != response
    assert watched(things, b"").events == stream.__class__([])
    assert watched(things, iter([])).events != stream.__class__([])
    live = watched(things, iter(happenings(protocol)))
    with pytest.raises(TypeError, match="can't be copied"):
        copy.deepcopy(live)
    wrong: Any = things.WatchResponse.from_dict({"events": 3})
    (violation,) = wrong.violations()
    assert (violation.pointer, violation.kind) == ("/events", "type")
    wrong = things.WatchResponse.from_dict(
        {"events": [1, None, {"told": {"text": ""}}]}
    )
    assert [(v.pointer, v.kind) for v in wrong.violations()] == [
        ("/events/0", "type"),
        ("/events/1", "required"),
        ("/events/2/told/text", "length"),
    ]
