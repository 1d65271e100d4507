"""Runs the generated tests against mutants, each in a copy of the clients of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from time import monotonic

from tests.mutants import code, tables
from tests.mutants.mutant import Mutant

from specwright.workflow.generate import generate
from specwright.workflow.intent import Options

ROOT = Path(__file__).resolve().parents[2]
RICH = Path(__file__).with_name("specs")
VALIDATION = ("maps.py", "unique_lists.py", "validation.py", "violations.py")
# A mutant is killed by any example; the smallest is of no use.
PROFILE = """\
from hypothesis import Phase, settings

settings.register_profile("mutants", phases=[Phase.generate], database=None)
settings.load_profile("mutants")
"""
PATIENCE = 20
"""How many times as long as without a mutant a run may take; else it counts as a failure."""


class Bench:
    """Clients with their tests, and what it takes to try mutants of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        specs = folder / "specs"
        shutil.copytree(ROOT / "specs", specs)
        shutil.copytree(RICH, specs, dirs_exist_ok=True)
        done = generate(
            Options(specs, folder / "plain", extras=("strategies", "tests"))
        )
        assert done.ok, done.diagnostics
        self.packages = sorted(p.name for p in specs.iterdir())
        self.patience: float | None = None

    def table_mutants(self) -> list[Mutant]:
        """The mutants of all tables."""
        plain = self.folder / "plain"
        files = [
            path
            for kind in ("operations", "shapes")
            for path in sorted(plain.glob(f"*/{kind}/*.py"))
        ]
        return [
            mutant
            for path in files
            for mutant in tables.mutants(
                path.relative_to(plain).as_posix(), path.read_text("utf-8")
            )
        ]

    def code_mutants(self) -> list[Mutant]:
        """The mutants of the runtime's validation."""
        folder = self.folder / "plain/_runtime"
        return [
            mutant
            for name in VALIDATION
            for mutant in code.mutants(
                f"_runtime/{name}", (folder / name).read_text("utf-8")
            )
        ]

    def survivors(
        self,
        mutants: Sequence[Mutant],
        workers: int,
        packages: Sequence[str] | None = None,
    ) -> list[str]:
        """The names of the mutants that the generated tests let pass, those of all packages
        or of some."""
        self.packages = list(packages or self.packages)
        copies: SimpleQueue[Path] = SimpleQueue()
        for number in range(workers):
            copy = self.folder / f"copy{number}" / "plain"
            shutil.copytree(self.folder / "plain", copy)
            (copy.parent / "conftest.py").write_text(PROFILE, "utf-8")
            copies.put(copy)
        started = monotonic()
        failed = self.failure(copy, self.packages)
        assert failed is None, f"the tests fail without a mutant:\n{failed}"
        self.patience = 30 + PATIENCE * (monotonic() - started)
        done = 0

        def survives(mutant: Mutant) -> bool:
            nonlocal done
            copy = copies.get()
            try:
                return self.survives(copy, mutant)
            finally:
                copies.put(copy)
                done += 1
                if sys.stderr.isatty():
                    print(f"\r{done}/{len(mutants)}", end="", file=sys.stderr)
                elif done % 50 == 0:
                    print(f"{done} of {len(mutants)}", file=sys.stderr)

        with ThreadPoolExecutor(workers) as pool:
            verdicts = list(pool.map(survives, mutants))
        return [m.name for m, passed in zip(mutants, verdicts, strict=True) if passed]

    def survives(self, copy: Path, mutant: Mutant) -> bool:
        """Whether the generated tests let a mutant pass."""
        path = copy / mutant.path
        source = path.read_text("utf-8")
        own = mutant.path.partition("/")[0]
        path.write_text(mutant.edit.applied(source), "utf-8")
        try:
            wanted = (
                [own]
                if own in self.packages
                else sorted(self.packages, key=lambda name: name != "rich")
            )
            packages = dict.fromkeys(wanted)
            return all(self.failure(copy, [package]) is None for package in packages)
        finally:
            path.write_text(source, "utf-8")

    def failure(self, copy: Path, packages: Sequence[str]) -> str | None:
        """What the generated tests of some packages say where they fail."""
        modules = [str(copy / package / "test_conformance.py") for package in packages]
        options = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"]
        try:
            done = subprocess.run(
                [
                    sys.executable,
                    "-m",
                    "pytest",
                    *options,
                    "--rootdir",
                    str(copy.parent),
                    *modules,
                ],
                cwd=copy.parent,
                env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
                capture_output=True,
                text=True,
                timeout=self.patience,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return "they don't end"
        return None if done.returncode == 0 else done.stdout
