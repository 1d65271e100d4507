"""Clients of models in botocore's format: imported to specs, generated, loaded."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from tests.catalogue.packages import importable, rendered, write
from tests.constraints.model import MODEL

Requests = Callable[[str, dict[str, Any]], Any]


def package_of(model: dict[str, Any], root: Path, name: str) -> Any:
    """The package of a service, which must have all of its operations."""
    source = root / "service-2.json"
    source.write_text(json.dumps(model))
    made = rendered(str(source), root / "specs")
    assert made.left_out == {}
    write([made], root / name)
    return import_module(f"{name}.{made.package}")


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The generated package of the model."""
    root = tmp_path_factory.mktemp("constraints")
    with importable(root, "constrained_clients"):
        yield package_of(MODEL, root, "constrained_clients")
    assert "constrained_clients" not in sys.modules


@pytest.fixture(scope="module")
def request_of(package: Any) -> Requests:
    """Makes requests of an operation from dicts."""
    operations = package.ConstrainedClient.operations
    return lambda name, values: operations[name].request.from_dict(values)
