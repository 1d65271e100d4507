"""rest-xml on the wire: what is sent for values, and what is made of answers."""

from __future__ import annotations

import math
import pickle
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.protocols.xml_clients import answered, client, generated, request
from tests.protocols.xml_specs import files

MOMENT = datetime(2014, 4, 29, 18, 30, 38, tzinfo=UTC)

# The same value as a dict and inside <EverythingRequest>.
CASES: dict[str, tuple[dict[str, Any], str]] = {
    "text": ({"text": "plain"}, "<text>plain</text>"),
    "empty text": ({"text": ""}, "<text></text>"),
    "white space": ({"text": "  a  b "}, "<text>  a  b </text>"),
    "escapes": ({"text": "<a>&'\""}, "<text>&lt;a&gt;&amp;'\"</text>"),
    "line ends": (
        {"text": "a\r\nb\tc\u0085\u2028"},
        "<text>a&#xD;&#xA;b\tc&#x85;&#x2028;</text>",
    ),
    "beyond the plane": ({"text": "\U0001f40d\u00e9"}, "<text>\U0001f40d\u00e9</text>"),
    "truth": ({"yes": True}, "<yes>true</yes>"),
    "untruth": ({"yes": False}, "<yes>false</yes>"),
    "whole": ({"whole": -7}, "<whole>-7</whole>"),
    "real": ({"real": 1.5}, "<real>1.5</real>"),
    "infinity": ({"real": math.inf}, "<real>Infinity</real>"),
    "minus infinity": ({"real": -math.inf}, "<real>-Infinity</real>"),
    "bytes": ({"bytes": b"value"}, "<bytes>dmFsdWU=</bytes>"),
    "no bytes": ({"bytes": b""}, "<bytes></bytes>"),
    "enum": ({"color": "red"}, "<color>red</color>"),
    "moment": ({"at": MOMENT}, "<at>2014-04-29T18:30:38Z</at>"),
    "fraction": (
        {"at": MOMENT.replace(microsecond=123000)},
        "<at>2014-04-29T18:30:38.123000Z</at>",
    ),
    "epoch": ({"epoch": MOMENT}, "<epoch>1398796238</epoch>"),
    "date": ({"date": MOMENT}, "<date>Tue, 29 Apr 2014 18:30:38 GMT</date>"),
    "renamed": ({"renamed": "x"}, "<Renamed>x</Renamed>"),
    "list": (
        {"texts": ["a", ""]},
        "<texts><member>a</member><member></member></texts>",
    ),
    "empty list": ({"texts": []}, "<texts></texts>"),
    "named items": ({"named": ["a"]}, "<named><item>a</item></named>"),
    "list of lists": (
        {"rows": [["a"], []]},
        "<rows><member><member>a</member></member><member></member></rows>",
    ),
    "flat": ({"flat": ["a", "b"]}, "<flat>a</flat><flat>b</flat>"),
    # The name of the items counts only where the list itself was flattened.
    "flat by the member": (
        {"flatOfMember": ["a"]},
        "<flatOfMember>a</flatOfMember>",
    ),
    "flat and renamed": ({"flatRenamed": ["a", "b"]}, "<Hi>a</Hi><Hi>b</Hi>"),
    "flat of old": ({"old": ["a"]}, "<Old>a</Old>"),
    "structures": (
        {"points": [{"x": 1}, {}]},
        "<points><member><x>1</x></member><member></member></points>",
    ),
    "flat structures": (
        {"flatPoints": [{"x": 1}, {"label": "b"}]},
        "<flatPoints><x>1</x></flatPoints><flatPoints><Label>b</Label></flatPoints>",
    ),
    "map": (
        {"numbers": {"a": 1, "": 2}},
        (
            "<numbers><entry><key>a</key><value>1</value></entry>"
            "<entry><key></key><value>2</value></entry></numbers>"
        ),
    ),
    "empty map": ({"numbers": {}}, "<numbers></numbers>"),
    "flat map": (
        {"flatNumbers": {"a": 1, "b": 2}},
        (
            "<flatNumbers><key>a</key><value>1</value></flatNumbers>"
            "<flatNumbers><key>b</key><value>2</value></flatNumbers>"
        ),
    ),
    "named map": (
        {"namedMap": {"a": {"x": 1}}},
        (
            "<namedMap><entry><Attribute>a</Attribute><Setting><x>1</x></Setting>"
            "</entry></namedMap>"
        ),
    ),
    "flat named map": (
        {"flatNamedMap": {"a": {}}},
        "<KVP><Attribute>a</Attribute><Setting></Setting></KVP>",
    ),
    "structure": ({"point": {"x": 0}}, "<point><x>0</x></point>"),
    "empty structure": ({"point": {}}, "<point></point>"),
    "recursion": (
        {"tree": {"name": "a", "leaves": [{"name": "b", "leaves": []}]}},
        (
            "<tree><name>a</name><leaves><member><name>b</name><leaves></leaves>"
            "</member></leaves></tree>"
        ),
    ),
    "union": ({"choice": {"text": "a"}}, "<choice><text>a</text></choice>"),
    "union of lists": (
        {"choice": {"points": [{"x": 1}]}},
        "<choice><points><member><x>1</x></member></points></choice>",
    ),
}


@pytest.fixture(scope="module")
def things(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A client of the sample service."""
    root = tmp_path_factory.mktemp("xml")
    sys.path.insert(0, str(root))
    generated(root, "rest_xml_out", {"things": files("Things", "rest-xml")})
    yield client("rest_xml_out", "things")
    sys.path.remove(str(root))


@pytest.mark.parametrize("case", CASES)
def test_values_are_written(things: Any, case: str) -> None:
    values, inner = CASES[case]
    http = things.prepare(request(things, "Everything", values))
    assert http.body.decode() == f"<EverythingRequest>{inner}</EverythingRequest>"
    assert http.headers["Content-Type"] == "application/xml"
    assert http.url.endswith("/everything?fixed=a%20b&flag")


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("spaced", [False, True])
def test_values_are_read(things: Any, case: str, spaced: bool) -> None:
    values, inner = CASES[case]
    if spaced and "<text>" not in inner:
        inner = inner.replace("><", ">\n  <!-- between -->\n<")
        inner = inner.replace(">\n  <!-- between -->\n</", "></")
    body = f'<?xml version="1.0" encoding="UTF-8"?><Any xmlns="urn:a">{inner}</Any>'
    assert answered(things, "Everything", body).to_dict() == values


def test_not_a_number(things: Any) -> None:
    http = things.prepare(request(things, "Everything", {"real": math.nan}))
    assert b"<real>NaN</real>" in http.body
    assert math.isnan(answered(things, "Everything", "<A><real>NaN</real></A>").real)


def test_nothing_is_sent_where_nothing_is_set(things: Any) -> None:
    for name in ("Everything", "Nothing", "Content", "Bytes", "Words"):
        http = things.prepare(request(things, name))
        assert http.body == b""
        assert "Content-Type" not in http.headers


def test_bindings(things: Any) -> None:
    values = {"key": "a/b c", "part": 3, "at": MOMENT, "note": "n"}
    http = things.prepare(request(things, "Bound", values))
    assert http.url.endswith("/bound/a/b%20c?part=3")
    assert http.headers["X-At"] == "Tue, 29 Apr 2014 18:30:38 GMT"
    assert http.body == (
        b'<BoundRequest xmlns="https://example.com/"><note>n</note></BoundRequest>'
    )
    given = things.prepare(request(things, "Bound", {**values, "content": "x/y"}))
    assert given.headers.get_all("Content-Type") == ["x/y"]


def test_heads_of_answers(things: Any) -> None:
    read = answered(
        things,
        "Bound",
        "<R><note>n</note></R>",
        202,
        X_At="Tue, 29 Apr 2014 18:30:38 GMT",
        X_Size="12",
        X_META_one="1",
        x_meta_Two="2",
    )
    meta = {"one": "1", "Two": "2"}
    expected = {"status": 202, "at": MOMENT, "size": 12, "meta": meta, "note": "n"}
    assert read.to_dict() == expected


def test_an_unreadable_header_is_named(things: Any) -> None:
    with pytest.raises(Exception, match="expected a whole number at '/X-Size'"):
        answered(things, "Bound", "", X_Size="many")


def test_namespaces_and_attributes(things: Any) -> None:
    values = {
        "foo": "f",
        "kind": 'a"\n<b>',
        "values": ["v"],
        "grantee": {"id": "i", "type": "Group"},
    }
    http = things.prepare(request(things, "Spaces", values))
    body = http.body.decode()
    assert body == (
        '<SpacesRequest xmlns:a="https://a.example/?q=&quot;1&quot;&amp;2"'
        ' xsi:type="a&quot;&#xA;&lt;b&gt;">'
        '<foo xmlns:baz="https://baz.example">f</foo>'
        '<values xmlns="https://qux.example">'
        '<member xmlns="https://bux.example">v</member></values>'
        '<grantee xmlns:xsi="https://xsi.example" xsi:type="Group"><ID>i</ID></grantee>'
        "</SpacesRequest>"
    )
    body = body.replace("<SpacesRequest", "<SpacesResponse xmlns:xsi='urn:x'")
    body = body.replace("</SpacesRequest", "</SpacesResponse")
    assert answered(things, "Spaces", body).to_dict() == values


def test_a_structure_declares_the_prefix_that_it_uses(things: Any) -> None:
    http = things.prepare(request(things, "Spaces", {"marked": {"kind": "k"}}))
    assert b'<marked xmlns:m="https://m.example" m:kind="k"></marked>' in http.body


def test_names_count_without_prefixes(things: Any) -> None:
    body = (
        '<p:R xmlns:p="urn:p" xmlns:other="urn:o" other:type="k">'
        '<p:foo>f</p:foo><p:grantee type="t"/></p:R>'
    )
    read = answered(things, "Spaces", body).to_dict()
    assert read == {"foo": "f", "kind": "k", "grantee": {"type": "t"}}


def test_structures_as_payload(things: Any) -> None:
    values = {"tag": "t", "config": {"name": "n"}}
    http = things.prepare(request(things, "Content", values))
    body = b'<Configuration xmlns="https://example.com/"><name>n</name></Configuration>'
    assert http.body == body
    assert http.headers["ETag"] == "t"
    assert answered(things, "Content", body, ETag="t").to_dict() == values
    assert answered(things, "Content", b"").to_dict() == {}


def test_bytes_and_texts_as_payload(things: Any) -> None:
    http = things.prepare(request(things, "Bytes", {"data": b"\0<"}))
    assert (http.body, http.headers["Content-Type"]) == (
        b"\0<",
        "application/octet-stream",
    )
    http = things.prepare(request(things, "Words", {"data": "\u00e9"}))
    assert (http.body, http.headers["Content-Type"]) == (b"\xc3\xa9", "text/plain")
    assert answered(things, "Bytes", b"\0<").data == b"\0<"
    assert repr(answered(things, "Words", b"blue").data) == "UnknownValue('blue')"


def test_a_root_may_be_its_only_member(things: Any) -> None:
    body = '<LocationConstraint xmlns="urn:s3">eu-west-1</LocationConstraint>'
    assert answered(things, "Place", body).to_dict() == {
        "LocationConstraint": "eu-west-1"
    }
    wrapped = "<R><LocationConstraint>eu-west-1</LocationConstraint></R>"
    assert answered(things, "Place", wrapped) == answered(things, "Place", body)
    empty = '<LocationConstraint xmlns="urn:s3"/>'
    assert answered(things, "Place", empty).to_dict() == {}


def test_what_nobody_knows(things: Any) -> None:
    body = (
        "<R><new><inner/></new><choice><later>x</later></choice>"
        "<color>blue</color><whole/><texts><other>a</other></texts>"
        "<text>first</text><text>second</text></R>"
    )
    read = answered(things, "Everything", body)
    assert read.choice.unknown == {"later": "x"}
    assert read.choice.kind == "later"
    assert repr(read.color) == "UnknownValue('blue')"
    assert (read.whole, read.texts, read.text) == (None, ["a"], "first")
    assert pickle.loads(pickle.dumps(read)) == read
    sent = things.prepare(
        request(things, "Everything", {"choice": read.choice.to_dict()})
    )
    assert b"<choice><later>x</later></choice>" in sent.body


@pytest.mark.parametrize(
    ("inner", "problem"),
    [
        ("<whole>1.5</whole>", "expected a whole number at '/whole'"),
        ("<yes>maybe</yes>", "expected true or false at '/yes'"),
        ("<real>x</real>", "expected a number at '/real'"),
        ("<at>soon</at>", "expected a timestamp at '/at'"),
        ("<bytes>*</bytes>", "expected base64 at '/bytes'"),
        (
            "<points><member/><member><x>a</x></member></points>",
            "expected a whole number at '/points/1/x'",
        ),
        (
            "<numbers><entry><key>k</key><value>a</value></entry></numbers>",
            "expected a whole number at '/numbers/k'",
        ),
        (
            "<flatPoints/><flatPoints><x>a</x></flatPoints>",
            "expected a whole number at '/flatPoints/1/x'",
        ),
        ("<text>", "no XML: mismatched tag"),
    ],
)
def test_unreadable_answers(things: Any, inner: str, problem: str) -> None:
    with pytest.raises(Exception, match="can't read") as raised:
        answered(things, "Everything", f"<R>{inner}</R>", x_amz_request_id="r-1")
    assert type(raised.value).__name__ == "ResponseError"
    assert problem in str(raised.value)
    assert raised.value.request_id == "r-1"


def test_depth_has_a_limit(things: Any) -> None:
    depth = 3000
    unknown = f"<R>{'<new>' * depth}{'</new>' * depth}<text>t</text></R>"
    assert answered(things, "Everything", unknown).to_dict() == {"text": "t"}
    start, end = "<leaves><member>", "</member></leaves>"
    tree = f"<R><tree>{start * depth}{end * depth}</tree></R>"
    with pytest.raises(Exception, match="can't read") as raised:
        answered(things, "Everything", tree)
    assert type(raised.value).__name__ == "ResponseError"


ERROR = (
    "<Type>Sender</Type><Code>InvalidGreeting</Code><Message>Hi</Message>"
    "<point><x>1</x></point>"
)


@pytest.mark.parametrize(
    "body",
    [
        (
            f"<ErrorResponse xmlns='urn:a'><Error>{ERROR}</Error>"
            "<RequestId>foo-id</RequestId></ErrorResponse>"
        ),
        f"<Error>{ERROR}<RequestId>foo-id</RequestId></Error>",
        (
            f"<Response><Errors><Error>{ERROR}</Error></Errors>"
            "<RequestID>foo-id</RequestID></Response>"
        ),
        f"<InvalidGreeting>{ERROR}<RequestId>foo-id</RequestId></InvalidGreeting>",
    ],
)
def test_errors(things: Any, body: str) -> None:
    with pytest.raises(Exception, match="Hi") as raised:
        answered(things, "Everything", body, 400)
    error: Any = raised.value
    assert type(error).__name__ == "InvalidGreeting"
    assert (error.status, error.code, error.fault) == (400, "InvalidGreeting", "client")
    assert (error.message, error.point.x, error.request_id) == ("Hi", 1, "foo-id")


def test_errors_have_headers_and_codes_of_their_own(things: Any) -> None:
    body = "<ErrorResponse><Error><Code>Bounded</Code><Reason>r</Reason></Error></ErrorResponse>"
    with pytest.raises(Exception, match="Bounded") as raised:
        answered(things, "Bound", body, 429, X_Wait="7")
    assert raised.value.to_dict() == {"wait": 7, "reason": "r"}
    body = "<ErrorResponse><Error><Code>CustomCode</Code></Error></ErrorResponse>"
    with pytest.raises(Exception, match="CustomCode") as raised:
        answered(things, "Everything", body, 402)
    assert type(raised.value).__name__ == "Renamed"


@pytest.mark.parametrize(
    ("status", "body", "code", "message"),
    [
        (500, "", "500", "Internal Server Error"),
        (503, "<html><body>busy</body></html>", "503", "Service Unavailable"),
        (502, "<!DOCTYPE html><html></html>", "502", "Bad Gateway"),
        (502, "upstream is down", "502", "upstream is down"),
        (400, "<Error><Code>New</Code></Error>", "New", ""),
        (400, "<ErrorResponse/>", "400", ""),
        (400, "<ErrorResponse>", "400", "Bad Request"),
        (404, "", "404", "Not Found"),
    ],
)
def test_errors_that_no_model_has(
    things: Any, status: int, body: str, code: str, message: str
) -> None:
    with pytest.raises(Exception, match=code) as raised:
        answered(things, "Everything", body, status)
    error: Any = raised.value
    assert type(error).__name__ == "ThingsError"
    assert (error.status, error.code, error.message) == (status, code, message)


def test_members_of_errors_that_cannot_be_read_are_noted(things: Any) -> None:
    body = "<Error><Code>InvalidGreeting</Code><point><x>a</x></point></Error>"
    with pytest.raises(Exception, match="InvalidGreeting") as raised:
        answered(things, "Everything", body, 400)
    assert "whole number at '/point/x'" in raised.value.__notes__[0]
