"""The strategies that come with a client, as its users call them."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings, strategies as st
from hypothesis.errors import Unsatisfiable

from specwright.workflow.generate import generate
from specwright.workflow.intent import Options

QUICK = settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


DEEP = {
    "service.yaml": """
service: Deep
title: Deep
version: '1'
protocols: [rest-json]
endpoint: {prefix: deep}
""",
    "operations/PutTree.yaml": """
operation: PutTree
http: {method: POST, path: /tree}
input:
  children: {type: list, length: [0, 100], item: {type: Node}}
shapes:
  Node:
    type: structure
    members:
      children: {type: list, length: [0, 100], item: {type: Node}}
      named: {type: map, length: [0, 40], key: {type: string}, value: {type: Node}}
""",
    "operations/PutMaps.yaml": """
operation: PutMaps
http: {method: POST, path: /maps}
input:
  any: {type: map, length: [0, 50], key: {type: string}, value: {type: string}}
  letters:
    type: map
    length: [1, 50]
    key: {type: string, pattern: '[a-z]', match: full}
    value: {type: string}
  choices: {type: map, length: [0, 50], key: {type: Choice}, value: {type: string}}
  words:
    type: list
    unique: true
    length: [2, 40]
    item: {type: string, length: [1, 9]}
shapes:
  Choice: {type: string, enum: [a, b, c]}
""",
    "operations/PutTexts.yaml": """
operation: PutTexts
http: {method: POST, path: /texts}
input:
  plain: {type: string, length: [1, 90], pattern: '[a-z]+', match: full}
  looking:
    type: string
    length: [3, 90]
    pattern: '(?!.*[a-z0-9]{4})[a-z0-9]{3,}'
    match: full
""",
    "operations/PutDocuments.yaml": """
operation: PutDocuments
http: {method: POST, path: /documents}
input:
  one: {type: document, required: true}
  many: {type: list, item: {type: document}}
  levels: {type: list, item: {type: integer, range: [-3, 9]}}
""",
}


@pytest.fixture(scope="session")
def rich(clients: Path) -> ModuleType:
    return import_module("drawn.rich")


@pytest.fixture(scope="session")
def deep(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """A service with lists in lists, in the package ``deeply``."""
    folder = tmp_path_factory.mktemp("deep")
    (folder / "specs/deep/operations").mkdir(parents=True)
    for path, text in DEEP.items():
        (folder / "specs/deep" / path).write_text(f"specwright: 1\n{text}", "utf-8")
    done = generate(
        Options(folder / "specs", folder / "deeply", extras=("strategies", "tests"))
    )
    assert done.ok, done.diagnostics
    sys.path.insert(0, str(folder))
    yield import_module("deeply.deep")
    sys.path.remove(str(folder))


def drawn(strategy: st.SearchStrategy[Any], number: int = 20) -> list[Any]:
    """Some values of a strategy."""
    found: list[Any] = []

    @settings(
        QUICK,
        max_examples=number,
        phases=[Phase.generate],
        database=None,
        derandomize=True,
    )
    @given(strategy)
    def collect(value: Any) -> None:
        found.append(value)

    collect()
    return found


def test_valid_requests_meet_the_constraints_by_hand(rich: ModuleType) -> None:
    seen = set()
    for request in drawn(rich.strategies.valid(rich.PutThingRequest), 150):
        assert re.fullmatch("[a-z][a-z0-9-]{1,11}", request.name)
        assert request.kind in ("plain", "fancy", "other")
        assert request.page is None or 1 <= request.page <= 50
        assert request.ratio is None or 0.5 <= request.ratio <= 2.5
        assert request.tags is None or 1 <= len(request.tags) <= 3
        assert request.notes is None or len(request.notes) <= 2
        seen |= {
            name for name in request.__slots__ if getattr(request, name) is not None
        }
    assert seen == set(rich.PutThingRequest.__slots__), "no member is never drawn"


def test_boundaries_are_the_ends_of_the_limits(rich: ModuleType) -> None:
    found = drawn(rich.strategies.boundary(rich.PutThingRequest), 200)
    assert {len(request.name) for request in found} == {2, 12}
    assert {request.page for request in found} - {None} == {1, 50}
    assert {request.ratio for request in found} - {None} == {0.5, 2.5}
    assert {len(request.data) for request in found if request.data} == {1, 16}
    assert {request.tiny for request in found} - {None} == {-128, 127}
    assert all(request.violations() == [] for request in found)


def test_large_maps_have_keys_that_differ(deep: ModuleType) -> None:
    found = drawn(deep.strategies.boundary(deep.PutMapsRequest), 60)
    assert all(request.violations() == [] for request in found)
    for name, sizes in {
        "any": {0, 50},
        "letters": {1, 26},
        "choices": {0, 3},
        "words": {2, 40},
    }.items():
        drawn_sizes = {len(getattr(each, name) or ()) for each in found}
        assert drawn_sizes - {0} == sizes - {0}, name


def test_maps_are_not_made_too_large_where_keys_run_out(deep: ModuleType) -> None:
    lengths = [
        pointer
        for kind, pointer in deep.strategies.breakable(deep.PutMapsRequest)
        if kind == "length"
    ]
    assert {"/any", "/letters", "/words"}.issubset(lengths)
    assert "/choices" not in lengths
    for name, sizes in {"any": {51}, "letters": {0}, "words": {1, 41}}.items():
        wrong = deep.strategies.broken(deep.PutMapsRequest, "length", f"/{name}")
        assert {len(getattr(each, name)) for each in drawn(wrong)} == sizes


def test_items_of_lists_without_an_end_are_at_their_bounds(deep: ModuleType) -> None:
    found = drawn(deep.strategies.boundary(deep.PutDocumentsRequest), 60)
    assert {len(each.levels) for each in found if each.levels is not None} == {0, 1}
    assert {each.levels[0] for each in found if each.levels} == {-3, 9}


def test_the_longest_texts_are_drawn_where_any_is_found(deep: ModuleType) -> None:
    found = drawn(deep.strategies.boundary(deep.PutTextsRequest), 60)
    assert {len(each.plain) for each in found if each.plain} == {1, 90}
    assert {len(each.looking) for each in found if each.looking} == {3}


def test_documents_are_left_out_where_they_are_required(deep: ModuleType) -> None:
    found = drawn(deep.strategies.broken(deep.PutDocumentsRequest, "required", "/one"))
    assert all("one" not in request.to_dict() for request in found)
    listed = deep.strategies.breakable(deep.PutDocumentsRequest)
    assert ("required", "/many/*") not in listed
    assert ("type", "/many/*") in listed


def test_the_generated_tests_of_a_deep_service_pass(deep: ModuleType) -> None:
    assert deep.__file__ is not None
    folder = Path(deep.__file__).parent
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"),
            *("--rootdir", str(folder.parent), str(folder)),
        ],
        cwd=folder.parents[1],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def nodes(value: Any) -> list[Any]:
    """A node and all below it."""
    found = [value] if hasattr(value, "children") else []
    below = [*(getattr(value, "children", None) or ())]
    below += (getattr(value, "named", None) or {}).values()
    return [*found, *(each for inner in below for each in nodes(inner))]


def test_boundaries_of_lists_in_lists_stay_within_reason(deep: ModuleType) -> None:
    found = drawn(deep.strategies.boundary(deep.PutTreeRequest), 200)
    sizes = {len(request.children) for request in found if request.children}
    inner = {len(each.children) for r in found for each in nodes(r) if each.children}
    assert sizes == {1, 100}
    assert inner == {1, 100}
    assert max(len(nodes(request)) for request in found) < 3_000
    assert all(request.violations() == [] for request in found)


@pytest.mark.parametrize(
    ("kind", "pointer", "value"),
    [
        ("range", "/page", lambda r: r.page in (0, 51)),
        ("required", "/kind", lambda r: not hasattr(r, "kind")),
        ("enum", "/kind", lambda r: r.kind not in ("plain", "fancy", "other")),
        ("unique", "/tags", lambda r: len(set(r.tags)) < len(r.tags)),
        ("length", "/tags/*", lambda r: any(len(tag) in (0, 6) for tag in r.tags)),
        ("length", "/tags/1", lambda r: len(r.tags[1]) in (0, 6)),
        (
            "pattern",
            "/notes/{key}",
            lambda r: any(not re.fullmatch("[a-z]+", key) for key in r.notes),
        ),
        ("length", "/notes/abc", lambda r: len(r.notes["abc"]) == 7),
        ("union", "/choice", lambda r: len(r.choice.to_dict()) != 1),
        ("range", "/part/inner/level", lambda r: r.part.inner.level in (-2, 8)),
        (
            "range",
            "/parts/*/choice/number",
            lambda r: any(p.choice and p.choice.number in (0, 3) for p in r.parts),
        ),
        ("label", "/name", lambda r: r.name in ("", ".", "..")),
    ],
)
def test_one_constraint_is_broken_and_no_other_place(
    rich: ModuleType, kind: str, pointer: str, value: Any
) -> None:
    # Keys are told where their map is.
    told = pointer.removesuffix("/{key}")
    place = re.compile(re.escape(told).replace(r"\*", "[^/]+"))
    for request in drawn(rich.strategies.broken(rich.PutThingRequest, kind, pointer)):
        assert value(request)
        found = request.violations()
        assert kind in {violation.kind for violation in found}
        assert all(place.fullmatch(violation.pointer) for violation in found), found


def test_what_nothing_breaks_is_listed_and_refused(rich: ModuleType) -> None:
    strategies, request = rich.strategies, rich.PutThingRequest
    listed = strategies.unbreakable(request)
    assert strategies.Constraint("range", "/page") in strategies.breakable(request)
    assert not set(listed) & set(strategies.breakable(request))
    for constraint in listed:
        with pytest.raises(Unsatisfiable):
            strategies.broken(request, *constraint)
    with pytest.raises(Unsatisfiable, match="breaks pattern at '/page'"):
        strategies.broken(request, "pattern", "/page")


@pytest.mark.parametrize(
    ("pointer", "message"),
    [
        ("/pgae", "no member is called 'pgae'; did you mean 'page'"),
        ("page", "no JSON Pointer"),
        ("/page/x", "a integer has nothing at 'x'"),
        ("/tags/x", "a list has nothing at 'x'"),
    ],
)
def test_pointers_that_lead_nowhere_are_told(
    rich: ModuleType, pointer: str, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        rich.strategies.broken(rich.PutThingRequest, "range", pointer)


def test_a_range_as_wide_as_its_type_can_not_be_broken(clients: Path) -> None:
    schema = import_module("drawn._runtime.schema")
    breaking = import_module("drawn._runtime.breaking")
    whole = schema.Byte(range=(-128, 127))
    assert breaking.outside(whole) is None
    assert breaking.outside(schema.Byte(range=(-128, 126))) is not None


def test_responses_take_members_of_the_users(rich: ModuleType) -> None:
    strategies = rich.strategies
    named = strategies.response(rich.PutThingResponse, name="given")
    assert {response.name for response in drawn(named)} == {"given"}
    either = strategies.response(
        rich.PutThingResponse, name=st.sampled_from(["a", "b"])
    )
    assert {response.name for response in drawn(either, 40)} == {"a", "b"}


def test_every_operation_of_the_specs_has_valid_requests(clients: Path) -> None:
    for package in ("bedrock", "sagemaker"):
        module = import_module(f"drawn.{package}")
        strategies = import_module(f"drawn.{package}.strategies")
        client = next(
            v
            for k, v in vars(import_module(f"drawn.{package}.client")).items()
            if k.endswith("Client") and k != "Client"
        )
        made = client(region="us-east-1")
        for operation in client.operations.values():
            for request in drawn(strategies.valid(operation.request), 10):
                assert request.violations() == []
                made.prepare(request)
            assert drawn(strategies.response(operation.response), 3)
        assert module.strategies is strategies


def test_clients_do_not_import_hypothesis(clients: Path) -> None:
    code = (
        "import sys, drawn.rich as rich; rich.RichClient; rich.PutThingRequest;"
        "sys.exit('hypothesis' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=clients.parent, check=False)
    assert done.returncode == 0
