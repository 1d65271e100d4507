"""Expressions of pagination and waiters: they have to be readable, and to name what there is."""

from __future__ import annotations

from specwright.expressions import FUNCTIONS, Misses, Node, Problem, leads_to, parse
from specwright.model import Member, Shape
from specwright.resolve.context import UNKNOWN, Context, Definitions
from specwright.resolve.cursor import Cursor


def read_expression(cursor: Cursor, context: Context) -> Node | None:
    """The expression that a text states; None beside a finding where it states none."""
    node = parse(str(cursor.value))
    if not isinstance(node, Problem):
        return node
    context.findings.say(
        "bad-expression",
        f"'{cursor.value}' does not lead to a member: {node.message}",
        cursor.where,
        "write a member, a path to one such as a.b, or other JMESPath with no functions "
        f"but {', '.join(FUNCTIONS)}",
    )
    return None


def check_expression(
    node: Node,
    cursor: Cursor,
    start: Shape,
    side: str,
    shapes: Definitions,
    context: Context,
) -> Shape | None:
    """Report what an expression misses; the shape that it leads to, where that is known."""

    def target(member: Member) -> Shape | None:
        if isinstance(member.target, Shape):
            return None if member.target is UNKNOWN else member.target
        return shapes[member.target].shape if member.target in shapes else None

    misses = Misses(target)
    found = leads_to(node, start, misses)
    for name, shape in misses.found:
        held = f"'{shape.name}'" if shape.name else f"what is a {shape.type} there"
        where = side if shape is start else held
        hint = context.findings.guess(name, [m.name for m in shape.members])
        context.findings.say(
            "unknown-member", f"{where} has no member '{name}'", cursor.where, hint
        )
    return found
