"""Disputing a charge: which one, why, what happens next, and a case that exists."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from fulfillment.bank.books import Account, Posting
from fulfillment.bank.cases import Case, CaseKind
from fulfillment.bank.dispute_words import reason_in
from fulfillment.bank.disputes import DisputeReason, DisputeTerms, dispute_terms
from fulfillment.conversations.charge_slots import Charge, find_charge
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.insight_lines import recent_lines
from fulfillment.conversations.odd_charges import charged_twice
from fulfillment.lex import Message, Reply, Router, Turn, card

_REASONS = {
    "I did not make it": DisputeReason.NOT_MINE,
    "Wrong amount": DisputeReason.WRONG_AMOUNT,
    "Charged twice": DisputeReason.CHARGED_TWICE,
    "Not received": DisputeReason.NOT_RECEIVED,
    "Cancelled": DisputeReason.CANCELLED,
    "Something else": DisputeReason.OTHER,
}
"""The values of the slot type DisputeReason; in another language they are its own words."""

router = Router()


@router.dialog("DisputeCharge")
def ask(turn: Turn) -> Reply:
    """Asks for the charge and the reason, then shows what will be opened."""
    if turn.denied:
        return turn.close(Desk.of(turn).say("disputes.not_opened"), fulfilled=False)
    if turn.confirmed:
        return turn.delegate()
    return _with_charge(turn, open_it=False)


@router.fulfillment("DisputeCharge")
def open_dispute(turn: Turn) -> Reply:
    return _with_charge(turn, open_it=True)


def _with_charge(turn: Turn, *, open_it: bool) -> Reply:
    _hear_reason(turn)
    twice = _reason(turn) is DisputeReason.CHARGED_TWICE
    charge = find_charge(turn, lambda accounts: _came_twice(turn, accounts) if twice else ())
    if not isinstance(charge, Charge):
        return charge
    if not open_it and _is_open_already(turn, charge):
        view = _view(Desk.of(turn), charge)
        already = Desk.of(turn).say("disputes.open_already", case_id=_case_id(charge), **view)
        return turn.close(already, fulfilled=False)
    reason = _reason(turn)
    if reason is None:
        return _ask_reason(turn, charge)
    return (_open if open_it else _confirm)(turn, charge, reason)


def _came_twice(turn: Turn, accounts: Sequence[Account]) -> list[Posting]:
    """The second line of each charge that came twice lately, unless it was disputed."""
    desk = Desk.of(turn)
    lines = recent_lines(desk, accounts)
    known = {case.about for case in desk.books.cases(desk.customer_id)}
    seconds = [lines.posting(one.second) for one in charged_twice(desk, lines)]
    return [one for one in seconds if one.posting_id not in known]


def _is_open_already(turn: Turn, charge: Charge) -> bool:
    desk = Desk.of(turn)
    return any(case.case_id == _case_id(charge) for case in desk.books.cases(desk.customer_id))


def _hear_reason(turn: Turn) -> None:
    """Customers say what is wrong in the same breath ("I was charged twice by Netflix")."""
    if turn.slots.get("reason") is not None or turn.is_fulfillment:
        return
    reason = reason_in(turn.transcript, turn.locale)
    if reason is None:
        return
    turn.slots.set("reason", next(value for value, one in _REASONS.items() if one is reason))
    # Said in answer to "which charge?", the words are the reason and name no charge.
    said = turn.slots.get("charge")
    if said is not None and said.original_value == turn.transcript:
        turn.slots.clear("charge")


def _reason(turn: Turn) -> DisputeReason | None:
    """The reason in the slot: Lex's value, a button's words, or what the words tell."""
    said = turn.slots.get("reason")
    if said is None:
        return None
    words = Desk.of(turn).speech.words
    by_button = {words(f"said.{reason}").casefold(): reason for reason in DisputeReason}
    return (
        _REASONS.get(said.best)
        or by_button.get(said.original_value.casefold())
        or reason_in(said.original_value, turn.locale)
    )


def _ask_reason(turn: Turn, charge: Charge) -> Reply:
    desk = Desk.of(turn)
    question = desk.say("disputes.why", name=charge.name)
    buttons = [desk.way(f"disputes.{one}", f"said.{one}") for one in DisputeReason][:5]
    return turn.elicit_slot("reason", question, card(desk.speech.words("disputes.reason"), buttons))


def _confirm(turn: Turn, charge: Charge, reason: DisputeReason) -> Reply:
    desk = Desk.of(turn)
    return turn.confirm(
        desk.say(
            "disputes.confirm",
            **_view(desk, charge),
            reason=desk.speech.words(f"disputes.{reason}"),
        ),
        desk.yes_or_no(desk.speech.words("disputes.card", name=charge.name), "disputes.yes"),
    )


def _open(turn: Turn, charge: Charge, reason: DisputeReason) -> Reply:
    desk = Desk.of(turn)
    terms = _terms(desk, charge)
    wanted = Case(
        case_id=_case_id(charge),
        customer_id=desk.customer_id,
        kind=CaseKind.DISPUTE,
        summary=f"disputes a charge: {reason}",
        opened_at=desk.now,
        subject=reason,
        about=charge.posting.posting_id,
        due=terms.answer_by,
        packet=terms.as_json(),
    )
    case = desk.books.open_case(wanted)
    opened = _told(desk, charge, case, terms)
    if reason is not DisputeReason.NOT_MINE:
        return turn.close(opened)
    freeze = desk.choices("disputes.protect", [desk.speech.words("disputes.freeze")])
    return turn.close(opened, desk.say("disputes.not_yours"), freeze)


def _terms(desk: Desk, charge: Charge) -> DisputeTerms:
    charged = charge.posting.booked_at.astimezone(desk.speech.zone).date()
    return dispute_terms(charge.account.kind, charged, desk.speech.today)


def _told(desk: Desk, charge: Charge, case: Case, terms: DisputeTerms) -> Message:
    """What the case promises."""
    view = {"case_id": case.case_id, **_view(desk, charge)}
    answer = desk.speech.calendar_day(terms.answer_by)
    if not terms.in_time:
        return desk.say("disputes.opened_late", **view, answer_by=answer)
    key = "disputes.opened_debit" if terms.provisional_credit else "disputes.opened_credit"
    resolved = desk.speech.calendar_day(terms.resolve_by)
    return desk.say(key, **view, answer_by=answer, resolve_by=resolved)


def _view(desk: Desk, charge: Charge) -> dict[str, object]:
    return {
        "amount": -charge.posting.amount,
        "name": charge.name,
        "day": desk.speech.day(charge.posting.booked_at),
    }


def _case_id(charge: Charge) -> str:
    """One case a charge: a repeated request, or a retried hook, finds the first."""
    return f"D-{hashlib.sha256(charge.posting.posting_id.encode()).hexdigest()[:8].upper()}"
