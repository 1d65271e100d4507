"""Values of every kind, in every protocol that holds them: what is written, and what comes back."""

from __future__ import annotations

import copy
import json
import pickle
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from tests.protocols import value_specs as specs, xml_clients as clients

PACKAGE = "every_value"
DAY = datetime(2024, 2, 29, 12, 30, tzinfo=UTC)
LONG = Decimal("0.1000000000000000000000000000000000001")
EVERYTHING: dict[str, Any] = {
    "amount": Decimal("0.10"),
    "amounts": [Decimal("1E+5"), LONG, Decimal("-12345678901234567890.5")],
    "prices": {"a": Decimal(2)},
    "count": 2**70,
    "counts": [-(2**70), 0],
    "level": 2,
    "levels": [1, 2],
    "levelsByName": {"a": 3},
    "low": 1,
    "ratio": float("-inf"),
    "times": [DAY],
    "days": {"a": DAY},
    "stamps": [DAY],
    "tree": {
        "trees": [{"byName": {"x": {"choice": {"tree": {"level": 1}}}}}],
        "choice": {"level": 3},
    },
    "choice": {"amount": Decimal(1)},
}
READABLE = [name for name in specs.MORE if name not in ("query", "ec2")]


@pytest.fixture(scope="module", autouse=True)
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The package of all services, importable."""
    folder = tmp_path_factory.mktemp("values")
    clients.generated(folder, PACKAGE, specs.specs())
    sys.path.insert(0, str(folder))
    yield
    sys.path.remove(str(folder))


def client(protocol: str, **options: Any) -> Any:
    return clients.client(PACKAGE, specs.folder_of(protocol), **options)


def root(protocol: str) -> Any:
    return import_module(f"{PACKAGE}.{specs.folder_of(protocol)}")


def put(protocol: str, values: dict[str, Any]) -> Any:
    return clients.request(client(protocol), "Put", values)


def hold(protocol: str, values: dict[str, Any]) -> Any:
    return clients.request(client(protocol), "Hold", values)


def sent(protocol: str, request: Any) -> bytes:
    body: bytes = client(protocol).prepare(request).body
    return body


def echoed(protocol: str, request: Any) -> dict[str, Any]:
    """What comes back where a service answers what it is asked."""
    answer = root(protocol).HttpResponse(200, {}, sent(protocol, request))
    values: dict[str, Any] = client(protocol).parse(request, answer).to_dict()
    return values


@pytest.mark.parametrize("protocol", specs.MORE)
def test_dicts_come_back(protocol: str):
    request = put(protocol, EVERYTHING)
    assert not request.violations()
    assert request.to_dict() == EVERYTHING
    for made in (copy.deepcopy(request), pickle.loads(pickle.dumps(request))):
        assert made == request
        assert repr(made) == repr(request)


@pytest.mark.parametrize("protocol", READABLE)
def test_what_is_written_is_read(protocol: str):
    back = echoed(protocol, put(protocol, EVERYTHING))
    assert back == EVERYTHING
    # Equal decimals may have been rounded to be so.
    assert str(back["amounts"]) == str(EVERYTHING["amounts"])


WRITTEN = {
    "rest-json": b'"amount": 0.10, "amounts": [1E+5, 0.1000000000000000000000000000000000001',
    "json": b'"amount": 0.10, "amounts": [1E+5, 0.1000000000000000000000000000000000001',
    # Tag 4 of exponent and digits; whole numbers beyond 64 bits are tags 2 and 3.
    "rpc-v2-cbor": bytes.fromhex("66616d6f756e74 c482210a"),
    "rest-xml": b"<amount>0.10</amount><amounts><member>1E+5</member>",
    "query": b"amount=0.10&amounts.member.1=1E%2B5&amounts.member.2=0.1000000000000000",
    "ec2": b"Amount=0.10&Amounts.1=1E%2B5&Amounts.2=0.1000000000000000",
}
COUNTED = {
    "rest-json": b'"count": 1180591620717411303424, "counts": [-1180591620717411303424, 0]',
    "json": b'"count": 1180591620717411303424, "counts": [-1180591620717411303424, 0]',
    "rpc-v2-cbor": bytes.fromhex(
        "65636f756e74 c249400000000000000000 66636f756e7473 82 c3493fffffffffffffffff 00"
    ),
    "rest-xml": b"<count>1180591620717411303424</count>",
    "query": b"count=1180591620717411303424&counts.member.1=-1180591620717411303424",
    "ec2": b"Count=1180591620717411303424&Counts.1=-1180591620717411303424",
}


@pytest.mark.parametrize("protocol", specs.MORE)
def test_big_numbers_lose_no_digit(protocol: str):
    body = sent(protocol, put(protocol, EVERYTHING))
    assert WRITTEN[protocol] in body
    assert COUNTED[protocol] in body


@pytest.mark.parametrize("protocol", ["json", "rest-json"])
def test_moments_in_lists_and_maps_keep_their_format(protocol: str):
    told = json.loads(sent(protocol, put(protocol, EVERYTHING)))
    assert told["times"] == ["Thu, 29 Feb 2024 12:30:00 GMT"]
    assert told["days"] == {"a": "2024-02-29T12:30:00Z"}
    assert told["stamps"] == [1709209800]
    assert told["ratio"] == "-Infinity"


def test_numbers_in_json_are_read_however_they_are_written():
    body = b'{"amount": 1e2, "amounts": [5, 0.30], "count": 1e30, "ratio": 1, "level": 2.0}'
    request = put("json", {})
    found = client("json").parse(request, root("json").HttpResponse(200, {}, body))
    assert str(found.amount) == "1E+2"
    assert [str(each) for each in found.amounts] == ["5", "0.30"]
    assert found.count == 10**30
    assert type(found.ratio) is float
    assert found.level == 2


@pytest.mark.parametrize("protocol", specs.MORE)
def test_numbers_become_decimals_in_from_dict(protocol: str):
    request = put(protocol, {"amount": 0.7, "amounts": [1, 2.50]})
    assert request.amount == Decimal("0.7")
    assert request.amounts == [Decimal(1), Decimal("2.5")]
    assert not request.violations()


@pytest.mark.parametrize(
    ("values", "pointer", "kind", "said"),
    [
        ({"amount": Decimal("0.09")}, "/amount", "range", "between 0.1 and 1000"),
        ({"amount": Decimal("1000.0000000000000000000000001")}, "/amount", "range", ""),
        ({"amount": Decimal("NaN")}, "/amount", "type", "a finite Decimal"),
        ({"amount": True}, "/amount", "type", "a finite Decimal"),
        ({"amount": "1"}, "/amount", "type", "a finite Decimal"),
        ({"count": 1.5}, "/count", "type", "a whole number"),
        ({"count": False}, "/count", "type", "a whole number"),
        ({"ratio": True}, "/ratio", "type", "a number"),
        ({"level": 4}, "/level", "enum", "enum value set: [1, 2, 3]"),
        ({"level": True}, "/level", "type", "a whole number of 32 bits"),
        ({"level": "1"}, "/level", "type", "a whole number of 32 bits"),
        ({"levels": [1, 9]}, "/levels/1", "enum", "enum value set: [1, 2, 3]"),
        ({"levelsByName": {"a": 0}}, "/levelsByName/a", "enum", ""),
        ({"low": 3}, "/low", "enum", "enum value set: [1, 2]"),
        ({"choice": {"level": 1, "amount": Decimal(1)}}, "/choice", "union", ""),
    ],
)
def test_broken_constraints(values: dict[str, Any], pointer: str, kind: str, said: str):
    (found,) = put("json", values).violations()
    assert (found.pointer, found.kind) == (pointer, kind)
    assert said in found.message


def test_bounds_of_decimals_are_inclusive_and_may_be_off():
    for edge in ("0.1", "0.10", "1000", "1E+3"):
        assert not put("json", {"amount": Decimal(edge)}).violations()
    lax = client("json", validation="off")
    assert b"0.01" in lax.prepare(put("json", {"amount": Decimal("0.01")})).body


@pytest.mark.parametrize("protocol", READABLE)
def test_int_enums_are_open(protocol: str):
    unknown = root(protocol).UnknownNumber
    request = put(protocol, {"level": unknown(7), "levels": [unknown(8), 1]})
    assert not request.violations()
    back = echoed(protocol, request)
    assert back == {"level": 7, "levels": [8, 1]}
    assert repr(back["level"]) == "UnknownNumber(7)"
    assert f"{back['level']} {back['level']!s}" == "7 7"
    assert type(back["levels"][1]) is int
    assert repr(pickle.loads(pickle.dumps(back["level"]))) == "UnknownNumber(7)"


@pytest.mark.parametrize("protocol", ["rest-json", "rest-xml"])
def test_numbers_in_paths_queries_and_headers(protocol: str):
    values = {
        "level": 2,
        "amount": Decimal("1.50"),
        "asked": 3,
        "many": [1, root(protocol).UnknownNumber(9)],
        "price": Decimal("1E-7"),
        "hint": 1,
        "cost": Decimal("0.10"),
    }
    asked = clients.request(client(protocol), "Bound", values)
    http = client(protocol).prepare(asked)
    assert http.url.endswith("/bound/2/1.50?asked=3&many=1&many=9&price=1E-7")
    assert (http.headers["X-Hint"], http.headers["X-Cost"]) == ("1", "0.10")
    answer = root(protocol).HttpResponse(200, {"X-Hint": "8", "X-Cost": "2.50"}, b"")
    found = client(protocol).parse(asked, answer)
    assert repr(found.hint) == "UnknownNumber(8)"
    assert str(found.cost) == "2.50"


HELD: dict[str, Any] = {
    "doc": {"a": [1, 2.5, None, True, "é", {"b": None}], "": {}},
    "inner": {"doc": [1]},
    "docs": [None, 1, {"a": None}, [], "x"],
    "byName": {"a": None, "b": False},
    "either": {"doc": 0},
}


@pytest.mark.parametrize("protocol", specs.DOCUMENT_PROTOCOLS)
def test_documents_come_back(protocol: str):
    request = hold(protocol, HELD)
    assert not request.violations()
    assert request.to_dict() == HELD
    assert echoed(protocol, request) == HELD
    assert copy.deepcopy(request) == request == pickle.loads(pickle.dumps(request))


@pytest.mark.parametrize("protocol", specs.DOCUMENT_PROTOCOLS)
def test_a_null_document_is_not_an_absent_one(protocol: str):
    null = root(protocol).NULL
    nothing = {"doc": None, "inner": {"doc": None}, "either": {"doc": None}}
    request = hold(protocol, nothing)
    assert not request.violations()
    assert request.doc is null
    assert request.inner.doc is null
    assert request.either.doc is null
    assert (request.either.kind, request.either.value) == ("doc", null)
    assert request.to_dict() == nothing
    assert echoed(protocol, request) == nothing
    assert repr(request).startswith("HoldRequest(doc=NULL, ")
    for made in (copy.deepcopy(request), pickle.loads(pickle.dumps(request))):
        assert made == request
        assert made.doc is null
    assert request != hold(protocol, {})
    assert request.replace(doc=None).doc is None
    absent = hold(protocol, {"inner": {}})
    assert [v.pointer for v in absent.violations()] == ["/inner/doc"]
    assert absent.to_dict() == {"inner": {}}


@pytest.mark.parametrize(
    ("body", "values"),
    [
        (b'{"either": {"__type": "a#B", "doc": null, "text": "x"}}', {"text": "x"}),
        (b'{"either": {"doc": {"a": null}, "text": null}}', {"doc": {"a": None}}),
        (b'{"either": {"__type": "a#B", "doc": null}}', {"doc": None}),
        (b'{"either": {"doc": null, "new": 5}}', {"new": 5}),
    ],
)
def test_unions_with_nulls_beside(body: bytes, values: dict[str, Any]):
    answer = root("json").HttpResponse(200, {}, body)
    found = client("json").parse(hold("json", {}), answer)
    assert found.either.to_dict() == values


@pytest.mark.parametrize(
    ("document", "pointer"),
    [
        (float("nan"), "/doc"),
        ([1, float("inf")], "/doc/1"),
        ({"a": {"b/c": b"x"}}, "/doc/a/b~1c"),
        ({"a": "\ud800"}, "/doc/a"),
        ({"\ud800": 1}, "/doc"),
        ({1: 1}, "/doc"),
        ([DAY], "/doc/0"),
        (Decimal(1), "/doc"),
        ({1, 2}, "/doc"),
    ],
)
def test_what_json_does_not_hold_is_a_violation(document: Any, pointer: str):
    (found,) = hold("json", {"doc": document}).violations()
    assert (found.pointer, found.kind) == (pointer, "type")


def test_a_document_that_holds_itself_is_a_violation():
    endless: list[Any] = []
    endless.append(endless)
    (found,) = hold("json", {"doc": endless}).violations()
    assert "at most 400 arrays and objects" in found.message


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@settings(max_examples=100, deadline=None)
@given(JSON)
def test_every_json_value_is_a_document(document: Any):
    text = json.dumps(document)
    for protocol in specs.DOCUMENT_PROTOCOLS:
        request = hold(protocol, {"doc": document, "docs": [document]})
        assert not request.violations()
        assert json.dumps(echoed(protocol, request)["doc"]) == text
        assert json.dumps(request.to_dict()["doc"]) == text


@settings(max_examples=100, deadline=None)
@given(
    st.decimals(allow_nan=False, allow_infinity=False),
    st.integers(-(10**400), 10**400),
)
def test_every_big_number_comes_back(amount: Decimal, count: int):
    for protocol in READABLE:
        back = echoed(protocol, put(protocol, {"amounts": [amount], "count": count}))
        assert back["count"] == count
        assert back["amounts"] == [amount]
        assert back["amounts"][0].normalize() == amount.normalize()
