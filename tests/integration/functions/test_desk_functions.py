"""The desk's functions, whole: Slack's click is checked and queued, and the case is worked off."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import quote_plus

import botocore.session
import jwt
import pytest

from fulfillment.alerts.desk_policy import shipped_desk_policy
from fulfillment.alerts.slack.jobs import Click, Said
from fulfillment.bank.analyst_cases import Act
from fulfillment.handlers import chat_inbox, desk, slack_requests
from tests.integration.desk.conftest import SAM, Town, client, policy, town

__all__ = ["client", "policy", "town"]  # fixtures
REGION = "eu-west-1"
SIGNING = "a-signing-secret"
SIGNS = "k" * 64


def aws(service: str) -> Any:
    return botocore.session.get_session().create_client(service, region_name=REGION)


@pytest.fixture
def queues(town: Town, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """The desk's queues, topic and secret beside Mira's bank, and the Slack of her town."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    urls = {name: aws("sqs").create_queue(QueueName=f"teller-desk-{name}")["QueueUrl"]
            for name in ("jobs", "events")}  # fmt: skip
    topic = aws("sns").create_topic(Name="teller-chat")["TopicArn"]
    secret = {"bot_token": "xoxb", "signing_secret": SIGNING}
    aws("secretsmanager").create_secret(Name="teller/slack", SecretString=json.dumps(secret))
    key = {"kid": "1", "key": SIGNS}
    aws("secretsmanager").create_secret(Name="teller/key", SecretString=json.dumps(key))
    for name, value in {
        "SESSION_TOKEN_SECRET": "teller/key",
        "TABLE_NAME": town.books.table, "SLACK_SECRET": "teller/slack", "CHAT_TOPIC_ARN": topic,
        "DESK_JOBS_URL": urls["jobs"], "DESK_EVENTS_URL": urls["events"],
        "SLACK_API_URL": "http://127.0.0.1:9/", "TELLER_CLOCK": town.now.isoformat(),
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(desk, "WebApi", lambda *_: town.slack)
    _forget()
    yield urls
    _forget()


def _forget() -> None:
    desk._clients.cache_clear()
    chat_inbox._parts.cache_clear()
    slack_requests._clients.cache_clear()


def identity_of(customer: str, now: datetime) -> str:
    """The token by which the channel tells whose chat it is."""
    at = int(now.timestamp()) - 1
    claims = {"iss": "teller-channel", "aud": "teller-fulfillment", "sub": customer, "sid": "s-1",
              "lvl": 2, "iat": at, "exp": at + 300, "jti": "t-1", "auth_time": at}  # fmt: skip
    return jwt.encode(claims, SIGNS, "HS256", {"kid": "1"})


def waiting(url: str) -> list[str]:
    found = aws("sqs").receive_message(QueueUrl=url, MaxNumberOfMessages=10)
    return [one["Body"] for one in found.get("Messages", [])]


def worked_off(body: str) -> list[Any]:
    record = {"messageId": "m-1", "receiptHandle": "r", "body": body,
              "eventSourceARN": "arn:aws:sqs:us-east-1:123456789012:teller-desk-jobs"}  # fmt: skip
    answer: list[Any] = desk.handler({"Records": [record]}, None)["batchItemFailures"]
    return answer


def signed(body: str, secret: str = SIGNING) -> dict[str, Any]:
    stamp = str(int(time.time()))
    mac = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256)
    headers = {"x-slack-request-timestamp": stamp, "x-slack-signature": f"v0={mac.hexdigest()}"}
    return {"rawPath": "/slack/interactions", "headers": headers, "body": body}


def pressed() -> str:
    payload = {
        "type": "block_actions", "user": {"id": SAM}, "channel": {"id": "C0TELLERDESK"},
        "container": {"message_ts": "0.0"},
        "actions": [{"action_id": "case:claim", "value": "mira|c-1", "action_ts": "1.0"}],
    }  # fmt: skip
    return "payload=" + quote_plus(json.dumps(payload))


def test_a_click_that_slack_signed_waits_in_the_queue(queues: dict[str, str]) -> None:
    assert slack_requests.handler(signed(pressed()), None)["statusCode"] == 200
    assert json.loads(waiting(queues["jobs"])[0])["user"] == SAM


def test_a_click_that_somebody_else_signed_is_refused(queues: dict[str, str]) -> None:
    assert slack_requests.handler(signed(pressed(), "another"), None)["statusCode"] == 401
    assert waiting(queues["jobs"]) == []


def test_an_analysts_words_reach_the_customer_and_wake_the_chat(
    queues: dict[str, str], town: Town
) -> None:
    assert worked_off(town.hold().model_dump_json()) == []
    case = town.desk.cases.due(town.now.replace(year=2030))
    [held] = list(case)
    value = f"{held.customer_id}|{held.case_id}"
    click = Click(wish_id="w-1", user=SAM, channel="C0TELLERDESK",
                  action=f"case:{Act.TAKE_OVER}", value=value)  # fmt: skip
    assert worked_off(click.as_json()) == []
    [ts] = town.slack.messages
    said = Said(wish_id="w-2", user=SAM, channel="C0TELLERDESK", thread=ts, text="Hello Mira.")
    assert worked_off(said.as_json()) == []
    assert town.told()[-1].text == "Hello Mira."
    read = chat_inbox.handler(
        {
            "bot_id": "B",
            "bot_alias_id": "A",
            "identity": identity_of("mira", town.now),
            "session_id": "s-1",
            "after": 0,
            "heard": 1,
            "of": "mira",
        },
        None,
    )
    assert [one["number"] for one in read["messages"]] == [2]


def test_a_burst_becomes_one_digest_that_waits_in_the_queue(
    queues: dict[str, str], town: Town
) -> None:
    burst = shipped_desk_policy().burst
    for number in range(burst.most + 2):
        assert worked_off(town.event("200.00", f"p-{number}").model_dump_json()) == []
    assert len(town.slack.messages) == burst.most
    delayed = aws("sqs").get_queue_attributes(
        QueueUrl=queues["jobs"], AttributeNames=["ApproximateNumberOfMessagesDelayed"]
    )["Attributes"]
    assert delayed["ApproximateNumberOfMessagesDelayed"] == "1"


def test_when_the_minute_strikes_open_cases_are_looked_after(
    queues: dict[str, str], town: Town
) -> None:
    worked_off(town.hold().model_dump_json())
    assert desk.handler({}, None) == {"open_cases": 1, "failed": 0}


def test_a_flood_of_cases_is_looked_after_as_far_as_a_minute_goes(
    queues: dict[str, str], town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = iter([True, False])
    monkeypatch.setattr(desk, "while_there_is_time", lambda: lambda: next(looks))
    for number in range(3):
        worked_off(town.event("200.00", f"p-{number}").model_dump_json())
    assert desk.handler({}, None) == {"open_cases": 1, "failed": 0}
