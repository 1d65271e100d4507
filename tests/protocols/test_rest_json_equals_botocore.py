"""rest-json against botocore: operations of its models that bind members to every part of a
message, and a seeded sample of others.

Each is imported, generated and used with random values: requests mean the same, and random
answers and errors are read to the same values.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from random import Random
from typing import Any

import pytest
from tests.protocols.botocore_cases import Case, asked, module_of, specs_of
from tests.protocols.json_side import heads, json_answer, tree
from tests.protocols.xml_clients import client, generated
from tests.protocols.xml_side import (
    message,
    model_of,
    read_by_botocore,
    sent_by_botocore,
    structure,
)

SERVICES = (
    "amp",
    "apigateway",
    "appconfig",
    "appmesh",
    "bedrock-agentcore",
    "connect",
    "dataexchange",
    "datazone",
    "entityresolution",
    "geo-maps",
    "glacier",
    "iot-data",
    "lambda",
    "lex-runtime",
    "lexv2-runtime",
    "location",
    "mediastore-data",
    "medical-imaging",
    "neptune-graph",
    "omics",
    "pinpoint",
    "sso-oidc",
)
BOUND = 12
OTHERS = 6
ROUNDS = 4
PACKAGE = "rest_json_out"


def parts(operation: Any) -> set[str]:
    """The rarer places that an operation has members in, and what it has there."""
    found = {"host"} if operation.endpoint else set()
    for shape in (operation.input_shape, operation.output_shape):
        for name, member in shape.members.items() if shape is not None else ():
            place = member.serialization.get("location", "")
            if shape.serialization.get("payload") == name:
                place = "payload"
            if place in ("header", "headers", "payload", "statusCode") or (
                place == "querystring"
                and member.type_name
                not in (
                    "string",
                    "integer",
                )
            ):
                found.add(f"{place} {member.type_name}")
    return found


@cache
def sample() -> tuple[Case, ...]:
    """Operations of every service, the same ones each time."""
    cases: list[Case] = []
    for service in SERVICES:
        model, random = model_of(service), Random(service)
        names = sorted(model.operation_names)
        random.shuffle(names)
        chosen: list[str] = []
        seen: dict[str, int] = {}
        for name in names:
            # The same place with the same type again and again tells nothing new.
            new = [p for p in parts(model.operation_model(name)) if seen.get(p, 0) < 3]
            if new and len(chosen) < BOUND:
                chosen.append(name)
                for place in new:
                    seen[place] = seen.get(place, 0) + 1
        chosen += [name for name in names if name not in chosen][:OTHERS]
        cases += [Case(service, name) for name in sorted(chosen)]
    return tuple(cases)


@pytest.fixture(scope="module")
def clients(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """Clients by the name that botocore has for the service."""
    root = tmp_path_factory.mktemp("rest_json")
    sys.path.insert(0, str(root))
    services = {
        module_of(service): specs_of(
            service, [case.operation for case in sample() if case.service == service]
        )
        for service in SERVICES
    }
    generated(root, PACKAGE, services)
    yield {
        name: client(PACKAGE, module_of(name), validation="off") for name in SERVICES
    }
    sys.path.remove(str(root))


def operation_of(clients: dict[str, Any], case: Case) -> Any:
    """The generated operation; one that can't be generated says why."""
    operations = clients[case.service].operations
    if case.operation not in operations:
        pytest.skip("not generated yet")
    return operations[case.operation]


def meaning(body: bytes) -> object:
    """A body that is JSON, read."""
    try:
        return json.loads(body)
    except ValueError:
        return body


@pytest.mark.parametrize("case", sample(), ids=lambda c: f"{c.service}.{c.operation}")
def test_requests(clients: dict[str, Any], case: Case) -> None:
    operation = operation_of(clients, case)
    for number in range(ROUNDS):
        values = asked(case, case.random(number))
        http = clients[case.service].prepare(operation.request.from_dict(values))
        body = meaning(http.body)
        if http.headers.get("x-amz-content-sha256") == "UNSIGNED-PAYLOAD":
            # botocore's signer adds it, and the library that sends adds lengths.
            http.headers.remove("x-amz-content-sha256")
            http.headers.remove("content-length")
        told = message(http.method, http.url, http.headers, http.body)
        expected = sent_by_botocore(case.model, values)
        assert body == meaning(expected.body or b"")  # type: ignore[arg-type]
        for one in (told, expected):
            object.__setattr__(one, "body", None)
        assert told == expected
        # botocore says nothing of the type of text and bytes.
        kind = http.headers.get("content-type")
        assert (kind == "application/json") is isinstance(body, dict) or kind


@pytest.mark.parametrize("case", sample(), ids=lambda c: f"{c.service}.{c.operation}")
def test_answers(clients: dict[str, Any], case: Case) -> None:
    operation = operation_of(clients, case)
    package = import_module(f"{PACKAGE}.{module_of(case.service)}")
    if case.model.has_event_stream_output:
        pytest.skip("events have tests of their own")
    for number in range(ROUNDS):
        random = case.random(number)
        request = operation.request.from_dict(asked(case, random))
        given = json_answer(case.model, random)
        headers = {**given.headers, "x-amzn-requestid": "r-1"}
        http = package.HttpResponse(given.status, headers, given.body)
        read = clients[case.service].parse(request, http)
        expected = read_by_botocore(case.model, given.status, headers, given.body)
        assert read.response_metadata.request_id == "r-1"
        found = read.to_dict()
        if given.body == b"payload":
            found = {k: "payload" if v == b"payload" else v for k, v in found.items()}
        expected.pop("ResponseMetadata")
        assert found == expected
        for name, inner in given.values.items():
            if name in found and not isinstance(inner, dict):
                assert found[name] == inner


@pytest.mark.parametrize("case", sample(), ids=lambda c: f"{c.service}.{c.operation}")
def test_errors(clients: dict[str, Any], case: Case) -> None:
    operation = operation_of(clients, case)
    package = import_module(f"{PACKAGE}.{module_of(case.service)}")
    request = operation.request.from_dict(asked(case, case.random(0)))
    for shape in case.model.error_shapes:
        random = case.random(len(shape.name))
        told = shape.metadata.get("error", {})
        code = told.get("code", shape.name)
        values = structure(shape, random, 0)
        inner = {**tree(shape, values), "message": "no & no"}
        inner.pop("code", None)
        headers = {"x-amzn-requestid": "r-1", **heads(shape, values)}
        written = f"ns#{code}:http://example.com/"
        if random.random() < 0.5:
            headers["X-Amzn-Errortype"] = written
        else:
            headers = {k: v for k, v in headers.items() if k.lower() != ERROR_TYPE}
            inner[random.choice(("code", "__type"))] = written
        status, body = told.get("httpStatusCode", 400), json.dumps(inner).encode()
        http = package.HttpResponse(status, headers, body)
        with pytest.raises(package.ServiceError) as raised:
            clients[case.service].parse(request, http)
        theirs = read_by_botocore(case.model, status, headers, body)
        error = raised.value
        assert error.code == theirs["Error"]["Code"] == code
        assert error.message == theirs["Error"]["Message"]
        assert error.request_id == theirs["ResponseMetadata"]["RequestId"]
        assert type(error).__name__.rstrip("_") == shape.name
        members = read_by_botocore(case.model, status, headers, body, shape)
        found = error.to_dict()
        for read in (members, found):
            for name in ("message", "Message", "ResponseMetadata", "code", "Error"):
                read.pop(name, None)
        assert found == members


ERROR_TYPE = "x-amzn-errortype"
