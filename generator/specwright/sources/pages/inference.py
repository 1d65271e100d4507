"""What follows from the members of an operation without being said: how its pages follow."""

from __future__ import annotations

import re
from dataclasses import replace

from specwright.sources.pages.facts import Fact, Facts, Members, PageFacts

_TOKEN = re.compile(
    r"(?:token|marker|cursor|nextpage|nextpagekey|position)$", re.IGNORECASE
)
_OTHER_TOKEN = re.compile(
    r"(?:client|request|idempoten\w*|security|session|access|auth\w*|upload|device|creator|change|"
    r"lock|refresh|id|bearer|registration|execution|update|retry|web\w*)_?(?:request|identity)?_?token$",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    r"^(?:max(?:imum)?[a-z]*|limit|page_?size|page_?limit|batch_?size|results_?per_?page)$",
    re.IGNORECASE,
)
_WHOLE = frozenset({"integer", "long", "short"})


def infer(page: PageFacts) -> PageFacts:
    """The page with the pagination that its members suggest, marked as inferred."""
    if page.pagination or page.input is None:
        return page
    return replace(page, pagination=_pagination(page.input, page.output))


def _pagination(input_: Members, output: Members | None) -> Facts:
    if not output:
        return {}
    pair = _tokens(input_, output)
    if pair is None:
        return {}
    token, answer = pair
    line = input_[token].line
    result = {
        "input_token": Fact(token, line, True),
        "output_token": Fact(answer, output[answer].line, True),
    }
    limits = [
        name
        for name, member in input_.items()
        if _LIMIT.match(name) and member.says("type") in _WHOLE
    ]
    if len(limits) == 1:
        result["limit"] = Fact(limits[0], input_[limits[0]].line, True)
    lists = [name for name, member in output.items() if member.says("type") == "list"]
    if len(lists) == 1:
        result["items"] = Fact(lists[0], output[lists[0]].line, True)
    return result


def _tokens(input_: Members, output: Members) -> tuple[str, str] | None:
    """The token of the input and that of the output: one name, or the next of the other."""
    taken = [n for n in input_ if _is_token(n) and _texty(input_, n)]
    given = [n for n in output if _is_token(n) and _texty(output, n)]
    same = [name for name in taken if name in given]
    if len(same) == 1:
        return same[0], same[0]
    pairs = [
        (mine, theirs)
        for mine in taken
        for theirs in given
        if theirs.lower() in ("next" + mine.lower(), "nextpage" + mine.lower())
        or mine.lower()
        in ("next" + theirs.lower(), "starting" + theirs.lower().removeprefix("next"))
    ]
    return pairs[0] if len(pairs) == 1 and not same else None


def _is_token(name: str) -> bool:
    return _TOKEN.search(name) is not None and _OTHER_TOKEN.search(name) is None


def _texty(members: Members, name: str) -> bool:
    return members[name].says("type") in ("string", None)
