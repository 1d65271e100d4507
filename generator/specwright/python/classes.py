"""Views of classes: structures, unions, requests, responses, exceptions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from specwright.model import Member, Shape
from specwright.python.docs import class_doc
from specwright.python.layout import (
    Call,
    Expression,
    annotated,
    assigned,
    flat,
    laid_out,
)
from specwright.python.members import Tables
from specwright.python.quoting import WIDTH, literal
from specwright.python.symbols import attributes


@dataclass(frozen=True, slots=True)
class ClassView:
    """One class, laid out: its opening, docstring, slots, signature and assignments.

    ``overloads`` are the parameters of a union, each required; ``facts`` the class attributes
    of an exception, ``opening`` what precedes its keyword parameters.
    """

    name: str
    head: str
    doc: str
    slots: str = ""
    attributes: list[str] = field(default_factory=list)
    opening: list[str] = field(default_factory=list)
    parameters: list[str] = field(default_factory=list)
    overloads: list[str] = field(default_factory=list)
    assignments: list[str] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    table: str = ""


def class_view(
    tables: Tables,
    shape: Shape,
    name: str,
    base: Expression,
    kept: frozenset[str],
    purpose: str,
    notes: Iterable[str] = (),
) -> ClassView:
    """A class with the members of a shape; ``purpose`` is said where the spec says nothing."""
    attrs = attributes(shape, kept)
    union = shape.type == "union"
    types = {m.name: tables.annotation(m) for m in shape.members}
    start = ["super().__init__()"] if union else []
    return ClassView(
        name=name,
        head=class_head(name, base),
        doc=class_doc(tables.service, shape, attrs, purpose, notes=notes),
        slots=slots_line([attrs[m.name] for m in shape.members]),
        attributes=[
            "    "
            + annotated(
                attrs[m.name],
                [types[m.name], "None"] if union or optional(m) else [types[m.name]],
                indent=4,
            )
            for m in shape.members
        ],
        opening=["        self,", "        *,"],
        parameters=[
            parameter(attrs[m.name], types[m.name], union or optional(m))
            for m in shape.members
        ],
        overloads=[
            parameter(attrs[m.name], types[m.name], False) for m in shape.members if union
        ],
        assignments=[
            *("        " + line for line in start),
            *(
                "        " + assigned(f"self.{attrs[m.name]}", attrs[m.name], 8)
                for m in shape.members
            ),
        ],
    )


def table(
    tables: Tables, shape: Shape, name: str, kept: frozenset[str], spec: str = "SPEC"
) -> Call:
    """The call that gives a class its members."""
    attrs = attributes(shape, kept)
    entries = (tables.entry(m, attrs[m.name]) for m in shape.members)
    return Call("structure", (name, spec, *entries))


def optional(member: Member) -> bool:
    """True where a value may be made without a member."""
    return not member.required or member.idempotency_token


def slots_line(attrs: list[str]) -> str:
    """The slots of a class."""
    names = tuple(literal(attr) for attr in attrs)
    return laid_out(Call("__slots__ = ", names), 4)


def class_head(name: str, base: Expression) -> str:
    """The line that opens a class."""
    inner = flat(base)
    line = f"class {name}({inner}):"
    if len(line) <= WIDTH:
        return line
    if 4 + len(inner) > WIDTH and isinstance(base, Call):
        parts = "".join(f"        {flat(part)},\n" for part in base.parts)
        inner = f"{base.head}[\n{parts}    ]"
    return f"class {name}(\n    {inner}\n):"


def parameter(attr: str, annotation: Expression, may_miss: bool) -> str:
    """A parameter of a signature, with its comma."""
    operands = [annotation, "None"] if may_miss else [annotation]
    return "        " + annotated(attr, operands, "None" if may_miss else "", 8, ",")
