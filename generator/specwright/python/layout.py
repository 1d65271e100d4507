"""Expressions and statements laid out as black would: on one line, else one part a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from specwright.python.quoting import WIDTH


@dataclass(frozen=True, slots=True)
class Call:
    """A bracketed list of parts behind a head, such as ``String(length=(1, 63))``.

    ``brackets`` are the two characters around the parts; a head is a call's name with the
    keyword before it, if there is one.
    """

    head: str
    parts: tuple[Expression, ...] = ()
    brackets: str = "()"

    def named(self, keyword: str) -> Call:
        """The same as a keyword argument."""
        return Call(f"{keyword}={self.head}", self.parts, self.brackets)


Expression: TypeAlias = "str | Call"


def flat(expression: Expression) -> str:
    """An expression on one line."""
    if isinstance(expression, str):
        return expression
    opening, closing = expression.brackets[0], expression.brackets[1]
    inner = ", ".join(flat(part) for part in expression.parts)
    if opening == "(" and len(expression.parts) == 1 and is_tuple(expression):
        inner += ","
    return f"{expression.head}{opening}{inner}{closing}"


def is_tuple(call: Call) -> bool:
    """True for a tuple: parentheses with nothing but a keyword before them."""
    return call.brackets == "()" and (not call.head or call.head[-1] in "= ")


def laid_out(expression: Expression, indent: int = 0, tail: int = 0) -> str:
    """An expression that starts at an indent and leaves ``tail`` columns of its last line."""
    line = flat(expression)
    if isinstance(expression, str) or indent + len(line) + tail <= WIDTH:
        return line
    if not expression.parts:
        return line
    opening, closing = expression.brackets[0], expression.brackets[1]
    inner = indent + 4
    lines = [f"{expression.head}{opening}"]
    lines += [
        f"{' ' * inner}{laid_out(part, inner, tail=1)}," for part in expression.parts
    ]
    lines.append(" " * indent + closing)
    return "\n".join(lines)


def statement(target: str, expression: Expression, indent: int = 0) -> str:
    """An assignment of an expression to a name."""
    head = f"{target} = "
    if isinstance(expression, str):
        return head + expression
    named = Call(head + expression.head, expression.parts, expression.brackets)
    return laid_out(named, indent)


def annotated(
    target: str,
    operands: Sequence[Expression],
    value: str = "",
    indent: int = 0,
    end: str = "",
) -> str:
    """``target: A | B = value`` at an indent, with what ends its line behind it."""
    annotation = " | ".join(flat(operand) for operand in operands)
    closing = f" = {value}{end}" if value else end
    line = f"{target}: {annotation}{closing}"
    if indent + len(line) <= WIDTH:
        return line
    if len(operands) == 1:
        head = f"{target}: "
        # An attribute's plain type is wrapped where that helps; a parameter's never is.
        if isinstance(operands[0], str) and not end:
            inner = " " * (indent + 4)
            if len(inner) + len(annotation) <= WIDTH:
                return f"{head}(\n{inner}{annotation}\n{' ' * indent})"
            return line
        return head + subscript(operands[0], indent, len(head), len(end)) + end
    inner = " " * (indent + 4)
    if len(inner) + len(annotation) <= WIDTH:
        body = [annotation]
    else:
        first, *others = (subscript(part, indent + 4) for part in operands)
        body = [first, *(f"| {operand}" for operand in others)]
    lines = [f"{target}: (", *(inner + part for part in body)]
    return "\n".join([*lines, f"{' ' * indent}){closing}"])


def subscript(expression: Expression, indent: int, head: int = 0, tail: int = 0) -> str:
    """A type at an indent, behind ``head`` columns; its parts on one line of their own where
    they fit, since a type of one part can't end in a comma."""
    line = flat(expression)
    if indent + head + len(line) + tail <= WIDTH:
        return line
    if isinstance(expression, str):
        return line.replace(" | None", f"\n{' ' * indent}| None")
    inner = indent + 4
    parts = ", ".join(flat(part) for part in expression.parts)
    if inner + len(parts) <= WIDTH:
        body = [parts]
    elif len(expression.parts) == 1:
        body = [subscript(expression.parts[0], inner)]
    else:
        body = [subscript(part, inner, tail=1) + "," for part in expression.parts]
    lines = [f"{expression.head}[", *(" " * inner + part for part in body)]
    return "\n".join([*lines, " " * indent + "]"])


def literal_alias(name: str, groups: Sequence[Sequence[str]], unknown: str) -> str:
    """The alias of an enum: its values, quoted, or an unknown one."""
    literals = [f"Literal[{', '.join(values)}]" for values in groups]
    inner = " | ".join([*literals, unknown])
    line = f"{name}: TypeAlias = {inner}"
    if len(line) <= WIDTH:
        return line
    head = f"{name}: TypeAlias = ("
    if len(head) > WIDTH:
        head = f"{name}: (\n    TypeAlias\n) = ("
        if len(f"{name}: (") <= WIDTH and len(f") = ({inner})") <= WIDTH:
            return f"{head}{inner})"
    if 4 + len(inner) <= WIDTH:
        return f"{head}\n    {inner}\n)"
    lines: list[str] = []
    for values, literal in zip(groups, literals, strict=True):
        start = "    | " if lines else "    "
        if len(start + literal) <= WIDTH:
            lines.append(start + literal)
        else:
            lines += [f"{start}Literal[", *(f"        {v}," for v in values), "    ]"]
    return "\n".join([head, *lines, f"    | {unknown}", ")"])


def assigned(target: str, value: str, indent: int) -> str:
    """``target = value`` at an indent."""
    line = f"{target} = {value}"
    # Parentheses help where the value fits between them.
    if indent + len(line) <= WIDTH or indent + 4 + len(value) > WIDTH:
        return line
    return f"{target} = (\n{' ' * (indent + 4)}{value}\n{' ' * indent})"
