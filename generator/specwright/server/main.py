"""The stand-in as a process: listens, says where, and ends cleanly when told to."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress

from specwright.model import Service
from specwright.server.standin import StandIn
from specwright.server.unserved import notices

_COULD_NOT_RUN = 3


def run(services: Sequence[Service], host: str, port: int, seed: int) -> int:
    """Serve until SIGINT or SIGTERM; the exit code, which is 0 then and 3 where it can't start."""
    try:
        from specwright.server import web
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "aiohttp":
            raise
        return _failed("serving needs aiohttp: pip install 'specwright[serve]'")
    standin = StandIn(services, seed)
    for notice in notices(services):
        print(notice, file=sys.stderr)

    async def serve() -> None:
        stop = asyncio.Event()
        _on_signals(asyncio.get_running_loop(), stop)
        runner, url = await web.start(standin, host, port)
        try:
            print(f"listening on {url}", flush=True)
            await stop.wait()
        finally:
            await runner.cleanup()

    try:
        asyncio.run(serve())
    except OSError as error:
        return _failed(f"can't listen on {host} port {port}: {error.strerror or error}")
    except OverflowError:
        return _failed(f"{port} is no port: they go from 0 to 65535")
    except KeyboardInterrupt:
        pass
    return 0


def _on_signals(loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> None:
    # Where a loop can't handle signals (Windows), KeyboardInterrupt ends it.
    with suppress(NotImplementedError):
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stop.set)


def _failed(message: str) -> int:
    print(message, file=sys.stderr)
    return _COULD_NOT_RUN
