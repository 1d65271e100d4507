"""REST XML by hand-written documents: what is read, what is refused, and how."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from botocore.parsers import RestXMLParser
from hypothesis import HealthCheck, given, settings, strategies as st
from tests.protocols.test_rest_xml import CASES
from tests.protocols.xml_specs import files
from tests.server.strict_model import imported
from tests.server.test_query import HELD

from specwright.server.messages import Request, Response
from specwright.server.standin import StandIn
from specwright.workflow.import_botocore import (
    Request as ImportRequest,
    import_botocore,
)

TYPE, CONSTRAINT = "SerializationException", "ValidationException"
UNKNOWN = "UnknownOperationException"
XML = {"content-type": "application/xml"}
ANY = settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
OPERATIONS = (
    *("ListBuckets", "ListObjects", "ListObjectsV2", "GetObject", "PutObject"),
    *("CopyObject", "UploadPart", "ListParts", "GetBucketLocation", "HeadObject"),
    *("DeleteObjects", "PutBucketPolicy", "GetBucketAcl", "CreateBucket"),
)


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> StandIn:
    """A stand-in for a service that has everything, and for S3."""
    root = tmp_path_factory.mktemp("xml")
    texts = files("Everything of XML", "rest-xml")
    texts["operations/Held.yaml"] = HELD.replace("path: /", "path: /held")
    for path, text in texts.items():
        file = root / "everything" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return StandIn(imported(root))


@pytest.fixture(scope="module")
def s3(tmp_path_factory: pytest.TempPathFactory) -> StandIn:
    root = tmp_path_factory.mktemp("s3")
    done = import_botocore(ImportRequest("s3", Path(root), OPERATIONS))
    assert done.ok, done.diagnostics
    return StandIn(imported(root))


def post(
    standin: StandIn, body: bytes | str, path: str = "/everything?fixed=a%20b&flag"
) -> Response:
    raw = body.encode() if isinstance(body, str) else body
    return standin.answer(Request("POST", path, XML, raw))


def around(inner: str) -> str:
    return f"<EverythingRequest>{inner}</EverythingRequest>"


def refused(
    answer: Response, code: str = TYPE, status: int = 400, root: str = "ErrorResponse"
) -> dict[str, Any]:
    """The error as botocore finds it."""
    headers = dict(answer.headers)
    assert answer.status == status, answer.body
    assert headers["Content-Type"] == "application/xml"
    assert ElementTree.fromstring(answer.body).tag.rpartition("}")[2] == root
    lower = {name.lower(): text for name, text in headers.items()}
    told = {"status_code": answer.status, "headers": lower, "body": answer.body}
    found = RestXMLParser().parse(told, None)
    assert found["ResponseMetadata"]["RequestId"] == headers["x-amzn-RequestId"]
    error: dict[str, Any] = found["Error"]
    assert error["Code"] == code
    assert error["Message"]
    if root == "ErrorResponse":
        assert error["Type"] == ("Receiver" if status > 499 else "Sender")
    return error


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("spaced", [False, True])
def test_values_are_read(spoken, case, spaced):
    values, inner = CASES[case]
    if spaced and "<text>" not in inner:
        inner = inner.replace("><", ">\n  <!-- between -->\n<")
        inner = inner.replace(">\n  <!-- between -->\n</", "></")
        inner = f"\n<?xml-stylesheet?>{inner}\n<nobody a='b'>knows<this/></nobody>"
    target = "/everything?fixed=a%20b&flag"
    for body in (
        around(inner),
        f'<?xml version="1.0" encoding="UTF-8"?>\n{around(inner)}\n',
        f'<a:EverythingRequest xmlns:a="urn:a">{inner}</a:EverythingRequest>',
    ):
        request = Request("POST", target, XML, body.encode())
        room, route = spoken.meant(request)
        assert repr(room.parse(route, request)) == repr(values)


@pytest.mark.parametrize("case", CASES)
def test_values_are_answered(spoken, case):
    _, inner = CASES[case]
    answer = post(spoken, around(inner))
    assert answer.status == 200
    # Of values with several forms the stand-in has one.
    plain = (
        inner.replace("&#xA;", "\n")
        .replace("&#xD;", "&#13;")
        .replace(".123000Z", ".123Z")
    )
    plain = plain.replace("&#x85;", "&#133;").replace("&#x2028;", "&#8232;")
    assert plain in answer.body.decode()
    assert answer.body.startswith(b"<EverythingResponse>")


WRONG = [
    *(f"<yes>{t}</yes>" for t in ("True", "1", "", " true", "<a/>")),
    *(
        f"<whole>{t}</whole>"
        for t in ("", "1.0", "+1", " 1", "0x1", "1e1", "2147483648")
    ),
    *(f"<real>{t}</real>" for t in ("", "nan", "INF", "1,5", "1e999", ".5", "5.")),
    *(f"<bytes>{t}</bytes>" for t in ("YQ", "Y Q==", "-_==", "\nYQ==\n", "é")),
    *(
        f"<at>{t}</at>"
        for t in ("", "2014-04-29", "1398796238", "2014-04-29T18:30:38+00:00")
    ),
    *(f"<epoch>{t}</epoch>" for t in ("", "2014-04-29T18:30:38Z", "NaN", "9" * 30)),
    *(f"<date>{t}</date>" for t in ("", "Mon, 29 Apr 2014 18:30:38 GMT", "1398796238")),
    *("<text><a/></text>", "<text>a</text><text>b</text>", "<text>a<b/>c</text>"),
    *("<texts>a</texts>", "<texts><item>a</item></texts>", "<texts/><texts/>"),
    *("<texts><member><a/></member></texts>", "<texts><member>a</member>x</texts>"),
    *("<rows><member>a</member></rows>", "<flat><member>a</member></flat>"),
    *("<point>x</point>", "<point><x>1</x><x>1</x></point>", "<point><x>a</x></point>"),
    *("<numbers><key>a</key></numbers>", "<numbers>a</numbers>", "loose text"),
    "<numbers><entry><key>a</key></entry></numbers>",
    "<numbers><entry><value>1</value></entry></numbers>",
    "<numbers><entry><key>a</key><value>x</value></entry></numbers>",
    "<numbers><entry><key>a</key><value>1</value><value>1</value></entry></numbers>",
    "<numbers>" + "<entry><key>a</key><value>1</value></entry>" * 2 + "</numbers>",
    "<flatNumbers><key>a</key></flatNumbers>",
    *("<choice/>", "<choice><unknown/></choice>", "<choice>text</choice>"),
    "<choice><text>a</text><point/></choice>",
    "<choice><text>a</text><unknown/></choice>",
    "<tree>" + "<leaves><member>" * 70 + "</member></leaves>" * 70 + "</tree>",
]


@pytest.mark.parametrize("inner", WRONG, ids=lambda i: i[:50])
def test_values_that_are_refused(spoken, inner):
    refused(post(spoken, around(inner)))


LAUGHS = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
BROKEN = [
    *(
        " ",
        "x",
        "<",
        "<a",
        "<a>",
        "<a></b>",
        "<a/><a/>",
        "{}",
        "</a>",
        "\0",
        "<a>&b;</a>",
    ),
    *("<EverythingRequest>", "<EverythingRequest/>x", "<x:EverythingRequest/>"),
    *("<EverythingRequest a='1' a='2'/>", "<EverythingRequest a=1/>", "<a/>"),
    *(
        "<everythingRequest/>",
        "<Everything/>",
        "<EverythingResponse/>",
        "<text>a</text>",
    ),
    around("<text>&nbsp;</text>"),
    around("<text>&#0;</text>"),
    around("<text>&#xD800;</text>"),
    around("<text>\x01</text>"),
    around("<text>a & b</text>"),
    around("<text><![CDATA[a</text>"),
    LAUGHS + around("<text>&b;</text>"),
    LAUGHS + around("<text>no entity</text>"),
    "<!DOCTYPE EverythingRequest>" + around(""),
    '<!DOCTYPE a SYSTEM "file:///etc/passwd">' + around(""),
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    + around("<text>&x;</text>"),
    '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x"> %x;]>' + around(""),
    "<a>" * 100_000,
    around("<nobody>" + "<a>" * 300 + "</a>" * 300 + "</nobody>"),
    around("<a/>" * 600_000),
]


@pytest.mark.parametrize("body", BROKEN, ids=lambda b: b[:50])
def test_documents_that_are_refused(spoken, body):
    refused(post(spoken, body))


@pytest.mark.parametrize(
    "body",
    [
        b"\xff\xfe" + around("").encode(),
        b"<?xml version='1.0' encoding='latin-1'?>"
        + around("<text>\u00e9</text>").encode("latin-1"),
        b"<EverythingRequest><text>\xed\xa0\x80</text></EverythingRequest>",
        b"\xef\xbb",
    ],
)
def test_documents_that_are_no_utf_8(spoken, body):
    refused(post(spoken, body))


def test_a_document_in_utf_16(spoken):
    answer = post(spoken, around("<text>\u00e9</text>").encode("utf-16"))
    assert "<text>\u00e9</text>" in answer.body.decode()


def test_no_file_is_read_and_nothing_grows(spoken):
    answer = post(spoken, LAUGHS + around("<text>&b;</text>"))
    assert b"haha" not in answer.body
    assert b"document type" in answer.body


@pytest.mark.parametrize(
    ("request_", "code", "status"),
    [
        (Request("GET", "/nowhere"), UNKNOWN, 404),
        (Request("POST", "/everything"), UNKNOWN, 404),
        (Request("POST", "/everything?fixed=b&flag"), UNKNOWN, 404),
        (Request("PUT", "/everything?fixed=a+b&flag"), UNKNOWN, 405),
        (Request("POST", "/bound/%zz"), TYPE, 400),
        (Request("POST", "/bound/k?part=1.0"), TYPE, 400),
        (Request("POST", "/bound/k", {"x-at": "2014-04-29T18:30:38Z"}), TYPE, 400),
        (
            Request("POST", "/content", {"content-type": "application/json"}, b"{}"),
            *("UnsupportedMediaTypeException", 415),
        ),
        (
            Request("POST", "/content", {**XML, "accept": "application/json"}),
            *("NotAcceptableException", 406),
        ),
        (
            Request("POST", "/content", XML, b"<Config><name>a</name></Config>"),
            TYPE,
            400,
        ),
        (Request("POST", "/content", XML, b"<Configuration/>"), CONSTRAINT, 400),
        (Request("POST", "/words", {}, b"\xff"), TYPE, 400),
    ],
)
def test_a_request_of_another_kind(spoken, request_, code, status):
    refused(spoken.answer(request_), code, status)


def test_payloads_and_bindings(spoken):
    config = (
        b"<Configuration xmlns='https://example.com/'><name>a</name></Configuration>"
    )
    for headers in (XML, {}, {"content-type": "text/xml; charset=utf-8"}):
        answer = spoken.answer(Request("POST", "/content", headers, config))
        assert answer.status == 200
        assert answer.body.startswith(b"<Configuration><name>a</name>")
    answer = spoken.answer(Request("POST", "/bytes", {}, b"\0\xff"))
    assert (answer.status, answer.body) == (200, b"\0\xff")
    body = b"<BoundRequest><note>n</note></BoundRequest>"
    bound = Request(
        "POST",
        "/bound/a/b%2Fc?part=7",
        {**XML, "x-at": "Tue, 29 Apr 2014 18:30:38 GMT"},
        body,
    )
    room, route = spoken.meant(bound)
    read = room.parse(route, bound)
    assert (read["key"], read["part"], read["note"]) == ("a/b/c", 7, "n")
    answer = spoken.answer(bound)
    assert dict(answer.headers)["X-At"] == "Tue, 29 Apr 2014 18:30:38 GMT"
    nothing = spoken.answer(Request("POST", "/nothing"))
    assert (nothing.status, nothing.body) == (200, b"")


def test_attributes(spoken):
    body = (
        "<SpacesRequest xmlns:xsi='urn:x' xsi:type='root'><grantee xsi:type='User'>"
        "<ID>i</ID></grantee></SpacesRequest>"
    )
    request = Request("POST", "/spaces", XML, body.encode())
    room, route = spoken.meant(request)
    values = {"kind": "root", "grantee": {"id": "i", "type": "User"}}
    assert room.parse(route, request) == values
    root = ElementTree.fromstring(spoken.answer(request).body)
    assert list(root.attrib.values()) == ["root"]
    grantee = root.find("grantee")
    assert grantee is not None
    assert list(grantee.attrib.values()) == ["User"]


def test_every_broken_constraint_is_told(spoken):
    body = "<HeldRequest><kind>x</kind><sizes><member>0</member></sizes></HeldRequest>"
    error = refused(post(spoken, body, "/held"), CONSTRAINT)
    assert error["Message"].startswith("3 validation errors detected. Value at '/name'")
    assert "Value at '/sizes/0' failed" in error["Message"]


def test_errors_by_name(spoken, s3):
    headers = {**XML, "x-specwright-error": "Bounded"}
    answer = spoken.answer(Request("POST", "/bound/k", headers))
    refused(answer, "Bounded", 429)
    asked = Request("GET", "/b?list-type=2", {"x-specwright-error": "NoSuchBucket"})
    refused(s3.answer(asked), "NoSuchBucket", 404, "Error")


SOURCE = {"x-amz-copy-source": "b/k"}


@pytest.mark.parametrize(
    ("method", "target", "headers", "operation"),
    [
        ("GET", "/", {}, "ListBuckets"),
        ("GET", "/b", {}, "ListObjects"),
        ("GET", "/b?list-type=2&prefix=a", {}, "ListObjectsV2"),
        ("GET", "/b?location", {}, "GetBucketLocation"),
        ("GET", "/b?acl=", {}, "GetBucketAcl"),
        ("GET", "/b/a/b%20c/", {}, "GetObject"),
        ("GET", "/b/k?uploadId=x", {}, "ListParts"),
        ("HEAD", "/b/k", {}, "HeadObject"),
        ("PUT", "/b", {}, "CreateBucket"),
        ("PUT", "/b?policy", {}, "PutBucketPolicy"),
        ("PUT", "/b/k", {}, "PutObject"),
        ("PUT", "/b/k", SOURCE, "CopyObject"),
        ("PUT", "/b/k?partNumber=1&uploadId=x", {}, "UploadPart"),
        ("POST", "/b?delete", {}, "DeleteObjects"),
    ],
)
def test_the_routes_of_s3(s3, method, target, headers, operation):
    _, route = s3.meant(Request(method, target, headers))
    assert route.operation.name == operation


def test_the_place_of_a_bucket_has_nothing_around_it(s3):
    for bucket in "abcdefgh":
        answer = s3.answer(Request("GET", f"/{bucket}?location"))
        assert ElementTree.fromstring(answer.body).tag == "LocationConstraint"


def test_every_object_has_a_key(s3):
    root = ElementTree.fromstring(s3.answer(Request("GET", "/b?list-type=2")).body)
    assert len(root.findall("{*}Contents")) == 10
    assert len(root.findall("{*}Contents/{*}Key")) == 10


def test_what_is_told_of_bodies_is_true(s3):
    names = {name.lower() for name, _ in s3.answer(Request("GET", "/b/k")).headers}
    assert not [
        n for n in names if n.startswith(("x-amz-checksum-c", "content-length"))
    ]


CHUNKS = (
    b"4;chunk-signature=0\r\nWiki\r\n5\r\npedia\r\n0;chunk-signature=1\r\n"
    b"x-amz-checksum-crc32:AAAAAA==\r\n\r\n"
)


def test_bodies_in_the_chunks_of_aws(s3):
    headers = {
        "content-encoding": "aws-chunked,gzip",
        "x-amz-decoded-content-length": "9",
        "x-amz-content-sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
    }
    request = Request("PUT", "/b/k", headers, CHUNKS)
    room, route = s3.meant(request)
    read = room.parse(route, request)
    assert read["Body"] == b"Wikipedia"
    assert read["ContentEncoding"] == "gzip"
    for body in (
        b"",
        b"4\r\nWik",
        b"4\r\nWikix\r\n",
        b"x\r\n",
        CHUNKS[:-40] + b"0\r\nx",
        CHUNKS + b"y",
    ):
        refused(s3.answer(Request("PUT", "/b/k", headers, body)), TYPE, 400, "Error")
    other = {**headers, "x-amz-decoded-content-length": "8"}
    refused(s3.answer(Request("PUT", "/b/k", other, CHUNKS)), TYPE, 400, "Error")


@ANY
@given(
    case=st.sampled_from(sorted(CASES)),
    at=st.floats(0, 1),
    new=st.binary(max_size=3) | st.sampled_from([b"<a>", b"</", b"&x;", b"<!DOCTYPE"]),
)
def test_documents_with_a_slip_of_the_pen(spoken, case, at, new):
    whole = around(CASES[case][1]).encode()
    place = int(at * len(whole))
    answer = post(spoken, whole[:place] + new + whole[place + 1 :])
    assert answer.status in (200, 400)
    ElementTree.fromstring(answer.body)


@ANY
@given(body=st.binary(max_size=40) | st.text("<>/&;a! ?=\"'x", max_size=30))
def test_any_body_at_all(spoken, body):
    answer = post(spoken, body)
    assert answer.status in (200, 400)
    ElementTree.fromstring(answer.body)
