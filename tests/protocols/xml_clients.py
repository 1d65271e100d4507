"""Clients of services that speak rest-xml, query and ec2, generated and imported."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from specwright.diagnostics import has_errors
from specwright.render import package_files, render_service, runtime_files
from specwright.resolve import load_service

ENDPOINT = "http://127.0.0.1:9"
TOKEN = "00000000-0000-4000-8000-000000000000"


def generated(
    root: Path, package: str, services: dict[str, dict[str, str]]
) -> dict[str, dict[str, str]]:
    """Write the package of several services, told as spec files by name of their folder;
    what is left out of each, by operation with the reason.

    ``root`` is to be on ``sys.path``.
    """
    left_out: dict[str, dict[str, str]] = {}
    made = dict(package_files())
    features: set[str] = set()
    for folder, texts in services.items():
        for path, text in texts.items():
            file = root / "specs" / folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
        service, diagnostics = load_service(root / "specs" / folder, folder)
        assert not has_errors(diagnostics), "\n".join(map(str, diagnostics))
        assert service is not None
        rendered = render_service(service, spec_root="specs")
        features |= set(rendered.features)
        left_out[folder] = dict(rendered.left_out)
        made |= rendered.files
    made |= runtime_files(features)
    for path, text in made.items():
        (root / package / path).parent.mkdir(parents=True, exist_ok=True)
        (root / package / path).write_text(text, "utf-8")
    return left_out


def client(package: str, service: str, **options: Any) -> Any:
    """A client of a generated service; it reaches nobody."""
    module = import_module(f"{package}.{service}")
    (name,) = (
        n for n in module.__all__ if n.endswith("Client") and not n.startswith("Async")
    )
    return getattr(module, name)(
        region="us-east-1",
        endpoint_url=ENDPOINT,
        idempotency_token=lambda: TOKEN,
        **options,
    )


def request(client: Any, operation: str, values: dict[str, Any] | None = None) -> Any:
    """A request of an operation."""
    return client.operations[operation].request.from_dict(values or {})


def answered(
    client: Any, operation: str, body: str | bytes, status: int = 200, **headers: str
) -> Any:
    """What a client reads in an answer. Underscores in the names of headers are hyphens."""
    package = import_module(client.__module__.rpartition(".")[0])
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    http = package.HttpResponse(
        status, named, body.encode() if isinstance(body, str) else body
    )
    return client.parse(request(client, operation, REQUIRED.get(operation)), http)


REQUIRED = {"Bound": {"key": "k"}}
