"""query and ec2 on the wire: forms that are sent, and answers in XML."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl

import pytest
from tests.protocols.xml_clients import TOKEN, answered, client, generated, request
from tests.protocols.xml_specs import files

MOMENT = datetime(2014, 4, 29, 18, 30, 38, tzinfo=UTC)

# Values, and the fields for them in query and in ec2; None where ec2 has no such thing.
CASES: dict[str, tuple[dict[str, Any], str, str | None]] = {
    "text": ({"text": "a b&=+\u00e9"}, "text=a b&=+\u00e9", "Text=a b&=+\u00e9"),
    "empty text": ({"text": ""}, "text=", "Text="),
    "truth": ({"yes": True}, "yes=true", "Yes=true"),
    "real": ({"real": 0.5}, "real=0.5", "Real=0.5"),
    "not a number": ({"real": math.nan}, "real=NaN", "Real=NaN"),
    "infinity": ({"real": -math.inf}, "real=-Infinity", "Real=-Infinity"),
    "bytes": ({"bytes": b"\xff\xfe"}, "bytes=//4=", "Bytes=//4="),
    "moment": ({"at": MOMENT}, "at=2014-04-29T18:30:38Z", "At=2014-04-29T18:30:38Z"),
    "epoch": ({"epoch": MOMENT}, "epoch=1398796238", "Epoch=1398796238"),
    "date": (
        {"date": MOMENT},
        "date=Tue, 29 Apr 2014 18:30:38 GMT",
        "Date=Tue, 29 Apr 2014 18:30:38 GMT",
    ),
    "renamed": ({"renamed": "x"}, "Renamed=x", "Renamed=x"),
    "list": (
        {"texts": ["a", "b"]},
        "texts.member.1=a|texts.member.2=b",
        "Texts.1=a|Texts.2=b",
    ),
    "empty list": ({"texts": []}, "texts=", ""),
    "named items": ({"named": ["a"]}, "named.item.1=a", "Named.1=a"),
    "rows": ({"rows": [["a"]]}, "rows.member.1.member.1=a", "Rows.1.1=a"),
    "flat": ({"flat": ["a", "b"]}, "flat.1=a|flat.2=b", "Flat.1=a|Flat.2=b"),
    "empty flat": ({"flat": []}, "flat=", ""),
    "flat and renamed": ({"flatRenamed": ["a"]}, "Hi.1=a", "Hi.1=a"),
    "flat by the member": (
        {"flatOfMember": ["a"]},
        "flatOfMember.1=a",
        "FlatOfMember.1=a",
    ),
    "flat of old": ({"old": ["a"]}, "Old.1=a", "Old.1=a"),
    "structures": (
        {"points": [{"x": 1}, {"label": "l"}]},
        "points.member.1.x=1|points.member.2.Label=l",
        "Points.1.X=1|Points.2.Label=l",
    ),
    "map": (
        {"numbers": {"a": 1, "b": 2}},
        (
            "numbers.entry.1.key=a|numbers.entry.1.value=1"
            "|numbers.entry.2.key=b|numbers.entry.2.value=2"
        ),
        None,
    ),
    "empty map": ({"numbers": {}}, "", ""),
    "flat map": (
        {"flatNumbers": {"a": 1}},
        "flatNumbers.1.key=a|flatNumbers.1.value=1",
        None,
    ),
    "named map": (
        {"namedMap": {"a": {"x": 1}}},
        "namedMap.entry.1.Attribute=a|namedMap.entry.1.Setting.x=1",
        None,
    ),
    "flat named map": (
        {"flatNamedMap": {"a": {"label": "l"}}},
        "KVP.1.Attribute=a|KVP.1.Setting.Label=l",
        None,
    ),
    "structure": ({"point": {"x": 1}}, "point.x=1", "Point.X=1"),
    "recursion": (
        {"tree": {"leaves": [{"name": "b"}]}},
        "tree.leaves.member.1.name=b",
        "Tree.Leaves.1.Name=b",
    ),
    "union": ({"choice": {"point": {"x": 1}}}, "choice.point.x=1", "Choice.Point.X=1"),
}


@pytest.fixture(scope="module")
def clients(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """Clients by protocol; they share a package."""
    root = tmp_path_factory.mktemp("forms")
    sys.path.insert(0, str(root))
    services = {
        "asking": files("Asking", "query"),
        "computing": files("Computing", "ec2"),
    }
    generated(root, "forms_out", services)
    yield {
        "query": client("forms_out", "asking"),
        "ec2": client("forms_out", "computing"),
    }
    sys.path.remove(str(root))


def fields(http: Any) -> list[str]:
    """The fields of a form, but for the version."""
    pairs = parse_qsl(http.body.decode("ascii"), True, True)
    assert ("Version", "2020-01-08") in pairs
    return [f"{name}={text}" for name, text in pairs if name != "Version"]


# EC2 has no maps.
WRITTEN = [("query", c) for c in CASES] + [
    ("ec2", c) for c, (_, _, ec2) in CASES.items() if ec2 is not None
]


@pytest.mark.parametrize(("protocol", "case"), WRITTEN)
def test_values_are_written(clients: dict[str, Any], protocol: str, case: str) -> None:
    values, query, ec2 = CASES[case]
    expected = query if protocol == "query" else ec2
    assert expected is not None
    asker = clients[protocol]
    http = asker.prepare(request(asker, "Everything", values))
    told = expected.split("|") if expected else []
    assert fields(http) == ["Action=Everything", *told]
    assert http.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert (http.method, http.url) == ("POST", "http://127.0.0.1:9/")


@pytest.mark.parametrize("name", ["Nothing", "Empty"])
@pytest.mark.parametrize("protocol", ["query", "ec2"])
def test_nothing_to_say(clients: dict[str, Any], protocol: str, name: str) -> None:
    asker = clients[protocol]
    assert fields(asker.prepare(request(asker, name))) == [f"Action={name}"]
    assert answered(asker, name, b"").to_dict() == {}
    assert answered(asker, name, f"<{name}Response/>").to_dict() == {}


def test_names_of_ec2(clients: dict[str, Any]) -> None:
    values = {"plain": "a", "named": "b", "query": "c"}
    http = clients["ec2"].prepare(request(clients["ec2"], "Odd", values))
    assert fields(http) == [
        "Action=Odd",
        "Lower=a",
        "usesQueryName=b",
        "Query=c",
        f"Token={TOKEN}",
    ]
    http = clients["query"].prepare(request(clients["query"], "Odd", values))
    assert fields(http) == [
        "Action=Odd",
        "lower=a",
        "usesXmlName=b",
        "query=c",
        f"token={TOKEN}",
    ]


RESULT = "<text>t</text><texts><member>a</member></texts><flat>1</flat><flat>2</flat>"
VALUES = {"text": "t", "texts": ["a"], "flat": ["1", "2"]}


@pytest.mark.parametrize(
    "body",
    [
        (
            f"<EverythingResponse xmlns='urn:a'><EverythingResult>{RESULT}</EverythingResult>"
            "<ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></EverythingResponse>"
        ),
        (
            f"<EverythingResponse><EverythingResult>{RESULT}</EverythingResult>"
            "<RequestId>r-1</RequestId></EverythingResponse>"
        ),
    ],
)
def test_results_of_query(clients: dict[str, Any], body: str) -> None:
    read = answered(clients["query"], "Everything", body)
    assert read.to_dict() == VALUES
    assert read.response_metadata.request_id == "r-1"


def test_results_of_ec2(clients: dict[str, Any]) -> None:
    body = (
        "<EverythingResponse xmlns='urn:a'><requestId>r-1</requestId>"
        f"{RESULT}</EverythingResponse>"
    )
    read = answered(clients["ec2"], "Everything", body)
    assert read.to_dict() == VALUES
    assert read.response_metadata.request_id == "r-1"
    lower = answered(clients["ec2"], "Odd", "<R><lower>a</lower></R>")
    assert lower.to_dict() == {"plain": "a"}


def test_a_header_tells_the_request_id_first(clients: dict[str, Any]) -> None:
    body = "<R><requestId>body</requestId></R>"
    read = answered(clients["ec2"], "Odd", body, x_amzn_requestid="header")
    assert read.response_metadata.request_id == "header"


@pytest.mark.parametrize("protocol", ["query", "ec2"])
def test_errors(clients: dict[str, Any], protocol: str) -> None:
    inner = "<Code>{}</Code><Message>Hi</Message><point><x>1</x></point>"
    around = {
        "query": "<ErrorResponse><Error>{}</Error><RequestId>r</RequestId></ErrorResponse>",
        "ec2": "<Response><Errors><Error>{}</Error></Errors><RequestID>r</RequestID></Response>",
    }[protocol]
    for code, kind in (
        ("InvalidGreeting", "InvalidGreeting"),
        ("CustomCode", "Renamed"),
    ):
        body = around.format(inner.format(code))
        with pytest.raises(Exception, match="Hi") as raised:
            answered(clients[protocol], "Everything", body, 400)
        error: Any = raised.value
        assert type(error).__name__ == kind
        assert (error.code, error.message, error.request_id) == (code, "Hi", "r")
        assert error.response_metadata.request_id == "r"


def test_throttling_is_known_by_its_code(clients: dict[str, Any]) -> None:
    body = (
        "<Response><Errors><Error><Code>RequestLimitExceeded</Code></Error></Errors>"
        "</Response>"
    )
    with pytest.raises(Exception, match="RequestLimitExceeded") as raised:
        answered(clients["ec2"], "Odd", body, 400)
    assert raised.value.retryable
