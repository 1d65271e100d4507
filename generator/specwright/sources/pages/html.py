"""Saved web pages to the text that people see, laid out as the readers know it."""

from __future__ import annotations

import re

from specwright.diagnostics import Diagnostic, Position
from specwright.sources.pages.text import Page, tidy

_SKIPPED = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "nav",
        "footer",
        "header",
        "head",
        "form",
        "button",
    }
)
_BLOCKS = frozenset(
    {
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "caption",
            "div",
            "dl",
            "dd",
            "dt",
        ),
        *(
            "fieldset",
            "figure",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "hr",
            "li",
            "main",
            "ol",
            "p",
        ),
        *("pre", "section", "table", "tbody", "thead", "tr", "ul", "title"),
    }
)
_INDENTING = frozenset({"ul", "ol", "dd"})


def html_page(name: str, text: str) -> Page | Diagnostic:
    """The page of a saved web page; a finding where the parser is not installed."""
    try:
        from lxml import etree, html
    except ImportError:
        hint = "pip install 'specwright[pages]', or save the page as text"
        message = "reading saved web pages needs lxml, which is not installed"
        return Diagnostic("no-lxml", message, Position(name), hint)
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        root = html.document_fromstring(text.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as problem:
        return Diagnostic(
            "unreadable-page", f"this is no web page: {problem}", Position(name)
        )
    writer = _Writer()
    title = root.findtext(".//title")
    if title is not None:
        # The title has the service, which the rest of a page may not name.
        writer.line(" ".join(title.split()), 1)
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if not isinstance(element.tag, str):
            continue
        if event == "start":
            writer.start(
                element.tag, element.get("class") or "", element.sourceline or 1
            )
            writer.text(element.text or "")
        else:
            if element.tag == "a" and "/goto/" in (link := element.get("href") or ""):
                # These links name the service, its version and the operation.
                writer.text(f" <{link}>")
            writer.end(element.tag)
            writer.text(element.tail or "")
    lines, numbers = writer.finished()
    return Page(name, lines, numbers)


class _Writer:
    """Lays text out in lines: an item of a list begins one, indented as deep as it stands."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._numbers: list[int] = []
        self._current: list[str] = []
        self._number = 1
        self._depth = 0
        self._skipped = 0
        self._verbatim = 0
        self._cells = 0
        self._bullet = False
        self._stack: list[str] = []

    def line(self, text: str, number: int) -> None:
        """Add a line of its own."""
        self._lines.append(text)
        self._numbers.append(number)

    def start(self, tag: str, kind: str, line: int) -> None:
        """Begin an element."""
        hidden = tag in _SKIPPED
        self._stack.append("skip" if hidden else tag)
        if hidden:
            self._skipped += 1
        if self._skipped:
            return
        self._number = max(line, 1)
        if tag in _BLOCKS:
            self._break()
        if tag in _INDENTING:
            self._depth += 1
        if tag == "li" or (tag == "dt" and "py" not in kind and "sig" not in kind):
            self._bullet = True
        elif tag == "pre":
            self._verbatim += 1
        elif tag == "br":
            self._break()
        elif tag in ("td", "th"):
            self._current.append(" ")
        elif tag in ("strong", "b") and not self._verbatim:
            self._current.append("\ue000")
        elif tag in ("em", "i") and not self._verbatim:
            self._current.append("\ue001")

    def end(self, tag: str) -> None:
        """End an element."""
        if self._stack and self._stack.pop() == "skip":
            self._skipped -= 1
            return
        if self._skipped:
            return
        if tag in ("td", "th"):
            self._current.append(" | ")
        elif tag in ("strong", "b") and not self._verbatim:
            self._current.append("\ue000")
        elif tag in ("em", "i") and not self._verbatim:
            self._current.append("\ue001")
        if tag in _BLOCKS:
            self._break()
        if tag in _INDENTING:
            self._depth -= 1
        elif tag == "pre":
            self._verbatim -= 1

    def text(self, text: str) -> None:
        """Text of the element that was begun, or text behind one."""
        if self._skipped or not text:
            return
        if not self._verbatim:
            # Patterns stand in code, and their spaces count.
            spaces = r"\s*\n\s*" if self._stack[-1:] == ["code"] else r"\s+"
            self._current.append(re.sub(spaces, " ", text))
            return
        first, *rest = tidy(text).split("\n")
        self._current.append(first)
        for line in rest:
            self._break(keep=True)
            self._number += 1
            self._current.append(line)

    def _break(self, *, keep: bool = False) -> None:
        line = "".join(self._current)
        self._current.clear()
        if not keep:
            line = line.strip(" ")
        if not line.strip("\ue000\ue001 ") and not keep:
            return
        if not self._verbatim:
            line = "  " * self._depth + ("- " if self._bullet else "") + line
            self._bullet = False
        self._lines.append(line)
        self._numbers.append(self._number)

    def finished(self) -> tuple[list[str], list[int]]:
        """All lines, and the line of the file that each came from."""
        self._break()
        lines = [tidy(_marked(line)) for line in self._lines]
        return lines, self._numbers


def _marked(line: str) -> str:
    """Bold names of boto3's lists keep their stars; other marks go."""
    line = re.sub("\ue001([^\ue000\ue001]*)\ue001", r"\1", line)
    item = re.match(
        r"^([ ]*- )?\ue000([^\ue000]*)\ue000([ ]*\(.*\)[ ]*[\u2013\u2014-])", line
    )
    if item is not None:
        line = f"{item[1] or ''}**{item[2]}**{item[3]}{line[item.end():]}"
    return line.replace("\ue000", "").replace("\ue001", "").rstrip()
