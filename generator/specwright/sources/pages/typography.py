"""Code as it was typed: without the entities, round quotes and backslashes of converters."""

from __future__ import annotations

import html
import re

from specwright.sources.pages.text import Page, tidy

_ENTITIES = re.compile(
    r"&(?:quot|\#0?34|\#[xX]22);(?:@aws-sdk/|STRING_VALUE|&lt;)|\bFuture&lt;|\"&lt;\w+&gt;\""
    r"|[=:\[]\s*&(?:apos|\#0?39|\#[xX]27);string&"
    r"|&(?:apos|\#0?39|\#[xX]27);[\w-]{1,200}&(?:apos|\#0?39|\#[xX]27);:\s*[&\[{0-9TdbS.]"
)
_ROUND = re.compile(
    r"from\s*[\u201c-\u201f]@aws-sdk/|:\s*[\u201c-\u201f]STRING_VALUE"
    r"|\b(?:method|requestUri|action)\s*:\s*[\u2018-\u201b]|[=:\[]\s*[\u2018-\u201b]string[\u2018-\u201b]"
    r"|[\u2018-\u201b][\w-]{1,200}[\u2018-\u201b]:\s*[\u2018-\u201b\[{0-9TdbS.]"
)
_MARKDOWN = re.compile(r"STRING\\_VALUE|\\_protocol\b")
_ESCAPED = re.compile(r"\\([_*\[\]<>])")
_STRAIGHT = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f", '"'),
    }
)


def as_typed(page: Page) -> Page:
    """The page with the marks that its code was typed with, where a converter changed them."""
    text = page.text
    if "&" in text and _ENTITIES.search(text):
        lines = [tidy(html.unescape(line)).replace("\n", " ") for line in page.lines]
        page = Page(page.name, lines, page.numbers)
    if _ROUND.search(page.text):
        lines = [line.translate(_STRAIGHT) for line in page.lines]
        page = Page(page.name, lines, page.numbers)
    if "\\_" in page.text and _MARKDOWN.search(page.text):
        lines = [_ESCAPED.sub(r"\1", line) for line in page.lines]
        page = Page(page.name, lines, page.numbers)
    return page
