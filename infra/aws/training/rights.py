"""What the training's two roles may do: the job's own, and that of the state machine around it."""

from __future__ import annotations

from infra.aws.template import Json, imported
from infra.aws.training.request import MODEL

NAME = f"{MODEL}-training"
"""Of the state machine."""
_HERE = "${AWS::Partition}:%s:${AWS::Region}:${AWS::AccountId}"


def arn(service: str, rest: str) -> Json:
    """Of something of this account and region."""
    return {"Fn::Sub": f"arn:{_HERE % service}:{rest}"}


def objects(under: str) -> Json:
    """Objects of the bucket that data sets and models lie in."""
    return {"Fn::Join": ["", [imported("Models", "Arn"), f"/{under}"]]}


IMAGE: list[Json] = [
    {
        "Sid": "ItsImage",
        "Effect": "Allow",
        "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        "Resource": arn("ecr", "repository/teller-models"),
    },
    {
        "Sid": "ToAskForIt",
        "Effect": "Allow",
        "Action": "ecr:GetAuthorizationToken",
        "Resource": "*",
    },
]


def of_the_job() -> list[Json]:
    """Its data set in, its model out, its log and its figures."""
    return [
        {
            "Sid": "ItsDataSets",
            "Effect": "Allow",
            "Action": "s3:GetObject",
            "Resource": objects(f"data-sets/{MODEL}/*"),
        },
        {
            "Sid": "WhichFilesThereAre",
            "Effect": "Allow",
            "Action": "s3:ListBucket",
            "Resource": imported("Models", "Arn"),
            "Condition": {"StringLike": {"s3:prefix": f"data-sets/{MODEL}/*"}},
        },
        {
            "Sid": "ItsModel",
            "Effect": "Allow",
            "Action": "s3:PutObject",
            "Resource": objects(f"models/{MODEL}/*"),
        },
        *IMAGE,
        {
            "Sid": "ItsLog",
            "Effect": "Allow",
            "Action": ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
            "Resource": {"Fn::GetAtt": ["TrainingLog", "Arn"]},
        },
        {
            "Sid": "ItsFigures",
            "Effect": "Allow",
            "Action": "cloudwatch:PutMetricData",
            "Resource": "*",
            "Condition": {"StringEquals": {"cloudwatch:namespace": "/aws/sagemaker/TrainingJobs"}},
        },
    ]


def of_the_machine() -> list[Json]:
    """A job of this model, followed to its end; a package in its group; one bus to tell it on.

    That it follows a job by a rule of its own, and what registering looks at in its caller's name,
    is as the services' guides say.
    """
    job = arn("sagemaker", f"training-job/{MODEL}-*")
    return [
        {
            "Sid": "ItsJobs",
            "Effect": "Allow",
            "Action": [
                "sagemaker:AddTags",
                "sagemaker:CreateTrainingJob",
                "sagemaker:DescribeTrainingJob",
                "sagemaker:ListTags",
                "sagemaker:StopTrainingJob",
            ],
            "Resource": job,
        },
        {
            "Sid": "AsTheJobsRole",
            "Effect": "Allow",
            "Action": "iam:PassRole",
            "Resource": {"Fn::GetAtt": ["FraudTrainingJobRole", "Arn"]},
            "Condition": {"StringEquals": {"iam:PassedToService": "sagemaker.amazonaws.com"}},
        },
        {
            "Sid": "WhenAJobIsOver",
            "Effect": "Allow",
            "Action": ["events:DescribeRule", "events:PutRule", "events:PutTargets"],
            "Resource": arn("events", "rule/StepFunctionsGetEventsForSageMakerTrainingJobsRule"),
        },
        {
            "Sid": "ItsPackages",
            "Effect": "Allow",
            "Action": "sagemaker:CreateModelPackage",
            "Resource": [
                arn("sagemaker", f"model-package-group/{MODEL}"),
                arn("sagemaker", f"model-package/{MODEL}/*"),
            ],
        },
        {
            "Sid": "WhatItRegisters",
            "Effect": "Allow",
            "Action": "s3:GetObject",
            "Resource": objects(f"models/{MODEL}/*model.tar.gz"),
        },
        {
            "Sid": "WithItsImage",
            "Effect": "Allow",
            "Action": ["ecr:BatchGetImage", "ecr:DescribeImages"],
            "Resource": arn("ecr", "repository/teller-models"),
        },
        {
            "Sid": "TheBanksBus",
            "Effect": "Allow",
            "Action": "events:PutEvents",
            "Resource": arn("events", "event-bus/teller"),
        },
        {
            "Sid": "ItsOwnStates",
            "Effect": "Allow",
            "Action": ["kms:Decrypt", "kms:GenerateDataKey"],
            "Resource": imported("OperationsKey", "Arn"),
            "Condition": {
                "StringEquals": {
                    "kms:EncryptionContext:aws:states:stateMachineArn": arn(
                        "states", f"stateMachine:{NAME}"
                    )
                }
            },
        },
        {
            "Sid": "ItsLogsDelivery",
            "Effect": "Allow",
            "Action": [
                "logs:CreateLogDelivery",
                "logs:DeleteLogDelivery",
                "logs:DescribeLogGroups",
                "logs:DescribeResourcePolicies",
                "logs:GetLogDelivery",
                "logs:ListLogDeliveries",
                "logs:PutResourcePolicy",
                "logs:UpdateLogDelivery",
            ],
            "Resource": "*",
        },
        {
            "Sid": "ItsOwnTraces",
            "Effect": "Allow",
            "Action": [
                "xray:GetSamplingRules",
                "xray:GetSamplingTargets",
                "xray:PutTelemetryRecords",
                "xray:PutTraceSegments",
            ],
            "Resource": "*",
        },
    ]
