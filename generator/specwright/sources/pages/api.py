"""Reads operation pages of AWS API References."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace

from specwright.sources.pages.api_dressing import undressed
from specwright.sources.pages.api_facts import facts_of, prose_of
from specwright.sources.pages.api_head import about, doc
from specwright.sources.pages.api_http import (
    http_facts,
    is_given,
    labels,
    likely_labels,
    protocol_of,
    query,
)
from specwright.sources.pages.api_items import Item, errors, items
from specwright.sources.pages.api_markup import unmarked
from specwright.sources.pages.api_sections import Sections, cut
from specwright.sources.pages.api_syntax import Syntax, read_syntax
from specwright.sources.pages.api_wrapping import unwrapped
from specwright.sources.pages.facts import Fact, Member, Members, PageFacts
from specwright.sources.pages.notes import Notes
from specwright.sources.pages.text import Page

_LISTED = re.compile(r"^(?P<name>\w[\w-]*?)(?:\.[\w-]+)*?\.N(?:\b.*)?$")
_VERSIONED = re.compile(r"/[0-9]{4}-[0-9]{2}-[0-9]{2}/")
"""Services whose paths have a version name the root of an answer's XML after it, or after its one member."""


def read_api(page: Page, notes: Notes, docs: bool = False) -> PageFacts:
    """The facts of an operation's page."""
    page = unmarked(unwrapped(undressed(page)))
    sections = cut(page)
    request = _syntax(page, sections, "Request Syntax", notes)
    response = _syntax(page, sections, "Response Syntax", notes)
    facts = about(page, sections)
    uri = _entries(page, sections, "URI Request Parameters", _uri_names(request))
    uri = uri or _lost(page, sections, request)
    body_heading = (
        "Request Body" if sections.get("Request Body") else "Request Parameters"
    )
    body = _entries(page, sections, body_heading, _body_names(request))
    answers = _entries(page, sections, "Response Elements", _body_names(response))
    protocol = protocol_of(page, sections, request, response)
    if protocol is not None and protocol.value == "ec2":
        # Every answer has this, and no member says so.
        answers = {n: a for n, a in answers.items() if n != "requestId"}
    if protocol is not None:
        facts["protocol"] = protocol
    input_ = _input(sections, request, uri, body)
    versioned = _VERSIONED.match(request.uri or "") is not None
    output = _output(sections, response, answers, versioned)
    if request.kind != "xml":
        _left_out({**body, **uri}, input_, notes)
    if response.kind != "xml":
        _left_out(answers, output, notes)
    if docs:
        facts |= doc(page, sections)
        input_, output = _with_prose(input_, {**body, **uri}), _with_prose(
            output, answers
        )
    return PageFacts(
        page.name,
        "api-reference",
        facts,
        http_facts(page, sections, request, response, uri),
        input=input_,
        output=output,
        errors=_errors(page, sections),
        unread=tuple(sorted(notes.unread)),
    )


def _left_out(
    said: Mapping[str, tuple[Member | None, Item]],
    members: Members | None,
    notes: Notes,
) -> None:
    """Note the entries that no member came of, and those whose type is in unknown words."""
    for name, (member, item) in said.items():
        known = {"type", "object"} & set(member.facts if member is not None else ())
        if name not in (members or {}) or ("Type:" in item.text and not known):
            notes.skip(item.line)


def _syntax(page: Page, sections: Sections, heading: str, notes: Notes) -> Syntax:
    span = sections.get(heading)
    return read_syntax(page, span, notes) if span is not None else Syntax()


def _uri_names(request: Syntax) -> dict[str, str]:
    """Names by wire names, of what the request line and headers name."""
    names = {name: name for name in labels(request.uri or "")}
    for wire, name in query(request.uri or ""):
        names[wire] = name or wire
        names[name or wire] = name or wire
    for wire, name, _ in request.headers:
        # A bucket is a part of the host.
        name = name.partition(".")[0] if wire == "Host" else name
        names[wire] = name
        names[name] = name
    return names


def _lost(
    page: Page, sections: Sections, request: Syntax
) -> dict[str, tuple[Member | None, Item]]:
    """The labels of a path whose list was lost, and all that its query string fills in."""
    found = likely_labels(page, sections, request.uri or "")
    required = {"required": Fact(True, request.line, inferred=True)}
    result: dict[str, tuple[Member | None, Item]] = {
        name: (
            Member(request.line, required),
            Item(name, "", request.line, (request.line,)),
        )
        for name in found
    }
    for _, name in query(request.uri or "") if found else ():
        result.setdefault(name, (None, Item(name, "", request.line, (request.line,))))
    return result


def _body_names(syntax: Syntax) -> dict[str, str]:
    names = {name: name for name in syntax.body or {}}
    if syntax.root is not None:
        names[syntax.root] = syntax.root
    for wire, name, _ in syntax.headers:
        names[wire] = names[name] = name
    if syntax.payload is not None:
        names[syntax.payload] = syntax.payload
    if syntax.status_member is not None:
        names[syntax.status_member] = syntax.status_member
    return names


def _entries(
    page: Page, sections: Sections, heading: str, known: Mapping[str, str]
) -> dict[str, tuple[Member | None, Item]]:
    """What a list says, by the names of members."""
    span = sections.get(heading)
    if span is None:
        return {}
    result: dict[str, tuple[Member | None, Item]] = {}
    for item in items(page, span, known.keys()):
        name = known.get(item.name, item.name)
        if (listed := _LISTED.match(name)) is not None:
            name = listed["name"]
        if name not in result:
            result[name] = facts_of(item), item
    return result


def _input(
    sections: Sections,
    request: Syntax,
    uri: Mapping[str, tuple[Member | None, Item]],
    body: Mapping[str, tuple[Member | None, Item]],
) -> Members | None:
    result: dict[str, Member] = {}
    # What the list of parameters leaves out stands in every request as it is.
    wires = {
        name: wire
        for wire, name in query(request.uri or "")
        if is_given(wire, name, uri)
    }
    # A bucket is a part of the host, which is no header of a caller's.
    hosted = {
        name.partition(".")[0] for wire, name, _ in request.headers if wire == "Host"
    }
    headers = {
        name: (wire, line) for wire, name, line in request.headers if wire != "Host"
    }
    in_path = set(labels(request.uri or ""))
    for name, (said, item) in uri.items():
        member = said or Member(item.line)
        if name in wires:
            where, wire = "query", wires[name]
        elif name in headers:
            where, wire = "header", headers[name][0]
        elif name in in_path:
            where, wire = "path", name
        elif request.method is None or name in hosted:
            result[name] = _settled(member, None)
            continue
        else:
            continue
        facts = {"in": Fact(where, item.line)}
        if wire != name:
            facts["wire"] = Fact(wire, item.line)
        result[name] = _settled(member, None).stating(**facts)
    for name, wire in wires.items():
        if name not in result:
            facts = {"in": Fact("query", request.line)}
            if wire != name:
                facts["wire"] = Fact(wire, request.line)
            result[name] = Member(request.line, facts)
    for name, (wire, line) in headers.items():
        if name not in result:
            result[name] = Member(
                line, {"in": Fact("header", line)} | _wire(wire, name, line)
            )
    result |= _wrapped(request, _body(request, body), _is_payload(request))
    known = any(
        sections.get(h)
        for h in ("Request Parameters", "Request Body", "Request Syntax")
    )
    return result if result or known else None


def _is_payload(request: Syntax) -> bool:
    """True for a body of XML that is one member: others are called after their operation."""
    return request.root is not None and not request.root.endswith("Request")


def _wrapped(
    syntax: Syntax, members: dict[str, Member], payload: bool
) -> dict[str, Member]:
    """The members of a body, or the one member that holds them all."""
    if not payload or syntax.root is None:
        return members
    headers = {name for _, name, _ in syntax.headers}
    inside = {name: m for name, m in members.items() if name not in headers}
    facts = {"type": Fact("structure", syntax.line), "in": Fact("payload", syntax.line)}
    outside = {name: m for name, m in members.items() if name in headers}
    return {**outside, syntax.root: Member(syntax.line, facts, inside)}


def _wire(wire: str, name: str, line: int) -> dict[str, Fact]:
    return {"wire": Fact(wire, line)} if wire != name else {}


def _body(
    syntax: Syntax, said: Mapping[str, tuple[Member | None, Item]]
) -> dict[str, Member]:
    """The members of a body: those of the syntax, then those that only the list has."""
    result: dict[str, Member] = {}
    headers = {name: (wire, line) for wire, name, line in syntax.headers}
    tree = dict(syntax.body or {})
    for name, printed in tree.items():
        member, _ = said.get(name, (None, None))
        result[name] = (
            _settled(member, printed) if member else _settled(printed, printed)
        )
    for name, (member, item) in said.items():
        if name in result or name == syntax.root:
            continue
        if member is None and name != syntax.payload:
            continue
        settled = _settled(member or Member(item.line), None)
        if name in headers:
            wire, line = headers[name]
            settled = settled.stating(
                **{"in": Fact("header", line)}, **_wire(wire, name, line)
            )
        elif name == syntax.payload:
            # The block has a word where other bodies have brackets: what is sent as it stands.
            kind = settled.facts.get("type", Fact("blob", item.line, inferred=True))
            settled = settled.stating(**{"in": Fact("payload", item.line)}, type=kind)
        elif tree and not _plausible(item, tree):
            continue
        result[name] = settled
    if syntax.payload is not None and syntax.payload not in result:
        line = syntax.line
        facts = {"type": Fact("blob", line, inferred=True), "in": Fact("payload", line)}
        result[syntax.payload] = Member(line, facts)
    return result


def _plausible(item: Item, tree: Collection[str]) -> bool:
    """False for an entry that the syntax block does not have: prose, or an element around."""
    return item.name in tree


def _settled(member: Member, printed: Member | None) -> Member:
    """A member by its entry, with what the syntax block prints for it."""
    facts = dict(member.facts)
    form = printed.says("printed") if printed is not None else None
    item, key, value = member.item, member.key, member.value
    members: Mapping[str, Member] | None = None
    if facts.pop("object", None) is not None:
        facts.setdefault("type", Fact("structure", member.line))
        if printed is not None and printed.says("ref") is not None:
            facts.pop("type")
            facts["ref"] = printed.facts["ref"]
    facts.pop("printed", None)
    if facts.get("type") is not None and facts["type"].value == "timestamp":
        kind = {"number": "epoch-seconds", "string": "iso8601"}.get(str(form))
        if kind is not None:
            facts["timestamp"] = Fact(
                kind, printed.line if printed is not None else 0, True
            )
    if printed is not None:
        item = _inner(item, printed.item)
        key = _inner(key, printed.key)
        value = _inner(value, printed.value)
        if printed.members is not None:
            members = {n: _settled(m, m) for n, m in printed.members.items()}
    else:
        item, key, value = (_inner(part, None) for part in (item, key, value))
    return replace(
        member, facts=facts, members=members, item=item, key=key, value=value
    )


def _inner(said: Member | None, printed: Member | None) -> Member | None:
    if said is not None:
        return _settled(said, printed)
    return _settled(printed, printed) if printed is not None else None


def _output(
    sections: Sections,
    response: Syntax,
    said: Mapping[str, tuple[Member | None, Item]],
    versioned: bool,
) -> Members | None:
    result: dict[str, Member] = {}
    named = re.search("(?:Result|Response|Output)$", response.root or "")
    payload = versioned and named is None
    for wire, name, line in response.headers:
        member, _ = said.get(name, (None, None))
        stated = _settled(member, None) if member is not None else Member(line)
        result[name] = stated.stating(
            **{"in": Fact("header", line)}, **_wire(wire, name, line)
        )
    if response.status_member is not None:
        name = response.status_member
        member, _ = said.get(name, (None, None))
        stated = _settled(member, None) if member is not None else Member(response.line)
        result[name] = stated.stating(**{"in": Fact("status", response.line)})
    for name, member in _wrapped(response, _body(response, said), payload).items():
        result.setdefault(name, member)
    known = sections.get("Response Elements") or sections.get("Response Syntax")
    return result if result or known else None


def _with_prose(
    members: Members | None, said: Mapping[str, tuple[Member | None, Item]]
) -> Members | None:
    if members is None:
        return None
    result = dict(members)
    for name, (_, item) in said.items():
        if name in result and (prose := prose_of(item)):
            result[name] = result[name].stating(doc=Fact(prose, item.line))
    return result


def _errors(page: Page, sections: Sections) -> dict[str, Member] | None:
    span = sections.get("Errors")
    if span is None:
        return None
    return {
        name: Member(facts["status"].line, facts)
        for name, facts in errors(page, span).items()
    }
