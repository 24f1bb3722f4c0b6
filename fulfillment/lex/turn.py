"""One turn of a conversation as a hook sees it: what was said, and ways to answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from fulfillment.lex.event import (
    ActiveContext,
    Confirmation,
    Intent,
    LexEvent,
    Slot,
    SlotValue,
)
from fulfillment.lex.hints import Hints, with_phrases
from fulfillment.lex.messages import Message
from fulfillment.lex.reply import Reply, Style
from fulfillment.lex.session import SessionModel
from fulfillment.lex.slots import Slots

__all__ = ["Slots", "Turn"]

_LEAST_S, _MOST_S, _MOST_TURNS = 5, 86_400, 20
"""The life of a context. Source: Lex Runtime V2 API reference, ActiveContextTimeToLive."""

Session = TypeVar("Session", bound=SessionModel)


@dataclass
class Turn:
    """An invocation. `session` holds the session attributes: display state that any caller can
    write, never evidence of who speaks. `state` carries what middleware found out; `context` is
    the Lambda context.
    """

    event: LexEvent
    slots: Slots
    session: dict[str, str]
    contexts: list[dict[str, Any]]
    state: dict[str, Any] = field(default_factory=dict)
    context: Any = None
    hints: Hints = field(default_factory=dict)

    @classmethod
    def of(cls, event: LexEvent, context: Any = None) -> Turn:
        return cls(
            event,
            Slots(event),
            dict(event.session_state.session_attributes or {}),
            [_lasting(context) for context in event.session_state.active_contexts or []],
            context=context,
            hints=dict(event.session_state.runtime_hints or {}),
        )

    @property
    def intent(self) -> str:
        return self.event.session_state.intent.name

    @property
    def session_id(self) -> str:
        return self.event.session_id

    @property
    def locale(self) -> str:
        return self.event.bot.locale_id

    @property
    def transcript(self) -> str:
        return self.event.input_transcript

    @property
    def is_fulfillment(self) -> bool:
        return self.event.invocation_source == "FulfillmentCodeHook"

    @property
    def confirmed(self) -> bool:
        return self.event.session_state.intent.confirmation_state == "Confirmed"

    @property
    def denied(self) -> bool:
        return self.event.session_state.intent.confirmation_state == "Denied"

    @property
    def slot_being_asked(self) -> str | None:
        """The slot that Lex proposes to elicit next, if that is what it proposes."""
        proposed = self.event.proposed_next_state
        action = (proposed.dialog_action if proposed else None) or {}
        return action.get("slotToElicit") if action.get("type") == "ElicitSlot" else None

    @property
    def is_retry(self) -> bool:
        """Whether Lex is about to ask again what the customer has just been asked."""
        proposed = self.event.proposed_next_state
        attempt = proposed.prompt.attempt if proposed and proposed.prompt else None
        return bool(attempt) and attempt != "Initial"

    # --- what is remembered ---

    def session_as(self, model: type[Session]) -> Session:
        """The session attributes as `model`; see `SessionModel` for what is read leniently."""
        return model.of_attributes(self.session)

    def remember(self, model: SessionModel) -> None:
        """Writes the fields of `model` among the session attributes; the others stay."""
        model.write(self.session)

    def activate(self, name: str, seconds: int, turns: int, **attributes: str) -> None:
        """Makes a context active from the next turn on, in place of one of the same name.

        Raises ValueError outside Lex's limits: 5 to 86,400 seconds, 1 to 20 turns.
        """
        if not (_LEAST_S <= seconds <= _MOST_S and 1 <= turns <= _MOST_TURNS):
            raise ValueError(f"context {name}: Lex takes 5 to 86400 seconds and 1 to 20 turns")
        self.contexts = [context for context in self.contexts if context.get("name") != name]
        life = {"timeToLiveInSeconds": seconds, "turnsToLive": turns}
        self.contexts.append({"name": name, "timeToLive": life, "contextAttributes": attributes})

    def deactivate(self, name: str) -> None:
        """Ends a context; one that is not active stays so."""
        self.contexts = [context for context in self.contexts if context.get("name") != name]

    def expect(self, slot: str, *phrases: str) -> None:
        """Tells Lex to expect `phrases` as the value of `slot`, from now on in this session.

        They take the place of what was expected of this slot; hints of others stay. Raises
        ValueError outside Lex's limits: 1 to 100 phrases of 1 to 140 characters.
        """
        self.hints = with_phrases(self.hints, self.intent, slot, phrases)

    def about(self, intent: str, slots: Mapping[str, str], answer: Confirmation = "None") -> Turn:
        """This turn as if it were at the dialog hook of `intent` with `slots` and `answer`, nothing
        said.

        Session attributes and `state` are shared with this turn, contexts are not.
        """
        filled: dict[str, Slot | None] = {
            name: Slot(value=SlotValue(original_value=v, interpreted_value=v, resolved_values=[v]))
            for name, v in slots.items()
        }
        session = self.event.session_state
        state = session.model_copy(
            update={"intent": Intent(name=intent, slots=filled, confirmation_state=answer)}
        )
        event = self.event.model_copy(
            update={
                "invocation_source": "DialogCodeHook",
                "input_transcript": "",
                "proposed_next_state": None,
                "session_state": state,
            }
        )
        contexts = list(self.contexts)
        return Turn(
            event, Slots(event), self.session, contexts, self.state, self.context, self.hints
        )

    # --- ways to answer ---

    def elicit_slot(
        self,
        name: str,
        *messages: Message,
        part: str | None = None,
        style: Style | None = None,
    ) -> Reply:
        """Ask for `name`, or for a `part` of it; `style` is how the answer may be spelt."""
        return Reply("ElicitSlot", messages, slot_to_elicit=name, part_to_elicit=part, style=style)

    def ask_again(self, name: str, *messages: Message) -> Reply:
        """Empty the slot and ask for it: what a validator answers to a value that will not do."""
        self.slots.clear(name)
        return self.elicit_slot(name, *messages)

    def elicit_intent(self, *messages: Message) -> Reply:
        """Ask what else the customer wants; needs a message that is not blank."""
        return Reply("ElicitIntent", messages)

    def confirm(self, *messages: Message) -> Reply:
        """Ask for a yes or a no."""
        return Reply("ConfirmIntent", messages)

    def delegate(self) -> Reply:
        """Let Lex decide by the bot's definition."""
        return Reply("Delegate")

    def close(self, *messages: Message, fulfilled: bool = True) -> Reply:
        """End the intent."""
        return Reply("Close", messages, intent_state="Fulfilled" if fulfilled else "Failed")

    def answer(self, reply: Reply) -> dict[str, Any]:
        """`reply` with this turn's slots, attributes and contexts, on Lex's wire format."""
        said = self.event.session_state.intent
        asks_again = reply.action in ("ElicitSlot", "ConfirmIntent")
        if reply.switch is not None:
            intent = reply.switch.to_lex()
        else:
            intent = {
                "name": said.name,
                "slots": self.slots.to_lex(),
                "state": "InProgress" if asks_again else said.returned_state,
                "confirmationState": "None" if asks_again else said.returned_confirmation,
            }
        return reply.to_lex(intent, self.session, self.contexts, self.hints)


def _lasting(context: ActiveContext) -> dict[str, Any]:
    """The context with what is left of its life: Lex counts down below what it takes back."""
    left = context.time_to_live
    life = {
        "timeToLiveInSeconds": min(max(left.time_to_live_in_seconds, _LEAST_S), _MOST_S),
        "turnsToLive": min(max(left.turns_to_live, 1), _MOST_TURNS),
    }
    attributes = context.context_attributes
    return {"name": context.name, "timeToLive": life, "contextAttributes": attributes}
