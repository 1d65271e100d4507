"""The example requests that botocore's models publish, as values that a user would give."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from botocore.exceptions import DataNotFoundError, UnknownServiceError
from botocore.utils import parse_timestamp
from tests.catalogue.models import model_of, operation_of, services, session


@dataclass(frozen=True)
class Example:
    """One published request. ``number`` counts those of an operation from 0."""

    service: str
    operation: str
    number: int
    values: dict[str, Any]


def services_with_examples() -> list[str]:
    """The services whose models publish any request that they still have an operation for."""
    return [name for name in services() if any(examples_of(name))]


def examples_of(service: str) -> Iterator[Example]:
    """The published requests of a service."""
    loader = session().get_component("data_loader")
    try:
        published = loader.load_service_model(service, "examples-1")["examples"]
    except (DataNotFoundError, UnknownServiceError):
        return
    known = set(model_of(service).operation_names)
    for operation, examples in published.items():
        if operation not in known:
            continue
        shape = operation_of(service, operation).input_shape
        for number, example in enumerate(examples):
            given = example.get("input") or {}
            yield Example(service, operation, number, typed(given, shape))


def typed(value: Any, shape: Any) -> Any:
    """What is JSON in the file, as what its shape is in Python. JSON has no moments and no
    bytes; and some examples write numbers as text, as a command line does."""
    if value is None or shape is None:
        return value
    kind = shape.type_name
    if kind == "structure" and isinstance(value, dict) and not shape.is_document_type:
        members = shape.members
        return {name: typed(inner, members.get(name)) for name, inner in value.items()}
    if kind == "map" and isinstance(value, dict):
        return {key: typed(inner, shape.value) for key, inner in value.items()}
    if kind == "list" and isinstance(value, list):
        return [typed(inner, shape.member) for inner in value]
    if kind == "timestamp":
        return moment(value)
    if kind == "blob" and isinstance(value, str):
        return value.encode()
    if isinstance(value, str):
        return from_text(value, kind)
    return value


def moment(value: Any) -> Any:
    """A time in any format; examples of tools often lack the zone."""
    try:
        found = parse_timestamp(value)
    except ValueError:
        return value
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def from_text(text: str, kind: str) -> Any:
    """A simple value that an example may write as text."""
    try:
        if kind in ("integer", "long"):
            return int(text)
        if kind in ("float", "double"):
            return float(text)
    except ValueError:
        return text
    if kind == "boolean":
        return {"true": True, "false": False}.get(text.lower(), text)
    return text
