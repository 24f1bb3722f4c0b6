"""What has become of a customer's cases, and reports of a scam."""

from __future__ import annotations

from fulfillment.bank.cases import Case, CaseKind, CaseStatus
from fulfillment.bank.disputes import business_days_after
from fulfillment.conversations.desk import Desk
from fulfillment.lex import Reply, Router, Turn

_SHOWN = 5

router = Router()


@router.dialog("CheckCases")
@router.fulfillment("CheckCases")
def tell_cases(turn: Turn) -> Reply:
    """The open cases, the newest first; the last closed ones when none is open."""
    desk = Desk.of(turn)
    cases = sorted(desk.books.cases(desk.customer_id), key=lambda c: c.opened_at, reverse=True)
    if not cases:
        return turn.close(desk.say("cases.nothing_there"))
    current = [case for case in cases if case.status is CaseStatus.OPEN]
    lines = [_line(desk, case) for case in (current or cases)[:_SHOWN]]
    return turn.close(desk.say("cases.open" if current else "cases.closed", lines=lines))


@router.dialog("ReportScam")
@router.fulfillment("ReportScam")
def report_scam(turn: Turn) -> Reply:
    """Opened at once, without a confirmation: whoever is being defrauded has no time for one."""
    desk = Desk.of(turn)
    case = desk.books.open_case(
        Case(
            case_id=f"S-{desk.deps.new_id()[:8].upper()}",
            customer_id=desk.customer_id,
            kind=CaseKind.SCAM_REPORT,
            summary="reports a scam",
            opened_at=desk.now,
            subject="scam",
            due=business_days_after(desk.speech.today, 1),
        )
    )
    next_steps = desk.choices(
        "cases.protect", [desk.speech.words("disputes.freeze"), desk.speech.words("cases.recent")]
    )
    return turn.close(
        desk.say("cases.scam_opened", case_id=case.case_id),
        desk.say("cases.scam_advice"),
        next_steps,
    )


def _line(desk: Desk, case: Case) -> dict[str, object]:
    return {
        "case_id": case.case_id,
        "what": desk.speech.words(f"cases.{case.kind}"),
        "day": desk.speech.day(case.opened_at),
        "due": desk.speech.calendar_day(case.due) if case.due else None,
    }
