"""A server of canned answers on the loopback, in a process of its own.

It does as little as HTTP allows, for it shares the machine with the clients that are measured.
``GET /<count>/...`` is answered with a page of so many summaries.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.benchmarks.answers import body, headers


def message(count: int) -> bytes:
    """A whole HTTP answer."""
    content = body(count)
    lines = [f"{name}: {value}" for name, value in headers(len(content)).items()]
    return "\r\n".join(["HTTP/1.1 200 OK", *lines, "", ""]).encode() + content


class Connection(asyncio.Protocol):
    """Answers requests without a body, one after another."""

    def __init__(self, messages: dict[bytes, bytes]) -> None:
        self.messages = messages
        self.unread = b""
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.unread += data
        while b"\r\n\r\n" in self.unread and self.transport is not None:
            request, _, self.unread = self.unread.partition(b"\r\n\r\n")
            self.transport.write(self.messages[request.split(b"/", 2)[1]])


async def serve() -> None:
    """Tell the port on standard output, and answer until the process is ended."""
    messages = {str(count).encode(): message(count) for count in (1, 100)}
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(messages), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


@contextmanager
def running() -> Iterator[str]:
    """The address of a server that runs within the block."""
    command = [sys.executable, "-m", "tests.benchmarks.loopback"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        if process.stdout is None:
            raise RuntimeError("the server has no standard output")
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
    finally:
        process.terminate()
        process.wait()


if __name__ == "__main__":
    asyncio.run(serve())
