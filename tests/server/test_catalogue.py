"""Operations of botocore's catalogue, imported and asked by boto3 with sound requests."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

import boto3
import botocore.loaders
import pytest
from botocore.config import Config
from tests.server.sides import truthful
from tests.server.strict_model import imported

from specwright.model import Operation, Service
from specwright.server import invent, running
from specwright.server.unserved import reason
from specwright.workflow.import_botocore import Request, import_botocore

SERVICES = (
    *(
        "apigateway",
        "appconfigdata",
        "bedrock-runtime",
        "codeartifact",
        "dynamodb",
        "glacier",
    ),
    *(
        "iot-data",
        "ssm",
        "lambda",
        "lex-runtime",
        "mediaconvert",
        "personalize-events",
    ),
    *(
        "polly",
        "s3tables",
        "secretsmanager",
        "schemas",
        "stepfunctions",
        "workdocs",
        "xray",
    ),
    *("location", "arc-region-switch", "gamelift", "mailmanager"),
    *("autoscaling", "cloudformation", "cloudwatch", "elbv2", "iam", "rds", "ses"),
    *("sns", "sts", "sdb", "ec2", "s3", "route53", "cloudfront"),
)
EACH = 3


@pytest.fixture(scope="module")
def catalogued(tmp_path_factory) -> dict[str, Service]:
    """Services of the catalogue by boto3's names, each with a few operations, always the same."""
    names: dict[str, str] = {}
    folder = tmp_path_factory.mktemp("catalogue")
    loader = botocore.loaders.Loader()
    for name in SERVICES:
        model = loader.load_service_model(name, "service-2")
        operations = sorted(model["operations"])
        chosen = Random(name).sample(operations, min(EACH, len(operations)))
        done = import_botocore(Request(name, folder, tuple(chosen)))
        assert done.ok, done.diagnostics
        names[done.service] = name
    return {names[service.id]: service for service in imported(folder)}


@pytest.fixture(scope="module")
def url(catalogued) -> Iterator[str]:
    with running(list(catalogued.values()), seed=3) as served:
        yield served


def test_sound_requests_by_boto3(catalogued, url):
    asked: list[str] = []
    wrong: list[object] = []
    for name, service in catalogued.items():
        client = _client(name, url)
        for operation in service.operations.values():
            if reason(service, operation) is None:
                asked.append(operation.name)
                wrong += [_ask(client, service, operation, seed) for seed in range(3)]
    assert [one for one in wrong if one] == []
    assert len(asked) >= 40


def _client(name: str, url: str) -> Any:
    return boto3.client(
        name,
        endpoint_url=url,
        region_name="us-east-1",
        aws_access_key_id="AKIDEXAMPLE",
        aws_secret_access_key="secret",
        config=Config(
            retries={"max_attempts": 0}, inject_host_prefix=False, proxies={}
        ),
    )


def _ask(client: Any, service: Service, operation: Operation, seed: int) -> object:
    """What is wrong with the answer to an invented request; None where nothing is."""
    given = invent.structure(service, operation.input, f"{seed}/{operation.name}/asked")
    given = truthful(given)
    tokens = operation.pagination.input_token if operation.pagination else ()
    for name in tokens:
        given.pop(name, None)
    if "Bucket" in given:
        # boto3 has a rule of its own for these.
        given["Bucket"] = "bucket"
    method = botocore.xform_name(operation.name)
    try:
        answer = getattr(client, method)(**given)
    except client.exceptions.ClientError as error:
        answer = error.response
    for streamed in (v for v in answer.values() if hasattr(v, "close")):
        # Bytes or events; a connection is kept until someone closes it.
        list(streamed)
        streamed.close()
    status = answer["ResponseMetadata"]["HTTPStatusCode"]
    code = answer.get("Error", {}).get("Code", "")
    modelled = [service.shapes[name] for name in operation.errors]
    codes = {s.error.code or s.name for s in modelled if s.error is not None}
    if code in codes and (status == 404 or "NotFound" in code):
        # A stand-in that finds no record of this name says so, as the service does.
        return None
    required = {m.name for m in operation.output.members if m.required}
    if status == operation.http.status and required <= set(answer):
        return None
    return operation.name, given, answer
