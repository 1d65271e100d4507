"""Media types of REST bodies: what a request may be sent as, and what answers are accepted."""

from __future__ import annotations

import re
from collections.abc import Mapping

from specwright.model import Member, Operation, Service, Shape
from specwright.server.messages import not_acceptable, unsupported_media_type
from specwright.server.protocols.events import MEDIA as EVENTS

JSON = "application/json"
XML = "application/xml"
FORM = "application/x-www-form-urlencoded"
_ANY = "*/*"
_ALIKE = {XML: (XML, "text/xml")}
# What HTTP libraries say of any POST, even one without a body.
_BY_DEFAULT = ("application/octet-stream", FORM)
_NO_WEIGHT = re.compile(r"0(?:\.0{0,3})?")


def check_content_type(
    service: Service,
    shape: Shape,
    headers: Mapping[str, str],
    body: bytes,
    structured: str = JSON,
) -> None:
    """Refuse a body of another media type than the input's.

    A blob, a text or XML may come without a type, as SDKs send them; JSON may not. An input
    without a body has no type, but for what HTTP libraries add. Where the type is a member, any
    will do.
    """
    sent = media_type(headers)
    if _is_a_member(shape, "content-type") or (not body and sent in _BY_DEFAULT):
        return
    wanted = _body_type(service, shape, structured)
    if wanted == _ANY:
        return
    if wanted is None:
        if "content-type" in headers:
            raise unsupported_media_type("A request without a body has no media type.")
    elif "content-type" in headers:
        if sent not in _ALIKE.get(wanted, (wanted,)):
            raise unsupported_media_type(f"The body must be of the type {wanted}.")
    elif body and wanted == JSON:
        raise unsupported_media_type(f"The body must say that its type is {wanted}.")


def check_accept(
    service: Service,
    operation: Operation,
    headers: Mapping[str, str],
    structured: str = JSON,
) -> None:
    """Refuse a request that takes no answer of the output's media type."""
    accept = headers.get("accept")
    if accept is None or _is_a_member(operation.input, "accept"):
        return
    offered = _body_type(service, operation.output, structured) or structured
    if offered == _ANY:
        return
    if not any(accepts(accept, one) for one in _ALIKE.get(offered, (offered,))):
        raise not_acceptable(f"The answer is of the type {offered}.")


def body_members(shape: Shape) -> tuple[Member, ...]:
    """The members in a body without a payload; a host label is one of them too."""
    return tuple(m for m in shape.members if m.location in ("body", "host"))


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


def _body_type(service: Service, shape: Shape, structured: str) -> str | None:
    """The media type of a message's body; ``*/*`` for any, None where there is no body."""
    payload = next((m for m in shape.members if m.location == "payload"), None)
    if payload is None:
        return structured if body_members(shape) else None
    target = service.target(payload)
    if target.event_stream:
        return EVENTS
    stated = payload.media_type or target.media_type
    if target.type == "blob" or (target.type == "string" and structured == XML):
        # S3 takes the JSON of policies as any text.
        return (stated or _ANY).lower()
    if target.type == "string":
        return (stated or "text/plain").lower()
    return structured


def _is_a_member(shape: Shape, header: str) -> bool:
    return any(
        m.location == "header" and m.wire.lower() == header for m in shape.members
    )
