"""Takes the marks away that conversions to Markdown leave in API Reference pages."""

from __future__ import annotations

import re

from specwright.sources.pages.text import Page

# Classes of patterns stand behind brackets, and groups before marks of repetition.
_LINK = re.compile(
    r"(?<![\])}\\])!?\[[ ]*([^\[\]\n]{1,200}?)[ ]*\]"
    r"\((?:https?://|\.{0,2}/|#|API_|[\w-]{1,80}\.(?:html|md))[^()\n]{0,400}\)(?![?*+{])"
)
_BRACKETED = re.compile(
    r"^([ ]*(?:[-*•+][ ]+)?(?:\*\*)?[ ]*)\[[ ]*([\w.:$@/-]+)[ ]*\](?=[ ]*(?:\*\*)?[ ]*$)"
)
_ANCHOR = re.compile(r"<a (?:name|id)=\"[^\"<>\n]{0,300}\">[ ]*</a>")
_BOLD = re.compile(
    r"^(?P<before>[ ]*(?:[-*•+][ ]+)?)(?P<marks>\*\*|__)[ ]*(?P<name>[\w$@][\w.:$@/()\\ -]*?)[ ]*(?P=marks)[ ]*$"
)
_UNDERLINE = re.compile(r"[ ]*(?:={3,}|-{3,}|`{3,}\w*|~{3,})[ ]*$")
_GLYPH = re.compile(
    r"^(?P<indent>[ ]*)[\u2022\u2023\u25aa\u25cf\u25cb\u25e6\u00b7\u2219][ ]*(?=\S)"
)
_TERM = re.compile(r"^:[ ]{3}(?=\S)")
# Placeholders of syntax blocks are emphasised: after a key, a tag, a slash, or an equals sign.
_VALUE = re.compile(
    r"(?P<before>(?:\"[ ]*:[ ]*|[\[{][ ]*|^[ ]*)\"?|^[ ]*<[\w:]+>|^[ ]*[\w-]+:[ ]*)"
    r"(?P<marks>\{\{|[_*]{1,2})(?P<word>[A-Za-z](?:[\w. -]*[\w+])?)(?:\}\}|[_*]{1,2})[ ]?(?=[\"<,\]}.]|[ ]*$|[ ]+[,\]}])"
)
_KEY = re.compile(r"(?<=\")(?:\{\{|[_*]{1,2})(\w+)(?:\}\}|[_*]{1,2})[ ]?(?=\"[ ]*:)")
_LABEL = re.compile(
    r"(?:\{\{|(?<=[/=:])[_*]{1,2})(?P<word>\w+?\+?)(?:\}\}|[_*]{1,2})[ ]?(?=\W|$)"
)
_PATTERN = re.compile(
    r"(?P<before>[ ]*(?:Key |Value )?Pattern:[ ]+)(?P<marks>`{1,3})[ ]?(?P<pattern>.+?)[ ]?(?P=marks)[ ]*$"
)
_METHOD = re.compile(r"^[ ]*(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)[ ]+/")


def unlinked(line: str) -> str:
    """A line without links and marks of code."""
    if "[" not in line and "`" not in line and "\\" not in line:
        return line
    line = _BRACKETED.sub(r"\1\2", _LINK.sub(r"\1", line))
    # A single one is a part of a pattern.
    return line if line.count("`") % 2 else line.replace("`", "")


def unmarked(page: Page) -> Page:
    """The page with plain names, headings and syntax; every line stays where it is."""
    lines = [_GLYPH.sub(r"\g<indent>- ", line) for line in page.lines]
    lines = [_plain(line) if _has_marks(line) else line for line in lines]
    return Page(page.name, lines, page.numbers)


def _has_marks(line: str) -> bool:
    return any(
        mark in line for mark in ("[", "`", "_", "*", "<a ", "{{", "---", "==")
    ) or (line[:1] == ":")


def _plain(line: str) -> str:
    if (pattern := _PATTERN.match(line)) is not None:
        return pattern["before"] + pattern["pattern"]
    if _UNDERLINE.match(line):
        return ""
    line = _TERM.sub("", line)
    if "<a " in line:
        line = _ANCHOR.sub("", line)
    line = unlinked(line)
    if (bold := _BOLD.match(line)) is not None:
        return bold["before"] + bold["name"].replace("\\", "")
    if _METHOD.match(line):
        return _LABEL.sub(r"\g<word>", line)
    if "_" in line or "*" in line or "{{" in line:
        line = _KEY.sub(r"\1", _VALUE.sub(r"\g<before>\g<word>", line))
    return line
