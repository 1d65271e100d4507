"""A service that speaks RPC v2 CBOR, of everything that the protocol has rules for."""

SERVICE = """\
specwright: 1
service: Sample
title: Sample
version: '1'
protocols: [rpc-v2-cbor, json]
json_version: '1.1'
target_prefix: SampleService
endpoint: {prefix: sample}
"""

OPERATIONS = {
    "NoInputOutput": "",
    "EmptyInputOutput": "input: {}\noutput: {}\n",
    "OptionalInputOutput": """\
input: {value: {type: string}}
output: {value: {type: string}}
""",
    "SimpleScalars": """\
input: {ref: Scalars}
output: {ref: Scalars}
""",
    "Containers": """\
input: {ref: Held}
output: {ref: Held}
""",
    "Required": """\
input: {name: {type: string, required: true}}
output: {name: {type: string, required: true}, size: {type: integer}}
""",
    "Fail": """\
input: {}
errors: [InvalidGreeting, ComplexError]
""",
}

SHAPES = """\
specwright: 1
shapes:
  Scalars:
    type: structure
    members:
      trueBoolean: {type: boolean}
      byteValue: {type: byte}
      shortValue: {type: short}
      integerValue: {type: integer}
      longValue: {type: long}
      bigValue: {type: bigInteger}
      floatValue: {type: float}
      doubleValue: {type: double}
      stringValue: {type: string}
      blobValue: {type: blob}
      at: {type: timestamp}
      date: {type: timestamp, timestamp: http-date}
      kind: {type: Kind}
      renamed: {type: string, wire: wireName}
      token: {type: string, idempotency_token: true}
  Held:
    type: structure
    members:
      strings: {type: list, item: {type: string}}
      sparse: {type: list, sparse: true, item: {type: string}}
      times: {type: list, item: {type: timestamp}}
      nested: {type: list, item: {type: list, item: {type: integer}}}
      floats: {type: list, item: {type: float}}
      map: {type: map, key: {type: string}, value: {type: Tree}}
      sparseMap: {type: map, sparse: true, key: {type: string}, value: {type: integer}}
      blobs: {type: map, key: {type: string}, value: {type: blob}}
      tree: {type: Tree}
      union: {type: Choice}
  Tree:
    type: structure
    members:
      foo: {type: string}
      nested: {type: Tree}
      many: {type: list, item: {type: Tree}}
  Choice:
    type: union
    members:
      text: {type: string}
      tree: {type: Tree}
      moment: {type: timestamp}
  Kind: {type: string, enum: [Foo, Bar]}
  InvalidGreeting:
    type: structure
    error: {fault: client, status: 400}
    members: {message: {type: string}}
  ComplexError:
    type: structure
    error: {fault: server}
    members:
      topLevel: {type: string}
      nested: {type: Tree}
      at: {type: timestamp}
"""


def files() -> dict[str, str]:
    """The files of the service by their paths in its folder."""
    return {
        "service.yaml": SERVICE,
        "shapes.yaml": SHAPES,
        **{
            f"operations/{name}.yaml": f"specwright: 1\noperation: {name}\n"
            f"http: {{method: POST, path: /}}\n{text}"
            for name, text in OPERATIONS.items()
        },
    }
