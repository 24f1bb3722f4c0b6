"""What an execution decides, in Amazon States Language: train, judge, register, and tell.

It is started with `{"data_set": NAME, "sha256": DIGEST}`. Nothing goes live by it: a model that
passes the gate (`models.fraud.gate`) is registered and waits for a person's approval, and whatever
came of it, an event says so on the bank's bus. Where no model is registered the execution fails.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from fulfillment.alerts.events import SCHEMA, SEVERITIES, SecurityEventKind, type_of
from infra.aws.training.jsonata import Asked, as_text, asked
from infra.aws.training.package import model_package
from infra.aws.training.request import MODEL, MOST_S, hyperparameters, training_job
from models.fraud.gate import LIMITS

SOURCE = "teller/training"
_KIND = SecurityEventKind.MODEL_TRAINED
_WHY_MOST = 300
"""Characters of a reason, as the event has it."""
_BEFORE_IT_STARTS_S = 3600
"""For which a job may wait for its instance."""
_PATIENT = [
    {
        "ErrorEquals": ["SageMaker.AmazonSageMakerException", "SageMaker.ThrottlingException"],
        "IntervalSeconds": 30,
        "BackoffRate": 2,
        "MaxAttempts": 3,
    }
]


def definition() -> dict[str, Any]:
    """The states. `${...}` are the state machine's substitutions."""
    return {
        "Comment": "Trains teller-fraud anew; a model that passes the gate waits for a person.",
        "QueryLanguage": "JSONata",
        "StartAt": "Begin",
        "States": {
            "Begin": _begin(),
            "IsDataNamed": _choice(
                "$contains($data_set, /^[a-z0-9][a-z0-9-]{0,39}$/)"
                " and $contains($sha256, /^[0-9a-f]{64}$/)",
                then="Plan", otherwise="DataIsNotNamed",
            ),
            "DataIsNotNamed": _pass(
                "Tell",
                why='An execution is started with {"data_set": NAME, "sha256": DIGEST}.',
            ),
            "Plan": _pass("Train", hyperparameters=hyperparameters()),
            "Train": _train(),
            "Judge": _pass("IsGoodEnough", broken=asked(f"[$limits[{_BREAKS}].figure]")),
            "IsGoodEnough": _choice(
                "$count($broken) = 0", then="Register", otherwise="BelowTheGate"
            ),
            "BelowTheGate": _pass("Tell", outcome="below_the_gate", why=_IN_WORDS),
            "Register": {
                "Type": "Task",
                "Resource": "arn:aws:states:::aws-sdk:sagemaker:createModelPackage",
                "Arguments": model_package(),
                "Assign": {
                    "outcome": "awaits_approval",
                    "package": asked("$states.result.ModelPackageArn"),
                },
                "Retry": _PATIENT,
                "Catch": _caught(),
                "Next": "Tell",
            },
            "Tell": _tell(),
            "IsModelThere": _choice(
                "$outcome = 'awaits_approval'", then="AwaitsApproval", otherwise="NoModel"
            ),
            "AwaitsApproval": {"Type": "Succeed"},
            "NoModel": {"Type": "Fail", "Error": asked("$outcome"), "Cause": asked("$why")},
        },
    }  # fmt: skip


_FIGURE = "$lookup($metrics, figure)"
_BREAKS = f"$not($exists({_FIGURE})) or {_FIGURE} < least or {_FIGURE} > most"
_IN_WORDS = asked(
    "$substring($join($limits[figure in $broken].(figure & ' is ' &"
    f" ($exists({_FIGURE}) ? $string({_FIGURE}) : 'not told') & ' and must be ' & words), '; '),"
    f" 0, {_WHY_MOST})"
)


def _begin() -> dict[str, Any]:
    """Names the version by the time, as the script does, and takes the input for what it may be."""
    text = "$type($states.input.{0}) = 'string' ? $states.input.{0} : ''"
    limits = [
        {name: value for name, value in asdict(one).items() if name != "why" and value is not None}
        | {"words": str(one)}
        for one in LIMITS
    ]
    return _pass(
        "IsDataNamed",
        version=asked(
            "$fromMillis($toMillis($states.context.Execution.StartTime),"
            " '[Y0001][M01][D01]-[H01][m01][s01]')"
        ),
        data_set=asked(text.format("data_set")),
        sha256=asked(text.format("sha256")),
        limits=limits,
        outcome="failed",
        broken=[],
        why="",
        package="",
    )


def _train() -> dict[str, Any]:
    return {
        "Type": "Task",
        "Resource": "arn:aws:states:::sagemaker:createTrainingJob.sync",
        "Arguments": training_job(),
        "TimeoutSeconds": MOST_S + _BEFORE_IT_STARTS_S,
        "Assign": {
            "metrics": asked("$merge([$states.result.FinalMetricDataList.{MetricName: Value}])"),
            "model": asked("$states.result.ModelArtifacts.S3ModelArtifacts"),
            "job": asked("$states.result.TrainingJobArn"),
        },
        "Retry": _PATIENT,
        "Catch": _caught(),
        "Next": "Judge",
    }


def _caught() -> list[dict[str, Any]]:
    """A job that failed says why in `FailureReason`, deep in what Step Functions tells."""
    error = "$states.errorOutput"
    reason = asked(
        f'($found := $match({error}.Cause, /"FailureReason": ?"([^"]+)"/);'
        f" $substring($exists($found) ? $found[0].groups[0] : {error}.Error & ': ' & {error}.Cause,"
        f" 0, {_WHY_MOST}))"
    )
    return [{"ErrorEquals": ["States.ALL"], "Assign": {"why": reason}, "Next": "Tell"}]


def _tell() -> dict[str, Any]:
    return {
        "Type": "Task",
        "Resource": "arn:aws:states:::events:putEvents",
        "Arguments": {
            "Entries": [
                {
                    "EventBusName": "${Bus}",
                    "Source": SOURCE,
                    "DetailType": type_of(_KIND),
                    "Detail": as_text(_event()),
                }
            ]
        },
        "Retry": [
            {
                "ErrorEquals": ["States.ALL"],
                "IntervalSeconds": 5,
                "BackoffRate": 2,
                "MaxAttempts": 4,
            }
        ],
        "Next": "IsModelThere",
    }


def _event() -> dict[str, Any]:
    """In the envelope that every event of the bank has; one execution has one id."""
    cause = f"'{_KIND}:' & $states.context.Execution.Id"
    return {
        "specversion": "1.0",
        "id": Asked(f"$substring($hash({cause}, 'SHA-256'), 0, 32)"),
        "source": SOURCE,
        "type": type_of(_KIND),
        "subject": MODEL,
        "time": Asked("$states.context.State.EnteredTime"),
        "datacontenttype": "application/json",
        "dataschema": SCHEMA,
        "severity": str(SEVERITIES[_KIND]),
        "data": {
            "kind": str(_KIND),
            "model": MODEL,
            "model_version": Asked("$version"),
            "outcome": Asked("$outcome"),
            "data_set": Asked("$substring($data_set, 0, 64)"),
            "broken": Asked("$broken"),
            "why": Asked("$why"),
            "package": Asked("$package"),
        },
    }


def _pass(following: str, **assigned: Any) -> dict[str, Any]:
    return {"Type": "Pass", "Assign": assigned, "Next": following}


def _choice(condition: str, *, then: str, otherwise: str) -> dict[str, Any]:
    return {
        "Type": "Choice",
        "Choices": [{"Condition": asked(condition), "Next": then}],
        "Default": otherwise,
    }
