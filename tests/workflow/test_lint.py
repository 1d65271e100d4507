"""Lint: problems of specs, and what keeps operations from becoming clients."""

from dataclasses import replace
from pathlib import Path

import pytest

from specwright.resolve import load_service
from specwright.workflow.lint import lint, still_needed

SPECS = Path(__file__).parents[2] / "specs"
SERVICE = (
    "specwright: 1\nservice: Things\ntitle: T\nversion: '1'\n"
    "protocols: [{protocol}]\nendpoint: {endpoint}\nsigning_name: things\n"
)
HEAD = "specwright: 1\noperation: {name}\nhttp: {{method: POST, path: /{name}}}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "things" / "operations").mkdir(parents=True)
    write_service(tmp_path / "things")
    return tmp_path / "things"


def write_service(
    folder: Path, protocol: str = "rest-json", endpoint: str = "{prefix: t}"
) -> None:
    text = SERVICE.format(protocol=protocol, endpoint=endpoint)
    (folder / "service.yaml").write_text(text)


def write_operation(folder: Path, name: str, text: str = "") -> Path:
    path = folder / "operations" / f"{name}.yaml"
    path.write_text(HEAD.format(name=name) + text)
    return path


def needs(folder: Path, **changes: str) -> list[str]:
    service, _ = load_service(folder)
    assert service is not None
    service = replace(service, **changes)
    return [
        f"{f.position.file} {f.code}: {f.message}" for f in still_needed(service, "s")
    ]


def test_our_specs_are_free_of_findings() -> None:
    assert lint([SPECS]) == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("auth: [by-hand]\n", "authentication by by-hand"),
        (
            "output: {a: {type: blob, streaming: true}}\n",
            "streamed bodies",
        ),
        (
            "output: {a: {type: union, event_stream: true, members: {b: {type: string}}}}\n",
            "'b': an event that is no structure",
        ),
        (
            "output: {a: {type: list, item: {type: A}}}\nshapes: {A: {type: blob, streaming: true}}\n",
            "streamed bodies",
        ),
    ],
)
def test_what_clients_do_not_have_yet_is_told(
    folder: Path, text: str, what: str
) -> None:
    write_operation(folder, "Do", text)
    assert needs(folder) == [
        f"s/operations/Do.yaml not-generated-yet: 'Do' needs {what}, which clients don't have yet"
    ]


def test_an_unsupported_operation_is_told_with_its_reason_only(folder: Path) -> None:
    write_operation(folder, "Do", "unsupported: It streams.\nhost_prefix: data.\n")
    assert needs(folder) == [
        "s/operations/Do.yaml unsupported-operation: 'Do' is left out: It streams."
    ]


def test_protocols_and_endpoint_rules_are_told_at_the_service(folder: Path) -> None:
    write_service(folder, "query", "{rules: rule-set-1}")
    # Every protocol that specs can name is generated, so this one is made up.
    assert [line.split(":")[0] for line in needs(folder, protocol="mqtt")] == [
        "s/service.yaml not-generated-yet"
    ] * 2


@pytest.mark.parametrize("protocol", ["rest-xml", "query", "ec2", "rpc-v2-cbor"])
def test_what_is_generated_is_not_told(folder: Path, protocol: str) -> None:
    write_service(folder, "query", "{prefix: things}")
    write_operation(folder, "Do", "input: {a: {type: string}}\n")
    assert needs(folder, protocol=protocol) == []


def test_errors_and_needs_come_together_in_order(folder: Path) -> None:
    write_operation(folder, "Do", "auth: [by-hand]\nshapes: {A: {type: string}}\n")
    other = folder.parent / "other"
    (other / "operations").mkdir(parents=True)
    write_operation(other, "Get", "input: {a: {type: Nope}}\n")
    findings = lint([folder.parent])
    assert [
        (f.position.file.removeprefix(f"{folder.parent}/"), f.code) for f in findings
    ] == [
        ("other/operations/Get.yaml", "unknown-shape"),
        ("other/service.yaml", "missing-file"),
        ("things/operations/Do.yaml", "not-generated-yet"),
        ("things/operations/Do.yaml", "unused-shape"),
    ]


def test_a_path_twice_is_told_once(folder: Path) -> None:
    write_operation(folder, "Do", "input: {a: {type: Nope}}\n")
    assert len(lint([folder, folder])) == 1


def test_a_file_is_judged_among_the_others_and_told_alone(folder: Path) -> None:
    good = write_operation(
        folder, "Get", "input: {a: {type: A}}\nshapes: {A: {type: long}}\n"
    )
    bad = write_operation(folder, "Do", "input: {a: {type: A}, b: {type: Nope}}\n")
    assert lint([good]) == []
    assert [f.code for f in lint([bad])] == ["unknown-shape"]


def test_both_ends_of_a_conflict_are_told_for_either_file(folder: Path) -> None:
    shapes = "input: {a: {type: A}}\nshapes: {A: {type: long}}\n"
    paths = [write_operation(folder, name, shapes) for name in ("Do", "Get")]
    assert [[f.code for f in lint([path])] for path in paths] == [
        ["duplicate-shape"]
    ] * 2


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert [f.code for f in lint([tmp_path / "none"])] == ["not-a-folder"]
