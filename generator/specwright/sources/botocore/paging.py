"""Paginators of a model's companion file to the pagination of operations."""

from __future__ import annotations

import re

from specwright.sources.botocore.model import Model
from specwright.sources.botocore.scope import Scope
from specwright.sources.botocore.values import Json, Spec, mapping, text, texts

_SINGLE = (("limit_key", "limit"), ("more_results", "more_results"))
_SEVERAL = (
    ("input_token", "input_token", "input"),
    ("output_token", "output_token", "output"),
    ("result_key", "items", "output"),
    ("non_aggregate_keys", "constant", "output"),
)
_SIDES = {"limit_key": "input", "more_results": "output"}
_FIRST = re.compile(r"\s*(?P<name>[^.\[\]|\s]+)")


def write_pagination(operation: str, paginator: Json, scope: Scope) -> Spec | None:
    """The pagination of an operation; None where the paginator does not fit the model."""
    path = ("pagination", operation)
    scope.check_keys(paginator, "paginator", path, (operation,))
    result: Spec = {}
    for key, word, side in _SEVERAL:
        named = texts(paginator, key)
        if not all(
            _leads(expression, operation, side, scope.model) for expression in named
        ):
            reason = f"'{key}' names what the {side} of '{operation}' does not have"
            scope.say("unknown", (*path, key), reason, (operation,))
            return None
        if named:
            result[word] = named[0] if len(named) == 1 and word != "constant" else named
    for key, word in _SINGLE:
        expression = text(paginator, key)
        if expression is not None and _leads(
            expression, operation, _SIDES[key], scope.model
        ):
            result[word] = expression
        elif expression is not None:
            reason = f"'{key}' names what '{operation}' does not have"
            scope.say("unknown", (*path, key), reason, (operation,))
    if "input_token" not in result or "output_token" not in result:
        reason = f"the paginator of '{operation}' has no tokens"
        scope.say("unknown", path, reason, (operation,))
        return None
    return result


def _leads(expression: str, operation: str, side: str, model: Model) -> bool:
    """True where every alternative of an expression begins with a member."""
    name = text(mapping(model.operations[operation], side), "shape")
    members = mapping(model.shapes[name], "members") if name is not None else {}
    first = [_FIRST.match(alternative) for alternative in expression.split("||")]
    return all(found is not None and found["name"] in members for found in first)
