"""What a page said, in numbers: for the table that people see, and for tools."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from specwright.sources.pages import Member, PageFacts, to_json

COLUMNS = (
    "page",
    "format",
    "operation",
    "input",
    "output",
    "errors",
    "facts",
    "unread",
)
_MANY = 12


@dataclass(frozen=True, slots=True)
class Summary:
    """A page in numbers. ``missing`` is what a client needs and the page does not say."""

    page: str
    format: str
    operation: str
    input: int | None
    output: int | None
    errors: int | None
    facts: int
    inferred: tuple[str, ...]
    missing: tuple[str, ...]
    unread: tuple[int, ...]

    def cells(self) -> tuple[str, ...]:
        """The row of the table."""
        counts = (self.input, self.output, self.errors)
        return (
            self.page,
            self.format,
            self.operation,
            *("-" if count is None else str(count) for count in counts),
            str(self.facts),
            str(len(self.unread)),
        )

    def to_json(self) -> dict[str, object]:
        """The summary as plain data."""
        return {
            "page": self.page,
            "format": self.format,
            "operation": self.operation,
            "input": self.input,
            "output": self.output,
            "errors": self.errors,
            "facts": self.facts,
            "inferred": list(self.inferred),
            "missing": list(self.missing),
            "unread": list(self.unread),
        }


def page_facts(pages: Iterable[PageFacts]) -> list[dict[str, object]]:
    """What ``--facts`` prints: one object a page."""
    return [to_json(page) for page in pages]


def summary(page: PageFacts) -> Summary:
    """The numbers of a page."""
    told = to_json(page)
    inferred = told["inferred"]
    pointers = (
        tuple(p for p in inferred if isinstance(p, str))
        if isinstance(inferred, list)
        else ()
    )
    if len(pointers) > _MANY:
        pointers = (*pointers[:_MANY], f"and {len(pointers) - _MANY} more")
    service, operation = page.text("service"), page.text("operation")
    return Summary(
        page.page,
        page.format,
        ".".join(name for name in (service, operation) if name is not None),
        None if page.input is None else len(page.input),
        None if page.output is None else len(page.output),
        None if page.errors is None else len(page.errors),
        _count(page),
        pointers,
        tuple(_missing(page)),
        page.unread,
    )


def _count(page: PageFacts) -> int:
    members = [m for s in (page.input, page.output) if s for m in s.values()]
    count = len(page.facts) + len(page.http) + len(page.pagination)
    count += sum(1 + len(error.facts) for error in (page.errors or {}).values())
    while members:
        member = members.pop()
        count += 1 + len(member.facts)
        members += [part for _, part in member.parts()]
        members += (member.members or {}).values()
    return count


def _missing(page: PageFacts) -> Iterator[str]:
    if "service" not in page.facts:
        yield "the service"
    if "method" not in page.http:
        yield "the HTTP method"
    if "path" not in page.http:
        yield "the HTTP path"
    for section, members in (("input", page.input), ("output", page.output)):
        if members is None:
            yield f"the {section}"
            continue
        untyped = sum(_untyped(member) for member in members.values())
        if untyped:
            yield f"the types of {untyped} members of the {section}"
    if page.errors is None:
        yield "the errors"


def _untyped(member: Member) -> int:
    """How many members, at any depth, have no type."""
    count, waiting = 0, [member]
    while waiting:
        one = waiting.pop()
        count += "type" not in one.facts and "ref" not in one.facts
        waiting += [part for _, part in one.parts()]
        waiting += (one.members or {}).values()
    return count
