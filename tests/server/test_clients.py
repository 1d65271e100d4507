"""Generated clients and the stand-in, protocol by protocol: neither shares code with the other.

What clients write is read as it was meant, over valid requests drawn at random, and what is
answered meets the constraints; pages lead to the end, and errors come back as their classes.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.request import Request as Call, urlopen

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis.errors import Unsatisfiable
from tests.generated.support import same, within_a_millisecond
from tests.server.sides import (
    SERVICES,
    TOKEN,
    TRACELESS,
    Side,
    arrived,
    holdable,
    pruned,
    sound,
    truthful,
)
from tests.server.strict_model import imported

from specwright.server import invent, running
from specwright.server.answers import answer as answer_to
from specwright.server.standin import StandIn
from specwright.workflow.generate import generate
from specwright.workflow.import_botocore import (
    Request as ImportRequest,
    import_botocore,
)
from specwright.workflow.intent import Options

CONSTRAINT = "ValidationException"
PLACES = [(s, o) for s, operations in SERVICES.items() for o in operations]
FEW = settings(
    max_examples=15,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


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


@pytest.mark.parametrize(("name", "operation"), PLACES)
def test_requests_are_read_as_they_were_meant(served, side, operation):
    standin, _, _ = served

    @FEW
    @given(sound(side, operation))
    def check(request: Any) -> None:
        try:
            message = arrived(side, request)
        except side.package.ValidationError:
            # What is left of an id can be empty.
            assume(False)
        meant = request.to_dict()
        room, route = standin.meant(message)
        assert (route.service.id, route.operation.name) == (side.service.id, operation)
        for part in route.operation.last_parts:
            # Of an id only what follows the last slash is sent.
            if part in meant:
                meant[part] = meant[part].rpartition("/")[2]
        tokens = [m.name for m in route.operation.input.members if m.idempotency_token]
        meant = {**dict.fromkeys(tokens, TOKEN), **meant}
        found = room.parse(route, message)
        for member in route.operation.input.members:
            if member.name in found.keys() - meant.keys():
                # Checksums, and the wish for them, are what clients add themselves.
                assert member.location == "header"
                del found[member.name]
        assert same(found, meant, within_a_millisecond)

    check()


def lacking(side: Side, violations: list[Any]) -> list[Any]:
    """The violations, but for flattened lists without items, which leave no trace."""
    xml = TRACELESS[side.service.protocol]
    flat = "LambdaFunctionConfigurations", "QueueConfigurations", "TopicConfigurations"
    known = [
        v
        for v in violations
        if xml and v.pointer.startswith(tuple(f"/{f}" for f in flat))
    ]
    return [v for v in violations if v not in known]


@pytest.mark.parametrize(("name", "operation"), PLACES)
def test_answers_are_typed_and_valid(side, operation):
    known = side.service.operations[operation]
    pages = known.pagination
    tokens = pages.input_token if pages else ()

    @FEW
    @given(sound(side, operation))
    def check(request: Any) -> None:
        values = {k: v for k, v in request.to_dict().items() if k not in tokens}
        sent = side.request(operation).from_dict(values)
        missing = None
        try:
            response = side.client.send(sent)
        except side.package.ValidationError:
            assume(False)
        except side.package.ServiceError as error:
            missing = error
        if missing is not None:
            # A stand-in that finds no record of this name says so, as the service does.
            assert missing.status == 404 or "NotFound" in missing.code, missing
            named = type(missing).__name__ in known.errors
            assert named or known.http.method == "HEAD"
            return
        assert response.response_metadata.request_id
        # Reads what is streamed, too.
        read = type(response).from_dict(response.to_dict())
        assert lacking(side, read.violations()) == []

    check()


@pytest.mark.parametrize(("name", "operation"), PLACES)
def test_answers_are_read_as_they_were_made(served, side, operation):
    standin, _, _ = served
    known = side.service.operations[operation]
    # Answers in XML have flattened lists, also where requests are forms.
    traceless = TRACELESS[side.service.protocol] and TRACELESS["rest-xml"]
    values = truthful(invent.structure(side.service, known.input, "asked"))
    request = side.request(operation).from_dict(values)
    room, route = standin.meant(arrived(side, request))
    for seed in range(20):
        made = truthful(answer_to(side.service, known, {}, seed, lambda _: None))
        answer = room.render(route, made, "id")
        http = side.package.HttpResponse(answer.status, answer.headers, answer.body)
        parsed = side.client.parse(request, http).to_dict()
        for member in known.output.members:
            # A body that is not there is empty, and one that is there has a type.
            typed = member.wire.lower() == "content-type"
            if member.name not in made and (member.location == "payload" or typed):
                parsed.pop(member.name, None)
        for events in (v for v in parsed.values() if isinstance(v, list)):
            for held in (v for e in events if isinstance(e, dict) for v in e.values()):
                if isinstance(held, dict) and held.get("Payload") == b"":
                    # As of a body, of an event.
                    del held["Payload"]
        found = pruned(truthful(parsed), traceless)
        assert same(found, pruned(made, traceless), within_a_millisecond), (found, made)


PAGED = [
    ("arc-region-switch", "ListPlans"),
    ("iam", "ListUsers"),
    ("iam", "ListRoles"),
    ("sns", "ListTopics"),
    ("autoscaling", "DescribeAutoScalingGroups"),
    ("ec2", "DescribeInstances"),
    ("ec2", "DescribeVpcs"),
    ("s3", "ListObjectsV2"),
    ("s3", "ListObjects"),
    ("route53", "ListHostedZones"),
    ("route53", "ListResourceRecordSets"),
    ("cloudfront", "ListDistributions"),
]


@pytest.mark.parametrize(("name", "operation"), PAGED)
def test_pages_lead_to_every_item(side, operation):
    known = side.service.operations[operation]
    pagination = known.pagination
    assert pagination is not None
    values = truthful(invent.structure(side.service, known.input, "asked"))
    for member in known.input.members:
        if not member.required:
            values.pop(member.name, None)
    if pagination.limit is not None:
        limit = next(m for m in known.input.members if m.name == pagination.limit)
        text = side.service.target(limit).type == "string"
        values[limit.name] = "7" if text else 7
    request = side.request(operation).from_dict(values)
    pages = list(side.client.paginate(request).pages())
    assert len(pages) == 4 if pagination.limit else 3
    items = list(side.client.paginate(request))
    assert len(items) == 25
    assert [lacking(side, page.violations()) for page in pages] == [[]] * len(pages)


@pytest.mark.parametrize(("name", "operation"), PLACES)
def test_errors_come_back_as_their_classes(served, side, operation):
    _, url, _ = served
    known = side.service.operations[operation]
    values = truthful(invent.structure(side.service, known.input, "asked"))
    request = side.request(operation).from_dict(values)
    # An answer without a body has no place for a code.
    for name in known.errors if known.http.method != "HEAD" else ():
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
MOST = 5
# Large inputs, which take long to draw.
LARGE = ("CopyObject", "CompleteMultipartUpload", "CreateDistribution", "RunInstances")
LARGE += ("InvokeModelWithResponseStream",)
LIGHT = [(name, operation) for name, operation in PLACES if operation not in LARGE]


@pytest.mark.parametrize(("name", "operation"), LIGHT)
def test_the_service_checks_what_the_client_does_not(side, operation):
    """The words are the same: ours before sending, the service's after it."""
    trusting = side.client.with_options(validation="off")
    cls, known = side.request(operation), side.service.operations[operation]
    tokens = known.pagination.input_token if known.pagination else ()
    breakable = [c for c in side.strategies.breakable(cls) if c.kind in KINDS]
    for constraint in breakable[:MOST]:

        @settings(FEW, max_examples=2)
        @given(holdable(side, side.strategies.broken(cls, *constraint)))
        def check(request: Any) -> None:
            kinds = {violation.kind for violation in request.violations()}
            # The service knows its tokens, and refuses others.
            told = request.to_dict()
            assume(kinds and kinds <= {*KINDS} and told.keys().isdisjoint(tokens))
            with pytest.raises(side.package.ValidationError) as ours:
                side.client.send(request)
            assume("Member must not be empty" not in str(ours.value))
            with pytest.raises(side.package.ServiceError) as theirs:
                trusting.send(request)
            assert theirs.value.status == 400
            if known.http.method != "HEAD":
                assert theirs.value.code == CONSTRAINT
                assert theirs.value.message == str(ours.value)

        with suppress(Unsatisfiable):
            check()
