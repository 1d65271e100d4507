"""Which format a page has, told by what only that format prints, and whether it is one page."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from specwright.sources.pages import dart, js, rst
from specwright.sources.pages.facts import Format
from specwright.sources.pages.text import Page

_API = (
    re.compile(
        r"For\s+information\s+about\s+the\s+parameters\s+that\s+are\s+common\s+to\s+all\s+actions"
    ),
    re.compile(r"If\s+the\s+action\s+is\s+successful,\s+the\s+service\s+sends\s+back"),
    re.compile(
        r"The\s+request\s+(?:accepts\s+the\s+following|uses\s+the\s+following\s+URI|does\s+not\s+(?:use|have))"
    ),
    re.compile(r"(?m)^[ #*]*(?:Request|Response) Syntax[ *]*$"),
    re.compile(r"(?m)^[ #*]*(?:URI )?Request Parameters[ *]*$"),
    re.compile(r"(?m)^[ #*]*Response Elements[ *]*$"),
    re.compile(r"HTTP Status Code:[ \n]*[0-9]{3}"),
    re.compile(
        r"For\s+information\s+about\s+the\s+errors\s+that\s+are\s+common\s+to\s+all\s+actions"
    ),
    re.compile(
        r"The\s+following\s+elements?\s+(?:is|are)\s+returned\s+by\s+the\s+service"
    ),
    re.compile(
        r"For\s+more\s+information\s+about\s+using\s+this\s+API\s+in\s+one\s+of\s+the\s+language-\s*specific"
    ),
)
_SUCCESS, _STATUS, _ERRORS, _LAST = _API[1], _API[6], _API[7], _API[-1]


def format_of(page: Page) -> Format | None:
    """The format of a page; None for anything else."""
    text = rst.unescaped(page).text
    if rst.METHOD.search(text) and (
        rst.CALL.search(text) or ":rtype:" in text or ":returns:" in text
    ):
        return "boto3-rst"
    if rst.CALL.search(text) and re.search(
        r"Response Syntax|Request Syntax|:rtype:", text
    ):
        return "boto3-rst"
    if js.IMPORT.search(text) or (js.INPUT.search(text) and "Command Input" in text):
        return "js-v3"
    if "Future<" in text and ("_protocol" in text or dart.METHOD.search(text)):
        return "dart"
    if sum(pattern.search(text) is not None for pattern in _API) >= 2:
        return "api-reference"
    return None


def operations_in(page: Page, kind: Format) -> list[tuple[str, int]]:
    """The operations that a file describes, each with the line that it begins in."""
    text = rst.unescaped(page).text if kind == "boto3-rst" else page.text
    names = _NAMES[kind](text)
    first: dict[str, int] = {}
    for name, offset in names:
        first.setdefault(name, page.line_at(offset))
    return list(first.items())


def _in_rst(text: str) -> list[tuple[str, int]]:
    named = [(m["method"], m.start()) for m in rst.METHOD.finditer(text)]
    called = [(m["method"], m.start()) for m in rst.SYNTAX.finditer(text)]
    return sorted(named + called, key=lambda one: one[1])


def _in_js(text: str) -> list[tuple[str, int]]:
    return [(m["command"], m.start()) for m in js.IMPORT.finditer(text)]


def _in_dart(text: str) -> list[tuple[str, int]]:
    return [(m["name"], m.start()) for m in dart.METHOD.finditer(text)]


def _in_api(text: str) -> list[tuple[str, int]]:
    # Descriptions may say what is answered too: a page has errors behind the last that does.
    answered: list[re.Match[str]] = []
    at = 0
    for found in _SUCCESS.finditer(text):
        between = (at, found.start())
        if not answered or any(p.search(text, *between) for p in (_STATUS, _ERRORS)):
            answered.append(found)
        at = found.end()
    most = max(answered, list(_LAST.finditer(text)), key=len)
    return [(str(number), m.start()) for number, m in enumerate(most)]


_NAMES: Mapping[Format, Callable[[str], list[tuple[str, int]]]] = {
    "boto3-rst": _in_rst,
    "js-v3": _in_js,
    "dart": _in_dart,
    "api-reference": _in_api,
}
