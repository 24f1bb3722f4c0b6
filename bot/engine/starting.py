"""Begins an intent: its slots from the utterance, its defaults, its initial response."""

from __future__ import annotations

from dataclasses import replace

from bot.engine.dialog import Dialog
from bot.engine.eliciting import chained, foresee
from bot.engine.errors import DependencyFailedError
from bot.engine.filling import empty_intent
from bot.engine.places import AskIntent, Consult, End, Follow, Onward, Place, Start
from bot.engine.session import DialogAction

CLOUD_INTENTS = (
    "AMAZON.KendraSearchIntent",
    "AMAZON.QnAIntent",
    "AMAZON.BedrockAgentIntent",
    "AMAZON.QInConnectIntent",
)


def start(dialog: Dialog, place: Start) -> Place:
    """The intent from its beginning; one that jumps to its own beginning keeps its slots.

    Source: API reference, IntentOverride: "slots that are not included aren't overridden". Raises
    `DependencyFailedError` for a built-in intent that needs a service of the cloud.
    """
    definition = dialog.locale.intents.get(place.intent)
    if definition is None:
        dialog.note("fault", why=f"there is no intent {place.intent}")
        return End("Failed")
    if definition.parent in CLOUD_INTENTS:
        raise DependencyFailedError(f"{definition.parent} needs a service that is not here")
    _enter(dialog, place)
    dialog.fill_defaults()
    if definition.is_classic:
        return Consult(foresee(dialog), Onward())
    initial, then = definition.initial, chained(dialog)
    if initial is None:
        return then
    return Follow(initial.outcome, then, initial.code_hook, quiet=place.quiet, keeps_values=True)


def _enter(dialog: Dialog, place: Start) -> None:
    fresh = empty_intent(dialog.locale, place.intent)
    base = dialog.intent if place.keeps_slots else fresh
    given = {name: state for name, state in place.slots.items() if name in fresh.slots}
    dialog.intent = replace(
        base, slots={**fresh.slots, **base.slots, **given}, state="InProgress", confirmation="None"
    )
    dialog.action = None


def ask_intent(dialog: Dialog, place: AskIntent) -> None:
    """Leaves it to the customer to say what comes next."""
    dialog.say_messages(place.messages)
    dialog.action = DialogAction("ElicitIntent")
