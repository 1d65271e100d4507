"""Packages generated from a few lines of spec each, to import and use."""

import importlib
import sys
from collections.abc import Callable, Iterator, Mapping
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pytest

from specwright.diagnostics import Diagnostic, has_errors
from specwright.model import Service
from specwright.render import package_files, render_service, runtime_files
from specwright.resolve import load_service

SERVICE = """\
specwright: 1
service: Things
title: Things
version: '1'
protocols: [rest-json]
endpoint: {prefix: things}
"""


def fragments() -> ModuleType:
    """The module fragments.py, which stands beside this one."""
    found = spec_from_file_location(
        "fragments_of_specs", Path(__file__).parent / "fragments.py"
    )
    assert found is not None
    assert found.loader is not None
    module = module_from_spec(found)
    found.loader.exec_module(module)
    return module


FRAGMENTS: Mapping[str, str] = fragments().FRAGMENTS
SENTINEL: str = fragments().SENTINEL
HOSTILE_TEXTS: list[str] = fragments().HOSTILE_TEXTS


def files_of(text: str) -> dict[str, str]:
    """The files of a fragment: each begins with a line ``--- path``; what precedes the first
    is operations/Do.yaml. Lines that every file of its kind has are added."""
    files = {"service.yaml": SERVICE, "operations/Do.yaml": ""}
    path = "operations/Do.yaml"
    for line in text.strip("\n").split("\n"):
        if line.startswith("--- "):
            path = line.removeprefix("--- ")
            files[path] = ""
        else:
            files[path] += line + "\n"
    for path, body in files.items():
        if path.startswith("operations/"):
            name = Path(path).stem
            if "http:" not in body:
                body = f"http: {{method: POST, path: /{name}}}\n{body}"
            if "operation:" not in body:
                body = f"operation: {name}\n{body}"
            files[path] = body
        if "specwright: 1" not in body:
            files[path] = f"specwright: 1\n{files[path]}"
    return files


def load(
    folder: Path, files: Mapping[str, str]
) -> tuple[Service | None, list[Diagnostic]]:
    """Load a service from the texts of its files."""
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    return load_service(folder, folder.name)


class Made(NamedTuple):
    """The package of one service, as text and ready to import."""

    name: str
    files: Mapping[str, str]
    left_out: Mapping[str, str]

    @property
    def modules(self) -> list[str]:
        """The names of all its modules."""
        inner = (path.partition("/")[2].removesuffix(".py") for path in self.files)
        return [
            f"{self.name}.{path.replace('/', '.')}".removesuffix(".__init__")
            for path in inner
        ]

    def module(self, name: str = "") -> ModuleType:
        """The package, or a module in it."""
        return importlib.import_module(f"{self.name}{name}")


def make(root: Path, name: str, files: Mapping[str, str]) -> Made:
    """Generate from the texts of spec files into the package ``made.<name>`` below a root.

    Generated packages may be moved; so they can all be called as the fragments are.
    """
    service, diagnostics = load(root / "specs" / name, files)
    assert not has_errors(diagnostics), "\n".join(map(str, diagnostics))
    assert service is not None
    rendered = render_service(service, spec_root="specs")
    shared = {**package_files(), **runtime_files(rendered.features)}
    moved = {
        f"{name}/{path.partition('/')[2]}": text
        for path, text in rendered.files.items()
    }
    for path, text in {**shared, **moved}.items():
        target = root / "made" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
    return Made(f"made.{name}", rendered.files, rendered.left_out)


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder on the import path, for packages."""
    folder = tmp_path_factory.mktemp("fragments")
    sys.path.insert(0, str(folder))
    yield folder
    sys.path.remove(str(folder))


@pytest.fixture(scope="session")
def every(root: Path) -> Mapping[str, Made]:
    """The packages of all fragments."""
    return {name: make(root, name, files_of(text)) for name, text in FRAGMENTS.items()}


@pytest.fixture(params=FRAGMENTS)
def each(every: Mapping[str, Made], request: pytest.FixtureRequest) -> Made:
    """One fragment's package after another."""
    return every[request.param]


@pytest.fixture
def use(every: Mapping[str, Made]) -> Callable[[str], Made]:
    """The package of a fragment, by name."""
    return every.__getitem__


@pytest.fixture
def refusals(tmp_path: Path) -> Callable[[str], set[str]]:
    """The codes of the errors in a spec."""

    def codes(text: str) -> set[str]:
        _, diagnostics = load(tmp_path / "things", files_of(text))
        return {d.code for d in diagnostics if d.severity == "error"}

    return codes


@pytest.fixture
def sentinel() -> str:
    """Code that leaves a mark where it is run."""
    return SENTINEL


@pytest.fixture
def hostile_texts() -> list[str]:
    """The texts of the fragments ``hostile_0`` and so on."""
    return HOSTILE_TEXTS


@pytest.fixture
def generate() -> Callable[[Path, str, str], Made]:
    """Generate the package of a fragment's text below a folder."""

    def generated(folder: Path, name: str, text: str) -> Made:
        return make(folder, name, files_of(text))

    return generated
