"""Facts of operations: their form on small specs, and those of our specs beside botocore's."""

import json
from pathlib import Path
from typing import Any

import pytest
from botocore.loaders import Loader

from specwright.resolve import load_service, load_services
from specwright.workflow.facts import MAX_DEPTH, MAX_MEMBERS, facts

SPECS = Path(__file__).parents[2] / "specs"
FIVE = [
    ("bedrock", "ListModelImportJobs"),
    ("bedrock", "ListModelInvocationJobs"),
    ("bedrock", "GetModelImportJob"),
    ("sagemaker", "ListCompilationJobs"),
    ("sagemaker", "ListProcessingJobs"),
]
SERVICE = """\
specwright: 1
service: Things
title: Things
version: '1'
protocols: [rest-json]
endpoint: {prefix: things}
"""
HEAD = "specwright: 1\noperation: Do\nhttp: {method: POST, path: '/do/{id}?v=1'}\n"


def spec_facts(folder: Path, operation: str) -> dict[str, Any]:
    (folder / "operations").mkdir()
    (folder / "service.yaml").write_text(SERVICE)
    (folder / "operations" / "Do.yaml").write_text(HEAD + operation)
    service, findings = load_service(folder)
    assert service is not None, [str(f) for f in findings]
    return facts(service, "Do")


class Botocore:
    """The facts of an operation read from botocore's model, by other code than ours."""

    def __init__(self, service: str) -> None:
        self.model = Loader().load_service_model(service, "service-2")
        self.pages = Loader().load_service_model(service, "paginators-1")["pagination"]
        self.json = self.model["metadata"]["protocol"] == "json"

    def facts(self, name: str) -> dict[str, Any]:
        operation = self.model["operations"][name]
        metadata = self.model["metadata"]
        paged = self.pages.get(name)
        result = {
            "service": metadata["serviceId"],
            "operation": name,
            "protocol": metadata["protocol"],
            "http": {
                "method": operation["http"]["method"],
                "path": operation["http"]["requestUri"],
            },
            "input": self.members(operation["input"]["shape"]),
            "output": self.members(operation["output"]["shape"]),
            "errors": {
                e["shape"]: self.error(e["shape"]) for e in operation.get("errors", [])
            },
        }
        if paged:
            result["pagination"] = {
                "input_token": paged["input_token"],
                "output_token": paged["output_token"],
                "limit": paged["limit_key"],
                "items": paged["result_key"],
            }
        return result

    def error(self, name: str) -> dict[str, Any]:
        shape = self.model["shapes"][name]
        fault = "server" if shape.get("fault") else "client"
        return {"status": shape["error"]["httpStatusCode"], "fault": fault}

    def members(self, name: str) -> dict[str, Any]:
        shape = self.model["shapes"][name]
        return {
            key: self.member(member)
            | ({"required": True} if key in shape.get("required", ()) else {})
            for key, member in shape["members"].items()
        }

    def member(self, reference: dict[str, Any]) -> dict[str, Any]:
        shape = self.model["shapes"][reference["shape"]]
        kind = "union" if shape.get("union") else shape["type"]
        result: dict[str, Any] = {"type": kind}
        if location := {"uri": "path", "querystring": "query"}.get(
            reference.get("location", "")
        ):
            result["in"] = location
        if "min" in shape or "max" in shape:
            name = "range" if kind in ("integer", "long") else "length"
            result[name] = [shape.get("min"), shape.get("max")]
        if "pattern" in shape:
            # Bare patterns of this model have lost their anchors: they mean the whole text.
            result |= {"pattern": shape["pattern"], "match": "full"}
        if "enum" in shape:
            result["enum"] = shape["enum"]
        if kind == "timestamp":
            formats = {
                "iso8601": "iso8601",
                None: "epoch-seconds" if self.json else "iso8601",
            }
            result["timestamp"] = formats[shape.get("timestampFormat")]
        if shape.get("sensitive"):
            result["sensitive"] = True
        if kind in ("structure", "union"):
            result["members"] = self.members(reference["shape"])
        if kind == "list":
            result["item"] = self.member(shape["member"])
        return result


@pytest.mark.parametrize(("service", "operation"), FIVE)
def test_our_specs_say_what_botocore_says(service: str, operation: str) -> None:
    ours, findings = load_service(SPECS / service)
    assert ours is not None
    assert findings == []
    assert facts(ours, operation) == Botocore(service).facts(operation)


def test_our_specs_hold_the_five_operations() -> None:
    services, _ = load_services(SPECS)
    found = [
        (service.folder, name) for service in services for name in service.operations
    ]
    assert sorted(found) == sorted(FIVE)


def test_each_fact_stands_under_its_key(tmp_path: Path) -> None:
    found = spec_facts(
        tmp_path,
        """\
input:
  id: {type: string, required: true, in: path}
  many: {type: list, in: query, wire: m, length: [1, null], unique: true, item: {type: Code}}
  when: {type: timestamp, timestamp: http-date, in: header, wire: X-When}
  part: {type: double, range: [0.5, 2.0]}
  secret: {type: Secret, length: [null, 8]}
  words: {type: map, key: {type: string, pattern: ^a, match: search}, value: {type: long}}
  choice: {type: union, members: {a: {type: blob, required: false}}}
  level: {type: integer, enum: [1, 2]}
errors: [Bad]
pagination: {input_token: [id, secret], output_token: [x, y], items: [z]}
output:
  x: {type: string}
  y: {type: string}
  z: {type: list, item: {type: document}}
shapes:
  Code: {type: string, length: [2, 2]}
  Secret: {type: string, sensitive: true, length: [4, 9]}
  Bad: {type: structure, error: {fault: server}, members: {}}
""",
    )
    assert found == {
        "service": "Things",
        "operation": "Do",
        "protocol": "rest-json",
        "http": {"method": "POST", "path": "/do/{id}"},
        "input": {
            "id": {"type": "string", "required": True, "in": "path"},
            "many": {
                "type": "list",
                "in": "query",
                "wire": "m",
                "length": [1, None],
                "unique": True,
                "item": {"type": "string", "length": [2, 2]},
            },
            "when": {
                "type": "timestamp",
                "in": "header",
                "wire": "X-When",
                "timestamp": "http-date",
            },
            "part": {"type": "double", "range": [0.5, 2]},
            "secret": {"type": "string", "length": [None, 8], "sensitive": True},
            "words": {
                "type": "map",
                "key": {"type": "string", "pattern": "^a", "match": "search"},
                "value": {"type": "long"},
            },
            "choice": {"type": "union", "members": {"a": {"type": "blob"}}},
            "level": {"type": "integer", "enum": [1, 2]},
        },
        "output": {
            "x": {"type": "string"},
            "y": {"type": "string"},
            "z": {"type": "list", "item": {"type": "document"}},
        },
        "errors": {"Bad": {"fault": "server"}},
        "pagination": {
            "input_token": ["id", "secret"],
            "output_token": ["x", "y"],
            "items": "z",
        },
    }
    assert json.loads(json.dumps(found)) == found
    assert list(found["input"]) == [
        "id",
        "many",
        "when",
        "part",
        "secret",
        "words",
        "choice",
        "level",
    ]


def test_recursion_is_a_reference_and_repetition_is_not(tmp_path: Path) -> None:
    found = spec_facts(
        tmp_path,
        """\
input: {id: {type: string, required: true, in: path}, one: {type: Tree}, two: {type: Leaf}, three: {type: Leaf}}
shapes:
  Tree: {type: structure, members: {left: {type: Tree}, right: {type: list, item: {type: Tree, required: true}}}}
  Leaf: {type: structure, members: {x: {type: string}}}
""",
    )
    leaf = {"type": "structure", "members": {"x": {"type": "string"}}}
    assert found["input"]["one"]["members"] == {
        "left": {"ref": "Tree"},
        "right": {"type": "list", "item": {"ref": "Tree", "required": True}},
    }
    assert found["input"]["two"] == found["input"]["three"] == leaf


def test_shapes_that_double_each_other_end(tmp_path: Path) -> None:
    shapes = "".join(
        f"  S{n}: {{type: structure, members: {{a: {{type: S{n + 1}}}, b: {{type: S{n + 1}}}}}}}\n"
        for n in range(40)
    )
    found = spec_facts(
        tmp_path,
        "input: {id: {type: string, required: true, in: path}, s: {type: S0}}\n"
        f"shapes:\n{shapes}  S40: {{type: structure, members: {{}}}}\n",
    )
    text = json.dumps(found)
    assert '{"ref": "S2"}' in text
    assert text.count('"type"') + text.count('"ref"') < MAX_MEMBERS + 100


def test_a_long_chain_of_shapes_ends(tmp_path: Path) -> None:
    chain = range(MAX_DEPTH * 20)
    shapes = "".join(
        f"  S{n}: {{type: structure, members: {{a: {{type: S{n + 1}, required: true}}}}}}\n"
        for n in chain
    )
    found = spec_facts(
        tmp_path,
        "input: {id: {type: string, required: true, in: path}, s: {type: S0}}\n"
        f"shapes:\n{shapes}  S{len(chain)}: {{type: structure, members: {{}}}}\n",
    )
    assert f'{{"ref": "S{MAX_DEPTH}", "required": true}}' in json.dumps(found)


def test_an_operation_that_is_not_there_is_a_key_error(tmp_path: Path) -> None:
    service, _ = load_service(SPECS / "bedrock")
    assert service is not None
    with pytest.raises(KeyError):
        facts(service, "ListNothing")
