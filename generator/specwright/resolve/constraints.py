"""Constraints of members and shapes, and whether they fit the type that they stand at."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from specwright.model import (
    INTEGERS,
    NUMBERS,
    Bounds,
    Constraints,
    MatchMode,
    ShapeType,
)
from specwright.resolve.context import Context
from specwright.resolve.cursor import Cursor
from specwright.resolve.patterns import check_pattern

_SIZED: frozenset[ShapeType] = frozenset({"string", "blob", "list", "map"})
_TEXT: frozenset[ShapeType] = frozenset({"string"})
_LIST: frozenset[ShapeType] = frozenset({"list"})
_ENUMS: frozenset[ShapeType] = frozenset({"string", "byte", "short", "integer", "long"})

MODES: Mapping[str, MatchMode] = {"full": "full", "search": "search"}
KEYS: Mapping[str, tuple[frozenset[ShapeType], str]] = {
    "length": (_SIZED, "a length is for strings, blobs, lists and maps"),
    "range": (NUMBERS, "a range is for numbers"),
    "pattern": (_TEXT, "a pattern is for strings"),
    "match": (_TEXT, "a pattern is for strings"),
    "enum": (_ENUMS, "an enum is for strings and whole numbers"),
    "unique": (_LIST, "unique items are for lists"),
    "sparse": (frozenset({"list", "map"}), "only lists and maps can be sparse"),
    "item": (_LIST, "only a list has an item"),
    "key": (frozenset({"map"}), "only a map has a key and a value"),
    "value": (frozenset({"map"}), "only a map has a key and a value"),
    "members": (
        frozenset({"structure", "union"}),
        "only structures and unions have members",
    ),
    "error": (frozenset({"structure"}), "only a structure can be an error"),
    "timestamp": (frozenset({"timestamp"}), "a timestamp format is for timestamps"),
    "streaming": (frozenset({"blob"}), "only a blob can be a stream"),
    "requires_length": (frozenset({"blob"}), "only a blob can be a stream"),
    "host_label": (_TEXT, "a host holds strings"),
    "event_stream": (frozenset({"union"}), "only a union can be a stream of events"),
    "media_type": (
        frozenset({"string", "blob"}),
        "a media type is for strings and blobs",
    ),
    "idempotency_token": (_TEXT, "an idempotency token is a string"),
    "json_value": (_TEXT, "a JSON value stands in a string"),
}
"""Keys that fit some types only, and what to say where they don't."""


def read_constraints(
    cursor: Cursor, kind: ShapeType | None, context: Context
) -> Constraints:
    """The constraints that a mapping states, at a value of the type ``kind``, if it is known."""
    _check_keys(cursor, kind, context)
    sources: dict[str, str] = {}
    for name in ("length", "range", "pattern", "enum", "unique", "required"):
        if (
            cursor.is_set(name)
            and (label := context.provenance.label(name)) is not None
        ):
            sources[name] = label
    pattern, match = cursor.text("pattern"), MODES.get(cursor.text("match") or "")
    if pattern is None or match is None:
        pattern = match = None
    elif kind in (None, "string"):
        check_pattern(cursor.at("pattern"), pattern, match, context)
    return Constraints(
        length=_bounds(cursor.at("length"), context, whole=True),
        range=_bounds(cursor.at("range"), context, whole=kind in INTEGERS),
        pattern=pattern,
        match=match,
        enum=_enum(cursor.at("enum"), kind, context),
        unique=cursor.flag("unique"),
        sources=sources,
    )


def _check_keys(cursor: Cursor, kind: ShapeType | None, context: Context) -> None:
    for key, inner in cursor.entries():
        rule = KEYS.get(key)
        if rule is not None and kind is not None and kind not in rule[0]:
            context.findings.say(
                "misplaced-key",
                f"'{key}' can't stand at type '{kind}'",
                inner.name_where,
                rule[1],
            )


def _bounds(cursor: Cursor, context: Context, *, whole: bool) -> Bounds | None:
    ends = cursor.items()
    if len(ends) != 2:
        return None
    low, high = (_number(end, context, whole=whole) for end in ends)
    if low is None and high is None:
        return None
    if low is not None and high is not None and low > high:
        context.findings.say(
            "min-above-max",
            f"the minimum {low} is above the maximum {high}",
            ends[0].where,
            f"exchange them: [{high}, {low}]",
        )
    return Bounds(low, high)


def _number(cursor: Cursor, context: Context, *, whole: bool) -> Decimal | int | None:
    value = cursor.value
    if isinstance(value, bool):
        return None
    if isinstance(value, Decimal) and value == value.to_integral_value():
        value = int(value)
    if isinstance(value, int):
        return value
    if isinstance(value, Decimal) and not whole:
        return value
    if isinstance(value, Decimal | float):
        what = "a whole number" if whole else "a finite number"
        context.findings.say("bad-value", f"{value} should be {what}", cursor.where)
    return None


def _enum(
    cursor: Cursor, kind: ShapeType | None, context: Context
) -> tuple[str, ...] | tuple[int, ...]:
    texts: list[str] = []
    numbers: list[int] = []
    seen: dict[str | int, Cursor] = {}
    for item in cursor.items():
        value = item.value
        if isinstance(value, bool) or not isinstance(value, str | int):
            continue
        if kind in _ENUMS and isinstance(value, str) != (kind == "string"):
            wanted = "texts: quote it" if kind == "string" else "whole numbers"
            context.findings.say(
                "bad-enum-value",
                f"{value} can't be a value of type '{kind}'",
                item.where,
                f"the values of type '{kind}' are {wanted}",
            )
        elif (first := seen.setdefault(value, item)) is not item:
            context.findings.say(
                "duplicate-enum-value",
                f"the value '{value}' stands here a second time",
                item.where,
                "keep one of them",
                related=((first.where, f"'{value}' stood here before"),),
            )
        elif isinstance(value, str):
            texts.append(value)
        else:
            numbers.append(value)
    return tuple(texts) or tuple(numbers)
