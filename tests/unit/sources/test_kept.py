"""What people wrote into specs survives an import: docs, and what is from: hand."""

from typing import Any

from specwright.sources.kept import keep

HEAD = {"specwright": 1, "sources": {"m": {"format": "x"}}, "from": {"default": "m"}}


def kept(old: dict[str, Any], new: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The merged documents, and the paths of what was dropped."""
    service = {"service.yaml": {**HEAD, "service": "T"}}
    result, dropped = keep({**service, **old}, {**service, **new})
    return result, [f"{one.file}:{'/'.join(one.path)}" for one in dropped]


def shapes(
    old: dict[str, Any], new: dict[str, Any], **file: Any
) -> tuple[Any, list[str]]:
    """The shapes that come of old and new ones in shapes.yaml."""
    result, dropped = kept(
        {"shapes.yaml": {**HEAD, **file, "shapes": old}},
        {"shapes.yaml": {**HEAD, "shapes": new}},
    )
    return result["shapes.yaml"]["shapes"], dropped


def structure(**members: Any) -> dict[str, Any]:
    return {"type": "structure", "members": members}


def test_docs_stay_and_everything_else_is_new() -> None:
    result, dropped = shapes(
        {
            "S": {
                **structure(a={"type": "string", "doc": "An a.", "length": [1, 2]}),
                "doc": "S!",
            }
        },
        {
            "S": {
                **structure(a={"type": "string", "length": [1, 9], "doc": "New."}),
                "doc": "N",
            }
        },
    )
    assert result == {
        "S": {
            **structure(a={"type": "string", "length": [1, 9], "doc": "An a."}),
            "doc": "S!",
        }
    }
    assert dropped == []


def test_a_fact_by_hand_stays_with_its_reason() -> None:
    result, _ = shapes(
        {
            "S": {
                "type": "string",
                "length": [1, 2],
                "from": {"length": "hand"},
                "because": "Why.",
            }
        },
        {"S": {"type": "string", "length": [1, 9], "pattern": "a", "match": "full"}},
    )
    assert result["S"] == {
        "type": "string",
        "length": [1, 2],
        "pattern": "a",
        "match": "full",
        "from": {"length": "hand"},
        "because": "Why.",
    }


def test_a_fact_that_a_person_took_away_stays_away() -> None:
    by_hand = {"type": "string", "from": {"pattern": "hand"}, "because": "Too narrow."}
    result, _ = shapes(
        {"S": by_hand}, {"S": {"type": "string", "pattern": "a", "match": "full"}}
    )
    assert result["S"] == by_hand


def test_what_is_by_hand_as_a_whole_is_not_touched() -> None:
    by_hand = {"type": "integer", "range": [1, 2], "from": "hand", "because": "Why."}
    result, _ = shapes({"S": by_hand}, {"S": {"type": "string", "enum": ["a"]}})
    assert {k: v for k, v in result["S"].items() if k != "enum"} == by_hand


def test_a_member_by_hand_that_the_model_lacks_keeps_its_place() -> None:
    extra = {"type": "string", "from": "hand", "because": "Seen on the wire."}
    result, dropped = shapes(
        {"S": structure(a={"type": "string"}, x=extra, b={"type": "string"})},
        {"S": structure(a={"type": "long"}, b={"type": "long"}, c={"type": "long"})},
    )
    assert list(result["S"]["members"]) == ["a", "x", "b", "c"]
    assert result["S"]["members"]["x"] == extra
    assert dropped == []


def test_the_docs_of_a_member_that_is_gone_are_told() -> None:
    result, dropped = shapes(
        {"S": structure(a={"type": "string", "doc": "Old."}, b={"type": "string"})},
        {"S": structure(c={"type": "string"})},
    )
    assert list(result["S"]["members"]) == ["c"]
    assert dropped == ["shapes.yaml:shapes/S/members/a"]


def test_a_rule_of_the_file_is_written_where_it_holds() -> None:
    result, _ = shapes(
        {"S": structure(a={"type": "string", "length": [1, 2]})},
        {
            "S": structure(
                a={"type": "string", "length": [1, 9]},
                b={"type": "string", "length": [3, 4]},
            )
        },
        **{"from": {"default": "m", "length": "hand"}, "because": "All measured."},
    )
    assert result["S"]["members"] == {
        "a": {
            "type": "string",
            "length": [1, 2],
            "from": {"length": "hand"},
            "because": "All measured.",
        },
        "b": {"type": "string", "length": [3, 4]},
    }


def test_shapes_are_found_in_whatever_file_they_stand() -> None:
    result, _ = kept(
        {
            "operations/A.yaml": {
                **HEAD,
                "operation": "A",
                "shapes": {"S": {"type": "string", "doc": "S."}},
            }
        },
        {
            "operations/A.yaml": {**HEAD, "operation": "A"},
            "shapes.yaml": {**HEAD, "shapes": {"S": {"type": "string", "enum": ["a"]}}},
        },
    )
    assert result["shapes.yaml"]["shapes"]["S"] == {
        "type": "string",
        "enum": ["a"],
        "doc": "S.",
    }
    assert "shapes" not in result["operations/A.yaml"]


def test_docs_follow_members_into_and_out_of_named_shapes() -> None:
    inline = {"a": {"type": "list", "item": {"type": "string", "doc": "Item."}}}
    named = {"ref": "In"}
    operation = {**HEAD, "operation": "A"}
    into, _ = kept(
        {"operations/A.yaml": {**operation, "input": inline}},
        {
            "operations/A.yaml": {**operation, "input": named},
            "shapes.yaml": {
                **HEAD,
                "shapes": {
                    "In": structure(a={"type": "L"}),
                    "L": {"type": "list", "item": {"type": "long"}},
                },
            },
        },
    )
    assert into["shapes.yaml"]["shapes"]["L"]["item"] == {
        "type": "long",
        "doc": "Item.",
    }
    out, _ = kept(
        into,
        {
            "operations/A.yaml": {
                **operation,
                "input": {"a": {"type": "list", "item": {"type": "byte"}}},
            }
        },
    )
    assert out["operations/A.yaml"]["input"]["a"]["item"] == {
        "type": "byte",
        "doc": "Item.",
    }


def test_an_operation_that_the_model_lacks_stays_with_its_shapes() -> None:
    gone = {**HEAD, "operation": "Gone", "input": {"a": {"type": "S"}}, "errors": ["E"]}
    old_shapes = {
        "S": structure(b={"type": "T"}),
        "T": {"type": "string", "enum": ["t"]},
        "E": structure(),
    }
    result, dropped = kept(
        {"operations/Gone.yaml": gone, "shapes.yaml": {**HEAD, "shapes": old_shapes}},
        {"shapes.yaml": {**HEAD, "shapes": {"T": {"type": "long"}}}},
    )
    assert result["operations/Gone.yaml"] == gone
    assert result["shapes.yaml"]["shapes"] == {
        "T": {"type": "long"},
        "E": old_shapes["E"],
        "S": old_shapes["S"],
    }
    assert dropped == []


def test_facts_of_an_operation_and_a_service_can_be_by_hand() -> None:
    operation = {**HEAD, "operation": "A", "http": {"method": "GET", "path": "/a"}}
    by_hand = {
        "http": {"method": "POST", "path": "/b"},
        "from": {"default": "m", "http": "hand"},
        "because": "The model is wrong.",
    }
    result, _ = kept(
        {"operations/A.yaml": {**operation, **by_hand}},
        {"operations/A.yaml": operation},
    )
    assert result["operations/A.yaml"] == {**operation, **by_hand}


def test_members_may_be_called_like_keys() -> None:
    said: dict[str, Any] = {"shapes": {"type": "byte", "from": "hand", "because": "x"}}
    said |= {
        name: {"type": "string", "doc": name}
        for name in ("from", "doc", "input", "members")
    }
    bare = {name: {"type": "long"} for name in said}
    operation = {**HEAD, "operation": "A"}
    result, dropped = kept(
        {"operations/A.yaml": {**operation, "input": said}},
        {"operations/A.yaml": {**operation, "input": bare}},
    )
    assert result["operations/A.yaml"]["input"] == {
        **{name: {"type": "long", "doc": name} for name in said},
        "shapes": said["shapes"],
    }
    assert dropped == []


def test_what_is_kept_may_be_merged_again() -> None:
    old = {
        "S": {
            **structure(
                a={"type": "string", "from": "hand", "because": "x"},
                b={"type": "S", "doc": "B"},
            ),
            "doc": "Me.",
        }
    }
    new = {"S": structure(b={"type": "S"})}
    once, _ = shapes(old, new)
    twice, _ = shapes(once, new)
    assert once == twice
