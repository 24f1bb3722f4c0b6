"""Asks for slots and hears the replies: by priority, with retries, until each is captured."""

from __future__ import annotations

from dataclasses import replace

from bot.definition.flow import NOTHING, ElicitationHook
from bot.definition.model import Slot
from bot.engine.composites import missing_part
from bot.engine.dialog import Dialog
from bot.engine.filling import is_settled
from bot.engine.places import (
    AskConfirmation,
    AskSlot,
    Captured,
    Consult,
    End,
    Follow,
    Fulfil,
    Onward,
    Place,
    Proposal,
    SlotMissed,
    SlotSettled,
    SlotsHeard,
    Start,
)
from bot.engine.session import DialogAction
from bot.engine.speaking import prompt_for

UNSTATED_RETRIES = 2
"""Retries of a question that has no prompt of its own: a hook asked it (inferred)."""


def onward(dialog: Dialog, _place: Onward) -> Place:
    """What comes next by the definition alone."""
    if dialog.intent.state == "Failed":
        return End("Failed")
    if dialog.intent.confirmation == "Denied":
        return decided(dialog)
    dialog.fill_defaults()
    slot = open_slot(dialog)
    if slot is not None:
        return AskSlot(slot.name)
    if dialog.definition.confirmation is None:
        return Fulfil()
    return AskConfirmation() if dialog.intent.confirmation == "None" else decided(dialog)


def decided(dialog: Dialog) -> Place:
    """What follows a yes or a no."""
    setting = dialog.definition.confirmation
    hook = setting.code_hook if setting else None
    if dialog.intent.confirmation == "Denied":
        outcome = setting.declination if setting else NOTHING
        return Follow(outcome, End("Failed"), hook, failed=True)
    after = Onward() if open_slot(dialog) else Fulfil()
    return Follow(setting.confirmed if setting else NOTHING, after, hook)


def open_slot(dialog: Dialog) -> Slot | None:
    """The first required slot that has no value yet."""
    return next(
        (s for s in dialog.definition.slots if s.required and not is_filled(dialog, s)), None
    )


def is_filled(dialog: Dialog, slot: Slot) -> bool:
    """Whether the slot has a value that Lex could read; of a composite, all its parts."""
    state = dialog.intent.slots.get(slot.name)
    if not is_settled(state):
        return False
    return slot.composition is None or missing_part(slot.composition, state) is None


def ask_slot(dialog: Dialog, place: AskSlot) -> Place | None:
    """Puts the question, unless the slot has a value that is to be kept."""
    slot = dialog.definition.slot(place.slot)
    if slot is None:
        dialog.note("fault", why=f"{dialog.intent.name} has no slot {place.slot}")
        return End("Failed")
    if place.unless_filled:
        dialog.fill_defaults()
        if is_filled(dialog, slot):
            return Captured(slot.name, quiet=True)
    _await(dialog, slot, place)
    return None


def _await(dialog: Dialog, slot: Slot, place: AskSlot) -> None:
    part = place.sub_slot
    intent = replace(dialog.intent, state="InProgress")
    if slot.composition is None:
        intent = intent.with_slot(slot.name, None)
    else:
        state = intent.slots.get(slot.name)
        part = part or (missing_part(slot.composition, state) if state else None)
    dialog.intent = intent
    dialog.action = DialogAction("ElicitSlot", slot.name, place.attempt, part, place.style)
    if place.messages:
        dialog.say_messages(place.messages)
    elif not place.quiet:
        dialog.ask(prompt_for(dialog.definition, dialog.action), place.attempt)


def slots_heard(dialog: Dialog, place: SlotsHeard) -> Place:
    """Values were given: a hook may judge them before they count."""
    if dialog.definition.is_classic:
        return Consult(foresee(dialog), Onward())
    if place.slot is None:
        return Onward()
    then = SlotSettled(place.slot)
    hook = _elicitation_hook(dialog, place.slot)
    return Consult(foresee(dialog), then, hook.label, moved=then) if hook else then


def slot_missed(dialog: Dialog, place: SlotMissed) -> Place:
    """Asks again while retries last; then the slot's failure path, else the fallback intent."""
    slot = dialog.definition.slot(place.slot)
    attempt = (dialog.before.action.attempt if dialog.before.action else 0) + 1
    retries = slot.prompt.max_retries if slot and slot.prompt else UNSTATED_RETRIES
    if slot is None or attempt > retries:
        dialog.note("retries are used up", slot=place.slot, attempt=attempt)
        capture = slot.capture if slot else None
        hook = capture.code_hook if capture else None
        return Follow(capture.failed if capture else NOTHING, fall_back(dialog), hook, failed=True)
    again = Proposal("ElicitSlot", slot.name, attempt)
    if dialog.definition.is_classic:
        return Consult(again, AskSlot(slot.name, attempt))
    then, listener = SlotSettled(slot.name, attempt), _elicitation_hook(dialog, slot.name)
    return Consult(again, then, listener.label, moved=then) if listener else then


def slot_settled(dialog: Dialog, place: SlotSettled) -> Place:
    """Captured when the slot has its value, asked for again when it has not."""
    slot = dialog.definition.slot(place.slot)
    if slot is None or dialog.intent.state == "Failed":
        return Onward()
    if is_filled(dialog, slot):
        return Captured(slot.name)
    return AskSlot(slot.name, place.attempt)


def captured(dialog: Dialog, place: Captured) -> Place:
    """The slot's own next step, by priorities where it has none."""
    slot = dialog.definition.slot(place.slot)
    if slot is None:
        return Onward()
    then = chained(dialog, after=slot)
    if slot.capture is None:
        return then
    capture = slot.capture
    return Follow(capture.captured, then, capture.code_hook, place.quiet, keeps_values=True)


def chained(dialog: Dialog, after: Slot | None = None) -> Place:
    """The next required slot by priority; one that is filled goes on to its own next step."""
    slots = [slot for slot in dialog.definition.slots if slot.required]
    if after is not None:
        slots = [slot for slot in slots if slot.priority > after.priority]
    return AskSlot(slots[0].name, unless_filled=True) if slots else Onward()


def fall_back(dialog: Dialog) -> Place:
    """The fallback intent; a bot without one gives up."""
    fallback = dialog.locale.fallback
    return Start(fallback.name) if fallback else End("Failed")


def foresee(dialog: Dialog) -> Proposal:
    """What the dialog would do next without its hook."""
    if dialog.intent.confirmation == "Denied":
        return Proposal("Close")
    dialog.fill_defaults()
    slot = open_slot(dialog)
    if slot is not None:
        return Proposal("ElicitSlot", slot.name)
    confirms = dialog.definition.confirmation is not None
    undecided = dialog.intent.confirmation == "None"
    return Proposal("ConfirmIntent" if confirms and undecided else "Close")


def _elicitation_hook(dialog: Dialog, name: str) -> ElicitationHook | None:
    """The hook that hears replies to the slot's prompt, where the intent lets hooks be called."""
    slot = dialog.definition.slot(name)
    if slot is None or slot.capture is None or not dialog.definition.dialog_hook:
        return None
    return slot.capture.elicitation_hook
