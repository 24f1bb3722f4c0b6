"""The bucket that functions and the bot are made from."""

from __future__ import annotations

from typing import Any

from aws_cdk import Aws, Duration, RemovalPolicy, aws_kms, aws_s3

from infra.aws.stacks.buckets import guarded_bucket, log_bucket
from infra.aws.stages import Stage

NAME = "bootstrap"


def add_to(stack: Any, stage: Stage) -> None:
    """What has to be there before the first function."""
    key = aws_kms.Key(
        stack,
        "CodeKey",
        description="Encrypts the code that runs, at rest.",
        enable_key_rotation=True,
        removal_policy=RemovalPolicy.RETAIN if stage.kept else RemovalPolicy.DESTROY,
    )
    logs = log_bucket(stack, "CodeAccess", stage, key)
    guarded_bucket(
        stack,
        "Code",
        stage,
        key,
        logs,
        bucket_name=f"teller-code-{Aws.ACCOUNT_ID}-{Aws.REGION}",
        lifecycle_rules=[
            aws_s3.LifecycleRule(
                id="OldCode",
                noncurrent_version_expiration=Duration.days(90),
                abort_incomplete_multipart_upload_after=Duration.days(7),
            )
        ],
    )
