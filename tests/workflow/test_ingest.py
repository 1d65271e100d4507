"""The command ``ingest``: pages in, specs out, and what is said on the way."""

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

OPERATION = invented(8, "rest-json")
NAME = OPERATION.name
SPEC = f"house_keeping/operations/{NAME}.yaml"


@pytest.fixture
def pages(tmp_path: Path) -> dict[str, Path]:
    """Pages of one operation in three formats."""
    texts = {
        "js": str(JsPage(OPERATION, random.Random(8))),
        "api": str(ApiPage(OPERATION, random.Random(8), "markdown")),
        "rst": boto3_page(OPERATION),
    }
    (tmp_path / "pages").mkdir()
    paths = {name: tmp_path / "pages" / f"{name}.txt" for name in texts}
    for name, path in paths.items():
        path.write_text(texts[name])
    return paths


def ingest(*arguments: object) -> int:
    return main(["ingest", *map(str, arguments)])


def spec(root: Path, path: str = SPEC) -> dict[str, Any]:
    document, _ = read_document(root / path)
    assert document is not None
    return dict(document.data)


def test_facts_are_one_object_a_page_and_nothing_else(
    pages: dict[str, Path], capsys: Any
):
    assert ingest(*pages.values(), "--facts") == 0
    told = json.loads(capsys.readouterr().out)
    assert [one["page"] for one in told] == [path.as_posix() for path in pages.values()]
    assert {one["operation"] for one in told} == {NAME}
    for one in told:
        assert isinstance(one["inferred"], list)
        assert all(pointer.startswith("/") for pointer in one["inferred"])


def test_a_bad_page_does_not_hide_the_others(
    pages: dict[str, Path], tmp_path: Path, capsys: Any
):
    bad = tmp_path / "pages" / "bad.txt"
    bad.write_text("This is a letter.")
    root = tmp_path / "specs"
    assert (
        ingest(bad, pages["js"], tmp_path / "none.txt", "--facts", "--into", root) == 1
    )
    out, err = capsys.readouterr()
    assert len(json.loads(out)) == 1
    assert "bad.txt:1:1: error[unknown-format]" in err
    assert "none.txt:1:1: error[unreadable-page]" in err
    assert (root / SPEC).is_file()


def test_nothing_is_written_for_an_operation_with_a_bad_page(
    pages: dict[str, Path], tmp_path: Path
):
    text = pages["js"].read_text()
    cut = text[: text.index("const command")].rstrip()
    pages["js"].write_text(cut.removesuffix("};"))
    root = tmp_path / "specs"
    assert (
        ingest(pages["js"], pages["api"], "--service", "House Keeping", "--into", root)
        == 1
    )
    assert not (root / SPEC).exists()


def test_pages_of_one_operation_become_one_spec(pages: dict[str, Path], tmp_path: Path):
    root = tmp_path / "specs"
    # The API Reference has its own title for the service; the JavaScript page has its id.
    assert (
        ingest(pages["js"], pages["api"], "--service", "House Keeping", "--into", root)
        == 0
    )
    written = spec(root)
    assert written["http"]["method"] == OPERATION.http["method"]
    assert list(written["input"]) == list(OPERATION.input_shape.members)
    formats = {source["format"] for source in written["sources"].values()}
    assert {"js-v3", "api-reference"} <= formats
    before = {path: path.read_bytes() for path in root.rglob("*.yaml")}
    assert (
        ingest(pages["api"], pages["js"], "--service", "House Keeping", "--into", root)
        == 0
    )
    assert {path: path.read_bytes() for path in root.rglob("*.yaml")} == before


def test_what_is_by_hand_stays(pages: dict[str, Path], tmp_path: Path):
    root = tmp_path / "specs"
    assert ingest(pages["js"], "--into", root) == 0
    written = spec(root)
    name = next(iter(written["input"]))
    member = written["input"][name]
    member |= {
        "doc": "My words.",
        "length": [3, 4],
        "from": {"length": "hand"},
        "because": "I know.",
    }
    (root / SPEC).write_text(format_spec(written))
    assert (
        ingest(pages["api"], pages["js"], "--service", "House Keeping", "--into", root)
        == 0
    )
    after = spec(root)["input"][name]
    assert after["doc"] == "My words."
    assert after["length"] == [3, 4]
    assert after["from"]["length"] == "hand"
    assert after["because"] == "I know."


def test_contradictions_show_both_sides_and_a_preference_settles_them(
    pages: dict[str, Path], tmp_path: Path, capsys: Any
):
    text = pages["js"].read_text()
    assert 'Number("int")' in text or "true || false" in text
    pages["js"].write_text(
        text.replace('Number("int")', "true || false", 1).replace(
            "true || false", '"ODD"', 1
        )
    )
    both = (pages["js"], pages["rst"], "--service", "House Keeping")
    assert ingest(*both, "--into", tmp_path / "one") == 0
    err = capsys.readouterr().err
    assert "warning[contradiction]" in err
    assert "js-v3" in err
    assert "boto3-rst" in err
    assert ingest(*both, "--into", tmp_path / "two", "--prefer", "boto3-rst") == 0
    assert (tmp_path / "one" / SPEC).read_text() != (
        tmp_path / "two" / SPEC
    ).read_text()


def test_a_page_without_a_service_needs_one(tmp_path: Path, capsys: Any):
    page = tmp_path / "page.txt"
    page.write_text(
        "listLamps method\nMay throw LampException.\nImplementation\n"
        "Future<ListLampsResponse> listLamps({\nrequired String nextToken,\nint? maxResults,\n}) async {\n"
        "_s.validateNumRange(\n'maxResults',\nmaxResults,\n1,\n1152921504606846976,\n);\n"
        "final response = await _protocol.send(\npayload: null,\nmethod: 'GET',\n"
        "requestUri: '/lamps/${Uri.encodeComponent(nextToken)}',\n);\n"
        "return ListLampsResponse.fromJson(response);\n}"
    )
    assert ingest(page, "--into", tmp_path / "specs") == 1
    assert "error[no-service-named]" in capsys.readouterr().err
    assert ingest(page, "--into", tmp_path / "specs", "--service", "House Keeping") == 0
    written = spec(tmp_path / "specs", "house_keeping/operations/ListLamps.yaml")
    assert written["http"] == {"method": "GET", "path": "/lamps/{nextToken}"}
    assert written["input"]["nextToken"] == {
        "type": "string",
        "required": True,
        "in": "path",
    }
    assert written["input"]["maxResults"] == {"type": "integer", "range": [1, None]}
    assert written["errors"] == ["LampException"]


def test_lint_tells_what_no_page_says(
    pages: dict[str, Path], tmp_path: Path, capsys: Any
):
    root = tmp_path / "specs"
    assert ingest(pages["js"], "--into", root) == 0
    capsys.readouterr()
    assert main(["lint", str(root)]) == 1
    err = capsys.readouterr().err
    assert "'http'" in err
    assert "'protocols'" in err


def test_wrong_use():
    assert ingest("x.txt") == 2
    assert ingest("x.txt", "--facts", "--json") == 2
