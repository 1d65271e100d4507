"""How API Reference pages say that requests are sent: method, path, status and protocol."""

from __future__ import annotations

import re
from collections.abc import Mapping

from specwright.sources.pages.api_sections import Sections
from specwright.sources.pages.api_syntax import Syntax
from specwright.sources.pages.facts import Fact, Facts
from specwright.sources.pages.text import Page

_GOOD = re.compile(r"sends back an?[ \n]+HTTP[ \n]+(?P<code>[0-9]{3})")
_ANNOUNCED = re.compile(r"uses\s+the\s+following\s+URI")
_FORMS = {
    "ec2": re.compile(
        r"common to all actions,\s+see\s+Common (?:Query Parameters|client error codes)"
    ),
    "query": re.compile(r"[?&]Action=[A-Z]\w+"),
}
"""Requests of these have no syntax block; their examples and preambles tell them."""


def labels(uri: str) -> list[str]:
    """The segments of a path: some of them are labels."""
    path = uri.partition("?")[0]
    return [
        segment.strip("{}").removesuffix("+").rstrip("}")
        for segment in re.split("[/:]", path)
        if segment
    ]


_LABEL = re.compile(
    r"(?:\w*[a-z0-9_])?(?:Id|ID|Name|Arn|ARN|Identifier|Key|Version|Number|Alias|Type|Namespace|Token)"
    r"|\w+_(?:id|name|arn|type|key|proxy|version)|id|name|arn|identifier|namespace|Bucket|proxy"
)
"""What labels are called and fixed segments are not: it tells 98 of 100 paths of the catalogue."""


def likely_labels(page: Page, sections: Sections, uri: str) -> list[str]:
    """Labels by their names alone, where a list of URI parameters was announced and then lost."""
    span = sections.get("URI Request Parameters")
    if span is None or _ANNOUNCED.search(page.text, *span) is None:
        return []
    return [label for label in labels(uri) if _LABEL.fullmatch(label)]


def query(uri: str) -> list[tuple[str, str]]:
    """The parameters of a query string, with what stands for their values."""
    pairs = []
    for part in uri.partition("?")[2].split("&"):
        wire, equals, name = part.partition("=")
        if wire and equals and re.fullmatch(r"\{?[A-Za-z]\w*\}?", name):
            pairs.append((wire, name.strip("{}")))
    return pairs


def is_given(wire: str, name: str, uri: Mapping[str, object]) -> bool:
    """True for a part of a query string that a caller fills in."""
    return name in uri or wire in uri or _folded(wire) == _folded(name)


def _folded(name: str) -> str:
    return re.sub("[^a-z0-9]", "", name.lower())


def http_facts(
    page: Page,
    sections: Sections,
    request: Syntax,
    response: Syntax,
    uri: Mapping[str, object],
) -> Facts:
    facts: dict[str, Fact] = {}
    if request.method is not None and request.uri is not None:
        facts["method"] = Fact(request.method, request.line)
        path = _template(sections, request, uri)
        if path is not None:
            facts["path"] = Fact(path, request.line)
    status = response.status
    if status is None and (span := sections.get("Response Elements")) is not None:
        found = _GOOD.search(page.text, *span)
        status = int(found["code"]) if found is not None else None
    if status is not None and status != 200:
        facts["status"] = Fact(status, response.line)
    return facts


def _template(
    sections: Sections, request: Syntax, uri: Mapping[str, object]
) -> str | None:
    """The path with its labels in braces; they are known by the list of URI parameters."""
    path, _, rest = (request.uri or "").partition("?")
    span = sections.get("URI Request Parameters")
    words = [w for w in re.split("[/:]", path) if w]
    if span is None and len(words) > 0:
        return None
    segments = path.split("/")
    pairs = query(request.uri or "")
    # What the query string has is no label, though the path may have such a word.
    seen = {name for _, name in pairs if name in uri}
    for place in reversed(range(len(segments))):
        label = segments[place].strip("{}")
        name = label.removesuffix("+")
        # A collection can be called like the label that follows it.
        if name in uri and name not in seen:
            segments[place] = "{" + label + "}"
            seen.add(name)
    named = {wire for wire, name in pairs if is_given(wire, name, uri)}
    fixed = [p for p in rest.split("&") if p and p.partition("=")[0] not in named]
    return "/".join(segments) + ("?" + "&".join(fixed) if fixed else "")


def protocol_of(
    page: Page, sections: Sections, request: Syntax, response: Syntax
) -> Fact | None:
    kinds = {request.kind, response.kind}
    if request.method is not None:
        spoken = _spoken(page, sections)
        if "xml" in kinds or "XML" in spoken:
            return Fact("rest-xml", request.line)
        if "json" in kinds or "JSON" in spoken:
            return Fact("rest-json", request.line)
        return None
    if request.kind == "json" or (response.kind == "json" and response.line):
        # Services that speak JSON by names of operations have one protocol or the other.
        return Fact("json", request.line or response.line, inferred=True)
    for protocol, words in _FORMS.items():
        if (found := words.search(page.text)) is not None:
            return Fact(protocol, page.line_at(found.start()), inferred=True)
    return None


def _spoken(page: Page, sections: Sections) -> set[str]:
    found: set[str] = set()
    for heading in ("Request Body", "Response Elements"):
        if (span := sections.get(heading)) is not None:
            found |= set(
                re.findall(
                    r"data(?: is returned)? in (JSON|XML) format",
                    page.text[slice(*span)][:600],
                )
            )
    return found
