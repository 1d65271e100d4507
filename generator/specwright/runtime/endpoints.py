"""Where a service answers when nobody says otherwise: prefix, region and DNS suffix."""

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
_DEFAULT_SUFFIX = "amazonaws.com"
_LABEL_CHARACTERS = frozenset(
    "0123456789-abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
)


def dns_suffix(region: str) -> str:
    """The domain that a region's hosts are in."""
    for beginning, suffix in _SUFFIXES:
        if region.startswith(beginning):
            return suffix
    return _DEFAULT_SUFFIX


def check_region(region: str) -> str:
    """The region, refused where it could change the host that it becomes part of."""
    if (
        not region
        or len(region) > 63
        or not _LABEL_CHARACTERS.issuperset(region)
        or region.startswith("-")
        or region.endswith("-")
    ):
        raise ConfigurationError(
            f"not a region: {region!r} (1 to 63 letters, digits and inner hyphens)"
        )
    return region


def host(prefix: str, region: str) -> str:
    """The host name of a service, such as `bedrock.us-east-1.amazonaws.com`."""
    return f"{prefix}.{check_region(region)}.{dns_suffix(region)}"


def endpoint_url(prefix: str, region: str) -> str:
    """The address of a service, without a slash at its end."""
    return "https://" + host(prefix, region)
