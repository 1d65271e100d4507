"""Hosts that a member of the request names."""

from __future__ import annotations

from .endpoints import endpoint_problem
from .errors import ConfigurationError
from .http import HttpRequest
from .operation import Request, Response
from .traits import Trait


class HostFrom(Trait):
    """Sends a request to the host of the URL in an attribute, whatever endpoint was given."""

    __slots__ = ("attr",)

    def __init__(self, attr: str) -> None:
        self.attr = attr

    def sent(self, http: HttpRequest, request: Request[Response]) -> HttpRequest:
        given: object = getattr(request, self.attr, None)
        problem = endpoint_problem(given)
        if problem is not None:
            raise ConfigurationError(f"{self.attr} {problem}: {given!r}")
        scheme, _, rest = str(given).partition("://")
        host = rest.partition("/")[0]
        _, slash, path = http.url.partition("://")[2].partition("/")
        url = f"{scheme}://{host}{slash}{path}"
        return HttpRequest(http.method, url, http.headers, http.body)
