"""What is not served is said at the start, and answered with a 501."""

from __future__ import annotations

from dataclasses import replace

import pytest

from specwright.model import Http, Member, Operation, Service, Shape
from specwright.server.messages import Request
from specwright.server.standin import StandIn
from specwright.server.unserved import notices

EMPTY = Shape("structure")
DOCUMENT = Shape("structure", members=(Member("held", Shape("document"), "held"),))
TOLD = "it has documents, which XML can't hold"


def only(service: Service, protocol: str, shape: Shape = DOCUMENT) -> Service:
    operation = Operation("DoThing", Http("POST", "/2024/{id}"), EMPTY, shape)
    return replace(
        service,
        id=f"Only {protocol}",
        protocol=protocol,
        protocols=(protocol,),
        operations={"DoThing": operation},
    )


REQUESTS = {
    "rest-xml": Request("POST", "/2024/x"),
    "query": Request("POST", "/?Action=DoThing&Version=1"),
    "ec2": Request("GET", "/?Action=DoThing"),
}


@pytest.mark.parametrize("protocol", REQUESTS)
@pytest.mark.parametrize("alone", [True, False])
def test_documents_in_xml(things, protocol, alone):
    service = only(things, protocol)
    standin = StandIn([service] if alone else [things, service])
    assert [(o.name, why) for _, o, why in standin.unserved()] == [("DoThing", TOLD)]
    answer = standin.answer(REQUESTS[protocol])
    assert answer.status == 501
    assert b"DoThing" in answer.body


def test_a_service_that_is_not_served_at_all_is_told_in_a_line(things):
    alone = only(things, "query")
    assert list(notices([things, alone])) == [
        f"Only query DoThing: not served, for {TOLD}"
    ]
    operation = alone.operations["DoThing"]
    two = {name: replace(operation, name=name) for name in ("A", "B")}
    assert list(notices([replace(alone, operations=two)])) == [
        f"Only query: none of its 2 operations is served, for {TOLD}"
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


PROTOCOLS = ("json", "rest-json", "rest-xml", "query", "ec2", "rpc-v2-cbor")


def test_every_protocol_is_served_beside_the_others(things):
    spoken = [only(things, protocol, EMPTY) for protocol in PROTOCOLS]
    spoken = [replace(service, target_prefix="Thing") for service in spoken]
    form = {"content-type": "application/x-www-form-urlencoded"}
    standin = StandIn([*spoken, things])
    assert standin.unserved() == []
    for request, protocol in (
        (Request("POST", "/", form, b"Action=DoThing"), "query"),
        (Request("POST", "/2024/x", {"x-amz-date": "1"}), "rest-json"),
        (
            Request(
                *("POST", "/service/Thing/operation/DoThing"),
                {"smithy-protocol": "rpc-v2-cbor"},
            ),
            "rpc-v2-cbor",
        ),
        (
            Request(
                *("POST", "/"),
                {
                    "x-amz-target": "Thing.DoThing",
                    "content-type": "application/x-amz-json-1.1",
                },
            ),
            "json",
        ),
    ):
        _, route = standin.meant(request)
        assert route.service.protocol == protocol
        assert standin.answer(request).status == 200
    assert standin.answer(Request("GET", "/things/special")).status == 200


def test_nobody_is_served():
    answer = StandIn([]).answer(Request("GET", "/"))
    assert (answer.status, answer.body) == (404, b"No service is served.")
