"""Shapes and members: every key of a model has its place in a spec, or in the report."""

from typing import Any

import pytest

from .conftest import documents, member, operation, reported, shape, structure

FULL = {"match": "full"}


@pytest.mark.parametrize(
    ("definition", "expected"),
    [
        ({"type": "string", "min": 1, "max": 9}, {"type": "string", "length": [1, 9]}),
        ({"type": "blob", "max": 5}, {"type": "blob", "length": [None, 5]}),
        ({"type": "integer", "min": -1}, {"type": "integer", "range": [-1, None]}),
        (
            {"type": "double", "min": 0.5, "max": 2},
            {"type": "double", "range": [0.5, 2]},
        ),
        (
            {"type": "string", "pattern": "a+"},
            {"type": "string", "pattern": "a+", **FULL},
        ),
        (
            {"type": "string", "pattern": "^a|b$"},
            {"type": "string", "pattern": "^a|b$", "match": "search"},
        ),
        (
            {"type": "string", "enum": ["b", "a"]},
            {"type": "string", "enum": ["b", "a"]},
        ),
        ({"type": "integer", "enum": [2, 1]}, {"type": "integer", "enum": [2, 1]}),
        ({"type": "string", "sensitive": True}, {"type": "string", "sensitive": True}),
        (
            {"type": "timestamp", "timestampFormat": "unixTimestamp"},
            {"type": "timestamp", "timestamp": "epoch-seconds"},
        ),
        (
            {"type": "timestamp", "timestampFormat": "rfc822"},
            {"type": "timestamp", "timestamp": "http-date"},
        ),
        (
            {"type": "blob", "streaming": True, "requiresLength": True},
            {"type": "blob", "streaming": True, "requires_length": True},
        ),
        (
            {"type": "list", "member": {"shape": "String"}, "sparse": True, "max": 3},
            {
                "type": "list",
                "length": [None, 3],
                "sparse": True,
                "item": {"type": "string"},
            },
        ),
        (
            {
                "type": "list",
                "member": {"shape": "String", "locationName": "i"},
                "flattened": True,
                "locationName": "L",
            },
            {
                "type": "list",
                "xml": {"name": "L", "flattened": True},
                "item": {"type": "string", "xml": {"name": "i"}},
            },
        ),
        (
            {
                "type": "map",
                "key": {"shape": "String", "locationName": "Name"},
                "value": {"shape": "String", "locationName": "Value"},
                "flattened": True,
            },
            {
                "type": "map",
                "xml": {"flattened": True},
                "key": {"type": "string", "xml": {"name": "Name"}},
                "value": {"type": "string", "xml": {"name": "Value"}},
            },
        ),
        (
            {**structure(b="String", c="String"), "union": True},
            {
                "type": "union",
                "members": {"b": {"type": "string"}, "c": {"type": "string"}},
            },
        ),
        (
            {
                **structure("c", b="String", c="String"),
                "xmlOrder": ["c", "b"],
                "xmlNamespace": {"uri": "http://x", "prefix": "p"},
                "deprecated": True,
                "deprecatedMessage": "Use T.",
                "deprecatedSince": "2024-01-01",
            },
            {
                "type": "structure",
                "deprecated": "Use T. (since 2024-01-01)",
                "xml": {
                    "namespace": {"uri": "http://x", "prefix": "p"},
                    "order": ["c", "b"],
                },
                "members": {
                    "b": {"type": "string"},
                    "c": {"type": "string", "required": True},
                },
            },
        ),
    ],
)
def test_shapes(definition: dict[str, Any], expected: dict[str, Any]) -> None:
    assert shape(definition) == expected


@pytest.mark.parametrize(
    ("traits", "expected"),
    [
        ({}, {}),
        ({"locationName": "A"}, {"wire": "A"}),
        ({"locationName": "a"}, {}),
        (
            {"location": "header", "locationName": "x-a"},
            {"in": "header", "wire": "x-a"},
        ),
        ({"location": "querystring"}, {"in": "query"}),
        ({"location": "statusCode", "locationName": "s"}, {}),
        ({"location": "headers", "locationName": ""}, {"in": "header-map", "wire": ""}),
        ({"location": "headers"}, {"in": "header-map", "wire": ""}),
        ({"idempotencyToken": True}, {"idempotency_token": True}),
        ({"jsonvalue": True}, {"json_value": True}),
        ({"hostLabel": True}, {"host_label": True}),
        ({"contextParam": {"name": "P"}}, {"context": {"name": "P"}}),
        ({"deprecated": True}, {"deprecated": "Deprecated."}),
        ({"enum": ["x"]}, {"enum": ["x"]}),
        ({"default": "x"}, {"default": "x"}),
        (
            {"xmlAttribute": True, "locationName": "n:t"},
            {"wire": "n:t", "xml": {"attribute": True}},
        ),
        ({"xmlNamespace": {"uri": "http://x"}}, {"xml": {"namespace": "http://x"}}),
        ({"flattened": True}, {"xml": {"flattened": True}}),
        ({"queryName": "Q"}, {"query_name": "Q"}),
        ({"eventpayload": True}, {"event": {"payload": True}}),
        ({"eventheader": True}, {"event": {"header": True}}),
    ],
)
def test_members(traits: dict[str, Any], expected: dict[str, Any]) -> None:
    assert member(traits) == {"type": "string", **expected}


def test_a_query_name_in_a_model_of_ec2_is_an_ec2_name() -> None:
    found = documents(
        {"In": structure(a={"shape": "String", "queryName": "Q"})},
        {"Do": operation("In")},
        {"protocol": "ec2"},
    )
    assert found.documents["operations/Do.yaml"]["input"] == {
        "a": {"type": "string", "ec2_name": "Q"}
    }


def test_a_map_in_the_query_is_a_query_map() -> None:
    some = {"type": "map", "key": {"shape": "String"}, "value": {"shape": "String"}}
    assert member({"shape": "M", "location": "querystring"}, M=some) == {
        "type": "M",
        "in": "query-map",
    }


def test_a_payload_and_what_stands_beside_it() -> None:
    inner = structure(
        a={"shape": "B", "streaming": True}, b={"shape": "String", "location": "header"}
    )
    found = documents(
        {"In": {**inner, "payload": "a"}, "B": {"type": "blob", "max": 9}},
        {"Do": operation("In")},
    )
    assert found.documents["operations/Do.yaml"]["input"] == {
        "a": {"type": "blob", "streaming": True, "length": [None, 9], "in": "payload"},
        "b": {"type": "string", "in": "header"},
    }


def test_a_member_beside_the_payload_is_in_no_message() -> None:
    found = documents(
        {"In": {**structure(a="String", b="String"), "payload": "a"}},
        {"Do": operation("In")},
    )
    assert found.documents["operations/Do.yaml"]["input"] == {
        "a": {"type": "string", "in": "payload"}
    }
    assert reported(found) == ["unknown /shapes/In/members/b"]


def test_a_limit_of_a_member_that_is_no_number_is_left_out() -> None:
    assert member({"max": True, "min": 2}) == {"type": "string", "length": [2, None]}


def test_a_label_is_required_whatever_the_model_says() -> None:
    assert member({"location": "uri", "locationName": "a"})["required"] is True


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, {"fault": "client"}),
        ({"fault": True}, {"fault": "server"}),
        ({"error": {"httpStatusCode": 404}}, {"fault": "client", "status": 404}),
        ({"error": {"httpStatusCode": 503}}, {"fault": "server", "status": 503}),
        (
            {"error": {"httpStatusCode": 500, "senderFault": True, "code": "X"}},
            {"fault": "client", "status": 500, "code": "X"},
        ),
        ({"error": {"code": "E"}}, {"fault": "client"}),
        ({"retryable": {"throttling": False}}, {"fault": "client", "retryable": True}),
        (
            {"retryable": {"throttling": True}},
            {"fault": "client", "retryable": True, "throttling": True},
        ),
    ],
)
def test_errors(said: dict[str, Any], expected: dict[str, Any]) -> None:
    error = {**structure(), "exception": True, **said}
    found = documents({"E": error}, {"Do": operation(None, None, "E")})
    shapes = found.documents["operations/Do.yaml"]["shapes"]
    assert shapes == {"E": {"type": "structure", "error": expected, "members": {}}}
    assert reported(found) == []


def test_a_shape_that_an_operation_lists_is_an_error_though_it_does_not_say_so() -> (
    None
):
    found = documents({"E": structure()}, {"Do": operation(None, None, "E", "E")})
    written = found.documents["operations/Do.yaml"]
    assert written["errors"] == ["E"]
    assert written["shapes"]["E"]["error"] == {"fault": "client"}  # type: ignore[index]


def test_documents_and_plain_scalars_are_written_as_their_type() -> None:
    found = documents(
        {
            "In": structure(a="D", b="T", c="L", d="N"),
            "D": {**structure(), "document": True},
            "T": {"type": "timestamp", "documentation": "When."},
            "L": {"type": "long", "box": True},
            "N": {"type": "long", "min": 0},
        },
        {"Do": operation("In")},
    )
    assert found.documents["operations/Do.yaml"]["input"] == {
        "a": {"type": "document"},
        "b": {"type": "timestamp"},
        "c": {"type": "long"},
        "d": {"type": "N"},
    }
    assert reported(found) == ["dropped /shapes/L/box"]


def test_shapes_that_are_named_like_a_built_in_type_are_referred_to() -> None:
    named = {"string": {"type": "string", "enum": ["a"]}, "map": structure()}
    found = documents(
        {"In": structure(a="string", b="map"), **named}, {"Do": operation("In")}
    )
    written = found.documents["operations/Do.yaml"]
    assert written["input"] == {"a": {"ref": "string"}, "b": {"ref": "map"}}
    assert list(written["shapes"]) == ["string", "map"]  # type: ignore[call-overload]


def test_shapes_may_hold_themselves() -> None:
    tree = structure(left="S", rest="Ss")
    items = {"type": "list", "member": {"shape": "S"}}
    assert shape(tree, Ss=items)["members"] == {
        "left": {"type": "S"},
        "rest": {"type": "Ss"},
    }


@pytest.mark.parametrize(
    ("definition", "expected"),
    [
        ({"type": "string", "weird": 1, "max": 2}, "unknown /shapes/S/weird"),
        ({"type": "boolean", "min": 1}, "unknown /shapes/S/min"),
        ({"type": "string", "min": 9, "max": 2}, "unknown /shapes/S"),
        ({"type": "string", "min": -1, "max": 2}, "unknown /shapes/S/min"),
        ({"type": "integer", "min": 0.5, "max": 2}, "unknown /shapes/S/min"),
        ({"type": "integer", "enum": ["a"]}, "unknown /shapes/S/enum"),
        ({"type": "string", "pattern": r"(a)\1"}, "unknown /shapes/S/pattern"),
        ({"type": "integer", "pattern": "a", "max": 1}, "unknown /shapes/S/pattern"),
        (
            {"type": "timestamp", "timestampFormat": "x"},
            "unsupported /shapes/S/timestampFormat",
        ),
        ({**structure(), "wrapper": True}, "dropped /shapes/S/wrapper"),
    ],
)
def test_what_has_no_place_is_reported_with_its_operations(
    definition: dict[str, Any], expected: str
) -> None:
    found = documents(
        {"In": structure(a="S"), "S": definition},
        {"Do": operation("In"), "Other": operation()},
    )
    assert expected in reported(found)
    assert {name for f in found.findings for name in f.operations} == {"Do"}


def test_an_operation_that_can_not_be_expressed_is_marked() -> None:
    found = documents(
        {
            "In": structure(a="S"),
            "S": structure(b={"shape": "String", "location": "moon"}),
        },
        {"Do": operation("In"), "Other": operation()},
    )
    assert found.documents["operations/Do.yaml"]["unsupported"] == "'b' in 'moon'"
    assert "unsupported" not in found.documents["operations/Other.yaml"]


def test_docs_are_carried_when_asked_for_and_move_nothing() -> None:
    shapes = {
        "In": structure(
            a={"shape": "P", "documentation": "<p>An <b>a</b>.</p>"}, b="P", c="S"
        ),
        "P": {"type": "string", "documentation": "<p>Plain.</p>"},
        "S": {"type": "string", "max": 3, "documentation": "<p>Short.</p>"},
    }
    operations = {
        "Do": operation("In", documentation="<p>Does.</p><p>More &amp; more.</p>")
    }
    with_docs = documents(shapes, operations, docs=True).documents["operations/Do.yaml"]
    assert with_docs["doc"] == "Does.\nMore & more."
    assert with_docs["input"] == {
        "a": {"type": "string", "doc": "An a."},
        "b": {"type": "string", "doc": "Plain."},
        "c": {"type": "S"},
    }
    assert with_docs["shapes"] == {
        "S": {"type": "string", "doc": "Short.", "length": [None, 3]}
    }
    without = documents(shapes, operations).documents["operations/Do.yaml"]
    assert "doc" not in repr(without)
    assert list(without["shapes"]) == ["S"]  # type: ignore[call-overload]
