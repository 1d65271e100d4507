"""Services for the stand-in: those of specs/, any of botocore's catalogue, and small ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import botocore.exceptions
import botocore.loaders
import pytest
from tests.server.strict_model import standin_of

from specwright.model import (
    Bounds,
    Constraints,
    Endpoint,
    ErrorTrait,
    Http,
    Member,
    Operation,
    Pagination,
    Service,
    Shape,
)
from specwright.resolve import load_services
from specwright.server import running
from specwright.server.messages import Request, Response
from specwright.server.standin import StandIn

SPECS = Path(__file__).parents[2] / "specs"


@pytest.fixture(scope="session")
def services() -> list[Service]:
    """Bedrock and SageMaker as specs/ has them."""
    found, diagnostics = load_services(SPECS)
    assert not [str(d) for d in diagnostics if d.severity == "error"]
    assert found is not None
    return list(found)


@pytest.fixture(scope="session")
def server(services: list[Service]) -> Iterator[str]:
    """The base URL of a stand-in for both services."""
    with running(services, seed=7) as url:
        yield url


@pytest.fixture
def standin(services: list[Service]) -> StandIn:
    """A stand-in without a socket."""
    return StandIn(services, seed=7)


@pytest.fixture(scope="session")
def boto(server: str) -> Callable[..., Any]:
    """Makes boto3 clients that talk to the stand-in."""
    import boto3
    from botocore.config import Config

    def client(service: str, url: str = server) -> Any:
        return boto3.client(
            service,
            endpoint_url=url,
            region_name="us-east-1",
            aws_access_key_id="AKIDEXAMPLE",
            aws_secret_access_key="secret",
            config=Config(
                retries={"max_attempts": 0}, parameter_validation=False, proxies={}
            ),
        )

    return client


@pytest.fixture(scope="session")
def strict(tmp_path_factory: pytest.TempPathFactory) -> StandIn:
    """A stand-in for imported models with every shape and binding."""
    return standin_of(tmp_path_factory.mktemp("strict"))


@pytest.fixture(scope="session")
def things() -> Service:
    """A small rest-json service with bindings that the five operations lack."""
    text, number = Shape("string"), Shape("integer")
    names = Shape("list", item=Member("member", text, "member"))
    missing = Shape(
        "structure",
        "MissingThing",
        members=(Member("Message", text, "Message"), Member("thing", text, "thing")),
        error=ErrorTrait(status=404),
    )
    thing = Shape(
        "structure",
        "Thing",
        members=(
            Member("thingId", text, "thingId", required=True),
            Member("size", number, "size", constraints=Constraints(range=Bounds(1, 9))),
        ),
    )
    things = Shape("list", item=Member("member", "Thing", "member"))
    put = Operation(
        "PutThing",
        Http("PUT", "/things/{id}/parts/{part+}", 202),
        Shape(
            "structure",
            members=(
                Member("id", text, "id", "path", required=True),
                Member("part", text, "part", "path", required=True, greedy=True),
                Member("tags", names, "tag", "query"),
                Member("label", names, "X-Label", "header"),
                Member("when", Shape("timestamp"), "X-When", "header"),
                Member("meta", Shape("map"), "x-meta-", "header-map"),
                Member("force", Shape("boolean"), "force", "query"),
                Member("names", names, "names", constraints=Constraints(unique=True)),
                Member(
                    "kind",
                    Shape("string"),
                    "kind",
                    constraints=Constraints(enum=("a", "b")),
                ),
            ),
        ),
        Shape(
            "structure",
            members=(
                Member("id", text, "X-Id", "header"),
                Member("part", text, "part"),
                Member("tags", names, "tags"),
                Member("label", names, "X-Label", "header"),
                Member("when", Shape("timestamp"), "when", timestamp="http-date"),
                Member("force", Shape("boolean"), "force"),
            ),
        ),
    )
    get = Operation(
        "GetThing",
        Http("GET", "/things/{thingId}"),
        Shape(
            "structure",
            members=(Member("thingId", text, "thingId", "path", required=True),),
        ),
        Shape("structure", members=(Member("thing", "Thing", "thing"),)),
        errors=("MissingThing",),
    )
    special = Operation(
        "GetSpecial",
        Http("GET", "/things/special"),
        Shape("structure"),
        Shape("structure"),
    )
    lists = Operation(
        "ListThings",
        Http("GET", "/things"),
        Shape(
            "structure",
            members=(
                Member(
                    "after",
                    text,
                    "after",
                    "query",
                    constraints=Constraints(length=Bounds(1, 4)),
                ),
                Member(
                    "limit",
                    number,
                    "limit",
                    "query",
                    constraints=Constraints(range=Bounds(1, 4)),
                ),
            ),
        ),
        Shape(
            "structure",
            members=(
                Member("things", things, "things"),
                Member("next", text, "next"),
                Member("more", Shape("boolean"), "more"),
            ),
        ),
        pagination=Pagination(("after",), ("next",), ("things",), "limit", "more"),
    )
    operations = {o.name: o for o in (put, get, special, lists)}
    return Service(
        id="Things",
        protocol="rest-json",
        protocols=("rest-json",),
        title="Things",
        version="1",
        folder="things",
        endpoint=Endpoint("things"),
        signing_name="things",
        shapes={"Thing": thing, "MissingThing": missing},
        operations=operations,
    )


@pytest.fixture
def ask() -> Callable[..., Response]:
    """Asks a stand-in without a socket."""

    def send(
        standin: StandIn, method: str, target: str, body: bytes = b"", **headers: str
    ) -> Response:
        named = {name.replace("_", "-"): text for name, text in headers.items()}
        return standin.answer(Request(method, target, named, body))

    return send


@pytest.fixture(scope="session")
def catalogue() -> Callable[[str], Service]:
    """A service of botocore's catalogue as the model has it."""
    loader = botocore.loaders.Loader()

    def load(name: str) -> Service:
        found = loader.load_service_model(name, "service-2")
        try:
            pages = loader.load_service_model(name, "paginators-1")["pagination"]
        except botocore.exceptions.UnknownServiceError:
            pages = {}
        return _converted(found, pages)

    return load


_LOCATIONS = {
    "uri": "path",
    "querystring": "query",
    "header": "header",
    "headers": "header-map",
    "statusCode": "status",
}
_TIMES = {"iso8601": "iso8601", "unixTimestamp": "epoch-seconds", "rfc822": "http-date"}
_TYPES = {"character": "string", "bigdecimal": "bigDecimal", "biginteger": "bigInteger"}


def _converted(found: Any, pages: Any) -> Service:
    data = found["metadata"]
    shapes = {name: _shape(found["shapes"], name) for name in found["shapes"]}
    operations = {}
    for name, operation in found["operations"].items():
        page, http = pages.get(name), operation["http"]
        path, _, query = http["requestUri"].partition("?")
        pairs = tuple(
            (part.partition("=")[0], part.partition("=")[2] or None)
            for part in query.split("&")
            if part
        )
        operations[name] = Operation(
            name,
            Http(http["method"], path, http.get("responseCode", 200), pairs),
            (
                shapes[operation["input"]["shape"]]
                if "input" in operation
                else Shape("structure")
            ),
            (
                shapes[operation["output"]["shape"]]
                if "output" in operation
                else Shape("structure")
            ),
            errors=tuple(e["shape"] for e in operation.get("errors", ())),
            pagination=None if page is None else _pagination(page),
        )
    return Service(
        id=data["serviceId"],
        protocol=data["protocol"],
        protocols=tuple(data["protocols"]),
        title=data["serviceFullName"],
        version=data["apiVersion"],
        folder="",
        endpoint=Endpoint(data["endpointPrefix"]),
        signing_name=data.get("signingName", data["endpointPrefix"]),
        target_prefix=data.get("targetPrefix"),
        json_version=data.get("jsonVersion"),
        shapes=shapes,
        operations=operations,
    )


def _pagination(page: Any) -> Pagination:
    def names(key: str) -> tuple[str, ...]:
        value = page.get(key, [])
        return tuple(value) if isinstance(value, list) else (value,)

    return Pagination(
        names("input_token"),
        names("output_token"),
        names("result_key"),
        page.get("limit_key"),
        page.get("more_results"),
    )


def _shape(shapes: Any, name: str) -> Shape:
    raw = shapes[name]
    kind = _TYPES.get(raw["type"], raw["type"])
    kind = "union" if raw.get("union") else "document" if raw.get("document") else kind
    required = raw.get("required", ())

    def member(key: str, ref: Any) -> Member:
        location = _LOCATIONS.get(ref.get("location", ""), "body")
        if raw.get("payload") == key:
            location = "payload"
        if location == "query" and shapes[ref["shape"]]["type"] == "map":
            location = "query-map"
        return Member(
            key,
            ref["shape"],
            ref.get("locationName", key),
            location,  # type: ignore[arg-type]
            key in required,
            timestamp=_TIMES.get(ref.get("timestampFormat", "")),  # type: ignore[arg-type]
            json_value=ref.get("jsonvalue", False),
        )

    bounds = (
        Bounds(raw.get("min"), raw.get("max")) if {"min", "max"} & set(raw) else None
    )
    numeric = kind in ("integer", "long", "float", "double", "short", "byte")
    error = raw.get("error", {})
    pattern = raw.get("pattern")
    return Shape(
        kind,
        name,
        members=tuple(member(k, v) for k, v in raw.get("members", {}).items()),
        item=member("member", raw["member"]) if "member" in raw else None,
        key=member("key", raw["key"]) if "key" in raw else None,
        value=member("value", raw["value"]) if "value" in raw else None,
        constraints=Constraints(
            length=None if numeric else bounds,
            range=bounds if numeric else None,
            pattern=pattern,
            match=None if pattern is None else "full",
            enum=tuple(raw.get("enum", ())),
        ),
        timestamp=_TIMES.get(raw.get("timestampFormat", "")),  # type: ignore[arg-type]
        error=(
            ErrorTrait(
                "server" if raw.get("fault") else "client",
                error.get("httpStatusCode"),
                code=error.get("code"),
            )
            if raw.get("exception")
            else None
        ),
    )
