"""A model in botocore's format with every shape and every binding of REST JSON and AWS JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape

from specwright.model import Service
from specwright.resolve import load_services
from specwright.server.messages import Request as HttpRequest, Response
from specwright.server.standin import StandIn
from specwright.workflow.import_botocore import Request, import_botocore

NUMBERS = ("Byte", "Short", "Integer", "Long", "Float", "Double")
TIMES = {"Date": "iso8601", "Http": "rfc822", "Epoch": "unixTimestamp"}


def ref(shape: str, **more: Any) -> dict[str, Any]:
    return {"shape": shape, **more}


def at(shape: str, location: str, wire: str, **more: Any) -> dict[str, Any]:
    return {"shape": shape, "location": location, "locationName": wire, **more}


def struct(*required: str, **members: Any) -> dict[str, Any]:
    found: dict[str, Any] = {"type": "structure", "members": members}
    return {**found, "required": list(required)} if required else found


def lists(item: str, **more: Any) -> dict[str, Any]:
    return {"type": "list", "member": {"shape": item}, **more}


def maps(key: str, value: str, **more: Any) -> dict[str, Any]:
    return {"type": "map", "key": {"shape": key}, "value": {"shape": value}, **more}


SHAPES: dict[str, Any] = {
    "String": {"type": "string"},
    "Blob": {"type": "blob"},
    "Boolean": {"type": "boolean"},
    "Timestamp": {"type": "timestamp"},
    **{name: {"type": name.lower()} for name in NUMBERS},
    **{n: {"type": "timestamp", "timestampFormat": f} for n, f in TIMES.items()},
    "BigInteger": {"type": "biginteger"},
    "BigDecimal": {"type": "bigdecimal"},
    "Document": {"type": "structure", "members": {}, "document": True},
    "IntEnum": {"type": "integer", "enum": [1, 2, 3]},
    "Enum": {"type": "string", "enum": ["abc", "def"]},
    "Sized": {"type": "string", "min": 2, "max": 8},
    "SizedBlob": {"type": "blob", "min": 2, "max": 8},
    "Pattern": {"type": "string", "pattern": "^[a-m]+$"},
    "Ranged": {"type": "integer", "min": 2, "max": 8},
    "RangedFloat": {"type": "float", "min": 0.1, "max": 0.7},
    "RangedBig": {"type": "bigdecimal", "min": 2, "max": 8},
    "AtLeast": {"type": "integer", "min": 2},
    "AtMost": {"type": "string", "max": 8},
    "Jpeg": {"type": "blob", "mediaType": "image/jpeg"},
    "Typed": {"type": "string", "mediaType": "application/json"},
    "Stream": {"type": "blob", "streaming": True},
    "Strings": lists("String"),
    "Integers": lists("Integer"),
    "Booleans": lists("Boolean"),
    "HttpDates": lists("Timestamp"),
    "Dates": lists("Date"),
    "Doubles": lists("Double"),
    "Enums": lists("Enum"),
    "Sparse": lists("String", sparse=True),
    "SizedList": lists("String", min=2, max=8),
    "Nested": lists("Strings"),
    "Set": lists("String", uniqueItems=True),
    "BlobSet": lists("Blob", uniqueItems=True),
    "TimeSet": lists("Timestamp", uniqueItems=True, min=2, max=3),
    "UnionSet": lists("Union", uniqueItems=True),
    "PatternList": lists("Pattern"),
    "StringMap": maps("String", "String"),
    "SparseMap": maps("String", "String", sparse=True),
    "ListMap": maps("String", "Strings"),
    "EnumMap": maps("Enum", "Enum"),
    "AllEnums": maps("Enum", "IntEnum", min=2),
    "SizedMap": maps("Sized", "Sized", min=1, max=3),
    "PatternMap": maps("Pattern", "Pattern"),
    "Union": {
        **struct(
            int=ref("Integer"),
            text=ref("String"),
            pattern=ref("Pattern"),
            self=ref("Union"),
            strings=ref("Strings"),
        ),
        "union": True,
    },
    "Leaf": struct("name", name=ref("String"), size=ref("Ranged"), code=ref("Enum")),
    "Tree": struct(
        name=ref("Pattern"),
        left=ref("Tree"),
        children=ref("Trees"),
        byName=ref("TreeMap"),
        leaf=ref("Leaf"),
    ),
    "Trees": lists("Tree"),
    "TreeMap": maps("String", "Tree"),
}

VALUES: dict[str, Any] = {
    **{
        name[0].lower() + name[1:]: ref(name)
        for name in SHAPES
        if name not in ("Jpeg", "Stream")
    },
    "renamed": ref("String", locationName="Wire-Name"),
    "own": ref("Integer", min=10, max=20),
}
TEXTS = ("String", "Boolean", *NUMBERS, "BigInteger", "BigDecimal", "Timestamp")
SIMPLE = (*TEXTS, *TIMES, "Enum", "IntEnum", "Sized", "Pattern", "Ranged")
LISTS = ("Strings", "Integers", "Booleans", "HttpDates", "Dates", "Doubles", "Enums")


def lower(name: str) -> str:
    return name[0].lower() + name[1:]


SHAPES |= {
    "Values": struct(**VALUES),
    "InQuery": struct(
        **{lower(n): at(n, "querystring", lower(n)) for n in (*SIMPLE, *LISTS)}
    ),
    "InHeaders": struct(
        **{lower(n): at(n, "header", f"X-{n}") for n in (*SIMPLE, *LISTS)},
        json=at("String", "header", "X-Json", jsonvalue=True),
        typed=at("Typed", "header", "X-Typed"),
        sizedList=at("SizedList", "header", "X-SizedList"),
        meta=at("SizedMap", "headers", "X-Meta-"),
    ),
    "InPath": struct("value", value=at("String", "uri", "value")),
    **{
        f"{n}InPath": struct("value", value=at(n, "uri", "value"), note=ref("String"))
        for n in SIMPLE
    },
    "Greedy": struct(
        "first",
        "rest",
        first=at("Sized", "uri", "first"),
        rest=at("Sized", "uri", "rest"),
    ),
    "QueryMap": struct(
        named=at("Integer", "querystring", "named"),
        all=at("StringMap", "querystring", ""),
    ),
    "QueryListMap": struct(all=at("ListMap", "querystring", "")),
    "Required": struct(
        *("text", "query", "header", "nested"),
        text=ref("String"),
        query=at("String", "querystring", "query"),
        header=at("String", "header", "X-Required"),
        nested=ref("Leaf"),
    ),
    "TreePayload": {**struct(tree=ref("Tree")), "payload": "tree"},
    "RequiredPayload": {**struct("leaf", leaf=ref("Leaf")), "payload": "leaf"},
    "UnionPayload": {**struct(union=ref("Union")), "payload": "union"},
    "ListPayload": {**struct(items=ref("SizedList")), "payload": "items"},
    "DocumentPayload": {**struct(value=ref("Document")), "payload": "value"},
    "TextPayload": {**struct(text=ref("Sized")), "payload": "text"},
    "EnumPayload": {**struct(text=ref("Enum")), "payload": "text"},
    "BlobPayload": {**struct(data=ref("SizedBlob")), "payload": "data"},
    "JpegPayload": {**struct(data=ref("Jpeg")), "payload": "data"},
    "StreamPayload": {
        **struct(data=ref("Stream"), type=at("String", "header", "Content-Type")),
        "payload": "data",
    },
    "Host": struct("label", label=ref("String", hostLabel=True)),
    "Empty": struct(),
    "Event": struct(text=ref("String")),
    "Events": {
        **struct(event=ref("Event")),
        "eventstream": True,
    },
    "EventOutput": {**struct(events=ref("Events")), "payload": "events"},
}
SHAPES["Event"]["event"] = True


def operation(
    name: str, shape: str | None, path: str | None = None, method: str = "POST"
) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": name,
        "http": {"method": method, "requestUri": path or f"/{name}"},
    }
    if shape is not None:
        found |= {"input": {"shape": shape}, "output": {"shape": shape}}
    return found


PAYLOADS = tuple(name for name in SHAPES if name.endswith("Payload"))
OPERATIONS = [
    operation("Values", "Values"),
    {**operation("Query", "InQuery", method="GET"), "output": {"shape": "Values"}},
    operation("Headers", "InHeaders"),
    *(
        {**operation(f"{n}Path", f"{n}InPath", f"/{n}Path/{{value}}"), "output": {}}
        for n in SIMPLE
    ),
    {**operation("Greedy", "Greedy", "/greedy/{first}/x/{rest+}/end"), "output": {}},
    {**operation("QueryMap", "QueryMap", "/map?fixed=1&flag"), "output": {}},
    {**operation("QueryListMap", "QueryListMap", "/listmap"), "output": {}},
    {**operation("Required", "Required"), "output": {"shape": "Leaf"}},
    *(operation(name, name) for name in PAYLOADS),
    {
        **operation("Host", "Host"),
        "endpoint": {"hostPrefix": "{label}."},
        "output": {},
    },
    operation("Nothing", None),
    operation("Nil", "Empty"),
    {**operation("Events", "Empty"), "output": {"shape": "EventOutput"}},
    {**operation("EventsIn", "EventOutput"), "output": {}},
    {**operation("Query2", "InQuery", "/Nothing", "PUT"), "output": {}},
]
for _each in OPERATIONS:
    if _each.get("output") == {}:
        del _each["output"]

BODIES = ("Values", "Required", "TreePayload")


def rest_model() -> dict[str, Any]:
    """The model of the REST JSON service."""
    return _model("rest-json", "Strict Rest", SHAPES, OPERATIONS)


def json_model(version: str = "1.1") -> dict[str, Any]:
    """The model of the AWS JSON service: the same values, all of them in bodies."""
    shapes = {k: v for k, v in SHAPES.items() if k in VALUE_SHAPES}
    shapes["Values"] = SHAPES["Values"]
    whole = operation("Values", "Values", "/")
    leaf = operation("Leaf", "Leaf", "/")
    extra = {"jsonVersion": version, "targetPrefix": "Strict"}
    return _model("json", f"Strict Json{version[-1]}", shapes, [whole, leaf], **extra)


def cbor_model() -> dict[str, Any]:
    """The model of the RPC v2 CBOR service: that of AWS JSON, but for operations without any
    input or output."""
    model = json_model()
    model["metadata"] |= {
        "protocol": "smithy-rpc-v2-cbor",
        "protocols": ["smithy-rpc-v2-cbor"],
        "serviceId": "Strict Cbor",
        "targetPrefix": "StrictCbor",
        "awsQueryCompatible": {},
    }
    model["operations"]["Nothing"] = operation("Nothing", None, "/")
    return model


def text_model(protocol: str) -> dict[str, Any]:
    """The model of a service whose protocol writes values as texts."""
    model = _model(protocol, f"Strict {protocol}", SHAPES, [])
    texts = {lower(name): ref(name) for name in SIMPLE}
    model["shapes"] = {n: SHAPES[n] for n in SIMPLE} | {"Texts": struct(**texts)}
    whole = operation("Texts", "Texts", "/texts" if protocol == "rest-xml" else "/")
    model["operations"] = {"Texts": whole}
    return model


def texts_of(standin: StandIn, protocol: str, name: str, text: str) -> Response:
    """The answer to one member, in XML or as a field."""
    if protocol == "rest-xml":
        escaped = escape(text, {"\r": "&#13;"})
        body = f"<Texts><{lower(name)}>{escaped}</{lower(name)}></Texts>"
        return standin.answer(HttpRequest("POST", "/texts", {}, body.encode()))
    member = name if protocol == "ec2" else lower(name)
    form = f"Action=Texts&{member}={quote(text, safe='')}"
    media = {"content-type": "application/x-www-form-urlencoded"}
    return standin.answer(HttpRequest("POST", "/", media, form.encode()))


VALUE_SHAPES = frozenset(member["shape"] for member in VALUES.values())


def _model(
    protocol: str, name: str, shapes: Any, operations: list[Any], **metadata: str
) -> dict[str, Any]:
    return {
        "version": "2.0",
        "metadata": {
            "apiVersion": "2024-01-01",
            "endpointPrefix": name.lower().replace(" ", "-"),
            "protocol": protocol,
            "protocols": [protocol],
            "serviceFullName": name,
            "serviceId": name,
            "signatureVersion": "v4",
            "signingName": name.lower().replace(" ", ""),
            "uid": f"{name.lower().replace(' ', '-')}-2024-01-01",
            **metadata,
        },
        "operations": {each["name"]: each for each in operations},
        "shapes": shapes,
    }


def imported(folder: Path, *files: Path) -> list[Service]:
    """The services of model files after an import, as ``specwright serve`` has them."""
    for file in files:
        done = import_botocore(Request(str(file), folder))
        assert done.ok, done
    found, diagnostics = load_services(folder)
    assert not [str(d) for d in diagnostics if d.severity == "error"]
    assert found is not None
    return list(found)


def standin_of(folder: Path) -> StandIn:
    """A stand-in for the models, imported by way of a folder."""
    files = []
    models = (rest_model(), json_model("1.0"), json_model("1.1"), cbor_model())
    for index, each in enumerate(models):
        files.append(folder / f"model{index}.json")
        files[-1].write_text(json.dumps(each), encoding="utf-8")
    return StandIn(imported(folder / "specs", *files))


def rest_body(standin: StandIn, body: str, operation: str = "Values") -> Response:
    headers = {"content-type": "application/json"}
    return standin.answer(HttpRequest("POST", f"/{operation}", headers, body.encode()))


def json_body(standin: StandIn, body: str, version: str = "1.1") -> Response:
    headers = {
        "content-type": f"application/x-amz-json-{version}",
        "x-amz-target": "Strict.Values",
    }
    return standin.answer(HttpRequest("POST", "/", headers, body.encode()))


def cbor_body(standin: StandIn, body: bytes, operation: str = "Values") -> Response:
    headers = {"content-type": "application/cbor", "smithy-protocol": "rpc-v2-cbor"}
    path = f"/service/StrictCbor/operation/{operation}"
    return standin.answer(HttpRequest("POST", path, headers, body))


def code_of(response: Response) -> str:
    headers = {name.lower(): text for name, text in response.headers}
    document = json.loads(response.body)
    assert document["message"]
    assert headers["content-type"].startswith("application/")
    return headers.get("x-amzn-errortype") or document["__type"].rpartition("#")[2]


def refused(
    response: Response, code: str = "SerializationException", status: int = 400
) -> None:
    assert (response.status, code_of(response)) == (status, code), response.body
