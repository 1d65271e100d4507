"""The asynchronous client: the same as the synchronous one, awaited."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from .core import DEFAULT_TIMEOUT, ClientCore, random_token, utc_now
from .credentials import CredentialSource
from .errors import ServiceError, TransportError
from .http import AsyncTransport, HttpResponse, Timeout
from .operation import ItemT_co, PaginatedRequest, Request, ResponseT
from .retries import Retries
from .violations import Modes

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from .async_paging import AsyncPaginator


class AsyncClient(ClientCore):
    __doc__ = ClientCore.__doc__

    def __init__(
        self,
        *,
        region: str | None = None,
        endpoint_url: str | None = None,
        credentials: CredentialSource = None,
        validation: Modes = "strict",
        retries: Retries | int | None = None,
        timeout: Timeout = DEFAULT_TIMEOUT,
        transport: AsyncTransport | None = None,
        clock: Callable[[], datetime] = utc_now,
        idempotency_token: Callable[[], str] = random_token,
    ) -> None:
        super().__init__(
            region=region,
            endpoint_url=endpoint_url,
            credentials=credentials,
            validation=validation,
            retries=retries,
            timeout=timeout,
            clock=clock,
            idempotency_token=idempotency_token,
        )
        if transport is None:
            from .aiohttp_transport import AiohttpTransport

            transport = AiohttpTransport()
        self._transport: AsyncTransport = transport

    async def send(self, request: Request[ResponseT]) -> ResponseT:
        """Send a request and return its response.

        Raises a ValidationError before anything is sent, the service's errors, a
        TransportError where no answer came, a ResponseError for an unreadable one.
        """
        http = self.prepare(request)
        attempt = 1
        while True:
            answer: HttpResponse | None = None
            try:
                answer = await self._transport.send(
                    self.sign(http), timeout=self._timeout
                )
                response = self.parse(request, answer)
            except (ServiceError, TransportError) as problem:
                wait = self._next_wait(attempt, problem, answer)
                if wait is None:
                    raise
            else:
                response.response_metadata.attempts = attempt
                return response
            from asyncio import sleep

            await sleep(wait)
            attempt += 1

    def paginate(
        self,
        request: PaginatedRequest[ResponseT, ItemT_co],
        *,
        max_items: int | None = None,
    ) -> AsyncPaginator[ResponseT, ItemT_co]:
        """The items of all pages from this request on; ``.pages()`` gives the pages."""
        from .async_paging import AsyncPaginator

        return AsyncPaginator(self, request, max_items)

    async def close(self) -> None:
        """Close the connections; the client and its views can't send afterwards."""
        await self._transport.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()
