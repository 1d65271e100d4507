"""Imported specs say what botocore itself reads from its models: operations of all protocols."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import botocore.exceptions
import botocore.loaders
import botocore.model
import pytest

from specwright.resolve import load_service
from specwright.workflow.facts import facts
from specwright.workflow.import_botocore import Request, import_botocore

PROTOCOLS = {
    "ec2": "ec2",
    "json": "json",
    "query": "query",
    "rest-json": "rest-json",
    "rest-xml": "rest-xml",
    "smithy-rpc-v2-cbor": "rpc-v2-cbor",
}
LOCATIONS = {
    "header": "header",
    "headers": "header-map",
    "querystring": "query",
    "statusCode": "status",
    "uri": "path",
}
TIMESTAMPS = {
    "iso8601": "iso8601",
    "rfc822": "http-date",
    "unixTimestamp": "epoch-seconds",
}
SERVICES_OF_A_PROTOCOL = 9
OPERATIONS_OF_A_SERVICE = 3
MANY = 3000
"""An operation with more members than this is left to the whole catalogue."""

LOADER = botocore.loaders.Loader(include_default_search_paths=True)


@cache
def service_model(service: str) -> Any:
    return botocore.model.ServiceModel(
        LOADER.load_service_model(service, "service-2"), service
    )


def sample() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Services of every protocol, each with some of its operations."""
    chosen = random.Random(20260214)
    names = LOADER.list_available_services("service-2")
    chosen.shuffle(names)
    left = dict.fromkeys(PROTOCOLS, SERVICES_OF_A_PROTOCOL)
    for name in [*("ec2", "s3", "dynamodb", "sqs", "bedrock-runtime", "sts"), *names]:
        # Reading a model to learn its protocol takes long, and most are rest-json or json.
        if not any(left.values()):
            return
        protocol = service_model(name).metadata["protocol"]
        if left[protocol]:
            operations = service_model(name).operation_names
            number = min(len(operations), OPERATIONS_OF_A_SERVICE)
            left[protocol] -= 1
            yield name, tuple(chosen.sample(operations, number))
        if left["rest-json"] == left["json"] == left["query"] == 0:
            return


class TooManyError(Exception):
    """The operation holds too much for a quick test."""


class Reader:
    """Facts of an operation, by what botocore makes of its model."""

    def __init__(self, service: str, operation: str) -> None:
        self.service = service_model(service)
        self.operation = self.service.operation_model(operation)
        try:
            pages = LOADER.load_service_model(service, "paginators-1")
        except botocore.exceptions.UnknownServiceError:
            pages = {"pagination": {}}
        self.pages = pages["pagination"]
        self.told = 0

    def facts(self) -> dict[str, Any]:
        metadata = self.service.metadata
        protocol = (metadata.get("protocols") or [metadata["protocol"]])[0]
        http = self.operation.http
        result = {
            "service": metadata["serviceId"],
            "operation": self.operation.name,
            "protocol": PROTOCOLS[protocol],
            "http": {
                "method": http["method"],
                "path": http["requestUri"].partition("?")[0],
            },
            "input": self.root(self.operation.input_shape),
            "output": self.root(self.operation.output_shape),
            "errors": {
                shape.name: self.error(shape.name)
                for shape in self.operation.error_shapes
            },
        }
        page = self.pages.get(self.operation.name)
        if page is not None:
            words = {"input_token": "input_token", "output_token": "output_token"}
            words |= {"result_key": "items", "limit_key": "limit"}
            told = {word: one(page[key]) for key, word in words.items() if key in page}
            result["pagination"] = told
        return result

    def error(self, name: str) -> dict[str, Any]:
        # botocore keeps the fault to itself, so it is read where botocore reads.
        model = LOADER.load_service_model(self.service.service_name, "service-2")
        raw = model["shapes"][name]
        said = raw.get("error", {})
        status = said.get("httpStatusCode")
        server = raw.get("fault") or (
            (status or 0) >= 500 and not said.get("senderFault")
        )
        stated = {} if status is None else {"status": status}
        return {**stated, "fault": "server" if server else "client"}

    def root(self, shape: Any) -> dict[str, Any]:
        return {} if shape is None else self.members(shape, (shape.name,))

    def members(self, shape: Any, around: tuple[str, ...]) -> dict[str, Any]:
        payload = shape.serialization.get("payload")
        result = {}
        for name, member in shape.members.items():
            told = self.member(member, name, around)
            if name in shape.required_members and kind(shape) != "union":
                told["required"] = True
            if name == payload:
                told["in"] = "payload"
            result[name] = told
        return result

    def member(self, shape: Any, name: str, around: tuple[str, ...]) -> dict[str, Any]:
        self.told += 1
        if self.told > MANY:
            raise TooManyError
        result: dict[str, Any] = {}
        where = shape.serialization
        if "location" in where:
            result["in"] = LOCATIONS[where["location"]]
            if result["in"] == "query" and shape.type_name == "map":
                result["in"] = "query-map"
        wire = where.get("name", name)
        if wire != name and name not in ("item", "key", "value"):
            result["wire"] = wire
        if shape.name in around:
            return {**result, "ref": shape.name}
        result["type"] = kind(shape)
        told = shape.metadata
        if "min" in told or "max" in told:
            sized = shape.type_name in ("string", "blob", "list", "map")
            result["length" if sized else "range"] = [told.get("min"), told.get("max")]
        if "pattern" in told:
            anchored = told["pattern"].startswith("^") or told["pattern"].endswith("$")
            result |= {
                "pattern": told["pattern"],
                "match": "search" if anchored else "full",
            }
        if told.get("enum"):
            result["enum"] = told["enum"]
        if "timestampFormat" in where:
            result["timestamp"] = TIMESTAMPS[where["timestampFormat"]]
        if told.get("sensitive"):
            result["sensitive"] = True
        if shape.type_name == "structure":
            if not shape.is_document_type:
                result["members"] = self.members(shape, (*around, shape.name))
        elif shape.type_name == "list":
            result["item"] = self.member(shape.member, "item", (*around, shape.name))
        elif shape.type_name == "map":
            inner = (*around, shape.name)
            result["key"] = self.member(shape.key, "key", inner)
            result["value"] = self.member(shape.value, "value", inner)
        return result


def kind(shape: Any) -> str:
    if shape.type_name != "structure":
        return str(shape.type_name)
    if shape.is_document_type:
        return "document"
    events = shape.serialization.get("eventstream")
    return "union" if shape.is_tagged_union or events else "structure"


def one(names: Any) -> Any:
    return names[0] if isinstance(names, list) and len(names) == 1 else names


SAMPLE = list(sample())


def test_the_sample_has_every_protocol_and_enough_operations() -> None:
    protocols = {service_model(name).metadata["protocol"] for name, _ in SAMPLE}
    assert protocols == PROTOCOLS.keys()
    assert sum(len(names) for _, names in SAMPLE) >= 100


@pytest.mark.parametrize(
    ("service", "operations"), SAMPLE, ids=[name for name, _ in SAMPLE]
)
def test_facts_of_an_import_are_those_of_botocore(
    service: str, operations: tuple[str, ...], tmp_path: Path
) -> None:
    done = import_botocore(Request(service, tmp_path, operations))
    assert done.ok
    loaded, findings = load_service(Path(done.folder))
    assert loaded is not None, [str(f) for f in findings]
    assert set(loaded.operations) == set(operations)
    for operation in operations:
        try:
            expected = Reader(service, operation).facts()
        except TooManyError:
            continue
        told = facts(loaded, operation)
        assert told == expected
        for section in ("input", "output"):
            assert list(told[section]) == list(expected[section])  # type: ignore[call-overload]
