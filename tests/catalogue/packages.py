"""Services of the catalogue imported, generated and loaded, as their users would have them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module, invalidate_caches
from pathlib import Path
from time import perf_counter
from typing import Any

from tests.catalogue.botocore_calls import ENDPOINT

from specwright.diagnostics import Diagnostic, has_errors
from specwright.render import package_files, render_service, runtime_files
from specwright.resolve import load_service
from specwright.workflow.import_botocore import Request, import_botocore

TOKEN = "00000000-0000-4000-8000-000000000000"
BOTOCORE_NAMES = {"rpc-v2-cbor": "smithy-rpc-v2-cbor"}
NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)


class BrokenSpecError(Exception):
    """What was imported can't be resolved: a fault of the program."""


@dataclass(frozen=True)
class Rendered:
    """The files of one service, and what became of its operations. ``protocol`` is the name
    that botocore has for what the client speaks."""

    name: str
    protocol: str
    package: str
    files: dict[str, str]
    features: tuple[str, ...]
    left_out: dict[str, str]
    import_seconds: float
    generate_seconds: float


def rendered(
    service: str, specs: Path, operations: tuple[str, ...] | None = None
) -> Rendered:
    """A service of botocore through YAML specs to files; ``operations`` is None for all."""
    started = perf_counter()
    imported = import_botocore(Request(service, specs, operations))
    _hold(imported.diagnostics)
    written = perf_counter()
    folder = Path(imported.folder)
    model, diagnostics = load_service(folder, folder.name)
    _hold(diagnostics)
    assert model is not None
    made = render_service(model, spec_root="specs")
    package = next((path.partition("/")[0] for path in made.files), "")
    return Rendered(
        service,
        BOTOCORE_NAMES.get(model.protocol, model.protocol),
        package,
        dict(made.files),
        made.features,
        dict(made.left_out),
        written - started,
        perf_counter() - written,
    )


def _hold(diagnostics: tuple[Diagnostic, ...] | list[Diagnostic]) -> None:
    if has_errors(diagnostics):
        raise BrokenSpecError(
            "\n".join(str(d) for d in diagnostics if d.severity == "error")
        )


def write(services: list[Rendered], folder: Path) -> int:
    """Write a package with services and what they share; returns its size in bytes."""
    features = {feature for service in services for feature in service.features}
    files = package_files() | runtime_files(features)
    for service in services:
        files |= service.files
    size = 0
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        size += (folder / path).write_text(text, "utf-8")
    return size


@contextmanager
def importable(root: Path, package: str) -> Iterator[None]:
    """A folder on the path, and nothing left of its package afterwards."""
    sys.path.insert(0, str(root))
    invalidate_caches()
    try:
        yield
    finally:
        sys.path.remove(str(root))
        for name in [n for n in sys.modules if n.partition(".")[0] == package]:
            del sys.modules[name]


class OurClient:
    """A generated client that makes the same requests each time and sends none."""

    def __init__(self, package: str) -> None:
        self.package = import_module(package)
        (name,) = (
            n
            for n in self.package.__all__
            if n.endswith("Client") and not n.startswith("Async")
        )
        self.client: Any = getattr(self.package, name)(
            region="us-east-1",
            endpoint_url=ENDPOINT,
            clock=lambda: NOW,
            idempotency_token=lambda: TOKEN,
        )
        self.free = self.client.with_options(validation="off")

    def request(self, operation: str, values: dict[str, Any]) -> Any:
        """A request of an operation."""
        return self.client.operations[operation].request.from_dict(values)

    def prepare(self, request: Any, *, free: bool) -> Any:
        """The message of a request; ``free`` of checks of patterns, lengths and the like."""
        return (self.free if free else self.client).prepare(request)

    def parse(
        self, request: Any, status: int, headers: dict[str, str], body: bytes
    ) -> Any:
        """What an answer says; errors are raised."""
        return self.client.parse(
            request, self.package.HttpResponse(status, headers, body)
        )
