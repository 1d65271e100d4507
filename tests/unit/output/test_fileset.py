"""Paths are checked before anything touches a disk."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from specwright.output.fileset import file_set, path_problem


def codes(*groups: dict[str, str]) -> list[str]:
    files, found = file_set(groups)
    assert (files is None) == bool(found)
    return [diagnostic.code for diagnostic in found]


def test_groups_become_one_mapping_in_order_of_path() -> None:
    files, found = file_set([{"b/x.py": "x = 1\n"}, {"a.py": "é"}])
    assert found == []
    assert files is not None
    assert list(files.items()) == [("a.py", "é".encode()), ("b/x.py", b"x = 1\n")]


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/etc/passwd",
        "../up.py",
        "a/../../up.py",
        "a//b.py",
        "./a.py",
        "a\\b.py",
        "c:/a.py",
        "a/b\n.py",
        "a\0.py",
        "a/b.",
        "a /b.py",
        "a/",
    ],
)
def test_a_path_that_is_not_portable_and_relative_is_refused(path: str) -> None:
    assert codes({path: ""}) == ["output-path"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("a/Client.py", "a/client.py"),
        ("A/x.py", "a/y.py"),
        ("caf\u00e9.py", "cafe\u0301.py"),
        ("a", "a/b.py"),
        ("same.py", "same.py"),
    ],
)
def test_two_files_in_one_place_are_refused(first: str, second: str) -> None:
    assert set(codes({first: ""}, {second: ""})) == {"output-collision"}


def test_every_problem_is_found_at_once() -> None:
    found = codes({"/a": "", "b.py": ""}, {"B.py": "", "../c": ""})
    assert sorted(found) == ["output-collision", "output-path", "output-path"]


@given(st.text(alphabet="ab./\\ ~\0\u00e9", max_size=8))
def test_an_accepted_path_stays_below_its_folder(path: str) -> None:
    if path_problem(path) is None:
        parts = path.split("/")
        assert "\\" not in path
        assert "\0" not in path
        assert all(part not in {"", ".", ".."} for part in parts)
