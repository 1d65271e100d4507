"""The keys that models have: which are carried, and which say nothing that a client needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from specwright.sources.botocore.report import Finding, Path
from specwright.sources.botocore.values import Json

_PROSE = {"documentation", "documentationUrl"}
_DEPRECATION = {"deprecated", "deprecatedMessage", "deprecatedSince"}
_XML = {"flattened", "locationName", "xmlNamespace"}
_BOUNDS = {"min", "max"}

CARRIED: Mapping[str, frozenset[str]] = {
    "service": frozenset(
        {"version", "metadata", "operations", "shapes", "clientContextParams"}
        | _PROSE
        | _DEPRECATION
    ),
    "metadata": frozenset(
        {
            *("apiVersion", "auth", "awsQueryCompatible", "endpointPrefix"),
            *("globalEndpoint", "jsonVersion", "protocol", "protocolSettings"),
            *("protocols", "serviceAbbreviation", "serviceFullName", "serviceId"),
            *("signatureVersion", "signingName", "targetPrefix", "uid", "xmlNamespace"),
        }
    ),
    "operation": frozenset(
        {
            *("auth", "authtype", "endpoint", "endpointdiscovery", "endpointoperation"),
            *("errors", "http", "httpChecksum", "httpChecksumRequired", "idempotent"),
            *("input", "name", "operationContextParams", "output", "readonly"),
            *("requestcompression", "staticContextParams", "unsignedPayload"),
        }
        | _PROSE
        | _DEPRECATION
    ),
    "http": frozenset({"method", "requestUri", "responseCode"}),
    "endpoint": frozenset({"hostPrefix"}),
    "checksum": frozenset(
        {
            *("requestAlgorithmMember", "requestChecksumRequired"),
            *("requestValidationModeMember", "responseAlgorithms"),
        }
    ),
    "input": frozenset({"shape", "locationName", "xmlNamespace"} | _PROSE),
    "output": frozenset({"shape", "resultWrapper"} | _PROSE),
    "structure": frozenset(
        {
            *(
                "type",
                "members",
                "required",
                "payload",
                "union",
                "document",
                "sensitive",
            ),
            *("error", "exception", "fault", "retryable", "event", "eventstream"),
            *("xmlNamespace", "xmlOrder", "locationName"),
        }
        | _PROSE
        | _DEPRECATION
    ),
    "list": frozenset(
        {"type", "member", "sensitive", "sparse", "uniqueItems"}
        | _XML
        | _BOUNDS
        | _PROSE
        | _DEPRECATION
    ),
    "map": frozenset(
        {"type", "key", "value", "sensitive", "sparse"}
        | _XML
        | _BOUNDS
        | _PROSE
        | _DEPRECATION
    ),
    "string": frozenset(
        {"type", "enum", "mediaType", "pattern", "sensitive"}
        | _BOUNDS
        | _PROSE
        | _DEPRECATION
    ),
    "blob": frozenset(
        {"type", "mediaType", "requiresLength", "sensitive", "streaming"}
        | _BOUNDS
        | _PROSE
        | _DEPRECATION
    ),
    "timestamp": frozenset(
        {"type", "timestampFormat", "sensitive"} | _PROSE | _DEPRECATION
    ),
    "boolean": frozenset({"type", "sensitive"} | _PROSE | _DEPRECATION),
    "number": frozenset(
        {"type", "enum", "sensitive"} | _BOUNDS | _PROSE | _DEPRECATION
    ),
    "member": frozenset(
        {
            *(
                "shape",
                "contextParam",
                "default",
                "enum",
                "eventheader",
                "eventpayload",
            ),
            *("hostLabel", "idempotencyToken", "jsonvalue", "location", "pattern"),
            *("queryName", "sensitive", "streaming", "timestampFormat", "xmlAttribute"),
        }
        | _XML
        | _BOUNDS
        | _PROSE
        | _DEPRECATION
    ),
    "error": frozenset({"code", "httpStatusCode", "senderFault"}),
    "paginator": frozenset(
        {
            *("input_token", "output_token", "result_key", "limit_key", "more_results"),
            "non_aggregate_keys",
        }
    ),
    "waiter": frozenset(
        {"acceptors", "delay", "description", "maxAttempts", "operation"}
    ),
    "acceptor": frozenset({"argument", "expected", "matcher", "state"}),
}
"""The keys that each kind of object may have and that a spec carries."""

DROPPED: Mapping[str, str] = {
    "box": "any member may be left out, so it says nothing",
    "checksumFormat": "no client reads it",
    "examples": "examples are no part of a spec",
    "ripServiceName": "no client reads it",
    "synthetic": "it says how the error came into the model",
    "wrapper": "the members of the structure around say the same",
}
"""Keys that are left out on purpose, and why."""


def unread(
    value: Json, kind: str, path: Path, operations: tuple[str, ...]
) -> Iterator[Finding]:
    """The keys of an object that a spec does not carry."""
    for key in value.keys() - CARRIED[kind]:
        reason = DROPPED.get(key)
        if reason is not None:
            yield Finding("dropped", (*path, key), f"'{key}': {reason}", operations)
        else:
            message = f"'{key}' is no known key of botocore's models"
            yield Finding("unknown", (*path, key), message, operations)
