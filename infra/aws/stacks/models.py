"""What trains the fraud model anew, and the endpoints, each once its model is trained."""

from __future__ import annotations

from typing import Any

from aws_cdk import Aws, CfnCondition, CfnOutput, CfnParameter, Fn, aws_iam, aws_sagemaker
from aws_cdk import aws_applicationautoscaling as scaling

from infra.aws.app import include
from infra.aws.endpoints import INSTANCE, SERVED, VARIANT, Served
from infra.aws.stacks.keys import imported_value
from infra.aws.stages import Stage
from infra.aws.training.resources import training_template

NAME = "models"
_NO_MODEL = "s3://none/model.tar.gz"


def add_to(stack: Any, stage: Stage) -> None:
    """The models stack: nothing of an endpoint exists until its trained model is named, and the
    training not until its image is.
    """
    images = {served.prefix: _endpoint(stack, stage, served) for served in SERVED}
    template = training_template(stage)
    include(stack, "Training", template, {"FraudServingImage": images["Fraud"].value_as_string})


def _endpoint(stack: Any, stage: Stage, served: Served) -> CfnParameter:
    prefix = served.prefix
    image = CfnParameter(
        stack, f"{prefix}Image", default="", description=f"The image that serves {served.endpoint}."
    )
    model = CfnParameter(
        stack, f"{prefix}ModelData", default=_NO_MODEL, description="s3:// of model.tar.gz."
    )
    trained = CfnCondition(
        stack,
        f"{prefix}IsTrained",
        expression=Fn.condition_and(
            Fn.condition_not(Fn.condition_equals(image, "")),
            Fn.condition_not(Fn.condition_equals(model, _NO_MODEL)),
        ),
    )
    role, policy = _role(stack, served)
    registered = aws_sagemaker.CfnModel(
        stack,
        f"{prefix}Model",
        execution_role_arn=role.attr_arn,
        enable_network_isolation=True,
        primary_container={
            "image": image.value_as_string,
            "modelDataUrl": model.value_as_string,
        },
    )
    # SageMaker looks at the model and its image as this role when it is made.
    registered.node.add_dependency(policy)
    config = aws_sagemaker.CfnEndpointConfig(
        stack,
        f"{prefix}Config",
        kms_key_id=imported_value("OperationsKey", "Arn"),
        production_variants=[
            {
                "variantName": VARIANT,
                "modelName": registered.attr_model_name,
                "initialVariantWeight": 1,
                "initialInstanceCount": _least(stage, served),
                "instanceType": INSTANCE,
            }
        ],
        data_capture_config=_captured(served),
    )
    endpoint = aws_sagemaker.CfnEndpoint(
        stack,
        f"{prefix}Endpoint",
        endpoint_name=served.endpoint,
        endpoint_config_name=config.attr_endpoint_config_name,
        deployment_config=_bit_by_bit(served),
    )
    scaled = _scaled(stack, stage, served, endpoint)
    for resource in (registered, config, endpoint, *scaled):
        resource.cfn_options.condition = trained
    CfnOutput(stack, f"{prefix}EndpointName", value=served.endpoint)
    return image


def _captured(served: Served) -> Any:
    """One request in ten is kept with its answer, for drift and for the next training: figures by
    place, and neither a name nor an id.
    """
    return {
        "enableCapture": True,
        "initialSamplingPercentage": 10,
        "destinationS3Uri": f"s3://{imported_value('Models')}/{_captures(served)}",
        "kmsKeyId": imported_value("OperationsKey", "Arn"),
        "captureOptions": [{"captureMode": "Input"}, {"captureMode": "Output"}],
        "captureContentTypeHeader": {"csvContentTypes": ["text/csv"],
                                     "jsonContentTypes": ["application/json"]},
    }  # fmt: skip


def _bit_by_bit(served: Served) -> Any:
    """A new model gets a part of the instances first; when it fails the one before has them all."""
    return {
        "blueGreenUpdatePolicy": {
            "trafficRoutingConfiguration": {
                "type": "CANARY",
                "canarySize": {"type": "CAPACITY_PERCENT", "value": 50 if served.least > 1 else 10},
                "waitIntervalInSeconds": 600,
            },
            "terminationWaitInSeconds": 300,
            "maximumExecutionTimeoutInSeconds": 3_600,
        },
        "autoRollbackConfiguration": {
            "alarms": [{"alarmName": f"{served.endpoint}-endpoint-fails"}]
        },
    }


def _captures(served: Served) -> str:
    return f"models/{served.endpoint}/captured"


def _least(stage: Stage, served: Served) -> int:
    return served.least if stage.kept else 1


def _role(stack: Any, served: Served) -> tuple[aws_iam.CfnRole, aws_iam.CfnManagedPolicy]:
    models = imported_value("Models", "Arn")

    def here(service: str) -> str:
        return f"arn:{Aws.PARTITION}:{service}:{Aws.REGION}:{Aws.ACCOUNT_ID}"

    role = aws_iam.CfnRole(
        stack,
        served.role,
        assume_role_policy_document={
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Principal": {"Service": "sagemaker.amazonaws.com"},
                    "Action": "sts:AssumeRole",
                    "Condition": {"StringEquals": {"aws:SourceAccount": Aws.ACCOUNT_ID}},
                }
            ],
        },
    )
    policy = aws_iam.CfnManagedPolicy(
        stack,
        f"{served.role}Policy",
        description=f"All that {served.role} may do.",
        roles=[role.ref],
        policy_document={
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Sid": "ItsModel",
                    "Effect": "Allow",
                    "Action": "s3:GetObject",
                    "Resource": f"{models}/models/{served.endpoint}/*model.tar.gz",
                },
                {
                    "Sid": "ItsImage",
                    "Effect": "Allow",
                    "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
                    "Resource": f"{here('ecr')}:repository/teller-models",
                },
                {
                    "Sid": "ToAskForIt",
                    "Effect": "Allow",
                    "Action": "ecr:GetAuthorizationToken",
                    "Resource": "*",
                },
                {
                    "Sid": "WhatItWasAsked",
                    "Effect": "Allow",
                    "Action": "s3:PutObject",
                    "Resource": f"{models}/{_captures(served)}/*",
                },
                {
                    "Sid": "ItsLog",
                    "Effect": "Allow",
                    "Action": [
                        "logs:CreateLogGroup",
                        "logs:CreateLogStream",
                        "logs:DescribeLogStreams",
                        "logs:PutLogEvents",
                    ],
                    "Resource": f"{here('logs')}:log-group:/aws/sagemaker/Endpoints/{served.endpoint}*",
                },
            ],
        },
    )
    return role, policy


def _scaled(
    stack: Any, stage: Stage, served: Served, endpoint: aws_sagemaker.CfnEndpoint
) -> tuple[Any, ...]:
    target = scaling.CfnScalableTarget(
        stack,
        f"{served.prefix}Capacity",
        service_namespace="sagemaker",
        scalable_dimension="sagemaker:variant:DesiredInstanceCount",
        resource_id=f"endpoint/{served.endpoint}/variant/{VARIANT}",
        min_capacity=_least(stage, served),
        max_capacity=served.most if stage.kept else 2,
    )
    target.node.add_dependency(endpoint)
    policy = scaling.CfnScalingPolicy(
        stack,
        f"{served.prefix}Tracks",
        policy_name=f"{served.prefix.lower()}-invocations",
        policy_type="TargetTrackingScaling",
        scaling_target_id=target.ref,
        target_tracking_scaling_policy_configuration={
            "targetValue": 3_000,
            "predefinedMetricSpecification": {
                "predefinedMetricType": "SageMakerVariantInvocationsPerInstance"
            },
            "scaleInCooldown": 300,
            "scaleOutCooldown": 60,
        },
    )
    return target, policy
