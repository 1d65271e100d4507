"""YAML text to plain data with positions, through the parser's events."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

import yaml

from specwright.diagnostics import Diagnostic, Position
from specwright.document.scalars import MAX_DIGITS, NumberTooLongError, resolve

Path: TypeAlias = tuple[str | int, ...]
"""Keys and indexes from the root of a document to a value."""

Place: TypeAlias = tuple[int, int]
"""Line and column, from 1."""

MAX_DEPTH = 64
"""Deeper nesting is refused. The deepest spec of AWS needs a third of it."""

MAX_FINDINGS = 100
"""Reading stops after so many findings in one file: more of them help nobody."""

_DROPPED: Final = object()
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")
# libyaml is ten times as fast; a PyYAML that was built without it still reads every spec.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Document:
    """A spec file as plain data; ``positions`` hold where each value starts, and each key."""

    file: str
    data: Mapping[str, object]
    positions: Mapping[Path, Place] = field(repr=False, default_factory=dict)
    key_positions: Mapping[Path, Place] = field(repr=False, default_factory=dict)

    def at(self, path: Path) -> Position:
        """Where a value starts; the nearest thing around it where the path leads nowhere."""
        return self._nearest(path, self.positions)

    def at_key(self, path: Path) -> Position:
        """Where the key of a value starts; the value's own place where it has no key."""
        place = self.key_positions.get(path)
        return Position(self.file, *place) if place is not None else self.at(path)

    def _nearest(self, path: Path, places: Mapping[Path, Place]) -> Position:
        while path and path not in places:
            path = path[:-1]
        return Position(self.file, *places.get(path, (1, 1)))


@dataclass(slots=True)
class _Frame:
    """A mapping or list that is being read. ``value`` is what its parent will hold."""

    value: dict[str, object] | list[object]
    path: Path | None
    """None under something that is dropped: its places are nobody's."""
    place: Place
    key: object = None
    has_key: bool = False
    keys: dict[str, Place] = field(default_factory=dict)


class _StopReadingError(Exception):
    """Nothing behind this point of the text can be read."""


@dataclass(slots=True)
class _Composer:
    file: str
    findings: list[Diagnostic] = field(default_factory=list)
    positions: dict[Path, Place] = field(default_factory=dict)
    key_positions: dict[Path, Place] = field(default_factory=dict)
    stack: list[_Frame] = field(default_factory=list)
    root: object = None
    documents: int = 0

    def read(self, events: Iterator[yaml.Event]) -> None:
        for event in events:
            mark = event.start_mark
            place = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
            if isinstance(event, yaml.ScalarEvent):
                self._node(event, place)
                self._add(self._scalar(event, place), place, event)
            elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
                self._node(event, place)
                self._open(
                    {} if isinstance(event, yaml.MappingStartEvent) else [], place
                )
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                frame = self.stack.pop()
                self._add(frame.value, frame.place, event)
            elif isinstance(event, yaml.AliasEvent):
                self._say(
                    "alias",
                    f"aliases are not read: '*{event.anchor}'",
                    place,
                    "write the value again, or give it a name under 'shapes'",
                )
                self._add(None, place, event)
            elif isinstance(event, yaml.DocumentStartEvent):
                self._document(event, place)

    def _document(self, event: yaml.DocumentStartEvent, place: Place) -> None:
        self.documents += 1
        if self.documents > 1:
            self._say(
                "several-documents",
                "a second YAML document begins here",
                place,
                "a file holds one document: remove '---', or move the rest to its own file",
            )
            raise _StopReadingError
        if event.version or event.tags:
            self._say(
                "directive",
                "YAML directives are not read",
                place,
                "remove the lines with '%'",
            )

    def _node(self, event: yaml.NodeEvent, place: Place) -> None:
        """Refuse what makes a value mean something else than it says."""
        if event.anchor is not None:
            self._say(
                "anchor", f"anchors are not read: '&{event.anchor}'", place, "remove it"
            )
        tag = getattr(event, "tag", None)
        if tag is not None:
            self._say(
                "tag",
                f"tags are not read: '{tag}'",
                place,
                "remove it; quotes make a value text",
            )

    def _scalar(self, event: yaml.ScalarEvent, place: Place) -> object:
        if not event.implicit[0]:
            return event.value
        if event.value == "<<" and self._expects_key():
            self._say(
                "merge-key",
                "merge keys are not read",
                place,
                "write the keys themselves",
            )
            return _DROPPED
        try:
            return resolve(event.value)
        except NumberTooLongError:
            self._say(
                "bad-number",
                f"a number has at most {MAX_DIGITS} digits",
                place,
                "quote it, if it is text",
            )
            return None

    def _expects_key(self) -> bool:
        return (
            bool(self.stack)
            and isinstance(self.stack[-1].value, dict)
            and not self.stack[-1].has_key
        )

    def _child_path(self) -> Path | None:
        if not self.stack:
            return ()
        frame = self.stack[-1]
        if frame.path is None or frame.key is _DROPPED:
            return None
        if isinstance(frame.value, list):
            return (*frame.path, len(frame.value))
        return (*frame.path, frame.key) if isinstance(frame.key, str) else None

    def _open(self, value: dict[str, object] | list[object], place: Place) -> None:
        if len(self.stack) >= MAX_DEPTH:
            self._say(
                "nested-too-deeply",
                f"values are nested in each other more than {MAX_DEPTH} deep",
                place,
                "give the inner types names under 'shapes'",
            )
            raise _StopReadingError
        path = None if self._expects_key() else self._child_path()
        self.stack.append(_Frame(value, path, place))

    def _add(self, value: object, place: Place, event: yaml.Event) -> None:
        """Put a finished value where it belongs: a key, an entry, an item, or the root."""
        if self._expects_key():
            self._key(value, place, event)
            return
        path = self._child_path()
        if path is not None:
            self.positions[path] = place
        if not self.stack:
            self.root = value
            return
        frame = self.stack[-1]
        if isinstance(frame.value, list):
            frame.value.append(value)
            return
        if isinstance(frame.key, str):
            frame.value[frame.key] = value
        frame.key, frame.has_key = None, False

    def _key(self, value: object, place: Place, event: yaml.Event) -> None:
        frame = self.stack[-1]
        frame.has_key, frame.key = True, _DROPPED
        if value is _DROPPED:
            return
        if not isinstance(value, str):
            shown = event.value if isinstance(event, yaml.ScalarEvent) else None
            self._say(
                "key-not-text",
                f"'{shown}' is no text, and keys are" if shown else "keys are text",
                place,
                f"quote it: '{shown}'" if shown else None,
            )
            return
        if (first := frame.keys.get(value)) is not None:
            self._say(
                "duplicate-key",
                f"'{value}' stands here a second time",
                place,
                "keep one of them",
                ((Position(self.file, *first), f"'{value}' stood here before"),),
            )
            return
        frame.key = value
        frame.keys[value] = place
        if frame.path is not None:
            self.key_positions[(*frame.path, value)] = place

    def _say(
        self,
        code: str,
        message: str,
        place: Place,
        hint: str | None = None,
        related: tuple[tuple[Position, str], ...] = (),
    ) -> None:
        position = Position(self.file, *place)
        self.findings.append(Diagnostic(code, message, position, hint, related=related))
        if len(self.findings) >= MAX_FINDINGS:
            raise _StopReadingError


def compose(text: str, file: str) -> tuple[Document | None, list[Diagnostic]]:
    """The document that the text holds, with every finding.

    Where the text could be read to its end, there is a document even beside errors, so that
    the stages behind can add what they find.
    """
    composer = _Composer(file)
    try:
        composer.read(yaml.parse(text, Loader=_LOADER))
    except _StopReadingError:
        return None, composer.findings
    except yaml.YAMLError as problem:
        return None, [*composer.findings, _malformed(problem, text, file)]
    data = composer.root
    if isinstance(data, dict):
        found = Document(file, data, composer.positions, composer.key_positions)
        return found, composer.findings
    no_mapping = Diagnostic(
        "wrong-type",
        "a spec is a mapping of keys to values",
        Position(file, *composer.positions.get((), (1, 1))),
        "a spec begins with 'specwright: 1'",
    )
    return None, [*composer.findings, no_mapping]


def _malformed(problem: yaml.YAMLError, text: str, file: str) -> Diagnostic:
    mark = getattr(problem, "problem_mark", None)
    place = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
    what = (
        getattr(problem, "problem", None)
        or getattr(problem, "reason", None)
        or "unreadable"
    )
    context = getattr(problem, "context", None)
    start = getattr(problem, "context_mark", None)
    related: tuple[tuple[Position, str], ...] = ()
    if start is not None and (start.line + 1, start.column + 1) != place:
        related = (
            (
                Position(file, start.line + 1, start.column + 1),
                context or "begins here",
            ),
        )
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    line = lines[place[0] - 1] if place[0] <= len(lines) else ""
    return Diagnostic(
        "malformed-yaml",
        f"this is not YAML: {what}" + (f" ({context})" if context else ""),
        Position(file, *place),
        _malformed_hint(str(what), line, place[1]),
        related=related,
    )


def _malformed_hint(what: str, line: str, column: int) -> str:
    """What mostly lies behind a message of the parser."""
    indent = line[: len(line) - len(line.lstrip())]
    rest = line[column - 1 :]
    if "\t" in indent or rest.startswith("\t"):
        return "YAML is indented with spaces: there is a tab in this line"
    if "escape code" in what and _SURROGATE.search(line):
        return "write the character itself: YAML has no escapes for halves of a pair"
    if rest[:1] in ("@", "`", "%"):
        return "a value that begins with this character needs quotes"
    if "mapping values are not allowed" in what:
        return "a text that holds ': ' needs quotes; or a line before is indented differently"
    if "could not find expected ':'" in what or "simple key" in what:
        return "a key needs a ':' and a space behind it"
    if "quoted scalar" in what or "end of stream" in what:
        return "a quote or bracket is opened and never closed"
    if "flow" in what or "expected ',' or" in what or "node content" in what:
        return "a '[' or '{' is not closed, or a ',' is missing"
    return "look at quotes, brackets and indentation here and in the line before"
