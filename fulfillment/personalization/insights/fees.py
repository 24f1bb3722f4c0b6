"""What the bank took in fees and interest, by kind: how often, how much, when last."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fulfillment.personalization.insights.entries import Entry

_CHARGED = frozenset({"fee", "interest"})


class FeeKind(StrEnum):
    """What a fee was for, as far as it can be avoided in one way; `other` has no known way."""

    CASH_MACHINE = "cash_machine"
    LATE = "late"
    INTEREST = "interest"
    ABROAD = "abroad"
    LOW_BALANCE = "low_balance"
    WIRE = "wire"
    OTHER = "other"


_WORDS = (
    (FeeKind.CASH_MACHINE, re.compile(r"\batm\b|cash machine", re.IGNORECASE)),
    (FeeKind.LATE, re.compile(r"\blate\b", re.IGNORECASE)),
    (FeeKind.ABROAD, re.compile(r"\bforeign\b|\bexchange\b", re.IGNORECASE)),
    (
        FeeKind.LOW_BALANCE,
        re.compile(r"\boverdraft\b|minimum balance|returned item", re.IGNORECASE),
    ),
    (FeeKind.WIRE, re.compile(r"\bwire\b", re.IGNORECASE)),
)


@dataclass(frozen=True, slots=True)
class FeesPaid:
    """One kind in one currency, as the bank names it. `minor` is what was kept of it: a fee that
    was given back does not count."""

    kind: FeeKind
    name: str
    currency: str
    times: int
    minor: int
    last: date


def fees_paid(entries: Iterable[Entry], since: date) -> list[FeesPaid]:
    """What was taken from `since` on and not given back, the dearest first."""
    found: dict[tuple[str, str], list[Entry]] = {}
    for one in entries:
        # Interest that comes in is earned.
        if one.kind in _CHARGED and one.day >= since and (one.minor < 0 or one.kind == "fee"):
            found.setdefault((one.party.casefold(), one.currency), []).append(one)
    paid = [_of(lines) for lines in found.values()]
    return sorted(
        (one for one in paid if one.minor > 0), key=lambda one: (one.currency, -one.minor, one.name)
    )


def _of(lines: list[Entry]) -> FeesPaid:
    last = max(lines, key=lambda one: one.at)
    times = sum(1 if one.minor < 0 else -1 for one in lines)
    kept = -sum(one.minor for one in lines)
    return FeesPaid(_kind(last), last.party, last.currency, times, kept, last.day)


def _kind(line: Entry) -> FeeKind:
    if line.kind == "interest":
        return FeeKind.INTEREST
    return next((kind for kind, words in _WORDS if words.search(line.party)), FeeKind.OTHER)
