"""Loans: what one would cost, whether it could be borne, and an application for a person."""

from __future__ import annotations

import hashlib
import json
import re

from fulfillment.bank.cases import Case, CaseKind
from fulfillment.bank.disputes import business_days_after
from fulfillment.bank.loan_check import Check, Means, Outlook, check, most
from fulfillment.bank.loan_terms import OutOfTermsError, standard_loan_terms
from fulfillment.bank.loans import Loan
from fulfillment.bank.money import Money
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.offer_view import seen
from fulfillment.conversations.payment_slots import Question, read_amount
from fulfillment.lex import Message, Reply, Router, Turn, card
from fulfillment.lex.session import SessionModel

_ANSWERED_IN = 2
"""Business days until somebody has called back."""
_USUAL_TERM, _TERMS = 36, (24, 36, 60)
_ISO_MONTHS = re.compile(r"P(?:(\d{1,2})Y)?(?:(\d{1,3})M)?", re.ASCII)
_YEAR = 12
_ASKS_HOW_MUCH = re.compile(
    r"\bhow much (?:can|could|may|would|will)\b.*\b(?:borrow|lend|get)\b"
    r"|\bcu[aá]nto (?:dinero )?(?:puedo|podr[ií]a)\b"
    r"|\bcu[aá]nto (?:dinero )?me (?:pueden|podr[ií]an|prestan|prestar[ií]an)\b",
    re.IGNORECASE,
)
_OUTLOOKS = {
    Outlook.FITS: "loans.fits",
    Outlook.TOO_MUCH: "loans.too_much",
}

router = Router()


class LastLoan(SessionModel):
    """The loan that was reckoned last: display state, which an application begins with."""

    loan_minor: int | None = None
    loan_months: int | None = None


@router.dialog("EstimateLoan")
@router.fulfillment("EstimateLoan")
def estimate(turn: Turn) -> Reply:
    """All its figures, and how it stands beside what is left of a month."""
    desk = Desk.of(turn)
    if turn.slots.get("amount") is None and _ASKS_HOW_MUCH.search(turn.transcript):
        return _how_much(turn)
    wanted = _wanted(turn)
    if isinstance(wanted, Reply):
        return wanted
    turn.remember(LastLoan(loan_minor=wanted.amount.minor, loan_months=wanted.months))
    outlook = _check(desk, wanted)
    told = [*_figures(desk, wanted), _outlook(desk, outlook)]
    return turn.close(*told, _ways(desk))


@router.dialog("ApplyForLoan")
def ask_to_apply(turn: Turn) -> Reply:
    """The figures first: an application is for exactly what was shown."""
    desk = Desk.of(turn)
    if turn.denied:
        return turn.close(desk.say("loans.not_passed_on"), fulfilled=False)
    if turn.confirmed:
        return turn.delegate()
    _begin_with_the_last(turn)
    wanted = _wanted(turn)
    if isinstance(wanted, Reply):
        return wanted
    title = desk.speech.words("loans.application")
    return turn.confirm(
        *_figures(desk, wanted),
        desk.say("loans.ask_to_pass_on"),
        desk.yes_or_no(title, "loans.yes_pass_on"),
    )


@router.fulfillment("ApplyForLoan")
def apply(turn: Turn) -> Reply:
    """A case with its packet, once for each amount, term and day: asking twice finds the first."""
    desk = Desk.of(turn)
    wanted = _wanted(turn)
    if isinstance(wanted, Reply):
        return wanted
    today = desk.speech.today
    case = desk.books.open_case(
        Case(
            case_id=_case_id(desk.customer_id, wanted, today.isoformat()),
            customer_id=desk.customer_id,
            kind=CaseKind.SERVICE_REQUEST,
            summary="applies for a personal loan; the packet has its figures and the pre-check",
            opened_at=desk.now,
            subject="loan_application",
            due=business_days_after(today, _ANSWERED_IN),
            packet=json.dumps(_packet(wanted, _check(desk, wanted)), sort_keys=True),
        )
    )
    due = desk.speech.calendar_day(case.due or today)
    return turn.close(desk.say("loans.passed_on", case_id=case.case_id, due=due))


def _wanted(turn: Turn) -> Loan | Reply:
    """The loan that the slots name, or the question for what is missing or is not lent."""
    desk, terms = Desk.of(turn), standard_loan_terms()
    amount = read_amount(turn, terms.currency, [])
    if isinstance(amount, Question):
        return amount.ask(turn)
    if amount is None:
        return turn.elicit_slot("amount", desk.say("loans.how_much"))
    if not terms.least <= amount <= terms.most:
        limits = desk.say("loans.amounts", low=terms.least, high=terms.most)
        return turn.ask_again("amount", limits)
    said = turn.slots.get("term")
    if said is None:
        return turn.elicit_slot("term", desk.say("loans.how_long"), _terms(desk))
    months = months_of(said.best)
    if months is None:
        return turn.ask_again("term", desk.say("loans.how_long"), _terms(desk))
    try:
        return terms.loan(amount, months)
    except OutOfTermsError:
        limits = desk.say("loans.terms", total=terms.shortest, months=terms.longest)
        return turn.ask_again("term", limits, _terms(desk))


def months_of(duration: str) -> int | None:
    """Months of an ISO 8601 duration in whole years and months; None for any other.

    >>> months_of("P3Y")
    36
    """
    found = _ISO_MONTHS.fullmatch(duration)
    years, months = (int(part or 0) for part in found.groups()) if found else (0, 0)
    return years * _YEAR + months or None


def _begin_with_the_last(turn: Turn) -> None:
    """ "Apply for it": the loan that was reckoned last, unless the words name another."""
    last = turn.session_as(LastLoan)
    if last.loan_minor is None or last.loan_months is None or turn.slots.get("amount") is not None:
        return
    amount = Money(last.loan_minor, standard_loan_terms().currency)
    turn.slots.set("amount", f"{amount.amount} {amount.currency}")
    if turn.slots.get("term") is None:
        turn.slots.set("term", f"P{last.loan_months}M")


def _how_much(turn: Turn) -> Reply:
    """The most that what is left of a month bears."""
    desk, terms = Desk.of(turn), standard_loan_terms()
    means = _means(desk)
    if means.in_hardship or means.months < terms.months_of_history:
        key = "loans.hardship" if means.in_hardship else "loans.unknown"
        return turn.close(desk.say(key), _person(desk))
    left = Money(max(0, means.left_over), terms.currency)
    largest = most(terms, _USUAL_TERM, means)
    if largest is None:
        return turn.close(desk.say("loans.nothing_bearable", left=left), _person(desk))
    told = desk.say("loans.most", amount=largest, months=_USUAL_TERM, left=left)
    return turn.close(told)


def _means(desk: Desk) -> Means:
    profile, customer = seen(desk), desk.customer
    return Means(
        profile.left_over,
        len(profile.months),
        bool(profile.signs),
        customer.born,
        customer.residence,
    )


def _check(desk: Desk, loan: Loan) -> Check:
    terms = standard_loan_terms()
    return check(terms, loan.amount, loan.months, _means(desk), desk.speech.today)


def _figures(desk: Desk, loan: Loan) -> list[Message]:
    """Every figure of it in words, whatever a picture may show besides."""
    first = desk.say(
        "loans.instalments",
        amount=loan.amount,
        months=loan.months,
        payment=loan.instalment,
        then=loan.last,
    )
    cost = desk.say(
        "loans.cost",
        rate=loan.rate,
        apr=loan.apr,
        interest=loan.interest,
        fee=loan.fee,
        paid=loan.paid_out,
        after=loan.repaid,
        usual=loan.cost,
    )
    return [first, cost]


def _outlook(desk: Desk, found: Check) -> Message:
    if found.outlook in _OUTLOOKS:
        return desk.say(_OUTLOOKS[found.outlook], payment=found.stressed, left=found.bearable)
    keys = {
        Outlook.HARDSHIP: "loans.hardship",
        Outlook.LIMITS: "loans.limits",
        Outlook.UNKNOWN: "loans.unknown",
    }
    return desk.say(keys[found.outlook])


def _packet(loan: Loan, found: Check) -> dict[str, object]:
    """What the person who decides begins with: figures only, no words of the customer's."""
    return {
        "currency": loan.amount.currency,
        "amount": loan.amount.minor,
        "months": loan.months,
        "rate": str(loan.rate),
        "apr": str(loan.apr),
        "fee": loan.fee.minor,
        "instalment": loan.instalment.minor,
        "cost": loan.cost.minor,
        "precheck": found.outlook,
        "stressed_instalment": found.stressed.minor,
        "bearable": found.bearable.minor,
        "limit": found.limit,
    }


def _case_id(customer_id: str, loan: Loan, day: str) -> str:
    key = f"{customer_id}|loan|{loan.amount.minor}|{loan.months}|{day}"
    return f"L-{hashlib.sha256(key.encode()).hexdigest()[:8].upper()}"


def _terms(desk: Desk) -> Message:
    shown = [desk.speech.words("loans.months", months=one) for one in _TERMS]
    return desk.choices("loans.terms_title", shown)


def _ways(desk: Desk) -> Message:
    shown = [desk.speech.words("loans.apply_button"), desk.speech.words("loans.picture_button")]
    return card(desk.speech.words("offers.what_next"), [(one, one) for one in shown])


def _person(desk: Desk) -> Message:
    said = desk.speech.words("offers.talk")
    return card(desk.speech.words("offers.what_next"), [(said, said)])
