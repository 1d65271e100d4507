"""The JSON Schema of specs: what editors are told, and how its errors become findings."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from specwright.document import check_form, read_bytes, schema
from specwright.document.compose import MAX_FINDINGS
from specwright.resolve.constraints import KEYS
from specwright.resolve.members import BUILTINS, LOCATIONS

OPERATION = "specwright: 1\noperation: Do\nhttp: {method: GET, path: /}\n"


def told(text: str) -> list[str]:
    document, findings = read_bytes(text.encode(), "x.yaml")
    assert findings == []
    assert document is not None
    return [str(finding) for finding in check_form(document)]


def definitions() -> dict[str, Any]:
    found = schema()["$defs"]
    assert isinstance(found, dict)
    return found


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(schema())


def test_every_key_has_help_for_editors() -> None:
    for name in ("operation", "service", "shapes", "shape", "member"):
        definition = definitions()[name]
        assert {"title", "description"} <= definition.keys()
        for key, help_text in definition["properties"].items():
            assert {"title", "description"} <= help_text.keys(), f"{name}.{key}"


def test_schema_and_resolver_know_the_same_words() -> None:
    member, shape = (
        definitions()["member"]["properties"],
        definitions()["shape"]["properties"],
    )
    assert set(shape["type"]["enum"]) == set(BUILTINS)
    assert all(kind in member["type"]["description"] for kind in BUILTINS)
    assert set(member["in"]["enum"]) == set(LOCATIONS)
    assert set(KEYS) <= {*member, *shape}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x: 1\n", ["unknown-key", "missing-key", "missing-key"]),
        ("specwright: 2\nshapes: {}\n", ["bad-value"]),
        ("specwright: '1'\nshapes: {}\n", ["bad-value"]),
        ("specwright: 1\nshapes: []\n", ["wrong-type"]),
        (OPERATION + "shapes: ~\n", ["wrong-type"]),
        (OPERATION + "input: {ref: a b}\n", ["bad-value"]),
        (OPERATION + "input: {ref: A, a: {type: string}}\n", ["unknown-key"]),
        (OPERATION + "checksum: {algorithm: x}\nwaiters: {}\n", []),
        (OPERATION + "checksum: {algorithms: x}\n", ["unknown-key"]),
        (OPERATION + "context: {A: {value: 1}}\n", ["wrong-type"]),
        (OPERATION + "context: {A: {value: x, path: y}}\n", ["bad-value"]),
        (
            "specwright: 1\noperation: 'Do\n\n  '\nhttp: {method: GET, path: /}\n",
            ["bad-value"],
        ),
        ("specwright: 1\nshapes: {A: {type: list, item: {}}}\n", ["missing-key"]),
        (
            "specwright: 1\nshapes: {A: {type: list, item: {type: string, from: [a]}}}\n",
            ["wrong-type"],
        ),
    ],
)
def test_form_has_codes(text: str, expected: list[str]) -> None:
    codes = [line.split("[")[1].split("]")[0] for line in told(text)]
    assert sorted(codes) == sorted(expected)


def test_a_message_names_value_and_expectation() -> None:
    assert told(OPERATION + "errors: {a: 1}\ndoc: 5\nhost_prefix: ''\nauth: ~\n") == [
        (
            "x.yaml:5:6: error[wrong-type]: this is 5, and should be a text\n"
            "  hint: quote it, so that it is a text"
        ),
        "x.yaml:6:14: error[bad-value]: this text can't be empty",
        (
            "x.yaml:7:7: error[wrong-type]: this is null, and should be a list\n"
            "  hint: write a list: [a, b]"
        ),
        (
            "x.yaml:4:9: error[wrong-type]: this is a mapping, and should be a list\n"
            "  hint: write a list: [a, b]"
        ),
    ]


def test_findings_of_one_file_have_an_end() -> None:
    keys = "".join(f"unknown{n}: 1\n" for n in range(5_000))
    assert len(told(OPERATION + keys)) == MAX_FINDINGS


def test_long_values_are_shown_shortened() -> None:
    (line,) = told(OPERATION + f"input: {{a: {{type: '{'-' * 1000}'}}}}\n")
    assert len(line) < 250
