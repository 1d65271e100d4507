"""Credentials are immutable, keep their secrets, and are found or asked for."""

import copy
import hmac
import pickle
from unittest import mock

import pytest

from specwright.runtime.credentials import (
    Credentials,
    credential_source,
    environment_credentials,
    environment_region,
    resolve,
    resolve_region,
)
from specwright.runtime.errors import ConfigurationError

KEY = Credentials("AKID", "s3cr3t", "t0k3n")


@pytest.fixture(autouse=True)
def _empty_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ACCESS_KEY_ID", "SECRET_ACCESS_KEY", "SESSION_TOKEN"):
        monkeypatch.delenv(f"AWS_{name}", raising=False)
    for name in ("REGION", "DEFAULT_REGION"):
        monkeypatch.delenv(f"AWS_{name}", raising=False)


def test_the_repr_hides_secrets() -> None:
    assert repr(KEY) == "Credentials('AKID', '***', session_token='***')"
    assert repr(Credentials("AKID", "s3cr3t")) == "Credentials('AKID', '***')"


@pytest.mark.parametrize(
    "name", ["access_key_id", "secret_access_key", "session_token", "other"]
)
def test_they_can_not_be_changed(name: str) -> None:
    with pytest.raises(AttributeError):
        setattr(KEY, name, "x")


def test_they_compare_hash_copy_and_pickle() -> None:
    KEY.signing_key("20260101", "r", "s")
    same = Credentials("AKID", "s3cr3t", session_token="t0k3n")
    assert same == KEY == pickle.loads(pickle.dumps(KEY)) == copy.deepcopy(KEY)
    assert len({KEY, same}) == 1
    assert Credentials("AKID", "s3cr3t") != KEY
    assert KEY != ("AKID", "s3cr3t", "t0k3n")
    assert Credentials("a", "b", "") == Credentials("a", "b")


@pytest.mark.parametrize("bad", ["", "a\n", " a", "a\r\nX: y", "a\0"])
def test_keys_that_can_not_be_keys_are_refused_without_being_shown(bad: str) -> None:
    with pytest.raises(ValueError, match="access_key_id"):
        Credentials(bad, "b")
    with pytest.raises(ValueError, match="secret_access_key") as caught:
        Credentials("a", bad)
    assert "X: y" not in str(caught.value)
    if bad:
        with pytest.raises(ValueError, match="session_token"):
            Credentials("a", "b", bad)


def test_the_signing_key_is_derived_once_for_a_day_region_and_service(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    digest = mock.Mock(wraps=hmac.digest)
    monkeypatch.setattr("hmac.digest", digest)
    credentials = Credentials("a", "b")
    first = credentials.signing_key("20260101", "r", "s")
    assert credentials.signing_key("20260101", "r", "s") == first
    assert digest.call_count == 4
    others = {
        credentials.signing_key("20260102", "r", "s"),
        credentials.signing_key("20260101", "q", "s"),
        credentials.signing_key("20260101", "r", "t"),
    }
    assert len(others | {first}) == 4
    assert credentials.signing_key("20260101", "r", "s") == first


def test_they_are_found_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert environment_credentials() is None
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "a")
    with pytest.raises(ConfigurationError, match="set AWS_SECRET_ACCESS_KEY too"):
        environment_credentials()
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "b")
    assert environment_credentials() == resolve(None) == Credentials("a", "b")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "c")
    assert environment_credentials() == Credentials("a", "b", "c")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "b\n")
    with pytest.raises(ConfigurationError, match="secret_access_key holds white"):
        environment_credentials()


def test_what_is_given_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "a")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "b")
    assert resolve(KEY) is KEY
    assert resolve(lambda: KEY) is KEY


def test_none_found_says_what_to_do() -> None:
    with pytest.raises(ConfigurationError, match="set AWS_ACCESS_KEY_ID and"):
        resolve(None)


def test_a_source_that_returns_something_else_is_told_so() -> None:
    with pytest.raises(ConfigurationError, match="returned a tuple, not Credentials"):
        resolve(lambda: ("a", "b"))  # type: ignore[arg-type,return-value]


def test_a_source_that_is_something_else_is_told_so() -> None:
    for check in (credential_source, resolve):
        with pytest.raises(ConfigurationError, match="is a tuple, not Credentials"):
            check(("a", "b"))  # type: ignore[arg-type]


def test_those_of_the_environment_are_kept_until_it_changes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source = credential_source(None)
    with pytest.raises(ConfigurationError, match="no credentials"):
        resolve(source)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "a")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "b")
    first = resolve(source)
    assert resolve(source) is first == Credentials("a", "b")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "c")
    assert resolve(source) == Credentials("a", "b", "c")
    assert credential_source(KEY) is KEY


def test_the_region(monkeypatch: pytest.MonkeyPatch) -> None:
    assert environment_region() is None
    with pytest.raises(ConfigurationError, match="pass region=, or set AWS_REGION"):
        resolve_region(None)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    assert environment_region() == resolve_region(None) == "eu-west-1"
    monkeypatch.setenv("AWS_REGION", "eu-west-2")
    assert resolve_region(None) == "eu-west-2"
    assert resolve_region("eu-west-3") == "eu-west-3"
