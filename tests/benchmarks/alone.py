"""Figures that have nothing beside them: the worst patterns, a no-op generate, size on disk."""

from __future__ import annotations

import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from generated._runtime.patterns import Pattern
from generated._runtime.schema import String
from generated.bedrock import GetModelImportJobRequest, ListModelImportJobsRequest
from tests.benchmarks.measure import seconds_each
from tests.benchmarks.startup import bytecode_kept
from tests.benchmarks.table import Row, limited

ROOT = Path(__file__).parents[2]
LENGTH = 1000


def patterns(rounds: int) -> list[Row]:
    """Texts on which ``re`` would not end, by the patterns of Bedrock: the first match of a
    process, which compiles the pattern, and later ones, which find its states made."""
    text = "0" + "-" * (LENGTH - 2) + "!"
    members: dict[str, type[ListModelImportJobsRequest | GetModelImportJobRequest]] = {
        "nameContains": ListModelImportJobsRequest,
        "jobIdentifier": GetModelImportJobRequest,
    }
    found: list[Row] = []
    for name, request in members.items():
        shape = request.__schema__.by_name[name].shape
        held = shape.pattern if isinstance(shape, String) else None
        if held is None:
            raise LookupError(f"{name} has no pattern")
        times = seconds_each(
            {
                "first": partial(first_match, held, text),
                "later": partial(held.matches, text),
            },
            rounds=rounds,
        )
        for which, seconds in times.items():
            found.append(
                limited(
                    f"{which} match, {LENGTH} characters ({name})",
                    seconds,
                    f"{seconds * 1e3:.2f} ms",
                    at_most=0.010,
                    budget="<= 10 ms",
                )
            )
    return found


def first_match(held: Pattern, text: str) -> bool:
    """A match by a pattern that has matched nothing before."""
    fresh = type(held)(held.text, match=held.match, regex=held.regex)
    return fresh.matches(text)


def no_op_generate(rounds: int) -> list[Row]:
    """The whole command where nothing has changed, the start of Python included."""
    with TemporaryDirectory() as folder, bytecode_kept() as kept:
        specs, out = Path(folder, "specs"), Path(folder, "generated")
        shutil.copytree(ROOT / "specs", specs)
        command = [sys.executable, "-m", "specwright", "generate", "specs"]
        command += ["--out", str(out)]
        times: list[float] = []
        for _ in range(rounds + 1):
            start = perf_counter()
            done = subprocess.run(
                command, cwd=folder, capture_output=True, text=True, env=kept
            )
            times.append(perf_counter() - start)
            if done.returncode:
                return [Row("no-op generate", "can't run", "", done.stderr[:60])]
    found = median(times[1:])
    return [
        limited(
            "no-op generate",
            found,
            f"{found * 1e3:.0f} ms",
            at_most=0.3,
            budget="<= 300 ms",
        )
    ]


def size() -> list[Row]:
    """The clients of five operations with their runtime, as they are checked in."""
    found = sum(
        path.stat().st_size
        for path in (ROOT / "generated").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    )
    return [
        limited(
            "five operations on disk",
            found,
            f"{found / 1000:.1f} kB",
            at_most=250_000,
            budget="<= 250 kB",
        )
    ]


def rows(rounds: int) -> list[Row]:
    """All of them."""
    return [*patterns(rounds), *no_op_generate(rounds), *size()]
