"""Generated clients and the stand-in, protocol by protocol: neither shares code with the other.

What clients write is read as it was meant, over valid requests drawn at random, and what is
answered meets the constraints; pages lead to the end, and errors come back as their classes.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.request import Request as Call, urlopen

import pytest
from hypothesis import HealthCheck, assume, given, settings
from tests.generated.support import same, within_a_millisecond
from tests.server.strict_model import imported

from specwright.model import Service
from specwright.server import invent, running
from specwright.server.messages import Request
from specwright.server.standin import StandIn
from specwright.workflow.generate import generate
from specwright.workflow.import_botocore import (
    Request as ImportRequest,
    import_botocore,
)
from specwright.workflow.intent import Options

SERVICES: dict[str, tuple[str, ...]] = {
    "arc-region-switch": (
        *("CreatePlan", "UpdatePlan", "GetPlan", "ListPlans", "ListPlanExecutions"),
        *("ListTagsForResource", "DeletePlan", "ListPlanExecutionEvents"),
    ),
    "compute-optimizer": (
        "GetEBSVolumeRecommendations",
        "GetLambdaFunctionRecommendations",
    ),
}
SERVICES |= {
    "iam": (
        *("CreateUser", "GetUser", "ListUsers", "ListRoles", "CreatePolicy"),
        *("SimulatePrincipalPolicy", "TagRole", "GetAccountSummary", "DeleteUser"),
    ),
    "sts": ("AssumeRole", "GetCallerIdentity", "DecodeAuthorizationMessage"),
    "sns": ("Publish", "PublishBatch", "CreateTopic", "ListTopics"),
    "sdb": ("PutAttributes", "Select"),
    "autoscaling": ("DescribeAutoScalingGroups", "CreateAutoScalingGroup"),
    "ec2": (
        *("RunInstances", "DescribeInstances", "DescribeVpcs", "CreateTags"),
        *("DescribeInstanceTypes", "ModifyInstanceAttribute", "DeleteVpc"),
    ),
}
TOKEN = "00000000-0000-4000-8000-000000000000"
CONSTRAINT = "ValidationException"
PLACES = [(s, o) for s, operations in SERVICES.items() for o in operations]
FEW = settings(
    max_examples=15,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


class Side:
    """A service as its spec has it, and the client that is generated from that."""

    def __init__(
        self, service: Service, package: Any, strategies: Any, url: str
    ) -> None:
        self.service = service
        self.package = package
        self.strategies = strategies
        (name,) = (
            n
            for n in package.__all__
            if n.endswith("Client") and not n.startswith("Async")
        )
        self.client: Any = getattr(package, name)(
            region="us-east-1",
            endpoint_url=url,
            credentials=package.Credentials("AKIDEXAMPLE", "secret"),
            retries=0,
            idempotency_token=lambda: TOKEN,
        )

    def request(self, operation: str) -> Any:
        """The class of an operation's requests."""
        return self.client.operations[operation].request


@pytest.fixture(scope="module")
def served(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[StandIn, str, Path]]:
    """The stand-in without a socket and with one, and the folder that holds specs and clients."""
    root = tmp_path_factory.mktemp("clients")
    for name, operations in SERVICES.items():
        done = import_botocore(ImportRequest(name, root / "specs", operations))
        assert done.ok, done.diagnostics
        (root / "specs" / Path(done.folder).name).rename(
            root / "specs" / name.replace("-", "_")
        )
    made = generate(Options(root / "specs", root / "standing", extras=("strategies",)))
    assert made.ok, made.diagnostics
    services = imported(root / "specs")
    sys.path.insert(0, str(root))
    with running(services, seed=5) as url:
        yield StandIn(services, seed=5), url, root
    sys.path.remove(str(root))


@pytest.fixture
def side(served: tuple[StandIn, str, Path], name: str) -> Iterator[Side]:
    """A service of the catalogue, by boto3's name."""
    standin, url, _ = served
    (service,) = (
        s for s in standin.services if s.folder.endswith(name.replace("-", "_"))
    )
    package = service.package or service.id.lower().replace(" ", "_")
    found = Side(
        service,
        import_module(f"standing.{package}"),
        import_module(f"standing.{package}.strategies"),
        url,
    )
    with found.client:
        yield found


# What leaves no trace in a message where it is empty.
TRACELESS: dict[str, tuple[type, ...]] = {
    "rpc-v2-cbor": (),
    "query": (dict,),
    "ec2": (dict, list),
    "rest-xml": (dict, list),
}


def pruned(value: Any, traceless: tuple[type, ...]) -> Any:
    """A value without what leaves no trace."""
    if isinstance(value, dict):
        parts = {k: pruned(v, traceless) for k, v in value.items()}
        return {k: v for k, v in parts.items() if v or not isinstance(v, traceless)}
    if isinstance(value, list):
        items = [pruned(item, traceless) for item in value]
        return [item for item in items if item or not isinstance(item, traceless)]
    return value


def sound(side: Side, operation: str) -> Any:
    """Valid requests of an operation, drawn at random, that a message can hold."""
    drawn = side.strategies.valid(side.request(operation))
    return holdable(side, drawn).filter(lambda request: not request.violations())


def holdable(side: Side, drawn: Any) -> Any:
    """Requests without what leaves no trace in messages."""
    traceless = TRACELESS[side.service.protocol]
    return drawn.map(lambda r: type(r).from_dict(pruned(r.to_dict(), traceless)))


def arrived(side: Side, request: Any) -> Request:
    """A request as the stand-in sees it."""
    http = side.client.prepare(request)
    headers = {k.lower(): v for k, v in http.headers.items()}
    target = "/" + http.url.partition("://")[2].partition("/")[2]
    return Request(http.method, target, headers, http.body)


@pytest.mark.parametrize(("name", "operation"), PLACES)
def test_requests_are_read_as_they_were_meant(served, side, operation):
    standin, _, _ = served

    @FEW
    @given(sound(side, operation))
    def check(request: Any) -> None:
        message = arrived(side, request)
        room, route = standin.meant(message)
        assert (route.service.id, route.operation.name) == (side.service.id, operation)
        tokens = [m.name for m in route.operation.input.members if m.idempotency_token]
        meant = {**dict.fromkeys(tokens, TOKEN), **request.to_dict()}
        assert same(room.parse(route, message), meant, within_a_millisecond)

    check()


@pytest.mark.parametrize(("name", "operation"), PLACES)
def test_answers_are_typed_and_valid(side, operation):
    pages = side.service.operations[operation].pagination
    tokens = pages.input_token if pages else ()

    @FEW
    @given(sound(side, operation))
    def check(request: Any) -> None:
        values = {k: v for k, v in request.to_dict().items() if k not in tokens}
        sent = side.request(operation).from_dict(values)
        missing = None
        try:
            response = side.client.send(sent)
        except side.package.ServiceError as error:
            missing = error
        if missing is not None:
            # A stand-in that finds no record of this name says so, as the service does.
            assert missing.status == 404 or "NotFound" in missing.code, missing
            assert type(missing).__name__ in side.service.operations[operation].errors
            return
        assert response.violations() == []
        assert response.response_metadata.request_id

    check()


@pytest.mark.parametrize(("name", "operation"), PLACES)
def test_answers_are_read_as_they_were_made(served, side, operation):
    standin, _, _ = served
    known = side.service.operations[operation]
    # Answers in XML have flattened lists, also where requests are forms.
    traceless = TRACELESS[side.service.protocol] and TRACELESS["rest-xml"]
    values = invent.structure(side.service, known.input, f"asked/{operation}")
    request = side.request(operation).from_dict(values)
    room, route = standin.meant(arrived(side, request))
    for seed in range(20):
        made = invent.structure(side.service, known.output, f"{seed}/{operation}")
        answer = room.render(route, made, "id")
        http = side.package.HttpResponse(answer.status, answer.headers, answer.body)
        found = pruned(side.client.parse(request, http).to_dict(), traceless)
        assert same(found, pruned(made, traceless), within_a_millisecond)


PAGED = [
    ("arc-region-switch", "ListPlans"),
    ("iam", "ListUsers"),
    ("iam", "ListRoles"),
    ("sns", "ListTopics"),
    ("autoscaling", "DescribeAutoScalingGroups"),
    ("ec2", "DescribeInstances"),
    ("ec2", "DescribeVpcs"),
]


@pytest.mark.parametrize(("name", "operation"), PAGED)
def test_pages_lead_to_every_item(side, operation):
    known = side.service.operations[operation]
    pagination = known.pagination
    assert pagination is not None
    values = invent.structure(side.service, known.input, f"asked/{operation}")
    for member in known.input.members:
        if not member.required:
            values.pop(member.name, None)
    if pagination.limit is not None:
        values[pagination.limit] = 7
    request = side.request(operation).from_dict(values)
    pages = list(side.client.paginate(request).pages())
    assert len(pages) == 4 if pagination.limit else 3
    items = list(side.client.paginate(request))
    assert len(items) == 25
    assert [page.violations() for page in pages] == [[]] * len(pages)


@pytest.mark.parametrize(("name", "operation"), PLACES)
def test_errors_come_back_as_their_classes(served, side, operation):
    _, url, _ = served
    known = side.service.operations[operation]
    values = invent.structure(side.service, known.input, f"asked/{operation}")
    request = side.request(operation).from_dict(values)
    for name in known.errors:
        queued = {"operation": operation, "service": side.service.id, "error": name}
        body = json.dumps({**queued, "message": "as <asked> & told"}).encode()
        with urlopen(Call(f"{url}/_specwright/errors", body, method="POST")) as answer:
            assert answer.status == 200
        shape = side.service.shapes[name]
        with pytest.raises(side.package.ServiceError) as caught:
            side.client.send(request)
        error = caught.value
        assert type(error).__name__ == name
        assert error.message == "as <asked> & told"
        assert error.request_id
        assert shape.error is not None
        assert error.status == (shape.error.status or error.status)
        assert error.code == (shape.error.code or name)


KINDS = ("length", "range", "pattern", "enum", "unique")
MOST = 12


@pytest.mark.parametrize(("name", "operation"), PLACES)
def test_the_service_checks_what_the_client_does_not(side, operation):
    """The words are the same: ours before sending, the service's after it."""
    trusting = side.client.with_options(validation="off")
    cls = side.request(operation)
    breakable = [c for c in side.strategies.breakable(cls) if c.kind in KINDS]
    for constraint in breakable[:MOST]:

        @settings(FEW, max_examples=2)
        @given(holdable(side, side.strategies.broken(cls, *constraint)))
        def check(request: Any) -> None:
            kinds = {violation.kind for violation in request.violations()}
            assume(kinds and kinds <= {*KINDS})
            with pytest.raises(side.package.ValidationError) as ours:
                side.client.send(request)
            with pytest.raises(side.package.ServiceError) as theirs:
                trusting.send(request)
            assert (theirs.value.code, theirs.value.status) == (CONSTRAINT, 400)
            assert theirs.value.message == str(ours.value)

        check()
