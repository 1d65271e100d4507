"""Views of the module that holds a service's exceptions."""

from __future__ import annotations

from dataclasses import dataclass, replace

from specwright.model import Shape
from specwright.python.classes import ClassView, class_view, table
from specwright.python.docs import docstring, error_doc
from specwright.python.imports import (
    blocks,
    checked_imports,
    named,
    runtime_imports,
    standard_imports,
    table_imports,
)
from specwright.python.layout import flat, laid_out, statement
from specwright.python.members import MainSources, words
from specwright.python.modules import ModuleView, with_checking
from specwright.python.quoting import literal, paragraph
from specwright.python.symbols import error_attributes, message_of
from specwright.python.target import Target
from specwright.runtime.retries import should_retry

# With its type, as the base class has it: else type checkers would have to infer one.
SERVER_FAULT = 'fault: Literal["client", "server"] = "server"'


@dataclass(frozen=True, slots=True)
class ErrorsView:
    """The module of the service's exceptions, and the base of them all."""

    module: ModuleView
    base: str
    base_doc: str


def errors_view(target: Target) -> ErrorsView:
    """The module of the service's exceptions with its base class."""
    title = target.service.title or target.service.id
    doc = f"Any error that {title} answers with; its own errors derive from it."
    return ErrorsView(
        errors_module(target),
        target.symbols.base_error,
        docstring(paragraph(doc, 4 + 3), 4),
    )


def errors_module(target: Target) -> ModuleView:
    """What the module of exceptions imports and defines."""
    service, symbols = target.service, target.symbols
    listed = target.errors()
    defined = {symbols.base_error, *(symbols.class_of(shape) for shape in listed)}
    tables = target.tables(listed, frozenset(defined))
    main_file = listed[0].file if listed else "service.yaml"
    classes: list[ClassView] = []
    used: set[str] = set()
    for shape in listed:
        name = symbols.class_of(shape)
        attrs = error_attributes(service, shape)
        said = message_of(service, shape)
        own = tuple(m for m in shape.members if m.name != said)
        shown = replace(shape, doc=error_doc(shape), members=own)
        view = class_view(
            tables,
            shown,
            name,
            symbols.base_error,
            attrs,
            name,
            opening=("self", 'message: str = ""', "*"),
        )
        spec = (
            "SPEC"
            if shape.file == main_file
            else flat(target.spec(shape.file, MainSources()))
        )
        members = table(tables, shape, name, spec, attrs)
        used |= set(words(members))
        classes.append(
            replace(
                view,
                slots="",
                facts=error_facts(shape),
                assignments=["        super().__init__(message)", *view.assignments],
                table=laid_out(members),
            )
        )
    types = named(tables.annotation(m) for s in listed for m in s.members)
    standard = with_checking(types, 2)
    if any(SERVER_FAULT in view.facts for view in classes):
        standard |= {"Literal"}
    return ModuleView(
        doc=target.module_doc(f"Errors of {service.id}", main_file),
        imports=blocks(
            standard_imports(standard),
            runtime_imports(
                2,
                {
                    "errors": {"ServiceError"},
                    **(table_imports({"Spec"} | used) if listed else {}),
                },
            ),
        ),
        typing_imports=checked_imports(types, 2),
        spec=(
            statement("SPEC", target.spec(main_file, tables.sources)) if listed else ""
        ),
        classes=classes,
    )


def error_facts(shape: Shape) -> list[str]:
    """The class attributes of an exception."""
    trait = shape.error
    if trait is None:
        return []
    code = trait.code or shape.name or ""
    facts = [f"code = {literal(code)}"]
    if trait.status is not None:
        facts.append(f"status = {trait.status}")
    if trait.fault == "server":
        facts.append(SERVER_FAULT)
    may_pass = should_retry(trait.status, code, trait.retryable or trait.throttling)
    if may_pass:
        facts.append("retryable = True")
    return facts
