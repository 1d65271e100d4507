"""Slots, signature, annotations and table of every generated class agree with each other."""

import ast
import importlib
import inspect
import typing
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import pytest
from generated._runtime import errors, operation, structure
from generated._runtime.values import JsonValue, UnknownValue

import generated

FOLDER = Path(generated.__path__[0])
SERVICES = sorted(p.parent.name for p in FOLDER.glob("*/service.py"))
SCALARS = {
    "boolean": bool,
    "byte": int,
    "short": int,
    "integer": int,
    "long": int,
    "bigInteger": int,
    "float": float,
    "double": float,
    "string": str,
    "blob": bytes,
    "timestamp": datetime,
    "document": JsonValue,
}


def modules() -> list[str]:
    """The modules of all services that define classes."""
    return [
        f"generated.{path.relative_to(FOLDER).with_suffix('').as_posix()}".replace(
            "/", "."
        )
        for service in SERVICES
        for path in sorted((FOLDER / service).rglob("*.py"))
        if path.stem != "__init__"
        and path.stem not in ("client", "async_client", "service")
    ]


def definitions() -> list[tuple[str, str]]:
    """Every class with members, as module and name, read from the sources."""
    found = []
    for module in modules():
        path = FOLDER.parent / f"{module.replace('.', '/')}.py"
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef):
                found.append((module, node.name))
    return found


CLASSES = definitions()


@pytest.fixture(params=CLASSES, ids=lambda pair: f"{pair[0]}.{pair[1]}")
def cls(request: pytest.FixtureRequest):
    module, name = request.param
    return getattr(importlib.import_module(module), name)


def service_of(cls) -> str:
    return ".".join(cls.__module__.split(".")[:2])


def annotations_of(cls) -> dict[str, str]:
    """The types that a class states for its attributes: beside their assignments, or in the
    class where they are long."""
    found = dict(inspect.get_annotations(cls))
    if "__init__" in cls.__dict__:
        source = Path(cls.__init__.__code__.co_filename).read_text()
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.ClassDef) and node.name == cls.__name__:
                for line in ast.walk(node):
                    if isinstance(line, ast.AnnAssign):
                        name = line.target
                        if isinstance(name, ast.Attribute):
                            found[name.attr] = ast.unparse(line.annotation)
    order = [member.attr for member in cls.__schema__.members]
    return dict(
        sorted(
            found.items(),
            key=lambda pair: order.index(pair[0]) if pair[0] in order else -1,
        )
    )


def hints(cls) -> dict[str, object]:
    """The annotations of a class, resolved with what type checkers import."""
    shapes = importlib.import_module(f"{service_of(cls)}.shapes")
    names = {name: getattr(shapes, name) for name in shapes.__all__}
    common = {
        "datetime": datetime,
        "Sequence": Sequence,
        "Mapping": Mapping,
        "Literal": typing.Literal,
        "JsonValue": JsonValue,
    }
    return {
        attr: eval(text, {**common, **names})
        for attr, text in annotations_of(cls).items()
    }


def signature(cls) -> dict[str, inspect.Parameter]:
    """The parameters of a class, self apart."""
    if "__init__" not in cls.__dict__:
        return {}
    return dict(list(inspect.signature(cls.__init__).parameters.items())[1:])


def own(cls) -> list:
    """The members that stand in the class itself: an exception's message has its base."""
    return [
        m
        for m in cls.__schema__.members
        if not (issubclass(cls, errors.ServiceError) and m.attr == "message")
    ]


def test_there_are_classes_of_every_kind():
    found = [getattr(importlib.import_module(module), name) for module, name in CLASSES]
    for base in (
        structure.Union,
        operation.PaginatedRequest,
        operation.Response,
        errors.ServiceError,
    ):
        assert any(issubclass(cls, base) for cls in found), base


def test_slots_are_the_members_in_order(cls):
    if issubclass(cls, errors.ServiceError):
        assert "__slots__" not in cls.__dict__
    else:
        assert cls.__slots__ == tuple(m.attr for m in cls.__schema__.members)
        assert not hasattr(cls.__new__(cls), "__dict__")


def test_parameters_are_the_members_in_order_by_keyword(cls):
    parameters = signature(cls)
    if issubclass(cls, errors.ServiceError) and parameters:
        assert parameters.pop("message").default == ""
    assert list(parameters) == [m.attr for m in own(cls)]
    for member in own(cls):
        parameter = parameters[member.attr]
        assert parameter.kind is inspect.Parameter.KEYWORD_ONLY
        needed = member.required and not member.idempotency_token
        single = cls.__union__ and len(cls.__schema__.members) == 1
        assert (parameter.default is inspect.Parameter.empty) == (needed or single)


def test_annotations_are_those_of_the_parameters(cls):
    stated = {
        name: text
        for name, text in annotations_of(cls).items()
        if not (issubclass(cls, errors.ServiceError) and name == "fault")
    }
    assert list(stated) == [m.attr for m in own(cls)]
    for name, parameter in signature(cls).items():
        if name in stated:
            single = cls.__union__ and len(cls.__schema__.members) == 1
            text = f"{parameter.annotation} | None" if single else parameter.annotation
            assert stated[name] == text, name


def test_annotations_are_what_the_table_says(cls):
    types = hints(cls)
    for member in own(cls):
        needed = member.required and not member.idempotency_token
        expected = type_of(member.shape, cls)
        if not needed or cls.__union__:
            expected = expected | None  # type: ignore[operator]
        assert types[member.attr] == expected, member.name


def type_of(shape, cls) -> object:
    """The type that values of a shape have."""
    shapes = importlib.import_module(f"{service_of(cls)}.shapes")
    if shape.kind in ("ref", "enum"):
        return getattr(shapes, shape.name)
    if shape.kind == "list":
        item = type_of(shape.item, cls)
        return Sequence[item | None] if shape.sparse else Sequence[item]  # type: ignore[valid-type,operator]
    if shape.kind == "map":
        value = type_of(shape.value, cls)
        return Mapping[str, value | None] if shape.sparse else Mapping[str, value]  # type: ignore[valid-type,operator]
    return SCALARS[shape.kind]


def test_names_are_unique_and_wires_are_stated(cls):
    schema = cls.__schema__
    assert len(schema.by_attr) == len(schema.by_name) == len(schema.members)
    assert len({(m.location, m.wire) for m in schema.members}) == len(schema.members)
    if schema.members:
        assert schema.scope == service_of(cls)
        assert (FOLDER.parent / schema.spec.file).is_file()


@pytest.mark.parametrize("service", SERVICES)
def test_the_faces_export_every_class_from_one_place(service: str):
    package = importlib.import_module(f"generated.{service}")
    for module, name in CLASSES:
        if module.startswith(f"generated.{service}.operations"):
            cls = getattr(package, name)
            assert cls.__module__ == package.__name__
        elif module.startswith(f"generated.{service}.shapes"):
            cls = getattr(package.shapes, name)
            assert cls.__module__ == package.shapes.__name__


@pytest.mark.parametrize("service", SERVICES)
def test_enums_list_their_values_beside_unknown_ones(service: str):
    shapes = importlib.import_module(f"generated.{service}.shapes")
    enums = [n for n in shapes.__all__ if not isinstance(getattr(shapes, n), type)]
    assert enums
    for name in enums:
        literal, unknown = typing.get_args(getattr(shapes, name))
        assert unknown is UnknownValue
        assert all(isinstance(value, str) for value in typing.get_args(literal))


@pytest.mark.parametrize("service", SERVICES)
def test_methods_take_the_members_of_their_requests(service: str):
    package = importlib.import_module(f"generated.{service}")
    for client in (n for n in package.__all__ if n.endswith("Client")):
        cls = getattr(package, client)
        for name, each in cls.operations.items():
            assert each.request.__operation__.name == name
            method = next(
                function
                for function in vars(cls).values()
                if inspect.isfunction(function)
                and function.__annotations__["return"] == each.response.__name__
            )
            taken = dict(list(inspect.signature(method).parameters.items())[1:])
            assert taken == signature(each.request)
            assert inspect.iscoroutinefunction(method) == client.startswith("Async")
