"""A service as a whole: texts of its own file, routes of its operations, depth of its types."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from specwright.diagnostics import Diagnostic
from specwright.resolve import load_service
from specwright.resolve.bindings import RESERVED_HEADERS

Load = Callable[..., tuple[Any, list[Diagnostic]]]

SERVICE = {
    "specwright": "1",
    "service": "Things",
    "title": "Things",
    "version": "'1'",
    "protocols": "[rest-json]",
    "endpoint": "{prefix: things}",
}


def service(**keys: str) -> dict[str, str]:
    """The text of a service's file with some keys added or replaced."""
    return {
        "service.yaml": "".join(f"{k}: {v}\n" for k, v in {**SERVICE, **keys}.items())
    }


def codes(findings: list[Diagnostic]) -> list[str]:
    return [f.code for f in findings]


def nested(levels: int, inner: str) -> str:
    """So many lists in each other, the last of them of a type."""
    return "{type: list, item: " * levels + f"{{type: {inner}}}" + "}" * levels


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("title", '"a\\nb"'),
        ("title", '"a\\u202eb"'),
        ("abbreviation", '"a\\eb"'),
        ("uid", '"a\\x7f"'),
        ("service", '"Things\\n"'),
        ("version", '"1\\n"'),
        ("version", "1 2"),
        ("version", "'\u00fc'"),
        ("signing_name", "'a\"b'"),
        ("signing_name", '"a\\tb"'),
        ("target_prefix", '"a\\r\\nb"'),
        ("target_prefix", '"it\'s"'),
        ("endpoint", '{prefix: "a\\nb"}'),
    ],
)
def test_names_in_requests_and_code_hold_nothing_unseen(
    load: Load, key: str, value: str
) -> None:
    loaded, findings = load(files=service(**{key: value}))
    assert loaded is None
    assert codes(findings) == ["bad-value"]
    line = [*SERVICE, *({key} - set(SERVICE))].index(key) + 1
    assert findings[0].position.line == line
    assert findings[0].position.column > len(key)
    assert findings[0].hint


def test_usual_names_are_fine(load: Load) -> None:
    keys = {
        "title": "Things \u00fcber (2)",
        "version": "'2023-04-20'",
        "signing_name": "s3-object-lambda",
        "target_prefix": "AmazonThings_v2.Of20",
    }
    assert load(files=service(**keys))[1] == []


@pytest.mark.parametrize("name", sorted(RESERVED_HEADERS))
def test_a_reserved_header_is_read_and_not_written(load: Load, name: str) -> None:
    bound = f"{{a: {{type: string, in: header, wire: '{name}'}}}}"
    assert codes(load(f"input: {bound}")[1]) == ["reserved-header"]
    assert (
        load(files={"operations/Do.yaml": operation("Do", "/do", f"output: {bound}")})[
            1
        ]
        == []
    )


@pytest.mark.parametrize(
    ("prefix", "found"),
    [
        # Clients refuse single keys of a map of all headers.
        ("", []),
        ("X-Amz-", ["reserved-header"]),
        ("host", ["reserved-header"]),
        ("x-amz-meta-", []),
    ],
)
def test_no_key_of_a_header_map_makes_a_reserved_header(
    load: Load, prefix: str, found: list[str]
) -> None:
    pairs = "type: map, key: {type: string}, value: {type: string}"
    bound = f"{{a: {{{pairs}, in: header-map, wire: '{prefix}'}}}}"
    assert codes(load(f"input: {bound}")[1]) == found


def operation(name: str, path: str, more: str = "") -> str:
    return f"specwright: 1\noperation: {name}\nhttp: {{method: PUT, path: '{path}'}}\n{more}"


def test_a_length_can_be_bound(load: Load) -> None:
    bound = "{a: {type: long, in: header, wire: Content-Length}}"
    assert load(f"input: {bound}")[1] == []


@pytest.mark.parametrize("path", ["/a/../b", "/./a", "/a//b", "//a", "/..", "/a//"])
def test_a_path_has_no_part_that_clients_resolve(load: Load, path: str) -> None:
    _, findings = load(files={"operations/Do.yaml": operation("Do", path)})
    assert [(f.code, f.position.line) for f in findings] == [("bad-path", 3)]


@pytest.mark.parametrize("path", ["/", "/a/", "/a..b/.c", "/a?x=.."])
def test_other_dots_and_slashes_are_fine(load: Load, path: str) -> None:
    assert load(files={"operations/Do.yaml": operation("Do", path)})[1] == []


LABEL = "input: {%s: {type: string, in: path, required: true}%s}"


def routed(load: Load, first: str, second: str, more: str = "") -> list[Diagnostic]:
    """Findings of two operations with these paths, the second with more members."""
    files = {"operations/Do.yaml": operation("Do", first, LABEL % ("a", ""))}
    files["operations/Of.yaml"] = operation("Of", second, LABEL % ("b", more))
    loaded, findings = load(files=files)
    assert loaded is not None
    return list(findings)


def test_operations_with_one_path_are_told(load: Load) -> None:
    (finding,) = routed(load, "/x/{a}", "/x/{b}")
    assert (finding.code, finding.severity) == ("same-path", "warning")
    assert finding.position.file == "things/operations/Of.yaml"
    assert [p.file for p, _ in finding.related] == ["things/operations/Do.yaml"]


@pytest.mark.parametrize(
    ("second", "more"),
    [
        ("/x/{b}?list", ""),
        ("/x/{b+}", ""),
        ("/x/{b}", ", c: {type: string, in: query, required: true}"),
    ],
)
def test_operations_that_requests_tell_apart_are_fine(
    load: Load, second: str, more: str
) -> None:
    assert routed(load, "/x/{a}", second, more) == []


def test_paths_that_nobody_wrote_are_not_alike(load: Load) -> None:
    files = {
        f"operations/{name}.yaml": f"specwright: 1\noperation: {name}\n"
        for name in ("Do", "Of")
    }
    found = load(files=files)[1]
    assert {(f.code, f.message) for f in found} == {
        ("missing-key", "'http' is missing")
    }


def test_other_protocols_share_one_path(load: Load) -> None:
    files = service(protocols="[json]", json_version="'1.1'", target_prefix="T")
    files["operations/Do.yaml"] = operation("Do", "/")
    files["operations/Of.yaml"] = operation("Of", "/")
    assert load(files=files)[1] == []


@pytest.mark.parametrize(("levels", "found"), [(32, []), (33, ["too-deep 5:2"])])
def test_named_lists_are_nested_so_deep(
    load: Load, levels: int, found: list[str]
) -> None:
    shapes = [
        f" S{n:03}: " + nested(1, f"S{n - 1:03}" if n else "string")
        for n in reversed(range(levels))
    ]
    text = f"input: {{a: {{type: S{levels - 1:03}}}}}\nshapes:\n"
    _, findings = load(text + "\n".join(shapes) + "\n")
    assert [
        f"{f.code} {f.position.line - 1}:{f.position.column}" for f in findings
    ] == (found)


def test_a_deep_chain_is_told_once_and_not_followed_for_ever(load: Load) -> None:
    shapes = [
        f" S{n}: " + nested(1, f"S{n - 1}" if n else "string") for n in range(3000)
    ]
    text = "input: {a: {type: S2999}}\nshapes:\n"
    _, findings = load(text + "\n".join(shapes) + "\n")
    assert codes(findings) == ["too-deep"]


def test_lists_in_place_count_too(load: Load) -> None:
    shapes = (
        f"shapes: {{A: {nested(20, 'string')}, S: {{type: structure, members: {{}}}}}}"
    )
    assert (
        load(f"input: {{a: {nested(12, 'A')}}}\n{shapes}\noutput: {{s: {{type: S}}}}")[
            1
        ]
        == []
    )
    _, findings = load(
        f"input: {{a: {nested(13, 'A')}}}\n{shapes}\noutput: {{s: {{type: S}}}}"
    )
    assert codes(findings) == ["too-deep"]
    assert (findings[0].position.line, findings[0].position.column) == (4, 9)


def test_operations_is_a_folder(load: Load, tmp_path: Path) -> None:
    _, findings = load(files={"operations/Do.yaml": None})
    assert "not-a-folder" not in codes(findings)
    folder = tmp_path / "things" / "operations"
    folder.rmdir()
    folder.write_text("x", "utf-8")
    loaded, findings = load_service(folder.parent, "things")
    assert loaded is None
    assert [(f.code, f.position.file) for f in findings] == [
        ("not-a-folder", "things/operations")
    ]
