"""Members as methods of Dart show them: by their parameters, and by where answers come from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from specwright.sources.pages.dart_code import parameters
from specwright.sources.pages.facts import Fact, Member
from specwright.sources.pages.services import capital_members
from specwright.sources.pages.text import Page

_HEADER = re.compile(
    r"(?P<name>\w+)\s*:\s*_s\.extractHeader(?P<kind>String|Int|Double|Bool|DateTime|Map|Json)\w*Values?\(\s*"
    r"[$\w]+\.headers\s*,\s*'(?P<wire>[^']*)'"
)
_STATUS = re.compile(r"(?P<name>\w+)\s*:\s*[$\w]+\.statusCode\b")
_TYPES = {
    "String": ("string", False),
    "int": ("integer", True),
    "double": ("double", True),
    "bool": ("boolean", False),
    "DateTime": ("timestamp", False),
    "Uint8List": ("blob", False),
}
_BYTES = re.compile(r"(?P<name>\w+)\s*:\s*await\s+[$\w]+\.stream\.toBytes\(\)")
_HEADERS = {
    "String": "string",
    "Int": "integer",
    "Double": "double",
    "Bool": "boolean",
    "DateTime": "timestamp",
    "Map": "map",
}


@dataclass(slots=True)
class Parameter:
    """A parameter of a method, and what its body does with it."""

    name: str
    type: str
    required: bool
    line: int
    facts: dict[str, Fact] = field(default_factory=dict)
    wire: str | None = None
    value: str = ""


class Names:
    """Members' names: Dart writes the first letter small, whatever it is in the API."""

    def __init__(
        self,
        known: Sequence[Parameter],
        service: str | None,
        prose: str = "",
        *,
        xml: bool = False,
    ) -> None:
        spelled = [p for p in known if p.wire and p.wire.lower() == p.name.lower()]
        bodies = {
            p.wire[:1].isupper() for p in spelled if p.wire and "in" not in p.facts
        }
        others = {p.wire[:1].isupper() for p in spelled if p.wire and "in" in p.facts}
        usual = capital_members(service)
        # Keys of bodies are called as members are, unless none is as the service's members are.
        self._bodies = usual is None or usual in bodies
        if usual is None and len(bodies) == 1:
            usual = bodies == {True}
        self._others = usual is None
        if usual is None:
            told = _told(known, prose) if service is None else None
            usual = others == {True} if told is None else told
            if xml and service is None and not bodies and told is None:
                # No service of this protocol writes them small.
                self._others, usual = False, True
        self._capital = usual

    def __call__(self, parameter: Parameter) -> str:
        """The name of a parameter's member."""
        wire, name = parameter.wire, parameter.name.lstrip("$")
        if wire is not None and name == wire[:1].lower() + wire[1:] + "Value":
            # Words of Dart can't be names of parameters.
            name = wire
        trusted = self._others if "in" in parameter.facts else self._bodies
        if wire is not None and trusted and wire.lower() == name.lower():
            return wire
        return (
            name[:1].upper() + name[1:]
            if self._capital
            else name[:1].lower() + name[1:]
        )


def _told(known: Sequence[Parameter], prose: str) -> bool | None:
    """Whether prose writes names of members with a capital; None where it has too few of them."""
    count = [0, 0]
    for parameter in known:
        name = parameter.name
        if not re.search("[a-z0-9][A-Z]", name):
            # One word could be any word.
            continue
        for word in re.findall(
            rf"(?<![\w.$]){re.escape(name)}(?!\w)", prose, re.IGNORECASE
        ):
            if word[1:] == name[1:]:
                count[word[:1].isupper()] += 1
    small, capital = count
    return None if small == capital else capital > small


def members(listed: Sequence[Parameter], names: Names) -> Iterator[tuple[str, Member]]:
    """Members by name, of the parameters of a method."""
    for parameter in listed:
        name = names(parameter)
        member = _typed(parameter.type, parameter.line, parameter)
        facts = dict(parameter.facts)
        if parameter.required:
            facts["required"] = Fact(True, parameter.line)
        said = facts.get("in")
        if parameter.wire is not None and parameter.wire != name:
            facts["wire"] = Fact(parameter.wire, parameter.line)
        elif said is not None and said.value == "header-map" and parameter.wire is None:
            facts["wire"] = Fact("", parameter.line)
        if "timestamp" in facts and member.says("type") != "timestamp":
            del facts["timestamp"]
        yield name, member.stating(**facts)


def _typed(written: str, line: int, of: Parameter) -> Member:
    """A Dart type as a member; classes are structures, or enums where their value is sent."""
    written = written.strip().removesuffix("?")
    if (inner := re.fullmatch(r"List<(?P<item>.*)>", written)) is not None:
        item = _typed(inner["item"], line, of)
        return Member(line, {"type": Fact("list", line)}, item=item)
    if (inner := re.fullmatch(r"Map<(?P<parts>.*)>", written)) is not None:
        parts = list(parameters(inner["parts"]))
        if len(parts) == 2:
            key, content = (_typed(part, line, of) for part in parts)
            key = Member(line, {"type": Fact("string", line)})
            return Member(line, {"type": Fact("map", line)}, key=key, value=content)
    if written in _TYPES:
        kind, inferred = _TYPES[written]
        return Member(line, {"type": Fact(kind, line, inferred)})
    if not re.fullmatch(r"[A-Z]\w*", written) or written == "Object":
        return Member(line)
    facts = {"shape": Fact(written, line)}
    sent = rf"(?:\b{re.escape(of.name)}(?:\[\w+\])?[?!]?|(?:=>|,)\s*\w+)\.(?:value|toValue\(\))(?!\w)"
    if re.search(sent, of.value):
        return Member(line, {**facts, "type": Fact("string", line)})
    # It may be a union as well: these look the same here.
    return Member(line, {**facts, "type": Fact("structure", line, inferred=True)})


def answer(body: str, start: int, page: Page, names: Names) -> dict[str, Member]:
    """The members of the answer that come in its headers and status."""
    result: dict[str, Member] = {}
    for found in _HEADER.finditer(body):
        line = page.line_at(start + found.start())
        name = names(Parameter(found["name"], "", False, line, wire=found["wire"]))
        facts = {"in": Fact("header-map" if found["kind"] == "Map" else "header", line)}
        if (kind := _HEADERS.get(found["kind"])) is not None:
            facts["type"] = Fact(kind, line, kind in ("integer", "double"))
        if found["wire"] != name:
            facts["wire"] = Fact(found["wire"], line)
        result[name] = Member(line, facts)
    for found in _STATUS.finditer(body):
        line = page.line_at(start + found.start())
        name = names(Parameter(found["name"], "", False, line))
        result[name] = Member(
            line, {"type": Fact("integer", line, True), "in": Fact("status", line)}
        )
    for found in _BYTES.finditer(body):
        line = page.line_at(start + found.start())
        name = names(Parameter(found["name"], "", False, line))
        result[name] = Member(
            line, {"type": Fact("blob", line), "in": Fact("payload", line)}
        )
    return result
