"""The run over all patterns: that it notices what it should, and a sample of its measures."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from tests.catalogue.models import loaded
from tests.patterns.catalogue import (
    disagreements,
    growth,
    hostile,
    judged,
    parts,
    slowest,
    texts_for,
)

from specwright.patterns import Analysis, analyse

SERVICES = ("bedrock", "connect", "cloudtrail", "fsx")


def known(text: str) -> Analysis:
    found = analyse(text, "full")
    assert isinstance(found, Analysis)
    return found


def test_another_verdict_is_noticed() -> None:
    cases = [(known("[a-c]+"), ["abc", "x"])]
    assert list(disagreements(cases, [[True, False]])) == []
    assert list(disagreements(cases, [None])) == []
    (told,) = disagreements(cases, [[True, True]])
    assert told == "'[a-c]+' and 'x': ECMAScript says True"


def test_texts_that_match_and_others_are_compared() -> None:
    texts = texts_for(known("[a-c]{3}"), Random(1))
    assert {len(text) == 3 and not text.strip("abc") for text in texts} == {True, False}


def test_what_is_refused_has_a_reason() -> None:
    used, refused = judged(["a+", r"(a)\1"])
    assert [analysis.text for analysis in used] == ["a+"]
    assert [(text, problem.code) for text, problem in refused] == [
        (r"(a)\1", "pattern-not-linear")
    ]


def test_a_slow_match_is_measured() -> None:
    slow = replace(known("(a|a)*b"), linear=False)
    assert slowest(slow, ["a" * 18]) > slowest(known("a*b"), ["a" * 18])


def test_steps_grow_with_the_text_in_patterns_of_services() -> None:
    texts = {
        part["pattern"]
        for service in SERVICES
        for shape in loaded(service)["shapes"].values()
        for part in parts(shape)
        if "pattern" in part
    }
    used, _ = judged(sorted(texts))
    linear = [analysis for analysis in used if analysis.linear]
    assert len(linear) > 10
    for analysis in Random(7).sample(linear, 10):
        assert len(hostile(analysis, Random(7))) > 10
        assert growth(analysis, 7) < 5, analysis.text
