"""What a resource of the core template gets on AWS that it needs not on a laptop.

Each rule is about a type of resource, so what is added to the core template is hardened too,
whoever adds it: customer keys, traces, limits, dead-letter queues, TLS alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from infra.aws.alarms import RUNBOOK_OF_METRIC, RUNBOOKS
from infra.aws.dead_letters import (
    queue_of,
    queue_policy,
    tls_only_bucket,
    tls_only_topic,
    without_tls,
)
from infra.aws.stages import Stage
from infra.aws.template import Json, Resources, imported, of_type

"""The most that run at once of a function that nobody waits for."""
TRIES = 5
"""How often a queue gives a message out before it is a dead letter."""
_LAST = re.compile("Dead|Failed|Failures|Poison")
"""In the names of queues after which nothing comes."""
_LOG_LINE = {
    "requestId": "$context.requestId",
    "ip": "$context.identity.sourceIp",
    "route": "$context.routeKey",
    "status": "$context.status",
    "latency": "$context.responseLatency",
}
_TRACES = {
    "Sid": "ItsOwnTraces",
    "Effect": "Allow",
    "Action": ["xray:PutTelemetryRecords", "xray:PutTraceSegments"],
    "Resource": "*",
}


def hardened(resources: Resources, stage: Stage) -> Resources:
    """The resources as AWS gets them; the argument is left as it is."""
    made: Resources = {name: _copied(one) for name, one in resources.items()}
    for rule in _RULES:
        rule(made, stage)
    return made


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(item) for key, item in value.items()}
    return [_copied(item) for item in value] if isinstance(value, list) else value


def _properties(resource: Json) -> Json:
    properties: Json = resource.setdefault("Properties", {})
    return properties


def _tables(made: Resources, stage: Stage) -> None:
    for _, table in of_type(made, "AWS::DynamoDB::Table"):
        properties = _properties(table)
        properties["SSESpecification"] = {
            "SSEEnabled": True,
            "SSEType": "KMS",
            "KMSMasterKeyId": {"Ref": "LedgerKeyArn"},
        }
        properties["DeletionProtectionEnabled"] = stage.kept
        properties["ContributorInsightsSpecification"] = {"Enabled": True}
        # A fuse, not a plan: what runs away stops here, at twenty times a busy day.
        properties["OnDemandThroughput"] = {
            "MaxReadRequestUnits": 40_000,
            "MaxWriteRequestUnits": 40_000,
        }
        for index in properties.get("GlobalSecondaryIndexes", ()):
            index["OnDemandThroughput"] = properties["OnDemandThroughput"]
        table["DeletionPolicy"] = table["UpdateReplacePolicy"] = stage.removal


def _buckets(made: Resources, stage: Stage) -> None:
    for name, bucket in list(of_type(made, "AWS::S3::Bucket")):
        properties = _properties(bucket)
        properties["BucketEncryption"] = {
            "ServerSideEncryptionConfiguration": [
                {
                    "ServerSideEncryptionByDefault": {
                        "SSEAlgorithm": "aws:kms",
                        "KMSMasterKeyID": imported("OperationsKey", "Arn"),
                    },
                    "BucketKeyEnabled": True,
                }
            ]
        }
        properties["VersioningConfiguration"] = {"Status": "Enabled"}
        properties["LoggingConfiguration"] = {
            "DestinationBucketName": imported("AccessLogs"),
            "LogFilePrefix": f"{name}/",
        }
        bucket["DeletionPolicy"] = bucket["UpdateReplacePolicy"] = stage.removal
        made[f"{name}Policy"] = tls_only_bucket(name)


def _secrets(made: Resources, stage: Stage) -> None:
    for _, secret in of_type(made, "AWS::SecretsManager::Secret"):
        _properties(secret)["KmsKeyId"] = {"Ref": "LedgerKeyArn"}
        secret["DeletionPolicy"] = secret["UpdateReplacePolicy"] = stage.removal


def _logs(made: Resources, stage: Stage) -> None:
    for _, group in of_type(made, "AWS::Logs::LogGroup"):
        _properties(group)["KmsKeyId"] = imported("OperationsKey", "Arn")
        _properties(group)["RetentionInDays"] = stage.log_days
        group["DeletionPolicy"] = group["UpdateReplacePolicy"] = stage.removal


def _user_pools(made: Resources, stage: Stage) -> None:
    for _, pool in of_type(made, "AWS::Cognito::UserPool"):
        properties = _properties(pool)
        # A customer signs in with something they have, too; the laptop's demo customers need not.
        properties["MfaConfiguration"] = "ON"
        # Stolen passwords and strange places are refused: the plan that looks for them.
        properties["UserPoolTier"] = "PLUS"
        properties["UserPoolAddOns"] = {"AdvancedSecurityMode": "ENFORCED"}
        properties["DeletionProtection"] = "ACTIVE" if stage.kept else "INACTIVE"
        pool["DeletionPolicy"] = pool["UpdateReplacePolicy"] = stage.removal
    for _, client in of_type(made, "AWS::Cognito::UserPoolClient"):
        flows = _properties(client)["ExplicitAuthFlows"]
        # By which the laptop's page signs a demo customer in, whose password nobody knows.
        client["Properties"]["ExplicitAuthFlows"] = [
            flow for flow in flows if flow != "ALLOW_ADMIN_USER_PASSWORD_AUTH"
        ]


def _functions(made: Resources, stage: Stage) -> None:
    for name, function in list(of_type(made, "AWS::Lambda::Function")):
        properties = _properties(function)
        properties["TracingConfig"] = {"Mode": "Active"}
        properties["LoggingConfig"] = {"LogFormat": "JSON"}
        properties["KmsKeyArn"] = imported("OperationsKey", "Arn")
        properties["ReservedConcurrentExecutions"] = stage.reserved.of(name)
        letters = f"{name}DeadLetters"
        made[letters] = queue_of(f"{properties['FunctionName']}-dead-letters")
        made[f"{letters}Policy"] = queue_policy(letters)
        properties["DeadLetterConfig"] = {"TargetArn": {"Fn::GetAtt": [letters, "Arn"]}}
        _grant_own_letters_and_traces(made, properties["Role"]["Fn::GetAtt"][0], letters)


def _grant_own_letters_and_traces(made: Resources, role: str, letters: str) -> None:
    policies = _properties(made[role])["Policies"]
    policies[0]["PolicyDocument"]["Statement"] += [
        {
            "Sid": "ItsOwnDeadLetters",
            "Effect": "Allow",
            "Action": "sqs:SendMessage",
            "Resource": {"Fn::GetAtt": [letters, "Arn"]},
        },
        _TRACES,
    ]


def _policies_of_their_own(made: Resources, _stage: Stage) -> None:
    """An inline policy becomes a managed one: it can be listed, versioned and compared."""
    for name, role in list(of_type(made, "AWS::IAM::Role")):
        policies = _properties(role).pop("Policies", ())
        for number, policy in enumerate(policies):
            suffix = "" if number == 0 else str(number + 1)
            made[f"{name}Policy{suffix}"] = {
                "Type": "AWS::IAM::ManagedPolicy",
                "Properties": {
                    "Description": f"All that {name} may do.",
                    "PolicyDocument": policy["PolicyDocument"],
                    "Roles": [{"Ref": name}],
                },
            }
    for _, function in of_type(made, "AWS::Lambda::Function"):
        # Nothing runs before it may: a first event would end in its dead letters.
        policy = f"{_properties(function)['Role']['Fn::GetAtt'][0]}Policy"
        function["DependsOn"] = [*function.get("DependsOn", ()), policy]


def _topics(made: Resources, _stage: Stage) -> None:
    for name, topic in list(of_type(made, "AWS::SNS::Topic")):
        _properties(topic)["KmsMasterKeyId"] = imported("OperationsKey", "Arn")
        made[f"{name}Policy"] = tls_only_topic(name)
    for name, subscription in list(of_type(made, "AWS::SNS::Subscription")):
        letters = f"{name}DeadLetters"
        made[letters] = queue_of(None)
        made[f"{letters}Policy"] = queue_policy(letters)
        _properties(subscription).setdefault(
            "RedrivePolicy", {"deadLetterTargetArn": {"Fn::GetAtt": [letters, "Arn"]}}
        )


def _queues(made: Resources, _stage: Stage) -> None:
    guarded: set[str] = set()
    for _, policy in of_type(made, "AWS::SQS::QueuePolicy"):
        queues = [queue["Ref"] for queue in policy["Properties"]["Queues"]]
        guarded.update(queues)
        statements = policy["Properties"]["PolicyDocument"]["Statement"]
        if not any(one["Effect"] == "Deny" for one in statements):
            arns = [{"Fn::GetAtt": [queue, "Arn"]} for queue in queues]
            statements.append(without_tls("sqs:*", arns))
    for name, queue in list(of_type(made, "AWS::SQS::Queue")):
        properties = _properties(queue)
        properties.pop("SqsManagedSseEnabled", None)
        properties["KmsMasterKeyId"] = imported("OperationsKey", "Arn")
        if name not in guarded:
            made[f"{name}Policy"] = queue_policy(name)
        if "RedrivePolicy" not in properties and not _LAST.search(name):
            letters = f"{name}DeadLetters"
            called = properties.get("QueueName")
            made[letters] = queue_of(f"{called}-dead-letters" if called else None)
            made[f"{letters}Policy"] = queue_policy(letters)
            properties["RedrivePolicy"] = {
                "deadLetterTargetArn": {"Fn::GetAtt": [letters, "Arn"]},
                "maxReceiveCount": TRIES,
            }


def _alarms(made: Resources, _stage: Stage) -> None:
    """Whoever watches hears of every alarm, and when it is over; each names its runbook."""
    for _, alarm in of_type(made, "AWS::CloudWatch::Alarm"):
        words = _properties(alarm).get("AlarmDescription", "")
        if RUNBOOKS not in words:
            runbook = RUNBOOK_OF_METRIC[_properties(alarm)["MetricName"]]
            _properties(alarm)["AlarmDescription"] = f"{words} Runbook: {RUNBOOKS}{runbook}.md"
        for action in ("AlarmActions", "OKActions"):
            _properties(alarm).setdefault(action, [imported("Operations")])


def _http_stages(made: Resources, _stage: Stage) -> None:
    """Who called and what they were answered, never what was in it."""
    for name, stage in list(of_type(made, "AWS::ApiGatewayV2::Stage")):
        group = f"{name}Log"
        made[group] = {
            "Type": "AWS::Logs::LogGroup",
            "Properties": {"LogGroupName": f"/aws/apigateway/teller-{name.lower()}"},
        }
        _properties(stage)["AccessLogSettings"] = {
            "DestinationArn": {"Fn::GetAtt": [group, "Arn"]},
            "Format": json.dumps(_LOG_LINE),
        }


def _buses(made: Resources, _stage: Stage) -> None:
    for _, bus in of_type(made, "AWS::Events::EventBus"):
        _properties(bus)["KmsKeyIdentifier"] = imported("OperationsKey", "Arn")


def _schedules(made: Resources, _stage: Stage) -> None:
    for name, rule in list(of_type(made, "AWS::Events::Rule")):
        letters = f"{name}DeadLetters"
        made[letters] = queue_of(None)
        made[f"{letters}Policy"] = queue_policy(letters)
        for target in _properties(rule)["Targets"]:
            target.setdefault("DeadLetterConfig", {"Arn": {"Fn::GetAtt": [letters, "Arn"]}})


_RULES: tuple[Callable[[Resources, Stage], None], ...] = (
    _tables,
    _user_pools,
    _secrets,
    _buckets,
    _http_stages,
    _logs,
    _functions,
    _topics,
    _buses,
    _schedules,
    _queues,
    _alarms,
    _policies_of_their_own,
)
