"""The training job, as `sagemaker:CreateTrainingJob` takes it, in JSONata where an execution differs.

The container starts the script of a laptop (`models.fraud.train`) with its own arguments and
variables: the image needs no training toolkit. `${...}` are the state machine's substitutions.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from fulfillment.fraud.features.vector import LABEL_MATURITY_DAYS
from infra.aws.training.jsonata import asked
from models.fraud.fitting import Hyperparameters
from models.fraud.gate import LIMITS, PATTERN

MODEL = "teller-fraud"
SCRIPT = ("python", "-m", "models.fraud.train")
INSTANCE = "ml.m5.xlarge"
"""SageMaker trains on no Graviton: the image is the same build for x86-64."""
MOST_S = 4 * 3600
"""For which a job may run. A year of a bank's payments takes a fraction of it."""
CHANNEL = "training"
DAYS = 75
"""Of payments to learn from: as in docs/models/fraud.md."""


def hyperparameters() -> dict[str, Any]:
    """What the script is told: its own defaults, seed included, named here so that a job says them;
    and which data, by its digest, and which version.
    """
    named = asdict(Hyperparameters()) | {"days": DAYS, "label-delay": LABEL_MATURITY_DAYS}
    told = {name.replace("_", "-"): str(value) for name, value in named.items()}
    return told | {"data-sha256": asked("$sha256"), "version": asked("$version")}


def training_job() -> dict[str, Any]:
    """The request. `$version`, `$data_set` and `$hyperparameters` are the execution's variables."""
    return {
        "TrainingJobName": asked(f"'{MODEL}-' & $version"),
        "AlgorithmSpecification": {
            "TrainingImage": "${TrainingImage}",
            "TrainingInputMode": "File",
            "ContainerEntrypoint": list(SCRIPT),
            "ContainerArguments": asked(
                "$each($hyperparameters, function($value, $name) { '--' & $name & '=' & $value })"
            ),
            "MetricDefinitions": metric_definitions(),
        },
        "HyperParameters": asked("$hyperparameters"),
        "Environment": {
            "OMP_NUM_THREADS": "1",
            "SM_CHANNEL_TRAINING": f"/opt/ml/input/data/{CHANNEL}",
            "SM_MODEL_DIR": "/opt/ml/model",
            "SM_OUTPUT_DIR": "/opt/ml/output",
            "SM_OUTPUT_DATA_DIR": "/opt/ml/output/data",
        },
        "InputDataConfig": [
            {
                "ChannelName": CHANNEL,
                "DataSource": {
                    "S3DataSource": {
                        "S3DataType": "S3Prefix",
                        "S3Uri": asked(f"'s3://${{Bucket}}/data-sets/{MODEL}/' & $data_set & '/'"),
                        "S3DataDistributionType": "FullyReplicated",
                    }
                },
            }
        ],
        "OutputDataConfig": {
            "S3OutputPath": f"s3://${{Bucket}}/models/{MODEL}",
            "KmsKeyId": "${Key}",
        },
        "ResourceConfig": {
            "InstanceType": INSTANCE,
            "InstanceCount": 1,
            "VolumeSizeInGB": 30,
            "VolumeKmsKeyId": "${Key}",
        },
        "RoleArn": "${TrainingRole}",
        "EnableNetworkIsolation": True,
        "EnableInterContainerTrafficEncryption": True,
        "StoppingCondition": {"MaxRuntimeInSeconds": MOST_S},
        "Tags": [{"Key": "app", "Value": "teller"}, {"Key": "model", "Value": MODEL}],
    }


def metric_definitions() -> list[dict[str, str]]:
    """How SageMaker reads the log: the gate's figures, and how validation went round by round."""
    rounds = r"round=[0-9]+; validation_average_precision=([0-9.]+);"
    return [
        {"Name": "validation:average_precision", "Regex": rounds},
        *(
            {"Name": one.figure, "Regex": PATTERN.format(figure=one.figure)}
            for one in LIMITS
        ),
    ]  # fmt: skip
