"""Operations, services and which file a shape stands in."""

from typing import Any

import pytest

from specwright.document import check_form, format_spec, read_bytes
from specwright.sources.botocore import Companions

from .conftest import STRING, documents, operation, reported, structure

ENUM = {"type": "string", "enum": ["a"]}


def do(found: Any) -> dict[str, Any]:
    result = found.documents["operations/Do.yaml"]
    assert isinstance(result, dict)
    return result


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"name": "Do2020"}, {"model_name": "Do2020"}),
        ({"name": "Do"}, {}),
        ({"deprecated": True, "deprecatedMessage": "Don't."}, {"deprecated": "Don't."}),
        ({"endpoint": {"hostPrefix": "data."}}, {"host_prefix": "data."}),
        ({"authtype": "none", "auth": ["smithy.api#noAuth"]}, {"auth": []}),
        ({"authtype": "none"}, {"auth": []}),
        ({"auth": ["aws.auth#sigv4a", "my#own"]}, {"auth": ["sigv4a", "my#own"]}),
        ({"authtype": "bearer"}, {"auth": ["http-bearer"]}),
        ({"authtype": "v4-unsigned-body"}, {"unsigned_payload": True}),
        ({"unsignedPayload": True}, {"unsigned_payload": True}),
        ({"httpChecksumRequired": True}, {"checksum": {"required": True}}),
        (
            {
                "httpChecksum": {
                    "requestAlgorithmMember": "A",
                    "requestChecksumRequired": False,
                }
            },
            {"checksum": {"algorithm": "A", "request_required": False}},
        ),
        (
            {
                "httpChecksum": {
                    "requestValidationModeMember": "M",
                    "responseAlgorithms": ["CRC32"],
                }
            },
            {"checksum": {"validation_mode": "M", "response_algorithms": ["CRC32"]}},
        ),
        ({"requestcompression": {"encodings": ["gzip"]}}, {"compression": ["gzip"]}),
        ({"endpointdiscovery": {}}, {"endpoint_discovery": "optional"}),
        ({"endpointdiscovery": {"required": True}}, {"endpoint_discovery": "required"}),
        ({"endpointoperation": True}, {"endpoint_operation": True}),
        (
            {"idempotent": True, "readonly": True},
            {"idempotent": True, "readonly": True},
        ),
        (
            {
                "staticContextParams": {"A": {"value": True}},
                "operationContextParams": {"B": {"path": "x[*].y"}},
            },
            {"context": {"A": {"value": True}, "B": {"path": "x[*].y"}}},
        ),
        (
            {"http": {"method": "PUT", "requestUri": "/x?y", "responseCode": 202}},
            {"http": {"method": "PUT", "path": "/x?y", "status": 202}},
        ),
        (
            {"http": {"method": "PUT", "requestUri": "/", "responseCode": 200}},
            {"http": {"method": "PUT", "path": "/"}},
        ),
    ],
)
def test_operations(said: dict[str, Any], expected: dict[str, Any]) -> None:
    found = documents(None, {"Do": operation(**said)})
    known = {
        "specwright": 1,
        "operation": "Do",
        "http": {"method": "POST", "path": "/do"},
    }
    beside = {k: v for k, v in do(found).items() if k not in ("sources", "from")}
    assert beside == {**known, **expected}
    assert reported(found) == []


def test_the_root_elements_of_xml() -> None:
    said = {
        "input": {
            "shape": "In",
            "locationName": "Req",
            "xmlNamespace": {"uri": "http://x"},
        },
        "output": {"shape": "Out", "resultWrapper": "DoResult"},
    }
    found = documents(
        {"In": structure(), "Out": structure()}, {"Do": operation() | said}
    )
    assert do(found)["input_xml"] == {"name": "Req", "namespace": "http://x"}
    assert do(found)["result_wrapper"] == "DoResult"


def test_no_input_is_not_an_empty_one() -> None:
    found = documents({"Out": structure()}, {"Do": operation(None, "Out")})
    assert "input" not in do(found)
    assert do(found)["output"] == {}


def test_an_input_of_its_own_is_inline_and_any_other_is_referred_to() -> None:
    shapes = {
        "Own": structure(a="String"),
        "Shared": structure(),
        "Both": structure(),
        "Held": structure(h="Held"),
        "Secret": {**structure(), "sensitive": True},
        "Fake": structure(ref="String"),
    }
    found = documents(
        shapes,
        {
            "Do": operation("Own", "Shared"),
            "Re": operation("Shared", "Held"),
            "Mi": operation("Both", "Both"),
            "Fa": operation("Secret", "Fake"),
        },
    )
    said = {
        name: (found.documents[f"operations/{name}.yaml"][s])
        for name, s in (
            ("Do", "input"),
            ("Do", "output"),
            ("Re", "output"),
            ("Mi", "input"),
        )
    }
    assert said == {
        "Do": {"ref": "Shared"},
        "Re": {"ref": "Held"},
        "Mi": {"ref": "Both"},
    }
    assert do(found)["input"] == {"a": {"type": "string"}}
    assert found.documents["operations/Fa.yaml"]["input"] == {"ref": "Secret"}
    assert found.documents["operations/Fa.yaml"]["output"] == {"ref": "Fake"}


def test_where_shapes_stand_follows_from_the_whole_model() -> None:
    shapes = {
        "InA": structure(x="Both", y="OnlyA"),
        "InB": structure(x="Both", y="OnlyB"),
        "Both": ENUM,
        "OnlyA": ENUM,
        "OnlyB": ENUM,
        "Unused": ENUM,
    }
    operations = {"A": operation("InA"), "B": operation("InB")}
    whole = documents(shapes, operations)
    only = documents(shapes, operations, only=("A",))
    assert list(whole.documents["shapes.yaml"]["shapes"]) == ["Both"]  # type: ignore[call-overload]
    assert whole.unused == ("String", "Unused")
    assert set(only.documents) == {"service.yaml", "shapes.yaml", "operations/A.yaml"}
    for path, document in only.documents.items():
        assert document == whole.documents[path]


def test_a_part_of_a_service_has_only_what_it_reaches() -> None:
    shapes = {
        "In": structure(x="Both"),
        "Both": ENUM,
        "Out": structure(x="Both", y="E"),
        "E": ENUM,
    }
    operations = {
        "A": operation("In"),
        "B": operation(None, "Out"),
        "C": operation(None, "Out"),
    }
    only = documents(shapes, operations, only=("A",))
    assert list(only.documents["shapes.yaml"]["shapes"]) == ["Both"]  # type: ignore[call-overload]


def test_events_in_both_directions_are_unsupported() -> None:
    shapes = {
        "In": structure(s="Stream"),
        "Out": structure(s="Stream"),
        "Stream": {**structure(e="Event"), "eventstream": True},
        "Event": {
            **structure(p={"shape": "String", "eventpayload": True}),
            "event": True,
        },
    }
    found = documents(
        shapes, {"Do": operation("In", "Out"), "Get": operation(None, "Out")}
    )
    assert "both directions" in do(found)["unsupported"]
    assert "unsupported" not in found.documents["operations/Get.yaml"]
    assert [f.operations for f in found.findings] == [("Do",)]
    stream = found.documents["shapes.yaml"]["shapes"]["Stream"]  # type: ignore[index]
    assert stream == {
        "type": "union",
        "event_stream": True,
        "members": {"e": {"type": "Event"}},
    }


def test_pages() -> None:
    shapes = {
        "In": structure(t="String", n="String"),
        "Out": structure(u="String", i="Page", m="String", c="String"),
        "Page": {"type": "list", "member": {"shape": "String"}},
    }
    paginator = {
        "input_token": ["t", "n"],
        "output_token": ["u || i[-1].x", "m.y"],
        "result_key": "i",
        "limit_key": "n",
        "more_results": "m",
        "non_aggregate_keys": ["c"],
    }
    pages = Companions({"pagination": {"Do": paginator}})
    found = documents(shapes, {"Do": operation("In", "Out")}, companions=pages)
    assert do(found)["pagination"] == {
        "input_token": ["t", "n"],
        "output_token": ["u || i[-1].x", "m.y"],
        "items": "i",
        "constant": ["c"],
        "limit": "n",
        "more_results": "m",
    }


@pytest.mark.parametrize(
    ("paginator", "expected"),
    [
        (
            {"input_token": "x", "output_token": "u"},
            "unknown /pagination/Do/input_token",
        ),
        ({"input_token": "t"}, "unknown /pagination/Do"),
        ({"input_token": "t", "output_token": "u", "z": 1}, "unknown /pagination/Do/z"),
        (
            {"input_token": "t", "output_token": "u", "limit_key": "x"},
            "unknown /pagination/Do/limit_key",
        ),
    ],
)
def test_paginators_that_do_not_fit(paginator: dict[str, Any], expected: str) -> None:
    shapes = {"In": structure(t="String"), "Out": structure(u="String")}
    pages = Companions({"pagination": {"Do": paginator, "Gone": {}}})
    found = documents(shapes, {"Do": operation("In", "Out")}, companions=pages)
    assert reported(found) == [expected, "unknown /pagination/Gone"]


def test_waiters() -> None:
    acceptors = [
        {
            "matcher": "pathAll",
            "argument": "a[].b",
            "expected": "x",
            "state": "success",
        },
        {"matcher": "error", "expected": "E", "state": "retry"},
        {"matcher": "status", "expected": 404, "state": "failure"},
        {"matcher": "path", "argument": "a", "expected": True, "state": "failure"},
    ]
    waiter = {"operation": "Do", "delay": 5, "maxAttempts": 9, "acceptors": acceptors}
    waiters = {
        "Done": waiter,
        "Odd": {
            **waiter,
            "acceptors": [{"matcher": "moon", "expected": 1, "state": "retry"}],
        },
        "Gone": {**waiter, "operation": "Gone"},
    }
    found = documents(
        None, {"Do": operation()}, companions=Companions(waiters={"waiters": waiters})
    )
    assert do(found)["waiters"] == {
        "Done": {
            "delay": 5,
            "attempts": 9,
            "acceptors": [
                {
                    "state": "success",
                    "matcher": "path-all",
                    "path": "a[].b",
                    "expected": "x",
                },
                {"state": "retry", "matcher": "error", "expected": "E"},
                {"state": "failure", "matcher": "status", "expected": 404},
                {"state": "failure", "matcher": "path", "path": "a", "expected": True},
            ],
        }
    }
    assert reported(found) == ["unknown /waiters/Odd", "unknown /waiters/Gone"]


def test_a_service() -> None:
    found = documents(
        None,
        None,
        {
            "auth": ["aws.auth#sigv4", "smithy.api#httpBearerAuth"],
            "awsQueryCompatible": {},
            "globalEndpoint": "things.example",
            "jsonVersion": "1.1",
            "targetPrefix": "T",
            "protocol": "smithy-rpc-v2-cbor",
            "protocols": ["smithy-rpc-v2-cbor", "json"],
            "protocolSettings": {"h2": "eventstream"},
            "serviceAbbreviation": "Things!",
            "signingName": "sign",
            "uid": "things-2020",
            "xmlNamespace": "http://x",
        },
        clientContextParams={"P": {"type": "boolean", "documentation": "P."}},
        deprecated=True,
        companions=Companions(rules="endpoint-rule-set-1"),
    )
    assert found.documents == {
        "service.yaml": {
            "specwright": 1,
            "service": "Things",
            "title": "Amazon Things",
            "abbreviation": "Things!",
            "version": "2020-01-01",
            "uid": "things-2020",
            "deprecated": "Deprecated.",
            "protocols": ["rpc-v2-cbor", "json"],
            "json_version": "1.1",
            "target_prefix": "T",
            "xml_namespace": "http://x",
            "query_compatible": True,
            "http2": "event-stream",
            "endpoint": {
                "prefix": "things",
                "global": "things.example",
                "rules": "endpoint-rule-set-1",
            },
            "signing_name": "sign",
            "signature": "v4",
            "auth": ["sigv4", "http-bearer"],
            "context_params": {"P": {"type": "boolean"}},
            "sources": {"model": {"format": "botocore", "version": "2020-01-01"}},
            "from": {"default": "model"},
        }
    }
    assert reported(found) == []


def test_every_document_is_one_that_people_could_write() -> None:
    shapes = {
        "In": structure("k", k={"shape": "String", "location": "uri"}, e="E", n="NO"),
        "E": {"type": "string", "enum": ["on", "1", "null", "a: b", "\u202e"]},
        "NO": {"type": "string", "pattern": "^[\"'#{}]: $"},
    }
    path = {"method": "GET", "requestUri": "/{k}?on=1"}
    found = documents(shapes, {"Do": operation("In", http=path)})
    for name, document in found.documents.items():
        text = format_spec(document)
        read, problems = read_bytes(text.encode(), name)
        assert problems == []
        assert read is not None
        assert read.data == document
        assert check_form(read) == []


def test_the_same_model_gives_the_same_documents_in_the_same_order() -> None:
    shapes = {"In": structure(z="Z", a="A"), "Z": ENUM, "A": ENUM, "S": STRING}
    texts = [
        [
            format_spec(d)
            for d in documents(shapes, {"Do": operation("In")}).documents.values()
        ]
        for _ in range(2)
    ]
    assert texts[0] == texts[1]
    assert texts[0][1].index("  z:") < texts[0][1].index("  a:")
