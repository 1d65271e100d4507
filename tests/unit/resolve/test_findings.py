"""What is wrong with a spec: a few lines of it, and each finding with its place and hint."""

from collections.abc import Callable
from typing import Any

import pytest

from specwright.diagnostics import Diagnostic

Load = Callable[..., tuple[Any, list[Diagnostic]]]

FORM = [
    ("inpt: {}", "unknown-key 4:1", "did you mean 'input'"),
    ("zzz: 1", "unknown-key 4:1", "one of: "),
    (
        "input: {a: {typ: string}}",
        "missing-key 4:9,unknown-key 4:13",
        "built-in type or the name",
    ),
    ("input: {a: {type: string, lenght: [1, 2]}}", "unknown-key 4:27", "'length'"),
    ("input: {a: string}", "wrong-type 4:12", "mapping"),
    ("input: {a: {type: 5}}", "wrong-type 4:19", "quote it"),
    ("input: {a: {type: string, doc: 1.1}}", "wrong-type 4:32", "quote it"),
    ("input: {a: {type: string, required: yes}}", "wrong-type 4:37", ""),
    (
        "input: {a: {type: string, ref: string}}",
        "conflicting-keys 4:13,unknown-shape 4:32",
        "built-in",
    ),
    ("input: {a: {type: string, length: [1]}}", "bad-value 4:35", "[1, null]"),
    ("input: {a: {type: string, length: [-1, 2]}}", "bad-value 4:36", ""),
    ("input: {a: {type: string, length: [1.5, 2]}}", "wrong-type 4:36", ""),
    ("input: {a: {type: string, length: 3}}", "wrong-type 4:35", "[a, b]"),
    ("input: {a: {type: string, in: querry}}", "bad-value 4:31", "'query'"),
    ("input: {a: {type: timestamp, timestamp: iso}}", "bad-value 4:41", "iso8601"),
    ("input: {a: {type: string, pattern: x}}", "missing-key 4:27", "match: full"),
    ("input: {a: {type: string, match: full}}", "missing-key 4:27", "remove 'match'"),
    ("input: {a: {type: string, enum: []}}", "bad-value 4:33", ""),
    ("input: {a: {type: a-b}}", "bad-value 4:19", "letters, digits"),
    ('input: {"a\\nb": {type: string}}', "bad-name 4:9", "control"),
    ("input: {'': {type: string}}", "bad-name 4:9", ""),
    (f"input: {{{'a' * 201}: {{type: string}}}}", "bad-name 4:9", ""),
    ("shapes: {a/b: {type: string}}", "bad-name 4:10", "letters, digits"),
    ("shapes: {A: {type: strng}}", "bad-value 4:20", "'string'"),
    ("shapes: {A: {type: string, in: query}}", "unknown-key 4:28", ""),
    (
        "shapes: {A: {type: structure, members: {}, error: {status: 600}}}",
        "bad-value 4:60",
        "",
    ),
    ("pagination: {}", "missing-key 4:1,missing-key 4:1", "write 'input_token': "),
    ("errors: [a b]", "bad-value 4:10", "letters"),
    ("errors: Bad", "wrong-type 4:9", "list"),
    ("sources: {a: {page: X}}", "missing-key 4:11", ""),
]

MEMBERS = [
    (
        "input: {a: {type: Thing}}\nshapes: {Things: {type: string}}",
        "unknown-shape 4:19",
        "'Things'",
    ),
    ("input: {a: {type: String}}", "unknown-shape 4:19", "'string'"),
    ("input: {a: {ref: string}}", "unknown-shape 4:18", "define it"),
    (
        "input: {a: {type: Zzz, item: {type: Yyy}}}",
        "unknown-shape 4:19,unknown-shape 4:37",
        "define",
    ),
    ("input: {a: {type: string, length: [3, 2]}}", "min-above-max 4:36", "[2, 3]"),
    (
        "input: {a: {type: double, range: [0.5, 0.25]}}",
        "min-above-max 4:35",
        "[0.25, 0.5]",
    ),
    ("input: {a: {type: integer, range: [0.5, 2]}}", "bad-value 4:36", ""),
    ("input: {a: {type: double, range: [.nan, 2]}}", "bad-value 4:35", ""),
    ("input: {a: {type: integer, length: [1, 2]}}", "misplaced-key 4:28", "strings"),
    ("input: {a: {type: string, range: [1, 2]}}", "misplaced-key 4:27", "numbers"),
    (
        "input: {a: {type: long, pattern: x, match: full}}",
        "misplaced-key 4:25,misplaced-key 4:37",
        "strings",
    ),
    (
        "input: {a: {type: boolean, enum: [x]}}",
        "misplaced-key 4:28",
        "strings and whole numbers",
    ),
    ("input: {a: {type: string, unique: true}}", "misplaced-key 4:27", "lists"),
    (
        "input: {a: {type: string, timestamp: iso8601}}",
        "misplaced-key 4:27",
        "timestamps",
    ),
    (
        "input: {a: {type: string, members: {}}}",
        "misplaced-key 4:27",
        "structures and unions",
    ),
    (
        "input: {a: {type: integer, idempotency_token: true}}",
        "misplaced-key 4:28",
        "string",
    ),
    (
        "input: {a: {type: L, item: {type: string}}}\nshapes: {L: {type: list, item: {type: string}}}",
        "misplaced-key 4:22",
        "definition of 'L'",
    ),
    ("input: {a: {type: string, enum: [x, 1]}}", "bad-enum-value 4:37", "quote it"),
    (
        "input: {a: {type: integer, enum: [1, x]}}",
        "bad-enum-value 4:38",
        "whole numbers",
    ),
    (
        "input: {a: {type: string, enum: [x, y, x]}}",
        "duplicate-enum-value 4:40",
        "keep one",
    ),
    ("input: {a: {type: list}}", "missing-key 4:9", "item: {…}"),
    ("input: {a: {type: map, key: {type: string}}}", "missing-key 4:9", "value: {…}"),
    ("shapes: {S: {type: structure}}", "missing-key 4:10", "members"),
    ("shapes: {U: {type: union, members: {}}}", "empty-union 4:27", ""),
    (
        "shapes: {U: {type: union, members: {a: {type: string, required: true}}}}",
        "required-in-union 4:55",
        "remove 'required'",
    ),
    (
        "shapes: {M: {type: map, key: {type: long}, value: {type: long}}}",
        "map-key-not-string 4:37",
        "",
    ),
    ("input: {a: {type: integer, default: x}}", "bad-default 4:37", ""),
    ("input: {a: {type: boolean, default: 1}}", "bad-default 4:37", ""),
    ('input: {"a\\u202eb": {type: string}}', "bad-name 4:9", "seen"),
    (
        "input: {a: {type: string, wire: x}, b: {type: string, wire: x}}",
        "duplicate-wire-name 4:37",
        "",
    ),
    (
        "input: {a: {type: structure, members: {b: {type: string, in: query}}}}",
        "misplaced-binding 4:58",
        "remove 'in'",
    ),
    ("input: {ref: Nope}", "unknown-shape 4:14", "define"),
    ("input: {ref: A}\nshapes: {A: {type: string}}", "not-a-structure 4:14", ""),
]

SOURCES = [
    ("from: js", "unknown-source 4:7", "list it"),
    (
        "sources: {model: {format: botocore}}\nfrom: {default: modle}",
        "unknown-source 5:17",
        "'model'",
    ),
    ("input: {a: {type: string, from: hand}}", "missing-because 4:33", "why"),
    ("input: {a: {type: string, from: {doc: hand}}}", "missing-because 4:39", "why"),
    ("input: {a: {type: string, because: x}}", "needless-because 4:27", "remove"),
]

FINE = [
    "",
    "input: {a: {type: Tree}}\nshapes: {Tree: {type: structure, members: {a: {type: Tree}}}}",
    "input: {a: {type: T}}\nshapes: {T: {type: structure, members: {a: {type: list, item: {type: T}, required: true}}}}",
    "input: {a: {type: U}}\nshapes: {U: {type: union, members: {a: {type: U}, b: {type: string}}}}",
    "input: {a: {ref: string}}\nshapes: {string: {type: long}}",
    "input: {ref: {type: string}}",
    "input: {ref: In}\nshapes: {In: {type: structure, members: {a: {type: string, in: query}}}}",
    "input: {$a-b.c:d: {type: string}}",
    "input: {a: {type: string, from: hand, because: 'The page is wrong.'}}",
    "input: {a: {type: integer, enum: [1, 2], range: [0, 2]}}",
    "input: {a: {type: map, key: {type: string}, value: {type: list, item: {type: string}}, in: query-map}}",
    "errors: [E]\nshapes: {E: {type: structure, error: {}, members: {a: {type: integer, in: header, wire: Retry-After}}}}",
]


def told(findings: list[Diagnostic]) -> str:
    return ",".join(f"{f.code} {f.position.line}:{f.position.column}" for f in findings)


@pytest.mark.parametrize(
    ("text", "expected", "hint"),
    FORM + MEMBERS + SOURCES,
)
def test_a_finding_has_code_place_and_hint(
    load: Load, text: str, expected: str, hint: str
) -> None:
    _, findings = load(text)
    problems = [f for f in findings if f.code != "unused-shape"]
    assert told(problems) == expected
    assert {f.position.file for f in problems} == {"things/operations/Do.yaml"}
    assert hint in (problems[0].hint or "")


@pytest.mark.parametrize("text", FINE)
def test_what_is_fine_has_no_findings(load: Load, text: str) -> None:
    service, findings = load(text)
    assert [str(f) for f in findings] == []
    assert service is not None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("(", "invalid-pattern"),
        ("[b-a]", "invalid-pattern"),
        (r"(a)\1", "pattern-not-linear"),
    ],
)
def test_patterns_have_to_compile_and_to_be_linear(
    load: Load, text: str, code: str
) -> None:
    service, findings = load(
        f"input: {{a: {{type: string, pattern: '{text}', match: full}}}}"
    )
    assert told(findings) == f"{code} 4:36"
    assert service is None


def test_every_problem_of_a_service_is_told_at_once(load: Load) -> None:
    service, findings = load(
        "inptu: {}\n"
        "input:\n"
        "  a: {type: Nope}\n"
        "  b: {type: string, length: [3, 1], lenght: 1}\n"
        "output: {n: {type: &x string}}\n"
        "errors: [Missing]\n"
        "pagination: {input_token: t, output_token: n}\n",
        {
            "shapes.yaml": "specwright: 1\nshapes:\n  A: {type: lst}\n",
            "service.yaml": "service: X\n",
        },
    )
    assert service is None
    assert [
        f"{f.position.file.removeprefix('things/')} {told([f])}" for f in findings
    ] == [
        "operations/Do.yaml unknown-key 4:1",
        "operations/Do.yaml unknown-shape 6:13",
        "operations/Do.yaml min-above-max 7:30",
        "operations/Do.yaml unknown-key 7:37",
        "operations/Do.yaml anchor 8:20",
        "operations/Do.yaml unknown-shape 9:10",
        "operations/Do.yaml unknown-member 10:27",
        "service.yaml missing-key 1:1",
        "service.yaml missing-key 1:1",
        "service.yaml missing-key 1:1",
        "service.yaml missing-key 1:1",
        "service.yaml missing-key 1:1",
        "shapes.yaml bad-value 3:13",
    ]


def test_warnings_leave_a_service(load: Load) -> None:
    service, findings = load("shapes: {A: {type: string}}")
    assert service is not None
    assert [str(f) for f in findings] == [
        (
            "things/operations/Do.yaml:4:10: warning[unused-shape]: no operation uses the shape 'A'\n"
            "  hint: remove it, or spell its name alike where it is used"
        )
    ]
