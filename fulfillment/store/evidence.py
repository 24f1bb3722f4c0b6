"""What every item of the table says about money, added up: the material of an audit."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from fulfillment.bank.books import Account, Payee, Posting
from fulfillment.bank.exchange import exchanged
from fulfillment.bank.money import Money
from fulfillment.bank.payments import PaymentKind, TransferState
from fulfillment.bank.scheduled_payments import ScheduledPayment
from fulfillment.store import keys
from fulfillment.store.card_spending import day_attribute
from fulfillment.store.errors import CorruptItemError
from fulfillment.store.hold_items import CARD
from fulfillment.store.items import read_account, read_payee, read_posting
from fulfillment.store.order_items import read_exchange
from fulfillment.store.payment_items import CONSUMED, count_attribute, spent_attribute
from fulfillment.store.reversal_items import REVERSAL
from fulfillment.store.schedule_items import read_schedule
from fulfillment.store.schedule_transactions import SCHEDULE_RECORD
from fulfillment.store.totals_items import Place, additions_on, names_to_note
from fulfillment.store.wire import Record

if TYPE_CHECKING:
    from fulfillment.store.wire import Item

Owner = str
"""Whose a booked line is: the partition of a customer's account, or one of the bank's own."""


OpenHold = tuple[Owner, str, int]
"""Where money is held, its currency, and how much of it in minor units."""

_RECORDS_OF_TRANSFERS = ("payment", "authorisation", "reversal")
_NOT_COUNTED = (CARD, REVERSAL)


@dataclass(frozen=True, slots=True)
class TransferRecord:
    """A transfer item's figures, in minor units, and what they must have led to.

    `amount` is what the limit of `day` counts: nothing for a merchant's authorisation, which has no
    `kind`, and nothing once it was given back. `held` is what is to be seen as pending.
    """

    customer_id: str
    kind: PaymentKind | None
    currency: str
    day: str
    amount: int
    expected: dict[Owner, int]
    held: OpenHold | None
    is_counted: bool
    is_posted: bool
    reverses: str | None
    payee_id: str | None = None
    spending: tuple[str, str, str, int] | None = None
    """Of a card: whose, the month's item and the day's place in it, and how much in minor units."""


@dataclass(slots=True)
class Evidence:
    """Sums are in minor units. Memory grows with the accounts and the payments, not with the
    lines of opening books."""

    accounts: dict[Owner, Account] = field(default_factory=dict)
    postings: int = 0
    posted: Counter[tuple[Owner, str]] = field(default_factory=Counter)
    held: Counter[tuple[Owner, str]] = field(default_factory=Counter)
    totals: Counter[str] = field(default_factory=Counter)
    shards: dict[tuple[Owner, int], int] = field(default_factory=dict)
    shard_lines: Counter[tuple[Owner, int]] = field(default_factory=Counter)
    open_holds: dict[str, OpenHold] = field(default_factory=dict)
    transfers: dict[str, TransferRecord] = field(default_factory=dict)
    lines: defaultdict[str, Counter[Owner]] = field(default_factory=lambda: defaultdict(Counter))
    quotes: dict[str, bool] = field(default_factory=dict)
    """Quote id to whether it is consumed."""
    audited: set[str] = field(default_factory=set)
    payees: dict[tuple[str, str], Payee] = field(default_factory=dict)
    """Customer id and payee id to the payee."""
    buckets: dict[tuple[str, str], Record] = field(default_factory=dict)
    """Customer id and day to the day's limit bucket."""
    schedules: dict[str, ScheduledPayment] = field(default_factory=dict)
    agreed: set[str] = field(default_factory=set)
    """Ids of the schedules that an audit entry tells of."""
    loads: dict[str, str] = field(default_factory=dict)
    loaded: set[str] = field(default_factory=set)
    counted: dict[Place, dict[str, int]] = field(default_factory=dict)
    """The stored tallies of months, days and parties."""
    to_count: defaultdict[Place, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    """The same tallies, made of the lines."""
    known_names: defaultdict[Place, set[str]] = field(default_factory=lambda: defaultdict(set))
    names: defaultdict[Place, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Whom the lines name, by the item in which the name must be known."""
    card_spending: dict[tuple[str, str], dict[str, int]] = field(default_factory=dict)
    """The stored counts of a card's months."""
    unreadable: list[str] = field(default_factory=list)

    def take(self, item: Item) -> None:
        """Count one item in. Items of no monetary meaning are passed over."""
        try:
            self._take(Record(item), item)
        except (CorruptItemError, ValueError) as error:
            key = " / ".join(str(item.get(name, {}).get("S", "?")) for name in ("PK", "SK"))
            self.unreadable.append(f"item {key} cannot be read: {error}")

    def _take(self, record: Record, item: Item) -> None:
        partition, sort = record.text("PK"), record.text("SK")
        family = partition.partition("#")[0]
        letter = sort.partition("#")[0]
        if family == "T":
            self._take_transfer(record)
        elif family == "BANK":
            self._take_bank_item(record, partition, letter)
        elif family == "LOAD":
            self.loads[record.tail("PK")] = record.text("st")
        elif family == "C" and "#A#" in partition:
            self._take_line(record, partition, letter, item)
        elif family == "C":
            self._take_customer_item(record, letter, item)

    def _take_customer_item(self, record: Record, letter: str, item: Item) -> None:
        customer_id = record.tail("PK")
        if letter == "A":
            account = read_account(item)
            self.accounts[keys.account_partition(customer_id, account.account_id)] = account
        elif letter == "Q":
            self.quotes[record.tail("SK")] = record.text("st") == CONSUMED
        elif letter == "B":
            self.payees[customer_id, record.tail("SK")] = read_payee(item)
        elif letter == "O":
            schedule = read_schedule(item)
            self.schedules[schedule.schedule_id] = schedule
        elif letter == "L":
            self.buckets[customer_id, record.tail("SK")] = record
        elif letter == "Z" and record.text("what") in _RECORDS_OF_TRANSFERS:
            self.audited.add(record.text("subject"))
        elif letter in ("TM", "TD", "TP", "TN", "KS"):
            self._take_counts(record, letter, item)
        elif letter == "Z" and record.text("what") == SCHEDULE_RECORD:
            self.agreed.add(record.text("subject"))

    def _take_counts(self, record: Record, letter: str, item: Item) -> None:
        place = record.text("PK"), record.text("SK")
        if letter == "TN":
            self.known_names[place].update(item["parties"].get("SS", ()))
            return
        counts = {name: record.number(name) for name in item if name not in ("PK", "SK")}
        if letter == "KS":
            self.card_spending[record.tail("PK"), place[1]] = counts
        else:
            self.counted[place] = counts

    def _take_line(self, record: Record, partition: str, letter: str, item: Item) -> None:
        if letter == "E":
            amount, currency = self._book(record, partition)
            self._count(read_posting(item), date.fromisoformat(record.text("day")))
            self.posted[partition, currency] += amount
        elif letter == "H":
            amount, currency = record.number("amt"), record.text("ccy")
            self.held[partition, currency] += amount
            self.open_holds[record.tail("SK")] = partition, currency, amount

    def _count(self, line: Posting, day: date) -> None:
        for place, tally in additions_on([(line, day)]).items():
            self.to_count[place].update(tally)
        for place, names in names_to_note([line]).items():
            self.names[place].update(names)

    def _take_bank_item(self, record: Record, partition: str, letter: str) -> None:
        owner, shard = keys.bank_account_of(partition)
        if letter == "S":
            self.shards[owner, shard] = record.number("posted")
        elif letter == "E":
            amount, _ = self._book(record, owner)
            self.shard_lines[owner, shard] += amount

    def _book(self, record: Record, owner: Owner) -> tuple[int, str]:
        amount, currency = record.number("amt"), record.text("ccy")
        self.postings += 1
        self.totals[currency] += amount
        load_id = record.optional_text("load")
        if load_id is not None:
            self.loaded.add(load_id)
        else:
            self.lines[record.text("tid")][owner] += amount
        return amount, currency

    def _take_transfer(self, record: Record) -> None:
        state = TransferState(record.text("st"))
        written = record.text("kind")
        kind = None if written in _NOT_COUNTED else PaymentKind(written)
        reverses = record.text("of") if written == REVERSAL else None
        customer_id, currency = record.text("cid"), record.text("ccy")
        source = keys.account_partition(customer_id, record.text("src"))
        held = record.number("amt") + record.number("fee")
        moved = record.number("amt")
        if state is TransferState.POSTED and record.optional_text("exp") is not None:
            moved = record.number("paid") - record.number("fee")
        posted = state is TransferState.POSTED
        is_open = state is TransferState.PENDING
        load_id = record.optional_text("load")
        if load_id is not None:
            # What opening books hold was authorised before there was anybody to record it.
            self.loaded.add(load_id)
            self.audited.add(record.tail("PK"))
        self.transfers[record.tail("PK")] = TransferRecord(
            customer_id=customer_id,
            kind=kind,
            currency=currency,
            day=record.text("at")[:10],
            amount=moved,
            expected=_expected_lines(record, source, moved) if posted else {},
            held=(source, currency, held) if is_open else None,
            is_counted=posted or is_open,
            is_posted=posted,
            reverses=reverses,
            payee_id=record.text("dst") if kind is PaymentKind.TO_PAYEE else None,
            spending=_spending(record, moved if posted or is_open else 0),
        )


def _expected_lines(record: Record, source: Owner, amount: int) -> dict[Owner, int]:
    currency, fee = record.text("ccy"), record.number("fee")
    kind = record.text("was") if record.text("kind") == REVERSAL else record.text("kind")
    expected = Counter({source: -(amount + fee)})
    if kind == PaymentKind.OWN_TRANSFER:
        arrives = amount
        exchange = read_exchange(record)
        if exchange is not None:
            # All of it as it was agreed; a part of it at the same rate.
            arrives = exchanged(Money(amount, currency), exchange.rate).received.minor
            expected[keys.bank_account(keys.EXCHANGE, currency)] += amount
            expected[keys.bank_account(keys.EXCHANGE, exchange.rate.buys)] -= arrives
        expected[keys.account_partition(record.text("cid"), record.text("dst"))] += arrives
    else:
        expected[keys.bank_account(keys.CLEARING, currency)] += amount
    if fee:
        expected[keys.bank_account(keys.FEES, currency)] += fee
    sign = -1 if record.text("kind") == REVERSAL else 1
    return {owner: sign * minor for owner, minor in expected.items()}


def _spending(record: Record, minor: int) -> tuple[str, str, str, int] | None:
    counted = record.optional_text("counted")
    if counted is None:
        return None
    day = date.fromisoformat(counted)
    key = keys.card_spending(record.text("cid"), record.text("card"), day)
    return record.text("cid"), key["SK"], day_attribute(day), minor


def used_of(record: Record | None, kind: PaymentKind, currency: str) -> tuple[int, int]:
    """What a day's bucket says was spent, in minor units, and how often; zeros without one."""
    if record is None:
        return 0, 0
    return (
        record.number_or_zero(spent_attribute(kind, currency)),
        record.number_or_zero(count_attribute(kind, currency)),
    )
