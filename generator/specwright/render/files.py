"""The table of output files: which template or runtime module writes each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from specwright import runtime
from specwright.model import Service
from specwright.python.clients import (
    client_view,
    root_face,
    service_view,
    shapes_face,
)
from specwright.python.conformance import conformance_view, strategies_view
from specwright.python.exceptions import errors_view
from specwright.python.modules import operation_module, shapes_module
from specwright.python.support import generated_shapes, unsupported
from specwright.python.symbols import symbols_of
from specwright.python.target import Target
from specwright.python.waiters import waiters_view
from specwright.templates_dir import templates_dir

RUNTIME = "_runtime"

# What every client needs, whatever its protocol.
BASE = (
    "__init__",
    "aiohttp_transport",
    "async_client",
    "client",
    "core",
    "credentials",
    "endpoints",
    "errors",
    "http",
    "lazy",
    "operation",
    "paging",
    "patterns",
    "protocol",
    "reading",
    "retries",
    "schema",
    "sigv4",
    "structure",
    "timestamps",
    "transport",
    "urllib3_transport",
    "validation",
    "values",
    "violations",
)
TREE = ("tree_codec",)
JSON = ("json_codec", "json_errors", *TREE)
CBOR = ("rpc_v2_cbor", "cbor", "cbor_codec", "query_codes", *TREE)
XML = ("maps", "texts", "xml_codec", "xml_errors", "xml_parser", "xml_words")
# Streams of events: those that are read, and those that are sent.
EVENTS = (
    *("closing", "event_answers", "event_frames", "event_schema", "event_stream"),
    *("streams", "traits"),
)
EVENTS_IN = (
    *("closing", "event_client", "event_frames", "event_requests", "event_schema"),
    *("event_signing", "event_stream", "streams", "traits"),
)
JSON_EVENTS = ("json_events", "json_codec", *TREE)
CBOR_EVENTS = ("cbor_events", *CBOR)
XML_EVENTS = ("xml_events", "xml_writer", *XML)
LINEAR = ("linear", "linear_patterns", "positions", "regex")
RARE = ("big_decimals", "documents", "int_enums", "rare_values")
STRATEGIES = (
    *(
        "strategies",
        "breaking",
        "drawing",
        "extents",
        "few_values",
        "heights",
        "leaves",
        "sampling",
        "lengths",
    ),
    *("anchored", "look_arounds", "maps", "unique_lists", *LINEAR, *RARE),
)
PARTS = ("http_answers", "http_bindings", "http_parts", "http_words", "maps", "texts")
FEATURES: Mapping[str, tuple[str, ...]] = {
    "page-paths": ("page_paths", "jmes"),
    "waiters": ("waiters", "waiting", "jmes"),
    "linear-patterns": LINEAR,
    "look-arounds": ("look_arounds", "look_patterns", *LINEAR),
    "protocol:rest-json": ("rest_json", "http_bindings", *JSON),
    "protocol:json": ("aws_json", *JSON),
    "protocol:rest-xml": ("rest_xml", *PARTS, "xml_writer", *XML),
    "protocol:query": ("aws_query", "form_codec", "http_bindings", *XML),
    "protocol:ec2": ("aws_query", "form_codec", "http_bindings", *XML),
    "checksums": ("checksums", "chunked", "crc", "digests", "traits", "uploads"),
    "compression": ("compression", "traits"),
    "fixed-headers": ("fixed_headers", "traits"),
    "tree-hash": ("traits", "tree_hash"),
    "unique-lists": ("unique_lists",),
    "unsigned": ("traits", "unsigned"),
    "streaming": ("closing", "streaming", "streams", "traits", "uploads"),
    "events:json": (*EVENTS, *JSON_EVENTS),
    "events:rest-json": (*EVENTS, *JSON_EVENTS),
    "events:rest-xml": (*EVENTS, *XML_EVENTS),
    "events:rpc-v2-cbor": (*EVENTS, *CBOR_EVENTS),
    "events-in:json": (*EVENTS_IN, *JSON_EVENTS),
    "events-in:rest-json": (*EVENTS_IN, *JSON_EVENTS),
    "events-in:rest-xml": (*EVENTS_IN, *XML_EVENTS),
    "events-in:rpc-v2-cbor": (*EVENTS_IN, *CBOR_EVENTS),
    "protocol:rpc-v2-cbor": CBOR,
    "auth": ("auth", "traits"),
    "auth:Bearer": ("auth", "bearer", "traits"),
    "auth:SigV2": ("auth", "http_bindings", "sigv2", "traits"),
    "auth:SigV4a": ("auth", "sigv4a", "traits"),
    "big-decimals": ("big_decimals",),
    "documents": ("documents", "maps"),
    "exact-json": ("exact_json", "big_decimals", *JSON),
    "int-enums": ("int_enums",),
    "strategies": STRATEGIES,
    "tests": ("conformance", "probes", *STRATEGIES),
    "http-parts": ("rest_json", "rest_json_bound", *PARTS, *JSON),
    "maps": ("maps",),
    "query-compatible": ("query_json", "query_codes", "aws_json", *JSON),
    "host-prefix": ("host_prefix", "traits"),
    "host-from": ("host_from", "traits"),
    "last-parts": ("last_parts", "traits"),
    "all-regions": ("all_regions", "auth", "sigv4a", "traits"),
}


@dataclass(frozen=True, slots=True)
class Rendered:
    """The files of one service by path below the output folder, and what they need.

    ``left_out`` maps operations that can't be generated to the reason.
    """

    files: Mapping[str, str]
    features: tuple[str, ...]
    left_out: Mapping[str, str] = field(default_factory=dict)


def render_service(
    service: Service, *, spec_root: str, extras: Sequence[str] = ()
) -> Rendered:
    """All files of a service. ``spec_root`` is how docs call the folder of specs;
    ``extras`` name what is written beside the clients."""
    reasons = {
        name: reason
        for name, operation in service.operations.items()
        if (reason := unsupported(service, operation)) is not None
    }
    operations = tuple(
        operation
        for name, operation in service.operations.items()
        if name not in reasons
    )
    if not operations:
        return Rendered({}, (), reasons)
    symbols = symbols_of(service, operations)
    kept = generated_shapes(service, operations)
    target = Target(service, symbols, operations, spec_root, kept, tuple(extras))
    files = service_files(target) | extra_files(target)
    needed = {*target.features, *extras}
    return Rendered(files, tuple(sorted(needed)), reasons)


def extra_files(target: Target) -> dict[str, str]:
    """What is written beside the clients of a service."""
    package = target.symbols.package
    files: dict[str, str] = {}
    if "strategies" in target.extras:
        files[f"{package}/strategies.py"] = render(
            "service/strategies.py", strategies_view(target)
        )
    if "tests" in target.extras:
        files[f"{package}/test_conformance.py"] = render(
            "service/test_conformance.py", conformance_view(target)
        )
    return files


def service_files(target: Target) -> dict[str, str]:
    """The package of a service."""
    service, symbols, operations = target.service, target.symbols, target.operations
    package = symbols.package
    about = target.module_doc(
        f"Operations of {service.id}, a module each", "service.yaml"
    )
    files = {
        f"{package}/__init__.py": render("service/__init__.py", root_face(target)),
        f"{package}/client.py": render(
            "service/client.py", client_view(target, is_async=False)
        ),
        f"{package}/async_client.py": render(
            "service/client.py", client_view(target, is_async=True)
        ),
        f"{package}/service.py": render("service/service.py", service_view(target)),
        f"{package}/errors.py": render("service/errors.py", errors_view(target)),
        f"{package}/operations/__init__.py": about + "\n",
        f"{package}/shapes/__init__.py": render(
            "service/shapes/__init__.py", shapes_face(target)
        ),
    }
    if "waiters" in target.features:
        files[f"{package}/waiters.py"] = render(
            "service/waiters.py", waiters_view(target)
        )
    for operation in operations:
        module = symbols.operations[operation.name].module
        files[f"{package}/operations/{module}.py"] = render(
            "service/operations/operation.py", operation_module(target, operation)
        )
    for module, shapes in target.modules().items():
        view = shapes_module(target, symbols.files[module], shapes)
        files[f"{package}/shapes/{module}.py"] = render(
            "service/shapes/module.py", view
        )
    return files


def runtime_files(features: Iterable[str]) -> dict[str, str]:
    """The shared runtime for the union of the features of all services."""
    modules = {*BASE, *(name for f in features for name in FEATURES.get(f, ()))}
    folder = Path(str(runtime.__file__)).parent
    return {
        f"{RUNTIME}/{name}.py": (folder / f"{name}.py").read_text(encoding="utf-8")
        for name in sorted(modules)
    }


def package_files() -> dict[str, str]:
    """What the output folder itself needs to be a typed package."""
    return {
        "__init__.py": environment().get_template("__init__.py.jinja").render(),
        "py.typed": "",
    }


@cache
def environment() -> Environment:
    """The templates: undefined names are errors, and nothing but views is in reach."""
    made = Environment(
        loader=FileSystemLoader(templates_dir()),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - Python source is quoted by python.quoting
    )
    made.filters = {name: made.filters[name] for name in ("length", "trim")}
    return made


def render(template: str, view: object) -> str:
    """A file from a template and its view."""
    return environment().get_template(f"{template}.jinja").render(view=view)
