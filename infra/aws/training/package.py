"""The trained model as the registry takes it: with its card, and waiting for a person's approval.

The card has the fields of SageMaker's developer guide, "Model package model card schema".
"""

from __future__ import annotations

from typing import Any

from infra.aws.training.jsonata import Asked, as_text, asked
from infra.aws.training.request import MODEL

_DATA_SET = Asked(f"'s3://${{Bucket}}/data-sets/{MODEL}/' & $data_set & '/ sha256:' & $sha256")
_HYPERPARAMETERS = Asked(
    "[$each($hyperparameters, function($value, $name) { {'name': $name, 'value': $value} })]"
)
_METRICS = Asked("[$each($metrics, function($value, $name) { {'name': $name, 'value': $value} })]")
_JUDGED = Asked(
    "[$each($metrics, function($value, $name)"
    " { {'name': $name, 'type': 'number', 'value': $value} })]"
)


def model_package() -> dict[str, Any]:
    """The request of `sagemaker:CreateModelPackage`, once a job has passed the gate."""
    return {
        "ModelPackageGroupName": MODEL,
        "ModelPackageDescription": asked("'Version ' & $version & ' of data set ' & $data_set"),
        "ModelApprovalStatus": "PendingManualApproval",
        "InferenceSpecification": {
            "Containers": [{"Image": "${ServingImage}", "ModelDataUrl": asked("$model")}],
            "SupportedContentTypes": ["text/csv", "application/json"],
            "SupportedResponseMIMETypes": ["text/csv", "application/json"],
            "SupportedRealtimeInferenceInstanceTypes": ["${ServingInstance}"],
        },
        "CustomerMetadataProperties": {
            "version": asked("$version"),
            "data-set": asked("$data_set"),
            "data-sha256": asked("$sha256"),
            "training-job": asked("$job"),
        },
        "ModelCard": {"ModelCardStatus": "PendingReview", "ModelCardContent": as_text(_card())},
        "SecurityConfig": {"KmsKeyId": "${Key}"},
        # The same execution asks for the same package, however often.
        "ClientToken": asked(f"'{MODEL}-' & $version"),
    }


def _card() -> dict[str, Any]:
    return {
        "model_overview": {
            "model_creator": "teller-fraud-training",
            "model_artifact": [Asked("$model")],
        },
        "intended_uses": {
            "purpose_of_model": "The probability that a payment is fraud, from its figures, the"
            " customer's own past and what is known of who gets the money.",
            "intended_uses": "Deciding with the fraud policy and sorting alerts. Not for judging a"
            " person, credit or offers.",
            "risk_rating": "High",
            "explanations_for_risk_rating": "It can hold or block a customer's payment. A policy"
            " with reasons stands between score and decision, a person decides what is held, and"
            " the customer is told how to have it back.",
        },
        "training_details": {
            "training_observations": "Labels count only when they would be known. The same data,"
            " seed and hyperparameters give the same model, byte for byte.",
            "training_job_details": {
                "training_arn": Asked("$job"),
                "training_datasets": [_DATA_SET],
                "training_environment": {"container_image": ["${TrainingImage}"]},
                "training_metrics": _METRICS,
                "hyper_parameters": _HYPERPARAMETERS,
            },
        },
        "evaluation_details": [
            {
                "name": "The gate",
                "evaluation_observation": "One week of payments that the trees which were judged had"
                " not learnt from; then as many were grown again, on that week too.",
                "datasets": [_DATA_SET],
                "metric_groups": [{"name": "Validation week", "metric_data": _JUDGED}],
            }
        ],
        "additional_information": {
            "ethical_considerations": "Age, gender, job, address and name are no features: the"
            " data's layout has no column for them.",
            "caveats_and_recommendations": "Before it is approved: teller models compare fraud,"
            " with the model that serves as champion, on the same days. model-card.md in the"
            " model's archive has slices and pictures.",
        },
    }
