"""Which actions of IAM a call of botocore asks for.

Source: Service Authorization Reference. Most are named as the call; here is what is not.
"""

from __future__ import annotations

_PREFIX = {
    "appconfigdata": "appconfig",
    "lexv2-runtime": "lex",
    "sagemaker-runtime": "sagemaker",
}
_TRANSACTION = {
    "Put": "PutItem", "Update": "UpdateItem", "Delete": "DeleteItem",
    "ConditionCheck": "ConditionCheckItem", "Get": "GetItem",
}  # fmt: skip
_NAMED_OTHERWISE = {
    ("s3", "GetBucketEncryption"): ("GetEncryptionConfiguration",),
    ("s3", "PutBucketEncryption"): ("PutEncryptionConfiguration",),
    ("s3", "GetPublicAccessBlock"): ("GetBucketPublicAccessBlock",),
    ("s3", "PutPublicAccessBlock"): ("PutBucketPublicAccessBlock",),
    ("s3", "HeadObject"): ("GetObject",),
    # A copy takes the tags along, so it reads and writes them too.
    ("s3", "CopyObject"): ("GetObject", "GetObjectTagging", "PutObject", "PutObjectTagging"),
    ("lambda", "Invoke"): ("InvokeFunction",),
}


def actions_of(service: str, operation: str, parts: str = "") -> frozenset[str]:
    """The actions, as in `dynamodb:PutItem`. `parts` are a transaction's, with commas between."""
    prefix = _PREFIX.get(service, service)
    if parts:
        return frozenset(f"{prefix}:{_TRANSACTION[part]}" for part in parts.split(","))
    names = _NAMED_OTHERWISE.get((service, operation), (operation,))
    return frozenset(f"{prefix}:{name}" for name in names)
