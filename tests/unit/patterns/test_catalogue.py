"""Patterns of real API models: all are understood, and mean what other engines take them to mean."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from random import Random

import pytest
from botocore.loaders import Loader

from specwright.patterns import Analysis, PatternProblem, analyse, sample
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


def mode(text: str) -> str:
    anchored = text.startswith("^") or (text.endswith("$") and not text.endswith("\\$"))
    return "search" if anchored else "full"


def found_in(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for shape in value.values():
            if "pattern" in shape:
                yield shape["pattern"]


@pytest.fixture(scope="module")
def patterns() -> list[str]:
    loader = Loader()
    found: set[str] = set()
    for service in SERVICES:
        found |= set(
            found_in(loader.load_service_model(service, "service-2")["shapes"])
        )
    return sorted(found)


@pytest.fixture(scope="module")
def analyses(patterns: list[str]) -> list[Analysis]:
    # One pattern has more states than the linear matcher takes: it is left to re alone.
    texts = [text for text in patterns if "100000" not in text]
    return [
        a
        for a in (analyse(text, mode(text)) for text in texts)
        if isinstance(a, Analysis)
    ]


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
    problems = {
        text: found
        for text in patterns
        if isinstance(found := analyse(text, mode(text)), PatternProblem)
    }
    known = re.compile(
        "repeats an anchor|a repeat of a repeat|back-references can't be matched"
    )
    assert [
        text for text, found in problems.items() if not known.search(found.reason)
    ] == []
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


SCRIPT = """
const cases = JSON.parse(require("fs").readFileSync(0, "utf8"));
console.log(JSON.stringify(cases.map(([text, match, values]) => {
  try {
    const regex = new RegExp(match === "full" ? `^(?:${text})$` : text, "u");
    return values.map((value) => regex.test(value));
  } catch (error) {
    return null;
  }
})));
"""


@pytest.mark.skipif(NODE is None, reason="needs node")
def test_ecma_script_agrees_on_the_patterns_that_it_reads(
    analyses: list[Analysis], values: list[list[str]]
) -> None:
    pairs = [
        (analysis, texts)
        for analysis, texts in zip(analyses, values, strict=True)
        if not analysis.linear and not analysis.text.startswith("/")
    ]
    cases = [(analysis.text, analysis.match, texts) for analysis, texts in pairs]
    assert NODE is not None
    ran = subprocess.run(
        [NODE, "-e", SCRIPT], input=json.dumps(cases), capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
    compared = 0
    for (analysis, texts), verdicts in zip(pairs, json.loads(ran.stdout), strict=True):
        if verdicts is not None:
            matcher = Matcher(analysis.regex, analysis.match)
            assert [matcher.matches(text) for text in texts] == verdicts, (
                analysis.text,
                texts,
            )
            compared += len(texts)
    assert compared > 4_000
