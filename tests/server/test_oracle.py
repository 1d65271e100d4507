"""Requests drawn at random: refused where the model's JSON says so, and nowhere else."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from tests.server import strict_oracle as oracle
from tests.server.strict_model import (
    SHAPES,
    SIMPLE,
    VALUES,
    code_of,
    imported,
    json_body,
    rest_body,
    text_model,
    texts_of,
)

from specwright.server.messages import Request
from specwright.server.standin import StandIn

DRAWN = settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-300, 300),
    st.sampled_from([2**n + d for n in (7, 15, 31, 63) for d in (-1, 0)]),
    st.sampled_from([-(2**n) - d for n in (7, 15, 31, 63) for d in (0, 1)]),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(
        ["NaN", "Infinity", "inf", "YQ==", "YWI=", "YQ=", "abc", "def", "a"]
    ),
    st.sampled_from(["1985-04-12T23:20:50Z", "1985-02-30T23:20:50Z", "1", "true", ""]),
    st.sampled_from(["Tue, 29 Apr 2014 18:30:38 GMT", "Mon, 29 Apr 2014 18:30:38 GMT"]),
    st.text(max_size=9),
)
NAMES = st.sampled_from(
    [*SHAPES["Union"]["members"], *SHAPES["Tree"]["members"], "abc", "x"]
)
# Two levels, written out: recursive strategies were seen to draw the same thing otherwise.
HELD = st.one_of(
    LEAVES, st.lists(LEAVES, max_size=2), st.dictionaries(NAMES, LEAVES, max_size=2)
)
JUNK = st.one_of(
    LEAVES, st.lists(HELD, max_size=2), st.dictionaries(NAMES, HELD, max_size=2)
)
FORMS = {
    "iso8601": ["1985-04-12T23:20:50Z", "2000-02-29T00:00:00.25Z"],
    "rfc822": ["Tue, 29 Apr 2014 18:30:38 GMT"],
    "unixTimestamp": [0, 1515531081, 1515531081.25],
}


def values(name: str, depth: int = 0) -> st.SearchStrategy[Any]:
    """Mostly sound values of a shape; one place in some has anything at all."""
    sound = _sound(SHAPES[name], depth)
    return st.integers(0, 11).flatmap(lambda die: JUNK if die == 0 else sound)


def _sound(shape: dict[str, Any], depth: int) -> st.SearchStrategy[Any]:
    least, most = shape.get("min"), shape.get("max")
    kind = oracle.kind_of(shape)
    if "enum" in shape:
        return st.sampled_from(shape["enum"])
    if kind in ("structure", "union"):
        members = shape["members"]
        names = [
            n
            for n in members
            if depth < 3 or SHAPES[members[n]["shape"]]["type"] not in DEEP
        ]
        chosen = st.lists(st.sampled_from(names), max_size=4, unique=True)
        if kind == "union":
            chosen = st.lists(st.sampled_from(names), min_size=1, max_size=1)
        return chosen.flatmap(
            lambda picked: st.fixed_dictionaries(
                {
                    members[n].get("locationName", n): values(
                        members[n]["shape"], depth + 1
                    )
                    for n in dict.fromkeys((*picked, *shape.get("required", ())))
                }
            )
        )
    few = {"min_size": least or 0, "max_size": min(most or 3, 3)}
    if kind == "list":
        return st.lists(values(shape["member"]["shape"], depth + 1), **few)
    if kind == "map":
        keys = _sound(SHAPES[shape["key"]["shape"]], depth)
        return st.dictionaries(keys, values(shape["value"]["shape"], depth + 1), **few)
    if kind == "string":
        return st.text("abcm", min_size=least or 1, max_size=most or 5)
    if kind == "blob":
        return st.sampled_from(["YWI=", "YWJj", "YWJjZA=="])
    if kind == "boolean":
        return st.booleans()
    if kind == "timestamp":
        return st.sampled_from(FORMS[shape.get("timestampFormat", "unixTimestamp")])
    if kind == "document":
        return JUNK
    if kind in ("float", "double"):
        return st.floats(least or -1000.0, most or 1000.0)
    return st.integers(least or -100, most or 100)


DEEP = ("structure", "list", "map")


def expected(body: bytes) -> str | None:
    """The error that a body of Values deserves, None for none."""
    try:
        read = json.loads(
            body.decode(),
            parse_float=Decimal,
            parse_constant=_refuse,
            object_pairs_hook=_pairs,
        )
    except ValueError:
        return oracle.TYPE
    found = oracle.problems("Values", read)
    return oracle.TYPE if oracle.TYPE in found else next(iter(found), None)


def _refuse(name: str) -> None:
    raise ValueError(name)


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) < len(pairs):
        raise ValueError("twice")
    return dict(pairs)


def judged(answer: Any, error: str | None, about: object) -> None:
    if error is None:
        assert answer.status == 200, (about, answer.body)
    else:
        assert (answer.status, code_of(answer)) == (400, error), (about, answer.body)


@pytest.mark.parametrize("member", VALUES)
@settings(DRAWN, max_examples=20)
@given(data=st.data())
def test_each_member_of_a_body(strict, member, data):
    wire = VALUES[member].get("locationName", member)
    value = data.draw(values(VALUES[member]["shape"]))
    body = json.dumps({wire: value})
    error = expected(body.encode())
    judged(rest_body(strict, body), error, body)
    # AWS JSON renames no member.
    judged(json_body(strict, json.dumps({member: value})), error, body)


def test_an_aws_json_service_knows_no_other_names_of_members(strict):
    assert json_body(strict, '{"renamed": false}').status == 400
    assert json_body(strict, '{"Wire-Name": false}').status == 200
    assert rest_body(strict, '{"Wire-Name": false}').status == 400


@DRAWN
@given(value=values("Values"))
def test_whole_bodies(strict, value):
    body = json.dumps(value)
    judged(rest_body(strict, body), expected(body.encode()), body)


@DRAWN
@given(
    value=values("Values"),
    at=st.floats(0, 1),
    new=st.text('{}[]",:01e.-tn \\\u00e9', max_size=2),
)
def test_bodies_with_a_slip_of_the_pen(strict, value, at, new):
    whole = json.dumps(value)
    place = int(at * len(whole))
    body = whole[:place] + new + whole[place + 1 :]
    judged(rest_body(strict, body), expected(body.encode()) if body else None, body)


TEXTS = st.one_of(
    st.from_regex(r"-?[0-9]{1,20}(\.[0-9]{1,3})?(e-?[0-9]{1,3})?", fullmatch=True),
    st.text("0123456789+-.eExX_, \u0661tTrue", max_size=6),
    st.sampled_from(
        ["true", "false", "abc", "def", "NaN", "-Infinity", "1", "2", "127", "128"]
    ),
    st.from_regex(
        r"(1985|2000|0000)-(02|04|13)-(29|30|12)T(23|24):[25]0:[56]0(\.[0-9]{0,2})?[Zz]?"
    ),
    st.from_regex(r"(Tue|Mon), (29|31) Apr 2014 1[0-9]:30:(38|60) GMT"),
    st.text(max_size=4),
)


@pytest.mark.parametrize("name", SIMPLE)
@settings(DRAWN, max_examples=30)
@given(text=TEXTS)
def test_texts_in_queries_labels_and_headers(strict, name, text):
    member = name[0].lower() + name[1:]
    escaped = quote(text, safe="", errors="surrogatepass")
    for place, request in (
        ("query", Request("GET", f"/Query?{member}={escaped}")),
        ("path", Request("POST", f"/{name}Path/{escaped}")),
        ("header", Request("POST", "/Headers", {f"x-{name.lower()}": text})),
    ):
        found = oracle.text_problems(name, text, place)
        answer = strict.answer(request)
        if place == "path" and not text:
            assert answer.status == 404
            continue
        error = oracle.TYPE if oracle.TYPE in found else next(iter(found), None)
        judged(answer, error, (place, text))


@pytest.fixture(scope="module")
def texts(tmp_path_factory) -> dict[str, StandIn]:
    """Stand-ins by protocol, each for all simple values as members."""
    found: dict[str, StandIn] = {}
    for protocol in ("rest-xml", "query", "ec2"):
        folder = tmp_path_factory.mktemp(protocol)
        file = folder / "model.json"
        file.write_text(json.dumps(text_model(protocol)), encoding="utf-8")
        found[protocol] = StandIn(imported(folder / "specs", file))
    return found


NOT_IN_XML = re.compile("[^\\t\\n\\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@pytest.mark.parametrize("protocol", ["rest-xml", "query", "ec2"])
@pytest.mark.parametrize("name", SIMPLE)
@settings(DRAWN, max_examples=20)
@given(text=TEXTS)
def test_texts_in_xml_and_forms(texts, protocol, name, text):
    try:
        answer = texts_of(texts[protocol], protocol, name, text)
    except UnicodeEncodeError:
        return
    found = oracle.text_problems(name, text, "body")
    if protocol == "rest-xml" and NOT_IN_XML.search(text):
        found = {oracle.TYPE}
    error = oracle.TYPE if oracle.TYPE in found else next(iter(found), None)
    assert answer.status == (400 if error else 200), (text, answer.body)
    code = ElementTree.fromstring(answer.body).find(".//{*}Code")
    assert (None if code is None else code.text) == error, (text, answer.body)


@DRAWN
@given(
    method=st.sampled_from(["GET", "POST", "PUT", "DELETE"]) | st.text(max_size=4),
    path=st.sampled_from(["Values", "Query", "Headers", "map", "greedy/ab/x/cd/end"])
    | st.text(),
    query=st.text(max_size=20),
    names=st.lists(
        st.sampled_from([f"x-{n.lower()}" for n in SIMPLE]) | st.text(), max_size=3
    ),
    texts=st.lists(st.text(max_size=9) | TEXTS, min_size=4, max_size=4),
    body=st.binary(max_size=40)
    | values("Values").map(lambda v: json.dumps(v).encode()),
    media=st.sampled_from(
        ["application/json", "application/x-amz-json-1.1", "text/plain", ""]
    ),
)
def test_any_request_at_all(strict, method, path, query, names, texts, body, media):
    headers = {**dict(zip(names, texts, strict=False)), "content-type": media}
    answer = strict.answer(Request(method, f"/{path}?{query}", headers, body))
    assert answer.status in (200, 400, 404, 405, 406, 415)
    if answer.status != 200:
        assert code_of(answer)
