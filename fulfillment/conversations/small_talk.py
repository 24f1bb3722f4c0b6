"""Greetings, help, goodbyes, not understanding, and the way to a person."""

from __future__ import annotations

import hashlib
import json

from fulfillment.bank import handoff
from fulfillment.bank.cases import Case, CaseKind
from fulfillment.bank.mentions import is_bare_no, is_bare_yes
from fulfillment.conversations import expected_wait, telling_the_desk, was_it_you
from fulfillment.conversations.checking import put_out_of_force
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.open_tasks import progress_of
from fulfillment.lex import Message, Reply, Router, Turn, card
from fulfillment.replies import Speech

FAILURES = "failures"
# The second miss in a row offers a person: nobody should have to fail a third time.
_OFFER_HUMAN_AT = 2
_LONG = 400
TRY = [
    ("balance.all_button", "said.balances"),
    ("cases.recent", "said.transactions"),
    ("common.spending_button", "said.spending"),
    ("common.send_button", "said.send"),
    ("common.freeze_button", "said.freeze"),
]
"""What is worth a try: what a button shows, and what it sends."""

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
    """What was begun ends too, and is said to: nothing waits for whoever has left."""
    desk = Desk.of(turn)
    goodbye, task = desk.say("common.goodbye"), progress_of(turn).task
    if task is None or not desk.identity.is_verified:
        return turn.close(goodbye)
    return turn.close(put_out_of_force(turn) or desk.say("tasks.left", task=task.intent), goodbye)


@router.dialog("TalkToHuman")
@router.fulfillment("TalkToHuman")
def talk_to_human(turn: Turn) -> Reply:
    desk = Desk.of(turn)
    if not desk.identity.is_verified:
        return turn.close(desk.say("common.human_anonymous"), fulfilled=False)
    if turn.denied:
        return turn.close(desk.say("common.all_right"))
    packet = _hand_off(turn)
    wanted = Case(
        case_id=_case_id(desk, turn.session_id),
        customer_id=desk.customer_id,
        kind=CaseKind.CONVERSATION,
        summary=packet.summary,
        opened_at=desk.now,
        packet=json.dumps(packet.as_json()),
    )
    case = desk.books.open_case(wanted, telling_the_desk.person_wanted(wanted, packet))
    turn.session.pop(FAILURES, None)
    wait = expected_wait.expected_wait(desk, case.opened_at)
    return turn.close(desk.say("common.case_opened", case_id=case.case_id, wait=wait))


def _hand_off(turn: Turn) -> handoff.HandOff:
    desk, progress = Desk.of(turn), progress_of(turn)
    task = progress.task
    return handoff.HandOff(
        locale=desk.locale,
        channel=desk.channel,
        level=desk.identity.level,
        misses=_failures(turn),
        task=task.intent if task else None,
        known=task.slots if task else {},
        asked=progress.asked or None,
        times=progress.times,
    )


def _case_id(desk: Desk, session_id: str) -> str:
    """One case a session and day: asked twice, or by a retried hook, the first is found."""
    key = f"{desk.customer_id}|{session_id}|{desk.speech.today.isoformat()}"
    return f"H-{hashlib.sha256(key.encode()).hexdigest()[:8].upper()}"


@router.fulfillment("FallbackIntent")
def not_understood(turn: Turn) -> Reply:
    desk = Desk.of(turn)
    if progress_of(turn).waiting is not None:
        # The task is gone on with after this; one that was offered already would be no way out.
        return turn.close(desk.say("tasks.not_understood"), fulfilled=False)
    if _failures(turn) == 0 or is_bare_no(turn.transcript) or is_bare_yes(turn.transcript):
        # Whoever was asked "was this you?" may answer in words that mean nothing by themselves.
        asked = was_it_you.ask_what_is_meant(turn)
        if asked is not None:
            return asked
    if is_bare_no(turn.transcript):
        return turn.close(desk.say("common.all_right"))
    failures = _failures(turn) + 1
    turn.session[FAILURES] = str(failures)
    if failures >= _OFFER_HUMAN_AT:
        again = desk.say("common.still_not_understood")
        ways = card(
            desk.speech.words("common.ways_on"),
            [
                desk.way("common.human_button", "said.yes"),
                desk.way("common.help_button", "said.help"),
            ],
        )
        return turn.confirm(again, ways).for_intent("TalkToHuman")
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
    return card(desk.speech.words("common.try_one"), [desk.way(*one) for one in TRY])


def _failures(turn: Turn) -> int:
    said = turn.session.get(FAILURES, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 4 else 0
