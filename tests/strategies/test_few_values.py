"""Strategies for shapes that have hardly any values, or whose bounds no double is at."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from decimal import Decimal
from importlib import import_module
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings, strategies as st
from hypothesis.errors import Unsatisfiable

from specwright.workflow.generate import generate
from specwright.workflow.intent import Options

SERVICE = """
specwright: 1
service: Few
title: Few
version: '1'
protocols: [rest-json]
endpoint: {prefix: few}
"""
SHAPES = """
specwright: 1
shapes:
  Kind: {type: string, enum: [a, b, c]}
  Level: {type: integer, enum: [1, 2]}
  Flag: {type: structure, members: {on: {type: boolean}}}
  Either: {type: union, members: {on: {type: boolean}, level: {type: Level}}}
  Tree:
    type: structure
    members: {twigs: {type: list, unique: true, length: [2, 2], item: {type: Tree}}}
"""
# Members of which there are values, and how many items their smallest and largest have.
POSSIBLE: dict[str, tuple[str, set[int]]] = {
    "levels": (
        "{type: list, unique: true, length: [0, 9], item: {type: Level}}",
        {0, 2},
    ),
    "kinds": ("{type: list, unique: true, length: [3, 9], item: {type: Kind}}", {3}),
    "flags": (
        "{type: list, unique: true, length: [1, 4], item: {type: boolean}}",
        {1, 2},
    ),
    "digits": (
        """{type: list, unique: true, length: [9, 12],
     item: {type: long, range: [0, 9]}}""",
        {9, 10},
    ),
    "words": (
        """{type: list, unique: true, length: [2, 40],
     item: {type: string, pattern: '[ab]{2}|c', match: full}}""",
        {2, 5},
    ),
    "none_or_one": (
        """{type: list, unique: true, length: [0, 9],
     item: {type: string, length: [0, 0]}}""",
        {0, 1},
    ),
    "structures": (
        "{type: list, unique: true, length: [2, 9], item: {type: Flag}}",
        {2, 3},
    ),
    "unions": ("{type: list, unique: true, length: [4, 9], item: {type: Either}}", {4}),
    "lists": (
        """{type: list, unique: true, length: [4, 9],
     item: {type: list, unique: true, item: {type: boolean}}}""",
        {4, 5},
    ),
    "many": (
        "{type: list, unique: true, length: [300, 301], item: {type: string}}",
        {300, 301},
    ),
    "keyed": (
        "{type: map, length: [2, 9], key: {type: Kind}, value: {type: boolean}}",
        {2, 3},
    ),
    "octets": ("{type: blob, length: [0, 100000]}", {0, 100_000}),
}
IMPOSSIBLE = {
    "levels": "{type: list, unique: true, length: [3, 9], item: {type: Level}}",
    "flags": "{type: list, unique: true, length: [3, 3], item: {type: boolean}}",
    "keyed": "{type: map, length: [4, 9], key: {type: Kind}, value: {type: string}}",
    "ranged": "{type: Level, range: [7, 9]}",
    "twigs": "{type: list, unique: true, length: [2, 2], item: {type: Tree}}",
    "words": "{type: string, length: [3, 3], pattern: '[ab]{2}|c', match: full}",
}
NUMBERS = {
    "low": "{type: double, range: [100000000000000000000001, null]}",
    "high": "{type: double, range: [null, 100000000000000000000000]}",
    "endless": f"{{type: double, range: [null, 1{'0' * 390}]}}",
    "same": "{type: double, range: [0.1, 0.1]}",
    "exact": "{type: bigDecimal, range: [-1000000000000000000000000000000.5, 1e40]}",
}


ALONE = {
    "texts": """{type: map, key: {type: string},
    value: {type: string, length: [2, 2], pattern: 'x{5}', match: full}}""",
}
QUICK = settings(
    deadline=None,
    max_examples=60,
    phases=[Phase.generate],
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)


def member_lines(members: dict[str, str], *, required: bool = False) -> str:
    stated = "{required: true, " if required else "{"
    return "".join(
        f"  {name}: {text.replace('{', stated, 1)}\n" for name, text in members.items()
    )


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """A service of which each operation takes one of the members, or all numbers."""
    folder = tmp_path_factory.mktemp("few")
    operations = folder / "specs/few/operations"
    operations.mkdir(parents=True)
    (folder / "specs/few/service.yaml").write_text(SERVICE)
    (folder / "specs/few/shapes.yaml").write_text(SHAPES)
    inputs = {
        "Possible": member_lines({name: text for name, (text, _) in POSSIBLE.items()}),
        "Numbers": member_lines(NUMBERS),
        "Alone": member_lines(ALONE),
        "Label": "  name: {type: string, required: true, in: path, enum: ['.', x, '..']}\n",
        "NoLabel": "  name: {type: string, required: true, in: path, length: [0, 0]}\n",
    }
    for name, text in IMPOSSIBLE.items():
        inputs[f"No{name.title()}"] = member_lines({name: text}, required=True)
    for name, text in inputs.items():
        path = f"/{name}" + ("/{name}" if "in: path" in text else "")
        (operations / f"{name}.yaml").write_text(
            f"specwright: 1\noperation: {name}\nhttp: {{method: POST, path: '{path}'}}\n"
            f"input:\n{text}"
        )
    done = generate(
        Options(folder / "specs", folder / "fewer", extras=("strategies", "tests"))
    )
    assert done.ok, done.diagnostics
    sys.path.insert(0, str(folder))
    yield import_module("fewer.few")
    sys.path.remove(str(folder))


def drawn(strategy: st.SearchStrategy[Any]) -> list[Any]:
    """Some values of a strategy."""
    found: list[Any] = []

    @QUICK
    @given(strategy)
    def collect(value: Any) -> None:
        found.append(value)

    collect()
    return found


@pytest.mark.parametrize("name", POSSIBLE)
def test_lists_and_maps_are_as_large_as_their_items_admit(
    few: ModuleType, name: str
) -> None:
    """By the numbers of values that are told apart, counted by hand."""
    cls, (_, sizes) = few.PossibleRequest, POSSIBLE[name]
    for strategy in (few.strategies.valid(cls), few.strategies.boundary(cls)):
        found = drawn(strategy)
        assert [v for request in found for v in request.violations()] == []
    held = [getattr(request, name) for request in found]
    assert {len(each) for each in held if each is not None} == sizes


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_what_has_no_value_is_told(few: ModuleType, name: str) -> None:
    cls = getattr(few, f"No{name.title()}Request")
    for make in (few.strategies.valid, few.strategies.boundary):
        with pytest.raises(Unsatisfiable):
            make(cls)
    # The member itself can be broken all the same.
    assert {each.pointer.split("/")[1] for each in few.strategies.breakable(cls)} == {
        name
    }


def test_what_no_map_can_hold_is_broken_alone(few: ModuleType) -> None:
    """A value that can't be valid is refused at its place, and so is no other."""
    found = drawn(few.strategies.broken(few.AloneRequest, "pattern", "/texts/*"))
    assert {len(request.texts) for request in found} == {1}
    assert {v.kind for request in found for v in request.violations()} <= {
        *("pattern", "length")
    }


def test_a_key_has_a_place_where_keys_run_out(few: ModuleType) -> None:
    cls = few.NoKeyedRequest
    inner = import_module("fewer._runtime.strategies")
    placed = inner.placed(cls, "/keyed/{key}", st.just("a"))
    assert {len(request.keyed) for request in drawn(placed)} == {3}
    broken = few.strategies.broken(cls, "enum", "/keyed/{key}")
    assert {len(request.keyed) for request in drawn(broken)} == {4}
    with pytest.raises(Unsatisfiable):
        few.strategies.broken(cls, "type", "/keyed/a")


def test_labels_are_none_that_a_path_can_not_hold(few: ModuleType) -> None:
    found = drawn(few.strategies.valid(few.LabelRequest))
    assert {request.name for request in found} == {"x"}
    with pytest.raises(Unsatisfiable):
        few.strategies.valid(few.NoLabelRequest)


@pytest.mark.parametrize("ends", ["valid", "boundary"])
def test_bounds_that_are_no_doubles_hold(few: ModuleType, ends: str) -> None:
    found = drawn(getattr(few.strategies, ends)(few.NumbersRequest))
    assert [v for request in found for v in request.violations()] == []
    if ends == "boundary":
        for name, ends_by_hand in {
            "low": {1.0000000000000001e23},
            "high": {1e23},  # which is less, as a double
            "endless": {sys.float_info.max},
            "same": {0.1},
            "exact": {Decimal("-1000000000000000000000000000000.5"), Decimal("1E+40")},
        }.items():
            values = {getattr(request, name) for request in found} - {None}
            assert values == ends_by_hand, name


@pytest.mark.parametrize("name", NUMBERS)
def test_bounds_that_are_no_doubles_are_overstepped(few: ModuleType, name: str) -> None:
    broken = drawn(few.strategies.broken(few.NumbersRequest, "range", f"/{name}"))
    for request in broken:
        assert {(v.kind, v.pointer) for v in request.violations()} == {
            ("range", f"/{name}")
        }


def test_every_constraint_is_broken_where_it_is(few: ModuleType) -> None:
    cls = few.PossibleRequest
    for each in few.strategies.breakable(cls):
        for request in drawn(few.strategies.broken(cls, *each))[:5]:
            assert each.kind in {violation.kind for violation in request.violations()}
