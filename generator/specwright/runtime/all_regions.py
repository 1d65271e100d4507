"""Requests to endpoints of several regions, which one signature has to hold in."""

from __future__ import annotations

from .auth import Auth, MarkedRequest
from .http import HttpRequest
from .operation import Request, Response
from .sigv4a import SigV4a
from .traits import Trait

EVERYWHERE = Auth(SigV4a("*"))


class AllRegions(Trait):
    """Has a request signed with version 4A, for all regions, where an attribute is set."""

    __slots__ = ("attr",)

    def __init__(self, attr: str) -> None:
        self.attr = attr

    def sent(self, http: HttpRequest, request: Request[Response]) -> HttpRequest:
        if getattr(request, self.attr, None) is None:
            return http
        return MarkedRequest(http, EVERYWHERE)
