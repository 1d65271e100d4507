"""Pages of a paginated request, and the items in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Generic

from .operation import ItemT_co, PaginatedRequest, ResponseT
from .paging_state import PageState, items_of

if TYPE_CHECKING:
    from .client import Client


class Pages(Generic[ResponseT, ItemT_co]):
    """An iterator over pages; ``next_request`` asks for the page after those seen."""

    def __init__(
        self, client: Client, request: PaginatedRequest[ResponseT, ItemT_co]
    ) -> None:
        self._client = client
        self._state = PageState(request)

    @property
    def next_request(self) -> PaginatedRequest[ResponseT, ItemT_co] | None:
        """The request to go on from, here or elsewhere; None after the last page."""
        return self._state.next_request

    def __iter__(self) -> Iterator[ResponseT]:
        return self

    def __next__(self) -> ResponseT:
        request = self._state.next_request
        if request is None:
            raise StopIteration
        page = self._client.send(request)
        self._state.advance(page)
        return page


class Paginator(Generic[ResponseT, ItemT_co]):
    """The items of all pages, fetched as they are asked for. Each iteration starts anew."""

    def __init__(
        self,
        client: Client,
        request: PaginatedRequest[ResponseT, ItemT_co],
        max_items: int | None,
    ) -> None:
        if max_items is not None and max_items < 0:
            raise ValueError(f"max_items is {max_items}: it can't be negative")
        self._client = client
        self._request = request
        self._max_items = max_items

    def pages(self) -> Pages[ResponseT, ItemT_co]:
        """The pages, whole; ``max_items`` doesn't cut them."""
        return Pages(self._client, self._request)

    def __iter__(self) -> Iterator[ItemT_co]:
        left = self._max_items
        if left == 0:
            return
        for page in self.pages():
            for item in items_of(self._request, page):
                yield item
                if left is not None:
                    left -= 1
                    if left == 0:
                        return
