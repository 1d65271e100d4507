"""AWS Signature Version 2, which the oldest services take: fields of the form itself."""

from __future__ import annotations

from datetime import UTC

from .auth import Scheme, Sender
from .credentials import resolve
from .http import HttpRequest, split_url
from .http_bindings import encoded
from .sigv4 import host_of

OWN = (
    "AWSAccessKeyId",
    "SecurityToken",
    "Signature",
    "SignatureMethod",
    "SignatureVersion",
    "Timestamp",
)


class SigV2(Scheme):
    """Signature version 2 of a form."""

    __slots__ = ()

    def sign(self, http: HttpRequest, sender: Sender) -> HttpRequest:
        from binascii import b2a_base64
        from hmac import digest

        credentials = resolve(sender.source)
        key = credentials.secret_access_key.encode()
        body = http.body if isinstance(http.body, bytes) else b""
        # Fields are encoded as they are signed.
        fields = [field.partition("=") for field in body.decode().split("&") if field]
        pairs = [(name, value) for name, _, value in fields if name not in OWN]
        stamp = sender.now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        pairs += [
            ("AWSAccessKeyId", encoded(credentials.access_key_id)),
            ("SignatureMethod", "HmacSHA256"),
            ("SignatureVersion", "2"),
            ("Timestamp", encoded(stamp)),
        ]
        if credentials.session_token:
            pairs.append(("SecurityToken", encoded(credentials.session_token)))
        form = "&".join([f"{name}={value}" for name, value in sorted(pairs)])
        scheme, authority, path, _ = split_url(http.url)
        text = "\n".join((http.method, host_of(scheme, authority), path or "/", form))
        found = b2a_base64(digest(key, text.encode(), "sha256"), newline=False)
        signed = f"{form}&Signature={encoded(found.decode())}"
        return HttpRequest(http.method, http.url, http.headers, signed.encode())
