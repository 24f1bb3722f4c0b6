"""Takes transactions of the feed: each is judged and booked once, however often it is delivered.

All that a transaction leads to is one DynamoDB transaction, with the receipt that a repetition
finds: the money, what the fraud features remember, the analysts' case and the customer's question.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from fulfillment.alerts.desk_policy import DeskPolicy
from fulfillment.bank.books import Card, CardStatus, Customer, Hold
from fulfillment.bank.card_limits import room_for
from fulfillment.bank.totals import day_of
from fulfillment.feed.abroad import country_not_told_of
from fulfillment.feed.booking import facts_of, hold_of, line_kind, why_not
from fulfillment.feed.suspecting import Suspicion, suspicion
from fulfillment.feed.transaction import CardPurchase, CardRefund, FeedTransaction
from fulfillment.fraud.assessing import Assessment, Assessor
from fulfillment.fraud.clearing import unless_cleared
from fulfillment.fraud.facts import PaymentFacts
from fulfillment.fraud.policy.model import Decision
from fulfillment.fraud.remembering import FraudMemory, Memory, memory_keys, memory_of
from fulfillment.store import keys
from fulfillment.store.analyst_cases import DeskCases
from fulfillment.store.bank_messages import tell
from fulfillment.store.books import Books
from fulfillment.store.card_spending import limit_met
from fulfillment.store.counting import CounterTable
from fulfillment.store.errors import BooksBusyError, BooksUnreachableError
from fulfillment.store.feed_receipts import FeedReceipt, read_receipt, receipt_key
from fulfillment.store.feed_transactions import (
    FeedStep,
    Movement,
    PlannedStep,
    plan_booking,
    plan_holding,
    plan_refusal,
)
from fulfillment.store.items import read_account, read_card, read_customer
from fulfillment.store.security_events import event_put
from fulfillment.store.sending import CONDITION_FAILED, Cancelled, Committed, send

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

    from fulfillment.store.wire import Item

_ATTEMPTS = 5
_CARDHOLDER = 2
"""The level of identity of whoever pays by card: its chip, code or wallet has verified them."""
DECLINE = "decline"


class UnknownPartyError(LookupError):
    """The sender names a customer, card or account that there is not; `field` says which."""

    def __init__(self, field: str) -> None:
        super().__init__(f"there is no such {field}")
        self.field = field


class ConflictError(ValueError):
    """The same id came with other content before: nothing was changed."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What is stored of all who are in a transaction, read at once."""

    receipt: FeedReceipt | None
    customer: Customer
    card: Card | None
    account_id: str
    memory: Memory | None
    """What the fraud features know, for a purchase."""


@dataclass(frozen=True, slots=True)
class _Judged:
    facts: PaymentFacts
    memory: Memory
    assessment: Assessment

    @property
    def decision(self) -> Decision:
        """Nobody at a till can be asked for a code: what asks for one waits for the customer."""
        challenged = self.assessment.decision is Decision.CHALLENGE
        return Decision.HOLD if challenged else self.assessment.decision

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(reason.code for reason in self.assessment.reasons))


@dataclass(frozen=True, slots=True)
class FeedDesk:
    """Works on `books`. `assessor` is asked for at the first purchase; `clock` is aware, UTC."""

    books: Books
    policy: DeskPolicy
    clock: Callable[[], datetime]
    assessor: Callable[[], Assessor]

    def take(self, sent: FeedTransaction) -> FeedReceipt:
        """What became of `sent`, now or when it came first.

        Raises `UnknownPartyError`, `ConflictError`, and `BooksBusyError` or
        `BooksUnreachableError`, after which sending it again is safe.
        """
        for _ in range(_ATTEMPTS):
            known = self._known(sent)
            if known.receipt is not None:
                return _as_before(sent, known.receipt)
            receipt = self._attempt(sent, known)
            if receipt is not None:
                return receipt
        raise BooksBusyError("others wrote to the same items at every attempt")

    def _attempt(self, sent: FeedTransaction, known: _Known) -> FeedReceipt | None:
        """None when somebody got in between."""
        now = self.clock()
        if isinstance(sent, CardPurchase):
            return self._purchase(sent, known, now)
        receipt = _receipt(sent, Decision.ALLOW, now, booked=True)
        hold = hold_of(sent, known.account_id, now, known.customer.time_zone)
        movement = self._movement(sent, hold, known, now)
        steps = plan_booking(self.books.table, movement, receipt)
        return self._write(sent, steps, receipt, known)

    def _purchase(self, sent: CardPurchase, known: _Known, now: datetime) -> FeedReceipt | None:
        card, memory = known.card, known.memory
        if card is None or memory is None or card.status is not CardStatus.ACTIVE:
            return self._decline(sent, now, known, "card_not_active")
        above = room_for(card, sent.amount.money).exceeded
        if above is not None:
            return self._decline(sent, now, known, f"card_{above}_limit")
        judged = self._judge(sent, known.customer, memory, now)
        hold = hold_of(sent, known.account_id, now, known.customer.time_zone)
        if judged.decision is Decision.ALLOW:
            receipt = _receipt(sent, Decision.ALLOW, now, booked=True)
            movement = self._movement(sent, hold, known, now)
            remembered = self._memory.writes(judged.facts, judged.assessment, judged.memory)
            steps = plan_booking(self.books.table, movement, receipt, remembered, card)
            return self._write(sent, steps, receipt, known)
        held_until = hold.expires_at if judged.decision is Decision.HOLD else None
        told = suspicion(
            sent, card, known.customer, judged.assessment, now, held_until, self.policy
        )
        receipt = _receipt(
            sent, judged.decision, now, reasons=judged.codes, case_id=told.case.case_id
        )
        steps = self._stopping(hold, judged, told, receipt, card)
        return self._write(sent, steps, receipt, known)

    def _stopping(
        self, hold: Hold, judged: _Judged, told: Suspicion, receipt: FeedReceipt, card: Card
    ) -> list[PlannedStep]:
        table, tells = self.books.table, self._tells(told)
        if judged.decision is Decision.BLOCK:
            kept = self._memory.refusal(judged.facts, judged.assessment)
            return plan_refusal(table, receipt, [*kept, *tells])
        kept = self._memory.writes(judged.facts, judged.assessment, judged.memory)
        return plan_holding(table, hold, receipt, receipt.at, [*kept, *tells], card)

    def _tells(self, told: Suspicion) -> list[TransactWriteItemTypeDef]:
        books = self.books
        return [
            event_put(books.table, told.event),
            *DeskCases(books.client, books.table, books.patience).open_writes(told.case),
            *tell(books.table, told.message),
        ]

    def _judge(
        self, sent: CardPurchase, customer: Customer, memory: Memory, now: datetime
    ) -> _Judged:
        abroad = country_not_told_of(self.books, sent, customer)
        facts = facts_of(sent, customer.time_zone, abroad)
        assessment = self.assessor().assess(facts, memory.states, _CARDHOLDER)
        return _Judged(facts, memory, unless_cleared(assessment, facts, self._memory, now))

    @property
    def _memory(self) -> FraudMemory:
        return FraudMemory(self._counters)

    @property
    def _counters(self) -> CounterTable:
        books = self.books
        return CounterTable(books.client, books.table, books.patience)

    def _movement(
        self, sent: FeedTransaction, hold: Hold, known: _Known, now: datetime
    ) -> Movement:
        shard = self.books.chance.shard(keys.SHARDS)
        return Movement(hold, line_kind(sent), now, shard, known.customer.time_zone)

    def _known(self, sent: FeedTransaction) -> _Known:
        if isinstance(sent, CardPurchase | CardRefund):
            what, party = "card", keys.card(sent.customer, sent.card)
        else:
            what, party = "account", keys.account(sent.customer, sent.account)
        wanted = [receipt_key(sent.id), keys.customer(sent.customer), party]
        if isinstance(sent, CardPurchase):
            wanted += memory_keys(sent.transfer_id, sent.customer, sent.merchant)
        receipt, customer, item, *memory = self._counters.items(wanted)
        if not customer:
            raise UnknownPartyError("customer")
        if not item:
            raise UnknownPartyError(what)
        card = read_card(item) if what == "card" else None
        return _Known(
            read_receipt(receipt) if receipt else None,
            read_customer(customer),
            card,
            card.account_id if card else read_account(item).account_id,
            memory_of(memory) if memory else None,
        )

    def _write(
        self,
        sent: FeedTransaction,
        steps: Sequence[PlannedStep],
        receipt: FeedReceipt,
        known: _Known,
    ) -> FeedReceipt | None:
        """The receipt once it is written, one that says why not, or None to look again."""
        items = [item for _, item in steps]
        answer = send(self.books.client, items, self.books.chance.new_id(), self.books.patience)
        if isinstance(answer, Committed):
            return receipt
        if not isinstance(answer, Cancelled):
            return self._after_silence(sent)
        for (step, _), reason in zip(steps, answer.reasons, strict=False):
            if reason.code != CONDITION_FAILED:
                continue
            if step is FeedStep.CARD:
                if _still_works(reason.item, known.card):
                    return None  # its limits were changed meanwhile
                return self._decline(sent, receipt.at, known, "card_not_active")
            if step is FeedStep.CARD_LIMIT and known.card is not None:
                room = room_for(known.card, sent.amount.money)
                met = limit_met(reason.item, day_of(receipt.at, known.customer.time_zone), room)
                return self._decline(sent, receipt.at, known, f"card_{met}_limit")
            if step is FeedStep.ACCOUNT:
                why = why_not(sent, read_account(reason.item) if reason.item else None)
                return self._decline(sent, receipt.at, known, why)
            return None
        return None

    def _decline(
        self, sent: FeedTransaction, now: datetime, known: _Known, why: str
    ) -> FeedReceipt | None:
        receipt = _receipt(sent, DECLINE, now, reasons=(why,))
        return self._write(sent, plan_refusal(self.books.table, receipt), receipt, known)

    def _after_silence(self, sent: FeedTransaction) -> FeedReceipt:
        [item] = self._counters.items([receipt_key(sent.id)])
        if not item:
            raise BooksUnreachableError("no answer about a transaction of the feed")
        return _as_before(sent, read_receipt(item))


def _still_works(stored: Item | None, card: Card | None) -> bool:
    if stored is None or card is None:
        return False
    now = read_card(stored)
    return now.status is CardStatus.ACTIVE and now.account_id == card.account_id


def _as_before(sent: FeedTransaction, receipt: FeedReceipt) -> FeedReceipt:
    if receipt.digest != sent.digest:
        raise ConflictError("this id was used before, for other content")
    return receipt


def _receipt(
    sent: FeedTransaction,
    decision: str,
    now: datetime,
    *,
    booked: bool = False,
    reasons: tuple[str, ...] = (),
    case_id: str | None = None,
) -> FeedReceipt:
    return FeedReceipt(
        transaction_id=sent.id,
        digest=sent.digest,
        transfer_id=sent.transfer_id,
        customer_id=sent.customer,
        decision=str(decision),
        at=now,
        booked=booked,
        reasons=reasons,
        case_id=case_id,
    )
