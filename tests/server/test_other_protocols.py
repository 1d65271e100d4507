"""What is not served is said at the start, and answered with a 501 where it can be told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from specwright.model import Http, Member, Operation, Service, Shape
from specwright.server.messages import Request
from specwright.server.standin import StandIn
from specwright.server.unserved import notices

EMPTY = Shape("structure")


def only(service: Service, protocol: str) -> Service:
    operation = Operation("DoThing", Http("POST", "/2024/{id}"), EMPTY, EMPTY)
    return replace(
        service,
        id=f"Only {protocol}",
        protocol=protocol,
        protocols=(protocol,),
        operations={"DoThing": operation},
    )


REQUESTS = {
    "rest-xml": Request("POST", "/2024/x"),
}


@pytest.mark.parametrize("protocol", REQUESTS)
@pytest.mark.parametrize("alone", [True, False])
def test_a_protocol_that_is_not_spoken(things, protocol, alone):
    service = only(things, protocol)
    standin = StandIn([service] if alone else [things, service])
    assert [(o.name, why) for _, o, why in standin.unserved()] == [
        ("DoThing", f"the protocol {protocol} is not spoken here")
    ]
    answer = standin.answer(REQUESTS[protocol])
    assert answer.status == 501
    assert b"DoThing" in answer.body
    assert standin.answer(Request("POST", "/nowhere", {}, b"\xff=x")).status == 404


def test_a_service_that_is_not_served_at_all_is_told_in_a_line(things):
    whole = replace(things, protocols=("rest-xml",))
    told = (
        "Things: none of its 4 operations is served, for the protocol rest-xml is not"
    )
    assert list(notices([things, whole])) == [f"{told} spoken here"]
    alone = only(things, "rest-xml")
    assert list(notices([alone])) == [
        "Only rest-xml DoThing: not served, for the protocol rest-xml is not spoken here"
    ]


@pytest.mark.parametrize(
    ("location", "shape"),
    [
        ("header", Shape("structure")),
        ("query", Shape("document")),
        ("path", Shape("list", item=Member("member", Shape("string"), "member"))),
    ],
)
def test_a_member_that_no_text_can_hold(things, location, shape):
    member = Member("odd", shape, "odd", location, required=True)
    path = "/odd/{odd}" if location == "path" else "/odd/x"
    odd = Operation(
        "Odd", Http("GET", path), Shape("structure", members=(member,)), EMPTY
    )
    standin = StandIn([replace(things, operations={"Odd": odd})])
    assert [why for _, _, why in standin.unserved()] == [
        f"'odd' is a {shape.type} in the {location}"
    ]
    assert standin.answer(Request("GET", "/odd/x")).status == 501


def test_other_operations_are_served_all_the_same(things):
    standin = StandIn([only(things, "query"), things])
    assert standin.answer(Request("GET", "/things/special")).status == 200
