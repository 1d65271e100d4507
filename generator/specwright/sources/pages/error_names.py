"""One name for each error: some pages print the code that answers have, others the shape's name."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from specwright.sources.pages.facts import Fact, Member, PageFacts

Codes = Mapping[str, str | None]
"""Names of errors, each with the code that it has if that is another word."""
_ENDS = ("Exception", "Fault", "Error")
_CODES = "api-reference"
"""The format that prints codes."""


def with_one_name(pages: Sequence[PageFacts], known: Codes) -> list[PageFacts]:
    """The pages with each error called as ``known`` calls it, or as the shape is called."""
    codes: dict[str, str | None] = dict(known)
    for page in sorted(pages, key=lambda p: (p.format == _CODES, p.page)):
        for name, error in (page.errors or {}).items():
            code = error.says("code")
            stated = str(code) if code is not None else None
            if name in codes:
                codes[name] = codes[name] or stated
            elif _known(name, error, codes, page.errors or {}) is None:
                codes[name] = stated
    return [
        (
            page
            if page.errors is None
            else replace(page, errors=dict(_renamed(page, codes)))
        )
        for page in pages
    ]


def _renamed(page: PageFacts, codes: Codes) -> Iterator[tuple[str, Member]]:
    for name, error in (page.errors or {}).items():
        known = _known(name, error, codes, page.errors or {})
        if known is not None and page.format == _CODES:
            error = error.stating(code=Fact(name, error.line))
        yield known or name, error


def _known(
    name: str, error: Member, codes: Codes, beside: Collection[str]
) -> str | None:
    """The other name that an error has, if any. Those beside it on its page are other errors."""
    if name in codes:
        return None
    code = error.says("code")
    others = [other for other in codes if other not in beside]
    same = [o for o in others if codes[o] == name or code in (o, codes[o] or name)]
    same = same or [o for o in others if _stem(o, name) or _stem(name, o)]
    return same[0] if len(same) == 1 else None


def _stem(longer: str, shorter: str) -> bool:
    return any(longer == shorter + end for end in _ENDS)
