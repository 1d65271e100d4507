"""How messages are authenticated where that isn't by signature version 4 alone."""

import pickle
import sys
from datetime import UTC, datetime
from unittest import mock

import botocore.auth
import pytest
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials as BotocoreCredentials
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.hashes import SHA256

from specwright.runtime.auth import Anonymous, Auth, SigV4
from specwright.runtime.bearer import Bearer, BearerToken
from specwright.runtime.credentials import Credentials, EnvironmentCredentials
from specwright.runtime.errors import ConfigurationError
from specwright.runtime.http import HttpRequest
from specwright.runtime.sigv2 import SigV2
from specwright.runtime.sigv4 import canonical
from specwright.runtime.sigv4a import SigV4a, private_key

NOW = datetime(2015, 8, 30, 12, 36, 0, tzinfo=UTC)
KEY = Credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
TEMPORARY = Credentials("AKIDEXAMPLE", "secret", "token/+=")
GET = HttpRequest("GET", "https://example.amazonaws.com/")
FORM = {"Action": "Do", "Name": "a b/c~d*é", "Empty": ""}


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_REGION", "AWS_DEFAULT_REGION"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("key", "x", "y"),
    [
        (
            KEY,
            0xB6618F6A65740A99E650B33B6B4B5BD0D43B176D721A3EDFEA7E7D2D56D936B1,
            0x865ED22A7EADC9C5CB9D2CBACA1B3699139FEDC5043DC6661864218330C8E518,
        ),
        (
            Credentials(
                "AKISORANDOMAASORANDOM", "q+jcrXGc+0zWN6uzclKVhvMmUsIfRPa4rlRandom"
            ),
            0x15D242CEEBF8D8169FD6A8B5A746C41140414C3B07579038DA06AF89190FFFCB,
            0x515242CEDD82E94799482E4C0514B505AFCCF2C0C98D6A553BF539F424C5EC0,
        ),
    ],
)
def test_key_pairs_are_those_of_the_published_vectors(key: Credentials, x: int, y: int):
    found = private_key(key).public_key().public_numbers()
    assert (found.x, found.y) == (x, y)


@pytest.mark.parametrize("key", [KEY, TEMPORARY])
def test_version_4a_can_be_verified(key: Credentials):
    signed = Auth(SigV4a())(GET, key, "us-east-1", "service", NOW)
    assert signed.headers["X-Amz-Region-Set"] == "us-east-1"
    names = "host;x-amz-date;x-amz-region-set"
    if key.session_token:
        names = "host;x-amz-date;x-amz-region-set;x-amz-security-token"
        names = ";".join(sorted(names.split(";")))
    start, _, signature = signed.headers["Authorization"].rpartition(", Signature=")
    assert start == (
        "AWS4-ECDSA-P256-SHA256 Credential=AKIDEXAMPLE/20150830/service/aws4_request, "
        f"SignedHeaders={names}"
    )
    marked = HttpRequest("GET", GET.url, {"X-Amz-Region-Set": "us-east-1"})
    *_, digest = canonical(marked, key, "service", NOW)
    text = (
        "AWS4-ECDSA-P256-SHA256\n20150830T123600Z\n20150830/service/aws4_request\n"
        + digest
    )
    # Raises where it isn't the signature of this text by this key.
    private_key(key).public_key().verify(
        bytes.fromhex(signature), text.encode(), ECDSA(SHA256())
    )


def test_regions_of_version_4a(monkeypatch: pytest.MonkeyPatch):
    def regions(scheme: SigV4a) -> str:
        return Auth(scheme)(GET, KEY, "here", "service", NOW).headers[
            "X-Amz-Region-Set"
        ]

    assert regions(SigV4a("*")) == "*"
    monkeypatch.setenv("AWS_SIGV4A_SIGNING_REGION_SET", "us-east-1,us-west-2")
    assert regions(SigV4a("*")) == "us-east-1,us-west-2"


def test_without_cryptography(monkeypatch: pytest.MonkeyPatch):
    for name in [name for name in sys.modules if name.startswith("cryptography")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "cryptography", None)
    with pytest.raises(ConfigurationError, match="pip install cryptography"):
        Auth(SigV4a())(GET, KEY, "us-east-1", "service", NOW)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    signed = Auth(SigV4a(), SigV4())(GET, KEY, "us-east-1", "service", NOW)
    assert signed.headers["Authorization"].startswith("AWS4-HMAC-SHA256")


def test_the_first_that_can_be_used_signs():
    signed = Auth(SigV4a(), SigV4())(GET, KEY, "us-east-1", "service", NOW)
    assert signed.headers["Authorization"].startswith("AWS4-ECDSA-P256-SHA256")


def test_anonymous_messages_stay_as_they_are():
    def never() -> Credentials:
        raise AssertionError("nobody needs credentials")

    assert Auth(Anonymous())(GET, never, None, "service", NOW) is GET


def test_the_message_carries_how_it_is_signed():
    auth = Auth(Anonymous())
    assert GET.auth is None
    marked = auth.sent(HttpRequest("POST", "https://h/", {"A": "b"}, b"c"), mock.Mock())
    assert marked.auth is auth
    assert (marked.method, marked.url, marked.body) == ("POST", "https://h/", b"c")
    assert list(marked.headers.items()) == [("A", "b")]


def test_a_token_needs_neither_region_nor_keys():
    signed = Auth(Bearer())(GET, BearerToken("abc"), None, "service", NOW)
    assert dict(signed.headers.items()) == {"Authorization": "Bearer abc"}
    again = Auth(Bearer())(signed, lambda: BearerToken("def"), None, "service", NOW)
    assert list(again.headers.items()) == [("Authorization", "Bearer def")]


def test_a_token_that_is_missing(monkeypatch: pytest.MonkeyPatch):
    for source in (None, EnvironmentCredentials(), KEY, lambda: KEY):
        with pytest.raises(ConfigurationError, match="AWS_BEARER_TOKEN_CODE_STAR"):
            Auth(Bearer())(GET, source, None, "code-star", NOW)
    monkeypatch.setenv("AWS_BEARER_TOKEN_CODE_STAR", "abc")
    signed = Auth(Bearer())(GET, EnvironmentCredentials(), None, "code-star", NOW)
    assert signed.headers["Authorization"] == "Bearer abc"


@pytest.mark.parametrize("scheme", [SigV4(), SigV2(), SigV4a()])
def test_a_token_signs_nothing(scheme):
    with pytest.raises(ConfigurationError, match="bearer token can't sign"):
        Auth(scheme)(GET, BearerToken("abc"), "us-east-1", "service", NOW)


def test_tokens_are_kept_secret_and_may_be_kept():
    token = BearerToken("a secret")
    assert "a secret" not in repr(token)
    assert pickle.loads(pickle.dumps(token)).token == "a secret"
    assert token == BearerToken("a secret") != BearerToken("another")
    for wrong in ("", " a", "a\n"):
        with pytest.raises(ValueError, match="token"):
            BearerToken(wrong)


def test_providers_are_asked_once_a_signature():
    asked = mock.Mock(return_value=KEY)
    Auth(Bearer(), SigV4())(GET, asked, "us-east-1", "service", NOW)
    assert asked.call_count == 1


@pytest.mark.parametrize("key", [KEY, TEMPORARY])
@pytest.mark.parametrize(
    "url", ["https://sdb.amazonaws.com/", "http://localhost:9/", "https://h:443"]
)
def test_version_2_is_that_of_botocore(key: Credentials, url: str):
    from urllib.parse import parse_qsl, quote

    body = "&".join(f"{k}={quote(v, safe='-_.~')}" for k, v in FORM.items())
    message = HttpRequest("POST", url, (), body.encode())
    ours = Auth(SigV2())(message, key, None, "sdb", NOW)
    found = dict(parse_qsl(ours.body.decode(), keep_blank_values=True))
    theirs = AWSRequest("POST", url, data=dict(FORM))
    signer = botocore.auth.SigV2Auth(
        BotocoreCredentials(key.access_key_id, key.secret_access_key, key.session_token)
    )
    now = mock.Mock(return_value=NOW.timetuple())
    with mock.patch("botocore.auth.time.gmtime", now):
        signer.add_auth(theirs)
    if url == "https://h:443":
        # Nobody sends the usual port in the header Host, which the signature is of.
        assert found.pop("Signature") != theirs.data.pop("Signature")
    assert found == theirs.data
    again = Auth(SigV2())(ours, key, None, "sdb", NOW)
    assert again.body == ours.body
