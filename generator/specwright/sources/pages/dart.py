"""Reads pages of methods of the Dart packages aws_client and aws_*_api."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from specwright.sources.anchors import match_mode
from specwright.sources.pages.dart_code import arguments, closing, parameters, unquoted
from specwright.sources.pages.dart_members import Names, Parameter, answer, members
from specwright.sources.pages.facts import Fact, Facts, Member, Members, PageFacts
from specwright.sources.pages.notes import Notes
from specwright.sources.pages.numbers import number
from specwright.sources.pages.services import service_id
from specwright.sources.pages.text import Page

METHOD = re.compile(
    r"(?:\b|(?<=Implementation))Future<\s*(?P<out>[\w.]+)\s*>\s*(?P<name>\w+)\s*\(\s*(?:\{(?P<named>[^{}()]*)\}|(?P<plain>[^(){}]*))\s*\)\s*async\b\s*\{"
)
_TITLE = re.compile(
    r"\bmethod - (?P<class>\w+) class - (?P<library>[\w-]+) library - Dart"
)
_THROWS = re.compile(
    r"\bMay\s+throw[\s\[`]+(?P<name>[A-Z]\w*)[\]`]*(?:\([^()]{0,300}\))?\s*\."
)
_RANGE = re.compile(r"_s\.validateNumRange\s*\(")
_LENGTH = re.compile(r"_s\.validateStringLength\s*\(")
_PATTERN = re.compile(r"_s\.validateStringPattern\s*\(")
_NOT_NULL = re.compile(r"ArgumentError\.checkNotNull\s*\(\s*(?P<name>\w+)\s*,")
_BLOCK = re.compile(
    r"final\s+\$?(?P<name>query|headers|payload|request)\s*=\s*(?:<[^{}=;]*>)?\s*\{"
)
_ASSIGNED = re.compile(
    r"(?:(?P<whole>\w+)\s*\??\.\s*(?:also|let)\(\(?\s*(?P<alias>\w+)\s*\)?\s*=>\s*)?"
    r"(?P<map>\$?(?:request|headers|query|payload))\[\s*'(?P<wire>[^']+)'\s*\]\s*=\s*(?P<value>[^;]*);"
)
"""One entry after the other, as older packages write them."""
_WHERE = {"query": "query", "headers": "header"}
_SEND = re.compile(r"_protocol\s*\.\s*(?:send|sendRaw)\s*\(")
_LABEL = re.compile(
    r"\$\{\s*Uri\.encodeComponent\((?P<label>[^{}]*)\)\s*\}"
    r"|\$\{\s*(?P<greedy>\w+)(?:\.[^.}]*)?\.split\([^}]*\}|\$\{?(?P<plain>\w+)\}?"
)
_TARGET = re.compile(r"'X-Amz-Target'\s*:\s*'(?P<prefix>[\w.-]+)\.(?P<operation>\w+)'")
_JSON = re.compile(r"application/x-amz-json-(?P<version>1\.[01])")
_HEADS = re.compile(
    r"\bParameter[ ]+[`*]?\w+[`*]?[ ]*:|(?:required )?[\w<>, ]+\?? \w+,[ ]*\n"
)
"""Names of parameters where they stand as such, and in Dart's letters."""
_NO_LIMIT = 1152921504606846976
_TIMES = {
    "iso8601ToJson": "iso8601",
    "unixTimestampToJson": "epoch-seconds",
    "rfc822ToJson": "http-date",
}


def read_dart(page: Page, notes: Notes, docs: bool = False) -> PageFacts:
    """The facts of a method's page."""
    text = page.text
    found = METHOD.search(text)
    if found is None:
        line = next((n for n, row in enumerate(page.lines, 1) if "Future<" in row), 1)
        message = "the method's signature and body can't be found"
        notes.say("cut-short", message, line)
        return PageFacts(page.name, "dart", _described(page))
    end = closing(text, found.end() - 1)
    if end >= len(text):
        line = page.line_at(found.start())
        notes.say("cut-short", "the method that begins here does not end", line)
    at = page.line_at(found.start())
    known = {p.name: p for p in _parameters(found, page)}
    body = text[found.end() : end]
    _checks(body, found.end(), known, page)
    facts, http = _described(page), dict[str, Fact]()
    target = _TARGET.search(body)
    known_as = service_id(target=target["prefix"]) if target is not None else None
    service = notes.service or (known_as[0] if known_as else None)
    if service is None and "service" in facts:
        service = str(facts["service"].value)
    names = _send(body, found, known, page, facts, http, service)
    if docs:
        _prose(text[: found.start()], known, page)
    output: Members | None = answer(body, found.end(), page, names)
    if found["out"] == "void":
        output = {}
    return PageFacts(
        page.name,
        "dart",
        {**facts, **_named(found, facts, body, at)},
        http,
        input=dict(members(list(known.values()), names)),
        output=output or ({} if found["out"] == "void" else None),
        errors=_errors(page, found.start()),
        unread=tuple(sorted(notes.unread)),
    )


def _described(page: Page) -> dict[str, Fact]:
    """What the text around the method says: its name."""
    found = re.search(
        r"(?m)^[# ]*(?P<name>[a-z$]\w*)(?:<[^>]*>)? (?:abstract )?method(?:[ ]*$| - )",
        page.text,
    )
    if found is None:
        return {}
    line = page.line_at(found.start())
    facts = {"page": Fact(found["name"], line)}
    titled = _TITLE.search(page.text)
    if titled is not None:
        service = service_id(uid=titled["library"], class_name=titled["class"])
        if service is not None:
            at = page.line_at(titled.start())
            facts["service"] = Fact(service[0], at, not service[1])
    return facts


def _named(found: re.Match[str], facts: Facts, body: str, line: int) -> dict[str, Fact]:
    result = {"page": facts.get("page", Fact(found["name"], line))}
    if "operation" in facts:
        return result
    name = found["name"]
    action = re.search(r"\baction\s*:\s*'(?P<name>\w+)'", body)
    spelled = [re.sub("(Response|Result|Output)$", "", found["out"])]
    if action is not None:
        spelled.insert(0, action["name"])
    same = [one for one in spelled if one.lower() == name.lower()]
    plain = name[:1].upper() + name[1:]
    result["operation"] = Fact(same[0] if same else plain, line, not same)
    return result


def _parameters(found: re.Match[str], page: Page) -> Iterator[Parameter]:
    listed = found["named"] if found["named"] is not None else found["plain"] or ""
    start = found.start("named") if found["named"] is not None else found.start("plain")
    offset = start
    for part in parameters(listed):
        offset = page.text.find(part, offset) if part else offset
        words = re.sub(r"@_?s?\.?required\b", "required", part).split()
        if len(words) < 2:
            continue
        required = words[0] == "required"
        kind = " ".join(words[1:-1] if required else words[:-1])
        line = page.line_at(max(offset, 0))
        yield Parameter(words[-1], kind.removesuffix("?"), required, line)


def _checks(body: str, start: int, known: Mapping[str, Parameter], page: Page) -> None:
    for pattern, word in (
        (_RANGE, "range"),
        (_LENGTH, "length"),
        (_PATTERN, "pattern"),
    ):
        for found in pattern.finditer(body):
            end = closing(body, found.end() - 1)
            given = list(arguments(body, found.end(), end))
            parameter = known.get(unquoted(given[0]) or "") if given else None
            if parameter is None or len(given) < 3:
                continue
            line = page.line_at(start + found.start())
            if word == "pattern":
                if (stated := unquoted(given[2])) is not None:
                    # Patterns hold no line breaks: the line was wrapped at a space.
                    stated = re.sub(r"\s*\n\s*", " ", stated)
                    parameter.facts["pattern"] = Fact(stated, line)
                    parameter.facts["match"] = Fact(match_mode(stated), line)
            elif len(given) > 3:
                bounds = [_limit(given[2]), _limit(given[3])]
                if bounds != [None, None]:
                    parameter.facts[word] = Fact(bounds, line)
    for found in _NOT_NULL.finditer(body):
        if (parameter := known.get(found["name"])) is not None:
            parameter.required = True


def _limit(written: str) -> int | float | None:
    value = number(written)
    return None if value is None or abs(value) >= _NO_LIMIT else value


def _send(
    body: str,
    found: re.Match[str],
    known: Mapping[str, Parameter],
    page: Page,
    facts: dict[str, Fact],
    http: dict[str, Fact],
    service: str | None,
) -> Names:
    """Where members go, and how the request is sent; returns what members are called."""
    start = found.end()
    blocks: set[str] = set()
    for block in _BLOCK.finditer(body):
        blocks.add(block["name"])
        end = closing(body, block.end() - 1)
        where = _WHERE.get(block["name"])
        for entry in arguments(body, block.end(), end):
            _bind(entry, where, known, start + block.start(), page)
    for old in _ASSIGNED.finditer(body):
        kind = old["map"].lstrip("$")
        blocks.add(kind)
        value = old["value"]
        if old["alias"] is not None:
            value = re.sub(rf"\b{old['alias']}\b", old["whole"], value)
        _bind(
            f"'{old['wire']}': {value}",
            _WHERE.get(kind),
            known,
            start + old.start(),
            page,
        )
    sent = _SEND.search(body)
    given: dict[str, str] = {}
    line = page.line_at(start + sent.start()) if sent is not None else 0
    if sent is not None:
        end = closing(body, sent.end() - 1)
        for argument in arguments(body, sent.end(), end):
            word, _, value = argument.partition(":")
            given[word.strip()] = value.strip()
        if (sent_map := given.get("payload", ""))[:1] == "{":
            blocks.add("payload")
            for entry in arguments(sent_map, 1, closing(sent_map, 0)):
                _bind(entry, None, known, start + sent.start(), page)
    xml = re.search(r"\.(?:to|from)Xml\(|\$result\s*=\s*await", body) is not None
    prose = _HEADS.sub("", page.text[: found.start()])
    names = Names(
        list(known.values()), service, prose, xml=xml and "action" not in given
    )
    if (method := unquoted(given.get("method", ""))) is not None:
        http["method"] = Fact(method, line)
    uri = given.get("requestUri", "")
    if uri[:1] == "'":
        http["path"] = Fact(_path(uri[1:-1], known, names), line)
    payload = re.match(r"(\w+)", given.get("payload", ""))
    if payload is not None and payload[1] in known:
        known[payload[1]].facts["in"] = Fact("payload", line)
        root = re.search(r"\.toXml\(\s*'(\w+)'", given.get("payload", ""))
        known[payload[1]].wire = root[1] if root is not None else None
    if (prefix := unquoted(given.get("hostPrefix", ""))) is not None:
        facts["host_prefix"] = Fact(_path(prefix, known, names), line)
    _protocol(body, given, blocks, facts, line)
    if (target := _TARGET.search(body)) is not None:
        at = page.line_at(start + target.start())
        facts["operation"] = Fact(target["operation"], at)
        facts["target_prefix"] = Fact(target["prefix"], at)
        if (known_as := service_id(target=target["prefix"])) is not None:
            facts["service"] = Fact(known_as[0], at)
    return names


def _protocol(
    body: str,
    given: Mapping[str, str],
    blocks: set[str],
    facts: dict[str, Fact],
    line: int,
) -> None:
    if (json := _JSON.search(body)) is not None:
        facts["protocol"] = Fact("json", line)
        facts["json_version"] = Fact(json["version"], line)
    elif "action" in given:
        facts["protocol"] = Fact("query", line)
    elif ".toXml(" in body or ".fromXml(" in body:
        facts["protocol"] = Fact("rest-xml", line)
    elif ".fromJson(" in body or "payload" in blocks:
        facts["protocol"] = Fact("rest-json", line)


def _bind(
    entry: str,
    where: str | None,
    known: Mapping[str, Parameter],
    offset: int,
    page: Page,
) -> None:
    """What an entry of a map says: where a parameter goes, by which name, in which form."""
    quoted = re.search(r"'(?P<wire>[^'$]*)(?P<rest>\$?[^']*)'\s*:", entry)
    value = entry[quoted.end() :] if quoted is not None else entry
    # A guard before the key names the parameter as well as the value does.
    bare = entry if quoted is None else value + " " + entry[: quoted.start()]
    names = [w for w in re.findall(r"[A-Za-z_$]\w*", bare) if w in known]
    if not names:
        return
    parameter = known[names[0]]
    line = page.line_at(offset)
    if parameter.wire is None and quoted is not None:
        parameter.wire = quoted["wire"] if where else quoted["wire"].partition(".")[0]
        parameter.line = parameter.line or line
    spread = "..." in entry.partition("'")[0] or (quoted is None and "..." in entry)
    if where is not None:
        parameter.facts["in"] = Fact(f"{where}-map" if spread else where, line)
    if quoted is None and spread:
        prefix = re.search(r"'(?P<prefix>[^'$]*)\$", entry)
        parameter.wire = prefix["prefix"] if prefix is not None else None
    parameter.value += value
    for call, form in _TIMES.items():
        if call in value:
            parameter.facts["timestamp"] = Fact(form, line)
    if "generateIdempotencyToken" in value:
        parameter.facts["idempotency_token"] = Fact(True, line)


def _path(written: str, known: Mapping[str, Parameter], names: Names) -> str:
    """A URI's template, with labels by the names of members."""

    def label(found: re.Match[str]) -> str:
        greedy = found["greedy"]
        words = re.findall(r"\w+", found["label"] or greedy or found["plain"] or "")
        name = next((word for word in words if word in known), None)
        if name is None:
            return found[0]
        line = known[name].line
        known[name].facts.setdefault("in", Fact("path", line))
        known[name].value += found[0]
        for call in _TIMES.keys() & set(words):
            known[name].facts["timestamp"] = Fact(_TIMES[call], line)
        return "{" + names(known[name]) + ("+}" if greedy else "}")

    return _LABEL.sub(label, written)


def _errors(page: Page, end: int) -> dict[str, Member] | None:
    found: dict[str, Member] = {
        m["name"]: Member(page.line_at(m.start()))
        for m in _THROWS.finditer(page.text, 0, end)
    }
    return found or None


def _prose(text: str, known: Mapping[str, Parameter], page: Page) -> None:
    pieces = re.split(r"(?m)^Parameter[ ]+(\w+)[ ]*:", text)
    for name, prose in zip(pieces[1::2], pieces[2::2], strict=False):
        if name in known and prose.strip():
            known[name].facts["doc"] = Fact(prose, known[name].line)
    del page
