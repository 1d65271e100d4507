"""The checked-in specs come out of their pages and botocore's model, byte for byte."""

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from specwright.cli.main import main
from specwright.document import format_spec, read_document
from specwright.sources.pages.draft import BUILTINS

ROOT = Path(__file__).parents[2]
PAGES = Path(os.environ.get("SPECWRIGHT_PAGES", ROOT / "pages"))
NAMES = {
    *("specwright", "operation", "service", "title", "version", "protocols", "doc"),
    *("endpoint", "signing_name", "json_version", "target_prefix", "because"),
}
needs_pages = pytest.mark.skipif(not PAGES.is_dir(), reason="the pages are not here")


def stripped(value: dict[str, Any], names: bool = False) -> dict[str, Any]:
    """A spec's names, structure, docs, and what is by hand, without any fact."""
    result: dict[str, Any] = {}
    for key, inner in value.items():
        if isinstance(inner, dict) and (names or key in ("item", "key", "value")):
            result[key] = stripped(inner)
        elif key in ("input", "output", "members", "shapes") and isinstance(
            inner, dict
        ):
            result[key] = stripped(inner, names=True)
        elif (key == "type" and inner not in BUILTINS) or key == "ref" or key in NAMES:
            result[key] = inner
        elif key == "from" and isinstance(inner, dict) and "hand" in inner.values():
            result[key] = {word: who for word, who in inner.items() if who == "hand"}
    return result


@pytest.fixture
def specs(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "specs", tmp_path / "specs"))


def ingested(specs: Path) -> dict[str, str]:
    assert (
        main(
            ["ingest", str(PAGES), "--into", str(specs), "--complete-from", "botocore"]
        )
        == 0
    )
    return contents(specs)


def contents(specs: Path) -> dict[str, str]:
    return {
        p.relative_to(specs).as_posix(): p.read_text()
        for p in sorted(specs.rglob("*.yaml"))
    }


@needs_pages
def test_ingesting_again_changes_nothing(specs: Path):
    assert ingested(specs) == contents(ROOT / "specs")


@needs_pages
def test_facts_that_were_taken_away_come_back(specs: Path):
    before = contents(specs)
    for file in specs.rglob("*.yaml"):
        document, _ = read_document(file)
        assert document is not None
        if file.name != "service.yaml":
            file.write_text(format_spec(stripped(dict(document.data))))
    assert contents(specs) != before
    assert ingested(specs) == before


@needs_pages
def test_the_pages_themselves_are_not_in_the_repository():
    for page in PAGES.iterdir():
        line = max(page.read_text("utf-8").splitlines(), key=len)
        for file in (ROOT / "specs").rglob("*.yaml"):
            assert line not in file.read_text("utf-8")
