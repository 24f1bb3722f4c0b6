"""Notices a conversation that goes in circles: one question, put again and again by any path.

Whether the answer was no answer, a good one that led back, another question in between or a wish
to hear it again: who meets the same question too often needs to see a way out beside it. Counted
here alone, once a turn, by what is asked at its end.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace

from fulfillment.conversations.desk import Desk
from fulfillment.conversations.progress import CONFIRMATION
from fulfillment.lex import Message, Reply, Turn
from fulfillment.lex.messages import MAX_BUTTONS, Button, before_all_of

ATTRIBUTE = "circles"
"""Keeps the last question in one turn for the next. Any caller can write it: it shows or hides two
buttons and decides nothing else.
"""
_MOST = 999


def times_put(turn: Turn, reply: Reply) -> int:
    """How often in a row the customer has met the question that `reply` asks; 0 when it asks none.

    The same question is the same slot of the same intent, or the same words.
    """
    before = turn.session.pop(ATTRIBUTE, "")
    if reply.action not in ("ElicitSlot", "ConfirmIntent"):
        return 0
    intent = reply.switch.intent if reply.switch else turn.intent
    subject = f"{intent}.{reply.slot_to_elicit or CONFIRMATION}"
    words = _mark(reply.said[-1].content) if reply.said else ""
    times = 1 + (_times(before) if _is_same(before, subject, words) else 0)
    turn.session[ATTRIBUTE] = f"{min(times, _MOST)}|{subject}|{words}"
    return times


def with_ways_out(turn: Turn, reply: Reply) -> Reply:
    """A person and a stop among the buttons: Lex shows one card, of five buttons at most."""
    desk = Desk.of(turn)
    ways = (
        Button(*desk.way("common.human_button", "said.human")),
        Button(*desk.way("tasks.stop_button", "said.stop")),
    )
    shown = next((message for message in reply.messages if message.is_card), None)
    title = (shown.title if shown else None) or desk.speech.words("common.ways_on")
    others = [b for b in shown.buttons if b.text != ways[0].text] if shown else []
    choices = others[: MAX_BUTTONS - len(ways)]
    whole = Message(title=title, subtitle=shown.subtitle if shown else None)
    whole = replace(whole, buttons=(*choices, *ways))
    return replace(reply, messages=before_all_of(reply.said, (whole,)))


def _is_same(before: str, subject: str, words: str) -> bool:
    _, _, last = before.partition("|")
    last_subject, _, last_words = last.partition("|")
    return last_subject == subject or (bool(words) and last_words == words)


def _times(before: str) -> int:
    count = before.partition("|")[0]
    return int(count) if count.isascii() and count.isdigit() and len(count) < 4 else 0


def _mark(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:8]
