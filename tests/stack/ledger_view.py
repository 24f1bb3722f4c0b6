"""Looks into the ledger behind the bot's back: what an account's posted balance really did."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation.ledger import LedgerChange
from fulfillment.bank.money import Money
from fulfillment.store.books import Books
from tests.running_bank import RunningBank


def books_of(bank: RunningBank) -> Books:
    """The books of a running bank."""
    return Books(bank.aws("dynamodb"), bank.outputs["BankTableName"])


class LedgerView:
    """Changes of one customer's posted balances since they were last looked at, by account id."""

    def __init__(self, bank: RunningBank, customer: str) -> None:
        self._books = books_of(bank)
        self._customer = customer
        self._last = self._balances()

    def changes(self) -> Sequence[LedgerChange]:
        now = self._balances()
        moved = [
            LedgerChange(name, (now[name] - self._last[name]).amount, now[name].currency)
            for name in now
            if now[name] != self._last[name]
        ]
        self._last = now
        return moved

    def _balances(self) -> dict[str, Money]:
        return {a.account_id: a.posted for a in self._books.accounts(self._customer)}
