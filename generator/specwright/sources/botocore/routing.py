"""Where requests go beyond what models say: signatures that endpoint rules ask for, and members
that change a host."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from specwright.sources.botocore.values import Json, mapping, objects, text, texts

SIGV4A = "sigv4a"
# Parameters of rules that change the host before an account's prefix would.
UNPREFIXED: Mapping[str, str] = {"S3 Control": "OutpostId"}
# Members that are documented as the URL to call.
URLS: Mapping[tuple[str, str], str] = {
    ("Machine Learning", "Predict"): "PredictEndpoint"
}
# Shapes of ids that answers have with their kind before them, as in "/hostedzone/Z1", and
# requests without.
IDS: Mapping[str, frozenset[str]] = {
    "Route 53": frozenset({"ChangeId", "DelegationSetId", "ResourceId"})
}


@dataclass(frozen=True)
class RuledAuth:
    """How endpoint rules have requests signed.

    ``always`` is true where every endpoint asks for version 4A, ``regions`` are those that
    such signatures hold in, and ``parameter`` is the one that they depend on: endpoints ask
    for version 4A where it is set, and only there. ``name`` is the service's in signatures of
    version 4, where rules know of no other signatures and of no other name.
    """

    always: bool = False
    regions: str | None = None
    parameter: str | None = None
    name: str | None = None


@dataclass(frozen=True)
class _Endpoint:
    """An endpoint of rules: its ways to sign, and the parameters that are set where it is used."""

    schemes: frozenset[str]
    names: frozenset[str | None]
    regions: frozenset[str]
    parameters: frozenset[str]


def ruled_auth(rules: Json) -> RuledAuth:
    """What a set of endpoint rules says of signatures."""
    endpoints = list(_endpoints(rules, frozenset()))
    regional = [e for e in endpoints if SIGV4A in e.schemes]
    if not regional:
        return RuledAuth(name=_name(endpoints))
    others = [e for e in endpoints if SIGV4A not in e.schemes]
    regions = frozenset[str]().union(*(e.regions for e in regional))
    told = regions if len(regions) == 1 else frozenset[str]()
    common = regional[0].parameters.intersection(*(e.parameters for e in regional))
    deciding = common.difference(*(e.parameters for e in others))
    return RuledAuth(
        all(e.schemes == {SIGV4A} for e in endpoints),
        next(iter(told), None),
        next(iter(deciding)) if others and len(deciding) == 1 else None,
    )


def _name(endpoints: list[_Endpoint]) -> str | None:
    """The one name in signatures of version 4, where there are no others."""
    schemes = frozenset[str]().union(*(e.schemes for e in endpoints))
    names = frozenset[str | None]().union(*(e.names for e in endpoints))
    return next(iter(names)) if schemes == {"sigv4"} and len(names) == 1 else None


def _endpoints(rule: Json, parameters: frozenset[str]) -> Iterator[_Endpoint]:
    """The endpoints below a rule. ``parameters`` are those that are set where it is reached."""
    parameters |= {
        name
        for condition in objects(rule, "conditions")
        if condition.get("fn") == "isSet"
        for argument in objects(condition, "argv")
        if (name := text(argument, "ref")) is not None
    }
    endpoint = mapping(rule, "endpoint")
    if endpoint:
        schemes = objects(mapping(endpoint, "properties"), "authSchemes")
        yield _Endpoint(
            frozenset(text(scheme, "name") or "" for scheme in schemes),
            frozenset(text(scheme, "signingName") for scheme in schemes),
            frozenset(
                ",".join(texts(scheme, "signingRegionSet"))
                for scheme in schemes
                if scheme.get("name") == SIGV4A
            ),
            parameters,
        )
    for inner in objects(rule, "rules"):
        yield from _endpoints(inner, parameters)
