"""The state machine, its roles and logs, and the group that its models are registered in."""

from __future__ import annotations

import json
from typing import Any

from infra.aws.endpoints import INSTANCE
from infra.aws.hardening import hardened
from infra.aws.stages import Stage
from infra.aws.template import Json, Resources, imported
from infra.aws.training.definition import definition
from infra.aws.training.request import MODEL
from infra.aws.training.rights import NAME, of_the_job, of_the_machine

BUS = "teller"
"""The bank's bus by its name: its stack is made after this one."""
PARAMETERS: Json = {
    "FraudTrainingImage": {
        "Type": "String",
        "Default": "",
        "Description": "The image that trains teller-fraud: the serving image's build for x86-64.",
    },
    "FraudServingImage": {"Type": "String", "Default": ""},
}
CONDITIONS: Json = {
    "FraudCanBeTrained": {
        "Fn::And": [
            {"Fn::Not": [{"Fn::Equals": [{"Ref": name}, ""]}]} for name in PARAMETERS
        ]
    }
}  # fmt: skip


def training_template(stage: Stage) -> Json:
    """All of it as a template, before CDK takes it in."""
    return {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Parameters": PARAMETERS,
        "Conditions": CONDITIONS,
        "Resources": hardened(training_resources(stage), stage),
    }


def training_resources(stage: Stage) -> Resources:
    """All of them. The state machine is there once both images are named."""
    return {
        "FraudModels": {
            "Type": "AWS::SageMaker::ModelPackageGroup",
            "DeletionPolicy": stage.removal,
            "UpdateReplacePolicy": stage.removal,
            "Properties": {
                "ModelPackageGroupName": MODEL,
                "ModelPackageGroupDescription": "Models of teller-fraud; a person approves one.",
            },
        },
        "TrainingLog": _log("/aws/sagemaker/TrainingJobs"),
        "FraudTrainingLog": _log(f"/aws/vendedlogs/states/{NAME}"),
        "FraudTrainingJobRole": _role("sagemaker", of_the_job()),
        "FraudTrainingRole": _role("states", of_the_machine()),
        "FraudTraining": {
            "Type": "AWS::StepFunctions::StateMachine",
            "Condition": "FraudCanBeTrained",
            "DependsOn": ["FraudTrainingRolePolicy", "FraudTrainingJobRolePolicy"],
            "Properties": {
                "StateMachineName": NAME,
                "StateMachineType": "STANDARD",
                "DefinitionString": json.dumps(definition()),
                "DefinitionSubstitutions": _substituted(),
                "RoleArn": {"Fn::GetAtt": ["FraudTrainingRole", "Arn"]},
                "EncryptionConfiguration": {
                    "Type": "CUSTOMER_MANAGED_KMS_KEY",
                    "KmsKeyId": imported("OperationsKey", "Arn"),
                    "KmsDataKeyReusePeriodSeconds": 300,
                },
                "TracingConfiguration": {"Enabled": True},
                # What an execution is given and makes is names, figures and digests: no customer's.
                "LoggingConfiguration": {
                    "Level": "ALL",
                    "IncludeExecutionData": True,
                    "Destinations": [
                        {
                            "CloudWatchLogsLogGroup": {
                                "LogGroupArn": {"Fn::GetAtt": ["FraudTrainingLog", "Arn"]}
                            }
                        }
                    ],
                },
            },
        },
    }


def _substituted() -> Json:
    return {
        "Bucket": imported("Models"),
        "Key": imported("OperationsKey", "Arn"),
        "TrainingRole": {"Fn::GetAtt": ["FraudTrainingJobRole", "Arn"]},
        "TrainingImage": {"Ref": "FraudTrainingImage"},
        "ServingImage": {"Ref": "FraudServingImage"},
        "ServingInstance": INSTANCE,
        "Bus": BUS,
    }


def _log(name: str) -> Json:
    return {"Type": "AWS::Logs::LogGroup", "Properties": {"LogGroupName": name}}


def _role(service: str, statements: list[Json]) -> Json:
    trust: Any = {
        "Effect": "Allow",
        "Principal": {"Service": f"{service}.amazonaws.com"},
        "Action": "sts:AssumeRole",
        "Condition": {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}},
    }
    return {
        "Type": "AWS::IAM::Role",
        "Properties": {
            "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [trust]},
            "Policies": [
                {
                    "PolicyName": "own",
                    "PolicyDocument": {"Version": "2012-10-17", "Statement": statements},
                }
            ],
        },
    }
