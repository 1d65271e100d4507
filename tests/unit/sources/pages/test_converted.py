"""Pages with code as converters, browsers of text, and sites of former years wrote them."""

import random
from typing import Any

import pytest
from tests.accuracy.comparing import score
from tests.accuracy.damage import CONVERTED, cut
from tests.accuracy.invented import boto3_page, invented
from tests.accuracy.printing import JsPage, js_facts
from tests.accuracy.printing_dart import DartPage, dart_facts
from tests.accuracy.truth import boto3_facts

from specwright.sources.pages import Read, read_page, to_json

FORMATS: dict[str, Any] = {
    "boto3": (lambda o, _: boto3_page(o), boto3_facts),
    "js": (lambda o, rng: str(JsPage(o, rng)), js_facts),
    "dart": (lambda o, rng: str(DartPage(o, rng)), dart_facts),
}


def read(text: str) -> Read:
    return read_page("page.txt", text.encode())


def facts(text: str) -> dict[str, Any]:
    page = read(text)
    assert page.facts is not None, ([str(d) for d in page.diagnostics], text)
    return to_json(page.facts)


def compared(name: str, told: dict[str, Any], true: dict[str, Any]) -> list[str]:
    """What differs, without what follows from facts, and from the case of Dart's names."""
    for one in (told, true):
        for word in ("pagination", "service"):
            one.pop(word, None)
        if name == "dart":
            members = one.get("input", {})
            one["input"] = {n.casefold(): m for n, m in members.items()}
            for member in members.values():
                member.pop("wire", None)
            if "path" in one.get("http", {}):
                one["http"] = {**one["http"], "path": one["http"]["path"].casefold()}
    return score(told, true)[1]


@pytest.mark.parametrize("damage", CONVERTED)
@pytest.mark.parametrize("name", FORMATS)
def test_conversion_changes_no_fact(name: str, damage: str):
    page, true = FORMATS[name]
    for seed in range(12):
        operation, rng = invented(seed), random.Random(seed)
        text = CONVERTED[damage](page(operation, rng), rng)
        assert not compared(name, facts(text), true(operation)), text


@pytest.mark.parametrize("name", FORMATS)
def test_a_page_that_was_cut_off_says_nothing_that_the_whole_one_does_not(name: str):
    page, true = FORMATS[name]
    used = 0
    for seed in range(40):
        operation, rng = invented(seed), random.Random(seed)
        text = cut(page(operation, rng), rng)
        told = read(text).facts
        if told is None:
            continue
        used += 1
        for difference in compared(name, to_json(told), true(operation)):
            union = "structure, not union" in difference
            assert difference.startswith("missed") or union, (difference, text)
    # Dart's code is the end of its pages, and can't be read in part.
    assert used > 4 or name == "dart"


BOTO3 = """\
HouseKeeping.Client.dust_shelf(**kwargs)
Dusts it.
Request Syntax
response = client.dust_shelf(
    shelf='string',
    cloths=[
        {
            'colour': 'string'
        },
    ]
)
Parameters
{list}
Return type
dict
Returns
Response Syntax
{
    'clean': True|False
}
"""
LISTS = {
    "other bullets": (
        "+ shelf (string) - [REQUIRED]\n  A shelf.\n"
        "+ cloths (list) - Cloths.\n     o (dict) -\n"
        "       A cloth.\n          # colour (string) - [REQUIRED]\n"
    ),
    "no dashes": (
        "shelf (string) [REQUIRED]\nA shelf.\ncloths (list)\n(dict)\ncolour (string) [REQUIRED]\n"
    ),
    "code": (
        "`shelf` (`string`) \u2013 `[REQUIRED]`\n\n`cloths` (`list`) \u2013\n\n- (`dict`) \u2013\n\n"
        "  - `colour` (`string`) \u2013 `[REQUIRED]`\n"
    ),
    "no prose": (
        "* **shelf** _(string) \u2013_ **[REQUIRED]**\n\n* **cloths** _(list) \u2013_ \n\n"
        "  * _(dict) \u2013_ \n\n    * **colour** _(string) \u2013_ **[REQUIRED]**\n"
    ),
}


@pytest.mark.parametrize("listed", LISTS)
def test_lists_of_members_have_marks_of_many_kinds(listed: str):
    told = facts(BOTO3.replace("{list}", LISTS[listed]))
    assert told["input"] == {
        "shelf": {"type": "string", "required": True},
        "cloths": {
            "type": "list",
            "item": {
                "type": "structure",
                "members": {"colour": {"type": "string", "required": True}},
            },
        },
    }
    assert told["output"] == {"clean": {"type": "boolean"}}


def test_a_structure_without_a_member_before_it_is_not_called_required():
    listed = (
        "* **shelf** _(string) \u2013_ \n* **cloths** _(list) \u2013_ **[REQUIRED]**\n\n"
        "  * _(dict) \u2013_ \n\n    * **colour** _(string) \u2013_ \n"
    )
    told = facts(BOTO3.replace("{list}", listed))
    assert [n for n, m in told["input"].items() if m.get("required")] == ["cloths"]


def test_a_parameter_that_calls_may_leave_out_is_a_member():
    note = 'Note: this parameter is set to "-" by default if no value is not specified.'
    for entry in (
        f"house (string) \u2013\nWhose shelf.\n{note}\nshelf (string) \u2013\n[REQUIRED]\n",
        f":type house: string\n:param house: Whose shelf. {note}\n:type shelf: string\n:param shelf: **[REQUIRED]**\n",
    ):
        told = facts(BOTO3.replace("{list}", entry))
        assert told["input"]["house"] == {"type": "string"}
        assert told["input"]["shelf"] == {"type": "string", "required": True}


OLD = """\
Client
class {name}.Client
These are the available methods:
dust_shelf()
dust_shelf(**kwargs)
Request Syntax

response = client.dust_shelf(
    shelf='string'
)
Parameters
shelf (string) --
[REQUIRED]

Returns
None

Exceptions

{name}.Client.exceptions.NoShelf
"""


def test_a_page_without_the_class_before_the_method_names_its_service_nevertheless():
    told = facts(OLD.format(name="HouseKeeping"))
    assert told["service"] == "HouseKeeping"
    assert told["operation"] == "DustShelf"
    assert set(told["errors"]) == {"NoShelf"}


def test_all_methods_of_a_client_on_one_page_are_refused():
    other = "wipe_window(**kwargs)\nRequest Syntax\nresponse = client.wipe_window(\n    pane='string'\n)\n"
    page = read(OLD.format(name="HouseKeeping") + other)
    assert page.facts is None
    assert [d.code for d in page.diagnostics] == ["two-operations"]


def test_methods_are_called_as_their_service_calls_them():
    # Words don't tell that these are written in capitals.
    assert (
        facts(OLD.format(name="SNS").replace("dust_shelf", "get_sms_attributes"))[
            "operation"
        ]
        == "GetSMSAttributes"
    )
    assert (
        facts(OLD.format(name="IAM").replace("dust_shelf", "get_sms_attributes"))[
            "operation"
        ]
        == "GetSmsAttributes"
    )


TYPEDOC = """\
Class DustShelfCommand
Preparing search index...
Dusts a shelf.

Example
Use a bare-bones client and the command you need to make an API call.

import {{ HouseKeepingClient, DustShelfCommand }} from "@aws-sdk/client-house-keeping"; // ES Modules import
// const {{ HouseKeepingClient, DustShelfCommand }} = require("@aws-sdk/client-house-keeping"); // CommonJS import
const client = new HouseKeepingClient(config);
const input = {{ // DustShelfRequest
  shelf: "STRING_VALUE", // required
}};
const command = new DustShelfCommand(input);
const response = await client.send(command);
// {{}};

Throws
{first} (client fault)

No shelf is there.

Throws
{other} (server fault)

Throws
HouseKeepingServiceException

Base exception class for all service exceptions from HouseKeeping service.

Hierarchy
Command<DustShelfCommandInput, DustShelfCommandOutput>
"""


@pytest.mark.parametrize(
    ("first", "other"),
    [
        ("NoShelf", "BrokenBroom"),
        ("[NoShelf](../classes/NoShelf.html)", "[BrokenBroom](x)"),
        ("**NoShelf**", "`BrokenBroom`"),
    ],
)
@pytest.mark.parametrize("flat", [False, True])
def test_pages_of_former_years_have_a_section_for_each_error(
    first: str, other: str, flat: bool
):
    text = TYPEDOC.format(first=first, other=other)
    told = facts(" ".join(text.split()) if flat else text)
    assert told["operation"] == "DustShelf"
    assert told["input"] == {"shelf": {"type": "string", "required": True}}
    assert told["errors"] == {
        "NoShelf": {"fault": "client"},
        "BrokenBroom": {"fault": "server"},
    }


def test_names_of_errors_may_be_links():
    operation = invented(4)
    text = str(JsPage(operation, random.Random(4)))
    before, title, table = text.rpartition("Throws")
    linked = table
    for error in operation.error_shapes:
        linked = linked.replace(
            error.name + " |", f"[{error.name}](/x/{error.name}/) |"
        )
    assert linked != table
    assert facts(before + title + linked)["errors"] == facts(text)["errors"]


def test_the_package_is_known_by_either_way_to_import_it():
    text = str(JsPage(invented(4), random.Random(4)))
    start = text.index("import {")
    line = text[start : text.index("\n", start)]
    package = line[line.index("@aws-sdk/client-") :].partition('"')[0]
    broken = text.replace(
        line, line.replace(package, package[:18] + "\n" + package[18:])
    )
    for page in (broken, text.replace(line + "\n", "")):
        assert page != text
        assert facts(page)["service"] == facts(text)["service"]


ROWS = """\
DustShelfCommand Input{see}ParameterTypeDescription\
shelfRequiredShelf | undefinedThe shelf, as Foo.kindRequiredKind | undefinedIts kind.\
isRequiredboolean | undefinedWhether.moreMore | undefinedMore is Required by some.
"""


@pytest.mark.parametrize("see", ["", "See DustShelfCommandInput for more details"])
def test_cells_of_tables_may_run_into_each_other(see: str):
    text = TYPEDOC.format(first="NoShelf", other="BrokenBroom")
    text = text.replace(
        '  shelf: "STRING_VALUE", // required\n',
        "  shelf: { // Shelf\n  },\n  kind: { // Kind\n  },\n  isRequired: true || false,\n"
        "  is: true || false,\n  more: { // More\n  },\n",
    )
    told = facts(text.partition("Throws")[0] + ROWS.format(see=see))
    required = [n for n, m in told["input"].items() if m.get("required")]
    assert required == ["shelf", "kind"]


def test_tables_may_be_laid_out_in_columns():
    text = TYPEDOC.format(first="NoShelf", other="BrokenBroom")
    text = text.replace('shelf: "STRING_VALUE", // required', "shelf: { // Shelf\n  },")
    rows = (
        "DustShelfCommand Input\n\nParameter  Type               Description\n"
        "shelf      Shelf | undefined  The shelf.\nRequired\n"
    )
    told = facts(text.partition("Throws")[0] + rows)
    assert told["input"]["shelf"]["required"] is True


def test_links_of_errors_may_be_wrapped():
    operation = invented(4)
    text = str(DartPage(operation, random.Random(4)))
    errors = set(facts(text)["errors"])
    assert errors
    for name in errors:
        text = text.replace(
            f"May throw {name}.", f"May throw\n[{name}](../x/{name}-\nclass.html)."
        )
    assert set(facts(text)["errors"]) == errors


def test_backslashes_of_markdown_are_no_part_of_code():
    operation = invented(4)
    for name in ("js", "dart"):
        text = FORMATS[name][0](operation, random.Random(4))
        escaped = text
        for mark in "_[]":
            escaped = escaped.replace(mark, "\\" + mark)
        true = FORMATS[name][1](operation)
        assert not compared(name, facts(escaped), true), escaped


def test_a_heading_before_the_name_of_an_error_is_no_part_of_it():
    text = TYPEDOC.format(first="NoShelf", other="BrokenBroom")
    glued = text.replace("\n\nThrows\n", "Throws").replace("Throws\n", "Throws")
    assert glued != text
    assert set(facts(glued)["errors"]) == {"NoShelf", "BrokenBroom"}


def test_wrapped_comments_and_patterns_are_whole():
    text = TYPEDOC.format(first="NoShelf", other="BrokenBroom").replace(
        '  shelf: "STRING_VALUE", // required\n',
        "  shelf: { // ShelfOfManyBoards Union: only one\nkey present\n"
        '    board: "STRING_VALUE",\n  },\n',
    )
    shelf = facts(text)["input"]["shelf"]
    assert shelf["type"] == "union"
    assert list(shelf["members"]) == ["board"]
    dart = """\
listLamps method
Future<void> listLamps({ required String a, }) async {
_s.validateStringPattern('a', a, r'''[a-z
A-Z]+''', isRequired: true, );
await _protocol.send( payload: null, method: 'GET', requestUri: '/l', );
}
"""
    assert facts(dart)["input"]["a"]["pattern"] == "[a-z A-Z]+"


def test_the_name_of_an_error_that_was_cut_is_left_out():
    text = boto3_page(invented(4))
    names = facts(text)["errors"]
    last = list(names)[-1]
    end = text.index(last, text.index("**Exceptions**"))
    for length in (2, len(last) - 1, len(last)):
        assert [*facts(text[: end + length]).get("errors", {})] == [*names][:-1]
