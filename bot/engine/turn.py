"""One turn of a Lex V2 dialog, as a generator: it yields code-hook calls and returns the result.

Pure: the clock, the randomness and the ears are given, and nothing is performed here. A turn runs
hear -> fill -> consult the dialog hook -> ask, confirm or fulfil, as the developer guide has it.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace

from bot.engine.draft import Draft, Stage
from bot.engine.effects import (
    HookCall,
    HookFailed,
    HookOutcome,
    HookTimedOut,
    TurnResult,
    UserInput,
)
from bot.engine.errors import DependencyFailedError, StateRefusedError
from bot.engine.hearing import Heard, hear
from bot.engine.hook_event import Proposal
from bot.engine.hook_reply import Directive, read_reply
from bot.engine.recogniser import SlotMatch
from bot.engine.session import ConfirmationState, DialogAction, Session

__all__ = ["Stage", "run_turn"]

Steps = Generator[HookCall, HookOutcome, None]
Turn = Generator[HookCall, HookOutcome, TurnResult]

# A hook may ask for what the definition has no prompt for; then the console's default holds.
_DEFAULT_RETRIES = 2


def run_turn(stage: Stage, session: Session, user: UserInput) -> Turn:
    """Plays one turn. Raises a `TurnError` when Lex would refuse it; `session` still holds."""
    draft = Draft(stage, session, user)
    heard = hear(stage.locale, session, user.text, stage.recogniser, stage.now)
    draft.candidates = heard.candidates
    draft.note("heard", kind=heard.kind, why=heard.why, intent=heard.intent)
    yield from _Flow(stage, draft).react(heard)
    return draft.result()


class _Flow:
    """The order of things in a turn; every step works on the draft."""

    def __init__(self, stage: Stage, draft: Draft) -> None:
        self._stage = stage
        self._draft = draft

    def react(self, heard: Heard) -> Steps:
        """Does what the customer's words call for."""
        match heard.kind:
            case "intent":
                yield from self._start(str(heard.intent), dict(heard.slots))
            case "slots":
                self._draft.fill(dict(heard.slots))
                yield from self._consult(self._propose())
            case "yes":
                yield from self._answered("Confirmed")
            case "no":
                yield from self._answered("Denied")
            case "missed":
                yield from self._missed()

    def _start(self, name: str, slots: dict[str, SlotMatch]) -> Steps:
        self._draft.begin(name)
        self._draft.fill(slots)
        self._draft.say(self._draft.definition.initial_response)
        yield from self._consult(self._propose())

    def _answered(self, answer: ConfirmationState) -> Steps:
        draft = self._draft
        draft.intent = replace(draft.intent, confirmation=answer)
        if answer == "Confirmed" and draft.definition.confirmation:
            draft.say(draft.definition.confirmation.confirmed)
        yield from self._consult(self._propose())

    def _missed(self) -> Steps:
        """Nothing was understood: ask again while retries last, then fall back."""
        action = self._draft.action
        asked = action is not None and action.type in ("ElicitSlot", "ConfirmIntent")
        if action is not None and asked and action.attempt < self._retries(action):
            again = Proposal(action.type, action.slot, action.attempt + 1)
            yield from self._consult(again)
            return
        fallback = self._stage.locale.fallback
        if fallback is None:
            raise StateRefusedError("the bot has no fallback intent")
        yield from self._start(fallback.name, {})

    def _retries(self, action: DialogAction) -> int:
        if action.type == "ConfirmIntent":
            setting = self._draft.definition.confirmation
            return setting.prompt.max_retries if setting else _DEFAULT_RETRIES
        slot = self._draft.definition.slot(action.slot or "")
        return slot.prompt.max_retries if slot and slot.prompt else _DEFAULT_RETRIES

    def _propose(self) -> Proposal:
        """The next step by the definition alone."""
        draft = self._draft
        if draft.intent.confirmation == "Denied":
            return Proposal("Close")
        slot = draft.open_slot()
        if slot is not None:
            return Proposal("ElicitSlot", slot.name)
        if draft.definition.confirmation and draft.intent.confirmation == "None":
            return Proposal("ConfirmIntent")
        return Proposal("Close")

    def _consult(self, proposal: Proposal) -> Steps:
        """Lets the dialog hook decide where the intent has one, else does what is proposed."""
        if not self._draft.definition.dialog_hook:
            yield from self._carry_out(proposal)
            return
        directive = yield from self._call_hook("DialogCodeHook", proposal)
        if directive.action != "Delegate":
            self._obey(directive, proposal.attempt)
            return
        moved = self._draft.adopt(directive)
        self._draft.relay(directive.messages)
        # A retry stays the retry it was, unless the hook filled or changed something.
        again = proposal.attempt > 0 and not moved
        yield from self._carry_out(proposal if again else self._propose())

    def _carry_out(self, proposal: Proposal) -> Steps:
        draft = self._draft
        if proposal.action == "ElicitSlot":
            draft.ask_slot(str(proposal.slot), proposal.attempt, ())
        elif proposal.action == "ConfirmIntent":
            draft.ask_confirmation(proposal.attempt, ())
        elif draft.intent.confirmation == "Denied":
            setting = draft.definition.confirmation
            draft.say(setting.declination if setting else ())
            draft.close("Failed")
        else:
            yield from self._fulfil()

    def _fulfil(self) -> Steps:
        draft = self._draft
        draft.intent = replace(draft.intent, state="ReadyForFulfillment")
        if not draft.definition.fulfillment_hook:
            closing = draft.definition.closing
            draft.say(closing)
            draft.close("Fulfilled" if closing else "ReadyForFulfillment")
            return
        directive = yield from self._call_hook("FulfillmentCodeHook", None)
        if directive.action != "Delegate":
            self._obey(directive, 0)
            return
        draft.adopt(directive)
        draft.relay(directive.messages)
        draft.say(draft.definition.closing)
        draft.close("Fulfilled")

    def _call_hook(
        self, source: str, proposal: Proposal | None
    ) -> Generator[HookCall, HookOutcome, Directive]:
        draft = self._draft
        outcome = yield HookCall(draft.event(source, proposal), source, None)
        if isinstance(outcome, HookTimedOut):
            raise DependencyFailedError("The Lambda function timed out")
        if isinstance(outcome, HookFailed):
            raise DependencyFailedError(f"The Lambda function failed: {outcome.reason}")
        stage = self._stage
        directive = read_reply(outcome.response, stage.locale, draft.intent, stage.now)
        draft.note("hook", source=source, action=directive.action, slot=directive.slot)
        return directive

    def _obey(self, directive: Directive, proposed_attempt: int) -> None:
        """Does what the hook decided, other than to delegate."""
        draft = self._draft
        draft.adopt(directive)
        match directive.action:
            case "ElicitSlot":
                slot = str(directive.slot)
                attempt = self._attempt("ElicitSlot", slot, proposed_attempt)
                draft.ask_slot(slot, attempt, directive.messages)
            case "ConfirmIntent":
                attempt = self._attempt("ConfirmIntent", None, proposed_attempt)
                draft.ask_confirmation(attempt, directive.messages)
            case "ElicitIntent":
                draft.relay(directive.messages)
                draft.action = DialogAction("ElicitIntent")
            case "Close":
                draft.relay(directive.messages)
                if not directive.messages and draft.intent.state == "Fulfilled":
                    draft.say(draft.definition.closing)
                draft.close(draft.intent.state)

    def _attempt(self, action: str, slot: str | None, proposed: int) -> int:
        """How often the same question has been asked in a row, when the hook asks it."""
        before = self._draft.before
        same_question = before.action is not None and (
            (before.action.type, before.action.slot) == (action, slot)
        )
        same_intent = before.intent is not None and before.intent.name == self._draft.intent.name
        return proposed if same_question and same_intent else 0
