"""Patterns at run time: the same verdicts as ``re``, in a number of steps that grows linearly."""

from __future__ import annotations

import re
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from random import Random

import pytest
from hypothesis import example, given, settings, strategies as st
from tests.patterns.counting import counting

from specwright.runtime.linear_patterns import LinearPattern
from specwright.runtime.look_arounds import LookMatcher as Matcher
from specwright.runtime.look_patterns import LookPattern
from specwright.runtime.patterns import Pattern
from specwright.runtime.regex import PatternError

JOB_NAME = r"[a-zA-Z0-9](-*[a-zA-Z0-9\+\-\.])*"
INVOCATION_JOB_NAME = r"[a-zA-Z0-9]{1,63}(-*[a-zA-Z0-9\+\-\.]){0,63}"
JOB_IDENTIFIER = (
    r"(arn:aws(-[^:]+)?:bedrock:[a-z0-9-]{1,20}:[0-9]{12}:model-import-job/[a-z0-9]{12})"
    r"|([a-zA-Z0-9](-*[a-zA-Z0-9\+\-\.])*)"
)
BEDROCK = (JOB_NAME, INVOCATION_JOB_NAME, JOB_IDENTIFIER)
AMBIGUOUS = (
    r"(a+)+\Z",
    r"(a|aa)*b",
    r"(a*)*c",
    r"([a-z0-9_]+[ ]?)*",
    r"(x+x+)+y",
    r"([a-z]+)*[0-9]",
    r"(a{1,9}){1,9}b",
    r"(a{0,8192}){0,3}b",
    r"((a?){1,40}a{20}){2,}-",
    r"(.*a){20}",
    r".*a.{500}b",
    r"(?=(a*)*\Z)(a|-|[0-9])*(?<!(a|aa)+)!",
)

atoms = st.sampled_from(["a", "b", "-", "[ab]", "[^a]", "[-a]", "(?:)", "^", r"\Z"])
counts = st.sampled_from(["*", "+", "?", "{2}", "{0,3}", "{2,}", "{1,4}", "{0}", "*?"])


def larger(part: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.tuples(part, part).map("".join),
        st.tuples(part, part).map("(?:{0[0]}|{0[1]})".format),
        st.tuples(part, counts).map("(?:{0[0]}){0[1]}".format),
        st.tuples(st.sampled_from(["=", "!"]), part).map("(?{0[0]}{0[1]})".format),
        st.sampled_from(["(?<=a)", "(?<!b-)"]),
    )


regexes = st.recursive(atoms, larger, max_leaves=7)
SHORT = ["".join(chars) for size in range(4) for chars in product("ab-", repeat=size)]


@pytest.fixture
def counted() -> Iterator[list[int]]:
    """The work of all matchers."""
    with counting() as steps:
        yield steps


@settings(deadline=None, max_examples=300)
@given(regexes, st.lists(st.text("ab-", min_size=4, max_size=8), max_size=8))
@example(r"(?=^)a", [])
@example(r"(?:^|b)*a|\Z", ["bbba"])
def test_verdicts_are_those_of_re(regex: str, longer: list[str]) -> None:
    compiled = re.compile(regex)
    full, search = Matcher(regex, "full"), Matcher(regex, "search")
    for value in SHORT + longer:
        assert full.matches(value) is bool(compiled.fullmatch(value)), value
        assert search.matches(value) is bool(compiled.search(value)), value


@pytest.mark.parametrize("match", ["full", "search"])
@pytest.mark.parametrize("regex", BEDROCK + AMBIGUOUS)
@pytest.mark.parametrize(
    "text",
    [
        lambda n: "0" + "-" * n + "!",
        lambda n: "a" * n,
        lambda n: "a-0" * (n // 3) + "x" * 9,
    ],
    ids=["dashes", "letters", "mixed"],
)
def test_steps_grow_with_the_length_of_the_text(regex, match, text, counted) -> None:
    def steps(size: int) -> int:
        del counted[:]
        Matcher(regex, match).matches(text(size))
        return sum(counted)

    short, middle, long = steps(3_000), steps(6_000), steps(12_000)
    assert middle <= 2.1 * short
    assert long <= 2.1 * middle


def test_steps_count_every_character_of_every_value(counted) -> None:
    matcher = Matcher("(a|b)*")
    matcher.matches("ab" * 50)
    once = sum(counted)
    matcher.matches("ab" * 50)
    assert 100 <= sum(counted) - once < once


@pytest.mark.parametrize("regex", BEDROCK)
def test_the_patterns_of_the_first_operations(regex: str) -> None:
    pattern = LinearPattern(regex)
    assert pattern.matches("job-1")
    assert pattern.matches("0" + "-" * 50 + "a")
    assert not pattern.matches("0" + "-" * 50 + "!")
    assert not pattern.matches("")


def test_a_cache_that_overflows_is_emptied_and_changes_no_verdict() -> None:
    # 2**16 states are reachable: far more than are kept.
    matcher = Matcher(r"[ab]*a[ab]{15}")
    text = "".join(Random(3).choices("ab", k=25_000))
    tracemalloc.start()
    for size in range(24_995, 25_000):
        assert matcher.matches(text[:size]) is (text[size - 16] == "a")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 10_000_000


@pytest.mark.parametrize("kind", [Pattern, LinearPattern, LookPattern])
class TestEveryEngine:
    def test_full_is_the_whole_value_and_search_any_part_of_it(
        self, kind: type[Pattern]
    ) -> None:
        assert not kind("b+").matches("abc")
        assert kind("b+", match="search").matches("abc")
        assert not kind("b+", match="search").matches("ac")

    def test_an_anchor_binds_its_own_branch_only(self, kind: type[Pattern]) -> None:
        pattern = kind("^A|B$", regex=r"^A|B\Z", match="search")
        assert [pattern.matches(v) for v in ("Ax", "xB", "xAx", "Bx")] == [
            True,
            True,
            False,
            False,
        ]

    def test_the_end_is_not_before_a_final_line_feed(self, kind: type[Pattern]) -> None:
        assert not kind("a$", regex=r"a\Z", match="search").matches("a\n")

    def test_a_character_beyond_the_basic_plane_is_one(
        self, kind: type[Pattern]
    ) -> None:
        assert kind(r"[\U0001f44d-\U0001f450]{2}").matches("👍👎")
        assert not kind(r"[^a]").matches("👍👍")

    def test_look_arounds(self, kind: type[Pattern]) -> None:
        if kind is LinearPattern:
            with pytest.raises(PatternError, match="unknown kind of group"):
                kind(r"(?!aws:)[a-z]").matches("tag")
            return
        name = kind(r"(?!aws:)[a-z:-]{1,9}(?<!-)")
        values = ("tag", "aws", "aws:tag", "x-", "xaws:")
        assert [name.matches(value) for value in values] == [
            True,
            True,
            False,
            False,
            True,
        ]

    def test_threads_share_a_pattern(self, kind: type[Pattern]) -> None:
        pattern = kind("[a-f]+(-[a-f]+)*")
        values = ["".join(chars) for chars in product("abf-", repeat=5)]
        expected = [re.fullmatch(pattern.regex, value) is not None for value in values]
        with ThreadPoolExecutor(8) as pool:
            for found in pool.map(
                lambda _: [pattern.matches(v) for v in values], range(16)
            ):
                assert found == expected


NOT_PORTABLE = (
    r"\d|\p{L}|a{,3}|a{3,1}|(?i)a|[a|(a|a)|[[a]|[b-a]|a**|a++|*|[]|[a&&b]|\u12|a{|}"
)


@pytest.mark.parametrize(
    "regex", [*NOT_PORTABLE.split("|"), "\\", "(" * 300 + ")" * 300]
)
def test_what_is_not_portable_is_refused(regex: str) -> None:
    with pytest.raises(PatternError):
        Matcher(regex)


def test_a_pattern_of_too_many_states_is_refused() -> None:
    with pytest.raises(PatternError, match="1000000 states"):
        Matcher("((a{100}){100}){100}")


def test_the_linear_engine_is_imported_at_the_first_match() -> None:
    code = (
        "import sys\n"
        "from specwright.runtime.linear_patterns import LinearPattern\n"
        "pattern = LinearPattern('a|b')\n"
        "assert 'specwright.runtime.linear' not in sys.modules\n"
        "assert pattern.matches('a')\n"
        "assert 'specwright.runtime.linear' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
