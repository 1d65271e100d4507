"""What ``ingest`` says and leaves alone: prose, decisions by hand, bad pages, unknown words."""

import json
import random
from pathlib import Path
from typing import Any

import pytest
from tests.accuracy.invented import boto3_page, invented
from tests.accuracy.printing import JsPage
from tests.accuracy.printing_api import ApiPage

from specwright.cli.main import main
from specwright.document import format_spec, read_document

OPERATION = invented(44, "rest-json")
SPEC = f"house_keeping/operations/{OPERATION.name}.yaml"
JS = str(JsPage(OPERATION, random.Random(44)))
API = str(ApiPage(OPERATION, random.Random(44), "bare"))


def ingest(root: Path, pages: dict[str, str | bytes], *arguments: object) -> int:
    paths = []
    for name, content in pages.items():
        paths.append(root / name)
        paths[-1].write_bytes(
            content if isinstance(content, bytes) else content.encode()
        )
    return main(
        ["ingest", *map(str, paths), "--service", "House Keeping", *map(str, arguments)]
    )


def spec(root: Path) -> dict[str, Any]:
    document, _ = read_document(root / SPEC)
    assert document is not None
    return dict(document.data)


def docs_in(value: object) -> list[object]:
    if isinstance(value, dict):
        own = [value["doc"]] if isinstance(value.get("doc"), str) else []
        return own + [doc for inner in value.values() for doc in docs_in(inner)]
    return []


def test_prose_is_written_when_it_is_asked_for(tmp_path: Path):
    pages = {"api.txt": API, "js.txt": JS}
    assert ingest(tmp_path, pages, "--into", tmp_path / "plain") == 0
    assert not docs_in(spec(tmp_path / "plain"))
    assert ingest(tmp_path, pages, "--into", tmp_path / "told", "--docs") == 0
    assert docs_in(spec(tmp_path / "told"))


def test_prose_by_hand_stays_when_pages_bring_their_own(tmp_path: Path):
    root = tmp_path / "specs"
    assert ingest(tmp_path, {"api.txt": API}, "--into", root) == 0
    written = spec(root)
    first, second = list(written["input"])[:2]
    written["doc"] = "Mine."
    written["input"][first]["doc"] = "Mine too."
    (root / SPEC).write_text(format_spec(written))
    assert ingest(tmp_path, {"api.txt": API}, "--into", root, "--docs") == 0
    after = spec(root)
    assert after["doc"] == "Mine."
    assert after["input"][first]["doc"] == "Mine too."
    assert after["input"][second].get("doc") != "Mine too."


def test_a_contradiction_names_both_places_and_what_each_says(
    tmp_path: Path, capsys: Any
):
    name, shape = next(
        (n, m)
        for n, m in OPERATION.input_shape.members.items()
        if m.type_name == "string" and m.enum
    )
    first = shape.enum[0]
    rst = boto3_page(OPERATION)
    assert f"'{first}'" in rst
    pages = {"rst.txt": rst.replace(f"'{first}'", "'Odd'", 1), "js.txt": JS}
    assert ingest(tmp_path, pages, "--into", tmp_path / "js") == 0
    err = capsys.readouterr().err
    assert "warning[contradiction]" in err
    assert f"/input/{name}" in err
    assert "rst.txt:" in err
    assert "js.txt:" in err
    assert "Odd" in err
    assert spec(tmp_path / "js")["input"][name]["enum"] == list(
        dict.fromkeys(shape.enum)
    )
    assert (
        ingest(tmp_path, pages, "--into", tmp_path / "rst", "--prefer", "boto3-rst")
        == 0
    )
    assert spec(tmp_path / "rst")["input"][name]["enum"][0] == "Odd"


def test_what_is_by_hand_is_not_even_a_contradiction(tmp_path: Path, capsys: Any):
    root = tmp_path / "specs"
    assert ingest(tmp_path, {"js.txt": JS}, "--into", root) == 0
    written = spec(root)
    name = next(n for n, m in written["input"].items() if m["type"] == "integer")
    written["input"][name] |= {
        "range": [7, 9],
        "from": {"range": "hand"},
        "because": "The service refuses more.",
    }
    (root / SPEC).write_text(format_spec(written))
    capsys.readouterr()
    assert ingest(tmp_path, {"api.txt": API, "js.txt": JS}, "--into", root) == 0
    member = spec(root)["input"][name]
    assert member["range"] == [7, 9]
    assert member["because"] == "The service refuses more."
    assert f"/input/{name}" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty-page"),
        (b" \n\n", "empty-page"),
        (b"Dear Sir, this is a letter.", "unknown-format"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "unreadable-page"),
        (bytes(range(1, 256)) * 40, "unreadable-page"),
        (
            (JS + "\n" + JS.replace(OPERATION.name, "OtherThing")).encode(),
            "two-operations",
        ),
        ((API + "\n" + API).encode(), "two-operations"),
        (
            JS[: JS.index("const command")].rstrip().removesuffix("};").encode(),
            "cut-short",
        ),
    ],
)
def test_a_bad_page_is_named_and_the_good_one_is_printed(
    tmp_path: Path, capsys: Any, content: bytes, code: str
):
    good = boto3_page(invented(9))
    assert ingest(tmp_path, {"bad.txt": content, "good.txt": good}, "--facts") == 1
    out, err = capsys.readouterr()
    assert [Path(one["page"]).name for one in json.loads(out)] == ["good.txt"]
    assert f"error[{code}]" in err
    assert "bad.txt" in err


def test_lines_that_no_rule_understands_are_told(tmp_path: Path, capsys: Any):
    number = next(
        n for n, line in enumerate(JS.split("\n"), 1) if 'Number("int")' in line
    )
    odd = JS.replace('Number("int")', "Quux(1)", 1)
    assert ingest(tmp_path, {"js.txt": odd}, "--into", tmp_path / "specs") == 0
    assert f"js.txt:{number}: no rule understood this line" in capsys.readouterr().out


def test_lint_says_which_page_has_what_is_missing(tmp_path: Path, capsys: Any):
    root = tmp_path / "specs"
    assert ingest(tmp_path, {"js.txt": JS}, "--into", root) == 0
    assert main(["lint", str(root)]) == 1
    err = capsys.readouterr().err
    assert "page of the API Reference or of Dart's aws_client" in err
    assert "--complete-from botocore" in err
