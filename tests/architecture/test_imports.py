"""Which part of the program may import which: the arrows of the design, as a table."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import specwright

PACKAGE = Path(specwright.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))

# Text → document → model → view → files → disk; only workflow and cli put stages together.
# Everything may import itself, diagnostics and the standard library where it is listed.
ALLOWED: dict[str, set[str]] = {
    "__init__": set(),
    "__main__": {"cli"},
    "diagnostics": set(),
    "templates_dir": set(),
    "model": set(),
    "runtime": set(),
    "document": {"diagnostics"},
    "patterns": {"runtime"},
    "expressions": {"model"},
    "resolve": {"diagnostics", "document", "expressions", "model", "patterns"},
    "sources": {"diagnostics", "document", "patterns"},
    "python": {"__init__", "expressions", "model", "patterns", "runtime"},
    "render": {"model", "python", "runtime", "templates_dir"},
    "output": {"__init__", "diagnostics", "templates_dir"},
    "server": {"diagnostics", "model", "patterns"},
    "workflow": {
        "__init__",
        "diagnostics",
        "document",
        "model",
        "output",
        "render",
        "resolve",
        "sources",
    },
    "cli": {"__init__", "diagnostics", "document", "server", "workflow"},
}
# Distributions that a part may use. What clients need is imported at their first send.
THIRD_PARTY: dict[str, set[str]] = {
    "document": {"yaml", "jsonschema"},
    "render": {"black", "jinja2"},
    "server": {"aiohttp"},
    "sources": {"lxml"},
}
TRANSPORTS = {
    "urllib3_transport": {"urllib3"},
    "aiohttp_transport": {"aiohttp", "multidict", "yarl"},
}
SIGNERS = {"sigv4a": {"cryptography"}}
# What comes beside a client, and only test code imports.
TESTING = {
    name: {"hypothesis"}
    for name in (
        *("breaking", "conformance", "drawing", "leaves", "probes", "rare_values"),
        *("strategies", "few_values", "heights"),
    )
}
# What would make importing a generated package slow.
SLOW = {
    "asyncio",
    "dataclasses",
    "email",
    "enum",
    "inspect",
    "logging",
    "ssl",
    "urllib",
}


class Import(NamedTuple):
    """One import: what, by whom, and whether importing the module runs it."""

    name: str
    level: int
    module: Path
    line: int
    at_import: bool

    @property
    def where(self) -> str:
        return f"{self.module.relative_to(PACKAGE)}:{self.line}"


def room(module: Path) -> str:
    """The part of the program that a module belongs to."""
    first = module.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imports(module: Path) -> Iterator[Import]:
    """Every import of a module, those in functions too."""
    tree = ast.parse(module.read_text("utf-8"))
    late = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        or (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING")
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found = [(alias.name, 0) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module] if node.module else [a.name for a in node.names]
            if node.module == "specwright":
                names = [f"specwright.{alias.name}" for alias in node.names]
            found = [(name, node.level) for name in names]
        else:
            continue
        for name, level in found:
            yield Import(name, level, module, node.lineno, id(node) not in late)


def target(name: str) -> str:
    """The part that an absolute import of the program reaches."""
    part = name.split(".")[1] if "." in name else "__init__"
    return part if part in ALLOWED else "__init__"


EVERY = [found for module in MODULES for found in imports(module)]


def test_every_part_has_its_place_in_the_table():
    assert {room(module) for module in MODULES} == set(ALLOWED)


@pytest.mark.parametrize("part", ALLOWED)
def test_arrows_point_one_way(part: str):
    wrong = [
        f"{part} → {target(found.name)} ({found.where})"
        for found in EVERY
        if room(found.module) == part
        and found.level == 0
        and found.name.partition(".")[0] == "specwright"
        and target(found.name) not in {part, *ALLOWED[part]}
    ]
    assert not wrong, "imports that the design forbids: " + ", ".join(wrong)


def test_the_table_has_no_circles():
    waiting, reached = dict(ALLOWED), set()
    while waiting:
        free = {part for part, needed in waiting.items() if needed <= reached}
        assert free, f"these import each other: {sorted(waiting)}"
        reached |= free
        waiting = {p: needed for p, needed in waiting.items() if p not in free}


def test_the_table_allows_nothing_that_is_not_used():
    """Else an arrow could turn round unnoticed; parts that are to come may keep theirs."""
    used = {
        (room(found.module), target(found.name))
        for found in EVERY
        if found.level == 0 and found.name.partition(".")[0] == "specwright"
    }
    to_come = {("sources", part) for part in ALLOWED["sources"]}
    to_come |= {("workflow", part) for part in ("__init__", "document", "sources")}
    stated = {(part, other) for part, others in ALLOWED.items() for other in others}
    assert stated - used <= to_come


@pytest.mark.parametrize("part", ALLOWED)
def test_distributions_stay_where_they_belong(part: str):
    wrong = [
        f"{part} → {found.name} ({found.where})"
        for found in EVERY
        if room(found.module) == part
        and found.level == 0
        and (top := found.name.partition(".")[0]) != "specwright"
        and top not in sys.stdlib_module_names
        and top not in THIRD_PARTY.get(part, set())
        and top not in (TRANSPORTS | SIGNERS | TESTING).get(found.module.stem, set())
    ]
    assert not wrong, "distributions in the wrong place: " + ", ".join(wrong)


RUNTIME = [found for found in EVERY if room(found.module) == "runtime"]


def test_the_runtime_imports_itself_relatively_only():
    """It is copied into packages of any name."""
    wrong = [f.where for f in RUNTIME if f.name.startswith("specwright") or f.level > 1]
    assert not wrong


def test_the_runtime_meets_other_distributions_at_the_first_send():
    wrong = [
        f"{found.name} ({found.where})"
        for found in RUNTIME
        if found.level == 0
        and found.at_import
        and found.module.stem not in TESTING
        and found.name.partition(".")[0] not in sys.stdlib_module_names
    ]
    assert not wrong


def test_importing_the_runtime_imports_nothing_slow():
    wrong = [
        f"{found.name} ({found.where})"
        for found in RUNTIME
        if found.level == 0
        and found.at_import
        and found.name.partition(".")[0] in SLOW
        and found.module.stem not in TRANSPORTS
    ]
    assert not wrong


def test_every_module_of_the_runtime_is_copied_with_what_it_imports():
    from specwright.render.files import FEATURES, runtime_files

    def modules(*features: str) -> set[str]:
        paths = runtime_files(features)
        return {path.removeprefix("_runtime/").removesuffix(".py") for path in paths}

    whole = {module.stem for module in MODULES if room(module) == "runtime"}
    assert modules(*FEATURES) == whole
    for features in ((), *((feature,) for feature in FEATURES)):
        copied = modules(*features)
        missing = {
            f"{found.name} ({found.where})"
            for found in RUNTIME
            if found.level and found.module.stem in copied and found.name not in copied
        }
        assert not missing, features


def test_views_know_nothing_of_how_specs_are_written():
    """Names of Python are made from the model, whatever wrote it; nobody else makes them."""
    for module in MODULES:
        if room(module) in ("model", "document", "resolve", "server", "output"):
            for found in imports(module):
                assert found.name != "keyword", found.where
