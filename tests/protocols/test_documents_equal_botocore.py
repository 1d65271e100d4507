"""Documents of imported services: requests and answers beside those of botocore."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import botocore.session
import pytest
from botocore import parsers, serialize
from botocore.compat import gzip
from hypothesis import given, settings, strategies as st
from tests.protocols import xml_clients as clients

from specwright.sources.botocore import convert, read_model

PACKAGE = "documents_of_services"
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
OBJECTS = st.dictionaries(st.text(), JSON, max_size=4)


def converse(document: Any) -> dict[str, Any]:
    """A request of Converse with documents in structures, lists and unions."""
    return {
        "modelId": "m",
        "additionalModelRequestFields": document,
        "messages": [
            {
                "role": "assistant",
                "content": [
                    {"text": "a"},
                    {"toolUse": {"toolUseId": "t", "name": "n", "input": document}},
                ],
            },
            {
                "role": "user",
                "content": [
                    {"toolResult": {"toolUseId": "t", "content": [{"json": document}]}}
                ],
            },
        ],
        "toolConfig": {
            "tools": [{"toolSpec": {"name": "n", "inputSchema": {"json": document}}}]
        },
    }


def answered(document: Any) -> dict[str, Any]:
    return {
        "output": {
            "message": {
                "role": "assistant",
                "content": [
                    {"toolUse": {"toolUseId": "t", "name": "n", "input": document}}
                ],
            }
        },
        "stopReason": "tool_use",
        "usage": {"inputTokens": 1, "outputTokens": 2, "totalTokens": 3},
        "additionalModelResponseFields": document,
    }


@pytest.fixture(scope="module", autouse=True)
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    root = tmp_path_factory.mktemp(PACKAGE)
    folder = Path(botocore.__file__).parent / "data" / "bedrock-runtime"
    file = max(folder.glob("*/service-2.json.gz"))
    with gzip.open(file) as packed:
        model, diagnostics = read_model(packed.read(), file.name)
    assert model is not None, diagnostics
    documents = convert(model, operations=("Converse",)).documents
    texts = {path: json.dumps(told, default=float) for path, told in documents.items()}
    clients.generated(root, PACKAGE, {"bedrock-runtime": texts})
    sys.path.insert(0, str(root))
    yield
    sys.path.remove(str(root))


OPERATION = (
    botocore.session.get_session()
    .get_service_model("bedrock-runtime")
    .operation_model("Converse")
)


@settings(max_examples=60, deadline=None)
@given(OBJECTS)
def test_requests_say_what_botocores_say(document: dict[str, Any]):
    client = clients.client(PACKAGE, "bedrock_runtime")
    request = clients.request(client, "Converse", converse(document))
    assert request.to_dict() == converse(document)
    serializer = serialize.create_serializer("rest-json", include_validation=True)
    expected = serializer.serialize_to_request(converse(document), OPERATION)
    found = client.prepare(request)
    assert json.loads(found.body) == json.loads(expected["body"])
    assert found.url == clients.ENDPOINT + expected["url_path"]


@settings(max_examples=60, deadline=None)
@given(OBJECTS)
def test_answers_are_read_as_botocore_reads_them(document: dict[str, Any]):
    client = clients.client(PACKAGE, "bedrock_runtime")
    request = clients.request(client, "Converse", converse({}))
    body = json.dumps(answered(document)).encode()
    parsed = parsers.create_parser("rest-json").parse(
        {"status_code": 200, "headers": {}, "body": body}, OPERATION.output_shape
    )
    parsed.pop("ResponseMetadata")
    package = sys.modules[type(client).__module__.rpartition(".")[0]]
    found = client.parse(request, package.HttpResponse(200, {}, body)).to_dict()
    assert found == parsed == answered(document)
