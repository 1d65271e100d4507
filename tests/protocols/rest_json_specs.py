"""The spec of a service that speaks rest-json: every place that a member can stand in."""

from __future__ import annotations

from tests.protocols.xml_specs import operation

SERVICE = """\
specwright: 1
service: {id}
title: {id}
version: '2020-01-08'
protocols: [rest-json]
signing_name: things
endpoint: {{prefix: things}}
headers: {{Accept: application/json, X-Version: '2'}}
"""

SHAPES = """\
specwright: 1
shapes:
  Texts: {type: list, item: {type: string}}
  Wholes: {type: list, item: {type: integer}}
  Truths: {type: list, item: {type: boolean}}
  Moments: {type: list, item: {type: timestamp}}
  Reals: {type: list, item: {type: double}}
  Colors: {type: list, item: {type: Color}}
  Color: {type: string, enum: [red, green]}
  TextMap: {type: map, key: {type: string}, value: {type: string}}
  TextsMap: {type: map, key: {type: string}, value: {type: Texts}}
  Point:
    type: structure
    members: {x: {type: integer}, label: {type: string, wire: Label}}
  Choice:
    type: union
    members: {text: {type: string}, point: {type: Point}}
  Slow:
    type: structure
    error: {fault: client, status: 429}
    members:
      wait: {type: integer, in: header, wire: X-Wait}
      code: {type: string}
      reason: {type: string, wire: Reason}
"""

HEADERS = """\
  text: {type: string, in: header, wire: X-Text}
  whole: {type: integer, in: header, wire: X-Whole}
  real: {type: double, in: header, wire: X-Real}
  yes: {type: boolean, in: header, wire: X-Yes}
  color: {type: Color, in: header, wire: X-Color}
  at: {type: timestamp, in: header, wire: X-At}
  epoch: {type: timestamp, timestamp: epoch-seconds, in: header, wire: X-Epoch}
  iso: {type: timestamp, timestamp: iso8601, in: header, wire: X-Iso}
  texts: {type: Texts, in: header, wire: X-Texts}
  wholes: {type: Wholes, in: header, wire: X-Wholes}
  truths: {type: Truths, in: header, wire: X-Truths}
  moments: {type: Moments, in: header, wire: X-Moments}
  reals: {type: Reals, in: header, wire: X-Reals}
  colors: {type: Colors, in: header, wire: X-Colors}
  json: {type: string, json_value: true, in: header, wire: X-Json}
  media: {type: string, media_type: application/json, in: header, wire: X-Media}
"""


def payload(kind: str, extra: str = "") -> str:
    """An operation whose input and output have a payload of some type."""
    member = f"{{type: {kind}, in: payload{extra}}}"
    return (
        f"input: {{data: {member}, kind: {{type: string, in: header, wire: Content-Type}}}}\n"
        f"output: {{data: {member}}}\nerrors: [Slow]\n"
    )


OPERATIONS = {
    "Headers": operation(
        "Headers", f"input:\n{HEADERS}output:\n{HEADERS}", "/headers"
    ).replace("POST", "GET"),
    "Queries": operation(
        "Queries",
        """\
input:
  fixedless: {type: string, in: query, wire: named}
  real: {type: double, in: query}
  at: {type: timestamp, in: query}
  texts: {type: Texts, in: query, wire: t}
  wholes: {type: Wholes, in: query}
  moments: {type: Moments, in: query}
  token: {type: string, in: query, idempotency_token: true}
  more: {type: TextMap, in: query-map}
  others: {type: TextsMap, in: query-map}
""",
        "/queries?fixed=a&flag",
    ),
    "Labels": operation(
        "Labels",
        """\
input:
  real: {type: double, in: path, required: true}
  yes: {type: boolean, in: path, required: true}
  at: {type: timestamp, in: path, required: true}
  rest: {type: string, in: path, required: true}
""",
        "/l/{real}/{yes}/{at}/(a+)+/{rest+}",
    ),
    "Maps": operation(
        "Maps",
        """\
input:
  own: {type: string, in: header, wire: X-Meta-Own}
  meta: {type: TextMap, in: header-map, wire: X-Meta-}
output:
  own: {type: string, in: header, wire: X-Meta-Own}
  meta: {type: TextMap, in: header-map, wire: X-Meta-}
  status: {type: integer, in: status}
  body: {type: Point}
errors: [Slow]
""",
        "/maps",
    ),
    "AllHeaders": operation(
        "AllHeaders",
        """\
input:
  own: {type: string, in: header, wire: hello}
  every: {type: TextMap, in: header-map, wire: ''}
output:
  own: {type: string, in: header, wire: hello}
  every: {type: TextMap, in: header-map, wire: ''}
""",
        "/all",
    ),
    "Bytes": operation("Bytes", payload("blob"), "/bytes"),
    "Picture": operation(
        "Picture", payload("blob", ", media_type: image/png"), "/picture"
    ),
    "Text": operation("Text", payload("string"), "/text"),
    "Enumerated": operation("Enumerated", payload("Color"), "/enumerated"),
    "Structured": operation("Structured", payload("Point"), "/structured"),
    "Chosen": operation("Chosen", payload("Choice"), "/chosen"),
    "Listed": operation("Listed", payload("Texts"), "/listed"),
    "Mapped": operation("Mapped", payload("TextMap"), "/mapped"),
    "Document": operation(
        "Document", payload("document", ", required: true"), "/document"
    ),
    "Needed": operation("Needed", payload("blob", ", required: true"), "/needed"),
    "Body": operation("Body", "input: {a: {type: string}}\n", "/body"),
    "Nothing": operation("Nothing", "", "/nothing"),
    "Prefixed": operation("Prefixed", "host_prefix: data.\n", "/prefixed"),
    "Labelled": operation(
        "Labelled",
        """\
host_prefix: '{label}.{account}-x.'
input:
  label: {type: string, required: true, host_label: true}
  account: {type: string, required: true, in: host}
""",
        "/labelled",
    ),
}


def files(service: str) -> dict[str, str]:
    """All files of the service."""
    return {
        "service.yaml": SERVICE.format(id=service),
        "shapes.yaml": SHAPES,
        **{f"operations/{name}.yaml": text for name, text in OPERATIONS.items()},
    }
