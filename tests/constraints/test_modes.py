"""Each kind of constraint by its mode, at every kind of place, for a client and for one view."""

from __future__ import annotations

import warnings
from typing import Any

import pytest
from tests.constraints.conftest import Requests

# Requests that break one constraint each, by kind.
BROKEN: dict[str, list[tuple[str, dict[str, Any]]]] = {
    "length": [
        ("Length", {name: value})
        for name, value in {
            "string": "a",
            "blob": b"a",
            "list": ["a"],
            "map": {"a": "b"},
            "texts": ["a"],
            "keys": {"a": "v"},
            "values": {"k": "a"},
        }.items()
    ],
    "range": [
        ("Range", {name: 1})
        for name in ("byte", "long", "float", "double", "biginteger")
    ],
    "pattern": [
        ("Pattern", {"list": ["xyz"]}),
        ("Pattern", {"keys": {"xyz": "v"}}),
        ("Pattern", {"union": {"first": "xyz"}}),
        ("Recursive", {"union": {"tree": {"union": {"leaf": "xyz"}}}}),
    ],
    "enum": [
        ("Enum", {"string": "x"}),
        ("Enum", {"list": ["x"]}),
        ("Enum", {"keys": {"x": "v"}}),
        ("Enum", {"values": {"k": "x"}}),
    ],
    "unique": [("Unique", {"string": ["a", "a"]}), ("Unique", {"structure": [{}, {}]})],
}
ALWAYS: list[tuple[str, dict[str, Any], str]] = [
    ("Required", {}, "required"),
    ("Types", {"integer": "1"}, "type"),
    ("Types", {"list": [1]}, "type"),
    ("Recursive", {"union": {}}, "union"),
]
CASES = [(kind, *case) for kind, cases in BROKEN.items() for case in cases]


def client(package: Any, validation: Any) -> Any:
    return package.ConstrainedClient(
        region="us-east-1", endpoint_url="http://localhost", validation=validation
    )


@pytest.mark.parametrize(("kind", "operation", "values"), CASES)
def test_a_kind_is_refused_warned_of_or_let_through(
    package: Any,
    request_of: Requests,
    kind: str,
    operation: str,
    values: dict[str, Any],
) -> None:
    request = request_of(operation, values)
    (violation,) = request.violations()
    assert violation.kind == kind
    others = {other: "off" for other in BROKEN if other != kind}
    for strict in (client(package, "strict"), client(package, others)):
        with pytest.raises(package.ValidationError) as caught:
            strict.prepare(request)
        assert caught.value.violations == (violation,)
        assert strict.with_options(validation={kind: "off"}).prepare(request).body
    for careful in (
        client(package, "warn"),
        client(package, {kind: "warn"}),
        client(package, "off").with_options(validation={kind: "warn"}),
    ):
        with pytest.warns(package.ConstraintWarning) as told:
            careful.prepare(request)
        assert [str(one.message) for one in told] == [str(violation)]
        assert [one.filename for one in told] == [__file__]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for lax in (client(package, "off"), client(package, {kind: "off"})):
            assert lax.prepare(request).body


@pytest.mark.parametrize(("operation", "values", "kind"), ALWAYS)
def test_some_kinds_hold_whatever_the_modes(
    package: Any,
    request_of: Requests,
    operation: str,
    values: dict[str, Any],
    kind: str,
) -> None:
    request = request_of(operation, values)
    for mode in ("strict", "warn", "off"):
        with pytest.raises(package.ValidationError) as caught:
            client(package, mode).prepare(request)
        assert [violation.kind for violation in caught.value.violations] == [kind]
