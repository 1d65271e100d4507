"""Files of the repository: short, named for a purpose, and free of where they were made."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PARTS = ["generator", "templates", "specs", "generated", "tests", ".ci"]
LONGEST = 420
SKIPPED = {"__pycache__", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis"}
# Written in pieces, so that this file does not hold them.
FORBIDDEN = re.compile(
    "|".join(
        (
            "py" + r"pi\.org",
            "npm" + r"js\.",
            "python" + r"hosted\.org",
            r"(?<!\w)/wo" + "rk/",
            "/tm" + "p/s/",
        )
    ),
    re.IGNORECASE,
)


def files() -> Iterator[Path]:
    """Every file that belongs to the project."""
    for path in sorted(ROOT.iterdir()):
        # In a worktree, ".git" is a file that leads to the repository.
        if path.is_file() and path.name != ".git":
            yield path
    for part in PARTS:
        for path in sorted((ROOT / part).rglob("*")):
            if path.is_file() and not SKIPPED & set(path.parts):
                yield path


PYTHON = [path for path in files() if path.suffix == ".py"]
GENERATOR = [p for p in PYTHON if ROOT / "generator" in p.parents]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_nothing_tells_where_it_was_made():
    found = []
    for path in files():
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        lines = enumerate(text.splitlines(), 1)
        found += [f"{name(path)}:{n}" for n, line in lines if FORBIDDEN.search(line)]
    assert not found


def test_the_words_would_be_found():
    assert FORBIDDEN.search("https://py" + "pi.org/simple")
    assert FORBIDDEN.search("open('/wo" + "rk/x')")
    assert not FORBIDDEN.search("a net" + "work/host, docs.python.org")


def test_files_stay_short():
    long = {
        name(path): count
        for path in GENERATOR
        if (count := len(path.read_text("utf-8").splitlines())) > LONGEST
    }
    assert not long, f"more than {LONGEST} lines: {long}"


@pytest.mark.parametrize("path", PYTHON, ids=name)
def test_modules_say_what_they_are_for(path: Path):
    doc = ast.get_docstring(ast.parse(path.read_text("utf-8")))
    assert doc, "no docstring"
    assert len(doc.splitlines()[0].split()) >= 3, "its first line says nothing"


def test_generator_is_a_folder_of_sources_and_no_package():
    assert not (ROOT / "generator" / "__init__.py").exists()
    assert (ROOT / "generator" / "specwright" / "py.typed").exists()
