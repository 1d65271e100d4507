"""Query and EC2 by hand-written fields and documents: what is read, what is refused, and how."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from botocore.parsers import EC2QueryParser, QueryParser
from hypothesis import HealthCheck, given, settings, strategies as st
from tests.protocols.test_query import CASES
from tests.protocols.xml_specs import files
from tests.server.strict_model import imported

from specwright.server.messages import Request, Response
from specwright.server.standin import StandIn

FORM = "application/x-www-form-urlencoded"
TYPE = "SerializationException"
PARSERS = {"query": QueryParser, "ec2": EC2QueryParser}
ANY = settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def standing(root: Path, protocol: str) -> StandIn:
    """A stand-in for a service that has everything, and constraints."""
    texts = files(f"Everything of {protocol}", protocol)
    texts["operations/Held.yaml"] = HELD
    for path, text in texts.items():
        file = root / protocol / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return StandIn(imported(root))


HELD = """\
specwright: 1
operation: Held
http: {method: POST, path: /}
input:
  name: {type: string, required: true, length: [2, 4]}
  kind: {type: string, enum: [a, b]}
  sizes: {type: list, item: {type: short, range: [1, 9]}, length: [0, 2]}
output: {}
"""


@pytest.fixture(scope="module", params=["query", "ec2"])
def protocol(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def spoken(protocol: str, tmp_path_factory: pytest.TempPathFactory) -> StandIn:
    return standing(tmp_path_factory.mktemp("forms"), protocol)


def form(fields: str, action: str = "Everything") -> bytes:
    """Fields with bars between them as a form."""
    pairs = [f"Action={action}", "Version=2020-01-08", *filter(None, fields.split("|"))]
    parts = (pair.partition("=") for pair in pairs)
    return "&".join(f"{quote(n)}={quote(t, safe='')}" for n, _, t in parts).encode()


def ask(standin: StandIn, body: bytes, **headers: str) -> Response:
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return standin.answer(Request("POST", "/", {"content-type": FORM, **named}, body))


def read(standin: StandIn, body: bytes) -> Any:
    request = Request("POST", "/", {"content-type": FORM}, body)
    room, route = standin.meant(request)
    return room.parse(route, request)


def error_of(answer: Response, protocol: str) -> dict[str, str]:
    """What botocore finds in an error, and what the document must have besides."""
    headers = dict(answer.headers)
    assert headers["Content-Type"] == "text/xml"
    told = {"status_code": answer.status, "headers": headers, "body": answer.body}
    found = PARSERS[protocol]().parse(told, None)
    assert found["ResponseMetadata"]["RequestId"] == headers["x-amzn-RequestId"]
    root = ElementTree.fromstring(answer.body)
    if protocol == "query":
        assert root.tag.rpartition("}")[2] == "ErrorResponse"
        assert found["Error"]["Type"] == (
            "Receiver" if answer.status > 499 else "Sender"
        )
    else:
        assert [each.tag for each in root] == ["Errors", "RequestID"]
    error: dict[str, str] = found["Error"]
    return error


def refused(
    answer: Response, protocol: str, code: str = TYPE, status: int = 400
) -> dict[str, str]:
    assert answer.status == status, answer.body
    error = error_of(answer, protocol)
    assert error["Code"] == code
    assert error["Message"]
    return error


# Some cases have nothing of the kind in EC2.
SPOKEN = [
    (protocol, case)
    for protocol in ("query", "ec2")
    for case, (_, _, ec2) in CASES.items()
    if protocol == "query" or ec2 is not None
]


def by_protocol(name: str, told: list[tuple[str, str]]) -> pytest.MarkDecorator:
    """A test of each pair of a protocol and what is told in it."""
    named = ("protocol", name)
    ids = [f"{protocol}-{what[:40]}" for protocol, what in told]
    return pytest.mark.parametrize(
        named, told, ids=ids, indirect=["protocol"], scope="module"
    )


@by_protocol("case", SPOKEN)
def test_values_are_read(spoken, protocol, case):
    values, query, ec2 = CASES[case]
    fields = query if protocol == "query" else ec2
    found = read(spoken, form(fields))
    # What has no field can't be told from what is not there.
    assert repr(found) == repr(values if fields else {})


@by_protocol("case", SPOKEN)
def test_values_are_answered(spoken, protocol, case):
    _, query, ec2 = CASES[case]
    fields = query if protocol == "query" else ec2
    answer = ask(spoken, form(fields))
    assert answer.status == 200
    root = ElementTree.fromstring(answer.body)
    assert root.tag.rpartition("}")[2] == "EverythingResponse"
    names = [each.tag.rpartition("}")[2] for each in root]
    if protocol == "query":
        assert names == ["EverythingResult", "ResponseMetadata"]
    else:
        assert names[0] == "requestId"


# Fields of query, and those of ec2 where they have other names.
WRONG = [
    *(f"yes={t}" for t in ("True", "1", "", "yes", " true")),
    *(f"whole={t}" for t in ("", "1.0", "+1", " 1", "0x1", "1e1", "a", "2147483648")),
    *(f"real={t}" for t in ("", "nan", "inf", "1,5", "1e999", ".5", "5.", "0x1")),
    *(f"bytes={t}" for t in ("YQ", "YQ=", "Y Q==", "-_==", "YQ==\n", "é")),
    *(f"at={t}" for t in ("", "2014-04-29", "1398796238", "2014-04-29T18:30:38+00:00")),
    *(f"epoch={t}" for t in ("", "2014-04-29T18:30:38Z", "NaN", "1e3", "9" * 30)),
    *(f"date={t}" for t in ("", "Mon, 29 Apr 2014 18:30:38 GMT", "1398796238")),
    "text.1=a",
    "whole.x=1",
    "whole=1|whole=1",
    "point=x",
    "point.x=1.5",
    "point.x=1|point.x=1",
    "choice=x",
    "choice.unknown=x",
    "choice.text=a|choice.point.x=1",
    "tree" + ".leaves.member.1" * 70 + ".name=a",
    ("tree" + ".leaves.member.1" * 100_000 + ".name=a"),
]
OF_QUERY = [
    *("texts=x", "texts.member.2=a", "texts.member.1=a|texts.member.3=c"),
    *("texts.member.0=a", "texts.member.01=a", "texts.member.x=a", "texts.item.1=a"),
    *("texts.1=a", "texts.member.-1=a", "texts.member.9999999999=a", "texts.member=a"),
    *("texts.member.1.x=a", "flat.2=a", "flat.x=a", "flat=a", "Old.2=a"),
    *("points.member.200.x=1", "points.member.1=x", "numbers.entry.1.key=a"),
    *("numbers.entry.1.value=1", "numbers=a", "numbers.1.key=a|numbers.1.value=1"),
    "numbers.entry.1.key=a|numbers.entry.1.value=x",
    "numbers.entry.2.key=a|numbers.entry.2.value=1",
    (
        "numbers.entry.1.key=a|numbers.entry.1.value=1"
        "|numbers.entry.2.key=a|numbers.entry.2.value=2"
    ),
]
OF_EC2 = [
    *("Texts=x", "Texts.2=a", "Texts.1=a|Texts.3=c", "Texts.0=a", "Texts.x=a"),
    *("Texts.member.1=a", "Points.200.X=1", "Rows.1=a", "Rows.1.2=a", "Yes=True"),
]


def capital(fields: str) -> str:
    """The same fields in EC2's way."""
    named = (field.partition("=") for field in fields.split("|"))
    return "|".join(
        ".".join(part.capitalize() for part in name.replace(".member", "").split("."))
        + f"={text}"
        for name, _, text in named
    )


REFUSED = [
    *(("query", fields) for fields in (*WRONG, *OF_QUERY)),
    *(("ec2", fields) for fields in (*map(capital, WRONG), *OF_EC2)),
]


@by_protocol("fields", REFUSED)
def test_fields_that_are_refused(spoken, protocol, fields):
    refused(ask(spoken, form(fields)), protocol)


@pytest.mark.parametrize(
    "fields", ["nobody=x", "nobody.member.1.x=1", "texts.member.1=a|nobody=", ".=x"]
)
def test_fields_that_nobody_knows(spoken, protocol, fields):
    fields = fields if protocol == "query" else capital(fields)
    assert ask(spoken, form(fields)).status == 200


def test_structures_that_are_empty(spoken, protocol):
    fields = "points.member.2.x=1" if protocol == "query" else "Points.2.X=1"
    assert read(spoken, form(fields)) == {"points": [{}, {"x": 1}]}


@pytest.mark.parametrize(
    "body", [b"Action=Everything&text=%", b"Action=Everything&t%zz=a", b"Action=\xff"]
)
def test_forms_that_are_broken(spoken, protocol, body):
    refused(ask(spoken, body), protocol)
    refused(ask(spoken, b"Action=Everything&text=%ff"), protocol)


@pytest.mark.parametrize(
    ("request_", "code", "status"),
    [
        (Request("POST", "/", {"content-type": FORM}, b""), "MissingAction", 400),
        (Request("POST", "/", {"content-type": FORM}, b"x=1"), "MissingAction", 400),
        (
            Request("POST", "/", {"content-type": FORM}, b"Action="),
            "MissingAction",
            400,
        ),
        (
            Request("POST", "/", {"content-type": FORM}, b"Action=No"),
            "InvalidAction",
            400,
        ),
        (
            Request("POST", "/", {"content-type": FORM}, b"Action=Nothing&Version=1"),
            *("InvalidAction", 400),
        ),
        (
            Request("POST", "/", {"content-type": "text/plain"}, b"Action=Nothing"),
            *("UnsupportedMediaTypeException", 415),
        ),
        (Request("POST", "/", {}, b"{}"), "UnsupportedMediaTypeException", 415),
        (Request("PUT", "/?Action=Nothing"), "UnknownOperationException", 405),
        (Request("POST", "/x?Action=Nothing"), "UnknownOperationException", 404),
        (Request("GET", "/?Action=Nothing&x=%"), TYPE, 400),
    ],
)
def test_a_request_of_another_kind(spoken, protocol, request_, code, status):
    refused(spoken.answer(request_), protocol, code, status)


def test_fields_in_the_query(spoken):
    text = "Text" if "ec2" in spoken.services[0].protocols else "text"
    target = f"/?Action=Everything&Version=2020-01-08&{text}=a+b&X-Amz-Signature=x"
    answer = spoken.answer(Request("GET", target))
    assert b"<text>a b</text>" in answer.body


def test_every_broken_constraint_is_told(spoken, protocol):
    fields = "kind=x|sizes.member.1=0" if protocol == "query" else "Kind=x|Sizes.1=0"
    error = refused(ask(spoken, form(fields, "Held")), protocol, "ValidationException")
    assert error["Message"] == (
        "3 validation errors detected. Value at '/name' failed to satisfy constraint: "
        "Member must not be null; Value at '/kind' failed to satisfy constraint: Member "
        "must satisfy enum value set: [a, b]; Value at '/sizes/0' failed to satisfy "
        "constraint: Member must be between 1 and 9, inclusive"
    )


def test_errors_by_name(spoken, protocol):
    for name, code, status in (
        ("InvalidGreeting", "InvalidGreeting", 400),
        ("Renamed", "CustomCode", 402),
        ("InternalFailure", "InternalFailure", 500),
    ):
        answer = ask(spoken, form(""), x_specwright_error=name)
        refused(answer, protocol, code, status)


def test_texts_that_xml_has_no_place_for(spoken, protocol):
    name = "text" if protocol == "query" else "Text"
    answer = ask(spoken, form(f"{name}=a\x01\r\n\ufffe<&>]]>\u2028"))
    (text,) = ElementTree.fromstring(answer.body).iter("text")
    assert text.text == "a\ufffd\r\n\ufffd<&>]]>\u2028"


NAMES = sorted(
    {
        pair.partition("=")[0]
        for _, q, e in CASES.values()
        for pair in f"{q}|{e}".split("|")
    }
)
TEXTS = st.text(max_size=6) | st.sampled_from(["1", "a", "true", "YQ==", ""])


@ANY
@given(
    pairs=st.lists(
        st.tuples(st.sampled_from(NAMES) | st.text(max_size=9), TEXTS), max_size=6
    ),
    slip=st.integers(0, 99),
    new=st.binary(max_size=2),
)
def test_any_fields_at_all(spoken, protocol, pairs, slip, new):
    body = form("") + b"".join(
        f"&{quote(n, errors='replace')}={quote(t, errors='replace')}".encode()
        for n, t in pairs
    )
    answer = ask(spoken, body)
    assert answer.status in (200, 400)
    if answer.status == 400:
        error_of(answer, protocol)
    place = Random(slip).randrange(len(body))
    answer = ask(spoken, body[:place] + new + body[place + 1 :])
    assert answer.status in (200, 400)
    ElementTree.fromstring(answer.body)
