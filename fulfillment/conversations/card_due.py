"""What a credit card asks for now, read from its last statement and what came since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from fulfillment.bank.books import Account
from fulfillment.bank.card_statement import CardStatement, last_closing, statement
from fulfillment.bank.money import Money
from fulfillment.bank.periods import Period
from fulfillment.bank.schedule import standard_schedule
from fulfillment.bank.totals import Totals
from fulfillment.conversations.desk import Desk
from fulfillment.store.totals import summed


@dataclass(frozen=True, slots=True)
class CardDue:
    """`owed` is all that is owed today, statement or not."""

    owed: Money
    statement: CardStatement

    @property
    def portions(self) -> Mapping[str, Money]:
        """What a customer may choose to pay, by the name of its reply."""
        return {
            "minimum": self.statement.minimum_open,
            "statement": min(self.statement.balance_open, self.owed),
            "everything": self.owed,
        }


def card_due(desk: Desk, card: Account) -> CardDue:
    """What `card` has due: reads the totals of the days since its statement closed."""
    cycle = standard_schedule().terms[card.kind].cycle
    if cycle is None:
        raise ValueError("a credit card without a billing cycle")
    today = desk.speech.today
    closed = last_closing(cycle, today)
    days = Period(closed + timedelta(days=1), today + timedelta(days=1))
    counted = desk.books.totals.by_day(desk.customer_id, days)
    of_card = summed(one for one in counted if one.account_id == card.account_id)
    currency = card.posted.currency
    since = of_card.get(currency, Totals(currency, {}))
    owed = max(-card.posted, Money.zero(currency))
    return CardDue(owed, statement(cycle, card.posted, since, today))
