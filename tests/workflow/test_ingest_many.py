"""Many pages in one call or several: in any order, and what one page tells about another."""

import json
import random
from pathlib import Path
from typing import Any

import pytest
from tests.accuracy.invented import boto3_page, invented
from tests.accuracy.printing import JsPage

from specwright.cli.main import main
from specwright.document import read_document
from specwright.sources.pages.draft import AT_MEMBER

DART = """\
dustShelf method
Dusts it. The value of RoomName stays.
Parameter roomName :
A room.
Parameter shelfId :
A shelf.
Implementation
Future<DustShelfResponse> dustShelf({
  required String roomName,
  required String shelfId,
  int? maxResults,
  String? nextToken,
}) async {
  final $query = <String, List<String>>{
    if (maxResults != null) 'maxResults': [maxResults.toString()],
    if (nextToken != null) 'nextToken': [nextToken],
  };
  final response = await _protocol.send(
    payload: null,
    method: 'GET',
    requestUri: '/rooms/${Uri.encodeComponent(roomName)}/shelves/${Uri.encodeComponent(shelfId)}',
    queryParams: $query,
    exceptionFnMap: _exceptionFns,
  );
  return DustShelfResponse.fromJson(response);
}
"""
BOTO3 = """\
.. py:method:: {name}.Client.dust_shelf(**kwargs)

  See also: `AWS API Documentation <https://docs.aws.amazon.com/goto/WebAPI/{uid}/DustShelf>`_

  **Request Syntax**
  ::
    response = client.dust_shelf(
        {room}='string',
        {shelf}='string',
        MaxResults=123,
        NextToken='string'
    )

  :type {room}: string
  :param {room}: **[REQUIRED]**

  :type {shelf}: string
  :param {shelf}: **[REQUIRED]**

  :rtype: dict
  :returns:

    **Response Syntax**
    ::
      {{
          'Rooms': ['string'],
          'NextToken': 'string'
      }}

    **Response Structure**

    - *(dict) --*
      - **Rooms** *(list) --*
        - *(string) --*
      - **NextToken** *(string) --*

  **Exceptions**
  *   :py:class:`{name}.Client.exceptions.NoShelfException`

  *   :py:class:`{name}.Client.exceptions.RoomFault`
"""
HOUSE = BOTO3.format(
    name="HouseKeeping", uid="housekeeping-2020-01-01", room="RoomName", shelf="ShelfId"
)
API = """\
DustShelf
Dusts a shelf.
Request Parameters
For information about the parameters that are common to all actions, see Common Parameters.
RoomName
A room.
Type: String
Length Constraints: Minimum length of 1. Maximum length of 9.
Required: Yes
Errors
For information about the errors that are common to all actions, see Common Errors.
NoShelf
There is none.
HTTP Status Code: 404
RoomFault
The room is locked.
HTTP Status Code: 400
See Also
For more information about using this API in one of the language-specific AWS SDKs, see the following:
"""


def ingest(root: Path, *pages: Path, more: tuple[str, ...] = ()) -> int:
    return main(["ingest", *map(str, pages), "--into", str(root), *more])


def written(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def saved(folder: Path, **texts: str) -> list[Path]:
    folder.mkdir(exist_ok=True)
    paths = [folder / f"{name}.txt" for name in texts]
    for path, text in zip(paths, texts.values(), strict=True):
        path.write_text(text)
    return paths


def spec(root: Path, operation: str = "DustShelf") -> dict[str, Any]:
    (path,) = root.glob(f"*/operations/{operation}.yaml")
    document, _ = read_document(path)
    assert document is not None
    return dict(document.data)


@pytest.fixture
def many(tmp_path: Path) -> list[Path]:
    """Pages of several operations in two formats."""
    texts = {}
    for seed in (8, 9, 10, 11):
        operation = invented(seed, "rest-json")
        texts[f"js{seed}"] = str(JsPage(operation, random.Random(seed)))
        page = boto3_page(operation)
        texts[f"rst{seed}"] = page.replace("HouseKeeping", "House Keeping")
    return saved(tmp_path / "pages", **texts)


def test_the_order_of_pages_changes_no_byte(tmp_path: Path, many: list[Path]):
    more = ("--service", "House Keeping")
    assert ingest(tmp_path / "one", *many, more=more) == 0
    first = written(tmp_path / "one")
    assert len(first) > 4
    for seed in range(4):
        order = random.Random(seed).sample(many, len(many))
        root = tmp_path / f"order{seed}"
        assert ingest(root, *order, more=more) == 0
        assert written(root) == first
        # Once more, with a page given twice, changes nothing.
        assert ingest(root, *order, order[0], more=more) == 0
        assert written(root) == first


def test_a_folder_a_link_and_odd_names_are_pages_as_well(
    tmp_path: Path, many: list[Path]
):
    more = ("--service", "House Keeping")
    assert ingest(tmp_path / "one", *many, more=more) == 0
    odd = tmp_path / "p & q" / "'a\"b' é\u2028[x]"
    odd.mkdir(parents=True)
    for number, path in enumerate(many[1:]):
        path.rename(odd / f"{number} $(x);\n.txt")
    (odd / "link.txt").symlink_to(many[0])
    assert ingest(tmp_path / "two", tmp_path / "p & q", more=more) == 0
    assert written(tmp_path / "two") == written(tmp_path / "one")


def test_labels_of_a_path_are_spelled_as_members_are(tmp_path: Path):
    upper = BOTO3.format(
        name="HouseKeeping",
        uid="housekeeping-2020-01-01",
        room="roomName",
        shelf="ShelfId",
    )
    dart, rst = saved(tmp_path / "pages", dart=DART, rst=upper)
    for number, calls in enumerate([[(dart, rst)], [(rst,), (dart,)]]):
        root = tmp_path / str(number)
        for pages in calls:
            assert ingest(root, *pages) == 0
        operation = spec(root)
        assert operation["http"]["path"] == "/rooms/{roomName}/shelves/{ShelfId}"
        for name in ("roomName", "ShelfId"):
            assert operation["input"][name]["in"] == "path"


def test_what_darts_members_are_called_hangs_on_the_service_that_another_page_tells(
    tmp_path: Path,
):
    dart = DART.replace("RoomName", "room")
    # SQS writes names with a capital, Bedrock with a small letter.
    for name, uid, room in (
        ("SQS", "sqs-2012-11-05", "RoomName"),
        ("Bedrock", "bedrock-2023-04-20", "roomName"),
    ):
        page = (
            BOTO3.format(name=name, uid=uid, room="x", shelf="y")
            .replace("        x='string',\n        y='string',\n", "")
            .partition("  :type x")[0]
        )
        paths = saved(tmp_path / name, dart=dart, rst=page)
        root = tmp_path / f"specs{name}"
        assert ingest(root, *paths) == 0
        assert room in spec(root)["input"]
        assert f"{{{room}}}" in spec(root)["http"]["path"]


def test_prose_tells_how_names_are_spelled(tmp_path: Path, capsys: Any):
    (page,) = saved(tmp_path / "pages", dart=DART)
    assert main(["ingest", str(page), "--facts"]) == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert list(told["input"])[:2] == ["RoomName", "ShelfId"]


def test_an_error_has_one_name_whatever_pages_print(tmp_path: Path):
    rst, api = saved(tmp_path / "pages", rst=HOUSE, api=API)
    more = ("--service", "House Keeping")
    for number, calls in enumerate([[(api, rst)], [(rst,), (api,)]]):
        root = tmp_path / str(number)
        for pages in calls:
            assert ingest(root, *pages, more=more) == 0
        operation = spec(root)
        assert operation["errors"] == ["NoShelfException", "RoomFault"]
        errors = {name: s["error"] for name, s in operation["shapes"].items()}
        assert errors["NoShelfException"]["code"] == "NoShelf"
        assert errors["NoShelfException"]["status"] == 404
        assert "code" not in errors["RoomFault"]
    # The other way round, the spec keeps the name that it has.
    root = tmp_path / "api first"
    assert ingest(root, api, more=more) == 0
    assert ingest(root, rst, more=more) == 0
    assert spec(root)["errors"] == ["NoShelf", "RoomFault"]


def test_two_errors_of_one_page_stay_two(tmp_path: Path):
    both = HOUSE + "\n  *   :py:class:`HouseKeeping.Client.exceptions.NoShelf`\n"
    rst, api = saved(tmp_path / "pages", rst=both, api=API)
    assert ingest(tmp_path / "s", rst, api, more=("--service", "House Keeping")) == 0
    names = {"NoShelfException", "RoomFault", "NoShelf"}
    assert set(spec(tmp_path / "s")["errors"]) == names


def test_what_is_inferred_is_not_unsaid_by_a_page_that_says_less(tmp_path: Path):
    rst, dart = saved(tmp_path / "pages", rst=HOUSE, dart=DART)
    assert ingest(tmp_path / "s", rst) == 0
    paged = spec(tmp_path / "s")["pagination"]
    assert paged["limit"] == "MaxResults"
    less = HOUSE.replace("        MaxResults=123,\n", "")
    assert ingest(tmp_path / "s", *saved(tmp_path / "less", rst=less)) == 0
    assert spec(tmp_path / "s")["pagination"] == paged
    assert ingest(tmp_path / "s", dart) == 0
    assert spec(tmp_path / "s")["pagination"] == paged


def test_what_only_members_can_have_is_not_put_into_shapes(capsys: Any):
    assert main(["schema"]) == 0
    kinds = json.loads(capsys.readouterr().out)["$defs"]
    member, shape = (set(kinds[kind]["properties"]) for kind in ("member", "shape"))
    assert member - shape - {"ref"} == AT_MEMBER


def test_a_page_without_a_service_is_not_taken_for_another_ones(
    tmp_path: Path, capsys: Any
):
    sqs = BOTO3.format(
        name="SQS", uid="sqs-2012-11-05", room="RoomName", shelf="ShelfId"
    )
    other = BOTO3.format(name="SNS", uid="sns-2010-03-31", room="Topic", shelf="Label")
    other = other.replace("        MaxResults=123,\n        NextToken='string'\n", "")
    first, second, dart = saved(tmp_path / "pages", sqs=sqs, sns=other, dart=DART)
    # Its members are those of one of the two.
    assert ingest(tmp_path / "both", first, second, dart) == 0
    assert "path" in (tmp_path / "both/sqs/operations/DustShelf.yaml").read_text()
    assert "path" not in (tmp_path / "both/sns/operations/DustShelf.yaml").read_text()
    # Beside an operation of the same name only, it is of a service that nobody named.
    capsys.readouterr()
    assert ingest(tmp_path / "one", second, dart) == 1
    assert "no-service-named" in capsys.readouterr().err
    assert "path" not in (tmp_path / "one/sns/operations/DustShelf.yaml").read_text()


def test_what_is_said_of_a_list_before_it_is_known_as_one_is_its_items(tmp_path: Path):
    rest = """\
DustShelf
Dusts a shelf.
Request Syntax
GET /shelves?cloths=cloths HTTP/1.1
URI Request Parameters
The request uses the following URI parameters.
cloths
Cloths.
Valid Values: RED | BLUE
Request Body
The request does not have a request body.
Response Syntax
HTTP/1.1 200
Response Elements
If the action is successful, the service sends back an HTTP 200 response with an empty HTTP body.
See Also
For more information about using this API in one of the language-specific AWS SDKs, see the following:
"""
    page = HOUSE.replace("        RoomName='string',", "        cloths=['string'],")
    api, rst = saved(tmp_path / "pages", api=rest, rst=page)
    more = ("--service", "House Keeping")
    for number, calls in enumerate([[(api, rst)], [(rst,), (api,)], [(api,), (rst,)]]):
        root = tmp_path / str(number)
        for pages in calls:
            assert ingest(root, *pages, more=more) == 0
        cloths = spec(root)["input"]["cloths"]
        assert cloths["type"] == "list"
        assert cloths["in"] == "query"
        assert cloths["item"]["enum"] == ["RED", "BLUE"]
        assert "enum" not in cloths


JS = """\
DustShelfCommand
Dusts a shelf.
Example Syntax
Use a bare-bones client and the command you need to make an API call.
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


def test_lists_that_hold_themselves_have_a_name(tmp_path: Path):
    (page,) = saved(tmp_path / "pages", js=JS)
    assert ingest(tmp_path / "specs", page) == 0
    operation = spec(tmp_path / "specs")
    assert operation["input"]["notes"]["type"] == "NoteList"
    assert operation["shapes"]["NoteList"]["item"] == {"type": "Note"}
    answers = operation["shapes"]["Note"]["members"]["answers"]
    assert answers["type"] == "NoteList"


def test_a_completed_spec_lacks_nothing(tmp_path: Path):
    # This error has no members in the model, which no page would say.
    page = """\
.. py:method:: RDS.Client.remove_tags_from_resource(**kwargs)

  See also: `AWS API Documentation <https://docs.aws.amazon.com/goto/WebAPI/rds-2014-10-31/RemoveTagsFromResource>`_

  **Request Syntax**
  ::
    response = client.remove_tags_from_resource(
        ResourceName='string',
        TagKeys=[
            'string',
        ]
    )

  :type ResourceName: string
  :param ResourceName: **[REQUIRED]**

  :returns: None
  **Exceptions**
  *   :py:class:`RDS.Client.exceptions.DBInstanceNotFoundFault`
"""
    paths = saved(tmp_path / "pages", rds=page)
    root = tmp_path / "specs"
    assert ingest(root, *paths) == 0
    assert main(["lint", str(root)]) == 1
    assert ingest(root, *paths, more=("--complete-from", "botocore")) == 0
    assert main(["lint", str(root)]) == 0
    assert main(["generate", str(root), "--out", str(tmp_path / "clients")]) == 0
