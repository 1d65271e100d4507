"""Signatures are those of botocore, header by header."""

import datetime as dt
from unittest import mock

import botocore.auth
import pytest
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials as BotocoreCredentials
from hypothesis import example, given, settings, strategies as st

from specwright.runtime.credentials import Credentials
from specwright.runtime.http import Headers, HttpRequest
from specwright.runtime.sigv4 import sign

NOW = dt.datetime(2026, 2, 3, 4, 5, 6, 789, tzinfo=dt.UTC)
KEY = Credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
TEMPORARY = Credentials("AKIDEXAMPLE", "secret", "token//+==")

# Line ends are left out: no HTTP library would send them, and urlsplit drops them.
segments = st.one_of(
    st.sampled_from(["", ".", "..", "...", "%2F", "%2f", "a b", "~", "é", "%", "+"]),
    st.text("aZ09-_.~%!$&'()*+,;=:@ |\\\"<>é☃", max_size=6),
)
paths = st.lists(segments, max_size=5).map(lambda parts: "/" + "/".join(parts))
words = st.text("aZ09-_.~%!$'()*+,;:@/? é", max_size=4)
queries = st.lists(
    st.one_of(words, st.tuples(words, words).map("=".join), st.just("a=1=2")),
    max_size=5,
).map("&".join)
hosts = st.sampled_from(
    [
        "h.example",
        "H.Example",
        "h:443",
        "h:80",
        "h:8443",
        "u:p@h",
        "[::1]",
        "[::1]:80",
        "h:0",
        "h:",
    ]
)
header_names = st.sampled_from(
    [
        "Accept",
        "User-Agent",
        "X-Amz-Meta-A",
        "x-amz-meta-a",
        "X-AMZ-TARGET",
        "Connection",
        "Expect",
        "TE",
        "Content-Type",
        "Host",
        "Date",
        "Authorization",
        "X-Amz-Date",
        "X-Amzn-Trace-Id",
        "X-Amz-Content-SHA256",
        "Content-MD5",
    ]
)
header_values = st.text("aZ09 \t,;:/é\x0b\xa0", max_size=10)
requests = st.builds(
    HttpRequest,
    st.sampled_from(["GET", "POST", "put"]),
    st.builds(
        "{}://{}{}{}".format,
        st.sampled_from(["https", "http"]),
        hosts,
        st.one_of(paths, st.just("/")),
        st.one_of(st.just(""), st.just("?"), queries.map("?{}".format)),
    ),
    st.lists(st.tuples(header_names, header_values), max_size=6),
    st.binary(max_size=5),
)


def of_botocore(
    http: HttpRequest, credentials: Credentials, service: str, now: dt.datetime = NOW
) -> list[tuple[str, str]]:
    assert isinstance(http.body, bytes)
    request = AWSRequest(http.method, http.url, data=http.body)
    for name, value in http.headers.items():
        request.headers.add_header(name, value)
    cls = botocore.auth.S3SigV4Auth if service == "s3" else botocore.auth.SigV4Auth
    signer = cls(
        BotocoreCredentials(
            credentials.access_key_id,
            credentials.secret_access_key,
            credentials.session_token,
        ),
        service,
        "eu-west-1",
    )
    at = now.astimezone(dt.UTC).replace(tzinfo=None)
    with mock.patch("botocore.auth.get_current_datetime", return_value=at):
        signer.add_auth(request)
    return [(str(name), str(value)) for name, value in request.headers.items()]


def signed(
    http: HttpRequest, credentials: Credentials = KEY, service: str = "bedrock"
) -> HttpRequest:
    return sign(
        http, credentials=credentials, region="eu-west-1", service=service, now=NOW
    )


@settings(max_examples=400, deadline=None)
@given(requests, st.sampled_from([KEY, TEMPORARY]), st.sampled_from(["bedrock", "s3"]))
@example(HttpRequest("GET", "https://h/%2F//a/../b/./c/"), KEY, "bedrock")
@example(HttpRequest("GET", "https://h/..//a/"), KEY, "s3")
@example(HttpRequest("GET", "https://h?a=2&a=1&b&=&c=+"), TEMPORARY, "bedrock")
@example(HttpRequest("GET", "https://h/", [("Date", "x")]), TEMPORARY, "bedrock")
@example(HttpRequest("GET", "https://h/é/%zz/a b/~"), TEMPORARY, "bedrock")
@example(
    HttpRequest(
        "GET",
        "https://h:00/",
        [("X-Amz-Content-SHA256", "a"), ("x-amz-content-sha256", "b")],
    ),
    KEY,
    "bedrock",
)
def test_signatures_equal_botocores(
    http: HttpRequest, credentials: Credentials, service: str
) -> None:
    ours = signed(http, credentials, service).headers.copy()
    if "host" not in http.headers:
        ours.remove("Host")
    assert ours == Headers(of_botocore(http, credentials, service))


@given(
    st.datetimes(
        dt.datetime(1990, 1, 1),
        dt.datetime(2200, 1, 1),
        timezones=st.sampled_from(
            [dt.UTC, dt.timezone(dt.timedelta(hours=-11, minutes=-30))]
        ),
    ),
    st.booleans(),
)
@settings(deadline=None)
def test_any_time_zone_is_signed_as_utc(now: dt.datetime, dated: bool) -> None:
    http = HttpRequest("GET", "https://h/", {"Date": "x"} if dated else {})
    ours = sign(http, credentials=KEY, region="eu-west-1", service="iam", now=now)
    assert ours.headers == Headers(of_botocore(http, KEY, "iam", now))


def test_the_documented_example_of_aws() -> None:
    """A vector of the AWS test suite, so that we are not only as wrong as botocore."""
    http = sign(
        HttpRequest("GET", "https://example.amazonaws.com/"),
        credentials=KEY,
        region="us-east-1",
        service="service",
        now=dt.datetime(2015, 8, 30, 12, 36, tzinfo=dt.UTC),
    )
    assert http.headers["X-Amz-Date"] == "20150830T123600Z"
    assert http.headers["Authorization"] == (
        "AWS4-HMAC-SHA256 "
        "Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
        "SignedHeaders=host;x-amz-date, Signature="
        "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"
    )


@given(requests, st.sampled_from(["bedrock", "s3"]))
@settings(deadline=None)
def test_signing_again_replaces_the_signature(http: HttpRequest, service: str) -> None:
    before = HttpRequest(http.method, http.url, http.headers, http.body)
    once = signed(http, KEY, service)
    assert http == before
    assert signed(once, KEY, service) == once
    assert signed(signed(http, TEMPORARY, service), KEY, service) == once


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://H.example/", "h.example"),
        ("https://h:443/", "h"),
        ("http://h:080/", "h"),
        ("https://h:/", "h"),
        ("https://u@h:8443/", "h:8443"),
        ("https://[::1]:443/", "[::1]"),
        ("https://h/", None),
        ("http://h:443/", None),
        ("http://[::1]/", None),
    ],
)
def test_a_host_is_written_where_the_url_spells_it_otherwise(
    url: str, host: str | None
) -> None:
    assert signed(HttpRequest("GET", url)).headers.get("Host") == host


def test_a_body_in_parts_stays_unsigned() -> None:
    http = HttpRequest("PUT", "https://h/", body=iter([b"a", b"b"]))
    ours = signed(http)
    assert ours.headers["X-Amz-Content-SHA256"] == "UNSIGNED-PAYLOAD"
    whole = HttpRequest(
        "PUT", "https://h/", {"X-Amz-Content-SHA256": "UNSIGNED-PAYLOAD"}
    )
    assert ours.headers == Headers(of_botocore(whole, KEY, "bedrock"))
    assert ours.body is http.body


def test_s3_signs_an_empty_path_as_the_slash_that_is_sent() -> None:
    bare, slash = HttpRequest("GET", "https://h?a"), HttpRequest("GET", "https://h/?a")
    assert signed(bare, service="s3").headers == signed(slash, service="s3").headers


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        sign(
            HttpRequest("GET", "https://h/"),
            credentials=KEY,
            region="r",
            service="s",
            now=dt.datetime(2026, 1, 1),
        )


def test_a_hostile_region_can_not_add_a_header() -> None:
    with pytest.raises(ValueError, match="line end"):
        sign(
            HttpRequest("GET", "https://h/"),
            credentials=KEY,
            region="r\r\nX: y",
            service="s",
            now=NOW,
        )
