"""What shapes hold as a whole: recursion that never ends, and shapes that nothing uses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from specwright.model import Member, Operation, Shape, children
from specwright.resolve.context import UNKNOWN, Context, Definition, Definitions
from specwright.resolve.cursor import Cursor

MAX_LISTS = 32
"""So many lists and maps may stand in each other without a structure between them."""

MAX_SHOWN = 5
"""So many shapes of a circle are named; a longer one is told shortened."""


def check_recursion(shapes: Definitions, context: Context) -> None:
    """Report shapes of which no value can be written down, or that are lists of themselves.

    Each circle is told once, at the first of its shapes.
    """
    finite = _finite(shapes)
    endless = {name: _required(shapes[name].shape, shapes, finite) for name in shapes}
    for circle in _circles({k: v for k, v in endless.items() if k not in finite}):
        _say_circle(
            circle,
            "no value of '{}' can ever be complete: it requires ",
            "make one of the members on the way optional, or a list",
            shapes,
            context,
        )
    for circle in _circles({name: _only_holds(shapes[name].shape) for name in shapes}):
        _say_circle(
            circle,
            "'{}' holds nothing but lists or maps of ",
            "put a structure or union between them",
            shapes,
            context,
        )


def check_depth(
    shapes: Definitions, operations: Mapping[str, Cursor], context: Context
) -> None:
    """Report lists and maps that are nested in each other too deep, each where it gets so."""
    depths: dict[str, int] = {}
    for start in shapes:
        way: list[str] = []
        name: str | None = start
        while name is not None and name in shapes and name not in depths:
            # A circle is told elsewhere; here it ends where it began.
            depths[name] = 0
            way.append(name)
            name = _only_holds(shapes[name].shape)
        for above in reversed(way):
            depths[above] = _depth(shapes[above].cursor, depths)
    waiting = [shapes[name].cursor for name in shapes]
    waiting += [
        member
        for root in operations.values()
        for section in ("input", "output")
        for _, member in root.at(section).entries()
    ]
    while waiting:
        cursor = waiting.pop()
        held = _innermost(cursor)[1]
        if _depth(cursor, depths) > MAX_LISTS >= depths.get(_name(held) or "", 0):
            context.findings.say(
                "too-deep",
                f"more than {MAX_LISTS} lists and maps are nested in each other here",
                cursor.name_where,
                "put a structure or union between them",
            )
        waiting += [member for _, member in held.at("members").entries()]


def _depth(cursor: Cursor, depths: Mapping[str, int]) -> int:
    """How many lists and maps are nested in each other, given that of named shapes."""
    levels, held = _innermost(cursor)
    return levels + depths.get(_name(held) or "", 0)


def _innermost(cursor: Cursor) -> tuple[int, Cursor]:
    """How many lists and maps are written in place, and what the innermost holds."""
    levels = 0
    while not cursor.has("ref") and (kind := cursor.text("type")) in ("list", "map"):
        cursor = cursor.at("item" if kind == "list" else "value")
        levels += 1
    return levels, cursor


def _name(cursor: Cursor) -> str | None:
    """The named shape that a member holds."""
    return cursor.text("ref") or cursor.text("type")


def _say_circle(
    circle: list[str], message: str, hint: str, shapes: Definitions, context: Context
) -> None:
    others = circle[1 : MAX_SHOWN + 1]
    way = (
        [f"'{name}'" for name in others]
        + ["…"] * (len(circle) > MAX_SHOWN + 1)
        + ["itself"]
    )
    first = shapes[circle[0]].cursor
    context.findings.say(
        "endless-recursion",
        message.format(circle[0]) + ", and that ".join(way),
        first.name_where,
        hint,
        related=tuple(
            (shapes[name].cursor.name_where, f"'{name}' is defined here")
            for name in others
        ),
    )


def check_use(
    shapes: Definitions, operations: Iterable[Operation], context: Context
) -> None:
    """Report shapes that no operation reaches, and bindings that no message has."""
    reached: set[str] = set()
    outer: set[str] = set()
    waiting: list[Shape] = []
    for operation in operations:
        waiting += [operation.input, operation.output]
        waiting += [shapes[name].shape for name in operation.errors if name in shapes]
        outer |= {
            name for name in (operation.input.name, operation.output.name) if name
        }
    reached |= {shape.name for shape in waiting if shape.name}
    while waiting:
        for member in children(waiting.pop()):
            if isinstance(member.target, Shape):
                waiting.append(member.target)
            elif member.target not in reached and member.target in shapes:
                reached.add(member.target)
                waiting.append(shapes[member.target].shape)
    for name, found in shapes.items():
        if name not in reached:
            context.findings.say(
                "unused-shape",
                f"no operation uses the shape '{name}'",
                found.cursor.name_where,
                "remove it, or spell its name alike where it is used",
                severity="warning",
            )
        elif name not in outer and found.shape.error is None:
            _check_bindings(found, context)


def _check_bindings(found: Definition, context: Context) -> None:
    for name, member in found.cursor.at("members").entries():
        if member.has("in"):
            context.findings.say(
                "unused-binding",
                f"'{name}' is bound, and '{found.shape.name}' is no input, output or error",
                member.at("in").name_where,
                "remove 'in': the member stands where the structure around it does",
                severity="warning",
            )


def _finite(shapes: Definitions) -> set[str]:
    """The shapes of which a value can be written down: the least set that is closed."""
    finite: set[str] = set()
    waiting = list(shapes)
    while True:
        left = []
        for name in waiting:
            if _is_finite(shapes[name].shape, finite, shapes):
                finite.add(name)
            else:
                left.append(name)
        if len(left) == len(waiting):
            return finite
        # Turned around, because a shape mostly stands before what it holds, or always behind.
        waiting = left[::-1]


def _is_finite(shape: Shape, finite: set[str], shapes: Definitions) -> bool:
    if shape.type == "structure":
        needed = [m for m in shape.members if m.required]
        return all(_member_is_finite(m, finite, shapes) for m in needed)
    if shape.type == "union":
        inner = shape.members
        return not inner or any(_member_is_finite(m, finite, shapes) for m in inner)
    # Lists and maps can be empty, and everything else holds nothing.
    return True


def _member_is_finite(member: Member, finite: set[str], shapes: Definitions) -> bool:
    target = member.target
    if isinstance(target, str):
        return target in finite or target not in shapes
    return target is UNKNOWN or _is_finite(target, finite, shapes)


def _circles(following: Mapping[str, str | None]) -> list[list[str]]:
    """The circles in a graph where one name follows each, in the order of their first names."""
    circles: list[list[str]] = []
    done: set[str] = set()
    for start in following:
        way: dict[str, None] = {}
        name: str | None = start
        while name is not None and name not in done and name not in way:
            way[name] = None
            name = following.get(name)
        if name is not None and name in way:
            names = list(way)
            circles.append(names[names.index(name) :])
        done.update(way)
    return circles


def _required(shape: Shape, shapes: Definitions, finite: set[str]) -> str | None:
    """The first shape that is required in this one and can't be complete."""
    for member in shape.members:
        if not member.required and shape.type != "union":
            continue
        target = member.target
        if isinstance(target, Shape):
            inner = None if target is UNKNOWN else _required(target, shapes, finite)
            if inner is not None:
                return inner
        elif target in shapes and target not in finite:
            return target
    return None


def _only_holds(shape: Shape) -> str | None:
    """The name of what a list or map holds, through others without a name."""
    while shape.type in ("list", "map"):
        inner = shape.item if shape.type == "list" else shape.value
        if inner is None:
            return None
        if isinstance(inner.target, str):
            return inner.target
        shape = inner.target
    return None
