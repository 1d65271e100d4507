"""Services of botocore whose endpoint rules, and not their models, say how requests are signed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.catalogue.packages import importable, rendered, write

NOW = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)
ARN = "arn:aws:cloudfront::123456789012:key-value-store/abc"
EVENTS: dict[str, Any] = {"Entries": [{"Source": "a", "DetailType": "b"}]}
MAIL: dict[str, Any] = {"Content": {"Raw": {"Data": b"mail"}}}
NAMES = {
    "cloudfront-keyvaluestore": "cloudfront-keyvaluestore",
    "partnercentral-channel": "partnercentral-channel",
    "events": "events",
    "sesv2": "ses",
    "importexport": "IngestionService",
}
CASES = [
    ("cloudfront-keyvaluestore", "DescribeKeyValueStore", {"KvsARN": ARN}, "*"),
    ("partnercentral-channel", "ListRelationships", {"catalog": "AWS"}, "*"),
    ("events", "PutEvents", EVENTS, None),
    ("events", "PutEvents", {**EVENTS, "EndpointId": "abc123.xyz"}, "*"),
    ("sesv2", "SendEmail", MAIL, None),
    ("importexport", "ListJobs", {}, None),
    ("sesv2", "SendEmail", {**MAIL, "EndpointId": "abc123.xyz"}, "*"),
]


@pytest.mark.parametrize(("service", "name", "values", "regions"), CASES)
def test_signatures_hold_in_the_regions_of_the_rules(
    service: str, name: str, values: dict[str, Any], regions: str | None, tmp_path: Path
) -> None:
    made = rendered(service, tmp_path / "specs", (name,))
    write([made], tmp_path / "ruled")
    with importable(tmp_path, "ruled"):
        package = __import__(f"ruled.{made.package}", fromlist=["client"])
        (kind,) = (
            n
            for n in package.__all__
            if n.endswith("Client") and not n.startswith("Async")
        )
        client = getattr(package, kind)(
            region="us-east-1",
            endpoint_url="https://example.com",
            credentials=package.Credentials("AKIDEXAMPLE", "not a secret"),
            clock=lambda: NOW,
        )
        request = client.operations[name].request.from_dict(values)
        signed = client.sign(client.prepare(request))
    algorithm = "AWS4-HMAC-SHA256" if regions is None else "AWS4-ECDSA-P256-SHA256"
    assert signed.headers["Authorization"].startswith(f"{algorithm} ")
    assert f"/{NAMES[service]}/aws4_request" in signed.headers["Authorization"]
    assert signed.headers.get("X-Amz-Region-Set") == regions
