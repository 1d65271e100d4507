"""What packages do whose specs are hard to generate: names, shapes, values, round trips."""

import copy
import importlib
import json
import pickle
from datetime import UTC, datetime
from types import ModuleType

import pytest

TIME = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)
PLAIN = {
    "string": "text",
    "boolean": True,
    "blob": b"\0\xff",
    "timestamp": TIME,
    "document": {"any": [None, 1.5]},
    "double": 1.5,
    "float": 0.5,
    "enum": "a value of no spec",
}


def sample(shape: object, shapes: ModuleType, depth: int) -> object:
    """A value of a shape, as ``from_dict`` takes it."""
    kind = shape.kind  # type: ignore[attr-defined]
    if kind == "list":
        return [sample(shape.item, shapes, depth)]  # type: ignore[attr-defined]
    if kind == "map":
        return {"key": sample(shape.value, shapes, depth)}  # type: ignore[attr-defined]
    if kind == "ref":
        return members(getattr(shapes, shape.name), shapes, depth - 1)  # type: ignore[attr-defined]
    return PLAIN.get(kind, 7)


def members(cls, shapes: ModuleType, depth: int) -> dict[str, object]:
    """A dict with every member of a class, down to a depth; unions get their last one."""
    listed = cls.__schema__.members
    listed = listed[-1:] if cls.__union__ else listed
    if depth < 0:
        return {}
    return {m.name: sample(m.shape, shapes, depth) for m in listed}


def classes(made) -> list[type]:
    """Every class with members of a package."""
    package, shapes = made.module(), made.module(".shapes")
    errors = made.module(".errors")
    found = [getattr(module, n) for module in (package, shapes) for n in module.__all__]
    found += [value for value in vars(errors).values() if isinstance(value, type)]
    return [
        cls
        for cls in found
        if isinstance(cls, type) and getattr(cls, "__schema__", None) is not None
    ]


def test_every_value_comes_back(each):
    shapes = each.module(".shapes")
    for cls in classes(each):
        given = members(cls, shapes, 2)
        value = cls.from_dict(given)
        assert value.to_dict() == given, cls
        assert pickle.loads(pickle.dumps(value)).to_dict() == given, cls
        assert copy.deepcopy(value).to_dict() == given, cls
        if not issubclass(cls, Exception):
            assert cls.from_dict(given) == value
        assert repr(value)


def test_constructors_take_every_member_by_its_attribute(each):
    shapes = each.module(".shapes")
    for cls in classes(each):
        value = cls.from_dict(members(cls, shapes, 2))
        attrs = [m.attr for m in cls.__schema__.members]
        given = {a: getattr(value, a) for a in attrs if hasattr(value, a)}
        if cls.__union__:
            given = {k: v for k, v in given.items() if v is not None}
        made = cls(**given)
        assert made.to_dict() == value.to_dict(), cls


def test_clients_have_a_method_for_every_operation(each):
    package = each.module()
    (client,) = (
        n for n in package.__all__ if n.endswith("Client") and n[:5] != "Async"
    )
    made = getattr(package, client)(region="us-east-1")
    assert made.operations
    for name, operation in made.operations.items():
        assert operation.name == name
        assert operation.request.__operation__ is operation


def test_names_of_a_whole_surface_do_not_hide_each_other(use):
    package = use("operation_names").module()
    client = package.ThingsClient(region="us-east-1", endpoint_url="http://localhost:1")
    http = client.prepare(package.GetThingRequest(at=TIME, size=1))
    assert http.method == "POST"
    assert http.url == "http://localhost:1/GetThing"
    assert callable(client.sign_)
    assert callable(client.send_)
    assert client.sign.__name__ == "sign"
    assert (
        package.HttpRequest
        is importlib.import_module(package.HttpRequest.__module__).HttpRequest
    )
    assert package.HttpRequest_.__operation__.name == "Http"
    assert client.get_thing.__doc__ != client.get_thing_2.__doc__


def test_members_that_are_called_like_the_fixed_surface_give_way(use):
    package = use("member_names").module()
    request = package.DoRequest.from_dict({"class": "a", "self": 5})
    assert request.class_ == "a"
    assert request.self_ == 5
    failed = package.errors.Failed("said", code_="theirs")
    assert failed.code == "Failed"
    assert failed.status == 409
    assert failed.code_ == "theirs"
    assert str(failed) == "Failed (HTTP 409): said"


def test_a_union_takes_one_member_and_tells_which(use):
    shapes = use("unions").module(".shapes")
    assert shapes.One(only="x").kind == "only"
    two = shapes.Two(right=[shapes.Two(left=1)])
    assert two.to_dict() == {"right": [{"left": 1}]}
    assert not two.violations()
    assert shapes.Two.from_dict({"left": 1, "right": []}).violations()
    assert shapes.Two.from_dict({"middle": 1}).unknown == {"middle": 1}
    with pytest.raises(TypeError):
        shapes.Two(1)


def test_recursive_shapes_refer_to_each_other(use):
    package = use("recursion").module()
    shapes = package.shapes
    leaf = shapes.Leaf(back=shapes.Tree(label="b"))
    tree = shapes.Tree(label="a", by_name={"x": leaf})
    request = package.DoRequest(tree=tree)
    given = {"tree": {"label": "a", "by_name": {"x": {"back": {"label": "b"}}}}}
    assert request.to_dict() == given
    assert package.DoRequest.from_dict(given) == request


def test_wire_names_are_those_of_messages(use):
    package = use("wires").module()
    client = package.ThingsClient(region="us-east-1", endpoint_url="http://localhost:1")
    request = package.DoRequest(
        thing_id="a/b", rest="c/d", tags=["x", "y"], etag='"1"', since=TIME, note="n"
    )
    http = client.prepare(request)
    assert http.url == (
        "http://localhost:1/things/a%2Fb/c/d"
        "?tag=x&tag=y&since%5Bat%5D=2024-05-06T07%3A08%3A09Z"
    )
    assert http.headers["If-Match"] == '"1"'
    assert json.loads(http.body) == {"no te": "n"}
    answer = package.HttpResponse(201, {"ETag": "e"}, b'{"no te": "m"}')
    response = client.parse(request, answer)
    assert response.to_dict() == {"code": 201, "etag": "e", "note": "m"}


def test_operations_without_members_need_nothing(use):
    package = use("nothing").module()
    client = package.ThingsClient(region="us-east-1", endpoint_url="http://localhost:1")
    request = package.DoRequest()
    assert not request.violations()
    assert client.prepare(request).url == "http://localhost:1/Do"
    assert client.parse(request, package.HttpResponse(200, {}, b"")).to_dict() == {}
    assert package.shapes.__all__ == []


def test_errors_keep_members_apart_from_their_message(use):
    package = use("errors_only").module()
    client = package.ThingsClient(region="us-east-1", endpoint_url="http://localhost:1")
    body = (
        b'{"__type": "things.Sized", "Message": "m", "size": 3, "where": {"line": 4}}'
    )
    with pytest.raises(package.errors.Sized) as caught:
        client.parse(package.DoRequest(), package.HttpResponse(400, {}, body))
    assert caught.value.message == "m"
    assert caught.value.size == 3
    assert caught.value.where.line == 4
    assert package.errors.Bare().retryable
    assert issubclass(package.errors.Sized, package.errors.ThingsError)


def test_shapes_in_place_are_called_by_where_they_stand(use):
    shapes = use("inline").module(".shapes")
    assert {"DoRequestA", "DoRequestA_2", "DoRequestAB", "DoRequestABC"} <= set(
        shapes.__all__
    )
    assert "DoRequestListItemV" in shapes.__all__
    assert shapes.DoRequestA.__slots__ == ("z",)
    assert shapes.DoRequestA_2.__slots__ == ("b",)
    package = use("inline").module()
    (wrong,) = package.DoRequest.from_dict({"list": [{"v": "z"}]}).violations()
    assert wrong.pointer == "/list/0/v"
    assert wrong.kind == "enum"


def test_an_input_may_be_a_shape_that_is_used_elsewhere_too(use):
    package = use("shared_input").module()
    request = package.DoRequest(again=package.shapes.Common(a="x"))
    assert request.to_dict() == {"again": {"a": "x"}}
    assert not request.violations()


def test_hostile_texts_are_kept_letter_by_letter(every, hostile_texts):
    for at, text in enumerate(hostile_texts):
        check_hostile(every[f"hostile_{at}"].module(), text)


def check_hostile(package: ModuleType, text: str) -> None:
    names = [m.name for m in package.DoRequest.__schema__.members]
    assert package.shapes.Kind.__args__[0].__args__ == (text,)
    assert package.DoRequest.__schema__.by_name["wired"].wire == text
    assert package.errors.Bad.code == text
    assert names[:3] == ["plain", "choice", "kind"]
    assert not package.DoRequest(kind=text).violations()
