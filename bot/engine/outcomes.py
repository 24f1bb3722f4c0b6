"""Follows what the definition lays down: response, then conditions, then the next step."""

from __future__ import annotations

from collections.abc import Callable, Generator

from bot.definition.flow import Branch, Conditional, NextStep
from bot.engine.condition_syntax import ConditionError
from bot.engine.conditions import holds
from bot.engine.dialog import Dialog
from bot.engine.effects import HookCall, HookFailed, HookOutcome, HookTimedOut
from bot.engine.eliciting import foresee
from bot.engine.hooks import DIALOG, call_hook, hands_over, obey, refusal
from bot.engine.places import (
    AskConfirmation,
    AskIntent,
    AskSlot,
    Closing,
    Consult,
    End,
    Follow,
    Fulfil,
    InvokeHook,
    Onward,
    Place,
    Start,
)

Moving = Generator[HookCall, HookOutcome, Place]


def follow(dialog: Dialog, place: Follow) -> Place:
    """Says the response, takes the branch whose condition holds, and the step that is left."""
    speaks = not (place.quiet or place.spoken)
    if speaks:
        dialog.say(place.outcome.response)
    step = place.outcome.next_step
    branch = _branch(dialog, place.outcome.conditional)
    if branch is not None:
        if speaks:
            dialog.say(branch.response)
        step = branch.next_step
    if step is None:
        return place.default
    dialog.set_values(step)
    dialog.note("next step", action=step.action, slot=step.slot, intent=step.intent)
    take = _STEPS.get(step.action or "")
    return take(dialog, step, place) if take else place.default


def _branch(dialog: Dialog, conditional: Conditional | None) -> Branch | None:
    """The first branch whose condition holds, else the default. A bad expression never holds."""
    if conditional is None:
        return None
    scope = dialog.scope()
    for branch in conditional.branches:
        try:
            met = holds(branch.condition or "", scope, dialog.definition)
        except ConditionError as error:
            dialog.note("fault", why=f"condition of {branch.name}: {error}")
            continue
        dialog.note("condition", branch=branch.name, expression=branch.condition, holds=met)
        if met:
            return branch
    return conditional.default


def _elicit_slot(_dialog: Dialog, step: NextStep, place: Follow) -> Place:
    return AskSlot(step.slot or "", quiet=step.suppress, unless_filled=place.keeps_values)


def _elicit_intent(_dialog: Dialog, _step: NextStep, _place: Follow) -> Place:
    return AskIntent()


def _start_intent(dialog: Dialog, step: NextStep, _place: Follow) -> Place:
    """Another intent, or the beginning of this one. Exports may name none: that ends the intent."""
    if step.intent is None:
        dialog.note("fault", why="StartIntent names no intent")
        return End("Failed")
    current = dialog.intent
    again = step.intent == current.name and current.state not in ("Fulfilled", "Failed")
    return Start(step.intent, dialog.overrides(step), step.suppress, keeps_slots=again)


def _confirm(dialog: Dialog, step: NextStep, _place: Follow) -> Place:
    if dialog.definition.confirmation is None:
        return Fulfil()
    return AskConfirmation(quiet=step.suppress)


def _fulfil(_dialog: Dialog, _step: NextStep, _place: Follow) -> Place:
    return Fulfil()


def _close(_dialog: Dialog, step: NextStep, place: Follow) -> Place:
    return Closing(quiet=step.suppress or place.spoken, failed=place.failed)


def _end(_dialog: Dialog, _step: NextStep, place: Follow) -> Place:
    return End("Failed" if place.failed else None)


def _invoke(_dialog: Dialog, _step: NextStep, place: Follow) -> Place:
    if place.hook is None:
        return place.default
    return InvokeHook(place.hook, place.default, place.keeps_values)


_STEPS: dict[str, Callable[[Dialog, NextStep, Follow], Place]] = {
    "ElicitSlot": _elicit_slot,
    "ElicitIntent": _elicit_intent,
    "StartIntent": _start_intent,
    "ConfirmIntent": _confirm,
    "FulfillIntent": _fulfil,
    "CloseIntent": _close,
    "EndConversation": _end,
    "InvokeDialogCodeHook": _invoke,
}
"""EvaluateConditional is not among them: an active condition is evaluated before any step."""


def invoke_hook(dialog: Dialog, place: InvokeHook) -> Moving:
    """Calls one point's hook, and follows its success, failure or timeout.

    Where calls are switched off, for the point or for the intent, it counts as a success.
    """
    hook = place.hook
    success = Follow(hook.success, place.default, keeps_values=place.keeps_values)
    if not (hook.invokes and dialog.definition.dialog_hook):
        return success
    answer = yield from call_hook(dialog, DIALOG, foresee(dialog), hook.label)
    if isinstance(answer, HookTimedOut | HookFailed):
        way = hook.timeout if isinstance(answer, HookTimedOut) else hook.failure
        if not way:
            raise refusal(answer)
        return Follow(way, End("Failed"), failed=True)
    if answer.action != "Delegate":
        return obey(dialog, answer)
    handed_over = hands_over(dialog, answer)
    dialog.adopt(answer)
    dialog.speak_instead(answer.messages)
    if handed_over:
        return Onward()
    if dialog.intent.state == "Failed":
        return Follow(hook.failure, End("Failed"), failed=True)
    if dialog.intent.state == "ReadyForFulfillment":
        return Fulfil()
    return success


def consult(dialog: Dialog, place: Consult) -> Moving:
    """Lets the dialog hook of the intent hear the reply, where it has one."""
    if not dialog.definition.dialog_hook:
        return place.then
    answer = yield from call_hook(dialog, DIALOG, place.proposal, place.label)
    if isinstance(answer, HookTimedOut | HookFailed):
        raise refusal(answer)
    if answer.action != "Delegate":
        return obey(dialog, answer, place.proposal.attempt)
    moved = dialog.adopt(answer)
    dialog.speak_instead(answer.messages)
    if dialog.intent.state == "ReadyForFulfillment":
        return Fulfil()
    if dialog.intent.state == "Failed":
        return End("Failed")
    return place.moved if moved else place.then
