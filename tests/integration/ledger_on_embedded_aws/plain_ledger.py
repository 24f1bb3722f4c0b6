"""A ledger in plain Python that knows every right answer: what the real one is compared with."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from fulfillment.bank.books import AccountKind, AccountStatus, CardStatus
from fulfillment.bank.holds import HoldRefusal
from fulfillment.bank.limits import Limit
from fulfillment.bank.money import Money
from fulfillment.bank.payments import PaymentKind, PaymentOrder, Refusal, Refused, TransferState
from fulfillment.bank.reversals import ReversalRefusal
from fulfillment.store.payment_items import receipt_id
from tests.simulation.plain import PlainAccount


@dataclass(frozen=True)
class Told:
    """The part of a receipt that has one right answer."""

    receipt_id: str
    amount: Money
    fee: Money
    replayed: bool
    state: TransferState


@dataclass
class PlainQuote:
    order: PaymentOrder
    session_id: str
    expires_at: datetime
    paid: Told | None = None


@dataclass
class PlainHold:
    """`amount` with the fee of a payment, which is `None` for a merchant's authorisation."""

    account_id: str
    amount: int
    expires_at: datetime
    order: PaymentOrder | None
    day: date
    state: TransferState = TransferState.PENDING
    posted: int | None = None

    @property
    def fee(self) -> int:
        return self.order.fee.minor if self.order else 0


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
    holds: dict[str, PlainHold] = field(default_factory=dict)
    movements: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    """Transfer ids and their lines, the payer's first."""
    reversed: set[str] = field(default_factory=set)

    def show(self, quote_id: str, order: PaymentOrder, session_id: str, now: datetime) -> None:
        self.quotes[quote_id] = PlainQuote(order, session_id, now + timedelta(minutes=5))

    def pay(
        self,
        quote_id: str,
        order: PaymentOrder,
        session_id: str,
        now: datetime,
        hold_until: datetime | None = None,
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
        self.used[now.date(), order.kind].append(order.amount.minor)
        state = TransferState.POSTED
        if hold_until is None:
            self._book(quote_id, order)
        else:
            state = TransferState.PENDING
            self.hold(quote_id, order.source_account_id, order.total.minor, hold_until, now, order)
        told = Told(receipt_id(quote_id), order.amount, order.fee, replayed=False, state=state)
        quote.paid = replace(told, replayed=True)
        return told

    def authorise(
        self, hold_id: str, account_id: str, amount: int, expires_at: datetime, now: datetime
    ) -> TransferState | HoldRefusal:
        """A merchant's hold, by a card that always works."""
        if hold_id in self.holds:
            return self.holds[hold_id].state
        account = self.accounts[account_id]
        if account.status is not AccountStatus.ACTIVE:
            return HoldRefusal.ACCOUNT_NOT_ACTIVE
        if account.available < amount:
            return HoldRefusal.INSUFFICIENT_FUNDS
        self.hold(hold_id, account_id, amount, expires_at, now, None)
        return TransferState.PENDING

    def hold(
        self,
        hold_id: str,
        account_id: str,
        amount: int,
        expires_at: datetime,
        now: datetime,
        order: PaymentOrder | None,
    ) -> None:
        self.accounts[account_id].held += amount
        self.holds[hold_id] = PlainHold(account_id, amount, expires_at, order, now.date())

    def post(self, hold_id: str, taken: int | None, now: datetime) -> TransferState | HoldRefusal:
        """Take all or some of it; a payment's fee comes on top of what is taken."""
        hold = self.holds.get(hold_id)
        if hold is None:
            return HoldRefusal.UNKNOWN
        if hold.state is not TransferState.PENDING:
            same = hold.state is TransferState.POSTED and taken in (None, hold.posted)
            return hold.state if same else HoldRefusal.SETTLED
        amount = hold.amount - hold.fee if taken is None else taken
        if amount > hold.amount - hold.fee:
            return HoldRefusal.MORE_THAN_HELD
        if now >= hold.expires_at:
            return HoldRefusal.EXPIRED
        if self._destination_is_closed(hold.order):
            return HoldRefusal.DESTINATION_NOT_ACTIVE
        self._end(hold, TransferState.POSTED)
        hold.posted = amount
        if hold.order is None:
            self._move(hold_id, [(hold.account_id, -amount)])
            return hold.state
        self._book(hold_id, replace(hold.order, amount=Money(amount, "USD")))
        self.used[hold.day, hold.order.kind].append(amount)
        return hold.state

    def give_back(
        self, hold_id: str, state: TransferState, now: datetime
    ) -> TransferState | HoldRefusal:
        """Release a hold, or let one expire whose time is over."""
        hold = self.holds.get(hold_id)
        if hold is None:
            return HoldRefusal.UNKNOWN
        if hold.state is not TransferState.PENDING:
            return hold.state if hold.state is state else HoldRefusal.SETTLED
        if state is TransferState.EXPIRED and now < hold.expires_at:
            return HoldRefusal.SETTLED
        self._end(hold, state)
        return hold.state

    def _end(self, hold: PlainHold, state: TransferState) -> None:
        """What was held is held no more, and the day's limit no longer counts it."""
        hold.state = state
        self.accounts[hold.account_id].held -= hold.amount
        if hold.order is not None:
            self.used[hold.day, hold.order.kind].remove(hold.order.amount.minor)

    def _destination_is_closed(self, order: PaymentOrder | None) -> bool:
        if order is None or order.kind is not PaymentKind.OWN_TRANSFER:
            return False
        return self.accounts[order.destination_id].status is not AccountStatus.ACTIVE

    def known(self, quote_id: str, order: PaymentOrder, session_id: str) -> Told | Refused | None:
        """The answer that does not depend on the accounts, if there is one."""
        quote = self.quotes.get(quote_id)
        if quote is None or quote.session_id != session_id:
            return Refused(Refusal.QUOTE_UNKNOWN)
        if quote.order != order:
            return Refused(Refusal.QUOTE_CHANGED)
        # A held payment is told as it stands now.
        held = self.holds.get(quote_id)
        return replace(quote.paid, state=held.state) if quote.paid and held else quote.paid

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

    def reverse(self, transfer_id: str) -> str:
        """`done`, `again`, or the reason why not."""
        if transfer_id in self.reversed:
            return "again"
        lines = self.movements.get(transfer_id)
        if lines is None:
            is_hold = transfer_id in self.holds
            return ReversalRefusal.NOT_POSTED if is_hold else ReversalRefusal.UNKNOWN
        for account_id in dict.fromkeys(name for name, _ in lines):
            account = self.accounts[account_id]
            back = -sum(minor for name, minor in lines if name == account_id)
            if account.status is AccountStatus.CLOSED:
                return ReversalRefusal.ACCOUNT_CLOSED
            if back < 0 and account.available < -back:
                return ReversalRefusal.MONEY_IS_SPENT
        self._move(f"reversal of {transfer_id}", [(name, -minor) for name, minor in lines])
        self.reversed.add(transfer_id)
        return "done"

    def _book(self, transfer_id: str, order: PaymentOrder) -> None:
        lines = [(order.source_account_id, -order.amount.minor)]
        if order.fee.minor:
            lines.append((order.source_account_id, -order.fee.minor))
        if order.kind is PaymentKind.OWN_TRANSFER:
            lines.append((order.destination_id, order.amount.minor))
        self._move(transfer_id, lines)

    def _move(self, transfer_id: str, lines: list[tuple[str, int]]) -> None:
        self.movements[transfer_id] = lines
        for account_id, minor in lines:
            self.accounts[account_id].posted += minor
            self.lines[account_id].append(minor)
