"""Messages of operations that aren't signed like the others, beside those of botocore."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest import mock
from urllib.parse import parse_qsl

import botocore.session
import pytest
from botocore.awsrequest import AWSResponse
from botocore.compat import gzip
from botocore.config import Config
from botocore.tokens import FrozenAuthToken
from tests.protocols import xml_clients as clients

from specwright.sources.botocore import convert, read_model

PACKAGE = "authenticated"
NOW = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)
KEYS = ("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "session/+=")
# Operations by service, each with what it is asked.
CASES: dict[str, dict[str, dict[str, Any]]] = {
    "cognito-identity": {
        "GetId": {"IdentityPoolId": "us-east-1:pool"},
        "ListIdentityPools": {"MaxResults": 5},
    },
    "cognito-idp": {
        "InitiateAuth": {"AuthFlow": "USER_AUTH", "ClientId": "abc"},
        "SignUp": {"ClientId": "abc", "Username": "me"},
        "ListUserPools": {"MaxResults": 5},
    },
    "sso": {
        "GetRoleCredentials": {
            "roleName": "r",
            "accountId": "123456789012",
            "accessToken": "t",
        },
    },
    "sso-oidc": {
        "CreateToken": {"clientId": "a", "clientSecret": "b", "grantType": "c"},
        "CreateTokenWithIAM": {"clientId": "a", "grantType": "c"},
    },
    "sts": {
        "AssumeRoleWithWebIdentity": {
            "RoleArn": "arn:aws:iam::123456789012:role/r",
            "RoleSessionName": "me",
            "WebIdentityToken": "token",
        },
        "AssumeRole": {
            "RoleArn": "arn:aws:iam::123456789012:role/r",
            "RoleSessionName": "me",
        },
        "GetCallerIdentity": {},
    },
    "codecatalyst": {"GetProject": {"spaceName": "space", "name": "project"}},
    "sdb": {
        "GetAttributes": {
            "DomainName": "do main",
            "ItemName": "a/b~c*",
            "AttributeNames": ["x", "y"],
            "ConsistentRead": True,
        },
        "ListDomains": {},
    },
    "bedrock-runtime": {
        "CountTokens": {
            "modelId": "m",
            "input": {
                "converse": {"messages": [{"role": "user", "content": [{"text": "?"}]}]}
            },
        },
    },
    "dynamodb": {"ListTables": {"Limit": 1}},
    "timestream-query": {"CancelQuery": {"QueryId": "abc"}},
}
EACH = [(service, name) for service, names in CASES.items() for name in names]


def specs_of(service: str) -> dict[str, str]:
    """The spec files of a service of botocore, of the operations above."""
    folder = Path(botocore.__file__).parent / "data" / service
    file = max(folder.glob("*/service-2.json.gz"))
    with gzip.open(file) as packed:
        model, diagnostics = read_model(packed.read(), file.name)
    assert model is not None, diagnostics
    documents = convert(model, operations=tuple(CASES[service])).documents
    return {
        path: json.dumps(document, ensure_ascii=False, default=float)
        for path, document in documents.items()
    }


@pytest.fixture(scope="module", autouse=True)
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    root = tmp_path_factory.mktemp(PACKAGE)
    clients.generated(root, PACKAGE, {name: specs_of(name) for name in CASES})
    sys.path.insert(0, str(root))
    yield
    sys.path.remove(str(root))


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in zip(
        ("ACCESS_KEY_ID", "SECRET_ACCESS_KEY", "SESSION_TOKEN"), KEYS, strict=True
    ):
        monkeypatch.setenv(f"AWS_{name}", value)


def package_of(service: str) -> str:
    model = botocore.session.get_session().get_service_model(service)
    return model.service_id.lower().replace(" ", "_")


def ours(service: str, **options: Any) -> Any:
    return clients.client(
        PACKAGE, package_of(service), clock=lambda: NOW, validation="off", **options
    )


def signed(client: Any, name: str, values: dict[str, Any]) -> Any:
    return client.sign(client.prepare(clients.request(client, name, values)))


class Raw(BytesIO):
    def stream(self, **_: Any) -> Any:
        yield self.read()


def by_botocore(service: str, name: str, values: dict[str, Any]) -> Any:
    """The request that botocore would send now."""
    session = botocore.session.get_session()
    client = session.create_client(
        service,
        region_name="us-east-1",
        endpoint_url=clients.ENDPOINT,
        config=Config(
            parameter_validation=False,
            retries={"mode": "standard", "total_max_attempts": 1},
        ),
    )
    kept: list[Any] = []

    def answer(request: Any, **_: Any) -> AWSResponse:
        kept.append(request)
        return AWSResponse(request.url, 200, {}, Raw(b""))

    client.meta.events.register("before-send", answer)
    method = {v: k for k, v in client.meta.method_to_api_mapping.items()}[name]
    gmtime = mock.Mock(return_value=NOW.timetuple())
    with (
        mock.patch("botocore.auth.get_current_datetime", return_value=NOW),
        mock.patch("botocore.auth.time.gmtime", gmtime),
    ):
        try:
            getattr(client, method)(**values)
        except Exception:  # noqa: BLE001 - the empty answer can't be read as anything
            assert kept
    return kept[0]


def text(value: Any) -> str:
    return value.decode() if isinstance(value, bytes) else str(value or "")


@pytest.mark.parametrize(("service", "name"), EACH)
def test_messages_are_authenticated_alike(
    service: str, name: str, monkeypatch: pytest.MonkeyPatch
):
    token = FrozenAuthToken("a token")
    monkeypatch.setenv("AWS_BEARER_TOKEN_CODECATALYST", token.token)
    monkeypatch.setattr(
        "botocore.session.Session.get_auth_token", lambda *_, **__: token
    )
    values = CASES[service][name]
    found, expected = signed(ours(service), name, values), by_botocore(
        service, name, values
    )
    theirs = {k.lower(): text(v) for k, v in expected.headers.items()}
    for header in ("x-amz-date", "x-amz-security-token", "x-amz-content-sha256"):
        assert found.headers.get(header) == theirs.get(header), header
    assert scheme_of(found.headers.get("Authorization")) == scheme_of(
        theirs.get("authorization")
    )
    if "Signature" in text(expected.body):
        fields = parse_qsl(found.body.decode(), keep_blank_values=True)
        assert sorted(fields) == sorted(parse_qsl(text(expected.body)))


@pytest.mark.parametrize("keys", [True, False])
def test_a_token_of_the_environment_goes_before_keys(
    keys: bool, monkeypatch: pytest.MonkeyPatch
):
    """Bedrock takes both; keys that are passed in code are what the caller wants."""
    monkeypatch.setenv("AWS_BEARER_TOKEN_BEDROCK", "a token")
    if not keys:
        monkeypatch.delenv("AWS_ACCESS_KEY_ID")
        monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    values = CASES["bedrock-runtime"]["CountTokens"]
    expected = by_botocore("bedrock-runtime", "CountTokens", values)
    found = signed(ours("bedrock-runtime"), "CountTokens", values)
    assert found.headers["Authorization"] == text(expected.headers["Authorization"])
    package = import_module(f"{PACKAGE}.bedrock_runtime")
    given = ours("bedrock-runtime", credentials=package.Credentials("a", "b"))
    header = signed(given, "CountTokens", values).headers["Authorization"]
    assert header.startswith("AWS4-HMAC-SHA256 Credential=a/")
    given = ours("bedrock-runtime", credentials=lambda: package.BearerToken("mine"))
    header = signed(given, "CountTokens", values).headers["Authorization"]
    assert header == "Bearer mine"


def test_required_discovery_asks_for_an_endpoint():
    client = ours("timestream-query")
    package = import_module(f"{PACKAGE}.timestream_query")
    client = type(client)(region="us-east-1")
    request = package.CancelQueryRequest(query_id="abc")
    with pytest.raises(package.ConfigurationError, match="endpoint_url="):
        client.prepare(request)


def scheme_of(header: str | None) -> str:
    """What is comparable of a header: not the signature, since other headers are in it."""
    return (header or "").partition(" Signed")[0].partition("SignedHeaders")[0]
