"""Documentation of models, which is HTML, to plain text."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BLOCKS = frozenset(
    {
        *("p", "div", "ul", "ol", "dl", "dt", "dd", "li", "br", "hr", "pre", "table"),
        *("tr", "note", "important", "section", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("fullname", "caution", "blockquote", "details", "summary"),
    }
)
_HIDDEN = frozenset({"script", "style"})
_SPACE = re.compile(r"\s+")


class _Stripper(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.hidden += tag in _HIDDEN
        if tag in _BLOCKS:
            self.parts.append("\n- " if tag == "li" else "\n")

    def handle_endtag(self, tag: str) -> None:
        self.hidden = max(0, self.hidden - (tag in _HIDDEN))
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(_SPACE.sub(" ", data))


def plain_text(html: str) -> str:
    """The text of documentation, a line a paragraph or point; empty where there is none."""
    stripper = _Stripper()
    stripper.feed(html)
    stripper.close()
    lines: list[str] = []
    for line in "".join(stripper.parts).split("\n"):
        words = " ".join(line.split())
        if lines and lines[-1] == "-":
            # The point's own text stands in a paragraph of its own.
            lines[-1] = f"- {words}" if words else "-"
        elif words:
            lines.append(words)
    return "\n".join(line for line in lines if line != "-")
