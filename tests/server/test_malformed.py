"""Malformed requests, one by one: each gets the documented error, and never a 200 or a 500."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from tests.server.strict_model import json_body, refused, rest_body

from specwright.server.messages import Request

INTEGERS = {"byte": 8, "short": 16, "integer": 32, "long": 64}

NO_STRING = ("1", "1.5", "true", "[]", '["a"]', "{}", '{"a":"b"}')
NO_NUMBER = (
    '"1"',
    '""',
    "true",
    "[1]",
    "{}",
    "2ABC",
    "0x42",
    "+1",
    "01",
    "1_0",
    "1.",
    ".5",
)
NO_INTEGER = (
    *NO_NUMBER,
    "1.001",
    "1.0",
    "1e1",
    "NaN",
    "Infinity",
    '"NaN"',
    "1e999",
    "-",
)
NO_DATE = (
    *(
        '"1985-04-12T23:20:50"',
        '"1985-04-12T23:20Z"',
        '"1985-04-12"',
        '"19850412T232050Z"',
    ),
    *(
        '"1985-04-12T23:20:50-07:00"',
        '"1985-04-12T23:20:50+00:00"',
        '"1985-02-30T00:00:00Z"',
    ),
    *('"1985-04-12 23:20:50Z"', '"1985-04-12T23:20:50Zx"', '"1985-04-12T24:00:00Z"'),
    *(
        '"1985-04-12t23:20:50z"',
        '"1985-W15-5T23:20:50Z"',
        '"2020-13-01T00:00:00Z"',
        '""',
    ),
    *("1515531081", "1515531081.123", '"1515531081"', "true", "[]", "{}"),
    *(
        '"Tue, 29 Apr 2014 18:30:38 GMT"',
        '"0000-01-01T00:00:00Z"',
        '"-1-01-01T00:00:00Z"',
    ),
)
NO_HTTP_DATE = (
    *(
        '"Mon, 29 Apr 2014 18:30:38 GMT"',
        '"Tue, 29 Apr 2014 18:30:38"',
        '"29 Apr 2014"',
    ),
    *('"Tue, 29 Apr 2014 18:30:38 UTC"', '"Tue, 29 Foo 2014 18:30:38 GMT"', '""'),
    *('"Tue, 29 Apr 2014 25:30:38 GMT"', '"Tuesday, 29-Apr-14 18:30:38 GMT"', "true"),
    *('"1985-04-12T23:20:50.52Z"', "1515531081", '"1515531081"', "[]"),
)
NO_EPOCH = (
    *(
        '"1985-04-12T23:20:50.52Z"',
        '"Tue, 29 Apr 2014 18:30:38 GMT"',
        '"1515531081"',
        '""',
    ),
    *(
        "1515531081ABC",
        "0x42",
        "1515531081.123.456",
        "Infinity",
        "-Infinity",
        "NaN",
        "1e99",
    ),
    *('"Infinity"', '"1515531081.1234"', "true", "[]", "{}", "99999999999999999999"),
)
NO_BLOB = (
    *(
        "blob",
        '"xyz"',
        '"YmxvYg="',
        '"YmxvYg"',
        '"YmxvYg==="',
        '"Ymxv Yg=="',
        '"YmxvYg==\\n"',
    ),
    *(
        '"Ymxv-_=="',
        '"YmxvYmxv=="',
        '"=="',
        '"Y==="',
        '"YQ==YQ=="',
        "[98, 108]",
        "981081198",
    ),
    *("true", "[][]", "{}", '["b"]', '"\\u00e9"'),
)
NO_STRINGS = (
    "{}",
    '"a"',
    "1",
    "true",
    "[null]",
    '["a",null]',
    "[1]",
    '["a"',
    '["a",]',
    "[[]]",
)
NO_STRING_MAP = (
    *(
        "[]",
        '"a"',
        "1",
        '{"a":null}',
        '{"a":1}',
        '{null:"a"}',
        '{"a":"b"',
        '{"a":"b",}',
        "{1:1}",
    ),
    '{"a":"b","a":"b"}',
)
NO_UNION = (
    *(
        "{}",
        '{"int":1,"text":"a"}',
        '{"int":1,"unknown":"a"}',
        '{"unknown":1}',
        '{"int":null}',
    ),
    *(
        "[]",
        '[{"int":1}]',
        '"a"',
        "1",
        "true",
        '{"int":"1"}',
        '{"self":{}}',
        '{"__type":"x"}',
    ),
    *('{"self":{"int":1,"text":""}}', '{"strings":[null]}', '{"int":1.5}'),
)
IN_BODY: dict[str, tuple[str, ...]] = {
    "string": (*NO_STRING, '"\\ud800"', '"a', "'a'", "a", '"\n"', '"\\x"'),
    "boolean": (
        '"true"',
        '"false"',
        "1",
        "0",
        '""',
        "True",
        "yes",
        "[]",
        "{}",
        "[true]",
    ),
    **{
        name: (*NO_INTEGER, str(1 << bits - 1), str(-(1 << bits - 1) - 1), "9" * 5000)
        for name, bits in INTEGERS.items()
    },
    "bigInteger": (*NO_INTEGER, "9" * 5000),
    "intEnum": NO_INTEGER,
    "float": (
        *NO_NUMBER,
        "NaN",
        "Infinity",
        '"nan"',
        '"-infinity"',
        "1e39",
        "-4e38",
        "1e400",
    ),
    "double": (
        *NO_NUMBER,
        "NaN",
        "-Infinity",
        '"inf"',
        "1e309",
        "-1e309",
        "2e999999999",
    ),
    "bigDecimal": (*NO_NUMBER, "NaN", "Infinity", '"NaN"', "1e99999999999999999999"),
    "blob": NO_BLOB,
    "timestamp": NO_EPOCH,
    "epoch": NO_EPOCH,
    "date": NO_DATE,
    "http": NO_HTTP_DATE,
    "strings": NO_STRINGS,
    "set": NO_STRINGS,
    "integers": ('["1"]', "[1.5]", "[2147483648]", "[true]", "[null]", "[[1]]", "{}"),
    "booleans": ('["true"]', "[1]", "[null]"),
    "dates": ("[1515531081]", '["1985-04-12"]', "[null]", '"1985-04-12T23:20:50Z"'),
    "nested": ('["a"]', '[["a"],null]', '[["a",null]]', "[[1]]", "[{}]", '[["a"]'),
    "sparse": ("[1]", "[null,1]", "{}", '"a"', "[[]]"),
    "stringMap": NO_STRING_MAP,
    "sparseMap": ('{"a":1}', "[null]", '{"a":[]}'),
    "listMap": ('{"a":"b"}', '{"a":[null]}', '{"a":null}', '{"a":{}}'),
    "union": NO_UNION,
    "unionSet": ("[{}]", "[null]", '[{"int":1,"text":"a"}]', '{"int":1}'),
    "leaf": ("[]", '"a"', "1", "true", '{"name":1}', '{"size":"2"}', '{"name":"a"'),
    "tree": (
        *('{"left":{"left":{"name":1}}}', '{"children":[{"children":[null]}]}'),
        *('{"byName":{"a":{"byName":{"b":null}}}}', '{"left":[]}', '{"children":{}}'),
        *('{"byName":[]}', '{"leaf":{"size":1.5}}'),
        '{"left":' * 70 + "{}" + "}" * 70,
    ),
    "document": (
        '"\\ud800"',
        "nul",
        "[1,]",
        '{"a":1,"a":2}',
        "NaN",
        "[" * 70 + "]" * 70,
    ),
}
BODIES = (
    *(
        "{",
        "}",
        "[]",
        "null",
        "true",
        "0",
        '""',
        "{}}",
        "{}{}",
        "{},",
        "{} x",
        "{'a':1}",
        "x",
    ),
    *(
        '{"string":"a",}',
        '{"string" "a"}',
        '{string:"a"}',
        "\ufeff{}",
        "//\n{}",
        " ",
        "\0",
        "{}\0",
    ),
    *("[{}]", '{"a":1}]', "[" * 100_000, '{"a":' * 100_000, '{"string":"a"};'),
)

NO_TEXT_INTEGER = (
    *(
        "1.001",
        "2ABC",
        "0x42",
        "true",
        "NaN",
        "Infinity",
        "-Infinity",
        "",
        " 1",
        "1 ",
        "1,000",
    ),
    *("1e1", "+1", "1_0", "--1", "-", "\u0661", "1.0", "null", "\u00b2"),
)
NO_TEXT_NUMBER = (
    "true",
    "2ABC",
    "0x42",
    "0x1p3",
    "",
    " 1",
    "1 ",
    "1,5",
    "inf",
    "nan",
    "1e",
    ".5",
)
NO_TEXT_DATE = tuple(dict.fromkeys(t[1:-1] for t in NO_DATE if t.startswith('"')))
NO_TEXT_HTTP_DATE = tuple(t[1:-1] for t in NO_HTTP_DATE if t.startswith('"'))
NO_TEXT_EPOCH = (
    *(
        "1985-04-12T23:20:50.52Z",
        "Tue, 29 Apr 2014 18:30:38 GMT",
        "1515531081ABC",
        "0x42",
    ),
    *(
        "1515531081.123.456",
        "Infinity",
        "-Infinity",
        "NaN",
        "",
        "1.5e9",
        "1e3",
        "+1",
        "true",
    ),
)
IN_TEXT: dict[str, tuple[str, ...]] = {
    "boolean": (
        "True",
        "TRUE",
        "yes",
        "1",
        "0",
        "",
        " true",
        "true ",
        "truefalse",
        "t",
        "no",
    ),
    **{
        name: (*NO_TEXT_INTEGER, str(1 << bits - 1), str(-(1 << bits - 1) - 1))
        for name, bits in INTEGERS.items()
    },
    "bigInteger": NO_TEXT_INTEGER,
    "intEnum": NO_TEXT_INTEGER,
    "float": (*NO_TEXT_NUMBER, "1e39"),
    "double": (*NO_TEXT_NUMBER, "1e309"),
    "bigDecimal": (*NO_TEXT_NUMBER, "NaN", "Infinity"),
    "date": NO_TEXT_DATE,
    "http": NO_TEXT_HTTP_DATE,
    "epoch": NO_TEXT_EPOCH,
}
IN_QUERY = {**IN_TEXT, "timestamp": (*NO_TEXT_DATE, "1515531081")}
IN_HEADER = {**IN_TEXT, "timestamp": (*NO_TEXT_HTTP_DATE, "1515531081")}
IN_LIST = {
    "integers": (
        "a",
        "1,a",
        "1,,2",
        "1,",
        ",1",
        '"1',
        "1.5",
        "0x1",
        "2147483648",
        '"1"x',
    ),
    "booleans": ("yes", "true,no", "true,,false", "1", "true,"),
    "doubles": ("a", "1.5,b", "1.5,,2"),
    "dates": ("1985-04-12", "1985-04-12T23:20:50Z,x", "1515531081"),
    "httpDates": (
        *("1985-04-12T23:20:50Z", "Tue, 29 Apr 2014 18:30:38 GMT, x", "x"),
        *("Tue, 29 Apr 2014 18:30:38 GMT,", "Tue, 29 Apr 2014 18:30:38 GMT, Tue"),
    ),
    "strings": ('"a', '"a"b', 'a"b', '"', '"a\\"'),
}


def each(table: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(name, text) for name, texts in table.items() for text in texts]


def shown(value: object) -> str | None:
    return f"{value[:30]!a}" if isinstance(value, str) else None


@pytest.mark.parametrize(("member", "text"), each(IN_BODY), ids=shown)
def test_a_member_of_a_body(strict, member, text):
    refused(rest_body(strict, f'{{"{member}":{text}}}'))
    refused(json_body(strict, f'{{"{member}":{text}}}'))
    refused(json_body(strict, f'{{"{member}":{text}}}', "1.0"))


@pytest.mark.parametrize("body", BODIES, ids=shown)
def test_a_body(strict, body):
    refused(rest_body(strict, body))
    refused(json_body(strict, body))
    refused(rest_body(strict, body, "TreePayload"))


@pytest.mark.parametrize("text", [*NO_UNION, "null"])
def test_a_union_as_the_body(strict, text):
    refused(rest_body(strict, text, "UnionPayload"))


@pytest.mark.parametrize("text", NO_STRINGS)
def test_a_list_as_the_body(strict, text):
    refused(rest_body(strict, text, "ListPayload"))


@pytest.mark.parametrize("text", ["nul", "[1,]", "{} {}", "NaN", '"\\ud800"', "'a'"])
def test_a_document_as_the_body(strict, text):
    refused(rest_body(strict, text, "DocumentPayload"))


@pytest.mark.parametrize(("member", "text"), each(IN_QUERY), ids=shown)
def test_a_query(strict, member, text):
    target = f"/Query?{member}={quote(text, safe='')}"
    refused(strict.answer(Request("GET", target)))


@pytest.mark.parametrize("member", [*IN_QUERY])
def test_a_query_without_a_value_or_with_two(strict, member):
    refused(strict.answer(Request("GET", f"/Query?{member}")))
    refused(strict.answer(Request("GET", f"/Query?{member}=1&{member}=1")))


@pytest.mark.parametrize(
    ("member", "text"),
    [
        *(("integers", t) for t in NO_TEXT_INTEGER),
        *(("booleans", t) for t in IN_TEXT["boolean"]),
        *(("doubles", t) for t in NO_TEXT_NUMBER),
        *(("dates", t) for t in NO_TEXT_DATE),
        *(("httpDates", t) for t in IN_QUERY["timestamp"]),
    ],
)
def test_a_list_in_a_query(strict, member, text):
    sound = {"integers": "1", "booleans": "true", "doubles": "1.5"}
    first = sound.get(member, "1985-04-12T23:20:50Z")
    assert strict.answer(Request("GET", f"/Query?{member}={first}")).status == 200
    target = f"/Query?{member}={first}&{member}={quote(text, safe='')}"
    refused(strict.answer(Request("GET", target)))


@pytest.mark.parametrize(("member", "text"), each(IN_HEADER | IN_LIST), ids=shown)
def test_a_header(strict, member, text):
    headers = {f"x-{member.lower()}": text}
    refused(strict.answer(Request("POST", "/Headers", headers)))


@pytest.mark.parametrize("text", ["xyz", "YmxvYg", "{}", "YmxvYg==", "eA=", "/w=="])
def test_json_in_a_header(strict, text):
    refused(strict.answer(Request("POST", "/Headers", {"x-json": text})))
    refused(strict.answer(Request("POST", "/Headers", {"x-typed": text})))


@pytest.mark.parametrize(("member", "text"), each(IN_QUERY), ids=shown)
def test_a_label(strict, member, text):
    name = member[0].upper() + member[1:]
    answer = strict.answer(Request("POST", f"/{name}Path/{quote(text, safe='')}"))
    if text:
        refused(answer)
    else:
        refused(answer, "UnknownOperationException", 404)


@pytest.mark.parametrize(
    "target",
    [
        *(
            "/",
            "/Nowhere",
            "/values",
            "/Values/",
            "//Values",
            "/Values/x",
            "/StringPath/a/b",
        ),
        *("/StringPath/", "/StringPath", "/greedy/ab/x/end", "/greedy/ab/x//end"),
        *(
            "/greedy//x/cd/end",
            "/map",
            "/map?fixed=1",
            "/map?fixed=2&flag",
            "/map?flag",
        ),
    ],
)
def test_a_target_of_no_operation(strict, target):
    refused(strict.answer(Request("POST", target)), "UnknownOperationException", 404)


@pytest.mark.parametrize(
    "method", ["GET", "PUT", "PATCH", "DELETE", "HEAD", "BREW", "post"]
)
def test_a_method_of_no_operation(strict, method):
    answer = strict.answer(Request(method, "/Values"))
    refused(answer, "UnknownOperationException", 405)
    assert ("Allow", "POST") in answer.headers


@pytest.mark.parametrize(
    "target", ["/StringPath/%", "/StringPath/%zz", "/StringPath/%ff"]
)
def test_broken_escapes(strict, target):
    refused(strict.answer(Request("POST", target)))
    refused(strict.answer(Request("GET", "/Query?string=" + target[12:])))


@pytest.mark.parametrize(
    ("path", "media", "body"),
    [
        ("Values", "application/hal+json", "{}"),
        ("Values", "text/json", "{}"),
        ("Values", "", "{}"),
        ("Values", "application/octet-stream", "{}"),
        ("Nothing", "application/x-www-form-urlencoded", "{}"),
        ("Values", None, "{}"),
        ("TreePayload", "text/plain", "{}"),
        ("TreePayload", None, "{}"),
        ("UnionPayload", "application/xml", '{"int":1}'),
        ("TextPayload", "application/json", '"abc"'),
        ("EnumPayload", "application/json", '"abc"'),
        ("JpegPayload", "image/png", "abc"),
        ("JpegPayload", "application/json", "{}"),
        ("Nothing", "application/json", "{}"),
        ("Nothing", "application/json", ""),
        ("Nil", "application/json", "{}"),
        ("StringPath", None, None),
    ],
)
def test_a_body_of_another_media_type(strict, path, media, body):
    if body is None:
        path, media, body = f"{path}/x", "text/plain", "{}"
    headers = {} if media is None else {"content-type": media}
    answer = strict.answer(Request("POST", f"/{path}", headers, body.encode()))
    refused(answer, "UnsupportedMediaTypeException", 415)


@pytest.mark.parametrize(
    ("path", "media", "body"),
    [
        ("Values", "application/json; charset=utf-8", "{}"),
        ("Values", "Application/JSON", "{}"),
        ("Values", None, ""),
        ("BlobPayload", "anything at all", "abc"),
        ("BlobPayload", None, "abc"),
        ("JpegPayload", "image/jpeg", "abc"),
        ("JpegPayload", None, "abc"),
        ("TextPayload", "text/plain; charset=utf-8", "abc"),
        ("TextPayload", None, "abc"),
        ("StreamPayload", "application/json", "abc"),
        ("Nothing", None, ""),
        # HTTP libraries say these of every POST.
        ("Nothing", "application/octet-stream", ""),
        ("Values", "application/x-www-form-urlencoded", ""),
        ("TextPayload", "application/octet-stream", ""),
    ],
)
def test_a_body_of_its_media_type(strict, path, media, body):
    headers = {} if media is None else {"content-type": media}
    answer = strict.answer(Request("POST", f"/{path}", headers, body.encode()))
    assert answer.status == 200


@pytest.mark.parametrize(
    ("path", "accept", "taken"),
    [
        ("Values", "application/json", True),
        ("Values", "*/*", True),
        ("Values", "application/*", True),
        ("Values", "text/html, application/json;q=0.5", True),
        ("Values", "application/hal+json", False),
        ("Values", "application/json;q=0", False),
        ("Values", "", False),
        ("TextPayload", "application/json", False),
        ("TextPayload", "text/plain", True),
        ("JpegPayload", "application/hal+json", False),
        ("JpegPayload", "image/*", True),
        ("BlobPayload", "whatever this is", True),
        ("Nothing", "application/json", True),
    ],
)
def test_an_accept_header(strict, path, accept, taken):
    answer = strict.answer(Request("POST", f"/{path}", {"accept": accept}))
    if taken:
        assert answer.status == 200
    else:
        refused(answer, "NotAcceptableException", 406)


def test_accept_in_aws_json(strict):
    headers = {
        "content-type": "application/x-amz-json-1.0",
        "x-amz-target": "Strict.Values",
    }
    asked = Request("POST", "/", {**headers, "accept": "text/html"}, b"{}")
    refused(strict.answer(asked), "NotAcceptableException", 406)
    asked = Request("POST", "/", {**headers, "accept": "application/json"}, b"{}")
    assert strict.answer(asked).status == 200


def test_streams_of_events_are_not_taken(strict):
    refused(strict.answer(Request("POST", "/EventsIn")), "NotImplementedException", 501)
    told = [(s.id, o.name, why) for s, o, why in strict.unserved()]
    assert told == [("Strict Rest", "EventsIn", "it takes a stream of events")]
