"""The desk's rules, read from the reviewed file `desk.toml`: people, limits, deadlines, bursts."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from fulfillment.alerts.events import Severity
from fulfillment.bank.money import Money

SHIPPED = Path(__file__).parent / "desk.toml"


class DeskPolicyError(ValueError):
    """The file is no desk policy; the message names every field at fault."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Analyst(_Part):
    """An `observer` sees cases and decides nothing."""

    slack_user: str = Field(pattern="^[UW][A-Z0-9]{2,20}$")
    name: str = Field(min_length=1, max_length=60)
    role: Literal["analyst", "observer"]

    @property
    def first_name(self) -> str:
        return self.name.split()[0]


class Burst(_Part):
    most: int = Field(ge=1)
    window_seconds: int = Field(ge=1, le=900)

    @property
    def window(self) -> timedelta:
        return timedelta(seconds=self.window_seconds)


class Escalation(_Part):
    call: str = Field(pattern="^[USW][A-Z0-9]{2,20}$")


class DeskPolicy(_Part):
    version: int = Field(ge=1)
    channels: Mapping[str, str]
    deadlines_minutes: Mapping[Severity, int]
    two_people: Mapping[str, int]
    burst: Burst
    escalation: Escalation
    analysts: tuple[Analyst, ...]

    @model_validator(mode="after")
    def is_whole(self) -> Self:
        if "other" not in self.channels:
            raise ValueError("channels has no `other`")
        if set(self.deadlines_minutes) != set(Severity):
            raise ValueError("deadlines_minutes does not name every severity")
        if len({one.slack_user for one in self.analysts}) != len(self.analysts):
            raise ValueError("a Slack user is listed twice")
        return self

    def who(self, slack_user: str) -> Analyst | None:
        """The person behind a Slack user id, if they are of the desk."""
        return next((one for one in self.analysts if one.slack_user == slack_user), None)

    def name_of(self, actor: str | None) -> str:
        """How an actor is called in a message: an analyst by name, the rest by what they are."""
        found = self.who(actor) if actor else None
        return found.name if found else (actor or "nobody")

    def may_decide(self, slack_user: str) -> bool:
        found = self.who(slack_user)
        return found is not None and found.role == "analyst"

    def channel(self, kind: str) -> str:
        """Where a kind of event is shown."""
        return self.channels.get(kind, self.channels["other"])

    def deadline(self, severity: str, opened: datetime, held_until: datetime | None) -> datetime:
        """By when a case has to be decided."""
        due = opened + timedelta(minutes=self.deadlines_minutes[Severity(severity)])
        return min(due, held_until) if held_until else due

    def needs_two(self, amount: Money | None) -> bool:
        """Whether releasing `amount` takes two people. A currency without a limit always does."""
        if amount is None:
            return False
        limit = self.two_people.get(amount.currency)
        return limit is None or amount.minor >= limit


def read_desk_policy(text: str) -> DeskPolicy:
    """The policy in TOML. Raises `DeskPolicyError`."""
    try:
        return DeskPolicy.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as fault:
        raise DeskPolicyError(f"it is not TOML: {fault}") from fault
    except ValidationError as fault:
        wrong = "; ".join(
            f"{'.'.join(map(str, one['loc'])) or 'policy'}: {one['msg']}" for one in fault.errors()
        )
        raise DeskPolicyError(wrong) from fault


@cache
def shipped_desk_policy() -> DeskPolicy:
    """The policy that ships with the bank."""
    return read_desk_policy(SHIPPED.read_text(encoding="utf-8"))
