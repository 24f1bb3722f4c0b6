"""Rates of exchange, and what a sum is at the one that holds."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from fulfillment.bank.payments import Quote
from tests.simulation.plain import Verdict
from tests.simulation.shelves import Shelves, worth

_GOOD_FOR = timedelta(days=4)


class Exchange(Shelves):
    """Every rate there ever was; none is ever changed."""

    def set_rate(self, pair: tuple[str, str], since: datetime, value: Decimal) -> Verdict:
        known = self.rates[pair].get(since)
        if known is not None and known != value:
            return Verdict("taken")
        return Verdict("set", lambda: self.rates[pair].update({since: value}))

    def rate_at(self, sells: str, buys: str, at: datetime) -> tuple[datetime, Decimal] | None:
        """The rate that holds at a moment, and since when; an old one holds no more."""
        since = max((one for one in self.rates[sells, buys] if one <= at), default=None)
        if since is None or at - since > _GOOD_FOR:
            return None
        return since, self.rates[sells, buys][since]

    def exchanges_rightly(self, quote: Quote) -> bool:
        """Whether what is shown is what the amount is worth at the rate of the moment."""
        exchange, amount = quote.order.exchange, quote.order.amount
        if exchange is None:
            return True
        known = self.rate_at(amount.currency, exchange.received.currency, quote.created_at)
        if known != (exchange.rate.since, exchange.rate.value):
            return False
        return exchange.received.minor == worth(amount.minor, exchange.rate.value)
