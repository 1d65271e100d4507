"""Every kind of constraint at every kind of place: pointer, kind, limit and Smithy's words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from math import inf, nan
from typing import Any

import pytest
from tests.constraints.conftest import Requests
from tests.constraints.model import ITEMS, LETTERS, SLOW

FAILED = "failed to satisfy constraint: Member must"
SIZED = "have length between 2 and 8, inclusive"
BETWEEN = "be between 2 and 8, inclusive"
MATCH = f"satisfy regular expression pattern: {LETTERS}"
CHOICE = "satisfy enum value set: [abc, def]"
ABC = ("abc", "def")
OK: list[Any] = []


def one(
    pointer: str, kind: str, limit: object, words: str, size: int | None = None
) -> list[Any]:
    """The only violation of a request."""
    subject = "Value" if size is None else f"Value with length {size}"
    return [(pointer, kind, limit, f"{subject} at '{pointer}' {FAILED} {words}")]


def sized(pointer: str, size: int) -> list[Any]:
    return one(pointer, "length", (2, 8), SIZED, size)


def letters(pointer: str) -> list[Any]:
    return one(pointer, "pattern", LETTERS, MATCH)


def choice(pointer: str) -> list[Any]:
    return one(pointer, "enum", ABC, CHOICE)


def missing(pointer: str) -> list[Any]:
    return one(pointer, "required", "required", "not be null")


def wrong(pointer: str, what: str) -> list[Any]:
    return one(pointer, "type", what, f"be {what}")


PAIRS = {f"k{n}": "v" for n in range(9)}
LENGTH: list[tuple[dict[str, Any], list[Any]]] = [
    ({"string": "ab"}, OK),
    ({"string": "👍" * 8}, OK),
    ({"string": "👍" * 9}, sized("/string", 9)),
    ({"string": ""}, sized("/string", 0)),
    ({"string": "a"}, sized("/string", 1)),
    ({"blob": b"ab"}, OK),
    ({"blob": bytearray(b"a")}, sized("/blob", 1)),
    ({"blob": "é".encode() * 5}, sized("/blob", 10)),
    ({"list": ["a", "b"]}, OK),
    ({"list": ["a"]}, sized("/list", 1)),
    ({"list": ("a",) * 9}, sized("/list", 9)),
    ({"map": {"a": "b"}}, sized("/map", 1)),
    ({"map": PAIRS}, sized("/map", 9)),
    (
        {"atLeast": "a"},
        one(
            "/atLeast", "length", (2, None), "have length greater than or equal to 2", 1
        ),
    ),
    (
        {"atMost": "a" * 9},
        one("/atMost", "length", (None, 8), "have length less than or equal to 8", 9),
    ),
    ({"texts": ["ab", "a"]}, sized("/texts/1", 1)),
    ({"keys": {"a": "v"}}, sized("/keys", 1)),
    ({"values": {"k": "a"}}, sized("/values/k", 1)),
    (
        {"override": "abc"},
        one("/override", "length", (4, 6), "have length between 4 and 6, inclusive", 3),
    ),
    ({"override": "abcd"}, OK),
]
FOUR = "have length between 4 and 6, inclusive"
LATER = "^[g-m]+$"


def later(pointer: str) -> list[Any]:
    return one(
        pointer, "pattern", LATER, f"satisfy regular expression pattern: {LATER}"
    )


OVERRIDDEN: list[tuple[dict[str, Any], list[Any]]] = [
    ({"blob": b"abc"}, one("/blob", "length", (4, 6), FOUR, 3)),
    ({"list": ["a"] * 7}, one("/list", "length", (4, 6), FOUR, 7)),
    ({"map": {"a": "b"}}, one("/map", "length", (4, 6), FOUR, 1)),
    ({"blob": b"abcd", "list": ["a"] * 6}, OK),
    (
        {"least": "abc"},
        one("/least", "length", (4, None), "have length greater than or equal to 4", 3),
    ),
    (
        {"most": "abcdefg"},
        one("/most", "length", (None, 6), "have length less than or equal to 6", 7),
    ),
    ({"double": 3.9}, one("/double", "range", (4, 6), "be between 4 and 6, inclusive")),
    ({"low": 3}, one("/low", "range", (4, None), "be greater than or equal to 4")),
    ({"high": 7}, one("/high", "range", (None, 6), "be less than or equal to 6")),
    ({"items": ["ggg", "abc", "ggg", "abc"]}, [*later("/items/1"), *later("/items/3")]),
    ({"pairs": {"abc": "ggg"}}, later("/pairs")),
    ({"pairs": {"ggg": "abc"}}, later("/pairs/ggg")),
    ({"union": {"first": "abc"}}, later("/union/first")),
]
PATTERN: list[tuple[dict[str, Any], list[Any]]] = [
    ({"string": "abc"}, OK),
    ({"string": "ABC"}, letters("/string")),
    ({"string": "abc\n"}, letters("/string")),
    ({"string": ""}, letters("/string")),
    (
        {"whole": "xabc"},
        one(
            "/whole", "pattern", "[a-m]+", "satisfy regular expression pattern: [a-m]+"
        ),
    ),
    ({"list": ["abc", "xyz"]}, letters("/list/1")),
    ({"keys": {"xyz": "v"}}, letters("/keys")),
    ({"values": {"k": "xyz"}}, letters("/values/k")),
    ({"union": {"first": "xyz"}}, letters("/union/first")),
    (
        {"override": "abc"},
        one(
            "/override",
            "pattern",
            "^[g-m]+$",
            "satisfy regular expression pattern: ^[g-m]+$",
        ),
    ),
    (
        {"slow": "0" * 5_000 + "!"},
        one("/slow", "pattern", SLOW, f"satisfy regular expression pattern: {SLOW}"),
    ),
    ({"slow": "0" * 5_000}, OK),
]
RANGE: list[tuple[dict[str, Any], list[Any]]] = [
    *(
        case
        for name in (
            "byte",
            "short",
            "integer",
            "long",
            "float",
            "double",
            "biginteger",
        )
        for case in (
            ({name: 2}, OK),
            ({name: 8}, OK),
            ({name: 1}, one(f"/{name}", "range", (2, 8), BETWEEN)),
            ({name: 9}, one(f"/{name}", "range", (2, 8), BETWEEN)),
        )
    ),
    *(
        ({name: value}, one(f"/{name}", "range", (2, 8), BETWEEN))
        for name in ("float", "double")
        for value in (1.999, 8.001, nan, inf, -inf)
    ),
    ({"biginteger": 10**400}, one("/biginteger", "range", (2, 8), BETWEEN)),
    ({"min": 1}, one("/min", "range", (2, None), "be greater than or equal to 2")),
    ({"max": 9}, one("/max", "range", (None, 8), "be less than or equal to 8")),
    (
        {"override": 3},
        one("/override", "range", (4, 6), "be between 4 and 6, inclusive"),
    ),
    ({"huge": 10**30}, OK),
    (
        {"huge": 10**30 + 1},
        one("/huge", "range", (None, 10**30), f"be less than or equal to 1{'0' * 30}"),
    ),
    (
        {"fraction": 0.2},
        one("/fraction", "range", (0.25, 1000), "be between 0.25 and 1000, inclusive"),
    ),
    (
        {"tiny": 0},
        one(
            "/tiny",
            "range",
            (1e-7, 1e22),
            f"be between 0.0000001 and 1{'0' * 22}, inclusive",
        ),
    ),
]
ENUM: list[tuple[dict[str, Any], list[Any]]] = [
    ({"string": "abc"}, OK),
    ({"string": "ABC"}, choice("/string")),
    ({"string": ""}, choice("/string")),
    # Another enum has the same values, in another order.
    (
        {"reversed": "ABC"},
        one("/reversed", "enum", ("def", "abc"), "satisfy enum value set: [def, abc]"),
    ),
    ({"list": ["abc", "ghi"]}, choice("/list/1")),
    ({"keys": {"ghi": "v"}}, choice("/keys")),
    ({"values": {"k": "ghi"}}, choice("/values/k")),
    ({"union": {"first": "ghi"}}, choice("/union/first")),
]
REQUIRED: list[tuple[dict[str, Any], list[Any]]] = [
    ({}, missing("/string")),
    ({"string": None}, missing("/string")),
    ({"string": "", "nested": {}}, missing("/nested/value")),
    ({"string": "", "list": [{"value": ""}, {}]}, missing("/list/1/value")),
    ({"string": "", "map": {"k": {}}}, missing("/map/k/value")),
    ({"string": "", "many": ["a", None]}, missing("/many/1")),
    ({"string": "", "map": {"k": None}}, missing("/map/k")),
]
ARITY = "have exactly one of its members set: [leaf, tree]"
RECURSIVE: list[tuple[dict[str, Any], list[Any]]] = [
    ({"union": {"leaf": "xyz"}}, letters("/union/leaf")),
    ({"union": {"tree": {"union": {"leaf": "abc"}}}}, OK),
    (
        {"union": {"tree": {"union": {"leaf": "xyz"}}}},
        letters("/union/tree/union/leaf"),
    ),
    ({"union": {"tree": {}}}, missing("/union/tree/union")),
    (
        {"union": {"tree": {"union": {"leaf": "a"}, "named": {"n": {}}}}},
        missing("/union/tree/named/n/union"),
    ),
    ({"union": {}}, one("/union", "union", ("leaf", "tree"), ARITY)),
    (
        {"union": {"leaf": "a", "tree": {"union": {"leaf": "a"}}}},
        one("/union", "union", ("leaf", "tree"), ARITY),
    ),
]
TYPES: list[tuple[dict[str, Any], list[Any]]] = [
    *(
        ({name: value}, wrong(f"/{name}", f"a whole number of {bits} bits"))
        for name, bits in (("byte", 8), ("short", 16), ("integer", 32), ("long", 64))
        for value in (True, "1", 1.0, 2 ** (bits - 1), -(2 ** (bits - 1)) - 1)
    ),
    *(
        ({name: value}, OK)
        for name, bits in (("byte", 8), ("short", 16), ("integer", 32), ("long", 64))
        for value in (2 ** (bits - 1) - 1, -(2 ** (bits - 1)))
    ),
    ({"biginteger": 2**200}, OK),
    ({"biginteger": False}, wrong("/biginteger", "a whole number")),
    *(({"double": value}, OK) for value in (nan, inf, -inf, 1)),
    ({"double": True}, wrong("/double", "a number")),
    ({"float": "NaN"}, wrong("/float", "a number")),
    ({"bool": 1}, wrong("/bool", "a boolean")),
    ({"string": b"a"}, wrong("/string", "a string")),
    ({"string": "a\udc00"}, wrong("/string", "a string without lone surrogates")),
    ({"string": "\U0001f44d"}, OK),
    ({"blob": "a"}, wrong("/blob", "bytes")),
    ({"time": "2026-01-01T00:00:00Z"}, wrong("/time", "a datetime")),
    (
        {"time": datetime(2026, 1, 1)},
        wrong(
            "/time", "a datetime with a time zone, such as datetime.now(timezone.utc)"
        ),
    ),
    ({"time": datetime(2026, 1, 1, tzinfo=UTC)}, OK),
    ({"list": "ab"}, wrong("/list", "a sequence, not a string")),
    ({"list": {"a"}}, wrong("/list", "a sequence, not a string")),
    ({"list": [1]}, wrong("/list/0", "a string")),
    ({"map": ["a"]}, wrong("/map", "a mapping")),
    ({"map": {1: "a"}}, wrong("/map", "a mapping with strings as keys")),
    ({"map": {"\ud800": "a"}}, wrong("/map", "a string without lone surrogates")),
    ({"structure": "a"}, wrong("/structure", "a Pair")),
    ({"union": ["a"]}, wrong("/union", "a Either")),
]
NAMES: list[tuple[dict[str, Any], list[Any]]] = [
    ({"a/b~c": "a"}, sized("/a~1b~0c", 1)),
    ({"map": {"~1/": "a"}}, sized("/map/~01~1", 1)),
    ({"map": {"": "a"}}, sized("/map/", 1)),
    ({"nodes": {"a/b": {}}}, missing("/nodes/a~1b/union")),
]
MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
LAST = datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)
SAME = MOMENT.astimezone(timezone(timedelta(hours=2)))
# Lists of two that repeat, and lists of two that don't, for each type of item.
REPEATED: dict[str, list[list[Any]]] = {
    "string": [["a", "a"]],
    "bool": [[True, True]],
    "blob": [[b"a", b"a"], [b"a", bytearray(b"a")]],
    "time": [[MOMENT, MOMENT], [MOMENT, SAME]],
    "httpTime": [[MOMENT, SAME]],
    "enum": [["abc", "abc"]],
    "nested": [[["a", "b"], ["a", "b"]], [["a"], ("a",)]],
    "structure": [[{"a": "x", "b": 1.0}, {"b": 1, "a": "x"}], [{}, {}]],
    "union": [[{"first": "a"}, {"first": "a"}]],
    **{name: [[1, 1]] for name in ("byte", "short", "integer", "long")},
    "biginteger": [[10**9_000, 10**9_000]],
    "bigdecimal": [
        [Decimal("1.0"), Decimal("1.00")],
        [Decimal("1E+3"), Decimal(1000)],
        [Decimal("0.10"), Decimal("0.1")],
        [Decimal("-0.0"), Decimal(0)],
        [Decimal("1E+90000"), Decimal("10E+89999")],
    ],
    "float": [[1.0, 1], [0.0, -0.0], [0.1, 0.1]],
    "double": [[2, 2.0], [1e300, 1e300]],
}
DISTINCT: dict[str, list[list[Any]]] = {
    "string": [["a", "A"], ["1", "'1'"], ["a,b", "a"]],
    "bool": [[True, False]],
    "blob": [[b"a", b"A"]],
    "time": [
        [MOMENT, MOMENT + timedelta(microseconds=1)],
        [LAST, LAST - timedelta(microseconds=1)],
    ],
    "httpTime": [[MOMENT, MOMENT + timedelta(seconds=1)]],
    "enum": [["abc", "def"]],
    "nested": [[["a", "b"], ["b", "a"]], [["a,b"], ["a", "b"]], [[], [""]]],
    "structure": [[{"a": "x"}, {"a": "x", "b": 1.0}]],
    "union": [[{"first": "1"}, {"second": 1}]],
    **{name: [[1, 2], [0, 1]] for name in ("byte", "short", "integer", "long")},
    "biginteger": [[10**9_000, 10**9_000 + 1], [1, -1]],
    "bigdecimal": [
        [Decimal("1.0"), Decimal("1.01")],
        [Decimal("0.5"), Decimal("-0.5")],
        [Decimal("1E-3"), Decimal("1E-4")],
        [Decimal("1E+90000"), Decimal("1E+90001")],
        [Decimal("1." + "0" * 40 + "1"), Decimal(1)],
    ],
    "float": [[1.0, 1.5]],
    "double": [[1.0, 1.0000001]],
}
CASES = [
    (name, values, expected)
    for name, cases in (
        ("Length", LENGTH),
        ("Overridden", OVERRIDDEN),
        ("Pattern", PATTERN),
        ("Range", RANGE),
        ("Enum", ENUM),
        ("Required", REQUIRED),
        ("Recursive", RECURSIVE),
        ("Types", TYPES),
        ("Names", NAMES),
    )
    for values, expected in cases
]


@pytest.mark.parametrize(("operation", "values", "expected"), CASES)
def test_violations(
    request_of: Requests, operation: str, values: dict[str, Any], expected: list[Any]
) -> None:
    request = request_of(operation, values)
    assert [tuple(found)[:4] for found in request.violations()] == expected


@pytest.mark.parametrize("item", ITEMS)
def test_unique_items(request_of: Requests, item: str) -> None:
    told = one(f"/{item}", "unique", "unique", "have unique values")
    for values in REPEATED[item]:
        found = request_of("Unique", {item: values}).violations()
        assert [tuple(violation)[:4] for violation in found] == told, values
    for values in DISTINCT[item]:
        assert request_of("Unique", {item: values}).violations() == [], values


def test_several_come_in_the_order_of_the_spec(
    package: Any, request_of: Requests
) -> None:
    values = {"map": {"xyz": "a", "abc": "b"}, "first": 9, "second": ""}
    request = request_of("Many", values)
    assert [v.pointer for v in request.violations()] == ["/second", "/first", "/map"]
    with pytest.raises(package.ValidationError) as caught:
        request.validate()
    told = [
        sized("/second", 0),
        one("/first", "range", (2, 8), BETWEEN),
        letters("/map"),
    ]
    texts = "; ".join(violations[0][3] for violations in told)
    assert str(caught.value) == f"3 validation errors detected. {texts}"


def test_values_of_enums_that_users_vouch_for_pass(
    package: Any, request_of: Requests
) -> None:
    new = package.UnknownValue("ghi")
    values = {"string": new, "list": [new], "keys": {new: "v"}, "values": {"k": new}}
    assert request_of("Enum", values).violations() == []


def test_members_of_unions_that_no_spec_has_pass(request_of: Requests) -> None:
    assert request_of("Recursive", {"union": {"new": 1}}).violations() == []
