"""The parts of an API Reference page: which lines are which, however they were flattened."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from specwright.sources.pages.text import Page

Span = tuple[int, int]

_DECORATED = r"(?m)^[ #*]*{}[ *:]*$"
# What follows a heading at once, or nothing else does.
_FOLLOWED: Mapping[str, str] = {
    "Request Syntax": r"\s*(?:\{|<|[A-Z]{3,7}[ ]+/|https?://)",
    "URI Request Parameters": r"\s*The request (?:uses the following URI|does not use any URI)",
    "Request Body": r"\s*The request (?:does not have|accepts)",
    "Request Parameters": r"\s*(?:For information about the (?:common )?parameters|The request accepts|The following)",
    "Response Syntax": r"\s*(?:\{|<|HTTP/1\.1)",
    "Response Elements": r"\s*(?:If the action is successful|The following (?:data|element))",
    "Errors": r"\s*For information about the errors",
    "See Also": r"\s*For more information about using this API",
}
_PREAMBLES: Mapping[str, str] = {
    "URI Request Parameters": r"The request (?:uses the following URI parameters|does not use any URI parameters)\.",
    "Request Body": r"The request (?:does not have a request body\.|accepts the following (?:data in (?:JSON|XML) format|binary data)\.)",
    "Request Parameters": r"For information about the parameters that are common to all actions",
    "Response Elements": r"If the action is successful, the service sends back",
    "Errors": r"For information about the errors that are common to all actions",
    "See Also": r"For more information about using this API in one of the language-specific",
}
_STATUS = re.compile(r"HTTP[ \n]+Status[ \n]+Code:[ \n]*[0-9]{3}")
_ORDER = (
    *("Request Syntax", "URI Request Parameters", "Request Body", "Request Parameters"),
    *("Response Syntax", "Response Elements", "Errors", "Examples", "See Also"),
)


@dataclass(frozen=True, slots=True)
class Sections:
    """Spans of the page's text by the heading that each stands below."""

    spans: Mapping[str, Span]
    head: Span

    def get(self, heading: str) -> Span | None:
        """The span below a heading, if the page has that."""
        return self.spans.get(heading)


def cut(page: Page) -> Sections:
    """The sections of a page, in the order that every page has them in."""
    text = page.text
    starts: dict[str, Span] = {}
    at = 0
    for heading in _ORDER:
        found = _heading(text, heading, at)
        if found is not None:
            starts[heading] = found
            at = found[1]
    order = sorted(starts.items(), key=lambda item: item[1])
    spans = {
        heading: (end, order[n + 1][1][0] if n + 1 < len(order) else len(text))
        for n, (heading, (_, end)) in enumerate(order)
    }
    first = order[0][1][0] if order else len(text)
    return Sections(spans, (0, first))


def _heading(text: str, heading: str, start: int) -> Span | None:
    """Where a heading stands behind an offset: surest on a line of its own, with what follows."""
    words = re.escape(heading).replace(r"\ ", r"[ \n]?")
    alone = _DECORATED.format(words)
    follows = _FOLLOWED.get(heading)
    if follows is not None:
        for pattern in (
            rf"{alone}(?={follows})",
            rf"(?<![A-Za-z ]){words}(?={follows})",
            rf"{words}(?={follows})",
        ):
            if (found := re.compile(pattern).search(text, start)) is not None:
                return found.span()
    preamble = _PREAMBLES.get(heading)
    if (
        preamble is not None
        and (found := re.compile(preamble).search(text, start)) is not None
    ):
        return found.start(), found.start()
        # Without its first sentence a section is recognised by its title alone.
    if heading == "Examples":
        # Descriptions of errors have examples too: those of the operation come behind all errors.
        alone = _DECORATED.format("(?:Examples?|Sample Requests?)")
        start = max((m.end() for m in _STATUS.finditer(text, start)), default=start)
    found = re.compile(alone).search(text, start)
    return found.span() if found is not None else None


def paragraphs(page: Page, span: Span) -> bool:
    """True where blank lines part almost all lines: each is a paragraph then."""
    lines = page.text[slice(*span)].split("\n")
    filled = sum(bool(line.strip()) for line in lines)
    blank = len(lines) - filled
    return filled > 2 and blank >= filled * 0.7
