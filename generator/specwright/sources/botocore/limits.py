"""Limits of values in a model: lengths, ranges, patterns and enums, where a type has them."""

from __future__ import annotations

from decimal import Decimal

from specwright.patterns import PatternProblem, analyse
from specwright.sources.anchors import match_mode
from specwright.sources.botocore.model import SCALARS
from specwright.sources.botocore.report import Path
from specwright.sources.botocore.scope import Scope
from specwright.sources.botocore.values import Json, Spec, text

NUMBERS = frozenset(SCALARS.values()) - {"blob", "boolean", "string", "timestamp"}
_INTEGERS = frozenset({"byte", "short", "integer", "long", "bigInteger"})
_SIZED = frozenset({"string", "blob", "list", "map"})


def constraints(value: Json, kind: str, path: Path, scope: Scope) -> Spec:
    """Length, range, pattern and values, as far as the type can have them."""
    result: Spec = {}
    if value.get("min") is not None or value.get("max") is not None:
        if kind in _SIZED:
            bounds = _bounds(value, path, scope, whole_numbers=True, least=0)
            result |= {"length": bounds} if bounds else {}
        elif kind in NUMBERS:
            bounds = _bounds(value, path, scope, whole_numbers=kind in _INTEGERS)
            result |= {"range": bounds} if bounds else {}
        else:
            scope.say("unknown", path, f"a {kind} with 'min' or 'max'")
    pattern = text(value, "pattern")
    if pattern is not None and kind == "string":
        result |= _pattern(pattern, path, scope)
    elif pattern is not None:
        scope.say("unknown", (*path, "pattern"), f"a {kind} with a pattern")
    if "enum" in value:
        result |= _enum(value["enum"], kind, path, scope)
    return result


def _pattern(pattern: str, path: Path, scope: Scope) -> Spec:
    match = match_mode(pattern)
    found = analyse(pattern, match)
    if isinstance(found, PatternProblem):
        # Services check their patterns themselves; a client can do without one.
        reason = f"the pattern can't be used: {found.reason}"
        scope.say("unknown", (*path, "pattern"), reason)
        return {}
    return {"pattern": pattern, "match": match}


def _enum(values: object, kind: str, path: Path, scope: Scope) -> Spec:
    wanted: type = str if kind == "string" else int
    fits = kind == "string" or kind in _INTEGERS - {"bigInteger"}
    if not fits or not isinstance(values, list) or not values:
        scope.say("unknown", (*path, "enum"), f"a {kind} with these values")
        return {}
    if not all(type(item) is wanted for item in values):
        scope.say("unknown", (*path, "enum"), f"values that are no {kind}")
        return {}
    return {"enum": list(dict.fromkeys(values))}


def _bounds(
    value: Json,
    path: Path,
    scope: Scope,
    *,
    whole_numbers: bool,
    least: int | None = None,
) -> list[object] | None:
    ends: list[Decimal | int | None] = []
    for key in ("min", "max"):
        bound = value.get(key)
        if isinstance(bound, Decimal) and bound == bound.to_integral_value():
            bound = int(bound)
        if isinstance(bound, bool) or not isinstance(bound, int | Decimal | None):
            scope.say("unknown", (*path, key), "this is no number")
            bound = None
        if bound is not None and (
            (whole_numbers and not isinstance(bound, int))
            or (least is not None and bound < least)
        ):
            scope.say("unknown", (*path, key), f"{bound} is no limit of this type")
            bound = None
        ends.append(bound)
    low, high = ends
    if low is not None and high is not None and low > high:
        scope.say("unknown", path, f"the minimum {low} is above the maximum {high}")
        return None
    return None if low is None and high is None else [low, high]
