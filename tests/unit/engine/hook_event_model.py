"""The event of a code hook, strictly: what Lex sends, and nothing besides.

Source: developer guide, "AWS Lambda input event format for Lex V2" and "Common structures".
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Name = Annotated[str, Field(min_length=1, max_length=100)]
Text = Annotated[str, Field(min_length=1)]
Action = Literal["Close", "ConfirmIntent", "Delegate", "ElicitIntent", "ElicitSlot"]
Share = Annotated[float, Field(ge=0, le=1)]


class Part(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Value(Part):
    """Lex gives no interpretation of an ambiguous value; the key is there all the same."""

    originalValue: Text  # noqa: N815
    interpretedValue: Text | None  # noqa: N815
    resolvedValues: list[Text]  # noqa: N815


class Scalar(Part):
    shape: Literal["Scalar"]
    value: Value


class Several(Part):
    shape: Literal["List"]
    value: Value | None = None
    values: list[Scalar]


class Composite(Part):
    shape: Literal["Composite"]
    value: Value | None = None
    subSlots: dict[Name, Scalar | None]  # noqa: N815


Slot = Annotated[Scalar | Several | Composite, Field(discriminator="shape")]


class Intent(Part):
    name: Name
    slots: dict[Name, Slot | None]
    state: Literal[
        "Failed", "Fulfilled", "FulfillmentInProgress", "InProgress", "ReadyForFulfillment",
        "Waiting",
    ]  # fmt: skip
    confirmationState: Literal["Confirmed", "Denied", "None"]  # noqa: N815


class Interpretation(Part):
    intent: Intent
    interpretationSource: Literal["Bedrock", "Lex"]  # noqa: N815
    nluConfidence: Share | None = None  # noqa: N815


class SubSlotToElicit(Part):
    name: Name


class DialogAction(Part):
    type: Action
    slotToElicit: Name | None = None  # noqa: N815
    subSlotToElicit: SubSlotToElicit | None = None  # noqa: N815
    slotElicitationStyle: Literal["Default", "SpellByLetter", "SpellByWord"] | None = None  # noqa: N815

    @model_validator(mode="after")
    def asks_for_a_slot_alone_when_it_elicits_one(self) -> DialogAction:
        assert (self.type == "ElicitSlot") == (self.slotToElicit is not None)
        return self


class Attempt(Part):
    attempt: Literal["Initial", "Retry1", "Retry2", "Retry3", "Retry4", "Retry5"]


class ProposedNextState(Part):
    dialogAction: DialogAction  # noqa: N815
    intent: Intent
    prompt: Attempt


class TimeToLive(Part):
    timeToLiveInSeconds: Annotated[int, Field(ge=5, le=86_400)]  # noqa: N815
    turnsToLive: Annotated[int, Field(ge=1, le=20)]  # noqa: N815


class ActiveContext(Part):
    name: Name
    timeToLive: TimeToLive  # noqa: N815
    contextAttributes: Annotated[dict[Name, Text], Field(max_length=10)]  # noqa: N815


class Hint(Part):
    phrase: Annotated[str, Field(min_length=1, max_length=140)]


class SubSlotHints(Part):
    runtimeHintValues: Annotated[list[Hint], Field(min_length=1, max_length=100)]  # noqa: N815


class SlotHints(Part):
    runtimeHintValues: list[Hint] | None = None  # noqa: N815
    subSlotHints: dict[Name, SubSlotHints] | None = None  # noqa: N815


class RuntimeHints(Part):
    slotHints: dict[Name, dict[Name, SlotHints]] | None = None  # noqa: N815


class SessionState(Part):
    activeContexts: Annotated[list[ActiveContext], Field(max_length=20)]  # noqa: N815
    sessionAttributes: dict[Text, str]  # noqa: N815
    runtimeHints: RuntimeHints  # noqa: N815
    dialogAction: DialogAction | None = None  # noqa: N815
    intent: Intent
    originatingRequestId: Text  # noqa: N815


class ResolvedContext(Part):
    intent: Name


class Transcription(Part):
    transcription: str
    transcriptionConfidence: Share  # noqa: N815
    resolvedContext: ResolvedContext  # noqa: N815
    resolvedSlots: dict[Name, Slot]  # noqa: N815


class Bot(Part):
    id: Name
    name: Name
    aliasId: Name  # noqa: N815
    aliasName: Name  # noqa: N815
    localeId: Name  # noqa: N815
    version: Name


class HookEvent(Part):
    messageVersion: Literal["1.0"]  # noqa: N815
    invocationSource: Literal["DialogCodeHook", "FulfillmentCodeHook"]  # noqa: N815
    inputMode: Literal["Text"]  # noqa: N815
    responseContentType: Literal["text/plain; charset=utf-8"]  # noqa: N815
    sessionId: Annotated[str, Field(pattern="^[0-9a-zA-Z._:-]{2,100}$")]  # noqa: N815
    inputTranscript: Annotated[str, Field(max_length=1024)]  # noqa: N815
    invocationLabel: Name | None = None  # noqa: N815
    bot: Bot
    interpretations: Annotated[list[Interpretation], Field(min_length=1, max_length=5)]
    proposedNextState: ProposedNextState | None = None  # noqa: N815
    requestAttributes: dict[Text, str]  # noqa: N815
    sessionState: SessionState  # noqa: N815
    transcriptions: Annotated[list[Transcription], Field(min_length=1, max_length=1)]

    @model_validator(mode="after")
    def is_of_one_piece(self) -> HookEvent:
        assert self.interpretations[0].intent == self.sessionState.intent
        assert len({reading.intent.name for reading in self.interpretations}) == len(
            self.interpretations
        )
        is_dialog = self.invocationSource == "DialogCodeHook"
        assert (self.proposedNextState is not None) == is_dialog
        return self
