"""The plan follows from the record, the disk and the new files alone."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from specwright.output.disk import Entry
from specwright.output.plan import EDITED, LINK, UNKNOWN, Action, plan

LINKED = Entry("link")
FOLDER = Entry("blocked", reason="'f' is not a file")


def file(digest: str) -> Entry:
    return Entry("file", digest)


@pytest.mark.parametrize(
    ("recorded", "disk", "wanted", "expected"),
    [
        (None, None, "new", Action("create", "f")),
        ("old", None, "new", Action("create", "f")),
        ("old", file("old"), "new", Action("update", "f")),
        ("old", file("old"), None, Action("delete", "f")),
        ("old", file("new"), "new", Action("unchanged", "f")),
        (None, file("new"), "new", Action("unchanged", "f")),
        ("old", file("mine"), "new", Action("update", "f", EDITED)),
        ("old", file("mine"), "old", Action("update", "f", EDITED)),
        ("old", file("mine"), None, Action("delete", "f", EDITED)),
        (None, file("mine"), "new", Action("update", "f", UNKNOWN)),
        ("old", LINKED, "new", Action("update", "f", LINK)),
        ("old", LINKED, None, Action("delete", "f", LINK)),
        ("old", FOLDER, "new", Action("blocked", "f", reason="'f' is not a file")),
        ("old", FOLDER, None, Action("blocked", "f", reason="'f' is not a file")),
        ("old", None, None, None),
    ],
)
def test_one_file(
    recorded: str | None,
    disk: Entry | None,
    wanted: str | None,
    expected: Action | None,
) -> None:
    actions = plan(
        {} if recorded is None else {"f": recorded},
        {} if disk is None else {"f": disk},
        {} if wanted is None else {"f": wanted},
    )
    assert actions == ([] if expected is None else [expected])


def test_a_file_that_nobody_accounts_for_is_left_alone() -> None:
    assert plan({}, {"notes.txt": file("mine")}, {}) == []


PATHS = st.sampled_from("abcd")
DIGESTS = st.sampled_from(["1", "2", "3"])
TREES = st.dictionaries(PATHS, DIGESTS)


@given(TREES, TREES, TREES)
def test_doing_what_is_planned_gives_what_is_wanted_and_nothing_is_planned_then(
    recorded: dict[str, str], disk: dict[str, str], wanted: dict[str, str]
) -> None:
    after = dict(disk)
    for action in plan(recorded, {p: file(d) for p, d in disk.items()}, wanted):
        if action.change == "delete":
            del after[action.path]
        elif action.change in {"create", "update"}:
            after[action.path] = wanted[action.path]
    strangers = disk.keys() - recorded.keys() - wanted.keys()
    assert after == {**wanted, **{path: disk[path] for path in strangers}}
    again = plan(wanted, {p: file(d) for p, d in after.items()}, wanted)
    assert all(action.change == "unchanged" for action in again)


@given(TREES, TREES, TREES)
def test_without_a_conflict_no_byte_of_another_hand_is_lost(
    recorded: dict[str, str], disk: dict[str, str], wanted: dict[str, str]
) -> None:
    for action in plan(recorded, {p: file(d) for p, d in disk.items()}, wanted):
        if action.change in {"update", "delete"} and action.conflict is None:
            assert disk[action.path] == recorded[action.path]
