"""Services of every protocol that hold the same kinds of values."""

from __future__ import annotations

SERVICE = """\
specwright: 1
service: {id}
title: {id}
version: '1'
protocols: [{protocol}]
{more}
endpoint: {{prefix: sample}}
"""

SHAPES = """\
specwright: 1
shapes:
  Level: {type: integer, enum: [1, 2, 3]}
  Amount: {type: bigDecimal, range: [0.1, 1000]}
  Values:
    type: structure
    members:
      amount: {type: Amount}
      amounts: {type: list, item: {type: bigDecimal}}
      prices: {type: map, key: {type: string}, value: {type: bigDecimal}}
      count: {type: bigInteger}
      counts: {type: list, item: {type: bigInteger}}
      level: {type: Level}
      levels: {type: list, item: {type: Level}}
      levelsByName: {type: map, key: {type: string}, value: {type: Level}}
      low: {type: Level, enum: [1, 2]}
      ratio: {type: double}
      times: {type: list, item: {type: timestamp, timestamp: http-date}}
      days: {type: map, key: {type: string}, value: {type: timestamp, timestamp: iso8601}}
      stamps: {type: list, item: {type: timestamp, timestamp: epoch-seconds}}
      tree: {type: Tree}
      choice: {type: Choice}
  Tree:
    type: structure
    members:
      level: {type: Level}
      trees: {type: list, item: {type: Tree}}
      byName: {type: map, key: {type: string}, value: {type: Tree}}
      choice: {type: Choice}
  Choice:
    type: union
    members:
      amount: {type: bigDecimal}
      level: {type: Level}
      tree: {type: Tree}
"""

DOCUMENTS = """\
  Held:
    type: structure
    members:
      doc: {type: document}
      inner: {type: Inner}
      docs: {type: list, item: {type: document}}
      byName: {type: map, key: {type: string}, value: {type: document}}
      either: {type: Either}
  Inner:
    type: structure
    members:
      doc: {type: document, required: true}
  Either:
    type: union
    members:
      doc: {type: document}
      text: {type: string}
"""

MORE = {
    "rest-json": "",
    "json": "json_version: '1.1'\ntarget_prefix: Sample",
    "rpc-v2-cbor": "target_prefix: Sample",
    "rest-xml": "",
    "query": "",
    "ec2": "",
}
DOCUMENT_PROTOCOLS = ("rest-json", "json", "rpc-v2-cbor")


def operation(name: str, shape: str) -> str:
    """An operation that takes and answers a shape."""
    return f"""\
specwright: 1
operation: {name}
http: {{method: POST, path: /{name}}}
input: {{ref: {shape}}}
output: {{ref: {shape}}}
"""


BOUND = """\
specwright: 1
operation: Bound
http: {method: GET, path: '/bound/{level}/{amount}'}
input:
  level: {type: Level, in: path, required: true}
  amount: {type: bigDecimal, in: path, required: true}
  asked: {type: Level, in: query}
  many: {type: list, item: {type: Level}, in: query}
  price: {type: bigDecimal, in: query}
  hint: {type: Level, in: header, wire: X-Hint}
  cost: {type: bigDecimal, in: header, wire: X-Cost}
output:
  hint: {type: Level, in: header, wire: X-Hint}
  cost: {type: bigDecimal, in: header, wire: X-Cost}
"""


def folder_of(protocol: str) -> str:
    """The package of a protocol's service."""
    return f"sample_{protocol.replace('-', '_')}"


def specs() -> dict[str, dict[str, str]]:
    """The spec files of every service by its folder."""
    found: dict[str, dict[str, str]] = {}
    for protocol, more in MORE.items():
        documents = protocol in DOCUMENT_PROTOCOLS
        files = {
            "service.yaml": SERVICE.format(
                id=f"Sample {protocol}".replace("-", " "), protocol=protocol, more=more
            ),
            "shapes.yaml": SHAPES + (DOCUMENTS if documents else ""),
            "operations/Put.yaml": operation("Put", "Values"),
        }
        if documents:
            files["operations/Hold.yaml"] = operation("Hold", "Held")
        if protocol.startswith("rest-"):
            files["operations/Bound.yaml"] = BOUND
        found[folder_of(protocol)] = files
    return found
