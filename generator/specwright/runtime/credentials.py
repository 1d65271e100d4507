"""Credentials and region: the values that signing needs, and where they are found."""

from __future__ import annotations

from collections.abc import Callable

from .errors import ConfigurationError


class Credentials:
    """An access key: immutable, and its secrets stay out of `repr`."""

    __slots__ = ("_access_key_id", "_derived", "_secret_access_key", "_session_token")

    def __init__(
        self,
        access_key_id: str,
        secret_access_key: str,
        session_token: str | None = None,
    ) -> None:
        _check("access_key_id", access_key_id)
        _check("secret_access_key", secret_access_key)
        if session_token:
            _check("session_token", session_token)
        self._access_key_id = access_key_id
        self._secret_access_key = secret_access_key
        self._session_token = session_token or None
        # The last signing key and what it is for: the same all day long, for a client.
        self._derived: tuple[str, str, str, bytes] | None = None

    @property
    def access_key_id(self) -> str:
        return self._access_key_id

    @property
    def secret_access_key(self) -> str:
        return self._secret_access_key

    @property
    def session_token(self) -> str | None:
        return self._session_token

    def signing_key(self, day: str, region: str, service: str) -> bytes:
        """The key for signatures of one day (`20260131`), region and service."""
        last = self._derived
        if last and last[0] == day and last[1] == region and last[2] == service:
            return last[3]
        from hmac import digest

        key = b"AWS4" + self._secret_access_key.encode()
        for part in (day, region, service, "aws4_request"):
            key = digest(key, part.encode(), "sha256")
        self._derived = (day, region, service, key)
        return key

    def _values(self) -> tuple[str, str, str | None]:
        return self._access_key_id, self._secret_access_key, self._session_token

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Credentials):
            return NotImplemented
        return self._values() == other._values()

    def __hash__(self) -> int:
        return hash(self._values())

    def __reduce__(self) -> tuple[object, ...]:
        return Credentials, self._values()

    def __repr__(self) -> str:
        token = ", session_token='***'" if self._session_token else ""
        return f"Credentials({self._access_key_id!r}, '***'{token})"


def _check(name: str, value: str) -> None:
    # The usual cause is a key read from a file together with its line end.
    if not value:
        raise ValueError(f"{name} is empty")
    if value != value.strip() or not value.isprintable():
        raise ValueError(f"{name} holds white space around it, or a line end")


CredentialSource = Credentials | Callable[[], Credentials] | None
"""Credentials, what returns them when asked, or None for the environment's."""


class EnvironmentCredentials:
    """Finds those of the environment, and keeps them until the variables change."""

    def __init__(self) -> None:
        self._last: Credentials | None = None

    def __call__(self) -> Credentials:
        found = environment_credentials()
        if found is None:
            raise ConfigurationError(
                "no credentials: pass credentials=Credentials(access_key_id, "
                "secret_access_key), or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
            )
        # Equal ones are not the same: the signing key is remembered by the first.
        if self._last is None or self._last != found:
            self._last = found
        return self._last


def credential_source(
    source: CredentialSource,
) -> Credentials | Callable[[], Credentials]:
    """What a client keeps, to resolve it for each signature."""
    if source is None:
        return EnvironmentCredentials()
    if isinstance(source, Credentials) or callable(source):
        return source
    raise _refused("is", source)


def resolve(source: CredentialSource) -> Credentials:
    """The credentials to sign with now; raises ConfigurationError where none are."""
    source = credential_source(source)
    if isinstance(source, Credentials):
        return source
    return _provided(source())


def _provided(value: object) -> Credentials:
    if not isinstance(value, Credentials):
        raise _refused("returned", value)
    return value


def _refused(verb: str, value: object) -> ConfigurationError:
    return ConfigurationError(
        f"credentials= {verb} a {type(value).__name__}, not Credentials"
    )


def environment_credentials() -> Credentials | None:
    """AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, if set."""
    from os import environ

    key = environ.get("AWS_ACCESS_KEY_ID")
    secret = environ.get("AWS_SECRET_ACCESS_KEY")
    if not key and not secret:
        return None
    if not key or not secret:
        missing = "AWS_SECRET_ACCESS_KEY" if key else "AWS_ACCESS_KEY_ID"
        raise ConfigurationError(f"half of the credentials are set: set {missing} too")
    try:
        return Credentials(key, secret, environ.get("AWS_SESSION_TOKEN"))
    except ValueError as error:
        raise ConfigurationError(f"credentials of the environment: {error}") from None


def environment_region() -> str | None:
    """AWS_REGION, else AWS_DEFAULT_REGION, if set."""
    from os import environ

    return environ.get("AWS_REGION") or environ.get("AWS_DEFAULT_REGION") or None


def resolve_region(region: str | None) -> str:
    """The region, else the environment's; raises ConfigurationError where none is."""
    found = region or environment_region()
    if not found:
        raise ConfigurationError("no region: pass region=, or set AWS_REGION")
    return found
