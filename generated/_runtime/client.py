"""The synchronous client: sends what its core prepares, again where that may help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .core import ClientCore
from .errors import ServiceError, TransportError
from .http import HttpResponse, Transport
from .operation import ItemT_co, PaginatedRequest, Request, ResponseT

if TYPE_CHECKING:
    from typing import Self

    from .paging import Paginator


class Client(ClientCore[Transport]):
    """A client that waits for its answers; threads may share it."""

    def _usual_transport(self) -> Transport:
        from .urllib3_transport import Urllib3Transport

        return Urllib3Transport()

    def send(self, request: Request[ResponseT]) -> ResponseT:
        """Send a request and return its response.

        Raises a ValidationError before anything is sent, the service's errors, a
        TransportError where no answer came, a ResponseError for an unreadable one.
        """
        http = self.prepare(request)
        streams = request.__operation__.streams
        attempt = 1
        while True:
            answer: HttpResponse | None = None
            try:
                answer = self._transport.send(
                    self.sign(http), timeout=self._timeout, stream=streams
                )
                response = self.parse(request, answer)
            except (ServiceError, TransportError) as problem:
                wait = self._next_wait(attempt, problem, answer, http)
                if wait is None:
                    raise
            else:
                response.response_metadata.attempts = attempt
                return response
            from time import sleep

            sleep(wait)
            attempt += 1

    def paginate(
        self,
        request: PaginatedRequest[ResponseT, ItemT_co],
        *,
        max_items: int | None = None,
    ) -> Paginator[ResponseT, ItemT_co]:
        """The items of all pages from this request on; ``.pages()`` gives the pages."""
        from .paging import Paginator

        return Paginator(self, request, max_items)

    def close(self) -> None:
        """Close the connections, which views of the client use too; a later call opens
        new ones."""
        self._transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()
