"""Text of a spec as Python source: the same text comes back, and nothing else happens."""

import ast
import sys

import black
import pytest
from hypothesis import given, settings, strategies as st

from specwright.python.docs import docstring, opening
from specwright.python.quoting import WIDTH, literal, paragraph
from specwright.render import format_python

MODE = black.Mode(target_versions={black.TargetVersion.PY311})
HOSTILE = [
    "",
    '"',
    "'",
    "'\"",
    '"""',
    "'''",
    "\\",
    '\\"',
    "\\\\'",
    "ends with \\",
    'ends with "',
    '"starts with a quote',
    "a\nb\r\nc\td",
    "{{ 7 * 7 }}{% raw %}",
    "{x!r}",
    "%s",
    "\0",
    "\x1b[31m",
    "\u202egnp.exe",
    "\ud800",
    "\u2028",
    "\ufeff",
    "日本語",
    "é",
    "e\u0301",
    "🎈",
    "__import__('os').system('true')",
    '"""\n__import__("os").system("true")\n"""',
    r"[\w+=,.@-]{1,64}",
    r"\N{BULLET}",
    r"\u0041",
]
# Pieces that matter to a tokenizer, more often than chance would have them.
TEXTS = st.one_of(
    st.text(),
    st.lists(st.sampled_from(["\\", '"', "'", '"""', "\n", "a", " ", "é", "{"])).map(
        "".join
    ),
)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_literal_evaluates_to_its_text_and_stays_as_black_has_it(text: str):
    source = f"x = {literal(text)}\n"
    assert ast.literal_eval(literal(text)) == text
    assert format_python(source) == source


@given(TEXTS)
def test_any_text_comes_back(text: str):
    written = literal(text)
    assert ast.literal_eval(written) == text
    assert written.isprintable()
    source = f"x = {written}\n"
    assert black.format_str(source, mode=MODE) == source


def test_every_character_takes_one_column_of_a_literal():
    """Layouts count characters; black counts the columns of a terminal."""
    from black.strings import str_width

    for start in range(0, sys.maxunicode + 1, 4096):
        written = literal("".join(map(chr, range(start, start + 4096))))
        assert str_width(written) == len(written), hex(start)


def test_patterns_are_raw_and_plain_text_is_not():
    assert literal(r"\d+") == r'r"\d+"'
    assert literal("abc") == '"abc"'
    assert literal('say "hi"') == "'say \"hi\"'"


def doc_of(lines: list[str], indent: int = 4) -> tuple[str, str]:
    """The source of a class with a docstring, and what Python reads of it."""
    source = f"class X:\n    {docstring(lines, indent)}\n"
    (found,) = ast.parse(source).body
    assert isinstance(found, ast.ClassDef)
    assert len(found.body) == 1
    return source, ast.get_docstring(found) or ""


@pytest.mark.parametrize("text", HOSTILE)
def test_prose_never_leaves_its_docstring(text: str):
    lines = paragraph(f"Before {text} after", 7)
    source, read = doc_of(lines)
    assert format_python(source) == source
    assert read.startswith("Before")
    assert read.endswith("after")


@settings(deadline=None)
@given(TEXTS, st.lists(TEXTS, max_size=3))
def test_docstrings_hold_any_prose(first: str, others: list[str]):
    lines = opening(first, "Purpose.", 4)
    for other in others:
        lines += ["", *paragraph(f"name: {other}", 4, hanging=4)]
    source, read = doc_of(lines)
    assert black.format_str(source, mode=MODE) == source
    written = [
        first if first.strip() else "Purpose.",
        *(f"name: {other}" for other in others),
    ]
    assert words(read) == [word for text in written for word in shown(text).split()]


def shown(text: str) -> str:
    """Text with what can't be seen by its code."""
    return "".join(
        (
            c
            if c.isprintable() or c.isspace()
            else c.encode("unicode_escape", "surrogatepass").decode("ascii")
        )
        for c in text
    )


def words(read: str) -> list[str]:
    return shown(read).split()


def test_paragraphs_keep_to_the_page():
    lines = paragraph("word " * 60, 8, hanging=4)
    assert all(len(line) + 8 <= WIDTH for line in lines)
    assert all(line.startswith("    ") for line in lines[1:])
