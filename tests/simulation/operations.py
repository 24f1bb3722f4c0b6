"""The bank's books under watch: what each request asks for, and what it should be told."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from fulfillment.bank.books import Account, Card, CardStatus
from fulfillment.bank.cards import CardChange
from fulfillment.bank.cases import Case
from fulfillment.bank.payments import Outcome, PaymentOrder, Quote, Unknown
from fulfillment.bank.reversals import Reversal, ReversalRefused
from fulfillment.bank.standing import Standing
from fulfillment.store.books import Books
from fulfillment.store.companions import ALONE, Companions
from fulfillment.store.holding import HoldDesk
from fulfillment.store.schedule_runner import ScheduleRunner, unjudged
from fulfillment.store.scheduling import ScheduleDesk
from fulfillment.store.security_events import Event
from fulfillment.store.withdrawing import QuoteDesk
from tests.simulation.desks import (
    WatchedHoldDesk,
    WatchedQuoteDesk,
    WatchedRunner,
    WatchedScheduleDesk,
    told_of_payment,
)
from tests.simulation.ledger import Ledger
from tests.simulation.plain import Reversed, Verdict
from tests.simulation.watching import Watch, Watcher

_VERIFIED = Standing()


@dataclass(frozen=True)
class WatchedBooks(Books):
    """The production facade; every request is announced before it is made."""

    watcher: Watcher = field(default=None)  # type: ignore[assignment]  # a field after defaults

    def put_quote(self, quote: Quote) -> None:
        watch = Watch("put_quote", lambda ledger: ledger.show(quote), may_fail=True)
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
            lambda ledger: ledger.pay(
                quote_id,
                order,
                session_id,
                now,
                hold_until,
                code_needed=companions.code_needed,
            ),
            told_of_payment,
            along=companions.items,
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
    def schedules(self) -> ScheduleDesk:
        return WatchedScheduleDesk(
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

    @property
    def runner(self) -> ScheduleRunner:
        """The scheduler of these books."""
        return WatchedRunner(
            self.client,
            self.table,
            self.standing_limits,
            self.patience,
            self.chance.shard,
            self.chance.new_id,
            unjudged,
            self.watcher,
        )
