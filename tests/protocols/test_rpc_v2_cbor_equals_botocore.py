"""Every operation of the catalogue that speaks RPC v2 CBOR: requests and answers equal
botocore's, for random values of its shapes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from random import Random
from typing import Any

import pytest
from tests.protocols.cbor_side import (
    SERVICES,
    decoded_by_botocore,
    encoded,
    model_of,
    read_by_botocore,
    same,
    sent_by_botocore,
    specs_of,
    structure,
)
from tests.protocols.xml_clients import ENDPOINT, client, generated

PACKAGE = "cbor_catalogue"
SAMPLES = 3


@pytest.fixture(scope="module", autouse=True)
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A package with all the services, below one folder, on one runtime."""
    root = tmp_path_factory.mktemp(PACKAGE)
    generated(root, PACKAGE, {name: specs_of(name) for name in SERVICES})
    sys.path.insert(0, str(root))
    yield
    sys.path.remove(str(root))


def client_of(service: str) -> Any:
    """A client that sends what breaks length and pattern: botocore doesn't check them."""
    package = model_of(service).service_id.lower().replace(" ", "_")
    return client(PACKAGE, package, validation="off")


def operations(service: str) -> list[str]:
    names: list[str] = list(model_of(service).operation_names)
    return names


@pytest.mark.parametrize("service", SERVICES)
def test_requests_say_what_botocores_say(service: str) -> None:
    ours, model = client_of(service), model_of(service)
    assert list(ours.operations) == operations(service)
    for name in operations(service):
        operation, random = model.operation_model(name), Random(name)
        for _ in range(SAMPLES):
            values = structure(operation.input_shape, random, answer=False)
            for token in operation.idempotent_members:
                values.setdefault(token, "token")
            request = ours.operations[name].request.from_dict(values)
            sent, expected = ours.prepare(request), sent_by_botocore(operation, values)
            headers = {k.lower(): v for k, v in sent.headers.items()}
            headers.pop("user-agent")
            assert sent.method == expected["method"]
            assert sent.url == ENDPOINT + expected["url_path"]
            assert headers == {k.lower(): v for k, v in expected["headers"].items()}
            told = decoded_by_botocore(sent.body)
            assert same(told, decoded_by_botocore(expected["body"])), (name, values)
            assert same(told, values), (name, values)


@pytest.mark.parametrize("service", SERVICES)
def test_answers_are_read_as_botocore_reads_them(service: str) -> None:
    ours, model = client_of(service), model_of(service)
    answer = import_module(ours.__module__.rpartition(".")[0]).HttpResponse
    for name in operations(service):
        operation, random = model.operation_model(name), Random(name)
        request = ours.operations[name].request.from_dict({})
        if operation.output_shape is None:
            assert ours.parse(request, answer(200, {}, b"")).to_dict() == {}
            continue
        for _ in range(SAMPLES):
            values = structure(operation.output_shape, random, answer=True)
            body = encoded(values, random)
            read = ours.parse(request, answer(200, {}, body)).to_dict()
            theirs = read_by_botocore(operation.output_shape, 200, body)
            assert same(read, theirs), (name, values)
            assert same(read, values), (name, values)


@pytest.mark.parametrize("service", SERVICES)
def test_errors_are_read_as_botocore_reads_them(service: str) -> None:
    ours, model = client_of(service), model_of(service)
    package = import_module(ours.__module__.rpartition(".")[0])
    for name in operations(service):
        operation, random = model.operation_model(name), Random(name)
        request = ours.operations[name].request.from_dict({})
        for shape in operation.error_shapes:
            values = structure(shape, random, answer=True)
            values.pop("message", None)
            values.pop("Message", None)
            told = {"__type": f"ns.service#{shape.name}", "message": "m", **values}
            body = encoded(told, random)
            with pytest.raises(package.ServiceError) as raised:
                ours.parse(request, package.HttpResponse(400, {}, body))
            error = raised.value
            theirs = read_by_botocore(operation.output_shape, 400, body)["Error"]
            assert (error.code, error.message) == (theirs["Code"], theirs["Message"])
            assert type(error).__name__.rstrip("_") == shape.name
            read = {k: v for k, v in error.to_dict().items() if k.lower() != "message"}
            members = read_by_botocore(shape, 400, body)
            for member in ("message", "Message"):
                members.pop(member, None)
            assert same(read, members), (name, values)
            assert same(read, values), (name, values)


def test_codes_of_the_query_protocol_are_asked_for_and_told() -> None:
    """CloudWatch spoke the query protocol; the class still is that of the error's shape."""
    ours = client_of("cloudwatch")
    package = import_module(ours.__module__.rpartition(".")[0])
    request = package.DeleteAlarmsRequest(alarm_names=["a"])
    assert ours.prepare(request).headers["x-amzn-query-mode"] == "true"
    body = encoded({"__type": "ns#ResourceNotFound", "message": "m"}, Random(1))
    headers = {"x-amzn-query-error": "OldCode;Sender"}
    with pytest.raises(package.errors.ResourceNotFound) as raised:
        ours.parse(request, package.HttpResponse(404, headers, body))
    shape = model_of("cloudwatch").operation_model("DeleteAlarms").output_shape
    theirs = read_by_botocore(shape, 404, body, **headers)["Error"]
    assert raised.value.code == theirs["Code"] == "OldCode"
    for junk in ("", ";", "OldCode", "a;b;c", ";Sender"):
        headers = {"x-amzn-query-error": junk}
        with pytest.raises(package.errors.ResourceNotFound) as raised:
            ours.parse(request, package.HttpResponse(404, headers, body))
        assert raised.value.code == "ResourceNotFound"
