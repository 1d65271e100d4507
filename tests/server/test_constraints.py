"""Broken constraints by Smithy's wording and paths, and requests that break none."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from tests.server.strict_model import json_body, refused, rest_body

from specwright.server.messages import Request

LENGTH = "Member must have length between 2 and 8, inclusive"
PATTERN = "Member must satisfy regular expression pattern: ^[a-m]+$"
ENUM = "Member must satisfy enum value set: [abc, def]"
RANGE = "Member must be between 2 and 8, inclusive"

BROKEN: list[tuple[str, list[tuple[str, str]]]] = [
    ('{"sized":"a"}', [("/sized", f"1 {LENGTH}")]),
    ('{"sized":"123456789"}', [("/sized", f"9 {LENGTH}")]),
    ('{"sized":"\\ud83d\\udc4d"}', [("/sized", f"1 {LENGTH}")]),
    ('{"sizedBlob":"YQ=="}', [("/sizedBlob", f"1 {LENGTH}")]),
    ('{"sizedList":["a"]}', [("/sizedList", f"1 {LENGTH}")]),
    (
        '{"sizedMap":{}}',
        [("/sizedMap", "0 Member must have length between 1 and 3, inclusive")],
    ),
    ('{"sizedMap":{"a":"ab"}}', [("/sizedMap", f"1 {LENGTH}")]),
    ('{"sizedMap":{"ab":"a"}}', [("/sizedMap/ab", f"1 {LENGTH}")]),
    (
        '{"atMost":"123456789"}',
        [("/atMost", "9 Member must have length less than or equal to 8")],
    ),
    ('{"pattern":"nope"}', [("/pattern", PATTERN)]),
    ('{"pattern":""}', [("/pattern", PATTERN)]),
    ('{"pattern":"abc\\n"}', [("/pattern", PATTERN)]),
    ('{"patternList":["a","z"]}', [("/patternList/1", PATTERN)]),
    ('{"patternMap":{"z":"a"}}', [("/patternMap", PATTERN)]),
    ('{"patternMap":{"a":"z"}}', [("/patternMap/a", PATTERN)]),
    ('{"enum":"ABC"}', [("/enum", ENUM)]),
    ('{"enums":["abc","x"]}', [("/enums/1", ENUM)]),
    ('{"enumMap":{"x":"abc"}}', [("/enumMap", ENUM)]),
    ('{"enumMap":{"abc":"x"}}', [("/enumMap/abc", ENUM)]),
    ('{"intEnum":4}', [("/intEnum", "Member must satisfy enum value set: [1, 2, 3]")]),
    ('{"ranged":1}', [("/ranged", RANGE)]),
    ('{"ranged":9}', [("/ranged", RANGE)]),
    ('{"rangedBig":8.000000000000000000000000000001}', [("/rangedBig", RANGE)]),
    (
        '{"rangedFloat":0.71}',
        [("/rangedFloat", "Member must be between 0.1 and 0.7, inclusive")],
    ),
    (
        '{"rangedFloat":"NaN"}',
        [("/rangedFloat", "Member must be between 0.1 and 0.7, inclusive")],
    ),
    ('{"atLeast":1}', [("/atLeast", "Member must be greater than or equal to 2")]),
    ('{"own":9}', [("/own", "Member must be between 10 and 20, inclusive")]),
    ('{"set":["a","b","a"]}', [("/set", "Member must have unique values")]),
    ('{"blobSet":["YQ==","YQ=="]}', [("/blobSet", "Member must have unique values")]),
    ('{"timeSet":[1,1.0]}', [("/timeSet", "Member must have unique values")]),
    (
        '{"unionSet":[{"int":1},{"int":1}]}',
        [("/unionSet", "Member must have unique values")],
    ),
    ('{"union":{"self":{"pattern":"z"}}}', [("/union/self/pattern", PATTERN)]),
    (
        '{"leaf":{"size":1}}',
        [("/leaf/name", "Member must not be null"), ("/leaf/size", RANGE)],
    ),
    ('{"leaf":{"name":null}}', [("/leaf/name", "Member must not be null")]),
    (
        '{"tree":{"children":[{"name":"z"},{"byName":{"a/b~":{"leaf":{"name":"","code":""}}}}]}}',
        [
            ("/tree/children/0/name", PATTERN),
            ("/tree/children/1/byName/a~1b~0/leaf/code", ENUM),
        ],
    ),
]

SOUND = {
    "string": ["", "a", "\u00e9\U0001f44d", "\u0000"],
    "blob": ["", "YQ==", "YWI=", "YWJj", "+/+/"],
    "boolean": [True, False],
    "timestamp": [0, -1, 1515531081, 1515531081.123],
    "date": ["1985-04-12T23:20:50.520Z", "2000-02-29T00:00:00Z"],
    "http": ["Tue, 29 Apr 2014 18:30:38 GMT", "Sun, 02 Jan 2000 20:34:56.456 GMT"],
    "epoch": [0, 1515531081],
    "byte": [-128, 127],
    "short": [-32768, 32767],
    "integer": [-(1 << 31), (1 << 31) - 1],
    "long": [-(1 << 63), (1 << 63) - 1],
    "bigInteger": [10**40, -(10**40)],
    "float": [1.5, -1e30, "NaN", "Infinity", "-Infinity"],
    "double": [1e-300, 1e300, "NaN"],
    "document": [True, "a", 5, -1.5, [None, {"a": [1]}], {"a": None}],
    "intEnum": [1, 2, 3],
    "enum": ["abc", "def"],
    "sized": ["ab", "12345678", "\U0001f44d\U0001f44d"],
    "pattern": ["abc"],
    "ranged": [2, 8],
    "rangedFloat": [0.1, 0.7],
    "own": [10, 20],
    "strings": [[], ["a", "a"]],
    "sparse": [[None, "a", None]],
    "nested": [[["a"], []]],
    "sparseMap": [{"a": None, "b": "c"}],
    "listMap": [{"a": ["b"], "": []}],
    "set": [["a", "b"]],
    "union": [{"int": 1}, {"text": ""}, {"self": {"strings": ["a"]}}],
    "tree": [{"left": {"left": {"name": "a"}}, "children": [{}], "byName": {"x": {}}}],
    "leaf": [{"name": "a", "size": 2, "code": "abc"}],
}


@pytest.mark.parametrize(("body", "expected"), BROKEN)
def test_what_is_broken_is_told_in_smithys_words(strict, body, expected):
    fields = []
    for path, words in expected:
        size, found, rest = words.partition(" Member must have length")
        start = f"Value with length {size} at" if found else "Value at"
        text = f"Member must have length{rest}" if found else words
        fields.append((path, f"{start} '{path}' failed to satisfy constraint: {text}"))
    count = (
        "1 validation error" if len(fields) == 1 else f"{len(fields)} validation errors"
    )
    for answer in (rest_body(strict, body), json_body(strict, body)):
        refused(answer, "ValidationException")
        told = json.loads(answer.body)
        assert told["message"] == f"{count} detected. " + "; ".join(
            t for _, t in fields
        )
        assert told["fieldList"] == [{"path": p, "message": t} for p, t in fields]


@pytest.mark.parametrize(("member", "values"), SOUND.items())
def test_sound_values_are_taken_and_given_back(strict, member, values):
    for value in values:
        body = json.dumps({member: value})
        for answer in (rest_body(strict, body), json_body(strict, body)):
            assert answer.status == 200, answer.body
            assert json.loads(answer.body)[member] == value


def test_big_decimals_keep_their_digits(strict):
    for text in (
        "1.000000000000000000000000000000000001",
        "1E+500",
        "12345678901234567890",
    ):
        answer = rest_body(strict, f'{{"bigDecimal":{text}}}')
        assert answer.status == 200
        assert f'"bigDecimal":{text}'.encode() in answer.body


def test_null_members_are_as_good_as_none(strict):
    body = json.dumps(dict.fromkeys((*SOUND, "unknown")))
    assert rest_body(strict, body).status == 200
    assert (
        rest_body(strict, '{"union":{"int":1,"text":null,"__type":"x"}}').status == 200
    )


REQUIRED = {"query": "q", "header": "h", "text": "t", "nested": {"name": "n"}}


@pytest.mark.parametrize("left_out", REQUIRED)
@pytest.mark.parametrize("null", [True, False])
def test_required_members(strict, left_out, null):
    given = {k: v for k, v in REQUIRED.items() if k != left_out}
    query = (
        f"?query={given.pop('query')}" if "query" in given else "?query" if null else ""
    )
    headers = {"content-type": "application/json"}
    if "header" in given:
        headers["x-required"] = str(given.pop("header"))
    body = dict(given)
    if null and left_out in ("text", "nested"):
        body[left_out] = None
    answer = strict.answer(
        Request("POST", f"/Required{query}", headers, json.dumps(body).encode())
    )
    refused(answer, "ValidationException")
    words = (
        f"Value at '/{left_out}' failed to satisfy constraint: Member must not be null"
    )
    assert json.loads(answer.body)["fieldList"] == [
        {"path": f"/{left_out}", "message": words}
    ]


@pytest.mark.parametrize(
    ("path", "body", "pointer"),
    [
        ("RequiredPayload", "", "/leaf"),
        ("RequiredPayload", "{}", "/leaf/name"),
        ("ListPayload", '["a"]', "/items"),
        ("TextPayload", "a", "/text"),
        ("EnumPayload", "x", "/text"),
        ("BlobPayload", "a", "/data"),
        ("TreePayload", '{"name":"z"}', "/tree/name"),
        ("UnionPayload", '{"pattern":"z"}', "/union/pattern"),
    ],
)
def test_constraints_of_payloads(strict, path, body, pointer):
    media = {"TextPayload": "text/plain", "EnumPayload": "text/plain"}
    headers = {"content-type": media.get(path, "application/json")}
    answer = strict.answer(Request("POST", f"/{path}", headers, body.encode()))
    refused(answer, "ValidationException")
    assert json.loads(answer.body)["fieldList"][0]["path"] == pointer


@pytest.mark.parametrize(
    ("target", "headers", "pointer"),
    [
        ("/Query?sized", {}, "/sized"),
        ("/Query?sized=", {}, "/sized"),
        ("/Query?pattern=z", {}, "/pattern"),
        ("/Query?ranged=9", {}, "/ranged"),
        ("/Query?enum=x", {}, "/enum"),
        ("/Query?enums=abc&enums=x", {}, "/enums/1"),
        ("/Query?intEnum=9", {}, "/intEnum"),
        ("POST /SizedPath/a", {}, "/value"),
        ("POST /PatternPath/%41", {}, "/value"),
        ("POST /EnumPath/x", {}, "/value"),
        ("POST /IntEnumPath/7", {}, "/value"),
        ("POST /greedy/a/x/bc/end", {}, "/first"),
        ("POST /greedy/ab/x/123/567/9/end", {}, "/rest"),
        ("POST /Headers", {"x-sized": "a"}, "/sized"),
        ("POST /Headers", {"x-pattern": "z"}, "/pattern"),
        ("POST /Headers", {"x-enum": "x"}, "/enum"),
        ("POST /Headers", {"x-enums": "abc, x"}, "/enums/1"),
        ("POST /Headers", {"x-ranged": "1"}, "/ranged"),
        ("POST /Headers", {"x-sizedlist": "a"}, "/sizedList"),
        ("POST /Headers", {"x-meta-a": "ab"}, "/meta"),
        ("POST /Headers", {"x-meta-ab": "a"}, "/meta/ab"),
    ],
)
def test_constraints_of_texts(strict, target, headers, pointer):
    method, _, path = target.rpartition(" ")
    answer = strict.answer(Request(method or "GET", path, headers))
    refused(answer, "ValidationException")
    assert json.loads(answer.body)["fieldList"][0]["path"] == pointer


@pytest.mark.parametrize(
    "label", ["", ".", "a.", "a..b", "a" * 64, "a b", "a_b", "\u00e9"]
)
def test_host_labels(strict, label):
    refused(
        rest_body(strict, json.dumps({"label": label}), "Host"), "ValidationException"
    )


def test_maps_of_queries(strict):
    assert (
        strict.answer(Request("POST", "/map?fixed=1&flag&a=b&a=c&named=5")).status
        == 200
    )
    assert strict.answer(Request("POST", "/listmap?a=b&a=c&d")).status == 200
    refused(strict.answer(Request("POST", "/map?fixed=1&flag&named=x")))


@pytest.mark.parametrize("text", ["%20", "a%2Fb", "a+b", "%C3%A9"])
def test_labels_are_decoded_once(strict, text):
    assert strict.answer(Request("POST", f"/StringPath/{text}")).status == 200
    rest = quote("12/45", safe="/")
    assert strict.answer(Request("POST", f"/greedy/ab/x/{rest}/end")).status == 200
