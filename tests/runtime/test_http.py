"""Header multimaps and HTTP messages: what they keep, refuse and hide."""

import copy
import pickle

import pytest
from hypothesis import given, strategies as st

from specwright.runtime.http import (
    Headers,
    HttpRequest,
    HttpResponse,
    checked_timeout,
    received_headers,
    split_url,
)

names = st.text("abcXYZ019-_.!~", min_size=1, max_size=6)
values = st.text(st.characters(blacklist_characters="\r\n\0"), max_size=8)
pairs = st.lists(st.tuples(names, values), max_size=8)


def test_names_are_found_in_any_case_and_keep_their_spelling() -> None:
    headers = Headers({"X-Amz-Target": "T", "content-type": "a/b"})
    assert headers["x-amz-TARGET"] == headers.get("X-AMZ-target") == "T"
    assert "Content-Type" in headers
    assert "Accept" not in headers
    assert 1 not in headers
    assert list(headers) == headers.keys() == ["X-Amz-Target", "content-type"]
    assert dict(headers) == {"X-Amz-Target": "T", "content-type": "a/b"}


def test_a_repeated_name_is_joined_for_getting_and_listed_for_sending() -> None:
    headers = Headers([("A", "1"), ("B", "2"), ("a", "3")])
    assert headers["A"] == "1, 3"
    assert headers.get_all("A") == ["1", "3"]
    assert headers.items() == [("A", "1"), ("B", "2"), ("a", "3")]
    assert len(headers) == 2
    assert list(headers) == ["A", "B"]


def test_a_missing_name_is_a_key_error_and_gets_the_default() -> None:
    headers = Headers()
    with pytest.raises(KeyError, match="A"):
        headers["A"]
    with pytest.raises(KeyError):
        del headers["A"]
    assert headers.get("A") is None
    assert headers.get("A", "d") == "d"
    assert headers.get_all("A") == []
    headers.remove("A")


def test_set_replaces_every_value_in_the_first_ones_place() -> None:
    headers = Headers([("a", "1"), ("B", "2"), ("A", "3")])
    headers["A"] = "4"
    assert headers.items() == [("A", "4"), ("B", "2")]
    headers.set("C", "5")
    headers.add("c", "6")
    del headers["B"]
    assert headers.items() == [("A", "4"), ("C", "5"), ("c", "6")]
    headers.set("C", "5")
    assert headers.items() == [("A", "4"), ("C", "5")]


@given(pairs, names, values)
def test_setting_is_removing_and_adding(
    given_pairs: list[tuple[str, str]], name: str, value: str
) -> None:
    one, other = Headers(given_pairs), Headers(given_pairs)
    one.set(name, value)
    other.remove(name)
    other.add(name, value)
    assert one == other


@given(pairs)
def test_equality_ignores_case_and_the_order_of_different_names(
    given_pairs: list[tuple[str, str]],
) -> None:
    headers = Headers(given_pairs)
    by_name = sorted(given_pairs, key=lambda pair: pair[0].lower())
    assert headers == Headers((name.upper(), value) for name, value in by_name)
    assert headers != Headers([*given_pairs, ("q", "")])
    assert headers != dict(given_pairs)


def test_the_order_within_a_name_counts() -> None:
    assert Headers([("a", "1"), ("a", "2")]) != Headers([("a", "2"), ("a", "1")])


@pytest.mark.parametrize("value", ["a\r\nX: y", "a\nb", "a\rb", "a\0b", "\n"])
def test_a_value_can_not_smuggle_a_header_in(value: str) -> None:
    headers = Headers()
    for change in (headers.add, headers.set):
        with pytest.raises(ValueError, match="header A holds a line end"):
            change("A", value)
    with pytest.raises(ValueError, match="line end"):
        HttpRequest("GET", "https://h/", {"A": value})
    assert headers == Headers()


@pytest.mark.parametrize("name", ["", "a b", "a:", "a\r\nb", "a\n", "é", "a\0", "ª"])
def test_names_are_tokens(name: str) -> None:
    with pytest.raises(ValueError, match="not a header name"):
        Headers({name: "v"})


@pytest.mark.parametrize("name", ["a", "9", "x_y", "X-Amz-Meta-*", "!#$%&'*+-.^_`|~"])
def test_odd_tokens_are_names(name: str) -> None:
    assert Headers({name: "v"})[name] == "v"


def test_received_headers_forgive_what_servers_send() -> None:
    headers = received_headers(
        [("A", "folded\r\n  line"), ("b c", "left out"), ("D", "x\0y"), ("E", "")]
    )
    assert headers.items() == [("A", "folded   line"), ("D", "x y"), ("E", "")]


@given(st.lists(st.tuples(st.text(max_size=4), st.text(max_size=6))))
def test_received_headers_never_fail(given_pairs: list[tuple[str, str]]) -> None:
    received_headers(given_pairs)


def test_copies_are_apart() -> None:
    headers = Headers({"A": "1"})
    request = HttpRequest("GET", "https://h/", headers)
    for other in (headers.copy(), copy.copy(headers), copy.deepcopy(headers)):
        other.add("B", "2")
    request.headers.add("C", "3")
    assert headers.items() == [("A", "1")]


def test_messages_compare_copy_and_pickle() -> None:
    request = HttpRequest("POST", "https://h/p?q=1", {"A": "1"}, b"x")
    response = HttpResponse(200, [("A", "1")], b"x")
    for message in (request, response, request.headers):
        assert pickle.loads(pickle.dumps(message)) == message
        assert copy.deepcopy(message) == message
        with pytest.raises(TypeError):
            hash(message)
    assert request == HttpRequest("POST", "https://h/p?q=1", {"a": "1"}, b"x")
    assert request != HttpRequest("POST", "https://h/p?q=1", {"a": "1"}, b"y")
    assert request != HttpRequest("PUT", "https://h/p?q=1", {"a": "1"}, b"x")
    assert response != HttpResponse(201, {"A": "1"}, b"x")
    assert request != response
    assert HttpRequest("GET", "https://h/") == HttpRequest(
        method="GET", url="https://h/", headers=(), body=b""
    )


@pytest.mark.parametrize("value", [1, None, b"x", ["x"]])
def test_a_value_is_text(value: object) -> None:
    with pytest.raises(TypeError, match="header X-A is no str"):
        HttpRequest("GET", "https://h/", {"X-A": value})  # type: ignore[arg-type]


@pytest.mark.parametrize("body", [bytearray(b"ab"), memoryview(b"ab")])
def test_bodies_are_bytes_from_then_on(body: bytearray | memoryview) -> None:
    for message in (HttpRequest("GET", "u", (), body), HttpResponse(200, (), body)):  # type: ignore[arg-type]
        assert type(message.body) is bytes
        assert message.body == b"ab"


def test_text_is_no_body() -> None:
    with pytest.raises(TypeError, match="bytes, not str"):
        HttpRequest("GET", "https://h/", body="text")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="bytes, not str"):
        HttpResponse(200, body="text")  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [1, 0.5, 1e8, None])
def test_timeouts_are_seconds_or_none(value: float | None) -> None:
    assert checked_timeout(value) == value


@pytest.mark.parametrize("value", [0, -1, 0.0, float("nan"), float("inf"), 10**400])
def test_impossible_timeouts(value: float) -> None:
    with pytest.raises(ValueError, match=r"connect_timeout is .* above 0"):
        checked_timeout(value, "connect_timeout")


@pytest.mark.parametrize("value", ["1", True, (1, 2), b"1"])
def test_timeouts_are_numbers(value: object) -> None:
    with pytest.raises(TypeError, match="timeout is seconds or None"):
        checked_timeout(value)


def test_reprs_show_no_secrets_queries_or_bodies() -> None:
    secret = "s3cr3t"
    request = HttpRequest(
        "POST",
        f"https://h/{secret}?token={secret}",
        {
            "Authorization": secret,
            "x-amz-security-TOKEN": secret,
            "Cookie": secret,
            "X-Amz-Meta-Colour": secret,
            "X-Amz-Server-Side-Encryption-Customer-Key": secret,
            "X-Amz-Target": "Service.Op",
        },
        secret.encode(),
    )
    text = repr(request) + repr(HttpResponse(200, request.headers, secret.encode()))
    assert secret not in text
    assert "https://h/..." in text
    assert "Service.Op" in text
    assert "<6 bytes>" in text
    assert "<stream>" in repr(HttpResponse(200, body=iter([b"x"])))


@pytest.mark.parametrize(
    ("url", "parts"),
    [
        ("https://h", ("https", "h", "", "")),
        ("http://h:1/a%2Fb//c?x=/?#f?/", ("http", "h:1", "/a%2Fb//c", "x=/?")),
        ("https://u@[::1]:8?q", ("https", "u@[::1]:8", "", "q")),
        ("https://h/?", ("https", "h", "/", "")),
    ],
)
def test_urls_split_into_untouched_parts(
    url: str, parts: tuple[str, str, str, str]
) -> None:
    assert split_url(url) == parts
