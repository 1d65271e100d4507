"""Prose of pages as plain text: without markup, in one paragraph a paragraph."""

from __future__ import annotations

import re

_NOTES = re.compile(r"\.\. [\w-]+::[^\n]*")
_LINK = re.compile(r"`([^`<>]+?)\s*<[^<>`]*>`_{1,2}")
_ROLE = re.compile(r":[\w:]+:`([^`]*)`")
_MARKS = re.compile(r"\*\*|``|`|\[REQUIRED\]|^[ ]*-[ ]*$", re.MULTILINE)


def plain(text: str) -> str:
    """The text as people read it."""
    text = _LINK.sub(r"\1", _ROLE.sub(r"\1", _NOTES.sub("", text)))
    text = _MARKS.sub("", text)
    paragraphs = re.split(r"\n[ ]*\n", text.strip())
    joined = (" ".join(paragraph.split()) for paragraph in paragraphs)
    return "\n".join(paragraph for paragraph in joined if paragraph)
