"""A SageMaker beside the embedded AWS's Step Functions: it runs a training job on this machine.

As the service does: the channel's objects in `/opt/ml` (a folder here), the container's entry point
with its arguments and variables and no others, figures off the log by the job's own patterns, the
model's folder as an archive in S3. A package is registered by being noted. Each request is a line
in the file that `NOTES` names.
"""

from __future__ import annotations

import importlib
import io
import json
import os
import re
import subprocess
import sys
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlparse

import boto3

NOTES = "TRAINING_NOTES"
ACCOUNT = "arn:aws:sagemaker:eu-west-1:000000000000"
OPT_ML = "/opt/ml"
ROOT = Path(__file__).resolve().parents[3]

_machine: Any = importlib.import_module("ministack.services.stepfunctions")
app: Any = importlib.import_module("ministack.app").app


def _noted(what: str, request: dict[str, Any]) -> None:
    with Path(os.environ[NOTES]).open("a") as notes:
        notes.write(json.dumps([what, request]) + "\n")


def _s3() -> Any:
    return boto3.client(
        "s3", endpoint_url=f"http://127.0.0.1:{os.environ['GATEWAY_PORT']}",
        region_name="eu-west-1", aws_access_key_id="test", aws_secret_access_key="test",
    )  # fmt: skip


def _fetched(uri: str, folder: Path) -> None:
    at = urlparse(uri)
    folder.mkdir(parents=True)
    found = _s3().list_objects_v2(Bucket=at.netloc, Prefix=at.path.lstrip("/"))
    for one in found.get("Contents", ()):
        body = _s3().get_object(Bucket=at.netloc, Key=one["Key"])["Body"].read()
        (folder / Path(one["Key"]).name).write_bytes(body)


def _kept(folder: Path, uri: str) -> None:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for path in sorted(folder.iterdir()):
            archive.add(path, path.name)
    at = urlparse(uri)
    _s3().put_object(Bucket=at.netloc, Key=at.path.lstrip("/"), Body=packed.getvalue())


def _train(_resource: str, request: dict[str, Any]) -> dict[str, Any]:
    _noted("CreateTrainingJob", request)
    with TemporaryDirectory() as scratch:
        return _trained(request, Path(scratch))


def _trained(request: dict[str, Any], ml: Path) -> dict[str, Any]:
    algorithm = request["AlgorithmSpecification"]
    for channel in request["InputDataConfig"]:
        source = channel["DataSource"]["S3DataSource"]["S3Uri"]
        _fetched(source, ml / "input" / "data" / channel["ChannelName"])
    for folder in ("model", "output/data"):
        (ml / folder).mkdir(parents=True)
    here = {name: value.replace(OPT_ML, str(ml)) for name, value in request["Environment"].items()}
    python, *script = algorithm["ContainerEntrypoint"]
    done = subprocess.run(
        [sys.executable if python == "python" else python, *script,
         *algorithm["ContainerArguments"]],
        cwd=ml, env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **here},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        failure = ml / "output" / "failure"
        why = failure.read_text() if failure.is_file() else done.stderr[-800:]
        told = {"TrainingJobStatus": "Failed", "FailureReason": f"AlgorithmError: {why.strip()}"}
        raise _machine._ExecutionError("States.TaskFailed", json.dumps(told))
    name, at = request["TrainingJobName"], request["OutputDataConfig"]["S3OutputPath"]
    _kept(ml / "model", f"{at}/{name}/output/model.tar.gz")
    _kept(ml / "output" / "data", f"{at}/{name}/output/output.tar.gz")
    log = done.stdout + done.stderr
    return {
        "TrainingJobName": name,
        "TrainingJobArn": f"{ACCOUNT}:training-job/{name}",
        "TrainingJobStatus": "Completed",
        "ModelArtifacts": {"S3ModelArtifacts": f"{at}/{name}/output/model.tar.gz"},
        "FinalMetricDataList": [
            {"MetricName": one["Name"], "Value": float(found[-1]), "Timestamp": 1_800_000_000}
            for one in algorithm["MetricDefinitions"]
            if (found := re.findall(one["Regex"], log))
        ],
    }


def _register(_resource: str, request: dict[str, Any]) -> dict[str, Any]:
    _noted("CreateModelPackage", request)
    return {"ModelPackageArn": f"{ACCOUNT}:model-package/{request['ModelPackageGroupName']}/1"}


_machine._SERVICE_DISPATCH["arn:aws:states:::sagemaker:createTrainingJob"] = _train
_machine._SERVICE_DISPATCH["arn:aws:states:::aws-sdk:sagemaker:createModelPackage"] = _register
