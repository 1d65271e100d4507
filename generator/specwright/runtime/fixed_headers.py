"""Headers that every request of a service has, whatever it asks for."""

from __future__ import annotations

from .http import HttpRequest
from .operation import Request, Response
from .traits import Trait


class FixedHeader(Trait):
    """An operation whose requests have a header of one value."""

    def __init__(self, name: str, value: str) -> None:
        self.name = name
        self.value = value

    def sent(self, http: HttpRequest, request: Request[Response]) -> HttpRequest:
        """The message with the header, unless it has one."""
        if self.name not in http.headers:
            http.headers.set(self.name, self.value)
        return http
