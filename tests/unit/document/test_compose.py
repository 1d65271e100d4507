"""YAML text to plain data: what scalars mean, where things stand, and what is refused."""

from decimal import Decimal

import pytest
import yaml

from specwright.diagnostics import Diagnostic
from specwright.document.compose import MAX_DEPTH, MAX_FINDINGS, compose


def read(text: str) -> dict[str, object]:
    document, findings = compose(text, "x.yaml")
    assert document is not None
    assert findings == []
    return dict(document.data)


def told(text: str) -> list[str]:
    """Each finding as ``code line:column``."""
    return [
        f"{f.code} {f.position.line}:{f.position.column}"
        for f in compose(text, "x.yaml")[1]
    ]


def only(text: str) -> Diagnostic:
    (finding,) = compose(text, "x.yaml")[1]
    return finding


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *[
            (word, word)
            for word in [
                "NO",
                "no",
                "yes",
                "on",
                "off",
                "y",
                "N",
                "2023-04-20",
                "1_000",
                "12:30",
                "0b1",
                "1e",
                "0x",
                "=",
                ".5.",
            ]
        ],
        *[(word, None) for word in ("~", "null", "Null", "NULL", "")],
        *[(word, True) for word in ("true", "True", "TRUE")],
        *[(word, False) for word in ("false", "False", "FALSE")],
        *[("0o7", 7), ("0x1F", 31), ("007", 7), ("-12", -12), ("+3", 3)],
        *[
            ("1.5", Decimal("1.5")),
            ("1e3", Decimal(1000)),
            (".5", Decimal("0.5")),
            ("5.", Decimal(5)),
        ],
        *[(".inf", float("inf")), ("-.Inf", float("-inf"))],
        *[("'true'", "true"), ('"1"', "1"), ("''", ""), ('"\\u2028"', "\u2028")],
    ],
)
def test_scalars_are_those_of_yaml_1_2(text: str, value: object) -> None:
    found = read(f"a: {text}\n")["a"]
    assert found == value
    assert type(found) is type(value)


def test_positions_count_lines_and_characters_from_one() -> None:
    document, _ = compose("é: 1\nlist:\n  - {ß: two, b: [x]}\n", "x.yaml")
    assert document is not None
    assert str(document.at(("list", 0, "b"))) == "x.yaml:3:17"
    assert str(document.at_key(("list", 0, "b"))) == "x.yaml:3:14"
    assert str(document.at(("é",))) == "x.yaml:1:4"
    assert str(document.at_key(("list", 0))) == "x.yaml:3:5"
    assert str(document.at(("list", 0, "gone", 7))) == "x.yaml:3:5"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: &x 1\n", "anchor 1:4"),
        ("a: !!str 1\n", "tag 1:4"),
        ("a: ! x\n", "tag 1:4"),
        ("a: !!python/object:os.system [x]\n", "tag 1:4"),
        ("<<: {b: 1}\n", "merge-key 1:1"),
        ("a: 1\n---\nb: 2\n", "several-documents 2:1"),
        ("%YAML 1.1\n---\na: 1\n", "directive 1:1"),
        ("1: a\n", "key-not-text 1:1"),
        ("null: a\n", "key-not-text 1:1"),
        ("? [a]\n: b\n", "key-not-text 1:3"),
        ("{a: {b: 1}: c}\n", "malformed-yaml 1:11"),
        ("- a\n", "wrong-type 1:1"),
        ("word\n", "wrong-type 1:1"),
        ("a: b\n\tc: d\n", "malformed-yaml 2:1"),
        ("a: [1,\n", "malformed-yaml 2:1"),
        ("a: 'b\n", "malformed-yaml 2:1"),
        ("a: b: c\n", "malformed-yaml 1:5"),
        ("a: @b\n", "malformed-yaml 1:4"),
        ("a: 1\nb\nc: 2\n", "malformed-yaml 3:1"),
        (f"a: {'9' * 401}\n", "bad-number 1:4"),
        ("a: 1e999999999999\n", "bad-number 1:4"),
    ],
)
def test_what_is_refused_and_where(text: str, expected: str) -> None:
    assert told(text) == [expected]


def test_a_duplicate_key_cites_both_places() -> None:
    finding = only("a:\n  b: 1\n  c: 2\n  b: 3\n")
    assert str(finding).splitlines() == [
        "x.yaml:4:3: error[duplicate-key]: 'b' stands here a second time",
        "  x.yaml:2:3: 'b' stood here before",
        "  hint: keep one of them",
    ]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("a: b\n\tc: d\n", "spaces"),
        ("a: [1,\n", "closed"),
        ("a: 'b\n", "closed"),
        ("a: b: c\n", "quotes"),
        ("a: @b\n", "quotes"),
        ("a: 1\nb\nc: 2\n", "':'"),
        ('a: "\\ud83d\\ude00"\n', "the character itself"),
    ],
)
def test_malformed_yaml_comes_with_a_hint(text: str, hint: str) -> None:
    assert hint in (only(text).hint or "")


def test_every_finding_of_a_file_is_told_at_once() -> None:
    text = "a: &x 1\nb: *x\nb: !t 2\n3: c\nd: {<<: *x, e: 1, e: 2}\nf: [\n"
    assert told(text) == [
        "anchor 1:4",
        "alias 2:4",
        "duplicate-key 3:1",
        "tag 3:4",
        "key-not-text 4:1",
        "merge-key 5:5",
        "alias 5:9",
        "duplicate-key 5:19",
        "malformed-yaml 7:1",
    ]


def test_an_alias_bomb_costs_nothing() -> None:
    lines = ["a0: &a0 [x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 60)]
    findings = compose("\n".join(lines), "x.yaml")[1]
    assert len(findings) == MAX_FINDINGS
    assert {f.code for f in findings} == {"anchor", "alias"}


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_deep_nesting_is_refused(opening: str) -> None:
    assert told(opening * 5_000)[0].split()[0] == "nested-too-deeply"
    assert told("a: " + "[" * (MAX_DEPTH - 1) + "]" * (MAX_DEPTH - 1)) == []


def test_without_libyaml_the_same_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "a: {b: [1, 'x', ~]}\nc: |\n  d\n"
    fast, _ = compose(text, "x.yaml")
    monkeypatch.setattr("specwright.document.compose._LOADER", yaml.SafeLoader)
    slow, findings = compose(text, "x.yaml")
    assert findings == []
    assert slow == fast
