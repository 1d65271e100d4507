"""Members in the status and the headers of answers."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from specwright.runtime.http import HttpResponse
from specwright.runtime.http_answers import read_head
from specwright.runtime.http_words import Header, HeaderMap, Status
from specwright.runtime.maps import Map
from specwright.runtime.schema import (
    Blob,
    Boolean,
    Double,
    Integer,
    List,
    Shape,
    Spec,
    String,
    Timestamp,
    structure,
)
from specwright.runtime.structure import Structure

MOMENT = datetime(2014, 4, 29, 18, 30, 38, tzinfo=UTC)


def read(shape: Shape, text: str) -> object:
    """What a header of some shape is read to."""

    class Answer(Structure):
        __slots__ = ("value",)

    structure(Answer, Spec("x.yaml"), Header("value", shape, wire="X-Value"))
    made = Answer.from_dict({})
    read_head(made, HttpResponse(200, {"x-value": text}))
    return made.to_dict().get("value")


@pytest.mark.parametrize(
    ("shape", "text", "value"),
    [
        (String(), "plain, text", "plain, text"),
        (String(enum=("a",)), "a", "a"),
        (Boolean(), "True", True),
        (Integer(), " 7", 7),
        (Integer(), "", None),
        (Double(), "-Infinity", float("-inf")),
        (Blob(), "AAE=", b"\0\1"),
        (Timestamp(), "Tue, 29 Apr 2014 18:30:38 GMT", MOMENT),
        (Timestamp("epoch-seconds"), "1398796238", MOMENT),
        (
            Timestamp("epoch-seconds"),
            "20200101",
            datetime(1970, 8, 22, 19, 8, 21, tzinfo=UTC),
        ),
        (
            Timestamp("http-date"),
            "Tue, 29 Apr 2014 18:30:38.456 GMT",
            MOMENT.replace(microsecond=456000),
        ),
        (
            List(String()),
            'a, "b, c" ,"say \\"hi\\"", \\d',
            ["a", "b, c", 'say "hi"', "\\d"],
        ),
        (List(String()), "", []),
        (List(Integer()), "1,2, 3", [1, 2, 3]),
        (List(Boolean()), "true, false", [True, False]),
        (
            List(Timestamp()),
            "Tue, 29 Apr 2014 18:30:38 GMT, Tue, 29 Apr 2014 18:30:38 GMT",
            [MOMENT, MOMENT],
        ),
        (List(Timestamp("iso8601")), "2014-04-29T18:30:38Z", [MOMENT]),
    ],
)
def test_headers(shape: Shape, text: str, value: object) -> None:
    assert read(shape, text) == value


@pytest.mark.parametrize(
    ("shape", "text", "problem"),
    [
        (Boolean(), "maybe", "true or false"),
        (List(Integer()), "1,x", "whole number"),
        (Timestamp(), "soon", "timestamp"),
        (Blob(), "*", "base64"),
    ],
)
def test_unreadable_headers(shape: Shape, text: str, problem: str) -> None:
    with pytest.raises(ValueError, match=f"expected .*{problem} at '/X-Value'"):
        read(shape, text)


def test_status_and_prefixed_headers() -> None:
    class Answer(Structure):
        __slots__ = ("meta", "status")

    structure(
        Answer,
        Spec("x.yaml"),
        HeaderMap("meta", Map(String(), String()), wire="X-Meta-"),
        Status("status", Integer()),
    )
    made = Answer.from_dict({})
    read_head(made, HttpResponse(201, [("x-meta-A", "1"), ("other", "2")]))
    assert made.to_dict() == {"status": 201, "meta": {"A": "1"}}
