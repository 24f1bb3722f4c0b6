"""What a credit card asks for now, read from its last statement and what came since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from fulfillment.bank.books import Account
from fulfillment.bank.card_statement import CardStatement, last_closing, statement
from fulfillment.bank.money import Money
from fulfillment.bank.schedule import standard_schedule
from fulfillment.conversations.desk import Desk


@dataclass(frozen=True, slots=True)
class CardDue:
    """`owed` is all that is owed today, statement or not."""

    owed: Money
    statement: CardStatement

    @property
    def portions(self) -> Mapping[str, Money]:
        """What a customer may choose to pay, by the values of the slot type PaymentPortion."""
        return {
            "minimum payment": self.statement.minimum_open,
            "statement balance": min(self.statement.balance_open, self.owed),
            "full balance": self.owed,
        }


def card_due(desk: Desk, card: Account) -> CardDue:
    """What `card` has due: reads the postings since its statement closed, a month's at most."""
    cycle = standard_schedule().terms[card.kind].cycle
    if cycle is None:
        raise ValueError("a credit card without a billing cycle")
    today = desk.speech.today
    closed = last_closing(cycle, today)
    begin = datetime.combine(closed + timedelta(days=1), time(), desk.speech.zone).astimezone(UTC)
    end = desk.now + timedelta(seconds=1)
    since = desk.books.postings_between(desk.customer_id, card.account_id, begin, end)
    owed = max(-card.posted, Money.zero(card.posted.currency))
    return CardDue(owed, statement(cycle, card.posted, since, today))
