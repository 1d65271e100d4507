"""A service with streamed bodies in two protocols, and a server that counts them."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from types import ModuleType
from typing import Any

import pytest

from ..xml_clients import generated

SERVICE = """
specwright: 1
service: {id}
title: Things
version: '2020-01-01'
protocols: [{protocol}]
signing_name: things
endpoint: {{prefix: things}}
"""
PUT = """
specwright: 1
operation: Put
http: {method: PUT, path: '/{key}'}
input:
  key: {type: string, in: path, required: true}
  kind: {type: string, in: header, wire: Content-Type}
  size: {type: long, in: header, wire: Content-Length}
  body: {type: blob, streaming: true, in: payload, length: [null, 300000000]}
output:
  tag: {type: string, in: header, wire: ETag}
"""
SIZED = """
specwright: 1
operation: PutSized
http: {method: PUT, path: '/sized/{key}'}
input:
  key: {type: string, in: path, required: true}
  body: {type: blob, streaming: true, requires_length: true, in: payload, required: true,
         media_type: audio/x}
"""
GET = """
specwright: 1
operation: Get
http: {method: GET, path: '/{key}'}
input:
  key: {type: string, in: path, required: true}
output:
  tag: {type: string, in: header, wire: ETag}
  body: {type: blob, streaming: true, in: payload, required: true}
errors: [NotThere]
shapes:
  NotThere:
    type: structure
    error: {fault: client, status: 404}
    members: {message: {type: string}, hint: {type: string}}
"""
SIZE = 200 * 2**20
PIECE = bytes(range(256)) * 256


class Handler(BaseHTTPRequestHandler):
    """Counts what it is sent; answers what its path asks for."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *about: object) -> None:
        pass

    def do_PUT(self) -> None:
        served: Any = self.server
        if self.headers.get("Transfer-Encoding") == "chunked":
            size = 0
            while length := int(self.rfile.readline(), 16):
                size += len(self.rfile.read(length))
                self.rfile.readline()
            self.rfile.readline()
        else:
            left = size = int(self.headers.get("Content-Length", 0))
            while left:
                left -= len(self.rfile.read(min(left, 65536)))
        served.seen.append((dict(self.headers.items()), size))
        failing = self.path == "/flaky" and len(served.seen) == 1
        self.send_response(503 if failing else 200)
        self.send_header("ETag", "t")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_GET(self) -> None:
        served: Any = self.server
        served.connections.add(self.client_address)
        if self.path == "/missing":
            body = served.error
            self.send_response(404)
            self.send_header("X-Amzn-ErrorType", "NotThere")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            return
        size = SIZE if self.path == "/large" else 3 * len(PIECE)
        self.send_response(200)
        self.send_header("ETag", "t")
        self.send_header("Content-Length", str(size))
        self.end_headers()
        sent = size // 3 if self.path == "/broken" else size
        try:
            for _ in range(sent // len(PIECE)):
                self.wfile.write(PIECE)
        except OSError:
            self.close_connection = True
        if self.path == "/broken":
            self.close_connection = True


@pytest.fixture(scope="module", params=["rest-json", "rest-xml"])
def things(request: pytest.FixtureRequest, tmp_path_factory: Any) -> Iterator[Any]:
    """The package of a service with streamed blobs."""
    protocol = request.param
    package = f"streams_{protocol.replace('-', '_')}"
    root = tmp_path_factory.mktemp(package)
    texts = {
        "service.yaml": SERVICE.format(id="Things", protocol=protocol),
        "operations/Put.yaml": PUT,
        "operations/PutSized.yaml": SIZED,
        "operations/Get.yaml": GET,
    }
    generated(root, package, {"things": texts})
    sys.path.insert(0, str(root))
    yield import_module(f"{package}.things")
    sys.path.remove(str(root))


@pytest.fixture
def server(things: ModuleType) -> Iterator[Any]:
    served: Any = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served.daemon_threads = True
    served.seen, served.connections = [], set()
    served.error = (
        b"<ErrorResponse><Error><Code>NotThere</Code><Message>gone</Message>"
        b"<hint>h</hint></Error></ErrorResponse>"
        if "xml" in things.__name__
        else b'{"message": "gone", "hint": "h"}'
    )
    thread = threading.Thread(target=served.serve_forever, args=(0.05,))
    thread.start()
    yield served
    served.shutdown()
    thread.join()
    served.server_close()


def options(server: Any = None) -> dict[str, Any]:
    port = 9 if server is None else server.server_address[1]
    return {
        "region": "us-east-1",
        "endpoint_url": f"http://127.0.0.1:{port}",
        "credentials": lambda: None,
    }


@pytest.fixture
def client(things: Any, server: Any) -> Iterator[Any]:
    credentials = things.Credentials("AKIDEXAMPLE", "secret")
    made = {**options(server), "credentials": credentials}
    with things.ThingsClient(**made, retries=1) as client:
        yield client


def run_async(things: Any, server: Any, use: Callable[[Any], Any]) -> Any:
    """Use an async client."""

    async def main() -> Any:
        credentials = things.Credentials("AKIDEXAMPLE", "secret")
        made = {**options(server), "credentials": credentials}
        async with things.AsyncThingsClient(**made, retries=1) as client:
            return await use(client)

    return asyncio.run(main())
