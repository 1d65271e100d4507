"""Patterns with anchors of their own are searched; all others mean the whole text."""

import re

import pytest
from hypothesis import given, strategies as st

from specwright.sources.anchors import match_mode


@pytest.mark.parametrize(
    "pattern",
    [
        "[a-z]+",
        "a|b",
        r"a\$",
        r"\^a",
        "a(^b)?c",
        "a$b",
        "[$^]",
        r"a\\\$",
        r"\\Az",
        r"a\\z",
        "(^a$)|(^b$)",
        "(a|^b$)",
        "(?i)a",
        "",
    ],
)
def test_a_bare_pattern_means_the_whole_text(pattern: str) -> None:
    assert match_mode(pattern) == "full"


@pytest.mark.parametrize(
    "pattern",
    ["^a$", "^a", "a$", "^A|B$", r"\Aa", r"a\z", r"a\Z", r"a\\$", r"a\\\z", "^", "$"],
)
def test_anchors_at_an_end_say_what_is_meant(pattern: str) -> None:
    assert match_mode(pattern) == "search"


@given(st.text("ab^$\\()|", max_size=12))
def test_taking_anchors_away_from_both_ends_and_asking_for_all_is_the_same(
    pattern: str,
) -> None:
    try:
        inner = re.compile(pattern)
    except re.error:
        return
    assert match_mode(f"^(?:{inner.pattern})$") == "search"
