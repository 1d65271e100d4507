"""Hosts are those that botocore resolves, for every region that it lists."""

import re

import botocore.session
import pytest

from specwright.runtime.endpoints import endpoint_problem, endpoint_url
from specwright.runtime.errors import ConfigurationError

SESSION = botocore.session.Session()
REGIONS = sorted(
    {
        region
        for partition in SESSION.get_available_partitions()
        for service in ("ec2", "bedrock", "sagemaker")
        for region in SESSION.get_available_regions(service, partition)
    }
)


@pytest.mark.parametrize(
    ("service", "prefix"), [("bedrock", "bedrock"), ("sagemaker", "api.sagemaker")]
)
def test_addresses_equal_botocores(service: str, prefix: str) -> None:
    model = SESSION.get_component("data_loader").load_service_model(
        service, "endpoint-rule-set-1"
    )
    partitions = SESSION.get_component("data_loader").load_data("partitions")
    from botocore.endpoint_provider import EndpointProvider

    provider = EndpointProvider(model, partitions)
    theirs = {
        region: provider.resolve_endpoint(
            Region=region, UseDualStack=False, UseFIPS=False
        ).url
        for region in REGIONS
    }
    assert len(REGIONS) > 40
    assert {region: endpoint_url(prefix, region) for region in REGIONS} == theirs


def test_every_partition_is_among_the_regions() -> None:
    suffixes = {endpoint_url("x", region).split(".", 2)[2] for region in REGIONS}
    assert suffixes >= {"amazonaws.com", "amazonaws.com.cn", "amazonaws.eu"}
    partitions = SESSION.get_component("data_loader").load_data("partitions")
    for partition in partitions["partitions"]:
        for region in partition["regions"]:
            if not region.endswith("-global"):
                suffix = partition["outputs"]["dnsSuffix"]
                assert endpoint_url("x", region) == f"https://x.{region}.{suffix}"


def test_an_unknown_region_is_in_the_common_partition() -> None:
    assert endpoint_url("bedrock", "xx-moon-1") == (
        "https://bedrock.xx-moon-1.amazonaws.com"
    )


@pytest.mark.parametrize(
    "region",
    [
        "",
        "us-east-1.evil.com/",
        "us-east-1/",
        "evil.com",
        "us-east-1@evil",
        "us east",
        "-us",
        "us-",
        "us-east-1\n",
        "ü-east-1",
        "a" * 64,
    ],
)
def test_a_region_can_not_change_the_host(region: str) -> None:
    with pytest.raises(ConfigurationError, match="not a region"):
        endpoint_url("bedrock", region)


@pytest.mark.parametrize(
    "url",
    [
        "https://h",
        "HTTP://localhost:1/a/%2F",
        "https://vpce-1.bedrock.us-east-1.vpce.amazonaws.com/",
        "http://127.0.0.1:65535",
        "http://[::1]:8080/x",
        "http://[fe80::1]",
        "http://my_host/a@b",
    ],
)
def test_an_endpoint_without_problems(url: str) -> None:
    assert endpoint_problem(url) is None


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        (None, "is a NoneType"),
        (b"https://h", "is a bytes"),
        ("https://h/a b", "has ' ' in it"),
        ("https://h\n", r"has '\\n' in it"),
        ("https://h\0", r"has '\\x00' in it"),
        ("https://h\x7f", r"has '\\x7f' in it"),
        ("https://h\u00a0", "in it"),
        ("https://h\u00fc", "has 'ü' in it"),
        ("https://h\\evil", "in it"),
        ("https://h?q", "has '\\?' in it"),
        ("https://h/#f", "has '#' in it"),
        ("ftp://h", "does not begin with https://"),
        ("h:80", "does not begin with https://"),
        ("//h", "does not begin with https://"),
        ("", "does not begin with https://"),
        ("https://u:p@h", "has a user"),
        ("https://evil@h/", "has a user"),
        ("https://", "has no host"),
        ("https:///p", "has no host"),
        ("https://:80", "has no host"),
        ("https://h:", "has the port ''"),
        ("https://h:0", "has the port '0'"),
        ("https://h:65536", "has the port '65536'"),
        ("https://h:-1", "has the port '-1'"),
        ("https://h:8_0", "has the port '8_0'"),
        ("https://h:" + "9" * 5000, "has the port"),
        ("https://[::1", "has the port '1'|place of a host"),
        ("https://::1]", "place of a host"),
        ("https://[]", "place of a host"),
        ("https://[::1]]:80", "place of a host"),
        ("https://[1.2.3.4]", "place of a host"),
        ("https://a:b:80", "place of a host"),
        ("https://a%2Fb", "place of a host"),
    ],
)
def test_what_is_wrong_with_an_endpoint(url: object, problem: str) -> None:
    found = endpoint_problem(url)
    assert found is not None
    assert re.search(problem, found)
