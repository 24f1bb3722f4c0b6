"""A state as flat counters by name, and what a payment or a verdict changes in them.

Flat, because a store can add to a number that is not there yet, but not to one inside a map that is
not there. Days are `n s q f g` (payments, sum, squares, frauds, genuine) and the day's number;
hours `hn hs`; what is recognised `k:` and `v:` (payments and sum).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from fulfillment.fraud.facts import DAY_S, HOUR_S, PaymentFacts, Verdict
from fulfillment.fraud.features.state import (
    DAYS_KEPT,
    EMPTY_DAY,
    FRAUDS,
    GENUINE,
    HOURS_KEPT,
    EntityState,
    recognisable,
)

PAYMENTS: Final = "pn"
LAST_AT: Final = "lt"
_DAY: Final = "nsqfg"
_HOUR: Final = ("hn", "hs")
_KNOWN: Final = "k:"
_SPENT: Final = "v:"
MOST_FORGOTTEN: Final = 40
"""Names taken away in one write. What is left over is ignored, and taken away by a later one."""


@dataclass(frozen=True, slots=True)
class Change:
    """Numbers to add, the latest time if it is a later one, and names that are no longer needed."""

    add: Mapping[str, int]
    last_at: int | None = None
    forget: tuple[str, ...] = field(default=())


def state_of(counters: Mapping[str, int]) -> EntityState:
    """The state in these counters, without the days and hours that are no longer kept."""
    state = EntityState(payments=counters.get(PAYMENTS, 0), last_at=counters.get(LAST_AT, 0))
    for name, value in counters.items():
        if name.startswith(_KNOWN):
            state.known[name[2:]] = value
        elif name.startswith(_SPENT):
            state.spent[name[2:]] = value
        elif name[1:].isdigit() and not _is_old(name, state.last_at):
            day = state.days.setdefault(int(name[1:]), list(EMPTY_DAY))
            day[_DAY.index(name[0])] = value
        elif name[:2] in _HOUR and not _is_old(name, state.last_at):
            hour = state.hours.setdefault(int(name[2:]), [0, 0])
            hour[_HOUR.index(name[:2])] = value
    return state


def counters_of(state: EntityState) -> dict[str, int]:
    """The counters of a state; `state_of` reads them back."""
    counters = {PAYMENTS: state.payments, LAST_AT: state.last_at}
    for day, values in state.days.items():
        counters |= {f"{letter}{day}": v for letter, v in zip(_DAY, values, strict=True) if v}
    for hour, values in state.hours.items():
        counters |= {f"{name}{hour}": v for name, v in zip(_HOUR, values, strict=True) if v}
    counters |= {_KNOWN + what: count for what, count in state.known.items()}
    counters |= {_SPENT + what: minor for what, minor in state.spent.items()}
    return {name: value for name, value in counters.items() if value}


def payment_change(
    facts: PaymentFacts, counters: Mapping[str, int], *, of_customer: bool
) -> Change:
    """What a payment changes in the counters of its customer, or of its counterparty."""
    before = counters.get(LAST_AT, 0)
    latest = max(before, facts.at)
    add = {PAYMENTS: 1}
    if facts.day > latest // DAY_S - DAYS_KEPT:
        add |= {
            f"n{facts.day}": 1,
            f"s{facts.day}": facts.minor,
            f"q{facts.day}": facts.minor * facts.minor,
        }
    hour = facts.at // HOUR_S
    if of_customer:
        if hour > latest // HOUR_S - HOURS_KEPT:
            add |= {f"hn{hour}": 1, f"hs{hour}": facts.minor}
        for what in recognisable(facts):
            add |= {_KNOWN + what: 1, _SPENT + what: facts.minor}
    gone = [name for name in counters if _is_old(name, latest)]
    return Change(
        add, facts.at if facts.at > before else None, tuple(sorted(gone)[:MOST_FORGOTTEN])
    )


def verdict_change(day: int, verdict: Verdict, before: Verdict | None) -> Change | None:
    """What a verdict on a payment of `day` changes for both, or None when it was known `before`."""
    if verdict is before:
        return None
    add = {_label(day, verdict): 1}
    if before is not None:
        add[_label(day, before)] = -1
    return Change(add)


def _label(day: int, verdict: Verdict) -> str:
    return f"{_DAY[FRAUDS if verdict is Verdict.FRAUD else GENUINE]}{day}"


def _is_old(name: str, last_at: int) -> bool:
    if name[1:].isdigit():
        return int(name[1:]) <= last_at // DAY_S - DAYS_KEPT
    if name[:2] in _HOUR:
        return int(name[2:]) <= last_at // HOUR_S - HOURS_KEPT
    return False
