"""What is left of a web page by programs that turn HTML into text, each in its own way."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from lxml import html

_SKIPPED = {"script", "style", "head"}
_BLOCKS = {
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h6",
    "li",
    "dt",
    "dd",
    "pre",
    "tr",
    "div",
    "dl",
    "ul",
}


def _texts(element: Any) -> Iterator[str]:
    """Every piece of text, as it stands between two tags."""
    if not isinstance(element.tag, str) or element.tag in _SKIPPED:
        return
    if element.text:
        yield element.text
    for child in element:
        yield from _texts(child)
        if child.tail:
            yield child.tail


def _joined(glue: str, *, stripped: bool) -> Callable[[str], str]:
    def flatten(page: str) -> str:
        texts = list(_texts(html.document_fromstring(page)))
        if stripped:
            texts = [text.strip() for text in texts if text.strip()]
        return glue.join(texts)

    return flatten


def _paragraphs(page: str) -> str:
    """Each block in one line, with a blank line before the next."""
    blocks: list[str] = []
    current: list[str] = []

    def end() -> None:
        text = " ".join("".join(current).split())
        current.clear()
        if text:
            blocks.append(text)

    def walk(element: Any) -> None:
        if not isinstance(element.tag, str) or element.tag in _SKIPPED:
            return
        block = element.tag in _BLOCKS
        if block:
            end()
        current.append(element.text or "")
        for child in element:
            walk(child)
            current.append(child.tail or "")
        if block:
            end()

    walk(html.document_fromstring(page))
    end()
    return "\n\n".join(blocks)


def _wrapped(
    width: int, indent: str = "", *, words: bool = False
) -> Callable[[str], str]:
    """The same, broken at a column; ``words`` says that words longer than a line are cut too."""

    def flatten(page: str) -> str:
        return "\n".join(
            textwrap.fill(
                line,
                width,
                initial_indent=indent,
                subsequent_indent=indent,
                break_long_words=words,
            )
            for line in _paragraphs(page).split("\n")
        )

    return flatten


def _broken(page: str) -> str:
    """One paragraph of the whole page, broken at a column."""
    return textwrap.fill(
        " ".join(_paragraphs(page).split()), 80, break_long_words=False
    )


def _glued(page: str) -> str:
    """Everything in one line, and nothing where elements meet."""
    return re.sub(r"\s*\n\s*", "", _paragraphs(page))


def _marked(page: str) -> str:
    """Markdown: headings, bold names, code between backticks, emphasised placeholders."""
    out: list[str] = []
    pre = 0

    def walk(element: Any) -> None:
        nonlocal pre
        tag = element.tag
        if not isinstance(tag, str) or tag in _SKIPPED:
            return
        before, after = _MARKS.get(tag, ("", ""))
        if pre and tag == "code":
            before = after = ""
        pre += tag == "pre"
        out.append(before)
        out.append(
            element.text or "" if pre else " ".join((element.text or "").split(" "))
        )
        for child in element:
            walk(child)
            out.append(child.tail or "")
        pre -= tag == "pre"
        out.append(after)

    walk(html.document_fromstring(page))
    return "".join(out)


_MARKS = {
    "h1": ("\n# ", "\n"),
    "h2": ("\n\n## ", "\n\n"),
    "h4": ("\n\n#### ", "\n\n"),
    "p": ("\n\n", "\n"),
    "dt": ("\n\n", "\n"),
    "dd": ("\n", "\n"),
    "li": ("\n- ", ""),
    "b": ("**", "**"),
    "i": ("_", "_"),
    "code": ("`", "`"),
    "pre": ("\n```\n", "\n```\n"),
}
STYLES: Mapping[str, Callable[[str], str]] = {
    "elements on lines": _joined("\n", stripped=True),
    "elements on lines, with spaces": _joined("\n", stripped=False),
    "elements between spaces": _joined(" ", stripped=False),
    "one line": _joined(" ", stripped=True),
    "paragraphs": _paragraphs,
    "lines of 80 characters": _wrapped(80),
    "lines of 60 in a terminal": _wrapped(60, "   "),
    "lines and words of 72": _wrapped(72, words=True),
    "one paragraph of 80": _broken,
    "nothing between elements": _glued,
    "markdown": _marked,
    "html": str,
}
