"""Pagination: the members that it names have to exist and to be of use."""

from __future__ import annotations

from specwright.expressions import Node, Or
from specwright.model import (
    AGGREGATES,
    INTEGERS,
    PRIMITIVES,
    Pagination,
    Shape,
    ShapeType,
)
from specwright.resolve.context import Context, Definitions
from specwright.resolve.cursor import Cursor
from specwright.resolve.expressions import check_expression, read_expression

_TOKENS: frozenset[ShapeType] = INTEGERS | {"string", "blob", "map", "timestamp"}
_LIMITS: frozenset[ShapeType] = INTEGERS | {"string"}
_FLAGS: frozenset[ShapeType] = frozenset({"boolean", "string"})
_ITEMS: frozenset[ShapeType] = frozenset({"list", "map"})
_ANY: frozenset[ShapeType] = PRIMITIVES | AGGREGATES


def read_pagination(
    cursor: Cursor,
    request: Shape,
    response: Shape,
    shapes: Definitions,
    context: Context,
) -> Pagination | None:
    """How pages follow each other, where an operation says so."""
    if not isinstance(cursor.value, dict):
        return None
    tokens_in, tokens_out = cursor.texts("input_token"), cursor.texts("output_token")
    wanted = "a token is a string, a whole number or a map"
    for token in tokens_in:
        _check(token, request, "the input", _TOKENS, wanted, shapes, context)
    for token in tokens_out:
        _check(token, response, "the output", _TOKENS, wanted, shapes, context)
    if len(tokens_in) != len(tokens_out) and tokens_in and tokens_out:
        context.findings.say(
            "pagination-tokens",
            f"there are {len(tokens_in)} tokens in and {len(tokens_out)} out",
            cursor.at("output_token").where,
            "each token of the output is sent as the token of the input at the same place",
        )
    items = cursor.texts("items")
    # Some APIs tell a text or a count beside the items of each page.
    beside: frozenset[ShapeType] = (
        INTEGERS | {"string"} if len(items) > 1 else frozenset()
    )
    wanted = "items are a list or a map"
    kinds: frozenset[ShapeType] = _ITEMS | beside | {"structure", "string"}
    found = [
        _check(item, response, "the output", kinds, wanted, shapes, context)
        for item in items
    ]
    for item, kind in zip(items, found, strict=True):
        if kind in ("structure", "string") and len(items) == 1:
            context.findings.say(
                "no-items",
                f"'{item.value}' is a {kind}: each page is one item",
                item.where,
                "name the list in it, as a.b, if there is one",
                severity="warning",
            )
    if (
        len(items) > 1
        and not kinds.difference(beside).intersection(found)
        and None not in found
    ):
        context.findings.say(
            "pagination-type",
            "none of these holds items",
            cursor.at("items").where,
            wanted,
        )
    for constant in cursor.at("constant").items():
        if isinstance(constant.value, str):
            _check(constant, response, "the output", _ANY, "", shapes, context)
    limit, more = cursor.text("limit"), cursor.text("more_results")
    if limit is not None:
        what = "a limit is a whole number"
        limit_kind = _check(
            cursor.at("limit"), request, "the input", _LIMITS, what, shapes, context
        )
        if limit_kind == "string":
            context.findings.say(
                "limit-is-text",
                f"the limit '{limit}' is a string",
                cursor.at("limit").where,
                "a few APIs do so; make sure that this is one of them",
                severity="warning",
            )
    if more is not None:
        what = "whether there are more pages is a boolean"
        _check(
            cursor.at("more_results"),
            response,
            "the output",
            _FLAGS,
            what,
            shapes,
            context,
        )
    if not tokens_in or not tokens_out:
        return None
    return Pagination(
        input_token=tuple(str(token.value) for token in tokens_in),
        output_token=tuple(str(token.value) for token in tokens_out),
        items=tuple(str(item.value) for item in items),
        limit=limit,
        more_results=more,
        constant=tuple(str(item.value) for item in cursor.at("constant").items()),
    )


def _check(
    cursor: Cursor,
    start: Shape,
    side: str,
    kinds: frozenset[ShapeType],
    wanted: str,
    shapes: Definitions,
    context: Context,
) -> ShapeType | None:
    """Follow every alternative of an expression; the type of what the first leads to."""
    node = read_expression(cursor, context)
    if node is None:
        return None
    found = [
        check_expression(alternative, cursor, start, side, shapes, context)
        for alternative in _alternatives(node)
    ]
    for shape in found:
        if shape is not None and shape.type not in kinds:
            context.findings.say(
                "pagination-type",
                f"'{cursor.value}' is a {shape.type}",
                cursor.where,
                wanted,
            )
    return found[0].type if found[0] is not None else None


def _alternatives(node: Node) -> list[Node]:
    """The expressions of which the first that holds is meant."""
    if isinstance(node, Or):
        return [*_alternatives(node.left), *_alternatives(node.right)]
    return [node]
