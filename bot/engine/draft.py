"""The session as it stands in the middle of a turn: what was filled, said and decided so far."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from bot.definition.model import BotLocale, Intent, MessageGroup, Slot
from bot.engine.defaults import default_for
from bot.engine.effects import BotIdentity, Interpretation, Json, Message, TurnResult, UserInput
from bot.engine.hook_event import Proposal, hook_event
from bot.engine.hook_reply import Directive, empty_intent
from bot.engine.interpretations import interpretations
from bot.engine.recogniser import IntentScore, Recogniser, SlotMatch
from bot.engine.session import ActiveContext, DialogAction, IntentState, Session, SlotState
from bot.engine.speaking import speak


@dataclass(frozen=True, slots=True)
class Stage:
    """What a turn plays on: the bot's locale, who it is to its hooks, its ears, clock and dice."""

    locale: BotLocale
    bot: BotIdentity
    recogniser: Recogniser
    now: datetime
    rng: Random


class Draft:
    """Mutable while a turn lasts; `result` makes values of it. The flow is not its business."""

    def __init__(self, stage: Stage, session: Session, user: UserInput) -> None:
        self.before = session
        self.intent = session.intent or IntentState("")
        self.action = session.action
        self.candidates: tuple[IntentScore, ...] = ()
        self._stage = stage
        self._user = user
        self._attributes = dict(session.attributes)
        # A turn uses up one turn of every context that was active when it began.
        self._contexts: tuple[ActiveContext, ...] = tuple(
            replace(c, turns=c.turns - 1) for c in session.live_contexts(stage.now)
        )
        self._messages: list[Message] = []
        self._request_attributes: dict[str, str] | None = None
        self._trace: list[Json] = []

    @property
    def definition(self) -> Intent:
        """The intent in play, as the bot defines it."""
        return self._stage.locale.intents[self.intent.name]

    # --- filling ---

    def begin(self, name: str) -> None:
        """Puts the intent `name` in play, with every slot open."""
        self.intent, self.action = empty_intent(self._stage.locale, name), None

    def fill(self, slots: dict[str, SlotMatch]) -> None:
        """Fills slots; an answer to a confirmation of other values no longer counts."""
        for name, match in slots.items():
            if name in self.intent.slots:
                self.intent = self.intent.with_slot(name, SlotState(match))
        if slots:
            self.intent = replace(self.intent, confirmation="None")

    def open_slot(self) -> Slot | None:
        """The first required slot without a value, once defaults have been tried."""
        for slot in self.definition.slots:
            if self.intent.slots.get(slot.name) is not None:
                continue
            value = default_for(slot, self._attributes, self._contexts)
            if value is not None:
                filled = SlotState(SlotMatch(value, value, (value,)))
                self.intent = self.intent.with_slot(slot.name, filled)
            elif slot.required:
                return slot
        return None

    def adopt(self, directive: Directive) -> bool:
        """Takes over what a hook changed; says whether the intent or its slots did."""
        before = self.intent
        if directive.attributes is not None:
            self._attributes = dict(directive.attributes)
        if directive.contexts is not None:
            self._contexts = directive.contexts
        if directive.request_attributes is not None:
            self._request_attributes = dict(directive.request_attributes)
        if directive.intent is not None:
            self.intent = directive.intent
        return (before.name, before.slots) != (self.intent.name, self.intent.slots)

    # --- speaking ---

    def say(self, groups: tuple[MessageGroup, ...]) -> None:
        """One message of each group."""
        self._messages += speak(groups, self.intent, self._attributes, self._stage.rng)

    def relay(self, messages: tuple[Message, ...]) -> None:
        """Messages that a hook wrote."""
        self._messages += messages

    def ask_slot(self, name: str, attempt: int, messages: tuple[Message, ...]) -> None:
        """Elicits `name` with `messages`, or with the slot's own prompt when there are none."""
        slot = self.definition.slot(name)
        self.intent = replace(self.intent.with_slot(name, None), state="InProgress")
        self.action = DialogAction("ElicitSlot", name, attempt)
        if messages:
            self.relay(messages)
        elif slot is not None and slot.prompt is not None:
            self.say(slot.prompt.groups)

    def ask_confirmation(self, attempt: int, messages: tuple[Message, ...]) -> None:
        """Asks for a yes or a no, with `messages` or the intent's own prompt."""
        self.intent = replace(self.intent, state="InProgress", confirmation="None")
        self.action = DialogAction("ConfirmIntent", None, attempt)
        if messages:
            self.relay(messages)
        elif self.definition.confirmation is not None:
            self.say(self.definition.confirmation.prompt.groups)

    def close(self, state: str) -> None:
        """Ends the intent; a fulfilled one makes its output contexts active."""
        self.intent = replace(self.intent, state=state)
        self.action = DialogAction("Close")
        if state != "Fulfilled":
            return
        values = {
            name: slot.value.interpreted or slot.value.original
            for name, slot in self.intent.slots.items()
            if slot is not None and slot.value is not None
        }
        for given in self.definition.output_contexts:
            expires = self._stage.now + timedelta(seconds=given.seconds)
            fresh = ActiveContext(given.name, expires, given.turns, values)
            self._contexts = (*(c for c in self._contexts if c.name != given.name), fresh)

    # --- telling ---

    def note(self, step: str, **facts: object) -> None:
        """A line of the turn's trace."""
        self._trace.append({"step": step, **facts})

    def event(self, source: str, proposal: Proposal | None) -> Json:
        """What a code hook is told now."""
        return hook_event(
            source, self.before, self._stage.bot, self._user, self.intent, self._attributes,
            self._contexts, self._interpretations(), proposal, None, self._stage.now,
        )  # fmt: skip

    def result(self) -> TurnResult:
        """The turn's end as values."""
        keeps_intent = self.action is None or self.action.type != "ElicitIntent"
        session = replace(
            self.before,
            attributes=self._attributes,
            contexts=tuple(c for c in self._contexts if c.turns > 0),
            intent=self.intent if keeps_intent else None,
            action=self.action,
        )
        return TurnResult(
            tuple(self._messages),
            session,
            self._interpretations(),
            self._request_attributes,
            tuple(self._trace),
        )

    def _interpretations(self) -> tuple[Interpretation, ...]:
        return interpretations(self._stage.locale, self.intent, self.candidates)
