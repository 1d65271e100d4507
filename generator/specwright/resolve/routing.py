"""The input members that change where a request goes, or of which only a part does."""

from __future__ import annotations

from specwright.model import Shape
from specwright.resolve.context import Context
from specwright.resolve.cursor import Cursor


def read_routing(root: Cursor, request: Shape, context: Context) -> dict[str, str]:
    """What each of these members does, and its name."""
    return {
        word: str(name.value)
        for word, name in root.entries()
        if _is_text(name, request, context)
    }


def read_last_parts(root: Cursor, request: Shape, context: Context) -> tuple[str, ...]:
    """The members of which only what follows the last slash is sent."""
    return tuple(
        str(name.value) for name in root.items() if _is_text(name, request, context)
    )


def _is_text(cursor: Cursor, request: Shape, context: Context) -> bool:
    """Whether a cursor names a string of the input; what else it names is reported."""
    if not isinstance(cursor.value, str):
        return False
    members = {member.name: member for member in request.members}
    member = members.get(cursor.value)
    if member is None:
        context.findings.say(
            "unknown-member",
            f"the input has no member '{cursor.value}'",
            cursor.where,
            context.findings.guess(cursor.value, members),
        )
    elif context.kind(member) not in ("string", None):
        context.findings.say(
            "routing-type",
            f"'{member.name}' is a {context.kind(member)}, and only a string can be meant",
            cursor.where,
        )
    return member is not None
