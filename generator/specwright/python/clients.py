"""Views of a service's clients, of what they share, and of its lazy packages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from specwright import __version__
from specwright.model import Operation
from specwright.python import reserved
from specwright.python.classes import optional, parameter, signature
from specwright.python.docs import docstring, method_doc
from specwright.python.events import reads_events, sends_events
from specwright.python.features import PARTS
from specwright.python.imports import (
    blocks,
    checked_imports,
    import_line,
    named,
    runtime_imports,
    standard_imports,
)
from specwright.python.layout import Call, Expression, laid_out, statement
from specwright.python.members import MainSources, Tables
from specwright.python.pagination import paging_note
from specwright.python.quoting import literal, paragraph
from specwright.python.symbols import attributes
from specwright.python.target import Target
from specwright.python.traits import operation_traits
from specwright.runtime.lazy import EXPORTS

PROTOCOLS = {
    "rest-json": ("rest_json", "RestJson"),
    "json": ("aws_json", "AwsJson"),
    "rpc-v2-cbor": ("rpc_v2_cbor", "RpcV2Cbor"),
    "rest-xml": ("rest_xml", "RestXml"),
    "query": ("aws_query", "AwsQuery"),
    "ec2": ("aws_query", "Ec2Query"),
}


# What the package of a service exports beside EXPORTS where it has a feature, with its module.
FEATURE_EXPORTS = {
    "auth:Bearer": {"BearerToken": "bearer"},
    "documents": {"NULL": "documents"},
    "int-enums": {"UnknownNumber": "int_enums"},
}


@dataclass(frozen=True, slots=True)
class MethodView:
    """A client's method: its signature, docstring, imports and call."""

    signature: str
    doc: str
    imports: list[str]
    call: str


@dataclass(frozen=True, slots=True)
class ClientView:
    """One of the two clients of a service."""

    module_doc: str
    imports: list[str]
    typing_imports: list[str]
    head: str
    doc: str
    methods: list[MethodView]


@dataclass(frozen=True, slots=True)
class ServiceView:
    """What both clients know of their service."""

    doc: str
    imports: list[str]
    service: str
    operations: str


@dataclass(frozen=True, slots=True)
class FaceView:
    """A package whose names are imported from its modules when they are used."""

    doc: str
    lazy_import: str
    typing_imports: list[str]
    lazy: str
    exports: str


def client_bases(target: Target, *, is_async: bool) -> dict[str, str]:
    """What a client derives from, and the modules of the runtime that have it."""
    kind = "AsyncClient" if is_async else "Client"
    found: dict[str, str] = {}
    if "waiters" in target.features:
        found[kind.replace("Client", "WaitingClient")] = "waiting"
    if sends_events(target.service, target.operations):
        found[kind.replace("Client", "EventClient")] = "event_client"
    return found or {kind: "async_client" if is_async else "client"}


def client_view(target: Target, *, is_async: bool) -> ClientView:
    """One of the two clients."""
    bases = client_bases(target, is_async=is_async)
    name = target.symbols.async_client if is_async else target.symbols.client
    taken = {*bases, name, "OPERATIONS", "SERVICE"}
    for names in target.symbols.operations.values():
        taken |= {names.request, names.response}
    tables = Tables(target.service, target.symbols, MainSources(), frozenset(taken))
    inputs = [m for operation in target.operations for m in operation.input.members]
    types = named(tables.annotation(m) for m in inputs)
    responses: list[str] = []
    for operation in target.operations:
        names = target.symbols.operations[operation.name]
        responses += import_line(f".operations.{names.module}", [names.response], 4)
    service = target.service
    about = f"{service.title or service.id}, version {service.version}."
    kind = "asynchronous" if is_async else "synchronous"
    return ClientView(
        module_doc=target.module_doc(
            f"The {kind} client of {service.id}", "service.yaml"
        ),
        imports=blocks(
            standard_imports(types | {"TYPE_CHECKING"}),
            [
                *runtime_imports(2, {home: {base} for base, home in bases.items()}),
                *import_line(".service", ["OPERATIONS", "SERVICE"]),
            ],
        ),
        typing_imports=checked_imports(types, 2, responses),
        head=f"class {name}({', '.join(bases)}):",
        doc=docstring(paragraph(f"{about} {service.doc or ''}", 4 + 3), 4),
        methods=[method(target, tables, each, is_async) for each in target.operations],
    )


def method(
    target: Target, tables: Tables, operation: Operation, is_async: bool
) -> MethodView:
    """The method of one operation."""
    names = target.symbols.operations[operation.name]
    attrs = attributes(operation.input, reserved.STRUCTURE)
    members = operation.input.members
    start = f"    {'async ' if is_async else ''}def {names.method}("
    parameters = [
        parameter(attrs[m.name], tables.annotation(m), optional(m)) for m in members
    ]
    opened = ["self", "*"] if parameters else ["self"]
    arguments = tuple(f"{attrs[m.name]}={attrs[m.name]}" for m in members)
    sent = Call(
        f"return {'await ' if is_async else ''}self.send",
        (Call(names.request, arguments),),
    )
    errors = [target.error_class(name) for name in operation.errors]
    return MethodView(
        signature=signature(start, opened, parameters, f") -> {names.response}:"),
        doc=method_doc(
            operation,
            names.request,
            errors,
            paging_note(target.service, operation),
            brief=is_async,
        ),
        imports=import_line(f".operations.{names.module}", [names.request], 8),
        call=laid_out(sent, 8),
    )


def service_view(target: Target) -> ServiceView:
    """The module that both clients take their service from."""
    service, symbols = target.service, target.symbols
    module, word = PROTOCOLS[service.protocol]
    stated: list[str] = []
    if service.protocol == "json":
        stated += [literal(service.json_version or "1.1")]
        stated += [literal(service.target_prefix or "")]
    elif service.protocol in ("query", "ec2"):
        stated += [literal(service.version)]
    if PARTS in target.features:
        module, word = "rest_json_bound", "BoundRestJson"
    if service.query_compatible and service.protocol == "json":
        module, word = "query_json", "QueryCompatibleJson"
    elif service.query_compatible and service.protocol == "rpc-v2-cbor":
        stated += ["query_compatible=True"]
    protocol = Call(word, tuple(stated))
    if "exact-json" in target.features:
        protocol = Call("exact", (protocol,))
    # Where there are rules or discovery, the host depends on more than the region.
    asked = any(each.endpoint_discovery == "required" for each in target.operations)
    ruled = asked or service.endpoint.rules
    prefix = None if ruled else service.endpoint.prefix
    codes = tuple(
        f"{literal(code)}: {literal(name)}"
        for code, name in error_codes(target).items()
    )
    parts: list[Expression] = [
        literal(service.id),
        f"version={literal(service.version)}",
        "package=PACKAGE",
        protocol.named("protocol"),
        f"signing_name={literal(service.signing_name)}",
        f"host_prefix={literal(prefix) if prefix else 'None'}",
        f"base_error={literal(symbols.base_error)}",
        Call("error_codes=", codes, "{}") if codes else "error_codes={}",
        f"generator={literal(__version__)}",
    ]
    modules = tuple(
        f"{literal(name)}: {literal(names.module)}"
        for name, names in symbols.operations.items()
    )
    operations = Call("Operations", ("PACKAGE", Call("", modules, "{}")))
    return ServiceView(
        doc=target.module_doc(
            f"What the clients of {service.id} share", "service.yaml"
        ),
        imports=runtime_imports(
            2,
            {
                module: {word},
                "core": {"ServiceInfo"},
                "exact_json": {"exact"} & {protocol.head},
                "operation": {"Operations"},
            },
        ),
        service=statement("SERVICE", Call("ServiceInfo", tuple(parts))),
        operations=statement("OPERATIONS", operations),
    )


def error_codes(target: Target) -> dict[str, str]:
    """The exceptions that services call otherwise than Python does: by a code of their own
    that isn't the name of another, or by a name that Python can't have."""
    names = {shape.name for shape in target.errors()}
    found: dict[str, str] = {}
    for shape in target.errors():
        exception = target.symbols.class_of(shape)
        code = shape.error.code if shape.error is not None else None
        if code and code not in names:
            found.setdefault(code, exception)
        if shape.name and shape.name != exception:
            found[shape.name] = exception
    return found


def root_face(target: Target) -> FaceView:
    """The package of the service."""
    symbols = target.symbols
    modules: dict[str, list[str]] = {
        ".client": [symbols.client],
        ".async_client": [symbols.async_client],
    }
    for operation in target.operations:
        names = symbols.operations[operation.name]
        modules[f".operations.{names.module}"] = [names.request, names.response]
    for module, types in stream_types(target).items():
        modules[f".._runtime.{module}"] = types
    title = target.service.title or target.service.id
    about = f"{title}, version {target.service.version}: clients, requests, responses"
    for feature in target.features:
        for name, home in FEATURE_EXPORTS.get(feature, {}).items():
            modules.setdefault(f".._runtime.{home}", []).append(name)
    whole = ["errors", "shapes"]
    if "waiters" in target.features:
        whole.append("waiters")
        modules[".._runtime.waiters"] = [
            "WaiterError",
            "WaiterFailedError",
            "WaiterTimeoutError",
        ]
    if "strategies" in target.extras:
        whole.append("strategies")
    shared = {f".._runtime.{m}": list(names) for m, names in EXPORTS.items()}
    return face(target.module_doc(about, "service.yaml"), 2, modules, shared, whole)


def stream_types(target: Target) -> dict[str, list[str]]:
    """What users call the types of streamed members by, where there are some."""
    service, operations = target.service, target.operations
    words = {t.head for o in operations for t in operation_traits(service, o)}
    blobs = words & {"StreamedAnswer", "StreamedRequest"}
    events = ["EventInput"] if sends_events(service, operations) else []
    events += ["EventStream"] if reads_events(service, operations) else []
    found = {
        "digests": ["ChecksumError"] if "ResponseChecksum" in words else [],
        "event_stream": events,
        "streaming": ["StreamingBody", "StreamingInput"] if blobs else [],
    }
    return {module: types for module, types in found.items() if types}


def shapes_face(target: Target) -> FaceView:
    """The package of the service's structures, unions and enums."""
    modules = {
        f".{module}": [target.symbols.value_of(shape) for shape in shapes]
        for module, shapes in target.modules().items()
    }
    about = f"Structures, unions and enums of {target.service.id}"
    return face(target.module_doc(about, "shapes.yaml"), 3, modules, {})


def face(
    doc: str,
    depth: int,
    modules: dict[str, list[str]],
    shared: dict[str, list[str]],
    whole: Sequence[str] = (),
) -> FaceView:
    """A package that imports names from its modules when they are used.

    ``whole`` are modules that it has themselves; ``shared`` are names of the runtime that
    every service has, listed once, there.
    """
    checked: list[str] = []
    every_module = {**modules, **({".": list(whole)} if whole else {})}
    for module, names in shared.items():
        every_module[module] = [*every_module.get(module, ()), *names]
    for module, names in sorted(every_module.items(), key=face_order):
        checked += import_line(module, sorted(names), 4)
    homes = tuple(
        Call(f"{literal(module)}: ", tuple(literal(name) for name in names))
        for module, names in [*((f".{name}", []) for name in whole), *modules.items()]
    )
    parts: list[Expression] = ["__name__", Call("", homes, "{}")]
    if shared:
        parts.append("shared=True")
    call = Call("__getattr__, __dir__ = lazy", tuple(parts))
    every = [name for names in (*modules.values(), *shared.values()) for name in names]
    exported = sorted([*whole, *every])
    return FaceView(
        doc=doc,
        lazy_import=f"from {'.' * depth}_runtime.lazy import lazy",
        typing_imports=checked,
        lazy=laid_out(call, 4),
        exports=statement(
            "__all__", Call("", tuple(literal(name) for name in exported), "[]")
        ),
    )


def face_order(entry: tuple[str, list[str]]) -> tuple[int, str]:
    """Modules further away first."""
    dots = len(entry[0]) - len(entry[0].lstrip("."))
    return -dots, entry[0]
