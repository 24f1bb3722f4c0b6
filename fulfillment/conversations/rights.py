"""Complaints, and the promise that words which invoke a right always open a case.

Whatever the ears made of such a sentence, and whatever became of the task it began, the bank has
been notified: a case exists, with the day by which it has to be answered.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

from fulfillment.bank import disputes
from fulfillment.bank.books import AccountKind
from fulfillment.bank.cases import Case, CaseKind
from fulfillment.bank.rights import Right, right_in
from fulfillment.conversations.desk import Desk
from fulfillment.lex import Message, Reply, Router, Turn
from fulfillment.lex.resolver import Handler

COMPLAINT_ANSWERED_IN = 15
"""Business days; Directive (EU) 2015/2366 (PSD2), Art. 101(2), and the CFPB's own 15 days."""
_OPEN_THEIR_OWN = frozenset({"DisputeCharge", "MakeComplaint", "ReportScam", "ReportLostCard"})
"""Intents that end in a case of their own, unless they fail."""

router = Router()


@router.dialog("MakeComplaint")
@router.fulfillment("MakeComplaint")
def complain(turn: Turn) -> Reply:
    """Opened at once: nobody has to confirm that they are unhappy."""
    desk = Desk.of(turn)
    case = _open(desk, Right.COMPLAINT)
    return turn.close(_told(desk, case, "rights.complaint_opened"))


def notice_rights(turn: Turn, proceed: Handler) -> Reply:
    """Middleware: opens the case that a right's words ask for, if the turn did not do so itself."""
    reply = proceed(turn)
    right = right_in(turn.transcript, turn.locale)
    desk = Desk.of(turn)
    if right is None or not desk.identity.is_verified or not _left_open(turn, reply):
        return reply
    case = _open(desk, right)
    told = _told(desk, case, f"rights.{right}_noted")
    return replace(reply, messages=(told, *reply.said, *reply.shown))


def _left_open(turn: Turn, reply: Reply) -> bool:
    """Whether the turn opens no case itself and is not on its way to one."""
    if turn.intent not in _OPEN_THEIR_OWN:
        return True
    return reply.action == "Close" and reply.intent_state == "Failed" and not turn.denied


def _open(desk: Desk, right: Right) -> Case:
    """One case a right and day: said twice, the first is found."""
    today = desk.speech.today
    is_dispute = right is Right.DISPUTE
    return desk.books.open_case(
        Case(
            case_id=_case_id(desk.customer_id, right, today),
            customer_id=desk.customer_id,
            kind=CaseKind.DISPUTE if is_dispute else CaseKind.COMPLAINT,
            summary=f"invokes the right to a {right} in conversation; ask what it is about",
            opened_at=desk.now,
            subject="notice",
            due=disputes.dispute_terms(AccountKind.CHECKING, today, today).answer_by
            if is_dispute
            else disputes.business_days_after(today, COMPLAINT_ANSWERED_IN),
        )
    )


def _told(desk: Desk, case: Case, key: str) -> Message:
    due = desk.speech.calendar_day(case.due or desk.speech.today)
    return desk.say(key, case_id=case.case_id, due=due)


def _case_id(customer_id: str, right: Right, day: date) -> str:
    key = f"{customer_id}|{right}|{day.isoformat()}"
    return f"N-{hashlib.sha256(key.encode()).hexdigest()[:8].upper()}"
