"""Clients of botocore's services, generated for a test, and what botocore sends itself."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

import boto3
import botocore.session
import pytest
from botocore.config import Config

from specwright.cli.main import main

FAKE = {"aws_access_key_id": "AKIDEXAMPLE", "aws_secret_access_key": "secret"}
WATCHED = (
    "content-encoding",
    "content-md5",
    "x-amz-checksum",
    "x-amz-content-sha256",
    "x-amz-decoded-content-length",
    "x-amz-glacier-version",
    "x-amz-sdk-checksum",
    "x-amz-sha256-tree-hash",
    "x-amz-trailer",
)


def generate(
    root: Path, package: str, service: str, operations: Iterable[str], *drop: str
) -> Any:
    """The package of some operations of a service, without members of some names."""
    loader = botocore.session.get_session().get_component("data_loader")
    model = json.loads(json.dumps(loader.load_service_model(service, "service-2")))
    for shape in model["shapes"].values():
        for member in drop:
            shape.get("members", {}).pop(member, None)
    file = root / "service-2.json"
    file.write_text(json.dumps(model), "utf-8")
    chosen = [word for name in operations for word in ("--operation", name)]
    specs, out = str(root / "specs"), str(root / package)
    assert main(["import", "botocore", str(file), "--into", specs, *chosen]) == 0
    assert main(["generate", specs, "--out", out]) == 0
    sys.path.insert(0, str(root))
    try:
        (folder,) = (path.name for path in (root / "specs").iterdir())
        return import_module(f"{package}.{folder}")
    finally:
        sys.path.remove(str(root))


class SentError(Exception):
    """Raised in the place of sending."""


def sent_by_botocore(
    service: str, url: str, method: str, values: dict[str, Any]
) -> tuple[dict[str, str], bytes]:
    """The watched headers and the body of a request as botocore sends it."""
    client = boto3.client(
        service,
        region_name="us-east-1",
        endpoint_url=url,
        config=Config(
            s3={"addressing_style": "path"}, inject_host_prefix=False, retries={}
        ),
        **FAKE,
    )
    seen: list[tuple[dict[str, str], bytes]] = []

    def keep(request: Any, **_: object) -> None:
        body = request.body
        if hasattr(body, "read"):
            body = body.read()
        seen.append((watched(request.headers.items()), body or b""))
        raise SentError

    client.meta.events.register("before-send", keep)
    with pytest.raises(SentError):
        getattr(client, method)(**values)
    return seen[0]


def watched(headers: Iterable[tuple[str, Any]]) -> dict[str, str]:
    """The headers that tell how a body is sent."""
    texts = {
        name.lower(): value.decode() if isinstance(value, bytes) else str(value)
        for name, value in headers
    }
    return {name: text for name, text in texts.items() if name.startswith(WATCHED)}


def sent_by_us(
    package: Any, url: str, operation: str, values: dict[str, Any]
) -> tuple[dict[str, str], bytes]:
    """The same of a request as a generated client sends it."""
    client = client_of(package, url)
    request = client.operations[operation].request.from_dict(values)
    http = client.sign(client.prepare(request))
    body = http.body if isinstance(http.body, bytes) else b"".join(http.body)
    return watched(http.headers.items()), body


def client_of(package: Any, url: str, *, is_async: bool = False, **more: Any) -> Any:
    """A client of a package, with made-up credentials."""
    names = [n for n in package.__all__ if n.endswith("Client")]
    (name,) = (n for n in names if n.startswith("Async") == is_async)
    credentials = package.Credentials("AKIDEXAMPLE", "secret")
    return getattr(package, name)(
        region="us-east-1", endpoint_url=url, credentials=credentials, **more
    )
