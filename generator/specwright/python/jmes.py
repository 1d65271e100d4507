"""Expressions as the runtime's words, below an alias that no name of a spec can have."""

from __future__ import annotations

from specwright.expressions import (
    And,
    Call as Function,
    Compare,
    Each,
    Field,
    Flatten,
    Index,
    Literal,
    Named,
    Node,
    Not,
    Or,
    Part,
    Path,
    Pipe,
    Problem,
    Several,
    Step,
    Values,
    Where,
    parse,
)
from specwright.python.layout import Call, Expression
from specwright.python.quoting import literal

MODULE = "jmes"
ALIAS = f"_{MODULE}"
IMPORT = f"{MODULE} as {ALIAS}"


def expression(node: Node) -> Expression:
    """An expression as calls of the runtime."""
    match node:
        case Path(steps):
            return word("path", *map(step, steps))
        case Pipe(left, right):
            return word("path", expression(left), expression(right))
        case Or(left, right):
            return word("either", expression(left), expression(right))
        case And(left, right):
            return word("both", expression(left), expression(right))
        case Not(inner):
            return word("negated", expression(inner))
        case Compare():
            return compared(node)
        case Literal(value):
            return word("literal", constant(value))
    return made(node)


def compared(node: Compare) -> Expression:
    """A comparison, told by equality and by less."""
    left, right = expression(node.left), expression(node.right)
    match node.order:
        case "==":
            return word("equal", left, right)
        case "!=":
            return word("negated", word("equal", left, right))
        case "<":
            return word("less", left, right)
        case ">":
            return word("less", right, left)
        case "<=":
            return word("at_most", left, right)
        case ">=":
            return word("at_most", right, left)


def made(node: Function | Several | Named) -> Expression:
    """What is made of other values."""
    match node:
        case Function(name, arguments):
            called = "values_of" if name == "values" else name
            return word(called, *map(expression, arguments))
        case Several(parts):
            return word("several", *map(expression, parts))
        case Named(pairs):
            entries = (entry(name, expression(part)) for name, part in pairs)
            return word("named", Call("", tuple(entries), "{}"))


def step(step: Step) -> Expression:
    """A step of a path."""
    match step:
        case Field(name):
            return literal(name)
        case Index(number):
            return str(number)
        case Part(start, stop, stride):
            return word("part", str(start), str(stop), str(stride))
        case Each():
            return f"{ALIAS}.EACH"
        case Flatten():
            return f"{ALIAS}.FLATTEN"
        case Values():
            return f"{ALIAS}.VALUES"
        case Where(condition):
            return word("where", expression(condition))
    return made(step)


def word(name: str, *parts: Expression) -> Call:
    """A call of the runtime's word."""
    return Call(f"{ALIAS}.{name}", parts)


def entry(name: str, value: Expression) -> Expression:
    """An entry of a dict."""
    head = f"{literal(name)}: "
    if isinstance(value, str):
        return head + value
    return Call(head + value.head, value.parts, value.brackets)


def constant(value: object) -> Expression:
    """A value of JSON as Python."""
    if isinstance(value, str):
        return literal(value)
    if isinstance(value, list):
        return Call("", tuple(constant(item) for item in value), "[]")
    if isinstance(value, dict):
        entries = (entry(str(name), constant(held)) for name, held in value.items())
        return Call("", tuple(entries), "{}")
    return repr(value)


def parsed(text: str) -> Node:
    """An expression that the resolver has let through."""
    node = parse(text)
    if isinstance(node, Problem):
        raise TypeError(f"the resolver should have refused '{text}': {node.message}")
    return node
