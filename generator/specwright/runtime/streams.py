"""What streamed members have in common: their place in tables, answers read as they come."""

from __future__ import annotations

from collections.abc import AsyncIterable

from .http import HttpResponse
from .operation import Request, Response
from .schema import Location, Member
from .traits import Trait


class HttpStream(Member):
    """The body of a message, or what comes in it, while it is sent or received."""

    location: Location = "stream"


class StreamedResponse(HttpResponse):
    """An answer whose body is left to the protocol, and beside it what is read as it comes."""

    __slots__ = ("stream",)

    def __init__(self, http: HttpResponse, stream: object, body: bytes = b"") -> None:
        super().__init__(http.status, http.headers, body)
        self.stream: object = stream


class StreamTrait(Trait):
    """An operation whose answer is read as it comes; subclasses make something of its body."""

    __slots__ = ()
    streams = True

    async def arrived(self, http: HttpResponse) -> HttpResponse:
        """The answer; that of a failure is read whole, for it is parsed whole."""
        if 200 <= http.status < 300:
            return http
        return HttpResponse(http.status, http.headers, await whole_body(http))

    def fill(self, response: Response, http: HttpResponse) -> None:
        """Set the member that is streamed."""
        member = stream_member(response)
        if member is not None and isinstance(http, StreamedResponse):
            setattr(response, member.attr, http.stream)


def stream_member(value: Request[Response] | Response) -> Member | None:
    """The member that is streamed."""
    members = value.__schema__.members
    return next((m for m in members if m.location == "stream"), None)


async def whole_body(http: HttpResponse) -> bytes:
    """The body of an answer, read to its end."""
    body = http.body
    if isinstance(body, bytes):
        return body
    if isinstance(body, AsyncIterable):
        return b"".join([part async for part in body])
    return b"".join(body)
