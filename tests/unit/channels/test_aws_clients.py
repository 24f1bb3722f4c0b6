"""The channel on real AWS clients: Lex requests that AWS's model accepts, keys from the API."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import boto3
import pytest
from botocore.client import BaseClient
from botocore.stub import Stubber
from moto import mock_aws
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.channels import DemoCustomersError, open_channel
from bot.channels.errors import ChannelError
from bot.channels.lex import LexBot, lex_client
from tests.browser.serving import served
from tests.unit.channels.asgi import Client
from tests.unit.channels.conftest import SETTINGS
from tests.unit.channels.fake_lex import answer, text

BOT = {"botId": "TELLERBOT0", "botAliasId": "TSTALIASID", "localeId": "en_US"}


@pytest.fixture(autouse=True)
def no_real_account(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_PROFILE", "AWS_ENDPOINT_URL", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")


@pytest.fixture
def stubbed() -> Iterator[tuple[LexBot, Stubber]]:
    client = lex_client(SETTINGS)
    with Stubber(cast(BaseClient, client)) as stubber:
        yield LexBot(client, SETTINGS), stubber
        stubber.assert_no_pending_responses()


def test_a_signed_in_turn_is_a_request_that_aws_accepts(stubbed: tuple[LexBot, Stubber]) -> None:
    bot, stubber = stubbed
    expected = {
        **BOT,
        "sessionId": "0123456789abcdef",
        "text": "hi",
        "requestAttributes": {"x-teller-identity": "a.b.c"},
    }
    stubber.add_response("recognize_text", answer(text("Hello")), expected)
    said = bot.say("0123456789abcdef", "hi", "a.b.c")
    assert said["messages"][0]["content"] == "Hello"


@pytest.mark.parametrize(("status", "code"), [(502, "BadGateway"), (429, "Throttling")])
def test_a_turn_that_fails_is_not_sent_again_by_itself(status: int, code: str) -> None:
    asked: list[str] = []

    async def failing_lex(request: Request) -> Response:
        asked.append(request.url.path)
        name = {"x-amzn-errortype": f"{code}Exception"}
        return JSONResponse({"message": "inside"}, status_code=status, headers=name)

    app = Starlette(routes=[Route("/{path:path}", failing_lex, methods=["POST"])])
    with served(app) as address:
        settings = SETTINGS.model_copy(update={"lex_endpoint_url": address})
        with pytest.raises(ChannelError) as caught:
            LexBot(lex_client(settings), settings).say("0123456789abcdef", "yes", None)
    assert caught.value.retryable
    assert len(asked) == 1
    assert asked[0].endswith("/botLocales/en_US/sessions/0123456789abcdef/text")


def test_forgetting_a_session_that_lex_does_not_know_is_no_error(
    stubbed: tuple[LexBot, Stubber],
) -> None:
    bot, stubber = stubbed
    stubber.add_client_error("delete_session", "ResourceNotFoundException", http_status_code=404)
    bot.forget("0123456789abcdef")


def test_the_channel_opens_on_a_key_in_secrets_manager(tmp_path: Path) -> None:
    people = tmp_path / "people.json"
    people.write_text(json.dumps([{"id": "amelia", "name": "Amelia Ward"}]), encoding="utf-8")
    key: dict[str, Any] = {"kid": "k1", "key": "a key of more than thirty-two bytes, for tests"}
    with mock_aws():
        secrets = boto3.client("secretsmanager", region_name="us-east-1")
        secrets.create_secret(Name=SETTINGS.token_secret, SecretString=json.dumps(key))
        settings = SETTINGS.model_copy(update={"demo_customers_file": people})
        client = Client(Starlette(routes=open_channel(settings)))
        assert client.post("/chat/sign-in", {"customer": "amelia"}).status == 200


def test_without_its_key_the_channel_signs_nobody_in_and_keeps_the_reason_to_itself() -> None:
    with mock_aws():
        client = Client(Starlette(routes=open_channel(SETTINGS)))
        refusal = client.post("/chat/sign-in", {"anonymous": True})
    assert (refusal.status, refusal.json["error"]["retryable"]) == (503, True)
    assert "secret" not in refusal.body.decode().lower()


def test_a_channel_without_its_list_of_people_does_not_open(tmp_path: Path) -> None:
    settings = SETTINGS.model_copy(update={"demo_customers_file": tmp_path / "none.json"})
    with pytest.raises(DemoCustomersError):
        open_channel(settings)
