"""A hold's beginning and its ends, each as one DynamoDB transaction: conditions, then records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum, auto
from typing import TYPE_CHECKING

from fulfillment.bank.books import AccountStatus, Card, CardStatus, Hold
from fulfillment.bank.card_limits import room_for
from fulfillment.bank.money import Money
from fulfillment.bank.payments import PaymentKind, PaymentOrder, TransferState
from fulfillment.bank.scheduled_payments import due_day_of, schedule_of
from fulfillment.store import keys
from fulfillment.store.card_spending import count_spending, uncount_spending, usable_card
from fulfillment.store.hold_items import authorisation_item, hold_item, hold_key
from fulfillment.store.items import paid_attribute
from fulfillment.store.payment_items import audit_item, count_attribute, spent_attribute
from fulfillment.store.postings import card_lines, payment_lines
from fulfillment.store.schedule_transactions import not_paid_after_all
from fulfillment.store.transactions import credit
from fulfillment.store.wire import Scalar
from fulfillment.store.writes import book, check, put_new, remove, update

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef


class HoldStep(Enum):
    """What an item of the transaction is for: the first whose condition fails is the reason."""

    CONSENT = auto()
    """The yes to exactly this ending, where one is needed, and what is decided along with it."""
    RECORD_OF_IT = auto()
    """The authorisation itself: is it new, or still pending?"""
    CARD = auto()
    CARD_LIMIT = auto()
    ACCOUNT = auto()
    DESTINATION = auto()
    CONSEQUENCE = auto()
    """The pending line, lines, limits, audit: none can fail in books that are whole."""


@dataclass(frozen=True, slots=True)
class Ending:
    """How a hold ends, by which request. `taken` is what is posted, without a payment's fee.

    `zone` is the customer's, by whose days what is taken is counted.
    `consent` are the writes that use up the yes, where the ending needs one, or that an analyst's
    decision consists of: when one of them fails, the hold does not end.
    """

    hold: Hold
    state: TransferState
    now: datetime
    attempt_id: str
    taken: Money | None = None
    shard: int = 0
    zone: str = "UTC"
    consent: tuple[TransactWriteItemTypeDef, ...] = ()

    @property
    def order(self) -> PaymentOrder | None:
        """The payment as it is posted, perhaps of less than was held."""
        if self.hold.order is None or self.taken is None:
            return self.hold.order
        return self.hold.order.of(self.taken)

    @property
    def paid(self) -> Money:
        """What leaves the account."""
        if self.taken is None:
            return Money.zero(self.hold.amount.currency)
        return self.taken + self.hold.order.fee if self.hold.order else self.taken

    @property
    def unused(self) -> Money:
        """What the day's limit has counted and the ending does not use."""
        if self.hold.order is None:
            return Money.zero(self.hold.amount.currency)
        return self.hold.order.amount - self.taken if self.taken else self.hold.order.amount


PlannedStep = tuple[HoldStep, "TransactWriteItemTypeDef"]


def plan_authorisation(
    table: str, hold: Hold, now: datetime, attempt_id: str, card: Card | None = None
) -> list[PlannedStep]:
    """Hold money for a merchant: the card works, the account is active and has it.

    With `card` as it was read, its own limits have room for it, and what is held counts.
    """
    steps = [(HoldStep.RECORD_OF_IT, put_new(table, authorisation_item(hold, "", attempt_id)))]
    if card is not None and hold.counted_on is not None:
        room = room_for(card, hold.amount)
        counted = count_spending(table, hold, card.card_id, hold.counted_on, room)
        steps.append((HoldStep.CARD, usable_card(table, hold, card)))
        steps.append((HoldStep.CARD_LIMIT, counted))
    elif hold.card_id is not None:
        usable = check(
            table,
            keys.card(hold.customer_id, hold.card_id),
            "st = :active AND aid = :account",
            {":active": CardStatus.ACTIVE, ":account": hold.account_id},
        )
        steps.append((HoldStep.CARD, usable))
    audit = audit_item(hold.customer_id, now, hold.hold_id, "authorisation", hold.hold_id)
    return [
        *steps,
        (HoldStep.ACCOUNT, _reserve(table, hold)),
        (HoldStep.CONSEQUENCE, put_new(table, hold_item(hold))),
        (HoldStep.CONSEQUENCE, put_new(table, audit)),
    ]


def plan_ending(table: str, ending: Ending) -> list[PlannedStep]:
    """Post, release or expire a pending hold: only one of them ever happens, and once."""
    steps = [(HoldStep.CONSENT, item) for item in ending.consent]
    steps += [
        (HoldStep.RECORD_OF_IT, _end_record(table, ending)),
        (HoldStep.ACCOUNT, _settle_account(table, ending)),
    ]
    order = ending.order
    posted = ending.state is TransferState.POSTED
    if posted and order is not None and order.kind is PaymentKind.OWN_TRANSFER:
        steps.append((HoldStep.DESTINATION, credit(table, order, ending.hold.hold_id)))
    return [*steps, *((HoldStep.CONSEQUENCE, item) for item in _consequences(table, ending))]


def _reserve(table: str, hold: Hold) -> TransactWriteItemTypeDef:
    return update(
        table,
        keys.account(hold.customer_id, hold.account_id),
        "SET avail = avail - :amount, held = held + :amount, ver = ver + :one, lt = :transfer",
        {
            ":amount": hold.amount.minor,
            ":one": 1,
            ":transfer": hold.hold_id,
            ":active": AccountStatus.ACTIVE,
            ":ccy": hold.amount.currency,
        },
        condition="st = :active AND ccy = :ccy AND avail >= :amount",
    )


def _end_record(table: str, ending: Ending) -> TransactWriteItemTypeDef:
    change = "SET st = :state, settled = :now, ending = :attempt"
    values: dict[str, Scalar] = {
        ":state": ending.state,
        ":pending": TransferState.PENDING,
        ":now": keys.exact_instant(ending.now),
        ":attempt": ending.attempt_id,
    }
    condition, names = "st = :pending", {}
    if ending.state is TransferState.POSTED:
        change += ", paid = :paid"
        values[":paid"] = ending.paid.minor
        condition, names = "st = :pending AND #exp > :now", {"#exp": "exp"}
    elif ending.state is TransferState.EXPIRED:
        condition, names = "st = :pending AND #exp <= :now", {"#exp": "exp"}
    key = keys.transfer(ending.hold.hold_id)
    return update(table, key, change, values, condition=condition, names=names)


def _settle_account(table: str, ending: Ending) -> TransactWriteItemTypeDef:
    """What was held is held no more. It was promised, so a frozen account pays it all the same."""
    hold, paid = ending.hold, ending.paid
    change = "SET held = held - :held, avail = avail + :rest"
    values: dict[str, Scalar] = {
        ":held": hold.amount.minor,
        ":rest": (hold.amount - paid).minor,
        ":one": 1,
        ":transfer": hold.hold_id,
    }
    if paid.minor:
        change += ", posted = posted - :paid"
        values[":paid"] = paid.minor
    return update(
        table,
        keys.account(hold.customer_id, hold.account_id),
        f"{change}, ver = ver + :one, lt = :transfer",
        values,
        condition="held >= :held",
    )


def _consequences(table: str, ending: Ending) -> Iterator[TransactWriteItemTypeDef]:
    hold, order = ending.hold, ending.order
    yield remove(table, hold_key(hold))
    rest = hold.amount - ending.paid
    if hold.card_id is not None and hold.counted_on is not None and rest.minor:
        yield uncount_spending(table, hold, hold.card_id, hold.counted_on, rest)
    if hold.order is not None and ending.unused.minor:
        yield _give_limit_back(table, hold, hold.order, ending)
        if hold.order.kind is PaymentKind.TO_PAYEE:
            yield _take_from_payee_count(table, hold.order, ending)
    schedule_id, due = schedule_of(hold.hold_id), due_day_of(hold.hold_id)
    if ending.taken is None and schedule_id is not None and due is not None:
        yield not_paid_after_all(table, hold.customer_id, schedule_id, due)
    if ending.taken is not None:
        booked_at = ending.now.astimezone(UTC).replace(microsecond=0)
        if order is not None:
            lines = payment_lines(hold.hold_id, order, booked_at, ending.shard)
        else:
            lines = card_lines(hold, ending.taken, booked_at, ending.shard)
        yield from book(table, *lines, ending.zone)
    yield put_new(
        table,
        audit_item(
            hold.customer_id,
            ending.now,
            ending.attempt_id,
            ending.state,
            hold.hold_id,
            paid=ending.paid.minor,
        ),
    )


def _take_from_payee_count(
    table: str, order: PaymentOrder, ending: Ending
) -> TransactWriteItemTypeDef:
    return update(
        table,
        keys.payee(order.customer_id, order.destination_id),
        "ADD #paid :unused",
        {":unused": -ending.unused.minor},
        names={"#paid": paid_attribute(order.amount.currency)},
    )


def _give_limit_back(
    table: str, hold: Hold, order: PaymentOrder, ending: Ending
) -> TransactWriteItemTypeDef:
    """The day on which it was held has so much less on its count."""
    made = 0 if ending.taken else 1
    return update(
        table,
        keys.day_limit(hold.customer_id, hold.placed_at.astimezone(UTC).date()),
        "ADD #spent :unused, #count :made",
        {":unused": -ending.unused.minor, ":made": -made},
        names={
            "#spent": spent_attribute(order.kind, order.amount.currency),
            "#count": count_attribute(order.kind, order.amount.currency),
        },
    )
