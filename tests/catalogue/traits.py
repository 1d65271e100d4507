"""What an operation uses of the models' vocabulary, as words; a sample is chosen by them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Json = Mapping[str, Any]

MESSAGES = ("request", "response", "error")
# Traits of shapes and members that change what stands on the wire, or what may.
SHAPE_TRAITS = (
    "document",
    "enum",
    "eventheader",
    "eventpayload",
    "eventstream",
    "flattened",
    "hostLabel",
    "idempotencyToken",
    "jsonvalue",
    "max",
    "min",
    "pattern",
    "queryName",
    "requiresLength",
    "retryable",
    "sensitive",
    "sparse",
    "streaming",
    "union",
    "wrapper",
    "xmlAttribute",
    "xmlNamespace",
    "xmlOrder",
)
OPERATION_TRAITS = (
    "auth",
    "authtype",
    "deprecated",
    "endpoint",
    "endpointdiscovery",
    "endpointoperation",
    "httpChecksum",
    "httpChecksumRequired",
    "idempotent",
    "operationContextParams",
    "readonly",
    "requestcompression",
    "staticContextParams",
    "unsignedPayload",
)


def traits(model: Json, protocol: str) -> dict[str, frozenset[str]]:
    """The words for each operation of a model; each word begins with the protocol."""
    shapes: Json = model["shapes"]
    own = {name: frozenset(_of_shape(name, shape)) for name, shape in shapes.items()}
    below = {name: tuple(_below(shape)) for name, shape in shapes.items()}
    return {
        name: frozenset(
            f"{protocol} {word}" for word in _of_operation(op, shapes, own, below)
        )
        for name, op in model["operations"].items()
    }


def _of_operation(
    operation: Json,
    shapes: Json,
    own: Mapping[str, frozenset[str]],
    below: Mapping[str, tuple[str, ...]],
) -> Iterator[str]:
    yield from (
        f"operation {trait}" for trait in OPERATION_TRAITS if operation.get(trait)
    )
    http = operation["http"]
    yield f"method {http['method']}"
    path, _, query = http["requestUri"].partition("?")
    if "+}" in path:
        yield "greedy label"
    if query:
        yield "query in the URI"
    if http.get("responseCode", 200) != 200:
        yield "other status"
    roots = {
        "request": [operation["input"]] if "input" in operation else [],
        "response": [operation["output"]] if "output" in operation else [],
        "error": operation.get("errors", []),
    }
    for message in MESSAGES:
        names = [reference["shape"] for reference in roots[message]]
        if not names:
            yield f"no {message}"
        for reference in roots[message]:
            for key in ("xmlNamespace", "resultWrapper"):
                if reference.get(key):
                    yield f"{message} {key}"
        for name in names:
            yield from (f"{message} {word}" for word in _of_root(shapes[name], shapes))
        seen: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name in seen:
                continue
            seen.add(name)
            waiting += below[name]
            yield from (f"{message} {word}" for word in own[name])


def _of_root(shape: Json, shapes: Json) -> Iterator[str]:
    """Where the members of a message stand."""
    if shape.get("payload"):
        member = shape["members"][shape["payload"]]
        target = shapes[member["shape"]]
        yield f"payload {target['type']}"
    if (shape.get("error") or {}).get("code"):
        yield "code"
    for member in shape["members"].values():
        if "location" in member:
            target = shapes[member["shape"]]
            yield f"{member['location']} {target['type']}"
            if target["type"] == "list":
                yield f"{member['location']} list of {shapes[target['member']['shape']]['type']}"
            if member.get("timestampFormat") or target.get("timestampFormat"):
                yield f"{member['location']} {member.get('timestampFormat') or target.get('timestampFormat')}"


def _of_shape(name: str, shape: Json) -> Iterator[str]:
    yield f"type {shape['type']}"
    if name in _below(shape):
        yield "recursion"
    for reference in (shape, *_references(shape)):
        for trait in SHAPE_TRAITS:
            if reference.get(trait):
                yield trait
        if reference.get("timestampFormat"):
            yield f"timestamp {reference['timestampFormat']}"
    if shape["type"] == "structure" and not shape["members"]:
        yield "nothing in a structure"
    if any(reference.get("locationName") for reference in _references(shape)):
        yield f"locationName in a {shape['type']}"


def _references(shape: Json) -> list[Json]:
    found = [shape[part] for part in ("member", "key", "value") if part in shape]
    return [*found, *shape.get("members", {}).values()]


def _below(shape: Json) -> list[str]:
    return [reference["shape"] for reference in _references(shape)]
