"""RPC v2 CBOR by hand-written bytes: what is read, what is refused, and how."""

from __future__ import annotations

import json
import math
from base64 import b64decode
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random
from struct import pack
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from tests.catalogue.cbor_encoder import EPOCH, encoded
from tests.server import strict_oracle as oracle
from tests.server.strict_model import SHAPES, VALUES, cbor_body
from tests.server.test_oracle import values

from specwright.runtime.cbor import loads
from specwright.server.messages import Request, Response
from specwright.server.protocols import cbor

TYPE, CONSTRAINT = "SerializationException", "ValidationException"
CBOR = {"content-type": "application/cbor", "smithy-protocol": "rpc-v2-cbor"}
PATH = "/service/StrictCbor/operation/Values"
DRAWN = settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def document_of(answer: Response) -> dict[str, Any]:
    """What the clients' own code reads of a body."""
    found = loads(answer.body)
    assert isinstance(found, dict)
    return found


def refused(answer: Response, code: str = TYPE, status: int = 400) -> dict[str, Any]:
    headers = dict(answer.headers)
    assert answer.status == status, answer.body
    assert headers["Content-Type"] == "application/cbor"
    assert headers["smithy-protocol"] == "rpc-v2-cbor"
    document = document_of(answer)
    assert document["__type"].rpartition("#")[2] == code, document
    assert document["message"]
    return document


# A member's name and the bytes of its value.
SOUND = [
    ("string", b"\x61a"),
    ("string", b"\x7f\x61a\x60\x62bc\xff"),
    ("string", b"\x78\x01a"),
    ("string", b"\x7b\0\0\0\0\0\0\0\x01a"),
    ("string", b"\xf6"),
    ("string", b"\xf7"),
    ("blob", b"\x42\xff\0"),
    ("blob", b"\x5f\x41a\x41b\xff"),
    ("byte", b"\x18\x7f"),
    ("byte", b"\x1b\0\0\0\0\0\0\0\x7f"),
    ("byte", b"\x38\x7f"),
    ("long", b"\x3b\x7f\xff\xff\xff\xff\xff\xff\xff"),
    ("bigInteger", b"\xc2\x49\x01\0\0\0\0\0\0\0\0"),
    ("bigInteger", b"\xc3\x41\x02"),
    ("bigDecimal", b"\xc4\x82\x21\x19\x6a\xb3"),
    ("float", b"\xf9\x3c\0"),
    ("float", b"\xf9\x7c\0"),
    ("float", b"\xfa\x7f\xc0\0\0"),
    ("double", b"\xfb\x3f\xf0\0\0\0\0\0\0"),
    ("double", b"\x01"),
    ("boolean", b"\xf4"),
    ("timestamp", b"\xc1\x1a\x5a\x54\xcb\x89"),
    ("timestamp", b"\xc1\xfb\x41\xd6\x95\x32\xe2\x4a\x00\x00"),
    ("timestamp", b"\xc1\x20"),
    ("strings", b"\x80"),
    ("strings", b"\x9f\x61a\xff"),
    ("sparse", b"\x81\xf6"),
    ("stringMap", b"\xbf\x61a\x61b\xff"),
    ("sparseMap", b"\xa1\x61a\xf6"),
    ("union", b"\xa2\x63int\x01\x64text\xf6"),
    ("nobodyKnowsThis", b"\x9f\xa1\x61a\xf5\xff"),
]
BROKEN = [
    *(b"", b"\x18", b"\x19\0", b"\x62a", b"\x7f\x61a", b"\x5f", b"\x81", b"\x9f\x01"),
    *(b"\xa1\x61a", b"\xbf\x61a\xff", b"\xfa\0\0\0", b"\xc1", b"\x01\x01", b"\xff"),
    # Lengths that no body has, reserved ones, and breaks out of place.
    *(b"\x7b\xff\xff\xff\xff\xff\xff\xff\xff", b"\x9b\x7f\xff\xff\xff\xff\xff\xff\xff"),
    *(b"\xbb\xff\xff\xff\xff\xff\xff\xff\xff", b"\x1c", b"\x3f", b"\x5c", b"\xdf\x01"),
    *(b"\x81\xff", b"\xa1\xff", b"\xa1\x61a\xff", b"\xbe", b"\x1f", b"\xdc\x01"),
    # Strings of chunks that are no strings of the same kind.
    *(b"\x7f\x41a\xff", b"\x5f\x61a\xff", b"\x7f\x7f\x61a\xff\xff", b"\x7f\x01\xff"),
    *(b"\x7f\x61\xc3\x61\xa9\xff", b"\x61\xff", b"\x62\xed\xa0", b"\x63\xed\xa0\x80"),
    # Keys that are no texts, or there twice.
    *(b"\xa1\x01\x01", b"\xa1\x41a\x01", b"\xa2\x61a\x01\x61a\x01", b"\xa1\xf6\x01"),
    # Simple values, tags.
    *(b"\xe0", b"\xf8\xff", b"\xf8\x18", b"\xfc", b"\xc0\x61a", b"\xc5\x82\x01\x01"),
    *(b"\xc1\x61a", b"\xc1\xf5", b"\xc1\xf6", b"\xc1\xf9\x7c\0", b"\xc1\xf9\x7e\0"),
    *(b"\xc1\x1b\xff\xff\xff\xff\xff\xff\xff\xff", b"\xc1\xfb\x7e\xf0\0\0\0\0\0\0"),
    *(b"\xc2\x01", b"\xc3\x61a", b"\xc4\x81\x01", b"\xc4\x82\x61a\x01", b"\xc4\x01"),
    *(b"\xc4\x82\xf5\x01", b"\xc4\x82\x1a\x7f\xff\xff\xff\x01"),
    b"\xc2\x59\x10\0" + b"\xff" * 4096,
]
WRONG = {
    "string": [b"\x01", b"\xf5", b"\x41a", b"\x80", b"\xa0", b"\xf9\0\0", b"\xc1\x01"],
    "blob": [b"\x64YQ==", b"\x01", b"\x81\x01", b"\xf4"],
    "boolean": [b"\x01", b"\0", b"\x64true", b"\xf9\0\0", b"\x80"],
    "byte": [b"\x18\x80", b"\x38\x80", b"\xf9\x3c\0", b"\x611", b"\xf5", b"\x41\x01"],
    "short": [b"\x19\x80\0", b"\x39\x80\0", b"\xc2\x41\x01\x01", b"\xa0"],
    "integer": [b"\x1a\x80\0\0\0", b"\x3a\x80\0\0\0", b"\xc4\x82\0\x01", b"\xc1\x01"],
    "long": [b"\x1b\x80\0\0\0\0\0\0\0", b"\x3b\xff\xff\xff\xff\xff\xff\xff\xff"],
    "bigInteger": [b"\xf9\x3c\0", b"\x611", b"\x41\x01", b"\xf4"],
    "bigDecimal": [b"\xf9\x3c\0", b"\x631.0", b"\x82\x01\x01", b"\xf5"],
    "float": [b"\xfb\x7e\xf0\0\0\0\0\0\0", b"\x63NaN", b"\xf5", b"\xc4\x82\0\x01"],
    "double": [b"\x611", b"\x41\x01", b"\x80"],
    "timestamp": [b"\x01", b"\xfb\x41\xd6\x95\x32\xe2\x4a\0\0", b"\x611", b"\xa0"],
    "strings": [b"\xa0", b"\x61a", b"\x81\xf6", b"\x81\x01", b"\xf5"],
    "stringMap": [b"\x80", b"\xa1\x61a\xf6", b"\xa1\x61a\x01", b"\x61a"],
    "leaf": [b"\x80", b"\x61a", b"\xa1\x64name\x01"],
    "union": [b"\xa0", b"\xa2\x63int\x01\x64text\x61a", b"\xa1\x61x\x01", b"\x80"],
}


def member(name: str, value: bytes) -> bytes:
    """A map of one member."""
    return b"\xa1\x78" + bytes([len(name)]) + name.encode() + value


@pytest.mark.parametrize(("name", "value"), SOUND, ids=repr)
def test_a_body_that_is_read(strict, name, value):
    answer = cbor_body(strict, member(name, value))
    assert answer.status == 200, answer.body
    assert dict(answer.headers)["smithy-protocol"] == "rpc-v2-cbor"
    document_of(answer)


@pytest.mark.parametrize("value", BROKEN, ids=lambda v: v[:9].hex())
def test_bytes_that_are_no_cbor(strict, value):
    refused(cbor_body(strict, member("string", value)))
    refused(cbor_body(strict, member("nobodyKnowsThis", value)))
    if value:
        refused(cbor_body(strict, value))


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name in WRONG for value in WRONG[name]]
)
def test_a_value_of_another_type(strict, name, value):
    refused(cbor_body(strict, member(name, value)))


@pytest.mark.parametrize("whole", [b"\x80", b"\x61a", b"\x01", b"\xf6", b"\xc1\x01"])
def test_a_body_that_is_no_map(strict, whole):
    refused(cbor_body(strict, whole))


@pytest.mark.parametrize(
    "level", [b"\x81", b"\x9f", b"\xa1\x61a", b"\xbf\x61a", b"\xc2"]
)
def test_a_body_that_is_nested_too_deep(strict, level):
    refused(cbor_body(strict, member("document", level * 100_000)))


def test_what_is_read():
    tree = cbor.decoded(b64decode("omFhxIIhGWqzYWLDSQEAAAAAAAAAAA=="))
    assert tree == {"a": Decimal("273.15"), "b": -(2**64) - 1}
    moment = cbor.decoded(b"\xc1\xfb" + pack(">d", 1515531081.123))
    assert moment == datetime(2018, 1, 9, 20, 51, 21, 123000, UTC)


def test_what_is_written():
    for value, raw in (
        (0.5, b"\xf9\x38\0"),
        (0.1, b"\xfb" + pack(">d", 0.1)),
        (100000.0, b"\xfa" + pack(">f", 100000)),
        (math.inf, b"\xf9\x7c\0"),
        (math.nan, b"\xf9\x7e\0"),
        (-25, b"\x38\x18"),
        (2**64, b"\xc2\x49\x01" + bytes(8)),
        (-(2**64) - 1, b"\xc3\x49\x01" + bytes(8)),
        (Decimal("-273.15"), b"\xc4\x82\x21\x39\x6a\xb2"),
        (datetime(1970, 1, 1, 0, 1, 40, tzinfo=UTC), b"\xc1\x18\x64"),
        ({"a": [True, None, b"b"]}, b"\xa1\x61a\x83\xf5\xf6\x41b"),
    ):
        assert cbor.encoded(value) == raw
    assert cbor.encoded("x" * 256)[:3] == b"\x79\x01\0"


def test_every_broken_constraint_is_told(strict):
    body = encoded({"sized": "a", "ranged": 9, "enums": ["abc", "x"]}, Random(1))
    document = refused(cbor_body(strict, body), CONSTRAINT)
    assert document["message"].startswith("3 validation errors detected. Value ")
    paths = [field["path"] for field in document["fieldList"]]
    assert paths == ["/sized", "/ranged", "/enums/1"]


@pytest.mark.parametrize(
    ("method", "path", "headers", "code", "status"),
    [
        ("GET", PATH, CBOR, "UnknownOperationException", 405),
        ("POST", "/", CBOR, "UnknownOperationException", 404),
        ("POST", PATH + "x", CBOR, "UnknownOperationException", 404),
        ("POST", PATH + "/", CBOR, "UnknownOperationException", 404),
        ("POST", PATH.replace("Cbor", "Json"), CBOR, "UnknownOperationException", 404),
        ("POST", PATH.replace("Cbor", "%zz"), CBOR, TYPE, 400),
        (
            "POST",
            PATH,
            CBOR | {"smithy-protocol": "x"},
            "UnknownOperationException",
            404,
        ),
        (
            "POST",
            PATH,
            {"content-type": "application/cbor"},
            "UnknownOperationException",
            404,
        ),
        (
            "POST",
            PATH,
            CBOR | {"content-type": "text/json"},
            "UnsupportedMediaTypeException",
            415,
        ),
        (
            "POST",
            PATH,
            {"smithy-protocol": "rpc-v2-cbor"},
            "UnsupportedMediaTypeException",
            415,
        ),
        (
            "POST",
            PATH,
            CBOR | {"accept": "application/json"},
            "NotAcceptableException",
            406,
        ),
    ],
)
def test_a_request_of_another_kind(strict, method, path, headers, code, status):
    refused(strict.answer(Request(method, path, headers, b"\xa0")), code, status)


def test_bodies_that_are_not_there(strict):
    protocol = {"smithy-protocol": "rpc-v2-cbor"}
    assert strict.answer(Request("POST", PATH, protocol)).status == 200
    assert strict.answer(Request("POST", "/prefix" + PATH, protocol)).status == 200
    answer = cbor_body(strict, b"", "Nothing")
    assert (answer.status, answer.body) == (200, b"")
    assert "Content-Type" not in dict(answer.headers)


def test_an_error_that_had_another_code_in_query(strict):
    headers = {**CBOR, "x-specwright-error": "ThrottlingException"}
    answer = strict.answer(Request("POST", PATH, headers, b"\xa0"))
    refused(answer, "ThrottlingException")
    assert dict(answer.headers)["x-amzn-query-error"] == "ThrottlingException;Sender"


def problems(name: str, value: Any) -> set[str]:
    """The kinds of problem that a JSON value has as a shape."""
    plain = json.loads(json.dumps(value), parse_float=Decimal)
    return oracle.problems(name, plain)


def native(name: str, value: Any) -> Any:
    """A JSON value as CBOR has it: where it is sound as a leaf of its shape, that leaf."""
    shape = SHAPES[name]
    kind = oracle.kind_of(shape)
    if value is None or kind == "document":
        return value
    if kind in ("structure", "union") and isinstance(value, dict):
        members = shape["members"]
        return {
            k: native(members[k]["shape"], v) if k in members else v
            for k, v in value.items()
        }
    if kind == "list" and isinstance(value, list):
        return [native(shape["member"]["shape"], v) for v in value]
    if kind == "map" and isinstance(value, dict):
        return {k: native(shape["value"]["shape"], v) for k, v in value.items()}
    if kind in ("blob", "timestamp") and TYPE not in problems(name, value):
        return b64decode(value) if kind == "blob" else instant(shape, value)
    if kind in ("float", "double") and value in oracle.SPECIAL:
        return float(value)
    return value


def instant(shape: dict[str, Any], value: Any) -> datetime:
    if isinstance(value, str):
        form = "%a, %d %b %Y %H:%M:%S GMT" if "," in value else "%Y-%m-%dT%H:%M:%S.%fZ"
        whole = value if "," in value or "." in value else value.replace("Z", ".0Z")
        return datetime.strptime(whole, form).replace(tzinfo=UTC)
    return EPOCH + timedelta(seconds=float(value))


def expected(name: str, value: Any) -> str | None:
    found = problems("Values", {name: value})
    return TYPE if oracle.TYPE in found else next(iter(found), None)


# What JSON and CBOR have in common. A decimal is no float in CBOR, and texts are UTF-8.
COMMON = [
    name
    for name in VALUES
    if name not in ("renamed", "bigDecimal", "rangedBig", "document")
]


@pytest.mark.parametrize("name", COMMON)
def test_each_member_of_a_body(strict, name):
    shape = VALUES[name]["shape"]

    @settings(DRAWN, max_examples=20)
    @given(value=values(shape), seed=st.integers(0, 1000))
    def check(value: Any, seed: int) -> None:
        try:
            body = encoded({name: native(shape, value)}, Random(seed))
        except UnicodeEncodeError:
            return
        answer = cbor_body(strict, body)
        error = expected(name, value)
        if error is None:
            assert answer.status == 200, (value, answer.body)
            document_of(answer)
        else:
            refused(answer, error)

    check()


@DRAWN
@given(
    value=values("Values"),
    seed=st.integers(0, 1000),
    at=st.floats(0, 1),
    new=st.binary(max_size=3),
)
def test_bodies_with_a_slip_of_the_pen(strict, value, seed, at, new):
    try:
        whole = encoded(native("Values", value), Random(seed))
    except UnicodeEncodeError:
        return
    place = int(at * len(whole))
    answer = cbor_body(strict, whole[:place] + new + whole[place + 1 :])
    assert answer.status in (200, 400)
    document_of(answer)


@DRAWN
@given(body=st.binary(max_size=60))
def test_any_bytes_at_all(strict, body):
    answer = cbor_body(strict, body)
    assert answer.status in (200, 400)
    document_of(answer)
