"""Buckets and objects: closed to the public, encrypted under the bank's key, never weaker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fulfillment.remediation.findings import Finding, Thing
from fulfillment.remediation.repair import Call, Clients, RefusedError, Repair, State, if_there

_CLOSED = {
    "BlockPublicAcls": True,
    "IgnorePublicAcls": True,
    "BlockPublicPolicy": True,
    "RestrictPublicBuckets": True,
}
_LARGEST = 5 * 1024**3
"""Bytes that S3 copies in one call."""
_KMS = ("aws:kms", "aws:kms:dsse")


@dataclass(frozen=True, slots=True)
class EncryptBucket:
    """The default of a bucket: a customer key. One that has any such key keeps it."""

    client: Any
    bucket: str
    account: str
    key_arn: str
    action: str = "encrypt the bucket by default under the bank's key"

    def look(self) -> State:
        found = if_there(
            self.client.get_bucket_encryption,
            "ServerSideEncryptionConfigurationNotFoundError",
            Bucket=self.bucket,
            ExpectedBucketOwner=self.account,
        )
        return {"rules": found["ServerSideEncryptionConfiguration"]["Rules"] if found else []}

    def is_well(self, state: State) -> bool:
        return any(
            rule.get("ApplyServerSideEncryptionByDefault", {}).get("SSEAlgorithm") in _KMS
            for rule in state["rules"]
        )

    def act(self, state: State) -> None:  # noqa: ARG002 - what it was does not change what it gets
        self.client.put_bucket_encryption(
            Bucket=self.bucket,
            ExpectedBucketOwner=self.account,
            ServerSideEncryptionConfiguration={
                "Rules": [
                    {
                        "ApplyServerSideEncryptionByDefault": {
                            "SSEAlgorithm": "aws:kms",
                            "KMSMasterKeyID": self.key_arn,
                        },
                        "BucketKeyEnabled": True,
                    }
                ]
            },
        )

    def undo(self, state: State) -> list[Call]:
        if not state["rules"]:
            return []  # S3 has no way back to a bucket without a default
        wanted = {"Rules": state["rules"]}
        parameters = {"Bucket": self.bucket, "ServerSideEncryptionConfiguration": wanted}
        return [Call("s3", "put_bucket_encryption", parameters)]


@dataclass(frozen=True, slots=True)
class CloseBucket:
    """All four public access blocks of a bucket."""

    client: Any
    bucket: str
    account: str
    action: str = "block public access to the bucket"

    def look(self) -> State:
        found = if_there(
            self.client.get_public_access_block,
            "NoSuchPublicAccessBlockConfiguration",
            Bucket=self.bucket,
            ExpectedBucketOwner=self.account,
        )
        if found is None:
            return {"blocks": dict.fromkeys(_CLOSED, False)}
        return {"blocks": found["PublicAccessBlockConfiguration"]}

    def is_well(self, state: State) -> bool:
        return all(state["blocks"].get(name) for name in _CLOSED)

    def act(self, state: State) -> None:  # noqa: ARG002
        self.client.put_public_access_block(
            Bucket=self.bucket,
            ExpectedBucketOwner=self.account,
            PublicAccessBlockConfiguration=_CLOSED,
        )

    def undo(self, state: State) -> list[Call]:
        wanted = {"Bucket": self.bucket, "PublicAccessBlockConfiguration": state["blocks"]}
        return [Call("s3", "put_public_access_block", wanted)]


@dataclass(frozen=True, slots=True)
class EncryptObject:
    """A bucket's default is for what comes; what Macie found is there already: copied in place.

    A version other than the newest stays as it is: a copy of it would become the newest.
    """

    client: Any
    bucket: str
    key: str
    account: str
    key_arn: str
    action: str = "encrypt the object under the bank's key"

    def look(self) -> State:
        found = if_there(
            self.client.head_object,
            "404",
            "NoSuchKey",
            Bucket=self.bucket,
            Key=self.key,
            ExpectedBucketOwner=self.account,
        )
        if found is None:
            return {"gone": True}
        return {
            "encryption": found.get("ServerSideEncryption"),
            "key_arn": found.get("SSEKMSKeyId"),
            "bytes": found["ContentLength"],
            "etag": found["ETag"],
            "version": found.get("VersionId"),
        }

    def is_well(self, state: State) -> bool:
        return bool(state.get("gone")) or state["encryption"] in _KMS

    def act(self, state: State) -> None:
        if state["bytes"] > _LARGEST:
            raise RefusedError("larger than S3 copies in one call")
        self.client.copy_object(
            Bucket=self.bucket,
            Key=self.key,
            CopySource={"Bucket": self.bucket, "Key": self.key},
            # Whoever wrote it anew in between wrote something that nobody has looked at.
            CopySourceIfMatch=state["etag"],
            ExpectedBucketOwner=self.account,
            ExpectedSourceBucketOwner=self.account,
            MetadataDirective="COPY",
            TaggingDirective="COPY",
            ServerSideEncryption="aws:kms",
            SSEKMSKeyId=self.key_arn,
            BucketKeyEnabled=True,
        )

    def undo(self, state: State) -> list[Call]:  # noqa: ARG002
        return []  # the version before is still there; nobody should want it back


def repairs_of(finding: Finding, clients: Clients, account: str, key_arn: str) -> list[Repair]:
    """A bucket is closed and encrypted whatever was found in it; an object is encrypted."""
    client = clients("s3")
    if finding.thing is Thing.BUCKET:
        return [
            CloseBucket(client, finding.name, account),
            EncryptBucket(client, finding.name, account, key_arn),
        ]
    if finding.thing is Thing.OBJECT and finding.key is not None:
        return [EncryptObject(client, finding.name, finding.key, account, key_arn)]
    return []
