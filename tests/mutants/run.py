"""Runs the generated tests against mutants, each in a fork of a process that is warm."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from tests.mutants import code, tables
from tests.mutants.mutant import Mutant, span

from specwright.workflow.generate import generate
from specwright.workflow.intent import Options

ROOT = Path(__file__).resolve().parents[2]
RICH = Path(__file__).with_name("specs")
VALIDATION = (
    *("validation.py", "violations.py", "maps.py", "unique_lists.py", "int_enums.py"),
    *("big_decimals.py", "documents.py"),
)
PATIENCE = 2
LEAST_SECONDS = 10
"""A run may compute for so long, and so many times as long as one without a mutant; one that
takes longer has failed."""


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
        self.limit: float | None = None

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
        of_runtime = [m for m in mutants if m.path.startswith("_runtime/")]
        of_tables = [m for m in mutants if m not in of_runtime]
        # What a mutant alters must not be loaded yet, nor what has taken something of it.
        modules = (self.folder / "plain/_runtime").glob("*.py")
        loaded = [f"plain._runtime.{path.stem}" for path in sorted(modules)]
        loaded = [n for n in loaded if not n.endswith(("_transport", "__init__"))]
        passed = self.passed(of_tables, workers, loaded)
        return [*passed, *self.passed(of_runtime, workers, [])]

    def passed(
        self, mutants: Sequence[Mutant], workers: int, loaded: Sequence[str]
    ) -> list[str]:
        """Those that pass, tried in processes that have loaded some modules."""
        if not mutants:
            return []
        found: list[str] = []
        done = 0

        def work(share: Sequence[Mutant]) -> None:
            nonlocal done
            with Warm(self.folder / "plain", loaded) as warm:
                limit = self.limit = self.limit or self.patience(warm, share[0])
                for mutant in share:
                    judges = self.judges(mutant)
                    if all(warm.passes(mutant, package, limit) for package in judges):
                        found.append(mutant.name)
                        print(f"passed: {mutant.name}", file=sys.stderr, flush=True)
                    done += 1
                    if done % 50 == 0:
                        print(f"{done} of {len(mutants)}", file=sys.stderr, flush=True)

        shares = [mutants[n::workers] for n in range(min(workers, len(mutants)))]
        with ThreadPoolExecutor(workers) as pool:
            for _ in pool.map(work, shares):
                pass
        return sorted(found)

    def patience(self, warm: Warm, mutant: Mutant) -> float:
        """Seconds that the tests may compute, which have to pass without a mutant."""
        whole = warm.tried(mutant, altered=False, packages=self.packages)
        assert whole.code == 0, f"the tests fail without a mutant:\n{whole.said}"
        return LEAST_SECONDS + PATIENCE * whole.seconds

    def judges(self, mutant: Mutant) -> list[str]:
        """The packages whose tests a mutant has to pass: its own, or all where it is of what
        they share."""
        own = mutant.path.partition("/")[0]
        if own in self.packages:
            return [own]
        return sorted(self.packages, key=lambda name: name != "rich")


class Answer(NamedTuple):
    """How the tests ended: pytest's exit code, or less than zero where they were stopped."""

    code: int
    seconds: float
    said: str


class Warm:
    """The process that forks for each mutant."""

    def __init__(self, folder: Path, loaded: Sequence[str]) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.mutants.warm", str(folder.parent), *loaded],
            cwd=ROOT,
            env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def tried(
        self,
        mutant: Mutant,
        *,
        packages: Sequence[str],
        altered: bool = True,
        seconds: float | None = None,
    ) -> Answer:
        """How the tests end with a mutant, or without it."""
        source = (self.folder / mutant.path).read_text("utf-8")
        asked = {
            "path": f"{self.folder.name}/{mutant.path}",
            "text": mutant.edit.applied(source) if altered else source,
            "packages": [f"{self.folder.name}/{package}" for package in packages],
            "classes": classes_in(source),
            "member": member_at(source, mutant.edit.start),
            "seconds": seconds,
        }
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()
        return Answer(**json.loads(self.process.stdout.readline()))

    def passes(self, mutant: Mutant, package: str, seconds: float) -> bool:
        """Whether the tests of a package let a mutant pass. A child that doesn't end is
        stopped by a signal, and has failed."""
        answer = self.tried(mutant, packages=[package], seconds=seconds)
        assert answer.code in (0, 1, 2) or answer.code < 0, answer.said
        return answer.code == 0

    def __enter__(self) -> Warm:
        return self

    def __exit__(self, *error: object) -> None:
        self.process.communicate()


def classes_in(source: str) -> list[str]:
    """The classes that a module defines, whose tests tell most about it."""
    body = ast.parse(source).body
    return [node.name for node in body if isinstance(node, ast.ClassDef)]


def member_at(source: str, place: int) -> str:
    """The name of the member whose line in a table is around a place; empty where none is."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "structure":
            for member in node.args[2:]:
                start, end = span(source, member)
                if start <= place < end and isinstance(member, ast.Call):
                    return str(ast.literal_eval(member.args[0]))
    return ""
