"""The metadata of a model to the document of a service."""

from __future__ import annotations

from collections.abc import Mapping

from specwright.sources.botocore.checking import PROTOCOLS
from specwright.sources.botocore.scope import Scope
from specwright.sources.botocore.shapes import deprecation, prose, xml_namespace
from specwright.sources.botocore.values import (
    Json,
    Spec,
    entries,
    mapping,
    text,
    texts,
)

SOURCE = "model"
"""The key of the model among a file's sources."""

_AUTH: Mapping[str, str] = {
    "aws.auth#sigv4": "sigv4",
    "aws.auth#sigv4a": "sigv4a",
    "smithy.api#httpBearerAuth": "http-bearer",
    "smithy.api#noAuth": "none",
}
# What services want to be told by header, and their models don't say; {} is the version.
_HEADERS: Mapping[str, Mapping[str, str]] = {
    "API Gateway": {"Accept": "application/json"},
    "Glacier": {"x-amz-glacier-version": "{}"},
}
_HTTP2: Mapping[str, str] = {"eventstream": "event-stream", "optional": "optional"}


def write_service(scope: Scope, rules: str | None, package: str | None = None) -> Spec:
    """The document ``service.yaml``."""
    model = scope.model
    metadata = model.metadata
    whole_file = {**model.rest, "metadata": 0, "operations": 0, "shapes": 0}
    scope.check_keys(whole_file, "service", ())
    scope.check_keys(metadata, "metadata", ("metadata",))
    for key, guess in model.assumed.items():
        reason = f"there is no '{key}'; '{guess}' is assumed"
        scope.say("unknown", ("metadata",), reason)
    service_id = text(metadata, "serviceId") or ""
    protocols = protocols_of(metadata)
    result: Spec = {
        "specwright": 1,
        "service": service_id,
        **({} if package is None else {"package": package}),
        "title": text(metadata, "serviceFullName") or service_id,
        "version": text(metadata, "apiVersion"),
        **prose(model.rest, scope),
        **deprecation(model.rest),
        "protocols": protocols,
    }
    for key, word in (
        ("serviceAbbreviation", "abbreviation"),
        ("uid", "uid"),
        ("targetPrefix", "target_prefix"),
        ("signatureVersion", "signature"),
        ("signingName", "signing_name"),
    ):
        if (value := text(metadata, key)) is not None:
            result[word] = value
    if headers := _HEADERS.get(service_id):
        api = text(metadata, "apiVersion") or ""
        result["headers"] = {name: said.format(api) for name, said in headers.items()}
    if (version := text(metadata, "jsonVersion")) is not None:
        if "json" in protocols:
            result["json_version"] = version
        else:
            reason = "'jsonVersion': only the protocol 'json' has versions"
            scope.say("dropped", ("metadata", "jsonVersion"), reason)
    if (namespace := xml_namespace(metadata)) is not None:
        result["xml_namespace"] = namespace
    auth = auth_names(metadata) if "auth" in metadata else None
    if scope.ruled.always:
        auth = ["sigv4a"]
    if auth is None and scope.ruled.name and result.get("signature") == "v2":
        # The model is older than its rules, which know of nothing but version 4.
        auth, result["signing_name"] = ["sigv4"], scope.ruled.name
    if auth is not None:
        result["auth"] = auth
    if auth and "sigv4a" in auth and scope.ruled.regions:
        result["signing_regions"] = scope.ruled.regions
    if "awsQueryCompatible" in metadata:
        result["query_compatible"] = True
    if settings := mapping(metadata, "protocolSettings"):
        _http2(settings, result, scope)
    result["endpoint"] = _endpoint(metadata, rules, scope)
    if "signing_name" not in result and "prefix" not in mapping(result, "endpoint"):
        result["signing_name"] = service_id.lower().replace(" ", "-")
    if parameters := _parameters(model.rest):
        result["context_params"] = parameters
    return {**result, **provenance(metadata)}


def provenance(metadata: Json) -> Spec:
    """The keys that every file of an import ends its head with."""
    version = text(metadata, "apiVersion")
    return {
        "sources": {SOURCE: {"format": "botocore", "version": version}},
        "from": {"default": SOURCE},
    }


def protocols_of(metadata: Json) -> list[str]:
    """The protocols of a service by the names of specs, best first."""
    named = texts(metadata, "protocols") or texts(metadata, "protocol")
    return list(dict.fromkeys(PROTOCOLS[name] for name in named))


def auth_names(value: Json) -> list[str]:
    """Ways to sign, by short names where they are known; [] stands for none at all."""
    names = [_AUTH.get(name, name) for name in texts(value, "auth") if name]
    return [] if names == ["none"] else names


def _endpoint(metadata: Json, rules: str | None, scope: Scope) -> Spec:
    stated = {
        "prefix": text(metadata, "endpointPrefix"),
        "global": text(metadata, "globalEndpoint"),
        "rules": rules,
    }
    result: Spec = {key: value for key, value in stated.items() if value is not None}
    if not result:
        result["prefix"] = "-".join((text(metadata, "serviceId") or "").lower().split())
        reason = f"there is no 'endpointPrefix'; '{result['prefix']}' is assumed"
        scope.say("unknown", ("metadata",), reason)
    return result


def _http2(settings: Json, result: Spec, scope: Scope) -> None:
    for key, value in settings.items():
        if key == "h2" and isinstance(value, str) and value in _HTTP2:
            result["http2"] = _HTTP2[value]
        else:
            reason = f"the protocol setting '{key}' is not known"
            scope.say("unknown", ("metadata", "protocolSettings", key), reason)


def _parameters(rest: Json) -> Spec:
    """Parameters of endpoint rules that belong to a client."""
    return {
        name: {"type": text(parameter, "type") or "string"}
        for name, parameter in entries(mapping(rest, "clientContextParams"))
    }
