"""Whatever arrives, an answer leaves: never a 500, never a hang."""

import contextlib
import json
import socket
import time
from urllib.parse import quote, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from specwright.server.messages import Request
from specwright.server.standin import StandIn

FUZZ = settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
TARGETS = ("ListCompilationJobs", "ListProcessingJobs")
BODY_MEMBERS = (
    "MaxResults",
    "NextToken",
    "NameContains",
    "CreationTimeAfter",
    "StatusEquals",
)
QUERY_MEMBERS = (
    "maxResults",
    "nextToken",
    "nameContains",
    "creationTimeAfter",
    "sortBy",
)
DOCUMENTS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)
JSON = {"content-type": "application/x-amz-json-1.1"}


@pytest.fixture(scope="module")
def shared(services):
    return StandIn(services)


def sound(response):
    assert response.status != 500, response.body
    assert response.status in (200, 202, 400, 404, 405, 413, 415)
    json.loads(response.body)
    return response


@FUZZ
@given(raw=st.binary(max_size=200), target=st.sampled_from(TARGETS))
def test_any_bytes_as_a_body(shared, raw, target):
    sound(
        shared.answer(
            Request("POST", "/", {**JSON, "x-amz-target": f"SageMaker.{target}"}, raw)
        )
    )


@FUZZ
@given(
    document=DOCUMENTS | st.dictionaries(st.sampled_from(BODY_MEMBERS), DOCUMENTS),
    target=st.sampled_from(TARGETS),
)
def test_any_json_as_a_body(shared, document, target):
    raw = json.dumps(document).encode()
    sound(
        shared.answer(
            Request("POST", "/", {**JSON, "x-amz-target": f"SageMaker.{target}"}, raw)
        )
    )


@FUZZ
@given(
    pairs=st.lists(
        st.tuples(st.sampled_from(QUERY_MEMBERS) | st.text(), st.text()), max_size=4
    )
)
def test_any_query(shared, pairs):
    query = "&".join(f"{quote(name)}={quote(value)}" for name, value in pairs)
    sound(shared.answer(Request("GET", f"/model-import-jobs?{query}")))


@FUZZ
@given(
    target=st.text(st.characters(max_codepoint=0x2FF)),
    method=st.sampled_from(["GET", "PUT"]),
)
def test_any_target(shared, target, method):
    sound(shared.answer(Request(method, target)))
    sound(shared.answer(Request(method, "/model-import-jobs/" + target)))
    sound(shared.answer(Request(method, "/_specwright/" + target)))


@FUZZ
@given(
    values=st.fixed_dictionaries(
        {},
        optional={
            "id": st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
            "tag": st.text(),
            "force": st.text(),
            "X-Label": st.text(),
            "X-When": st.text(),
            "x-meta-a": st.text(),
            "body": DOCUMENTS
            | st.dictionaries(st.sampled_from(["names", "kind"]), DOCUMENTS),
        },
    )
)
def test_any_binding(things, values):
    headers = {k.lower(): v for k, v in values.items() if k.lower().startswith("x-")}
    query = "&".join(f"{k}={v}" for k, v in values.items() if k in ("tag", "force"))
    target = f"/things/{quote(values.get('id', 'a'))}/parts/p?{query}"
    body = json.dumps(values["body"]).encode() if "body" in values else b""
    sound(StandIn([things]).answer(Request("PUT", target, headers, body)))


@FUZZ
@given(
    document=DOCUMENTS
    | st.dictionaries(
        st.sampled_from(["operation", "error", "status", "times", "service", "body"]),
        DOCUMENTS | st.just("GetModelImportJob"),
    )
)
def test_any_wish(services, document):
    standin = StandIn(services)
    sound(
        standin.answer(
            Request("POST", "/_specwright/errors", {}, json.dumps(document).encode())
        )
    )


@pytest.mark.parametrize(
    "target",
    [
        "/model-import-jobs?nameContains=",
        "/model-invocation-jobs?nameContains=",
        "/model-import-jobs/",
    ],
)
def test_patterns_that_hang_a_backtracking_matcher(shared, target):
    before = time.process_time()
    answer = shared.answer(Request("GET", f"{target}0{'-' * 900}!"))
    assert b"regular expression" in answer.body
    assert time.process_time() - before < 10


@settings(max_examples=60, deadline=None)
@given(raw=st.binary(min_size=1, max_size=300))
def test_any_bytes_on_the_socket(server, raw):
    parts = urlsplit(server)
    with socket.create_connection(
        (parts.hostname, parts.port), timeout=30
    ) as connection:
        connection.sendall(raw + b"\r\n\r\n")
        connection.shutdown(socket.SHUT_WR)
        answer = b""
        with contextlib.suppress(ConnectionResetError):
            answer = b"".join(iter(lambda: connection.recv(65536), b""))
    assert not answer.startswith(b"HTTP/1.1 500")
