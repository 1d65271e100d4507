"""Waiters of an operation: their form has been judged, so they are read as they stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from specwright.model import Acceptor, Waiter
from specwright.resolve.cursor import Cursor

_STATES: Mapping[str, Literal["success", "failure", "retry"]] = {
    "failure": "failure",
    "retry": "retry",
    "success": "success",
}
_MATCHERS: Mapping[str, Literal["status", "error", "path", "path-all", "path-any"]] = {
    "error": "error",
    "path": "path",
    "path-all": "path-all",
    "path-any": "path-any",
    "status": "status",
}


def read_waiters(cursor: Cursor) -> tuple[Waiter, ...]:
    """The waiters of an operation, in the order of the spec."""
    return tuple(
        Waiter(
            name=name,
            delay=waiter.whole("delay") or 1,
            attempts=waiter.whole("attempts") or 1,
            acceptors=tuple(_acceptor(item) for item in waiter.at("acceptors").items()),
            doc=waiter.text("doc"),
        )
        for name, waiter in cursor.entries()
    )


def _acceptor(cursor: Cursor) -> Acceptor:
    expected = cursor.at("expected").value
    return Acceptor(
        state=_STATES.get(cursor.text("state") or "", "failure"),
        matcher=_MATCHERS.get(cursor.text("matcher") or "", "path"),
        expected=expected if isinstance(expected, str | int) else "",
        path=cursor.text("path"),
    )
