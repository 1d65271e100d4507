"""The asynchronous client: the same as the synchronous one, awaited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .core import ClientCore
from .errors import ServiceError, TransportError
from .http import AsyncTransport, HttpResponse
from .operation import ItemT_co, PaginatedRequest, Request, ResponseT

if TYPE_CHECKING:
    from typing import Self

    from .paging import AsyncPaginator


class AsyncClient(ClientCore[AsyncTransport]):
    """A client whose answers are awaited; tasks may share it."""

    def _usual_transport(self) -> AsyncTransport:
        from .aiohttp_transport import AiohttpTransport

        return AiohttpTransport()

    async def send(self, request: Request[ResponseT]) -> ResponseT:
        """Send a request and return its response; raises what Client.send does."""
        http = self.prepare(request)
        operation = request.__operation__
        attempt = 1
        while True:
            answer: HttpResponse | None = None
            try:
                answer = await self._transport.send(
                    self.sign(http), timeout=self._timeout, stream=operation.streams
                )
                answer = await operation.arrived(answer)
                response = self.parse(request, answer)
            except (ServiceError, TransportError) as problem:
                wait = self._next_wait(attempt, problem, answer, http)
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
        from .paging import AsyncPaginator

        return AsyncPaginator(self, request, max_items)

    async def close(self) -> None:
        """Close the connections, which views of the client use too; a later call opens
        new ones."""
        await self._transport.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.close()
