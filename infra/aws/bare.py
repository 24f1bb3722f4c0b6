"""What the stacks hold before CDK takes it in: the part of them that needs no Node to look at."""

from __future__ import annotations

from infra.aws.alarms import alarms_of, dashboards
from infra.aws.automations import automation_resources
from infra.aws.bank_alarms import bank_alarms, spending_alarm
from infra.aws.game_day import game_day_resources
from infra.aws.hardening import hardened
from infra.aws.ledger_care import data_template
from infra.aws.repairs import repair_resources
from infra.aws.spending import spending_stop
from infra.aws.stacks.assistant import assistant_template
from infra.aws.stacks.channels import channels_template
from infra.aws.stages import Stage
from infra.aws.template import Json, Resources
from infra.aws.training.resources import training_template


def watched(stage: Stage) -> list[Json]:
    """Templates of everything that runs and must be watched."""
    return [
        data_template(stage),
        assistant_template(stage),
        channels_template(stage),
        training_template(stage),
        {"Resources": hardened(repair_resources(stage), stage)},
    ]


def bare_resources(stage: Stage) -> Resources:
    """All resources that are described in our own words, by logical id; the second stack that uses
    an id has it with its number.
    """
    templates = watched(stage)
    made: Resources = {}
    for number, template in enumerate(templates):
        for name, one in template["Resources"].items():
            made[name if name not in made else f"{name}{number}"] = one
    stopping = spending_stop(stage, {"Ref": "OperationsEmail"})
    return made | game_day_resources() | watching_resources(stage) | stopping


def watching_resources(stage: Stage) -> Resources:
    """What people see: alarms, dashboards, and the runbooks that they start."""
    alarms = alarms_of(watched(stage)) | bank_alarms() | spending_alarm(stage)
    return alarms | dashboards() | automation_resources()
