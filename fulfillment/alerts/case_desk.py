"""The analysts' desk: opens a case for each event, and carries out what is decided about it.

A decision is one transaction: the money, the case, its record, the customer's news and the label
for training come to be together or not at all. So whatever is repeated finds its own first result.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from fulfillment.alerts.desk_policy import DeskPolicy, shipped_desk_policy
from fulfillment.alerts.desk_words import HOW_IT_ENDED, told_to_the_customer
from fulfillment.alerts.events import SecurityEvent, SuspectedFraud
from fulfillment.bank.analyst_cases import (
    CUSTOMER,
    TIME,
    Act,
    DeskCase,
    Move,
    Refusal,
    Settlement,
    move,
)
from fulfillment.bank.bank_messages import OF_A_SCHEDULE, BankMessage, BankMessageKind
from fulfillment.bank.books import CardStatus
from fulfillment.bank.holds import Authorisation, HoldRefusal, HoldRefused
from fulfillment.bank.money import Money
from fulfillment.bank.payments import TransferState, Unknown
from fulfillment.bank.scheduled_payments import schedule_of
from fulfillment.store.analyst_cases import CaseEntry, DeskCases
from fulfillment.store.bank_messages import Line, hung_up, tell
from fulfillment.store.books import Books
from fulfillment.store.errors import BooksBusyError, BooksUnreachableError, CustomerNotFoundError
from fulfillment.store.fraud_labels import FraudLabel, label_put

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

_TRIES = 6
"""Others may write to the case, or to the customer's messages, between reading and writing."""


@dataclass(frozen=True, slots=True)
class Done:
    """What became of an act. `refused` says why nothing changed; `note` is for whoever acted."""

    case: DeskCase
    refused: Refusal | None = None
    note: str = ""
    told_customer: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """An act that somebody asks for. `wish_id` is the same for every repetition of the asking;
    `ended` is how the held payment of a lapse ended."""

    act: Act
    by: str
    wish_id: str
    note: str = ""
    ended: TransferState | None = None

    def as_a_lapse(self, ended: TransferState) -> Wish:
        """What comes of it when the held payment has `ended` without the desk."""
        return replace(self, act=Act.LAPSE, note=HOW_IT_ENDED[ended], ended=ended)


@dataclass(frozen=True, slots=True)
class CaseDesk:
    """Works on the books and on cases. Methods raise what the store raises; all may be repeated."""

    books: Books
    policy: DeskPolicy
    clock: Callable[[], datetime]

    @classmethod
    def on(cls, books: Books, now: datetime) -> CaseDesk:
        """The desk by its shipped rules, at one instant."""
        return cls(books, shipped_desk_policy(), lambda: now)

    @property
    def cases(self) -> DeskCases:
        return DeskCases(self.books.client, self.books.table, self.books.patience)

    def open(self, event: SecurityEvent) -> DeskCase:
        """The case of `event`, opened now or before."""
        case = case_of(event, self.policy)
        if self.cases.open(case):
            return case
        found = self.cases.find(case.customer_id, case.case_id)
        if found is None:
            raise BooksUnreachableError("a case's record is there without the case")
        return found

    def carry_out(self, case: DeskCase, wish: Wish) -> Done:
        """Do what is asked for, once; say why not when it cannot be done.

        Raises `BooksBusyError` when others got in between at every attempt, and
        `BooksUnreachableError` when no answer came: asking again is safe after both.
        """
        for _ in range(_TRIES):
            found = self.cases.find(case.customer_id, case.case_id)
            done = self._attempt(found or case, wish)
            if done is not None:
                return done
        raise BooksBusyError("the case was being changed by others at every attempt")

    def _attempt(self, case: DeskCase, wish: Wish) -> Done | None:
        two = self.policy.needs_two(case.amount)
        made = move(case, wish.act, wish.by, two)
        if isinstance(made, Refusal):
            return self._refuse(case, wish, made)
        if wish.act is Act.FREEZE_CARD:
            self._freeze_cards(case)
        lapse = self._lapse_instead(case, made, wish)
        if lapse is None:
            return self._write(case, made, wish)
        lapsed = move(case, Act.LAPSE, TIME, two_people=False)
        if isinstance(lapsed, Refusal):
            return self._refuse(case, wish, lapsed)
        return self._write(case, lapsed, lapse)

    def _write(self, case: DeskCase, made: Move, wish: Wish) -> Done | None:
        """None when somebody got in between."""
        now = self.clock()
        entry = CaseEntry(
            wish.wish_id, now, wish.by, wish.act, case.state, made.case.state, wish.note
        )
        message = self._message(made.case, wish, now)
        if message is not None and wish.act is Act.ASK_CUSTOMER:
            made = replace(made, case=replace(made.case, question=message.number))
        writes = self.cases.change_writes(case, made.case, entry)
        if message is not None:
            writes += tell(self.books.table, message, _line(made.case, wish.act))
        elif wish.act is Act.HAND_BACK and case.customer_id:
            writes.append(hung_up(self.books.table, case.customer_id))
        if made.verdict and case.payment_id:
            by = wish.by if wish.by == CUSTOMER else f"analyst:{wish.by}"
            verdict = "fraud" if made.verdict == "fraud" else "genuine"
            label = FraudLabel(case.payment_id, case.customer_id, verdict, by, now)  # type: ignore[arg-type]
            writes.append(label_put(self.books.table, label))
        done = Done(made.case, note=wish.note, told_customer=message is not None)
        if made.settlement is Settlement.NONE:
            return done if self.cases.write(writes, self.books.chance.new_id()) else None
        return self._settle(case, made, writes, done)

    def _settle(
        self,
        case: DeskCase,
        made: Move,
        writes: list[TransactWriteItemTypeDef],
        done: Done,
    ) -> Done | None:
        holds, now, hold_id = self.books.holds, self.clock(), case.payment_id or ""
        if made.settlement is Settlement.POST:
            answer = holds.post(hold_id, now, consent=writes)
        else:
            answer = holds.release(hold_id, now, consent=writes)
        if isinstance(answer, Authorisation) and not answer.replayed:
            return done
        if isinstance(answer, Unknown):
            raise BooksUnreachableError("no answer about settling a held payment")
        if isinstance(answer, HoldRefused) and answer.reason is HoldRefusal.DESTINATION_NOT_ACTIVE:
            return Done(case, Refusal.NOTHING_TO_DECIDE, "The account it goes to is not active.")
        # It came to its end a moment ago, or the case was changed: look again.
        return None

    def _lapse_instead(self, case: DeskCase, made: Move, wish: Wish) -> Wish | None:
        """What `wish` comes to when its held payment had ended; None while it waits."""
        if made.settlement is Settlement.NONE or case.payment_id is None:
            return None
        known = self.books.holds.find(case.payment_id)
        if known is None:
            return replace(wish, act=Act.LAPSE, note="There is no such held payment.")
        if known.state is not TransferState.PENDING:
            return wish.as_a_lapse(known.state)
        if made.settlement is Settlement.POST and known.hold.expires_at <= self.clock():
            return wish.as_a_lapse(TransferState.EXPIRED)
        return None

    def lapse_if_over(self, case: DeskCase, wish_id: str) -> Done | None:
        """Close a case whose held payment came to an end elsewhere; None while it waits."""
        if case.state.is_final or not case.is_held or case.payment_id is None:
            return None
        known = self.books.holds.find(case.payment_id)
        if known is None or known.state is TransferState.PENDING:
            return None
        return self.carry_out(case, Wish(Act.LAPSE, TIME, wish_id).as_a_lapse(known.state))

    def say(self, case: DeskCase, by: str, text: str, wish_id: str) -> bool:
        """Bring an analyst's words into the customer's chat, once; False when they were there.

        Nothing is said when the case has not been taken over.
        """
        for _ in range(_TRIES):
            found = self.cases.find(case.customer_id, case.case_id)
            if found is None or not found.taken_over_by:
                return False
            now = self.clock()
            entry = CaseEntry(wish_id, now, by, "said")
            customer = self.books.customer(case.customer_id)
            number, kind = customer.messages + 1, BankMessageKind.ANALYST_SAID
            message = BankMessage(case.customer_id, number, now, kind, text=text)
            writes = [
                *tell(self.books.table, message),
                self.cases.entry_put(found, entry),
            ]
            if self.cases.write(writes, self.books.chance.new_id()):
                return True
            if any(one.entry_id == wish_id for one in self.cases.history(found)):
                return False
        raise BooksBusyError("the customer was being told other things at every attempt")

    def _refuse(self, case: DeskCase, wish: Wish, why: Refusal) -> Done:
        """A wish that changes nothing is on record as well; one that was carried out before is."""
        state, note = case.state, f"refused: {why}"
        entry = CaseEntry(wish.wish_id, self.clock(), wish.by, wish.act, state, state, note)
        if self.cases.write([self.cases.entry_put(case, entry)], self.books.chance.new_id()):
            return Done(case, why)
        known = self.cases.entry(case, wish.wish_id)
        was_refused = known is None or known.note.startswith("refused: ")
        return Done(case, why if was_refused else None)

    def _freeze_cards(self, case: DeskCase) -> None:
        for card in self.books.cards(case.customer_id):
            if card.status is CardStatus.ACTIVE:
                self.books.set_card_status(card, CardStatus.FROZEN, self.clock())

    def _message(self, case: DeskCase, wish: Wish, now: datetime) -> BankMessage | None:
        kind = told_to_the_customer(case, wish.act, wish.ended)
        if kind is None or wish.by == CUSTOMER or not case.customer_id:
            return None
        try:
            customer = self.books.customer(case.customer_id)
        except CustomerNotFoundError:
            return None
        text = ""
        if kind is BankMessageKind.TAKEN_OVER:
            found = self.policy.who(wish.by)
            text = found.first_name if found else ""
        schedule_id = schedule_of(case.payment_id or "")
        if kind in OF_A_SCHEDULE and schedule_id is not None:
            schedule = self.books.schedules.find(case.customer_id, schedule_id)
            kind = OF_A_SCHEDULE[kind]
            text = schedule.due.isoformat() if schedule is not None and schedule.due else ""
        return BankMessage(
            case.customer_id,
            customer.messages + 1,
            now,
            kind,
            amount=case.amount,
            to=self.payee_of(case),
            text=text,
            payment_id=case.payment_id,
        )

    def payee_of(self, case: DeskCase) -> str:
        """Whom the payment goes to, as the customer knows them; masked where only that is known."""
        if case.is_held and case.payment_id:
            known = self.books.holds.find(case.payment_id)
            if known is not None and known.hold.order is not None:
                return known.hold.order.destination_name
        data = SecurityEvent.model_validate_json(case.event).data
        return (data.merchant or data.payee) if isinstance(data, SuspectedFraud) else ""


def case_of(event: SecurityEvent, policy: DeskPolicy) -> DeskCase:
    """The case as it is opened for `event`: the same for the same event."""
    data = event.data
    held_until, payment_id, amount, is_held = None, None, None, False
    if isinstance(data, SuspectedFraud):
        is_held = data.decision == "hold"
        payment_id, held_until = data.payment_id, data.held_until
        amount = Money(data.amount.minor, data.amount.currency)
    return DeskCase(
        case_id=event.id[:16].upper(),
        customer_id=event.customer_id or "",
        kind=event.kind,
        severity=event.severity,
        event=event.as_json(),
        opened_at=event.time,
        deadline=policy.deadline(event.severity, event.time, held_until),
        payment_id=payment_id,
        amount=amount,
        is_held=is_held,
    )


def _line(case: DeskCase, act: Act) -> Line | None:
    """With whom the customer's chat is connected after `act`; None where that stays as it is."""
    if act is Act.TAKE_OVER:
        return Line(case.case_id)
    return Line() if act is Act.HAND_BACK else None
