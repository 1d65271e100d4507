"""Operations of a model to documents of operations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from specwright.sources.botocore.model import Model, error_names
from specwright.sources.botocore.paging import write_pagination
from specwright.sources.botocore.report import Path
from specwright.sources.botocore.routing import IDS, UNPREFIXED, URLS
from specwright.sources.botocore.scope import Scope
from specwright.sources.botocore.service import auth_names, provenance
from specwright.sources.botocore.shapes import (
    deprecation,
    is_misplaced,
    prose,
    write_members,
    write_shape,
    xml_namespace,
)
from specwright.sources.botocore.values import (
    Json,
    Spec,
    entries,
    flag,
    mapping,
    plain,
    status_of,
    text,
    texts,
)
from specwright.sources.botocore.waiting import write_waiters

_INLINE = frozenset({"type", "members", "required", "payload", "documentation", "box"})
_CHECKSUM: Mapping[str, str] = {
    "requestAlgorithmMember": "algorithm",
    "requestChecksumRequired": "request_required",
    "requestValidationModeMember": "validation_mode",
    "responseAlgorithms": "response_algorithms",
}
_AUTHTYPES: Mapping[str, str] = {
    "bearer": "http-bearer",
    "v4": "sigv4",
    "v4a": "sigv4a",
}


@dataclass(frozen=True, slots=True)
class Beside:
    """What the files beside a model say about all operations."""

    paginators: Json
    waiters: Json


def is_inline(name: str, model: Model) -> bool:
    """True for a shape that is one operation's input or output and nothing else.

    Its members then stand in the operation; its own name, which adds nothing to the
    operation's, is not written.
    """
    shape = model.shapes[name]
    alone = model.references[name] == 1 and name not in model.errors
    # Members called like this would be taken for a reference to a shape.
    return alone and shape.keys() <= _INLINE and "ref" not in mapping(shape, "members")


def write_operation(name: str, beside: Beside, scope: Scope) -> Spec:
    """The document of an operation, with the shapes that no other operation reaches."""
    model = scope.model
    operation = model.operations[name]
    path: Path = ("operations", name)
    scope.check_keys(operation, "operation", path, (name,))
    result: Spec = {"specwright": 1, "operation": name}
    if (own := text(operation, "name")) not in (None, name):
        result["model_name"] = own
    result |= prose(operation, scope)
    result |= deprecation(operation)
    if reason := _unsupported(operation, model):
        result["unsupported"] = reason
        scope.say("unsupported", path, reason, (name,))
    result["http"] = _http(operation, path, name, scope)
    result |= _traits(operation, path, name, scope)
    result |= provenance(model.metadata)
    for section in ("input", "output"):
        reference = mapping(operation, section)
        if (target := text(reference, "shape")) is not None:
            scope.check_keys(reference, section, (*path, section), (name,))
            members = entries(mapping(model.shapes[target], "members"))
            misplaced = any(is_misplaced(member, section) for _, member in members)
            if misplaced or is_inline(target, model):
                scope.check_keys(model.shapes[target], "structure", ("shapes", target))
                result[section] = write_members(target, scope, section)
            else:
                result[section] = {"ref": target}
    if errors := list(dict.fromkeys(error_names(operation))):
        result["errors"] = errors
    paginator = mapping(beside.paginators, name)
    if paginator and (pagination := write_pagination(name, paginator, scope)):
        result["pagination"] = pagination
    if waiters := write_waiters(name, beside.waiters, scope):
        result["waiters"] = waiters
    own_shapes = {
        shape: write_shape(shape, scope)
        for shape in model.shapes
        if model.owners.get(shape) == name and is_written(shape, scope)
    }
    return {**result, "shapes": own_shapes} if own_shapes else result


def is_written(shape: str, scope: Scope) -> bool:
    """True for a shape that stands under ``shapes``: all but what is written where it is used."""
    if scope.is_inlined(shape):
        return False
    return not (shape in scope.io_shapes and is_inline(shape, scope.model))


def _http(operation: Json, path: Path, name: str, scope: Scope) -> Spec:
    http = mapping(operation, "http")
    scope.check_keys(http, "http", (*path, "http"), (name,))
    result: Spec = {"method": text(http, "method"), "path": text(http, "requestUri")}
    status = status_of(http, "responseCode")
    if status is None and "responseCode" in http:
        scope.say(
            "unknown", (*path, "http", "responseCode"), "this is no status", (name,)
        )
    if status is not None and status != 200:
        result["status"] = status
    return result


def _traits(operation: Json, path: Path, name: str, scope: Scope) -> Spec:
    result: Spec = {}
    endpoint = mapping(operation, "endpoint")
    scope.check_keys(endpoint, "endpoint", (*path, "endpoint"), (name,))
    if (prefix := text(endpoint, "hostPrefix")) is not None:
        result["host_prefix"] = prefix
    result |= _signing(operation, path, name, scope)
    if routes := _routing(name, operation, scope):
        result["routing"] = routes
    if ids := _ids(operation, scope):
        result["last_parts"] = ids
    if checksum := _checksum(operation, path, name, scope):
        result["checksum"] = checksum
    if encodings := texts(mapping(operation, "requestcompression"), "encodings"):
        result["compression"] = encodings
    if "endpointdiscovery" in operation:
        needed = flag(mapping(operation, "endpointdiscovery"), "required")
        result["endpoint_discovery"] = "required" if needed else "optional"
    for key, word in (
        ("endpointoperation", "endpoint_operation"),
        ("idempotent", "idempotent"),
        ("readonly", "readonly"),
    ):
        if flag(operation, key):
            result[word] = True
    context = {
        **mapping(operation, "staticContextParams"),
        **mapping(operation, "operationContextParams"),
    }
    if context:
        result["context"] = plain(context)
    request = mapping(operation, "input")
    root: Spec = {}
    if (element := text(request, "locationName")) is not None:
        root["name"] = element
    if (namespace := xml_namespace(request)) is not None:
        root["namespace"] = namespace
    if root:
        result["input_xml"] = root
    if (wrapper := text(mapping(operation, "output"), "resultWrapper")) is not None:
        result["result_wrapper"] = wrapper
    return result


def _routing(name: str, operation: Json, scope: Scope) -> Spec:
    """The members of an input that change where its requests go."""
    model = scope.model
    request = text(mapping(operation, "input"), "shape")
    members = mapping(model.shapes[request], "members") if request is not None else {}
    by_parameter = {
        parameter: own
        for own, member in entries(members)
        if (parameter := text(mapping(member, "contextParam"), "name")) is not None
    }
    service = text(model.metadata, "serviceId") or ""
    prefixed = "hostPrefix" in mapping(operation, "endpoint")
    url = URLS.get((service, name))
    stated = {
        "unprefixed": (
            by_parameter.get(UNPREFIXED.get(service, "")) if prefixed else None
        ),
        "host": url if url in members else None,
        "all_regions": by_parameter.get(scope.ruled.parameter or ""),
    }
    return {word: member for word, member in stated.items() if member is not None}


def _ids(operation: Json, scope: Scope) -> list[str]:
    """The members of an input whose values answers have with their kind before them."""
    known = IDS.get(text(scope.model.metadata, "serviceId") or "", frozenset())
    request = text(mapping(operation, "input"), "shape")
    if request is None or not known:
        return []
    members = entries(mapping(scope.model.shapes[request], "members"))
    return [name for name, member in members if text(member, "shape") in known]


def _signing(operation: Json, path: Path, name: str, scope: Scope) -> Spec:
    result: Spec = {}
    if "auth" in operation:
        result["auth"] = auth_names(operation)
    kind = text(operation, "authtype")
    if kind == "none":
        result.setdefault("auth", [])
    elif kind == "v4-unsigned-body":
        result["unsigned_payload"] = True
    elif kind is not None and kind in _AUTHTYPES:
        result.setdefault("auth", [_AUTHTYPES[kind]])
    elif kind is not None:
        reason = f"the kind of authentication '{kind}' is not known"
        scope.say("unsupported", (*path, "authtype"), reason, (name,))
    if flag(operation, "unsignedPayload"):
        result["unsigned_payload"] = True
    return result


def _checksum(operation: Json, path: Path, name: str, scope: Scope) -> Spec:
    result: Spec = {}
    if flag(operation, "httpChecksumRequired"):
        result["required"] = True
    said = mapping(operation, "httpChecksum")
    scope.check_keys(said, "checksum", (*path, "httpChecksum"), (name,))
    result |= {word: plain(said[key]) for key, word in _CHECKSUM.items() if key in said}
    return result


def _unsupported(operation: Json, model: Model) -> str | None:
    """Why no client can ever send an operation as it stands."""
    streams = [
        _streams_events(operation, section, model) for section in ("input", "output")
    ]
    if all(streams):
        return "events stream in both directions at once, which needs HTTP/2"
    return None


def _streams_events(operation: Json, section: str, model: Model) -> bool:
    name = text(mapping(operation, section), "shape")
    members = mapping(model.shapes[name], "members") if name is not None else {}
    targets = (text(m, "shape") for m in members.values() if isinstance(m, dict))
    return any(flag(model.shapes[t], "eventstream") for t in targets if t is not None)
