"""Random operations of services that don't exist, printed in every format and read again."""

import random
from typing import Any

import pytest
from tests.accuracy.comparing import score, with_small_names
from tests.accuracy.invented import boto3_page, invented
from tests.accuracy.printing import JsPage, js_facts
from tests.accuracy.printing_api import LAYOUTS, ApiPage
from tests.accuracy.printing_dart import DartPage, dart_facts
from tests.accuracy.truth import boto3_facts
from tests.accuracy.truth_api import api_facts

from specwright.sources.pages import Read, read_page, to_json

SEEDS = range(40)


def said(text: str) -> dict[str, Any]:
    """What a page says, without what follows from that."""
    read = read_page("page.txt", text.encode())
    assert read.facts is not None, [str(d) for d in read.diagnostics]
    assert not read.diagnostics
    told = to_json(read.facts)
    told.pop("pagination", None)
    return told


def assert_same(text: str, facts: dict[str, Any]) -> None:
    _, differences = score(said(text), facts)
    assert not differences, text


@pytest.mark.parametrize("seed", SEEDS)
def test_boto3(seed: int):
    operation = invented(seed)
    facts = boto3_facts(operation)
    # Only a table could tell that the class's words are two.
    assert_same(boto3_page(operation), {**facts, "service": "HouseKeeping"})


@pytest.mark.parametrize("seed", SEEDS)
def test_javascript(seed: int):
    operation = invented(seed)
    assert_same(str(JsPage(operation, random.Random(seed))), js_facts(operation))


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("seed", SEEDS)
def test_api_reference(seed: int, layout: str):
    operation = invented(seed)
    page = str(ApiPage(operation, random.Random(seed), layout))
    told = said(page)
    told.pop("service", None)
    _, differences = score(told, api_facts(operation))
    assert not differences, page


@pytest.mark.parametrize("seed", SEEDS)
def test_dart(seed: int):
    operation = invented(seed)
    told = said(str(DartPage(operation, random.Random(seed))))
    told.pop("service", None)
    differences = score(
        with_small_names(told), with_small_names(dart_facts(operation))
    )[1]
    assert not differences, str(DartPage(operation, random.Random(seed)))


def failed(content: bytes) -> str:
    """The code of the one finding about a page that can't be used."""
    read: Read = read_page("page.txt", content)
    assert read.facts is None
    (finding,) = read.diagnostics
    assert finding.severity == "error"
    return finding.code


def test_what_is_no_page_is_refused_and_told_apart():
    assert failed(b"") == failed(b" \n\t\n") == "empty-page"
    assert (
        failed(b"PK\x03\x04\0\0") == failed(b"\x89PNG\r\n\x1a\n\0") == "unreadable-page"
    )
    assert failed(b"Dear reader, this is a letter.") == "unknown-format"
    assert (
        failed(b"<!DOCTYPE html><html><body><p>Hello</p></body></html>")
        == "unknown-format"
    )


@pytest.mark.parametrize("seed", range(2))
def test_two_operations_in_one_file_are_refused(seed: int):
    one, other = invented(seed), invented(seed + 100)
    assert one.name != other.name
    for pages in (
        (boto3_page(one), boto3_page(other)),
        (str(JsPage(one, random.Random(1))), str(JsPage(other, random.Random(1)))),
        (
            str(ApiPage(one, random.Random(1), "bare")),
            str(ApiPage(other, random.Random(1), "bare")),
        ),
    ):
        assert failed("\n".join(pages).encode()) == "two-operations"


@pytest.mark.parametrize(
    "print_page", [boto3_page, lambda o: str(JsPage(o, random.Random(1)))]
)
def test_a_syntax_block_without_an_end_is_refused(print_page: Any):
    text = print_page(invented(3))
    start = text.index(
        "{", text.index("const input" if "const input" in text else "Response Syntax")
    )
    assert failed(text[: start + 60].encode()) == "cut-short"


def test_lines_are_those_of_the_file():
    operation = invented(5)
    text = str(ApiPage(operation, random.Random(5), "paragraphs"))
    facts = read_page("page.txt", text.encode()).facts
    assert facts is not None
    assert facts.input
    lines = text.split("\n")
    for name, member in facts.input.items():
        if (required := member.facts.get("required")) is not None:
            assert lines[required.line - 1] == "Required: Yes", name
