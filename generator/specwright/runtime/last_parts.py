"""Members whose values have more before their last slash in answers than requests want."""

from __future__ import annotations

from .operation import Request, Response
from .traits import Trait


class LastParts(Trait):
    """Cuts the texts of some attributes down to what follows the last slash in them."""

    __slots__ = ("attrs",)

    def __init__(self, *attrs: str) -> None:
        self.attrs = attrs

    def asked(self, request: Request[Response]) -> Request[Response]:
        cut: dict[str, object] = {}
        for attr in self.attrs:
            value: object = getattr(request, attr, None)
            if isinstance(value, str) and "/" in value:
                cut[attr] = value.rpartition("/")[2]
        return request.replace(**cut) if cut else request
