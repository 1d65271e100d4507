"""What the dialects of API specs mean, and what is wrong with a pattern that means nothing."""

from __future__ import annotations

import re
import sys
import unicodedata

import pytest
from hypothesis import given, settings, strategies as st

from specwright.patterns import Analysis, PatternProblem, analyse
from specwright.patterns.properties import property_set
from specwright.runtime.look_arounds import LookMatcher as Matcher


def judged(text: str, match="full") -> Analysis:
    analysis = analyse(text, match)
    assert isinstance(analysis, Analysis), analysis
    return analysis


def refused(text: str) -> PatternProblem:
    problem = analyse(text, "full")
    assert isinstance(problem, PatternProblem), problem
    return problem


def accepts(text: str, value: str, match="full") -> bool:
    """The verdict, on which ``re`` and the linear matcher agree."""
    analysis = judged(text, match)
    compiled = re.compile(analysis.regex)
    found = compiled.fullmatch(value) if match == "full" else compiled.search(value)
    assert Matcher(analysis.regex, match).matches(value) is bool(found)
    return bool(found)


@pytest.mark.parametrize(
    "text",
    [
        r"[a-zA-Z0-9](-*[a-zA-Z0-9\+\-\.])*",
        "^(a|b)+",
        "a{2}b{0,3}c{1,}",
        r"[^\n\r]*?",
        "(?!aws:)a+",
    ],
)
def test_a_portable_pattern_is_kept_as_documented(text: str) -> None:
    assert judged(text).regex == text


@pytest.mark.parametrize(
    ("text", "regex"),
    [
        (r"\S*", r"[^\t-\r ]*"),
        (r"^\d{1,3}$", r"^[0-9]{1,3}\Z"),
        (r"\w+", "[0-9A-Z_a-z]+"),
        (".*", r"[^\n\r\u2028\u2029]*"),
        ("(?i)ab1", "[Aa][Bb]1"),
        (r"a{b}\/\x{0022}", r'a\{b\}/"'),
        (r"[\w-_.]", r"[\-.0-9A-Z_a-z]"),
        (
            r"\ud83d\udc4d|[\ud83d\udc00-\ud83d\udc4d]",
            r"\U0001f44d|[\U0001f400-\U0001f44d]",
        ),
    ],
)
def test_what_is_written_for_the_portable_dialect(text: str, regex: str) -> None:
    found = judged(text, "search" if text.startswith("^") else "full").regex
    assert found == regex


@pytest.mark.parametrize(
    ("text", "accepted", "not_accepted"),
    [
        (r"\d\w\s", "1a ", "٣a "),
        (r"\d\w\s", "1_\t", "1é\t"),
        (r"\d\w\s", "1Z\x0b", "1Z\u00a0"),
        ("a.c", "a\x85c", "a\u2028c"),
        ("a.c", "a👍c", "a\rc"),
        ("(?s).", "\n", ""),
        ("a(?i)b|c", "aB", "Ab"),
        ("a(?i:b)c", "aBc", "aBC"),
        ("(a(?i)b)c", "aBc", "aBC"),
        ("(?i)[^k]", "x", "K"),
        ("(?i)k", "K", "\u212a"),
        ("[a-c&&[^b]]", "c", "b"),
        ("[a&&b]+", "a&b", "c"),
        ("[]a]+", "]a", "b"),
        ("[^]a]", "b", "]"),
        ("[^]", "\n", ""),
        (r"[\b]", "\b", "b"),
        ("a{b}]", "a{b}]", "a"),
        ("[0-9-_]+", "1-_", "."),
        (r"[\d-x]+", "1-x", "a"),
        (r"\000\037\t", "\0\x1f\t", "000"),
        (r"\cA\e\a", "\x01\x1b\x07", "cAea"),
        (r"\u{1F44D}\x41", "👍A", "A"),
        ("(?<year>[0-9]{4})(?P<x>a)", "2024a", "a"),
        ("a(?#note)b", "ab", "a"),
        (r"\Aab\z", "ab", "ab\n"),
        ("^ab$", "ab", "ab\n"),
        ("a+?b??", "aa", "bb"),
        (r"\/?+[a-z]+", "/a", "//"),
        ("[0-9A-F]{2}+", "A0", "A"),
        (r"\ba\b-", "a-", "ab"),
        (r"a\B.", "ab", "a-"),
        ("(?m)a$\nb", "a\nb", "ab"),
        ("(?=.{2,3}$)a*", "aa", "aaaa"),
        ("[a-z]+(?<!-x|yy)", "ax", "ayy"),
        ("/^[a-z]+$/", "a", "/a/"),
        ("/[a-z]+/", "/a/", "a"),
        (r"/a\/b/", "a/b", "/a/b/"),
        (r"\p{L}+", "aßжא中", "1"),
        (r"\p{Lu}\P{Lu}\p{IsAlphabetic}", "Ééa", "éÉa"),
        (r"[\p{Alnum}\p{Punct}\p{Blank}]+", "a1! \t", "é"),
        (r"\p{Script=Greek}\p{IsLatin}\p{Han}", "πa中", "aπ中"),
        (r"[\p{L}\p{Z}\p{N}_.:/=+\-@]+", "a b:1", "a;b"),
        (r"[^\p{C}]", " ", "\x07"),
        (r"\p{ASCII}\pN", "a٣", "éa"),
        (r"\p{^L}", "1", "a"),
    ],
)
def test_meaning(text: str, accepted: str, not_accepted: str) -> None:
    assert accepts(text, accepted)
    assert not accepts(text, not_accepted)


def test_anchors_hold_for_their_own_branch() -> None:
    assert accepts("^A|B$", "Ax", "search")
    assert accepts("^A|B$", "xB", "search")
    assert not accepts("^A|B$", "xA", "search")
    assert not accepts("^A|B$", "B\n", "search")


@pytest.mark.parametrize(
    ("text", "offset", "words"),
    [
        ("a(b", 1, "never closed"),
        ("ab)", 2, "without"),
        ("[a-", 0, "never closed"),
        ("x[z-a]", 2, "'z-a' is reversed"),
        ("a**", 2, "repeat of a repeat"),
        ("a{2}{3}", 4, "repeat of a repeat"),
        ("|*", 1, "repeat of nothing"),
        ("a{3,2}", 1, "above the maximum"),
        ("a{,3}", 1, "without a minimum"),
        ("[a-z]*${2,64}", 7, "repeats an anchor"),
        ("a\\", 1, "lone backslash"),
        (r"\i", 0, "not an escape"),
        (r"a\u12", 1, "code of a character"),
        (r"\x{110000}", 0, "above 10FFFF"),
        (r"\p{Nope}", 0, "'Nope' is not a known"),
        ("(?x)a", 0, "flag 'x'"),
        ("(?!a", 0, "never closed"),
        ("(?P<a>x)(?P<a>y)", 8, "two groups have the name 'a'"),
        ("(?<a>x)|(?P<a>y)", 8, "two groups have the name 'a'"),
        ("(?*a)", 0, "unknown kind of group"),
        ("(" * 200, 101, "nested deeper"),
        ("a" * 20_001, 0, "longer than"),
    ],
)
def test_what_is_no_pattern(text: str, offset: int, words: str) -> None:
    problem = refused(text)
    assert (problem.code, problem.offset) == ("invalid-pattern", offset)
    assert words in problem.reason


@pytest.mark.parametrize(
    ("text", "offset", "words"),
    [
        (r"(a)\1", 3, "back-reference"),
        (r"(?<x>a)\k<x>", 7, "back-reference"),
        ("a(?>b*)", 1, "(?>"),
        ("[a-z]*+a", 0, "possessive"),
        ("([a-z]{1,2}+)*b", 0, "possessive"),
        ("(ab)++c", 0, "possessive"),
        ("a*+(?=a)-", 0, "possessive"),
        ("a{2000000}", 1, "more than 1,000,000"),
        ("(.{300}a?){1,300}", 0, "states are needed"),
    ],
)
def test_what_is_not_known_to_match_in_linear_time(
    text: str, offset: int, words: str
) -> None:
    problem = refused(text)
    assert (problem.code, problem.offset) == ("pattern-not-linear", offset)
    assert words in problem.reason


@settings(deadline=None, max_examples=300)
@given(
    st.text(r"ab01 \()[]{}|*+?^$.-,dwspPL<!=:i&/", max_size=12) | st.text(max_size=8)
)
def test_any_text_is_a_pattern_or_a_problem(text: str) -> None:
    found = analyse(text, "search")
    if isinstance(found, PatternProblem):
        assert 0 <= found.offset <= len(text)
        assert found.reason
    else:
        matcher = Matcher(found.regex, "search")
        compiled = re.compile(found.regex)
        for value in ("", "a", "ab", "b0 1", text):
            assert matcher.matches(value) is bool(compiled.search(value))


def test_categories_are_those_of_unicode_where_python_knows_the_character() -> None:
    by_category: dict[str, set[int]] = {}
    for code in range(sys.maxunicode + 1):
        by_category.setdefault(unicodedata.category(chr(code)), set()).add(code)
    unassigned = by_category.pop("Cn")
    strangers = 0
    for name, codes in by_category.items():
        ranges = property_set(name)
        assert ranges is not None
        ours = {
            code for low, high in ranges for code in range(low, high + 1)
        } - unassigned
        strangers += len(ours ^ codes)
    # A few characters change their category from one version of Unicode to the next.
    assert strangers < 60


@pytest.mark.parametrize(
    ("text", "yes", "no"),
    [
        ("(?P<a>x)(?i)", "x", "X"),
        ("a(?i)b|c", "aB", "Ab"),
        ("a(?i)b|c", "C", "A"),
        ("((?i)a)b", "Ab", "AB"),
    ],
)
def test_a_flag_holds_from_where_it_stands_to_the_end_of_its_group(
    text: str, yes: str, no: str
) -> None:
    assert accepts(text, yes)
    assert not accepts(text, no)
