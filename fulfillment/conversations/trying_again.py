"""Whether a payment that did not go through can be made once more, so that no reply promises it.

Between the question and the customer's "it was me" a card may have been frozen, a payee taken off
the list, or fraud confirmed on where the money goes, which an analyst alone can let through.
"""

from __future__ import annotations

from enum import Enum, auto

from fulfillment.bank.analyst_cases import DeskCase
from fulfillment.bank.books import CardStatus
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.judging import memory_of
from fulfillment.conversations.not_mine import data_of
from fulfillment.fraud.clearing import is_a_thief_s
from fulfillment.store import keys
from fulfillment.store.wire import Record


class InTheWay(Enum):
    """Why the same payment would not go through again as it is."""

    NOTHING = auto()
    CONFIRMED_FRAUD = auto()
    NO_PAYEE = auto()
    CARD_STOPPED = auto()


def in_the_way(desk: Desk, case: DeskCase) -> InTheWay:
    """What stands in the books against making the case's payment again. A read or two."""
    item = memory_of(desk).counters.event(keys.fraud_score(case.payment_id or ""))
    judged = Record(item) if item is not None else None
    if judged is not None and not case.is_held and is_a_thief_s(judged):
        return InTheWay.CONFIRMED_FRAUD
    data = data_of(case)
    if data is not None and data.card_id is not None:
        works = {card.card_id for card in desk.cards() if card.status is CardStatus.ACTIVE}
        return InTheWay.NOTHING if data.card_id in works else InTheWay.CARD_STOPPED
    payees = [payee for payee in desk.books.payees(desk.customer_id) if payee.active]
    known = {keys.fraud_counterparty(payee.target)["PK"] for payee in payees}
    gone = judged is not None and judged.text("cp") not in known
    return InTheWay.NO_PAYEE if gone else InTheWay.NOTHING
