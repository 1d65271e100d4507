"""Every operation of the catalogue that reads events, but those that send some meanwhile:
random events are read as botocore reads them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from importlib import import_module
from random import Random
from typing import Any

import pytest

from specwright.document import format_spec
from specwright.python.naming import service_package
from specwright.sources.botocore import convert, read_model

from ..xml_clients import client, generated
from .botocore_side import (
    frame_of,
    model_of,
    models,
    operations,
    read_by_botocore,
    value,
)
from .frames import event

ROUNDS = 25
PACKAGE = "events_catalogue"
READING = [(service, name) for service, name, sends in operations() if not sends]
SENDING = [(service, name) for service, name, sends in operations() if sends]


def package_of(service: str) -> str:
    return service_package(str(model_of(service).service_id))


def specs_of(service: str) -> dict[str, str]:
    """The spec files of the operations of a service that have events."""
    model, diagnostics = read_model(json.dumps(models()[service]).encode(), service)
    assert model is not None, diagnostics
    names = [name for found, name, _ in operations() if found == service]
    documents = convert(model, names).documents
    return {path: format_spec(document) for path, document in documents.items()}


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """What is left out of each service, by operation; all of them on one runtime."""
    root = tmp_path_factory.mktemp(PACKAGE)
    left_out = generated(
        root, PACKAGE, {package_of(name): specs_of(name) for name in models()}
    )
    sys.path.insert(0, str(root))
    yield left_out
    sys.path.remove(str(root))


def test_there_are_as_many_operations_as_the_catalogue_is_known_to_have() -> None:
    assert (len(READING), len(SENDING)) == (19, 5)


@pytest.mark.parametrize(("service", "name"), SENDING)
def test_operations_that_send_events_while_they_read_some_need_http_2(
    services: dict[str, Any], service: str, name: str
) -> None:
    reason = services[package_of(service)][name]
    assert reason == "events stream in both directions at once, which needs HTTP/2"


@pytest.mark.parametrize(("service", "name"), READING)
def test_events_are_read_as_botocore_reads_them(
    services: dict[str, Any], service: str, name: str
) -> None:
    assert services[package_of(service)].get(name) is None
    ours = client(PACKAGE, package_of(service))
    package = import_module(f"{PACKAGE}.{package_of(service)}")
    operation = model_of(service).operation_model(name)
    protocol = operation.service_model.metadata["protocol"]
    union = operation.get_event_stream_output()
    member = operation.output_shape.event_stream_name
    request = ours.operations[name].request.from_dict({})
    random = Random(f"{service} {name}")
    for _ in range(ROUNDS):
        sent: list[dict[str, Any]] = []
        body = event("initial-response", {}) if protocol == "json" else b""
        for kind, shape in union.members.items():
            if not shape.metadata.get("exception"):
                values = value(shape, random)
                sent.append({kind: values})
                body += frame_of(shape, kind, values, protocol)
        answer = package.HttpResponse(200, {}, body)
        read = ours.parse(request, answer).to_dict()[member]
        theirs, error = read_by_botocore(operation, body)
        assert error is None
        assert read == sent
        assert read == theirs


@pytest.mark.parametrize(("service", "name"), READING)
def test_errors_in_the_stream_are_read_as_botocore_reads_them(
    services: dict[str, Any], service: str, name: str
) -> None:
    assert services[package_of(service)].get(name) is None
    ours = client(PACKAGE, package_of(service))
    package = import_module(f"{PACKAGE}.{package_of(service)}")
    operation = model_of(service).operation_model(name)
    protocol = operation.service_model.metadata["protocol"]
    union = operation.get_event_stream_output()
    member = operation.output_shape.event_stream_name
    request = ours.operations[name].request.from_dict({})
    random = Random(f"{service} {name}")
    start = event("initial-response", {}) if protocol == "json" else b""
    for kind, shape in union.members.items():
        if not shape.metadata.get("exception"):
            continue
        values = value(shape, random)
        body = start + frame_of(shape, kind, values, protocol)
        response = ours.parse(request, package.HttpResponse(200, {}, body))
        snake = ours.operations[name].response.__schema__.by_name[member].attr
        with pytest.raises(package.ServiceError) as raised:
            list(getattr(response, snake))
        found, told = read_by_botocore(operation, body)
        assert found == []
        assert told["Code"] == kind
        assert raised.value.message == told["Message"]
        assert type(raised.value).__name__ == shape.name
        read = raised.value.to_dict()
        assert {k: v for k, v in read.items() if v != ""} == {
            k: v for k, v in values.items() if v != ""
        }
