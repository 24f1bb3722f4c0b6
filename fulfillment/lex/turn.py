"""One turn of a conversation as a hook sees it: what was said, and ways to answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from fulfillment.lex.event import LexEvent, SlotValue
from fulfillment.lex.messages import Message
from fulfillment.lex.reply import Reply


class Slots:
    """The intent's slots: readable by name, and changeable."""

    def __init__(self, event: LexEvent) -> None:
        slots = event.session_state.intent.slots or {}
        self._lex: dict[str, Any] = {
            name: slot.model_dump(by_alias=True) if slot else None for name, slot in slots.items()
        }
        self._values = {name: slot.value if slot else None for name, slot in slots.items()}

    def get(self, name: str) -> SlotValue | None:
        """The slot's value, or None when it is empty or unknown."""
        return self._values.get(name)

    def set(self, name: str, value: str) -> None:
        """Fills the slot with `value`, as if the customer had said just that."""
        content = SlotValue(original_value=value, interpreted_value=value, resolved_values=[value])
        self._values[name] = content
        self._lex[name] = {"shape": "Scalar", "value": content.model_dump(by_alias=True)}

    def clear(self, name: str) -> None:
        """Empties the slot, so that it can be asked for again."""
        self._values[name] = None
        self._lex[name] = None

    def names(self) -> list[str]:
        return list(self._lex)

    def to_lex(self) -> dict[str, Any]:
        return dict(self._lex)


@dataclass
class Turn:
    """An invocation. `session` holds the session attributes: display state that any caller can
    write, never evidence of who speaks. `state` carries what middleware found out.
    """

    event: LexEvent
    slots: Slots
    session: dict[str, str]
    contexts: list[dict[str, Any]]
    state: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, event: LexEvent) -> Turn:
        return cls(
            event,
            Slots(event),
            dict(event.session_state.session_attributes or {}),
            list(event.session_state.active_contexts or []),
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

    def elicit_slot(self, name: str, *messages: Message) -> Reply:
        """Ask for `name`."""
        return Reply("ElicitSlot", messages, slot_to_elicit=name)

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
        intent = {
            "name": said.name,
            "slots": self.slots.to_lex(),
            "state": "InProgress" if asks_again else said.state,
            "confirmationState": "None" if asks_again else said.confirmation_state,
        }
        return reply.to_lex(intent, self.session, self.contexts)
