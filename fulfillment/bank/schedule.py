"""What accounts of each kind earn and cost: read once from `schedule.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from fulfillment.bank.books import AccountKind

FEES = (
    "monthly_fee", "overdraft_fee", "own_atm_fee", "other_atm_fee", "wire_fee", "late_fee",
)  # fmt: skip
"""Fees that are sums, in the order in which they are told."""

PERCENT_FEES = ("foreign_percent", "cash_advance_percent")
"""Fees that are a share of what is paid."""


@dataclass(frozen=True, slots=True)
class CardCycle:
    """When a card's statement closes, when it is due, and what must be paid at least.

    `statement_day` is of the month; the minimum is the larger of `minimum_amount` (minor units) and
    `minimum_percent` of the statement balance.
    """

    statement_day: int
    due_after_days: int
    minimum_amount: int
    minimum_percent: Decimal


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of one kind of account. Rates and shares are percent; `fees` are minor units."""

    kind: AccountKind
    earns: Decimal | None
    charges: Decimal | None
    fees: Mapping[str, int]
    percent_fees: Mapping[str, Decimal]
    cycle: CardCycle | None


@dataclass(frozen=True, slots=True)
class NewPayeeTerms:
    """How long a payee counts as new, and what it gets at most till then, in minor units."""

    lasts: timedelta
    most: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class PaymentFees:
    """`abroad` in minor units by currency; `exchange_percent` of the amount that is exchanged."""

    abroad: Mapping[str, int]
    exchange_percent: Decimal


@dataclass(frozen=True, slots=True)
class Schedule:
    """The whole bank's terms. `without_code` has minor units by channel and currency."""

    routing_number: str
    terms: Mapping[AccountKind, Terms]
    without_code: Mapping[str, Mapping[str, int]]
    new_payee: NewPayeeTerms
    payment_fees: PaymentFees


@cache
def standard_schedule() -> Schedule:
    """The schedule that ships with the bank."""
    text = (Path(__file__).parent / "schedule.toml").read_text(encoding="utf-8")
    return read_schedule(text)


def read_schedule(text: str) -> Schedule:
    """The schedule in TOML. Raises ValueError or KeyError when it lacks a kind of account."""
    raw = tomllib.loads(text)
    kinds = {kind: _terms(kind, raw[kind.value]) for kind in AccountKind}
    new = raw["new_payee"]
    return Schedule(
        routing_number=str(raw["routing_number"]),
        terms=kinds,
        without_code=raw["without_code"],
        new_payee=NewPayeeTerms(timedelta(hours=int(new["hours"])), new["most"]),
        payment_fees=PaymentFees(
            raw["payment_fees"]["abroad"], Decimal(raw["payment_fees"]["exchange_percent"])
        ),
    )


def _terms(kind: AccountKind, raw: Mapping[str, Any]) -> Terms:
    return Terms(
        kind,
        Decimal(raw["earns"]) if "earns" in raw else None,
        Decimal(raw["charges"]) if "charges" in raw else None,
        {name: int(raw[name]) for name in FEES if name in raw},
        {name: Decimal(raw[name]) for name in PERCENT_FEES if name in raw},
        _cycle(raw) if "statement_day" in raw else None,
    )


def _cycle(raw: Mapping[str, Any]) -> CardCycle:
    return CardCycle(
        int(raw["statement_day"]),
        int(raw["due_after_days"]),
        int(raw["minimum_amount"]),
        Decimal(raw["minimum_percent"]),
    )
