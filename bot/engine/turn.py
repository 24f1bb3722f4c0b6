"""One turn of a Lex V2 dialog, as a generator: it yields code-hook calls and returns the result.

Pure: the clock, the randomness and the ears are given, and nothing is performed here. A turn runs
hear -> fill -> consult the dialog hook -> ask, confirm or fulfil, as the developer guide has it.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from bot.definition.model import BotLocale, Intent, MessageGroup, Slot
from bot.engine.defaults import default_for
from bot.engine.effects import (
    BotIdentity,
    HookCall,
    HookFailed,
    HookOutcome,
    HookTimedOut,
    Interpretation,
    Json,
    Message,
    TurnResult,
    UserInput,
)
from bot.engine.errors import DependencyFailedError, StateRefusedError
from bot.engine.hearing import Heard, hear
from bot.engine.hook_event import Proposal, hook_event
from bot.engine.hook_reply import Directive, empty_intent, read_reply
from bot.engine.interpretations import interpretations
from bot.engine.recogniser import IntentScore, Recogniser, SlotMatch
from bot.engine.session import (
    ActiveContext,
    ConfirmationState,
    DialogAction,
    IntentState,
    Session,
    SlotState,
)
from bot.engine.speaking import speak

Steps = Generator[HookCall, HookOutcome, None]
Turn = Generator[HookCall, HookOutcome, TurnResult]


@dataclass(frozen=True, slots=True)
class Stage:
    """What a turn plays on: the bot's locale, who it is to its hooks, its ears, clock and dice."""

    locale: BotLocale
    bot: BotIdentity
    recogniser: Recogniser
    now: datetime
    rng: Random


def run_turn(stage: Stage, session: Session, user: UserInput) -> Turn:
    """Plays one turn. Raises a `TurnError` when Lex would refuse it; `session` still holds."""
    dialog = _Dialog(stage, session, user)
    heard = hear(stage.locale, session, user.text, stage.recogniser, stage.now)
    yield from dialog.react(heard)
    return dialog.result()


class _Dialog:
    """The workspace of one turn: mutable while the turn lasts, a `Session` at its end."""

    def __init__(self, stage: Stage, session: Session, user: UserInput) -> None:
        self._stage = stage
        self._locale = stage.locale
        self._before = session
        self._user = user
        self._intent = session.intent or IntentState("")
        self._action = session.action
        self._attributes = dict(session.attributes)
        # A turn uses up one turn of every context that was active when it began.
        self._contexts: tuple[ActiveContext, ...] = tuple(
            replace(c, turns=c.turns - 1) for c in session.live_contexts(stage.now)
        )
        self._messages: list[Message] = []
        self._candidates: tuple[IntentScore, ...] = ()
        self._request_attributes: dict[str, str] | None = None
        self._trace: list[Json] = []

    @property
    def _definition(self) -> Intent:
        return self._locale.intents[self._intent.name]

    # --- what was heard ---

    def react(self, heard: Heard) -> Steps:
        self._candidates = heard.candidates
        self._note("heard", kind=heard.kind, why=heard.why, intent=heard.intent)
        match heard.kind:
            case "intent":
                yield from self._start(str(heard.intent), dict(heard.slots))
            case "slots":
                self._fill(dict(heard.slots))
                yield from self._consult(self._propose())
            case "yes":
                yield from self._confirmed("Confirmed")
            case "no":
                yield from self._confirmed("Denied")
            case "missed":
                yield from self._missed()

    def _start(self, name: str, slots: dict[str, SlotMatch]) -> Steps:
        self._intent, self._action = empty_intent(self._locale, name), None
        self._fill(slots)
        self._say(self._definition.initial_response)
        yield from self._consult(self._propose())

    def _fill(self, slots: dict[str, SlotMatch]) -> None:
        for name, match in slots.items():
            if name in self._intent.slots:
                self._intent = self._intent.with_slot(name, SlotState(match))
        if slots:
            self._intent = replace(self._intent, confirmation="None")

    def _confirmed(self, answer: ConfirmationState) -> Steps:
        self._intent = replace(self._intent, confirmation=answer)
        setting = self._definition.confirmation
        if answer == "Confirmed" and setting:
            self._say(setting.confirmed)
        yield from self._consult(self._propose())

    def _missed(self) -> Steps:
        """Nothing was understood: ask again while retries last, then fall back."""
        action = self._action
        asked = action is not None and action.type in ("ElicitSlot", "ConfirmIntent")
        if action is not None and asked and action.attempt < self._retries(action):
            again = Proposal(action.type, action.slot, action.attempt + 1)
            yield from self._consult(again)
            return
        fallback = self._locale.fallback
        if fallback is None:
            raise StateRefusedError("the bot has no fallback intent")
        yield from self._start(fallback.name, {})

    def _retries(self, action: DialogAction) -> int:
        if action.type == "ConfirmIntent":
            setting = self._definition.confirmation
            return setting.prompt.max_retries if setting else 2
        slot = self._definition.slot(action.slot or "")
        return slot.prompt.max_retries if slot and slot.prompt else 2

    # --- what to do next ---

    def _propose(self) -> Proposal:
        """The next step by the definition alone."""
        if self._intent.confirmation == "Denied":
            return Proposal("Close")
        slot = self._open_slot()
        if slot is not None:
            return Proposal("ElicitSlot", slot.name)
        if self._definition.confirmation and self._intent.confirmation == "None":
            return Proposal("ConfirmIntent")
        return Proposal("Close")

    def _open_slot(self) -> Slot | None:
        for slot in self._definition.slots:
            if self._intent.slots.get(slot.name) is not None:
                continue
            value = default_for(slot, self._attributes, self._contexts)
            if value is not None:
                filled = SlotState(SlotMatch(value, value, (value,)))
                self._intent = self._intent.with_slot(slot.name, filled)
            elif slot.required:
                return slot
        return None

    def _consult(self, proposal: Proposal) -> Steps:
        """Lets the dialog hook decide where the intent has one, else does what is proposed."""
        if not self._definition.dialog_hook:
            yield from self._carry_out(proposal)
            return
        directive = yield from self._call_hook("DialogCodeHook", proposal)
        if directive.action == "Delegate":
            moved = self._adopt(directive)
            self._messages.extend(directive.messages)
            # A retry stays the retry it was, unless the hook filled or changed something.
            again = proposal.attempt > 0 and not moved
            yield from self._carry_out(proposal if again else self._propose())
        else:
            self._obey(directive, proposal.attempt)

    def _carry_out(self, proposal: Proposal) -> Steps:
        if proposal.action == "ElicitSlot":
            self._ask_slot(str(proposal.slot), proposal.attempt, ())
        elif proposal.action == "ConfirmIntent":
            self._ask_confirmation(proposal.attempt, ())
        elif self._intent.confirmation == "Denied":
            self._say(
                self._definition.confirmation.declination if self._definition.confirmation else ()
            )
            self._close("Failed")
        else:
            yield from self._fulfil()

    def _fulfil(self) -> Steps:
        self._intent = replace(self._intent, state="ReadyForFulfillment")
        if not self._definition.fulfillment_hook:
            closing = self._definition.closing
            self._say(closing)
            self._close("Fulfilled" if closing else "ReadyForFulfillment")
            return
        directive = yield from self._call_hook("FulfillmentCodeHook", None)
        if directive.action == "Delegate":
            self._adopt(directive)
            self._messages.extend(directive.messages)
            self._say(self._definition.closing)
            self._close("Fulfilled")
        else:
            self._obey(directive, 0)

    # --- the code hook ---

    def _call_hook(
        self, source: str, proposal: Proposal | None
    ) -> Generator[HookCall, HookOutcome, Directive]:
        event = hook_event(
            source, self._before, self._stage.bot, self._user, self._intent, self._attributes,
            self._contexts, self._interpretations(), proposal, None, self._stage.now,
        )  # fmt: skip
        outcome = yield HookCall(event, source, None)
        if isinstance(outcome, HookTimedOut):
            raise DependencyFailedError("The Lambda function timed out")
        if isinstance(outcome, HookFailed):
            raise DependencyFailedError(f"The Lambda function failed: {outcome.reason}")
        directive = read_reply(outcome.response, self._locale, self._intent, self._stage.now)
        self._note("hook", source=source, action=directive.action, slot=directive.slot)
        return directive

    def _adopt(self, directive: Directive) -> bool:
        """Takes over what the hook changed; says whether slots or the intent did."""
        before = self._intent
        if directive.attributes is not None:
            self._attributes = dict(directive.attributes)
        if directive.contexts is not None:
            self._contexts = directive.contexts
        if directive.request_attributes is not None:
            self._request_attributes = dict(directive.request_attributes)
        if directive.intent is not None:
            self._intent = directive.intent
        return (before.name, before.slots) != (self._intent.name, self._intent.slots)

    def _obey(self, directive: Directive, attempt: int) -> None:
        self._adopt(directive)
        match directive.action:
            case "ElicitSlot":
                slot = str(directive.slot)
                self._ask_slot(slot, self._attempt("ElicitSlot", slot, attempt), directive.messages)
            case "ConfirmIntent":
                count = self._attempt("ConfirmIntent", None, attempt)
                self._ask_confirmation(count, directive.messages)
            case "ElicitIntent":
                self._messages.extend(directive.messages)
                self._action = DialogAction("ElicitIntent")
            case "Close":
                self._messages.extend(directive.messages)
                if not directive.messages and self._intent.state == "Fulfilled":
                    self._say(self._definition.closing)
                self._close(self._intent.state)

    def _attempt(self, action: str, slot: str | None, proposed: int) -> int:
        """How often the same question has been asked in a row, when the hook asks it."""
        last = self._before.action
        same = last is not None and last.type == action and last.slot == slot
        same_intent = self._before.intent is not None and (
            self._before.intent.name == self._intent.name
        )
        return proposed if same and same_intent else 0

    # --- what is said ---

    def _ask_slot(self, name: str, attempt: int, messages: tuple[Message, ...]) -> None:
        slot = self._definition.slot(name)
        self._intent = replace(self._intent.with_slot(name, None), state="InProgress")
        self._action = DialogAction("ElicitSlot", name, attempt, bool(messages))
        if messages:
            self._messages.extend(messages)
        elif slot is not None and slot.prompt is not None:
            self._say(slot.prompt.groups)

    def _ask_confirmation(self, attempt: int, messages: tuple[Message, ...]) -> None:
        self._intent = replace(self._intent, state="InProgress", confirmation="None")
        self._action = DialogAction("ConfirmIntent", None, attempt, bool(messages))
        if messages:
            self._messages.extend(messages)
        elif self._definition.confirmation is not None:
            self._say(self._definition.confirmation.prompt.groups)

    def _close(self, state: str) -> None:
        self._intent = replace(self._intent, state=state)
        self._action = DialogAction("Close")
        if state == "Fulfilled":
            self._activate_contexts()

    def _activate_contexts(self) -> None:
        values = {
            name: slot.value.interpreted or slot.value.original
            for name, slot in self._intent.slots.items()
            if slot is not None and slot.value is not None
        }
        for given in self._definition.output_contexts:
            expires = self._stage.now + timedelta(seconds=given.seconds)
            fresh = ActiveContext(given.name, expires, given.turns, values)
            others = tuple(c for c in self._contexts if c.name != given.name)
            self._contexts = (*others, fresh)

    def _say(self, groups: tuple[MessageGroup, ...]) -> None:
        self._messages.extend(speak(groups, self._intent, self._attributes, self._stage.rng))

    def _note(self, step: str, **facts: object) -> None:
        self._trace.append({"step": step, **facts})

    def _interpretations(self) -> tuple[Interpretation, ...]:
        return interpretations(self._locale, self._intent, self._candidates)

    def result(self) -> TurnResult:
        """The turn's end as values."""
        keeps_intent = self._action is None or self._action.type != "ElicitIntent"
        session = replace(
            self._before,
            attributes=self._attributes,
            contexts=tuple(c for c in self._contexts if c.turns > 0),
            intent=self._intent if keeps_intent else None,
            action=self._action,
        )
        return TurnResult(
            tuple(self._messages),
            session,
            self._interpretations(),
            self._request_attributes,
            tuple(self._trace),
        )
