"""What an expression consists of: paths of steps, and operators and functions over them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal as Choice, TypeAlias


@dataclass(frozen=True, slots=True)
class Field:
    """A member of a structure, or a key of a map."""

    name: str


@dataclass(frozen=True, slots=True)
class Index:
    """One item of a list; negative ones count from its end."""

    number: int


@dataclass(frozen=True, slots=True)
class Part:
    """Some items of a list, as slices; the steps after it are taken from each."""

    start: int | None
    stop: int | None
    step: int | None


@dataclass(frozen=True, slots=True)
class Each:
    """``[*]``: the steps after it are taken from each item of a list."""


@dataclass(frozen=True, slots=True)
class Flatten:
    """``[]``: as ``[*]``, over the items of the items; ends a projection before it."""


@dataclass(frozen=True, slots=True)
class Values:
    """``*``: the steps after it are taken from each value of a map."""


@dataclass(frozen=True, slots=True)
class Where:
    """``[?…]``: the steps after it are taken from each item that meets a condition."""

    condition: Node


@dataclass(frozen=True, slots=True)
class Path:
    """Steps from a value to what it holds; without steps it is the value itself."""

    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Pipe:
    """What a second expression finds in what a first one found, projections ended."""

    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Or:
    """The left value where it holds, else the right one."""

    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class And:
    """The right value where the left one holds, else the left one."""

    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Not:
    """Whether a value doesn't hold."""

    inner: Node


@dataclass(frozen=True, slots=True)
class Compare:
    """How two values compare."""

    left: Node
    order: Choice["==", "!=", "<", "<=", ">", ">="]
    right: Node


@dataclass(frozen=True, slots=True)
class Literal:
    """A value of JSON."""

    value: object


@dataclass(frozen=True, slots=True)
class Call:
    """A function of some values."""

    name: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Several:
    """A list of values."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A mapping of values."""

    parts: tuple[tuple[str, Node], ...]


Node: TypeAlias = (
    Path | Pipe | Or | And | Not | Compare | Literal | Call | Several | Named
)
Step: TypeAlias = (
    Field | Index | Part | Each | Flatten | Values | Where | Call | Several | Named
)
