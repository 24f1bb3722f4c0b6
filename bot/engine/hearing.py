"""What an utterance means at this point of the dialog: a value, a yes, another intent, or nothing.

Lex does not publish how it weighs a slot value against another intent. Ours (inferred): a value
that is surely one stays a value; words that an open slot takes on trust give way to a clear intent,
and to the sample utterances of another intent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from bot.definition.model import BotLocale, Intent
from bot.engine.recogniser import EXACT, IntentScore, Recogniser, SlotMatch
from bot.engine.session import Session

CLEAR = 0.7
"""From this score on, an intent outweighs words that a slot would only take on trust."""


@dataclass(frozen=True, slots=True)
class Heard:
    """The meaning that was chosen, the candidates it was chosen from, and why."""

    kind: Literal["intent", "slots", "yes", "no", "missed"]
    why: str
    candidates: tuple[IntentScore, ...]
    intent: str | None = None
    slots: Mapping[str, SlotMatch] = field(default_factory=dict)


def eligible_intents(locale: BotLocale, session: Session, now: datetime) -> list[str]:
    """Intents that may be recognised now: all their input contexts are active."""
    active = {context.name for context in session.live_contexts(now)}
    return [
        intent.name
        for intent in locale.intents.values()
        if not intent.is_fallback and active.issuperset(intent.input_contexts)
    ]


def hear(
    locale: BotLocale, session: Session, text: str, recogniser: Recogniser, now: datetime
) -> Heard:
    """Reads `text` as the reply to what the bot said last."""
    candidates = tuple(recogniser.intents(text, now, eligible_intents(locale, session, now)))
    current = _intent_in_progress(locale, session)
    top = candidates[0] if candidates and candidates[0].score >= locale.threshold else None
    if current is None or session.action is None:
        return _fresh(candidates, top, recogniser.confirmation(text))
    if session.action.type == "ElicitSlot" and session.action.slot:
        found = recogniser.slot(text, current.name, session.action.slot, now)
        return _reply_to_slot(current, session.action.slot, found, candidates, top)
    if session.action.type == "ConfirmIntent":
        answer = recogniser.confirmation(text)
        if answer is None and (top is None or top.score < EXACT):
            correction = _correction(current, text, recogniser, now, candidates)
            if correction is not None:
                return correction
        return _reply_to_confirmation(current, answer, candidates, top)
    return _fresh(candidates, top, recogniser.confirmation(text))


def _intent_in_progress(locale: BotLocale, session: Session) -> Intent | None:
    if session.intent is None or session.intent.state != "InProgress":
        return None
    return locale.intents.get(session.intent.name)


def _correction(
    current: Intent,
    text: str,
    recogniser: Recogniser,
    now: datetime,
    candidates: tuple[IntentScore, ...],
) -> Heard | None:
    """ "Make it 80" instead of a yes: nothing but a sure value, of the one slot that takes it."""
    fitting = {
        slot.name: match
        for slot in current.slots
        if (match := recogniser.slot(text, current.name, slot.name, now)) and match.known
    }
    if len(fitting) != 1:
        return None
    return Heard("slots", "a value instead of a yes", candidates, current.name, fitting)


def _fresh(
    candidates: tuple[IntentScore, ...], top: IntentScore | None, answer: bool | None
) -> Heard:
    if answer is not None and (top is None or top.score < EXACT):
        return Heard("missed", "a yes or no to nothing that was asked", candidates)
    if top is None:
        return Heard("missed", "no intent reaches the threshold", candidates)
    return Heard("intent", f"best score {top.score:.2f}", candidates, top.name, top.slots)


def _reply_to_slot(
    current: Intent,
    slot: str,
    found: SlotMatch | None,
    candidates: tuple[IntentScore, ...],
    top: IntentScore | None,
) -> Heard:
    if top is not None and top.name != current.name:
        exact = top.score >= EXACT and not (found is not None and found.known)
        outweighs = found is None or (not found.known and top.score >= CLEAR)
        if exact or outweighs:
            why = f"clearer as {top.name} ({top.score:.2f}) than as a value for {slot}"
            return Heard("intent", why, candidates, top.name, top.slots)
    filled = dict(top.slots) if top is not None and top.name == current.name else {}
    if found is not None and (found.known or slot not in filled):
        filled[slot] = found
    if not filled:
        return Heard("missed", f"no value for {slot}", candidates)
    return Heard("slots", f"a value for {', '.join(filled)}", candidates, current.name, filled)


def _reply_to_confirmation(
    current: Intent,
    answer: bool | None,
    candidates: tuple[IntentScore, ...],
    top: IntentScore | None,
) -> Heard:
    if answer is not None:
        kind: Literal["yes", "no"] = "yes" if answer else "no"
        return Heard(kind, f"a plain {kind}", candidates, current.name)
    if top is None:
        return Heard("missed", "neither yes nor no", candidates)
    if top.name != current.name:
        return Heard("intent", f"best score {top.score:.2f}", candidates, top.name, top.slots)
    if top.slots:
        return Heard("slots", "a correction instead of a yes", candidates, top.name, top.slots)
    return Heard("missed", "neither yes nor no", candidates)
