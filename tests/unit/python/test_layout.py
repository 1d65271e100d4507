"""Layouts are black's own, for every length: formatting the output changes nothing."""

import black
import pytest
from hypothesis import given, settings, strategies as st

from specwright.python.classes import class_head, parameter, slots_line
from specwright.python.imports import import_line
from specwright.python.layout import (
    Call,
    Expression,
    annotated,
    assigned,
    flat,
    laid_out,
    literal_alias,
    statement,
)

MODE = black.Mode(target_versions={black.TargetVersion.PY311})
LENGTHS = range(1, 120)


def stays(*sources: str) -> None:
    """Sources that black would change are wrong."""
    text = "\n".join(sources) + "\n"
    assert black.format_str(text, mode=MODE) == text


def subscripts(name: str) -> list[Expression]:
    """The types that members have, around one name."""
    item = Call("Sequence", (name,), "[]")
    return [
        name,
        item,
        Call("Sequence", (item,), "[]"),
        Call("Mapping", ("str", name), "[]"),
        Call("Mapping", ("str", item), "[]"),
        Call("Sequence", (f"{name} | None",), "[]"),
    ]


@pytest.mark.parametrize("index", range(6))
def test_parameters_and_attributes(index: int):
    for length in range(1, 75, 2):
        for at in range(1, 75, 9):
            annotation = subscripts("B" * length)[index]
            name = "a" * at
            methods = [
                f"    def f{n}(\n        self,\n        *,\n"
                f"{parameter(name, annotation, may_miss)}\n    ) -> None: ...\n"
                for n, may_miss in enumerate((True, False))
            ]
            attributes = [
                "    " + annotated(name, operands, indent=4)
                for operands in ([annotation], [annotation, "None"])
            ]
            stays("class X:", *attributes, "", "\n".join(methods).rstrip())


def test_assignments():
    for length in LENGTHS:
        name = "a" * length
        stays(
            "class X:",
            "    def f(self) -> None:",
            "        " + assigned(f"self.{name}", name, 8),
        )


def test_enums():
    for length in LENGTHS:
        stays(literal_alias("A" * length, [['"aaa"', '"bbbb"']], "UnknownValue"))
        one, other = f'"{"a" * length}"', f'"{"b" * length}"'
        for groups in ([[one, other]], [[one], [other, '"c"']], [['"c"'], [one]]):
            stays(literal_alias("A" * 10, groups, "UnknownValue"))
            stays(literal_alias("A" * length, groups, "UnknownValue"))
        stays(literal_alias("A" * 10, [[one]], "UnknownValue"))
        stays(literal_alias("A" * length, [[f'"{"a" * 90}"']], "UnknownValue"))


def test_slots_and_imports():
    for length in LENGTHS:
        stays("class X:", "    " + slots_line(["a" * length]))
        stays("class X:", "    " + slots_line(["a" * length, "b"]))
        stays("\n".join(import_line("a" * length, ["B" * 20, "c"])))
    stays("class X:", "    " + slots_line([]))


def test_heads_of_classes():
    for length in LENGTHS:
        name = "A" * length
        for base in (
            "Structure",
            Call("Request", (f'"{name}Response"',), "[]"),
            Call("PaginatedRequest", (f'"{name}Response"', f'"{name}Item"'), "[]"),
            Call("PaginatedRequest", ('"R"', f'"Mapping[str, {name}]"'), "[]"),
        ):
            stays(class_head(name, base), "    pass")


EXPRESSIONS: st.SearchStrategy[Expression] = st.recursive(
    st.integers(1, 70).map(lambda n: '"' + "x" * n + '"') | st.just("1"),
    lambda inner: st.builds(
        lambda head, parts, keyword: Call(
            f"{keyword}={head}" if keyword else head, tuple(parts)
        ),
        st.integers(1, 30).map(lambda n: "C" * n),
        st.lists(inner, max_size=4),
        st.just("") | st.just("key"),
    ),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(st.integers(1, 40), EXPRESSIONS.filter(lambda e: isinstance(e, Call)))
def test_tables(length: int, expression: Expression):
    # Keyword arguments come last, as in the tables that are written.
    ordered = in_order(expression)
    stays(statement("T" * length, ordered))
    if isinstance(ordered, Call) and "=" not in ordered.head:
        stays(laid_out(ordered))


def in_order(expression: Expression, at: int = 0) -> Expression:
    """The expression with keyword arguments last, each of another name."""
    if isinstance(expression, str):
        return expression
    parts = [in_order(part, n) for n, part in enumerate(expression.parts)]
    parts.sort(key=lambda part: isinstance(part, Call) and "=" in part.head)
    head = expression.head.removeprefix("key=")
    return Call(
        f"k{at}={head}" if "=" in expression.head and at else head, tuple(parts)
    )


def test_tuples_of_one_have_their_comma():
    assert flat(Call("length=", ("1",))) == "length=(1,)"
    assert flat(Call("", ("1",))) == "(1,)"
    assert flat(Call("f", ("1",))) == "f(1)"
    assert flat(Call("x = ", ("a",), "[]")) == "x = [a]"
