"""Invented answers of every shape: they meet the constraints that requests are held to."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from specwright.model import Bounds, Constraints, Member, Service, Shape
from specwright.server import invent
from specwright.server.messages import Request
from specwright.server.standin import StandIn
from specwright.server.validation import violations

MEDIA = {"content-type": "application/json"}


@pytest.mark.parametrize("seed", range(12))
def test_an_answer_is_a_sound_request(strict, seed):
    standin = StandIn(strict.services, seed)
    body = standin.answer(Request("POST", "/Values", MEDIA, b"{}")).body
    again = standin.answer(Request("POST", "/Values", MEDIA, body))
    assert again.status == 200, again.body
    json.loads(body)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(
    "path",
    ["TreePayload", "UnionPayload", "ListPayload", "DocumentPayload", "JpegPayload"],
)
def test_a_payload_is_a_sound_request(strict, path, seed):
    standin = StandIn(strict.services, seed)
    first = standin.answer(Request("POST", f"/{path}"))
    media = {n.lower(): t for n, t in first.headers if n == "Content-Type"}
    again = standin.answer(Request("POST", f"/{path}", media, first.body))
    assert (first.status, again.status) == (200, 200), again.body


@pytest.mark.parametrize("seed", range(12))
def test_headers_of_an_answer_are_sound_in_a_request(strict, seed):
    standin = StandIn(strict.services, seed)
    first = standin.answer(Request("POST", "/Headers"))
    names = {n.lower(): t for n, t in first.headers if n.lower().startswith("x-")}
    names.pop("x-amzn-requestid")
    assert names
    assert standin.answer(Request("POST", "/Headers", names)).status == 200


@pytest.mark.parametrize("seed", range(40))
def test_every_shape(strict, seed):
    service = strict.services[0]
    shape = next(
        o.input
        for s in strict.services
        for o in s.operations.values()
        if o.name == "Values"
    )
    service = next(
        s
        for s in strict.services
        if any(o.input is shape for o in s.operations.values())
    )
    whole = replace(
        shape, members=tuple(replace(m, required=True) for m in shape.members)
    )
    made = invent.structure(service, whole, str(seed))
    assert set(made) == {m.name for m in whole.members}
    assert list(violations(service, whole, made)) == []


def test_lists_and_maps_of_few_values_reach_their_lengths(strict):
    service: Service = strict.services[0]
    letters = Shape("string", constraints=Constraints(enum=tuple("abcdefghij")))
    either = Shape("string", constraints=Constraints(pattern="[ab]", match="full"))
    exactly = Constraints(length=Bounds(10, 10), unique=True)
    shapes = [
        Shape("list", item=Member("member", letters, "member"), constraints=exactly),
        Shape(
            "map",
            key=Member("key", letters, "key"),
            value=Member("value", Shape("boolean"), "value"),
            constraints=exactly,
        ),
        Shape(
            "list",
            item=Member("member", either, "member"),
            constraints=replace(exactly, length=Bounds(2, 2)),
        ),
        Shape(
            "list",
            item=Member("member", Shape("timestamp"), "member"),
            constraints=exactly,
        ),
        Shape(
            "list",
            item=Member("member", Shape("boolean"), "member"),
            constraints=replace(exactly, length=Bounds(2, None)),
        ),
    ]
    for seed in range(10):
        for shape in shapes:
            holder = Shape(
                "structure", members=(Member("it", shape, "it", required=True),)
            )
            made = invent.structure(service, holder, str(seed))
            assert list(violations(service, holder, made)) == []


def test_what_is_asked_for_comes_back_only_where_the_answer_may_hold_it(strict):
    service = next(s for s in strict.services if s.id == "Strict Rest")
    operation = service.operations["Values"]
    tight = replace(
        next(m for m in operation.output.members if m.name == "string"),
        constraints=Constraints(length=Bounds(3, 3)),
    )
    others = tuple(m for m in operation.output.members if m.name != "string")
    narrow = replace(
        operation, output=replace(operation.output, members=(tight, *others))
    )
    standin = StandIn([replace(service, operations={"Values": narrow})])
    for text, held in (("abc", True), ("abcd", False)):
        body = json.dumps({"string": text}).encode()
        answer = json.loads(
            standin.answer(Request("POST", "/Values", MEDIA, body)).body
        )
        assert (answer.get("string") == text) is held
