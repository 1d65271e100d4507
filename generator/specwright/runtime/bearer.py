"""Bearer tokens (RFC 6750), in the place of access keys."""

from __future__ import annotations

from .auth import Scheme, Sender
from .credentials import Credentials, CredentialSource, EnvironmentCredentials
from .errors import ConfigurationError
from .http import HttpRequest


class BearerToken(Credentials):
    """A token: pass it, or a function that returns it, as ``credentials``.

    It stays out of `repr`. Operations that take signatures only refuse it.
    """

    __slots__ = ()

    def __init__(self, token: str) -> None:
        # Kept as a session's token is, for it is one; there is no key beside it.
        super().__init__("bearer", "bearer", token)
        if not self.session_token:
            raise ValueError("the token is empty")

    @property
    def token(self) -> str:
        return self.session_token or ""

    @property
    def secret_access_key(self) -> str:
        raise ConfigurationError(
            "a bearer token can't sign: this operation needs "
            "credentials=Credentials(access_key_id, secret_access_key)"
        )

    def signing_key(self, day: str, region: str, service: str) -> bytes:
        return self.secret_access_key.encode()

    def __reduce__(self) -> tuple[object, ...]:
        return BearerToken, (self.token,)

    def __repr__(self) -> str:
        return "BearerToken('***')"


class Bearer(Scheme):
    """The token in a header; else that of the environment for the service."""

    __slots__ = ()

    def serves(self, source: CredentialSource, service: str) -> bool:
        return token_of(source, service) is not None

    def sign(self, http: HttpRequest, sender: Sender) -> HttpRequest:
        found = token_of(sender.source, sender.service)
        if found is None:
            raise ConfigurationError(
                "no bearer token: pass credentials=BearerToken(token), or set "
                + variable(sender.service)
            )
        headers = http.headers.copy()
        headers.remove("Authorization")
        headers.add("Authorization", f"Bearer {found.token}")
        return HttpRequest(http.method, http.url, headers, http.body)


def token_of(source: CredentialSource, service: str) -> BearerToken | None:
    """The token that is given, else the environment's unless there are other credentials."""
    if source is None or isinstance(source, EnvironmentCredentials):
        from os import environ

        text = environ.get(variable(service))
        return BearerToken(text) if text else None
    held: object = source if isinstance(source, Credentials) else source()
    return held if isinstance(held, BearerToken) else None


def variable(service: str) -> str:
    """The environment variable of a service's token."""
    return f"AWS_BEARER_TOKEN_{service.replace('-', '_').upper()}"
