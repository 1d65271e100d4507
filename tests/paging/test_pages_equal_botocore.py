"""Paginators of botocore's models: the same requests in the same order, the same pages and
items as botocore's, whatever the answers are."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from copy import deepcopy
from itertools import chain
from random import Random
from typing import Any, NamedTuple

import jmespath
import pytest
from botocore.exceptions import PaginationError
from botocore.paginate import Paginator
from hypothesis import HealthCheck, given, settings, strategies as st
from tests.paging.sides import (
    Package,
    answer,
    model_of,
    module_of,
    on_path,
    paginators,
    value,
    write,
)

PACKAGE = "pages_out"
# Every paginator of another form than a token in, a token out and a list, and some plain.
SERVICES = (
    "apigateway",
    "athena",
    "budgets",
    "cloudfront",
    "cloudwatch",
    "datapipeline",
    "devicefarm",
    "devops-guru",
    "dynamodb",
    "ecr",
    "ecs",
    "elasticache",
    "glacier",
    "iam",
    "importexport",
    "kinesis",
    "kms",
    "lambda",
    "logs",
    "marketplace-discovery",
    "neptune",
    "redshift",
    "rekognition",
    "resource-groups",
    "route53",
    "s3",
    "sqs",
    "taxsettings",
    "workdocs",
)
PICKED = {
    "ec2": ("DescribeVpcEndpointServices", "SearchTransitGatewayRoutes"),
    "rds": (
        "DescribeEngineDefaultClusterParameters",
        "DescribeEngineDefaultParameters",
        "DownloadDBLogFilePortion",
    ),
}
PLAIN = 2
MOST = 12


class Case(NamedTuple):
    """A paginator of a service."""

    service: str
    operation: str

    def __str__(self) -> str:
        return f"{self.service}.{self.operation}"

    @property
    def rule(self) -> dict[str, Any]:
        """The paginator as botocore has it."""
        return dict(paginators(self.service)[self.operation])

    @property
    def model(self) -> Any:
        """The operation as botocore has it."""
        return model_of(self.service).operation_model(self.operation)

    @property
    def primary(self) -> str:
        """The result that is iterated over."""
        keys = listed(self.rule["result_key"])
        kinds = {k: kind(self.model.output_shape, k) for k in keys}
        return next((k for k in keys if kinds[k] in ("list", "map")), keys[0])


def listed(named: Any) -> list[str]:
    return [named] if isinstance(named, str) else list(named)


def kind(shape: Any, path: str) -> str:
    """The type that a path of members leads to."""
    for name in path.split("."):
        shape = shape.members[name]
    return str(shape.type_name)


def is_odd(rule: dict[str, Any], model: Any) -> bool:
    """True where more than a token in, one out and a list tells how pages go."""
    named = [*listed(rule["input_token"]), *listed(rule.get("result_key", ""))]
    members = model.output_shape.members
    named += [k for k in listed(rule["output_token"]) if k not in members]
    return (
        len(named) > 2
        or "more_results" in rule
        or any("." in n for n in named)
        or any(members[k].type_name != "list" for k in named[1:] if k in members)
    )


def cases() -> list[Case]:
    """The paginators to try."""
    found = [Case(s, o) for s, names in PICKED.items() for o in names]
    for service in SERVICES:
        pages = paginators(service)
        plain: list[str] = []
        for name, rule in pages.items():
            odd = is_odd(rule, model_of(service).operation_model(name))
            (found if odd else plain).append(Case(service, name) if odd else name)  # type: ignore[arg-type]
        chosen = Random(service).sample(sorted(plain), min(PLAIN, len(plain)))
        found += [Case(service, name) for name in chosen]
    return sorted(found)


CASES = cases()


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Package]]:
    """The generated packages by the name that botocore has for the service."""
    root = tmp_path_factory.mktemp("pages")
    wanted: dict[str, list[str]] = {}
    for case in CASES:
        wanted.setdefault(case.service, []).append(case.operation)
    write(root, PACKAGE, wanted)
    for _ in on_path(root):
        yield {
            service: Package(PACKAGE, service)
            for service in wanted
            if (root / PACKAGE / module_of(service)).is_dir()
        }


class Ended(Exception):
    """The script has no further answer."""


class Script:
    """Answers one after the other, and the requests that got them."""

    def __init__(self, answers: list[dict[str, Any]]) -> None:
        self.answers = iter(answers)
        self.asked: list[dict[str, Any]] = []

    def __call__(self, **values: Any) -> dict[str, Any]:
        self.asked.append(deepcopy(values))
        found = next(self.answers, None)
        if found is None:
            raise Ended
        return deepcopy(found)


class Outcome(NamedTuple):
    """What a walk was asked and gave, and how it ended."""

    asked: list[dict[str, Any]]
    pages: list[dict[str, Any]]
    ended: bool


def by_botocore(case: Case, values: dict[str, Any], answers: list[Any]) -> Outcome:
    """The walk of botocore; a token that comes twice ends it as one that doesn't come."""
    script = Script(answers)
    pages: list[dict[str, Any]] = []
    ended = True
    try:
        for page in Paginator(script, case.rule, case.model).paginate(**values):
            pages.append(page)
    except PaginationError:
        pass
    except Ended:
        ended = False
    return Outcome(script.asked, pages, ended)


def by_client(
    client: Any, case: Case, values: dict[str, Any], answers: list[Any]
) -> tuple[Outcome, list[Any]]:
    """The walk of the generated client, and the items of its pages."""
    script = Script(answers)
    operation = client.operations[case.operation]

    def send(request: Any) -> Any:
        return operation.response.from_dict(script(**request.to_dict()))

    client.send = send
    walk = client.paginate(operation.request.from_dict(values)).pages()
    pages: list[dict[str, Any]] = []
    items: list[Any] = []
    ended = True
    try:
        for page in walk:
            pages.append(page.to_dict())
            items += walk.items
    except Ended:
        ended = False
    if ended:
        assert walk.next_request is None
    return Outcome(script.asked, pages, ended), items


def plain(item: Any) -> Any:
    """An item as botocore would have it."""
    if isinstance(item, tuple | list):
        return [plain(part) for part in item]
    if isinstance(item, dict):
        return {key: plain(held) for key, held in item.items()}
    return item.to_dict() if hasattr(item, "to_dict") else item


def expected_items(case: Case, pages: list[dict[str, Any]]) -> list[Any]:
    """The items of some pages: of a map its pairs, of anything but a list the whole."""
    found = [jmespath.search(case.primary, page) for page in pages]
    held = [f for f in found if f is not None]
    if kind(case.model.output_shape, case.primary) == "list":
        return list(chain(*held))
    if kind(case.model.output_shape, case.primary) == "map":
        return [list(pair) for f in held for pair in f.items()]
    return held


def asked_of(case: Case, random: Random) -> dict[str, Any]:
    """The members that a first request has."""
    found: dict[str, Any] = value(case.model.input_shape, random, ["t1", "t2"])
    return found


def operation_of(packages: dict[str, Package], case: Case) -> Any:
    return packages[case.service].client()


ROUNDS = 25


@pytest.mark.parametrize("case", CASES, ids=str)
def test_walks_are_the_same(packages: dict[str, Package], case: Case) -> None:
    client = operation_of(packages, case)
    longest = 0
    for number in range(ROUNDS):
        random = Random(f"{case} {number}")
        values = asked_of(case, random)
        texts = [f"t{n}" for n in range(random.choice((1, 3, 40)))]
        count = random.randint(1, MOST)
        answers = [answer(case.model, random, texts) for _ in range(count)]
        expected = by_botocore(case, values, answers)
        found, items = by_client(client, case, values, answers)
        # A token that came earlier, or that the first request had, ends our walks at once.
        shorter = len(found.asked) < len(expected.asked)
        if shorter:
            tokens = [
                [v for k, v in a.items() if k in listed(case.rule["input_token"])]
                for a in [*found.asked, expected.asked[len(found.asked)]]
            ]
            assert found.ended
            assert tokens[-1] in tokens[:-1]
        upto = len(found.pages)
        assert found.pages == expected.pages[:upto]
        assert found.asked == expected.asked[: len(found.asked)]
        assert shorter or found == expected
        assert plain(items) == expected_items(case, found.pages)
        longest = max(longest, upto)
    assert longest > 1, "no walk went beyond its first page"


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    case=st.sampled_from(CASES),
    seed=st.integers(0, 2**32),
    most=st.integers(0, 9),
    data=st.data(),
)
def test_walks_can_be_bounded_and_resumed(
    packages: dict[str, Package], case: Case, seed: int, most: int, data: Any
) -> None:
    client = packages[case.service].client()
    random = Random(seed)
    answers = [answer(case.model, random, [f"t{n}" for n in range(30)]) for _ in "123"]
    whole, items = by_client(client, case, {}, answers)
    operation = client.operations[case.operation]

    def scripted(left: list[Any]) -> Any:
        script = Script(left)
        client.send = lambda request: operation.response.from_dict(
            script(**request.to_dict())
        )
        return script

    if whole.ended:
        scripted(answers)
        request = operation.request.from_dict({})
        assert plain(list(client.paginate(request, max_items=most))) == plain(
            items[:most]
        )
    stop = data.draw(st.integers(1, max(1, len(whole.pages))))
    first = scripted(answers)
    walk = client.paginate(operation.request.from_dict({})).pages()
    head = [page.to_dict() for _, page in zip(range(stop), walk, strict=False)]
    assert head == whole.pages[:stop]
    if walk.next_request is not None:
        second = scripted(answers[len(head) :])
        again = client.paginate(walk.next_request).pages()
        try:
            tail = [page.to_dict() for page in again]
        except Ended:
            tail = whole.pages[stop:]
        assert head + tail == whole.pages[: len(head) + len(tail)]
        assert (
            first.asked + second.asked == whole.asked[: len(first.asked + second.asked)]
        )


def test_asynchronous_walks_are_the_same(packages: dict[str, Package]) -> None:
    walked = 0
    for case in CASES:
        client = packages[case.service].client("Async")
        random = Random(str(case))
        answers = [
            answer(case.model, random, [f"t{n}" for n in range(40)]) for _ in "12"
        ]
        operation = client.operations[case.operation]
        script = Script(answers)

        async def send(
            request: Any, script: Script = script, operation: Any = operation
        ) -> Any:
            return operation.response.from_dict(script(**request.to_dict()))

        client.send = send

        async def walk(client: Any = client, operation: Any = operation) -> list[Any]:
            found: list[Any] = []
            try:
                async for item in client.paginate(operation.request.from_dict({})):
                    found.append(plain(item))
            except Ended:
                pass
            return found

        found = asyncio.run(walk())
        sync = packages[case.service].client()
        sync_outcome, items = by_client(sync, case, {}, answers)
        assert found == plain(items)
        assert script.asked == sync_outcome.asked
        walked += len(found)
    assert walked > 100


def test_nothing_is_left_out(packages: dict[str, Package]) -> None:
    operations = {name: p.client().operations for name, p in packages.items()}
    left_out = [c for c in CASES if c.operation not in operations[c.service]]
    assert left_out == []
