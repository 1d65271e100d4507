"""What the pages of a format should say, worked out from botocore's model alone."""

from __future__ import annotations

from typing import Any

from botocore.model import OperationModel, Shape

_TYPES = {"structure": "structure", "character": "string"}


def boto3_facts(operation: OperationModel) -> dict[str, Any]:
    """The facts that botocore's documenter prints for an operation."""
    result: dict[str, Any] = {
        "service": operation.service_model.metadata["serviceId"],
        "operation": operation.name,
        "input": {},
        "output": {},
    }
    if operation.input_shape is not None:
        result["input"] = _members(operation.input_shape, [], required=True)
    if operation.output_shape is not None:
        result["output"] = _members(operation.output_shape, [], required=False)
    if operation.error_shapes:
        result["errors"] = {shape.name: {} for shape in operation.error_shapes}
    return result


def _members(shape: Shape, history: list[str], *, required: bool) -> dict[str, Any]:
    around = [*history, shape.name]
    return {
        name: {
            **_value(member, around, required=required),
            **(
                {"required": True}
                if required
                and name in shape.required_members
                and member.name not in around
                else {}
            ),
        }
        for name, member in shape.members.items()
    }


def _value(shape: Shape, around: list[str], *, required: bool) -> dict[str, Any]:
    if shape.name in around:
        return {}
    inside = [*around, shape.name]
    kind = shape.type_name
    if getattr(shape, "is_document_type", False):
        return {"type": "document"}
    if kind == "structure":
        told = getattr(shape, "is_tagged_union", False) and shape.documentation
        stream = shape.serialization.get("eventstream") and not required
        kind = "union" if told or stream else "structure"
        return {"type": kind, "members": _members(shape, around, required=required)}
    if kind == "list":
        return {"type": "list", "item": _value(shape.member, inside, required=required)}
    if kind == "map":
        return {
            "type": "map",
            "key": {"type": "string"},
            "value": _value(shape.value, inside, required=required),
        }
    if kind == "string" and shape.enum:
        return {"type": "string", "enum": list(dict.fromkeys(shape.enum))}
    return {"type": _TYPES.get(kind, kind)}
