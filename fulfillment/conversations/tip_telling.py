"""Keeping count of tips, wherever they are told: one in a while, each once, all on record.

An answer in a chat and a push into one share this count, so that neither repeats the other.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from fulfillment.bank.bank_messages import BankMessage
from fulfillment.bank.offer_wishes import OfferWishes
from fulfillment.conversations.onlooker import MoneyOf, Onlooker
from fulfillment.conversations.tip_finding import Tip, tip_for
from fulfillment.personalization.offers.rules import OfferRules
from fulfillment.store.allowances import Allowance, Allowances
from fulfillment.store.books import Books
from fulfillment.store.errors import BooksError, CustomerNotFoundError
from fulfillment.store.offer_wishes import WishesDesk


@dataclass(frozen=True, slots=True)
class TipTeller:
    """Works on `books`, by `rules`. Trouble means no tip: none is worth an apology."""

    books: Books
    rules: OfferRules

    def for_an_answer(self, whose: MoneyOf, entry_id: str) -> Tip | None:
        """The tip to put behind an answer, on record as told. Looked for once in a while, so that a
        turn does not read a year of lines each time."""
        looks = Allowance(1, self.rules.tips.between)
        if not self._counters.spend(f"tip-look|{whose.customer_id}", looks, whose.now):
            return None
        return self._told(whose, entry_id, None)

    def for_a_booking(self, customer_id: str, now: datetime, entry_id: str) -> Tip | None:
        """The tip that is left for the customer's open chats, or their next words; None for whoever
        has not agreed, at the cost of one read.

        May raise botocore's own errors, after which looking again is safe.
        """
        try:
            customer = self.books.customer(customer_id)
        except CustomerNotFoundError:
            return None
        if not customer.tips:
            return None
        looks = Allowance(self.rules.tips.looks_a_day, self.rules.tips.between)
        if not self._counters.spend(f"tip-booked|{customer_id}", looks, now):
            return None
        whose = Onlooker(self.books, customer, now)
        return self._told(whose, entry_id, customer.messages + 1)

    def _told(self, whose: MoneyOf, entry_id: str, number: int | None) -> Tip | None:
        """The tip, kept as told; with a `number`, left as the customer's message of that number."""
        wishes = self._wishes.of(whose.customer_id)
        tip = tip_for(whose, wishes, self.rules)
        if tip is None or not self._is_time(whose):
            return None
        left = tip.as_message(whose.customer_id, number, whose.now) if number else None
        try:
            self._keep(whose, wishes, tip, entry_id, left)
        except BooksError:
            return None
        return tip

    def _is_time(self, whose: MoneyOf) -> bool:
        cap = Allowance(1, self.rules.tips.between)
        return bool(self._counters.spend(f"tip|{whose.customer_id}", cap, whose.now))

    def _keep(
        self,
        whose: MoneyOf,
        wishes: OfferWishes,
        tip: Tip,
        entry_id: str,
        left: BankMessage | None,
    ) -> None:
        rules = self.rules
        last = {"told": [{"product": tip.kind, "facts": []}], "explored": False, "scored": False}
        kinds = (str(tip.kind), tip.mark)
        after = wishes.telling(kinds, json.dumps(last), rules.told_within, whose.speech.today)
        line = json.dumps(last | {"rules": rules.version, "digest": rules.digest})
        what = "tip_pushed" if left else "tip_told"
        self._wishes.keep(whose.customer_id, after, what, whose.now, entry_id, line, left)

    @property
    def _wishes(self) -> WishesDesk:
        return WishesDesk(self.books.client, self.books.table, self.books.patience)

    @property
    def _counters(self) -> Allowances:
        return Allowances(self.books.client, self.books.table)
