"""Questions that need no answer any more: an analyst, or time, has decided, and that is told."""

from __future__ import annotations

from collections.abc import Sequence

from fulfillment.bank.analyst_cases import CUSTOMER
from fulfillment.bank.bank_messages import BankMessage, BankMessageKind
from fulfillment.store.analyst_cases import DeskCases
from fulfillment.store.books import Books

_WAITING = frozenset(
    {
        BankMessageKind.WAS_IT_YOU,
        BankMessageKind.CARD_WAS_IT_YOU,
        BankMessageKind.SCHEDULED_WAS_IT_YOU,
    }
)
"""Questions about money that waits. What was stopped at once is news, whoever looked since."""


def without_settled(
    books: Books, customer_id: str, messages: Sequence[BankMessage]
) -> list[BankMessage]:
    """`messages` but for questions that the desk has answered, or whose time ran out. The
    cases are read only where there is such a question.
    """
    if not any(one.kind in _WAITING for one in messages):
        return list(messages)
    cases = DeskCases(books.client, books.table, books.patience).of_customer(customer_id)
    settled = {
        case.payment_id
        for case in cases
        if case.state.is_final and case.ended_by not in (CUSTOMER, None)
    }
    return [one for one in messages if one.kind not in _WAITING or one.payment_id not in settled]
