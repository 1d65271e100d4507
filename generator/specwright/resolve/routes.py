"""Operations of one service that no server could tell apart by method and path."""

from __future__ import annotations

from collections.abc import Mapping

from specwright.model import Operation
from specwright.resolve.context import Context
from specwright.resolve.cursor import Cursor
from specwright.resolve.paths import unlabelled


def check_paths(
    operations: Mapping[str, Operation], roots: Mapping[str, Cursor], context: Context
) -> None:
    """Warn of operations with one method and path, whatever the names of its labels."""
    if not context.is_rest:
        return
    seen: dict[object, str] = {}
    for name, operation in operations.items():
        if not roots[name].at("http").has("path"):
            continue
        first = seen.setdefault(_route(operation), name)
        if first != name:
            http = operation.http
            context.findings.say(
                "same-path",
                f"'{name}' has the method and path of '{first}': {http.method} {http.path}",
                roots[name].at("http").at("path").where,
                "correct the one that is wrong",
                severity="warning",
                related=(
                    (
                        roots[first].at("http").at("path").where,
                        f"'{first}' stands here",
                    ),
                ),
            )


def _route(operation: Operation) -> object:
    """What tells an operation from others: its path, fixed query, and what requests must have."""
    http = operation.http
    told = {
        (member.location, member.wire)
        for member in operation.input.members
        if member.required and member.location in ("query", "header")
    }
    # An old operation may share its path with the one that replaces it.
    old = operation.deprecated is not None
    return (
        http.method,
        unlabelled(http.path),
        frozenset(http.query),
        frozenset(told),
        operation.host_prefix,
        operation.name if old else None,
    )
