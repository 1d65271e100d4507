"""Pages that are made to keep a reader busy: twice the size takes about twice the time."""

import gc
import random
import time

import pytest
from tests.accuracy.invented import boto3_page, invented
from tests.accuracy.printing import JsPage
from tests.accuracy.printing_api import ApiPage

from specwright.sources.pages import read_page

OPERATION = invented(3)
RST = boto3_page(OPERATION)
JS = str(JsPage(OPERATION, random.Random(3)))
API = str(ApiPage(OPERATION, random.Random(3), "bare"))
DART = """\
listLamps method
Future<ListLampsResponse> listLamps({ String? a, int? b, }) async {
final $query = <String, List<String>>{ if (a != null) 'a': [a], };
final response = await _protocol.send( payload: null, method: 'GET', requestUri: '/l', );
return ListLampsResponse.fromJson(response); }
"""
# Format, where to put what, and what to put there again and again.
CASES = [
    (RST, "**Response Syntax**", "\n::\n  {'a': ["),
    (RST, "**Response Syntax**", " { 'a"),
    (RST, "**Response Structure**", "\n    - **a** *(dict) --* x"),
    (RST, "**Response Structure**", " "),
    (JS, "const input =", " { a: [ "),
    (JS, "const input =", "// X "),
    (JS, "const input =", ' { "\\'),
    (JS, "Throws", "\nabc | client |"),
    (API, "Request Syntax\n", '{"a": ['),
    (API, "Request Syntax\n", "<a>"),
    (API, "Request Syntax\n", "GET /a?&"),
    (API, "Request Syntax\n", '{"a\n'),
    (API, "Response Elements\n", "Type: Array of arrays of "),
    (API, "Response Elements\n", "Pattern: (\n"),
    (API, "Response Elements\n", "[a]("),
    (API, "Errors\n", "HTTP Status Code: 400\n"),
    (API, "Errors\n", " "),
    (RST, "**Response Structure**", "a (string) \u2013 "),
    (RST, "**Response Structure**", "( * "),
    (RST, "**Response Structure**", "o (string) "),
    (RST, "**Response Structure**", "(dict) \u00e2"),
    (RST, "**Request Syntax**", "Request Syntax ** "),
    (RST, "**Response Syntax**", "&#39;a&#39;: "),
    (RST, "**Response Syntax**", "\u2018a\u2018 "),
    (RST, "**Exceptions**", "X.Client.exceptions.A"),
    (JS, "Throws", "\nAbcDef client "),
    (JS, "Throws", "Aa"),
    (JS, "Throws", "A (client fault"),
    (JS, "Throws", "[A]("),
    (JS, "const input =", "&quot;"),
    (API, "Request Syntax\n", '"_a_ '),
    (API, "Request Syntax\n", "POST /x "),
    (API, "Response Elements\n", "Type: String Foo A "),
    (API, "Response Elements\n", "Pattern: `a"),
    (DART, "async {", "a?.let((v) => "),
    (DART, "async {", "(["),
    (DART, "async {", "'${"),
    (DART, "listLamps method\n", "Future<A> a({"),
    (DART, "List<String>>{", "'k': [a],"),
]


def seconds(page: str) -> float:
    """Seconds of work, the better of two; what other tests left behind is not swept meanwhile."""
    found: list[float] = []
    for _ in range(2):
        gc.collect()
        gc.disable()
        try:
            start = time.process_time()
            read_page("page.txt", page.encode())
            found.append(time.process_time() - start)
        finally:
            gc.enable()
    return min(found)


@pytest.mark.parametrize(("page", "place", "piece"), CASES)
def test_time_grows_with_the_page(page: str, place: str, piece: str):
    assert place in page
    small, large = (
        seconds(page.replace(place, place + piece * n, 1)) for n in (5_000, 40_000)
    )
    # Eight times the size; what is quadratic takes sixty-four times as long, and many seconds.
    assert large < 24 * small + 3


def test_brackets_in_brackets_have_a_limit():
    for page, place in ((RST, "**Response Syntax**\n"), (JS, "const input =")):
        read = read_page(
            "page.txt", page.replace(place, place + " {'a': " * 10_000).encode()
        )
        assert [d.code for d in read.diagnostics] == ["too-deep"]


def test_a_large_page_is_read():
    page = RST.replace(
        "**Response Structure**", "**Response Structure**\n\n" + "Words. " * 1_500_000
    )
    assert len(page) > 10_000_000
    assert seconds(page) < 20
