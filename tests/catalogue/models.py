"""The catalogue: botocore's services and operations, as botocore itself reads them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import botocore.session
from botocore.model import OperationModel, ServiceModel


@cache
def session() -> Any:
    """A session that reads no configuration of the machine."""
    made = botocore.session.Session()
    made.set_config_variable("config_file", "/nonexistent/config")
    made.set_config_variable("credentials_file", "/nonexistent/credentials")
    return made


@cache
def services() -> tuple[str, ...]:
    """The names of all services."""
    return tuple(session().get_available_services())


@cache
def model_of(service: str) -> ServiceModel:
    """A service as botocore has it."""
    return ServiceModel(loaded(service), service)


def loaded(service: str) -> dict[str, Any]:
    """The JSON of a model; botocore keeps it, so what is changed in it stays changed."""
    loader = session().get_component("data_loader")
    found: dict[str, Any] = loader.load_service_model(service, "service-2")
    return found


@contextmanager
def adding(folder: Path) -> Iterator[None]:
    """Have botocore take models from a folder besides its own."""
    loader = session().get_component("data_loader")
    loader.search_paths.append(str(folder))
    kept, loader._cache = loader._cache, {}
    try:
        yield
    finally:
        loader.search_paths.remove(str(folder))
        loader._cache = kept


def operation_of(service: str, operation: str) -> OperationModel:
    """One operation as botocore has it."""
    return model_of(service).operation_model(operation)


def raw(shape: Any) -> dict[str, Any]:
    """What the model says of a shape, and the member that refers to it."""
    found: dict[str, Any] = shape._shape_model
    return found


def location(shape: Any) -> str | None:
    """Where in a message a member stands; None is the body."""
    found: str | None = shape.serialization.get("location")
    return found


def wire_name(shape: Any, default: str) -> str:
    """What a member is called in messages."""
    return str(shape.serialization.get("name", default))


def is_streamed(shape: Any) -> bool:
    """Whether a member is a streamed blob."""
    return bool(shape.serialization.get("streaming")) and shape.type_name == "blob"


def is_event_stream(shape: Any) -> bool:
    """Whether a member is a stream of events."""
    return bool(shape.serialization.get("eventstream"))


def payload_of(shape: Any) -> str | None:
    """The member of a structure that is the whole body of a message."""
    if shape is None:
        return None
    found: str | None = shape.serialization.get("payload")
    return found
