"""Specs of a few lines, each with one thing that is hard to generate.

A fragment is operations/Do.yaml, unless a line ``--- path`` begins another file. Names are
those of packages.
"""

SENTINEL = "__import__('builtins').setattr(__import__('sys'), 'pwned', True)"

# Each would run, or break the module, if it were pasted into code as it stands.
HOSTILE_TEXTS = [
    SENTINEL,
    f'"""\n{SENTINEL}\n"""',
    f"'''\n{SENTINEL}\n'''",
    f'"\n{SENTINEL}\n"',
    f"\\\n{SENTINEL}",
    f'\\"""{SENTINEL}',
    "ends with a backslash \\",
    'ends with a quote "',
    f"{{{{ {SENTINEL} }}}}",
    "{% include '/etc/passwd' %}",
    f"{{{SENTINEL}}}",
    "../../escape/*.py",
    "C:\\new\\table",
    "# coding: utf-7",
    "\u202egnp.exe \u200b\u2066",
    "\u0430dmin ﬁne \u2028 next",
]


def quoted(text: str) -> str:
    """Text as a YAML scalar in double quotes."""
    plain = "".join(
        c if " " <= c < "\x7f" and c not in '"\\' else f"\\U{ord(c):08X}" for c in text
    )
    return f'"{plain}"'


def hostile(text: str) -> str:
    """A spec in which everything that may be any text is one."""
    q = quoted(text)
    name = quoted(f"n {text}") if text.isprintable() else "name"
    # What is left of it where a spec may hold one line only, or no spaces and quotes.
    title = quoted("".join(c if c.isprintable() else " " for c in text))
    token = quoted(
        "".join(c for c in text if "!" <= c <= "~" and c not in "\"'\\`") or "1"
    )
    source = f"{{format: {q}, page: {q}, version: {q}}}"
    return f"""
doc: {q}
deprecated: {q}
sources: {{a: {source}, b: {source}}}
from: {{default: a}}
input:
  plain: {{type: string, doc: {q}, deprecated: {q}, length: [1, 9], from: b}}
  choice: {{type: string, enum: [{q}, other], doc: {q}}}
  kind: {{type: Kind}}
  {name}: {{type: string}}
  wired: {{type: string, wire: {q}}}
output:
  nested: {{type: structure, members: {{a: {{type: Kind, doc: {q}}}}}, doc: {q}}}
  token: {{type: string}}
errors: [Bad]
shapes:
  Kind: {{type: string, enum: [{q}], doc: {q}}}
  Bad: {{type: structure, doc: {q}, error: {{fault: client, status: 400, code: {q}}},
        members: {{reason: {{type: string, doc: {q}}}}}}}
--- service.yaml
specwright: 1
service: Things
title: {title}
version: {token}
doc: {q}
protocols: [json]
json_version: '1.1'
target_prefix: {token}
signing_name: {token}
endpoint: {{prefix: things}}
"""


MEMBER_NAMES = [
    "class", "import", "None", "True", "self", "lambda", "match", "print",
    "__init__", "__class__", "__slots__", "__schema__", "__dict__", "_metadata",
    "from_dict", "fromDict", "to_dict", "violations", "validate", "replace",
    "kind", "value", "unknown", "response_metadata", "responseMetadata",
    "code", "message", "Message", "MESSAGE", "status", "fault", "retryable", "requestId", "args",
    "str", "int", "bool", "float", "bytes", "datetime", "super", "overload", "object", "property",
    "type", "list", "dict", "id", "operations", "annotations", "structure", "literal",
    "S3Uri", "s3uri", "s3_uri", "fooBar", "foo_bar", "FooBar", "foo-bar", "foo.bar", "foo bar",
    "9lives", "99", "café", "naïve", "Ωmega", "日本", "🎈", "a\u0301", "\u0430dmin", "admin", "-", "--",
    "x" * 200, "{{x}}", "x'y", 'x"y', "x\\y", "/", "..", "#", "@type", "$ref", "aws:arn", "*",
]  # fmt: skip


def members(kinds: tuple[str, ...] = ("string",)) -> str:
    """Every difficult name as a member, of alternating types."""
    lines = [
        f"  {quoted(name)}: {{type: {kinds[at % len(kinds)]}}}"
        for at, name in enumerate(MEMBER_NAMES)
    ]
    return "\n".join(lines)


KINDS = ("string", "integer", "timestamp", "blob", "boolean", "double", "Choice")

SHAPE_NAMES = [
    "List", "Structure", "Union", "Sequence", "Mapping", "Literal", "None", "True", "Exception",
    "Str", "Int", "Datetime", "Client", "AsyncClient", "ThingsClient", "AsyncThingsClient",
    "ThingsError", "ServiceError", "Operation", "Operations", "Request", "Response", "SPEC", "SERVICE",
    "OPERATIONS", "DO", "DoRequest", "DoResponse", "Status", "Path", "Body", "Enum", "Ref", "Spec",
    "Http", "HttpRequest", "Credentials", "UnknownValue", "JsonValue", "TypeAlias", "TYPE_CHECKING",
    "Pattern", "PaginatedRequest", "__class__", "_Private", "lower", "Lower", "foo_bar", "FooBar",
    "Foo_Bar", "structure_", "Ok2", "A", "a_", "shapes", "errors", "Never", "Self",
]  # fmt: skip


def shapes() -> str:
    """Every difficult name as a structure or an enum, used by both messages and an error."""
    use = "\n".join(f"  m{i}: {{ref: '{n}'}}" for i, n in enumerate(SHAPE_NAMES))
    made = "\n".join(
        (
            f"  '{name}': {{type: structure, members: {{it: {{ref: '{other}'}}}}}}"
            if at % 2
            else f"  '{name}': {{type: string, enum: [x, y]}}"
        )
        for at, (name, other) in enumerate(
            zip(SHAPE_NAMES, [*SHAPE_NAMES[1:], SHAPE_NAMES[0]], strict=True)
        )
    )
    error = use.replace("  m", "      m")
    return f"""
input:
{use}
output:
{use}
errors: [Failed]
--- shapes.yaml
shapes:
{made}
  Failed:
    type: structure
    error: {{fault: server}}
    members:
{error}
"""


OPERATION_NAMES = [
    "Sign", "Send", "Close", "Import", "Http", "Class", "Prepare", "Parse", "Paginate", "Region",
    "WithOptions", "EndpointUrl", "Operations", "Service", "Spec", "Type_Checking", "Int", "Str",
    "Datetime", "Async", "Await", "GetThing", "Get_Thing", "get_things", "GetThings2", "__init__",
    "_private", "X", "Shared", "Paginated", "Self", "Annotations", "Errors", "Shapes", "Client",
    "Property", "Float", "Bool", "Bytes", "Match", "Structure", "SPECS", "O" + "x" * 120,
]  # fmt: skip


def operations() -> str:
    """Every difficult name as an operation with a structure of its own."""
    return "\n".join(f"""--- operations/{name}.yaml
input:
  at: {{type: timestamp}}
  size: {{type: integer}}
  inner: {{type: structure, members: {{note: {{type: string}}}}}}
output:
  ok: {{type: boolean}}""" for name in OPERATION_NAMES)


FRAGMENTS = {
    **{f"hostile_{at}": hostile(text) for at, text in enumerate(HOSTILE_TEXTS)},
    "member_names": f"""
input:
{members(KINDS)}
output:
{members(KINDS)}
errors: [Failed]
shapes:
  Choice: {{type: string, enum: [a, b]}}
  Failed:
    type: structure
    error: {{fault: client, status: 409, retryable: true}}
    members:
{members(KINDS).replace("  ", "      ")}
""",
    "union_members": f"""
input:
  one: {{type: Several}}
shapes:
  Choice: {{type: string, enum: [a, b]}}
  Several:
    type: union
    members:
{members(KINDS).replace("  ", "      ")}
""",
    "shape_names": shapes(),
    "operation_names": operations(),
    "nothing": "",
    "unions": """
input:
  one: {type: One}
  two: {type: Two}
  nested: {type: union, members: {a: {type: structure, members: {}}, b: {type: Two}}}
shapes:
  One: {type: union, members: {only: {type: string}}}
  Two: {type: union, members: {left: {type: integer}, right: {type: list, item: {type: Two}}}}
""",
    "recursion": """
input:
  tree: {type: Tree, required: true}
output:
  tree: {type: Tree}
shapes:
  Tree:
    type: structure
    members:
      label: {type: string, required: true}
      children: {type: list, item: {type: Tree}}
      by_name: {type: map, key: {type: string}, value: {type: Leaf}}
  Leaf: {type: structure, members: {back: {type: Tree}}}
""",
    "containers": """
input:
  sparse_list: {type: list, item: {type: integer}, sparse: true}
  sparse_of_lists: {type: list, sparse: true, item: {type: list, item: {type: string}}}
  sparse_map: {type: map, sparse: true, key: {type: string}, value: {type: timestamp}}
  deep:
    type: map
    key: {type: string, length: [1, 3]}
    value: {type: map, key: {type: Colour}, value: {type: list, item: {type: Point}}}
  sparse_of_maps:
    type: map
    sparse: true
    key: {type: string}
    value: {type: map, key: {type: string}, value: {type: Point}}
  points: {type: list, item: {type: structure, members: {x: {type: double, required: true}}}}
  colours: {type: list, item: {type: string, enum: [red, green]}, unique: true, length: [null, 2]}
  raw: {type: blob, length: [1, 4]}
  any: {type: document, required: true}
  token: {type: string, idempotency_token: true, required: true}
  secret: {type: map, key: {type: string}, value: {type: string, sensitive: true}}
  byte: {type: byte, range: [-3, 3]}
  ratio: {type: float, range: [0.25, null]}
  huge: {type: bigInteger, range: [null, 1000000000000000000000000]}
shapes:
  Colour: {type: string, enum: [red, green]}
  Point: {type: structure, members: {x: {type: integer}, y: {type: integer}}}
""",
    "wires": """
http: {method: POST, path: "/things/{thing.id}/{rest+}", status: 201}
input:
  thing.id: {type: string, in: path, required: true}
  rest: {type: string, in: path, required: true}
  tags: {type: list, item: {type: string}, in: query, wire: tag}
  etag: {type: string, in: header, wire: If-Match}
  since: {type: timestamp, in: query, wire: "since[at]"}
  note: {type: string, wire: "no te"}
output:
  code: {type: integer, in: status}
  etag: {type: string, in: header, wire: ETag}
  note: {type: string, wire: "no te"}
""",
    "places": """
http: {method: PUT, path: "/places/{key+}?fixed"}
host_prefix: "{account}.api."
input:
  key: {type: string, in: path, required: true}
  account: {type: string, in: header, wire: X-Account, host_label: true, required: true}
  rest: {type: map, key: {type: string}, value: {type: list, item: {type: string}}, in: query-map}
  names: {type: list, item: {type: Color}, in: header, wire: X-Names}
  meta: {type: map, key: {type: string}, value: {type: string}, in: header-map, wire: X-Meta-}
  any: {type: string, json_value: true, in: header, wire: X-Any}
  media: {type: string, media_type: text/csv, in: header, wire: X-Media}
  token: {type: string, in: query, idempotency_token: true}
  place: {type: Place, in: payload}
output:
  code: {type: integer, in: status}
  any: {type: string, json_value: true, in: header, wire: X-Any}
  dates: {type: list, item: {type: timestamp}, in: header, wire: X-Dates}
  meta: {type: map, key: {type: string}, value: {type: string}, in: header-map, wire: X-Meta-}
  data: {type: blob, media_type: image/png, in: payload}
errors: [Late]
shapes:
  Color: {type: string, enum: [red, green]}
  Place: {type: structure, members: {line: {type: integer}}}
  Late: {type: structure, error: {fault: server}, members: {wait: {type: integer, in: header, wire: X-Wait}}}
--- operations/Inside.yaml
host_prefix: "{zone}."
input: {zone: {type: string, in: host, required: true}, kind: {type: Kind, in: payload}}
output: {kind: {type: document, in: payload, required: true}}
shapes:
  Kind: {type: union, members: {a: {type: string}, b: {type: integer}}}
--- service.yaml
specwright: 1
service: Things
title: Things
version: '1'
protocols: [rest-json]
endpoint: {prefix: things}
headers: {Accept: application/json, "X-Quoted": "it's \\"so\\""}
""",
    "errors_only": """
errors: [Bare, Sized]
shapes:
  Bare: {type: structure, error: {fault: server, status: 503}, members: {}}
  Sized:
    type: structure
    error: {fault: client, code: things.Sized}
    members:
      Message: {type: string}
      message: {type: string}
      size: {type: integer, required: true}
      where: {type: Place}
  Place: {type: structure, members: {line: {type: integer}}}
""",
    "pages": """
input: {next: {type: string}, size: {type: integer}}
output:
  next: {type: string}
  rows: {type: list, item: {type: map, key: {type: string}, value: {type: Row}}}
pagination: {input_token: next, output_token: next, limit: size, items: rows}
shapes:
  Row: {type: structure, members: {cells: {type: list, item: {type: string}}}}
--- operations/NoItems.yaml
input: {next: {type: string}}
output: {next: {type: string}}
pagination: {input_token: next, output_token: next}
""",
    "inline": """
input:
  a: {type: structure, members: {b: {type: structure, members: {c: {type: string, enum: [x]}}}}}
  list: {type: list, item: {type: structure, members: {v: {type: string, enum: [y]}}}}
  DoRequestA: {type: DoRequestA}
output:
  a: {type: structure, members: {b: {type: integer}}}
shapes:
  DoRequestA: {type: structure, members: {z: {type: structure, members: {b: {type: string}}}}}
""",
    "shared_input": """
input: {ref: Common}
output: {ref: Common}
--- shapes.yaml
shapes:
  Common: {type: structure, members: {a: {type: string}, again: {type: Common}, in: {type: structure, members: {}}}}
""",
    "long_names": f"""
input:
  {"veryLongMemberName" * 6}: {{type: {"VeryLongShapeName" * 6}}}
  {"longMember" * 7}: {{type: list, item: {{type: {"VeryLongShapeName" * 5}}}}}
  {"mapMember" * 4}:
    type: map
    key: {{type: string}}
    value: {{type: list, item: {{type: {"VeryLongShapeName" * 4}}}}}
shapes:
  {"VeryLongShapeName" * 6}: {{type: string, enum: [{"a" * 90}, {"b" * 90}]}}
  {"VeryLongShapeName" * 5}: {{type: structure, members: {{}}}}
  {"VeryLongShapeName" * 4}: {{type: union, members: {{{"c" * 80}: {{type: string}}}}}}
""",
}
