"""The customer's own word on a payment they were asked about: "it was me", or "it wasn't me".

Which payment is meant is known from what the bank asked and the customer heard, both of which stand
in the table. Nothing that a caller can write (slots, attributes, ids) chooses it.
"""

from __future__ import annotations

from dataclasses import replace

from fulfillment.alerts.case_desk import CaseDesk, Wish
from fulfillment.bank.analyst_cases import CUSTOMER, Act, DeskCase, DeskState, meant_question
from fulfillment.conversations import shown_charges
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.digressions import Digressions
from fulfillment.conversations.not_mine import (
    Stopped,
    data_of,
    freeze_cards_of,
    stopped,
    take_payee_off,
)
from fulfillment.conversations.trying_again import InTheWay, in_the_way
from fulfillment.lex import Message, Reply, Router, Turn
from fulfillment.store.analyst_cases import CaseEntry

ASKED_AGAIN = "asked_again"
_YES = frozenset({Act.RELEASE, Act.NOT_FRAUD})
_NO = frozenset({Act.DECLINE})

router = Router()


@router.dialog("ConfirmItWasMe")
@router.fulfillment("ConfirmItWasMe")
def it_was_me(turn: Turn) -> Reply:
    """Lets the payment go that was asked about, and remembers that it was genuine."""
    desk = Desk.of(turn)
    cases = _cases(desk)
    meant, open_ones = meant_question(cases, desk.customer.heard)
    if meant is None:
        return _otherwise(turn, cases, open_ones, _YES)
    act = Act.RELEASE if meant.is_held else Act.NOT_FRAUD
    done = _desk(desk).carry_out(meant, Wish(act, CUSTOMER, f"customer-{meant.question}"))
    return turn.close(_told_yes(desk, done.case), *_next(turn, open_ones, meant))


@router.dialog("DenyItWasMe")
@router.fulfillment("DenyItWasMe")
def it_was_not_me(turn: Turn) -> Reply:
    """Freezes the card at once, stops the payment and, if it has one, its payee, and remembers that
    it was fraud.
    """
    desk = Desk.of(turn)
    cases = _cases(desk)
    meant, open_ones = meant_question(cases, desk.customer.heard)
    if meant is None:
        # Before anything is asked: whichever of them it is, the card is in somebody else's hands.
        for case in open_ones:
            freeze_cards_of(desk, case)
        return _otherwise(turn, cases, open_ones, _NO)
    freeze_cards_of(desk, meant)
    wish = Wish(Act.DECLINE, CUSTOMER, f"customer-{meant.question}")
    done = _desk(desk).carry_out(meant, wish)
    take_payee_off(turn, meant)
    now = stopped(desk, done.case)
    told = _told_no(desk, done.case, now)
    return turn.close(told, *_next(turn, open_ones, meant), _ways_on(desk, done.case, now))


def ask_what_is_meant(turn: Turn) -> Reply | None:
    """The open question once more, when a customer answers with a bare yes or no; else None.

    Costs a query only for somebody whom the bank has told something.
    """
    desk = Desk.of(turn)
    if not desk.identity.is_verified or not desk.customer.messages:
        return None
    _, open_ones = meant_question(_cases(desk), desk.customer.heard)
    return _which(turn, open_ones)


def _desk(desk: Desk) -> CaseDesk:
    return CaseDesk.on(desk.books, desk.now)


def _cases(desk: Desk) -> list[DeskCase]:
    return _desk(desk).cases.of_customer(desk.customer_id)


def _otherwise(
    turn: Turn, cases: list[DeskCase], open_ones: list[DeskCase], how: frozenset[Act]
) -> Reply:
    """The answer to a word of which nobody knows what it is said to."""
    if any(case.question and not case.state.is_final for case in cases) and not open_ones:
        # The question is told in this very turn: whoever has not heard it has not answered it.
        return turn.close(Desk.of(turn).say("mine.read_first"), fulfilled=False)
    return _which(turn, open_ones) or _said_before(turn, cases, how) or _nothing_asked(turn)


def _which(turn: Turn, open_ones: list[DeskCase]) -> Reply | None:
    """Asks about the first of the open questions by itself."""
    if not open_ones:
        return None
    desk = Desk.of(turn)
    latest = max(case.question or 0 for case in open_ones)
    _single_out(desk, open_ones[0], latest)
    return turn.close(_question(desk, open_ones[0]), _buttons(desk), fulfilled=False)


def _next(turn: Turn, open_ones: list[DeskCase], answered: DeskCase) -> list[Message]:
    """The next question, when there are more."""
    left = [case for case in open_ones if case.case_id != answered.case_id]
    if not left:
        return []
    desk = Desk.of(turn)
    _single_out(desk, left[0], max(case.question or 0 for case in left))
    return [_question(desk, left[0])]


def _single_out(desk: Desk, case: DeskCase, latest: int) -> None:
    if case.singled_out == latest:
        return
    cases = _desk(desk).cases
    after = replace(case, singled_out=latest, version=case.version + 1)
    entry = CaseEntry(
        f"again-{latest}-{case.version}", desk.now, "bank", ASKED_AGAIN, case.state, case.state
    )
    # When somebody got in between, the next answer is met by the same question.
    cases.write(cases.change_writes(case, after, entry), desk.books.chance.new_id())


def _said_before(turn: Turn, cases: list[DeskCase], how: frozenset[Act]) -> Reply | None:
    """The answer to a word that came twice: as the first time."""
    said = [case for case in cases if case.ended_by == CUSTOMER and case.ended_how in how]
    if not said:
        return None
    desk = Desk.of(turn)
    last = max(said, key=lambda case: case.question or 0)
    if last.ended_how is Act.DECLINE:
        now = stopped(desk, last)
        return turn.close(_told_no(desk, last, now), _ways_on(desk, last, now))
    return turn.close(_told_yes(desk, last))


def _nothing_asked(turn: Turn) -> Reply:
    desk = Desk.of(turn)
    shown = shown_charges.recall(turn, desk.now)
    if len(shown) == 1 and turn.intent == "DenyItWasMe":
        # They were just told what one charge is: it is that one which was not theirs.
        charge = shown_charges.write_place(shown[0])
        slots = {"charge": charge, "reason": "I did not make it"}
        return Digressions.of(turn).hand_over(turn, "DisputeCharge", slots)
    ways = [desk.speech.words("cases.recent"), desk.speech.words("fraud.report")]
    return turn.close(
        desk.say("mine.nothing_asked"), desk.choices("common.ways_on", ways), fulfilled=False
    )


def _view(desk: Desk, case: DeskCase) -> dict[str, object]:
    data = data_of(case)
    return {
        "amount": case.amount,
        "to": _desk(desk).payee_of(case),
        "at_merchant": bool(data and data.merchant),
    }


def _question(desk: Desk, case: DeskCase) -> Message:
    return desk.say("mine.which", **_view(desk, case))


def _buttons(desk: Desk) -> Message:
    words = [desk.speech.words("desk.it_was_me"), desk.speech.words("desk.it_was_not_me")]
    return desk.choices("desk.was_it_you_title", words)


def _told_yes(desk: Desk, case: DeskCase) -> Message:
    """What the books say became of it: a hold may have run out, or been called back, before."""
    view = _view(desk, case)
    if case.is_held and case.state is DeskState.RELEASED:
        return desk.say("mine.released", **view)
    again = _again(desk, case)
    return desk.say("mine.too_late" if case.is_held else "mine.cleared", **view, again=again)


def _again(desk: Desk, case: DeskCase) -> str:
    """What the customer has to do to make it once more, if they can."""
    match in_the_way(desk, case):
        case InTheWay.CONFIRMED_FRAUD:
            return desk.speech.words("mine.desk_alone_lets_go")
        case InTheWay.NO_PAYEE:
            return desk.speech.words("mine.payee_is_gone", to=_desk(desk).payee_of(case))
        case InTheWay.CARD_STOPPED:
            return desk.speech.words("mine.card_is_stopped")
    return desk.speech.words("mine.try_again")


def _told_no(desk: Desk, case: DeskCase, now: Stopped) -> Message:
    return desk.say(
        "mine.stopped",
        **_view(desk, case),
        held=case.is_held,
        case_id=case.case_id,
        cards=[desk.card_name(card) for card in now.cards],
        payee=now.payee,
    )


def _ways_on(desk: Desk, case: DeskCase, now: Stopped) -> Message:
    """A new card for a card payment; for an order in the customer's name, what is still open."""
    data = data_of(case)
    by_card = bool(data and data.card_id and now.cards)
    first = "mine.new_card" if by_card else "mine.freeze_account"
    ways = [desk.speech.words(first), desk.speech.words("cases.recent")]
    return desk.choices("cases.protect", ways)
