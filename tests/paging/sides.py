"""Services of botocore's models with what stands beside them, generated; and random answers."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from importlib import import_module
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any

from botocore.exceptions import UnknownServiceError
from botocore.loaders import Loader
from botocore.model import OperationModel, ServiceModel
from tests.protocols.xml_clients import generated

from specwright.document import format_spec
from specwright.python.naming import service_package
from specwright.sources.botocore import Companions, convert, read_model

LOADER = Loader()
DEEPEST = 6


@cache
def model_of(service: str) -> ServiceModel:
    """A service as botocore has it."""
    return ServiceModel(LOADER.load_service_model(service, "service-2"), service)


@cache
def paginators(service: str) -> Mapping[str, Any]:
    """The paginators of a service by operation."""
    try:
        found = LOADER.load_service_model(service, "paginators-1")
    except UnknownServiceError:
        return {}
    return dict(found["pagination"])


@cache
def waiters(service: str) -> Mapping[str, Any]:
    """The waiters of a service by name."""
    return dict(LOADER.load_service_model(service, "waiters-2")["waiters"])


def module_of(service: str) -> str:
    """The package that is generated for a service."""
    return service_package(str(model_of(service).service_id))


def write(root: Path, package: str, wanted: Mapping[str, Sequence[str]]) -> None:
    """Generate some operations of some services; ``root`` is to be on ``sys.path``."""
    specs: dict[str, dict[str, str]] = {}
    for service, operations in wanted.items():
        data = LOADER.load_service_model(service, "service-2")
        model, diagnostics = read_model(json.dumps(data).encode(), service)
        assert model is not None, diagnostics
        beside = Companions({"pagination": paginators(service)}, waits(service))
        converted = convert(model, operations, beside)
        specs[module_of(service)] = {
            path: format_spec(document)
            for path, document in converted.documents.items()
        }
    generated(root, package, specs)


def waits(service: str) -> dict[str, Any]:
    """The file of a service's waiters, where it has one."""
    try:
        return dict(LOADER.load_service_model(service, "waiters-2"))
    except UnknownServiceError:
        return {}


class Package:
    """The generated package of one service."""

    def __init__(self, package: str, service: str) -> None:
        self.root: Any = import_module(f"{package}.{module_of(service)}")
        self.service = service

    @property
    def modules(self) -> ModuleType:
        module: ModuleType = self.root
        return module

    def client(self, prefix: str = "") -> Any:
        """A client that reaches nobody."""
        (name,) = (
            n
            for n in self.root.__all__
            if n.endswith("Client") and n.startswith("Async") is bool(prefix)
        )
        url = "http://127.0.0.1:9"
        return getattr(self.root, name)(region="us-east-1", endpoint_url=url)


def on_path(root: Path) -> Iterator[None]:
    """Let packages below a folder be imported."""
    sys.path.insert(0, str(root))
    yield
    sys.path.remove(str(root))


def value(shape: Any, random: Random, texts: Sequence[str], depth: int = 0) -> Any:
    """A value of a shape in which given texts come often."""
    kind = shape.type_name
    deep = depth >= DEEPEST
    if kind == "structure":
        names = list(shape.members)
        if shape.is_tagged_union:
            names = [random.choice(names)]
        share = 0.85 if depth < 4 else 0.3
        return {
            name: value(shape.members[name], random, texts, depth + 1)
            for name in names
            if shape.is_tagged_union or (not deep and random.random() < share)
        }
    if kind == "list":
        count = 0 if deep else random.choice((0, 1, 1, 2, 3))
        return [value(shape.member, random, texts, depth + 1) for _ in range(count)]
    if kind == "map":
        count = 0 if deep else random.choice((0, 1, 2))
        return {
            f"{n}{random.choice('ab')}": value(shape.value, random, texts, depth + 1)
            for n in range(count)
        }
    if kind == "string":
        return random.choice([*texts, *texts, "", "other"])
    if kind in ("integer", "long"):
        return random.choice((0, 1, 1, 2, 7))
    if kind in ("float", "double"):
        return random.choice((0.0, 1.5))
    if kind == "boolean":
        return random.random() < 0.6
    if kind == "blob":
        return random.choice((b"", b"x"))
    assert kind == "timestamp", kind
    return datetime(2024, 2, 29, random.randrange(24), tzinfo=UTC)


def answer(
    model: OperationModel, random: Random, texts: Sequence[str]
) -> dict[str, Any]:
    """An answer of an operation."""
    shape = model.output_shape
    made: dict[str, Any] = value(shape, random, texts) if shape is not None else {}
    return made
