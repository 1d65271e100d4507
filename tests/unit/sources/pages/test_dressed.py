"""Pages of the API Reference with marks around headings, names and facts."""

import html
import re
from collections.abc import Callable

import pytest
from tests.accuracy.house import PARAGRAPHS, QUERY, said

EXPECTED = said(PARAGRAPHS)
HEADINGS = (
    "Request Syntax|URI Request Parameters|Request Body|Request Parameters"
    "|Response Syntax|Response Elements|Errors|Examples|See Also"
)
NAMES = "dryRun|roomName|colour|switchedOffAt|tags|lampArn|lampId"
FACTS = "Type|Required|Valid Values|Pattern|Map Entries|(?:Key )?Length Constraints"


def dressed(words: str, form: str) -> Callable[[str], str]:
    return lambda page: re.sub(rf"(?m)^({words})$", form, page)


def stated(form: str) -> Callable[[str], str]:
    return lambda page: re.sub(rf"(?m)^({FACTS}): (.*)$", form, page)


HEADED = {
    "anchors": dressed(HEADINGS, r"## \1 [#](#x)"),
    "links": dressed(HEADINGS, r"[\1](#API_UpdateLamp)"),
    "signs": dressed(HEADINGS, "\\1\u00b6"),
    "hashes": dressed(HEADINGS, r"### \1 ###"),
    "colons": dressed(HEADINGS, r"**\1:**"),
    "capitals": lambda page: re.sub(
        rf"(?m)^({HEADINGS})$", lambda found: found[0].upper(), page
    ),
}
NAMED = {
    "hashes": dressed(NAMES, r"#### \1"),
    "numbers": dressed(NAMES, r"1. \1"),
    "code": dressed(NAMES, r"**`\1`**"),
    "colons": dressed(NAMES, r"\1:"),
    "bold colons": dressed(NAMES, r"**\1:**"),
}
STATED = {
    "bold": stated(r"**\1:** \2"),
    "bold words": stated(r"**\1**: \2"),
    "items": stated(r"  - \1: \2"),
    "spaces": stated(r"\1 : \2"),
    "no spaces": stated(r"\1:\2"),
    "emphasis": stated(r"\1: *\2*"),
    "code": stated(r"\1: `\2`"),
}
WHOLE = {
    "quotation": lambda page: re.sub("(?m)^", "> ", page),
    "entities": html.escape,
    "curly quotes": lambda page: re.sub('"([^"]*)"', "\u201c\\1\u201d", page),
    "soft hyphens": lambda page: re.sub("(?<=[a-z]{4})(?=[a-z]{4})", "\u00ad", page),
    "no-break spaces": lambda page: page.replace(": ", ":\u00a0"),
}


@pytest.mark.parametrize("form", HEADED)
def test_headings(form: str):
    assert said(HEADED[form](PARAGRAPHS)) == EXPECTED


@pytest.mark.parametrize("form", NAMED)
def test_names_of_entries(form: str):
    assert said(NAMED[form](PARAGRAPHS)) == EXPECTED


@pytest.mark.parametrize("form", STATED)
def test_facts(form: str):
    assert said(STATED[form](PARAGRAPHS)) == EXPECTED


@pytest.mark.parametrize("form", WHOLE)
def test_everything(form: str):
    assert said(WHOLE[form](PARAGRAPHS)) == EXPECTED


def test_lines_between_the_facts_of_a_query_page_begin_no_entry():
    expected = said(QUERY)
    text = QUERY.replace("roof\ncellar\n", "- roof\n- cellar\n")
    assert said(text) == expected
    assert said(re.sub("(?m)^(Type|Required):", r"**\1:**", text)) == expected


def test_a_class_before_a_group_is_no_link():
    pattern = r"s3://[a-z0-9][\.a-z0-9]{1,61}[a-z0-9](/.*)?"
    text = PARAGRAPHS.replace(
        "Fixed length of 12.", f"Fixed length of 12.\n\nPattern: {pattern}"
    )
    assert said(text)["output"]["lampId"]["pattern"] == pattern


def test_a_member_called_like_a_fact_takes_no_fact_away():
    renamed = re.sub(r"(?m)\bcolour\b", "Type", PARAGRAPHS)
    text = re.sub(r"(?m)^Type: ", "Type:\n\n", renamed)
    expected = {"Type" if n == "colour" else n: m for n, m in EXPECTED["input"].items()}
    assert said(text)["input"] == expected
