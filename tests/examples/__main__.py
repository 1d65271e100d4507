"""`make examples`: the requests that botocore's models publish have to pass strict validation."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from tests.examples.reading import services_with_examples
from tests.examples.running import Outcome, outcome_of


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, tell, and return 0 where every refusal is known to be right, else 1."""
    parser = argparse.ArgumentParser(prog="make examples", description=__doc__)
    parser.add_argument("--service", action="append", default=[], help="only this one")
    chosen = parser.parse_args(arguments).service or services_with_examples()
    whole = Outcome()
    for service in chosen:
        outcome = outcome_of(service)
        whole.add(outcome)
        refused = len(outcome.refusals)
        print(f"{service}: {outcome.passed} pass, {refused} refused", flush=True)
    return verdict(whole)


def verdict(outcome: Outcome) -> int:
    """Print what came of all, and return the exit code."""
    for reason, count in sorted(outcome.left_out.items()):
        print(f"left out, {count}: {reason}")
    for known in outcome.unused:
        print(f"not needed any more: {known}")
    for refusal in outcome.unknown:
        print(f"refused: {refusal}")
    known = len(outcome.refusals) - len(outcome.unknown)
    print(
        f"{outcome.passed} examples pass, {len(outcome.unknown)} are refused, {known} "
        f"refusals are right, {outcome.left_out.total()} examples have no client yet"
    )
    return 1 if outcome.unknown or outcome.unused else 0


if __name__ == "__main__":
    sys.exit(main())
