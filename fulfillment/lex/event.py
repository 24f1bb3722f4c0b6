"""The event that Lex V2 sends a code hook, typed.

Source: Amazon Lex V2 developer guide, "AWS Lambda input event format". Keys that Lex may add later
are kept aside, not refused.
"""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

Confirmation = Literal["None", "Confirmed", "Denied"]
"""What Lex made of the answer to a yes or no."""
CONFIRMATIONS = frozenset(get_args(Confirmation))
STATES = frozenset(
    {"Failed", "Fulfilled", "FulfillmentInProgress", "InProgress", "ReadyForFulfillment", "Waiting"}
)
"""What Lex takes back in a response. Source: Lex Runtime V2 API reference, Intent."""


class MalformedEventError(ValueError):
    """The event is not one that Lex V2 sends; says which keys are wrong, never their values."""

    @classmethod
    def of(cls, error: ValidationError, *within: str) -> MalformedEventError:
        """The error for what pydantic found, by the keys `within` which it looked."""
        places = sorted({".".join(map(str, (*within, *e["loc"]))) for e in error.errors()})
        return cls(f"not a Lex V2 event: {', '.join(places)}")


def _whole(text: str) -> str:
    """Half an emoji, which a client cut at a length in UTF-16 sends, can be neither hashed nor
    stored: it becomes the sign for what cannot be read.
    """
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


Text = Annotated[str, AfterValidator(_whole)]


class _LexModel(BaseModel):
    # Built at the first event: a cold start that waits should not build what it may not need.
    model_config = ConfigDict(
        alias_generator=to_camel, populate_by_name=True, extra="ignore", defer_build=True
    )


class SlotValue(_LexModel):
    """What the customer said for a slot and how Lex read it; `interpreted_value` may be absent."""

    original_value: Text = ""
    interpreted_value: Text | None = None
    resolved_values: list[Text] = Field(default_factory=list)

    @property
    def best(self) -> str:
        """Lex's reading when there is one, else the customer's own words."""
        return self.interpreted_value or self.original_value


class Slot(_LexModel):
    """One slot: a scalar value, a list of them, or named sub-slots."""

    shape: Literal["Scalar", "List", "Composite"] = "Scalar"
    value: SlotValue | None = None
    values: list[Slot] = Field(default_factory=list)
    sub_slots: dict[str, Slot | None] = Field(default_factory=dict)


class Intent(_LexModel):
    """The intent of a turn, its slots (None when empty), and how far it has come."""

    name: Text = Field(min_length=1)
    slots: dict[Text, Slot | None] | None = None
    state: str = "InProgress"
    confirmation_state: str = "None"
    kendra_response: dict[str, Any] | None = None

    @property
    def words(self) -> dict[str, str]:
        """What the customer said for each slot that has a value, in their own words."""
        values = {name: slot.value for name, slot in (self.slots or {}).items() if slot is not None}
        return {name: value.original_value for name, value in values.items() if value is not None}

    @property
    def returned_state(self) -> str:
        """The state, as far as Lex takes it back: a word that it does not know is not returned."""
        return self.state if self.state in STATES else "InProgress"

    @property
    def returned_confirmation(self) -> str:
        """The confirmation, as far as Lex takes it back."""
        known = self.confirmation_state in CONFIRMATIONS
        return self.confirmation_state if known else "None"


class Interpretation(_LexModel):
    """One reading of the utterance; FallbackIntent comes without a confidence."""

    intent: Intent
    nlu_confidence: float | None = None
    interpretation_source: str | None = None
    sentiment_response: dict[str, Any] | None = None


class Bot(_LexModel):
    id: Text = ""
    name: Text = ""
    alias_id: Text = ""
    alias_name: Text = ""
    locale_id: str = Field("en_US", pattern=r"^[a-z]{2,3}(_[A-Za-z0-9]{2,8})?$")
    version: Text = ""


class TimeToLive(_LexModel):
    time_to_live_in_seconds: int
    turns_to_live: int


class ActiveContext(_LexModel):
    """What is remembered for some turns; goes back as it came, or the session loses it."""

    name: Text
    time_to_live: TimeToLive
    context_attributes: dict[Text, Text]


class SessionState(_LexModel):
    """The session as Lex holds it. Whoever may call RecognizeText can write all of it.

    `dialog_action` is what the bot did last, absent in a new session.
    """

    active_contexts: list[ActiveContext] | None = None
    session_attributes: dict[Text, Text] | None = None
    runtime_hints: dict[str, dict[str, dict[str, Any]] | None] | None = None
    dialog_action: dict[str, Any] | None = None
    intent: Intent
    originating_request_id: str | None = None


class PromptAttempt(_LexModel):
    attempt: str | None = None


class ProposedNextState(_LexModel):
    """What Lex would do next without the hook."""

    dialog_action: dict[str, Any] | None = None
    intent: dict[str, Any] | None = None
    prompt: PromptAttempt | None = None


class LexEvent(_LexModel):
    """One invocation of a code hook.

    The interpretations are read when somebody asks for them: few handlers do, and they are a third
    of the cost of an event.
    """

    session_id: Text
    invocation_source: Literal["DialogCodeHook", "FulfillmentCodeHook"]
    input_mode: str = "Text"
    input_transcript: Text = ""
    invocation_label: str | None = None
    bot: Bot = Field(default_factory=Bot)
    unread_interpretations: list[dict[str, Any]] = Field(
        default_factory=list, alias="interpretations"
    )
    proposed_next_state: ProposedNextState | None = None
    request_attributes: dict[Text, Text] | None = None
    transcriptions: list[dict[str, Any]] = Field(default_factory=list)
    response_content_type: str = ""
    session_state: SessionState

    @cached_property
    def interpretations(self) -> list[Interpretation]:
        """The readings of the utterance, best first. Raises `MalformedEventError`."""
        return [
            _interpretation(index, unread)
            for index, unread in enumerate(self.unread_interpretations)
        ]


def _interpretation(index: int, unread: dict[str, Any]) -> Interpretation:
    try:
        return Interpretation.model_validate(unread)
    except ValidationError as error:
        raise MalformedEventError.of(error, "interpretations", str(index)) from None
