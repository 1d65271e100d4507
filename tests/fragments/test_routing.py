"""Members that change where a request goes, and how it is signed on its way."""

from datetime import UTC, datetime

import pytest

SPEC = """
host_prefix: "{account}."
routing: {unprefixed: outpost, all_regions: endpoint}
input:
  account: {type: string, required: true, host_label: true}
  outpost: {type: string}
  endpoint: {type: string}
--- operations/Predict.yaml
routing: {host: url}
input: {url: {type: string, required: true}, day: {type: string, in: query}}
--- operations/Cut.yaml
http: {method: GET, path: "/zones/{id}"}
last_parts: [id, since]
input:
  id: {type: string, in: path, required: true, length: [1, 3]}
  since: {type: string, in: query}
  name: {type: string, in: query}
--- operations/Plain.yaml
input: {a: {type: string}}
--- service.yaml
specwright: 1
service: Things
title: Things
version: '1'
protocols: [rest-json]
auth: [sigv4a, sigv4]
signing_regions: eu-west-1,eu-west-2
endpoint: {prefix: things}
"""
NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)


@pytest.fixture
def package(generate, root):
    return generate(root, "routing", SPEC).module()


@pytest.fixture
def client(package):
    return package.ThingsClient(
        region="us-east-1",
        endpoint_url="https://example.com:8080",
        credentials=package.Credentials("AKIDEXAMPLE", "not a secret"),
        clock=lambda: NOW,
    )


def test_a_prefix_is_left_out_where_a_member_is_set(package, client):
    plain = client.prepare(package.DoRequest(account="a1"))
    assert plain.url == "https://a1.example.com:8080/Do"
    other = client.prepare(package.DoRequest(account="a1", outpost="op-1"))
    assert other.url == "https://example.com:8080/Do"


def test_a_member_names_the_host(package, client):
    request = package.PredictRequest(url="http://other.example.org/x/", day="1")
    http = client.prepare(request)
    assert http.url == "http://other.example.org/Predict?day=1"


@pytest.mark.parametrize("given", ["/zone/Z1", "Z1", "a/b//Z1"])
def test_only_the_last_part_is_checked_and_sent(package, client, given):
    request = package.CutRequest(id=given, since="x/y", name="n/m")
    url = client.prepare(request).url
    assert url == "https://example.com:8080/zones/Z1?since=y&name=n%2Fm"
    assert (request.id, request.since) == (given, "x/y")


def test_a_last_part_has_its_constraints(package, client):
    for given, told in (("/zone/", "not be empty"), ("/Z123", "between 1 and 3")):
        with pytest.raises(package.ValidationError, match=told):
            client.prepare(package.CutRequest(id=given))


@pytest.mark.parametrize("url", ["other.example.org", "https://", "https://me@h/", ""])
def test_a_host_has_to_be_one(package, client, url):
    with pytest.raises(package.ConfigurationError, match=r"^url "):
        client.prepare(package.PredictRequest(url=url))


def test_an_endpoint_of_several_regions_is_signed_for_all(package, client):
    def signed(request):
        http = client.sign(client.prepare(request))
        return http.headers["Authorization"][:22], http.headers["X-Amz-Region-Set"]

    several = signed(package.DoRequest(account="a1", endpoint="e.1"))
    assert several == ("AWS4-ECDSA-P256-SHA256", "*")
    # The service's own regions hold where no endpoint is named.
    regions = "eu-west-1,eu-west-2"
    assert signed(package.DoRequest(account="a1")) == (several[0], regions)
    assert signed(package.PlainRequest()) == (several[0], regions)


@pytest.mark.parametrize(
    ("spec", "codes"),
    [
        ("routing: {host: b}\ninput: {a: {type: string}}", {"unknown-member"}),
        ("routing: {host: a}\ninput: {a: {type: integer}}", {"routing-type"}),
        ("routing: {host: 5}\ninput: {a: {type: string}}", {"wrong-type"}),
        ("last_parts: [b]\ninput: {a: {type: string}}", {"unknown-member"}),
        ("last_parts: [a]\ninput: {a: {type: blob}}", {"routing-type"}),
        ("routing: {where: a}\ninput: {a: {type: string}}", {"unknown-key"}),
    ],
)
def test_what_routes_is_a_text_of_the_input(refusals, spec, codes):
    assert refusals(spec) == codes
