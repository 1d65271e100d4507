"""The quick judgement of a spec's form says what the schema's own library says."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st
from jsonschema import Draft202012Validator

from specwright.document import read_document, schema
from specwright.document.accept import acceptor

SPECS = sorted((Path(__file__).parents[3] / "specs").rglob("*.yaml"))
VALIDATOR = Draft202012Validator(schema())
ACCEPTS = acceptor(schema())
FULL = {
    "specwright": 1,
    "operation": "Do",
    "http": {"method": "GET", "path": "/{a}", "status": 204},
    "checksum": {"required": True, "response_algorithms": ["CRC32"]},
    "context": {"A": {"value": True}, "B": {"path": "a"}},
    "from": {"default": "model"},
    "input": {
        "a": {"type": "string", "length": [1, None], "pattern": "a", "match": "full"},
        "b": {"ref": "string", "range": [0, Decimal("1.5")], "enum": ["x"]},
        "c": {"type": "list", "item": {"type": "map", "key": {"type": "string"}}},
    },
    "output": {"ref": "Out"},
    "pagination": {"input_token": "a", "output_token": ["b"], "constant": ["c"]},
    "waiters": {
        "W": {
            "delay": 1,
            "attempts": 2,
            "acceptors": [
                {"state": "retry", "matcher": "path", "path": "a", "expected": True}
            ],
        }
    },
    "shapes": {
        "Out": {"type": "structure", "error": {"status": 400}, "members": {}},
        "X": {"type": "string", "xml": {"namespace": {"uri": "u"}, "order": ["a"]}},
    },
}
VALUES = st.one_of(
    st.sampled_from(
        [None, True, False, 0, 1, -1, 600, 2.0, 2.5, Decimal("1.5"), "", "x", "a b"]
    ),
    st.sampled_from(
        [[], {}, ["x"], [1, 2], [2, 1, 0], {"type": "string"}, {"ref": "X"}]
    ),
)
KEYS = st.sampled_from(
    [
        "type",
        "ref",
        "match",
        "pattern",
        "in",
        "enum",
        "x y",
        "members",
        "from",
        "service",
    ]
)


def places(
    value: object, path: tuple[object, ...] = ()
) -> Iterator[tuple[object, ...]]:
    yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from places(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from places(inner, (*path, number))


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_it_accepts_specs(path: Path) -> None:
    document, _ = read_document(path)
    assert document is not None
    assert ACCEPTS(document.data)


@settings(max_examples=400)
@given(
    st.sampled_from([p for p in places(FULL) if p]),
    VALUES,
    st.none() | KEYS,
    st.booleans(),
)
def test_it_agrees_with_the_library(
    path: tuple[str, ...], value: object, key: str | None, removed: bool
) -> None:
    data = copy.deepcopy(FULL)
    around: dict[str, object] = data
    for step in path[:-1]:
        around = around[step]  # type: ignore[assignment]
    target = around[path[-1]]
    if key is not None and isinstance(target, dict):
        target[key] = value
    elif removed and isinstance(around, dict):
        del around[path[-1]]
    else:
        around[path[-1]] = value
    assert ACCEPTS(data) == VALIDATOR.is_valid(data)


def test_a_keyword_that_it_does_not_know_is_not_overlooked() -> None:
    with pytest.raises(KeyError):
        acceptor({"type": "object", "oneOf": []})
