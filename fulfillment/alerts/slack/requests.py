"""What comes from Slack: whether it is really from there, and what it asks of the desk. Pure.

Source: Slack, "Verifying requests from Slack": HMAC-SHA256 of `v0:timestamp:body` over the raw
body, compared in constant time, no older than five minutes; "block_actions" payloads; the Events
API's `url_verification` and `message` events.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qs

from pydantic import ValidationError
from slack_sdk.signature import Clock, SignatureVerifier

from fulfillment.alerts.slack.jobs import Click, Said

MOST_BYTES = 256 * 1024
_MENTION = re.compile(r"<[@!][^>]*>\s*")


class NotFromSlackError(Exception):
    """The signature is not right, or too old."""


class _FixedClock(Clock):
    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now

    def now(self) -> float:
        return self._now()


def raw_body(event: Mapping[str, Any]) -> str:
    """The body of an API Gateway event exactly as it was sent: the signature is over its bytes."""
    body = event.get("body") or ""
    if not event.get("isBase64Encoded"):
        return str(body)
    try:
        return base64.b64decode(body, validate=True).decode("utf-8")
    except ValueError as fault:
        raise NotFromSlackError("the body is not base64") from fault


def require_signature(
    body: str, headers: Mapping[str, str], secret: str, now: Callable[[], float]
) -> None:
    """Raises `NotFromSlackError` unless Slack signed exactly this body in the last five minutes."""
    lower = {name.lower(): value for name, value in headers.items()}
    stamp = lower.get("x-slack-request-timestamp", "")
    signature = lower.get("x-slack-signature", "")
    timed = stamp.isascii() and stamp.isdigit() and len(stamp) < 16
    # The verifier fails, and refuses nothing, on a signature that it cannot compare.
    if len(body) > MOST_BYTES or not timed or not signature.isascii():
        raise NotFromSlackError("no request of Slack's looks like this")
    verifier = SignatureVerifier(secret, _FixedClock(now))
    if not verifier.is_valid(body, stamp, signature):
        raise NotFromSlackError("the signature is not right, or too old")


def click_of(body: str) -> Click | None:
    """The button that was pressed in an interaction's form body; None for anything else."""
    payload = _json((parse_qs(body).get("payload") or [""])[0])
    if payload.get("type") != "block_actions":
        return None
    try:
        action = payload["actions"][0]
        message = payload.get("container") or payload["message"]
        user, channel = payload["user"]["id"], payload["channel"]["id"]
        seed = "|".join((user, str(message.get("message_ts") or message.get("ts")),
                         action["action_id"], str(action.get("action_ts", ""))))  # fmt: skip
        return Click(
            wish_id=hashlib.sha256(seed.encode()).hexdigest()[:24],
            user=user,
            channel=channel,
            action=action["action_id"],
            value=action.get("value") or "",
        )
    except (KeyError, IndexError, TypeError, AttributeError, ValidationError):
        return None


def challenge_of(body: str) -> str | None:
    """What Slack wants back when it tries the address of the Events API."""
    payload = _json(body)
    if payload.get("type") != "url_verification":
        return None
    return str(payload.get("challenge", ""))


def said_of(body: str) -> Said | None:
    """What somebody wrote in a thread; None for bots, edits, and whatever is in no thread."""
    payload = _json(body)
    event = payload.get("event")
    if payload.get("type") != "event_callback" or not isinstance(event, dict):
        return None
    is_speech = event.get("type") == "message" and not event.get("subtype")
    if not is_speech or event.get("bot_id") or not event.get("thread_ts"):
        return None
    try:
        seed = f"{event['channel']}|{event['ts']}"
        return Said(
            wish_id=hashlib.sha256(seed.encode()).hexdigest()[:24],
            user=event["user"],
            channel=event["channel"],
            thread=event["thread_ts"],
            text=spoken(event.get("text", "")),
        )
    except (KeyError, TypeError, ValidationError):
        return None


def spoken(text: str) -> str:
    """Slack's own writing as a person's: no mentions, no entities."""
    return html.unescape(_MENTION.sub("", text)).strip()


def _json(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
