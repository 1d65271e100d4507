"""Expressions from their text, by the grammar of JMESPath and the precedence of its operators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from specwright.expressions.nodes import (
    And,
    Call,
    Compare,
    Each,
    Field,
    Flatten,
    Index,
    Literal,
    Named,
    Node,
    Not,
    Or,
    Part,
    Path,
    Pipe,
    Several,
    Step,
    Values,
    Where,
)
from specwright.expressions.scanning import ExpressionError, Token, tokens

MAX_DEPTH = 50
FUNCTIONS: Mapping[str, tuple[int, int | None]] = {
    "contains": (2, 2),
    "ends_with": (2, 2),
    "keys": (1, 1),
    "length": (1, 1),
    "not_null": (1, None),
    "starts_with": (2, 2),
    "values": (1, 1),
}
"""The functions that are known, with the fewest and the most arguments."""

_BINDS = {
    "|": 1,
    "||": 2,
    "&&": 3,
    "[]": 9,
    "[?": 21,
    ".": 40,
    "[": 55,
} | dict.fromkeys(("==", "!=", "<", "<=", ">", ">="), 5)
_NOT = 45
# What follows a projection is its own down to this, whatever binds before it.
_REACHES = {Each: 20, Part: 20, Values: 20, Where: 21, Flatten: 9}


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a text is not an expression that is known here."""

    message: str


def parse(text: str) -> Node | Problem:
    """The expression that a text states."""
    try:
        reader = _Reader(list(tokens(text)))
        node = reader.expression(0)
        reader.take("end")
    except ExpressionError as problem:
        return Problem(str(problem))
    return node


@dataclass(slots=True)
class _Reader:
    """The tokens of one expression, and the next one to read."""

    waiting: list[Token]
    at: int = 0
    depth: int = 0

    @property
    def next(self) -> Token:
        return self.waiting[self.at]

    def take(self, kind: str) -> Token:
        """The next token, which has to be of a kind."""
        token = self.next
        if token.kind != kind:
            found = "it ends" if token.kind == "end" else f"'{token.value}' stands"
            wanted = "the end" if kind == "end" else f"'{kind}'"
            raise ExpressionError(f"{found} at {token.place + 1} where {wanted} is due")
        self.at += 1
        return token

    def took(self, kind: str) -> bool:
        """True where the next token is of a kind; it has been read then."""
        found = self.next.kind == kind
        self.at += found
        return found

    def expression(self, binding: int) -> Node:
        """The expression that ends where an operator binds no tighter."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ExpressionError(f"it is nested more than {MAX_DEPTH} levels deep")
        left, is_open = self.first()
        if isinstance(left, Path) and left.steps and is_open:
            binding = min(binding, _REACHES.get(type(left.steps[0]), binding))
        while binding < _BINDS.get(self.next.kind, 0):
            if self.next.kind in (".", "[", "[]", "[?"):
                step = self.step(projected=_ends_in_projection(left))
                left = _extended(left, step, is_open)
                binding = min(binding, _REACHES.get(type(step), binding))
                # A projection ends behind what selects several, as other readers have it.
                is_open = not isinstance(step, Several | Named)
            else:
                left, is_open = self.operation(left), False
        self.depth -= 1
        return left

    def first(self) -> tuple[Node, bool]:
        """What an expression begins with, and whether steps may extend it."""
        token = self.next
        if token.kind in ("[]", "[?") or (token.kind == "[" and self.indexes()):
            return Path((self.step(),)), True
        self.at += 1
        match token.kind:
            case "name" if self.next.kind == "(":
                return self.call(token), False
            case "name" | "quoted":
                return Path((Field(str(token.value)),)), True
            case "literal":
                return Literal(token.value), False
            case "@":
                return Path(), True
            case "*":
                return Path((Values(),)), True
            case "!":
                return Not(self.expression(_NOT)), False
            case "(":
                inner = self.expression(0)
                self.take(")")
                return inner, False
            case "[":
                return Several(self.listed("]")), False
            case "{":
                return self.named(), False
        self.at -= 1
        raise ExpressionError(
            f"it ends at {token.place + 1}, where a value is due"
            if token.kind == "end"
            else f"'{token.value}' stands at {token.place + 1} where a value is due"
        )

    def operation(self, left: Node) -> Node:
        token = self.next
        self.at += 1
        right = self.expression(_BINDS[token.kind])
        match token.kind:
            case "|":
                return Pipe(left, right)
            case "||":
                return Or(left, right)
            case "&&":
                return And(left, right)
            case "==" | "!=" | "<" | "<=" | ">" | ">=" as order:
                return Compare(left, order, right)
        raise ExpressionError(f"'{token.value}' is not an operator")

    def step(self, *, projected: bool = False) -> Step:
        """One step of a path. Behind a projection, brackets may select several values."""
        if self.took("[]"):
            return Flatten()
        if self.took("[?"):
            condition = self.expression(0)
            self.take("]")
            return Where(condition)
        if projected and self.next.kind == "[" and not self.indexes():
            self.at += 1
            return Several(self.listed("]"))
        if self.took("["):
            return self.bracketed()
        self.take(".")
        token = self.next
        self.at += 1
        match token.kind:
            case "name" if self.next.kind == "(":
                return self.call(token)
            case "name" | "quoted":
                return Field(str(token.value))
            case "*":
                return Values()
            case "[":
                return Several(self.listed("]"))
            case "{":
                return self.named()
        self.at -= 1
        raise ExpressionError(
            f"no member is named behind the '.' before {token.place + 1}"
        )

    def bracketed(self) -> Step:
        """What stands between brackets: a star, an index or a slice."""
        if self.took("*"):
            self.take("]")
            return Each()
        ends: list[int | None] = [self.number()]
        while len(ends) < 3 and self.took(":"):
            ends.append(self.number())
        self.take("]")
        if len(ends) == 1 and ends[0] is not None:
            return Index(ends[0])
        if len(ends) == 1 or ends[2:] == [0]:
            raise ExpressionError("an index is a whole number, and a slice has a step")
        start, stop, step = (*ends, None)[:3]
        return Part(start, stop, step)

    def number(self) -> int | None:
        if self.next.kind != "number":
            return None
        value = self.take("number").value
        return value if isinstance(value, int) else None

    def indexes(self) -> bool:
        """True where the bracket that comes next holds an index and no list of values."""
        follows = [token.kind for token in self.waiting[self.at + 1 : self.at + 3]]
        return follows[0] in ("number", ":") or follows == ["*", "]"]

    def listed(self, closing: str) -> tuple[Node, ...]:
        """Expressions up to a closing bracket."""
        parts = [self.expression(0)]
        while self.took(","):
            parts.append(self.expression(0))
        self.take(closing)
        return tuple(parts)

    def named(self) -> Named:
        parts: dict[str, Node] = {}
        while True:
            kind = "quoted" if self.next.kind == "quoted" else "name"
            name = str(self.take(kind).value)
            self.take(":")
            parts[name] = self.expression(0)
            if not self.took(","):
                break
        self.take("}")
        return Named(tuple(parts.items()))

    def call(self, token: Token) -> Call:
        """A function and its arguments."""
        name = str(token.value)
        self.take("(")
        arguments = () if self.took(")") else self.listed(")")
        known = FUNCTIONS.get(name)
        if known is None:
            raise ExpressionError(f"the function '{name}' is not known")
        least, most = known
        if len(arguments) < least or (most is not None and len(arguments) > most):
            raise ExpressionError(
                f"'{name}' takes {least} arguments, not {len(arguments)}"
            )
        return Call(name, arguments)


def _ends_in_projection(node: Node) -> bool:
    """True where the last step of a path leads to several values."""
    if isinstance(node, Pipe):
        return _ends_in_projection(node.right)
    return isinstance(node, Path) and any(type(s) in _REACHES for s in node.steps[-1:])


def _extended(left: Node, step: Step, is_open: bool) -> Node:
    """A path with one step more. Parentheses and operators end the projections in them, so
    that a path begins anew behind them."""
    if is_open and isinstance(left, Path):
        return Path((*left.steps, step))
    if is_open and isinstance(left, Pipe):
        return Pipe(left.left, _extended(left.right, step, is_open))
    return Pipe(left, Path((step,)))
