"""Alters generated clients and their runtime, and counts what the generated tests notice.

python -m tests.mutants [--tables] [--code] [--sample N --seed S]
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from tests.mutants.equivalent import EQUIVALENT
from tests.mutants.run import Bench


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--tables", action="store_true", help="of generated tables only"
    )
    parser.add_argument(
        "--code", action="store_true", help="of the runtime's code only"
    )
    parser.add_argument("--sample", type=int, help="only so many, by the seed")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    with TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        everything = not (asked.tables or asked.code)
        found = bench.table_mutants() if everything or asked.tables else []
        found += bench.code_mutants() if everything or asked.code else []
        if asked.sample is not None:
            found = Random(asked.seed).sample(found, min(asked.sample, len(found)))
        survivors = bench.survivors(found, asked.workers)
    shown = {name: EQUIVALENT[name] for name in survivors if name in EQUIVALENT}
    for name, reason in shown.items():
        print(f"equivalent: {name}: {reason}")
    left = [name for name in survivors if name not in EQUIVALENT]
    for name in left:
        print(f"SURVIVED: {name}")
    killed = len(found) - len(survivors)
    print(
        f"{len(found)} mutants: {killed} killed, {len(shown)} equivalent, {len(left)} survived"
    )
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
