"""A plan of faults, from a file: which dependency meets what."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from infra.faults.kinds import Fault

SHIPPED = Path(__file__).with_name("plan.yaml")


class PlanError(ValueError):
    """The file is no plan; the message names what is wrong in it."""


class Planned(BaseModel):
    """`dependency` is a service by its name in botocore; `named` is the fault in plain words.

    It happens to one call at a time; with `all_calls` also to all calls together.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    dependency: str
    named: str
    fault: Fault
    all_calls: bool = False


class ClockStep(BaseModel):
    """The clock steps by so many `seconds`, ahead or behind, and stays there."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    named: str
    seconds: int


class OnTheMachine(BaseModel):
    """`part` is the module of a process of the local bank. With a full disk no file of it grows."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    part: str
    named: str
    fault: Literal["killed", "disk_full"]


class Plan(BaseModel):
    """Everything that is planned: services that fail, clocks that step, a machine that fails."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    faults: list[Planned]
    clock: list[ClockStep] = []
    machine: list[OnTheMachine] = []


def read_plan(path: Path = SHIPPED) -> Plan:
    """Raises `PlanError`, and OSError for a file that cannot be read."""
    try:
        return Plan.model_validate(yaml.safe_load(path.read_text()))
    except yaml.YAMLError as fault:
        raise PlanError(f"{path.name} is not YAML: {fault}") from fault
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise PlanError(f"{path.name}: {wrong}") from None
