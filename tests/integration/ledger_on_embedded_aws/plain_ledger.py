"""A ledger in plain Python that knows every right answer: what the real one is compared with."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from fulfillment.bank.books import AccountKind, AccountStatus, CardStatus
from fulfillment.bank.limits import Limit
from fulfillment.bank.money import Money
from fulfillment.bank.payments import PaymentKind, PaymentOrder, Refusal, Refused
from fulfillment.store.payment_items import receipt_id


@dataclass(frozen=True)
class Told:
    """The part of a receipt that has one right answer."""

    receipt_id: str
    amount: Money
    fee: Money
    replayed: bool


@dataclass
class PlainAccount:
    kind: AccountKind
    currency: str
    status: AccountStatus
    posted: int
    held: int
    credit_limit: int

    @property
    def available(self) -> int:
        return self.posted - self.held + self.credit_limit


@dataclass
class PlainQuote:
    order: PaymentOrder
    session_id: str
    expires_at: datetime
    paid: Told | None = None


@dataclass
class PlainLedger:
    """One customer's bank; figures in cents."""

    limit: Limit
    accounts: dict[str, PlainAccount]
    payees: dict[str, str]
    """Active payees and the account each is paid to."""
    card: CardStatus = CardStatus.ACTIVE
    quotes: dict[str, PlainQuote] = field(default_factory=dict)
    used: defaultdict[tuple[date, PaymentKind], list[int]] = field(
        default_factory=lambda: defaultdict(list)
    )
    lines: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def show(self, quote_id: str, order: PaymentOrder, session_id: str, now: datetime) -> None:
        self.quotes[quote_id] = PlainQuote(order, session_id, now + timedelta(minutes=5))

    def pay(
        self, quote_id: str, order: PaymentOrder, session_id: str, now: datetime
    ) -> Told | Refused:
        known = self.known(quote_id, order, session_id)
        if known is not None:
            return known
        quote = self.quotes[quote_id]
        if now >= quote.expires_at:
            return Refused(Refusal.QUOTE_EXPIRED)
        refused = (
            self._payer_refusal(order) or self._destination_refusal(order)
            or self._limit_refusal(order, now.date())
        )  # fmt: skip
        if refused is not None:
            return refused
        self._book(order, now.date())
        told = Told(receipt_id(quote_id), order.amount, order.fee, replayed=False)
        quote.paid = replace(told, replayed=True)
        return told

    def known(self, quote_id: str, order: PaymentOrder, session_id: str) -> Told | Refused | None:
        """The answer that does not depend on the accounts, if there is one."""
        quote = self.quotes.get(quote_id)
        if quote is None or quote.session_id != session_id:
            return Refused(Refusal.QUOTE_UNKNOWN)
        if quote.order != order:
            return Refused(Refusal.QUOTE_CHANGED)
        return quote.paid

    def _payer_refusal(self, order: PaymentOrder) -> Refused | None:
        payer = self.accounts.get(order.source_account_id)
        if payer is None:
            return Refused(Refusal.UNKNOWN_ACCOUNT)
        if payer.status is not AccountStatus.ACTIVE:
            return Refused(Refusal.ACCOUNT_NOT_ACTIVE)
        if payer.currency != order.amount.currency:
            return Refused(Refusal.CURRENCY_MISMATCH)
        if payer.kind is AccountKind.CREDIT_CARD:
            return Refused(Refusal.NOT_A_PAYMENT_ACCOUNT)
        if order.amount.minor + order.fee.minor > payer.available:
            spendable = Money(payer.available, "USD")
            return Refused(Refusal.INSUFFICIENT_FUNDS, available=spendable)
        return None

    def _destination_refusal(self, order: PaymentOrder) -> Refused | None:
        if order.kind is PaymentKind.TO_PAYEE:
            target = self.payees.get(order.destination_id)
            if target is None:
                return Refused(Refusal.UNKNOWN_PAYEE)
            moved = target != order.destination_ref
            return Refused(Refusal.QUOTE_CHANGED) if moved else None
        account = self.accounts.get(order.destination_id)
        if account is None:
            return Refused(Refusal.UNKNOWN_ACCOUNT)
        if account.status is not AccountStatus.ACTIVE:
            return Refused(Refusal.ACCOUNT_NOT_ACTIVE)
        foreign = account.currency != order.amount.currency
        return Refused(Refusal.CURRENCY_MISMATCH) if foreign else None

    def _limit_refusal(self, order: PaymentOrder, day: date) -> Refused | None:
        made = self.used[day, order.kind]
        left = min(self.limit.per_payment.minor, self.limit.per_day.minor - sum(made))
        if len(made) >= self.limit.payments_per_day:
            left = 0
        if order.amount.minor <= left:
            return None
        return Refused(Refusal.OVER_LIMIT, allowed=Money(max(left, 0), "USD"))

    def _book(self, order: PaymentOrder, day: date) -> None:
        self.used[day, order.kind].append(order.amount.minor)
        lines = [(order.source_account_id, -order.amount.minor)]
        if order.kind is PaymentKind.OWN_TRANSFER:
            lines.append((order.destination_id, order.amount.minor))
        if order.fee.minor:
            lines.append((order.source_account_id, -order.fee.minor))
        for account_id, minor in lines:
            self.accounts[account_id].posted += minor
            self.lines[account_id].append(minor)
