"""Who is called what in the generated package: the one owner of every Python name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from specwright.model import Member, Operation, Service, Shape, children
from specwright.python import reserved
from specwright.python.naming import (
    allocate,
    ascii_text,
    class_names,
    service_class,
    service_package,
    snake_case,
    snake_names,
)

# Wider numbers with listed values are plain ones to type checkers.
INT_ENUMS = ("byte", "short", "integer")
SHARED_FILE = "shapes.yaml"
SHARED_MODULES = "shared_"
LONGEST = 60


@dataclass(frozen=True, slots=True)
class OperationNames:
    """The names that one operation has."""

    module: str
    method: str
    constant: str
    request: str
    response: str


@dataclass(frozen=True, slots=True)
class Symbols:
    """The names of a service. Classes are found by the identity of their shapes.

    ``modules`` holds the shapes of each module by its name, without the errors, and ``files``
    the spec file that it follows.
    ``values`` are the names of errors that other shapes hold, as plain structures beside the
    exceptions.
    """

    package: str
    word: str
    operations: Mapping[str, OperationNames]
    classes: Mapping[int, str]
    modules: Mapping[str, tuple[Shape, ...]]
    files: Mapping[str, str]
    base_error: str
    values: Mapping[int, str] = field(default_factory=dict)

    @property
    def client(self) -> str:
        """The synchronous client's class."""
        return f"{self.word}Client"

    @property
    def async_client(self) -> str:
        """The asynchronous client's class."""
        return f"Async{self.word}Client"

    def class_of(self, shape: Shape) -> str:
        """The class, alias or exception of a shape."""
        return self.classes[id(shape)]

    def value_of(self, shape: Shape) -> str:
        """The class or alias of values of a shape."""
        return self.values.get(id(shape)) or self.class_of(shape)

    def has_class(self, shape: Shape) -> bool:
        """True for shapes that become classes, aliases or exceptions."""
        return id(shape) in self.classes


def is_enum(shape: Shape) -> bool:
    """True for text or whole numbers with listed values."""
    listed = bool(shape.constraints.enum)
    return listed and (shape.type == "string" or is_int_enum(shape))


def is_int_enum(shape: Shape) -> bool:
    """True for whole numbers with listed values."""
    return shape.type in INT_ENUMS and bool(shape.constraints.enum)


def is_class(shape: Shape) -> bool:
    """True for shapes that have a name in Python."""
    return shape.type in ("structure", "union") or is_enum(shape)


def symbols_of(service: Service, operations: tuple[Operation, ...]) -> Symbols:
    """The names of a service with the given operations."""
    word = service_class(service.id)
    hoisted = inline_shapes(service, operations)
    named = [s for s in service.shapes.values() if is_class(s)]
    errors = [s for s in named if s.error is not None]
    plain = [s for s in named if s.error is None]
    held = errors_in_values(service, operations)
    lifted = [shape for shapes in hoisted.values() for _, shape in shapes]
    wishes = [s.name or "" for s in (*plain, *held)]
    wishes += [name for shapes in hoisted.values() for name, _ in shapes]
    names = unique(wishes)
    given = class_names(names, reserved.MODULE_WORDS)
    classes = {
        id(shape): given[name]
        for shape, name in zip([*plain, *held, *lifted], names, strict=True)
    }
    values = {id(shape): classes[id(shape)] for shape in held}
    (base_error,) = class_names([f"{word}Error"], reserved.MODULE_WORDS).values()
    error_names = class_names(
        [s.name or "" for s in errors], {*reserved.MODULE_WORDS, base_error}
    )
    classes.update({id(s): error_names[s.name or ""] for s in errors})
    placed = [(s.file, s) for s in (*plain, *held)]
    placed += [(file, s) for file, shapes in hoisted.items() for _, s in shapes]
    named_values = {**classes, **values}
    stems = module_stems(file for file, _ in placed)
    modules: dict[str, list[Shape]] = {}
    files: dict[str, str] = {}
    for file, shape in placed:
        stem = stems.get(file)
        module = shared_module(named_values[id(shape)]) if stem is None else stem
        modules.setdefault(module, []).append(shape)
        files[module] = file
    return Symbols(
        package=service_package(service.package or service.id),
        word=word,
        operations=operation_names(operations),
        classes=classes,
        modules={module: tuple(modules[module]) for module in sorted(modules)},
        files=files,
        base_error=base_error,
        values=values,
    )


def errors_in_values(
    service: Service, operations: tuple[Operation, ...]
) -> list[Shape]:
    """The errors that other shapes hold."""
    roots = [s for operation in operations for s in (operation.input, operation.output)]
    found = {
        target.name: target
        for shape in service.reached(*service.shapes.values(), *roots)
        for member in children(shape)
        if not shape.event_stream
        and (target := service.target(member)).error is not None
    }
    return list(found.values())


def shared_module(name: str) -> str:
    """The module of a shape that several operations use: by the first half of its name's words.

    It follows from the name alone, so that no shape moves when others come or go.
    """
    words = snake_case(name).split("_")
    half = "_".join(words[: max(1, len(words) // 2)])
    return SHARED_MODULES + half[:LONGEST].rstrip("_")


def module_stems(files: Iterable[str]) -> dict[str, str]:
    """The modules of the files that hold one operation's shapes each."""
    listed = sorted({*files} - {SHARED_FILE})
    wishes = [snake_case(stem_of(file)) for file in listed]
    # An operation whose name begins like the modules of shared shapes gives way.
    kept = {wish for wish in wishes if wish.startswith(SHARED_MODULES)}
    return allocate(listed, wishes, reserved.DEVICES | kept)


def unique(names: list[str]) -> list[str]:
    """The names with repeated ones told apart, for hoisted shapes called like others."""
    seen: dict[str, int] = {}
    found: list[str] = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return found


def stem_of(file: str) -> str:
    """The name of a file without folders and ending."""
    return file.rpartition("/")[2].rpartition(".")[0]


def operation_names(operations: tuple[Operation, ...]) -> dict[str, OperationNames]:
    """The names of operations, each kind free of collisions."""
    names = [o.name for o in operations]
    modules = snake_names(names, reserved.OPERATION_MODULES)
    methods = snake_names(names, reserved.CLIENT)
    kept = reserved.ROOT | reserved.MODULE_WORDS
    requests = class_names([f"{n}Request" for n in names], kept)
    responses = class_names([f"{n}Response" for n in names], kept)
    return {
        name: OperationNames(
            modules[name],
            methods[name],
            modules[name].upper(),
            requests[f"{name}Request"],
            responses[f"{name}Response"],
        )
        for name in names
    }


def inline_shapes(
    service: Service, operations: tuple[Operation, ...]
) -> dict[str, list[tuple[str, Shape]]]:
    """Shapes written in place that need a name: by spec file, each with its wished name."""
    places = [
        (shape, shape.name or "", shape.file) for shape in service.shapes.values()
    ]
    for operation in operations:
        name = operation.name
        places.append((operation.input, f"{name}Request", operation.file))
        places.append((operation.output, f"{name}Response", operation.file))
    found: dict[str, list[tuple[str, Shape]]] = {}
    seen: set[int] = set()
    for shape, path, file in places:
        for wish, inner in inside(shape, path):
            # A shape that is an input too holds the same ones there.
            if id(inner) not in seen:
                seen.add(id(inner))
                found.setdefault(file, []).append((wish, inner))
    return found


def inside(shape: Shape, path: str) -> Iterator[tuple[str, Shape]]:
    """The inline shapes in a shape that need a name, outer ones first."""
    parts: list[tuple[str, Member]] = [
        (pascal(member.name), member) for member in shape.members
    ]
    for label, member in (
        ("Item", shape.item),
        ("Key", shape.key),
        ("Value", shape.value),
    ):
        if member is not None:
            parts.append((label, member))
    for label, member in parts:
        if not isinstance(member.target, str):
            wish = path + label
            if is_class(member.target):
                yield wish, member.target
            yield from inside(member.target, wish)


def pascal(name: str) -> str:
    """A member's name as part of a class name."""
    return "".join(word[:1].upper() + word[1:] for word in ascii_text(name).split("_"))


def attributes(shape: Shape, kept: frozenset[str]) -> dict[str, str]:
    """The attribute of each member of a structure."""
    return snake_names([member.name for member in shape.members], kept)


def error_attributes(service: Service, shape: Shape) -> dict[str, str]:
    """The attribute of each member of an error; its message is what every exception has."""
    said = message_of(service, shape)
    others = [member.name for member in shape.members if member.name != said]
    found = snake_names(others, reserved.ERROR)
    return {**found, said: "message"} if said is not None else found


def message_of(service: Service, shape: Shape) -> str | None:
    """The name of the member that holds an error's message."""
    texts = [m.name for m in shape.members if service.target(m).type == "string"]
    return next((name for name in texts if name in ("message", "Message")), None)
