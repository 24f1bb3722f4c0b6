"""What a person at the bank has to do: asked for here, confirmed, and opened as a case."""

from __future__ import annotations

import hashlib
from datetime import date

from fulfillment.bank.cases import Case, CaseKind
from fulfillment.bank.disputes import business_days_after
from fulfillment.conversations.desk import Desk
from fulfillment.lex import Reply, Router, Turn

SUBJECTS = {
    "OrderChecks": "order_checks",
    "UpdateContactDetails": "update_contact_details",
    "CloseAccount": "close_account",
    "OpenAccount": "open_account",
    "RequestCreditLimit": "request_credit_limit",
    "ReplaceCard": "replace_card",
    "ChangePin": "change_pin",
}
"""The subject of the case that each intent opens."""

_ANSWERED_IN = 2
"""Business days until somebody has called back."""

router = Router()


@router.dialog(*SUBJECTS)
def ask(turn: Turn) -> Reply:
    """Says what will be passed on, and asks for a yes."""
    desk = Desk.of(turn)
    if turn.denied:
        return turn.close(desk.say("requests.not_opened"), fulfilled=False)
    if turn.confirmed:
        return turn.delegate()
    subject = SUBJECTS[turn.intent]
    return turn.confirm(
        desk.say(f"requests.confirm_{subject}"),
        desk.yes_or_no(desk.speech.words(f"requests.{subject}"), "requests.yes"),
    )


@router.fulfillment(*SUBJECTS)
def open_request(turn: Turn) -> Reply:
    """Opens the case, once a day for each subject: asking twice finds the first."""
    desk = Desk.of(turn)
    subject = SUBJECTS[turn.intent]
    today = desk.speech.today
    case = desk.books.open_case(
        Case(
            case_id=_case_id(desk.customer_id, subject, today),
            customer_id=desk.customer_id,
            kind=CaseKind.SERVICE_REQUEST,
            summary=f"asks the bank: {subject.replace('_', ' ')}",
            opened_at=desk.now,
            subject=subject,
            due=business_days_after(today, _ANSWERED_IN),
        )
    )
    return turn.close(
        desk.say(
            "requests.opened",
            case_id=case.case_id,
            subject=desk.speech.words(f"requests.{subject}"),
            due=desk.speech.calendar_day(case.due or today),
        )
    )


def _case_id(customer_id: str, subject: str, day: date) -> str:
    key = f"{customer_id}|{subject}|{day.isoformat()}"
    return f"R-{hashlib.sha256(key.encode()).hexdigest()[:8].upper()}"
