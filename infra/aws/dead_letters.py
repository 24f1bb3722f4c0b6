"""Queues for what nobody could take, and the policies that let in TLS and its own service alone."""

from __future__ import annotations

from typing import Any

from infra.aws.template import Json, imported

KEEP_S = 14 * 24 * 3600
"""The longest that SQS keeps a message: two weeks in which to look and redrive."""
_TELLERS = ("cloudwatch.amazonaws.com", "events.amazonaws.com")
_SENDERS = ("events.amazonaws.com", "sns.amazonaws.com")


def queue_of(name: str | None) -> Json:
    """A queue for dead letters, under the operations key."""
    properties: Json = {
        "MessageRetentionPeriod": KEEP_S,
        "KmsMasterKeyId": imported("OperationsKey", "Arn"),
        # It is one: nothing comes after it, and it can be redriven to where its letters came from.
        "RedriveAllowPolicy": {"redrivePermission": "allowAll"},
    }
    if name:
        properties["QueueName"] = name
    return {"Type": "AWS::SQS::Queue", "Properties": properties}


def queue_policy(queue: str) -> Json:
    """SNS and EventBridge of this account may send; nobody may do anything without TLS."""
    arn = {"Fn::GetAtt": [queue, "Arn"]}
    return {
        "Type": "AWS::SQS::QueuePolicy",
        "Properties": {
            "Queues": [{"Ref": queue}],
            "PolicyDocument": {
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Sid": "LettersOfThisAccount",
                        "Effect": "Allow",
                        "Principal": {"Service": list(_SENDERS)},
                        "Action": "sqs:SendMessage",
                        "Resource": arn,
                        "Condition": {
                            "StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}
                        },
                    },
                    without_tls("sqs:*", arn),
                ],
            },
        },
    }


def tls_only_topic(topic: str) -> Json:
    """The account's own principals may publish and subscribe, over TLS; and its alarms and rules
    may publish, which no principal of the account stands for.
    """
    arn = {"Ref": topic}
    return {
        "Type": "AWS::SNS::TopicPolicy",
        "Properties": {
            "Topics": [arn],
            "PolicyDocument": {
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Sid": "ThisAccount",
                        "Effect": "Allow",
                        "Principal": {"AWS": _root()},
                        "Action": ["sns:Publish", "sns:Subscribe"],
                        "Resource": arn,
                    },
                    {
                        "Sid": "AlarmsAndRulesOfThisAccount",
                        "Effect": "Allow",
                        "Principal": {"Service": list(_TELLERS)},
                        "Action": "sns:Publish",
                        "Resource": arn,
                        "Condition": {
                            "StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}
                        },
                    },
                    without_tls("sns:Publish", arn),
                ],
            },
        },
    }


def tls_only_bucket(bucket: str) -> Json:
    """Nobody may do anything with the bucket without TLS; who may is said by roles alone."""
    arn = {"Fn::GetAtt": [bucket, "Arn"]}
    objects = {"Fn::Sub": f"${{{bucket}.Arn}}/*"}
    return {
        "Type": "AWS::S3::BucketPolicy",
        "Properties": {
            "Bucket": {"Ref": bucket},
            "PolicyDocument": {
                "Version": "2012-10-17",
                "Statement": [without_tls("s3:*", [arn, objects])],
            },
        },
    }


def without_tls(action: str, resource: Any) -> Json:
    """The statement that refuses `action` on `resource` to whoever comes without TLS."""
    return {
        "Sid": "NothingWithoutTls",
        "Effect": "Deny",
        "Principal": "*",
        "Action": action,
        "Resource": resource,
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }


def _root() -> Json:
    return {"Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:root"}
