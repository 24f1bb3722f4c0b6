"""Fulfils an intent, by its hook or without, and closes it."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace

from bot.definition.flow import Outcome
from bot.engine.dialog import Dialog
from bot.engine.effects import HookCall, HookFailed, HookOutcome, HookTimedOut
from bot.engine.hook_reply import Directive
from bot.engine.hooks import FULFILLMENT, call_hook, hands_over, obey, refusal
from bot.engine.places import Closing, End, Follow, Fulfil, Onward, Place

Moving = Generator[HookCall, HookOutcome, Place]


def fulfil(dialog: Dialog, _place: Fulfil) -> Moving:
    """Ready for fulfilment: the hook fulfils, or without one it succeeds by itself.

    Source: developer guide, "Fulfillment".
    """
    dialog.intent = replace(dialog.intent, state="ReadyForFulfillment")
    after = dialog.definition.fulfillment
    if not dialog.definition.fulfillment_hook:
        if after.success.response:
            dialog.intent = replace(dialog.intent, state="Fulfilled")
        return Follow(after.success, Closing())
    answer = yield from call_hook(dialog, FULFILLMENT, None)
    if isinstance(answer, HookTimedOut | HookFailed):
        return _failed(answer, after.timeout if isinstance(answer, HookTimedOut) else after.failure)
    if hands_over(dialog, answer):
        dialog.adopt(answer)
        dialog.speak_instead(answer.messages)
        return Onward()
    if answer.action in ("Delegate", "Close"):
        return _done(dialog, answer)
    return obey(dialog, answer)


def _failed(answer: HookFailed | HookTimedOut, way: Outcome) -> Place:
    if not way:
        raise refusal(answer)
    return Follow(way, End("Failed"), failed=True)


def _done(dialog: Dialog, directive: Directive) -> Place:
    """The hook has fulfilled, or could not: its own words stand in place of the definition's.

    The post-fulfilment step of its status is followed either way (inferred).
    """
    dialog.adopt(directive)
    dialog.say_messages(directive.messages)
    spoke = bool(directive.messages)
    after = dialog.definition.fulfillment
    if dialog.intent.state == "Failed":
        return Follow(after.failure, End("Failed"), spoken=spoke, failed=True)
    if directive.action == "Delegate" or dialog.intent.state == "Fulfilled":
        dialog.intent = replace(dialog.intent, state="Fulfilled")
        return Follow(after.success, Closing(quiet=spoke), spoken=spoke)
    return End(dialog.intent.state)


def closing(dialog: Dialog, place: Closing) -> Place:
    """The closing response and what follows it.

    Without a hook and without words of its own the intent is left to the caller to fulfil.
    """
    ending = _ending(dialog.definition.closing)
    hushed, dialog.hushed = dialog.hushed or place.quiet, False
    if place.failed:
        dialog.conclude("Failed")
    elif dialog.intent.state == "Fulfilled" or ending.response:
        dialog.conclude("Fulfilled")
    else:
        dialog.conclude("ReadyForFulfillment")
    return Follow(ending, End(dialog.intent.state), quiet=hushed, failed=place.failed)


def _ending(closing: Outcome) -> Outcome:
    """Its branches "are executed when the nextStep attribute is set to" evaluate them.

    Source: API reference, IntentClosingSetting. Where no step is set they are, too (inferred).
    """
    step = closing.next_step
    if step is None or step.action in (None, "EvaluateConditional"):
        return closing
    return replace(closing, conditional=None)


def end(dialog: Dialog, place: End) -> None:
    """Nothing more is said. An intent that ends half-way is the caller's to fulfil (inferred)."""
    dialog.say_messages(place.messages)
    state = place.state or dialog.intent.state
    half_way = place.state is None and state == "InProgress"
    dialog.conclude("ReadyForFulfillment" if half_way else state)
