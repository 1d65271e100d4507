"""Services of each protocol with the clients that are generated for them, and what of their
values messages can hold."""

from __future__ import annotations

import re
from typing import Any

from specwright.model import Service
from specwright.server.messages import Request

SERVICES: dict[str, tuple[str, ...]] = {
    "arc-region-switch": (
        *("CreatePlan", "UpdatePlan", "GetPlan", "ListPlans", "ListPlanExecutions"),
        *("ListTagsForResource", "DeletePlan", "ListPlanExecutionEvents"),
    ),
    "compute-optimizer": (
        "GetEBSVolumeRecommendations",
        "GetLambdaFunctionRecommendations",
    ),
    "iam": (
        *("CreateUser", "GetUser", "ListUsers", "ListRoles", "CreatePolicy"),
        *("SimulatePrincipalPolicy", "TagRole", "GetAccountSummary", "DeleteUser"),
    ),
    "sts": ("AssumeRole", "GetCallerIdentity", "DecodeAuthorizationMessage"),
    "sns": ("Publish", "PublishBatch", "CreateTopic", "ListTopics"),
    "sdb": ("PutAttributes", "Select"),
    "autoscaling": ("DescribeAutoScalingGroups", "CreateAutoScalingGroup"),
    "ec2": (
        *("RunInstances", "DescribeInstances", "DescribeVpcs", "CreateTags"),
        *("DescribeInstanceTypes", "ModifyInstanceAttribute", "DeleteVpc"),
    ),
    "s3": (
        *("CreateBucket", "ListBuckets", "ListObjectsV2", "ListObjects", "HeadObject"),
        *("GetObject", "PutObject", "DeleteObjects", "GetBucketLocation", "CopyObject"),
        *("PutBucketPolicy", "GetBucketPolicy", "PutBucketAcl", "GetBucketAcl"),
        *("PutBucketTagging", "CompleteMultipartUpload", "ListParts", "DeleteBucket"),
        *("PutBucketLifecycleConfiguration", "GetBucketNotificationConfiguration"),
        "SelectObjectContent",
    ),
    "route53": (
        *("CreateHostedZone", "ChangeResourceRecordSets", "ListHostedZones"),
        *("ListResourceRecordSets", "GetHostedZone", "ChangeTagsForResource"),
    ),
    "cloudfront": (
        *("CreateDistribution", "ListDistributions"),
        *("CreateInvalidation", "GetDistributionConfig"),
        "CreateFunction",
    ),
    # Answers that are streams of events.
    "bedrock-runtime": ("InvokeModelWithResponseStream",),
    "kinesis": ("SubscribeToShard",),
}
TOKEN = "00000000-0000-4000-8000-000000000000"


class Side:
    """A service as its spec has it, and the client that is generated from that."""

    def __init__(
        self, service: Service, package: Any, strategies: Any, url: str
    ) -> None:
        self.service = service
        self.package = package
        self.strategies = strategies
        (name,) = (
            n
            for n in package.__all__
            if n.endswith("Client") and not n.startswith("Async")
        )
        self.client: Any = getattr(package, name)(
            region="us-east-1",
            endpoint_url=url,
            credentials=package.Credentials("AKIDEXAMPLE", "secret"),
            retries=0,
            idempotency_token=lambda: TOKEN,
        )

    def request(self, operation: str) -> Any:
        """The class of an operation's requests."""
        return self.client.operations[operation].request


# What leaves no trace in a message where it is empty.
TRACELESS: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(("json", "rest-json", "rpc-v2-cbor"), ()),
    "query": (dict,),
    "ec2": (dict, list),
    "rest-xml": (dict, list),
}


NOT_IN_XML = re.compile("[^\\t\\n\\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def pruned(value: Any, traceless: tuple[type, ...]) -> Any:
    """A value without what leaves no trace, or has no place there."""
    if isinstance(value, dict):
        parts = {k: pruned(v, traceless) for k, v in value.items()}
        return {k: v for k, v in parts.items() if v or not isinstance(v, traceless)}
    if isinstance(value, str) and list in traceless:
        return NOT_IN_XML.sub("-", value)
    if isinstance(value, list):
        items = [pruned(item, traceless) for item in value]
        return [item for item in items if item or not isinstance(item, traceless)]
    return value


def sound(side: Side, operation: str) -> Any:
    """Valid requests of an operation, drawn at random, that a message can hold."""
    drawn = side.strategies.valid(side.request(operation))
    return holdable(side, drawn).filter(lambda request: not request.violations())


def holdable(side: Side, drawn: Any) -> Any:
    """Requests without what leaves no trace in messages, or is a lie about their bodies."""
    traceless = TRACELESS[side.service.protocol]

    def kept(request: Any) -> Any:
        values = pruned(request.to_dict(), traceless)
        known = side.service.operations[request.__operation__.name]
        for member in known.input.members:
            if member.location == "header" and isinstance(
                values.get(member.name), list
            ):
                values[member.name] = [item for item in values[member.name] if item]
            if member.location == "payload" and not values.get(member.name, True):
                del values[member.name]
        return type(request).from_dict(truthful(values))

    return drawn.map(kept)


def truthful(values: dict[str, Any]) -> dict[str, Any]:
    """Values without what is wrong of any body but one, and names that no header has."""
    wrong = ("ContentLength", "ContentMD5", "Checksum", "Metadata")
    return {k: v for k, v in values.items() if not k.startswith(wrong)}


def arrived(side: Side, request: Any) -> Request:
    """A request as the stand-in sees it."""
    http = side.client.prepare(request)
    headers = {k.lower(): v for k, v in http.headers.items()}
    target = "/" + http.url.partition("://")[2].partition("/")[2]
    return Request(http.method, target, headers, http.body)
