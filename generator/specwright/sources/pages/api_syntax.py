"""The syntax blocks of API Reference pages: request line, headers, and the body's tree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.entities import html5

from specwright.sources.pages.api_xml import read_xml
from specwright.sources.pages.facts import Fact, Member
from specwright.sources.pages.groups import Entry, Group, Token, TooDeep, read_group
from specwright.sources.pages.notes import Notes
from specwright.sources.pages.text import Page

_REQUEST = re.compile(
    r"(?:\b|(?<=Syntax))(?P<method>GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\s+(?=/)"
)
_VERSION = re.compile(r"\s*HTTP/1\.1")
_LONGEST = 6000
"""No request line is longer, whatever was put between its words."""
# What readers of HTML take for letters: "&reg" of "&regionCode", "&not" of "&notificationId".
_LETTERS = {
    letter: "&" + name
    for name, letter in sorted(html5.items())
    if not name.endswith(";") and name.islower() and name not in ("amp", "lt", "gt")
}
_STATUS = re.compile(r"HTTP/1\.1\s+(?:(?P<code>[0-9]{3})|(?P<name>[A-Za-z]\w*))?")
_HEADER = re.compile(
    r"(?<![\w-])(?P<wire>[A-Za-z][\w-]*)[ ]*:\s*(?P<name>[A-Za-z][\w./-]*)"
)
_TOKEN = re.compile(
    r"""(?P<text>"[^"\n]*(?:\n[^"\n]{0,80}){0,3}")|(?P<open>[{\[])|(?P<close>[}\]])"""
    r"""|(?P<comma>,)|(?P<colon>:)|(?P<word>[^\s"{}\[\],:]+)"""
)
_TIME = re.compile(
    r"(?:(?<![Rr]un)[Tt]imes?|Time[sS]tamps?|timestamps?|(?<![Uu]p)[Dd]ates?|At|edOn|After|Before|Expiration|expiration"
    r"|[cC]reated|[mM]odified|[lL]astUpdated|[lL]astAccessed|[lL]astPublished|[lL]astUploaded|(?:Seen|[sS]tart|[eE]nd|Expiry))$"
    r"|^time(?!Series|Zone|Delta|Range|Ordering|Dimension|ToLive|OfDay)[A-Z]|Time(?:Inclusive|Exclusive)$"
)
_MAP_KEY = "string"


@dataclass(slots=True)
class Syntax:
    """What a syntax block says."""

    method: str | None = None
    uri: str | None = None
    status: int | None = None
    status_member: str | None = None
    line: int = 0
    headers: list[tuple[str, str, int]] = field(default_factory=list)
    body: dict[str, Member] | None = None
    root: str | None = None
    payload: str | None = None
    """The root element of an XML body."""
    kind: str = ""
    """json, xml, blob or nothing."""


def read_syntax(page: Page, span: tuple[int, int], notes: Notes) -> Syntax:
    """The syntax block in a part of a page."""
    text, (start, end) = page.text, span
    result = Syntax(line=page.line_at(start))
    at = start
    if (request := _REQUEST.search(text, start, end)) is not None and (
        version := _VERSION.search(
            text, request.end(), min(request.end() + _LONGEST, end)
        )
    ) is not None:
        result.method = request["method"]
        result.uri = _uri(text[request.end() : version.start()])
        result.line, at = page.line_at(request.start()), version.end()
    elif (status := _STATUS.search(text, start, end)) is not None:
        result.line, at = page.line_at(status.start()), status.end()
        if status["code"]:
            result.status = int(status["code"])
        elif status["name"] and not status["name"].startswith(("Content", "x-", "X-")):
            result.status_member = status["name"]
    brace, tag = text.find("{", at, end), _tag(text, at, end)
    body = min([b for b in (brace, tag) if b >= 0], default=end)
    _headers(page, at, body, result)
    if body == brace and brace >= 0:
        result.kind = "json"
        found = read_group(_tokens(page, brace, end))
        if isinstance(found, TooDeep):
            line = page.line_at(found.offset)
            notes.say("too-deep", "the syntax has too many brackets in brackets", line)
        elif found is not None:
            if not found.closed:
                line = page.line_at(found.offset)
                notes.say("cut-short", "the syntax that begins here does not end", line)
            result.body = _members(found, page)
    elif tag >= 0:
        result.kind = "xml"
        result.root, result.body = read_xml(page, tag, end, notes)
    return result


def _uri(written: str) -> str:
    """A path and query without what line breaks and readers of HTML did to them."""
    plain = re.sub(r"(?<=\w);(?==)", "", "".join(written.split()))
    return "".join(_LETTERS.get(letter, letter) for letter in plain)


def _tag(text: str, start: int, end: int) -> int:
    found = re.compile(r"<[A-Za-z?]").search(text, start, end)
    return found.start() if found is not None else -1


def _headers(page: Page, start: int, end: int, result: Syntax) -> None:
    """The headers between the first line and the body, each on a line or all on one."""
    seen: set[str] = set()
    at = start
    for found in _HEADER.finditer(page.text, start, end):
        at = found.end()
        if "/" not in found["name"] and found["wire"].lower() not in seen:
            seen.add(found["wire"].lower())
            line = page.line_at(found.start())
            result.headers.append((found["wire"], found["name"], line))
    # Parts of the host can stand on lines of their own.
    words = _words(page.text, at, end)
    rest = [one for one in words if not one[1].startswith(".")]
    if len(rest) == 1 and re.fullmatch(r"[A-Za-z]\w*", rest[0][1]):
        offset, result.payload = rest[0]
        result.kind = "blob"
        result.line = result.line or page.line_at(offset)


def _words(text: str, start: int, end: int) -> list[tuple[int, str]]:
    return [(m.start(), m[0]) for m in re.compile(r"\S+").finditer(text, start, end)]


def _tokens(page: Page, start: int, end: int) -> Iterator[Token]:
    for found in _TOKEN.finditer(page.text, start, end):
        value, offset = found.group(), found.start()
        if found["text"]:
            yield Token("text", " ".join(value[1:-1].split()), offset)
        elif found["open"]:
            yield Token("open", value, offset)
        elif found["close"]:
            yield Token("close", value, offset)
        elif found["comma"]:
            yield Token("comma", value, offset)
        elif found["colon"]:
            yield Token("colon", value, offset)
        else:
            yield Token("word", value, offset)


def _members(group: Group, page: Page) -> dict[str, Member]:
    return {
        entry.key: _value(entry, page, entry.key)
        for entry in group.entries
        if entry.key and (entry.atoms or entry.quoted)
    }


def _value(entry: Entry, page: Page, name: str) -> Member:
    line = page.line_at(entry.offset)
    words = entry.words()
    if (group := entry.group("{")) is not None:
        first = group.entries[0] if group.entries else None
        if first is not None and len(group.entries) == 1 and _is_key(first):
            key = Member(line, {"type": Fact("string", line)})
            value = _value(first, page, name)
            return Member(line, {"type": Fact("map", line)}, key=key, value=value)
        facts = {"type": Fact("structure", line)}
        return Member(line, facts, members=_members(group, page))
    if (group := entry.group("[")) is not None:
        inner = next((e for e in group.entries if e.atoms), None)
        item = _value(inner, page, name) if inner is not None else None
        return Member(line, {"type": Fact("list", line)}, item=item)
    if entry.texts():
        return _text(entry.texts()[0], line, name)
    kind = {"boolean": "boolean", "blob": "blob", "JSON": "document"}.get(
        " ".join(words[:1])
    )
    if kind is not None:
        return Member(line, {"type": Fact(kind, line)})
    # A number may be of any kind, or a time: nothing is said of which.
    return Member(
        line, {"printed": Fact("number", line)} if words[:1] == ("number",) else {}
    )


def _is_key(entry: Entry) -> bool:
    """True where a key stands for all keys of a map; a member can be called the same."""
    return entry.key == _MAP_KEY


def _text(value: str, line: int, name: str) -> Member:
    if value == "string":
        facts = {"printed": Fact("string", line)}
        if not _TIME.search(name):
            facts["type"] = Fact("string", line)
        return Member(line, facts)
    if re.fullmatch(r"[A-Za-z_]\w*", value):
        return Member(line, {"ref": Fact(value, line), "shape": Fact(value, line)})
    return Member(line)
