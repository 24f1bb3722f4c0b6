"""The policy as values: read from TOML, typed, and refused when a figure makes no sense."""

from __future__ import annotations

import hashlib
import tomllib
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from fulfillment.bank.payments import PaymentKind

SHIPPED = Path(__file__).parent / "policy.toml"


class PolicyError(ValueError):
    """The file is no policy; the message names every figure at fault."""


class Decision(StrEnum):
    """What happens to a payment, from the mildest to the hardest."""

    ALLOW = "allow"
    CHALLENGE = "challenge"
    """Ask for a step-up, with a warning where one fits."""
    HOLD = "hold"
    """Hold the money until an analyst has looked."""
    BLOCK = "block"

    @property
    def hardness(self) -> int:
        return list(Decision).index(self)


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Scope(_Part):
    payments: tuple[PaymentKind, ...]


class Costs(_Part):
    review: int = Field(ge=0)


class Bands(_Part):
    """Scores from which on a decision is taken whatever the amount."""

    challenge: float = Field(gt=0, le=1)
    hold: float = Field(gt=0, le=1)
    block: float = Field(gt=0, le=1)

    @model_validator(mode="after")
    def in_order(self) -> Self:
        if not self.challenge < self.hold < self.block:
            raise ValueError("challenge, hold and block must rise")
        return self


class ExpectedLoss(_Part):
    """Score times amount, in minor units."""

    challenge: int = Field(gt=0)
    hold: int = Field(gt=0)

    @model_validator(mode="after")
    def in_order(self) -> Self:
        if not self.challenge < self.hold:
            raise ValueError("challenge and hold must rise")
        return self


class Identity(_Part):
    challenge_satisfied_at: int = Field(ge=1, le=3)
    least_to_pay: int = Field(ge=1, le=3)


class Small(_Part):
    amount: int = Field(ge=0)


class Rule(_Part):
    """A rule applies from `amount` (minor units) up; `does` is the least that then happens."""

    does: Decision
    amount: int = Field(default=0, ge=0)

    @model_validator(mode="after")
    def does_something(self) -> Self:
        if self.does is Decision.ALLOW:
            raise ValueError("a rule that allows does nothing")
        return self


class Velocity(Rule):
    payments_2h: int = Field(gt=0)
    payments_24h: int = Field(gt=0)


class Night(Rule):
    """From `from_hour` to before `to_hour` on the customer's clock, over midnight if need be."""

    from_hour: int = Field(ge=0, le=23)
    to_hour: int = Field(ge=0, le=23)


class RoundAmount(Rule):
    multiple_of: int = Field(gt=1)
    times_usual: float = Field(gt=1)


class FarAboveUsual(Rule):
    times_usual: float = Field(gt=1)


class ConfirmedFraud(Rule):
    frauds_30d: int = Field(gt=0)


class ScamWords(Rule):
    words: tuple[str, ...] = Field(min_length=1)


class Rules(_Part):
    velocity: Velocity
    new_payee: Rule
    new_payee_large: Rule
    night: Night
    round_amount: RoundAmount
    far_above_usual: FarAboveUsual
    counterparty_confirmed_fraud: ConfirmedFraud
    counterparty_mule: ConfirmedFraud
    new_device: Rule
    abroad: Rule
    scam_words: ScamWords
    scam_story: Rule


class Policy(_Part):
    """One version of the policy. `digest` tells two files of the same version apart."""

    version: int = Field(ge=1)
    currency: str = Field(pattern="^[A-Z]{3}$")
    scope: Scope
    costs: Costs
    bands: Bands
    expected_loss: ExpectedLoss
    identity: Identity
    small: Small
    rules: Rules
    digest: str = ""


def read_policy(text: str) -> Policy:
    """The policy in TOML. Raises `PolicyError`."""
    try:
        raw = tomllib.loads(text)
        policy = Policy.model_validate(raw)
    except tomllib.TOMLDecodeError as fault:
        raise PolicyError(f"it is not TOML: {fault}") from fault
    except ValidationError as fault:
        wrong = "; ".join(
            f"{'.'.join(map(str, error['loc'])) or 'policy'}: {error['msg']}"
            for error in fault.errors()
        )
        raise PolicyError(wrong) from fault
    return policy.model_copy(update={"digest": hashlib.sha256(text.encode()).hexdigest()[:12]})


@cache
def shipped_policy() -> Policy:
    """The policy that ships with the bank."""
    return read_policy(SHIPPED.read_text(encoding="utf-8"))
