"""Pages of a paginated request, and the items in them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Generic, TypeVar

from .async_client import AsyncClient
from .client import Client
from .operation import ItemT_co, PaginatedRequest, ResponseT
from .structure import plain

ClientT = TypeVar("ClientT")


class Walk(Generic[ClientT, ResponseT, ItemT_co]):
    """A request to walk on from, and how many items may come of it."""

    def __init__(
        self,
        client: ClientT,
        request: PaginatedRequest[ResponseT, ItemT_co],
        max_items: int | None = None,
    ) -> None:
        if max_items is not None and max_items < 0:
            raise ValueError(f"max_items is {max_items}: it can't be negative")
        pagination = request.__operation__.pagination
        if pagination is None:
            raise TypeError(f"{type(request).__name__} has no pages")
        self._client = client
        self._request = request
        self._max_items = max_items
        self._pagination = pagination


class PageWalk(Walk[ClientT, ResponseT, ItemT_co]):
    """The request for the next page, until a token is absent, empty or comes again."""

    def __init__(
        self,
        client: ClientT,
        request: PaginatedRequest[ResponseT, ItemT_co],
        max_items: int | None = None,
    ) -> None:
        super().__init__(client, request, max_items)
        self._left = max_items
        self._items: Sequence[ItemT_co] = ()
        self._next: PaginatedRequest[ResponseT, ItemT_co] | None = request
        self._seen: set[int] = set()

    @property
    def items(self) -> Sequence[ItemT_co]:
        """The items of the last page, as far as ``max_items`` goes."""
        return self._items

    @property
    def next_request(self) -> PaginatedRequest[ResponseT, ItemT_co] | None:
        """The request to go on from, here or elsewhere; None after the last page."""
        return self._next

    def _upcoming(self) -> PaginatedRequest[ResponseT, ItemT_co] | None:
        return None if self._left == 0 else self._next

    def _advance(self, page: ResponseT) -> None:
        holder, attr = self._pagination.place(page)
        items: Sequence[ItemT_co] | None = getattr(holder, attr, None)
        self._items = (items or ())[: self._left]
        if self._left is not None:
            self._left -= len(self._items)
        tokens = self._pagination.following(self._request, page)
        first = {attr: getattr(self._request, attr, None) for attr in tokens}
        # Hashes, since tokens are long and walks too.
        mark = hash(repr(plain(tokens)))
        fresh = tokens and mark not in {hash(repr(plain(first))), *self._seen}
        self._seen.add(mark)
        self._next = self._request.replace(**tokens) if fresh else None


class Pages(PageWalk[Client, ResponseT, ItemT_co]):
    """An iterator over pages; ``next_request`` asks for the page after those seen."""

    def __iter__(self) -> Iterator[ResponseT]:
        return self

    def __next__(self) -> ResponseT:
        request = self._upcoming()
        if request is None:
            raise StopIteration
        page = self._client.send(request)
        self._advance(page)
        return page


class Paginator(Walk[Client, ResponseT, ItemT_co]):
    """The items of all pages, fetched as they are asked for. Each iteration starts anew."""

    def pages(self) -> Pages[ResponseT, ItemT_co]:
        """The pages, whole; none is fetched after the one that reaches ``max_items``."""
        return Pages(self._client, self._request, self._max_items)

    def __iter__(self) -> Iterator[ItemT_co]:
        pages = self.pages()
        return (item for _ in pages for item in pages.items)


class AsyncPages(PageWalk[AsyncClient, ResponseT, ItemT_co]):
    """The same as Pages, awaited."""

    def __aiter__(self) -> AsyncIterator[ResponseT]:
        return self

    async def __anext__(self) -> ResponseT:
        request = self._upcoming()
        if request is None:
            raise StopAsyncIteration
        page = await self._client.send(request)
        self._advance(page)
        return page


class AsyncPaginator(Walk[AsyncClient, ResponseT, ItemT_co]):
    """The same as Paginator, awaited."""

    def pages(self) -> AsyncPages[ResponseT, ItemT_co]:
        """The pages, whole; none is fetched after the one that reaches ``max_items``."""
        return AsyncPages(self._client, self._request, self._max_items)

    async def __aiter__(self) -> AsyncIterator[ItemT_co]:
        pages = self.pages()
        async for _ in pages:
            for item in pages.items:
                yield item
