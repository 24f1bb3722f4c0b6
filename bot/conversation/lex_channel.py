"""A conversation held through the Lex Runtime V2 API, by an unmodified boto3 client."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError, ParamValidationError

from bot.channels.carried import carried_state
from bot.conversation.reply import Button, Card, DialogState, Reply

if TYPE_CHECKING:
    from mypy_boto3_lexv2_runtime import LexRuntimeV2Client

IdentityProvider = Callable[[str], Mapping[str, str]]
"""Request attributes that say who speaks, made anew for each turn of the given session id."""


def nobody(_session_id: str) -> Mapping[str, str]:
    """The identity of someone who has not signed in."""
    return {}


class LexChannel:
    """One session of one bot. The client decides whether that is AWS or an endpoint here.

    What the API refuses comes back as a `Reply` with AWS's name of the error. boto3 refuses an
    empty text itself (ParamValidationError), unless `Config(parameter_validation=False)` lets
    the API answer.
    """

    def __init__(
        self,
        client: LexRuntimeV2Client,
        *,
        bot_id: str,
        alias_id: str,
        locale_id: str,
        session_id: str,
        identity: IdentityProvider = nobody,
    ) -> None:
        self._client = client
        self._address = {
            "botId": bot_id,
            "botAliasId": alias_id,
            "localeId": locale_id,
            "sessionId": session_id,
        }
        self._session_id = session_id
        self._identity = identity
        self._carried: dict[str, Any] = {}

    def speak(self, locale_id: str) -> None:
        """See `LanguageChanger.speak`; carried over as the bank's own channel does it."""
        state = self._client.get_session(**self._address)["sessionState"]
        self._client.delete_session(**self._address)
        self._carried = {"sessionState": carried_state(state)}
        self._address = {**self._address, "localeId": locale_id}

    def say(self, text: str) -> Reply:
        """See `ConversationChannel.say`."""
        request: dict[str, Any] = {**self._address, **self._carried, "text": text}
        self._carried = {}
        attributes = self._identity(self._session_id)
        if attributes:
            request["requestAttributes"] = dict(attributes)
        try:
            answer = self._client.recognize_text(**request)
        except ClientError as fault:
            error = fault.response.get("Error", {})
            return Reply(error=f"{error.get('Code', 'Unknown')}: {error.get('Message', '')}")
        except ParamValidationError as fault:
            return Reply(error=f"ParamValidationError: {fault}")
        return reply_from_lex(answer)


class HookRetryingChannel(LexChannel):
    """A `LexChannel` that also plays `retry the hook`, where the code hook is within reach.

    `again` delivers the last event of the given session id once more and returns what the hook
    answered, in Lex's form; for example `RememberingHook.again`.
    """

    def __init__(
        self, client: LexRuntimeV2Client, again: Callable[[str], Mapping[str, Any]], **session: Any
    ) -> None:
        super().__init__(client, **session)
        self._again = again

    def resend_hook(self) -> Reply:
        """See `HookResender.resend_hook`."""
        return reply_from_lex(self._again(self._session_id))


def reply_from_lex(answer: Mapping[str, Any]) -> Reply:
    """A `Reply` from `messages` and `sessionState` as RecognizeText returns them."""
    messages = answer.get("messages") or []
    return Reply(
        texts=tuple(message["content"] for message in messages if message.get("content")),
        cards=tuple(_cards(messages)),
        dialog=_dialog(answer["sessionState"]) if answer.get("sessionState") else None,
    )


def _cards(messages: Iterable[Mapping[str, Any]]) -> Iterable[Card]:
    for message in messages:
        card = message.get("imageResponseCard")
        if card:
            buttons = card.get("buttons") or []
            yield Card(
                title=card["title"],
                subtitle=card.get("subtitle"),
                buttons=tuple(Button(button["text"], button["value"]) for button in buttons),
            )


def _dialog(state: Mapping[str, Any]) -> DialogState:
    intent = state.get("intent") or {}
    action = state.get("dialogAction") or {}
    return DialogState(
        intent=intent.get("name"),
        intent_state=intent.get("state"),
        confirmation=intent.get("confirmationState"),
        action=action.get("type"),
        slot_to_elicit=action.get("slotToElicit"),
        slots={name: slot_text(slot) for name, slot in (intent.get("slots") or {}).items()},
        attributes=dict(state.get("sessionAttributes") or {}),
        contexts=tuple(context["name"] for context in state.get("activeContexts") or []),
    )


def slot_text(slot: Mapping[str, Any] | None) -> str | None:
    """The interpreted value of a slot; of a list or a composite, its values joined by commas."""
    if not slot:
        return None
    parts: list[str | None] = []
    if slot.get("values"):
        parts = [slot_text(each) for each in slot["values"]]
    elif slot.get("subSlots"):
        parts = [slot_text(each) for each in slot["subSlots"].values()]
    elif slot.get("value"):
        parts = [slot["value"].get("interpretedValue")]
    return ", ".join(part for part in parts if part) or None
