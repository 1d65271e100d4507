"""Models of botocore from a few lines, and what comes of them."""

import json
from typing import Any

from specwright.sources.botocore import (
    Companions,
    Converted,
    Model,
    convert,
    read_model,
)

METADATA: dict[str, Any] = {
    "apiVersion": "2020-01-01",
    "endpointPrefix": "things",
    "protocol": "rest-json",
    "serviceFullName": "Amazon Things",
    "serviceId": "Things",
    "signatureVersion": "v4",
}
STRING = {"type": "string"}


def structure(*required: str, **members: Any) -> dict[str, Any]:
    """A structure; a member given as text is one of that shape."""
    told = {k: {"shape": m} if isinstance(m, str) else m for k, m in members.items()}
    result: dict[str, Any] = {"type": "structure", "members": told}
    return {**result, "required": list(required)} if required else result


def operation(
    request: str | None = None, output: str | None = None, *errors: str, **more: Any
) -> dict[str, Any]:
    """An operation, by the names of its shapes."""
    result: dict[str, Any] = {"http": {"method": "POST", "requestUri": "/do"}}
    if request is not None:
        result["input"] = {"shape": request}
    if output is not None:
        result["output"] = {"shape": output}
    if errors:
        result["errors"] = [{"shape": name} for name in errors]
    return {**result, **more}


def source(
    shapes: dict[str, Any] | None = None,
    operations: dict[str, Any] | None = None,
    metadata: dict[str, Any] | None = None,
    **rest: Any,
) -> bytes:
    """The bytes of a model's file."""
    data = {
        "version": "2.0",
        "metadata": {**METADATA, **(metadata or {})},
        "operations": operations or {},
        "shapes": {"String": STRING, **(shapes or {})},
        **rest,
    }
    return json.dumps(data, indent=1).encode()


def model(*arguments: Any, **more: Any) -> Model:
    """A model that has to be fine."""
    read, found = read_model(source(*arguments, **more), "service-2.json")
    assert read is not None, [str(d) for d in found]
    return read


def member(traits: dict[str, Any], **shapes: Any) -> Any:
    """What a spec says of the member ``a`` of an input, given its traits."""
    return documents(
        {"In": structure(a={"shape": "String", **traits}), **shapes},
        {"Do": operation("In")},
    ).documents["operations/Do.yaml"]["input"][
        "a"
    ]  # type: ignore[index]


def shape(definition: dict[str, Any], **shapes: Any) -> Any:
    """What a spec says of a shape that the member of an input holds."""
    found = documents(
        {"In": structure(a="S"), "S": definition, **shapes}, {"Do": operation("In")}
    )
    return found.documents["operations/Do.yaml"]["shapes"]["S"]  # type: ignore[index]


def documents(
    shapes: dict[str, Any] | None = None,
    operations: dict[str, Any] | None = None,
    metadata: dict[str, Any] | None = None,
    only: tuple[str, ...] | None = None,
    companions: Companions | None = None,
    docs: bool = False,
    **rest: Any,
) -> Converted:
    """What comes of a model."""
    return convert(
        model(shapes, operations, metadata, **rest), only, companions, docs=docs
    )


def reported(found: Converted) -> list[str]:
    """The report in short: effect and path."""
    return [f"{f.effect} /{'/'.join(map(str, f.path))}" for f in found.findings]
