"""Media types of REST JSON bodies: what a request may be sent as, and what answers are accepted."""

from __future__ import annotations

import re
from collections.abc import Mapping

from specwright.model import Operation, Service, Shape
from specwright.server.messages import not_acceptable, unsupported_media_type

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
_ANY = "*/*"
# What HTTP libraries say of any POST, even one without a body.
_BY_DEFAULT = ("application/octet-stream", FORM)
_NO_WEIGHT = re.compile(r"0(?:\.0{0,3})?")


def check_content_type(
    service: Service, shape: Shape, headers: Mapping[str, str], body: bytes
) -> None:
    """Refuse a body of another media type than the input's.

    A blob or text may come without a type, as SDKs send them; JSON may not. An input without a
    body has no type, but for what HTTP libraries add. Where the type is a member, any will do.
    """
    sent = media_type(headers)
    if _is_a_member(shape, "content-type") or (not body and sent in _BY_DEFAULT):
        return
    wanted = _body_type(service, shape)
    if wanted == _ANY:
        return
    if wanted is None:
        if "content-type" in headers:
            raise unsupported_media_type("A request without a body has no media type.")
    elif "content-type" in headers:
        if sent != wanted:
            raise unsupported_media_type(f"The body must be of the type {wanted}.")
    elif body and wanted == JSON:
        raise unsupported_media_type(f"The body must say that its type is {wanted}.")


def check_accept(
    service: Service, operation: Operation, headers: Mapping[str, str]
) -> None:
    """Refuse a request that takes no answer of the output's media type."""
    accept = headers.get("accept")
    if accept is None or _is_a_member(operation.input, "accept"):
        return
    offered = _body_type(service, operation.output) or JSON
    if offered != _ANY and not accepts(accept, offered):
        raise not_acceptable(f"The answer is of the type {offered}.")


def media_type(headers: Mapping[str, str]) -> str:
    """The media type of a message in lower case, without its parameters."""
    return headers.get("content-type", "").partition(";")[0].strip().lower()


def accepts(accept: str, offered: str) -> bool:
    """True where an Accept header names the media type, or a range that holds it."""
    ranges = {_ANY, f"{offered.partition('/')[0]}/*", offered.lower()}
    for part in accept.split(","):
        media, *parameters = (piece.strip().lower() for piece in part.split(";"))
        weights = [p[2:].strip() for p in parameters if p.startswith("q=")]
        if media in ranges and not any(map(_NO_WEIGHT.fullmatch, weights)):
            return True
    return False


def _body_type(service: Service, shape: Shape) -> str | None:
    """The media type of a message's body; ``*/*`` for any, None where there is no body."""
    payload = next((m for m in shape.members if m.location == "payload"), None)
    if payload is None:
        held = any(m.location in ("body", "host") for m in shape.members)
        return JSON if held else None
    target = service.target(payload)
    stated = payload.media_type or target.media_type
    if target.type == "blob":
        return (stated or _ANY).lower()
    if target.type == "string":
        return (stated or "text/plain").lower()
    return JSON


def _is_a_member(shape: Shape, header: str) -> bool:
    return any(
        m.location == "header" and m.wire.lower() == header for m in shape.members
    )
