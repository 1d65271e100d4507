"""The one formatter of spec files: the same data always gives the same text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain

from specwright.document import write

_FILE_KEYS = (
    *("specwright", "service", "package", "operation", "model_name", "title"),
    *(
        "abbreviation",
        "version",
        "uid",
        "doc",
        "deprecated",
        "unsupported",
        "protocols",
    ),
    *("json_version", "target_prefix", "xml_namespace", "query_compatible", "http2"),
    *(
        "http",
        "host_prefix",
        "routing",
        "last_parts",
        "endpoint",
        "signing_name",
        "signature",
        "headers",
        "auth",
        "signing_regions",
    ),
    *("unsigned_payload", "checksum", "compression", "context", "context_params"),
    *("endpoint_discovery", "endpoint_operation", "idempotent", "readonly"),
    *("input_xml", "result_wrapper", "sources", "from", "because", "input", "output"),
    *("errors", "pagination", "waiters", "shapes"),
)
_MEMBER_KEYS = (
    *("type", "ref", "required", "error", "doc", "deprecated", "in", "wire"),
    *("host_label", "timestamp", "length", "range", "pattern", "match", "enum"),
    *("default", "sensitive", "unique", "sparse", "idempotency_token", "json_value"),
    *("media_type", "streaming", "requires_length", "event_stream", "event"),
    *("context", "xml", "query_name", "ec2_name", "key", "value", "item", "members"),
    *("from", "because"),
)
_ACCEPTOR_KEYS = ("state", "matcher", "of", "path", "expected")
_WAITER_KEYS = ("doc", "delay", "attempts", "acceptors")
_KEYS_OF = {
    "http": ("method", "path", "status"),
    "pagination": (
        *("input_token", "output_token", "limit", "items", "more_results"),
        "constant",
    ),
    "error": ("fault", "status", "code", "retryable", "throttling"),
    "endpoint": ("prefix", "global", "rules"),
    "routing": ("unprefixed", "host", "all_regions"),
    "xml": ("name", "attribute", "namespace", "flattened", "order"),
    "input_xml": ("name", "namespace"),
    "checksum": (
        *("required", "algorithm", "request_required", "validation_mode"),
        "response_algorithms",
    ),
}
_SOURCE_KEYS = ("format", "page", "version")
_PROSE = frozenset({"doc", "because", "deprecated", "unsupported"})


def format_spec(data: Mapping[str, object]) -> str:
    """The text of a spec file. Reading it gives the data back, with keys in the fixed order.

    Members keep their order, for it means something. Raises TypeError for values that YAML's
    core schema does not have.
    """
    lines: list[str] = []
    for key, value in _ordered(data, _FILE_KEYS).items():
        match key, value:
            case "sources", Mapping():
                lines += _rows(key, (_source(k, v) for k, v in value.items()), 0)
            case ("input" | "output" | "shapes"), Mapping():
                lines += _members(key, value, 0)
            case "waiters", Mapping():
                lines += _rows(key, (_waiter(k, v) for k, v in value.items()), 0)
            case _:
                lines += _entry(key, value, 0)
    return "\n".join(lines or ["{}"]) + "\n"


def _source(key: str, value: object) -> list[str]:
    return write.entry(key, _ordered_if_mapping(value, _SOURCE_KEYS), 2)


def _waiter(key: str, value: object) -> list[str]:
    if not isinstance(value, Mapping):
        return write.entry(key, value, 2)
    ordered = _ordered(value, _WAITER_KEYS)
    if isinstance(acceptors := ordered.get("acceptors"), list):
        ordered["acceptors"] = [
            _ordered_if_mapping(acceptor, _ACCEPTOR_KEYS) for acceptor in acceptors
        ]
    return _rows(key, (_entry(k, v, 4) for k, v in ordered.items()), 2)


def _members(key: str, members: Mapping[str, object], indent: int) -> list[str]:
    return _rows(key, (_member(k, v, indent + 2) for k, v in members.items()), indent)


def _member(key: str, value: object, indent: int) -> list[str]:
    """A member or shape: on one line where it fits and holds no members, else key by key."""
    if not isinstance(value, Mapping) or not value:
        return write.entry(key, value, indent)
    value = _canonical(value)
    line = f"{' ' * indent}{write.key(key)}: {write.flow(value)}"
    if len(line) <= write.WIDTH and not _holds_members(value):
        return [line]
    return _rows(key, (_part(k, v, indent + 2) for k, v in value.items()), indent)


def _part(key: str, value: object, indent: int) -> list[str]:
    match key, value:
        case "members", Mapping():
            return _members(key, value, indent)
        case ("item" | "key" | "value"), Mapping():
            return _member(key, value, indent)
        case _:
            return _entry(key, value, indent)


def _entry(key: str, value: object, indent: int) -> list[str]:
    value = _ordered_if_mapping(value, _KEYS_OF.get(key, ()))
    return write.entry(key, value, indent, prose=key in _PROSE)


def _rows(key: str, entries: Iterable[list[str]], indent: int) -> list[str]:
    """A mapping whose entries begin lines of their own, whatever room there is."""
    head = f"{' ' * indent}{write.key(key)}:"
    rows = list(chain.from_iterable(entries))
    return [head, *rows] if rows else [head + " {}"]


def _canonical(member: Mapping[str, object]) -> dict[str, object]:
    """A member with its keys, and those of everything in it, in the fixed order."""
    result: dict[str, object] = {}
    for key, value in _ordered(member, _MEMBER_KEYS).items():
        match key, value:
            case "members", Mapping():
                result[key] = {
                    k: _canonical(v) if isinstance(v, Mapping) else v
                    for k, v in value.items()
                }
            case ("item" | "key" | "value"), Mapping():
                result[key] = _canonical(value)
            case _:
                result[key] = _ordered_if_mapping(value, _KEYS_OF.get(key, ()))
    return result


def _holds_members(member: Mapping[str, object]) -> bool:
    return "members" in member or any(
        _holds_members(part)
        for name in ("item", "key", "value")
        if isinstance(part := member.get(name), Mapping)
    )


def _ordered_if_mapping(value: object, order: tuple[str, ...]) -> object:
    return _ordered(value, order) if isinstance(value, Mapping) else value


def _ordered(value: Mapping[str, object], order: tuple[str, ...]) -> dict[str, object]:
    """The mapping with known keys first, in their order; the others follow as they come."""
    known = {key: value[key] for key in order if key in value}
    return known | {key: part for key, part in value.items() if key not in known}
