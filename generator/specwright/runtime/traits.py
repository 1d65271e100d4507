"""Operations that do more with their messages than their protocol does."""

from __future__ import annotations

from typing import TypeVar

from .http import HttpRequest, HttpResponse
from .operation import Http, Operation, Pagination, Request, Response
from .protocol import WireProtocol

ResponseT_co = TypeVar("ResponseT_co", bound=Response, covariant=True)


class Trait:
    """One thing that is done. Requests meet the traits of an operation in their order,
    answers the other way round; ``streams`` is true where an answer is read as it comes.
    """

    __slots__ = ()
    streams = False

    def asked(self, request: Request[Response]) -> Request[Response]:
        """The request as it is to be checked and sent."""
        return request

    def sent(self, http: HttpRequest, request: Request[Response]) -> HttpRequest:
        """The prepared message, changed."""
        return http

    async def arrived(self, http: HttpResponse) -> HttpResponse:
        """The answer with what async clients read before it is parsed."""
        return http

    def received(self, http: HttpResponse) -> HttpResponse:
        """The answer as the protocol is to see it."""
        return http

    def fill(self, response: Response, http: HttpResponse) -> None:
        """Set members that the protocol doesn't."""


class TraitedOperation(Operation[ResponseT_co]):
    """An operation with traits."""

    def __init__(
        self,
        name: str,
        *,
        http: Http,
        request: type[Request[ResponseT_co]],
        response: type[ResponseT_co],
        traits: tuple[Trait, ...],
        errors: tuple[str, ...] = (),
        pagination: Pagination | None = None,
        has_input: bool = True,
        root: object = None,
    ) -> None:
        super().__init__(
            name,
            http=http,
            request=request,
            response=response,
            errors=errors,
            pagination=pagination,
            has_input=has_input,
            root=root,
        )
        self.traits = traits
        self.streams = any(trait.streams for trait in traits)

    def asked(self, request: Request[Response]) -> Request[Response]:
        for trait in self.traits:
            request = trait.asked(request)
        return request

    def sent(self, http: HttpRequest, request: Request[Response]) -> HttpRequest:
        for trait in self.traits:
            http = trait.sent(http, request)
        return http

    async def arrived(self, http: HttpResponse) -> HttpResponse:
        for trait in self.traits:
            http = await trait.arrived(http)
        return http

    def read(
        self, protocol: WireProtocol, response: Response, http: HttpResponse
    ) -> None:
        for trait in reversed(self.traits):
            http = trait.received(http)
        protocol.read_response(self, response, http)
        for trait in self.traits:
            trait.fill(response, http)
