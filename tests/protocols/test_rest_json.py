"""rest-json on the wire: what is sent for values, and what is made of answers."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

import pytest
from tests.protocols.rest_json_specs import files
from tests.protocols.xml_clients import ENDPOINT, TOKEN, client, generated, request

PACKAGE = "rest_json_by_hand"
MOMENT = datetime(2019, 12, 16, 23, 48, 18, tzinfo=UTC)
DATE = "Mon, 16 Dec 2019 23:48:18 GMT"
JSON = "application/json"


@pytest.fixture(scope="module")
def things(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A client of the service."""
    root = tmp_path_factory.mktemp(PACKAGE)
    sys.path.insert(0, str(root))
    generated(root, PACKAGE, {"things": files("Things")})
    yield client(PACKAGE, "things")
    sys.path.remove(str(root))


def sent(things: Any, operation: str, values: dict[str, Any] | None = None) -> Any:
    """The message of a request."""
    return things.prepare(request(things, operation, values))


def read(
    things: Any,
    operation: str,
    body: bytes = b"",
    headers: Any = (),
    status: int = 200,
) -> dict[str, Any]:
    """What is read in an answer."""
    http = import_module(f"{PACKAGE}.things").HttpResponse(status, headers, body)
    found: dict[str, Any] = things.parse(request(things, operation), http).to_dict()
    return found


# Member, value, and the header that says it.
HEADERS: list[tuple[str, Any, str]] = [
    ("text", "Hello", "Hello"),
    ("whole", -123, "-123"),
    ("real", 1.5, "1.5"),
    ("real", math.inf, "Infinity"),
    ("real", -math.inf, "-Infinity"),
    ("yes", True, "true"),
    ("yes", False, "false"),
    ("color", "red", "red"),
    ("color", "mauve", "mauve"),
    ("at", MOMENT, DATE),
    ("epoch", MOMENT, "1576540098"),
    ("iso", MOMENT, "2019-12-16T23:48:18Z"),
    ("texts", ["a", "b", "c"], "a, b, c"),
    ("texts", ["b,c", '"def"', "a"], '"b,c", "\\"def\\"", a'),
    ("texts", ['\\"'], '"\\\\\\""'),
    ("texts", ["\\"], "\\"),
    ("wholes", [1, 2, 3], "1, 2, 3"),
    ("truths", [True, False], "true, false"),
    ("moments", [MOMENT, MOMENT], f"{DATE}, {DATE}"),
    ("reals", [1.5, math.inf], "1.5, Infinity"),
    ("colors", ["red", "green"], "red, green"),
    ("json", {"a": [1, None, "\u00e9"]}, "eyJhIjpbMSxudWxsLCJcdTAwZTkiXX0="),
    ("json", "text", "InRleHQi"),
    ("media", "true", "dHJ1ZQ=="),
]


@pytest.mark.parametrize(("member", "value", "text"), HEADERS)
def test_headers(things: Any, member: str, value: Any, text: str) -> None:
    name = f"X-{member.capitalize()}"
    off = things.with_options(validation="off")
    http = sent(off, "Headers", {member: value})
    assert http.headers[name] == text
    assert http.body == b""
    assert read(things, "Headers", headers={name.upper(): text}) == {member: value}


def test_no_number_is_told_by_name(things: Any) -> None:
    assert sent(things, "Headers", {"real": math.nan}).headers["X-Real"] == "NaN"
    assert math.isnan(read(things, "Headers", headers={"x-real": "NaN"})["real"])


def test_empty_texts_and_lists_are_sent(things: Any) -> None:
    """The specification has clients send both, and nothing for what isn't set."""
    http = sent(things, "Headers", {"text": "", "texts": [], "color": None})
    assert http.headers["X-Text"] == http.headers["X-Texts"] == ""
    assert "X-Color" not in http.headers


@pytest.mark.parametrize(
    ("member", "text", "value"),
    [
        ("texts", "a,b", ["a", "b"]),
        ("texts", '"a, b" , "c"', ["a, b", "c"]),
        ("texts", 'a"b, c', ['a"b', "c"]),
        ("texts", '"never closed, c', ['"never closed', "c"]),
        ("texts", "a,, b,", ["a", "b"]),
        ("moments", f"{DATE},{DATE}", [MOMENT, MOMENT]),
        ("moments", "2019-12-16T23:48:18Z, 2019-12-16T23:48:18Z", [MOMENT, MOMENT]),
        ("whole", "", None),
        ("text", "", ""),
    ],
)
def test_headers_as_others_write_them(
    things: Any, member: str, text: str, value: Any
) -> None:
    name = f"x-{member}"
    assert read(things, "Headers", headers={name: text}).get(member) == value


def test_a_list_in_several_headers(things: Any) -> None:
    headers = [("X-Texts", "a"), ("X-Texts", '"b, c"')]
    assert read(things, "Headers", headers=headers) == {"texts": ["a", "b, c"]}


@pytest.mark.parametrize(
    "header",
    [("X-Whole", "x"), ("X-Json", "!"), ("X-Yes", "maybe"), ("X-Media", "?")],
)
def test_unreadable_headers(things: Any, header: tuple[str, str]) -> None:
    errors = import_module(f"{PACKAGE}._runtime.errors")
    with pytest.raises(errors.ResponseError, match=header[0]):
        read(things, "Headers", headers=[header])


def test_headers_of_every_request(things: Any) -> None:
    for operation in ("Nothing", "Body", "Structured"):
        headers = sent(things, operation).headers
        assert (headers["Accept"], headers["X-Version"]) == (JSON, "2")


QUERIES: list[tuple[dict[str, Any], str]] = [
    ({"real": math.nan}, "real=NaN"),
    ({"real": -math.inf}, "real=-Infinity"),
    ({"at": MOMENT}, "at=2019-12-16T23%3A48%3A18Z"),
    ({"texts": ["a b", "", "c"]}, "t=a%20b&t=&t=c"),
    ({"texts": []}, ""),
    ({"wholes": [1, 2]}, "wholes=1&wholes=2"),
    ({"moments": [MOMENT]}, "moments=2019-12-16T23%3A48%3A18Z"),
    ({"fixedless": ""}, "named="),
    ({"more": {"a b": "c&d", "e": ""}}, "a%20b=c%26d&e="),
    # What members and the path say comes before a map, whichever stands first.
    ({"more": {"named": "map", "x": "y"}, "fixedless": "own"}, "named=own&x=y"),
    ({"more": {"named": "map"}}, "named=map"),
    ({"more": {"fixed": "b", "flag": "c", "z": "1"}}, "z=1"),
    ({"others": {"baz": ["bar", "qux"], "none": []}}, "baz=bar&baz=qux"),
]


@pytest.mark.parametrize(("values", "query"), QUERIES)
def test_query_strings(things: Any, values: dict[str, Any], query: str) -> None:
    url = sent(things, "Queries", {"token": "t", **values}).url
    target, _, found = url.partition("?")
    parts = found.split("&")
    assert target == f"{ENDPOINT}/queries"
    assert parts[:2] == ["fixed=a", "flag"]
    assert sorted(parts[2:]) == sorted(["token=t", *filter(None, query.split("&"))])


def test_tokens_are_made_in_query_strings(things: Any) -> None:
    assert sent(things, "Queries").url.endswith(f"?fixed=a&flag&token={TOKEN}")


def test_labels(things: Any) -> None:
    values = {"real": math.nan, "yes": True, "at": MOMENT, "rest": "a/b c/%"}
    assert sent(things, "Labels", values).url == (
        f"{ENDPOINT}/l/NaN/true/2019-12-16T23%3A48%3A18Z/(a+)+/a/b%20c/%25"
    )


def test_header_maps(things: Any) -> None:
    meta = {"Abc": "v", "own": "of the map", "Empty": ""}
    headers = sent(things, "Maps", {"own": "o", "meta": meta}).headers
    assert headers["x-meta-abc"] == "v"
    assert headers["x-meta-empty"] == ""
    assert headers.get_all("x-meta-own") == ["o"]
    found = read(
        things,
        "Maps",
        b'{"body": {"x": 1}}',
        {"X-Meta-Abc": "v", "x-meta-Def": "w", "Other": "o"},
        202,
    )
    assert found == {
        "meta": {"Abc": "v", "Def": "w"},
        "status": 202,
        "body": {"x": 1},
    }


def test_a_map_of_all_headers(things: Any) -> None:
    values = {"own": "There", "every": {"X-Foo": "Foo", "Hello": "Hello"}}
    headers = sent(things, "AllHeaders", values).headers
    assert headers["X-Foo"] == "Foo"
    assert headers.get_all("hello") == ["There"]
    found = read(things, "AllHeaders", headers={"X-Foo": "Foo", "hello": "There"})
    assert found == {"own": "There", "every": {"X-Foo": "Foo", "hello": "There"}}
    for name in ("Host", "transfer-encoding", "AUTHORIZATION"):
        with pytest.raises(ValueError, match=name.lower()):
            sent(things, "AllHeaders", {"every": {name: "x"}})


# Operation, value, body and media type, and what the answer with that body is read to.
PAYLOADS: list[tuple[str, Any, bytes, str]] = [
    ("Bytes", b"\0\xff", b"\0\xff", "application/octet-stream"),
    ("Picture", b"png", b"png", "image/png"),
    ("Text", "\u00e9", "\u00e9".encode(), "text/plain"),
    ("Enumerated", "red", b"red", "text/plain"),
    ("Enumerated", "mauve", b"mauve", "text/plain"),
    ("Structured", {"x": 1, "label": "l"}, b'{"x": 1, "Label": "l"}', JSON),
    ("Structured", {}, b"{}", JSON),
    ("Chosen", {"text": "t"}, b'{"text": "t"}', JSON),
    ("Listed", ["a"], b'["a"]', JSON),
    ("Mapped", {"a": "b"}, b'{"a": "b"}', JSON),
    ("Document", {"a": [1, 1.5, None]}, b'{"a": [1, 1.5, null]}', JSON),
    ("Document", "text", b'"text"', JSON),
    ("Document", False, b"false", JSON),
]


@pytest.mark.parametrize(("operation", "value", "body", "kind"), PAYLOADS)
def test_payloads(
    things: Any, operation: str, value: Any, body: bytes, kind: str
) -> None:
    off = things.with_options(validation="off")
    http = sent(off, operation, {"data": value})
    assert (http.body, http.headers["Content-Type"]) == (body, kind)
    http = sent(off, operation, {"data": value, "kind": "a/b"})
    assert http.headers.get_all("content-type") == ["a/b"]
    assert read(things, operation, body) == {"data": value}


@pytest.mark.parametrize(
    ("operation", "body"),
    [
        ("Bytes", b""),
        ("Text", b""),
        ("Chosen", b""),
        ("Listed", b""),
        ("Mapped", b""),
        ("Structured", b"{}"),
        ("Body", b"{}"),
        ("Nothing", b""),
    ],
)
def test_nothing_to_send(things: Any, operation: str, body: bytes) -> None:
    http = sent(things, operation)
    assert http.body == body
    assert http.headers.get("content-type") == (JSON if body else None)


def test_empty_payloads(things: Any) -> None:
    for operation in ("Bytes", "Text", "Structured", "Chosen", "Listed"):
        assert read(things, operation) == {}
    assert read(things, "Needed") == {"data": b""}
    assert read(things, "Structured", b"{}") == {"data": {}}


@pytest.mark.parametrize("body", [b"<html>", b"[", b'"text"', b"\xff"])
def test_unreadable_payloads(things: Any, body: bytes) -> None:
    errors = import_module(f"{PACKAGE}._runtime.errors")
    with pytest.raises(errors.ResponseError):
        read(things, "Structured", body)


ERRORS: list[tuple[dict[str, str], bytes, str]] = [
    ({"X-Amzn-Errortype": "Slow"}, b"{}", "Slow"),
    ({"X-Amzn-Errortype": "Slow:http://amazon.example/"}, b"", "Slow"),
    ({"X-Amzn-Errortype": "ns.x#Slow:http://x.example/a#b"}, b"", "Slow"),
    ({"X-Amzn-Errortype": "Slow"}, b'{"code": "Fast", "__type": "Fast"}', "Slow"),
    ({}, b'{"code": "ns#Slow", "__type": "Fast"}', "Slow"),
    ({}, b'{"__type": "ns#Slow:http://x.example/"}', "Slow"),
    ({}, b'{"code": 7, "__type": "Slow"}', "Slow"),
    ({}, b"<html>", "429"),
]


@pytest.mark.parametrize(("headers", "body", "code"), ERRORS)
def test_errors(things: Any, headers: dict[str, str], body: bytes, code: str) -> None:
    package = import_module(f"{PACKAGE}.things")
    headers = {**headers, "X-Wait": "5"}
    with pytest.raises(package.ServiceError) as raised:
        read(things, "Bytes", body, headers, 429)
    assert raised.value.code == code
    if code == "Slow":
        assert isinstance(raised.value, package.errors.Slow)
        assert raised.value.wait == 5


def test_an_error_whose_headers_cant_be_read_is_raised_all_the_same(
    things: Any,
) -> None:
    package = import_module(f"{PACKAGE}.things")
    headers = {"X-Amzn-Errortype": "Slow", "X-Wait": "long"}
    with pytest.raises(package.errors.Slow) as raised:
        read(things, "Maps", b'{"Reason": "r"}', headers, 429)
    assert raised.value.reason == "r"
    assert raised.value.wait is None
    assert any("X-Wait" in note for note in raised.value.__notes__)


def test_hosts_begin_with_a_prefix(things: Any) -> None:
    assert sent(things, "Prefixed").url == "http://data.127.0.0.1:9/prefixed"
    http = sent(things, "Labelled", {"label": "a.b-c", "account": "123"})
    assert http.url == "http://a.b-c.123-x.127.0.0.1:9/labelled"
    assert http.body == b'{"label": "a.b-c"}'
    package = import_module(f"{PACKAGE}.things")
    usual = package.ThingsClient(region="eu-west-1")
    url = usual.prepare(package.PrefixedRequest()).url
    assert url == "https://data.things.eu-west-1.amazonaws.com/prefixed"


@pytest.mark.parametrize(
    "label",
    ["", ".", "a..b", "a/b", "a@b", "a_b", "\u00e9", "a\n", "x" * 64, "a:1", "{b}"],
)
def test_what_no_host_can_have(things: Any, label: str) -> None:
    asked = request(things, "Labelled", {"label": label, "account": "1"})
    (violation,) = asked.violations()
    assert (violation.pointer, violation.kind) == ("/label", "label")
    errors = import_module(f"{PACKAGE}._runtime.errors")
    with pytest.raises(errors.ValidationError):
        things.with_options(validation="off").prepare(asked)
