"""Invented data: it meets the constraints, agrees with itself, and follows from the seed alone."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings, strategies as st

from specwright.model import Bounds, Constraints, Member, Shape
from specwright.server import invent
from specwright.server.paging import page
from specwright.server.standin import StandIn
from specwright.server.store import ITEMS, listing
from specwright.server.validation import violations

LISTS = [
    ("Bedrock", "ListModelImportJobs"),
    ("Bedrock", "ListModelInvocationJobs"),
    ("SageMaker", "ListCompilationJobs"),
    ("SageMaker", "ListProcessingJobs"),
]


def of(services, name):
    return next(service for service in services if service.id == name)


@pytest.mark.parametrize(("name", "operation"), LISTS)
def test_records_meet_the_constraints(services, name, operation):
    service = of(services, name)
    for seed in range(4):
        store = listing(service, service.operations[operation], seed, {})
        assert len(store.items) == ITEMS
        for item in store.items:
            assert list(violations(service, store.record, item)) == []
    optional = [m.name for m in store.record.members if not m.required]
    assert all(
        0 < sum(name in item for item in store.items) < ITEMS for name in optional
    )


@pytest.mark.parametrize(("name", "operation"), LISTS)
def test_times_agree(services, name, operation):
    service = of(services, name)
    ended = 0
    for item in listing(service, service.operations[operation], 1, {}).items:
        told = {key.lower(): value for key, value in item.items()}
        created = told.get("creationtime") or told["submittime"]
        changed = told.get("lastmodifiedtime")
        assert changed is None or changed > created
        for key in ("endtime", "compilationendtime", "processingendtime"):
            if key in told:
                ended += 1
                assert told[key] > created
                assert changed is None or changed >= told[key]
                states = [v for k, v in told.items() if k.endswith("status")]
                assert not {"InProgress", "INPROGRESS", "Stopping"} & set(states)
    assert ended


def test_the_seed_decides_and_neighbours_do_not(services, ask):
    target = "/model-invocation-jobs?maxResults=100"
    first = ask(StandIn(services, 3), "GET", target).body
    assert ask(StandIn(services, 3), "GET", target).body == first
    assert ask(StandIn([of(services, "Bedrock")], 3), "GET", target).body == first
    assert ask(StandIn(services, 4), "GET", target).body != first


def test_shapes_of_every_kind(things):
    inner = Shape(
        "union",
        "Either",
        members=(Member("one", "Either", "one"), Member("two", Shape("long"), "two")),
    )
    kinds = {
        "boolean": Shape("boolean"),
        "byte": Shape("byte", constraints=Constraints(range=Bounds(-200, None))),
        "small": Shape("integer", constraints=Constraints(range=Bounds(None, -5))),
        "double": Shape("double", constraints=Constraints(range=Bounds(0, 1))),
        "bigDecimal": Shape("bigDecimal"),
        "number": Shape("integer", constraints=Constraints(enum=(3, 5))),
        "blob": Shape("blob", constraints=Constraints(length=Bounds(20, 40))),
        "document": Shape("document"),
        "long": Shape("string", constraints=Constraints(length=Bounds(90, 100))),
        "short": Shape("string", constraints=Constraints(length=Bounds(0, 2))),
        "map": Shape(
            "map",
            key=Member(
                "key", Shape("string", constraints=Constraints(enum=("a", "b"))), "key"
            ),
            value=Member("value", Shape("string"), "value"),
            constraints=Constraints(length=Bounds(2, 2)),
        ),
        "unique": Shape(
            "list",
            item=Member(
                "member", Shape("string", constraints=Constraints(enum=("a", "b"))), "m"
            ),
            constraints=Constraints(length=Bounds(2, None), unique=True),
        ),
        "either": inner,
    }
    members = tuple(
        Member(name, shape, name, required=True) for name, shape in kinds.items()
    )
    shape = Shape("structure", members=members)
    service = replace(things, shapes={**things.shapes, "Either": inner})
    for seed in range(20):
        made = invent.structure(service, shape, str(seed))
        assert set(made) == set(kinds)
        assert list(violations(service, shape, made)) == []
        assert len(made["either"]) == 1


def test_a_structure_that_requires_itself_ends(things):
    loop = Shape(
        "structure", "Loop", members=(Member("loop", "Loop", "loop", required=True),)
    )
    service = replace(things, shapes={**things.shapes, "Loop": loop})
    assert "loop" in invent.structure(service, loop, "key")


def test_more_results_and_short_tokens(things, ask):
    standin = StandIn([things])
    seen, token, pages = [], None, 0
    while True:
        after = f"&after={token}" if token else ""
        told = json.loads(ask(standin, "GET", f"/things?limit=4{after}").body)
        seen += [thing["thingId"] for thing in told["things"]]
        pages += 1
        assert told["more"] is ("next" in told)
        if not told["more"]:
            break
        token = told["next"]
        assert 1 <= len(token) <= 4
    assert (len(seen), len(set(seen)), pages) == (ITEMS, ITEMS, 7)
    assert len(json.loads(ask(standin, "GET", "/things").body)["things"]) == 4


def test_the_record_may_lie_inside_the_output(things, ask):
    standin = StandIn([things])
    for thing in json.loads(ask(standin, "GET", "/things?limit=4").body)["things"]:
        told = json.loads(ask(standin, "GET", f"/things/{thing['thingId']}").body)
        assert told == {"thing": thing}


@settings(max_examples=60)
@given(
    size=st.integers(1, 30),
    count=st.integers(0, 60),
    length=st.tuples(st.integers(0, 40), st.integers(3, 60)),
)
def test_pages_hold_every_item_once(things, size, count, length):
    constraints = Constraints(length=Bounds(min(length), max(length)))
    token = Member("after", Shape("string"), "after", "query", constraints=constraints)
    limit = Member("limit", Shape("integer"), "limit", "query")
    base = things.operations["ListThings"]
    operation = replace(base, input=Shape("structure", members=(token, limit)))
    values, seen, steps = {"limit": size}, [], 0
    while True:
        found = page(things, operation, base.pagination, list(range(count)), values, 0)
        seen += found.items
        steps += 1
        if found.token is None:
            break
        assert constraints.length.min <= len(found.token) <= constraints.length.max
        values = {"limit": size, "after": found.token}
    assert seen == list(range(count))
    assert steps == max(1, -(-count // size))


@pytest.mark.parametrize(
    "name", ["lambda", "dynamodb", "apigateway", "iot", "glue", "bedrock-agent"]
)
def test_the_catalogue_is_answered_with_what_meets_its_constraints(catalogue, name):
    service = catalogue(name)
    for operation in list(service.operations.values())[:60]:
        made = invent.structure(service, operation.output, f"0/{operation.name}")
        assert list(violations(service, operation.output, made)) == []
        store = listing(service, operation, 0, {})
        assert store is None or len(store.items) == ITEMS
