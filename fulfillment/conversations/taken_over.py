"""While an analyst speaks with the customer, their words go to the case's thread."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from fulfillment.alerts import case_desk as casework
from fulfillment.bank import analyst_cases
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.proving import AWAITS_CODE, AWAITS_STEP_UP, STAGE
from fulfillment.lex import Reply, Turn
from fulfillment.lex.resolver import Handler
from fulfillment.store import analyst_cases as kept_cases

if TYPE_CHECKING:
    from fulfillment.alerts.case_desk import CaseDesk, Wish
    from fulfillment.bank.analyst_cases import DeskCase

SAID = "customer_said"
_LONGEST = 900
_SAME_WORDS_S = 10
"""The same words within so many seconds are one delivery of them."""
_NUMBER = re.compile(r"\d[\d -]{4,}\d")
_NEVER_WAITS = frozenset(
    {"LogOut", "FreezeCard", "ReportLostCard", "ConfirmItWasMe", "DenyItWasMe"}
)
"""What protects the customer is done at once, whoever they are speaking with."""


def pass_on(turn: Turn, proceed: Handler) -> Reply:
    """Middleware: passes the words on while the line is open; costs a read only then."""
    desk = Desk.of(turn)
    # A code is for the bank's own check, and for no person.
    if not desk.identity.is_verified or turn.session.get(STAGE) in (AWAITS_CODE, AWAITS_STEP_UP):
        return proceed(turn)
    speaks_with = desk.customer.speaks_with
    if not speaks_with:
        return proceed(turn)
    case_desk = casework.CaseDesk.on(desk.books, desk.now)
    case = case_desk.cases.find(desk.customer_id, speaks_with)
    if case is None or not case.taken_over_by:
        return proceed(turn)
    if turn.transcript.casefold().strip() == desk.speech.words("desk.back").casefold():
        done = case_desk.carry_out(case, _hand_back(case, turn.session_id))
        if done.refused is None:
            return turn.elicit_intent(desk.say("desk.handed_back"))
    _note(turn, case_desk, case)
    if turn.intent in _NEVER_WAITS:
        return proceed(turn)
    found = case_desk.policy.who(case.taken_over_by)
    told = desk.say("desk.passed_on", name=found.first_name if found else "")
    return turn.elicit_intent(
        told, desk.choices("common.ways_on", [desk.speech.words("desk.back")])
    )


def _hand_back(case: DeskCase, session_id: str) -> Wish:
    key = f"back-{case.version}-{session_id}"[:64]
    return casework.Wish(analyst_cases.Act.HAND_BACK, analyst_cases.CUSTOMER, key)


def _note(turn: Turn, case_desk: CaseDesk, case: DeskCase) -> None:
    """Puts the words on record, once; the table's stream brings them to the thread."""
    desk = Desk.of(turn)
    moment = int(desk.now.timestamp()) // _SAME_WORDS_S
    seed = f"{turn.session_id}|{moment}|{turn.transcript}"
    entry_id = f"said-{hashlib.sha256(seed.encode()).hexdigest()[:24]}"
    words = _NUMBER.sub("[number]", turn.transcript)[:_LONGEST]
    entry = kept_cases.CaseEntry(entry_id, desk.now, analyst_cases.CUSTOMER, SAID, note=words)
    case_desk.cases.write([case_desk.cases.entry_put(case, entry)], desk.books.chance.new_id())
