"""Pages of the API Reference whose lines were broken at a column, or run together."""

import re
import textwrap

import pytest
from tests.accuracy.house import PARAGRAPHS, QUERY, said

from specwright.sources.pages import read_page

EXPECTED = said(PARAGRAPHS)
EXPECTED_QUERY = said(QUERY)


def test_the_page_says_what_the_broken_ones_are_held_against():
    assert EXPECTED["http"] == {"method": "PATCH", "path": "/rooms/{roomName}/lamps"}
    room = EXPECTED["input"]["roomName"]
    assert room["pattern"].endswith("_.-]{0,62}/[0-9a-f]{32}")
    assert len(EXPECTED["input"]["colour"]["enum"]) == 9
    assert list(EXPECTED["input"]) == [
        "dryRun",
        "roomName",
        "colour",
        "switchedOffAt",
        "tags",
    ]
    assert {n: e["status"] for n, e in EXPECTED["errors"].items()} == {
        "ConflictException": 409,
        "LampNotFoundException": 404,
    }
    assert list(EXPECTED_QUERY["input"]) == ["Filters", "RoomARN"]


def broken(text: str, width: int, indent: str = "", cut: bool = False) -> str:
    return "\n".join(
        textwrap.fill(
            line,
            width,
            initial_indent=indent,
            subsequent_indent=indent,
            break_long_words=cut,
        )
        for line in text.split("\n")
    )


@pytest.mark.parametrize("width", range(54, 121, 3))
@pytest.mark.parametrize("indent", ["", "   "])
def test_lines_broken_at_a_column_are_read_like_whole_ones(width: int, indent: str):
    assert said(broken(PARAGRAPHS, width, indent)) == EXPECTED
    tight = re.sub(r"\n\s*\n", "\n", broken(PARAGRAPHS, width, indent))
    assert said(tight) == EXPECTED


@pytest.mark.parametrize("width", range(60, 121, 5))
def test_words_that_were_cut_become_whole(width: int):
    assert said(broken(PARAGRAPHS, width, cut=True)) == EXPECTED


@pytest.mark.parametrize("width", range(60, 121, 5))
def test_the_whole_page_in_one_broken_paragraph(width: int):
    line = " ".join(PARAGRAPHS.split())
    assert said(textwrap.fill(line, width, break_long_words=False)) == EXPECTED


def test_facts_keep_the_line_that_their_paragraph_begins_in():
    read = read_page("page.txt", broken(PARAGRAPHS, 60).encode())
    assert read.facts is not None
    assert read.facts.input is not None
    fact = read.facts.input["roomName"].facts["pattern"]
    line = broken(PARAGRAPHS, 60).split("\n")[fact.line - 1]
    assert line.startswith("Pattern:")


@pytest.mark.parametrize("bullet", ["", "\u2022", "\u2022 ", "- ", "* "])
def test_marks_of_lists_with_and_without_a_space(bullet: str):
    names = r"(?m)^(?=(?:Filters\.Filter\.N|RoomARN|Marker|Rooms\.member\.N)$)"
    assert said(re.sub(names, bullet, QUERY)) == EXPECTED_QUERY


@pytest.mark.parametrize("glue", [" ", ""])
@pytest.mark.parametrize("page", [PARAGRAPHS, QUERY])
def test_lines_of_a_page_run_together(page: str, glue: str):
    # Without any mark at the end of a description the next name goes on with it.
    whole = page if glue else page.replace("beside it\n", "beside it.\n")
    assert said(re.sub(r"\n+", glue, whole)) == said(page)


def test_names_listed_in_a_description_begin_no_entry():
    listed = "The colour of the light.\n\nOne of these goes with it:\n\nswitchedOffAt\n\ntags\n\nNote\n\nRead on"
    text = PARAGRAPHS.replace("The colour of the light", listed)
    assert said(text) == EXPECTED


def test_the_examples_of_an_error_do_not_end_the_list():
    text = PARAGRAPHS.replace(
        "There is no such lamp.",
        "There is no such lamp.\n\nExamples\n\nIt was taken down.",
    )
    assert said(text) == EXPECTED


@pytest.mark.parametrize("space", ["\u00a0", "\u3000", "\u2003\u00a0"])
def test_spaces_that_a_class_is_about_stay(space: str):
    pattern = rf"[\p{{L}}\t\n {space}]+"
    text = PARAGRAPHS.replace("[0-9a-f]{32}\n\nRequired", f"{pattern}\n\nRequired")
    assert said(text)["input"]["roomName"]["pattern"].endswith("/" + pattern)
    # Elsewhere they are what a page was laid out with.
    assert said(PARAGRAPHS.replace(" ", space[0])) == EXPECTED


def test_what_was_announced_and_lost_is_told_by_the_path():
    begins, ends = PARAGRAPHS.index("\ndryRun\n"), PARAGRAPHS.index("Request Body")
    told = said(PARAGRAPHS[:begins] + "\n" + PARAGRAPHS[ends:])
    assert told["http"] == EXPECTED["http"]
    assert told["input"]["roomName"] == {"required": True, "in": "path"}
    assert told["input"]["dryRun"] == {"in": "query"}
    assert "/input/roomName/required" in told["inferred"]


def test_every_answer_of_some_services_has_an_id_that_is_no_member():
    text = QUERY.replace("see Common Parameters", "see Common Query Parameters")
    text = text.replace("see Common Errors", "see Common client error codes")
    text = text.replace("Marker\nAn", "requestId\nThe ID.\nType: String\nMarker\nAn")
    told = said(text)
    assert told["protocol"] == "ec2"
    assert list(told["output"]) == ["Marker", "Rooms"]


TITLES = """\
AWS House
API Reference
AllotLampInRoom
Note
Deprecated. Use
AllotSharedLamp
instead.
Allots a lamp to a room.
"""


def test_no_title_is_taken_from_a_note():
    page = TITLES + PARAGRAPHS[PARAGRAPHS.index("Request Syntax") :]
    read = read_page("page.txt", page.encode())
    assert read.facts is not None
    assert read.facts.facts["operation"].value == "AllotLampInRoom"


IN_VALUES = """\
DescribeLamp
Describes a lamp.
Request Syntax
{
   "lampName": "string"
}
Request Parameters
The request accepts the following data in JSON format.
lampName
The lamp.
Type: String
Required: Yes
Response Syntax
{
   "Bulbs": [ "string" ],
   "Colour": "string",
   "Reason": "string",
   "State": "string"
}
Response Elements
If the action is successful, the service sends back an HTTP 200 response.
The following data is returned in JSON format by the service.
Bulbs
What is in it.
Type: Array of
strings
State
Whether it is on.
Type: String
Valid Values:
ON | OFF | DIM
Colour
What it looks like.
Type: String
Reason
Why it is off.
Type: String
Valid Values:
Idle | LowColour | InvalidStateKey | Broken
Errors
For information about the errors that are common to all actions, see Common Errors.
"""


def test_values_are_searched_for_no_name_that_has_a_row_of_its_own():
    output = said(IN_VALUES)["output"]
    assert output["State"] == {"type": "string", "enum": ["ON", "OFF", "DIM"]}
    reasons = ["Idle", "LowColour", "InvalidStateKey", "Broken"]
    assert output["Reason"] == {"type": "string", "enum": reasons}
    assert output["Bulbs"] == {"type": "list", "item": {"type": "string"}}
    assert output["Colour"] == {"type": "string"}


def test_a_description_may_tell_what_is_answered():
    told = "If the action is successful, the service sends back an HTTP 200 response with nothing."
    page = PARAGRAPHS.replace("Request Syntax", f"{told}\n\nRequest Syntax", 1)
    assert said(page) == EXPECTED
    both = read_page("page.txt", f"{page}\n{page}".encode())
    assert [finding.code for finding in both.diagnostics] == ["two-operations"]
