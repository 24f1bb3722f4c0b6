"""Lex's answers as replies, through boto3's own client and stubbed responses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.stub import Stubber

from bot.conversation.lex_channel import LexChannel, slot_text
from bot.conversation.reply import Button, Card, DialogState, Reply

if TYPE_CHECKING:
    from mypy_boto3_lexv2_runtime import LexRuntimeV2Client

ADDRESS = {
    "botId": "TELLERBOT0",
    "botAliasId": "TSTALIASID",
    "localeId": "en_US",
    "sessionId": "session-1",
}


@pytest.fixture
def client() -> LexRuntimeV2Client:
    made: LexRuntimeV2Client = boto3.client(
        "lexv2-runtime",
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )
    return made


@pytest.fixture
def stub(client: LexRuntimeV2Client) -> Iterator[Stubber]:
    with Stubber(client) as active:
        yield active
        active.assert_no_pending_responses()


def channel(client: LexRuntimeV2Client, **options: Any) -> LexChannel:
    return LexChannel(
        client,
        bot_id="TELLERBOT0",
        alias_id="TSTALIASID",
        locale_id="en_US",
        session_id="session-1",
        **options,
    )


def test_an_answer_becomes_a_reply(client: LexRuntimeV2Client, stub: Stubber) -> None:
    card = {"title": "Sizes", "buttons": [{"text": "Large", "value": "large"}]}
    answer = {
        "messages": [
            {"contentType": "PlainText", "content": "Which size?"},
            {"contentType": "ImageResponseCard", "imageResponseCard": card},
        ],
        "sessionState": {
            "dialogAction": {"type": "ElicitSlot", "slotToElicit": "size"},
            "intent": {
                "name": "OrderCoffee",
                "state": "InProgress",
                "confirmationState": "None",
                "slots": {"drink": {"value": {"interpretedValue": "flat white"}}},
            },
            "sessionAttributes": {"visits": "2"},
            "activeContexts": [
                {
                    "name": "menu_shown",
                    "timeToLive": {"timeToLiveInSeconds": 60, "turnsToLive": 1},
                    "contextAttributes": {},
                }
            ],
        },
    }
    stub.add_response("recognize_text", answer, {**ADDRESS, "text": "a flat white"})
    assert channel(client).say("a flat white") == Reply(
        texts=("Which size?",),
        cards=(Card("Sizes", None, (Button("Large", "large"),)),),
        dialog=DialogState(
            intent="OrderCoffee",
            intent_state="InProgress",
            confirmation="None",
            action="ElicitSlot",
            slot_to_elicit="size",
            slots={"drink": "flat white"},
            attributes={"visits": "2"},
            contexts=("menu_shown",),
        ),
    )


def test_the_identity_travels_as_request_attributes_made_for_the_session(
    client: LexRuntimeV2Client, stub: Stubber
) -> None:
    attributes = {"x-teller-identity": "token for session-1"}
    stub.add_response(
        "recognize_text",
        {"messages": []},
        {**ADDRESS, "text": "hi", "requestAttributes": attributes},
    )
    identity = channel(client, identity=lambda sid: {"x-teller-identity": f"token for {sid}"})
    assert identity.say("hi") == Reply()


def test_a_refusal_is_a_reply_with_its_name(client: LexRuntimeV2Client, stub: Stubber) -> None:
    stub.add_client_error("recognize_text", "ConflictException", "busy", 409)
    assert channel(client).say("hi") == Reply(error="ConflictException: busy")


def test_what_boto3_itself_refuses_is_told_too(client: LexRuntimeV2Client) -> None:
    reply = channel(client).say("")
    assert reply.error is not None
    assert reply.error.startswith("ParamValidationError: ")


@pytest.mark.parametrize(
    ("slot", "text"),
    [
        (None, None),
        ({}, None),
        ({"value": {"originalValue": "teh", "interpretedValue": "tea"}}, "tea"),
        (
            {
                "shape": "List",
                "values": [
                    {"value": {"interpretedValue": "tea"}},
                    {"value": {"interpretedValue": "cake"}},
                ],
            },
            "tea, cake",
        ),
        (
            {
                "shape": "Composite",
                "subSlots": {"street": {"value": {"interpretedValue": "Elm"}}, "city": None},
            },
            "Elm",
        ),
    ],
)
def test_a_slot_reads_as_its_interpreted_value(
    slot: dict[str, Any] | None, text: str | None
) -> None:
    assert slot_text(slot) == text


def test_another_language_goes_on_with_what_the_session_knows(
    client: LexRuntimeV2Client, stub: Stubber
) -> None:
    """As the bank's own channel does it; the session of the first language ends."""
    intent = {"name": "SendMoney", "slots": {}, "state": "InProgress"}
    state = {"intent": intent, "sessionAttributes": {"quoteId": "Q-1"}}
    stub.add_response("get_session", {"sessionId": "session-1", "sessionState": state}, ADDRESS)
    stub.add_response("delete_session", {}, ADDRESS)
    spanish = {**ADDRESS, "localeId": "es_US"}
    stub.add_response("recognize_text", {}, {**spanish, "text": "sí", "sessionState": state})
    stub.add_response("recognize_text", {}, {**spanish, "text": "no"})
    spoken = channel(client)
    spoken.speak("es_US")
    spoken.say("sí")
    spoken.say("no")
