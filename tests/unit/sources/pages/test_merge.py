"""What sources agree on though they write it in different ways, and names that tell nothing."""

import pytest

from specwright.sources.pages.error_names import with_one_name
from specwright.sources.pages.facts import Fact, Format, Member, PageFacts
from specwright.sources.pages.merge import fuller_path, same
from specwright.sources.pages.services import service_id


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("/rooms/{RoomId}", "/rooms/{roomId}", True),
        ("/rooms/{Room}", "/rooms/{id}", True),
        ("/rooms/{Room+}", "/rooms/{Room}", False),
        ("/rooms/{Room}", "/halls/{Room}", False),
        ("/rooms/{Room}", "/rooms", False),
    ],
)
def test_labels_may_be_called_anything(one: str, other: str, alike: bool):
    assert same("path", one, other) is alike


def test_a_bucket_may_stand_in_the_path_or_in_the_host():
    assert fuller_path("/?acl", "/{Bucket}?acl") == "/{Bucket}?acl"
    assert fuller_path("/{Bucket}/{Key+}", "/{key+}") == "/{Bucket}/{Key+}"
    assert fuller_path("/{Bucket}?acl", "/?tagging") is None
    assert fuller_path("/rooms", "/rooms/{Room}") is None


def test_what_several_services_are_called_names_none():
    assert service_id(title="Amazon Simple Email Service") is None
    assert service_id(target="Timestream_20181101") is None
    assert service_id(title="Amazon Simple Queue Service") == ("SQS", True)


def page(kind: Format, **errors: str | None) -> PageFacts:
    said = {
        name: Member(3, {"code": Fact(code, 3)} if code is not None else {})
        for name, code in errors.items()
    }
    return PageFacts(f"{kind}.txt", kind, errors=said)


def names(pages: list[PageFacts], **known: str | None) -> list[list[str]]:
    return [list(one.errors or {}) for one in with_one_name(pages, known)]


def test_codes_are_read_as_the_shapes_that_have_them():
    api, model = page("api-reference", Gone=None), page("botocore", NoRoomFault="Gone")
    assert names([api, model]) == [["NoRoomFault"], ["NoRoomFault"]]
    renamed, _ = with_one_name([api, model], {})
    assert renamed.errors is not None
    assert renamed.errors["NoRoomFault"].says("code") == "Gone"


def test_names_of_the_spec_stay():
    api, rst = page("api-reference", NoRoom=None), page("boto3-rst", NoRoomFault=None)
    assert names([api, rst], NoRoom=None) == [["NoRoom"], ["NoRoom"]]
    assert names([rst], Lost="NoRoomFault") == [["Lost"]]


def test_errors_that_stand_side_by_side_are_two():
    rst = page("boto3-rst", NoRoom=None, NoRoomFault=None)
    api = page("api-reference", NoRoom=None, NoRoomFault=None)
    both = ["NoRoom", "NoRoomFault"]
    assert names([rst, api]) == [both, both]
    # And where two could be meant, neither is.
    rst = page("boto3-rst", NoRoomError=None, NoRoomFault=None)
    assert names([rst, page("api-reference", NoRoom=None)])[1] == ["NoRoom"]
