"""Which patterns are proved to match in linear time by a matcher that backtracks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import assume, given, settings, strategies as st

from specwright.patterns import Analysis, analyse
from specwright.patterns.automaton import build
from specwright.patterns.nodes import Anchor, Chars, Choice, Concat, Node, Repeat


def judged(text: str, match) -> Analysis:
    analysis = analyse(text, match)
    assert isinstance(analysis, Analysis), analysis
    return analysis


@pytest.mark.parametrize(
    "text",
    [
        "[a-zA-Z0-9]+",
        r"arn:aws[a-z-]*:[a-z]+:\d{12}:.*",
        "[a-z0-9]([a-z0-9-]*[a-z0-9])?",
        r"(\d{4}-){2}[A-Z0-9]{3}|x*",
        "[A-Z]{2}[A-Z0-9]{9}[0-9]",
        "(?!aws:)[a-z]+",
        "(?=.{0,2048}$)([a-z]+/)*[a-z]+",
        "([a-z]{1,63}[.]){1,126}",
    ],
)
def test_left_to_re(text: str) -> None:
    assert not judged(text, "full").linear
    assert not judged(f"^({text})$", "search").linear


@pytest.mark.parametrize(
    "text",
    [
        r"[a-zA-Z0-9](-*[a-zA-Z0-9\+\-\.])*",
        r"[a-zA-Z0-9]{1,63}(-*[a-zA-Z0-9\+\-\.]){0,63}",
        "(a+)+",
        "(a|aa)*b",
        "(a|a)*b",
        "(a*)*c",
        r"(\w+\s?)*",
        "(x+x+)+y",
        "([a-z]+)*[0-9]",
        "(a{1,9}){1,9}b",
        ".*:.*:x",
        "a?" * 30 + "a" * 30,
        "(a|a)" * 30 + "b",
        "(?:a(?=a*b))*c",
    ],
)
def test_left_to_the_linear_matcher(text: str) -> None:
    assert judged(text, "full").linear
    assert judged(f"^({text})$", "search").linear


def test_a_search_that_may_begin_anywhere_costs_more() -> None:
    assert not judged("[a-z]+!", "full").linear
    assert judged("[a-z]+!$", "search").linear
    assert not judged("^[a-z]+!", "search").linear
    assert not judged("$|^[a-z]+!", "search").linear
    assert judged("^x|[a-z]+!", "search").linear
    assert not judged("abc$", "search").linear
    assert not judged("(?=.*!)a*", "full").linear
    assert judged("(?=.*!)abc", "search").linear


def visits(node: Node, text: str, at: int, after: Callable[[int], int]) -> int:
    """How many characters a matcher reads that tries every path from a place on."""
    match node:
        case Chars(ranges):
            fits = at < len(text) and any(
                low <= ord(text[at]) <= high for low, high in ranges
            )
            return 1 + after(at + 1) if fits else 0
        case Concat(parts):
            if not parts:
                return after(at)
            rest = Concat(parts[1:])
            return visits(
                parts[0], text, at, lambda end: visits(rest, text, end, after)
            )
        case Choice(parts):
            return sum(visits(part, text, at, after) for part in parts)
        case Repeat(body, least, most):
            work = 0 if least else after(at)
            if most is None or most > 0:
                rest = Repeat(
                    body, max(least - 1, 0), None if most is None else most - 1
                )
                work += visits(
                    body, text, at, lambda end: visits(rest, text, end, after)
                )
            return work
        case Anchor(place):
            return after(at) if at == (0 if place == "start" else len(text)) else 0
        case _:
            raise AssertionError(node)


quantifiers = st.sampled_from(["*", "+", "?", "{2}", "{0,2}", "{2,}", "{1,3}"])
patterns = st.recursive(
    st.sampled_from(["a", "b", "-", "[ab]", "[^a]", "^", "$"]),
    lambda part: st.one_of(
        st.tuples(part, part).map("".join),
        st.tuples(part, part).map("(?:{0[0]}|{0[1]})".format),
        st.tuples(part, quantifiers).map("(?:{0[0]}){0[1]}".format),
    ),
    max_leaves=8,
)


@settings(deadline=None, max_examples=400)
@given(patterns, st.text("ab-", min_size=4, max_size=14))
def test_what_is_proved_takes_at_most_the_product_of_the_sizes(
    pattern: str, text: str
) -> None:
    for match, places in (("full", range(1)), ("search", range(len(text) + 1))):
        analysis = analyse(pattern, match)
        assume(isinstance(analysis, Analysis))
        if analysis.linear:
            continue
        made = build(analysis.ast, search=False, expand=True, limit=10_000)
        work = sum(
            visits(analysis.ast, text, place, lambda _end: 0) for place in places
        )
        assert work <= len(made.sets) * len(text)
