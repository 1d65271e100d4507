"""Views of classes: structures, unions, requests, responses, exceptions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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


@dataclass(frozen=True, slots=True)
class ClassView:
    """One class, laid out: its opening, docstring, slots, signature and assignments.

    ``attributes`` are the types of those members that don't fit beside their assignments;
    ``overloads`` are the parameters of a union, each required; ``facts`` the class attributes
    of an exception.
    """

    name: str
    head: str
    doc: str
    slots: str = ""
    attributes: list[str] = field(default_factory=list)
    signature: str = ""
    overloads: list[str] = field(default_factory=list)
    assignments: list[str] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    table: str = ""


def class_view(
    tables: Tables,
    shape: Shape,
    name: str,
    base: Expression,
    attrs: Mapping[str, str],
    purpose: str,
    notes: Iterable[str] = (),
    opening: Sequence[str] = ("self", "*"),
) -> ClassView:
    """A class with the members of a shape, whose attributes are ``attrs``; ``purpose`` is said
    where the spec says nothing."""
    union = shape.type == "union"
    single = union and len(shape.members) == 1
    types = {m.name: tables.annotation(m) for m in shape.members}
    start = ["super().__init__()"] if union else []
    held: list[tuple[str, list[Expression]]] = [
        (
            attrs[m.name],
            [types[m.name], "None"] if union or optional(m) else [types[m.name]],
        )
        for m in shape.members
    ]
    # A union of one member is made with that member.
    parameters = [
        parameter(attrs[m.name], types[m.name], not single if union else optional(m))
        for m in shape.members
    ]
    return ClassView(
        name=name,
        head=class_head(name, base),
        doc=class_doc(tables.service, shape, attrs, purpose, notes=notes),
        slots=slots_line([attrs[m.name] for m in shape.members]),
        attributes=[
            "    " + annotated(*each, indent=4) for each in held if is_long(each)
        ],
        signature=init(opening, parameters),
        overloads=[
            parameter(attrs[m.name], types[m.name], False)
            for m in shape.members
            if union and not single
        ],
        assignments=["        " + line for line in (*start, *map(initialised, held))],
    )


def init(opening: Sequence[str], parameters: list[str]) -> str:
    """The first lines of ``__init__``; empty where there are no parameters."""
    return (
        signature("    def __init__(", opening, parameters, ") -> None:")
        if parameters
        else ""
    )


def signature(
    start: str, opening: Sequence[str], parameters: list[str], end: str
) -> str:
    """A signature: on one line where it fits, else a parameter a line."""
    bare = [parameter.strip().removesuffix(",") for parameter in parameters]
    line = f"{start}{', '.join([*opening, *bare])}{end}"
    if "\n" not in line and len(line) <= WIDTH:
        return line
    opened = [f"        {part}," for part in opening]
    return "\n".join([start, *opened, *parameters, f"    {end}"])


def is_long(attribute: tuple[str, list[Expression]]) -> bool:
    """True where an attribute's type doesn't fit beside its value in ``__init__``."""
    attr, operands = attribute
    line = f"self.{attr}: {' | '.join(map(flat, operands))} = {attr}"
    return 8 + len(line) > WIDTH


def initialised(attribute: tuple[str, list[Expression]]) -> str:
    """The line of ``__init__`` that sets an attribute, and states its type where it fits."""
    attr, operands = attribute
    if is_long(attribute):
        return assigned(f"self.{attr}", attr, 8)
    return f"self.{attr}: {' | '.join(map(flat, operands))} = {attr}"


def table(
    tables: Tables,
    shape: Shape,
    name: str,
    spec: str = "SPEC",
    attrs: Mapping[str, str] | None = None,
) -> Call:
    """The call that gives a class its members; ``attrs`` are the attributes of one without
    slots."""
    entries = (tables.entry(m, (attrs or {}).get(m.name)) for m in shape.members)
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
