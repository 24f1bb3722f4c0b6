"""Calls a code hook and turns its answer into the place where the dialog goes on."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from bot.engine.dialog import Dialog
from bot.engine.effects import HookCall, HookFailed, HookOutcome, HookTimedOut, Json
from bot.engine.errors import DependencyFailedError
from bot.engine.hook_event import hook_event
from bot.engine.hook_reply import Directive, read_reply
from bot.engine.places import AskConfirmation, AskIntent, AskSlot, Closing, End, Place, Proposal

Answer = Directive | HookFailed | HookTimedOut
Answering = Generator[HookCall, HookOutcome, Answer]

DIALOG, FULFILLMENT = "DialogCodeHook", "FulfillmentCodeHook"


def call_hook(
    dialog: Dialog, source: str, proposal: Proposal | None, label: str | None = None
) -> Answering:
    """The hook's directive, or how it failed. Raises `DependencyFailedError` on a wrong answer."""
    event = hook_event(dialog, source, proposal, label)
    outcome = yield HookCall(event, source, label)
    request = {**event, "requestAttributes": _names(event.get("requestAttributes"))}
    if isinstance(outcome, HookTimedOut):
        dialog.note("hook", source=source, label=label, request=request, failure="timed out")
        return outcome
    if isinstance(outcome, HookFailed):
        dialog.note("hook", source=source, label=label, request=request, failure=outcome.reason)
        return outcome
    directive = read_reply(outcome.response, dialog.locale, dialog.intent, dialog.stage.now)
    dialog.note(
        "hook",
        source=source,
        label=label,
        action=directive.action,
        slot=directive.slot,
        request=request,
        response=_shown(outcome.response),
    )
    return directive


def refusal(failed: HookFailed | HookTimedOut) -> DependencyFailedError:
    """The error by which a turn ends when its hook failed and nothing was laid down for that."""
    if isinstance(failed, HookTimedOut):
        return DependencyFailedError("The Lambda function timed out")
    return DependencyFailedError(f"The Lambda function failed: {failed.reason}")


def hands_over(dialog: Dialog, directive: Directive) -> bool:
    """Whether the hook delegates another intent, unfinished: its dialog goes on.

    So a hook for AMAZON.RepeatIntent gives back the intent that was interrupted (inferred).
    """
    other = directive.intent
    return (
        directive.action == "Delegate"
        and other is not None
        and other.name != dialog.intent.name
        and other.state == "InProgress"
    )


def obey(dialog: Dialog, directive: Directive, proposed: int = 0) -> Place:
    """The place that a hook sends the dialog to, when it does not delegate."""
    dialog.adopt(directive)
    messages = directive.messages
    match directive.action:
        case "ElicitSlot":
            slot = str(directive.slot)
            return AskSlot(
                slot,
                _attempt(dialog, "ElicitSlot", slot, proposed),
                messages,
                sub_slot=directive.sub_slot,
                style=directive.style,
            )
        case "ConfirmIntent":
            return AskConfirmation(_attempt(dialog, "ConfirmIntent", None, proposed), messages)
        case "ElicitIntent":
            return AskIntent(messages)
    if messages or dialog.intent.state != "Fulfilled":
        return End(dialog.intent.state, messages)
    return Closing()


def _attempt(dialog: Dialog, action: str, slot: str | None, proposed: int) -> int:
    """How often the same question has been asked in a row, when the hook asks it."""
    last, intent = dialog.before.action, dialog.before.intent
    same = last is not None and (last.type, last.slot) == (action, slot)
    return proposed if same and intent is not None and intent.name == dialog.intent.name else 0


def _names(attributes: Any) -> Json:
    """Request attributes may carry secrets of the channel: a trace shows their names alone."""
    return dict.fromkeys(attributes or {}, "(not shown)")


def _shown(response: Any) -> Any:
    if not isinstance(response, dict) or "requestAttributes" not in response:
        return response
    return {**response, "requestAttributes": _names(response["requestAttributes"])}
