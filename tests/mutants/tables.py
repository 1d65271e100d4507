"""Mutants of generated tables: every constraint altered, one at a time."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from itertools import pairwise

from tests.mutants.mutant import Edit, Mutant, source_of, span

BOUNDS = ("length", "range")
FLAGS = ("required", "sparse")
MEMBERS = ("Body", "Path", "Query", "Header", "HttpPayload", "HeaderMap", "Status")


def mutants(path: str, source: str) -> Iterator[Mutant]:
    """The mutants of one module of operations or shapes."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            for what, edit in of_call(source, node):
                yield Mutant.of(path, source, node, what, edit)
        elif (
            isinstance(node, ast.Subscript)
            and source_of(source, node.value) == "Literal"
        ):
            for what, edit in of_values(source, node.slice):
                yield Mutant.of(path, source, node, what, edit)


def of_call(source: str, call: ast.Call) -> Iterator[tuple[str, Edit]]:
    """Alterations of one shape, pattern or member."""
    assert isinstance(call.func, ast.Name)
    for keyword in call.keywords:
        if keyword.arg in BOUNDS and isinstance(keyword.value, ast.Tuple):
            yield from of_bounds(source, keyword.arg, keyword.value)
        elif keyword.arg == "enum" and isinstance(keyword.value, ast.Tuple):
            yield from of_values(source, keyword.value)
        elif keyword.arg == "pattern":
            yield "a pattern is gone", Edit.of(source, keyword.value, "None")
        elif keyword.arg in FLAGS and call.func.id != "Spec":
            yield f"{keyword.arg} is inverted", Edit.of(source, keyword.value, "False")
        elif keyword.arg == "source":
            yield "a source is lost", Edit.of(source, keyword.value, "None")
    if call.func.id == "Spec":
        for cited in (*call.args[1:], *(keyword.value for keyword in call.keywords)):
            yield "another source", Edit.of(source, cited, '"elsewhere"')
    if call.func.id == "Pattern":
        yield from of_pattern(source, call)
    if call.func.id == "UniqueList":
        yield "items may be equal", Edit.of(source, call.func, "UniqueList.__base__")
    if call.func.id in MEMBERS and call.args:
        name = call.args[0]
        yield "a member has another name", Edit.of(source, name, '"other"')
    if call.func.id == "structure":
        yield from of_members(source, call.args[2:])


def of_members(source: str, members: Sequence[ast.expr]) -> Iterator[tuple[str, Edit]]:
    """Members that are missing, or have each other's attribute."""
    for member in members:
        yield "a member is skipped", Edit.of(source, member, "", comma=True)
    for first, second in pairwise(members):
        start, end = span(source, first)[0], span(source, second)[1]
        between = source.encode()[span(source, first)[1] : span(source, second)[0]]
        swapped = (
            source_of(source, second) + between.decode() + source_of(source, first)
        )
        yield "members are swapped", Edit(start, end, swapped)


def of_bounds(source: str, kind: str, pair: ast.Tuple) -> Iterator[tuple[str, Edit]]:
    """Bounds that are off by one, missing, or in each other's place."""
    low, high = (source_of(source, end) for end in pair.elts)
    for number, (name, end) in enumerate((("lower", low), ("upper", high))):
        if end == "None":
            continue
        changed = {
            "is one more": f"{end} + 1",
            "is one less": f"{end} - 1",
            "is gone": "None",
        }
        for how, text in changed.items():
            if name == "lower" and kind == "length" and end == "0":
                continue  # No length is below zero.
            yield f"the {name} {kind} {how}", Edit.of(source, pair.elts[number], text)
    if "None" not in (low, high) and low != high:
        yield f"the {kind}s are swapped", Edit.of(source, pair, f"({high}, {low})")


def of_values(source: str, listed: ast.expr) -> Iterator[tuple[str, Edit]]:
    """Enums that lack a value."""
    values = listed.elts if isinstance(listed, ast.Tuple) else [listed]
    for value in values if len(values) > 1 else ():
        yield "an enum lacks a value", Edit.of(source, value, "", comma=True)


def of_pattern(source: str, call: ast.Call) -> Iterator[tuple[str, Edit]]:
    """Patterns that lack an anchor, look elsewhere, or lack their first or last part."""
    keywords = {keyword.arg: keyword.value for keyword in call.keywords}
    used = keywords.get("regex", call.args[0])
    text = ast.literal_eval(used)
    shorter = {
        "has no start": text.removeprefix("^"),
        "has no end": text.removesuffix("$").removesuffix("\\Z"),
    }
    for how, changed in shorter.items():
        if changed != text:
            yield f"a pattern {how}", regex(source, call, keywords, changed)
    if "match" in keywords:
        yield "a search is of the whole", Edit.of(source, keywords["match"], '"full"')
    else:
        end = call.args[0]
        looser = f'{source_of(source, end)}, match="search"'
        yield "a whole match is a search", Edit.of(source, end, looser)
        # A search finds the same with and without it.
        more = regex(source, call, keywords, f"(?:{text})\\n?")
        yield "a pattern takes a line end more", more


def regex(
    source: str, call: ast.Call, keywords: dict[str | None, ast.expr], text: str
) -> Edit:
    """Another regex for a pattern, whose documented text stays."""
    if "regex" in keywords:
        return Edit.of(source, keywords["regex"], repr(text))
    first = call.args[0]
    return Edit.of(source, first, f"{source_of(source, first)}, regex={text!r}")
