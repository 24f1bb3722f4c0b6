"""Asks for a yes or a no, and goes by the answer."""

from __future__ import annotations

from dataclasses import replace

from bot.definition.flow import NOTHING
from bot.engine.dialog import Dialog
from bot.engine.eliciting import UNSTATED_RETRIES, decided, fall_back, foresee
from bot.engine.places import (
    Answered,
    AskConfirmation,
    ConfirmationMissed,
    Consult,
    Follow,
    Fulfil,
    Onward,
    Place,
    Proposal,
)
from bot.engine.session import DialogAction


def ask_confirmation(dialog: Dialog, place: AskConfirmation) -> Place | None:
    """Puts the question; without one of the definition or of a hook there is nothing to ask."""
    setting = dialog.definition.confirmation
    if setting is None and not place.messages:
        return Fulfil()
    dialog.intent = replace(dialog.intent, state="InProgress", confirmation="None")
    dialog.action = DialogAction("ConfirmIntent", None, place.attempt)
    if place.messages:
        dialog.say_messages(place.messages)
    elif setting is not None and not place.quiet:
        dialog.ask(setting.prompt, place.attempt)
    return None


def answered(dialog: Dialog, place: Answered) -> Place:
    """A yes or a no. The hook of a classic intent hears it first."""
    dialog.intent = replace(dialog.intent, confirmation=place.answer)
    if dialog.definition.is_classic:
        return Consult(foresee(dialog), Onward())
    return decided(dialog)


def confirmation_missed(dialog: Dialog, _place: ConfirmationMissed) -> Place:
    """Asks again while retries last; then the failure path, else the fallback intent."""
    setting = dialog.definition.confirmation
    attempt = (dialog.before.action.attempt if dialog.before.action else 0) + 1
    if attempt > (setting.prompt.max_retries if setting else UNSTATED_RETRIES):
        dialog.note("retries are used up", attempt=attempt)
        return Follow(
            setting.failure if setting else NOTHING,
            fall_back(dialog),
            setting.code_hook if setting else None,
            failed=True,
        )
    again, then = Proposal("ConfirmIntent", attempt=attempt), AskConfirmation(attempt)
    if dialog.definition.is_classic:
        return Consult(again, then)
    listener = setting.elicitation_hook if setting else None
    return Consult(again, then, listener.label) if listener else then
