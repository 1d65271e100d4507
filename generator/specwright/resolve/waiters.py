"""Waiters of an operation: what their acceptors look at has to exist."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from specwright.model import Acceptor, Member, Shape, Waiter
from specwright.resolve.context import Context, Definitions
from specwright.resolve.cursor import Cursor
from specwright.resolve.expressions import check_expression, read_expression

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


def read_waiters(
    cursor: Cursor,
    request: Shape,
    response: Shape,
    shapes: Definitions,
    context: Context,
) -> tuple[Waiter, ...]:
    """The waiters of an operation, in the order of the spec."""
    both = Shape(
        "structure",
        members=(
            Member("input", request, "input"),
            Member("output", response, "output"),
        ),
    )
    waiters: list[Waiter] = []
    for name, waiter in cursor.entries():
        acceptors = waiter.at("acceptors").items()
        for acceptor in acceptors:
            start = both if acceptor.text("of") == "input-output" else response
            _check(acceptor, start, shapes, context)
        read = tuple(_acceptor(acceptor) for acceptor in acceptors)
        if not any(acceptor.state == "success" for acceptor in read):
            context.findings.say(
                "endless-waiter",
                f"nothing means success to '{name}'",
                waiter.at("acceptors").where,
                "add an acceptor with state: success",
            )
        waiters.append(
            Waiter(
                name=name,
                delay=waiter.whole("delay") or 1,
                attempts=waiter.whole("attempts") or 1,
                acceptors=read,
                doc=waiter.text("doc"),
            )
        )
    return tuple(waiters)


def _check(
    acceptor: Cursor, start: Shape, shapes: Definitions, context: Context
) -> None:
    matcher, expected = acceptor.text("matcher"), acceptor.at("expected")
    whole = isinstance(expected.value, int) and not isinstance(expected.value, bool)
    if (matcher == "status") is not whole and matcher in ("status", "error"):
        wanted = (
            "a status is a whole number"
            if matcher == "status"
            else "an error is told by its code, or by true or false"
        )
        told = f"'{expected.value}' is nothing that the {matcher} can be"
        context.findings.say("waiter-expected", told, expected.where, wanted)
    path = acceptor.at("path")
    if isinstance(path.value, str) and (node := read_expression(path, context)):
        check_expression(node, path, start, "the output", shapes, context)


def _acceptor(cursor: Cursor) -> Acceptor:
    expected = cursor.at("expected").value
    return Acceptor(
        state=_STATES.get(cursor.text("state") or "", "failure"),
        matcher=_MATCHERS.get(cursor.text("matcher") or "", "path"),
        expected=expected if isinstance(expected, str | int) else "",
        path=cursor.text("path"),
        with_input=cursor.text("of") == "input-output",
    )
