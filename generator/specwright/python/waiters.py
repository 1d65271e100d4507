"""Views of a service's waiters: a class each, with its acceptors as data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from specwright.model import Acceptor, Waiter
from specwright.python import jmes, reserved
from specwright.python.docs import docstring
from specwright.python.imports import blocks, import_line, runtime_imports
from specwright.python.layout import Call, Expression, laid_out
from specwright.python.naming import class_names
from specwright.python.quoting import WIDTH, literal, paragraph
from specwright.python.target import Target

MODULE = "waiters"
ALIAS = "_waiters"
CHECKS = {"path": "itself", "path-all": "all_of", "path-any": "any_of"}
SHOWN = 400


@dataclass(frozen=True, slots=True)
class WaiterView:
    """One waiter, laid out."""

    head: str
    doc: str
    operation: str
    delay: int
    attempts: int
    acceptors: str


@dataclass(frozen=True, slots=True)
class WaitersView:
    """The module of a service's waiters."""

    doc: str
    imports: list[str]
    typing_imports: list[str]
    waiters: list[WaiterView]


def waiters_view(target: Target) -> WaitersView:
    """The module of the waiters of the generated operations."""
    held = [(o, w) for o in target.operations for w in o.waiters]
    names = class_names([w.name for _, w in held], reserved.WAITERS)
    waiting = [o for o in target.operations if o.waiters]
    responses: list[str] = []
    for operation in waiting:
        symbols = target.symbols.operations[operation.name]
        responses += import_line(f".operations.{symbols.module}", [symbols.response], 4)
    modules = {f"{MODULE} as {ALIAS}"}
    if any(a.path is not None for _, w in held for a in w.acceptors):
        modules.add(jmes.IMPORT)
    return WaitersView(
        doc=target.module_doc(
            f"What can be waited for with {target.service.id}", "operations"
        ),
        imports=blocks(
            ["from typing import TYPE_CHECKING"], runtime_imports(2, {"": modules})
        ),
        typing_imports=responses,
        waiters=[
            waiter_view(waiter, names[waiter.name], operation.name, target)
            for operation, waiter in held
        ],
    )


def waiter_view(
    waiter: Waiter, name: str, operation: str, target: Target
) -> WaiterView:
    """One waiter."""
    symbols = target.symbols.operations[operation]
    base = f"{ALIAS}.{outcome(waiter)}[{literal(symbols.response)}]"
    head = f"class {name}({base}):"
    return WaiterView(
        head=head if len(head) <= WIDTH else f"class {name}(\n    {base}\n):",
        doc=waiter_doc(waiter, operation, symbols.request),
        operation=literal(operation),
        delay=waiter.delay,
        attempts=waiter.attempts,
        acceptors=laid_out(
            Call("acceptors = ", tuple(map(acceptor, waiter.acceptors))), 4
        ),
    )


def outcome(waiter: Waiter) -> str:
    """The runtime's class of a waiter, by what means success to it."""
    kinds = {refuses(a) for a in waiter.acceptors if a.state == "success"}
    if kinds == {True}:
        return "UntilRefused"
    return "UntilEither" if True in kinds else "UntilAnswered"


def refuses(acceptor: Acceptor) -> bool:
    """True where an error is what an acceptor matches."""
    if acceptor.matcher == "status":
        return not 200 <= int(acceptor.expected) < 300
    return acceptor.matcher == "error" and acceptor.expected is not False


def acceptor(acceptor: Acceptor) -> Call:
    """An acceptor in the words of the runtime."""
    if acceptor.matcher in ("status", "error"):
        test = word(acceptor.matcher, constant(acceptor))
    else:
        path = jmes.expression(jmes.parsed(acceptor.path or ""))
        parts = [path, word(CHECKS[acceptor.matcher], constant(acceptor))]
        if acceptor.with_input:
            parts.append("with_input=True")
        test = word("found", *parts)
    return word(acceptor.state, literal(about(acceptor)), test)


def word(name: str, *parts: Expression) -> Call:
    """A call of the runtime's word."""
    return Call(f"{ALIAS}.{name}", parts)


def constant(acceptor: Acceptor) -> str:
    """What an acceptor expects."""
    expected = acceptor.expected
    return literal(expected) if isinstance(expected, str) else repr(expected)


def about(acceptor: Acceptor) -> str:
    """An acceptor in words."""
    expected = acceptor.expected
    match acceptor.matcher:
        case "status":
            return f"the HTTP status is {expected}"
        case "error" if isinstance(expected, bool):
            return "there is an error" if expected else "there is no error"
        case "error":
            return f"the error is {expected}"
        case "path-all":
            said = f"all {acceptor.path} are {told(expected)}"
        case "path-any":
            said = f"one of {acceptor.path} is {told(expected)}"
        case "path" if expected is True:
            said = str(acceptor.path)
        case "path":
            said = f"{acceptor.path} is {told(expected)}"
    return said if len(said) <= SHOWN else said[:SHOWN] + "…"


def told(expected: str | int | bool) -> str:
    """An expected value as JMESPath writes it."""
    return f"'{expected}'" if isinstance(expected, str) else str(expected).lower()


def waiter_doc(waiter: Waiter, operation: str, request: str) -> str:
    """The docstring of a waiter: what it waits for, and for how long."""
    notes = list(states(waiter))
    each = "second" if waiter.delay == 1 else f"{waiter.delay} seconds"
    total = waiter.delay * waiter.attempts
    notes.append(
        f"Asks {operation} after {each}, then less often, for {total} seconds in all "
        "unless max_wait says otherwise."
    )
    said = waiter.doc or f"Wait with {request} until an answer decides."
    lines = paragraph(said, 4 + 3)
    told_of = [line for note in notes for line in paragraph(note, 4, hanging=4)]
    return docstring([*lines, "", *told_of], 4)


def states(waiter: Waiter) -> Iterator[str]:
    """What means success and what failure, a sentence each."""
    for state, verb in (("success", "Content when"), ("failure", "Fails when")):
        said = [about(a) for a in waiter.acceptors if a.state == state]
        if said:
            yield f"{verb} {'; or '.join(said)}."
