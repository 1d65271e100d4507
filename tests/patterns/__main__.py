"""`make patterns`: every pattern of the catalogue compiles, agrees with ECMAScript, and is fast."""

from __future__ import annotations

import shutil
import sys
from random import Random

from tests.patterns.catalogue import (
    LONG,
    disagreements,
    documented,
    growth,
    hostile,
    judged,
    of_node,
    slowest,
    texts_for,
)

SEED = 20260131
MOST_MS = 10.0
MOST_GROWTH = 5.0


def main() -> int:
    """Run, tell, and return 0 where all is well, else 1."""
    texts = documented()
    used, refused = judged(texts)
    for text, problem in refused:
        print(f"refused: {problem.reason}: {text}")
    linear = [analysis for analysis in used if analysis.linear]
    print(
        f"{len(texts)} patterns: {len(used)} compile, {len(linear)} need the linear matcher"
    )
    bad = len(used) + len(refused) != len(texts)
    node = shutil.which("node")
    if node is not None:
        random = Random(SEED)
        # ECMAScript would hang at some of the others, and takes slashes for themselves.
        plain = [a for a in used if not a.linear and not a.text.startswith("/")]
        cases = [(analysis, texts_for(analysis, random)) for analysis in plain]
        verdicts = of_node(node, cases)
        found = list(disagreements(cases, verdicts))
        read = sum(said is not None for said in verdicts)
        compared = sum(len(said or ()) for said in verdicts)
        print("\n".join(found[:50]))
        print(
            f"ECMAScript reads {read} of {len(cases)}; {compared} texts, {len(found)} differ"
        )
        bad = bad or bool(found)
    spent = {a: slowest(a, hostile(a, Random(SEED))) for a in used}
    for analysis in sorted(spent, key=lambda a: -spent[a])[:3]:
        print(f"{spent[analysis]:.2f} ms at {LONG:,} characters: {analysis.text[:150]}")
    grown = {a: growth(a, SEED) for a in linear}
    worst = max(grown, key=lambda a: grown[a])
    print(
        f"steps grow {grown[worst]:.2f}-fold with four times the text: {worst.text[:150]}"
    )
    return int(bad or max(spent.values()) > MOST_MS or grown[worst] > MOST_GROWTH)


if __name__ == "__main__":
    sys.exit(main())
