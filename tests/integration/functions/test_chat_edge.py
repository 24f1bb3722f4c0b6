"""The channel behind API Gateway: a proxy event in, the channel's own answer out."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.channels import lex as talking
from bot.channels import on_aws, on_lambda
from infra.aws.websocket_api import chat_table
from tests.integration.functions.answering import answer
from tests.integration.functions.conftest import client_of

SECRET = "teller/session-token-key"
SAID = {
    "messages": [{"content": "Hello.", "contentType": "PlainText"}],
    "sessionState": {"intent": {"name": "Welcome", "state": "Fulfilled", "slots": {}}},
    "interpretations": [], "sessionId": "s",
}  # fmt: skip


@pytest.fixture
def lex(monkeypatch: pytest.MonkeyPatch) -> Any:
    client_of("secretsmanager").create_secret(
        Name=SECRET, SecretString=json.dumps({"kid": "1", "key": "k" * 64})
    )
    wanted = chat_table()["ChatTable"]["Properties"]
    client_of("dynamodb").create_table(
        **{name: wanted[name] for name in
           ("TableName", "BillingMode", "AttributeDefinitions", "KeySchema")}
    )  # fmt: skip
    monkeypatch.setenv("CHAT_TABLE", wanted["TableName"])
    monkeypatch.setenv("BOT_ID", "ABCDEFGHIJ")
    monkeypatch.setenv("BOT_ALIAS_ID", "TSTALIASID")
    monkeypatch.setenv("SESSION_TOKEN_SECRET", SECRET)
    made = []
    real = talking.lex_client

    def watched(settings: Any) -> Any:
        made.append(real(settings))
        return made[-1]

    monkeypatch.setattr(on_aws, "lex_client", watched)
    on_lambda._app.cache_clear()
    on_lambda._app()
    yield made[0]
    on_lambda._app.cache_clear()


def post(path: str, body: Any = None, token: str | None = None) -> tuple[int, dict[str, Any]]:
    headers = {"Content-Type": "application/json", "Host": "x.execute-api"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    event = {
        "httpMethod": "POST", "path": path, "headers": headers,
        "body": json.dumps(body or {}), "isBase64Encoded": False,
        "requestContext": {"identity": {"sourceIp": "192.0.2.1"}, "stage": "live"},
    }  # fmt: skip
    found = on_lambda.handler(event, None)
    return found["statusCode"], json.loads(found["body"] or "{}")


def signed_in() -> str:
    status, said = post("/chat/sign-in", {"anonymous": True})
    assert status == 200, said
    return str(said["access_token"])


def test_an_anonymous_chat_reaches_lex_under_a_session_that_the_channel_chose(lex: Any) -> None:
    asked = answer(lex, "RecognizeText", SAID)
    status, said = post("/chat/messages", {"text": "hello"}, signed_in())
    assert status == 200
    assert "Hello." in json.dumps(said)
    assert asked[0]["text"] == "hello"
    assert "sessionState" not in asked[0] or "intent" not in asked[0].get("sessionState", {})


def test_without_a_token_nothing_reaches_lex(lex: Any) -> None:
    asked = answer(lex, "RecognizeText", SAID)
    status, _ = post("/chat/messages", {"text": "hello"})
    assert status == 401
    assert asked == []


def test_a_token_that_somebody_else_signed_is_no_token(lex: Any) -> None:
    asked = answer(lex, "RecognizeText", SAID)
    head, _, _ = signed_in().rpartition(".")
    status, _ = post("/chat/messages", {"text": "hello"}, f"{head}.AAAA")
    assert status == 401
    assert asked == []


def test_signing_out_ends_the_session_in_lex_too(lex: Any) -> None:
    asked = answer(lex, "DeleteSession", {"sessionId": "s"})
    status, _ = post("/chat/sign-out", token=signed_in())
    assert status in (200, 204)
    assert len(asked) == 1


def test_an_address_that_is_none_is_not_found(lex: Any) -> None:
    assert post("/chat/nothing")[0] == 404
