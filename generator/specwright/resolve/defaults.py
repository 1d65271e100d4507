"""Defaults of members, held against the type of the member."""

from __future__ import annotations

from decimal import Decimal

from specwright.model import INTEGERS, NUMBERS, ShapeType
from specwright.resolve.context import Context
from specwright.resolve.cursor import Cursor


def check_default(cursor: Cursor, kind: ShapeType | None, context: Context) -> None:
    """Report a default that the member could never have."""
    default = cursor.at("default")
    if default.value is None or kind is None or _fits(default.value, kind):
        return
    context.findings.say(
        "bad-default", f"the default can't be a value of type '{kind}'", default.where
    )


def _fits(value: object, kind: ShapeType) -> bool:
    if kind == "boolean":
        return isinstance(value, bool)
    if kind in INTEGERS:
        return isinstance(value, int) and not isinstance(value, bool)
    if kind in NUMBERS:
        return isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    if kind == "list":
        return isinstance(value, list)
    if kind in ("map", "structure", "union"):
        return isinstance(value, dict)
    if kind == "timestamp":
        return isinstance(value, str | int | Decimal) and not isinstance(value, bool)
    return kind == "document" or isinstance(value, str)
