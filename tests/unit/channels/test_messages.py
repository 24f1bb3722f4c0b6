"""A turn through the channel: what reaches Lex, and what comes back to the customer."""

from __future__ import annotations

import json

import jwt
import pytest
from botocore.exceptions import EndpointConnectionError, ReadTimeoutError

from tests.unit.channels.asgi import Client
from tests.unit.channels.fake_lex import ScriptedLex, answer, card, lex_error, text


def identity_claims(request: dict[str, object]) -> dict[str, object]:
    attributes = request["requestAttributes"]
    assert isinstance(attributes, dict)
    assert list(attributes) == ["x-teller-identity"]
    return jwt.decode(attributes["x-teller-identity"], options={"verify_signature": False})


def test_a_turn_reaches_the_bot_with_the_customers_identity(
    signed_in: Client, lex: ScriptedLex
) -> None:
    reply = signed_in.post("/chat/messages", {"text": "what's my balance"}).json
    turn = lex.turns[0]
    assert set(turn) == {
        "botId",
        "botAliasId",
        "localeId",
        "sessionId",
        "text",
        "requestAttributes",
    }
    assert (turn["botId"], turn["botAliasId"], turn["localeId"]) == (
        "TELLERBOT0",
        "TSTALIASID",
        "en_US",
    )
    assert turn["text"] == "what's my balance"
    told = identity_claims(turn)
    assert told["sub"] == "amelia"
    assert told["sid"] == turn["sessionId"] == reply["session_id"]
    assert told["aud"] == "teller-fulfillment"


def test_each_turn_carries_an_identity_token_of_its_own(
    signed_in: Client, lex: ScriptedLex
) -> None:
    for _ in range(2):
        signed_in.post("/chat/messages", {"text": "hi"})
    assert identity_claims(lex.turns[0])["jti"] != identity_claims(lex.turns[1])["jti"]


def test_an_anonymous_turn_carries_no_attribute_at_all(client: Client, lex: ScriptedLex) -> None:
    client.token = client.post("/chat/sign-in", {"anonymous": True}).json["access_token"]
    assert client.post("/chat/messages", {"text": "help"}).status == 200
    assert "requestAttributes" not in lex.turns[0]


def test_nothing_but_the_text_of_a_message_reaches_lex(signed_in: Client, lex: ScriptedLex) -> None:
    signed_in.post("/chat/messages", {"text": "hi"})
    reply = signed_in.post(
        "/chat/messages",
        {
            "text": "hi",
            "session_id": "somebody-elses",
            "sessionId": "somebody-elses",
            "requestAttributes": {"x-teller-identity": "forged"},
            "sessionState": {"sessionAttributes": {"customerId": "diego"}},
        },
    )
    assert reply.status == 200
    plain, hostile = lex.turns
    assert set(plain) == set(hostile)
    assert hostile["sessionId"] == plain["sessionId"] == reply.json["session_id"]
    assert identity_claims(hostile)["sub"] == "amelia"


def test_a_reply_has_messages_in_lex_shape_and_nothing_of_the_inside(
    signed_in: Client, lex: ScriptedLex
) -> None:
    lex.script["send 50 to Anna"] = answer(
        text("Send $50.00 to Anna Larsen?"),
        card("Payment to Anna", "$50.00 from Checking", Yes="yes", No="no"),
        intent="SendMoney",
        state="InProgress",
    )
    reply = signed_in.post("/chat/messages", {"text": "send 50 to Anna"})
    assert {key: reply.json[key] for key in ("messages", "intent", "state")} == {
        "messages": [
            {"contentType": "PlainText", "content": "Send $50.00 to Anna Larsen?"},
            {
                "contentType": "ImageResponseCard",
                "imageResponseCard": {
                    "title": "Payment to Anna",
                    "subtitle": "$50.00 from Checking",
                    "imageUrl": None,
                    "buttons": [{"text": "Yes", "value": "yes"}, {"text": "No", "value": "no"}],
                },
            },
        ],
        "intent": "SendMoney",
        "state": "InProgress",
    }
    for inside in ("q-secret", "token-secret", "chosen-by-lex", "x-teller-identity"):
        assert inside not in reply.body.decode()


def test_speech_markup_becomes_words_and_custom_payloads_stay_away(
    signed_in: Client, lex: ScriptedLex
) -> None:
    lex.script["hi"] = answer(
        {"contentType": "SSML", "content": "<speak>Good <emphasis>morning</emphasis></speak>"},
        {"contentType": "CustomPayload", "content": '{"internal": true}'},
    )
    reply = signed_in.post("/chat/messages", {"text": "hi"}).json
    assert reply["messages"] == [{"contentType": "PlainText", "content": "Good morning"}]


def test_an_answer_without_messages_or_intent_is_still_an_answer(
    signed_in: Client, lex: ScriptedLex
) -> None:
    lex.script["hi"] = {"sessionId": "s", "sessionState": {}}
    reply = signed_in.post("/chat/messages", {"text": "hi"}).json
    assert (reply["messages"], reply["intent"], reply["state"]) == ([], None, None)


@pytest.mark.parametrize("said", ["", "   ", "\n\t "])
def test_an_empty_message_is_refused_kindly(signed_in: Client, lex: ScriptedLex, said: str) -> None:
    refusal = signed_in.post("/chat/messages", {"text": said})
    assert refusal.status == 400
    assert refusal.json["error"]["code"] == "empty_message"
    assert refusal.json["error"]["message"] == "Please write a message first."
    assert lex.turns == []


def test_1024_characters_are_taken_and_one_more_is_not(signed_in: Client, lex: ScriptedLex) -> None:
    longest = "🌱" * 1024
    assert signed_in.post("/chat/messages", {"text": f"  {longest}\n"}).status == 200
    assert lex.turns[0]["text"] == longest
    refusal = signed_in.post("/chat/messages", {"text": longest + "!"})
    assert refusal.status == 413
    assert refusal.json["error"]["code"] == "message_too_long"
    assert len(lex.turns) == 1


def test_a_body_too_large_is_refused_by_its_declared_length(signed_in: Client) -> None:
    headers = {
        "authorization": f"Bearer {signed_in.token}",
        "content-type": "application/json",
        "content-length": "16385",
    }
    assert signed_in.send("POST", "/chat/messages", [], headers).status == 413


def test_a_body_that_does_not_declare_its_length_is_cut_off(signed_in: Client) -> None:
    headers = {"authorization": f"Bearer {signed_in.token}", "content-type": "application/json"}
    chunks = (b" " * 4096 for _ in range(1000))
    answer = signed_in.send("POST", "/chat/messages", chunks, headers)
    assert (answer.status, answer.json["error"]["code"]) == (413, "too_large")


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"null", b"[]", b'{"text": 5}', b'{"text": null}', b'{"text": "\\ud800"}', b"\xff"],
)
def test_a_body_that_is_not_a_message_is_refused(
    signed_in: Client, lex: ScriptedLex, body: bytes
) -> None:
    headers = {"authorization": f"Bearer {signed_in.token}", "content-type": "application/json"}
    refusal = signed_in.send("POST", "/chat/messages", [body], headers)
    assert (refusal.status, refusal.json["error"]["code"]) == (400, "bad_request")
    assert lex.turns == []


def test_a_body_that_is_not_sent_as_json_is_refused(signed_in: Client) -> None:
    headers = {"authorization": f"Bearer {signed_in.token}", "content-type": "text/plain"}
    refusal = signed_in.send("POST", "/chat/messages", [b'{"text": "hi"}'], headers)
    assert (refusal.status, refusal.json["error"]["code"]) == (415, "not_json")


@pytest.mark.parametrize(
    ("error", "status", "retryable"),
    [
        (lex_error("ThrottlingException"), 503, True),
        (lex_error("ConflictException"), 503, True),
        (lex_error("DependencyFailedException"), 502, True),
        (lex_error("BadGatewayException"), 502, True),
        (lex_error("InternalServerException"), 502, True),
        (lex_error("ValidationException"), 502, False),
        (lex_error("ResourceNotFoundException"), 502, False),
        (lex_error("AccessDeniedException"), 502, False),
        (EndpointConnectionError(endpoint_url="http://inside:8700"), 503, True),
        (ReadTimeoutError(endpoint_url="http://inside:8700"), 503, True),
        (RuntimeError("inside"), 500, True),
    ],
)
def test_trouble_behind_the_channel_is_told_without_its_inside(
    signed_in: Client,
    lex: ScriptedLex,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
    status: int,
    retryable: bool,
) -> None:
    lex.script["my code is 4711"] = error
    refusal = signed_in.post("/chat/messages", {"text": "my code is 4711"})
    assert (refusal.status, refusal.json["error"]["retryable"]) == (status, retryable)
    seen = json.dumps(refusal.json) + caplog.text
    for hidden in ("inside", "arn:", "4711", "Exception"):
        assert hidden not in json.dumps(refusal.json), hidden
    assert "4711" not in seen
    assert "amelia" not in seen


def test_an_unknown_path_and_a_wrong_method_are_refused_in_json(client: Client) -> None:
    assert client.get("/chat/nothing").json["error"]["code"] == "not_found"
    wrong = client.get("/chat/messages")
    assert (wrong.status, wrong.json["error"]["code"]) == (405, "method_not_allowed")


def test_every_answer_of_the_api_carries_the_security_headers(signed_in: Client) -> None:
    for reply in (
        signed_in.post("/chat/messages", {"text": "hi"}),
        signed_in.post("/chat/messages", {"text": ""}),
        signed_in.get("/chat/customers"),
        signed_in.get("/chat/nothing"),
        signed_in.post("/chat/sign-out"),
    ):
        assert reply.headers["cache-control"] == "no-store"
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert reply.headers["referrer-policy"] == "no-referrer"
        assert "frame-ancestors 'none'" in reply.headers["content-security-policy"]


def test_a_card_number_never_reaches_lex_and_the_customer_is_told(
    signed_in: Client, lex: ScriptedLex
) -> None:
    answer = signed_in.post("/chat/messages", {"text": "freeze 4111 1111 1111 1111 now"})
    assert lex.turns[0]["text"] == "freeze card ending 1111 now"
    assert answer.json["heard"] == "freeze card ending 1111 now"
    assert "I never ask for them" in answer.json["messages"][0]["content"]
    assert "4111 1111" not in answer.body.decode()
