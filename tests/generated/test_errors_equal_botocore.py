"""Answers that tell of a failure: our exceptions have botocore's code, message and status."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from tests.generated.botocore_side import raised_by_botocore
from tests.generated.strategies import CHARACTERS
from tests.generated.support import BY_NAME, CASES, Case

BEDROCK = BY_NAME["ListModelImportJobs"]
SAGEMAKER = BY_NAME["ListProcessingJobs"]
MODELLED = {
    "AccessDeniedException": (403, "client"),
    "InternalServerException": (500, "server"),
    "ResourceNotFoundException": (404, "client"),
    "ThrottlingException": (429, "client"),
    "ValidationException": (400, "client"),
}
FORMS = ("{}", "com.amazonaws.bedrock#{}", "{}:http://errors/", "aws.x#{}:http://e#x/")
REQUEST_ID = {"x-amzn-requestid": "request-2"}


def raised(case: Case, status: int, headers: dict[str, str], body: bytes) -> Any:
    """What our client raises."""
    answer = case.package.HttpResponse(status, {**REQUEST_ID, **headers}, body)
    with pytest.raises(case.package.ServiceError) as caught:
        case.client().parse(case.request.from_dict({}), answer)
    return caught.value


def told(error: Any) -> tuple[str, str, int, str]:
    return error.code, error.message, error.status, error.request_id


def told_by_botocore(
    case: Case, status: int, headers: dict[str, str], body: bytes
) -> tuple[str, str, int, str]:
    error = raised_by_botocore(case, status, {**REQUEST_ID, **headers}, body)
    metadata = error.response["ResponseMetadata"]
    said = error.response["Error"]
    return (
        said["Code"],
        said["Message"],
        metadata["HTTPStatusCode"],
        # Left out for gateways, though the header has it.
        metadata.get("RequestId", metadata["HTTPHeaders"]["x-amzn-requestid"]),
    )


def assert_alike(case: Case, status: int, headers: dict[str, str], body: bytes) -> Any:
    ours = raised(case, status, headers, body)
    assert told(ours) == told_by_botocore(case, status, headers, body)
    return ours


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("place", ["header", "__type", "code", "Code"])
@pytest.mark.parametrize("code", MODELLED)
def test_modelled_errors(code: str, place: str, form: str) -> None:
    status, fault = MODELLED[code]
    written = form.format(code)
    headers = {"x-amzn-errortype": written} if place == "header" else {}
    members = (
        {"message": "no"} if place == "header" else {"message": "no", place: written}
    )
    error = assert_alike(BEDROCK, status, headers, json.dumps(members).encode())
    errors = BEDROCK.package.errors
    assert type(error) is getattr(errors, code)
    assert isinstance(error, errors.BedrockError)
    assert isinstance(error, BEDROCK.package.SpecwrightError)
    assert (error.code, error.fault, error.request_id) == (code, fault, "request-2")
    assert error.to_dict() == {"message": "no"}
    assert error.retryable is (status in (429, 500))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("status", "fault"), [(400, "client"), (503, "server")])
def test_errors_that_no_model_has(form: str, status: int, fault: str) -> None:
    for case, base in ((BEDROCK, "BedrockError"), (SAGEMAKER, "SageMakerError")):
        body = json.dumps({"__type": form.format("NewThing"), "Message": "m"}).encode()
        error = assert_alike(case, status, {}, body)
        assert type(error) is getattr(case.package.errors, base)
        assert (error.code, error.message, error.fault) == ("NewThing", "m", fault)
        assert error.retryable is (status == 503)


def test_a_code_of_one_operation_is_known_in_all() -> None:
    body = b'{"__type": "ResourceNotFoundException", "message": "gone"}'
    error = assert_alike(BEDROCK, 404, {}, body)
    assert type(error) is BEDROCK.package.errors.ResourceNotFoundException
    assert (
        type(error)
        not in BEDROCK.package.BedrockClient.operations["ListModelImportJobs"].errors
    )


@settings(max_examples=200, derandomize=True, deadline=None, database=None)
@given(
    st.sampled_from(CASES),
    st.sampled_from([400, 403, 404, 409, 413, 429, 500, 502, 503, 504]),
    st.sampled_from([*MODELLED, "Throttling", "SomethingElse"]),
    st.sampled_from(["message", "Message"]),
    st.text(CHARACTERS),
    st.sampled_from(FORMS),
)
def test_codes_and_messages(
    case: Case, status: int, code: str, key: str, message: str, form: str
) -> None:
    """Whatever the status is: it is the code that makes the error what it is."""
    body = json.dumps({"__type": form.format(code), key: message}).encode()
    error = assert_alike(case, status, {}, body)
    known = code in MODELLED and case.boto == "bedrock"
    assert (type(error).__name__ == code) is known


@pytest.mark.parametrize("status", [500, 502, 503, 504, 520])
@pytest.mark.parametrize(
    "body", [b"<html><body>Bad Gateway</body></html>", b"", b"\n <html>", b"  \r\n"]
)
@pytest.mark.parametrize("case", [BEDROCK, SAGEMAKER], ids=str)
def test_a_failing_gateway(case: Case, status: int, body: bytes) -> None:
    error = assert_alike(case, status, {"content-type": "text/html"}, body)
    assert type(error) is getattr(case.package.errors, f"{case.service_id}Error")
    assert (error.code, error.fault, error.retryable) == (
        str(status),
        "server",
        status in (500, 502, 503, 504),
    )
    assert error.to_dict() == {}


@pytest.mark.parametrize("status", [400, 403, 413, 503])
@pytest.mark.parametrize("body", [b"Request too large", "zu gro\u00df".encode()])
def test_a_gateway_that_answers_in_words(status: int, body: bytes) -> None:
    error = assert_alike(BEDROCK, status, {}, body)
    assert error.message == body.decode()


@pytest.mark.parametrize(
    ("status", "body", "message"),
    [
        (403, b"<html><title>403</title></html>", "Forbidden"),
        (502, b"<!DOCTYPE html><p>no</p>", "Bad Gateway"),
        (404, b"", "Not Found"),
        (418, b"\xff\xfe\x00", "\ufffd\ufffd\x00"),
        (400, b"[1, 2]", "[1, 2]"),
        (400, b'"text"', '"text"'),
        (400, b"[" * 100_000, "[" * 1000),
        (400, b"word " * 1000, "word " * 200),
        (599, b"<html>", ""),
        (302, b"", "Found"),
    ],
)
def test_where_we_differ_from_botocore(status: int, body: bytes, message: str) -> None:
    """botocore's message is a whole page, or empty; or it fails itself."""
    error = raised(BEDROCK, status, {}, body)
    assert (error.code, error.message) == (str(status), message)
    assert type(error) is BEDROCK.package.errors.BedrockError
    assert error.status == status


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({"x-amzn-errortype": "ValidationException"}, b'{"message": "m"}'),
        ({}, b'{"code": "ValidationException", "message": "m"}'),
    ],
)
def test_codes_are_found_in_every_protocol(
    headers: dict[str, str], body: bytes
) -> None:
    """botocore looks for these in rest-json only."""
    error = raised(SAGEMAKER, 400, headers, body)
    assert told(error) == ("ValidationException", "m", 400, "request-2")


@pytest.mark.parametrize(
    "body",
    [
        b'{"__type": 5, "message": ["x"]}',
        b'{"__type": null, "message": null}',
        b'{"__type": "", "message": ""}',
    ],
)
def test_nonsense_in_an_error_is_no_crash(body: bytes) -> None:
    error = raised(BEDROCK, 400, {}, body)
    assert (error.code, error.message) == ("400", "")
    headers = {"x-amzn-errortype": "ValidationException"}
    error = raised(BEDROCK, 400, headers, b'{"message": ["x"]}')
    assert type(error) is BEDROCK.package.errors.ValidationException
    assert error.message == ""
    assert "expected text at '/message'" in error.__notes__[0]


def test_the_text_of_an_error() -> None:
    body = b'{"__type": "ThrottlingException", "message": "slow down"}'
    error = raised(BEDROCK, 429, {}, body)
    assert str(error) == (
        "ThrottlingException (HTTP 429): slow down [request request-2]"
    )
    assert str(BEDROCK.package.errors.ThrottlingException("mine")) == (
        "ThrottlingException (HTTP 429): mine"
    )
