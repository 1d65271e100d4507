"""A generator is known by the sources and templates that decide what it writes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from specwright.output.identity import generator_digest
from specwright.templates_dir import templates_dir


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    package = tmp_path / "repository" / "generator" / "specwright"
    for path in ("model/shapes.py", "runtime/http.py", "cli/main.py", "server/web.py"):
        (package / path).parent.mkdir(parents=True)
        (package / path).write_text(path)
    templates = tmp_path / "repository" / "templates"
    templates.mkdir()
    (templates / "client.py.j2").write_text("template")
    (tmp_path / "repository" / "pyproject.toml").write_text(
        '[project]\nname = "specwright"\n'
    )
    return package


@pytest.mark.parametrize(
    "path", ["model/shapes.py", "runtime/http.py", "../../templates/client.py.j2"]
)
def test_a_change_of_what_decides_output_changes_it(checkout: Path, path: str) -> None:
    before = generator_digest(checkout)
    (checkout / path).write_text("changed")
    assert generator_digest(checkout) != before


@pytest.mark.parametrize(
    "path", ["cli/main.py", "server/web.py", "model/shapes.pyc", ".hidden"]
)
def test_nothing_else_does(checkout: Path, path: str) -> None:
    before = generator_digest(checkout)
    (checkout / path).write_text("changed")
    (checkout / "model" / "__pycache__").mkdir()
    (checkout / "model" / "__pycache__" / "shapes.cpython-311.pyc").write_bytes(b"")
    assert generator_digest(checkout) == before


def test_a_new_room_counts(checkout: Path) -> None:
    before = generator_digest(checkout)
    (checkout / "go").mkdir()
    (checkout / "go" / "naming.py").write_text("")
    assert generator_digest(checkout) != before


def test_moving_text_between_files_counts(checkout: Path) -> None:
    before = generator_digest(checkout)
    (checkout / "model" / "shapes.py").rename(checkout / "model" / "members.py")
    assert generator_digest(checkout) != before


def test_an_installed_package_has_the_digest_of_its_checkout(
    checkout: Path, tmp_path: Path
) -> None:
    installed = tmp_path / "site-packages" / "specwright"
    shutil.copytree(checkout, installed)
    shutil.copytree(checkout.parent.parent / "templates", installed / "templates")
    assert templates_dir(installed) == installed / "templates"
    assert generator_digest(installed) == generator_digest(checkout)


def test_a_checkout_uses_its_own_templates_beside_a_stale_copy(checkout: Path) -> None:
    (checkout / "templates").mkdir()
    (checkout / "templates" / "client.py.j2").write_text("stale")
    assert templates_dir(checkout) == checkout.parent.parent / "templates"


@pytest.mark.parametrize("project", ['[project]\nname = "another"\n', None])
def test_templates_of_another_project_are_not_taken(
    checkout: Path, project: str | None
) -> None:
    file = checkout.parent.parent / "pyproject.toml"
    file.unlink() if project is None else file.write_text(project)
    assert templates_dir(checkout) == checkout / "templates"
