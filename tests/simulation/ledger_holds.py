"""Holds: authorised, posted in whole or in part, released, expired."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from fulfillment.bank import holds as rules_of_holds
from fulfillment.bank.books import AccountStatus, CardStatus, Hold
from fulfillment.bank.holds import HoldRefusal, HoldRefused
from fulfillment.bank.money import Money
from fulfillment.bank.payments import PaymentKind, TransferState
from tests.simulation.plain import OUTSIDE, Held, Movement, PlainAccount, Verdict
from tests.simulation.shelves import Shelves, account_reason, lines_of_payment


class Holds(Shelves):
    """Money that is kept for somebody."""

    def authorise(self, hold: Hold) -> Verdict:
        known = self.movements.get(hold.hold_id)
        if known is not None:
            same = known.hold is not None and known.digest == rules_of_holds.digest(hold)
            if same:
                return Verdict(Held(known.state, replayed=True))
            return Verdict(HoldRefused(HoldRefusal.CHANGED))
        if hold.card_id is not None:
            card = self.cards.get((hold.customer_id, hold.card_id))
            usable = card and card.status is CardStatus.ACTIVE
            if not usable or card is None or card.account_id != hold.account_id:
                return Verdict(HoldRefused(HoldRefusal.CARD_NOT_ACTIVE))
        account = self.accounts.get((hold.customer_id, hold.account_id))
        if account is None:
            return Verdict(HoldRefused(HoldRefusal.UNKNOWN_ACCOUNT))
        if account.status is not AccountStatus.ACTIVE:
            return Verdict(HoldRefused(HoldRefusal.ACCOUNT_NOT_ACTIVE))
        if account.currency != hold.amount.currency:
            return Verdict(HoldRefused(HoldRefusal.CURRENCY_MISMATCH))
        if account.available < hold.amount.minor:
            there = Money(account.available, account.currency)
            return Verdict(HoldRefused(HoldRefusal.INSUFFICIENT_FUNDS, available=there))
        return Verdict(Held(TransferState.PENDING), partial(self._authorise, hold, account))

    def _authorise(self, hold: Hold, account: PlainAccount) -> None:
        account.held += hold.amount.minor
        self.movements[hold.hold_id] = Movement(
            customer_id=hold.customer_id,
            kind="card",
            session_id="",
            digest=rules_of_holds.digest(hold),
            amount=hold.amount.minor,
            fee=0,
            currency=hold.amount.currency,
            day=hold.placed_at.date(),
            source=hold.account_id,
            state=TransferState.PENDING,
            hold=hold,
        )

    def end(
        self, hold_id: str, wanted: TransferState, now: datetime, amount: Money | None = None
    ) -> Verdict:
        """Post, release or expire a hold."""
        known = self.movements.get(hold_id)
        if known is None or known.hold is None:
            return Verdict(HoldRefused(HoldRefusal.UNKNOWN))
        hold, whole = known.hold, known.amount
        overdue = now >= hold.expires_at
        if known.state is not TransferState.PENDING:
            taken_before = Money(known.taken or 0, known.currency)
            same = known.state is wanted and amount in (None, taken_before)
            if same:
                return Verdict(Held(known.state, replayed=True))
            return Verdict(HoldRefused(HoldRefusal.SETTLED, state=known.state))
        if wanted is TransferState.EXPIRED and not overdue:
            return Verdict(HoldRefused(HoldRefusal.SETTLED, state=known.state))
        taken = None
        if wanted is TransferState.POSTED:
            refused = self._posting_refusal(known, amount, overdue=overdue)
            if refused is not None:
                return Verdict(refused)
            taken = whole if amount is None else amount.minor
        return Verdict(Held(wanted), partial(self._end, hold_id, wanted, taken))

    def _posting_refusal(
        self, known: Movement, amount: Money | None, *, overdue: bool
    ) -> HoldRefused | None:
        if amount is not None and amount.currency != known.currency:
            return HoldRefused(HoldRefusal.CURRENCY_MISMATCH)
        if amount is not None and amount.minor > known.amount:
            most = Money(known.amount, known.currency)
            return HoldRefused(HoldRefusal.MORE_THAN_HELD, available=most)
        if overdue:
            return HoldRefused(HoldRefusal.EXPIRED, state=known.state)
        order = known.order
        if order is not None and order.kind is PaymentKind.OWN_TRANSFER:
            other = self.accounts.get((known.customer_id, order.destination_id))
            if account_reason(other, order.arrives.currency):
                return HoldRefused(HoldRefusal.DESTINATION_NOT_ACTIVE)
        return None

    def _end(self, hold_id: str, state: TransferState, taken: int | None) -> None:
        known = self.movements[hold_id]
        known.state, known.taken = state, taken
        self.accounts[known.customer_id, known.source].held -= known.amount + known.fee
        if known.order is not None:
            key = known.customer_id, known.day, known.order.kind, known.currency
            self.used[key] -= known.amount - (taken or 0)
            self.made[key] -= taken is None
            self.count_for_payee(known.order, (taken or 0) - known.amount)
        if taken is None:
            return
        if known.order is not None:
            self.book(known, lines_of_payment(known.order, taken))
        else:
            sides = [(known.source, -taken, known.currency), (OUTSIDE, taken, known.currency)]
            self.book(known, sides)
