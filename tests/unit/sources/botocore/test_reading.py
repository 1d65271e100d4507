"""Files that are no models: what is wrong, and where; never an exception."""

import gzip
import json
from typing import Any

import pytest
from hypothesis import given, strategies as st

from specwright.sources.botocore import convert, locate, merged, read_json, read_model

from .conftest import operation, source, structure


def told(content: bytes) -> list[str]:
    """Codes and places of what is wrong."""
    model, found = read_model(content, "m.json")
    assert (model is None) == bool(found)
    return [f"{d.code} {d.position.line}:{d.position.column}" for d in found]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "malformed-json 1:1"),
        (b'{\n  "a": tru}', "malformed-json 2:8"),
        (b"[]", "wrong-type 1:1"),
        (b"\xff{}", "invalid-utf8 1:1"),
        (b"\x1f\x8bnope", "unreadable-file 1:1"),
        (b'{"a": NaN}', "malformed-json 1:1"),
        (b'{"a": 1, "a": 2}', "malformed-json 1:1"),
        (b'{"a": ' + b"9" * 500 + b"}", "malformed-json 1:1"),
        (b'{"a": 1e999999}', "malformed-json 1:1"),
        (b'{"a": ' + b"[" * 200_000, "malformed-json 1:1"),
        (b'{"a": ["x", "\\ud800"]}', "bad-character 1:13"),
        (b"{}", "not-a-model 1:1"),
        (b'{"metadata": {}, "operations": [],\n "shapes": {}}', "wrong-type 1:32"),
    ],
)
def test_what_is_no_json_and_no_model(content: bytes, expected: str) -> None:
    assert told(content) == [expected]


def test_a_packed_model_and_a_byte_order_mark_are_read() -> None:
    plain = source(None, {"Do": operation()})
    for content in (gzip.compress(plain), b"\xef\xbb\xbf" + plain):
        model, found = read_model(content, "m.json")
        assert found == []
        assert model is not None
        assert list(model.operations) == ["Do"]


BAD_SHAPES: list[tuple[dict[str, Any], str]] = [
    ({"S": []}, "wrong-type"),
    ({"S": {}}, "missing-key"),
    ({"S": {"type": "strong"}}, "bad-value"),
    ({"S": {"type": "list"}}, "missing-key"),
    ({"S": {"type": "list", "member": {"shape": "T"}}}, "unknown-shape"),
    (
        {"S": {"type": "map", "key": {"shape": "String"}, "value": "String"}},
        "missing-key",
    ),
    ({"S": {"type": "structure", "members": []}}, "wrong-type"),
    ({"S": structure(a="T")}, "unknown-shape"),
    ({"S": structure(a=[])}, "missing-key"),
    ({"S": structure("b", a="String")}, "unknown-member"),
    ({"S": {**structure(a="String"), "payload": "b"}}, "unknown-member"),
    ({"S": {**structure(), "union": True}}, "empty-union"),
    ({"S": {"type": "string", "min": "1"}}, "wrong-type"),
    ({"S": {"type": "list", "member": {"shape": "S"}}}, "endless-recursion"),
    ({"S": structure("a", a="S")}, "endless-recursion"),
    ({"../../etc": {"type": "string"}}, "bad-name"),
    ({"a b": {"type": "string"}}, "bad-name"),
    ({"S": structure(**{"a\x1b[31m": "String"})}, "bad-name"),
]


@pytest.mark.parametrize(("shapes", "expected"), BAD_SHAPES)
def test_shapes_that_make_no_sense(shapes: dict[str, Any], expected: str) -> None:
    (finding,) = told(source(shapes))
    assert finding.split()[0] == expected
    assert finding.split()[1] != "1:1"


@pytest.mark.parametrize(
    ("operations", "expected"),
    [
        ({"Do": 1}, "wrong-type"),
        ({"Do": {}}, "missing-key"),
        ({"Do": operation(http={"method": "BREW", "requestUri": "/"})}, "bad-value"),
        ({"Do": operation(http={"method": "GET", "requestUri": "x"})}, "bad-value"),
        (
            {"Do": operation(http={"method": "GET", "requestUri": "/{a}"})},
            "unknown-member",
        ),
        ({"Do": operation("Nope")}, "unknown-shape"),
        ({"Do": operation("String")}, "wrong-type"),
        ({"Do": operation(None, None, "Nope")}, "unknown-shape"),
        ({"Do": operation(None, None, "String")}, "wrong-type"),
        ({"../Do": operation()}, "bad-name"),
        ({"a/b": operation()}, "bad-name"),
        ({"C:\\x": operation()}, "bad-name"),
        ({"..": operation()}, "bad-name"),
        ({"": operation()}, "bad-name"),
        ({"A" * 300: operation()}, "bad-name"),
    ],
)
def test_operations_that_make_no_sense(
    operations: dict[str, Any], expected: str
) -> None:
    (finding,) = told(source(None, operations))
    assert finding.split()[0] == expected


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [
        ({"serviceId": "../../x"}, "bad-name"),
        ({"serviceId": "a/b"}, "bad-name"),
        ({"serviceId": ".."}, "bad-name"),
        ({"serviceId": "x\0"}, "bad-name"),
        ({"serviceId": None}, "missing-key"),
        ({"apiVersion": 1}, "missing-key"),
        ({"protocol": "soap"}, "bad-value"),
        ({"protocol": "json", "targetPrefix": None}, "missing-key"),
        ({"protocol": "json", "jsonVersion": "9", "targetPrefix": "T"}, "bad-value"),
        ({"protocol": "smithy-rpc-v2-cbor", "targetPrefix": 1}, "missing-key"),
    ],
)
def test_metadata_that_makes_no_sense(metadata: dict[str, Any], expected: str) -> None:
    (finding,) = told(source(None, None, metadata))
    assert finding.split()[0] == expected


def test_everything_is_told_at_once_and_not_without_end() -> None:
    assert len(told(source({"S": {}, "T": []}, {"Do": {}}, {"protocol": "x"}))) == 4
    many = {f"S{n}": structure(a="Nope") for n in range(300)}
    assert len(told(source(many))) == 100


def test_recursion_that_ends_is_fine() -> None:
    shapes = {
        "A": structure("b", b="B"),
        "B": {"type": "list", "member": {"shape": "A"}},
        "U": {**structure(u="U", s="String"), "union": True},
    }
    assert told(source(shapes)) == []


def test_extras_are_merged_into_what_a_model_says() -> None:
    base = {"a": {"b": 1, "c": [1]}, "d": 2}
    assert merged(base, {"a": {"c": [2], "e": 3}, "f": {}}) == {
        "a": {"b": 1, "c": [2], "e": 3},
        "d": 2,
        "f": {},
    }
    assert base == {"a": {"b": 1, "c": [1]}, "d": 2}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=12,
)


@given(JSON, st.data(), st.sampled_from([None, 1]), st.booleans())
def test_a_place_is_where_the_value_begins(
    value: object, data: st.DataObject, indent: int | None, ascii_only: bool
) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    path: list[str | int] = []
    inner = value
    while inner and isinstance(inner, dict | list) and data.draw(st.booleans()):
        keys = list(inner) if isinstance(inner, dict) else list(range(len(inner)))
        path.append(data.draw(st.sampled_from(keys)))
        inner = inner[path[-1]]  # type: ignore[call-overload]
    place = locate(text, tuple(path), "f")
    rest = "\n".join(text.split("\n")[place.line - 1 :])[place.column - 1 :]
    assert json.JSONDecoder().raw_decode(rest)[0] == inner


@given(st.binary(max_size=60))
def test_no_bytes_raise(content: bytes) -> None:
    data, found = read_json(content, "f")
    assert (data is None) == bool(found)


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [
        ({"serviceAbbreviation": "AWS Things!"}, "AWS Things"),
        ({"serviceFullName": "2 Fast: things"}, "Fast things"),
        ({"endpointPrefix": "api.things"}, "api things"),
        ({"targetPrefix": "Things_2020"}, "Things_2020"),
    ],
)
def test_a_service_without_an_id_has_one_of_its_names(
    metadata: dict[str, Any], expected: str
) -> None:
    data = json.loads(source())
    data["metadata"] = {
        "apiVersion": "1",
        "protocol": "json",
        "jsonVersion": "1.1",
        "targetPrefix": "T",
        **metadata,
    }
    model, found = read_model(json.dumps(data).encode(), "m.json")
    assert model is not None, found
    assert model.metadata["serviceId"] == expected
    reasons = [finding.reason for finding in convert(model).findings]
    assert f"there is no 'serviceId'; '{expected}' is assumed" in reasons


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("my-things.json", "my-things"),
        ("things/2020-01-31/service-2.json", "things"),
        ("data/x.y.json.gz", "x"),
        ("/Things 2/2020/01/service-2.json.gz", "Things 2"),
    ],
)
def test_a_service_that_says_nothing_of_itself_is_called_as_its_file(
    file: str, expected: str
) -> None:
    data = {"metadata": {"protocol": "rest-json"}, "operations": {}, "shapes": {}}
    model, found = read_model(json.dumps(data).encode(), file)
    assert model is not None, found
    assert model.metadata["serviceId"] == expected


def test_one_protocol_of_several_and_numbers_of_versions() -> None:
    data = json.loads(source())
    data["metadata"] = {
        "serviceId": "T",
        "protocols": ["json", "query"],
        "apiVersion": "1",
        "jsonVersion": 1.1,
        "targetPrefix": "T",
    }
    model, found = read_model(json.dumps(data).encode(), "m.json")
    assert model is not None, found
    assert (model.metadata["protocol"], model.metadata["jsonVersion"]) == (
        "json",
        "1.1",
    )


@pytest.mark.parametrize("protocol", ["query", "ec2", "json", "smithy-rpc-v2-cbor"])
def test_operations_have_the_one_path_of_a_protocol(protocol: str) -> None:
    told = {"protocol": protocol, "jsonVersion": "1.0", "targetPrefix": "T"}
    for said in ({}, {"http": {"method": "POST"}}, {"http": {"requestUri": "/"}}):
        model, found = read_model(source({}, {"Do": said}, told), "m.json")
        assert model is not None, found
        assert model.operations["Do"]["http"] == {"method": "POST", "requestUri": "/"}


def test_a_structure_may_say_nothing_of_members() -> None:
    model, found = read_model(source({"S": {"type": "structure"}}), "m.json")
    assert model is not None, found


@pytest.mark.parametrize(
    ("protocol", "expected"),
    [
        ("rest-json", {"apiVersion": "1.0"}),
        ("query", {"apiVersion": "1.0"}),
        ("ec2", {"apiVersion": "1.0"}),
        (
            "json",
            {"apiVersion": "1.0", "jsonVersion": "1.0", "targetPrefix": "MyThings"},
        ),
        ("smithy-rpc-v2-cbor", {"apiVersion": "1.0", "targetPrefix": "MyThings"}),
    ],
)
def test_whoever_imports_is_told_what_is_assumed(
    protocol: str, expected: dict[str, str]
) -> None:
    metadata = {"protocol": protocol, "serviceId": "My Things"}
    data = {"metadata": metadata, "operations": {}, "shapes": {}}
    model, found = read_model(json.dumps(data).encode(), "m.json")
    assert model is not None, found
    assert {k: model.metadata[k] for k in expected} == expected
    reasons = [finding.reason for finding in convert(model).findings]
    for key, value in expected.items():
        assert f"there is no '{key}'; '{value}' is assumed" in reasons
