"""Whoever sets the bank's rates of exchange."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from fulfillment.bank.exchange import Rate
from fulfillment.store.rates import RateTable, RateTakenError
from tests.simulation import town
from tests.simulation.bank import TABLE, Bank
from tests.simulation.ledger import Ledger
from tests.simulation.plain import Verdict
from tests.simulation.staff import TROUBLE
from tests.simulation.watching import Watch

_AHEAD = timedelta(minutes=9)
"""A rate is set so long before it holds that no clock, however fast, is there already."""


def treasury(bank: Bank) -> None:
    """Sets rates that hold from a moment on; now and then twice, or another one for it."""
    rng = bank.rng
    for _ in range(3):
        bank.stage.pause(rng.choice([5, 40, 120]))
        pair = rng.choice(list(town.RATES))
        since = (bank.stage.now + _AHEAD).replace(microsecond=0)
        value = _near(bank, pair)
        _set(bank, pair, since, value)
        if rng.random() < 0.4:
            _set(bank, pair, since, rng.choice([value, _near(bank, pair)]))


def _near(bank: Bank, pair: tuple[str, str]) -> Decimal:
    return town.RATES[pair][-1][1] + Decimal(bank.rng.randint(-300, 300)) / 10_000


def _set(bank: Bank, pair: tuple[str, str], since: datetime, value: Decimal) -> None:
    rate = Rate(*pair, value, since, "treasury")

    def judge(ledger: Ledger) -> Verdict:
        return ledger.set_rate(pair, since, value)

    watch = Watch(f"rate {pair} {since}", judge)
    books = bank.books
    try:
        books.watcher.during(watch, lambda: RateTable(books.client, TABLE).put(rate))
    except (RateTakenError, *TROUBLE):
        return
