"""Buckets as every one of the bank's is: private, TLS alone, one key, versions, access logged."""

from __future__ import annotations

from typing import Any

from aws_cdk import Duration, RemovalPolicy, aws_iam, aws_s3

from infra.aws.stages import Stage


def private_under(key: Any) -> dict[str, Any]:
    """What every bucket of the bank's has in common."""
    return {
        "encryption": aws_s3.BucketEncryption.KMS,
        "encryption_key": key,
        "bucket_key_enabled": True,
        "block_public_access": aws_s3.BlockPublicAccess.BLOCK_ALL,
        "object_ownership": aws_s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
        "enforce_ssl": True,
        "minimum_tls_version": 1.2,
        "versioned": True,
    }


def guarded_bucket(
    stack: Any, name: str, stage: Stage, key: Any, logs: Any, **more: Any
) -> aws_s3.Bucket:
    """A bucket that takes objects under its own key alone: the one that is named, or none, since
    S3 then takes the bucket's. A denial of all that differs would deny who names none, too: our own
    uploads.
    """
    bucket = aws_s3.Bucket(
        stack,
        name,
        **private_under(key),
        server_access_logs_bucket=logs,
        server_access_logs_prefix=f"{name}/",
        removal_policy=_removal(stage),
        **more,
    )
    for sid, asked, ours in (
        ("NoOtherKey", "s3:x-amz-server-side-encryption-aws-kms-key-id", key.key_arn),
        ("NoOtherCipher", "s3:x-amz-server-side-encryption", "aws:kms"),
    ):
        bucket.add_to_resource_policy(
            aws_iam.PolicyStatement(
                sid=sid,
                effect=aws_iam.Effect.DENY,
                principals=[aws_iam.AnyPrincipal()],
                actions=["s3:PutObject"],
                resources=[bucket.arn_for_objects("*")],
                conditions={"StringNotEquals": {asked: ours}, "Null": {asked: "false"}},
            )
        )
    return bucket


def log_bucket(stack: Any, name: str, stage: Stage, key: Any) -> aws_s3.Bucket:
    """Where S3 writes who asked for what: for a year, and nobody may write but S3's own log."""
    return aws_s3.Bucket(
        stack,
        name,
        **private_under(key),
        removal_policy=_removal(stage),
        lifecycle_rules=[
            aws_s3.LifecycleRule(
                id="AYearOfAccess",
                expiration=Duration.days(365),
                noncurrent_version_expiration=Duration.days(30),
                abort_incomplete_multipart_upload_after=Duration.days(7),
            )
        ],
    )


def _removal(stage: Stage) -> RemovalPolicy:
    return RemovalPolicy.RETAIN if stage.kept else RemovalPolicy.DESTROY
