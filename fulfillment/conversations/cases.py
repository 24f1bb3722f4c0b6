"""What has become of a customer's cases, and reports of a scam."""

from __future__ import annotations

import hashlib

from fulfillment.alerts.case_desk import CaseDesk
from fulfillment.bank.analyst_cases import DeskCase
from fulfillment.bank.cases import Case, CaseKind, CaseStatus
from fulfillment.bank.disputes import business_days_after, read_terms
from fulfillment.conversations import insight_lines, insight_words, refunds
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.telling_the_desk import scam_reported
from fulfillment.lex import Message, Reply, Router, Turn

_SHOWN = 5
_EXPLAINED = 3
"""Of how many disputes the rules are told, a message each."""
_RULES = {
    (True, False): "cases.dispute_debit",
    (True, True): "cases.dispute_debit_overdue",
    (False, False): "cases.dispute_credit",
    (False, True): "cases.dispute_credit_overdue",
}
"""What is told, by whether the money is given back meanwhile, and whether its day is over."""

router = Router()


@router.dialog("CheckCases")
@router.fulfillment("CheckCases")
def tell_cases(turn: Turn) -> Reply:
    """The open cases, the newest first; the last closed ones when none is open. "Where is my
    refund" of somebody without a case asks for what the lines show."""
    desk = Desk.of(turn)
    cases = _newest_first(desk)
    if not cases:
        focus = insight_words.focus_in(turn.transcript, turn.locale)
        if focus in (insight_words.Focus.REFUNDS, insight_words.Focus.MISSING):
            recent = insight_lines.recent_lines(desk, desk.open_accounts())
            return refunds.tell_missing(turn, desk, recent)
        return turn.close(desk.say("cases.nothing_there"))
    current = [case for case in cases if _is_open(case)]
    lines = [_line(desk, case) for case in (current or cases)[:_SHOWN]]
    told = desk.say("cases.open" if current else "cases.closed", lines=lines)
    return turn.close(told, *_rules(desk, current[:_SHOWN]))


def _rules(desk: Desk, cases: list[Case | DeskCase]) -> list[Message]:
    """What the law gives the customer in each open dispute, and whether its day is over."""
    found = [_rule(desk, case) for case in cases if isinstance(case, Case)]
    return [rule for rule in found if rule is not None][:_EXPLAINED]


def _rule(desk: Desk, case: Case) -> Message | None:
    terms = read_terms(case.packet) if case.kind is CaseKind.DISPUTE else None
    if terms is None:
        return None
    view = {"case_id": case.case_id, "answer_by": desk.speech.calendar_day(terms.answer_by)}
    if not terms.in_time:
        return desk.say("cases.dispute_late", **view)
    rule = _RULES[terms.provisional_credit, desk.speech.today > terms.answer_by]
    return desk.say(rule, **view, resolve_by=desk.speech.calendar_day(terms.resolve_by))


def _newest_first(desk: Desk) -> list[Case | DeskCase]:
    """The customer's own cases, and those of the fraud team about a payment of theirs."""
    about_payments = [
        case
        for case in CaseDesk.on(desk.books, desk.now).cases.of_customer(desk.customer_id)
        if case.payment_id
    ]
    cases: list[Case | DeskCase] = [*desk.books.cases(desk.customer_id), *about_payments]
    return sorted(cases, key=lambda case: case.opened_at, reverse=True)


def _is_open(case: Case | DeskCase) -> bool:
    if isinstance(case, DeskCase):
        return not case.state.is_final
    return case.status is CaseStatus.OPEN


@router.dialog("ReportScam")
@router.fulfillment("ReportScam")
def report_scam(turn: Turn) -> Reply:
    """Opened at once, without a confirmation: whoever is being defrauded has no time for one."""
    desk = Desk.of(turn)
    wanted = Case(
        case_id=_scam_id(desk, turn.session_id),
        customer_id=desk.customer_id,
        kind=CaseKind.SCAM_REPORT,
        summary="reports a scam",
        opened_at=desk.now,
        subject="scam",
        due=business_days_after(desk.speech.today, 1),
    )
    case = desk.books.open_case(wanted, scam_reported(wanted))
    next_steps = desk.choices(
        "cases.protect", [desk.speech.words("disputes.freeze"), desk.speech.words("cases.recent")]
    )
    return turn.close(
        desk.say("cases.scam_opened", case_id=case.case_id),
        desk.say("cases.scam_advice"),
        next_steps,
    )


def _scam_id(desk: Desk, session_id: str) -> str:
    """One report a session and day: a retried one finds the first."""
    key = f"{desk.customer_id}|{session_id}|{desk.speech.today.isoformat()}|scam"
    return f"S-{hashlib.sha256(key.encode()).hexdigest()[:8].upper()}"


def _line(desk: Desk, case: Case | DeskCase) -> dict[str, object]:
    if isinstance(case, DeskCase):
        to = CaseDesk.on(desk.books, desk.now).payee_of(case)
        what = desk.speech.words(
            "cases.checked_payment", amount=case.amount, to=to, state=case.state
        )
        day = desk.speech.day(case.opened_at)
        return {"case_id": case.case_id, "what": what, "day": day, "due": None}
    return {
        "case_id": case.case_id,
        "what": desk.speech.words(f"cases.{case.kind}"),
        "day": desk.speech.day(case.opened_at),
        "due": desk.speech.calendar_day(case.due) if case.due else None,
    }
