"""One turn of a Lex V2 dialog, as a generator: it yields code-hook calls and returns the result.

Pure: the clock, the randomness and the ears are given, and nothing is performed here. A turn hears
the utterance, and walks from place to place (`bot.engine.places`) as the developer guide has it:
initial response, slots, confirmation, fulfilment, closing response, with the steps, conditions and
hooks that the definition puts between them.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

from bot.definition.model import BotLocale
from bot.engine.attention import local_time
from bot.engine.confirming import answered, ask_confirmation, confirmation_missed
from bot.engine.dialog import Dialog
from bot.engine.effects import HookCall, HookOutcome, TurnResult, UserInput
from bot.engine.eliciting import (
    ask_slot,
    captured,
    onward,
    slot_missed,
    slot_settled,
    slots_heard,
)
from bot.engine.errors import TurnError
from bot.engine.filling import is_settled
from bot.engine.fulfilling import closing, end, fulfil
from bot.engine.hearing import Heard, hear
from bot.engine.outcomes import consult, follow, invoke_hook
from bot.engine.places import (
    Answered,
    AskConfirmation,
    AskIntent,
    AskSlot,
    Captured,
    Closing,
    ConfirmationMissed,
    Consult,
    End,
    Follow,
    Fulfil,
    InvokeHook,
    Onward,
    Place,
    SlotMissed,
    SlotSettled,
    SlotsHeard,
    Start,
)
from bot.engine.session import Session
from bot.engine.stage import Stage
from bot.engine.starting import ask_intent, start

__all__ = ["Stage", "Turn", "resume", "run_turn", "takes_a_step"]

Turn = Generator[HookCall, HookOutcome, TurnResult]
Walk = Generator[HookCall, HookOutcome, Place | None]

MOST_PLACES = 200
"""A turn that passes more places goes in circles: its definition leads nowhere."""


def run_turn(stage: Stage, session: Session, user: UserInput) -> Turn:
    """Plays one turn. Raises a `TurnError` when Lex would refuse it; `session` still holds."""
    dialog = Dialog(stage, session, user)
    now = local_time(stage.now, user.request_attributes)
    heard = hear(stage.locale, session, user.text, stage.recogniser, now)
    dialog.candidates = heard.candidates
    dialog.note(
        "heard",
        kind=heard.kind,
        why=heard.why,
        intent=heard.intent,
        slots={name: state.to_wire() for name, state in heard.slots.items()},
        candidates=[{"intent": c.name, "score": round(c.score, 4)} for c in heard.candidates],
    )
    yield from _walk(dialog, _first_place(dialog, heard))
    return dialog.result()


def resume(stage: Stage, session: Session, user: UserInput) -> Turn:
    """The step that the dialog takes by itself from here: PutSession with Delegate.

    The session's intent begins, or goes on where it had come to. Without an intent the customer is
    left to say one. `user.text` is empty: nothing was said. Raises a `TurnError`.
    """
    dialog = Dialog(stage, session, user)
    yield from _walk(dialog, _next_place(session))
    return dialog.result()


def takes_a_step(locale: BotLocale, session: Session) -> bool:
    """Whether a session that its caller has put goes on by itself, by `resume`.

    With Delegate, and with Close for an intent that is ready to be fulfilled by a hook: "to retry
    the fulfillment step". Source: developer guide, "Managing sessions".
    """
    action, intent = session.action, session.intent
    if action is None or action.type not in ("Delegate", "Close") or intent is None:
        return False
    ready = intent.state == "ReadyForFulfillment" and locale.intents[intent.name].fulfillment_hook
    return action.type == "Delegate" or ready


def _next_place(session: Session) -> Place:
    intent = session.intent
    if intent is None:
        return AskIntent()
    if intent.state == "ReadyForFulfillment":
        return Fulfil()
    if intent.confirmation == "None":
        return Start(intent.name, intent.slots)
    return Answered(intent.confirmation)


def _first_place(dialog: Dialog, heard: Heard) -> Place:
    """Where the utterance takes the dialog."""
    match heard.kind:
        case "intent":
            dialog.heard_slots = heard.slots
            return Start(str(heard.intent), heard.slots)
        case "yes":
            return Answered("Confirmed")
        case "no":
            return Answered("Denied")
        case "slots":
            dialog.fill(heard.slots)
            return _with_values(heard)
        case "missed":
            return _without_meaning(dialog, heard)


def _with_values(heard: Heard) -> Place:
    slot = heard.question.slot if heard.question else None
    # An ambiguous value, such as ten o'clock, is asked for again unless a hook settles it.
    if slot is not None and slot in heard.slots and not is_settled(heard.slots[slot]):
        return SlotMissed(slot)
    return SlotsHeard(slot)


def _without_meaning(dialog: Dialog, heard: Heard) -> Place:
    question = heard.question
    if question is not None and question.type == "ConfirmIntent":
        return ConfirmationMissed()
    if question is not None and question.slot:
        return SlotMissed(question.slot)
    fallback = dialog.locale.fallback
    return Start(fallback.name) if fallback else AskIntent()


def _walk(dialog: Dialog, first: Place) -> Generator[HookCall, HookOutcome, None]:
    """From place to place until one waits for the customer or ends the intent."""
    place: Place | None = first
    for _ in range(MOST_PLACES):
        if place is None:
            return
        dialog.note("place", at=type(place).__name__)
        try:
            place = yield from _PLAY[type(place)](dialog, place)
        except TurnError as refused:
            refused.trace = dialog.trace
            raise
    dialog.note("fault", why="the definition goes in circles")
    end(dialog, End("Failed"))


def _at_once(handle: Callable[[Dialog, Any], Place | None]) -> Callable[[Dialog, Any], Walk]:
    """A place where no hook is called."""

    def play(dialog: Dialog, place: Place) -> Walk:
        yield from ()
        return handle(dialog, place)

    return play


_PLAY: dict[type, Callable[[Dialog, Any], Walk]] = {
    Start: _at_once(start),
    Onward: _at_once(onward),
    AskSlot: _at_once(ask_slot),
    SlotsHeard: _at_once(slots_heard),
    SlotMissed: _at_once(slot_missed),
    SlotSettled: _at_once(slot_settled),
    Captured: _at_once(captured),
    AskConfirmation: _at_once(ask_confirmation),
    Answered: _at_once(answered),
    ConfirmationMissed: _at_once(confirmation_missed),
    Follow: _at_once(follow),
    Closing: _at_once(closing),
    End: _at_once(end),
    AskIntent: _at_once(ask_intent),
    Fulfil: fulfil,
    Consult: consult,
    InvokeHook: invoke_hook,
}
