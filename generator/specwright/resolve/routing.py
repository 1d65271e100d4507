"""The input members that change where a request goes."""

from __future__ import annotations

from specwright.model import Shape
from specwright.resolve.context import Context
from specwright.resolve.cursor import Cursor


def read_routing(root: Cursor, request: Shape, context: Context) -> dict[str, str]:
    """What each of these members does, and its name; all are texts of the input."""
    members = {member.name: member for member in request.members}
    named = {word: name for word, name in root.entries() if isinstance(name.value, str)}
    for cursor in named.values():
        member = members.get(str(cursor.value))
        if member is None:
            context.findings.say(
                "unknown-member",
                f"the input has no member '{cursor.value}'",
                cursor.where,
                context.findings.guess(str(cursor.value), members),
            )
        elif context.kind(member) not in ("string", None):
            context.findings.say(
                "routing-type",
                f"'{member.name}' is a {context.kind(member)}, and only a string can route",
                cursor.where,
            )
    return {word: str(cursor.value) for word, cursor in named.items()}
