"""AWS Signature Version 4A: asymmetric signatures, which hold in several regions."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from .auth import Scheme, Sender
from .credentials import Credentials, CredentialSource, resolve, resolve_region
from .errors import ConfigurationError
from .http import HttpRequest
from .sigv4 import canonical

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

ALGORITHM = "AWS4-ECDSA-P256-SHA256"
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Of the curve P-256: keys are less."""

REGIONS = "AWS_SIGV4A_SIGNING_REGION_SET"
MISSING = (
    "this operation is signed with version 4A, which needs the package cryptography: "
    "pip install cryptography"
)


class SigV4a(Scheme):
    """Signature version 4A for ``regions``, separated by commas; else for those that the
    environment tells, or for the client's one."""

    __slots__ = ("regions",)

    def __init__(self, regions: str | None = None) -> None:
        self.regions: str | None = regions

    def serves(self, source: CredentialSource, service: str) -> bool:
        from importlib.util import find_spec

        return find_spec("cryptography") is not None

    def sign(self, http: HttpRequest, sender: Sender) -> HttpRequest:
        from os import environ

        regions = environ.get(REGIONS) or self.regions or resolve_region(sender.region)
        credentials = resolve(sender.source)
        return sign_for(http, credentials, regions, sender.service, sender.now)


def sign_for(
    http: HttpRequest,
    credentials: Credentials,
    regions: str,
    service: str,
    now: datetime,
) -> HttpRequest:
    """The message with a signature for some regions."""
    try:
        from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
        from cryptography.hazmat.primitives.hashes import SHA256
    except ImportError:
        raise ConfigurationError(MISSING) from None
    headers = http.headers.copy()
    headers.remove("X-Amz-Region-Set")
    headers.add("X-Amz-Region-Set", regions)
    marked = HttpRequest(http.method, http.url, headers, http.body)
    headers, stamp, names, digest = canonical(marked, credentials, service, now)
    scope = f"{stamp[:8]}/{service}/aws4_request"
    text = f"{ALGORITHM}\n{stamp}\n{scope}\n{digest}"
    signature = private_key(credentials).sign(text.encode(), ECDSA(SHA256()))
    headers.add(
        "Authorization",
        f"{ALGORITHM} Credential={credentials.access_key_id}/{scope}, "
        f"SignedHeaders={names}, Signature={signature.hex()}",
    )
    return HttpRequest(http.method, http.url, headers, http.body)


def private_key(credentials: Credentials) -> EllipticCurvePrivateKey:
    """The key pair that follows from an access key."""
    from hmac import digest

    from cryptography.hazmat.primitives.asymmetric.ec import (
        SECP256R1,
        derive_private_key,
    )

    key = b"AWS4A" + credentials.secret_access_key.encode()
    label = (
        b"\0\0\0\1" + ALGORITHM.encode() + b"\0" + credentials.access_key_id.encode()
    )
    for counter in range(1, 255):
        found = digest(key, label + bytes([counter]) + b"\0\0\1\0", "sha256")
        number = int.from_bytes(found, "big")
        if number <= ORDER - 2:
            return derive_private_key(number + 1, SECP256R1())
    raise ConfigurationError("no key for signature version 4A follows from these")
