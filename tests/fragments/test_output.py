"""Whatever a spec says, its package parses, imports, is typed, and runs nothing of the text."""

import ast
import importlib
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from specwright.python import reserved
from specwright.render import format_python

STRICT = ["--strict", "--python-version", "3.11", "--no-error-summary"]


def test_modules_stay_as_black_has_them(each):
    for path, text in each.files.items():
        assert format_python(text) == text, path


def test_modules_hold_only_what_templates_put_there(each):
    """Text of the spec appears as constants and docstrings, never as code."""
    for path, text in each.files.items():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Name):
                assert node.id not in ("__import__", "setattr"), path
            if isinstance(node, ast.ImportFrom):
                assert node.level > 0 or node.module in (
                    "__future__",
                    "collections.abc",
                    "datetime",
                    "typing",
                ), path
            assert not isinstance(node, ast.Import | ast.JoinedStr), path


def test_no_class_of_the_spec_can_have_a_name_that_a_module_imports(each):
    """What generated modules take from elsewhere is reserved, so that nothing hides it."""
    for path, text in each.files.items():
        if "/_runtime/" in path or path.endswith("/__init__.py"):
            continue
        tree = ast.parse(text)
        for node in ast.walk(tree):
            if not isinstance(node, ast.ImportFrom) or node.module == "__future__":
                continue
            theirs = node.level == 0 or (node.module or "").startswith("_runtime.")
            names = {alias.asname or alias.name for alias in node.names}
            if theirs:
                assert names <= reserved.MODULE_WORDS | {"Client", "AsyncClient"} | (
                    names if path.endswith("/service.py") else set()
                ), path


def test_importing_every_module_runs_nothing_of_the_spec(each):
    for name in each.modules:
        importlib.import_module(name)
    assert not hasattr(sys, "pwned")


def test_the_sentinel_works(monkeypatch: pytest.MonkeyPatch, sentinel: str):
    """Else the test before this one could not fail."""
    monkeypatch.setattr(sys, "pwned", False, raising=False)
    eval(sentinel)
    assert sys.pwned is True  # type: ignore[attr-defined]


def test_every_name_of_a_package_is_there(each):
    for package in (each.module(), each.module(".shapes")):
        assert sorted(package.__all__) == package.__all__
        for name in package.__all__:
            assert getattr(package, name) is not None


def test_files_stand_in_the_package_and_differ_in_more_than_case(each):
    paths = list(each.files)
    assert len({path.casefold() for path in paths}) == len(paths)
    for path in paths:
        assert all(
            part.isascii() and (part.removesuffix(".py").isidentifier())
            for part in path.split("/")
        ), path


def test_no_operation_is_left_out(each):
    assert not each.left_out


def test_all_packages_are_strictly_typed(root: Path, every):
    assert len(list((root / "made").iterdir())) > len(every)
    ran = subprocess.run(
        [sys.executable, "-m", "mypy", *STRICT, "made"],
        capture_output=True,
        text=True,
        cwd=root,
        check=False,
    )
    assert ran.stdout.strip() == ""
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize(
    ("spec", "code"),
    [
        ('input: {"a\\u202Eb": {type: string}}', "bad-name"),
        ('input: {"a\\nb": {type: string}}', "bad-name"),
        ('input: {"a\\0b": {type: string}}', "bad-name"),
        (f"input: {{{'x' * 201}: {{type: string}}}}", "bad-name"),
        ("input: {'': {type: string}}", "bad-name"),
        ("shapes: {'a.b': {type: string}}", "bad-name"),
        ("shapes: {'../x': {type: string}}", "bad-name"),
        ("shapes: {'import os': {type: string}}", "bad-name"),
        ("shapes: {9lives: {type: string}}", "bad-name"),
        ("shapes: {Café: {type: string}}", "bad-name"),
        ("operation: '../Do'\nhttp: {method: GET, path: /}", "bad-value"),
        ("input: {a: {type: string}, a: {type: string}}", "duplicate-key"),
        ('http: {method: POST, path: "/a\\nb"}', "bad-path"),
    ],
)
def test_names_that_could_not_be_told_apart_are_refused(
    spec: str, code: str, refusals: Callable[[str], set[str]]
):
    assert code in refusals(spec)


@pytest.mark.parametrize("name", ["../evil", "a/b", "a.b", 'x"; y', "Café", "1st"])
def test_services_are_called_by_plain_names(
    name: str, refusals: Callable[[str], set[str]]
):
    service = f"""--- service.yaml
service: '{name}'
title: T
version: '1'
protocols: [rest-json]
endpoint: {{prefix: things}}
"""
    assert "bad-value" in refusals(service)
