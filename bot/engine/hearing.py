"""What an utterance means at this point of the dialog: a value, a yes, another intent, or nothing.

Lex does not publish how it weighs a slot value against another intent. Ours (inferred): a value
that is surely one stays a value; words that an open slot takes on trust give way to a clear intent,
and to the sample utterances of another intent. A free-form slot gives way to nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from bot.definition.model import FREE_FORM, BotLocale, Intent, Slot
from bot.engine.attention import attention_of
from bot.engine.filling import filled
from bot.engine.recogniser import EXACT, IntentScore, Recogniser
from bot.engine.session import DialogAction, IntentState, Session, SlotState
from bot.engine.slot_reply import Reading, Utterance, read_slot

Kind = Literal["intent", "slots", "yes", "no", "missed"]

CLEAR = 0.7
"""From this score on, an intent outweighs words that a slot would only take on trust."""


@dataclass(frozen=True, slots=True)
class Heard:
    """The meaning that was chosen, the candidates it was chosen from, and why.

    `question` is what the utterance answers, where something had been asked.
    """

    kind: Kind
    why: str
    candidates: tuple[IntentScore, ...]
    intent: str | None = None
    slots: Mapping[str, SlotState] = field(default_factory=dict)
    question: DialogAction | None = None


@dataclass(frozen=True, slots=True)
class _Ears:
    """All that an utterance is judged by. `top` is the best candidate above the threshold."""

    said: Utterance
    locale: BotLocale
    candidates: tuple[IntentScore, ...]
    top: IntentScore | None

    @property
    def is_exact(self) -> bool:
        """Whether the utterance is a sample of an intent, word for word."""
        return self.top is not None and self.top.score >= EXACT

    def heard(
        self,
        kind: Kind,
        why: str,
        intent: str | None = None,
        slots: Mapping[str, SlotState] | None = None,
    ) -> Heard:
        return Heard(kind, why, self.candidates, intent, slots or {})

    def another(self, top: IntentScore, why: str) -> Heard:
        return self.heard("intent", why, top.name, self.slots_of(top))

    def slots_of(self, score: IntentScore) -> dict[str, SlotState]:
        return filled(self.locale.intents[score.name], score.slots)


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
    attention = attention_of(session)
    said = Utterance(text, recogniser, now, attention)
    eligible = eligible_intents(locale, session, now)
    candidates = tuple(recogniser.intents(text, now, eligible, attention))
    known = [c for c in candidates if c.name in locale.intents]
    top = known[0] if known and known[0].score >= locale.threshold else None
    ears = _Ears(said, locale, candidates, top)
    current = _intent_in_progress(locale, session)
    question = _question(current, session)
    if current is None or session.intent is None or question is None:
        return _fresh(ears)
    return replace(_reply(ears, current, session.intent, question), question=question)


def _reply(ears: _Ears, current: Intent, state: IntentState, question: DialogAction) -> Heard:
    if question.type == "ConfirmIntent":
        return _reply_to_confirmation(ears, current)
    slot = current.slot(question.slot or "")
    if slot is None:
        return _reply_to_nothing(ears, current)
    phrased = filled(current, ears.said.phrased(current, slot))
    if slot.name in phrased:
        return ears.heard("slots", f"a sample utterance of {slot.name}", current.name, phrased)
    found = read_slot(ears.said, current, slot, state.slots.get(slot.name), question.sub_slot)
    return _reply_to_slot(ears, current, slot, found)


def _intent_in_progress(locale: BotLocale, session: Session) -> Intent | None:
    if session.intent is None or session.intent.state != "InProgress":
        return None
    return locale.intents.get(session.intent.name)


def _question(current: Intent | None, session: Session) -> DialogAction | None:
    """What the bot asked last; of an intent that a caller put in play, its first open slot."""
    action = session.action
    if current is None or session.intent is None:
        return None
    if action is not None and action.type in ("ElicitIntent", "Close"):
        return None
    if action is not None and action.type == "ConfirmIntent":
        return action
    if action is not None and current.slot(action.slot or "") is not None:
        return action
    slots = session.intent.slots
    first = next((s for s in current.slots if s.required and slots.get(s.name) is None), None)
    return DialogAction("ElicitSlot", first.name) if first else DialogAction("Delegate")


def _fresh(ears: _Ears) -> Heard:
    if ears.said.answer is not None and not ears.is_exact:
        return ears.heard("missed", "a yes or no to nothing that was asked")
    if ears.top is None:
        return ears.heard("missed", "no intent reaches the threshold")
    return ears.another(ears.top, f"best score {ears.top.score:.2f}")


def _reply_to_slot(ears: _Ears, current: Intent, slot: Slot, found: Reading | None) -> Heard:
    top = ears.top
    if top is not None and top.name != current.name and _outweighs(top, found):
        why = f"clearer as {top.name} ({top.score:.2f}) than as a value for {slot.name}"
        return ears.another(top, why)
    is_own = top is not None and top.name == current.name and slot.type_name != FREE_FORM
    values = ears.slots_of(top) if top is not None and is_own else {}
    if found is not None and top is not None and _is_claimed(found, top, slot) and values:
        found = None
    if found is not None and (found.is_known or slot.name not in values):
        values[slot.name] = found.state
    if not values:
        return ears.heard("missed", f"no value for {slot.name}")
    return ears.heard("slots", f"a value for {', '.join(values)}", current.name, values)


def _is_claimed(found: Reading, top: IntentScore, slot: Slot) -> bool:
    """Whether the words taken on trust are surely another slot's value: "no, the minimum"."""
    said = found.state.value
    if found.is_known or said is None:
        return False
    others = [match for name, match in top.slots.items() if name != slot.name and match.known]
    words = f" {said.original} ".casefold()
    return any(words in f" {match.original} ".casefold() for match in others)


def _outweighs(top: IntentScore, found: Reading | None) -> bool:
    if found is None:
        return True
    if found.is_known:
        return False
    return top.score >= CLEAR


def _reply_to_confirmation(ears: _Ears, current: Intent) -> Heard:
    answer, top = ears.said.answer, ears.top
    if answer is not None:
        return ears.heard("yes" if answer else "no", "a plain answer", current.name)
    correction = None if ears.is_exact else _correction(ears, current)
    if correction is not None:
        return correction
    if top is None:
        return ears.heard("missed", "neither yes nor no")
    if top.name != current.name:
        return ears.another(top, f"best score {top.score:.2f}")
    if top.slots:
        slots = ears.slots_of(top)
        return ears.heard("slots", "a correction instead of a yes", current.name, slots)
    return ears.heard("missed", "neither yes nor no")


def _correction(ears: _Ears, current: Intent) -> Heard | None:
    """ "Make it 80" instead of a yes: nothing but a sure value, of the one slot that takes it."""
    # Free-form slots take whatever is said, and so only what is said to their own prompts.
    slots = [slot for slot in current.slots if slot.type_name != FREE_FORM]
    readings = {slot.name: read_slot(ears.said, current, slot) for slot in slots}
    sure = {name: r.state for name, r in readings.items() if r is not None and r.is_known}
    if len(sure) != 1:
        return None
    return ears.heard("slots", "a value instead of a yes", current.name, sure)


def _reply_to_nothing(ears: _Ears, current: Intent) -> Heard:
    """All slots are there already, by the caller's hand: the dialog goes on (inferred)."""
    top = ears.top
    if top is not None and top.name != current.name:
        return ears.another(top, f"best score {top.score:.2f}")
    slots = ears.slots_of(top) if top is not None else {}
    return ears.heard("slots", "nothing was asked", current.name, slots)
