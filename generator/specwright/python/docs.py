"""Docstrings: what the spec says, with the constraints in words. All text goes through prose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from specwright.model import Bounds, Member, Operation, Service, Shape
from specwright.python.members import limits_text
from specwright.python.quoting import paragraph

UNITS = {"string": "character", "blob": "byte", "list": "item", "map": "pair"}
LONG_PATTERN = 60
LONG_DEFAULT = 40


def opening(said: str | None, purpose: str, indent: int) -> list[str]:
    """What a docstring starts with: what the spec says, or else a purpose.

    Three columns go to the quotes before it.
    """
    return paragraph(said or "", indent + 3) or paragraph(purpose, indent + 3)


def docstring(lines: Iterable[str], indent: int) -> str:
    """A docstring at an indent; the lines are prose already."""
    listed = list(lines)
    pad = " " * indent
    if len(listed) == 1:
        # black keeps the quotes of a single line on it, however long it is.
        line = f"{listed[0]} " if listed[0].endswith('"') else listed[0]
        return f'"""{line}"""'
    body = [listed[0], *(pad + line if line else "" for line in listed[1:])]
    return '"""' + "\n".join(body) + f'\n{pad}"""'


def class_doc(
    service: Service,
    shape: Shape,
    attrs: Mapping[str, str],
    summary: str,
    *,
    notes: Iterable[str] = (),
) -> str:
    """The docstring of a structure: its purpose, then each member that there are words for."""
    lines = opening(shape.doc, summary, 4)
    members = [
        line
        for member in shape.members
        if (text := member_text(service, member))
        for line in paragraph(f"{attrs[member.name]}: {text}", 4, hanging=4)
    ]
    if members:
        lines += ["", *members]
    for note in notes:
        lines += ["", *paragraph(note, 4)]
    return docstring(lines, 4)


def member_text(service: Service, member: Member) -> str:
    """What a member is for, and what it may be."""
    target = service.target(member)
    said = (member.doc or target.doc or "").strip()
    if said and said[-1] not in ".!?:":
        said += "."
    limits = ", ".join(phrases(service, member))
    limits = limits[:1].upper() + limits[1:]
    return " ".join(part for part in (said, f"{limits}." if limits else "") if part)


def phrases(service: Service, member: Member) -> Iterator[str]:
    """The constraints and traits of a member in words."""
    shape = service.target(member)
    held = service.constraints(member)
    if member.required:
        yield "required"
    if held.length is not None:
        yield counted(held.length, UNITS.get(shape.type, "item"))
    if held.range is not None:
        yield interval(held.range)
    # Long patterns stand in the table below the class only.
    if limits_text(held) and len(held.pattern or "") <= LONG_PATTERN:
        yield f"{'matching' if held.match == 'full' else 'with a match of'} {held.pattern}"
    if held.unique:
        yield "without repeats"
    if shape.item is not None and (inner := list(phrases(service, shape.item))):
        yield "each " + ", ".join(inner)
    if member.default is not None and len(str(member.default)) <= LONG_DEFAULT:
        yield f"{default_text(member.default)} where it is absent"
    if member.idempotency_token:
        yield "filled in when absent, so that a repeated request counts once"
    if service.sensitive(member):
        yield "sensitive"
    if member.deprecated or shape.deprecated:
        yield f"deprecated ({member.deprecated or shape.deprecated})"


def default_text(value: object) -> str:
    """What a service takes in the place of a value; clients don't send it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"'{value}'" if value else "empty"
    return str(value) if value or value == 0 else "empty"


def counted(limit: Bounds, unit: str) -> str:
    """Bounds of a length with their unit."""
    last = limit.min if limit.max is None else limit.max
    return f"{interval(limit)} {unit}{'' if last == 1 else 's'}"


def interval(limit: Bounds) -> str:
    """Inclusive bounds in words."""
    if limit.min is None or (limit.min == 0 and limit.max is not None):
        return f"at most {limit.max}" if limit.min is None else f"0 to {limit.max}"
    if limit.max is None:
        return f"at least {limit.min}"
    return str(limit.min) if limit.min == limit.max else f"{limit.min} to {limit.max}"


def method_doc(
    operation: Operation,
    request: str,
    errors: list[str],
    paged: str | None,
    *,
    brief: bool,
) -> str:
    """The docstring of a client's method; a brief one leaves the notes to the other client.

    ``paged`` says how ``paginate`` goes through the pages, where that needs saying.
    """
    notes: list[str] = []
    if errors and not brief:
        notes.append(f"Errors: {', '.join(errors)}.")
    if operation.pagination is not None and not brief:
        notes.append(f"Answers one page; paginate({request}(...)) walks through all.")
        if paged:
            notes[-1] = f"{notes[-1][:-1]}{paged}."
    if operation.deprecated:
        notes.append(f"Deprecated: {operation.deprecated}")
    lines = opening(operation.doc, f"Call {operation.name}.", 8)
    told = [line for note in notes for line in paragraph(note, 8, hanging=4)]
    return docstring([*lines, "", *told] if told else lines, 8)


def error_doc(shape: Shape) -> str:
    """What an error means, and how it arrives."""
    trait = shape.error
    parts = [shape.doc or f"The service's {shape.name}."]
    if trait is not None:
        arrival = f"{trait.fault} fault"
        arrival = f"HTTP {trait.status}, {arrival}" if trait.status else arrival
        parts.append(arrival[:1].upper() + arrival[1:] + ".")
    return " ".join(parts)
