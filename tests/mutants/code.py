"""Mutants of the runtime's validation code: comparisons, conditions, numbers, calls."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.mutants.mutant import Edit, Mutant, source_of

COMPARED: dict[type[ast.cmpop], str] = {
    ast.Lt: "<=",
    ast.LtE: "<",
    ast.Gt: ">=",
    ast.GtE: ">",
    ast.Eq: "!=",
    ast.NotEq: "==",
    ast.Is: "is not",
    ast.IsNot: "is",
    ast.In: "not in",
    ast.NotIn: "in",
}


# What reads and writes messages: the generated tests have none.
OF_MESSAGES = (
    *("reader", "writer", "read_decimal", "write_decimal", "as_it_is", "whole"),
    "__int__",
)


def mutants(path: str, source: str) -> Iterator[Mutant]:
    """The mutants of one module; what only types and docstrings say is left alone."""
    tree = ast.parse(source)
    for node in skimmed(tree):
        for what, edit in of_node(source, node):
            yield Mutant.of(path, source, node, what, edit)


def skimmed(node: ast.AST) -> Iterator[ast.expr | ast.stmt]:
    """The nodes that run, from the top down."""
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "type_params", "decorator_list"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST):
                continue
            if isinstance(child, ast.FunctionDef) and child.name in OF_MESSAGES:
                continue
            if isinstance(child, ast.Import | ast.ImportFrom) or is_typing(child):
                continue
            if isinstance(child, ast.expr | ast.stmt):
                yield child
            yield from skimmed(child)


def is_typing(node: ast.AST) -> bool:
    """True for docstrings, aliases of types and what is for type checkers."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return True
    if isinstance(node, ast.AnnAssign):
        return ast.unparse(node.annotation) == "TypeAlias"
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def of_node(source: str, node: ast.expr | ast.stmt) -> Iterator[tuple[str, Edit]]:
    """Alterations of one node."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        left, right = source_of(source, node.left), source_of(
            source, node.comparators[0]
        )
        other = COMPARED[type(node.ops[0])]
        yield f"compares by {other}", Edit.of(source, node, f"({left} {other} {right})")
    elif isinstance(node, ast.BoolOp):
        word, other = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
        parts = [f"({source_of(source, value)})" for value in node.values]
        yield f"{other} for {word}", Edit.of(
            source, node, f"({f' {other} '.join(parts)})"
        )
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "lacks a not", Edit.of(
            source, node, f"({source_of(source, node.operand)})"
        )
    elif isinstance(node, ast.Constant) and type(node.value) is bool:
        yield f"{not node.value} for {node.value}", Edit.of(
            source, node, str(not node.value)
        )
    elif isinstance(node, ast.Constant) and type(node.value) is int:
        yield "a number is one more", Edit.of(source, node, f"({node.value} + 1)")
    elif isinstance(node, ast.If):
        yield "a condition always holds", Edit.of(source, node.test, "True")
        yield "a condition never holds", Edit.of(source, node.test, "False")
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
        left, right = source_of(source, node.left), source_of(source, node.right)
        sign = "-" if isinstance(node.op, ast.Add) else "+"
        if not any(is_text(side) for side in (node.left, node.right)):
            yield f"{sign} for its opposite", Edit.of(
                source, node, f"({left} {sign} {right})"
            )
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        yield "a call is skipped", Edit.of(source, node, "pass")
    elif isinstance(node, ast.Return) and node.value is not None:
        yield "nothing is returned", Edit.of(source, node.value, "None")


def is_text(node: ast.expr) -> bool:
    """True for what is text on sight."""
    return isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
