"""What follows from the members of an operation without being said: how its pages follow."""

from __future__ import annotations

import re
from dataclasses import replace

from specwright.sources.pages.facts import Fact, Facts, Member, Members, PageFacts

_TOKEN = re.compile(
    r"(?:token|marker|cursor|nextpage|nextpagekey|position)$", re.IGNORECASE
)
_OTHER_TOKEN = re.compile(
    r"(?:client|request|idempoten\w*|security|session|access|auth\w*|upload|device|creator|change|"
    r"lock|refresh|id|bearer|registration|execution|update|retry|web\w*)_?(?:request|identity)?_?token$",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    r"^(?:max(?:imum)?[a-z]*|limit|page_?size|page_?limit|batch_?size|[a-z]+_?per_?page)$",
    re.IGNORECASE,
)
_WHOLE = frozenset({"integer", "long", "short"})


def infer(page: PageFacts) -> PageFacts:
    """The page with the pagination that its members suggest, marked as inferred."""
    if page.pagination or page.input is None:
        return page
    operation = page.text("operation") or ""
    return replace(page, pagination=_pagination(page.input, page.output, operation))


def _pagination(input_: Members, output: Members | None, operation: str) -> Facts:
    found = _within(input_, output or {}, operation, "")
    structures = [
        (name, member.members)
        for name, member in (output or {}).items()
        if member.members and member.says("type") == "structure"
    ]
    if not found and len(structures) == 1:
        # Some services wrap everything that they answer in one structure.
        name, members = structures[0]
        found = _within(input_, members, operation, f"{name}.")
    if not found:
        return {}
    limits = [name for name, member in input_.items() if _is_limit(name, member)]
    if len(limits) == 1:
        found["limit"] = Fact(limits[0], input_[limits[0]].line, True)
    return {word: found[word] for word in _WORDS if word in found}


_WORDS = ("input_token", "output_token", "limit", "items")


def _within(
    input_: Members, output: Members, operation: str, prefix: str
) -> dict[str, Fact]:
    """Tokens and items, where the output's members show them."""
    pair = _tokens(input_, output)
    if pair is None:
        return {}
    token, answer = pair
    found = {
        "input_token": Fact(token, input_[token].line, True),
        "output_token": Fact(prefix + answer, output[answer].line, True),
    }
    items = _items(output, operation)
    if items is not None:
        found["items"] = Fact(prefix + items, output[items].line, True)
    return found


def _items(output: Members, operation: str) -> str | None:
    """The only list, or the only one that the operation is called after."""
    lists = [name for name, member in output.items() if member.says("type") == "list"]
    if len(lists) > 1:
        lists = [name for name in lists if name.casefold() in operation.casefold()]
    if not lists:
        lists = [n for n, m in output.items() if m.says("type") == "map"]
    return lists[0] if len(lists) == 1 else None


def _is_limit(name: str, member: Member) -> bool:
    """True for a number of results; some services take it as a text, some pages name no type."""
    kind = member.says("type")
    return _LIMIT.match(name) is not None and (
        kind in _WHOLE
        or (kind is None and not {"length", "enum", "pattern"} & set(member.facts))
        or (kind == "string" and name.startswith(("Max", "max")))
    )


def _tokens(input_: Members, output: Members) -> tuple[str, str] | None:
    """The token of the input and that of the output: the next of the one, or its name."""
    taken = [n for n in input_ if _is_token(n) and _texty(input_, n)]
    given = [n for n in output if _is_token(n) and _texty(output, n)]
    pairs = [
        (mine, theirs)
        for mine in taken
        for theirs in given
        if theirs.lower() in ("next" + mine.lower(), "nextpage" + mine.lower())
        or mine.lower() == "next" + theirs.lower()
        or mine.lower() == "starting" + theirs.lower().removeprefix("next")
    ]
    pairs = pairs or [(name, name) for name in taken if name in given]
    if not pairs:
        # Forms have names of their own for what goes in and what comes out.
        pairs = [(i, o) for i in taken for o in given if i.casefold() == o.casefold()]
    return pairs[0] if len(pairs) == 1 else None


def _is_token(name: str) -> bool:
    return _TOKEN.search(name) is not None and _OTHER_TOKEN.search(name) is None


def _texty(members: Members, name: str) -> bool:
    return members[name].says("type") in ("string", None)
