"""`Books`: what conversations may ask of the bank's books, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from fulfillment.bank.books import Account, Card, CardStatus, Customer, Payee, Posting
from fulfillment.bank.cases import Case
from fulfillment.bank.limits import Limits, standard_limits
from fulfillment.bank.standing import Standing
from fulfillment.store import (
    account_status,
    cancelling,
    cases,
    history,
    holding,
    keys,
    notices,
    payee_changes,
    paying,
    payment_items,
    quotes,
    reversing,
    scheduling,
    search,
    totals,
    transactions,
    withdrawing,
)
from fulfillment.store import cards as plastic
from fulfillment.store.chance import Chance
from fulfillment.store.companions import ALONE, Companions
from fulfillment.store.errors import CustomerNotFoundError
from fulfillment.store.items import (
    read_account,
    read_card,
    read_case,
    read_customer,
    read_payee,
)
from fulfillment.store.reading import AFTER, Reader
from fulfillment.store.sending import Patience

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

    from fulfillment.bank.cards import CardChange
    from fulfillment.bank.payments import Outcome, PaymentOrder, Quote, Unknown
    from fulfillment.bank.reversals import Reversal, ReversalRefused
    from fulfillment.store.cancelling import CancelDesk
    from fulfillment.store.cards import CardDesk
    from fulfillment.store.history import TransactionPage
    from fulfillment.store.holding import HoldDesk
    from fulfillment.store.notices import NoticeBoard
    from fulfillment.store.payee_changes import PayeeDesk
    from fulfillment.store.scheduling import ScheduleDesk
    from fulfillment.store.search import Lines
    from fulfillment.store.security_events import Event
    from fulfillment.store.totals import TotalsBook
    from fulfillment.store.wire import Item
    from fulfillment.store.withdrawing import QuoteDesk


VERIFIED = Standing()
"""A verified customer in the bank's own chat."""


@dataclass(frozen=True, slots=True)
class Books:
    """The books in one DynamoDB table. Every read and write is of one customer's own things.

    A customer id must come from a verified identity. Any other id may be hostile: one that is not
    the customer's is not found, whoever else it may belong to. Every method may raise botocore's
    own errors when DynamoDB cannot be reached, unless it says what it does instead.
    """

    client: DynamoDBClient
    table: str
    standing_limits: Limits = field(default_factory=standard_limits)
    patience: Patience = field(default_factory=Patience)
    chance: Chance = field(default_factory=Chance)

    def customer(self, customer_id: str) -> Customer:
        """Who the customer is. Raises `CustomerNotFoundError`."""
        found = keys.addressable(customer_id) and self._reader.one(keys.customer(customer_id))
        if not found:
            raise CustomerNotFoundError("no such customer")
        return read_customer(found)

    def accounts(self, customer_id: str) -> list[Account]:
        """All accounts, closed ones included, with figures as of now. One query."""
        return [read_account(item) for item in self._all(customer_id, "A", "A")]

    def accounts_and_payees(self, customer_id: str) -> tuple[list[Account], list[Payee]]:
        """What a payment is checked against, in one query. Payees: active ones only."""
        accounts: list[Account] = []
        payees: list[Payee] = []
        for item in self._all(customer_id, "A", "B"):
            if item["SK"]["S"].startswith("A#"):
                accounts.append(read_account(item))
            else:
                payees.append(read_payee(item))
        return accounts, [payee for payee in payees if payee.active]

    def cards(self, customer_id: str) -> list[Card]:
        """All cards, blocked ones included. One query."""
        return [read_card(item) for item in self._all(customer_id, "K", "K")]

    def payees(self, customer_id: str) -> list[Payee]:
        """The active payees. One query."""
        payees = [read_payee(item) for item in self._all(customer_id, "B", "B")]
        return [payee for payee in payees if payee.active]

    def cases(self, customer_id: str) -> list[Case]:
        """All cases, closed ones included. One query."""
        return [read_case(item) for item in self._all(customer_id, "X", "X")]

    def recent(
        self, customer_id: str, account_id: str, limit: int, before: str | None = None
    ) -> TransactionPage:
        """Up to `limit` postings, newest first, and on the first page the pending holds.

        `before` is the `cursor` of the page before; anything else reads as the end of the list.
        """
        return history.recent(self._reader, customer_id, account_id, limit, before)

    @property
    def lines(self) -> Lines:
        """Searching a customer's own lines, at bounded cost."""
        return search.Lines(self._reader)

    @property
    def totals(self) -> TotalsBook:
        """What a customer's lines add up to, at a cost that no number of lines changes."""
        return totals.TotalsBook(self._reader)

    def postings_between(
        self, customer_id: str, account_id: str, start: datetime, end: datetime
    ) -> Iterator[Posting]:
        """Every posting booked from `start` to just before `end` (whole seconds), oldest first."""
        return history.postings_between(self._reader, customer_id, account_id, start, end)

    def limits(self, customer_id: str, now: datetime) -> Limits:
        """The limits in force and what the customer has used of them today (UTC). One read."""
        day = now.astimezone(UTC).date()
        item: Item | None = None
        if keys.addressable(customer_id):
            item = self._reader.one(keys.day_limit(customer_id, day))
        used = payment_items.read_usage(item or {}, day, self.standing_limits)
        return replace(self.standing_limits, used=used)

    def put_quote(self, quote: Quote) -> None:
        """Store what is shown for confirmation; storing the same quote again changes nothing.

        Raises `BooksError` when the id is taken by other figures or cannot be part of a key.
        """
        quotes.store_quote(self.client, self.table, quote)

    def quote(self, customer_id: str, quote_id: str, session_id: str) -> Quote | None:
        """The quote shown to this customer in this session, whatever has become of it, or None."""
        if not keys.addressable(customer_id, quote_id):
            return None
        item = self._reader.one(keys.quote(customer_id, quote_id))
        found = payment_items.read_quote(item) if item else None
        return found if found is not None and found.session_id == session_id else None

    def pay(
        self,
        quote_id: str,
        order: PaymentOrder,
        session_id: str,
        now: datetime,
        *,
        zone: str | None = None,
        hold_until: datetime | None = None,
        standing: Standing = VERIFIED,
        companions: Companions = ALONE,
    ) -> Outcome:
        """Pay what the customer has confirmed, once, in one transaction, `companions` with it.

        With `hold_until` the money is only held, and the receipt's state is `pending`: `holds`
        posts or releases it by its id, which is the quote's. `standing` is who says yes, and
        through what: a payment above its threshold needs a quote that carries a code's mark.

        `zone` is the customer's time zone, in whose days the payment is counted; it costs a read
        where it is not given.

        A repeated call answers with the first receipt, `replayed`. `Unknown` means that no answer
        came and no record of the payment is to be seen yet. Raises `BooksBusyError` when others
        wrote to the same accounts at every attempt: nothing moved, the quote is still good.
        """
        payment = transactions.Payment(
            transfer_id=quote_id,
            order=order,
            session_id=session_id,
            now=now,
            limit=self.standing_limits.ceiling(order.kind, order.amount.currency),
            shard=self.chance.shard(keys.SHARDS),
            attempt_id=self.chance.new_id(),
            zone=zone or self._zone(order.customer_id),
            hold_until=hold_until,
            standing=standing,
            companions=companions,
        )
        return paying.Cashier(self.client, self.table, self.patience).pay(payment)

    @property
    def quotes(self) -> QuoteDesk:
        """What becomes of quotes that are not paid, or may have been."""
        return withdrawing.QuoteDesk(self.client, self.table, self.patience, self.chance.new_id)

    def reverse(
        self, transfer_id: str, reason: str, by: str, now: datetime
    ) -> Reversal | ReversalRefused | Unknown:
        """Correct a movement by its opposite, once. For the bank's staff, never for a caller."""
        shard, attempt_id = self.chance.shard(keys.SHARDS), self.chance.new_id()
        corrector = reversing.Corrector(self.client, self.table, self.patience, shard, attempt_id)
        return corrector.reverse(transfer_id, reason, by, now)

    def set_card_status(self, card: Card, status: CardStatus, now: datetime) -> CardChange:
        """Freeze, thaw or block a card; `changed` is False when it was already so.

        Raises `BooksBusyError` or `BooksUnreachableError`; asking again is safe after both.
        """
        return self.card_desk.set_status(card, status, now)

    def order_replacement(
        self, card: Card, replacement: Card, now: datetime, told: Event | None = None
    ) -> Card:
        """Block `card` for good, order `replacement` and record the event `told`, all or nothing.
        Raises `BooksUnreachableError` when no answer came; asking again is safe."""
        return self.card_desk.order_replacement(card, replacement, now, told)

    def activate_card(self, card: Card, now: datetime) -> CardChange:
        """Make an ordered card work. Raises `BooksUnreachableError`; asking again is safe."""
        return self.card_desk.activate(card, now)

    def freeze_account(self, account: Account, now: datetime) -> Account:
        """Freeze an account of the customer's and return it as it is then; asking twice is safe.
        Raises `BooksUnreachableError` when no answer came."""
        token = self.chance.new_id()
        return account_status.freeze_account(
            self.client, self.table, account, now, token, self.patience
        )

    def open_case(self, case: Case, told: Event | None = None) -> Case:
        """Open `case` and record the event `told` with it, or return the case that was opened
        before under the same id. Raises `BooksUnreachableError`; asking again is safe."""
        token = self.chance.new_id()
        return cases.open_case(self.client, self.table, case, token, self.patience, told)

    @property
    def holds(self) -> HoldDesk:
        """Money that is authorised and not yet moved. For merchants and the bank, by hold id."""
        return holding.HoldDesk(
            self.client, self.table, self.patience, self.chance.shard, self.chance.new_id
        )

    @property
    def schedules(self) -> ScheduleDesk:
        """Payments for later: agreeing on them, changing and cancelling them."""
        return scheduling.ScheduleDesk(self.client, self.table, self.patience, self.chance.new_id)

    @property
    def notices(self) -> NoticeBoard:
        """What a customer has to be told."""
        return notices.NoticeBoard(self.client, self.table, self.patience)

    @property
    def payee_changes(self) -> PayeeDesk:
        """Adding, renaming and removing payees, each on a yes to what was shown."""
        return payee_changes.PayeeDesk(self.client, self.table, self.patience)

    @property
    def cancellations(self) -> CancelDesk:
        """Payments that have not gone out, and calling them back."""
        return cancelling.CancelDesk(self.client, self.table, self.holds)

    @property
    def card_desk(self) -> CardDesk:
        """What customers do with their cards, and what was spent with them."""
        return plastic.CardDesk(self.client, self.table, self.patience, self.chance.new_id)

    @property
    def _reader(self) -> Reader:
        return Reader(self.client, self.table)

    def _zone(self, customer_id: str) -> str:
        return self._reader.zone_of(customer_id) if keys.addressable(customer_id) else "UTC"

    def _all(self, customer_id: str, first: str, last: str) -> Iterator[Item]:
        if not keys.addressable(customer_id):
            return iter(())
        partition = keys.customer_partition(customer_id)
        return self._reader.between(partition, f"{first}#", f"{last}#{AFTER}")
