"""Texts made for a pattern: they match, and they are as long as they should be."""

from __future__ import annotations

import re
from random import Random

import pytest
from hypothesis import given, settings, strategies as st

from specwright.patterns import Analysis, analyse, sample
from specwright.runtime.patterns import Pattern
from specwright.runtime.sampling import Sampler


def judged(text: str, match="full") -> Analysis:
    analysis = analyse(text, match)
    assert isinstance(analysis, Analysis), analysis
    return analysis


@pytest.mark.parametrize(
    ("text", "length"),
    [
        (r"[a-zA-Z0-9](-*[a-zA-Z0-9\+\-\.])*", (1, 63)),
        (r"[a-zA-Z0-9]{1,63}(-*[a-zA-Z0-9\+\-\.]){0,63}", (60, 63)),
        (r"\S*", (1, 2048)),
        (".*", (8192, 8192)),
        ("(ab|cde)*", (7, 7)),
        ("(a{2,3}-){2}[0-9]{4}", (11, 11)),
        ("(a?b?){1000}", (3, 5)),
        ("(?=.{9,11}$)([a-z]+/)*[a-z]+(?<!-)", (None, 10)),
        ("(?=[^A-Z]*[A-Z][^A-Z]*$)[0-9A-Z]{17}", (None, None)),
        (r"(?!aws:)[a-z:]+\Bx", (2, None)),
        (r"(?=^\$)(?=^\S+$).*", (None, None)),
        (r"\p{Han}+", (2, 4)),
        (r"[\ud800\udc00-\udbff\udfff]", (1, 1)),
        (".*(^/[a-z]*$|(^$)).*", (40, 2048)),
        ("(a*^)?b+($c*)?", (3, 9)),
        ("(a|^b)c*(d$|e)", (5, 5)),
    ],
)
def test_a_text_matches_and_has_the_length(
    text: str, length: tuple[int | None, int | None]
):
    analysis = judged(text)
    for seed in range(5):
        found = sample(analysis, Random(seed), length)
        assert found is not None
        assert re.fullmatch(analysis.regex, found)
        assert (length[0] or 0) <= len(found) <= (length[1] or 10**6)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("(ab)*", (3, 3)),
        ("a+", (0, 0)),
        ("a{3}", (4, None)),
        ("x^a", (None, None)),
        ("[]", (0, 9)),
        ("a*", (5, 4)),
        ("(aaa){2,}", (None, 5)),
        (".*$x", (0, 1000)),
        (".*/^[0-9]{12}$/.*", (12, None)),
        ("(a+^|b^)c", (None, None)),
    ],
)
def test_none_where_no_text_does(
    text: str, length: tuple[int | None, int | None]
) -> None:
    assert sample(judged(text), Random(1), length) is None


def test_no_text_is_tried_where_anchors_leave_none() -> None:
    sampler = Sampler(Pattern("[a-z]*$x|(a+^)b", match="search"))
    random = Random(1)
    before = random.getstate()
    assert sampler.text(random, 0, 1000, size="longest") is None
    assert random.getstate() == before


def test_readable_characters_come_first() -> None:
    for seed in range(20):
        found = sample(judged(r"[\s\S]+"), Random(seed), (5, 9))
        assert found is not None
        assert found.isascii()
        assert found.isalnum()


def test_seeds_decide() -> None:
    analysis = judged("[a-z]{12}")
    texts = [sample(analysis, Random(seed)) for seed in range(20)]
    assert texts == [sample(analysis, Random(seed)) for seed in range(20)]
    assert len(set(texts)) == 20


def test_an_anchored_search_is_met_from_end_to_end() -> None:
    found = sample(judged("^[a-z]+-[0-9]$", "search"), Random(3), (10, 10))
    assert found is not None
    assert re.fullmatch("[a-z]{8}-[0-9]", found)


quantifiers = st.sampled_from(["*", "+", "?", "{2}", "{0,3}", "{2,}", "{1,4}"])
patterns = st.recursive(
    st.sampled_from(["a", "b", "-", "[ab]", "[^a]"]),
    lambda part: st.one_of(
        st.tuples(part, part).map("".join),
        st.tuples(part, part).map("(?:{0[0]}|{0[1]})".format),
        st.tuples(part, quantifiers).map("(?:{0[0]}){0[1]}".format),
    ),
    max_leaves=8,
)


@settings(deadline=None, max_examples=300)
@given(patterns, st.integers(0, 6), st.integers(0, 6), st.integers())
def test_a_text_is_found_exactly_where_there_is_one(
    pattern: str, least: int, spread: int, seed: int
) -> None:
    analysis = judged(pattern)
    found = sample(analysis, Random(seed), (least, least + spread))
    if found is not None:
        assert least <= len(found) <= least + spread
        assert re.fullmatch(analysis.regex, found)
    else:
        # The characters of these patterns are a, b, - and any other, for which x stands.
        assert not any(
            _exists(analysis.regex, size) for size in range(least, least + spread + 1)
        )


def _exists(regex: str, size: int) -> bool:
    """True where some text of the size matches: its language is read with every letter alike."""
    same = re.sub(r"\[\^?[ab]+\]|[ab]|(?<!\{)-", "x", regex)
    return re.fullmatch(same, "x" * size) is not None
