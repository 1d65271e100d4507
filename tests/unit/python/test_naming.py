"""Python names from the names of a spec: one rule, and an answer to every collision."""

import keyword

import pytest
from hypothesis import given, strategies as st

from specwright.python import reserved
from specwright.python.naming import (
    class_name,
    class_names,
    service_class,
    service_package,
    snake_case,
    snake_names,
)
from specwright.python.symbols import operation_names

TABLE = {
    "jobName": "job_name",
    "JobName": "job_name",
    "job_name": "job_name",
    "S3Uri": "s3_uri",
    "s3Uri": "s3_uri",
    "KMSKeyArn": "kms_key_arn",
    "kmsKeyARN": "kms_key_arn",
    "VPCConfig": "vpc_config",
    "IPv6Address": "ipv6_address",
    "Ipv6Cidr": "ipv6_cidr",
    "IPv6s": "ipv6s",
    "ARNs": "arns",
    "DBInstanceARNs": "db_instance_arns",
    "TargetGroupARNs": "target_group_arns",
    "DBInstance": "db_instance",
    "X86_64": "x86_64",
    "EC2SecurityGroupId": "ec2_security_group_id",
    "MD5OfBody": "md5_of_body",
    "sha256": "sha256",
    "HTTPCode": "http_code",
    "x-amz-meta": "x_amz_meta",
    "aws:SourceArn": "aws_source_arn",
    "with space": "with_space",
    "A": "a",
    "ABC": "abc",
    "aB": "a_b",
    "_leading": "leading",
    "__init__": "init",
    "3DModel": "n3_d_model",
    "99": "n99",
    "": "empty",
    "-": "empty",
    "🎈": "empty",
}


@pytest.mark.parametrize(("name", "snake"), TABLE.items())
def test_words_of_a_name(name: str, snake: str):
    assert snake_case(name) == snake


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("VpcConfig", "VpcConfig"),
        ("vpcConfig", "VpcConfig"),
        ("_Private", "Private"),
        ("__class__", "Class"),
        ("foo_bar", "Foo_bar"),
        ("3D", "N3D"),
        ("", "Empty"),
        ("a.b", "A_b"),
    ],
)
def test_classes_keep_the_name_of_the_spec(name: str, word: str):
    assert class_name(name) == word


def test_reserved_words_get_an_underscore():
    names = ["class", "from_dict", "None", "match", "type", "int", "kind"]
    assert list(snake_names(names, reserved.STRUCTURE).values()) == [
        "class_",
        "from_dict_",
        "none",
        "match",
        "type",
        "int_",
        "kind",
    ]
    assert snake_names(["kind"], reserved.UNION) == {"kind": "kind_"}
    assert class_names(["List", "none", "Ok"], reserved.MODULE_WORDS) == {
        "List": "List_",
        "none": "None_",
        "Ok": "Ok",
    }


def test_the_first_of_equal_names_keeps_it():
    names = ["fooBar", "foo_bar", "FooBar", "foo_bar_2"]
    assert snake_names(names, ()) == {
        "fooBar": "foo_bar",
        "foo_bar": "foo_bar_2",
        "FooBar": "foo_bar_3",
        "foo_bar_2": "foo_bar_2_2",
    }


def test_no_name_depends_on_those_after_it():
    names = ["class", "Class", "a", "A", "self"]
    whole = snake_names(names, reserved.STRUCTURE)
    for count in range(len(names)):
        part = snake_names(names[:count], reserved.STRUCTURE)
        assert part == {name: whole[name] for name in names[:count]}


@pytest.mark.parametrize(
    ("service", "package", "word"),
    [
        ("Bedrock", "bedrock", "Bedrock"),
        ("Bedrock Runtime", "bedrock_runtime", "BedrockRuntime"),
        ("bedrock-runtime", "bedrock_runtime", "BedrockRuntime"),
        ("SageMaker", "sagemaker", "SageMaker"),
        ("S3", "s3", "S3"),
        ("Import", "import_", "Import"),
        ("Lambda", "lambda_", "Lambda"),
        (
            "IoT 1Click Devices Service",
            "iot_1click_devices_service",
            "IoT1ClickDevicesService",
        ),
        ("Con", "con_", "Con"),
        ("COM1", "com1_", "COM1"),
    ],
)
def test_services(service: str, package: str, word: str):
    assert service_package(service) == package
    assert service_class(service) == word


def test_keywords_are_those_of_every_python():
    """A word that newer Pythons reserve softly must not change what older ones generate."""
    assert not set(keyword.softkwlist) - set(keyword.kwlist) & reserved.KEYWORDS
    assert "type" not in reserved.KEYWORDS


def test_the_surface_of_the_runtime_is_reserved():
    """Whatever attribute a class has from its base, no member may hide it."""
    from specwright.runtime.async_client import AsyncClient
    from specwright.runtime.client import Client
    from specwright.runtime.errors import ServiceError
    from specwright.runtime.operation import PaginatedRequest, Response
    from specwright.runtime.structure import Structure, Union

    for base, kept in (
        (Structure, reserved.STRUCTURE),
        (PaginatedRequest, reserved.STRUCTURE),
        (Union, reserved.UNION),
        (Response, reserved.RESPONSE),
        (ServiceError, reserved.ERROR),
        (Client, reserved.CLIENT),
        (AsyncClient, reserved.CLIENT),
    ):
        public = {name for name in dir(base) if not name.startswith("_")}
        assert public <= kept, base


NAMES = st.one_of(
    st.text(max_size=20),
    st.from_regex(r"\A[A-Za-z_][A-Za-z0-9_]{0,12}\Z"),
    st.sampled_from([*keyword.kwlist, *sorted(reserved.ERROR), *TABLE]),
)


@given(st.lists(NAMES, unique=True))
def test_names_are_always_identifiers_and_always_differ(names: list[str]):
    for allocate, kept in (
        (snake_names, reserved.STRUCTURE),
        (snake_names, reserved.ERROR),
        (class_names, reserved.MODULE_WORDS),
    ):
        found = allocate(names, kept)
        assert list(found) == names
        for identifier in found.values():
            assert identifier.isidentifier()
            assert identifier.isascii()
            assert not keyword.iskeyword(identifier)
            assert not identifier.startswith("_")
            assert identifier not in kept
        assert len({i.casefold() for i in found.values()}) == len(names)


@pytest.fixture(scope="module")
def catalogue() -> dict[str, dict]:
    """Every model of botocore, by service."""
    session = pytest.importorskip("botocore.session").get_session()
    loader = session.get_component("data_loader")
    return {
        service: loader.load_service_model(service, "service-2")
        for service in session.get_available_services()
    }


def test_the_whole_catalogue_gets_names(catalogue: dict[str, dict]):
    """No two names of a service collide; few words of members are reserved."""
    methods, attributes, total = [], [], 0
    for model in catalogue.values():
        named = snake_names(model["operations"], reserved.CLIENT)
        methods += [m for n, m in named.items() if snake_case(n) != m]
        classes = class_names(model["shapes"], reserved.MODULE_WORDS)
        assert len({c.casefold() for c in classes.values()}) == len(classes)
        for shape in model["shapes"].values():
            error, union = shape.get("exception"), shape.get("union")
            kept = reserved.UNION if union else reserved.STRUCTURE
            members = list(shape.get("members", ()))
            if error:
                kept = reserved.ERROR
                members = [n for n in members if n not in ("message", "Message")]
            total += len(members)
            found = snake_names(members, kept)
            attributes += [a for n, a in found.items() if snake_case(n) != a]
    assert methods == ["sign_"]
    assert total > 100_000
    assert 0 < len(attributes) < 700
    assert all(attribute.endswith("_") for attribute in attributes)


def test_the_services_that_have_one_id(catalogue: dict[str, dict]):
    """Where two packages would meet, the import gives one of them another name."""
    packages: dict[str, list[str]] = {}
    for service, model in catalogue.items():
        package = service_package(model["metadata"]["serviceId"])
        packages.setdefault(package.casefold(), []).append(service)
    meeting = [sorted(services) for services in packages.values() if len(services) > 1]
    assert meeting == [["pinpoint-sms-voice", "sms-voice"]]


def test_requests_and_responses_are_always_called_so(catalogue: dict[str, dict]):
    wrong = []
    for model in catalogue.values():
        for name in model["operations"]:
            if f"{name}Request" in reserved.ROOT | reserved.MODULE_WORDS:
                wrong.append(name)
    assert wrong == []
    assert operation_names(()) == {}
