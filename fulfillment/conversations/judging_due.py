"""A scheduled payment is judged on its due day, by the model and policy of a payment in the chat.

Nobody is there to be asked for a code: what would ask for one waits, as at a till, for the customer
to say whether it is theirs. So whoever is in somebody's account cannot pay later what they could
not pay now. All that follows from the judgement goes with the payment, in its transaction.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from fulfillment.alerts.case_desk import case_of
from fulfillment.alerts.desk_policy import DeskPolicy
from fulfillment.bank.analyst_cases import DeskState
from fulfillment.bank.bank_messages import BankMessage, BankMessageKind
from fulfillment.bank.holds import PAYMENT_HOLD_LIFE
from fulfillment.bank.payments import PaymentOrder
from fulfillment.conversations.suspecting import suspicion
from fulfillment.fraud.assessing import Assessment, Assessor
from fulfillment.fraud.ordering import facts_of
from fulfillment.fraud.policy.model import Decision
from fulfillment.fraud.policy.reasons import ReasonCode
from fulfillment.fraud.remembering import FraudMemory
from fulfillment.store.analyst_cases import DeskCases
from fulfillment.store.bank_messages import tell
from fulfillment.store.books import Books
from fulfillment.store.companions import Companions
from fulfillment.store.counting import CounterTable
from fulfillment.store.schedule_runner import PASSED, DueRuling
from fulfillment.store.security_events import event_put

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

_AGREED = 2
"""The level of identity at which every schedule was agreed to: the customer was verified."""


@dataclass(frozen=True, slots=True)
class DueJudge:
    """Judges what is due in `books`; `assessor` is asked for at the first payment."""

    books: Books
    policy: DeskPolicy
    assessor: Callable[[], Assessor]

    def __call__(self, order: PaymentOrder, payment_id: str, now: datetime, zone: str) -> DueRuling:
        """What becomes of a payment that is due now. Raises what the books raise."""
        assessor = self.assessor()
        if not assessor.judges(order.kind):
            return PASSED
        books = self.books
        memory = FraudMemory(CounterTable(books.client, books.table, books.patience))
        facts = facts_of(order, payment_id, now, zone)
        known = memory.read(facts)
        if known.before is not None:
            # It was written with its judgement: the books find its transfer.
            return PASSED
        assessment = _unhurried(assessor.assess(facts, known.states, _AGREED))
        if assessment.decision is Decision.ALLOW:
            return DueRuling(Companions(tuple(memory.writes(facts, assessment, known))))
        if assessment.decision is Decision.BLOCK:
            event = suspicion(order, assessment, now, None)
            told = (*memory.refusal(facts, assessment), event_put(books.table, event))
            return DueRuling(blocked=told)
        held, until = replace(assessment, decision=Decision.HOLD), now + PAYMENT_HOLD_LIFE
        writes = [*memory.writes(facts, held, known), *self._asked(order, held, now, until)]
        return DueRuling(Companions(tuple(writes)), until)

    def _asked(
        self, order: PaymentOrder, held: Assessment, now: datetime, until: datetime
    ) -> list[TransactWriteItemTypeDef]:
        """The event, the case on the desk, and the customer's question."""
        books = self.books
        number = books.customer(order.customer_id).messages + 1
        event = suspicion(order, held, now, until)
        case = replace(
            case_of(event, self.policy), state=DeskState.WAITING, asked=True, question=number
        )
        message = BankMessage(
            order.customer_id,
            number,
            now,
            BankMessageKind.SCHEDULED_WAS_IT_YOU,
            amount=order.amount,
            to=order.destination_name,
            payment_id=held.payment_id,
        )
        return [
            event_put(books.table, event),
            *DeskCases(books.client, books.table, books.patience).open_writes(case),
            *tell(books.table, message),
        ]


def _unhurried(assessment: Assessment) -> Assessment:
    """Many payments in an hour are haste in a chat, and in schedules the first of the month."""
    codes = {reason.code for reason in assessment.reasons}
    if codes == {ReasonCode.VELOCITY} and not assessment.besides:
        return replace(assessment, decision=Decision.ALLOW, reasons=())
    return assessment
