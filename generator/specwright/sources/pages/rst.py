"""Reads boto3's documentation of a client's method, as reStructuredText or as text of it."""

from __future__ import annotations

import re
from typing import NamedTuple

from specwright.sources.pages.facts import Fact, Facts, Member, Members, PageFacts
from specwright.sources.pages.groups import Group, TooDeep, read_group
from specwright.sources.pages.notes import Notes
from specwright.sources.pages.rst_items import items
from specwright.sources.pages.rst_names import operation_of
from specwright.sources.pages.rst_tree import (
    Item,
    Node,
    as_member,
    as_members,
    attach,
    members_of,
    tokens,
    tree_of,
)
from specwright.sources.pages.services import service_id
from specwright.sources.pages.text import Page

METHOD = re.compile(
    r"(?m)(?:^[ ]*(?:[-*][ ]+)?(?:\.\.[ ]*(?:py:)?method::[ ]*)?(?=\w+\.Client\.\s*\w+\s*\()"
    r"|(?=\b\w+\.Client\.\s*\w+\s*\(\s*\*?\s*\*\s*\*\s*kwargs))"
    r"(?P<class>\w+)\.Client\.\s*(?P<method>\w+)\s*\("
)
_ESCAPED = re.compile(r"\\([_*\[\]])")
_GOTO = re.compile(r"/goto/WebAPI/(?P<uid>[^/\s>]+)/(?P<operation>\w+)")
_FOLDER = re.compile(r":doc:`[^<`]*<(?:\.\./)*(?P<folder>[\w.-]+)>`")
CALL = re.compile(r"response\s*=\s*client\s*\.\s*(?P<method>\w+)\s*(?=\()")
SYNTAX = re.compile(r"Request\s+Syntax[\s:*`#_]{0,200}(?:python\s+)?" + CALL.pattern)
"""The call that stands for all of a method, which examples don't."""
_TOO_LARGE = re.compile(r"This\s+section\s+is\s+too\s+large\s+to\s+render\.")
_RETURNS = re.compile(
    r"(?m)^[ ]*(?:-[ ]*)?(?::?rtype:|:?returns?:|Return\s+type:?[ ]*$|Returns:?[ ]*$)"
)
_RETURNS_INSIDE = re.compile(
    r":rtype:|:returns:|Return\s+type\s*:|Return\s+type\s+dict\s+Returns\b|Returns\s*:[\s-]*(?=None)"
    r"|Returns\s*:?[\s-]*(?=\**\s*Response\s+Syntax)|Returns\s+(?=None\s+(?:\**Exceptions|\Z))"
)
_RESPONSE_SYNTAX = re.compile(r"\*{0,2}Response\s+Syntax\*{0,2}")
_STRUCTURE = re.compile(r"\*{0,2}Response\s+Structure\*{0,2}")
_EXCEPTION = re.compile(
    r"(?m)^[ ]*[*•-]?[ ]*(?::(?:py:)?class:)?[`\"]?\w+\.Client\.\s*exceptions\.\s*(?P<name>\w+)[`\"]?[ ]*$"
)
_EXCEPTIONS = re.compile(
    r"(?m)^[ ]*(?:\*\*)?Exceptions(?:\*\*)?[ ]*$"
    r"|Exceptions(?=[\W_]{0,12}(?:(?:py:)?class:`)?\w+\.Client\.\s*exceptions\.)"
)
_BROKEN = re.compile(r"(\"[\w.]{1,200})\n[ ]{1,100}(\w{1,200}\")")
_CLASS = re.compile(r"(?P<class>\w+)\.Client\.\s*exceptions")
_CUT = re.compile(r"E$|Ex(?:c(?:e(?:p(?:t(?:io?)?)?)?)?)?$|Er(?:ro?)?$|Fa(?:ul?)?$")
"""How the name of an error ends that stood where a page was cut."""
_EXAMPLES = re.compile(r"(?m)^[ ]*(?:\*\*)?Examples(?:\*\*)?[ ]*$")


class _Marks(NamedTuple):
    """Offsets at which the parts of a page begin."""

    request: int
    returns: int
    response: int
    structure: int
    exceptions: int
    end: int


def read_rst(page: Page, notes: Notes, docs: bool = False) -> PageFacts:
    """The facts of a boto3 page."""
    page = unescaped(page)
    text = page.text
    found = METHOD.search(text)
    call = _call(text, found["method"] if found else None)
    marks = _marks(page, call)
    input_ = _input(page, notes, call, marks, docs)
    output = _output(page, notes, marks, docs)
    return PageFacts(
        page.name,
        "boto3-rst",
        _about(page, found, docs),
        input=input_,
        output=output,
        errors=_errors(page, marks),
        unread=tuple(sorted(notes.unread)),
    )


def unescaped(page: Page) -> Page:
    """The page without the backslashes that conversions to Markdown put before marks."""
    if "\\_" not in page.text or ":rtype:" in page.text:
        return page
    lines = [_ESCAPED.sub(r"\1", line) for line in page.lines]
    return Page(page.name, lines, page.numbers)


def _call(text: str, method: str | None) -> re.Match[str] | None:
    calls = list(CALL.finditer(text))
    same = [c for c in calls if method is None or c["method"] == method]
    return next(iter(same or calls), None)


def _marks(page: Page, call: re.Match[str] | None) -> _Marks:
    text = page.text
    too_large = _first(_TOO_LARGE, text, 0, 0)
    request = call.end() if call is not None else too_large
    returns = _first(_RETURNS, text, request, -1)
    if returns < 0:
        returns = _first(_RETURNS_INSIDE, text, request, len(text))
    response = _first(_RESPONSE_SYNTAX, text, returns, len(text))
    structure = _first(_STRUCTURE, text, response, len(text))
    behind = structure if structure < len(text) else returns
    examples = _first(_EXAMPLES, text, behind, len(text))
    heading = [m.start() for m in _EXCEPTIONS.finditer(text, behind)]
    listed = _EXCEPTION.search(text, behind)
    exceptions = listed.start() if listed is not None else examples
    before = [at for at in heading if at <= exceptions] or heading
    if before:
        exceptions = before[-1]
    return _Marks(request, returns, response, structure, exceptions, len(text))


def _first(pattern: re.Pattern[str], text: str, start: int, otherwise: int) -> int:
    found = pattern.search(text, start)
    return found.start() if found is not None else otherwise


def _about(page: Page, found: re.Match[str] | None, docs: bool) -> Facts:
    text = page.text
    facts: dict[str, Fact] = {}
    goto = _GOTO.search(text)
    folder = _FOLDER.search(text)
    classes = found or _CLASS.search(text)
    service = service_id(
        folder=folder["folder"] if folder else None,
        uid=goto["uid"] if goto else None,
        class_name=classes["class"] if classes else None,
    )
    if service is not None:
        at = next(m for m in (goto, classes, folder) if m is not None)
        name, sure = service
        facts["service"] = Fact(name, page.line_at(at.start()), not sure)
    if goto is not None:
        facts["operation"] = Fact(goto["operation"], page.line_at(goto.start()))
        version = re.search("[0-9]{4}-[0-9]{2}-[0-9]{2}$", goto["uid"])
        if version is not None:
            facts["version"] = Fact(version[0], page.line_at(goto.start()))
    if found is not None:
        line = page.line_at(found.start())
        facts["page"] = Fact(found["method"], line)
    called = found or CALL.search(text)
    if called is not None and goto is None:
        name = operation_of(called["method"], text, service[0] if service else None)
        line = page.line_at(called.start())
        facts["operation"] = Fact(name, line, inferred=True)
    if docs and found is not None:
        start = text.find("\n", found.end())
        end = goto.start() if goto is not None else start
        facts["doc"] = Fact(text[start:end].rpartition("See also")[0], 0)
    return facts


def _input(
    page: Page, notes: Notes, call: re.Match[str] | None, marks: _Marks, docs: bool
) -> Members | None:
    listed = items(page, marks.request, marks.returns, fields=True)
    if call is None:
        return as_members(tree_of(listed), docs) if listed else None
    group = _block(page, notes, marks.request, marks.returns)
    if group is None:
        return None
    nodes = members_of(group, page)
    if not nodes and listed:
        nodes = tree_of(listed)
    else:
        strangers = attach(nodes, listed)
        nodes += tree_of([item for item in strangers if item.parameter])
        _strange([item for item in strangers if not item.parameter], notes)
    return as_members(nodes, docs)


def _output(page: Page, notes: Notes, marks: _Marks, docs: bool) -> Members | None:
    text = page.text
    if marks.returns >= marks.end:
        return None
    if re.match(
        r"\s*:returns?:\s*None|\s*Returns?\s*:?[\s-]*None", text[marks.returns :][:60]
    ):
        return {}
    listed = items(page, marks.structure, marks.exceptions)
    group = None
    if _TOO_LARGE.search(text, marks.response, marks.structure) is None:
        group = _block(page, notes, marks.response, marks.structure, "{")
    if group is None:
        nodes = tree_of(listed)
        root = nodes[0] if nodes and nodes[0].name is None else None
        inner = root.children if root is not None else nodes
        return as_members(inner, docs) if listed else None
    root = Node(
        page.line_at(group.offset), "structure", children=members_of(group, page)
    )
    strangers = attach([root], listed)
    _strange(strangers, notes)
    member: Member = as_member(root, docs)
    return member.members or {}


def _strange(strangers: list[Item], notes: Notes) -> None:
    for item in strangers:
        notes.skip(item.line)


def _block(
    page: Page, notes: Notes, start: int, end: int, opener: str | None = None
) -> Group | None:
    """The syntax block in a part of the page."""
    if opener is not None:
        start = page.text.find(opener, start, end)
        if start < 0:
            return None
    found = read_group(tokens(page, start, end))
    if isinstance(found, TooDeep):
        line = page.line_at(found.offset)
        notes.say(
            "too-deep", "the syntax block has too many brackets in brackets", line
        )
        return None
    if found is not None and not found.closed:
        line = page.line_at(found.offset)
        notes.say("cut-short", "the syntax block that begins here does not end", line)
        return None
    return found


def _joined(found: re.Match[str]) -> str:
    """A name in one piece, as long as it was."""
    space = len(found[0]) - len(found[1]) - len(found[2])
    return found[1] + found[2] + " " * space


def _whole(found: re.Match[str], text: str) -> bool:
    """False for the name at the end of a page that looks as if it went on."""
    opened = text[: found.start()].endswith(("`", '"'))
    return not opened and _CUT.search(found["name"]) is None


def _errors(page: Page, marks: _Marks) -> dict[str, Member] | None:
    text = page.text
    head = _EXCEPTIONS.match(text, marks.exceptions)
    if head is None:
        found = list(_EXCEPTION.finditer(text, marks.exceptions))
    else:
        # Names may run into each other: each ends where the class of the next one begins.
        first = _CLASS.search(text, head.end())
        kind = re.escape(first["class"]) if first is not None else "\\w+"
        one = re.compile(
            rf"{kind}\.Client\.\s*exceptions\.\s*(?P<name>\w+?)(?=\W|\Z|{kind}\.Client\.|Examples\b)"
        )
        end = _first(_EXAMPLES, text, head.end(), len(text))
        text = _BROKEN.sub(_joined, text)
        found = list(one.finditer(text, head.end(), end))
    names = {
        m["name"]: Member(page.line_at(m.start("name")))
        for m in found
        if m.end("name") < len(text) or _whole(m, text)
    }
    return names or None
