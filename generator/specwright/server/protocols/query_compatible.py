"""Errors of services that spoke the query protocol once, and still tell the codes of then."""

from __future__ import annotations

from specwright.model import Service
from specwright.server.messages import Refusal


def error_kind(service: Service | None, refusal: Refusal) -> str:
    """What an error is called in a body: its code, or its shape where a header has the code."""
    if service is None or not service.query_compatible or refusal.shape is None:
        return refusal.code
    return refusal.shape.name or refusal.code


def query_error(service: Service | None, refusal: Refusal) -> list[tuple[str, str]]:
    """The header with the code that an error had in the query protocol."""
    if service is None or not service.query_compatible:
        return []
    return [("x-amzn-query-error", f"{refusal.code};{refusal.blamed}")]
