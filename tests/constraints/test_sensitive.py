"""Sensitive values are in no text that a client makes: a secret stands at each of their places."""

from __future__ import annotations

import json
import logging
import pickle
import traceback
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from tests.catalogue.packages import importable
from tests.constraints.conftest import package_of
from tests.constraints.sensitive_model import MODEL

SECRET = "s3kr1t"
NUMBER = 987654321
# Values by member; each breaks a constraint, or lets one be broken beside it.
PLACES: dict[str, list[Any]] = {
    "label": [SECRET],
    "query": [SECRET],
    "header": [SECRET],
    "choice": [SECRET],
    "number": [NUMBER, SECRET, [SECRET]],
    "fraction": [NUMBER, SECRET],
    "blob": [SECRET.encode(), SECRET],
    "list": [[SECRET, SECRET], SECRET, {SECRET: SECRET}],
    "keys": [{SECRET: "v"}, {SECRET: None}, {SECRET: 1}, {SECRET: "long"}],
    "values": [{"k": SECRET}, {"k": [SECRET]}],
    "map": [{SECRET: "long"}, {SECRET: None}, {SECRET: {SECRET: 1}}],
    "maps": [[{SECRET: "long"}], [{SECRET: None}, SECRET]],
    "structure": [
        {"text": SECRET, "inner": {"map": {SECRET: SECRET}}},
        {"inner": {"needed": SECRET, "map": {SECRET: None}}},
        SECRET,
    ],
    "union": [
        {"a": SECRET},
        {"b": {SECRET: SECRET}},
        {"a": SECRET, "b": {}},
        {"c": SECRET},
    ],
    "document": [{SECRET: {SECRET: b""}}, {SECRET: [1, {1: SECRET}]}],
    "mixed": [{"secret": SECRET, "plain": "p"}],
    "mixedMap": [{"k": {"secret": SECRET}}, {"k": None}],
}
REQUESTS = st.fixed_dictionaries(
    {"label": st.sampled_from([SECRET, "a"])},
    optional={
        name: st.sampled_from(values)
        for name, values in PLACES.items()
        if name != "label"
    },
)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    root = tmp_path_factory.mktemp("sensitive")
    with importable(root, "hiding_clients"):
        yield package_of(MODEL, root, "hiding_clients")


def client(package: Any, **options: Any) -> Any:
    credentials = package.Credentials("AKIDEXAMPLE", "not-a-key")
    return package.HidingClient(
        region="us-east-1",
        endpoint_url="http://127.0.0.1:9",
        credentials=credentials,
        retries=0,
        timeout=1,
        **options,
    )


def held(text: object) -> None:
    """Fails where a text has the secret in it, in any spelling."""
    told = str(text)
    for spelling in (SECRET, str(NUMBER), "czNrcjF0", SECRET.encode().hex()):
        assert spelling not in told, told


def told_of(error: BaseException) -> str:
    """What anyone prints of an exception: with its traceback, causes and notes."""
    log = logging.LogRecord("x", 1, "x", 1, "%s %r", (error, error), None)
    trace = "".join(traceback.format_exception(error))
    return f"{error!s}{error!r}{log.getMessage()}{trace}"


@settings(deadline=None)
@given(values=REQUESTS)
def test_requests_hide_what_is_sensitive(package: Any, values: dict[str, Any]) -> None:
    request = package.HideRequest.from_dict(values)
    held(repr(request))
    for violation in request.violations():
        held(repr(violation) + str(violation))
    try:
        request.validate()
    except package.ValidationError as error:
        held(told_of(error))
        held(told_of(pickle.loads(pickle.dumps(error))))
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            http = client(package, validation="warn").prepare(request)
        except package.ValidationError as error:
            held(told_of(error))
        else:
            held(repr(http))
            held(repr(client(package).sign(http)))
    for warning in caught:
        held(warnings.formatwarning(warning.message, warning.category, "f", 1, ""))


@pytest.mark.parametrize(
    ("member", "value"),
    [(name, value) for name, values in PLACES.items() for value in values],
)
def test_each_place_is_searched(package: Any, member: str, value: Any) -> None:
    """The secret is really there, and shows as soon as someone asks for it."""
    request = package.HideRequest.from_dict({"label": "a", member: value})
    if "k" in (value if isinstance(value, dict) else ()) and value["k"] is None:
        return
    assert SECRET in str(request.to_dict()) or str(NUMBER) in str(request.to_dict())
    held(repr(request))
    assert request.violations() or member in ("union", "values")
    for violation in request.violations():
        held(violation)
        assert violation.pointer.startswith(f"/{member}")


def test_keys_that_are_not_sensitive_are_told(package: Any) -> None:
    values = {
        "label": "a",
        "values": {"k": SECRET},
        "mixedMap": {"n": {"secret": SECRET}},
    }
    found = package.HideRequest.from_dict(values).violations()
    assert {v.pointer for v in found} == {"/values/k", "/mixedMap/n/secret"}
    hidden = package.HideRequest.from_dict({"label": "a", "map": {SECRET: "long"}})
    assert [v.pointer for v in hidden.violations()] == ["/map/<sensitive>"]


@settings(deadline=None)
@given(values=REQUESTS)
def test_answers_hide_what_is_sensitive(package: Any, values: dict[str, Any]) -> None:
    body = json.dumps(
        {
            name: value
            for name, value in values.items()
            if name not in ("label", "query", "header", "blob", "document")
        }
    ).encode()
    request = package.HideRequest(label="a")
    for sent in (body, body[:-1], body.replace(b'"v"', b"{}"), b'{"blob": "s3kr1t"}'):
        try:
            response = client(package).parse(
                request, package.HttpResponse(200, {}, sent)
            )
        except package.ResponseError as error:
            held(told_of(error))
        else:
            held(repr(response) + repr(response.response_metadata))
            for violation in response.violations():
                held(violation)


def test_errors_hide_sensitive_messages_and_members(package: Any) -> None:
    body = {"__type": "Refused", "message": SECRET, "plain": "p", "hidden": SECRET}
    http = package.HttpResponse(
        400, {"x-amzn-requestid": "r-1"}, json.dumps(body).encode()
    )
    with pytest.raises(package.errors.Refused) as caught:
        client(package).parse(package.HideRequest(label="a"), http)
    assert caught.value.message == caught.value.hidden == SECRET
    assert str(caught.value) == "Refused (HTTP 400): <sensitive> [request r-1]"
    held(told_of(caught.value))


def test_calls_that_fail_tell_no_addresses(package: Any) -> None:
    request = package.HideRequest(label=SECRET, query=SECRET, header=SECRET)
    with pytest.raises(package.TransportError) as caught:
        client(package, validation="off").send(request)
    held(told_of(caught.value))
