"""Bindings, paths, errors, pages and recursion that make no sense, with place and hint."""

from collections.abc import Callable
from typing import Any

import pytest

from specwright.diagnostics import Diagnostic
from specwright.model import Acceptor, Endpoint

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
    (
        "input: {a: {type: string, in: header, wire: hOST}}",
        "reserved-header 4:45",
        "wire",
    ),
    (
        "input: {Authorization: {type: string, in: header}}",
        "reserved-header 4:9",
        "remove",
    ),
    (
        "input: {a: {type: string, in: header, wire: ''}}",
        "bad-header-name 4:45",
        "X-Name",
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
        "bad-header-name 4:45",
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
        "'host_label: true'",
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
    ("{input_token: t, output_token: u, items: u}", "no-items 7:54", "list"),
    ("{input_token: t, output_token: u, items: y}", "no-items 7:54", "list"),
    ("{input_token: t, output_token: u, constant: [z]}", "unknown-member 7:58", ""),
    ("{input_token: t, output_token: u, items: [x, xx]}", "unknown-member 7:58", ""),
    (
        "{input_token: t, output_token: u, items: [u, u]}",
        "pagination-type 7:54",
        "list",
    ),
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
    ("{input_token: t, output_token: 'upper(u)'}", "bad-expression 7:44", "a.b"),
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
    PAGES + "{input_token: t, output_token: y.v, items: [u, x]}",
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


def test_a_host_label_stands_where_it_is_bound_as_well(load: Load) -> None:
    service, findings = load(
        "host_prefix: '{a}.'\n"
        "input: {a: {type: string, required: true, in: header, host_label: true}}"
    )
    assert service is not None
    assert findings == []
    (member,) = service.operations["Do"].input.members
    assert (member.location, member.host_label) == ("header", True)


def test_a_host_label_needs_no_host_prefix(load: Load) -> None:
    text = "input: {a: {type: string, in: header, host_label: true}}"
    assert load(text)[1] == []


def test_waiters_are_read_in_order(load: Load) -> None:
    service, findings = load(
        "output: {a: {type: list, item: {type: structure, members: {b: {type: string}}}}}\n"
        "waiters:\n"
        "  Done:\n"
        "    delay: 5\n"
        "    attempts: 20\n"
        "    acceptors:\n"
        "      - {state: success, matcher: path-all, path: 'a[].b', expected: DONE}\n"
        "      - {state: retry, matcher: error, expected: Gone}\n"
        "      - {state: failure, matcher: status, expected: 404}\n"
        "  Gone: {delay: 1, attempts: 2, acceptors: [{state: success, matcher: path, path: 'length(a) > `0`', expected: true}]}\n"
    )
    assert findings == []
    assert service is not None
    done, gone = service.operations["Do"].waiters
    assert (done.name, done.delay, done.attempts) == ("Done", 5, 20)
    assert done.acceptors == (
        Acceptor("success", "path-all", "DONE", "a[].b"),
        Acceptor("retry", "error", "Gone"),
        Acceptor("failure", "status", 404),
    )
    assert gone.acceptors == (Acceptor("success", "path", True, "length(a) > `0`"),)


@pytest.mark.parametrize(
    ("waiter", "expected"),
    [
        ("{delay: 0, attempts: 1, acceptors: [{A}]}", "bad-value"),
        ("{delay: 1, acceptors: [{A}]}", "missing-key"),
        ("{delay: 1, attempts: 1, acceptors: []}", "bad-value"),
        ("{delay: 1, attempts: 1, acceptors: [{state: success}]}", "missing-key"),
        (
            "{delay: 1, attempts: 1, acceptors: [{state: success, matcher: path, expected: x}]}",
            "missing-key",
        ),
        (
            "{delay: 1, attempts: 1, acceptors: [{state: retry, matcher: status, expected: 1}]}",
            "endless-waiter",
        ),
    ],
)
def test_waiters_that_can_not_be_used(load: Load, waiter: str, expected: str) -> None:
    acceptor = "state: success, matcher: status, expected: 200"
    _, findings = load(f"waiters: {{W: {waiter.replace('A', acceptor)}}}")
    assert {finding.code for finding in findings} == {expected}


ACCEPTORS = [
    ("matcher: status, expected: x", "waiter-expected 9:94"),
    ("matcher: status, expected: true", "waiter-expected 9:94"),
    ("matcher: error, expected: 404", "waiter-expected 9:93"),
    ("matcher: path, path: z, expected: x", "unknown-member 9:88"),
    ("matcher: path, path: 'a[].z', expected: x", "unknown-member 9:88"),
    ("matcher: path, path: 'a[?z == `1`].b', expected: x", "unknown-member 9:88"),
    ("matcher: path, path: 'a[].b | [0].z', expected: x", "unknown-member 9:88"),
    ("matcher: path, path: 'upper(a)', expected: x", "bad-expression 9:88"),
    ("matcher: path, path: 'a[', expected: x", "bad-expression 9:88"),
    ("matcher: path, of: output, path: input.i, expected: x", "unknown-member 9:100"),
    (
        "matcher: path, of: input-output, path: input.i == output.j, expected: true",
        "unknown-member 9:106",
    ),
    (
        "matcher: path, of: input-output, path: 'input.i == output.a[0].b', expected: true",
        "",
    ),
]


@pytest.mark.parametrize(("acceptor", "expected"), ACCEPTORS)
def test_what_acceptors_look_at_has_to_exist(
    load: Load, acceptor: str, expected: str
) -> None:
    _, findings = load(
        "input: {i: {type: string}}\n"
        "output:\n"
        "  a:\n"
        "    type: list\n"
        "    item: {type: structure, members: {b: {type: string}}}\n"
        f"waiters: {{W: {{delay: 1, attempts: 1, acceptors: [{{state: success, {acceptor}}}]}}}}"
    )
    assert told(findings) == expected


def test_what_models_say_of_operations_is_kept(load: Load) -> None:
    service, findings = load(
        "auth: []\nunsigned_payload: true\ncompression: [gzip]\nendpoint_discovery: required\n"
        "endpoint_operation: true\nidempotent: true\nreadonly: true\nresult_wrapper: R\n"
        "input_xml: {name: N, namespace: 'http://n'}\nmodel_name: Do2020\n"
        "checksum: {required: true, algorithm: A, response_algorithms: [CRC32]}\n"
        "context: {Control: {value: true}, Arns: {path: 'keys(a)'}}\noutput: {}\n"
    )
    assert findings == []
    assert service is not None
    do = service.operations["Do"]
    assert (do.auth, do.unsigned_payload, do.compression) == ((), True, ("gzip",))
    assert (do.endpoint_discovery, do.endpoint_operation) == ("required", True)
    assert (do.idempotent, do.readonly, do.result_wrapper) == (True, True, "R")
    assert do.input_xml == {"name": "N", "namespace": "http://n"}
    assert do.context == {"Control": {"value": True}, "Arns": {"path": "keys(a)"}}
    assert (do.has_input, do.has_output) == (False, True)


def test_what_models_say_of_services_is_kept(load: Load) -> None:
    text = (
        "specwright: 1\nservice: T\ntitle: T\nabbreviation: t\nversion: '1'\nuid: t-1\n"
        "protocols: [rest-json]\nendpoint: {prefix: t, global: t.example, rules: r}\n"
        "signature: v4\nauth: [sigv4, http-bearer]\nquery_compatible: true\n"
        "http2: event-stream\ncontext_params: {UseArn: {type: boolean}}\ndeprecated: Old.\n"
    )
    service, findings = load(files={"service.yaml": text})
    assert findings == []
    assert service is not None
    assert service.endpoint == Endpoint("t", "r", "t.example")
    assert (service.abbreviation, service.uid, service.deprecated) == (
        "t",
        "t-1",
        "Old.",
    )
    assert (service.signature, service.auth) == ("v4", ("sigv4", "http-bearer"))
    assert (service.query_compatible, service.http2) == (True, "event-stream")
    assert service.context_params == {"UseArn": {"type": "boolean"}}


def test_an_old_member_may_share_the_name_of_its_successor(load: Load) -> None:
    service, (finding,) = load(
        "input: {a: {type: string, wire: x, deprecated: Use b.}, b: {type: string, wire: x}}"
    )
    assert service is not None
    assert told([finding]) == "duplicate-wire-name 4:57"


def test_labels_of_a_host_are_names_of_members(load: Load) -> None:
    text = "host_prefix: '{a}.'\ninput: {a: {type: string, required: true, in: host, wire: x-a}}"
    assert load(text)[1] == []


def test_other_protocols_send_everything_in_the_body(load: Load) -> None:
    text = "specwright: 1\nservice: T\ntitle: T\nversion: '1'\nprotocols: [query]\nendpoint: {prefix: t}\n"
    service, (finding,) = load(
        "input: {a: {type: string, in: query}}", {"service.yaml": text}
    )
    assert service is not None
    assert told([finding]) == "ignored-binding 4:31"
