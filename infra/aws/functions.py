"""A Lambda function as a template has it: logs, a role that may do just this, and the function."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from infra.aws.bundles import bundle_key, module_of
from infra.aws.template import Json, Resources, of_type

CODE_BUCKET = {"Fn::Sub": "teller-code-${AWS::AccountId}-${AWS::Region}"}


@dataclass(frozen=True, slots=True)
class Function:
    """`name` is its logical id. `statements` are all that it may do besides writing its logs."""

    name: str
    handler: str
    description: str
    statements: Sequence[Json]
    environment: Mapping[str, Any] = field(default_factory=dict)
    memory: int = 256
    timeout: int = 60

    @property
    def function_name(self) -> str:
        """Kebab case of the logical id, as in `teller-key-rotation`."""
        words = "".join(f"-{c.lower()}" if c.isupper() else c for c in self.name)
        return f"teller{words}"

    def resources(self) -> Resources:
        """The three resources; `hardened` adds the rest."""
        group, role = f"{self.name}Logs", f"{self.name}Role"
        own_logs = {
            "Sid": "ItsOwnLogs",
            "Effect": "Allow",
            "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
            "Resource": {"Fn::GetAtt": [group, "Arn"]},
        }
        return {
            group: {
                "Type": "AWS::Logs::LogGroup",
                "Properties": {"LogGroupName": f"/aws/lambda/{self.function_name}"},
            },
            role: {
                "Type": "AWS::IAM::Role",
                "Properties": {
                    "AssumeRolePolicyDocument": assumed_by("lambda.amazonaws.com"),
                    "Policies": [
                        {
                            "PolicyName": self.function_name,
                            "PolicyDocument": {
                                "Version": "2012-10-17",
                                "Statement": [*self.statements, own_logs],
                            },
                        }
                    ],
                },
            },
            self.name: self._function(group, role),
        }

    def _function(self, group: str, role: str) -> Json:
        return {
            "Type": "AWS::Lambda::Function",
            "DependsOn": [group],
            "Properties": {
                "FunctionName": self.function_name,
                "Description": self.description,
                "Runtime": "python3.13",
                "Architectures": ["arm64"],
                "Handler": self.handler,
                "Role": {"Fn::GetAtt": [role, "Arn"]},
                "Code": code_of(self.handler),
                "MemorySize": self.memory,
                "Timeout": self.timeout,
                "Environment": {
                    "Variables": {
                        "POWERTOOLS_SERVICE_NAME": self.function_name.removeprefix("teller-"),
                        **self.environment,
                    }
                },
            },
        }


def assumed_by(service: str) -> Json:
    """The trust policy of a role that one service of this account takes on."""
    return {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"Service": service},
                "Action": "sts:AssumeRole",
            }
        ],
    }


def code_of(handler: str) -> Json:
    """Where a function's bundle is: its key is its content's hash, so new code is a change."""
    return {"S3Bucket": CODE_BUCKET, "S3Key": bundle_key(module_of(handler))}


def with_own_bundles(resources: Resources) -> Resources:
    """The core template's functions, each on a bundle of its own and not on one for all."""
    for _, function in of_type(resources, "AWS::Lambda::Function"):
        function["Properties"]["Code"] = code_of(function["Properties"]["Handler"])
    return resources


def may_be_run(function: str, principal: str, source: Any) -> Json:
    """Lets a service run `function` for one resource of this account."""
    return {
        "Type": "AWS::Lambda::Permission",
        "Properties": {
            "Action": "lambda:InvokeFunction",
            "FunctionName": {"Ref": function},
            "Principal": principal,
            "SourceAccount": {"Ref": "AWS::AccountId"},
            "SourceArn": source,
        },
    }


def by_the_clock(function: Function, at: str, rule: str, why: str) -> dict[str, Json]:
    """A function with the rule that runs it `at` (a schedule expression): named after both."""
    name = function.name
    return {
        **function.resources(),
        f"{name}{rule}": {
            "Type": "AWS::Events::Rule",
            "Properties": {
                "Description": why,
                "ScheduleExpression": at,
                "State": "ENABLED",
                "Targets": [{"Id": rule.lower(), "Arn": {"Fn::GetAtt": [name, "Arn"]}}],
            },
        },
        f"{name}MayRun": may_be_run(
            name, "events.amazonaws.com", {"Fn::GetAtt": [f"{name}{rule}", "Arn"]}
        ),
    }
