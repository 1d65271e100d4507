"""Both transports against real sockets: what goes out, what comes in, what fails."""

from __future__ import annotations

import asyncio
import datetime as dt
import gc
import gzip
import os
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import BinaryIO
from unittest import mock

import aiohttp
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from hypothesis import HealthCheck, given, settings, strategies as st
from urllib3.util.url import _encode_target

from specwright.runtime.aiohttp_transport import AiohttpTransport
from specwright.runtime.errors import ConfigurationError, TransportError
from specwright.runtime.http import Body, HttpRequest, HttpResponse
from specwright.runtime.transport import address_of
from specwright.runtime.urllib3_transport import Urllib3Transport

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


class Server:
    """Answers the n-th request with the n-th text, then the last one again.

    A connection stays open after an answer; `hang_up` closes it instead.
    """

    def __init__(self, *answers: bytes, hang_up: bool = False) -> None:
        self.answers = answers
        self.hang_up = hang_up
        self.requests: list[bytes] = []
        self.connections = 0
        self._open: list[socket.socket] = []
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=50)
        self.port = int(self._listener.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}"
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with self._lock:
                self.connections += 1
                self._open.append(connection)
                thread = threading.Thread(target=self._serve, args=(connection,))
                self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rb") as stream:
            try:
                while request := _read_request(stream):
                    with self._lock:
                        index = min(len(self.requests), len(self.answers) - 1)
                        self.requests.append(request)
                    connection.sendall(self.answers[index])
                    if self.hang_up:
                        return
            except OSError:
                return

    def hung_up(self) -> None:
        """Wait until every connection so far is closed."""
        with self._lock:
            threads = self._threads[1:]
        for thread in threads:
            thread.join(10)

    def stop(self) -> None:
        # shutdown() wakes a thread that waits; close() alone would leave it there.
        for waiting in (self._listener, *self._open):
            try:
                waiting.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue
        self._listener.close()
        for thread in self._threads:
            thread.join(10)


def _read_request(stream: BinaryIO) -> bytes:
    request = _read_until(stream, b"\r\n\r\n")
    fields = request.lower().split(b"\r\n")
    if b"transfer-encoding: chunked" in fields:
        request += _read_until(stream, b"\r\n0\r\n\r\n")
    for field in fields:
        if field.startswith(b"content-length:"):
            request += stream.read(int(field.partition(b":")[2]))
    return request


def _read_until(stream: BinaryIO, end: bytes) -> bytes:
    text = b""
    while not text.endswith(end):
        line = stream.readline()
        if not line:
            break
        text += line
    return text


class Client:
    """A transport of either kind, called the same way; bodies are read to bytes."""

    def __init__(
        self, kind: str, *, ca_bundle: str | None = None, connect: float | None = None
    ) -> None:
        self.kind = kind
        self._runner = asyncio.Runner()
        self._sync = Urllib3Transport(ca_bundle=ca_bundle, connect_timeout=connect)
        self._async = AiohttpTransport(ca_bundle=ca_bundle, connect_timeout=connect)

    def send(
        self, request: HttpRequest, timeout: float | None = 10, stream: bool = False
    ) -> HttpResponse:
        if self.kind == "urllib3":
            answer = self._sync.send(request, timeout=timeout, stream=stream)
            if stream:
                assert not isinstance(answer.body, bytes)
                answer.body = b"".join(list(_sync_parts(answer.body)))
            return answer
        return self._runner.run(self._send(request, timeout, stream))

    async def _send(
        self, request: HttpRequest, timeout: float | None, stream: bool
    ) -> HttpResponse:
        answer = await self._async.send(request, timeout=timeout, stream=stream)
        if stream:
            assert not isinstance(answer.body, bytes | Iterable)
            answer.body = b"".join([part async for part in answer.body])
        return answer

    def close(self) -> None:
        self._sync.close()
        self._runner.run(self._async.close())

    def stop(self) -> None:
        self.close()
        self._runner.close()


def _sync_parts(body: Body) -> Iterable[bytes]:
    assert isinstance(body, Iterable)
    assert not isinstance(body, bytes)
    return body


@pytest.fixture(params=["urllib3", "aiohttp"])
def client(request: pytest.FixtureRequest) -> Iterator[Client]:
    found = Client(request.param)
    yield found
    found.stop()


@pytest.fixture
def serve() -> Iterator[Callable[..., Server]]:
    servers: list[Server] = []

    def start(*answers: bytes, hang_up: bool = False) -> Server:
        servers.append(Server(*answers, hang_up=hang_up))
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


Serve = Callable[..., Server]


def test_a_request_goes_out_as_prepared(client: Client, serve: Serve) -> None:
    server = serve(OK)
    answer = client.send(
        HttpRequest(
            "POST",
            f"{server.url}/a?b=c",
            [("X-B", "1"), ("x-a", "é"), ("X-B", "2"), ("Content-Type", "a/b")],
            b'{"a": 1}',
        )
    )
    assert (answer.status, answer.body) == (200, b"ok")
    assert answer.headers["content-length"] == "2"
    head, _, body = server.requests[0].partition(b"\r\n\r\n")
    first, *fields = head.split(b"\r\n")
    assert first == b"POST /a?b=c HTTP/1.1"
    assert body == b'{"a": 1}'
    assert sorted(fields) == sorted(
        [
            f"Host: 127.0.0.1:{server.port}".encode(),
            b"Content-Length: 8",
            b"Content-Type: a/b",
            b"X-B: 1",
            b"X-B: 2",
            "x-a: é".encode(),
        ]
    )


def test_a_get_has_no_body_and_no_invented_headers(
    client: Client, serve: Serve
) -> None:
    server = serve(OK)
    client.send(HttpRequest("GET", server.url, {"Host": "elsewhere.example"}))
    assert server.requests == [b"GET / HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n"]


def test_a_post_without_body_says_so(client: Client, serve: Serve) -> None:
    server = serve(OK)
    client.send(HttpRequest("POST", server.url))
    assert b"\r\nContent-Length: 0\r\n" in server.requests[0]


@pytest.mark.parametrize(
    "target",
    [
        "/a%2Fb%2F%2Fc%3A/%7E~",
        "//a//b/",
        "/a/../b/./c/..",
        "/?a=%2F&a=+&b=/?:@'",
        "/a;b=c,d/e=f&g!*()$:@._-",
        "/?",
        "/a%252Fb?%25%C3%A9=%00",
    ],
)
def test_the_target_is_not_rewritten(client: Client, serve: Serve, target: str) -> None:
    server = serve(OK)
    client.send(HttpRequest("GET", server.url + target))
    sent = server.requests[0].split(b" ")[1].decode()
    assert sent == ("/" if target == "/?" else target)


@settings(max_examples=300)
@given(st.text("/?&=%2fFaG.~[]|^;:@'+$ ", max_size=12))
def test_what_is_sent_is_nothing_that_urllib3_would_rewrite(rest: str) -> None:
    try:
        target = address_of(HttpRequest("GET", "http://h/" + rest)).target
    except TransportError:
        return
    assert _encode_target(target) == target


@pytest.mark.parametrize(
    "url",
    [
        "http://h/%2f",
        "http://h/100%",
        "http://h/?a=[]",
        'http://h/?"',
        "ftp://h/",
        "h/path",
        "https:///path",
        "http://h:port/",
        "http://h:999999/",
        "http://h/a b",
        "http://h/é",
        "http://h/a\r\nX: y",
        "",
    ],
)
def test_an_impossible_url_is_not_sent_and_not_retried(
    client: Client, url: str
) -> None:
    with pytest.raises(TransportError, match="can't be sent") as caught:
        client.send(HttpRequest("GET", url))
    assert not caught.value.retryable


def test_a_method_is_a_token(client: Client) -> None:
    with pytest.raises(TransportError, match="is no method"):
        client.send(HttpRequest("GET / HTTP/1.1\r\nX:", "http://127.0.0.1/"))


def test_connections_are_reused(client: Client, serve: Serve) -> None:
    server = serve(OK)
    for stream in (False, True, False, True, False):
        assert client.send(HttpRequest("GET", server.url), stream=stream).body == b"ok"
    assert server.connections == 1
    assert len(server.requests) == 5


def test_after_close_a_send_opens_a_new_connection(
    client: Client, serve: Serve
) -> None:
    server = serve(OK)
    client.send(HttpRequest("GET", server.url))
    client.close()
    client.send(HttpRequest("GET", server.url))
    assert server.connections == 2


def test_a_connection_that_the_server_closed_is_replaced(
    client: Client, serve: Serve
) -> None:
    server = serve(
        b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nuntil the end", hang_up=True
    )
    for _ in range(3):
        assert client.send(HttpRequest("GET", server.url)).body == b"until the end"
        server.hung_up()
    assert server.connections == 3


@pytest.mark.parametrize("status", [301, 302, 307, 308, 400, 429, 500, 503])
def test_every_status_is_an_answer_and_sent_for_once(
    client: Client, serve: Serve, status: int
) -> None:
    server = serve(
        f"HTTP/1.1 {status} Moved or Not\r\nLocation: /elsewhere\r\nRetry-After: 1\r\n"
        "Set-Cookie: a=b\r\nContent-Length: 4\r\n\r\nbody".encode()
    )
    # Cookies of bare addresses would not come back anyway.
    url = server.url.replace("127.0.0.1", "localhost")
    for _ in range(2):
        answer = client.send(HttpRequest("GET", url))
        assert (answer.status, answer.body) == (status, b"body")
    assert len(server.requests) == 2
    assert b"Cookie" not in server.requests[1]


@pytest.mark.parametrize("status", [204, 304])
def test_answers_without_a_body_keep_the_connection(
    client: Client, serve: Serve, status: int
) -> None:
    server = serve(f"HTTP/1.1 {status} No\r\nX-A: 1\r\nX-A: 2\r\n\r\n".encode())
    for _ in range(2):
        answer = client.send(HttpRequest("GET", server.url))
        assert (answer.status, answer.body) == (status, b"")
        assert answer.headers.get_all("x-a") == ["1", "2"]
    assert server.connections == 1


def test_the_answer_to_head_has_no_body(client: Client, serve: Serve) -> None:
    server = serve(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n")
    assert client.send(HttpRequest("HEAD", server.url)).body == b""


@pytest.mark.parametrize("stream", [False, True])
def test_compressed_answers_are_decoded_unless_streamed(
    client: Client, serve: Serve, stream: bool
) -> None:
    text = b"text " * 1000
    packed = gzip.compress(text)
    server = serve(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"
        b"Content-Encoding: gzip\r\n\r\n%x\r\n%b\r\n0\r\n\r\n" % (len(packed), packed)
    )
    answer = client.send(HttpRequest("GET", server.url), stream=stream)
    # What is stored compressed has the length and the checksum of what is stored.
    assert answer.body == (packed if stream else text)


def test_an_answer_that_is_not_compressed_as_it_says(
    client: Client, serve: Serve
) -> None:
    server = serve(
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nbody"
    )
    with pytest.raises(TransportError, match=f"from {server.url}"):
        client.send(HttpRequest("GET", server.url))


def test_header_text_may_be_utf_8_or_nearly(client: Client, serve: Serve) -> None:
    server = serve(
        "HTTP/1.1 200 OK\r\nA: é\r\n".encode() + b"B: \xe9\r\nContent-Length: 0\r\n\r\n"
    )
    headers = client.send(HttpRequest("GET", server.url)).headers
    assert (headers["A"], headers["B"]) == ("é", "\N{REPLACEMENT CHARACTER}")


@pytest.mark.parametrize("size", [2**16, 2**21])
def test_large_bodies(client: Client, serve: Serve, size: int) -> None:
    server = serve(
        b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % size + b"x" * size
    )
    answer = client.send(HttpRequest("POST", server.url, body=b"y" * size))
    assert answer.body == b"x" * size
    assert server.requests[0].endswith(b"\r\n\r\n" + b"y" * size)


def test_a_body_in_parts_is_sent_chunked_or_with_its_length(
    client: Client, serve: Serve
) -> None:
    server = serve(OK)
    parts = [b"one", b"", b"two"]
    client.send(HttpRequest("PUT", server.url, body=parts))
    client.send(HttpRequest("PUT", server.url, {"Content-Length": "6"}, parts))
    assert server.requests[0].endswith(b"\r\n\r\n3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n")
    assert server.requests[1].endswith(b"\r\n\r\nonetwo")
    assert b"chunked" not in server.requests[1]


def test_async_parts_need_an_async_client(serve: Serve) -> None:
    async def parts() -> AsyncIterator[bytes]:
        yield b"one"
        yield b"two"

    server = serve(OK)
    with pytest.raises(TypeError, match="async iterable"):
        Urllib3Transport().send(HttpRequest("PUT", server.url, body=parts()))
    other = Client("aiohttp")
    other.send(HttpRequest("PUT", server.url, body=parts()))
    other.stop()
    assert server.requests[0].endswith(b"3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n")


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nbody",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nshort",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: x\r\n" * 20_000 + b"\r\n",
        b"HTTP/1.1 " + b"2" * 100_000,
        b"HTTP/1.1 nine OK\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.6\r\n\r\n",
        b"\x00\x01\x02\xff" * 10,
    ],
    ids=lambda value: str(value[:60]) if isinstance(value, bytes) else str(value),
)
def test_a_broken_answer_is_a_transport_error(
    client: Client, serve: Serve, answer: bytes, stream: bool
) -> None:
    server = serve(answer, OK, hang_up=True)
    with pytest.raises(TransportError, match=f"from {server.url}") as caught:
        client.send(HttpRequest("POST", f"{server.url}/?s3cr3t=1"), stream=stream)
    assert caught.value.retryable
    assert "s3cr3t" not in str(caught.value)
    assert len(server.requests) == 1
    server.hung_up()
    assert client.send(HttpRequest("POST", server.url)).body == b"ok"


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "HEAD"])
def test_one_attempt_is_one_request(client: Client, serve: Serve, method: str) -> None:
    server = serve(b"", hang_up=True)
    with pytest.raises(TransportError, match="no whole answer") as caught:
        client.send(HttpRequest(method, server.url, body=b"x"))
    assert caught.value.retryable
    assert len(server.requests) == 1
    assert server.connections == 1


@pytest.mark.parametrize(
    "error", [ValueError("mine"), TypeError("mine"), OSError("mine"), KeyError("mine")]
)
def test_errors_of_a_body_are_the_users(
    client: Client, serve: Serve, error: Exception
) -> None:
    def parts() -> Iterator[bytes]:
        yield b"one"
        raise error

    server = serve(OK)
    with pytest.raises(type(error), match="mine") as caught:
        client.send(HttpRequest("PUT", server.url, body=parts()))
    assert caught.value is error
    with pytest.raises(TypeError, match="a part of the body is a int, not bytes"):
        client.send(HttpRequest("PUT", server.url, body=[b"one", 1]))  # type: ignore[list-item]
    assert client.send(HttpRequest("GET", server.url)).body == b"ok"


def test_errors_of_an_async_body_are_the_users(serve: Serve) -> None:
    error = ValueError("mine")

    async def parts() -> AsyncIterator[bytes]:
        yield b"one"
        raise error

    other = Client("aiohttp")
    with pytest.raises(ValueError, match="mine") as caught:
        other.send(HttpRequest("PUT", serve(OK).url, body=parts()))
    other.stop()
    assert caught.value is error


@pytest.mark.parametrize("kind", [Urllib3Transport, AiohttpTransport])
def test_impossible_timeouts_are_refused(
    kind: type[Urllib3Transport] | type[AiohttpTransport],
) -> None:
    with pytest.raises(ValueError, match="connect_timeout is 0"):
        kind(connect_timeout=0)
    with pytest.raises(TypeError, match="connect_timeout is seconds"):
        kind(connect_timeout="1")  # type: ignore[arg-type]


@settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)
@given(
    st.lists(
        st.one_of(
            st.binary(max_size=6),
            st.sampled_from(
                [
                    b"HTTP/1.1 200 OK\r\n",
                    b"HTTP/1.0 204 \r\n",
                    b"HTTP/1.1 100 Continue\r\n\r\n",
                    b"Content-Length: 3\r\n",
                    b"Transfer-Encoding: chunked\r\n",
                    b"Content-Encoding: gzip\r\n",
                    b"Content-Type: a\r\n b\r\n",
                    b"\r\n",
                    b"3\r\nabc\r\n",
                    b"0\r\n\r\n",
                ]
            ),
        ),
        max_size=6,
    ).map(b"".join)
)
def test_whatever_comes_is_an_answer_or_a_transport_error(answer: bytes) -> None:
    for kind in ("urllib3", "aiohttp"):
        server, other = Server(answer, hang_up=True), Client(kind)
        try:
            assert isinstance(other.send(HttpRequest("POST", server.url)).body, bytes)
        except TransportError:
            pass
        finally:
            other.stop()
            server.stop()


def test_nobody_listening(client: Client) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(
        TransportError, match=f"no connection to .*:{port}: .*Errno"
    ) as e:
        client.send(HttpRequest("GET", f"http://127.0.0.1:{port}/"))
    assert e.value.retryable


def test_no_such_host(client: Client) -> None:
    with pytest.raises(TransportError, match=r"no connection to https://x\.invalid: "):
        client.send(HttpRequest("GET", "https://x.invalid/"))


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    "answer", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"]
)
def test_a_silent_server_is_left_in_time(
    client: Client, serve: Serve, answer: bytes, stream: bool
) -> None:
    server = serve(answer)
    with pytest.raises(TransportError, match=r"sent nothing for 0\.1 seconds") as e:
        client.send(HttpRequest("GET", server.url), timeout=0.1, stream=stream)
    assert e.value.retryable


@pytest.mark.parametrize(("timeout", "connect"), [(0.1, None), (10, 0.1)])
@pytest.mark.parametrize("kind", ["urllib3", "aiohttp"])
def test_connecting_is_bounded(kind: str, timeout: float, connect: float) -> None:
    # A listener whose queue is full answers no further SYN.
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener:
        address = listener.getsockname()
        waiting = [socket.socket() for _ in range(3)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(address)
        other = Client(kind, connect=connect)
        with pytest.raises(TransportError, match=r"within 0\.1 seconds") as e:
            other.send(HttpRequest("GET", f"http://127.0.0.1:{address[1]}/"), timeout)
        assert e.value.retryable
        other.stop()
        for one in waiting:
            one.close()


def test_a_streamed_body_that_is_left_frees_its_connection(serve: Serve) -> None:
    half = b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"
    server = serve(half, half, OK)
    transport = Urllib3Transport(pool_size=1)
    for start in (False, True):
        answer = transport.send(HttpRequest("GET", server.url), timeout=10, stream=True)
        assert isinstance(answer.body, Iterable)
        if start:
            parts = iter(answer.body)
            assert next(parts) == b"half"
            parts.close()  # type: ignore[attr-defined]
        else:
            answer.body.close()  # type: ignore[union-attr]
    for _ in range(2):
        assert transport.send(HttpRequest("GET", server.url)).body == b"ok"
    assert server.connections == 3
    transport.close()


def test_an_async_streamed_body_that_is_left_frees_its_connection(
    serve: Serve,
) -> None:
    half = b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"
    server = serve(half, half, OK)

    async def run() -> None:
        transport = AiohttpTransport(pool_size=1)
        for start in (False, True):
            answer = await transport.send(
                HttpRequest("GET", server.url), timeout=10, stream=True
            )
            assert not isinstance(answer.body, Iterable)
            if start:
                parts = aiter(answer.body)
                assert await anext(parts) == b"half"
                await parts.aclose()  # type: ignore[attr-defined]
            else:
                await answer.body.aclose()  # type: ignore[attr-defined]
        assert (await transport.send(HttpRequest("GET", server.url))).body == b"ok"
        await transport.close()

    asyncio.run(run())
    assert server.connections == 3


def test_threads_share_a_transport(serve: Serve) -> None:
    server = serve(OK)
    transport = Urllib3Transport(pool_size=4)
    request = HttpRequest("GET", server.url)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: transport.send(request), range(100)))
    assert [answer.body for answer in answers] == [b"ok"] * 100
    assert server.connections <= 4
    transport.close()


# Newer Pythons warn that forking beside threads may deadlock; the child uses none.
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_forked_process_opens_its_own_connection(serve: Serve) -> None:
    server = serve(OK)
    transport = Urllib3Transport()
    transport.send(HttpRequest("GET", server.url))
    child = os.fork()
    if child == 0:
        try:
            answer = transport.send(HttpRequest("GET", server.url))
            os._exit(0 if answer.body == b"ok" else 1)
        finally:
            os._exit(2)
    assert os.waitpid(child, 0)[1] == 0
    assert transport.send(HttpRequest("GET", server.url)).body == b"ok"
    assert server.connections == 2
    transport.close()


def test_many_async_calls_at_once(serve: Serve) -> None:
    server = serve(OK)

    async def run() -> list[HttpResponse]:
        transport = AiohttpTransport(pool_size=3)
        calls = [transport.send(HttpRequest("GET", server.url)) for _ in range(30)]
        answers = await asyncio.gather(*calls)
        await transport.close()
        return answers

    assert [answer.body for answer in asyncio.run(run())] == [b"ok"] * 30
    assert server.connections <= 3


def test_one_async_transport_serves_one_loop_after_the_other(serve: Serve) -> None:
    server = serve(OK)
    transport = AiohttpTransport()

    async def run(close: bool) -> Body:
        answer = await transport.send(HttpRequest("GET", server.url))
        if close:
            await transport.close()
        return answer.body

    assert [asyncio.run(run(close)) for close in (True, True)] == [b"ok"] * 2
    assert server.connections == 2


@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
def test_each_loop_opens_one_session_for_all_calls(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = mock.Mock(wraps=aiohttp.ClientSession)
    monkeypatch.setattr(aiohttp, "ClientSession", opened)
    server = serve(OK)
    transport = AiohttpTransport()

    async def run(close: bool) -> None:
        request = HttpRequest("GET", server.url)
        await asyncio.gather(*[transport.send(request) for _ in range(50)])
        if close:
            await transport.close()

    for close in (False, False, True):
        asyncio.run(run(close))
    gc.collect()
    assert opened.call_count == 3


@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
def test_closed_loops_may_be_forgotten_twice_at_once(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = serve(OK)
    transport = AiohttpTransport()
    close = aiohttp.ClientSession.close

    async def run() -> None:
        await transport.send(HttpRequest("GET", server.url))

    async def slowly(session: aiohttp.ClientSession) -> None:
        # In the meantime others, here or in another thread, come to the loops left.
        await asyncio.sleep(0)
        await close(session)

    async def end() -> None:
        await asyncio.gather(transport.close(), transport.close())

    # The loops are kept: a send would forget those that closed before it.
    runners = [asyncio.Runner() for _ in range(4)]
    for runner in runners:
        runner.run(run())
    for runner in runners:
        runner.close()
    monkeypatch.setattr(aiohttp.ClientSession, "close", slowly)
    asyncio.run(end())
    gc.collect()


def test_loops_of_many_threads_share_a_transport(serve: Serve) -> None:
    server = serve(OK)
    transport = AiohttpTransport()

    async def run() -> Body:
        answer = await transport.send(HttpRequest("GET", server.url))
        await transport.close()
        return answer.body

    with ThreadPoolExecutor(4) as pool:
        bodies = list(pool.map(lambda _: asyncio.run(run()), range(20)))
    assert bodies == [b"ok"] * 20


@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
def test_a_loop_that_closed_first_is_forgotten(serve: Serve) -> None:
    server = serve(OK)
    transport = AiohttpTransport()

    async def run() -> Body:
        return (await transport.send(HttpRequest("GET", server.url))).body

    assert asyncio.run(run()) == asyncio.run(run()) == b"ok"
    asyncio.run(transport.close())
    gc.collect()
    assert server.connections == 2


def test_a_cancelled_call_leaves_the_transport_usable(serve: Serve) -> None:
    server = serve(b"", OK)

    async def run() -> Body:
        transport = AiohttpTransport(pool_size=1)
        call = asyncio.create_task(transport.send(HttpRequest("GET", server.url)))
        while not server.requests:
            await asyncio.sleep(0.001)
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        answer = await transport.send(HttpRequest("GET", server.url))
        await transport.close()
        return answer.body

    assert asyncio.run(run()) == b"ok"


def test_a_missing_library_is_named_with_its_pip_line(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, client.kind, None)
    with pytest.raises(ConfigurationError, match=f"pip install {client.kind}"):
        client.send(HttpRequest("GET", "http://127.0.0.1/"))


def test_an_old_aiohttp_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(aiohttp, "ClientMiddlewareType")
    other = Client("aiohttp")
    with pytest.raises(ConfigurationError, match=r"aiohttp>=3\.12 to send"):
        other.send(HttpRequest("GET", "http://127.0.0.1/"))
    other.stop()


def test_nothing_heavy_is_imported_before_the_first_send() -> None:
    code = """
import sys
from specwright.runtime import endpoints, retries, sigv4
from specwright.runtime.aiohttp_transport import AiohttpTransport
from specwright.runtime.urllib3_transport import Urllib3Transport
Urllib3Transport(), AiohttpTransport()
heavy = {"ssl", "asyncio", "urllib3", "aiohttp", "hashlib", "hmac", "http.client", "email"}
print(sorted(heavy & set(sys.modules)))
"""
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert ran.stdout == "[]\n"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """Files with a certificate that localhost signed for itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    folder = tmp_path_factory.mktemp("tls")
    (folder / "certificate.pem").write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
    )
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return str(folder / "certificate.pem"), str(folder / "key.pem")


class TlsServer(Server):
    """The same, behind a certificate for localhost."""

    def __init__(self, certificate: tuple[str, str], *answers: bytes) -> None:
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(*certificate)
        super().__init__(*answers)
        self.url = f"https://localhost:{self.port}"

    def _serve(self, connection: socket.socket) -> None:
        try:
            wrapped = self._context.wrap_socket(connection, server_side=True)
        except OSError:
            connection.close()
            return
        super()._serve(wrapped)


@pytest.mark.parametrize("kind", ["urllib3", "aiohttp"])
def test_certificates_are_checked(
    kind: str, certificate: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AWS_CA_BUNDLE", raising=False)
    server = TlsServer(certificate, OK)
    request = HttpRequest("GET", server.url + "/%2F//../a")
    stranger, friend = Client(kind), Client(kind, ca_bundle=certificate[0])
    with pytest.raises(TransportError, match="is not trusted") as caught:
        stranger.send(request)
    assert not caught.value.retryable
    assert [friend.send(request).body for _ in range(3)] == [b"ok"] * 3
    assert server.requests[0].startswith(b"GET /%2F//../a HTTP/1.1\r\n")
    with pytest.raises(TransportError, match="is not trusted"):
        friend.send(HttpRequest("GET", f"https://127.0.0.1:{server.port}/"))
    monkeypatch.setenv("AWS_CA_BUNDLE", certificate[0])
    other = Client(kind)
    assert other.send(request).body == b"ok"
    monkeypatch.setenv("AWS_CA_BUNDLE", "/nowhere")
    lost = Client(kind)
    with pytest.raises(ConfigurationError, match="certificates in /nowhere"):
        lost.send(request)
    for one in (stranger, friend, other, lost):
        one.stop()
    server.stop()


def test_tls_to_a_plain_server_fails_as_a_transport_error(client: Client) -> None:
    def answer() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            connection.recv(65536)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=answer)
        thread.start()
        port = listener.getsockname()[1]
        with pytest.raises(TransportError, match="no connection to https"):
            client.send(HttpRequest("GET", f"https://127.0.0.1:{port}/"))
        thread.join(10)
