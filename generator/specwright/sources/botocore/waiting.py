"""Waiters of a model's companion file to those of operations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from specwright.sources.botocore.prose import plain_text
from specwright.sources.botocore.report import Path
from specwright.sources.botocore.scope import Scope
from specwright.sources.botocore.values import (
    Json,
    Spec,
    entries,
    objects,
    text,
    whole,
)

_MATCHERS: Mapping[str, str] = {
    "error": "error",
    "path": "path",
    "pathAll": "path-all",
    "pathAny": "path-any",
    "status": "status",
}
_STATES = ("success", "failure", "retry")


def write_waiters(operation: str, waiters: Json, scope: Scope) -> Spec:
    """The waiters that ask an operation, by their names."""
    return {
        name: written
        for name, waiter in entries(waiters)
        if text(waiter, "operation") == operation
        and (written := _waiter(name, waiter, operation, scope)) is not None
    }


def _waiter(name: str, waiter: Json, operation: str, scope: Scope) -> Spec | None:
    path: Path = ("waiters", name)
    scope.check_keys(waiter, "waiter", path, (operation,))
    result: Spec = {}
    if scope.docs and (said := plain_text(text(waiter, "description") or "")):
        result["doc"] = said
    for key, word in (("delay", "delay"), ("maxAttempts", "attempts")):
        number = whole(waiter, key)
        if number is None or number < 1:
            reason = f"the waiter '{name}' has no '{key}'"
            scope.say("unknown", path, reason, (operation,))
            return None
        result[word] = number
    acceptors = list(_acceptors(waiter, path, operation, scope))
    if None in acceptors or not acceptors:
        # A waiter that misses one of its acceptors would wait for something else.
        reason = f"the waiter '{name}' accepts what is not known"
        scope.say("unknown", path, reason, (operation,))
        return None
    return {**result, "acceptors": acceptors}


def _acceptors(
    waiter: Json, path: Path, operation: str, scope: Scope
) -> Iterator[Spec | None]:
    for number, acceptor in enumerate(objects(waiter, "acceptors")):
        at = (*path, "acceptors", number)
        scope.check_keys(acceptor, "acceptor", at, (operation,))
        yield _acceptor(acceptor)


def _acceptor(acceptor: Json) -> Spec | None:
    matcher = _MATCHERS.get(text(acceptor, "matcher") or "")
    state, expected = text(acceptor, "state"), acceptor.get("expected")
    if matcher is None or state not in _STATES or not isinstance(expected, str | int):
        return None
    result: Spec = {"state": state, "matcher": matcher}
    if matcher.startswith("path"):
        argument = text(acceptor, "argument")
        if argument is None:
            return None
        result["path"] = argument
    return {**result, "expected": expected}
