"""Reads pages of commands of the AWS SDK for JavaScript v3."""

from __future__ import annotations

import itertools
import re

from specwright.sources.pages.facts import Fact, Facts, Member, Members, PageFacts
from specwright.sources.pages.groups import Group, TooDeep, read_group
from specwright.sources.pages.js_tree import Shapes, members_of, shape_name, tokens
from specwright.sources.pages.notes import Notes
from specwright.sources.pages.services import service_id
from specwright.sources.pages.text import Page

IMPORT = re.compile(
    r"\b(?:import|const)\s*\{\s*(?P<client>\w+)Client\s*,\s*(?P<command>\w+)Command\s*\}"
    r"\s*(?:from|=\s*require\s*\()\s*[\"']@aws-sdk/client-(?P<package>[\w.-]+)[\"']"
)
INPUT = re.compile(r"\bconst\s+input\s*=\s*(?=\{)")
_SEND = re.compile(r"\bclient\s*\.\s*send\s*\(\s*command\s*\)\s*;?")
_ANSWER = re.compile(r"//\s*(?=\{)")
# Cells may run into each other; a name that ends as names of errors do is known nevertheless.
_FAULT = re.compile(
    r"(?<!\w)(?P<name>[A-Z]\w*)\s*\|[\s|]*(?P<fault>client|server)[ ]*(?=\||\n|\Z|[A-Z])"
    r"|(?<!\w)(?P<known>[A-Z]\w*?(?:Exception|Error|Fault))(?:\s*(?P<side>client|server)[ ]*(?=\||\n|\Z|[A-Z0-9])"
    r"|\s+(?P<other>client|server)[ ]+)"
    r"|(?<!\w)(?P<apart>[A-Z]+[a-z0-9]\w*[A-Z]\w*)\s+(?P<which>client|server)(?:[ ]*\n|[ ]+(?=[A-Z0-9(\"]))"
)
_TOLD = re.compile(
    r"(?:Throws|(?<!\w))(?P<name>(?!Throws)[A-Z]\w*)[\]`*]*(?:\([^()\s]{0,300}\))?"
    r"[\s`*_]*\((?P<fault>client|server)\s+fault\)"
)
"""An error as pages of former years have them, one in each section."""
_LINK = re.compile(r"\[`?(?P<name>\w+)`?\]\([^()\s]{0,300}\)")
_HEADER = re.compile(
    r"(?:\s*\|?[ ]*Name[\s|]*Fault[\s|]*Details(?=[\s|A-Z])[\s|-]*){1,2}"
)
_COLUMNS = re.compile(r"(?:Parameter[\s|]*Type[\s|]*Description[\s|-]*){1,2}")
_MARKED = re.compile(
    r"(?<![\w$-])(?P<name>[\w$-]+?)\s{0,8}Required(?=[\s|]*[\w<>\[\], ]{1,120}\|\s*undefined)"
)
_COLUMN = re.compile(r"(?P<name>\S+)[ ]{2,}\S")
"""A row of a table that is laid out in columns of text."""
_TYPES = {"string": "string", "boolean": "boolean", "Date": "timestamp"}
_TYPES |= {"Uint8Array": "blob", "__DocumentType": "document"}
_ROW = re.compile(
    r"^[ ]*\|?[ ]*(?P<name>[\w$.:-]+?)(?P<required>[ ]*Required)?[ ]*\|(?P<rest>.*)$"
)


def read_js(page: Page, notes: Notes, docs: bool = False) -> PageFacts:
    """The facts of a command's page."""
    text = page.text
    found = IMPORT.search(text)
    name = found["command"] if found is not None else _titled(text)
    start = INPUT.search(text)
    send = _SEND.search(text, start.end() if start is not None else 0)
    shapes = Shapes(page)
    groups: list[Group | None] = [None, None]
    if start is not None:
        stop = send.start() if send is not None else len(text)
        groups[0] = _example(page, notes, start.end(), stop)
    if send is not None and (answer := _ANSWER.search(text, send.end())) is not None:
        groups[1] = _example(page, notes, answer.end(), len(text))
    for group in groups:
        if group is not None:
            shapes.learn(group)
    parts = _parts(text, name or "", groups[1].end if groups[1] is not None else 0)
    sections = [
        _section(group, shapes, text[slice(*part)], page, part[0], docs)
        for group, part in zip(groups, parts, strict=False)
    ]
    return PageFacts(
        page.name,
        "js-v3",
        _about(page, found, name, docs),
        input=sections[0],
        output=sections[1],
        errors=_errors(page, parts[2]),
        unread=tuple(sorted(notes.unread)),
    )


def _titled(text: str) -> str | None:
    found = re.search(r"(?m)^[# ]*(?P<name>[A-Z]\w*)Command[ ]*$", text)
    return found["name"] if found is not None else None


def _about(
    page: Page, found: re.Match[str] | None, name: str | None, docs: bool
) -> Facts:
    facts: dict[str, Fact] = {}
    line = page.line_at(found.start()) if found is not None else 1
    if found is not None:
        service = service_id(package=found["package"], class_name=found["client"])
        if service is not None:
            facts["service"] = Fact(service[0], line, not service[1])
    if name is not None:
        facts["operation"] = Fact(name, line)
        facts["page"] = Fact(name + "Command", line)
        title = re.search(rf"(?m)^[# ]*{re.escape(name)}Command[ ]*$", page.text)
        if docs and title is not None:
            end = page.text.find("Example Syntax", title.end())
            facts["doc"] = Fact(page.text[title.end() : max(end, title.end())], line)
    return facts


def _example(page: Page, notes: Notes, start: int, end: int) -> Group | None:
    found = read_group(tokens(page, start, end))
    if isinstance(found, TooDeep):
        line = page.line_at(found.offset)
        notes.say("too-deep", "the example has too many brackets in brackets", line)
        return None
    if found is not None and not found.closed:
        line = page.line_at(found.offset)
        notes.say("cut-short", "the example that begins here does not end", line)
        return None
    return found


def _parts(text: str, name: str, start: int) -> list[tuple[int, int]]:
    """Where the tables of input, output and errors are."""
    starts = []
    name = re.escape(name)
    for title in (rf"{name}Command\s+Input", rf"{name}Command\s+Output", "Throws"):
        found = re.compile(
            rf"(?m)^[# ]*{title}\b|{title}(?=[ ]*$|[ |]*(?:Name|Parameter)(?=\W|Fault|Type)|\s*See[ ])"
        ).search(text, start)
        starts.append(found.end() if found is not None else len(text))
    return [
        (begin, min([other for other in starts if other > begin], default=len(text)))
        for begin in starts
    ]


def _section(
    group: Group | None, shapes: Shapes, table: str, page: Page, at: int, docs: bool
) -> Members | None:
    rows = _rows(table, page, at)
    if group is None:
        return {n: m for n, (m, _) in rows.items()} if rows else None
    name = shape_name(group)
    result = dict(members_of(group, shapes, (name,) if name is not None else ()))
    for member, (stated, prose) in rows.items():
        if member in result:
            required = stated.facts.get("required")
            doc = Fact(prose, stated.line) if docs and prose else None
            result[member] = result[member].stating(required=required, doc=doc)
    for member in _required(table, result):
        line = page.line_at(at)
        result[member] = result[member].stating(required=Fact(True, line))
    return result


def _rows(table: str, page: Page, at: int) -> dict[str, tuple[Member, str]]:
    """Members by the rows of a table, a row a line."""
    rows: dict[str, tuple[Member, str]] = {}
    offset = at
    for line in table.split("\n"):
        found = _ROW.match(line) if "|" in line else None
        number = page.line_at(offset)
        offset += len(line) + 1
        if found is None or found["name"] in ("Parameter", "$metadata", "---"):
            continue
        cells = [cell.strip() for cell in found["rest"].rstrip("| ").split("|")]
        kinds = [cell for cell in cells[:-1] if cell != "undefined"] or cells[:1]
        facts: dict[str, Fact] = {}
        if (kind := _kind(kinds[0])) is not None:
            facts["type"] = Fact(kind, number)
        if found["required"]:
            facts["required"] = Fact(True, number)
        rows[found["name"]] = (
            Member(number, facts),
            cells[-1] if len(cells) > 1 else "",
        )
    return rows


def _kind(written: str) -> str | None:
    if written.endswith("[]"):
        return "list"
    if written.startswith(("Record<", "Partial<Record<")):
        return "map"
    return _TYPES.get(written)


def _required(table: str, members: Members) -> list[str]:
    """Members that the table marks, where its cells stand on lines of their own."""
    found = []
    lines = [line.strip(" |") for line in table.split("\n")]
    lines = [line for line in lines if line]
    for name, after in itertools.pairwise(lines):
        if name in members and after == "Required":
            found.append(name)
        elif after == "Required" and (row := _COLUMN.match(name)) is not None:
            found += [row["name"]] if row["name"] in members else []
        elif name.endswith("Required") and name[:-8].strip() in members:
            found.append(name[:-8].strip())
    plain = _COLUMNS.sub(" ", table)
    marked = {
        one["name"]
        for one in _MARKED.finditer(plain)
        if one["name"] + "Required" not in members
    }
    return [*found, *(name for name in members if name in marked)]


def _errors(page: Page, part: tuple[int, int]) -> dict[str, Member] | None:
    start, end = part
    if told := list(_TOLD.finditer(page.text)):
        return {m["name"]: _fault(m["fault"], page.line_at(m.start())) for m in told}
    if start >= len(page.text):
        return None
    header = _HEADER.match(page.text, start)
    start = header.end() if header is not None else start
    # A slice: nothing before it is a part of the first name. Links keep their length.
    rows = _LINK.sub(lambda m: m["name"].ljust(len(m[0])), page.text[start:end])
    return {
        found["name"]
        or found["known"]
        or found["apart"]: _fault(
            found["fault"] or found["side"] or found["other"] or found["which"],
            page.line_at(start + found.start()),
        )
        for found in _FAULT.finditer(rows)
    }


def _fault(fault: str, line: int) -> Member:
    return Member(line, {"fault": Fact(fault, line)})
