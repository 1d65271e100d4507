"""Views of the modules that define classes: operations, shapes, errors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import quote

from specwright.model import Operation, Service, Shape, host_labels
from specwright.python import jmes, reserved
from specwright.python.classes import ClassView, class_view, table
from specwright.python.events import (
    always_there,
    errors_in,
    events_only,
    union_table,
)
from specwright.python.imports import (
    blocks,
    checked_imports,
    named,
    runtime_imports,
    standard_imports,
    table_imports,
)
from specwright.python.layout import (
    Call,
    Expression,
    flat,
    laid_out,
    literal_alias,
    statement,
)
from specwright.python.members import words
from specwright.python.pagination import item_type, pagination_data
from specwright.python.quoting import literal
from specwright.python.symbols import attributes, is_enum, is_int_enum
from specwright.python.target import Target
from specwright.python.traits import operation_traits
from specwright.python.xml import root_words

# What values of an enum are that the spec doesn't list: of texts, and of numbers.
UNKNOWN = ("UnknownValue", "UnknownNumber")


@dataclass(frozen=True, slots=True)
class ModuleView:
    """A module, ready to print.

    ``aliases`` are definitions of enums, ``statement`` what stands behind the classes.
    """

    doc: str
    imports: list[str]
    typing_imports: list[str]
    spec: str = ""
    aliases: list[str] = field(default_factory=list)
    classes: list[ClassView] = field(default_factory=list)
    statement: str = ""


def operation_module(target: Target, operation: Operation) -> ModuleView:
    """The module of one operation: request, response, and the operation as data."""
    operation = without_idle_labels(operation)
    names = target.symbols.operations[operation.name]
    taken = frozenset({names.request, names.response, names.constant})
    tables = target.tables([operation.input, operation.output], taken)
    item = item_type(target.service, operation, tables)
    base = Call("Request", (literal(names.response),), "[]")
    if item is not None:
        pair = (literal(names.response), literal(flat(item)))
        base = Call("PaginatedRequest", pair, "[]")
    deprecated = operation.deprecated
    request = class_view(
        tables,
        replace(operation.input, doc=operation.doc or operation.input.doc),
        names.request,
        base,
        attributes(operation.input, reserved.STRUCTURE),
        f"What {operation.name} is asked.",
        [f"Deprecated: {deprecated}"] if deprecated else [],
    )
    answers = replace(tables, answers=True)
    output = always_there(target.service, without_tokens(operation.output))
    response = class_view(
        answers,
        output,
        names.response,
        "Response",
        attributes(operation.output, reserved.RESPONSE),
        f"What {operation.name} answers.",
    )
    asked = table(tables, operation.input, names.request)
    answered = table(answers, output, names.response)
    definition = operation_data(target, operation)
    used = {*words(asked), *words(answered), *words(definition)}
    sent = (tables.annotation(m) for m in operation.input.members)
    received = (answers.annotation(m) for m in operation.output.members)
    types = named([*sent, *received, *([item] if item else [])])
    operation_words = {"Http", "Operation", "Pagination"}
    paths = {"PathPagination"} & used
    return ModuleView(
        doc=target.module_doc(f"{target.service.id} {operation.name}", operation.file),
        imports=blocks(
            standard_imports(with_checking(types, 3)),
            runtime_imports(
                3,
                {
                    "": {jmes.IMPORT} if paths else set(),
                    "operation": (operation_words & used) | {base.head, "Response"},
                    "page_paths": paths,
                    **table_imports({"Spec"} | used - operation_words - paths),
                },
            ),
        ),
        typing_imports=checked_imports(types, 3),
        spec=statement("SPEC", target.spec(operation.file, tables.sources)),
        classes=[
            replace(request, table=laid_out(asked)),
            replace(response, table=laid_out(answered)),
        ],
        statement=statement(names.constant, definition),
    )


def without_idle_labels(operation: Operation) -> Operation:
    """The operation with members that only say so fill labels of its host."""
    filled = host_labels(operation.host_prefix or "")
    members = tuple(
        replace(m, host_label=m.host_label and m.name in filled)
        for m in operation.input.members
    )
    return replace(operation, input=replace(operation.input, members=members))


def operation_data(target: Target, operation: Operation) -> Call:
    """The operation as data."""
    names = target.symbols.operations[operation.name]
    http = [literal(part) for part in method_and_path(target.service, operation)]
    if operation.http.status != 200:
        http.append(f"status={operation.http.status}")
    parts: list[Expression] = [
        literal(operation.name),
        Call("http=Http", tuple(http)),
        f"request={names.request}",
        f"response={names.response}",
    ]
    if operation.errors:
        errors = (literal(target.error_class(name)) for name in operation.errors)
        parts.append(Call("errors=", tuple(errors)))
    if operation.pagination is not None:
        parts.append(pagination_data(target.service, operation, operation.pagination))
    parts += root_words(target.service, operation)
    if not operation.has_input and target.service.protocol == "rpc-v2-cbor":
        parts.append("has_input=False")
    traits = operation_traits(target.service, operation)
    if traits:
        parts.append(Call("traits=", traits))
    return Call("TraitedOperation" if traits else "Operation", tuple(parts))


def method_and_path(service: Service, operation: Operation) -> tuple[str, str]:
    """Where an operation is called; RPC v2 names service and operation in the path."""
    if service.protocol == "rpc-v2-cbor":
        name = quote(service.target_prefix or "", safe="")
        return "POST", f"/service/{name}/operation/{operation.name}"
    fixed = [
        quote(name, safe="") + ("" if value is None else f"={quote(value, safe='')}")
        for name, value in operation.http.query
    ]
    query = f"?{'&'.join(fixed)}" if fixed else ""
    return operation.http.method, operation.http.path + query


def shapes_module(target: Target, file: str, listed: list[Shape]) -> ModuleView:
    """A module of shapes that one spec file defines."""
    structures = [shape for shape in listed if not is_enum(shape)]
    tables = target.tables(structures)
    classes: list[ClassView] = []
    used: set[str] = set()
    for shape in structures:
        name = target.symbols.value_of(shape)
        shape = without_tokens(shape)
        union = shape.type == "union"
        kept = reserved.UNION if union else reserved.STRUCTURE
        base = "Union" if union else "Structure"
        purpose = f"{name}, {'one of several values' if union else 'a value'}."
        attrs = attributes(shape, kept)
        if shape.event_stream:
            shown = events_only(target.service, shape)
            members = union_table(tables, shape, name)
        else:
            shown, members = shape, table(tables, shape, name)
        view = class_view(
            tables, shown, name, base, attrs, purpose, event_notes(target, shape)
        )
        used |= {*words(members), base}
        classes.append(replace(view, table=laid_out(members)))
    aliases = [
        literal_alias(
            target.symbols.class_of(shape),
            [
                [literal(v) if isinstance(v, str) else str(v) for v in values]
                for values in enum_groups(target, shape)
            ],
            UNKNOWN[is_int_enum(shape)],
        )
        for shape in listed
        if is_enum(shape)
    ]
    used |= {"Spec"} if classes else set()
    used |= {UNKNOWN[is_int_enum(shape)] for shape in listed if is_enum(shape)}
    own = {target.symbols.value_of(shape) for shape in listed}
    shown_members = (
        member
        for shape in structures
        for member in (
            events_only(target.service, shape) if shape.event_stream else shape
        ).members
    )
    types = named(map(tables.annotation, shown_members)) - own
    standard = with_checking(types, 3)
    if aliases:
        standard |= {"Literal", "TypeAlias"}
    if any(view.overloads for view in classes):
        standard |= {"overload"}
    imports = blocks(
        standard_imports(standard),
        runtime_imports(3, table_imports(used)),
    )
    return ModuleView(
        doc=target.module_doc(f"Shapes of {target.service.id}", file),
        imports=imports,
        typing_imports=checked_imports(types, 3),
        spec=(statement("SPEC", target.spec(file, tables.sources)) if classes else ""),
        aliases=aliases,
        classes=classes,
    )


def enum_groups(target: Target, shape: Shape) -> list[Sequence[str | int]]:
    """The values of an enum, in two parts where another one has the same in another order.

    Python keeps one of two unions that hold equal literals, and literals are equal whatever
    their order; each of these enums is cut at a place of its own.
    """
    values = shape.constraints.enum
    cut = 0 if is_int_enum(shape) else target.enums[frozenset(values)].index(values)
    return [part for part in (values[:cut], values[cut:]) if part]


def event_notes(target: Target, shape: Shape) -> list[str]:
    """What the docstring of a union of events says of the errors in its stream."""
    if not shape.event_stream:
        return []
    errors = errors_in(target.service, shape).values()
    names = list(dict.fromkeys(target.symbols.class_of(error) for error in errors))
    return [f"Errors of the stream: {', '.join(names)}."] if names else []


def without_tokens(shape: Shape) -> Shape:
    """A shape whose idempotency tokens are plain members, as they are everywhere but in what
    an operation is asked."""
    members = (replace(member, idempotency_token=False) for member in shape.members)
    return replace(shape, members=tuple(members))


def with_checking(types: set[str], depth: int) -> set[str]:
    """The names of the standard library that a module with some types needs."""
    return types | ({"TYPE_CHECKING"} if checked_imports(types, depth) else set())
