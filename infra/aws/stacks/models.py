"""The endpoints that judge payments, once there is a trained model; scaled by what is asked."""

from __future__ import annotations

from typing import Any

from aws_cdk import Aws, CfnCondition, CfnOutput, CfnParameter, Fn, aws_iam, aws_sagemaker
from aws_cdk import aws_applicationautoscaling as scaling

from infra.aws.stacks.keys import imported_value
from infra.aws.stages import Stage

NAME = "models"
ENDPOINT = "teller-fraud"


def add_to(stack: Any, stage: Stage) -> None:
    """The models stack: nothing of it exists until a trained model is named."""
    image = CfnParameter(stack, "FraudImage", default="", description="The model server's image.")
    model = CfnParameter(
        stack,
        "FraudModelData",
        default="s3://none/model.tar.gz",
        description="s3:// of model.tar.gz.",
    )
    trained = CfnCondition(
        stack, "FraudIsTrained", expression=Fn.condition_not(Fn.condition_equals(image, ""))
    )
    role = _role(stack)
    registered = aws_sagemaker.CfnModel(
        stack,
        "FraudModel",
        execution_role_arn=role.attr_arn,
        enable_network_isolation=True,
        primary_container={
            "image": image.value_as_string,
            "modelDataUrl": model.value_as_string,
        },
    )
    config = aws_sagemaker.CfnEndpointConfig(
        stack,
        "FraudConfig",
        kms_key_id=imported_value("OperationsKey", "Arn"),
        production_variants=[
            {
                "variantName": "champion",
                "modelName": registered.attr_model_name,
                "initialVariantWeight": 1,
                "initialInstanceCount": 2 if stage.kept else 1,
                "instanceType": "ml.c7g.large",
            }
        ],
    )
    endpoint = aws_sagemaker.CfnEndpoint(
        stack,
        "FraudEndpoint",
        endpoint_name=ENDPOINT,
        endpoint_config_name=config.attr_endpoint_config_name,
    )
    scaled = _scaled(stack, stage, endpoint)
    for resource in (registered, config, endpoint, *scaled):
        resource.cfn_options.condition = trained
    CfnOutput(stack, "FraudEndpointName", value=ENDPOINT)


def _role(stack: Any) -> aws_iam.CfnRole:
    role = aws_iam.CfnRole(
        stack,
        "ModelRole",
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
    aws_iam.CfnManagedPolicy(
        stack,
        "ModelRolePolicy",
        description="All that ModelRole may do.",
        roles=[role.ref],
        policy_document={
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Sid": "ItsModel",
                    "Effect": "Allow",
                    "Action": "s3:GetObject",
                    "Resource": f"arn:{Aws.PARTITION}:s3:::teller-code-{Aws.ACCOUNT_ID}-{Aws.REGION}/models/*",
                },
                {
                    "Sid": "ItsImage",
                    "Effect": "Allow",
                    "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
                    "Resource": f"arn:{Aws.PARTITION}:ecr:{Aws.REGION}:{Aws.ACCOUNT_ID}:repository/teller-models",
                },
            ],
        },
    )
    return role


def _scaled(stack: Any, stage: Stage, endpoint: aws_sagemaker.CfnEndpoint) -> tuple[Any, ...]:
    target = scaling.CfnScalableTarget(
        stack,
        "FraudCapacity",
        service_namespace="sagemaker",
        scalable_dimension="sagemaker:variant:DesiredInstanceCount",
        resource_id=f"endpoint/{ENDPOINT}/variant/champion",
        min_capacity=2 if stage.kept else 1,
        max_capacity=20 if stage.kept else 2,
    )
    target.node.add_dependency(endpoint)
    policy = scaling.CfnScalingPolicy(
        stack,
        "FraudTracks",
        policy_name="fraud-invocations",
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
