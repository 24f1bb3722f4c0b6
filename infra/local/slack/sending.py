"""Sends what people do in the workspace to the bank, signed as Slack signs it."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from infra.local.slack.workspace import Message

_PATIENCE_S = 3.0
"""How long Slack waits for an answer."""
_RETRIES = 3


def signed(body: str, secret: str, now: float) -> dict[str, str]:
    """The headers that prove a body: HMAC-SHA256 of `v0:timestamp:body`."""
    stamp = str(int(now))
    digest = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


@dataclass(frozen=True, slots=True)
class Sender:
    """`address` is where the bank's API is; both callables may block. Blocks while it sends."""

    address: Callable[[], str]
    secret: Callable[[], str]

    def click(self, user: str, name: str, message: Message, action: dict[str, Any]) -> int:
        """A button was pressed. The status that came back; 0 for none in time."""
        now = time.time()
        payload = {
            "type": "block_actions",
            "user": {"id": user, "username": name.lower(), "name": name, "team_id": "T0TELLER"},
            "api_app_id": "A0TELLER",
            "container": {
                "type": "message",
                "message_ts": message.ts,
                "channel_id": message.channel,
                "is_ephemeral": False,
            },
            "trigger_id": f"{int(now * 1000)}.{message.ts}",
            "team": {"id": "T0TELLER", "domain": "teller-bank"},
            "channel": {"id": message.channel, "name": "fraud-desk"},
            "message": {"type": "message", "ts": message.ts, "text": message.text},
            "actions": [{**action, "type": "button", "action_ts": f"{now:.6f}"}],
        }
        body = urlencode({"payload": json.dumps(payload)})
        kind = "application/x-www-form-urlencoded"
        return self._send("/slack/interactions", body, kind, {})

    def said(self, message: Message) -> int:
        """Somebody wrote in a thread. Sent again, up to three times, until it is taken."""
        body = json.dumps(
            {
                "type": "event_callback",
                "team_id": "T0TELLER",
                "api_app_id": "A0TELLER",
                "event_id": f"Ev{message.ts.replace('.', '')}",
                "event_time": int(float(message.ts)),
                "event": {
                    "type": "message",
                    "channel": message.channel,
                    "user": message.user,
                    "text": message.text,
                    "ts": message.ts,
                    "thread_ts": message.thread_ts,
                },
            }
        )
        status = 0
        for attempt in range(1 + _RETRIES):
            again = {"X-Slack-Retry-Num": str(attempt)} if attempt else {}
            status = self._send("/slack/events", body, "application/json", again)
            if status == 200:
                break
        return status

    def _send(self, path: str, body: str, kind: str, headers: dict[str, str]) -> int:
        request = urllib.request.Request(  # noqa: S310 - the embedded AWS's own address
            self.address() + path,
            body.encode(),
            {"Content-Type": kind, **signed(body, self.secret(), time.time()), **headers},
        )
        try:
            with urllib.request.urlopen(request, timeout=_PATIENCE_S) as answer:  # noqa: S310
                return int(answer.status)
        except urllib.error.HTTPError as fault:
            return fault.code
        except OSError:
            return 0
