"""What endpoint rules say of signatures, and members that change the host of a request."""

from typing import Any

import pytest

from specwright.sources.botocore import Companions
from specwright.sources.botocore.routing import RuledAuth, ruled_auth

from .conftest import documents, operation, structure

PLAIN: dict[str, Any] = {"name": "sigv4", "signingRegion": "us-east-1"}
NAMED: dict[str, Any] = {**PLAIN, "signingName": "Own"}
REGIONAL: dict[str, Any] = {"name": "sigv4a", "signingRegionSet": ["*"]}


def endpoint(*schemes: dict[str, Any], **more: Any) -> dict[str, Any]:
    properties = {"authSchemes": list(schemes)} if schemes else {}
    told = {"url": "https://x", "properties": properties, "headers": {}}
    return {"type": "endpoint", "conditions": [], "endpoint": told, **more}


def tree(*rules: dict[str, Any], given: str = "") -> dict[str, Any]:
    asked = [{"fn": "isSet", "argv": [{"ref": given}]}] if given else []
    return {"type": "tree", "conditions": asked, "rules": list(rules)}


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ({}, RuledAuth()),
        (tree(endpoint(), endpoint(PLAIN)), RuledAuth()),
        (tree(endpoint(), endpoint(NAMED)), RuledAuth(name="Own")),
        (tree(endpoint(PLAIN), endpoint(NAMED)), RuledAuth()),
        (tree(endpoint({**NAMED, "name": "sigv4-s3express"})), RuledAuth()),
        (
            tree(endpoint(REGIONAL), tree(endpoint(REGIONAL), given="A")),
            RuledAuth(True, "*"),
        ),
        (tree(endpoint(REGIONAL, PLAIN), endpoint(PLAIN)), RuledAuth(False, "*")),
        (
            tree(
                tree(endpoint(REGIONAL), given="Id"),
                tree(endpoint(), endpoint(PLAIN), given="Region"),
                given="Region",
            ),
            RuledAuth(False, "*", "Id"),
        ),
        # Where the same parameter leads elsewhere, it doesn't decide.
        (
            tree(tree(endpoint(REGIONAL), endpoint(PLAIN), given="Id"), endpoint()),
            RuledAuth(False, "*"),
        ),
        (
            tree(
                endpoint(REGIONAL),
                endpoint({"name": "sigv4a", "signingRegionSet": ["eu-west-1"]}),
            ),
            RuledAuth(True),
        ),
        ({"rules": [{"conditions": 5, "endpoint": [], "rules": 7}, 8]}, RuledAuth()),
    ],
)
def test_signatures_of_rules(rules: dict[str, Any], expected: RuledAuth) -> None:
    assert ruled_auth(rules) == expected


def given(name: str) -> dict[str, Any]:
    return {"shape": "String", "contextParam": {"name": name}}


def test_signatures_that_rules_ask_for_always() -> None:
    beside = Companions(rule_set=tree(endpoint(REGIONAL)))
    found = documents({}, {"Do": operation()}, companions=beside)
    service = found.documents["service.yaml"]
    assert (service["auth"], service["signing_regions"]) == (["sigv4a"], "*")


def test_rules_are_newer_than_signatures_of_version_2() -> None:
    beside = Companions(rule_set=tree(endpoint(NAMED), endpoint()))
    for version, auth, name in (("v2", ["sigv4"], "Own"), ("v4", None, None)):
        told = {"signatureVersion": version}
        found = documents({}, {"Do": operation()}, told, companions=beside)
        service = found.documents["service.yaml"]
        assert (service.get("auth"), service.get("signing_name")) == (auth, name)


def test_signatures_that_rules_ask_for_where_a_parameter_is_set() -> None:
    beside = Companions(rule_set=tree(tree(endpoint(REGIONAL), given="Id"), endpoint()))
    shapes = {"In": structure(a=given("Id")), "Other": structure(a=given("Bucket"))}
    operations = {"Do": operation("In"), "Re": operation("Other")}
    found = documents(shapes, operations, companions=beside).documents
    assert found["operations/Do.yaml"]["routing"] == {"all_regions": "a"}
    assert "routing" not in found["operations/Re.yaml"]
    assert "signing_regions" not in found["service.yaml"]


def test_ids_that_answers_have_with_their_kind() -> None:
    shapes = {"ResourceId": {"type": "string"}}
    shapes["In"] = structure(Id="ResourceId", Name="String")
    for service, expected in (("Route 53", ["Id"]), ("Things", None)):
        found = documents(
            shapes, {"Do": operation("In")}, metadata={"serviceId": service}
        )
        assert found.documents["operations/Do.yaml"].get("last_parts") == expected


def test_members_that_change_the_host() -> None:
    shapes = {"In": structure(o=given("OutpostId")), "P": structure(url="String")}
    prefixed = operation("In", endpoint={"hostPrefix": "a."})
    control = documents(
        shapes,
        {"Do": prefixed, "Re": operation("In")},
        metadata={"serviceId": "S3 Control"},
    ).documents
    assert control["operations/Do.yaml"]["routing"] == {"unprefixed": "o"}
    assert "routing" not in control["operations/Re.yaml"]
    shapes = {"P": structure(PredictEndpoint="String")}
    learning = documents(
        shapes,
        {"Predict": operation("P"), "Do": operation()},
        metadata={"serviceId": "Machine Learning"},
    ).documents
    assert learning["operations/Predict.yaml"]["routing"] == {"host": "PredictEndpoint"}
    assert "routing" not in learning["operations/Do.yaml"]
