"""Quotes and payments, as they ought to go."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

from fulfillment.bank import holds as rules_of_holds
from fulfillment.bank.books import AccountKind
from fulfillment.bank.money import Money
from fulfillment.bank.payments import (
    NotMade,
    PaymentKind,
    PaymentOrder,
    Quote,
    Refusal,
    Refused,
    StepUp,
    TransferState,
)
from fulfillment.bank.rules import malformed
from tests.simulation.ledger_exchange import Exchange
from tests.simulation.plain import Movement, Paid, PlainPayee, PlainQuote, Verdict
from tests.simulation.shelves import account_reason, lines_of_payment


class Payments(Exchange):
    """What may be paid, and what it does."""

    def show(self, quote: Quote) -> Verdict:
        key = quote.customer_id, quote.quote_id
        known = self.quotes.get(key)
        if known is not None:
            same = (known.digest, known.session_id) == (quote.digest, quote.session_id)
            return Verdict("shown" if same else "taken")
        if not self.exchanges_rightly(quote):
            return Verdict("another rate")
        shown = PlainQuote(
            quote.order,
            quote.session_id,
            quote.expires_at,
            needs_code=quote.step_up is StepUp.REQUIRED,
            digest=quote.digest,
        )
        return Verdict("shown", partial(self.quotes.__setitem__, key, shown))

    def withdraw(self, customer_id: str, quote_id: str, session_id: str) -> Verdict:
        quote = self.quotes.get((customer_id, quote_id))
        if quote is None or (quote.session_id != session_id and quote.state != "consumed"):
            return Verdict(NotMade(quote_id))
        if quote.state == "consumed":
            return Verdict(self.paid(quote_id))
        if quote.state in ("withdrawn", "agreed"):
            return Verdict(NotMade(quote_id))
        return Verdict(NotMade(quote_id), partial(setattr, quote, "state", "withdrawn"))

    def pay(
        self,
        quote_id: str,
        order: PaymentOrder,
        session_id: str,
        now: datetime,
        hold_until: datetime | None,
        *,
        code_needed: bool = False,
    ) -> Verdict:
        wrong = malformed(order)
        if wrong is not None:
            return Verdict(Refused(wrong))
        quote = self.quotes.get((order.customer_id, quote_id))
        known = self.movements.get(quote_id)
        if quote is None or quote.session_id != session_id:
            return Verdict(Refused(Refusal.QUOTE_UNKNOWN))
        if quote.digest != order.digest:
            return Verdict(Refused(Refusal.QUOTE_CHANGED))
        if quote.state == "consumed" and known is not None:
            return Verdict(self.paid(quote_id))
        refused = self.quote_refusal(quote, order, now, code_needed=code_needed)
        if known is not None and refused is None:
            return Verdict(Refused(Refusal.QUOTE_UNKNOWN))
        refused = refused or self.order_refusal(order, now)
        if refused is not None:
            return Verdict(refused)
        state = TransferState.PENDING if hold_until else TransferState.POSTED
        answer = Paid(quote_id, order.amount, order.fee, replayed=False, state=state)
        return Verdict(answer, partial(self._consume, quote_id, quote, session_id, now, hold_until))

    def paid(self, transfer_id: str) -> Paid:
        """A payment that was made before, as it stands now."""
        known = self.movements[transfer_id]
        order = known.order
        if order is None:
            raise LookupError(transfer_id)
        return Paid(transfer_id, order.amount, order.fee, replayed=True, state=known.state)

    def quote_refusal(
        self, quote: PlainQuote, order: PaymentOrder, now: datetime, *, code_needed: bool = False
    ) -> Refused | None:
        """Why a yes to a quote does not count, or does not yet."""
        if quote.state == "withdrawn":
            return Refused(Refusal.QUOTE_EXPIRED)
        if now >= quote.expires_at:
            return Refused(Refusal.QUOTE_EXPIRED)
        free = self.most_without_code(order.amount.currency)
        to_others = order.kind is PaymentKind.TO_PAYEE
        large = to_others and order.amount > free
        needed = large or quote.needs_code or code_needed
        if needed and quote.code_for != quote.digest:
            return Refused(Refusal.STEP_UP_REQUIRED, allowed=free)
        return None

    def order_refusal(self, order: PaymentOrder, now: datetime) -> Refused | None:
        """Why the money of an order may not move now, whoever has said yes to it."""
        return (
            self._payer_refusal(order)
            or self._destination_refusal(order, now)
            or self._limit_refusal(order, now)
        )

    def payer_reason(self, order: PaymentOrder) -> Refusal | None:
        """Why nothing could be paid from an account, however much there is on it."""
        payer = self.accounts.get((order.customer_id, order.source_account_id))
        reason = account_reason(payer, order.amount.currency)
        if payer is None or reason is not None:
            return reason or Refusal.UNKNOWN_ACCOUNT
        if payer.kind not in (AccountKind.CHECKING, AccountKind.SAVINGS):
            return Refusal.NOT_A_PAYMENT_ACCOUNT
        return None

    def destination_reason(self, order: PaymentOrder) -> Refusal | None:
        """Why nothing could go there, however little it is."""
        key = order.customer_id, order.destination_id
        if order.kind is not PaymentKind.TO_PAYEE:
            return account_reason(self.accounts.get(key), order.arrives.currency)
        payee = self.payees.get(key)
        if payee is None or not payee.active:
            return Refusal.UNKNOWN_PAYEE
        return None if payee.target == order.destination_ref else Refusal.QUOTE_CHANGED

    def _payer_refusal(self, order: PaymentOrder) -> Refused | None:
        reason = self.payer_reason(order)
        if reason is not None:
            return Refused(reason)
        payer = self.accounts[order.customer_id, order.source_account_id]
        if order.total.minor <= payer.available:
            return None
        there = Money(payer.available, payer.currency)
        return Refused(Refusal.INSUFFICIENT_FUNDS, available=there)

    def _destination_refusal(self, order: PaymentOrder, now: datetime) -> Refused | None:
        reason = self.destination_reason(order)
        if reason is not None:
            return Refused(reason)
        if order.kind is not PaymentKind.TO_PAYEE:
            return None
        payee = self.payees[order.customer_id, order.destination_id]
        return self._new_payee_refusal(payee, order, now)

    def _new_payee_refusal(
        self, payee: PlainPayee, order: PaymentOrder, now: datetime
    ) -> Refused | None:
        if payee.new_until is None or payee.new_until <= now:
            return None
        currency = order.amount.currency
        left = self.most_for_new(currency).minor - payee.paid[currency]
        if order.amount.minor <= left:
            return None
        return Refused(Refusal.NEW_PAYEE_LIMIT, allowed=Money(max(left, 0), currency))

    def _limit_refusal(self, order: PaymentOrder, now: datetime) -> Refused | None:
        currency = order.amount.currency
        limit = self.limits(order.kind, currency)
        key = order.customer_id, now.astimezone(UTC).date(), order.kind, currency
        left = min(limit.per_payment.minor, limit.per_day.minor - self.used[key])
        if self.made[key] >= limit.payments_per_day:
            left = 0
        if order.amount.minor <= left:
            return None
        return Refused(Refusal.OVER_LIMIT, allowed=Money(max(left, 0), currency))

    def _consume(
        self,
        quote_id: str,
        quote: PlainQuote,
        session_id: str,
        now: datetime,
        hold_until: datetime | None,
    ) -> None:
        quote.state = "consumed"
        self.move(quote_id, quote.order, session_id, now, hold_until)

    def move(
        self,
        transfer_id: str,
        order: PaymentOrder,
        session_id: str,
        now: datetime,
        hold_until: datetime | None = None,
    ) -> None:
        """The money of an order moves, or is held."""
        day = now.astimezone(UTC).date()
        self.used[order.customer_id, day, order.kind, order.amount.currency] += order.amount.minor
        self.made[order.customer_id, day, order.kind, order.amount.currency] += 1
        self.count_for_payee(order, order.amount.minor)
        movement = Movement(
            customer_id=order.customer_id,
            kind=order.kind,
            session_id=session_id,
            digest=order.digest,
            amount=order.amount.minor,
            fee=order.fee.minor,
            currency=order.amount.currency,
            day=day,
            source=order.source_account_id,
            state=TransferState.PENDING if hold_until else TransferState.POSTED,
            order=order,
        )
        self.movements[transfer_id] = movement
        if hold_until is None:
            self.book(movement, lines_of_payment(order, order.amount.minor))
            return
        placed = now.astimezone(UTC).replace(microsecond=0)
        movement.hold = rules_of_holds.hold_of(order, transfer_id, placed, hold_until)
        self.accounts[order.customer_id, order.source_account_id].held += order.total.minor
