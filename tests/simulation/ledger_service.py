"""Corrections, cards, accounts and cases: what staff and customers do besides paying."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import partial

from fulfillment.bank.books import AccountStatus, CardStatus
from fulfillment.bank.money import Money
from fulfillment.bank.payments import TransferState
from fulfillment.bank.reversals import ReversalRefusal, ReversalRefused, reversal_id
from tests.simulation.plain import BANK, Movement, Own, PlainCard, Reversed, Verdict
from tests.simulation.shelves import Shelves


class Service(Shelves):
    """Everything that is done once, and is as it was when it is asked for again."""

    def reverse(self, transfer_id: str) -> Verdict:
        known = self.movements.get(transfer_id)
        if known is None:
            return Verdict(ReversalRefused(ReversalRefusal.UNKNOWN))
        if known.kind == "reversal":
            return Verdict(ReversalRefused(ReversalRefusal.IS_A_REVERSAL))
        if known.state is not TransferState.POSTED:
            return Verdict(ReversalRefused(ReversalRefusal.NOT_POSTED))
        if reversal_id(transfer_id) in self.movements:
            return Verdict(Reversed(transfer_id))
        back: Counter[str] = Counter()
        for where, minor, _ in known.lines:
            back[where] -= minor
        own = {name: minor for name, minor in back.items() if name not in BANK}
        for name in sorted(own, key=lambda one: one != known.source):
            account = self.accounts[known.customer_id, name]
            there = Money(account.available, account.currency)
            if account.status is AccountStatus.CLOSED:
                refused = ReversalRefused(ReversalRefusal.ACCOUNT_CLOSED)
                return Verdict(refused)
            if own[name] < 0 and account.available < -own[name]:
                return Verdict(ReversalRefused(ReversalRefusal.MONEY_IS_SPENT, available=there))
        return Verdict(Reversed(transfer_id), partial(self._reverse, transfer_id, known))

    def _reverse(self, transfer_id: str, known: Movement) -> None:
        opposite = replace(known, kind="reversal", lines=[], order=None, hold=None)
        self.movements[reversal_id(transfer_id)] = opposite
        self.book(opposite, [(where, -minor, ccy) for where, minor, ccy in known.lines])

    def set_card(self, card: Own, believed: CardStatus, wanted: CardStatus) -> Verdict:
        """The change that a request asks for that believes the card to be in one state."""
        known = self.cards.get(card)
        if known is None or known.status is not believed or known.status is wanted:
            return Verdict("as it was")
        if known.status is CardStatus.BLOCKED:
            return Verdict("as it was")
        if known.status is CardStatus.ORDERED and wanted is not CardStatus.BLOCKED:
            return Verdict("as it was")
        return Verdict("changed", partial(setattr, known, "status", wanted))

    def replace_card(self, card: Own, new_id: str) -> Verdict:
        known = self.cards.get(card)
        if known is None or (card[0], new_id) in self.cards:
            return Verdict("as it was")
        return Verdict("changed", partial(self._replace_card, card, new_id))

    def _replace_card(self, card: Own, new_id: str) -> None:
        old = self.cards[card]
        old.status = CardStatus.BLOCKED
        self.cards[card[0], new_id] = PlainCard(old.account_id, CardStatus.ORDERED)

    def activate_card(self, card: Own) -> Verdict:
        known = self.cards.get(card)
        if known is None or known.status is not CardStatus.ORDERED:
            return Verdict("as it was")
        return Verdict("changed", partial(setattr, known, "status", CardStatus.ACTIVE))

    def freeze_account(self, account: Own) -> Verdict:
        known = self.accounts[account]
        if known.status is not AccountStatus.ACTIVE:
            return Verdict("as it was")
        return Verdict("changed", partial(setattr, known, "status", AccountStatus.FROZEN))

    def open_case(self, case: Own) -> Verdict:
        if case in self.cases:
            return Verdict("as it was")
        return Verdict("changed", partial(self.cases.add, case))
