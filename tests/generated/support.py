"""What the tests of the checked-in clients share: the specs' model, and the five operations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from specwright.model import Member, Operation, Service, Shape, TimestampFormat
from specwright.resolve import load_services

ROOT = Path(__file__).parents[2]
ENDPOINT = "http://127.0.0.1:9"
NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)


def within_a_millisecond(left: datetime, right: datetime) -> bool:
    """Whether moments could be one that was cut to milliseconds and sent as a double."""
    # Doubles are up to 16 microseconds off in the year 9999.
    return abs(left - right) < MILLISECOND + timedelta(microseconds=20)


@dataclass(frozen=True)
class Case:
    """One operation of one service: its names in the spec, in boto3 and in the package."""

    service_id: str
    operation_name: str
    boto: str
    method: str

    def __str__(self) -> str:
        return self.operation_name

    @property
    def package(self) -> Any:
        """The generated package."""
        return import_module(f"generated.{self.boto}")

    @property
    def service(self) -> Service:
        """The service as its spec has it."""
        return services()[self.service_id]

    @property
    def operation(self) -> Operation:
        """The operation as its spec has it."""
        return self.service.operations[self.operation_name]

    @property
    def request(self) -> Any:
        """The class of requests."""
        return getattr(self.package, f"{self.operation_name}Request")

    @property
    def response(self) -> Any:
        """The class of responses."""
        return getattr(self.package, f"{self.operation_name}Response")

    def client(self, **options: Any) -> Any:
        """A sync client; it reaches nobody unless it is given a transport or an endpoint."""
        return getattr(self.package, f"{self.service_id}Client")(
            **self._options(options)
        )

    def async_client(self, **options: Any) -> Any:
        """An async client."""
        return getattr(self.package, f"Async{self.service_id}Client")(
            **self._options(options)
        )

    def _options(self, options: Mapping[str, Any]) -> dict[str, Any]:
        credentials = self.package.Credentials("AKIDEXAMPLE", "secret")
        return {
            "region": "us-east-1",
            "endpoint_url": ENDPOINT,
            "credentials": credentials,
            **options,
        }


CASES = (
    Case("Bedrock", "ListModelImportJobs", "bedrock", "list_model_import_jobs"),
    Case("Bedrock", "ListModelInvocationJobs", "bedrock", "list_model_invocation_jobs"),
    Case("Bedrock", "GetModelImportJob", "bedrock", "get_model_import_job"),
    Case("SageMaker", "ListCompilationJobs", "sagemaker", "list_compilation_jobs"),
    Case("SageMaker", "ListProcessingJobs", "sagemaker", "list_processing_jobs"),
)
BY_NAME = {case.operation_name: case for case in CASES}
LISTS = tuple(case for case in CASES if case.operation_name.startswith("List"))


@cache
def services() -> dict[str, Service]:
    """The services of specs/ by id."""
    found, diagnostics = load_services(ROOT / "specs")
    assert not [str(d) for d in diagnostics if d.severity == "error"]
    return {service.id: service for service in found}


def time_format(service: Service, member: Member) -> TimestampFormat:
    """How a moment of a member is written on the wire."""
    stated = service.timestamp(member)
    if stated is not None:
        return stated
    return "iso8601" if member.location in ("query", "path") else "epoch-seconds"


@dataclass(frozen=True)
class Place:
    """A member inside a structure: the steps that lead to it, an item of a list as 0."""

    steps: tuple[str | int, ...]
    member: Member

    @property
    def pointer(self) -> str:
        """The JSON Pointer of the place."""
        return "".join(f"/{step}" for step in self.steps)


def places(service: Service, shape: Shape) -> Iterator[Place]:
    """Every member below a structure, at any depth."""

    def below(parent: Shape, steps: tuple[str | int, ...]) -> Iterator[Place]:
        inner = [(m.name, m) for m in parent.members]
        parts: list[tuple[str | int, Member]] = [*inner]
        if parent.item is not None:
            parts.append((0, parent.item))
        for step, member in parts:
            yield Place((*steps, step), member)
            yield from below(service.target(member), (*steps, step))

    return below(shape, ())


def at(values: Any, steps: tuple[str | int, ...]) -> Any:
    """What is found by going down some steps."""
    for step in steps:
        values = values[step]
    return values


def changed(values: Any, steps: tuple[str | int, ...], value: object) -> Any:
    """A copy of nested dicts and lists with one value changed."""
    if not steps:
        return value
    first, *rest = steps
    if isinstance(first, int):
        items = list(values)
        items[first] = changed(items[first], tuple(rest), value)
        return items
    return {**values, first: changed(values.get(first), tuple(rest), value)}


def without(values: Any, steps: tuple[str | int, ...]) -> Any:
    """A copy of nested dicts and lists without one member."""
    *before, last = steps
    kept = {k: v for k, v in at(values, tuple(before)).items() if k != last}
    return changed(values, tuple(before), kept)


def same(
    left: object, right: object, close: Callable[[datetime, datetime], bool]
) -> bool:
    """Whether nested values are equal, moments as far as ``close`` says."""
    if isinstance(left, datetime) and isinstance(right, datetime):
        return close(left, right)
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(
            same(left[k], right[k], close) for k in left
        )
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(
            same(a, b, close) for a, b in zip(left, right, strict=True)
        )
    return left == right
