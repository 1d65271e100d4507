"""Compiled expressions give what the jmespath library gives, on data of every kind."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from random import Random
from typing import Any

import jmespath
import pytest
from botocore.loaders import Loader
from hypothesis import given, settings, strategies as st
from jmespath.exceptions import JMESPathError

from specwright.expressions import Problem, parse
from specwright.python.jmes import ALIAS, expression, parsed
from specwright.python.layout import laid_out
from specwright.runtime import jmes

ROUNDS = 60
TEXTS = [
    "a.b.c",
    "@",
    '"a"."b"',
    "a[0]",
    "a[-1].b",
    "a[5]",
    "a[*]",
    "a[*].b",
    "a[*].b[*].c",
    "a[].b",
    "a[].b[].c",
    "a[*].b[]",
    "a[][]",
    "[]",
    "[*].a",
    "[0]",
    "*",
    "*.a",
    "a.*.b",
    "a.*.b[]",
    "a.*[0]",
    "a[1:]",
    "a[:2].b",
    "a[::-1]",
    "a[::2][0]",
    "a[?b == 'x'].c",
    "a[?b].c[]",
    "a[?!b]",
    "a[?b > `1` && c < `3`]",
    "a[?b >= 'x']",
    "a[?b <= c]",
    "a == b",
    "a != b",
    "a == `1`",
    "a == `true`",
    "a == `null`",
    'a == `["x", {"b": 1.5}]`',
    "a || b",
    "a && b",
    "a || b && c",
    "(a || b) && c",
    "a[0] || b.c || 'd'",
    "!a",
    "!a.b",
    "!a[0]",
    "!(a.b)",
    "!!a == b",
    "(a[]).b",
    "(a[])[0]",
    "(a[*].b)[0].c",
    "(a.b)[].c[0]",
    "a[].b | [0]",
    "a[] | length(@)",
    "a | b | c",
    "a | b || c",
    "length(a)",
    "length(a[])",
    "length(a[?b == 'x']) == length(a)",
    "contains(a, 'x')",
    "contains(a[].b, 'x')",
    "contains(a, `1`)",
    "starts_with(a, 'x')",
    "ends_with(a, 'x')",
    "keys(a)",
    "values(a)",
    "keys(a)[0]",
    "not_null(a, b, 'c')",
    "a.length(@)",
    "a[*].length(@)",
    "[a, b[0]]",
    "a.[b, c]",
    "a[].[b, c][]",
    '{x: a, "y z": b.c}',
    "a[].{class: b, x: c[0]}.x",
    "a == 'it\\'s'",
    "'x' == a",
]


@cache
def of_the_catalogue() -> tuple[str, ...]:
    """The distinct expressions of the waiters and paginators of all services."""
    loader, found = Loader(), set[str]()
    for service in loader.list_available_services("waiters-2"):
        for waiter in loader.load_service_model(service, "waiters-2")[
            "waiters"
        ].values():
            found |= {a["argument"] for a in waiter["acceptors"] if "argument" in a}
    for service in loader.list_available_services("paginators-1"):
        pages = loader.load_service_model(service, "paginators-1")["pagination"]
        for rule in pages.values():
            for key in ("output_token", "result_key", "non_aggregate_keys"):
                named = rule.get(key, [])
                found |= {named} if isinstance(named, str) else set(named)
            found |= {rule["more_results"]} if "more_results" in rule else set()
    return tuple(sorted(found))


def compiled(text: str) -> jmes.Expression:
    """What the generated code of an expression makes."""
    made: jmes.Expression = eval(laid_out(expression(parsed(text))), {ALIAS: jmes})
    return made


def names_in(node: Any) -> Iterator[str]:
    """The names of members in the library's parse of an expression."""
    if node["type"] == "field":
        yield node["value"]
    for child in node["children"]:
        if isinstance(child, dict):
            yield from names_in(child)


def literals_in(node: Any) -> Iterator[Any]:
    """The values that an expression compares with."""
    if node["type"] == "literal":
        yield node["value"]
    for child in node["children"]:
        if isinstance(child, dict):
            yield from literals_in(child)


def data(node: Any, random: Random, depth: int) -> Any:
    """A value in which the names of an expression often lead somewhere."""
    names, leaves = sorted({*names_in(node)}), [*literals_in(node)]
    leaves += [None, True, False, 0, 1, 2.5, "", "x", "xx", "ACTIVE", [], {}]
    roll = random.random()
    if depth == 0 or roll < 0.12:
        return random.choice(leaves)
    if roll < 0.42:
        few = range(random.choice((0, 1, 1, 2, 3)))
        return [data(node, random, depth - 1) for _ in few]
    kept = [n for n in [*names, "z"] if random.random() < (0.8 if n != "z" else 0.1)]
    return {name: data(node, random, depth - 1) for name in kept}


def by_library(text: str, value: Any) -> Any:
    """What the library finds; a type that a function doesn't take is an error there, and
    nothing at all here."""
    try:
        return jmespath.search(text, value)
    except (JMESPathError, TypeError):
        return Random


def agree(text: str, value: Any) -> bool:
    """Hold both answers against each other; false where the library has none."""
    expected = by_library(text, value)
    if expected is Random:
        return False
    found = compiled(text)(value)
    assert json.dumps(found) == json.dumps(expected), (text, value)
    return True


@pytest.mark.parametrize("text", TEXTS)
def test_every_construct(text: str) -> None:
    node, random = jmespath.compile(text).parsed, Random(text)
    told = [agree(text, data(node, random, 4)) for _ in range(6 * ROUNDS)]
    assert any(told)


def test_every_expression_of_the_catalogue() -> None:
    texts = of_the_catalogue()
    assert len(texts) > 800
    somewhere = 0
    for text in texts:
        node, random = jmespath.compile(text).parsed, Random(text)
        rounds = ROUNDS if not text.replace("_", "").isalnum() else 5
        for _ in range(rounds):
            value = data(node, random, 5)
            somewhere += agree(text, value) and by_library(text, value) is not None
    assert somewhere > len(texts)


NAMES = st.sampled_from("abc")
PATHS = st.recursive(
    NAMES | st.just("@"),
    lambda inner: st.one_of(
        st.tuples(inner, NAMES).map(".".join),
        st.tuples(
            inner, st.sampled_from(["[]", "[*]", "[0]", "[-1]", "[1:]", ".*"])
        ).map("".join),
        st.tuples(inner, inner).map(lambda p: f"{p[0]}[?{p[1]}]"),
    ),
    max_leaves=4,
)
EXPRESSIONS = st.recursive(
    PATHS | st.sampled_from(["'x'", "`1`", "`[]`"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["||", "&&", "==", "!=", "|"]), inner).map(
            " ".join
        ),
        inner.map("!{}".format),
        inner.map("({})".format),
        inner.map("length({})".format),
        inner.map("({}).a[]".format),
        st.tuples(inner, inner).map(lambda p: f"[{p[0]}, {p[1]}]"),
    ),
    max_leaves=5,
)


@settings(max_examples=400, deadline=None)
@given(EXPRESSIONS, st.integers(0, 2**32))
def test_random_expressions(text: str, seed: int) -> None:
    node, random = jmespath.compile(text).parsed, Random(seed)
    for _ in range(5):
        agree(text, data(node, random, 4))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "ends"),
        ("a.", "'.'"),
        ("a..b", "'.'"),
        ("a b", "'b' stands at 3"),
        ("a[", "']'"),
        ("a[x]", "'x' stands at 3"),
        ("a[]]", "']' stands at 4"),
        ("a[1:2:0]", "slice"),
        ("a[?b", "'\\]'"),
        ("(a", "'\\)'"),
        ("#", "begins nothing"),
        ("'a", "begins nothing"),
        ("`x`", "not JSON"),
        ("`NaN`", "not JSON"),
        ('"\\q"', "not JSON"),
        ("upper(a)", "'upper' is not known"),
        ("length(a, b)", "takes 1"),
        ("length()", "takes 1"),
        ("&a", "begins nothing"),
        ("sort_by(a, &b)", "begins nothing"),
        ("(" * 60 + "a" + ")" * 60, "levels"),
        ("!" * 5000 + "a", "levels"),
        ("a ||", "ends"),
        ("{a: b", "'}'"),
        ("{1: b}", "name"),
    ],
)
def test_what_is_no_expression_is_told(text: str, message: str) -> None:
    found = parse(text)
    assert isinstance(found, Problem), found
    assert re.search(message, found.message), found.message


@given(st.text(alphabet="ab.[]*?!()|&=<>'\"`@{}:,01- length", max_size=24))
def test_no_text_makes_it_crash(text: str) -> None:
    found = parse(text)
    try:
        jmespath.compile(text)
    except (JMESPathError, PendingDeprecationWarning):
        return
    if isinstance(found, Problem):
        # What the library takes and this refuses on purpose.
        refused = "JSON|not known|takes|slice|begins nothing"
        assert re.search(refused, found.message), (text, found.message)
