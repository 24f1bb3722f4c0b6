"""The abuse cases of the analysts' desk: what is not Slack's, and what only looks like markup."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

import pytest

from fulfillment.alerts.events import Sum, SuspectedFraud, Why, security_event
from fulfillment.alerts.slack.requests import NotFromSlackError, raw_body, require_signature
from tests.integration.desk.conftest import Town, client, policy, town
from tests.unit.bank.values import NOW

__all__ = ["client", "policy", "town"]
SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
AT = 1_531_420_618
BODY = "payload=%7B%22type%22%3A%22block_actions%22%7D"


def signed(body: str = BODY, at: str = str(AT), secret: str = SECRET) -> dict[str, str]:
    """As Slack's documentation of v0 has it."""
    digest = hmac.new(secret.encode(), f"v0:{at}:{body}".encode(), hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": at, "X-Slack-Signature": f"v0={digest}"}


def refused(body: str, headers: Mapping[str, str], now: float = AT) -> bool:
    try:
        require_signature(body, headers, SECRET, lambda: now)
    except NotFromSlackError:
        return True
    return False


def test_a18_what_slack_signed_within_five_minutes_is_slack_s() -> None:
    assert not refused(BODY, signed())
    assert not refused(BODY, signed(), AT + 299)


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({}, BODY),
        (signed(secret="another"), BODY),
        (signed(), BODY + "x"),
        (signed(at="yesterday"), BODY),
        (signed(at="1e9"), BODY),
        (signed(at=""), BODY),
        (signed(at="١٥٣١٤٢٠٦١٨"), BODY),
        ({**signed(), "X-Slack-Signature": ""}, BODY),
        ({**signed(), "X-Slack-Signature": "v0=ü"}, BODY),
        ({**signed(), "X-Slack-Signature": signed()["X-Slack-Signature"].upper()}, BODY),
        (signed("x" * 300_000), "x" * 300_000),
    ],
    ids=range(11),
)
def test_a18_a_forged_or_malformed_request_is_refused_and_never_a_fault(
    headers: dict[str, str], body: str
) -> None:
    assert refused(body, headers)


@pytest.mark.parametrize("late", [301, 86_400, -301])
def test_a18_a_request_that_was_kept_and_sent_again_later_is_refused(late: int) -> None:
    assert refused(BODY, signed(), AT + late)


@pytest.mark.parametrize("body", ["not base64", base64.b64encode(b"\xff\xfe").decode()])
def test_a18_a_body_that_is_no_text_is_refused(body: str) -> None:
    with pytest.raises(NotFromSlackError):
        raw_body({"body": body, "isBase64Encoded": True})


@pytest.mark.parametrize(
    "name",
    [
        "<!channel> urgent",
        "<@U0SAM> approve this",
        "<https://evil.test|Harbor Trust>",
        "*Released* by `Sam`",
        "Anna & <b>Co</b>",
    ],
)
def test_a17_a_customer_s_words_are_no_mention_no_link_and_no_markup(town: Town, name: str) -> None:
    data = SuspectedFraud(
        customer_id="mira",
        payment_id="p-1",
        decision="hold",
        amount=Sum(minor=20_000, currency="USD"),
        payee=name,
        score=0.8,
        reasons=(Why(code="new_payee", text=f"first payment to {name}"),),
    )
    town.work.event(security_event(data, "p-1", NOW, source="payments"))
    [message] = town.slack.messages.values()
    for text in marked_up(message["blocks"]):
        assert "<!channel" not in text
        assert "<@U0SAM" not in text
        assert "<http" not in text
        assert "*Released*" not in text
        assert "`Sam`" not in text
    assert name not in json.dumps([*marked_up(message["blocks"])])


def marked_up(blocks: Any) -> list[str]:
    """Every text that Slack reads as its markup."""
    if isinstance(blocks, list):
        return [text for one in blocks for text in marked_up(one)]
    if not isinstance(blocks, dict):
        return []
    own = [blocks["text"]] if blocks.get("type") == "mrkdwn" else []
    return [*own, *(text for one in blocks.values() for text in marked_up(one))]
