"""How requests are read: routes, labels, types, and what is refused before constraints."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from specwright.model import Http, Member, Shape
from specwright.server.messages import Refusal, Request, percent_decoded
from specwright.server.standin import StandIn
from specwright.server.timestamps import read_timestamp, timestamp_text
from specwright.server.validation import violations

JSON11 = {"x_amz_target": "SageMaker.ListProcessingJobs"}
MEDIA = "application/x-amz-json-1.1"


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("maxResults=five", "maxResults"),
        ("maxResults=", "maxResults"),
        ("maxResults=1.5", "maxResults"),
        ("maxResults=%EF%BC%95", "maxResults"),
        ("maxResults=2147483648", "maxResults"),
        ("maxResults=1&maxResults=1", "more than once"),
        ("creationTimeAfter=2024-01-01", "creationTimeAfter"),
        ("creationTimeAfter=2024-01-01T00:00:00", "creationTimeAfter"),
        ("creationTimeAfter=2024-02-30T00:00:00Z", "creationTimeAfter"),
        ("creationTimeAfter=1714564800", "creationTimeAfter"),
        ("creationTimeAfter=2024-01-01T00:00:00+02:00", "creationTimeAfter"),
        ("creationTimeAfter=0001-01-01T00:00:00%2B02:00", "creationTimeAfter"),
        ("nameContains=%G0", "percent"),
        ("nameContains=%f", "percent"),
        ("nameContains=%FF", "UTF-8"),
        ("nameContains=\udcff", "UTF-8"),
    ],
)
def test_a_query_that_cannot_be_read(standin, ask, query, word):
    answer = ask(standin, "GET", f"/model-import-jobs?{query}")
    assert answer.status == 400
    assert ("X-Amzn-Errortype", "SerializationException") in answer.headers
    assert word in json.loads(answer.body)["message"]


@pytest.mark.parametrize(
    "query", ["unknown=1", "&&", "a=b=c", "=", "maxResults=05", "MaxResults=x"]
)
def test_a_query_that_can(standin, ask, query):
    assert ask(standin, "GET", f"/model-import-jobs?{query}").status == 200


def test_a_plus_in_a_query_is_a_space(standin, ask):
    answer = ask(standin, "GET", "/model-import-jobs?nameContains=a+b")
    assert "regular expression" in json.loads(answer.body)["message"]
    assert ask(standin, "GET", "/model-import-jobs?nameContains=a%2Bb").status == 200


@pytest.mark.parametrize(
    "body",
    [
        "[]",
        "null",
        '"x"',
        "{",
        "",
        "{}x",
        "\ufeff{}",
        '{"MaxResults":"1"}',
        '{"MaxResults":true}',
        '{"MaxResults":1.5}',
        '{"MaxResults":5.0}',
        '{"MaxResults":5e0}',
        '{"MaxResults":5,"MaxResults":5}',
        '{"MaxResults":NaN}',
        '{"MaxResults":1e400}',
        '{"MaxResults":1e999999999999999999999}',
        '{"MaxResults":-1e999999999}',
        '{"MaxResults":2147483648}',
        '{"MaxResults":%s}' % ("9" * 5000),
        '{"MaxResults":[1]}',
        '{"NameContains":1}',
        '{"NameContains":{}}',
        '{"NameContains":"\\ud800"}',
        '{"CreationTimeAfter":"2024-01-01T00:00:00Z"}',
        '{"CreationTimeAfter":1e300}',
        '{"CreationTimeAfter":false}',
        '{"x":%s' % ("[" * 100_000),
    ],
)
def test_a_body_that_cannot_be_read(standin, ask, body):
    raw = body.encode() if body else b"\xff"
    answer = ask(standin, "POST", "/", raw, content_type=MEDIA, **JSON11)
    assert answer.status == 400
    assert json.loads(answer.body)["__type"] == "SerializationException"


@pytest.mark.parametrize(
    "body",
    [
        '{"Unknown":{"a":[1]}}',
        '{"MaxResults":null}',
        ' {"CreationTimeAfter":1.7e9} ',
        '{"CreationTimeAfter":-1}',
        '{"NameContains":"\\ud83d\\udc4d"}',
    ],
)
def test_a_body_that_can(standin, ask, body):
    answer = ask(standin, "POST", "/", body.encode(), content_type=MEDIA, **JSON11)
    assert answer.status == 200


@pytest.mark.parametrize(
    ("method", "target", "headers", "status"),
    [
        ("POST", "/", {}, 404),
        ("POST", "/", {"content_type": MEDIA}, 404),
        (
            "POST",
            "/",
            {"content_type": MEDIA, "x_amz_target": "ListProcessingJobs"},
            404,
        ),
        (
            "POST",
            "/",
            {"content_type": MEDIA, "x_amz_target": "Other.ListProcessingJobs"},
            404,
        ),
        ("GET", "/", {"content_type": MEDIA, **JSON11}, 405),
        ("POST", "/x", {"content_type": MEDIA, **JSON11}, 404),
        ("GET", "/model-import-jobs/", {}, 404),
        ("GET", "/model-import-jobs//", {}, 404),
        ("GET", "//model-import-jobs", {}, 404),
        ("GET", "/Model-import-jobs", {}, 404),
        ("GET", "*", {}, 404),
        ("GET", "", {}, 404),
        ("POST", "/model-import-jobs/x", {}, 405),
    ],
)
def test_requests_of_no_operation(standin, ask, method, target, headers, status):
    answer = ask(standin, method, target, **headers)
    assert answer.status == status
    code = (
        json.loads(answer.body).get("__type")
        or dict(answer.headers)["X-Amzn-Errortype"]
    )
    assert code == "UnknownOperationException"


def test_media_types_may_have_parameters(standin, ask):
    media = "Application/X-Amz-Json-1.1; charset=utf-8"
    assert ask(standin, "POST", "/", b"{}", content_type=media, **JSON11).status == 200


@pytest.mark.parametrize("media", ["application/json", "application/x-amz-json-1.0"])
def test_json_of_another_media_type(standin, ask, media):
    answer = ask(standin, "POST", "/", b"{}", content_type=media, **JSON11)
    assert answer.status == 415
    assert json.loads(answer.body)["__type"] == "UnsupportedMediaTypeException"


def test_labels_headers_and_lists(things, ask):
    answer = ask(
        StandIn([things]),
        "PUT",
        "/things/a%2Fb%20c/parts/x/y%2Fz//w?tag=1&force=true&tag=2,3",
        b'{"names":["n"]}',
        content_type="application/json",
        x_label='one, "two, three", "fo\\"ur"',
        x_when="Wed, 01 May 2024 12:00:00 GMT",
    )
    assert answer.status == 202
    assert dict(answer.headers)["X-Id"] == "a/b c"
    assert dict(answer.headers)["X-Label"] == 'one, "two, three", "fo\\"ur"'
    body = json.loads(answer.body)
    assert body["part"] == "x/y/z//w"
    assert body["tags"] == ["1", "2,3"]
    assert body["force"] is True


def test_a_body_of_another_media_type(things, ask):
    put = ("PUT", "/things/a/parts/b", b"<x/>")
    assert ask(StandIn([things]), *put, content_type="text/xml").status == 415


def test_what_is_broken_is_told_together(things, ask):
    body = b'{"names":["a","b","a"],"kind":"c"}'
    media = "application/json"
    put = ("PUT", "/things/a/parts/b", body)
    answer = ask(StandIn([things]), *put, content_type=media)
    told = json.loads(answer.body)
    assert told["message"] == (
        "2 validation errors detected. "
        "Value at '/names' failed to satisfy constraint: Member must have unique values; "
        "Value at '/kind' failed to satisfy constraint: "
        "Member must satisfy enum value set: [a, b]"
    )
    assert [field["path"] for field in told["fieldList"]] == ["/names", "/kind"]


def test_literal_segments_win_over_labels(things, ask):
    standin = StandIn([things])
    assert ask(standin, "GET", "/things/special").body == b"{}"
    assert ask(standin, "GET", "/things/speci%61l").body == b"{}"
    assert ask(standin, "GET", "/things/other").status == 404


def test_query_literals_choose_an_operation(things, ask):
    acl = replace(
        things.operations["GetSpecial"],
        name="GetAcl",
        http=Http("GET", "/things/special", 203, (("acl", None), ("v", "2"))),
    )
    service = replace(things, operations={**things.operations, "GetAcl": acl})
    standin = StandIn([service])
    assert ask(standin, "GET", "/things/special?acl&v=2").status == 203
    assert ask(standin, "GET", "/things/special?acl&v=1").status == 200


def test_the_credential_tells_services_apart(things, ask):
    def status(service, code):
        special = replace(
            service.operations["GetSpecial"], http=Http("GET", "/things/special", code)
        )
        return replace(service, operations={"GetSpecial": special})

    other = replace(status(things, 203), id="Other", signing_name="other")
    standin = StandIn([status(things, 202), other])
    scope = "AWS4-HMAC-SHA256 Credential=AKID/20240501/us-east-1/{}/aws4_request, Signature=x"
    for name, code in (("things", 202), ("other", 203), ("third", 202)):
        answer = ask(
            standin, "GET", "/things/special", authorization=scope.format(name)
        )
        assert answer.status == code
    assert (
        ask(standin, "GET", "/things/special", authorization="Credential=").status
        == 202
    )


def test_json_1_0_has_its_media_type_and_namespace(services, ask):
    sagemaker = next(s for s in services if s.id == "SageMaker")
    standin = StandIn([replace(sagemaker, json_version="1.0")])
    media = "application/x-amz-json-1.0"
    answer = ask(
        standin, "POST", "/", b'{"MaxResults":0}', content_type=media, **JSON11
    )
    assert (
        json.loads(answer.body)["__type"]
        == "com.amazonaws.sagemaker#ValidationException"
    )
    assert ("Content-Type", media) in answer.headers
    assert ask(standin, "POST", "/", b"{}", content_type=MEDIA, **JSON11).status == 415


@pytest.mark.parametrize(
    ("text", "form", "instant"),
    [
        ("2024-05-01T12:00:00Z", "iso8601", datetime(2024, 5, 1, 12, tzinfo=UTC)),
        (
            "2024-05-01T12:00:00.1234567Z",
            "iso8601",
            datetime(2024, 5, 1, 12, 0, 0, 123456, UTC),
        ),
        (
            "Wed, 01 May 2024 12:00:00 GMT",
            "http-date",
            datetime(2024, 5, 1, 12, tzinfo=UTC),
        ),
        ("1714564800", "epoch-seconds", datetime(2024, 5, 1, 12, tzinfo=UTC)),
        (
            "1714564800.25",
            "epoch-seconds",
            datetime(2024, 5, 1, 12, 0, 0, 250_000, UTC),
        ),
        (
            "-0.000001",
            "epoch-seconds",
            datetime(1969, 12, 31, 23, 59, 59, 999_999, UTC),
        ),
    ],
)
def test_timestamps(text, form, instant):
    assert read_timestamp(text, form, "x") == instant
    again = read_timestamp(timestamp_text(instant, form), form, "x")
    assert abs(again - instant).total_seconds() < 0.001


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("2024-05-01T12:00:00z", "iso8601"),
        ("2024-05-01T12:00:00+00:00", "iso8601"),
        ("2024-05-01T12:00:00-03:30", "iso8601"),
        ("2024-05-01T24:00:00Z", "iso8601"),
        ("2024-05-01 12:00:00Z", "iso8601"),
        ("2024-05-01T12:00:00Z\n", "iso8601"),
        ("Wed, 1 May 2024 12:00:00 GMT", "http-date"),
        ("Wed, 01 May 2024 12:00:00 CET", "http-date"),
        ("Thu, 01 May 2024 12:00:00 GMT", "http-date"),
        ("1e99", "epoch-seconds"),
        ("1.7145648e9", "epoch-seconds"),
        ("nan", "epoch-seconds"),
        ("99999999999999", "epoch-seconds"),
        ("", "epoch-seconds"),
    ],
)
def test_timestamps_spelled_wrong(text, form):
    with pytest.raises(Refusal) as caught:
        read_timestamp(text, form, "x")
    assert caught.value.code == "SerializationException"


def test_percent_escapes_are_undone_once():
    assert percent_decoded("a%252Fb+c%C3%A9") == "a%2Fb+cé"


def test_a_required_member_and_nested_places(things):
    shape = Shape(
        "structure",
        members=(
            Member(
                "a/b",
                Shape(
                    "structure",
                    members=(Member("~", Shape("string"), "~", required=True),),
                ),
                "x",
            ),
            Member(
                "all", Shape("list", item=Member("member", "Thing", "member")), "all"
            ),
            Member("id", Shape("string"), "id", required=True),
        ),
    )
    broken = list(
        violations(things, shape, {"a/b": {}, "all": [{"thingId": "t"}, {"size": 10}]})
    )
    assert [pointer for pointer, _ in broken] == [
        "/a~1b/~0",
        "/all/1/thingId",
        "/all/1/size",
        "/id",
    ]
    assert (
        broken[0][1]
        == "Value at '/a~1b/~0' failed to satisfy constraint: Member must not be null"
    )
    assert broken[2][1].endswith("Member must be between 1 and 9, inclusive")


def test_every_answer_has_a_request_id_of_its_own(standin):
    seen = set()
    for target in (
        "/",
        "/model-import-jobs",
        "/_specwright/operations",
        "/_specwright/x",
    ):
        headers = {
            n.lower(): t for n, t in standin.answer(Request("GET", target)).headers
        }
        seen.add(headers["x-amzn-requestid"])
    assert len(seen) == 4


def test_no_service_at_all(ask):
    assert ask(StandIn([]), "GET", "/").status == 404
