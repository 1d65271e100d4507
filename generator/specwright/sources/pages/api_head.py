"""What an API Reference page is about: its title, and the links to it."""

from __future__ import annotations

import re

from specwright.sources.pages.api_items import in_sentence
from specwright.sources.pages.api_sections import Sections
from specwright.sources.pages.facts import Fact
from specwright.sources.pages.services import service_id
from specwright.sources.pages.text import Page

_TITLE = re.compile(
    r"^[# ]*(?P<name>[A-Z]\w+)[ ]*[-\u2013\u2014][ ]*(?P<service>(?:Amazon|AWS)\b.{1,80}|.{1,60}API Reference)$"
)
_LONE = re.compile(r"^[#* ]*(?P<name>[A-Z][A-Za-z0-9_]+)[* ]*$")
_BEGINS = re.compile(
    r"\s*(?:#+ )?(?P<name>[A-Z][A-Za-z0-9_]+)[ ]*[-\u2013\u2014|][ ]*(?P<service>(?:\S+[ ]){0,8}\S+)"
)
_WORDS = re.compile(
    r"(?<![A-Za-z0-9_.:/-])(?P<name>[A-Z][a-z]+[A-Z][A-Za-z0-9]*)(?![\w(:/-]|\.\w)"
)
_FIRST = re.compile(r"[\s#*]*(?P<name>[A-Z][A-Za-z0-9]+)(?=[\s*]+[A-Z][a-z]+[ ,-])")
_BEHIND = re.compile(
    r"(?:See Also|Focus mode|RSS|Contents)(?:[\s:#*|]+(?P<name>[A-Z][A-Za-z0-9]+)(?=[\s*]+[A-Z])"
    r"|(?P<glued>[A-Z][A-Za-z0-9]*[a-z0-9])(?=[A-Z][a-z]*[\s,]))"
)
"""The title behind the list of what is on the page, and the first word of the prose that may be glued to it."""
_NAVIGATION = re.compile(
    "(?:Documentation|Also).*"
    "|(?:API|Reference|Request|Syntax|URI|Parameters|Body|Response|Elements|Errors|Examples|See)+"
)
_AFTER_CONTENTS = re.compile(r"(?:See Also|Focus mode|RSS|Contents|PDF)[\s:#*|]*$")
_SAMPLE = re.compile(r"(?:Action=|<)([A-Z]\w*?)(?:Request|Response|Result)?(?!\w)")
_LONGEST_HEAD = 50_000
_TELLING, _SURE = 8, 9
"""Lines of more words are prose; titles with so many marks are titles."""
_SENTENCE = re.compile(r"[\s*]+(?P<word>An?|[A-Z][a-z]+)[\s,]+\S")
_VERBS = re.compile(
    "(?:Accept|Add|Associate|Attach|Batch|Cancel|Create|Delete|Describe|Detach|Disable|Disassociate|Enable"
    "|Export|Get|Import|Invoke|List|Modify|Put|Query|Register|Remove|Reset|Restore|Search|Send|Set|Start"
    "|Stop|Tag|Test|Untag|Update|Validate|Verify)(?=[A-Z])"
)
_FURNITURE = frozenset(
    {
        *("PDF", "RSS", "PDFRSS", "Contents", "Documentation", "Home", "Feedback"),
        *(
            "AWS",
            "Amazon",
            "Menu",
            "Note",
            "Important",
            "Warning",
            "Errors",
            "Examples",
        ),
        *(
            "The",
            "A",
            "An",
            "This",
            "For",
            "In",
            "To",
            "If",
            "Use",
            "See",
            "You",
            "Your",
        ),
    }
)
_UID = re.compile(
    r"/goto/[\w.-]+/(?P<uid>[a-z0-9.-]+-[0-9]{4}-[0-9]{2}-[0-9]{2})/(?P<operation>\w+)"
)


def about(page: Page, sections: Sections) -> dict[str, Fact]:
    """The operation and its service, as far as the page names them."""
    facts: dict[str, Fact] = {}
    head = range(page.index_at(max(sections.head[1] - 1, 0)) + 1)
    for index in head:
        if (titled := _TITLE.match(page.lines[index].strip())) is not None:
            number = page.number(index)
            facts["operation"] = Fact(titled["name"], number)
            if (service := service_id(title=_short(titled["service"]))) is not None:
                facts["service"] = Fact(service[0], number)
            break
    lone = _lone(page, len(head))
    begins = _BEGINS.match(page.text)
    if begins is not None and not _looks_like_one(begins["name"]):
        begins = None
    if "operation" not in facts and lone is not None and begins is None:
        better = None
        if any(len(page.lines[index].split()) > _TELLING for index in head[: lone[2]]):
            # Prose stands below the title, which may be in a line with more.
            better = _likeliest(page.text, page.text[slice(*sections.head)], _SURE)
        line = lone[1] if better is None else page.line_at(better[0])
        name = lone[0] if better is None else page.text[slice(*better)]
        facts["operation"] = Fact(name, line)
    elif "operation" not in facts:
        facts |= _run_together(page, sections)
    if (goto := _UID.search(page.text)) is not None:
        line_ = page.line_at(goto.start())
        facts.setdefault("operation", Fact(goto["operation"], line_))
        service = service_id(uid=goto["uid"])
        if service is not None and "service" not in facts:
            facts["service"] = Fact(service[0], line_)
    if "operation" in facts:
        facts["page"] = facts["operation"]
    return facts


def _run_together(page: Page, sections: Sections) -> dict[str, Fact]:
    """What a page begins with whose title stands on no line of its own."""
    head = page.text[slice(*sections.head)]
    found = _BEGINS.match(head)
    if found is None:
        titled = _likeliest(page.text, head)
        if titled is None:
            return {}
        line = page.line_at(titled[0])
        return {"operation": Fact(head[slice(*titled)], line)}
    line = page.line_at(found.start("name"))
    facts = {"operation": Fact(found["name"], line)}
    words = found["service"].partition("Documentation")[0].split()
    for count in range(len(words), 0, -1):
        service = service_id(title=_short(" ".join(words[:count])))
        if service is not None:
            facts["service"] = Fact(service[0], line)
            break
    return facts


def _likeliest(text: str, head: str, least: int = 1) -> tuple[int, int] | None:
    """The title among all words of a head that look like one, and the first word."""
    head = head[:_LONGEST_HEAD]
    samples = {found[1] for found in _SAMPLE.finditer(text)}
    first = _FIRST.match(head)
    spans = [first.span("name")] if first is not None else []
    spans += [one.span(one.lastgroup or 0) for one in _BEHIND.finditer(head)]
    spans += [one.span("name") for one in _WORDS.finditer(head)]
    best: tuple[int, int] | None = None
    most = least - 1
    for place, span in enumerate(spans):
        name = head[slice(*span)]
        if name in _FURNITURE or _NAVIGATION.fullmatch(name):
            continue
        marks = (
            _marks(head, span)
            + 5 * (name in samples)
            + 5 * (first is not None and not place)
        )
        if marks > most:
            best, most = span, marks
    return best


def _marks(head: str, span: tuple[int, int]) -> int:
    """What tells that a word is a title: its place, and what follows it."""
    start, end = span
    name = head[start:end]
    marks = 1 + 2 * (_VERBS.match(name) is not None)
    before = head[max(start - 60, 0) : start]
    if _AFTER_CONTENTS.search(before) is not None:
        marks += 5
    elif in_sentence(before, ""):
        marks -= 2
    if (after := _SENTENCE.match(head, end)) is not None:
        marks += 2 + 3 * (after["word"][:4] == name[:4])
    return marks


def _lone(page: Page, count: int) -> tuple[str, int, int] | None:
    """The title on a line of its own: the last before the prose, or the likeliest."""
    rows = [(index, page.lines[index].strip()) for index in range(count)]
    filled = [(index, row) for index, row in rows if row]
    best: tuple[str, int, int] | None = None
    told = False
    for place, (index, row) in enumerate(filled):
        if best is not None and _looks_like_one(best[0]) and _tells(row, best[0]):
            break
        found = _LONE.match(row)
        if found is None or found["name"] in _FURNITURE:
            told = told or (best is not None and len(row.split()) > 3)
            continue
        name = found["name"]
        after = filled[place + 1][1] if place + 1 < len(filled) else ""
        sentence = in_sentence(filled[place - 1][1] if place else "", after)
        if best is not None and _looks_like_one(best[0]):
            kept = sentence or _VERBS.match(best[0])
            better = _looks_like_one(name) and not kept
        elif told:
            better = _looks_like_one(name) and not sentence
        else:
            better = True
        if better:
            best, told = (name, page.number(index), index), False
    return best


def _tells(line: str, name: str) -> bool:
    """True for the beginning of the prose below a title, however short its first line is."""
    words = line.split()
    begun = bool(words) and words[0].startswith(name[:4])
    return len(words) > 3 or (begun and not _looks_like_one(words[0]))


def _looks_like_one(name: str) -> bool:
    """True for a name of several words, as operations mostly have."""
    return re.search("[a-z][A-Z]", name) is not None


def _short(title: str) -> str:
    return re.sub(r"(?: API Reference| Developer Guide| Reference)$", "", title.strip())


def doc(page: Page, sections: Sections) -> dict[str, Fact]:
    """The prose between the title and the first section."""
    lines = page.text[slice(*sections.head)].split("\n")
    told = [n for n, line in enumerate(lines) if len(line.split()) > 3]
    return (
        {"doc": Fact("\n".join(lines[told[0] :]), page.number(told[0]))} if told else {}
    )
