"""Members in headers of requests: what one says, the other side reads."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given, strategies as st

from specwright.runtime.documents import Document
from specwright.runtime.http_answers import header_reader, listed, member_reader
from specwright.runtime.http_parts import header_text, quoted
from specwright.runtime.http_words import EncodedHeader, Header
from specwright.runtime.schema import (
    Boolean,
    Double,
    Integer,
    List,
    Shape,
    String,
    Timestamp,
)

# What is read has no space around it, and nothing is no item.
ITEMS = st.text(
    st.one_of(st.sampled_from('",\\ ab'), st.characters(codec="utf-8"))
).filter(lambda text: text and text == text.strip())
JSON = st.recursive(
    st.one_of(st.booleans(), st.integers(), st.text(), st.floats(allow_nan=False)),
    lambda inner: st.one_of(
        st.lists(inner | st.none()), st.dictionaries(st.text(), inner)
    ),
)
SECONDS = st.datetimes(
    datetime(1000, 1, 1), datetime(9999, 1, 1), timezones=st.just(UTC)
).map(lambda at: at.replace(microsecond=0))


def said(shape: Shape, value: object) -> str:
    return header_text(Header("a", shape), value)


@given(st.lists(ITEMS))
def test_lists_of_texts_come_back(items: list[str]) -> None:
    text = said(List(String()), items)
    assert listed(text, dates=False) == items
    assert header_reader(List(String()), "")(text) == items


@given(ITEMS)
def test_only_what_must_be_is_quoted(item: str) -> None:
    plain = '"' not in item and "," not in item
    assert (quoted(item) == item) is plain


@given(st.text())
def test_any_header_is_read(text: str) -> None:
    """Whoever writes it; and no item that isn't in it comes out."""
    for dates in (False, True):
        for item in listed(text, dates):
            assert len(item) <= len(text) + 1
            assert item == "" or set(item) <= {*text, ",", " "}


@given(st.lists(SECONDS))
def test_lists_of_dates_come_back(items: list[datetime]) -> None:
    for shape in (Timestamp(), Timestamp("iso8601"), Timestamp("epoch-seconds")):
        text = said(List(shape), items)
        assert header_reader(List(shape), "")(text) == items


@given(
    st.lists(st.booleans()),
    st.lists(st.integers(-(2**31), 2**31 - 1)),
    st.lists(st.floats(allow_nan=False)),
)
def test_lists_of_others_come_back(
    truths: list[bool], wholes: list[int], reals: list[float]
) -> None:
    for shape, items in ((Boolean(), truths), (Integer(), wholes), (Double(), reals)):
        assert header_reader(List(shape), "")(said(List(shape), items)) == items


@given(JSON)
def test_json_comes_back(value: object) -> None:
    text = said(Document(), value)
    assert text.isascii()
    assert text.isprintable()
    assert member_reader(Header("a", Document()), "")(text) == value


@given(st.text(st.characters(codec="utf-8")))
def test_text_with_a_media_type_comes_back(value: str) -> None:
    member = EncodedHeader("a", String())
    text = header_text(member, value)
    assert text.isascii()
    assert member_reader(member, "")(text) == value
