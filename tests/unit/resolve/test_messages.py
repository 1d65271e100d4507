"""Bindings, paths, errors, pages and recursion that make no sense, with place and hint."""

from collections.abc import Callable
from typing import Any

import pytest

from specwright.diagnostics import Diagnostic

Load = Callable[..., tuple[Any, list[Diagnostic]]]

BINDINGS = [
    ("input: {a: {type: blob, in: query}}", "unbindable-type 4:29", "query holds"),
    (
        "input: {a: {type: structure, members: {}, in: header}}",
        "unbindable-type 4:47",
        "header",
    ),
    (
        "input: {a: {type: S, in: query}}\nshapes: {S: {type: structure, members: {}}}",
        "unbindable-type 4:26",
        "",
    ),
    (
        "input: {a: {type: list, item: {type: blob}, in: query}}",
        "unbindable-type 4:49",
        "",
    ),
    (
        "input: {a: {type: map, key: {type: string}, value: {type: long}, in: query-map}}",
        "unbindable-type 4:70",
        "map of strings",
    ),
    ("input: {a: {type: string, in: status}}", "misplaced-binding 4:31", "query"),
    ("output: {a: {type: string, in: query}}", "misplaced-binding 4:32", "header"),
    ("output: {a: {type: string, in: status}}", "unbindable-type 4:32", "whole number"),
    (
        "output: {a: {type: integer, in: status}, b: {type: integer, in: status}}",
        "several-statuses 4:65",
        "",
    ),
    (
        "input: {a: {type: blob, in: payload}, b: {type: blob, in: payload}}",
        "several-payloads 4:59",
        "",
    ),
    (
        "input: {a: {type: blob, in: payload}, b: {type: string}}",
        "payload-and-body 4:39",
        "with 'in'",
    ),
    (
        "input: {a: {type: string, in: header, wire: 'X: y'}}",
        "bad-header-name 4:9",
        "wire: X-Name",
    ),
    (
        "input: {a: {type: string, in: header, wire: X}, b: {type: string, in: header, wire: x}}",
        "duplicate-wire-name 4:49",
        "",
    ),
    (
        "input: {a: {type: string, required: true, in: path}}",
        "member-without-label 4:9",
        "'{a}'",
    ),
    (
        "input: {a: {type: string, required: true, in: host}}",
        "member-without-label 4:9",
        "host prefix",
    ),
    (
        "host_prefix: '{a}.'\ninput: {a: {type: string}}",
        "label-without-member 4:14",
        "'in: host'",
    ),
    (
        "input: {a: {type: S}}\nshapes: {S: {type: structure, members: {b: {type: string, in: header}}}}",
        "unused-binding 5:59",
        "remove",
    ),
]

PATHS = [
    (
        "/{a}",
        "input: {b: {type: string}}",
        "label-without-member 3:28",
        "required member 'a'",
    ),
    (
        "/{a}",
        "input: {a: {type: string, required: true}}",
        "label-without-member 3:28",
        "in: path",
    ),
    (
        "/{ab}",
        "input: {abc: {type: string, required: true, in: path}}",
        "label-without-member 3:28,member-without-label 4:9",
        "'abc'",
    ),
    (
        "/{a}",
        "input: {a: {type: string, in: path}}",
        "label-not-required 4:9",
        "required: true",
    ),
    ("/{a", "", "bad-path 3:28", ""),
    ("/{}", "", "bad-path 3:28", ""),
    (
        "/{a}/{a}",
        "input: {a: {type: string, required: true, in: path}}",
        "bad-path 3:28",
        "",
    ),
    ("/x y", "", "bad-path 3:28", ""),
    ("/x?{a}", "", "bad-path 3:28", ""),
    ("/x?a=1", "input: {a: {type: string, in: query}}", "duplicate-wire-name 4:9", ""),
    ("x", "", "bad-value 3:28", "begins with '/'"),
]

ERRORS = [
    (
        "errors: [Bd]\nshapes: {Bad: {type: structure, error: {}, members: {}}}",
        "unknown-shape 4:10",
        "'Bad'",
    ),
    (
        "errors: [S]\nshapes: {S: {type: structure, members: {}}}",
        "not-an-error 4:10",
        "error: {fault",
    ),
    (
        "errors: [E, E]\nshapes: {E: {type: structure, error: {}, members: {}}}",
        "duplicate-error 4:13",
        "",
    ),
    (
        (
            "errors: [E, F]\nshapes:\n  E: {type: structure, error: {code: F}, members: {}}\n"
            "  F: {type: structure, error: {}, members: {}}"
        ),
        "duplicate-error-code 4:13",
        "first of them",
    ),
    ("shapes: {E: {type: string, error: {}}}", "misplaced-key 4:28", "structure"),
    (
        "errors: [E]\nshapes: {E: {type: structure, error: {}, members: {a: {type: string, in: query}}}}",
        "misplaced-binding 5:74",
        "header",
    ),
]

PAGES = "input: {t: {type: string}, n: {type: integer}, b: {type: boolean}}\noutput: {u: {type: string}, x: {type: list, item: {type: string}}, y: {type: S}}\nshapes: {S: {type: structure, members: {v: {type: string}}}}\npagination: "
PAGINATION = [
    ("{input_token: tt, output_token: u}", "unknown-member 7:27", ""),
    ("{input_token: t, output_token: uu}", "unknown-member 7:44", ""),
    ("{input_token: b, output_token: u}", "pagination-type 7:27", "string"),
    ("{input_token: t, output_token: x}", "pagination-type 7:44", "string"),
    ("{input_token: t, output_token: u, items: u}", "pagination-type 7:54", "list"),
    ("{input_token: t, output_token: u, items: [x, xx]}", "unknown-member 7:58", ""),
    (
        "{input_token: t, output_token: u, limit: b}",
        "pagination-type 7:54",
        "whole number",
    ),
    ("{input_token: t, output_token: u, limit: t}", "limit-is-text 7:54", ""),
    (
        "{input_token: t, output_token: u, more_results: x}",
        "pagination-type 7:61",
        "boolean",
    ),
    ("{input_token: t, output_token: [u, u]}", "pagination-tokens 7:44", ""),
    ("{input_token: t, output_token: y.w}", "unknown-member 7:44", ""),
    ("{input_token: t, output_token: 'u || y.z'}", "unknown-member 7:44", ""),
    ("{input_token: t, output_token: 'length(x)'}", "bad-expression 7:44", "a.b"),
]

RECURSION = [
    (
        "shapes: {S: {type: structure, members: {a: {type: S, required: true}}}}",
        "endless-recursion 4:10",
        "optional",
    ),
    (
        (
            "shapes:\n  S: {type: structure, members: {a: {type: U, required: true}}}\n"
            "  U: {type: union, members: {b: {type: S}}}"
        ),
        "endless-recursion 5:3",
        "optional",
    ),
    (
        "shapes: {L: {type: list, item: {type: L}}}",
        "endless-recursion 4:10",
        "structure or union",
    ),
    (
        (
            "shapes:\n  L: {type: list, item: {type: list, item: {type: M}}}\n"
            "  M: {type: map, key: {type: string}, value: {type: L}}"
        ),
        "endless-recursion 5:3",
        "structure or union",
    ),
]

FINE = [
    PAGES
    + "{input_token: [t, n], output_token: ['u || y.v', 'x[-1]'], items: x, limit: n}",
    PAGES + "{input_token: t, output_token: y.v, items: [x]}",
]


def told(findings: list[Diagnostic]) -> str:
    return ",".join(f"{f.code} {f.position.line}:{f.position.column}" for f in findings)


@pytest.mark.parametrize(
    ("text", "expected", "hint"),
    BINDINGS + ERRORS + RECURSION + [(PAGES + t, e, h) for t, e, h in PAGINATION],
)
def test_a_finding_has_code_place_and_hint(
    load: Load, text: str, expected: str, hint: str
) -> None:
    _, findings = load(text)
    problems = [f for f in findings if f.code != "unused-shape"]
    assert told(problems) == expected
    assert hint in (problems[0].hint or "")


@pytest.mark.parametrize(("path", "text", "expected", "hint"), PATHS)
def test_paths_and_labels_fit(
    load: Load, path: str, text: str, expected: str, hint: str
) -> None:
    head = f"specwright: 1\noperation: Do\nhttp: {{method: POST, path: '{path}'}}\n"
    _, findings = load(files={"operations/Do.yaml": head + text})
    assert told(findings) == expected
    assert hint in (findings[0].hint or "")


@pytest.mark.parametrize("text", FINE)
def test_paths_to_members_may_have_steps_and_alternatives(
    load: Load, text: str
) -> None:
    service, findings = load(text)
    assert [str(f) for f in findings] == []
    assert service is not None


def test_a_get_with_a_body_is_a_warning(load: Load) -> None:
    text = "specwright: 1\noperation: Do\nhttp: {method: GET, path: /do}\ninput: {a: {type: string}}\n"
    service, (finding,) = load(files={"operations/Do.yaml": text})
    assert service is not None
    assert told([finding]) == "body-on-get 4:9"


def test_waiters_are_kept_in_the_spec_and_not_read_yet(load: Load) -> None:
    service, (finding,) = load("waiters: {Done: {delay: 1}}")
    assert service is not None
    assert told([finding]) == "not-read-yet 4:1"


def test_other_protocols_send_everything_in_the_body(load: Load) -> None:
    text = "specwright: 1\nservice: T\ntitle: T\nversion: '1'\nprotocols: [query]\nendpoint: {prefix: t}\n"
    service, (finding,) = load(
        "input: {a: {type: string, in: query}}", {"service.yaml": text}
    )
    assert service is not None
    assert told([finding]) == "ignored-binding 4:31"
