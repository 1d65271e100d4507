"""Transports that answer from a script, and keep what they were asked."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from generated._runtime.errors import TransportError
from generated._runtime.http import HttpRequest, HttpResponse

Answer = HttpResponse | TransportError
MOST = 100
Script = Iterable[Answer] | Callable[[HttpRequest], Answer]


def ok(**members: Any) -> HttpResponse:
    """An answer of success."""
    return HttpResponse(200, {"x-amzn-requestid": "id"}, json.dumps(members).encode())


def failure(status: int, code: str = "", **headers: str) -> HttpResponse:
    """An answer of failure."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    body = json.dumps({"__type": code, "message": "no"} if code else {})
    return HttpResponse(status, named, body.encode())


class Scripted:
    """A sync transport: one answer after the other, or what a function makes of a request."""

    def __init__(self, script: Script) -> None:
        self._answers = script if callable(script) else None
        self._left = iter(()) if callable(script) else iter(script)
        self.requests: list[HttpRequest] = []
        self.timeouts: list[float | None] = []
        self.closed = 0

    def _next(self, request: HttpRequest, timeout: float | None) -> HttpResponse:
        self.requests.append(request)
        assert len(self.requests) <= MOST, "it goes on for ever"
        self.timeouts.append(timeout)
        answer = self._answers(request) if self._answers else next(self._left)
        if isinstance(answer, TransportError):
            raise answer
        return answer

    def send(
        self, request: HttpRequest, *, timeout: float | None, stream: bool = False
    ) -> HttpResponse:
        assert not stream
        return self._next(request, timeout)

    def close(self) -> None:
        self.closed += 1


class AsyncScripted(Scripted):
    """The same, awaited."""

    async def send(  # type: ignore[override]
        self, request: HttpRequest, *, timeout: float | None, stream: bool = False
    ) -> HttpResponse:
        assert not stream
        return self._next(request, timeout)

    async def close(self) -> None:  # type: ignore[override]
        self.closed += 1
