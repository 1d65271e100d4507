"""Streams of events over real connections, in pieces that come slowly and end anywhere."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import ModuleType
from typing import Any

import pytest

from .conftest import client_of
from .frames import error, event, read

FRAMES = [event("told", text) for text in (b"one", b"two", b"three")]
WAIT = 10.0


class Handler(BaseHTTPRequestHandler):
    """Answers with frames, the next one only when the one before has been seen."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *about: object) -> None:
        pass

    def do_POST(self) -> None:
        served: Any = self.server
        served.connections.append(self.client_address)
        body = self.received()
        if self.path == "/tell":
            served.told = body
            self.send_response(200)
            self.send_header("Content-Length", "11")
            self.end_headers()
            self.wfile.write(b'{"heard":3}')
            return
        self.send_response(200)
        self.send_header("Content-Type", "application/vnd.amazon.eventstream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        try:
            for frame in served.frames:
                # Pieces that end within lengths, headers and payloads.
                for start in range(0, len(frame), 7):
                    self.piece(frame[start : start + 7])
                if not served.seen.wait(WAIT):
                    served.missed = True
                served.seen.clear()
            self.piece(b"")
        except OSError:
            served.left.set()
            self.close_connection = True

    def piece(self, data: bytes) -> None:
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()

    def received(self) -> bytes:
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        parts = b""
        while length := int(self.rfile.readline(), 16):
            parts += self.rfile.read(length)
            self.rfile.readline()
        self.rfile.readline()
        return parts


@pytest.fixture
def server() -> Iterator[Any]:
    served: Any = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served.daemon_threads = True
    served.frames = FRAMES
    served.seen, served.left = threading.Event(), threading.Event()
    served.missed, served.connections = False, []
    thread = threading.Thread(target=served.serve_forever, args=(0.05,))
    thread.start()
    yield served
    served.seen.set()
    served.shutdown()
    thread.join()
    served.server_close()


@pytest.fixture
def things(made: dict[str, ModuleType]) -> ModuleType:
    return made["rest-json"]


def address(server: Any) -> dict[str, Any]:
    port = server.server_address[1]
    return {"endpoint_url": f"http://127.0.0.1:{port}", "retries": 1}


def test_events_arrive_before_the_answer_ends(things: ModuleType, server: Any) -> None:
    with client_of(things, **address(server)) as client:
        for _ in range(2):
            texts = []
            for found in client.watch().events:
                texts.append(found.told.text)
                server.seen.set()
            assert texts == ["one", "two", "three"]
    assert not server.missed
    # The end of the events has given the connection back.
    assert len(set(server.connections)) == 1


def test_events_arrive_before_the_answer_ends_asynchronously(
    things: ModuleType, server: Any
) -> None:
    async def main() -> None:
        async with client_of(things, is_async=True, **address(server)) as client:
            for _ in range(2):
                texts = []
                async for found in (await client.watch()).events:
                    texts.append(found.told.text)
                    server.seen.set()
                assert texts == ["one", "two", "three"]

    asyncio.run(main())
    assert not server.missed
    assert len(set(server.connections)) == 1


def test_a_loop_that_is_left_closes_the_connection(
    things: ModuleType, server: Any
) -> None:
    server.frames = FRAMES[:1] + [event("told", bytes(10**6))] * 100
    with client_of(things, **address(server)) as client:
        response = client.watch()
        for found in response.events:
            assert found.told.text == "one"
            break
        server.seen.set()
        assert server.left.wait(WAIT)
        server.frames = FRAMES[:1]
        (found,) = client.watch().events
        server.seen.set()
        assert found.told.text == "one"
    assert len(set(server.connections)) == 2


def test_a_loop_that_is_left_closes_the_connection_asynchronously(
    things: ModuleType, server: Any
) -> None:
    server.frames = FRAMES[:1] + [event("told", bytes(10**6))] * 100

    async def main() -> None:
        async with client_of(things, is_async=True, **address(server)) as client:
            async for found in (await client.watch()).events:
                assert found.told.text == "one"
                break
            server.seen.set()
            assert await asyncio.to_thread(server.left.wait, WAIT)

    asyncio.run(main())


def test_an_error_in_the_stream_is_raised_at_its_place(
    things: ModuleType, server: Any
) -> None:
    server.frames = [*FRAMES[:1], error("Oops", "broken")]
    server.seen.set()
    with client_of(things, **address(server)) as client:
        events = iter(client.watch().events)
        assert next(events).told.text == "one"
        with pytest.raises(things.ServiceError, match="Oops: broken"):
            next(events)


def test_an_answer_that_breaks_off_is_told(things: ModuleType, server: Any) -> None:
    server.frames = [FRAMES[0], FRAMES[1][:-3]]
    server.seen.set()
    with client_of(things, **address(server)) as client:
        events = iter(client.watch().events)
        assert next(events).told.text == "one"
        server.seen.set()
        with pytest.raises(things.ResponseError, match="into a frame"):
            next(events)


def test_events_are_sent_one_by_one(things: ModuleType, server: Any) -> None:
    request = things.TellRequest.from_dict(
        {"session": "s", "events": [{"told": {"text": "one"}}, {"nothing": {}}]}
    )

    async def awaited() -> Any:
        for made in request.events:
            await asyncio.sleep(0.01)
            yield made

    async def main() -> None:
        async with client_of(things, is_async=True, **address(server)) as client:
            response = await client.tell(session="s", events=awaited())
            assert response.heard == 3

    with client_of(things, **address(server)) as client:
        assert client.send(request).heard == 3
        whole = server.told
        assert client.tell(session="s", events=iter(request.events)).heard == 3
        lazily = server.told
    asyncio.run(main())
    for told in (whole, lazily, server.told):
        inner = b"".join(payload for _, payload in read(told))
        kinds = [headers[":event-type"] for headers, _ in read(inner)]
        assert kinds == ["told", "nothing"]
