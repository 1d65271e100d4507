"""The formatter: one text for the same data, that reads back to it everywhere."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings, strategies as st

from specwright.document import format_spec, read_bytes, read_document
from specwright.document.write import WIDTH

SPECS = Path(__file__).parents[3] / "specs"
NASTY = [
    *[
        "NO",
        "on",
        "y",
        "1_000",
        "2023-04-20",
        "0o7",
        "0b1",
        "~",
        "=",
        "<<",
        "null",
        ".inf",
        "1e3",
        "12:30:45",
        "-",
        "?",
        ":",
        "---",
        "...",
        "!x",
        "&a",
        "*a",
    ],
    *[
        "",
        " a",
        "a ",
        "a: b",
        "a:",
        "a #b",
        "#a",
        "[a",
        "{a",
        "a]",
        "a,b",
        "a?b",
        "'",
        '"',
        "`a",
        "@a",
    ],
    *[
        "%a",
        "|",
        ">",
        "a\nb",
        "a\n\nb",
        "\n",
        "a\n",
        "\ta",
        "a\tb",
        "é",
        "\U0001f44d",
        "\x85",
        "\u2028",
    ],
    *[
        "\ufeff",
        "\x00",
        "\x7f",
        "\u202e",
        "it's",
        "a  b",
        "- a",
        "? a",
        "!",
        "s3://x",
        "{{ x }}",
        "\\S*",
    ],
    "word " * 40 + "end",
    "one " * 30 + "a\n\n\n" + "two " * 30 + "b",
]
texts = st.one_of(
    st.sampled_from(NASTY),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    st.text("ab \n:#-'", max_size=300),
)
numbers = st.one_of(
    st.integers(-(10**30), 10**30),
    st.decimals(allow_nan=False, allow_infinity=False, places=3),
)
scalars = st.one_of(st.none(), st.booleans(), numbers, texts)
keys = st.one_of(
    st.sampled_from(
        [*NASTY[:-2], "doc", "type", "members", "item", "xml", "from", "because"]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)
specs = st.dictionaries(
    st.sampled_from(
        ["specwright", "doc", "sources", "input", "shapes", "http", "errors", "x", "NO"]
    ),
    values,
    min_size=1,
)


def read(text: str) -> Any:
    document, findings = read_bytes(text.encode(), "x.yaml")
    assert findings == [], text
    assert document is not None
    return document.data


# Specs are nested; a machine with other work to do may be slow to draw some.
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(specs)
@example({"doc": "a\nb", "input": {"x": {"doc": "word " * 40 + "end"}}})
@example({"x": [["a", {"b": []}], {}]})
@example({})
def test_what_is_written_reads_back(data: dict[str, object]) -> None:
    text = format_spec(data)
    assert read(text) == data
    assert format_spec(read(text)) == text


@given(
    st.dictionaries(
        st.sampled_from(["doc", "x", "shapes"]), texts | st.lists(texts), min_size=1
    )
)
def test_texts_are_texts_for_readers_of_yaml_1_1_too(data: dict[str, object]) -> None:
    assert yaml.safe_load(format_spec(data)) == data


@given(texts, texts)
def test_keys_are_texts_for_readers_of_yaml_1_1_too(name: str, value: str) -> None:
    name = name[:60]
    data = {"input": {name: {"type": value}}, "x": {name: [value]}}
    assert yaml.safe_load(format_spec(data)) == data


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("plain words", "x: plain words"),
        ("NO", "x: 'NO'"),
        ("1.1", "x: '1.1'"),
        ("it's", "x: it's"),
        ("'a'", "x: '''a'''"),
        ("[a-z]+", "x: '[a-z]+'"),
        (r"\S*", r"x: \S*"),
        ("a\u202eb", r'x: "a\u202eb"'),
        ("naïve 👍", "x: naïve 👍"),
        (None, "x: null"),
        (True, "x: true"),
        (Decimal("0.50"), "x: 0.50"),
        (Decimal(5), "x: 5.0"),
        (0.1, "x: 0.1"),
        ([], "x: []"),
        ({}, "x: {}"),
        (["a", "b,c", None], "x: [a, 'b,c', null]"),
    ],
)
def test_a_value_is_quoted_only_where_it_has_to_be(value: object, line: str) -> None:
    assert format_spec({"x": value}) == line + "\n"


def test_keys_have_one_order_and_members_keep_theirs() -> None:
    one = {
        "input": {
            "b": {"in": "query", "type": "string"},
            "a": {
                "match": "full",
                "pattern": "x",
                "type": "string",
                "xml": {"flattened": True, "name": "N1"},
            },
        },
        "http": {"path": "/", "method": "GET"},
        "operation": "Do",
        "specwright": 1,
    }
    assert format_spec(one) == (
        "specwright: 1\n"
        "operation: Do\n"
        "http: {method: GET, path: /}\n"
        "input:\n"
        "  b: {type: string, in: query}\n"
        "  a: {type: string, pattern: x, match: full, xml: {name: N1, flattened: true}}\n"
    )


def test_long_members_and_those_with_members_become_blocks() -> None:
    prose = "A text of many words, " * 8 + "that goes on."
    text = format_spec(
        {
            "shapes": {
                "S": {
                    "type": "structure",
                    "members": {"a": {"type": "string", "doc": prose}},
                }
            }
        }
    )
    assert text.startswith(
        "shapes:\n  S:\n    type: structure\n    members:\n      a:\n        type: string\n        doc: >-\n"
    )
    assert max(len(line) for line in text.splitlines()) <= WIDTH


@pytest.mark.parametrize(
    "path", sorted(SPECS.rglob("*.yaml")), ids=lambda p: f"{p.parent.name}/{p.name}"
)
def test_our_specs_are_formatted(path: Path) -> None:
    document, findings = read_document(path)
    assert findings == []
    assert document is not None
    assert format_spec(document.data) == path.read_text("utf-8")
