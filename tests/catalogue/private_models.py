"""Random models in botocore's format, with traits put together as no service has them.

What is left out are places where botocore's own reading of its format is known to differ from
the specification of Smithy: maps and lists of nothing but null, namespaces of shapes that aren't at
the top, names of items in flattened lists, and lists of texts and dates in headers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Any

PROTOCOLS = ("ec2", "json", "query", "rest-json", "rest-xml", "smithy-rpc-v2-cbor")
NAMES = ("alpha", "Beta", "gammaRay", "ID", "x_y", "z1")
SCALARS = (
    *("blob", "boolean", "double", "enum", "float", "integer", "long"),
    *("string", "string", "timestamp"),
)
IN_TEXT = tuple(kind for kind in SCALARS if kind != "blob")
IN_LISTS = ("boolean", "enum", "integer", "long")
TIMES = ("iso8601", "rfc822", "unixTimestamp")
DEEPEST = 3
OPERATIONS = 4
# Hosts of private services are those that their callers name.
RULES: dict[str, Any] = {
    "version": "1.0",
    "parameters": {
        "Endpoint": {"builtIn": "SDK::Endpoint", "required": True, "type": "String"}
    },
    "rules": [
        {
            "type": "endpoint",
            "conditions": [],
            "endpoint": {"url": {"ref": "Endpoint"}, "properties": {}, "headers": {}},
        }
    ],
}


@dataclass
class Draw:
    """A model while it is drawn."""

    protocol: str
    random: Random
    shapes: dict[str, Any] = field(default_factory=dict)

    @property
    def in_xml(self) -> bool:
        """Whether messages have elements, or fields that are called like them."""
        return self.protocol in ("ec2", "query", "rest-xml")

    @property
    def in_json(self) -> bool:
        """Whether messages are JSON."""
        return self.protocol in ("json", "rest-json")

    @property
    def bound(self) -> bool:
        """Whether members stand in all parts of messages."""
        return self.protocol.startswith("rest")

    def often(self, share: float) -> bool:
        """True in a share of all cases."""
        return self.random.random() < share

    def added(self, base: str, shape: dict[str, Any]) -> str:
        """The name of a new shape."""
        name = f"{base}{len(self.shapes)}"
        self.shapes[name] = shape
        return name


def private_model(protocol: str, seed: int) -> dict[str, Any]:
    """The model that a seed stands for."""
    draw = Draw(protocol, Random(f"{protocol} {seed}"))
    metadata = {
        "apiVersion": "2020-01-01",
        "endpointPrefix": "private",
        "protocol": protocol,
        "protocols": [protocol],
        "serviceId": "Private",
        "signatureVersion": "v4",
    }
    if protocol in ("json", "smithy-rpc-v2-cbor"):
        metadata["targetPrefix"] = "Target"
    if protocol == "json":
        metadata["jsonVersion"] = draw.random.choice(("1.0", "1.1"))
    if protocol in ("ec2", "query") and draw.often(0.5):
        metadata["xmlNamespace"] = "https://example.com/service/"
    names = [f"Do{number}" for number in range(OPERATIONS)]
    operations = {name: operation(draw, name) for name in names}
    return {"metadata": metadata, "operations": operations, "shapes": draw.shapes}


def operation(draw: Draw, name: str) -> dict[str, Any]:
    """An operation with an error; one in ten has no input, and one no output."""
    path = f"/{name}" if draw.bound else "/"
    told: dict[str, Any] = {"name": name, "errors": [{"shape": error(draw, name)}]}
    if draw.often(0.9):
        shape, labels = message(draw, "input")
        path += "".join(f"/{{{label}}}" for label in labels)
        told["input"] = {"shape": shape}
        if draw.protocol == "rest-xml":
            told["input"]["locationName"] = f"{name}Request"
            if draw.often(0.4):
                told["input"]["xmlNamespace"] = {"uri": "https://example.com/op/"}
    if draw.often(0.9):
        told["output"] = {"shape": message(draw, "output")[0]}
        if draw.protocol == "query":
            told["output"]["resultWrapper"] = f"{name}Result"
    if draw.bound and draw.often(0.2):
        path += "?fixed=1"
    # botocore makes no checksum of a form.
    if draw.protocol not in ("ec2", "query") and draw.often(0.1):
        told["httpChecksumRequired"] = True
    if draw.often(0.2):
        told["endpoint"] = {"hostPrefix": host_prefix(draw, told.get("input"))}
    method = draw.random.choice(("POST", "PUT")) if draw.bound else "POST"
    return {**told, "http": {"method": method, "requestUri": path}}


def host_prefix(draw: Draw, reference: dict[str, Any] | None) -> str:
    """What stands before a host, perhaps with a member of the input in it."""
    if reference is None or draw.often(0.5):
        return "data."
    shape = draw.shapes[reference["shape"]]
    label: dict[str, Any] = {"shape": scalar(draw, ("string",)), "hostLabel": True}
    if draw.bound:
        label |= {"location": "header", "locationName": "X-Host"}
    elif draw.protocol == "ec2":
        label["locationName"] = "host"
    shape["members"]["Host"] = label
    shape.setdefault("required", []).append("Host")
    return "{Host}-1.data."


def error(draw: Draw, operation: str) -> str:
    """An error, perhaps with a code of its own and a message."""
    name = structure(draw, 0)
    shape = draw.shapes[name]
    shape["exception"] = True
    shape["members"] = {
        name: member
        for name, member in shape["members"].items()
        if "xmlAttribute" not in member
    }
    if draw.often(0.5):
        shape["members"]["message"] = {"shape": scalar(draw, ("string",))}
    if draw.in_xml and draw.often(0.4):
        shape["error"] = {"code": f"{operation}.Failed", "httpStatusCode": 409}
    return name


def message(draw: Draw, section: str) -> tuple[str, list[str]]:
    """A structure that is an input or output, and the labels of its path."""
    name = structure(draw, 0)
    labels: list[str] = []
    if not draw.bound:
        return name, labels
    shape = draw.shapes[name]
    members = shape["members"]
    for number in range(draw.random.randint(0, 4)):
        member = bound_member(draw, section, number)
        members[f"bound{number}"] = member
        if member["location"] == "uri":
            labels.append(member["locationName"])
            shape.setdefault("required", []).append(f"bound{number}")
    if draw.often(0.3):
        for own in [n for n, member in members.items() if "location" not in member]:
            del members[own]
        members["payload"] = payload(draw, section)
        shape["payload"] = "payload"
    return name, labels


def bound_member(draw: Draw, section: str, number: int) -> dict[str, Any]:
    """A member outside of the body."""
    asked = ("header", "headers", "querystring", "uri")
    where = draw.random.choice(asked if section == "input" else asked[:2])
    wire = f"X-Bound-{number}"
    if where == "headers":
        held = {part: {"shape": scalar(draw, ("string",))} for part in ("key", "value")}
        target = draw.added("Headers", {"type": "map", **held})
        return {"shape": target, "location": where, "locationName": f"{wire}-"}
    if where != "uri" and draw.often(0.35):
        items = {"shape": scalar(draw, IN_LISTS)}
        target = draw.added("Items", {"type": "list", "member": items})
    else:
        target = scalar(draw, IN_TEXT)
    member = {"shape": target, "location": where, "locationName": wire.replace("-", "")}
    if draw.shapes[target]["type"] == "timestamp" and draw.often(0.4):
        member["timestampFormat"] = draw.random.choice(TIMES)
    return member


def payload(draw: Draw, section: str) -> dict[str, Any]:
    """A member that is the whole body."""
    kinds = ("blob", "string", "structure", "union")
    kind = draw.random.choice(kinds if section == "output" else kinds[:3])
    if kind in ("structure", "union"):
        told = {"shape": structure(draw, 1, union=kind == "union")}
        return {**told, "locationName": "Payload"} if draw.in_xml else told
    told = {"shape": scalar(draw, (kind,))}
    return {**told, "streaming": True} if kind == "blob" and draw.often(0.4) else told


def structure(draw: Draw, depth: int, *, union: bool = False) -> str:
    """A structure or union with up to four members."""
    members: dict[str, Any] = {}
    for number in range(draw.random.randint(1, 4)):
        name = draw.random.choice(NAMES) + (str(number) if draw.often(0.5) else "")
        if name.lower() not in {known.lower() for known in members}:
            members[name] = member(draw, name, shape(draw, depth + 1), union=union)
    told: dict[str, Any] = {"type": "structure", "members": members}
    if union:
        return draw.added("Union", {**told, "union": True})
    return draw.added("Struct", told)


def member(draw: Draw, name: str, target: str, *, union: bool) -> dict[str, Any]:
    """A member with some of the traits that its type can have."""
    kind = draw.shapes[target]["type"]
    told: dict[str, Any] = {"shape": target}
    if (draw.in_xml or draw.protocol == "rest-json") and draw.often(0.25):
        told["locationName"] = f"{name}Wire"
    if kind == "timestamp" and draw.often(0.3):
        told["timestampFormat"] = draw.random.choice(TIMES)
    if draw.in_xml and not union and is_flat(draw.shapes[target]) and draw.often(0.35):
        told["flattened"] = True
    if draw.protocol == "ec2":
        # Its models give a name in small letters to each member.
        told.setdefault("locationName", name[0].lower() + name[1:])
        if draw.often(0.2):
            told["queryName"] = f"{name}Query"
    if kind == "string" and "enum" not in draw.shapes[target] and not union:
        if draw.protocol == "rest-xml" and draw.often(0.15):
            return {**told, "locationName": f"{name}Attr", "xmlAttribute": True}
        if draw.often(0.08):
            told["idempotencyToken"] = True
    plain = kind in ("string", "integer", "blob")
    if draw.protocol == "rest-xml" and plain and draw.often(0.15):
        told["xmlNamespace"] = {"uri": "https://example.com/member/"}
    return told


def is_flat(shape: dict[str, Any]) -> bool:
    """Whether a list or map can stand in a structure without an element of its own."""
    named = "locationName" in shape.get("member", {})
    return shape["type"] in ("list", "map") and not named


def shape(draw: Draw, depth: int) -> str:
    """A shape of any type; deep down only what holds nothing."""
    kinds = ["scalar", "scalar", "list", "structure"]
    if draw.protocol != "ec2":
        kinds.append("map")
    if draw.protocol not in ("ec2", "query"):
        kinds.append("union")
    if draw.in_json:
        kinds.append("document")
    kind = draw.random.choice(kinds) if depth < DEEPEST else "scalar"
    if kind == "scalar":
        return scalar(draw, SCALARS)
    if kind == "document":
        document = {"type": "structure", "members": {}, "document": True}
        return draw.added("Document", document)
    if kind in ("structure", "union"):
        return structure(draw, depth, union=kind == "union")
    return collection(draw, kind, depth)


def collection(draw: Draw, kind: str, depth: int) -> str:
    """A list or map, perhaps with names for what it holds, or sparse."""
    inner = {"shape": shape(draw, depth + 1)}
    told: dict[str, Any] = {"type": kind}
    sparse = draw.in_json and draw.shapes[inner["shape"]]["type"] == "string"
    if sparse and draw.often(0.5):
        told["sparse"] = True
    named = draw.in_xml and draw.often(0.4)
    if kind == "list":
        if named:
            inner["locationName"] = draw.random.choice(("item", "Entry", "a"))
        return draw.added("List", {**told, "member": inner})
    key = {"shape": scalar(draw, ("enum", "string"))}
    if named:
        key["locationName"], inner["locationName"] = "K", "V"
    return draw.added("Map", {**told, "key": key, "value": inner})


def scalar(draw: Draw, kinds: tuple[str, ...]) -> str:
    """A shape that holds nothing, of one of some types."""
    kind = draw.random.choice(kinds)
    if kind == "enum":
        values = draw.random.sample(["a", "B b", "c-d", "1", "\u00e9"], 2)
        return draw.added("Enum", {"type": "string", "enum": values})
    told: dict[str, Any] = {"type": kind}
    if kind == "timestamp" and draw.often(0.5):
        told["timestampFormat"] = draw.random.choice(TIMES)
    if kind == "string" and draw.often(0.2):
        told["sensitive"] = True
    return draw.added(kind.capitalize(), told)
