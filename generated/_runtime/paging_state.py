"""Where a walk through pages stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic

from .operation import ItemT_co, PaginatedRequest, Pagination, ResponseT


class PageState(Generic[ResponseT, ItemT_co]):
    """The request for the next page, until a token is absent, empty or comes again."""

    __slots__ = ("_seen", "next_request")

    def __init__(self, request: PaginatedRequest[ResponseT, ItemT_co]) -> None:
        self.next_request: PaginatedRequest[ResponseT, ItemT_co] | None = request
        self._seen: set[int] = set()
        self._is_new(token_of(request, pagination_of(request).input_token))

    def advance(self, page: ResponseT) -> None:
        """Go on behind a page."""
        request = self.next_request
        if request is None:
            return
        pagination = pagination_of(request)
        token = token_of(page, pagination.output_token)
        if token and self._is_new(token):
            schema = request.__schema__
            attr = schema.by_name[pagination.input_token].attr
            self.next_request = request.replace(**{attr: token})
        else:
            self.next_request = None

    def _is_new(self, token: str | None) -> bool:
        # Hashes, since tokens may have thousands of characters and walks thousands of pages.
        known = hash(token) in self._seen
        self._seen.add(hash(token))
        return not known


def pagination_of(request: PaginatedRequest[ResponseT, ItemT_co]) -> Pagination:
    """How the operation of a request pages."""
    pagination = request.__operation__.pagination
    if pagination is None:
        raise TypeError(f"{type(request).__name__} has no pages")
    return pagination


def token_of(
    value: PaginatedRequest[ResponseT, ItemT_co] | ResponseT, name: str
) -> str | None:
    """The token in a request or a page."""
    token: str | None = getattr(value, value.__schema__.by_name[name].attr, None)
    return token


def items_of(
    request: PaginatedRequest[ResponseT, ItemT_co], page: ResponseT
) -> Sequence[ItemT_co]:
    """The items in a page."""
    name = pagination_of(request).items
    if name is None:
        return ()
    attr = page.__schema__.by_name[name].attr
    items: Sequence[ItemT_co] | None = getattr(page, attr, None)
    return items or ()
