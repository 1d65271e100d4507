"""The stand-in inside a running program: a context that serves from a thread of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from threading import Thread

from specwright.model import Service
from specwright.server.standin import StandIn
from specwright.server.store import Given


@contextmanager
def running(
    services: Sequence[Service],
    *,
    port: int = 0,
    seed: int = 0,
    records: Given | None = None,
) -> Iterator[str]:
    """Serve on the loopback interface while the context lasts; gives the base URL.

    Port 0 takes a free one. ``records`` replaces invented data, by service id and list operation.
    """
    from specwright.server.web import start

    standin = StandIn(services, seed, records or {})
    ready: Future[tuple[str, asyncio.AbstractEventLoop, asyncio.Event]] = Future()

    async def serve() -> None:
        stop = asyncio.Event()
        runner, url = await start(standin, "127.0.0.1", port)
        ready.set_result((url, asyncio.get_running_loop(), stop))
        try:
            await stop.wait()
        finally:
            await runner.cleanup()

    def run() -> None:
        try:
            asyncio.run(serve())
        except BaseException as error:  # noqa: BLE001 - for the waiting thread
            if not ready.done():
                ready.set_exception(error)

    thread = Thread(target=run, name="specwright-server", daemon=True)
    thread.start()
    url, loop, stop = ready.result()
    try:
        yield url
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
