"""Who watches: trail, recorder, detectors and hub; and the functions that repair what they find."""

from __future__ import annotations

from typing import Any

from aws_cdk import (
    Aws,
    CfnTag,
    Duration,
    RemovalPolicy,
    aws_accessanalyzer,
    aws_cloudtrail,
    aws_config,
    aws_guardduty,
    aws_iam,
    aws_inspectorv2,
    aws_logs,
    aws_macie,
    aws_s3,
    aws_securityhub,
)

from infra.aws.app import include
from infra.aws.game_day import game_day_resources
from infra.aws.hardening import hardened
from infra.aws.repairs import repair_resources
from infra.aws.stacks.buckets import guarded_bucket, log_bucket, private_under
from infra.aws.stacks.keys import exported, key_of
from infra.aws.stages import Stage

NAME = "security"
CONFIG_RULES = {
    "bucket-is-encrypted": "S3_DEFAULT_ENCRYPTION_KMS",
    "bucket-wants-tls": "S3_BUCKET_SSL_REQUESTS_ONLY",
    "bucket-is-private": "S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED",
    "table-can-go-back": "DYNAMODB_PITR_ENABLED",
    "table-has-own-key": "DYNAMODB_TABLE_ENCRYPTED_KMS",
    "trail-is-on": "MULTI_REGION_CLOUD_TRAIL_ENABLED",
    "trail-is-checked": "CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED",
    "secret-turns": "SECRETSMANAGER_ROTATION_ENABLED_CHECK",
    "key-turns": "CMK_BACKING_KEY_ROTATION_ENABLED",
    "key-of-user-is-young": "ACCESS_KEYS_ROTATED",
    "root-has-no-key": "IAM_ROOT_ACCESS_KEY_CHECK",
    "function-is-private": "LAMBDA_FUNCTION_PUBLIC_ACCESS_PROHIBITED",
    "group-is-closed": "VPC_SG_OPEN_ONLY_TO_AUTHORIZED_PORTS",
    "log-has-own-key": "CLOUDWATCH_LOG_GROUP_ENCRYPTED",
}
IDENTIFIERS = {
    "teller-iban": r"\b[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b",
    "teller-us-account": r"\b[0-9]{9} ?/ ?[0-9]{8,12}\b",
}
"""What Macie looks for besides its own: numbers of accounts as the bank writes them."""
STANDARDS = (
    "aws-foundational-security-best-practices/v/1.0.0",
    "nist-800-53/v/5.0.0",
    "pci-dss/v/4.0.1",
)


def add_to(stack: Any, stage: Stage) -> None:
    """The security stack."""
    key = key_of(
        stack, "SecurityKey", stage, "Trails and evidence.",
        via=("s3",), by=("cloudtrail", "logs", "config", "delivery.logs"),
    )  # fmt: skip
    access = log_bucket(stack, "TrailAccess", stage, key)
    evidence = guarded_bucket(
        stack, "Evidence", stage, key, access,
        object_lock_enabled=True,
        object_lock_default_retention=aws_s3.ObjectLockRetention.governance(
            Duration.days(365 if stage.kept else 1)
        ),
        lifecycle_rules=[_life("EvidenceOfSevenYears", 2_555)],
    )  # fmt: skip
    repairs = include(
        stack,
        "Repairs",
        {
            "AWSTemplateFormatVersion": "2010-09-09",
            "Parameters": {
                name: {"Type": "String"} for name in ("EvidenceName", "EvidenceArn", "DetectorId")
            },
            "Resources": hardened(repair_resources(stage), stage) | game_day_resources(),
        },
        {
            "EvidenceName": evidence.bucket_name,
            "EvidenceArn": evidence.bucket_arn,
            "DetectorId": _detectors(stack),
        },
    )
    exported(stack, "Evidence", None, evidence.bucket_name)
    trail_bucket = _trail_bucket(stack, stage, "Trail", key, access)
    _trail(stack, stage, key, trail_bucket)
    _config(stack, stage, key, access, repairs.get_resource("LedgerIsKept"))


def _trail_bucket(stack: Any, stage: Stage, name: str, key: Any, access: Any) -> aws_s3.Bucket:
    bucket = aws_s3.Bucket(
        stack,
        f"{name}Bucket",
        removal_policy=RemovalPolicy.RETAIN if stage.kept else RemovalPolicy.DESTROY,
        **private_under(key),
        object_lock_enabled=True,
        server_access_logs_bucket=access,
        server_access_logs_prefix=f"{name}/",
        lifecycle_rules=[_life("TrailsOfSevenYears", 2_555)],
    )
    service = f"{'cloudtrail' if name == 'Trail' else 'config'}.amazonaws.com"
    principal = aws_iam.ServicePrincipal(
        service, conditions={"StringEquals": {"aws:SourceAccount": Aws.ACCOUNT_ID}}
    )
    for actions, resource in (
        (["s3:GetBucketAcl", "s3:ListBucket"], bucket.bucket_arn),
        (["s3:PutObject"], bucket.arn_for_objects(f"AWSLogs/{Aws.ACCOUNT_ID}/*")),
    ):
        bucket.add_to_resource_policy(
            aws_iam.PolicyStatement(principals=[principal], actions=actions, resources=[resource])
        )
    return bucket


def _trail(stack: Any, stage: Stage, key: Any, bucket: aws_s3.Bucket) -> None:
    group = aws_logs.CfnLogGroup(
        stack,
        "TrailLogs",
        log_group_name="/aws/cloudtrail/teller",
        kms_key_id=key.key_arn,
        retention_in_days=stage.log_days,
    )
    role, policy = _service_role(
        stack, "TrailRole", "cloudtrail",
        [{"Sid": "ItsOwnLogs", "Effect": "Allow",
          "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
          "Resource": group.attr_arn}],
    )  # fmt: skip
    trail = aws_cloudtrail.CfnTrail(
        stack,
        "Trail",
        trail_name="teller-trail",
        is_logging=True,
        is_multi_region_trail=True,
        include_global_service_events=True,
        enable_log_file_validation=True,
        kms_key_id=key.key_arn,
        s3_bucket_name=bucket.bucket_name,
        cloud_watch_logs_log_group_arn=group.attr_arn,
        cloud_watch_logs_role_arn=role.attr_arn,
        insight_selectors=[{"insightType": "ApiCallRateInsight"}, {"insightType": "ApiErrorRateInsight"}],
        advanced_event_selectors=[
            {"name": "management", "fieldSelectors": [{"field": "eventCategory", "equalTo": ["Management"]}]},
            *(
                {"name": kind, "fieldSelectors": [
                    {"field": "eventCategory", "equalTo": ["Data"]},
                    {"field": "resources.type", "equalTo": [kind]},
                    {"field": "resources.ARN", "startsWith": [prefix]},
                ]}
                for kind, prefix in (
                    ("AWS::S3::Object", f"arn:{Aws.PARTITION}:s3:::teller-"),
                    ("AWS::DynamoDB::Table", f"arn:{Aws.PARTITION}:dynamodb:{Aws.REGION}:{Aws.ACCOUNT_ID}:table/teller-"),
                )
            ),
        ],
    )  # fmt: skip
    # CloudTrail tries the bucket, the role and the group when it is made.
    trail.node.add_dependency(bucket.policy, policy)


def _config(stack: Any, stage: Stage, key: Any, access: Any, own_rule: Any) -> None:
    bucket = _trail_bucket(stack, stage, "Config", key, access)
    recorder_arn = (
        f"arn:{Aws.PARTITION}:iam::{Aws.ACCOUNT_ID}:role/aws-service-role/"
        "config.amazonaws.com/AWSServiceRoleForConfig"
    )
    recorder = aws_config.CfnConfigurationRecorder(
        stack,
        "Recorder",
        role_arn=recorder_arn,
        recording_group={"allSupported": True, "includeGlobalResourceTypes": True},
    )
    channel = aws_config.CfnDeliveryChannel(
        stack,
        "RecorderChannel",
        s3_bucket_name=bucket.bucket_name,
        s3_kms_key_arn=key.key_arn,
        config_snapshot_delivery_properties={"deliveryFrequency": "TwentyFour_Hours"},
    )
    # Config writes a test object when the channel is made.
    channel.node.add_dependency(bucket.policy)
    own_rule.add_dependency(recorder)
    own_rule.add_dependency(channel)
    for name, identifier in CONFIG_RULES.items():
        rule = aws_config.CfnConfigRule(
            stack,
            "".join(word.title() for word in name.split("-")),
            config_rule_name=f"teller-{name}",
            source={"owner": "AWS", "sourceIdentifier": identifier},
        )
        rule.add_dependency(recorder)
        rule.add_dependency(channel)


def _detectors(stack: Any) -> str:
    """The id of GuardDuty's detector, once all that looks for trouble is there."""
    detector = aws_guardduty.CfnDetector(
        stack,
        "Detector",
        enable=True,
        finding_publishing_frequency="FIFTEEN_MINUTES",
        features=[
            {"name": "S3_DATA_EVENTS", "status": "ENABLED"},
            {"name": "LAMBDA_NETWORK_LOGS", "status": "ENABLED"},
        ],
        tags=[{"key": "app", "value": "teller"}],
    )
    hub = aws_securityhub.CfnHub(
        stack, "Hub", enable_default_standards=False, control_finding_generator="SECURITY_CONTROL"
    )
    for name in STANDARDS:
        standard = aws_securityhub.CfnStandard(
            stack,
            "Standard" + name.partition("/")[0].title().replace("-", ""),
            standards_arn=f"arn:{Aws.PARTITION}:securityhub:{Aws.REGION}::standards/{name}",
        )
        standard.add_dependency(hub)
    aws_accessanalyzer.CfnAnalyzer(
        stack, "Strangers", analyzer_name="teller-strangers", type="ACCOUNT"
    )
    macie = aws_macie.CfnSession(
        stack, "Macie", status="ENABLED", finding_publishing_frequency="FIFTEEN_MINUTES"
    )
    for name, pattern in IDENTIFIERS.items():
        identifier = aws_macie.CfnCustomDataIdentifier(
            stack,
            "".join(word.title() for word in name.split("-")),
            name=name,
            regex=pattern,
            description="Numbers of accounts, as the bank writes them.",
        )
        identifier.add_dependency(macie)
    aws_inspectorv2.CfnFilter(
        stack,
        "OldVersionsOfFunctions",
        name="teller-old-versions",
        description="A version that no alias points to runs nowhere.",
        filter_action="SUPPRESS",
        filter_criteria={
            "lambdaFunctionName": [{"comparison": "PREFIX", "value": "teller-retired-"}]
        },
    )
    found: str = detector.attr_id
    return found


def _service_role(
    stack: Any, name: str, service: str, statements: list[Any]
) -> tuple[aws_iam.CfnRole, aws_iam.CfnManagedPolicy]:
    """The role, and the policy without which it may do nothing yet."""
    role = aws_iam.CfnRole(
        stack,
        name,
        assume_role_policy_document={
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Principal": {"Service": f"{service}.amazonaws.com"},
                    "Action": "sts:AssumeRole",
                    "Condition": {"StringEquals": {"aws:SourceAccount": Aws.ACCOUNT_ID}},
                }
            ],
        },
        tags=[CfnTag(key="service", value=service)],
    )
    policy = aws_iam.CfnManagedPolicy(
        stack,
        f"{name}Policy",
        description=f"All that {name} may do.",
        roles=[role.ref],
        policy_document={"Version": "2012-10-17", "Statement": statements},
    )
    return role, policy


def _life(name: str, days: int) -> aws_s3.LifecycleRule:
    return aws_s3.LifecycleRule(
        id=name,
        expiration=Duration.days(days),
        noncurrent_version_expiration=Duration.days(30),
        abort_incomplete_multipart_upload_after=Duration.days(7),
        transitions=[
            aws_s3.Transition(
                storage_class=aws_s3.StorageClass.GLACIER_INSTANT_RETRIEVAL,
                transition_after=Duration.days(90),
            )
        ],
    )
