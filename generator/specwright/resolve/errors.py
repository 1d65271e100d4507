"""The errors of an operation: shapes that say that they are errors."""

from __future__ import annotations

from specwright.resolve.bindings import check_output
from specwright.resolve.context import Context, Definitions
from specwright.resolve.cursor import Cursor


def read_errors(
    cursor: Cursor, shapes: Definitions, context: Context
) -> tuple[str, ...]:
    """The names that ``errors`` lists, as far as they are those of errors."""
    named: dict[str, Cursor] = {}
    codes: dict[str, str] = {}
    for item in cursor.items():
        name = item.value
        if not isinstance(name, str):
            continue
        if (first := named.setdefault(name, item)) is not item:
            context.findings.say(
                "duplicate-error",
                f"'{name}' stands here a second time",
                item.where,
                related=((first.where, f"'{name}' stood here before"),),
            )
        elif (found := shapes.get(name)) is None:
            errors = [
                key for key, shape in shapes.items() if shape.shape.error is not None
            ]
            context.findings.say(
                "unknown-shape",
                f"there is no shape '{name}'",
                item.where,
                context.findings.guess(name, errors)
                or "define it under 'shapes', with 'error'",
            )
        elif found.shape.error is None:
            context.findings.say(
                "not-an-error",
                f"the shape '{name}' is not an error",
                item.where,
                "write 'error: {fault: client, status: 400}' there, as the API documents it",
                related=((found.cursor.name_where, f"'{name}' is defined here"),),
            )
        else:
            code = found.shape.error.code or name
            if (other := codes.setdefault(code, name)) != name:
                context.findings.say(
                    "duplicate-error-code",
                    f"'{name}' and '{other}' both have the code '{code}' in messages",
                    item.where,
                    "answers with this code are read as the first of them",
                    severity="warning",
                    related=((named[other].where, f"'{other}' stands here"),),
                )
    return tuple(
        name
        for name in named
        if name in shapes and shapes[name].shape.error is not None
    )


def check_errors(shapes: Definitions, context: Context) -> None:
    """Hold the members of every error against the parts of a response."""
    for found in shapes.values():
        if found.shape.error is not None:
            members = found.cursor.at("members")
            check_output(members, found.shape.members, "an error", shapes, context)
