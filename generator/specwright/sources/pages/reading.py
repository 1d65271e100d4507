"""A page's bytes to its facts, or to what is wrong with the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from specwright.diagnostics import Diagnostic, Position, has_errors, in_order
from specwright.sources.pages.api import read_api
from specwright.sources.pages.dart import read_dart
from specwright.sources.pages.detect import format_of, operations_in
from specwright.sources.pages.facts import Fact, Format, PageFacts
from specwright.sources.pages.html import html_page
from specwright.sources.pages.inference import infer
from specwright.sources.pages.js import read_js
from specwright.sources.pages.notes import Notes
from specwright.sources.pages.rst import read_rst
from specwright.sources.pages.text import MAX_BYTES, Page, decoded, is_html, plain_page
from specwright.sources.pages.typography import as_typed

_READERS: Mapping[Format, Callable[[Page, Notes, bool], PageFacts]] = {
    "api-reference": read_api,
    "boto3-rst": read_rst,
    "dart": read_dart,
    "js-v3": read_js,
}
_KNOWN = (
    "pages of operations are read from the AWS API Reference, boto3, the AWS SDK for "
    "JavaScript v3 and the Dart packages of aws_client"
)


@dataclass(frozen=True, slots=True)
class Read:
    """The facts of a page, or none, and what there is to say about it.

    ``about`` is the service and operation of a page that can't be used, as far as it names them.
    """

    facts: PageFacts | None
    diagnostics: tuple[Diagnostic, ...] = ()
    about: tuple[str | None, str | None] = (None, None)


def read_page(
    name: str, content: bytes, *, service: str | None = None, docs: bool = False
) -> Read:
    """Read one page. ``name`` is what findings call it, ``service`` the id if it is known."""
    page = _page(name, content)
    if isinstance(page, Diagnostic):
        return Read(None, (page,))
    page = as_typed(page)
    kind = format_of(page)
    if kind is None:
        message = "this is no page of an operation in any known format"
        return _failed(page, "unknown-format", message, 1, _KNOWN)
    found = operations_in(page, kind)
    if len(found) > 1:
        (_, first), (_, second) = found[:2]
        message = "the file holds the pages of two operations"
        related = ((Position(name, first), "the first begins here"),)
        place = Position(name, second)
        hint = "save each page in a file of its own"
        return Read(
            None, (Diagnostic("two-operations", message, place, hint, related=related),)
        )
    notes = Notes(page, service)
    facts = _READERS[kind](page, notes, docs)
    if service is not None:
        facts = replace(facts, facts={**facts.facts, "service": Fact(service, 0)})
    if not has_errors(notes.found):
        _check(facts, notes)
    diagnostics = tuple(in_order(notes.found))
    if has_errors(diagnostics):
        return Read(None, diagnostics, (facts.text("service"), facts.text("operation")))
    return Read(infer(_with_unread(facts)), diagnostics)


def _with_unread(facts: PageFacts) -> PageFacts:
    """The page with the lines of values that no rule understood.

    Numbers in syntax blocks of the API Reference can be anything; elsewhere each value has a form.
    """
    if facts.format not in ("js-v3", "dart"):
        return facts
    waiting = [
        m for members in (facts.input, facts.output) for m in (members or {}).values()
    ]
    lines = set(facts.unread)
    while waiting:
        member = waiting.pop()
        if not {"type", "ref"} & set(member.facts):
            lines.add(member.line)
        waiting += [
            *(member.members or {}).values(),
            *(part for _, part in member.parts()),
        ]
    return replace(facts, unread=tuple(sorted(lines)))


def _page(name: str, content: bytes) -> Page | Diagnostic:
    place = Position(name)
    if len(content) > MAX_BYTES:
        message = f"the page has more than {MAX_BYTES:,} bytes"
        return Diagnostic("unreadable-page", message, place)
    text = decoded(content)
    if text is None:
        return Diagnostic(
            "unreadable-page", "this is no text: is it a picture or an archive?", place
        )
    if not text.strip():
        return Diagnostic("empty-page", "the page is empty", place)
    if is_html(content):
        return html_page(name, text)
    return plain_page(name, text)


def _failed(page: Page, code: str, message: str, line: int, hint: str | None) -> Read:
    place = Position(page.name, line)
    return Read(None, (Diagnostic(code, message, place, hint),))


def _check(facts: PageFacts, notes: Notes) -> None:
    """Errors for what every page says, and this one doesn't: it can't be used."""
    if "operation" not in facts.facts:
        notes.say(
            "no-operation", "the page does not say which operation it is about", 1
        )
    elif facts.input is None and facts.output is None and facts.errors is None:
        message = "nothing that describes the operation could be read from the page"
        notes.say("no-facts", message, 1)
