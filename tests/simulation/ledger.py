"""The right answers: a ledger in plain Python that is asked before it is changed.

It knows nothing of keys, conditions or transactions. `Verdict.effect` is what has to happen when
the answer is yes, and None when nothing may.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from fulfillment.bank import holds as rules_of_holds
from fulfillment.bank.books import AccountKind, AccountStatus, CardStatus, Hold
from fulfillment.bank.holds import HoldRefusal, HoldRefused
from fulfillment.bank.limits import Limit
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
from fulfillment.bank.reversals import ReversalRefusal, ReversalRefused, reversal_id
from fulfillment.bank.rules import malformed

Own = tuple[str, str]
"""A customer's id, and the id of something of theirs."""
Effect = Callable[[], object]
OUTSIDE, FEES = "clearing", "fees"


@dataclass(frozen=True)
class Verdict:
    """The right answer at this moment, and what comes of it."""

    answer: Any
    effect: Effect | None = None


@dataclass(frozen=True)
class Paid:
    """A payment that is recorded, by this request or by an earlier one."""

    transfer_id: str
    amount: Money
    fee: Money
    replayed: bool
    state: TransferState


@dataclass(frozen=True)
class Held:
    """A hold as it stands."""

    state: TransferState
    replayed: bool = False


class Reversed(str):
    """The id of what was reversed."""

    __slots__ = ()


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
class PlainCard:
    account_id: str
    status: CardStatus


@dataclass
class PlainPayee:
    target: str
    active: bool
    new_until: datetime | None = None
    paid: Counter[str] = field(default_factory=Counter)


@dataclass
class PlainQuote:
    order: PaymentOrder
    session_id: str
    expires_at: datetime
    needs_code: bool
    code_for: str = ""
    state: str = "quoted"


@dataclass
class Movement:
    """Anything that has an id for ever: a payment, a hold, a reversal. Figures in minor units."""

    customer_id: str
    kind: str
    session_id: str
    digest: str
    amount: int
    fee: int
    currency: str
    day: date
    source: str
    state: TransferState
    order: PaymentOrder | None = None
    hold: Hold | None = None
    lines: list[tuple[str, int]] = field(default_factory=list)
    """Account ids, or the bank's side, and what was booked there."""
    taken: int | None = None


@dataclass
class Ledger:
    """Every customer's things, and every movement there ever was."""

    limits: Callable[[PaymentKind, str], Limit]
    most_without_code: Callable[[str], Money]
    most_for_new: Callable[[str], Money]
    accounts: dict[Own, PlainAccount] = field(default_factory=dict)
    cards: dict[Own, PlainCard] = field(default_factory=dict)
    payees: dict[Own, PlainPayee] = field(default_factory=dict)
    quotes: dict[Own, PlainQuote] = field(default_factory=dict)
    movements: dict[str, Movement] = field(default_factory=dict)
    used: Counter[tuple[str, date, PaymentKind, str]] = field(default_factory=Counter)
    made: Counter[tuple[str, date, PaymentKind, str]] = field(default_factory=Counter)
    bank: Counter[str] = field(default_factory=Counter)
    cases: set[Own] = field(default_factory=set)

    # --- quotes ---

    def show(self, quote: Quote) -> Verdict:
        key = quote.customer_id, quote.quote_id
        known = self.quotes.get(key)
        if known is not None:
            same = (known.order.digest, known.session_id) == (quote.digest, quote.session_id)
            return Verdict("shown" if same else "taken")
        shown = PlainQuote(
            quote.order,
            quote.session_id,
            quote.expires_at,
            needs_code=quote.step_up is StepUp.REQUIRED,
        )
        return Verdict("shown", partial(self.quotes.__setitem__, key, shown))

    def withdraw(self, customer_id: str, quote_id: str, session_id: str) -> Verdict:
        quote = self.quotes.get((customer_id, quote_id))
        if quote is None or (quote.session_id != session_id and quote.state != "consumed"):
            return Verdict(NotMade(quote_id))
        if quote.state == "consumed":
            return Verdict(self.paid(quote_id))
        if quote.state == "withdrawn":
            return Verdict(NotMade(quote_id))
        return Verdict(NotMade(quote_id), partial(setattr, quote, "state", "withdrawn"))

    # --- payments ---

    def pay(
        self,
        quote_id: str,
        order: PaymentOrder,
        session_id: str,
        now: datetime,
        hold_until: datetime | None,
    ) -> Verdict:
        wrong = malformed(order)
        if wrong is not None:
            return Verdict(Refused(wrong))
        quote = self.quotes.get((order.customer_id, quote_id))
        known = self.movements.get(quote_id)
        if quote is None or quote.session_id != session_id:
            return Verdict(Refused(Refusal.QUOTE_UNKNOWN))
        if quote.order.digest != order.digest:
            return Verdict(Refused(Refusal.QUOTE_CHANGED))
        if quote.state == "consumed" and known is not None:
            return Verdict(self.paid(quote_id))
        refused = (
            self._quote_refusal(quote, order, now)
            or self._payer_refusal(order)
            or self._destination_refusal(order, now)
            or self._limit_refusal(order, now)
        )
        if known is not None and not isinstance(self._quote_refusal(quote, order, now), Refused):
            return Verdict(Refused(Refusal.QUOTE_UNKNOWN))
        if refused is not None:
            return Verdict(refused)
        state = TransferState.PENDING if hold_until else TransferState.POSTED
        answer = Paid(quote_id, order.amount, order.fee, replayed=False, state=state)
        return Verdict(answer, partial(self._pay, quote_id, quote, session_id, now, hold_until))

    def paid(self, transfer_id: str) -> Paid:
        """A payment that was made before, as it stands now."""
        known = self.movements[transfer_id]
        order = known.order
        if order is None:
            raise LookupError(transfer_id)
        return Paid(transfer_id, order.amount, order.fee, replayed=True, state=known.state)

    def _quote_refusal(
        self, quote: PlainQuote, order: PaymentOrder, now: datetime
    ) -> Refused | None:
        if quote.state == "withdrawn":
            return Refused(Refusal.QUOTE_EXPIRED)
        if now >= quote.expires_at:
            return Refused(Refusal.QUOTE_EXPIRED)
        free = self.most_without_code(order.amount.currency)
        to_others = order.kind is PaymentKind.TO_PAYEE
        large = to_others and order.amount > free
        if (large or quote.needs_code) and quote.code_for != order.digest:
            return Refused(Refusal.STEP_UP_REQUIRED, allowed=free)
        return None

    def _payer_refusal(self, order: PaymentOrder) -> Refused | None:
        payer = self.accounts.get((order.customer_id, order.source_account_id))
        reason = _account_reason(payer, order.amount.currency)
        if payer is None or reason is not None:
            return Refused(reason or Refusal.UNKNOWN_ACCOUNT)
        if payer.kind not in (AccountKind.CHECKING, AccountKind.SAVINGS):
            return Refused(Refusal.NOT_A_PAYMENT_ACCOUNT)
        if order.total.minor > payer.available:
            there = Money(payer.available, payer.currency)
            return Refused(Refusal.INSUFFICIENT_FUNDS, available=there)
        return None

    def _destination_refusal(self, order: PaymentOrder, now: datetime) -> Refused | None:
        key = order.customer_id, order.destination_id
        if order.kind is PaymentKind.TO_PAYEE:
            payee = self.payees.get(key)
            if payee is None or not payee.active:
                return Refused(Refusal.UNKNOWN_PAYEE)
            if payee.target != order.destination_ref:
                return Refused(Refusal.QUOTE_CHANGED)
            return self._new_payee_refusal(payee, order, now)
        reason = _account_reason(self.accounts.get(key), order.amount.currency)
        return Refused(reason) if reason else None

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

    def _pay(
        self,
        quote_id: str,
        quote: PlainQuote,
        session_id: str,
        now: datetime,
        hold_until: datetime | None,
    ) -> None:
        order, day = quote.order, now.astimezone(UTC).date()
        quote.state = "consumed"
        self.used[order.customer_id, day, order.kind, order.amount.currency] += order.amount.minor
        self.made[order.customer_id, day, order.kind, order.amount.currency] += 1
        self._count_for_payee(order, order.amount.minor)
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
        self.movements[quote_id] = movement
        if hold_until is None:
            self._book(movement, _lines_of_payment(order, order.amount.minor))
            return
        placed = now.astimezone(UTC).replace(microsecond=0)
        movement.hold = rules_of_holds.hold_of(order, quote_id, placed, hold_until)
        self.accounts[order.customer_id, order.source_account_id].held += order.total.minor

    def _count_for_payee(self, order: PaymentOrder, minor: int) -> None:
        if order.kind is PaymentKind.TO_PAYEE:
            payee = self.payees[order.customer_id, order.destination_id]
            payee.paid[order.amount.currency] += minor

    # --- holds ---

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
            if _account_reason(other, known.currency):
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
            self._count_for_payee(known.order, (taken or 0) - known.amount)
        if taken is None:
            return
        if known.order is not None:
            self._book(known, _lines_of_payment(known.order, taken))
        else:
            self._book(known, [(known.source, -taken), (OUTSIDE, taken)])

    # --- corrections ---

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
        for where, minor in known.lines:
            back[where] -= minor
        own = {name: minor for name, minor in back.items() if name not in (OUTSIDE, FEES)}
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
        self._book(opposite, [(where, -minor) for where, minor in known.lines])

    def _book(self, movement: Movement, lines: list[tuple[str, int]]) -> None:
        movement.lines = lines
        for where, minor in lines:
            if where in (OUTSIDE, FEES):
                self.bank[f"{where} {movement.currency}"] += minor
            else:
                self.accounts[movement.customer_id, where].posted += minor

    # --- cards, accounts ---

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


def _account_reason(account: PlainAccount | None, currency: str) -> Refusal | None:
    if account is None:
        return Refusal.UNKNOWN_ACCOUNT
    if account.status is not AccountStatus.ACTIVE:
        return Refusal.ACCOUNT_NOT_ACTIVE
    return Refusal.CURRENCY_MISMATCH if account.currency != currency else None


def _lines_of_payment(order: PaymentOrder, amount: int) -> list[tuple[str, int]]:
    own = order.kind is PaymentKind.OWN_TRANSFER
    lines = [(order.source_account_id, -amount)]
    lines.append((order.destination_id if own else OUTSIDE, amount))
    if order.fee.minor:
        lines += [(order.source_account_id, -order.fee.minor), (FEES, order.fee.minor)]
    return lines
