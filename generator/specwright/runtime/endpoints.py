"""Where a service answers when nobody says otherwise: prefix, region and DNS suffix."""

import re

from .errors import ConfigurationError

# Regions of a partition share the beginning of their names; all others are in "aws".
_SUFFIXES = (
    ("cn-", "amazonaws.com.cn"),
    ("eusc-", "amazonaws.eu"),
    ("us-iso-", "c2s.ic.gov"),
    ("us-isob-", "sc2s.sgov.gov"),
    ("eu-isoe-", "cloud.adc-e.uk"),
    ("us-isof-", "csp.hci.ic.gov"),
)


def dns_suffix(region: str) -> str:
    for beginning, suffix in _SUFFIXES:
        if region.startswith(beginning):
            return suffix
    return "amazonaws.com"


def check_region(region: str) -> str:
    """The region, refused where it could change the host that it becomes part of."""
    letters = region.replace("-", "")
    is_label = letters.isascii() and letters.isalnum() and region.strip("-") == region
    if not is_label or len(region) > 63:
        raise ConfigurationError(
            f"not a region: {region!r} (1 to 63 letters, digits and inner hyphens)"
        )
    return region


def endpoint_url(prefix: str, region: str) -> str:
    """The usual URL of a service, such as `https://bedrock.us-east-1.amazonaws.com`."""
    return f"https://{prefix}.{check_region(region)}.{dns_suffix(region)}"


def endpoint_problem(url: object) -> str | None:
    """What is wrong with a URL that requests shall go to: "has no host"; or None."""
    if not isinstance(url, str):
        return f"is a {type(url).__name__}, not a str"
    found = re.search(r"[^!-~]|[\\?#]", url)
    if found:
        return f"has {found[0]!r} in it"
    scheme, _, rest = url.partition("://")
    if scheme.lower() not in ("http", "https"):
        return "does not begin with https:// or http://"
    authority = rest.partition("/")[0]
    if "@" in authority:
        return "has a user before its host"
    host, colon, port = authority.rpartition(":")
    if not colon or port.endswith("]"):
        host = authority
    elif not (re.fullmatch("[0-9]{1,5}", port) and 0 < int(port) < 65536):
        return f"has the port {port!r}, which is not 1 to 65535"
    if not host:
        return "has no host"
    if not re.fullmatch(r"[\w.-]+|\[(?=.*:.*:)[\da-fA-F:.]+\]", host):
        return f"has {host!r} in the place of a host"
    return None
