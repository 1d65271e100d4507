"""Files to documents: size, encoding, characters, and files that are none."""

import os
from pathlib import Path

import pytest
from hypothesis import example, given, strategies as st

from specwright.document import check_form, read_bytes, read_document
from specwright.document.reader import MAX_BYTES


def told(content: bytes) -> str:
    document, findings = read_bytes(content, "x.yaml")
    assert document is None
    return "\n".join(str(finding) for finding in findings)


def test_a_file_is_called_what_the_caller_says(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("a: 1\n")
    document, findings = read_document(path, "specs/x.yaml")
    assert findings == []
    assert document is not None
    assert document.data == {"a": 1}
    assert str(document.at(("a",))) == "specs/x.yaml:1:4"


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    with path.open("wb") as stream:
        stream.truncate(50_000_000)
    document, (finding,) = read_document(path, "x.yaml")
    assert document is None
    assert finding.code == "file-too-large"
    assert "50,000,000" in finding.message


def test_a_file_just_too_large_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"#" * (MAX_BYTES + 1))
    assert read_document(path, "x.yaml")[1][0].code == "file-too-large"


def test_folders_pipes_and_missing_files_are_told_apart(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to("loop")
    codes = {
        name: read_document(tmp_path / name, name)[1][0].code
        for name in (".", "pipe", "none", "loop", "bad\0name")
    }
    assert codes == {
        ".": "not-a-file",
        "pipe": "not-a-file",
        "none": "unreadable-file",
        "loop": "unreadable-file",
        "bad\0name": "unreadable-file",
    }


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "x.yaml:1:1: error[empty-file]"),
        (b" \n\n", "x.yaml:1:1: error[empty-file]"),
        (b"# only a comment\n", "x.yaml:1:1: error[wrong-type]"),
        (
            b"a: 1\nb: \0\n",
            "x.yaml:2:4: error[binary-file]: the file is binary: byte 0x00 at offset 8",
        ),
        (
            b"\x7fELF\x01\0\0",
            "error[binary-file]: the file is binary: byte 0x00 at offset 5",
        ),
        (
            b"a: \xc3\xa9\xff\n",
            "x.yaml:1:5: error[invalid-utf8]: byte 0xff at offset 5",
        ),
        ("a: 1\n".encode("utf-16"), "UTF-16"),
        ("a: 1\n".encode("utf-32"), "UTF-32"),
        (b"\0\0\xfe\xff" + "a: 1\n".encode("utf-32-be"), "UTF-32"),
        (b"a: 1\nb: x\x07y\n", "x.yaml:2:5: error[bad-character]: U+0007"),
        (
            "a: x\u2028y\n".encode(),
            "x.yaml:1:5: error[bad-character]: U+2028 can't stand in a spec",
        ),
    ],
)
def test_what_is_no_text_is_told_with_its_place(content: bytes, expected: str) -> None:
    assert expected in told(content)


def test_every_bad_character_is_told() -> None:
    assert told(b"a: \x01\r\nb: \x02\rc: \x03\n").count("bad-character") == 3
    assert "x.yaml:3:4" in told(b"a: \x01\r\nb: \x02\rc: \x03\n")


def test_a_byte_order_mark_means_nothing() -> None:
    document, findings = read_bytes(b"\xef\xbb\xbfa: 1\n", "x.yaml")
    assert findings == []
    assert document is not None
    assert str(document.at_key(("a",))) == "x.yaml:1:1"


@given(
    st.binary(max_size=60)
    | st.text("a1:-?[]{},&*!|>'\"%@`#~<= \n\t\\é\U0001f44d", max_size=60)
)
@example('"\\ud800": 1')
@example('a: "\\x00"')
def test_any_bytes_are_answered(content: bytes | str) -> None:
    data = content if isinstance(content, bytes) else content.encode()
    document, findings = read_bytes(data, "x.yaml")
    assert document is not None or findings
    if document is not None:
        check_form(document)
