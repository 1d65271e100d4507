"""query, ec2 and rest-xml against botocore: a seeded sample of operations of its models.

Each is imported, generated and used with random values: requests mean the same, and random
answers and errors are read to the same values.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from random import Random
from typing import Any

import pytest
from tests.protocols.botocore_cases import Case, asked, module_of, specs_of
from tests.protocols.xml_clients import client, generated
from tests.protocols.xml_side import (
    answer,
    elements,
    message,
    model_of,
    read_by_botocore,
    sent_by_botocore,
    structure,
)

SERVICES = {
    "autoscaling": 8,
    "cloudformation": 8,
    "cloudfront": 16,
    "ec2": 40,
    "elbv2": 6,
    "iam": 10,
    "rds": 12,
    "route53": 14,
    "s3": 40,
    "s3control": 16,
    "ses": 8,
    "sns": 12,
    "sts": 8,
}
ROUNDS = 4
PACKAGE = "xml_botocore_out"


@cache
def sample() -> tuple[Case, ...]:
    """Operations of every service, the same ones each time."""
    return tuple(
        Case(service, operation)
        for service, count in SERVICES.items()
        for operation in sorted(
            Random(service).sample(model_of(service).operation_names, count)
        )
    )


def imported(service: str) -> dict[str, str]:
    """The spec files of the sampled operations of a service."""
    return specs_of(
        service, [case.operation for case in sample() if case.service == service]
    )


@pytest.fixture(scope="module")
def clients(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """Clients by the name that botocore has for the service."""
    root = tmp_path_factory.mktemp("botocore")
    sys.path.insert(0, str(root))
    generated(root, PACKAGE, {module_of(name): imported(name) for name in SERVICES})
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


@pytest.mark.parametrize("case", sample(), ids=lambda c: f"{c.service}.{c.operation}")
def test_requests(clients: dict[str, Any], case: Case) -> None:
    operation = operation_of(clients, case)
    for number in range(ROUNDS):
        values = asked(case, case.random(number))
        http = clients[case.service].prepare(operation.request.from_dict(values))
        told = message(http.method, http.url, http.headers, http.body)
        assert told == sent_by_botocore(case.model, values)


@pytest.mark.parametrize(
    "case",
    # tests/protocols/events holds the answers that are streams of events.
    [case for case in sample() if not case.model.has_event_stream_output],
    ids=lambda c: f"{c.service}.{c.operation}",
)
def test_answers(clients: dict[str, Any], case: Case) -> None:
    operation = operation_of(clients, case)
    package = import_module(f"{PACKAGE}.{module_of(case.service)}")
    for number in range(ROUNDS):
        random = case.random(number)
        request = operation.request.from_dict(asked(case, random))
        given = answer(case.model, random)
        http = package.HttpResponse(given.status, given.headers, given.body)
        read = clients[case.service].parse(request, http)
        expected = read_by_botocore(case.model, given.status, given.headers, given.body)
        metadata = expected.pop("ResponseMetadata")
        # botocore mixes up members that share a name, and makes texts of payloads.
        if "<Element" not in repr(expected):
            found = read.to_dict()
            for name, inner in found.items():
                found[name] = inner.decode() if inner == b"payload" else inner
            assert found == expected
        assert read.response_metadata.request_id == metadata.get("RequestId")


@pytest.mark.parametrize("case", sample(), ids=lambda c: f"{c.service}.{c.operation}")
def test_errors(clients: dict[str, Any], case: Case) -> None:
    operation = operation_of(clients, case)
    package = import_module(f"{PACKAGE}.{module_of(case.service)}")
    protocol = case.model.service_model.metadata["protocol"]
    request = operation.request.from_dict(asked(case, case.random(0)))
    for shape in case.model.error_shapes:
        random = case.random(len(shape.name))
        code = shape.metadata.get("error", {}).get("code", shape.name)
        status = shape.metadata.get("error", {}).get("httpStatusCode", 400)
        values = structure(shape, random, 0)
        inner = f"<Code>{code}</Code><Message>no &amp; no</Message>" + "".join(
            part
            for name, value in values.items()
            if name.lower() != "message"
            for part in elements(shape.members[name], value, name)
        )
        body = {
            "ec2": f"<Response><Errors><Error>{inner}</Error></Errors>"
            "<RequestID>r-1</RequestID></Response>",
            "query": f"<ErrorResponse xmlns='urn:a'><Error>{inner}</Error>"
            "<RequestId>r-1</RequestId></ErrorResponse>",
        }.get(protocol, f"<Error>{inner}</Error>")
        headers = {"x-amz-request-id": "r-1"}
        http = package.HttpResponse(status, headers, body.encode())
        with pytest.raises(package.ServiceError) as raised:
            clients[case.service].parse(request, http)
        told = read_by_botocore(case.model, status, headers, body.encode())
        error = raised.value
        assert error.code == told["Error"]["Code"] == code
        assert error.message == told["Error"]["Message"]
        assert error.request_id == told["ResponseMetadata"]["RequestId"]
        members = read_by_botocore(case.model, status, headers, body.encode(), shape)
        found = error.to_dict()
        for read in (members, found):
            read.pop("message", None)
            read.pop("Message", None)
            read.pop("ResponseMetadata", None)
        assert found == members
