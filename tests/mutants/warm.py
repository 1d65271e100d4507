"""A process that has loaded what all runs need, and forks for each mutant.

It reads mutants from standard input, one JSON object a line, and answers each by one line. The
files on the disk stay as they are: a child imports the mutant's text in the place of one module.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from tempfile import TemporaryFile
from time import monotonic, sleep
from types import CodeType, ModuleType
from typing import Any

import hypothesis
import hypothesis.strategies
import pytest

PAUSE = 0.005
SILENCE = 900
"""Seconds after which a child that does nothing is ended; one that computes ends sooner."""


class Altered(SourceFileLoader):
    """The mutant's text, as if it stood in the file."""

    def __init__(self, fullname: str, path: str, text: str) -> None:
        super().__init__(fullname, path)
        self.text = text

    def get_code(self, fullname: str) -> CodeType:
        code = compile(self.text, self.path, "exec", dont_inherit=True)
        assert isinstance(code, CodeType)
        return code


class Instead(MetaPathFinder):
    """Finds the mutant before anything else is looked for."""

    def __init__(self, name: str, path: Path, text: str) -> None:
        self.name, self.path, self.text = name, path, text

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,
        target: ModuleType | None = None,
    ) -> ModuleSpec | None:
        if fullname != self.name:
            return None
        loader = Altered(fullname, str(self.path), self.text)
        return spec_from_file_location(fullname, self.path, loader=loader)


class Order:
    """Puts those tests first that a mutant is most likely to fail."""

    def __init__(self, classes: Sequence[str], member: str) -> None:
        self.classes = classes
        self.member = member

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        turns: dict[str, int] = {}
        keys: dict[pytest.Item, tuple[int, int]] = {}
        for item in items:
            # All tests have their turn before one of them is tried with other parameters.
            name = item.name.partition("[")[0]
            turn = turns[name] = turns.get(name, 0) + 1
            keys[item] = self.rank(item), turn
        items.sort(key=lambda item: keys[item])

    def rank(self, item: pytest.Item) -> int:
        """Tests of the class as a whole, then of the member, of the class, and all others."""
        asked = (
            item.callspec.params
            if isinstance(item, pytest.Function) and hasattr(item, "callspec")
            else {}
        )
        if asked.get("name") not in self.classes:
            return 3
        place = asked.get("at") or asked.get("constraint")
        if place is None:
            return (
                0
                if "as_in_the_spec" in item.name or "those_of_the_spec" in item.name
                else 2
            )
        return 1 if place.pointer.startswith(f"/{self.member}") else 2


def main() -> None:
    folder, *preloaded = sys.argv[1:]
    root = Path(folder)
    sys.path.insert(0, str(root))
    # A mutant is killed by any example, always the same ones; the smallest is of no use.
    hypothesis.settings.register_profile(
        "mutants",
        phases=[hypothesis.Phase.generate],
        database=None,
        derandomize=True,
    )
    hypothesis.settings.load_profile("mutants")
    for name in preloaded:
        import_module(name)
    for line in sys.stdin:
        print(json.dumps(tried(root, json.loads(line))), flush=True)


def tried(root: Path, asked: dict[str, Any]) -> dict[str, object]:
    """How the tests end with a mutant: the exit code, seconds of computing, what they say."""
    with TemporaryFile() as out:
        started = monotonic()
        child = os.fork()
        if not child:
            os._exit(run(root, asked, out.fileno()))
        ended = 0
        while not ended:
            sleep(PAUSE)
            ended, status, used = os.wait4(child, os.WNOHANG)
            if not ended and monotonic() - started > SILENCE:
                os.kill(child, signal.SIGKILL)
        out.seek(0)
        said = out.read().decode("utf-8", "replace")
    code = os.waitstatus_to_exitcode(status)
    return {"code": code, "seconds": used.ru_utime + used.ru_stime, "said": said}


def run(root: Path, asked: dict[str, Any], out: int) -> int:
    """Run the tests in this process, which is the child."""
    for stream in (1, 2):
        os.dup2(out, stream)
    if asked["seconds"] is not None:
        most = int(asked["seconds"]) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (most, most))
    path = root / asked["path"]
    name = asked["path"].removesuffix(".py").replace("/", ".")
    assert name not in sys.modules, f"{name} is loaded without the mutant"
    sys.meta_path.insert(0, Instead(name, path, asked["text"]))
    tests = [
        str(root / package / "test_conformance.py") for package in asked["packages"]
    ]
    options = ["-x", "-q", "-p", "no:cacheprovider", "-c", os.devnull]
    code = pytest.main(
        [*options, "--rootdir", str(root), *tests],
        plugins=[Order(asked["classes"], asked["member"])],
    )
    sys.stdout.flush()
    return int(code)


if __name__ == "__main__":
    main()
