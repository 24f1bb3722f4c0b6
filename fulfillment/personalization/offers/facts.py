"""Facts that a customer can check: figures of their own lines, with the days they are of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from fulfillment.personalization.offers.profile import Profile

AT_MOST = 3


class FactKind(StrEnum):
    """`left_over`, `went_out`, `debit_spent`: an average month's, from `first` to `last` month.
    `lowest`: checking's lowest end of day since `first`. `savings`, `owed`: as of `first`.
    `interest`: what cards charged since `first`. `pay`: what `name` pays, last on `first`."""

    LEFT_OVER = "left_over"
    WENT_OUT = "went_out"
    DEBIT_SPENT = "debit_spent"
    LOWEST = "lowest"
    SAVINGS = "savings"
    OWED = "owed"
    INTEREST = "interest"
    PAY = "pay"


@dataclass(frozen=True, slots=True)
class Fact:
    """`minor` is in minor units; `first` and `last` are ISO days, `last` empty for a single one."""

    kind: FactKind
    minor: int
    first: str
    last: str = ""
    name: str = ""

    def as_json(self) -> dict[str, str | int]:
        return {
            "kind": self.kind, "minor": self.minor, "first": self.first, "last": self.last,
            "name": self.name,
        }  # fmt: skip


def read_fact(raw: Mapping[str, object]) -> Fact:
    """The fact that `as_json` wrote."""
    return Fact(
        FactKind(str(raw["kind"])),
        int(str(raw["minor"])),
        str(raw["first"]),
        str(raw["last"]),
        str(raw["name"]),
    )


def fact(kind: FactKind, profile: Profile) -> Fact:
    """The fact of a profile. A fact of months needs months, one of pay a pay."""
    months = {
        FactKind.LEFT_OVER: profile.left_over,
        FactKind.WENT_OUT: profile.went_out,
        FactKind.DEBIT_SPENT: profile.debit_spent,
    }
    if kind in months:
        first, last = profile.months[0].first, profile.months[-1].first
        return Fact(kind, months[kind], first.isoformat(), last.isoformat())
    if kind is FactKind.PAY:
        if profile.pay is None:
            raise ValueError("there is no pay to tell of")
        last_pay = profile.pay.last
        return Fact(kind, last_pay.minor, last_pay.day.isoformat(), name=last_pay.party)
    day, minor = {
        FactKind.LOWEST: (profile.lowest_since, profile.lowest),
        FactKind.SAVINGS: (profile.today, profile.savings),
        FactKind.OWED: (profile.today, profile.owed),
        FactKind.INTEREST: (profile.interest_since, profile.interest),
    }[kind]
    return Fact(kind, minor, day.isoformat())
