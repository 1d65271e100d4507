"""Folders to services: what is read, what is missing, and names that are there twice."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from specwright.diagnostics import Diagnostic
from specwright.model import Bounds, Endpoint, Http, Member, Pagination, Shape
from specwright.resolve import load_service, load_services

Load = Callable[..., tuple[Any, list[Diagnostic]]]

SERVICE = (
    "specwright: 1\nservice: {id}\ntitle: T\nversion: '1'\nprotocols: [rest-json]\n"
    "endpoint: {{prefix: things}}\n"
)
DO = "specwright: 1\noperation: {name}\nhttp: {{method: POST, path: /}}\n"


def told(findings: list[Diagnostic]) -> list[str]:
    return [str(finding).replace("\n", "") for finding in findings]


def write(root: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def test_an_operation_becomes_a_model(load: Load) -> None:
    text = """\
specwright: 1
operation: Do
doc: Do it.
http: {method: PUT, path: '/a/{id}/{rest+}?list-type=2&acl', status: 201}
input:
  id: {type: string, required: true, in: path}
  rest: {type: string, required: true, in: path}
  size: {type: Size, in: query, wire: max-size, range: [2, null]}
output: {next: {type: string}, names: {type: list, unique: true, sparse: true, item: {type: string}}}
errors: [Bad]
pagination: {input_token: rest, output_token: next, items: names, limit: size}
shapes:
  Size: {type: integer, range: [1, 9]}
  Bad: {type: structure, error: {fault: server, status: 503, retryable: true, code: B}, members: {}}
"""
    service, findings = load(files={"operations/Do.yaml": text})
    assert findings == []
    operation = service.operations["Do"]
    assert operation.http == Http(
        "PUT", "/a/{id}/{rest+}", 201, (("list-type", "2"), ("acl", None))
    )
    assert operation.file == "operations/Do.yaml"
    assert operation.doc == "Do it."
    assert operation.errors == ("Bad",)
    assert operation.pagination == Pagination(("rest",), ("next",), ("names",), "size")
    identifier, rest, size = operation.input.members
    assert identifier == Member(
        "id", Shape("string", file="operations/Do.yaml"), "id", "path", required=True
    )
    assert (identifier.greedy, rest.greedy) == (False, True)
    assert (size.target, size.wire, size.location) == ("Size", "max-size", "query")
    assert service.constraints(size).range == Bounds(2, None)
    assert service.shapes["Size"].constraints.range == Bounds(1, 9)
    names = operation.output.members[1]
    assert service.constraints(names).unique
    assert service.target(names).sparse
    assert service.shapes["Bad"].error.code == "B"
    assert service.shapes["Bad"].error.retryable


def test_a_service_has_what_its_file_says(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "runtime/service.yaml": "specwright: 1\nservice: Thing Runtime\ntitle: Things\n"
            "version: '2024-01-01'\nprotocols: [json, rpc-v2-cbor]\njson_version: '1.0'\n"
            "target_prefix: Things_2\nendpoint: {prefix: runtime.things}\ndoc: All things.\n",
        },
    )
    service, findings = load_service(tmp_path / "runtime")
    assert findings == []
    assert service is not None
    assert (service.id, service.folder, service.version) == (
        "Thing Runtime",
        "runtime",
        "2024-01-01",
    )
    assert (service.protocol, service.protocols) == ("json", ("json", "rpc-v2-cbor"))
    assert (service.json_version, service.target_prefix) == ("1.0", "Things_2")
    assert service.endpoint == Endpoint("runtime.things")
    assert service.signing_name == "runtime.things"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("protocols: [soap]\nendpoint: {prefix: x}", "bad-value 5:13"),
        ("protocols: [rest-jsn]\nendpoint: {prefix: x}", "bad-value 5:13"),
        ("protocols: []\nendpoint: {prefix: x}", "bad-value 5:12"),
        (
            "protocols: [json]\nendpoint: {prefix: x}",
            "missing-key 5:13,missing-key 5:13",
        ),
        ("protocols: [query, query]\nendpoint: {prefix: x}", "duplicate-protocol 5:20"),
        ("protocols: [query]", "missing-key 1:1"),
        ("protocols: [query]\nendpoint: {rules: r}", "missing-key 6:1"),
        ("protocols: [query]\nendpoint: {prefix: 'x y'}", "bad-value 6:20"),
        ("protocols: [query]\nendpoint: {}", "missing-key 6:1,bad-value 6:11"),
    ],
)
def test_a_service_says_what_its_protocols_need(
    load: Load, text: str, expected: str
) -> None:
    head = "specwright: 1\nservice: Things\ntitle: T\nversion: '1'\n"
    service, findings = load(files={"service.yaml": head + text})
    assert service is None
    assert (
        ",".join(f"{f.code} {f.position.line}:{f.position.column}" for f in findings)
        == expected
    )


def test_two_definitions_of_a_shape_are_both_cited(load: Load) -> None:
    shapes = "specwright: 1\nshapes:\n  A: {type: string}\n"
    _, findings = load(
        "input: {a: {type: A}}\nshapes: {A: {type: long}}", {"shapes.yaml": shapes}
    )
    assert told(findings) == [
        (
            "things/operations/Do.yaml:5:10: error[duplicate-shape]: the shape 'A' is defined here a "
            "second time  things/shapes.yaml:3:3: 'A' is defined here too"
            "  hint: keep one of them; what several operations use stands in shapes.yaml"
        )
    ]


def test_two_operations_of_one_name_are_both_cited(load: Load) -> None:
    _, findings = load(files={"operations/Again.yaml": DO.format(name="Do")})
    assert [f.code for f in findings] == ["operation-file-name", "duplicate-operation"]
    assert told(findings)[1].startswith(
        "things/operations/Do.yaml:2:12: error[duplicate-operation]: 'Do' is defined twice: another "
        "file has the same name  things/operations/Again.yaml:2:12: 'Do' is defined here"
    )


def test_operations_whose_names_differ_in_case_alone_are_refused(load: Load) -> None:
    _, findings = load(files={"operations/DO.yaml": DO.format(name="DO")})
    assert [f.code for f in findings] == ["duplicate-operation"]
    assert "the name 'DO'" in findings[0].message


def test_an_operation_stands_in_a_file_of_its_name(load: Load) -> None:
    _, findings = load(files={"operations/Do.yaml": DO.format(name="Undo")})
    assert told(findings) == [
        (
            "things/operations/Do.yaml:2:12: error[operation-file-name]: the operation 'Undo' stands in a "
            "file for 'Do'  hint: call the file Undo.yaml, or the operation 'Do'"
        )
    ]


def test_files_of_the_wrong_kind_are_told(load: Load) -> None:
    operation = DO.format(name="Do")
    _, findings = load(
        files={
            "shapes.yaml": operation,
            "service.yaml": "specwright: 1\nshapes: {}\n",
            "operations/Do.yaml": "specwright: 1\n",
            "Extra.yaml": "x",
            "operations/Get.yml": "x",
            "operations/notes.txt": "x",
            "operations/.hidden.yaml": "x",
            "operations/deeper/Do.yaml": "x",
        }
    )
    assert [
        (f.position.file.removeprefix("things/"), f.code, f.severity) for f in findings
    ] == [
        ("Extra.yaml", "unexpected-file", "warning"),
        ("operations/Do.yaml", "missing-key", "error"),
        ("operations/Get.yml", "unexpected-file", "warning"),
        ("service.yaml", "wrong-file", "error"),
        ("shapes.yaml", "wrong-file", "error"),
    ]


def test_a_service_without_its_file_is_told_with_all_the_rest(load: Load) -> None:
    service, findings = load("input: {a: {type: B}}", {"service.yaml": None})
    assert service is None
    assert [f.code for f in findings] == ["unknown-shape", "missing-file"]


def test_a_folder_of_services_is_read_in_one_order(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "b/service.yaml": SERVICE.format(id="Bee"),
            "a/service.yaml": SERVICE.format(id="Ant"),
            "notes/readme.txt": "x",
            ".git/service.yaml": SERVICE.format(id="Git"),
            "c/service.yaml": "specwright: 1\n",
        },
    )
    services, findings = load_services(tmp_path)
    assert [service.id for service in services] == ["Ant", "Bee"]
    assert {f.position.file for f in findings} == {
        (tmp_path / "c" / "service.yaml").as_posix()
    }
    (alone,), _ = load_services(tmp_path / "b")
    assert (alone.id, alone.folder) == ("Bee", "b")


def test_progress_is_told_for_each_folder(tmp_path: Path) -> None:
    write(
        tmp_path, {f"{f}/service.yaml": SERVICE.format(id=f) for f in ("a", "b", "c")}
    )
    told: list[tuple[str, int, int]] = []
    load_services(tmp_path, lambda *step: told.append(step))
    assert told == [("reading", 1, 3), ("reading", 2, 3), ("reading", 3, 3)]


def test_two_services_of_one_id_are_refused(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            f"{f}/service.yaml": SERVICE.format(id=i)
            for f, i in [("a", "X"), ("b", "x")]
        },
    )
    services, (finding,) = load_services(tmp_path)
    assert [service.folder for service in services] == ["a"]
    assert finding.code == "duplicate-service"
    assert finding.position.file.endswith("b/service.yaml")
    assert finding.related[0][0].file.endswith("a/service.yaml")


def test_two_services_of_one_id_in_packages_of_their_own(tmp_path: Path) -> None:
    text = SERVICE.format(id="X")
    write(
        tmp_path,
        {"a/service.yaml": text, "b/service.yaml": f"{text}package: other\n"},
    )
    services, found = load_services(tmp_path)
    assert not found
    assert [(s.folder, s.id, s.package) for s in services] == [
        ("a", "X", None),
        ("b", "X", "other"),
    ]


@pytest.mark.parametrize("package", ["", "Other", "a-b", "1a", "a/b", "..", "é"])
def test_packages_that_are_no_names(tmp_path: Path, package: str) -> None:
    text = SERVICE.format(id="X")
    write(tmp_path, {"a/service.yaml": f"{text}package: '{package}'\n"})
    services, found = load_services(tmp_path)
    assert not services
    assert [d.position.line for d in found] == [len(text.splitlines()) + 1]


def test_what_is_no_folder_of_services_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    codes = [
        load_services(tmp_path / name)[1][0].code for name in ("file", "none", ".")
    ]
    assert codes == ["not-a-folder", "not-a-folder", "no-service"]


def test_the_current_folder_has_no_name_in_findings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"things/service.yaml": "x: 1\n"})
    monkeypatch.chdir(tmp_path / "things")
    assert {f.position.file for f in load_services(Path())[1]} == {"service.yaml"}
    monkeypatch.chdir(tmp_path)
    assert {f.position.file for f in load_services(Path())[1]} == {
        "things/service.yaml"
    }


def test_facts_come_from_the_nearest_source_that_is_named(load: Load) -> None:
    service, findings = load("""\
sources: {page: {format: dart, page: do}, model: {format: botocore, version: '1'}}
from: {default: page, range: model, output: model}
input:
  a: {type: string, required: true, length: [1, 2], enum: [x]}
  b: {type: integer, range: [1, 2]}
  c: {type: integer, range: [1, 2], from: page}
  d: {type: string, length: [1, 2], required: true, from: {length: hand}, because: Tried it.}
  e: {type: list, unique: true, item: {type: S}, from: {unique: model}}
  u: {type: U}
output: {f: {type: string, pattern: x, match: full}}
shapes:
  S: {type: string, length: [1, 2], pattern: x, match: full, from: {pattern: model}}
  U: {type: union, members: {a: {type: string}}}
""")
    assert findings == []
    operation = service.operations["Do"]
    sources = {
        m.name: dict(service.constraints(m).sources) for m in operation.input.members
    }
    assert sources == {
        "a": {"length": "dart do", "enum": "dart do", "required": "dart do"},
        "b": {"range": "botocore 1"},
        "c": {"range": "dart do"},
        "d": {"length": "hand: Tried it.", "required": "dart do"},
        "e": {"unique": "botocore 1"},
        "u": {"union": "dart do"},
    }
    (result,) = operation.output.members
    assert service.constraints(result).sources == {"pattern": "botocore 1"}
    assert service.shapes["S"].constraints.sources == {
        "length": "dart do",
        "pattern": "botocore 1",
    }


def test_a_member_overrides_the_source_of_its_shape(load: Load) -> None:
    service, _ = load(
        "sources: {a: {format: A}, b: {format: B}}\n"
        "input: {m: {type: S, length: [2, 3], from: a}}\n"
        "shapes: {S: {type: string, length: [1, 9], enum: [xx], from: b}}\n"
    )
    (member,) = service.operations["Do"].input.members
    assert service.constraints(member).sources == {"length": "A", "enum": "B"}
    assert service.constraints(member).length == Bounds(2, 3)
