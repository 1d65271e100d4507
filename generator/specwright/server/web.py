"""The stand-in on a socket: HTTP by aiohttp, everything above the raw message by ``standin``."""

from __future__ import annotations

import asyncio
import logging
import re

from aiohttp import HttpVersion11, web
from aiohttp.http_exceptions import HttpProcessingError

from specwright.server.messages import (
    Request,
    Response,
    serialization,
    too_large,
    too_slow,
)
from specwright.server.standin import MAX_BODY, StandIn

_LONGEST_LINE = 64 * 1024
_SHUTDOWN_SECONDS = 0.5
IDLE_SECONDS = 75.0
"""So long a connection may be idle, or keep a request waiting for its rest."""
_LINGER_SECONDS = 2.0
"""So long the rest of a request is read and dropped, for its sender to see the answer."""
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")


async def start(standin: StandIn, host: str, port: int) -> tuple[web.ServerRunner, str]:
    """Listen; the runner to clean up, and the base URL. OSError where the port is taken."""

    async def handle(request: web.BaseRequest) -> web.StreamResponse:
        return await _handled(standin, request)

    server = web.Server(
        handle,
        access_log=None,
        logger=_quiet_logger(),
        keepalive_timeout=IDLE_SECONDS,
        lingering_time=min(_LINGER_SECONDS, IDLE_SECONDS),
        max_line_size=_LONGEST_LINE,
        max_field_size=_LONGEST_LINE,
    )
    runner = web.ServerRunner(server, shutdown_timeout=_SHUTDOWN_SECONDS)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError:
        await runner.cleanup()
        raise
    bound = runner.addresses[0][1]
    return runner, f"http://{f'[{host}]' if ':' in host else host}:{bound}"


def _quiet_logger() -> logging.Logger:
    """What aiohttp logs, without requests that are malformed or stop: their sender knows."""
    logger = logging.getLogger("specwright.server")
    logger.addFilter(_is_no_fault_of_a_sender)
    return logger


def _is_no_fault_of_a_sender(record: logging.LogRecord) -> bool:
    error = record.exc_info[1] if record.exc_info else None
    faults = (HttpProcessingError, web.RequestPayloadError, ConnectionError)
    return not isinstance(error, faults)


async def _handled(standin: StandIn, request: web.BaseRequest) -> web.StreamResponse:
    expected = request.headers.get("Expect", "").lower()
    if expected == "100-continue" and request.version >= HttpVersion11:
        await request.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        request.writer.output_size = 0
    headers: dict[str, str] = {}
    for name, text in request.headers.items():
        folded = name.lower()
        headers[folded] = f"{headers[folded]}, {text}" if folded in headers else text
    head = Request(request.method, request.raw_path, headers)
    body = bytearray()
    try:
        async with asyncio.timeout(IDLE_SECONDS):
            async for chunk in request.content.iter_any():
                body += chunk
                if len(body) > MAX_BODY:
                    return _closing(standin.refused(head, too_large()))
    except TimeoutError:
        return _closing(standin.refused(head, too_slow()))
    except (web.RequestPayloadError, HttpProcessingError):
        return _closing(
            standin.refused(head, serialization("The body can't be decoded."))
        )
    return _sent(
        standin.answer(Request(head.method, head.target, headers, bytes(body)))
    )


def _closing(response: Response) -> web.Response:
    # What is left of the body would be read as the next request.
    answer = _sent(response)
    answer.force_close()
    return answer


def _sent(response: Response) -> web.Response:
    answer = web.Response(status=response.status, body=response.body)
    for name, text in response.headers:
        if name == "Content-Type":
            answer.headers[name] = text
        else:
            # Data may be anything; a header may not break the line.
            answer.headers.add(name, _UNPRINTABLE.sub(" ", text))
    return answer
