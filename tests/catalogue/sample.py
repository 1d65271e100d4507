"""The sample of the catalogue that every test run compares: all traits, and some at random."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from random import Random

from tests.catalogue.models import loaded, model_of, services
from tests.catalogue.traits import traits

# Found by `make catalogue ARGS=--cover`: between them these operations use each trait of the
# models in each protocol.
COVER: Mapping[str, tuple[str, ...]] = {
    "acm": ("GetAccountConfiguration",),
    "appconfig": (
        "StopDeployment",
        "GetAccountSettings",
        "CreateHostedConfigurationVersion",
    ),
    "arc-region-switch": ("UpdatePlan",),
    "autoscaling": (
        "SetInstanceProtection",
        "LaunchInstances",
        "DescribeInstanceRefreshes",
    ),
    "bcm-pricing-calculator": ("BatchCreateWorkloadEstimateUsage",),
    "bedrock-runtime": ("ConverseStream", "ListAsyncInvokes"),
    "cloudformation": ("TestType",),
    "cloudfront": (
        "UpdateDistribution",
        "UpdateResponseHeadersPolicy",
        "UpdateContinuousDeploymentPolicy",
        "UpdateKeyValueStore",
    ),
    "cloudhsm": ("ListAvailableZones",),
    "cloudsearch": ("DefineIndexField", "ListDomainNames"),
    "cloudwatch": (
        "DescribeAlarms",
        "PutMetricData",
        "StopOTelEnrichment",
        "UntagResource",
        "PutLogAlarm",
        "GetMetricWidgetImage",
    ),
    "cognito-identity": ("UnlinkIdentity",),
    "comprehendmedical": ("DetectEntities",),
    "connect": ("UpdateUserNotificationStatus",),
    "connecthealth": ("StartMedicalScribeListeningSession",),
    "dataexchange": ("SendApiAsset", "CreateEventAction"),
    "deadline": ("UpdateTask",),
    "drs": ("UntagResource",),
    "dynamodb": ("TransactWriteItems", "DescribeEndpoints"),
    "ec2": (
        "CreateLaunchTemplateVersion",
        "RequestSpotInstances",
        "ModifyInstanceAttribute",
        "DescribeReservedInstancesOfferings",
        "DescribeBundleTasks",
    ),
    "gamelift": ("UpdateScript",),
    "geo-maps": ("GetStaticMap",),
    "iam": ("ListVirtualMFADevices",),
    "identitystore": ("ListUsers",),
    "importexport": ("UpdateJob",),
    "iot-jobs-data": ("DescribeJobExecution",),
    "iotfleetwise": ("UpdateSignalCatalog",),
    "kafka": ("DescribeConfigurationRevision",),
    "kendra-ranking": ("UpdateRescoreExecutionPlan",),
    "keyspaces": ("UpdateTable",),
    "lex-runtime": ("PostContent",),
    "lexv2-runtime": ("StartConversation",),
    "logs": ("StartLiveTail",),
    "lookoutequipment": ("CreateModel",),
    "macie2": ("DescribeClassificationJob",),
    "mediastore-data": ("GetObject", "DescribeObject"),
    "mediatailor": ("UpdateVodSource",),
    "memorydb": ("UpdateMultiRegionCluster",),
    "mwaa": ("InvokeRestApi",),
    "mwaa-serverless": ("StartWorkflowRun",),
    "neptune-graph": ("ListQueries",),
    "omics": ("UploadReadSetPart",),
    "polly": ("StartSpeechSynthesisStream",),
    "pricing": ("GetProducts",),
    "proton": ("UpdateTemplateSyncConfig",),
    "rds-data": ("ExecuteStatement", "ExecuteSql"),
    "redshift": ("ModifyRedshiftIdcApplication", "ModifyScheduledAction"),
    "route53": ("ChangeResourceRecordSets", "UpdateTrafficPolicyComment"),
    "s3": (
        "GetObject",
        "WriteGetObjectResponse",
        "SelectObjectContent",
        "ListObjectsV2",
        "DeleteObject",
        "PutBucketNotification",
        "GetObjectAcl",
        "RestoreObject",
        "PutBucketPolicy",
        "HeadObject",
        "GetBucketPolicy",
    ),
    "s3control": (
        "ListJobs",
        "SubmitMultiRegionAccessPointRoutes",
        "CreateJob",
        "GetAccessPointConfigurationForObjectLambda",
    ),
    "sdb": ("GetAttributes", "BatchDeleteAttributes"),
    "signin": ("RevokeOAuth2TokenWithIAM", "CreateOAuth2Token"),
    "sns": ("PublishBatch",),
    "sqs": ("SendMessageBatch",),
    "ssm-incidents": ("UpdateTimelineEvent",),
    "sts": ("AssumeRoleWithWebIdentity", "GetCallerIdentity"),
    "timestream-influxdb": ("CreateDbParameterGroup", "RestoreFromDbBackup"),
    "timestream-write": ("WriteRecords",),
    "wickr": ("GetUser",),
    "workspaces-instances": ("CreateWorkspaceInstance", "ListWorkspaceInstances"),
}
MORE_OF_EACH = 10
MORE_SERVICES = 40
MORE_OPERATIONS = 8


def sampled_services(seed: int) -> tuple[str, ...]:
    """The services that operations are taken from."""
    others = sorted({*services()} - COVER.keys())
    return (*COVER, *Random(seed).sample(others, MORE_SERVICES))


@cache
def sample(seed: int) -> dict[str, tuple[str, ...]]:
    """Operations by service: those that use all traits, and others that the seed decides."""
    chosen: dict[str, tuple[str, ...]] = {}
    for service in sampled_services(seed):
        sure = COVER.get(service, ())
        rest = sorted({*model_of(service).operation_names} - {*sure})
        more = min(len(rest), MORE_OF_EACH if sure else MORE_OPERATIONS)
        some = Random(f"{seed} {service}").sample(rest, more)
        chosen[service] = (*sure, *some)
    return chosen


def protocol_of(service: str) -> str:
    """The protocol that a service's client speaks; of several, the most compact one."""
    metadata = loaded(service)["metadata"]
    protocols = metadata.get("protocols") or [metadata["protocol"]]
    cbor = "smithy-rpc-v2-cbor"
    return cbor if cbor in protocols else str(metadata["protocol"])


def all_traits() -> dict[tuple[str, str], frozenset[str]]:
    """What each operation of the catalogue uses."""
    return {
        (service, operation): words
        for service in services()
        for operation, words in traits(loaded(service), protocol_of(service)).items()
    }


def missing(used: Mapping[tuple[str, str], frozenset[str]]) -> list[str]:
    """The traits that the sample lacks."""
    sure = [(service, name) for service, names in COVER.items() for name in names]
    covered = union(used[place] for place in sure if place in used)
    return sorted(union(used.values()) - covered)


def cover(
    used: Mapping[tuple[str, str], frozenset[str]], sizes: Mapping[str, int]
) -> dict[str, tuple[str, ...]]:
    """Few operations, of services with small models, that use everything between them."""
    chosen: dict[str, tuple[str, ...]] = {}
    left = union(used.values())
    while left:
        service, operation = max(
            used, key=lambda at: (_worth(at, used, left, chosen, sizes), at)
        )
        chosen[service] = (*chosen.get(service, ()), operation)
        left -= used[service, operation]
    return chosen


def _worth(
    place: tuple[str, str],
    used: Mapping[tuple[str, str], frozenset[str]],
    left: frozenset[str],
    chosen: Mapping[str, object],
    sizes: Mapping[str, int],
) -> float:
    new = len(used[place] & left)
    return new if place[0] in chosen else 0.7 * new / (1 + sizes[place[0]] / 150_000)


def union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    """All that is in any of some sets."""
    return frozenset().union(*sets)
