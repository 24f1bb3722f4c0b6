"""The version and alias of the function that Lex calls: warm, and turned to new code bit by bit.

CodeDeploy sends a tenth of the turns to a new version for five minutes before it sends all; when
turns fail meanwhile, the alias is back where it was before anybody has read the alarm. A customer
with a session is not bound to a version: what a conversation knows is in Lex and in the table.
"""

from __future__ import annotations

import hashlib
import json

from infra.aws.alarms import ACTIONS, RUNBOOKS
from infra.aws.bank_alarms import failing_turns
from infra.aws.functions import assumed_by
from infra.aws.lex_bot import ALIAS
from infra.aws.stages import Stage
from infra.aws.template import Json, Resources

RELEASE_ALARM = "teller-release-fails"
_GROUP = "teller-fulfillment"


def alias_of_fulfillment(stage: Stage, function: Json) -> Resources:
    """The version and alias that Lex calls, warm instances, and more of them on salary days.

    `function` are the function's properties: a version is made when its code changed, and also when
    its memory or a variable did, since a version keeps them as they were.
    """
    content = json.dumps(function, sort_keys=True).encode()
    version = f"FulfillmentVersion{hashlib.sha256(content).hexdigest()[:12]}"
    alias: Json = {
        "Type": "AWS::Lambda::Alias",
        "DependsOn": ["ShiftsRolePolicy"],
        "UpdatePolicy": {
            "CodeDeployLambdaAliasUpdate": {
                "ApplicationName": {"Ref": "Shifts"},
                "DeploymentGroupName": {"Ref": "FulfillmentShifts"},
            }
        },
        "Properties": {
            "Name": ALIAS,
            "FunctionName": {"Ref": "Fulfillment"},
            "FunctionVersion": {"Fn::GetAtt": [version, "Version"]},
        },
    }
    made: Resources = {
        version: {
            "Type": "AWS::Lambda::Version",
            "DeletionPolicy": "Retain",
            "UpdateReplacePolicy": "Retain",
            "Properties": {
                "FunctionName": {"Ref": "Fulfillment"},
                "Description": function["Code"]["S3Key"],
            },
        },
        "FulfillmentLive": alias,
        **_shifts(stage),
    }
    if not stage.warm:
        return made
    alias["Properties"]["ProvisionedConcurrencyConfig"] = {
        "ProvisionedConcurrentExecutions": stage.warm
    }
    return made | _warmth(stage)


def _shifts(stage: Stage) -> Resources:
    """CodeDeploy's part: how fast, and what brings the alias back."""
    canary = "LambdaCanary10Percent5Minutes" if stage.warm else "LambdaAllAtOnce"
    return {
        "ReleaseFails": {
            "Type": "AWS::CloudWatch::Alarm",
            "Properties": {
                **failing_turns(60, above=3),
                "AlarmName": RELEASE_ALARM,
                "AlarmDescription": f"Runbook: {RUNBOOKS}release-fails.md",
                **ACTIONS,
            },
        },
        "ShiftsRole": {
            "Type": "AWS::IAM::Role",
            "Properties": {
                "AssumeRolePolicyDocument": assumed_by("codedeploy.amazonaws.com"),
                "Policies": [
                    {
                        "PolicyName": "shifts",
                        "PolicyDocument": {"Version": "2012-10-17", "Statement": _MAY_SHIFT},
                    }
                ],
            },
        },
        "Shifts": {
            "Type": "AWS::CodeDeploy::Application",
            "Properties": {"ApplicationName": "teller", "ComputePlatform": "Lambda"},
        },
        "FulfillmentShifts": {
            "Type": "AWS::CodeDeploy::DeploymentGroup",
            "DependsOn": ["ShiftsRolePolicy"],
            "Properties": {
                "ApplicationName": {"Ref": "Shifts"},
                "DeploymentGroupName": _GROUP,
                "ServiceRoleArn": {"Fn::GetAtt": ["ShiftsRole", "Arn"]},
                "DeploymentConfigName": f"CodeDeployDefault.{canary}",
                "DeploymentStyle": {
                    "DeploymentType": "BLUE_GREEN",
                    "DeploymentOption": "WITH_TRAFFIC_CONTROL",
                },
                "AlarmConfiguration": {
                    "Enabled": True,
                    "IgnorePollAlarmFailure": False,
                    "Alarms": [{"Name": {"Ref": "ReleaseFails"}}],
                },
                "AutoRollbackConfiguration": {
                    "Enabled": True,
                    "Events": ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM",
                               "DEPLOYMENT_STOP_ON_REQUEST"],
                },
            },
        },
    }  # fmt: skip


_MAY_SHIFT: list[Json] = [
    {
        "Sid": "TheAlias",
        "Effect": "Allow",
        "Action": ["lambda:GetAlias", "lambda:GetProvisionedConcurrencyConfig",
                   "lambda:UpdateAlias"],
        "Resource": {
            "Fn::Sub": "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:"
            f"function:teller-fulfillment:{ALIAS}"
        },
    },
    {
        "Sid": "TheFunctionItIsOf",
        "Effect": "Allow",
        "Action": ["lambda:GetAlias", "lambda:GetProvisionedConcurrencyConfig",
                   "lambda:UpdateAlias"],
        "Resource": {"Fn::GetAtt": ["Fulfillment", "Arn"]},
    },
    {
        "Sid": "WhetherItFails",
        "Effect": "Allow",
        "Action": "cloudwatch:DescribeAlarms",
        "Resource": "*",
    },
]  # fmt: skip


def _warmth(stage: Stage) -> Resources:
    resource_id = {"Fn::Sub": "function:${Fulfillment}:" + ALIAS}
    dimension = "lambda:function:ProvisionedConcurrency"

    def at(name: str, schedule: str, least: int) -> Json:
        return {
            "ScheduledActionName": name,
            "Schedule": schedule,
            "ScalableTargetAction": {"MinCapacity": least, "MaxCapacity": stage.salary_warm},
        }

    return {
        "WarmInstances": {
            "Type": "AWS::ApplicationAutoScaling::ScalableTarget",
            "DependsOn": ["FulfillmentLive"],
            "Properties": {
                "ServiceNamespace": "lambda",
                "ScalableDimension": dimension,
                "ResourceId": resource_id,
                "MinCapacity": stage.warm,
                "MaxCapacity": stage.salary_warm,
                # Salaries come on the 15th and on the last days of a month.
                "ScheduledActions": [
                    at("salary-day-opens", "cron(0 10 15,28-31 * ? *)", stage.salary_warm),
                    at("salary-day-closes", "cron(0 4 16,1 * ? *)", stage.warm),
                ],
            },
        },
        "WarmInstancesTrack": {
            "Type": "AWS::ApplicationAutoScaling::ScalingPolicy",
            "Properties": {
                "PolicyName": "fulfillment-warm",
                "PolicyType": "TargetTrackingScaling",
                "ScalingTargetId": {"Ref": "WarmInstances"},
                "TargetTrackingScalingPolicyConfiguration": {
                    "TargetValue": 0.7,
                    "PredefinedMetricSpecification": {
                        "PredefinedMetricType": "LambdaProvisionedConcurrencyUtilization"
                    },
                },
            },
        },
    }
