"""Reads boto3's documentation of a client's method, as reStructuredText or as text of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from specwright.sources.pages.facts import Fact, Facts, Member, Members, PageFacts
from specwright.sources.pages.groups import Group, TooDeep, read_group
from specwright.sources.pages.notes import Notes
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
    r"(?m)^[ ]*(?:\.\.[ ]*(?:py:)?method::[ ]*)?(?P<class>\w+)\.Client\.(?P<method>\w+)[ ]*\("
)
_GOTO = re.compile(r"/goto/WebAPI/(?P<uid>[^/\s>]+)/(?P<operation>\w+)")
_FOLDER = re.compile(r":doc:`[^<`]*<(?:\.\./)*(?P<folder>[\w.-]+)>`")
CALL = re.compile(r"response[ ]*=[ ]*client\.(?P<method>\w+)[ ]*(?=\()")
_TOO_LARGE = "This section is too large to render."
_RETURNS = re.compile(
    r"(?m)^[ ]*(?:-[ ]*)?(?::rtype:|:returns?:|Return type:?[ ]*$|Returns:?[ ]*$)"
)
_RESPONSE_SYNTAX = re.compile(r"\*{0,2}Response Syntax\*{0,2}")
_STRUCTURE = re.compile(r"\*{0,2}Response Structure\*{0,2}")
_EXCEPTION = re.compile(
    r"(?m)^[ ]*[*•-]?[ ]*(?::(?:py:)?class:)?`?[\w]+\.Client\.exceptions\.(?P<name>\w+)`?[ ]*$"
)
_EXCEPTIONS = re.compile(r"(?m)^[ ]*(?:\*\*)?Exceptions(?:\*\*)?[ ]*$")
_EXAMPLES = re.compile(r"(?m)^[ ]*(?:\*\*)?Examples(?:\*\*)?[ ]*$")
_TOP = re.compile(r"^(?P<indent>[ ]*):type (?P<name>\S+): ?(?P<type>.*)$")
_FIELD = re.compile(r"(?<=\S)[ ]*(?=:(?:type|param) [^\s:]+: )")
"""Where a field begins whose line break was lost."""
_PARAM = re.compile(r"^[ ]*:param (?P<name>\S+): ?(?P<rest>.*)$")
_ITEM = re.compile(
    r"^(?P<indent>[ ]*)(?P<bullet>[-*•][ ]+)?(?:\*\*(?P<bold>[^*]+)\*\*|(?P<plain>[\w.:$@/-]+))?[ ]*"
    r"\*?\((?P<type>[^()\n]{1,60})\)[ ]*\*?[ ]?(?:--|\u2013|\u2014)\*?[ ]?(?P<rest>.*)$"
)
_ROLE = re.compile(r":\w+:`\.?(?P<name>\w+)(?:<[^>`]*>)?`")
_DASHES = (") --", ")* --", ") \u2013", ") \u2014", ")* \u2013", ")\u2013", ")--")


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


def _call(text: str, method: str | None) -> re.Match[str] | None:
    calls = list(CALL.finditer(text))
    same = [c for c in calls if method is None or c["method"] == method]
    return next(iter(same or calls), None)


def _marks(page: Page, call: re.Match[str] | None) -> _Marks:
    text = page.text
    too_large = text.find(_TOO_LARGE)
    request = call.end() if call is not None else max(too_large, 0)
    returns = _first(_RETURNS, text, request, len(text))
    response = _first(_RESPONSE_SYNTAX, text, returns, len(text))
    structure = _first(_STRUCTURE, text, response, len(text))
    listed = _EXCEPTION.search(text, structure if structure < len(text) else returns)
    examples = _first(_EXAMPLES, text, structure, len(text))
    exceptions = listed.start() if listed is not None else examples
    heading = [m.start() for m in _EXCEPTIONS.finditer(text, structure, exceptions)]
    if listed is not None and heading:
        exceptions = heading[-1]
    return _Marks(request, returns, response, structure, exceptions, len(text))


def _first(pattern: re.Pattern[str], text: str, start: int, otherwise: int) -> int:
    found = pattern.search(text, start)
    return found.start() if found is not None else otherwise


def _about(page: Page, found: re.Match[str] | None, docs: bool) -> Facts:
    text = page.text
    facts: dict[str, Fact] = {}
    goto = _GOTO.search(text)
    folder = _FOLDER.search(text)
    service = service_id(
        folder=folder["folder"] if folder else None,
        uid=goto["uid"] if goto else None,
        class_name=found["class"] if found else None,
    )
    if service is not None:
        at = next(m for m in (goto, found, folder) if m is not None)
        name, sure = service
        facts["service"] = Fact(name, page.line_at(at.start()), not sure)
    if goto is not None:
        facts["operation"] = Fact(goto["operation"], page.line_at(goto.start()))
        version = re.search("[0-9]{4}-[0-9]{2}-[0-9]{2}$", goto["uid"])
        if version is not None:
            facts["version"] = Fact(version[0], page.line_at(goto.start()))
    if found is not None:
        facts["page"] = Fact(found["method"], page.line_at(found.start()))
    if docs and found is not None:
        start = text.find("\n", found.end())
        end = goto.start() if goto is not None else start
        facts["doc"] = Fact(text[start:end].rpartition("See also")[0], 0)
    return facts


def _input(
    page: Page, notes: Notes, call: re.Match[str] | None, marks: _Marks, docs: bool
) -> Members | None:
    items = list(_top_items(page, marks.request, marks.returns))
    if call is None:
        return as_members(tree_of(items), docs) if items else None
    group = _block(page, notes, marks.request, marks.returns)
    if group is None:
        return None
    nodes = members_of(group, page)
    if not nodes and items:
        nodes = tree_of(items)
    else:
        _strange(attach(nodes, items), notes)
    return as_members(nodes, docs)


def _output(page: Page, notes: Notes, marks: _Marks, docs: bool) -> Members | None:
    text = page.text
    if marks.returns >= marks.end:
        return None
    if re.match(
        r"\s*:returns?:[ ]*None|\s*Returns?:?\s*None", text[marks.returns :][:60]
    ):
        return {}
    items = list(_items(page, marks.structure, marks.exceptions))
    group = None
    if _TOO_LARGE not in text[marks.response : marks.structure]:
        group = _block(page, notes, marks.response, marks.structure, "{")
    if group is None:
        nodes = tree_of(items)
        root = nodes[0] if nodes and nodes[0].name is None else None
        inner = root.children if root is not None else nodes
        return as_members(inner, docs) if items else None
    root = Node(
        page.line_at(group.offset), "structure", children=members_of(group, page)
    )
    strangers = attach([root], items)
    _strange(strangers, notes)
    member: Member = as_member(root, docs)
    return member.members or {}


def _strange(items: list[Item], notes: Notes) -> None:
    for item in items:
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


def _top_items(page: Page, start: int, end: int) -> Iterator[Item]:
    """The items of the parameters, those of all depths in the order of the page."""
    yield from _items(page, start, end, top=True)


def _items(page: Page, start: int, end: int, *, top: bool = False) -> Iterator[Item]:
    current: Item | None = None
    prose: list[str] = []
    for number, line in _rows(page, start, end, top):
        found = _item(line, number, top)
        if found is not None:
            if current is not None:
                current.prose = "\n".join(prose)
                yield current
            current, prose = found, [found.prose]
        elif current is not None and (param := _PARAM.match(line)) is not None:
            prose.append(param["rest"])
        else:
            prose.append(line)
    if current is not None:
        current.prose = "\n".join(prose)
        yield current


def _rows(page: Page, start: int, end: int, top: bool) -> Iterator[tuple[int, str]]:
    for index in range(page.index_at(start), page.index_at(max(end - 1, start)) + 1):
        line = page.lines[index]
        for part in _FIELD.split(line) if top and ":" in line else (line,):
            yield page.number(index), part


def _item(line: str, number: int, top: bool) -> Item | None:
    if top and (stated := _TOP.match(line)) is not None:
        kind = _ROLE.sub(r"\g<name>", stated["type"].strip())
        return Item(number, len(stated["indent"]), stated["name"], kind)
    if not any(dashes in line for dashes in _DASHES):
        return None
    found = _ITEM.match(line)
    if found is None:
        return None
    kind = _ROLE.sub(r"\g<name>", found["type"].strip(" *"))
    indent = len(found["indent"])
    name = found["bold"] or found["plain"]
    return Item(number, indent, name, kind, found["rest"])


def _errors(page: Page, marks: _Marks) -> dict[str, Member] | None:
    found: dict[str, Member] = {
        m["name"]: Member(page.line_at(m.start("name")))
        for m in _EXCEPTION.finditer(page.text, marks.exceptions)
    }
    return found or None
