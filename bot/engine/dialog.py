"""The workspace of one turn: mutable while the turn lasts, a `Session` at its end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from bot.definition.flow import NextStep, SlotOverride
from bot.definition.model import BotLocale, Intent
from bot.definition.speech import Prompt, Response
from bot.engine.effects import Interpretation, Json, Message, TurnResult, UserInput
from bot.engine.filling import default_for
from bot.engine.hook_reply import Directive
from bot.engine.interpretations import interpretations
from bot.engine.lengths import cut
from bot.engine.messages import MAX_CONTENT, MOST_MESSAGES
from bot.engine.recogniser import IntentScore, SlotMatch
from bot.engine.references import Scope, said
from bot.engine.session import ActiveContext, DialogAction, IntentState, Session, SlotState
from bot.engine.session_wire import MOST_CONTEXT_ATTRIBUTES, MOST_CONTEXTS, still_running
from bot.engine.speaking import say
from bot.engine.stage import Stage


class Dialog:
    """What the turn has come to so far. `before` is the session as the turn found it."""

    def __init__(self, stage: Stage, session: Session, user: UserInput) -> None:
        self.stage = stage
        self.before = session
        self.user = user
        self.action = session.action
        self.attributes = dict(session.attributes)
        # A turn uses up one turn of every context that was active when it began.
        self.contexts: tuple[ActiveContext, ...] = tuple(
            replace(c, turns=c.turns - 1) for c in session.live_contexts(stage.now)
        )
        self.candidates: tuple[IntentScore, ...] = ()
        self.heard_slots: Mapping[str, SlotState] = {}
        self.hushed = False
        self._intent = session.intent
        self._hints = session.runtime_hints
        self._messages: list[Message] = []
        self._request_attributes: dict[str, str] | None = None
        self._trace: list[Json] = []

    @property
    def locale(self) -> BotLocale:
        return self.stage.locale

    @property
    def intent(self) -> IntentState:
        """The intent in play. Raises LookupError before there is one."""
        if self._intent is None:
            raise LookupError("no intent is in play")
        return self._intent

    @intent.setter
    def intent(self, intent: IntentState) -> None:
        self._intent = intent

    @property
    def definition(self) -> Intent:
        return self.locale.intents[self.intent.name]

    def note(self, step: str, **facts: object) -> None:
        """Adds to the trace; `facts` are JSON."""
        self._trace.append({"step": step, **facts})

    @property
    def trace(self) -> tuple[Json, ...]:
        """What was noted so far, in order."""
        return tuple(self._trace)

    # --- values ---

    def scope(self) -> Scope:
        return Scope(
            self._intent,
            self.attributes,
            self.contexts,
            self.user.request_attributes,
            self.user.text,
        )

    def fill(self, slots: Mapping[str, SlotState]) -> None:
        """Takes over what the customer gave; a changed intent has to be confirmed anew."""
        if slots:
            self.heard_slots = {**self.heard_slots, **slots}
            self.intent = replace(
                self.intent, slots={**self.intent.slots, **slots}, confirmation="None"
            )

    def fill_defaults(self) -> None:
        """Gives empty slots their defaults."""
        for slot in self.definition.slots:
            if self.intent.slots.get(slot.name) is None:
                value = default_for(slot, self.scope())
                if value is not None:
                    self.intent = self.intent.with_slot(slot.name, value)

    def set_values(self, step: NextStep) -> None:
        """Sets a step's session attributes, and its slots unless they are for another intent."""
        scope = self.scope()
        for name, value in step.attributes.items():
            self.attributes[name] = scope.value(value) or scope.fill(value)
        if step.intent in (None, self.intent.name):
            slots = {n: v for n, v in self.overrides(step).items() if n in self.intent.slots}
            self.intent = replace(self.intent, slots={**self.intent.slots, **slots})

    def overrides(self, step: NextStep) -> dict[str, SlotState | None]:
        """The slot values that a step sets; None clears."""
        scope = self.scope()
        return {name: _overridden(override, scope) for name, override in step.slots.items()}

    def adopt(self, directive: Directive) -> bool:
        """Takes over what a hook changed; says whether slots or the intent did."""
        before = self.intent
        if directive.attributes is not None:
            self.attributes = dict(directive.attributes)
        if directive.contexts is not None:
            self.contexts = still_running(directive.contexts, self.contexts, self.stage.now)
        if directive.request_attributes is not None:
            self._request_attributes = dict(directive.request_attributes)
        if directive.runtime_hints is not None:
            self._hints = directive.runtime_hints
        if directive.intent is not None:
            self.intent = directive.intent
        return (before.name, before.slots) != (self.intent.name, self.intent.slots)

    # --- what is said ---

    def say(self, response: Response) -> None:
        self._messages.extend(say(response, self.scope(), self.stage.rng))

    def say_messages(self, messages: tuple[Message, ...]) -> None:
        self._messages.extend(messages)

    def speak_instead(self, messages: tuple[Message, ...]) -> None:
        """Says what a delegating hook gave, in place of the dialog's own next prompt."""
        self._messages.extend(messages)
        self.hushed = self.hushed or bool(messages)

    def ask(self, prompt: Prompt | None, attempt: int) -> None:
        """Says a prompt, unless a hook spoke in its place."""
        hushed, self.hushed = self.hushed, False
        if prompt is not None and not hushed:
            turn = attempt if prompt.ordered else None
            self._messages.extend(say(prompt.groups, self.scope(), self.stage.rng, turn))

    # --- how it ends ---

    def conclude(self, state: str) -> None:
        """The intent has come to its end; one that is fulfilled activates its contexts."""
        self.intent = replace(self.intent, state=state)
        self.action = DialogAction("Close")
        if state == "Fulfilled":
            self._activate_contexts()

    def _activate_contexts(self) -> None:
        """Contexts carry the slots' values, as many as Lex's model has room for."""
        spoken = {
            name: text
            for name, slot in self.intent.slots.items()
            if slot is not None and (text := said(slot)) is not None
        }
        kept = list(spoken.items())[:MOST_CONTEXT_ATTRIBUTES]
        values = {name: cut(text, MAX_CONTENT) for name, text in kept}
        for given in self.definition.output_contexts:
            expires = self.stage.now + timedelta(seconds=given.seconds)
            fresh = ActiveContext(given.name, expires, given.turns, values)
            others = tuple(c for c in self.contexts if c.name != given.name)
            self.contexts = (*others, fresh)[-MOST_CONTEXTS:]

    def interpretations(self) -> tuple[Interpretation, ...]:
        return interpretations(self.locale, self._intent, self.candidates)

    def result(self) -> TurnResult:
        """The turn's end as values.

        An answer has ten messages at most: of more the last ones stay, the question among them
        (inferred; the limit is the service model's).
        """
        waits_for_intent = self.action is not None and self.action.type == "ElicitIntent"
        session = replace(
            self.before,
            attributes=self.attributes,
            contexts=tuple(c for c in self.contexts if c.turns > 0),
            intent=None if waits_for_intent else self._intent,
            action=self.action,
            runtime_hints=self._hints,
        )
        return TurnResult(
            tuple(self._messages[-MOST_MESSAGES:]),
            session,
            self.interpretations(),
            self._request_attributes,
            self.trace,
        )


def _overridden(override: SlotOverride, scope: Scope) -> SlotState | None:
    if override.values:
        parts = tuple(SlotState(SlotMatch(v, v, (v,))) for v in override.values)
        whole = ", ".join(override.values)
        return SlotState(SlotMatch(whole, whole, (whole,)), "List", parts)
    if override.value is None:
        return None
    value = scope.value(override.value) or scope.fill(override.value)
    return SlotState(SlotMatch(value, value, (value,))) if value else None
