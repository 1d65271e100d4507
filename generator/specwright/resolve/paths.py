"""Path templates: labels, greedy labels and the fixed query string behind them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote_plus

_LABEL = re.compile(r"\{(?P<name>[^{}+]+)(?P<greedy>\+?)\}")


@dataclass(frozen=True, slots=True)
class Template:
    """A path without its query string, its labels in order, and what is wrong with it."""

    path: str
    labels: tuple[str, ...]
    greedy: tuple[str, ...]
    query: tuple[tuple[str, str | None], ...]
    problems: tuple[str, ...]


def read_template(text: str) -> Template:
    """The parts of a path template as a spec writes it."""
    path, _, query_text = text.partition("?")
    found = list(_LABEL.finditer(path))
    labels = tuple(label["name"] for label in found)
    greedy = tuple(label["name"] for label in found if label["greedy"])
    problems = []
    rest = _LABEL.sub("", path)
    if "{" in rest or "}" in rest:
        problems.append("a brace has no partner, or a label no name")
    if "{" in query_text or "}" in query_text:
        problems.append("labels can't stand in the query string")
    if "#" in text or any(c.isspace() or not c.isprintable() for c in text):
        problems.append("a path has no spaces, no '#' and no control characters")
    if any(part in (".", "..") for part in path.split("/")) or "//" in path:
        problems.append("a path has no '.', '..' or empty part")
    for repeated in sorted({label for label in labels if labels.count(label) > 1}):
        problems.append(f"the label '{{{repeated}}}' stands in it twice")
    if len(greedy) > 1:
        problems.append("only one label can be greedy")
    query = tuple(_pair(part) for part in query_text.split("&") if part)
    return Template(path, labels, greedy, query, tuple(problems))


def unlabelled(path: str) -> str:
    """A path in which labels have no names."""
    return _LABEL.sub(lambda label: "{" + label["greedy"] + "}", path)


def _pair(text: str) -> tuple[str, str | None]:
    name, equals, value = text.partition("=")
    return unquote_plus(name), unquote_plus(value) if equals else None
