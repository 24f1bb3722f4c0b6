"""What must not be lost: keys, the ledger, secrets with their rotation, exports and backups."""

from __future__ import annotations

from typing import Any

from aws_cdk import Aws, CfnTag, Duration, aws_backup, aws_iam, aws_s3

from infra.aws.app import include
from infra.aws.endpoints import SERVED
from infra.aws.ledger_care import data_template
from infra.aws.stacks.buckets import guarded_bucket, log_bucket
from infra.aws.stacks.keys import exported, key_of
from infra.aws.stages import Stage
from infra.aws.template import Json, imported, of_type

NAME = "data"


def add_to(stack: Any, stage: Stage) -> None:
    """The data stack."""
    ledger = key_of(
        stack, "LedgerKey", stage, "The ledger and the bank's secrets.",
        via=("dynamodb", "secretsmanager"),
    )  # fmt: skip
    operations = key_of(
        stack, "OperationsKey", stage, "Messages, logs, exports and environment variables.",
        via=("sns", "sqs", "s3", "lambda", "appconfig", "sagemaker", "states"),
        by=("logs", "sns", "events", "cloudwatch", "delivery.logs"),
    )  # fmt: skip
    exported(stack, "LedgerKey", "Arn", ledger.key_arn)
    exported(stack, "OperationsKey", "Arn", operations.key_arn)
    logs = log_bucket(stack, "AccessLogs", stage, operations)
    exports = guarded_bucket(
        stack, "Exports", stage, operations, logs,
        lifecycle_rules=_export_life(stage),
        intelligent_tiering_configurations=[_tiers()],
    )  # fmt: skip
    exported(stack, "Exports", None, exports.bucket_name)
    exported(stack, "Exports", "Arn", exports.bucket_arn)
    exported(stack, "AccessLogs", None, logs.bucket_name)
    models = guarded_bucket(
        stack, "Models", stage, operations, logs, lifecycle_rules=_life_of_models(stage)
    )
    exported(stack, "Models", None, models.bucket_name)
    exported(stack, "Models", "Arn", models.bucket_arn)
    kept = data_template(stage)
    kept["Parameters"] = {"LedgerKeyArn": {"Type": "String"}}
    core = include(stack, "Core", _without_imports(kept), {
        "LedgerKeyArn": ledger.key_arn, "OperationsKeyArn": operations.key_arn,
        "ExportsName": exports.bucket_name, "ExportsArn": exports.bucket_arn,
        "AccessLogsName": logs.bucket_name,
    })  # fmt: skip
    for name, _ in of_type(kept["Resources"], "AWS::S3::Bucket"):
        _may_be_logged(logs, f"{name}/", core.get_resource(name).attr_arn)
    tables = [
        core.get_resource(name).attr_arn
        for name, one in kept["Resources"].items()
        if one["Type"] == "AWS::DynamoDB::Table"
    ]
    _backups(stack, stage, ledger, [*tables, exports.bucket_arn])


def _may_be_logged(logs: aws_s3.Bucket, prefix: str, bucket_arn: str) -> None:
    """Lets S3 write who asked for what of a bucket of the core template's."""
    logs.add_to_resource_policy(
        aws_iam.PolicyStatement(
            principals=[aws_iam.ServicePrincipal("logging.s3.amazonaws.com")],
            actions=["s3:PutObject"],
            resources=[logs.arn_for_objects(f"{prefix}*")],
            conditions={
                "ArnLike": {"aws:SourceArn": bucket_arn},
                "StringEquals": {"aws:SourceAccount": Aws.ACCOUNT_ID},
            },
        )
    )


def _without_imports(template: Json) -> Json:
    """The stack that exports a key uses it by a parameter: nothing imports from itself."""

    def here(value: Any) -> Any:
        if isinstance(value, list):
            return [here(item) for item in value]
        if not isinstance(value, dict):
            return value
        if value == {"Fn::ImportValue": "teller:OperationsKey:Arn"}:
            return {"Ref": "OperationsKeyArn"}
        if value == imported("AccessLogs"):
            return {"Ref": "AccessLogsName"}
        return {key: here(item) for key, item in value.items()}

    made: Json = here(template)
    made["Parameters"] |= {
        name: {"Type": "String"}
        for name in ("OperationsKeyArn", "ExportsName", "ExportsArn", "AccessLogsName")
    }
    return made


def _export_life(stage: Stage) -> list[aws_s3.LifecycleRule]:
    return [
        aws_s3.LifecycleRule(
            id="AsLongAsTheLawAsks",
            expiration=Duration.days(stage.export_days),
            noncurrent_version_expiration=Duration.days(30),
            abort_incomplete_multipart_upload_after=Duration.days(7),
        ),
        aws_s3.LifecycleRule(
            id="TieredByUse",
            transitions=[
                aws_s3.Transition(
                    storage_class=aws_s3.StorageClass.INTELLIGENT_TIERING,
                    transition_after=Duration.days(1),
                )
            ],
            # Smaller ones cost more to watch than to keep.
            object_size_greater_than=128 * 1024,
        ),
    ]


def _life_of_models(stage: Stage) -> list[aws_s3.LifecycleRule]:
    """A model is kept, and what it has learnt from as long as exports are: customer ids are in it.
    What endpoints were asked is for the next look at drift.
    """
    return [
        aws_s3.LifecycleRule(
            id="DataSetsAsLongAsExports",
            prefix="data-sets/",
            expiration=Duration.days(stage.export_days),
        ),
        *(
            aws_s3.LifecycleRule(
                id=f"{one.prefix}Asked",
                prefix=f"models/{one.endpoint}/captured/",
                expiration=Duration.days(90),
            )
            for one in SERVED
        ),
        aws_s3.LifecycleRule(
            id="OldVersions",
            noncurrent_version_expiration=Duration.days(90),
            abort_incomplete_multipart_upload_after=Duration.days(7),
        ),
    ]


def _tiers() -> aws_s3.IntelligentTieringConfiguration:
    return aws_s3.IntelligentTieringConfiguration(
        name="SeldomRead",
        archive_access_tier_time=Duration.days(90),
        deep_archive_access_tier_time=Duration.days(180),
    )


def _backups(stack: Any, stage: Stage, key: Any, arns: list[str]) -> None:
    vault = aws_backup.CfnBackupVault(
        stack,
        "Vault",
        backup_vault_name="teller",
        encryption_key_arn=key.key_arn,
        lock_configuration=(
            aws_backup.CfnBackupVault.LockConfigurationTypeProperty(min_retention_days=7)
            if stage.kept
            else None
        ),
    )
    plan = aws_backup.CfnBackupPlan(
        stack,
        "BackupPlan",
        backup_plan={
            "backupPlanName": "teller-nightly",
            "backupPlanRule": [
                {
                    "ruleName": "nightly",
                    "targetBackupVault": vault.ref,
                    "scheduleExpression": "cron(0 2 * * ? *)",
                    "startWindowMinutes": 60,
                    "completionWindowMinutes": 360,
                    "lifecycle": {"deleteAfterDays": 35 if stage.kept else 7},
                }
            ],
        },
    )
    role = aws_iam.CfnRole(
        stack,
        "BackupRole",
        assume_role_policy_document={
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Principal": {"Service": "backup.amazonaws.com"},
                    "Action": "sts:AssumeRole",
                    "Condition": {"StringEquals": {"aws:SourceAccount": Aws.ACCOUNT_ID}},
                }
            ],
        },
        managed_policy_arns=[
            f"arn:{Aws.PARTITION}:iam::aws:policy/service-role/{name}"
            for name in ("AWSBackupServiceRolePolicyForBackup",)
        ],
        tags=[CfnTag(key="purpose", value="backup")],
    )
    aws_backup.CfnBackupSelection(
        stack,
        "BackupSelection",
        backup_plan_id=plan.ref,
        backup_selection={
            "selectionName": "ledger-and-exports",
            "iamRoleArn": role.attr_arn,
            "resources": arns,
        },
    )
