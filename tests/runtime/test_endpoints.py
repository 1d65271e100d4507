"""Hosts are those that botocore resolves, for every region that it lists."""

import botocore.session
import pytest

from specwright.runtime.endpoints import endpoint_url, host
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
    suffixes = {host("x", region).split(".", 2)[2] for region in REGIONS}
    assert suffixes >= {"amazonaws.com", "amazonaws.com.cn", "amazonaws.eu"}
    partitions = SESSION.get_component("data_loader").load_data("partitions")
    for partition in partitions["partitions"]:
        for region in partition["regions"]:
            if not region.endswith("-global"):
                suffix = partition["outputs"]["dnsSuffix"]
                assert host("x", region) == f"x.{region}.{suffix}"


def test_an_unknown_region_is_in_the_common_partition() -> None:
    assert host("bedrock", "xx-moon-1") == "bedrock.xx-moon-1.amazonaws.com"


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
