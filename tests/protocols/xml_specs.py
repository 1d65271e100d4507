"""The specs of services that speak rest-xml, query and ec2: everything that is hard there."""

from __future__ import annotations

SERVICE = """\
specwright: 1
service: {id}
title: {id}
version: '2020-01-08'
protocols: [{protocol}]
signing_name: things
endpoint: {{prefix: things}}
"""

SHAPES = """\
specwright: 1
shapes:
  Texts: {type: list, item: {type: string}}
  NamedTexts: {type: list, item: {type: string, xml: {name: item}}}
  Rows: {type: list, item: {type: Texts}}
  FlatTexts: {type: list, item: {type: string}, xml: {flattened: true}}
  OldTexts: {type: list, item: {type: string, xml: {name: Old}}, xml: {flattened: true}}
  Numbers: {type: map, key: {type: string}, value: {type: integer}}
  Named:
    type: map
    key: {type: string, xml: {name: Attribute}}
    value: {type: Point, xml: {name: Setting}}
  Point:
    type: structure
    members:
      x: {type: integer}
      label: {type: string, wire: Label}
  Points: {type: list, item: {type: Point}}
  Tree:
    type: structure
    members:
      name: {type: string}
      leaves: {type: Trees}
  Trees: {type: list, item: {type: Tree}}
  Choice:
    type: union
    members:
      text: {type: string}
      point: {type: Point}
      points: {type: Points}
  Color: {type: string, enum: [red, green]}
  InvalidGreeting:
    type: structure
    error: {fault: client, status: 400}
    members:
      message: {type: string, wire: Message}
      point: {type: Point}
  Renamed:
    type: structure
    error: {fault: client, status: 402, code: CustomCode}
    members: {}
"""

MEMBERS = """\
  text: {type: string}
  yes: {type: boolean}
  whole: {type: integer}
  real: {type: double}
  bytes: {type: blob}
  color: {type: Color}
  at: {type: timestamp}
  epoch: {type: timestamp, timestamp: epoch-seconds}
  date: {type: timestamp, timestamp: http-date}
  renamed: {type: string, wire: Renamed}
  texts: {type: Texts}
  named: {type: NamedTexts}
  rows: {type: Rows}
  flat: {type: FlatTexts}
  flatOfMember: {type: NamedTexts, xml: {flattened: true}}
  flatRenamed: {type: NamedTexts, wire: Hi, xml: {flattened: true}}
  old: {type: OldTexts}
  points: {type: Points}
  flatPoints: {type: Points, xml: {flattened: true}}
  numbers: {type: Numbers}
  flatNumbers: {type: Numbers, xml: {flattened: true}}
  namedMap: {type: Named}
  flatNamedMap: {type: Named, wire: KVP, xml: {flattened: true}}
  point: {type: Point}
  tree: {type: Tree}
  choice: {type: Choice}
"""

HEAD = """\
specwright: 1
operation: {name}
http: {{method: POST, path: '{path}'}}
"""


def operation(name: str, body: str, path: str = "/") -> str:
    """The spec of one operation."""
    return HEAD.format(name=name, path=path) + body


EVERYTHING = f"""\
input_xml: {{name: EverythingRequest}}
input:
{MEMBERS}output:
{MEMBERS}errors: [InvalidGreeting, Renamed]
"""
NOTHING = "input: {}\noutput: {}\n"
REST = {
    "operations/Everything.yaml": operation(
        "Everything", EVERYTHING, "/everything?fixed=a%20b&flag"
    ),
    "operations/Nothing.yaml": operation("Nothing", "", "/nothing"),
    "operations/Bound.yaml": operation(
        "Bound",
        """\
input_xml: {name: BoundRequest, namespace: 'https://example.com/'}
input:
  key: {type: string, in: path, required: true}
  part: {type: integer, in: query}
  at: {type: timestamp, in: header, wire: X-At}
  content: {type: string, in: header, wire: Content-Type}
  note: {type: string}
output:
  status: {type: integer, in: status}
  at: {type: timestamp, in: header, wire: X-At}
  size: {type: long, in: header, wire: X-Size}
  meta: {type: map, key: {type: string}, value: {type: string}, in: header-map, wire: X-Meta-}
  note: {type: string}
errors: [Bounded]
shapes:
  Bounded:
    type: structure
    error: {fault: client, status: 429}
    members:
      wait: {type: integer, in: header, wire: X-Wait}
      reason: {type: string, wire: Reason}
""",
        "/bound/{key+}",
    ),
    "operations/Spaces.yaml": operation(
        "Spaces",
        """\
input_xml:
  name: SpacesRequest
  namespace: {uri: 'https://a.example/?q="1"&2', prefix: a}
input:
  foo: {type: string, xml: {namespace: {uri: 'https://baz.example', prefix: baz}}}
  kind: {type: string, xml: {name: 'xsi:type', attribute: true}}
  values: {type: Values}
  grantee: {type: Grantee, xml: {namespace: {uri: 'https://xsi.example', prefix: xsi}}}
  marked: {type: Marked}
output:
  foo: {type: string, xml: {namespace: {uri: 'https://baz.example', prefix: baz}}}
  kind: {type: string, xml: {name: 'xsi:type', attribute: true}}
  values: {type: Values}
  grantee: {type: Grantee}
shapes:
  Values:
    type: list
    item: {type: string, xml: {namespace: 'https://bux.example'}}
    xml: {namespace: 'https://qux.example'}
  Marked:
    type: structure
    xml: {namespace: {uri: 'https://m.example', prefix: m}}
    members: {kind: {type: string, xml: {name: 'm:kind', attribute: true}}}
  Grantee:
    type: structure
    xml: {namespace: 'https://ignored.example'}
    members:
      id: {type: string, wire: ID}
      type: {type: string, xml: {name: 'xsi:type', attribute: true}}
""",
        "/spaces",
    ),
    "operations/Content.yaml": operation(
        "Content",
        """\
input:
  tag: {type: string, in: header, wire: ETag}
  config: {type: Config, in: payload}
output:
  tag: {type: string, in: header, wire: ETag}
  config: {type: Config, in: payload}
shapes:
  Config:
    type: structure
    xml: {name: Configuration, namespace: 'https://example.com/'}
    members: {name: {type: string, required: true}, note: {type: string}}
""",
        "/content",
    ),
    "operations/Bytes.yaml": operation(
        "Bytes",
        "input: {data: {type: blob, in: payload}}\n"
        "output: {data: {type: blob, in: payload}}\n",
        "/bytes",
    ),
    "operations/Words.yaml": operation(
        "Words",
        "input: {data: {type: string, in: payload}}\n"
        "output: {data: {type: Color, in: payload}}\n",
        "/words",
    ),
    "operations/Place.yaml": operation(
        "Place",
        "output: {LocationConstraint: {type: string}}\n",
        "/?location",
    ),
}
FORMS = {
    "operations/Everything.yaml": operation("Everything", EVERYTHING),
    "operations/Nothing.yaml": operation("Nothing", ""),
    "operations/Empty.yaml": operation("Empty", NOTHING),
    "operations/Odd.yaml": operation(
        "Odd",
        """\
input:
  plain: {type: string, wire: lower}
  named: {type: string, wire: usesXmlName, ec2_name: usesQueryName}
  query: {type: string, query_name: Ignored}
  token: {type: string, idempotency_token: true}
output: {plain: {type: string, wire: lower}}
""",
    ),
}


def files(service: str, protocol: str) -> dict[str, str]:
    """All files of a service that speaks a protocol."""
    operations = REST if protocol == "rest-xml" else FORMS
    return {
        "service.yaml": SERVICE.format(id=service, protocol=protocol),
        "shapes.yaml": SHAPES,
        **operations,
    }
