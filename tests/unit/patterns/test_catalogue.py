"""Patterns of real API models: all are understood, and mean what other engines take them to mean."""

from __future__ import annotations

import re
import shutil
from random import Random

import pytest
from tests.catalogue.models import loaded
from tests.patterns.catalogue import judged, of_node, parts

from specwright.patterns import Analysis, sample
from specwright.runtime.look_arounds import LookMatcher as Matcher

SERVICES = [
    "bedrock",
    "sagemaker",
    "bedrock-runtime",
    "iam",
    "backup",
    "fsx",
    "connect",
    "ssm",
    "glue",
    "lambda",
    "quicksight",
    "accessanalyzer",
    "appflow",
    "cloudtrail",
    "codeartifact",
    "comprehend",
    "config",
    "detective",
    "dlm",
    "imagebuilder",
    "invoicing",
    "lexv2-models",
    "mediaconvert",
    "organizations",
    "rbin",
    "redshift",
    "s3control",
    "securityhub",
    "sns",
    "tnb",
    "wisdom",
    "workmail",
]
NODE = shutil.which("node")


@pytest.fixture(scope="module")
def patterns() -> list[str]:
    return sorted(
        {
            part["pattern"]
            for service in SERVICES
            for shape in loaded(service)["shapes"].values()
            for part in parts(shape)
            if "pattern" in part
        }
    )


@pytest.fixture(scope="module")
def analyses(patterns: list[str]) -> list[Analysis]:
    # One pattern has more states than the linear matcher takes: it is left to re alone.
    texts = [text for text in patterns if "100000" not in text]
    return judged(texts)[0]


@pytest.fixture(scope="module")
def values(analyses: list[Analysis]) -> list[list[str]]:
    """For each pattern some texts that match, and as many that are a little off."""
    random = Random(7)
    made = []
    for analysis in analyses:
        texts = [sample(analysis, random) or "" for _ in range(2)]
        for text in list(texts):
            place = random.randrange(len(text) + 1)
            texts.append(
                text[:place] + random.choice("aZ0-_:/. é٣👍") + text[place + 1 :]
            )
            texts.append(text[:place] + text[place + 1 :])
        made.append(texts)
    return made


def test_nearly_all_are_understood(patterns: list[str]) -> None:
    assert len(patterns) > 1_000
    _, problems = judged(patterns)
    known = re.compile(
        "repeats an anchor|a repeat of a repeat|back-references can't be matched"
    )
    assert [text for text, found in problems if not known.search(found.reason)] == []
    assert len(problems) < 10


def test_most_are_left_to_re(analyses: list[Analysis]) -> None:
    linear = [analysis for analysis in analyses if analysis.linear]
    assert 0.02 < len(linear) / len(analyses) < 0.2


def test_samples_match(analyses: list[Analysis], values: list[list[str]]) -> None:
    unmatched = [
        analysis.text
        for analysis, texts in zip(analyses, values, strict=True)
        if not all(
            Matcher(analysis.regex, analysis.match).matches(text) for text in texts[:2]
        )
    ]
    assert unmatched == []


def test_re_agrees_on_the_patterns_that_it_reads(
    analyses: list[Analysis], values: list[list[str]]
) -> None:
    compared = 0
    for analysis, texts in zip(analyses, values, strict=True):
        try:
            documented = re.compile(analysis.text, re.ASCII)
        except re.error:
            continue
        if analysis.linear or analysis.text.startswith("/"):
            continue
        portable = re.compile(analysis.regex)
        matcher = Matcher(analysis.regex, analysis.match)
        name = "fullmatch" if analysis.match == "full" else "search"
        for text in texts:
            expected = getattr(documented, name)(text) is not None
            assert (getattr(portable, name)(text) is not None) is expected, (
                analysis,
                text,
            )
            assert matcher.matches(text) is expected, (analysis, text)
            compared += 1
    assert compared > 4_000


@pytest.mark.skipif(NODE is None, reason="needs node")
def test_ecma_script_agrees_on_the_patterns_that_it_reads(
    analyses: list[Analysis], values: list[list[str]]
) -> None:
    pairs = [
        (analysis, texts)
        for analysis, texts in zip(analyses, values, strict=True)
        if not analysis.linear and not analysis.text.startswith("/")
    ]
    assert NODE is not None
    compared = 0
    for (analysis, texts), verdicts in zip(pairs, of_node(NODE, pairs), strict=True):
        if verdicts is not None:
            matcher = Matcher(analysis.regex, analysis.match)
            assert [matcher.matches(text) for text in texts] == verdicts, (
                analysis.text,
                texts,
            )
            compared += len(texts)
    assert compared > 4_000
