"""Services that don't exist: random models, to be printed as pages and read again."""

from __future__ import annotations

import random
from typing import Any

from botocore import xform_name
from botocore.docs.bcdoc.restdoc import DocumentStructure
from botocore.docs.method import document_model_driven_method
from botocore.hooks import HierarchicalEmitter
from botocore.model import OperationModel, ServiceModel

_NOUNS = [
    "Kettle",
    "Lamp",
    "Shelf",
    "Window",
    "Garden",
    "Ladder",
    "Drawer",
    "Basket",
    "Carpet",
    "Mirror",
    "Candle",
]
_PARTS = [
    "Name",
    "Size",
    "Colour",
    "Owner",
    "Label",
    "Weight",
    "Place",
    "Level",
    "Grade",
    "Status",
    "Kind",
]
_VERBS = ["List", "Describe", "Create", "Update", "Delete", "Get", "Start", "Stop"]
_SCALARS = (
    "string",
    "string",
    "enum",
    "integer",
    "long",
    "double",
    "float",
    "boolean",
    "timestamp",
    "blob",
)


class Invention:
    """A model in the making. Names are drawn once each."""

    def __init__(self, rng: random.Random, protocol: str) -> None:
        self.rng, self.protocol = rng, protocol
        self.shapes: dict[str, Any] = {}
        self.capital = rng.random() < 0.5
        self._count = 0

    def name(self) -> str:
        """A new name of a shape."""
        self._count += 1
        return self.rng.choice(_NOUNS) + self.rng.choice(_PARTS) + str(self._count)

    def scalar(self) -> str:
        """A new shape that holds nothing."""
        rng, kind = self.rng, self.rng.choice(_SCALARS)
        shape: dict[str, Any] = {"type": "string" if kind == "enum" else kind}
        if kind == "enum":
            values = ["ACTIVE", "in-use", "Deleted", "x.large", "v1:2", "STOPPED", "no"]
            shape["enum"] = rng.sample(values, rng.randint(1, 6))
        elif kind == "string" and rng.random() < 0.5:
            shape |= {"min": rng.randint(0, 3), "max": rng.randint(4, 2048)}
            if rng.random() < 0.5:
                shape["pattern"] = rng.choice(
                    [r"[a-zA-Z0-9\-]+", ".*", r"^arn:[\w+=/,.@-]+$", r"\S{1,5}(-\d+)?"]
                )
        elif kind in ("integer", "long") and rng.random() < 0.5:
            shape |= {"min": rng.randint(-5, 1), "max": rng.randint(5, 1000)}
        return self._add(shape)

    def _add(self, shape: dict[str, Any]) -> str:
        name = self.name()
        self.shapes[name] = shape
        return name

    def value(self, depth: int, around: tuple[str, ...] = ()) -> str:
        """A new shape, with others in it down to a depth."""
        roll = self.rng.random()
        if depth <= 0 or roll < 0.55:
            return self.scalar()
        if around and roll < 0.6:
            return self.rng.choice(around)
        if roll < 0.75:
            shape: dict[str, Any] = {
                "type": "list",
                "member": {"shape": self.value(depth - 1, around)},
            }
            if self.rng.random() < 0.4:
                shape |= {"min": 1, "max": self.rng.randint(2, 50)}
            return self._add(shape)
        if roll < 0.82:
            key = self._add({"type": "string"})
            return self._add(
                {
                    "type": "map",
                    "key": {"shape": key},
                    "value": {"shape": self.value(depth - 1, around)},
                }
            )
        return self.structure(depth - 1, around)

    def structure(
        self, depth: int, around: tuple[str, ...] = (), count: int = 0
    ) -> str:
        """A new structure or union."""
        name = self.name()
        shape: dict[str, Any] = {"type": "structure", "members": {}, "required": []}
        self.shapes[name] = shape
        union = bool(around) and self.rng.random() < 0.2
        for member in self.members(count or self.rng.randint(2, 5)):
            shape["members"][member] = {
                "shape": self.value(depth, (*around, name)),
                "documentation": "<p>Which one.</p>",
            }
            if not union and self.rng.random() < 0.4:
                shape["required"].append(member)
        if union:
            shape["union"] = True
            shape["documentation"] = "<p>One of these.</p>"
        return name

    def members(self, count: int) -> list[str]:
        """Names of members, all beginning in the service's way."""
        names = {
            self.rng.choice(_NOUNS) + self.rng.choice(_PARTS) for _ in range(count)
        }
        if self.rng.random() < 0.2:
            names.add(
                self.rng.choice(
                    ["Type", "Required", "Pattern", "String", "Errors", "Key"]
                )
            )
        return sorted(n if self.capital else n[0].lower() + n[1:] for n in names)


def invented(seed: int, protocol: str | None = None) -> OperationModel:
    """An operation of a service that does not exist."""
    rng = random.Random(seed)
    protocol = protocol or rng.choice(["rest-json", "json"])
    made = Invention(rng, protocol)
    verb, noun = rng.choice(_VERBS), rng.choice(_NOUNS)
    operation = verb + noun + "s"
    input_, output = made.structure(2, count=rng.randint(2, 7)), made.structure(
        2, count=rng.randint(2, 6)
    )
    uri, method = "/", "POST"
    members = made.shapes[input_]["members"]
    if protocol == "rest-json":
        method, uri = rng.choice(["GET", "PUT", "POST"]), f"/{noun.lower()}s"
        for name, member in members.items():
            plain = made.shapes[member["shape"]]["type"] in (
                "string",
                "integer",
                "long",
                "boolean",
                "timestamp",
            )
            roll = rng.random()
            if not plain or roll < 0.4:
                continue
            if roll < 0.6:
                member |= {"location": "uri", "locationName": name}
                made.shapes[input_]["required"] = sorted(
                    {*made.shapes[input_]["required"], name}
                )
                uri += f"/{{{name}}}"
            elif roll < 0.85:
                member |= {
                    "location": "querystring",
                    "locationName": name if rng.random() < 0.6 else name.lower(),
                }
            else:
                member |= {
                    "location": "header",
                    "locationName": f"x-house-{name.lower()}",
                }
    errors = [
        made._add(
            {
                "type": "structure",
                "members": {},
                "exception": True,
                "error": {"httpStatusCode": rng.choice([400, 404, 500])},
            }
        )
        for _ in range(rng.randint(0, 3))
    ]
    for name in errors:
        made.shapes[name + "Exception"] = made.shapes.pop(name)
        shape = made.shapes[name + "Exception"]
        if shape["error"]["httpStatusCode"] >= 500:
            shape["fault"] = True
    model = {
        "metadata": {
            "apiVersion": "2024-01-02",
            "endpointPrefix": "house",
            "protocol": protocol,
            "serviceFullName": "Amazon House Keeping",
            "serviceId": "House Keeping",
            "uid": "house-keeping-2024-01-02",
            "targetPrefix": "HouseKeeping",
            "jsonVersion": "1.1",
        },
        "operations": {
            operation: {
                "name": operation,
                "http": {"method": method, "requestUri": uri},
                "input": {"shape": input_},
                "output": {"shape": output},
                "errors": [{"shape": n + "Exception"} for n in errors],
                "documentation": "<p>Works on them.</p>",
            }
        },
        "shapes": made.shapes,
    }
    return ServiceModel(model, "house-keeping").operation_model(operation)


def boto3_page(operation: OperationModel) -> str:
    """The page that botocore's documenter writes, without a client."""
    method = xform_name(operation.name)
    page = DocumentStructure(method, target="html")
    page.style.ref("HouseKeeping", "../../house-keeping")
    page.write(f" / Client / {method}")
    page.style.new_paragraph()
    body = page.add_new_section("body")
    document_model_driven_method(
        body,
        f"HouseKeeping.Client.{method}",
        operation,
        event_emitter=HierarchicalEmitter(),
        method_description=operation.documentation,
        example_prefix=f"response = client.{method}",
    )
    if operation.error_shapes:
        errors = body.add_new_section("exceptions")
        errors.style.new_line()
        errors.style.bold("Exceptions")
        errors.style.new_line()
        for error in operation.error_shapes:
            errors.style.li(f":py:class:`HouseKeeping.Client.exceptions.{error.name}`")
    text: str = page.flush_structure().decode("utf-8")
    return text
