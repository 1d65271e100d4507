"""A mutant: a generated or vendored file with one thing altered."""

from __future__ import annotations

import ast
from typing import NamedTuple


class Edit(NamedTuple):
    """A piece of a text, in bytes, and what takes its place."""

    start: int
    end: int
    text: str

    @classmethod
    def of(cls, source: str, node: ast.AST, text: str, *, comma: bool = False) -> Edit:
        """The edit that replaces a node, if ``comma`` with the comma behind it."""
        start, end = span(source, node)
        if comma:
            rest = source.encode()[end:]
            end += (
                len(rest) - len(rest.lstrip().removeprefix(b","))
                if rest.lstrip()[:1] == b","
                else 0
            )
        return cls(start, end, text)

    def applied(self, source: str) -> str:
        """The text with the edit."""
        data = source.encode()
        return (data[: self.start] + self.text.encode() + data[self.end :]).decode()


class Mutant(NamedTuple):
    """An edit of one file, and what it does."""

    path: str
    line: int
    what: str
    edit: Edit
    text: str

    @property
    def name(self) -> str:
        """The line's text is part of it, and outlives its number."""
        return f"{self.path}: {self.text}: {self.what}"

    @classmethod
    def of(
        cls, path: str, source: str, node: ast.expr | ast.stmt, what: str, edit: Edit
    ) -> Mutant:
        line = source.splitlines()[node.lineno - 1].strip()
        return cls(path, node.lineno, what, edit, line)


def span(source: str, node: ast.AST) -> tuple[int, int]:
    """Where a node stands, in bytes."""
    assert isinstance(node, ast.expr | ast.stmt)
    assert node.end_lineno is not None
    assert node.end_col_offset is not None
    lines = source.encode().splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    return (
        starts[node.lineno - 1] + node.col_offset,
        starts[node.end_lineno - 1] + node.end_col_offset,
    )


def source_of(source: str, node: ast.AST) -> str:
    """The text of a node."""
    start, end = span(source, node)
    return source.encode()[start:end].decode()
