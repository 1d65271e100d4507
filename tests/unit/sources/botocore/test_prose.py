"""Documentation in HTML to plain text."""

import pytest
from hypothesis import given, strategies as st

from specwright.sources.botocore.prose import plain_text


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("", ""),
        ("<p/>", ""),
        ("<p>One.</p><p>Two\n  lines.</p>", "One.\nTwo lines."),
        ("<p>A <code>b</code> &amp; <a href='x'>c</a></p>", "A b & c"),
        ("<ul> <li> <p>x</p> </li> <li>y</li> </ul>", "- x\n- y"),
        ("a<br/>b", "a\nb"),
        ("<script>x</script>y<style>z</style>", "y"),
        ("1 < 2 & 3 > 2", "1 < 2 & 3 > 2"),
        ("<p>unclosed <b>bold", "unclosed bold"),
    ],
)
def test_text(html: str, expected: str) -> None:
    assert plain_text(html) == expected


@given(st.text(st.sampled_from("<>/pliau &;#x1\n"), max_size=40))
def test_lines_have_no_space_at_their_ends_and_none_is_empty(html: str) -> None:
    text = plain_text(html)
    assert all(line == line.strip() != "" for line in text.split("\n") if text)
