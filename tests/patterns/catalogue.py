"""Every pattern of botocore's models, with texts that match it, don't, or are meant to hang it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from random import Random
from time import process_time
from typing import Any

from tests.catalogue.models import loaded, services
from tests.patterns.counting import counting

from specwright.patterns import (
    Analysis,
    Matcher,
    PatternProblem,
    analyse,
    differing,
    matcher,
    sample,
)
from specwright.sources.anchors import match_mode

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
LONG = 1_000
# Ends that keep a text from matching where little else would.
ENDS = ("!", "\n", "é", " ")


def documented() -> list[str]:
    """The distinct patterns of all services."""
    found: set[str] = set()
    for service in services():
        for shape in loaded(service)["shapes"].values():
            found |= {p["pattern"] for p in parts(shape) if "pattern" in p}
    return sorted(found)


def parts(shape: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A shape, and what its members say themselves."""
    yield shape
    yield from shape.get("members", {}).values()


def judged(texts: list[str]) -> tuple[list[Analysis], list[tuple[str, PatternProblem]]]:
    """The patterns that can be used, and those that can't with the reasons."""
    used: list[Analysis] = []
    refused: list[tuple[str, PatternProblem]] = []
    for text in texts:
        found = analyse(text, match_mode(text))
        if isinstance(found, Analysis):
            used.append(found)
        else:
            refused.append((text, found))
    return used, refused


def texts_for(analysis: Analysis, random: Random) -> list[str]:
    """Texts that match, that don't, and that are a little off."""
    made = [
        sample(analysis, random, (None, 300)),
        differing(analysis, random, (None, 300)),
    ]
    texts = [text for text in made if text is not None]
    for text in list(texts):
        place = random.randrange(len(text) + 1)
        texts.append(text[:place] + random.choice("aZ0-_:/. é٣👍") + text[place + 1 :])
        texts.append(text[:place] + text[place + 1 :])
    return texts


def of_node(
    node: str, cases: list[tuple[Analysis, list[str]]]
) -> list[list[bool] | None]:
    """What ECMAScript says of texts; None for patterns that it doesn't read."""
    told = [(analysis.text, analysis.match, texts) for analysis, texts in cases]
    ran = subprocess.run(
        [node, "-e", SCRIPT],
        input=json.dumps(told),
        capture_output=True,
        check=True,
        text=True,
    )
    verdicts: list[list[bool] | None] = json.loads(ran.stdout)
    return verdicts


def disagreements(
    cases: list[tuple[Analysis, list[str]]], verdicts: list[list[bool] | None]
) -> Iterator[str]:
    """Where we say something else than ECMAScript."""
    for (analysis, texts), said in zip(cases, verdicts, strict=True):
        ours = matcher(analysis)
        for text, theirs in zip(texts, said or (), strict=said is not None):
            if ours(text) is not theirs:
                yield f"{analysis.text!r} and {text!r}: ECMAScript says {theirs}"


def hostile(analysis: Analysis, random: Random, size: int = LONG) -> list[str]:
    """Texts of a size that a backtracking matcher may try in very many ways."""
    seeds = {sample(analysis, random, (None, 40)) or "a", "a", "0-", "a.", "/a"}
    seeds |= {seed[-1:] or "a" for seed in list(seeds)}
    texts = []
    for seed in sorted(seeds):
        whole = (seed * (size // len(seed) + 1) if seed else "a" * size)[: size - 1]
        texts += [whole + end for end in ENDS]
    head = sample(analysis, random, (size // 2, size - 1))
    return texts + ([] if head is None else [head + "!"])


def slowest(analysis: Analysis, texts: list[str]) -> float:
    """The milliseconds of the slowest match; of three tries each, by states that are made."""
    matches = matcher(analysis)
    worst = 0.0
    for text in texts:
        spent = []
        for _ in range(3):
            started = process_time()
            matches(text)
            spent.append(process_time() - started)
            if spent[-1] < 0.002:
                break
        worst = max(worst, min(spent))
    return worst * 1_000


def growth(analysis: Analysis, seed: int) -> float:
    """How many times the steps of the worst text grow where it is four times as long."""
    few, many = (
        max(steps(analysis, text) for text in hostile(analysis, Random(seed), size))
        for size in (LONG, 4 * LONG)
    )
    # A search that is over early takes less than a step for each character: none may need more.
    return many / max(few, LONG)


def steps(analysis: Analysis, text: str) -> int:
    """The steps of a matcher that has matched nothing before."""
    with counting() as counted:
        Matcher(analysis.regex, analysis.match).matches(text)
    return sum(counted)
