"""Bodies that stay out of the signature."""

from __future__ import annotations

from .http import HttpRequest
from .operation import Request, Response
from .traits import Trait


class UnsignedPayload(Trait):
    """An operation whose body isn't signed."""

    __slots__ = ()

    def sent(self, http: HttpRequest, request: Request[Response]) -> HttpRequest:
        """The message that says so."""
        http.headers.set("X-Amz-Content-SHA256", "UNSIGNED-PAYLOAD")
        return http
