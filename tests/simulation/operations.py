"""The bank's books under watch: what each request asks for, and what it should be told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from fulfillment.bank.books import Account, Card, CardStatus, Hold
from fulfillment.bank.cards import CardChange
from fulfillment.bank.cases import Case
from fulfillment.bank.holds import Authorisation
from fulfillment.bank.money import Money
from fulfillment.bank.payments import (
    NotMade,
    Outcome,
    PaymentOrder,
    Quote,
    Receipt,
    TransferState,
    Unknown,
)
from fulfillment.bank.reversals import Reversal, ReversalRefused
from fulfillment.bank.step_up import Standing
from fulfillment.store.books import Books
from fulfillment.store.errors import BooksError
from fulfillment.store.holding import Answer, HoldDesk
from fulfillment.store.security_events import Event
from fulfillment.store.transactions import ALONE, Companions
from fulfillment.store.withdrawing import QuoteDesk
from tests.simulation.ledger import Held, Ledger, Paid, Reversed, Verdict

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

    from tests.simulation.stage import Stage

_Result = TypeVar("_Result")
_VERIFIED = Standing()


@dataclass
class Watch:
    """One request to the books: how to judge it, and what was true when the table decided.

    `tells` turns the bank's answer into the form of a verdict's; None where no answer is compared.
    `optimistic`: it may be refused for having believed what is not so any more, and tries again.
    """

    name: str
    judge: Callable[[Ledger], Verdict] | None = None
    tells: Callable[[Any], object] | None = None
    optimistic: bool = False
    may_not_know: bool = False
    in_doubt: bool = False
    damaged: bool = False
    last: Verdict | None = None
    written: bool = False

    @classmethod
    def of_nothing(cls) -> Watch:
        """A call that belongs to no request that is judged."""
        return cls("-")


@dataclass(frozen=True)
class Watcher:
    """Notes what each actor is in the middle of, and has every answer compared."""

    stage: Stage
    compare: Callable[[Watch, object], None]

    def during(self, watch: Watch, action: Callable[[], _Result]) -> _Result:
        actor = self.stage.actor
        if actor is None:
            return action()
        actor.context.append(watch)
        try:
            result = action()
        except BooksError:
            # Busy, or unreachable, or stopped by damage: no answer that could be wrong.
            if not (watch.in_doubt or watch.damaged):
                self.compare(watch, None)
            raise
        finally:
            actor.context.pop()
        self.compare(watch, result)
        return result


@dataclass(frozen=True)
class WatchedBooks(Books):
    """The production facade; every request is announced before it is made."""

    watcher: Watcher = field(default=None)  # type: ignore[assignment]  # a field after defaults

    def put_quote(self, quote: Quote) -> None:
        watch = Watch("put_quote", lambda ledger: ledger.show(quote))
        self.watcher.during(watch, lambda: Books.put_quote(self, quote))

    def pay(
        self,
        quote_id: str,
        order: PaymentOrder,
        session_id: str,
        now: datetime,
        *,
        zone: str | None = None,
        hold_until: datetime | None = None,
        standing: Standing = _VERIFIED,
        companions: Companions = ALONE,
    ) -> Outcome:
        watch = Watch(
            f"pay {quote_id}",
            lambda ledger: ledger.pay(quote_id, order, session_id, now, hold_until),
            _told_of_payment,
        )
        return self.watcher.during(
            watch,
            lambda: Books.pay(
                self,
                quote_id,
                order,
                session_id,
                now,
                zone=zone,
                hold_until=hold_until,
                standing=standing,
                companions=companions,
            ),
        )

    def reverse(
        self, transfer_id: str, reason: str, by: str, now: datetime
    ) -> Reversal | ReversalRefused | Unknown:
        watch = Watch(
            f"reverse {transfer_id}",
            lambda ledger: ledger.reverse(transfer_id),
            lambda told: Reversed(told.reverses) if isinstance(told, Reversal) else told,
        )
        return self.watcher.during(watch, lambda: Books.reverse(self, transfer_id, reason, by, now))

    def set_card_status(self, card: Card, status: CardStatus, now: datetime) -> CardChange:
        """The desk looks again when the card is not as it was believed to be."""
        key = card.customer_id, card.card_id

        def judge(ledger: Ledger) -> Verdict:
            known = ledger.cards.get(key)
            return ledger.set_card(key, known.status if known else card.status, status)

        watch = Watch(f"card {card.card_id} {status}", judge, optimistic=True)
        return self.watcher.during(watch, lambda: Books.set_card_status(self, card, status, now))

    def order_replacement(
        self, card: Card, replacement: Card, now: datetime, told: Event | None = None
    ) -> Card:
        key = card.customer_id, card.card_id
        watch = Watch(
            f"replace {card.card_id}",
            lambda ledger: ledger.replace_card(key, replacement.card_id),
        )
        return self.watcher.during(
            watch, lambda: Books.order_replacement(self, card, replacement, now, told)
        )

    def activate_card(self, card: Card, now: datetime) -> CardChange:
        key = card.customer_id, card.card_id
        watch = Watch(f"activate {card.card_id}", lambda ledger: ledger.activate_card(key))
        return self.watcher.during(watch, lambda: Books.activate_card(self, card, now))

    def freeze_account(self, account: Account, now: datetime) -> Account:
        key = account.customer_id, account.account_id
        watch = Watch(f"freeze {account.account_id}", lambda ledger: ledger.freeze_account(key))
        return self.watcher.during(watch, lambda: Books.freeze_account(self, account, now))

    def open_case(self, case: Case, told: Event | None = None) -> Case:
        key = case.customer_id, case.case_id
        watch = Watch(f"case {case.case_id}", lambda ledger: ledger.open_case(key))
        return self.watcher.during(watch, lambda: Books.open_case(self, case, told))

    @property
    def quotes(self) -> QuoteDesk:
        return WatchedQuoteDesk(
            self.client, self.table, self.patience, self.chance.new_id, self.watcher
        )

    @property
    def holds(self) -> HoldDesk:
        return WatchedHoldDesk(
            self.client,
            self.table,
            self.patience,
            self.chance.shard,
            self.chance.new_id,
            self.watcher,
        )


@dataclass(frozen=True)
class WatchedQuoteDesk(QuoteDesk):
    """The production desk of quotes; what is withdrawn is announced before."""

    watcher: Watcher

    def withdraw(
        self,
        customer_id: str,
        quote_id: str,
        session_id: str,
        now: datetime,
        besides: Sequence[TransactWriteItemTypeDef] = (),
    ) -> Receipt | NotMade | Unknown:
        watch = Watch(
            f"withdraw {quote_id}",
            lambda ledger: ledger.withdraw(customer_id, quote_id, session_id),
            _told_of_payment,
            # It answers that nobody knows, too, when others were in the way each time.
            may_not_know=True,
        )
        return self.watcher.during(
            watch,
            lambda: QuoteDesk.withdraw(self, customer_id, quote_id, session_id, now, besides),
        )


@dataclass(frozen=True)
class WatchedHoldDesk(HoldDesk):
    """The production desk of holds; every request is announced before it is made."""

    watcher: Watcher

    def authorise(self, hold: Hold, now: datetime) -> Answer:
        watch = Watch(
            f"authorise {hold.hold_id}", lambda ledger: ledger.authorise(hold), _told_of_hold
        )
        return self.watcher.during(watch, lambda: HoldDesk.authorise(self, hold, now))

    def post(
        self,
        hold_id: str,
        now: datetime,
        amount: Money | None = None,
        consent: Sequence[TransactWriteItemTypeDef] = (),
    ) -> Answer:
        watch = _ending(f"post {hold_id}", hold_id, TransferState.POSTED, now, amount)
        return self.watcher.during(
            watch, lambda: HoldDesk.post(self, hold_id, now, amount, consent)
        )

    def release(
        self, hold_id: str, now: datetime, consent: Sequence[TransactWriteItemTypeDef] = ()
    ) -> Answer:
        watch = _ending(f"release {hold_id}", hold_id, TransferState.RELEASED, now)
        return self.watcher.during(watch, lambda: HoldDesk.release(self, hold_id, now, consent))

    def expire(self, hold_id: str, now: datetime) -> Answer:
        watch = _ending(f"expire {hold_id}", hold_id, TransferState.EXPIRED, now)
        return self.watcher.during(watch, lambda: HoldDesk.expire(self, hold_id, now))


def _ending(
    name: str, hold_id: str, state: TransferState, now: datetime, amount: Money | None = None
) -> Watch:
    return Watch(name, lambda ledger: ledger.end(hold_id, state, now, amount), _told_of_hold)


def _told_of_payment(outcome: Outcome | NotMade) -> object:
    if not isinstance(outcome, Receipt):
        return outcome
    return Paid(outcome.transfer_id, outcome.amount, outcome.fee, outcome.replayed, outcome.state)


def _told_of_hold(answer: Answer) -> object:
    if isinstance(answer, Authorisation):
        return Held(answer.state, answer.replayed)
    return answer
