"""Services that spoke the query protocol once: the codes that its errors had are told."""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random

import pytest
from tests.catalogue.answers import Answer
from tests.catalogue.botocore_calls import BotocoreClient
from tests.catalogue.cbor_encoder import encoded
from tests.catalogue.packages import OurClient, rendered, write

PACKAGE = "query_compatible_out"


@pytest.fixture(scope="module")
def cloudwatch(tmp_path_factory: pytest.TempPathFactory) -> OurClient:
    """A client of CloudWatch, with one operation."""
    root: Path = tmp_path_factory.mktemp("query_compatible")
    made = rendered("cloudwatch", root / "specs", ("DeleteAlarms",))
    write([made], root / PACKAGE)
    sys.path.insert(0, str(root))
    try:
        return OurClient(f"{PACKAGE}.{made.package}")
    finally:
        sys.path.remove(str(root))


def test_codes_of_the_query_protocol_are_asked_for(cloudwatch: OurClient) -> None:
    request = cloudwatch.request("DeleteAlarms", {"AlarmNames": ["a"]})
    http = cloudwatch.prepare(request, free=False)
    assert http.headers["x-amzn-query-mode"] == "true"


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("OldCode;Sender", "OldCode"),
        ("", "ResourceNotFound"),
        (";", "ResourceNotFound"),
        ("OldCode", "ResourceNotFound"),
        ("a;b;c", "ResourceNotFound"),
        (";Sender", "ResourceNotFound"),
    ],
)
def test_the_code_is_the_old_one_and_the_class_that_of_the_shape(
    cloudwatch: OurClient, told: str, code: str
) -> None:
    body = encoded({"__type": "ns#ResourceNotFound", "message": "m"}, Random(1))
    headers = {"x-amzn-query-error": told}
    request = cloudwatch.request("DeleteAlarms", {"AlarmNames": ["a"]})
    with pytest.raises(cloudwatch.package.errors.ResourceNotFound) as raised:
        cloudwatch.parse(request, 404, headers, body)
    assert raised.value.code == code
    if code == "OldCode":
        theirs = BotocoreClient("cloudwatch", "smithy-rpc-v2-cbor")
        answer = Answer(404, headers, body)
        assert theirs.call("DeleteAlarms", {"AlarmNames": ["a"]}, answer).code == code
