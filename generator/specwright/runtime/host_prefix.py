"""Hosts that begin with something of an operation's own."""

from __future__ import annotations

from .http import HttpRequest
from .operation import Request, Response
from .traits import Trait

LONGEST_LABEL = 63
NEEDED = "labels of a host: 1 to 63 letters, digits and hyphens each, with dots between"


class HostLabel:
    """What a value lacks that becomes part of a host; empty if nothing."""

    def __call__(self, value: object) -> str:
        if value == "":
            return "not empty"
        parts = str(value).split(".")
        fit = all(
            0 < len(part) <= LONGEST_LABEL
            and part.isascii()
            and (part.replace("-", "") or "0").isalnum()
            for part in parts
        )
        return "" if fit else NEEDED


class HostPrefix(Trait):
    """Puts a prefix before the host; members fill its labels, by the spec's names. There is
    none where the attribute ``unless`` is set.
    """

    __slots__ = ("template", "unless")

    def __init__(self, template: str, unless: str | None = None) -> None:
        self.template = template
        self.unless = unless

    def sent(self, http: HttpRequest, request: Request[Response]) -> HttpRequest:
        if self.unless and getattr(request, self.unless, None) is not None:
            return http
        prefix = self.template
        for member in request.__schema__.members:
            label = f"{{{member.name}}}"
            if label in prefix:
                prefix = prefix.replace(label, str(getattr(request, member.attr)))
        scheme, separator, rest = http.url.partition("://")
        url = f"{scheme}{separator}{prefix}{rest}"
        return HttpRequest(http.method, url, http.headers, http.body)
