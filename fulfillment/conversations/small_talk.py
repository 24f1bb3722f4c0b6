"""Greetings, help, goodbyes, not understanding, and the way to a person."""

from __future__ import annotations

from fulfillment.bank.cases import Case, CaseKind
from fulfillment.bank.mentions import is_bare_no
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.digressions import progress_of
from fulfillment.lex import Message, Reply, Router, Turn, card
from fulfillment.replies import Speech

FAILURES = "failures"
# The second miss in a row offers a person: nobody should have to fail a third time.
_OFFER_HUMAN_AT = 2
_LONG = 400
_TRY = [
    ("All my balances", "all my balances"),
    ("Recent transactions", "show my recent transactions"),
    ("Spending last month", "how much did I spend last month"),
    ("Send money", "send money"),
    ("Freeze a card", "freeze my card"),
]

router = Router()


@router.dialog("Welcome")
@router.fulfillment("Welcome")
def welcome(turn: Turn) -> Reply:
    desk = Desk.of(turn)
    if not desk.identity.is_verified:
        return turn.close(desk.say("common.hello_stranger"))
    hello = desk.say("common.hello", name=desk.customer.short_name)
    return turn.close(hello, suggestions(desk))


@router.dialog("Help")
@router.fulfillment("Help")
def show_help(turn: Turn) -> Reply:
    desk = Desk.of(turn)
    return turn.close(desk.say("common.help"), suggestions(desk))


@router.dialog("Goodbye")
@router.fulfillment("Goodbye")
def goodbye(turn: Turn) -> Reply:
    return turn.close(Desk.of(turn).say("common.goodbye"))


@router.dialog("TalkToHuman")
@router.fulfillment("TalkToHuman")
def talk_to_human(turn: Turn) -> Reply:
    desk = Desk.of(turn)
    if not desk.identity.is_verified:
        return turn.close(desk.say("common.human_anonymous"), fulfilled=False)
    case = desk.books.open_case(
        Case(
            case_id=f"H-{desk.deps.new_id()[:8].upper()}",
            customer_id=desk.customer_id,
            kind=CaseKind.CONVERSATION,
            summary="wants to talk to a person",
            opened_at=desk.now,
        )
    )
    return turn.close(desk.say("common.case_opened", case_id=case.case_id))


@router.fulfillment("FallbackIntent")
def not_understood(turn: Turn) -> Reply:
    desk = Desk.of(turn)
    if progress_of(turn).task is not None:
        return turn.close(desk.say("tasks.not_understood"), fulfilled=False)
    if is_bare_no(turn.transcript):
        return turn.close(desk.say("common.all_right"))
    failures = _failures(turn) + 1
    turn.session[FAILURES] = str(failures)
    if failures >= _OFFER_HUMAN_AT:
        again = desk.say("common.still_not_understood")
        ways = card(
            desk.speech.words("common.ways_on"),
            [
                (desk.speech.words("common.human_button"), "talk to a human"),
                (desk.speech.words("common.help_button"), "help"),
            ],
        )
        return turn.close(again, ways, fulfilled=False)
    key = "common.too_much" if len(turn.transcript) > _LONG else "common.not_understood"
    return turn.close(desk.say(key), suggestions(desk), fulfilled=False)


def not_yet(turn: Turn) -> Reply:
    """An intent of the definition that no conversation answers."""
    return turn.close(Desk.of(turn).say("common.not_yet"), fulfilled=False)


def trouble(turn: Turn) -> Message:
    """What is said when the books cannot be reached: needs no books itself."""
    desk = Desk.of(turn)
    return Speech(desk.locale, "UTC", desk.now).say("common.trouble")


def suggestions(desk: Desk) -> Message:
    return card(desk.speech.words("common.try_one"), _TRY)


def _failures(turn: Turn) -> int:
    said = turn.session.get(FAILURES, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 4 else 0
