"""What a later call of ``ingest`` adds to specs that an earlier one wrote."""

from pathlib import Path
from typing import Any

from specwright.cli.main import main
from specwright.document import read_document

BOTO3 = """\
.. py:method:: HouseKeeping.Client.dust_shelf(**kwargs)

  **Request Syntax**
  ::
    response = client.dust_shelf(
        notes=[
            {
                'text': 'string',
                'answers': {'... recursive ...'}
            },
        ]
    )

  :type notes: list
  :param notes:

  :returns: None
"""
JS = """\
DustShelfCommand
Example Syntax
import { HouseKeepingClient, DustShelfCommand } from "@aws-sdk/client-house-keeping"; // ES Modules import
const client = new HouseKeepingClient(config);
const input = { // DustShelfRequest
  notes: [ // NoteList
    { // Note
      text: "STRING_VALUE",
      answers: "<NoteList>",
    },
  ],
};
const command = new DustShelfCommand(input);
const response = await client.send(command);
// {};
"""
ZONE = """\
EnableHostedZoneDNSSEC
Enables it.
Request Syntax
POST /2013-04-01/hostedzone/Id/enable-dnssec HTTP/1.1
URI Request Parameters
The request uses the following URI parameters.
Id
A zone.
Length Constraints: Maximum length of 32.
Required: Yes
Request Body
The request does not have a request body.
Response Elements
If the action is successful, the service sends back an HTTP 200 response.
See Also
For more information about using this API in one of the language-specific AWS SDKs, see the following:
"""


def ingest(root: Path, text: str, *more: str) -> int:
    page = root.parent / "page.txt"
    page.write_text(text)
    return main(["ingest", str(page), "--into", str(root), *more])


def spec(root: Path) -> dict[str, Any]:
    (path,) = root.glob("*/operations/*.yaml")
    document, _ = read_document(path)
    assert document is not None
    return dict(document.data)


def test_what_holds_itself_gets_the_name_that_a_later_page_has_for_it(tmp_path: Path):
    root = tmp_path / "specs"
    service = ("--service", "House Keeping")
    assert ingest(root, BOTO3, *service) == 0
    notes = spec(root)["input"]["notes"]
    assert notes["type"] == "list"
    assert "type" not in notes["item"]["members"]["answers"]
    assert ingest(root, JS, *service) == 0
    operation = spec(root)
    assert operation["input"]["notes"] == {"type": "NoteList"}
    shape = operation["shapes"]["NoteList"]
    assert shape["type"] == "list"
    assert shape["item"]["members"]["answers"]["type"] == "NoteList"
    assert ingest(root, BOTO3, *service) == 0
    assert spec(root)["shapes"] == operation["shapes"]


def test_what_holds_itself_by_hand_stays_where_it_is(tmp_path: Path):
    root = tmp_path / "specs"
    service = ("--service", "House Keeping")
    assert ingest(root, BOTO3, *service) == 0
    (path,) = root.glob("*/operations/*.yaml")
    text = path.read_text()
    mine = "  notes:\n    from: {type: hand}\n    because: I know.\n"
    path.write_text(text.replace("  notes:\n", mine))
    assert path.read_text() != text
    assert ingest(root, JS, *service) == 0
    notes = spec(root)["input"]["notes"]
    assert notes["type"] == "list"
    assert notes["because"] == "I know."


def test_a_member_gets_its_name_where_a_page_printed_what_messages_have(tmp_path: Path):
    root = tmp_path / "specs"
    service = ("--service", "Route 53")
    assert ingest(root, ZONE, *service) == 0
    assert list(spec(root)["input"]) == ["Id"]
    complete = (*service, "--complete-from", "botocore")
    assert ingest(root, ZONE, *complete) == 0
    again = spec(root)
    assert list(again["input"]) == ["HostedZoneId"]
    assert again["input"]["HostedZoneId"]["wire"] == "Id"
    assert again["http"]["path"] == "/2013-04-01/hostedzone/{Id}/enable-dnssec"
    assert main(["lint", str(root)]) == 0
    assert ingest(tmp_path / "at once", ZONE, *complete) == 0
    assert list(spec(tmp_path / "at once")["input"]) == ["HostedZoneId"]
