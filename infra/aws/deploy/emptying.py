"""What has to be gone before its stack: objects, recovery points; and what its services leave."""

from __future__ import annotations

from typing import Any

from botocore.exceptions import ClientError

from infra.aws.deploy.stacks import DeployError

VAULT = "teller"


def empty_bucket(s3: Any, bucket: str) -> int:
    """Deletes every version of every object, locked ones of the softer kind too; how many.

    Raises `DeployError` when S3 keeps one.
    """
    gone = 0
    try:
        for page in s3.get_paginator("list_object_versions").paginate(Bucket=bucket):
            found = [*page.get("Versions", ()), *page.get("DeleteMarkers", ())]
            if not found:
                continue
            answer = s3.delete_objects(
                Bucket=bucket, BypassGovernanceRetention=True,
                Delete={"Objects": [{k: o[k] for k in ("Key", "VersionId")} for o in found],
                        "Quiet": True},
            )  # fmt: skip
            kept = answer.get("Errors", ())
            if kept:
                first = kept[0]
                raise DeployError(
                    f"{bucket} keeps {len(kept)} objects: {first['Key']}: {first.get('Message', '')}"
                )
            gone += len(found)
    except ClientError as error:
        if error.response["Error"]["Code"] != "NoSuchBucket":
            raise
    return gone


def empty_vault(backup: Any, vault: str = VAULT) -> int:
    """Deletes all recovery points of a vault; how many. No vault, no points."""
    gone = 0
    try:
        for page in backup.get_paginator("list_recovery_points_by_backup_vault").paginate(
            BackupVaultName=vault
        ):
            for point in page["RecoveryPoints"]:
                backup.delete_recovery_point(
                    BackupVaultName=vault, RecoveryPointArn=point["RecoveryPointArn"]
                )
                gone += 1
    except ClientError as error:
        # AWS Backup says the second where there is no such vault.
        if error.response["Error"]["Code"] not in (
            "ResourceNotFoundException",
            "AccessDeniedException",
        ):
            raise
    return gone


def empty_registry(sagemaker: Any, group: str) -> int:
    """Deletes every model package of a group; how many. No group, no packages."""
    gone = 0
    try:
        for page in sagemaker.get_paginator("list_model_packages").paginate(
            ModelPackageGroupName=group
        ):
            for package in page["ModelPackageSummaryList"]:
                sagemaker.delete_model_package(ModelPackageName=package["ModelPackageArn"])
                gone += 1
    except ClientError as error:
        # SageMaker has no code of its own for what does not exist.
        if error.response["Error"]["Code"] != "ValidationException":
            raise
    return gone


def forget_logs(logs: Any, prefix: str) -> int:
    """Deletes the groups whose names begin so; how many."""
    gone = 0
    for page in logs.get_paginator("describe_log_groups").paginate(logGroupNamePrefix=prefix):
        for group in page["logGroups"]:
            logs.delete_log_group(logGroupName=group["logGroupName"])
            gone += 1
    return gone


def logs_of_api(api: str) -> tuple[str, str]:
    """Where API Gateway writes the errors of a REST and of a WebSocket API: groups of its own."""
    return f"API-Gateway-Execution-Logs_{api}/", f"/aws/apigateway/{api}/"
