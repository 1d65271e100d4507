"""AWS Signature Version 4, as a pure function of a request and a time."""

from __future__ import annotations

from datetime import UTC, datetime

from .credentials import Credentials
from .http import Headers, HttpRequest, Parts, split_url
from .timestamps import to_http_date

_EMPTY_SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
_UNSIGNED = "UNSIGNED-PAYLOAD"
_HASH = "x-amz-content-sha256"
_WORDS = ("UNSIGNED-", "STREAMING-")

# Proxies and HTTP libraries may change these on the way.
_NEVER_SIGNED = frozenset(
    {
        "connection",
        "expect",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "user-agent",
        "x-amzn-trace-id",
    }
)
_UNENCODED = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~/"
_DEFAULT_PORTS = {"http": "80", "https": "443"}


def sign(
    http: HttpRequest,
    *,
    credentials: Credentials,
    region: str,
    service: str,
    now: datetime,
) -> HttpRequest:
    """The request with a signature in its headers, in the place of one it has.

    A body that can't be read twice stays out of the signature, and one for which the
    header `X-Amz-Content-SHA256` has words instead of a hash. A `Date` header is set to `now`
    and replaces `X-Amz-Date`.
    """
    headers, stamp, names, digest = canonical(http, credentials, service, now)
    from hmac import digest as hmac

    scope = f"{stamp[:8]}/{region}/{service}/aws4_request"
    text = f"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{digest}"
    signing_key = credentials.signing_key(stamp[:8], region, service)
    signature = hmac(signing_key, text.encode(), "sha256").hex()
    authorization = (
        f"AWS4-HMAC-SHA256 Credential={credentials.access_key_id}/{scope}, "
        f"SignedHeaders={names}, Signature={signature}"
    )
    headers.add("Authorization", authorization)
    return HttpRequest(http.method, http.url, headers, http.body)


def canonical(
    http: HttpRequest, credentials: Credentials, service: str, now: datetime
) -> tuple[Headers, str, str, str]:
    """The headers, the time, the names of the headers that are signed, and the hash of it
    all."""
    # Imported here: hashlib brings OpenSSL along, which programs that never sign spare.
    import hashlib

    if now.utcoffset() is None:
        raise ValueError("now has no time zone: use datetime.now(UTC)")
    now = now.astimezone(UTC)
    stamp = now.isoformat("T", "seconds")[:19].replace("-", "").replace(":", "") + "Z"
    scheme, authority, path, query = split_url(http.url)
    body = http.body
    is_s3 = service == "s3"

    # The token goes too: it may belong to other credentials than today's.
    replaced = {"authorization", "x-amz-date", "x-amz-security-token"}
    if is_s3 or not isinstance(body, bytes):
        replaced.add(_HASH)

    headers = http.headers.copy()
    signed: dict[str, str] = {}
    payload: str | None = None
    dated = False
    for name, value in http.headers.items():
        key = name.lower()
        if key in replaced and not (key == _HASH and value.startswith(_WORDS)):
            headers.remove(key)
        elif key == "date":
            dated = True
            headers.remove(key)
        elif key not in _NEVER_SIGNED:
            if key == _HASH and payload is None:
                payload = value
            value = " ".join(value.split())
            signed[key] = f"{signed[key]},{value}" if key in signed else value

    host = host_of(scheme, authority)
    if "host" not in signed:
        signed["host"] = host
        if host != authority:
            # An HTTP library might write it as it stands in the URL.
            headers.add("Host", host)
    if dated:
        date = signed["date"] = to_http_date(now).replace("GMT", "-0000")
        headers.add("Date", date)
    else:
        signed["x-amz-date"] = stamp
        headers.add("X-Amz-Date", stamp)
    if credentials.session_token:
        token = signed["x-amz-security-token"] = credentials.session_token
        headers.add("X-Amz-Security-Token", token)
    if payload is None:
        if not isinstance(body, bytes):
            payload = _UNSIGNED
            if isinstance(body, Parts):
                content = hashlib.sha256()
                for part in body:
                    content.update(part)
                payload = content.hexdigest()
        else:
            payload = hashlib.sha256(body).hexdigest() if body else _EMPTY_SHA256
        if _HASH in replaced:
            signed[_HASH] = payload
            headers.add("X-Amz-Content-SHA256", payload)

    names = sorted(signed)
    signed_names = ";".join(names)
    lines = [http.method.upper(), (path or "/") if is_s3 else _canonical_path(path)]
    lines.append(_canonical_query(query) if query else "")
    lines += [f"{name}:{signed[name]}" for name in names]
    lines += ["", signed_names, payload]
    digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    return headers, stamp, signed_names, digest


def host_of(scheme: str, authority: str) -> str:
    host = authority.rpartition("@")[2].lower()
    name, colon, port = host.rpartition(":")
    if not colon or port.endswith("]"):
        return host
    number = port.lstrip("0") or port[:1]
    if not number or number == _DEFAULT_PORTS.get(scheme.lower()):
        return name
    return f"{name}:{number}"


def _canonical_path(path: str) -> str:
    """The path without dot segments and empty ones, encoded once more."""
    if "//" in path or "/." in path:
        segments: list[str] = []
        for segment in path.split("/"):
            if segment == "..":
                del segments[-1:]
            elif segment and segment != ".":
                segments.append(segment)
        end = "/" if segments and path.endswith("/") else ""
        path = "/" + "/".join(segments) + end
    data = path.encode()
    unusual = data.translate(None, _UNENCODED)
    if not unusual:
        return path or "/"
    if not unusual.strip(b"%"):
        return path.replace("%", "%25")
    return "".join(
        [chr(byte) if byte in _UNENCODED else f"%{byte:02X}" for byte in data]
    )


def _canonical_query(query: str) -> str:
    pairs: list[tuple[str, str]] = []
    for part in query.split("&"):
        name, _, value = part.partition("=")
        pairs.append((name, value))
    pairs.sort()
    return "&".join([f"{name}={value}" for name, value in pairs])
