"""XML that arrives: trees of elements, and documents that are refused."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, strategies as st

from specwright.runtime.reading import UnreadableError
from specwright.runtime.xml_parser import child, child_text, local, parse_xml
from specwright.runtime.xml_writer import QUOTED, REFERENCES

LAUGHS = '<!DOCTYPE a [<!ENTITY b "lol"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><a>&c;</a>'


def test_elements() -> None:
    root = parse_xml(b"<p:a xmlns:p='u' k='v'>t<!-- c --><b>1</b>t<b/></p:a>")
    assert (local(root.tag), dict(root.items()), root.text) == ("a", {"k": "v"}, "t")
    assert child_text(root, "none", "b") == "1"
    assert child(root, "none") is None
    assert parse_xml(b"<a>1<![CDATA[<]]><!-- c -->2</a>").text == "1<2"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_encodings(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?><a>\u00e9</a>'
    assert parse_xml(text.encode(encoding)).text == "\u00e9"


@pytest.mark.parametrize(
    ("document", "problem"),
    [
        (LAUGHS, "document type"),
        (LAUGHS.encode("utf-16"), "document type"),
        ("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", "document type"),
        ("<a>&b;</a>", "no XML: undefined entity"),
        ("", "no XML"),
        ("<a>", "no XML"),
        ("<a/><b/>", "no XML"),
        ("{}", "no XML"),
        (b"<a>\xff</a>", "no XML"),
        ('<?xml version="1.0" encoding="none-such"?><a/>', "no XML"),
        ("<a>\0</a>", "no XML"),
    ],
)
def test_refused(document: str | bytes, problem: str) -> None:
    body = document if isinstance(document, bytes) else document.encode()
    with pytest.raises(UnreadableError, match=problem):
        parse_xml(body)


def test_any_depth_is_read() -> None:
    depth = 200_000
    root = parse_xml(b"<a>" * depth + b"</a>" * depth)
    assert root.tag == "a"


@given(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"))
)
def test_escaped_text_comes_back(text: str) -> None:
    # Parsers refuse most control characters, in whatever way they are written.
    text = "".join(c for c in text if c >= " " or c in "\t\r\n")
    shown, quoted = text.translate(REFERENCES), text.translate(QUOTED)
    root = parse_xml(f'<a b="{quoted}">{shown}</a>'.encode())
    assert (root.text or "", root.get("b")) == (text, text)


@given(st.binary(max_size=60))
def test_bytes_are_read_or_refused(body: bytes) -> None:
    with suppress(UnreadableError):
        parse_xml(b"<a>" + body)
