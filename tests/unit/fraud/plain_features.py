"""The features again, from raw payments and verdicts, slowly and by their definitions alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import exp, sqrt

from fulfillment.fraud.facts import DAY_S, HOUR_S, PaymentFacts, Verdict


@dataclass(frozen=True)
class Told:
    """A verdict on `facts` that is known."""

    facts: PaymentFacts
    verdict: Verdict


def plain_features(
    facts: PaymentFacts, before: Sequence[PaymentFacts], told: Sequence[Told], maturity: int
) -> dict[str, float]:
    """The values by name; `before` is every payment that arrived earlier, in any order."""
    mine = [one for one in before if one.customer == facts.customer]
    theirs = [one for one in before if one.counterparty == facts.counterparty]
    local = facts.at + facts.offset_s
    return {
        "amount": facts.minor,
        "hour": (local % DAY_S) / 3600,
        # 1970-01-05 was a Monday.
        "weekend": ((local // DAY_S) - 4) % 7 >= 5,
        "night": (local % DAY_S) < 6 * HOUR_S,
        **_customer(facts, mine, [t for t in told if t.facts.customer == facts.customer]),
        **_familiar(facts, mine),
        **_counterparty(
            facts, theirs, [t for t in told if t.facts.counterparty == facts.counterparty], maturity
        ),
    }


def _age(facts: PaymentFacts, one: PaymentFacts) -> int:
    return facts.at // DAY_S - one.at // DAY_S


def _left(facts: PaymentFacts) -> float:
    return 1 - (facts.at % DAY_S) / DAY_S


def _in_window(facts: PaymentFacts, days: int) -> Callable[[PaymentFacts], float]:
    def share(one: PaymentFacts) -> float:
        age = _age(facts, one)
        return 1.0 if 0 <= age < days else _left(facts) if age == days else 0.0

    return share


def _decaying(facts: PaymentFacts, tau: int) -> Callable[[PaymentFacts], float]:
    return lambda one: exp(-_age(facts, one) / tau) if 0 <= _age(facts, one) <= 30 else 0.0


def _customer(
    facts: PaymentFacts, mine: Sequence[PaymentFacts], told: Sequence[Told]
) -> dict[str, float]:
    def count(share: Callable[[PaymentFacts], float]) -> float:
        return sum(share(one) for one in mine)

    def total(share: Callable[[PaymentFacts], float]) -> float:
        return sum(share(one) * one.minor for one in mine)

    def mean(share: Callable[[PaymentFacts], float]) -> float:
        return total(share) / count(share) if count(share) else 0.0

    w1, w7, w30 = (_in_window(facts, days) for days in (1, 7, 30))
    d1, d7, d30 = (_decaying(facts, days) for days in (1, 7, 30))
    m7, m30 = mean(w7), mean(w30)
    hours = [facts.at // HOUR_S - one.at // HOUR_S for one in mine]
    two = [one.minor for one, age in zip(mine, hours, strict=True) if 0 <= age < 2]
    latest = max((one.at for one in mine), default=None)
    deviations = 0.0
    if count(w30) >= 3:
        square = sum(w30(one) * one.minor**2 for one in mine) / count(w30)
        spread = max(sqrt(max(0.0, square - m30**2)), 0.01 * m30, 1.0)
        deviations = (facts.minor - m30) / spread
    return {
        "customer_count_1d": count(w1),
        "customer_count_7d": count(w7),
        "customer_count_30d": count(w30),
        "customer_sum_1d": total(w1),
        "customer_mean_7d": m7,
        "customer_mean_30d": m30,
        "customer_decayed_count_1d": count(d1),
        "customer_decayed_mean_1d": mean(d1),
        "customer_decayed_mean_7d": mean(d7),
        "amount_to_mean_30d": facts.minor / m30 if m30 else 0.0,
        "amount_to_decayed_mean_30d": facts.minor / mean(d30) if mean(d30) else 0.0,
        "mean_7d_to_30d": m7 / m30 if m30 else 0.0,
        "decayed_mean_1d_to_30d": mean(d1) / mean(d30) if mean(d30) else 0.0,
        "amount_deviations_30d": deviations,
        **_settled(facts, mine, m7, mean(d1)),
        "customer_frauds_30d": sum(w30(t.facts) for t in told if t.verdict is Verdict.FRAUD),
        "hours_since_last": 1464.0
        if latest is None
        else min(1464.0, max(0, facts.at - latest) / 3600),
        "customer_count_2h": len(two),
        "customer_sum_2h": sum(two),
        "customer_sum_2h_to_mean_30d": sum(two) / m30 if m30 else 0.0,
        "customer_count_24h": sum(1 for age in hours if 0 <= age < 24),
        "customer_payments": len(mine),
    }


def _settled(
    facts: PaymentFacts, mine: Sequence[PaymentFacts], m7: float, fast: float
) -> dict[str, float]:
    """Beside what the customer paid eight to fifty-nine days ago."""
    amounts = [one.minor for one in mine if 8 <= _age(facts, one) < 60]
    usual = sum(amounts) / len(amounts) if amounts else 0.0
    deviations = 0.0
    if len(amounts) >= 3:
        square = sum(amount**2 for amount in amounts) / len(amounts)
        spread = max(sqrt(max(0.0, square - usual**2)), 0.01 * usual, 1.0)
        deviations = (facts.minor - usual) / spread
    return {
        "amount_to_settled_mean": facts.minor / usual if usual else 0.0,
        "amount_settled_deviations": deviations,
        "mean_7d_to_settled": m7 / usual if usual else 0.0,
        "decayed_mean_1d_to_settled": fast / usual if usual else 0.0,
    }


def _familiar(facts: PaymentFacts, mine: Sequence[PaymentFacts]) -> dict[str, float]:
    alike = [one.minor for one in mine if one.category == facts.category and facts.category]
    paid = sum(1 for one in mine if one.payee == facts.payee and facts.payee)
    return {
        "category_share": len(alike) / len(mine) if alike else 0.0,
        "amount_to_category_mean": facts.minor * len(alike) / sum(alike) if alike else 0.0,
        "category_count": len(alike),
        "new_payee": bool(facts.payee) and not paid,
        "payee_count": paid,
        "new_device": bool(facts.device) and all(one.device != facts.device for one in mine),
    }


def _counterparty(
    facts: PaymentFacts, theirs: Sequence[PaymentFacts], told: Sequence[Told], maturity: int
) -> dict[str, float]:
    ages = range(maturity + 31)
    frauds = [
        sum(1 for t in told if _age(facts, t.facts) == age and t.verdict is Verdict.FRAUD)
        for age in ages
    ]
    verdicts = [sum(1 for t in told if _age(facts, t.facts) == age) for age in ages]
    paid = [sum(1 for one in theirs if _age(facts, one) == age) for age in ages]
    ripe = [0.0 if a < maturity else 1 - _left(facts) if a == maturity else 1.0 for a in ages]
    judged = [max(v, r * p) for v, r, p in zip(verdicts, ripe, paid, strict=True)]

    def over(values: Sequence[float], days: int) -> float:
        edge = maturity + days
        return sum(
            v * (1.0 if a < edge else _left(facts) * (a == edge)) for a, v in enumerate(values)
        )

    def faded(values: Sequence[float], tau: int) -> float:
        return sum(v * exp(-max(0, a - maturity) / tau) for a, v in enumerate(values))

    def share(part: float, whole: float) -> float:
        return part / whole if whole else 0.0

    w1, w30 = _in_window(facts, 1), _in_window(facts, 30)
    n30 = sum(w30(one) for one in theirs)
    s30 = sum(w30(one) * one.minor for one in theirs)
    when = [age for age in ages if frauds[age]]
    return {
        "counterparty_count_1d": sum(w1(one) for one in theirs),
        "counterparty_count_30d": n30,
        "amount_to_counterparty_mean_30d": facts.minor * n30 / s30 if s30 else 0.0,
        **{f"counterparty_risk_{d}d": share(over(frauds, d), over(judged, d)) for d in (1, 7, 30)},
        **{
            f"counterparty_decayed_risk_{d}d": share(faded(frauds, d), faded(judged, d))
            for d in (1, 7, 30)
        },
        "counterparty_frauds_7d": over(frauds, 7),
        "counterparty_frauds_30d": over(frauds, 30),
        "counterparty_known_30d": over(judged, 30),
        "counterparty_days_since_fraud": when[0] if when else 60.0,
        "counterparty_days_since_first_fraud": when[-1] if when else 60.0,
        "counterparty_genuine_since_fraud": sum(judged[: when[0]]) if when else 0.0,
    }
