"""Waiters of botocore's models: for any answers, the same number of attempts and the same end
as botocore's waiters."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from random import Random
from typing import Any, NamedTuple

import botocore.waiter
import pytest
from botocore.exceptions import WaiterError
from jmespath.exceptions import JMESPathError
from tests.paging.sides import (
    Package,
    answer,
    model_of,
    module_of,
    on_path,
    value,
    waiters,
    write,
)

PACKAGE = "waits_out"
SERVICES = (
    "acm",
    "appstream",
    "cloudformation",
    "cloudfront",
    "cloudwatch",
    "dynamodb",
    "ecs",
    "eks",
    "elb",
    "elbv2",
    "emr",
    "iam",
    "inspector2",
    "kinesis",
    "lambda",
    "neptune-graph",
    "rds",
    "resiliencehubv2",
    "route53",
    "s3",
    "sagemaker",
    "ses",
)
# EC2 is large; these are of every kind that it has.
PICKED = {
    "ec2": (
        "ImageExists",
        "InstanceRunning",
        "InstanceTerminated",
        "KeyPairExists",
        "PasswordDataAvailable",
        "SecurityGroupVpcAssociationDisassociated",
        "VolumeDeleted",
    )
}
MOST = 8
ROUNDS = 50


class Case(NamedTuple):
    """A waiter of a service."""

    service: str
    name: str

    def __str__(self) -> str:
        return f"{self.service}.{self.name}"

    @property
    def rule(self) -> dict[str, Any]:
        """The waiter as botocore has it."""
        return dict(waiters(self.service)[self.name])

    @property
    def model(self) -> Any:
        """The operation as botocore has it."""
        return model_of(self.service).operation_model(self.rule["operation"])


CASES = sorted(
    [Case(s, w) for s in SERVICES for w in waiters(s)]
    + [Case(s, w) for s, names in PICKED.items() for w in names]
)


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Package]]:
    """The generated packages by the name that botocore has for the service."""
    root = tmp_path_factory.mktemp("waits")
    wanted: dict[str, set[str]] = {}
    for case in CASES:
        wanted.setdefault(case.service, set()).add(case.rule["operation"])
    write(root, PACKAGE, {s: sorted(names) for s, names in wanted.items()})
    for _ in on_path(root):
        yield {
            service: Package(PACKAGE, service)
            for service in wanted
            if (root / PACKAGE / module_of(service) / "waiters.py").is_file()
        }


class Refusal(NamedTuple):
    """An error as a script has it."""

    status: int
    code: str


class Outcome(NamedTuple):
    """How a wait ended, and after how many attempts."""

    attempts: int
    end: str


def script_of(case: Case, random: Random) -> list[Any]:
    """Answers with which the waiter has something to do, some errors among them."""
    acceptors = case.rule["acceptors"]
    texts = [a["expected"] for a in acceptors if a["matcher"].startswith("path")]
    texts = [str(t) for t in texts] or ["x"]
    if random.random() < 0.5:
        # All of one state, as those that wait for all of some see at last.
        good = [a["expected"] for a in acceptors if a["state"] == "success"]
        texts = [str(random.choice([*good, random.choice(texts)]))]
    errors = [
        Refusal(400, str(a["expected"])) for a in acceptors if a["matcher"] == "error"
    ]
    errors += [
        Refusal(a["expected"], "Some")
        for a in acceptors
        if a["matcher"] == "status" and a["expected"] >= 300
    ]
    if random.random() < 0.1:
        errors.append(Refusal(500, "Unmatched"))
    made: list[Any] = []
    for _ in range(MOST):
        refused = bool(errors) and random.random() < 0.25
        made.append(
            random.choice(errors) if refused else answer(case.model, random, texts)
        )
    return made


def by_botocore(case: Case, script: list[Any], monkeypatch: Any) -> Outcome | None:
    """The wait of botocore; None where an expression can't be evaluated there."""
    monkeypatch.setattr(botocore.waiter.time, "sleep", lambda seconds: None)
    asked: list[int] = []

    def method(**values: Any) -> dict[str, Any]:
        found = script[len(asked)]
        asked.append(1)
        if isinstance(found, Refusal):
            return {
                "Error": {"Code": found.code, "Message": "no"},
                "ResponseMetadata": {"HTTPStatusCode": found.status},
            }
        return {**found, "ResponseMetadata": {"HTTPStatusCode": 200}}

    config = botocore.waiter.SingleWaiterConfig(case.rule)
    waiter = botocore.waiter.Waiter(case.name, config, method)
    try:
        waiter.wait(WaiterConfig={"MaxAttempts": MOST})
    except WaiterError as error:
        reason = error.kwargs["reason"]
        end = {"Max": "timeout", "Wai": "failed", "An ": "error"}[reason[:3]]
        return Outcome(len(asked), end)
    except (JMESPathError, TypeError):
        return None
    return Outcome(len(asked), "success")


class Clock:
    """Seconds that pass while nothing but a pause happens."""

    def __init__(self) -> None:
        self.time = 1000.0
        self.pauses: list[float] = []

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.time += seconds

    async def asleep(self, seconds: float) -> None:
        self.sleep(seconds)


def sender(package: Package, operation: Any, script: list[Any]) -> Any:
    """What answers requests from a script; an iterator keeps how far it is."""
    answers = iter(script)

    def send(request: Any) -> Any:
        found = next(answers)
        if isinstance(found, Refusal):
            base = package.root.ServiceError
            error = base("no")
            error.status, error.code = found
            raise error
        response = operation.response.from_dict(found)
        response.response_metadata.status = 200
        return response

    return send


def by_client(
    package: Package, case: Case, script: list[Any], *, is_async: bool = False
) -> Outcome:
    """The wait of the generated client, at the pace of botocore's."""
    root = package.root
    client = package.client("Async" if is_async else "")
    operation = client.operations[case.rule["operation"]]
    answered: list[Any] = []
    send = sender(package, operation, script)

    def counted(request: Any) -> Any:
        answered.append(None)
        answered[-1] = send(request)
        return answered[-1]

    async def awaited(request: Any) -> Any:
        return counted(request)

    client.send = awaited if is_async else counted
    clock = Clock()
    waiter = getattr(root.waiters, case.name)(operation.request.from_dict({}))
    options = {
        "max_wait": MOST - 1,
        "min_delay": 1,
        "max_delay": 1,
        "now": clock.now,
        "sleep": clock.asleep if is_async else clock.sleep,
    }
    ends = {
        root.WaiterTimeoutError: "timeout",
        root.WaiterFailedError: "failed",
        root.ServiceError: "error",
    }
    try:
        found = client.wait(waiter, **options)
        if is_async:
            found = asyncio.run(found)
    except tuple(ends) as problem:
        ended: Any = problem
    else:
        assert found is answered[-1]
        return Outcome(len(answered), "success")
    end = next(end for kind, end in ends.items() if isinstance(ended, kind))
    if end == "error":
        assert ended.code == script[len(answered) - 1].code
    else:
        assert ended.attempts == len(answered)
        assert ended.response is answered[-1]
        assert (ended.error is None) is (ended.response is not None)
    return Outcome(len(answered), end)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_waits_end_the_same(
    packages: dict[str, Package], case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends: set[str] = set()
    for number in range(ROUNDS):
        script = script_of(case, Random(f"{case} {number}"))
        expected = by_botocore(case, script, monkeypatch)
        found = by_client(packages[case.service], case, script)
        assert expected is None or found == expected, script[: found.attempts]
        ends.add(found.end)
    assert "success" in ends


def test_asynchronous_waits_end_the_same(packages: dict[str, Package]) -> None:
    ends: set[str] = set()
    for case in CASES:
        script = script_of(case, Random(str(case)))
        package = packages[case.service]
        found = by_client(package, case, script)
        assert by_client(package, case, script, is_async=True) == found
        ends.add(found.end)
    assert ends >= {"success", "failed", "timeout"}


def test_nothing_is_left_out(packages: dict[str, Package]) -> None:
    operations = {name: p.client().operations for name, p in packages.items()}
    left_out = [c for c in CASES if c.rule["operation"] not in operations[c.service]]
    assert left_out == []


def test_requests_are_values_of_the_input(packages: dict[str, Package]) -> None:
    """A waiter takes requests of its operation only."""
    for case in CASES:
        root = packages[case.service].root
        operations = packages[case.service].client().operations
        waiter = getattr(root.waiters, case.name)
        name = case.rule["operation"]
        values = value(case.model.input_shape, Random(str(case)), ["x"])
        request = operations[name].request.from_dict(values)
        assert waiter(request).request is request
        for other in (
            None,
            values,
            *(o for o in operations.values() if o.name != name),
        ):
            with pytest.raises(TypeError, match=f"a request of {name}, not"):
                waiter(
                    other.request.from_dict({}) if hasattr(other, "request") else other
                )
