"""Clients that wait: they ask again, at growing intervals, until a waiter is content."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Generic, TypeVar

from .async_client import AsyncClient
from .client import Client
from .errors import ServiceError
from .operation import ResponseT

if TYPE_CHECKING:
    from .operation import Response
    from .waiters import Waiter

OutcomeT = TypeVar("OutcomeT")

LONGEST_PAUSE = 120.0


class Wait(Generic[ResponseT, OutcomeT]):
    """One wait: what each answer means, and how long to pause before the next."""

    def __init__(
        self,
        waiter: Waiter[ResponseT, OutcomeT],
        max_wait: float | None,
        min_delay: float | None,
        max_delay: float | None,
        now: Callable[[], float] | None,
    ) -> None:
        from time import monotonic

        self._waiter = waiter
        self._least = waiter.delay if min_delay is None else min_delay
        self._most = max(self._least, LONGEST_PAUSE) if max_delay is None else max_delay
        limit = waiter.delay * waiter.attempts if max_wait is None else max_wait
        if not 0 <= self._least <= self._most or not limit >= 0:
            raise ValueError(
                f"waiting {limit} seconds with pauses of {self._least} to {self._most} "
                "makes no sense"
            )
        self._now = monotonic if now is None else now
        self._end = self._now() + limit
        self._limit = limit
        self._attempts = 0

    def pause(self, answer: Response | ServiceError) -> float | None:
        """Seconds until the next attempt, or None after success. Raises WaiterFailedError and
        WaiterTimeoutError, and errors that no acceptor knows."""
        from .waiters import WaiterFailedError, WaiterTimeoutError

        self._attempts += 1
        waiter, name = self._waiter, type(self._waiter).__name__
        request = waiter.request
        known = next((a for a in waiter.acceptors if a.test(request, answer)), None)
        if known is None and isinstance(answer, ServiceError):
            raise answer
        if known is not None and known.state == "success":
            return None
        if known is not None and known.state == "failure":
            raise WaiterFailedError(name, known.about, self._attempts, answer)
        left = self._end - self._now()
        if left <= 0:
            reason = f"{self._limit:g} seconds are over"
            reason += f"; last, {known.about}" if known else ""
            raise WaiterTimeoutError(name, reason, self._attempts, answer)
        from random import uniform

        # Twice as long each time, so that many who wait don't ask together.
        grown = min(self._most, self._least * 2.0 ** min(self._attempts - 1, 60))
        return min(left, uniform(self._least, grown))  # noqa: S311 - no secret


class WaitingClient(Client):
    """A client of a service that has waiters."""

    def wait(
        self,
        waiter: Waiter[ResponseT, OutcomeT],
        *,
        max_wait: float | None = None,
        min_delay: float | None = None,
        max_delay: float | None = None,
        now: Callable[[], float] | None = None,
        sleep: Callable[[float], object] | None = None,
    ) -> OutcomeT:
        """Ask until the waiter is content, and return the response that made it so; None
        where it was an error that did.

        max_wait: seconds in all, after which a WaiterTimeoutError is raised; by default as many
            as the waiter's own delay and attempts make.
        min_delay, max_delay: the shortest and longest pause; they grow, at random between
            the shortest one and twice the last. By default the waiter's delay, and 120.
        now, sleep: a clock of seconds, and what pauses, instead of those of ``time``.

        Raises a WaiterFailedError for an answer that ends the wait; errors that mean nothing
        to the waiter are raised as they are.
        """
        from time import sleep as usual_sleep

        wait = Wait(waiter, max_wait, min_delay, max_delay, now)
        rest = usual_sleep if sleep is None else sleep
        while True:
            response: ResponseT | None = None
            try:
                response = self.send(waiter.request)
            except ServiceError as error:
                pause = wait.pause(error)
            else:
                pause = wait.pause(response)
            if pause is None:
                return waiter.outcome(response)
            rest(pause)


class AsyncWaitingClient(AsyncClient):
    """An asynchronous client of a service that has waiters."""

    async def wait(
        self,
        waiter: Waiter[ResponseT, OutcomeT],
        *,
        max_wait: float | None = None,
        min_delay: float | None = None,
        max_delay: float | None = None,
        now: Callable[[], float] | None = None,
        sleep: Callable[[float], Awaitable[object]] | None = None,
    ) -> OutcomeT:
        """Ask until the waiter is content; see the synchronous client."""
        from asyncio import sleep as usual_sleep

        wait = Wait(waiter, max_wait, min_delay, max_delay, now)
        rest = usual_sleep if sleep is None else sleep
        while True:
            response: ResponseT | None = None
            try:
                response = await self.send(waiter.request)
            except ServiceError as error:
                pause = wait.pause(error)
            else:
                pause = wait.pause(response)
            if pause is None:
                return waiter.outcome(response)
            await rest(pause)
