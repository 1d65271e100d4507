"""boto3 clients that talk to a server of the tests."""

from __future__ import annotations

from typing import Any

import boto3
from botocore.config import Config


def boto_client(service: str, url: str) -> Any:
    """A client that checks nothing and tries once."""
    return boto3.client(
        service,
        endpoint_url=url,
        region_name="us-east-1",
        aws_access_key_id="AKIDEXAMPLE",
        aws_secret_access_key="secret",
        config=Config(
            retries={"mode": "standard", "total_max_attempts": 1},
            parameter_validation=False,
            proxies={},
        ),
    )
