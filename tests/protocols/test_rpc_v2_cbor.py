"""RPC v2 CBOR on the wire: what is sent for values, and what is made of answers."""

from __future__ import annotations

import math
import sys
from base64 import b64decode
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from importlib import import_module
from pathlib import Path
from struct import pack
from typing import Any

import pytest
from tests.protocols.cbor_specs import SERVICE, files
from tests.protocols.xml_clients import generated

from specwright.resolve import load_service
from specwright.runtime.cbor import dumps, loads

MOMENT = datetime(2000, 1, 2, 20, 34, 56, tzinfo=UTC)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The package of the sample service."""
    root = tmp_path_factory.mktemp("cbor")
    generated(root, "cbor_out", {"sample": files()})
    sys.path.insert(0, str(root))
    yield import_module("cbor_out.sample")
    sys.path.remove(str(root))


@pytest.fixture(scope="module")
def client(sample: Any) -> Any:
    """A client that reaches nobody."""
    return sample.SampleClient(
        region="us-east-1",
        endpoint_url="http://127.0.0.1:9",
        idempotency_token=lambda: "token-1",
    )


def request(client: Any, operation: str, values: dict[str, Any]) -> Any:
    return client.operations[operation].request.from_dict(values)


def sent(client: Any, operation: str, values: dict[str, Any]) -> Any:
    """What the body of a request holds; moments as seconds."""
    http = client.prepare(request(client, operation, values))
    return loads(http.body)


def answer(
    client: Any, operation: str, body: bytes, status: int = 200, **headers: str
) -> Any:
    """What is made of an answer."""
    required = {"name": "x"} if operation == "Required" else {}
    http = import_module("cbor_out.sample").HttpResponse(status, headers, body)
    return client.parse(request(client, operation, required), http)


def read(client: Any, operation: str, value: object) -> Any:
    """The members that are read from an answer with some CBOR."""
    body = value if isinstance(value, bytes) else dumps(value)
    return answer(client, operation, body).to_dict()


def test_the_request_names_service_and_operation(client: Any) -> None:
    http = client.prepare(request(client, "OptionalInputOutput", {"value": "Hi"}))
    assert http.method == "POST"
    assert http.url == (
        "http://127.0.0.1:9/service/SampleService/operation/OptionalInputOutput"
    )
    assert http.headers["smithy-protocol"] == "rpc-v2-cbor"
    assert http.headers["accept"] == "application/cbor"
    assert http.headers["content-type"] == "application/cbor"
    assert "x-amz-target" not in http.headers
    assert http.body == b"\xa1\x65value\x62Hi"


def test_the_operation_tells_where_it_is_called(client: Any) -> None:
    http = client.operations["SimpleScalars"].http
    assert (http.method, http.path) == (
        "POST",
        "/service/SampleService/operation/SimpleScalars",
    )


def test_an_empty_input_is_an_empty_map(client: Any) -> None:
    for operation in ("EmptyInputOutput", "OptionalInputOutput"):
        http = client.prepare(request(client, operation, {}))
        assert http.body == b"\xa0"
        assert http.headers["content-type"] == "application/cbor"


def test_no_input_is_no_body(client: Any) -> None:
    http = client.prepare(request(client, "NoInputOutput", {}))
    assert http.body == b""
    assert "content-type" not in http.headers
    assert http.headers["accept"] == "application/cbor"
    assert http.headers["smithy-protocol"] == "rpc-v2-cbor"


def test_scalars_are_sent_with_the_types_of_cbor(client: Any) -> None:
    values = {
        "trueBoolean": True,
        "byteValue": -5,
        "shortValue": 9898,
        "integerValue": -123456,
        "longValue": 9873543249870,
        "bigValue": 2**70,
        "floatValue": 7.625,
        "doubleValue": 6,
        "stringValue": "simple \u6c34",
        "blobValue": b"\x00foo",
        "kind": "Foo",
        "renamed": "yes",
        "token": "given",
    }
    body = client.prepare(request(client, "SimpleScalars", values)).body
    parts = {
        b"\x6btrueBoolean": b"\xf5",
        b"\x69byteValue": b"\x24",
        b"\x6ashortValue": b"\x19\x26\xaa",
        b"\x6cintegerValue": b"\x3a\x00\x01\xe2\x3f",
        b"\x69longValue": b"\x1b" + (9873543249870).to_bytes(8, "big"),
        b"\x68bigValue": b"\xc2\x49\x40" + bytes(8),
        b"\x6afloatValue": b"\xfa\x40\xf4\x00\x00",
        b"\x6bdoubleValue": b"\xfb\x40\x18" + bytes(6),
        b"\x6bstringValue": b"\x6asimple \xe6\xb0\xb4",
        b"\x69blobValue": b"\x44\x00foo",
        b"\x64kind": b"\x63Foo",
        b"\x68wireName": b"\x63yes",
        b"\x65token": b"\x65given",
    }
    assert body == b"\xad" + b"".join(key + value for key, value in parts.items())


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_special_floats_go_both_ways(client: Any, number: float) -> None:
    values = {"floatValue": number, "doubleValue": number, "token": "t"}
    http = client.prepare(request(client, "SimpleScalars", values))
    assert pack(">Bf", 0xFA, number) in http.body
    assert pack(">Bd", 0xFB, number) in http.body
    found = read(client, "SimpleScalars", http.body)
    assert repr(found["floatValue"]) == repr(found["doubleValue"]) == repr(number)


def test_tokens_are_filled_in(client: Any) -> None:
    assert sent(client, "SimpleScalars", {}) == {"token": "token-1"}


@pytest.mark.parametrize("member", ["at", "date"])
@pytest.mark.parametrize(
    ("moment", "encoded"),
    [
        (datetime(1970, 1, 1, tzinfo=UTC), "c100"),
        (datetime(2000, 1, 2, 20, 34, 56, tzinfo=UTC), "c11a386fb670"),
        (datetime(1969, 12, 31, 23, 59, 58, tzinfo=UTC), "c121"),
        (datetime(2000, 1, 2, 20, 34, 56, 125000, UTC), "c1fb41cc37db38100000"),
        (
            datetime(2000, 1, 2, 22, 4, 56, tzinfo=timezone(timedelta(minutes=90))),
            "c11a386fb670",
        ),
    ],
)
def test_moments_are_tagged_seconds_whatever_their_format(
    client: Any, member: str, moment: datetime, encoded: str
) -> None:
    values = {member: moment, "token": "t"}
    body = client.prepare(request(client, "SimpleScalars", values)).body
    assert bytes.fromhex(encoded) in body
    assert read(client, "SimpleScalars", body)[member] == moment


HELD: dict[str, Any] = {
    "strings": ["a", "b"],
    "sparse": ["a", None, "c"],
    "times": [MOMENT, MOMENT + timedelta(milliseconds=1)],
    "nested": [[1, 2], [], [3]],
    "floats": [1.5, -2.0],
    "map": {"one": {"foo": "x"}, "two": {}},
    "sparseMap": {"x": None, "y": 0},
    "blobs": {"b": b"\xff"},
    "tree": {"foo": "1", "nested": {"foo": "2", "many": [{"nested": {}}]}},
    "union": {"tree": {"foo": "u"}},
}


@pytest.mark.parametrize("name", HELD)
def test_what_holds_values_goes_both_ways(client: Any, name: str) -> None:
    values = {name: HELD[name]}
    assert sent(client, "Containers", values) == values
    assert read(client, "Containers", values) == values


@pytest.mark.parametrize("union", [{"text": "t"}, {"moment": MOMENT}, {"tree": {}}])
def test_unions_hold_one_member(client: Any, union: dict[str, Any]) -> None:
    assert sent(client, "Containers", {"union": union}) == {"union": union}
    made = answer(client, "Containers", dumps({"union": {**union, "__type": "x"}}))
    assert made.union.kind == next(iter(union))
    assert made.to_dict() == {"union": union}


def test_unknown_union_members_come_back_as_they_came(client: Any, sample: Any) -> None:
    new = {"new": {"a": [1, None, b"\x00", 1.5, MOMENT, 2**80]}}
    made = answer(client, "Containers", dumps({"union": {**new, "text": None}}))
    assert made.union.kind == "new"
    assert made.to_dict() == {"union": new}
    again = sample.ContainersRequest(union=made.union)
    assert loads(client.prepare(again).body) == {"union": new}


@pytest.mark.parametrize(
    ("wire", "value"),
    [
        ("f93c00", 1.0),  # half
        ("f9c400", -4.0),
        ("fa3fc00000", 1.5),  # single
        ("fb3ff8000000000000", 1.5),
        ("03", 3.0),  # a whole number
        ("22", -3.0),
        ("c24102", 2.0),
    ],
)
def test_floats_of_any_size_are_read(client: Any, wire: str, value: float) -> None:
    for name in ("floatValue", "doubleValue"):
        body = b"\xa1" + dumps(name) + bytes.fromhex(wire)
        found = read(client, "SimpleScalars", body)[name]
        assert type(found) is float
        assert found == value


@pytest.mark.parametrize(
    ("wire", "value"),
    [
        ("1b0000000000000005", 5),
        ("fb4014000000000000", 5),
        ("f94500", 5),
        ("3800", -1),
        ("c24100", 0),
    ],
)
def test_whole_numbers_in_any_form_are_read(client: Any, wire: str, value: int) -> None:
    body = b"\xa1" + dumps("integerValue") + bytes.fromhex(wire)
    found = read(client, "SimpleScalars", body)["integerValue"]
    assert type(found) is int
    assert found == value


@pytest.mark.parametrize(
    "wire",
    [
        "1a386fb670",
        "fb41cc37db38000000",
        "c1fb41cc37db38000000",
        "74323030302d30312d30325432303a33343a35365a",
    ],
)
def test_moments_may_be_floats_untagged_or_text(client: Any, wire: str) -> None:
    body = b"\xa1\x62at" + bytes.fromhex(wire)
    assert read(client, "SimpleScalars", body) == {"at": MOMENT}


def test_moments_may_be_floats_of_32_bits(client: Any) -> None:
    body = b"\xa1\x62at\xc1\xfa\x3f\xc0\x00\x00"
    moment = datetime(1970, 1, 1, 0, 0, 1, 500000, UTC)
    assert read(client, "SimpleScalars", body) == {"at": moment}


def test_indefinite_lengths_are_read(client: Any) -> None:
    body = (
        b"\xbf\x7f\x62st\x65rings\xff\x9f\x7f\x61a\x61b\xff\x61c\xff"
        b"\x65blobs\xbf\x61k\x5f\x41\x00\x41\x01\xff\xff\xff"
    )
    assert read(client, "Containers", body) == {
        "strings": ["ab", "c"],
        "blobs": {"k": b"\x00\x01"},
    }


def test_nulls_are_passed_over_unless_sparse(client: Any) -> None:
    told: dict[str, Any] = {
        "strings": ["a", None, "b"],
        "map": {"gone": None, "kept": {}},
        "sparse": [None],
        "sparseMap": {"x": None},
        "tree": None,
    }
    assert read(client, "Containers", told) == {
        "strings": ["a", "b"],
        "map": {"kept": {}},
        "sparse": [None],
        "sparseMap": {"x": None},
    }
    assert read(client, "SimpleScalars", b"\xa1" + dumps("trueBoolean") + b"\xf7") == {}


def test_members_that_the_spec_does_not_have_are_passed_over(client: Any) -> None:
    told = {
        "__type": "a#B",
        "new": {"deep": [1, {"x": MOMENT}], "big": 2**200},
        "tree": {"foo": "f", "other": [[]]},
    }
    assert read(client, "Containers", told) == {"tree": {"foo": "f"}}
    tagged = b"\xa2\x61n\xd9\xd9\xf7\x81\xc0\x60\x65value\x62Hi"
    assert read(client, "OptionalInputOutput", tagged) == {"value": "Hi"}


def test_required_members_may_be_absent(client: Any) -> None:
    made = answer(client, "Required", dumps({"size": 1}))
    assert made.to_dict() == {"size": 1}
    with pytest.raises(AttributeError, match="'name'"):
        _ = made.name


def test_unknown_enum_values_survive(client: Any, sample: Any) -> None:
    made = answer(client, "SimpleScalars", dumps({"kind": "Newer"}))
    assert isinstance(made.kind, sample.UnknownValue)
    again = sample.SimpleScalarsRequest(kind=made.kind)
    assert loads(client.prepare(again).body) == {"kind": "Newer", "token": "token-1"}


@pytest.mark.parametrize("body", [b"", b"\xa0", b"\xbf\xff"])
@pytest.mark.parametrize(
    "operation", ["NoInputOutput", "EmptyInputOutput", "OptionalInputOutput"]
)
def test_empty_answers(client: Any, operation: str, body: bytes) -> None:
    assert read(client, operation, body) == {}


def test_where_no_output_is_expected_the_body_may_be_anything(client: Any) -> None:
    assert read(client, "NoInputOutput", b"OK") == {}


@pytest.mark.parametrize(
    ("operation", "body", "problem"),
    [
        ("SimpleScalars", b"<html>", "CBOR has a reserved length, at byte 0"),
        ("SimpleScalars", b"\xa1\x64kind", "CBOR breaks off"),
        ("SimpleScalars", b"\x80", "expected a map"),
        ("SimpleScalars", b"\xf6", "expected a map"),
        ("SimpleScalars", b"\xa0\x00", "goes on behind its value"),
        (
            "SimpleScalars",
            dumps({"stringValue": 1}),
            "expected text at '/stringValue'",
        ),
        ("SimpleScalars", dumps({"blobValue": "YQ=="}), "expected bytes"),
        ("SimpleScalars", dumps({"at": True}), "expected a timestamp"),
        ("SimpleScalars", dumps({"at": 2**62}), "expected a timestamp"),
        ("SimpleScalars", dumps({"integerValue": 1.5}), "expected a whole number"),
        ("SimpleScalars", dumps({"integerValue": True}), "expected a whole number"),
        ("SimpleScalars", dumps({"doubleValue": 10**400}), "expected a number"),
        ("SimpleScalars", dumps({"doubleValue": "NaN"}), "expected a number"),
        ("SimpleScalars", dumps({"trueBoolean": 1}), "expected true or false"),
        (
            "Containers",
            dumps({"map": {"a": {"many": [{}, {"foo": 1}]}}}),
            "expected text at '/map/a/many/1/foo'",
        ),
        ("Containers", dumps({"nested": [[1], 2]}), "expected an array at '/nested/1'"),
        ("Containers", dumps({"tree": []}), "expected an object at '/tree'"),
        (
            "Containers",
            b"\xa1\x64tree" + b"\xa1\x66nested" * 300 + b"\xa0",
            "nested more than 256 deep",
        ),
    ],
)
def test_answers_that_cannot_be_read(
    client: Any, sample: Any, operation: str, body: bytes, problem: str
) -> None:
    with pytest.raises(sample.ResponseError, match=problem) as raised:
        answer(client, operation, body, 200, **{"x-amzn-requestid": "r-1"})
    assert raised.value.status == 200
    assert raised.value.request_id == "r-1"


def failure(client: Any, body: bytes, status: int = 400, **headers: str) -> Any:
    with pytest.raises(import_module("cbor_out.sample").ServiceError) as raised:
        answer(client, "Fail", body, status, **headers)
    return raised.value


def test_modelled_errors(client: Any, sample: Any) -> None:
    body = dumps({"__type": "ns.sample#InvalidGreeting", "message": "Hi"})
    error = failure(client, body, 400, **{"x-amzn-requestid": "r-2"})
    assert type(error) is sample.errors.InvalidGreeting
    assert (error.code, error.message, error.status) == ("InvalidGreeting", "Hi", 400)
    assert error.fault == "client"
    assert error.request_id == "r-2"
    assert error.to_dict() == {"message": "Hi"}


def test_errors_have_members(client: Any, sample: Any) -> None:
    told = {
        "__type": "aws.protocoltests#ComplexError",
        "topLevel": "Top",
        "nested": {"foo": "bar", "new": 1},
        "at": MOMENT,
    }
    error = failure(client, dumps(told), 500)
    assert type(error) is sample.errors.ComplexError
    assert error.fault == "server"
    assert error.to_dict() == {
        "topLevel": "Top",
        "nested": {"foo": "bar"},
        "at": MOMENT,
    }
    assert failure(client, dumps({"__type": "ComplexError"}), 500).to_dict() == {}


def test_errors_that_the_spec_does_not_have(client: Any, sample: Any) -> None:
    error = failure(client, dumps({"__type": "x#New", "Message": "m"}), 503)
    assert type(error) is sample.errors.SampleError
    assert (error.code, error.message, error.fault) == ("New", "m", "server")
    assert error.retryable


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "Bad Gateway"),
        (b"<html>oops</html>", "Bad Gateway"),
        (b"upstream is gone", "upstream is gone"),
        (b"\x80", "\ufffd"),
        (b"\xa0", ""),
        (b"\xa1\x66__type\x01", ""),
    ],
)
def test_errors_of_gateways(client: Any, body: bytes, message: str) -> None:
    error = failure(client, body, 502, **{"x-amzn-requestid": "r-3"})
    assert (error.code, error.message, error.status) == ("502", message, 502)
    assert error.request_id == "r-3"


def test_the_code_may_stand_in_a_header(client: Any, sample: Any) -> None:
    error = failure(
        client, b"", 400, **{"x-amzn-errortype": "InvalidGreeting:http://x"}
    )
    assert type(error) is sample.errors.InvalidGreeting


def test_an_error_with_a_broken_member_is_still_that_error(
    client: Any, sample: Any
) -> None:
    body = dumps({"__type": "ComplexError", "topLevel": 1, "at": MOMENT})
    error = failure(client, body, 500)
    assert type(error) is sample.errors.ComplexError
    assert error.__notes__ == [
        "its members can't be read: expected text at '/topLevel'"
    ]


def test_bodies_of_the_public_protocol_tests_are_read(client: Any) -> None:
    """Bodies as other implementations write them, indefinite lengths and all."""
    scalars = (
        "v2lieXRlVmFsdWUFa2RvdWJsZVZhbHVl+z/+OVgQYk3TcWZhbHNlQm9vbGVhblZhbHVl9GpmbG9hdFZhbHVl+kDz989s"
        "aW50ZWdlclZhbHVlGQEAaWxvbmdWYWx1ZRkmkWpzaG9ydFZhbHVlGSaqa3N0cmluZ1ZhbHVlZnNpbXBsZWlibG9iVmFs"
        "dWVDZm9v/w=="
    )
    found = read(client, "SimpleScalars", b64decode(scalars))
    assert found == {
        "byteValue": 5,
        "shortValue": 9898,
        "integerValue": 256,
        "longValue": 9873,
        "floatValue": pytest.approx(7.624),
        "doubleValue": 1.889,
        "stringValue": "simple",
        "blobValue": b"foo",
    }


def test_the_name_of_the_service_is_needed(tmp_path: Path) -> None:
    text = SERVICE.replace("target_prefix: SampleService\n", "").replace(", json]", "]")
    (tmp_path / "service.yaml").write_text(text.replace("json_version: '1.1'\n", ""))
    _, diagnostics = load_service(tmp_path, "sample")
    (found,) = (d for d in diagnostics if d.severity == "error")
    assert found.code == "missing-key"
    assert found.message == "the protocol 'rpc-v2-cbor' needs 'target_prefix'"
    assert found.hint is not None
    assert "the service's name in requests" in found.hint
