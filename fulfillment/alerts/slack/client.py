"""The few calls of Slack's Web API that the desk makes, with every failure by what it asks for.

Source: Slack, "Rate limits" (429 with Retry-After in seconds) and the errors of `chat.postMessage`
and `chat.update`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

Blocks = Sequence[dict[str, Any]]
TIMEOUT_S = 4

_REVOKED = frozenset(
    {"invalid_auth", "account_inactive", "token_revoked", "token_expired", "not_authed"}
)
_CASE = "teller_case"
_GONE = frozenset({"message_not_found", "thread_not_found", "cant_update_message"})


class SlackError(Exception):
    """Slack did not do as asked. `retry_after`: the seconds after which it may be asked again."""

    def __init__(self, why: str, retry_after: int | None = None) -> None:
        super().__init__(why)
        self.retry_after = retry_after


class SlackBusyError(SlackError):
    """It asks for patience (429)."""


class SlackAwayError(SlackError):
    """No answer, or a fault of its own. What was asked may have been done."""


class SlackLockedError(SlackError):
    """Our token is not good: a person has to act."""


class MessageGoneError(SlackError):
    """The message was deleted."""


class SlackRefusedError(SlackError):
    """The request itself is at fault: asking again will not help."""


@dataclass(frozen=True, slots=True)
class Posted:
    channel: str
    ts: str


class SlackDesk(Protocol):
    """What the desk asks of Slack. Every call raises `SlackError`."""

    def post(
        self,
        channel: str,
        text: str,
        blocks: Blocks,
        *,
        thread: str | None = None,
        case_id: str | None = None,
    ) -> Posted: ...

    def find(self, channel: str, case_id: str) -> Posted | None: ...

    def update(self, where: Posted, text: str, blocks: Blocks) -> None: ...

    def whisper(self, channel: str, user: str, text: str) -> None: ...


class WebApi:
    """Slack by its Web API. It does not retry: the queue does, and knows for how long."""

    def __init__(self, token: str, url: str, timeout_s: int = TIMEOUT_S) -> None:
        self._client = WebClient(token=token, base_url=url, timeout=timeout_s, retry_handlers=[])

    def post(
        self,
        channel: str,
        text: str,
        blocks: Blocks,
        *,
        thread: str | None = None,
        case_id: str | None = None,
    ) -> Posted:
        """A new message; `case_id` goes along unseen, so that it can be found again."""
        made: dict[str, Any] = {
            "channel": channel,
            "text": text,
            "blocks": list(blocks) or None,
            "thread_ts": thread,
            "unfurl_links": False,
        }
        if case_id:
            made["metadata"] = {"event_type": _CASE, "event_payload": {"case_id": case_id}}
        answer = self._ask("chat.postMessage", made)
        return Posted(str(answer["channel"]), str(answer["ts"]))

    def find(self, channel: str, case_id: str) -> Posted | None:
        """The message of a case among the latest of the channel, if it is there."""
        asked = {"channel": channel, "limit": 100, "include_all_metadata": True}
        for message in self._ask("conversations.history", asked).get("messages", ()):
            metadata = message.get("metadata") or {}
            payload = metadata.get("event_payload") or {}
            if metadata.get("event_type") == _CASE and payload.get("case_id") == case_id:
                return Posted(channel, str(message["ts"]))
        return None

    def update(self, where: Posted, text: str, blocks: Blocks) -> None:
        self._ask(
            "chat.update",
            {"channel": where.channel, "ts": where.ts, "text": text, "blocks": list(blocks)},
        )

    def whisper(self, channel: str, user: str, text: str) -> None:
        """A note that only `user` sees."""
        self._ask("chat.postEphemeral", {"channel": channel, "user": user, "text": text})

    def _ask(self, method: str, body: dict[str, Any]) -> Any:
        given = {name: value for name, value in body.items() if value is not None}
        try:
            return self._client.api_call(method, json=given)
        except SlackApiError as error:
            raise _by_answer(method, error) from error
        except (SlackClientError, URLError, OSError) as error:
            raise SlackAwayError(f"{method}: {type(error).__name__}") from error


def _by_answer(method: str, error: SlackApiError) -> SlackError:
    response: Any = error.response
    status = getattr(response, "status_code", 0)
    data = response if not hasattr(response, "data") else response.data
    code = data.get("error", "") if isinstance(data, dict) else ""
    why = f"{method}: {code or status}"
    if status == 429 or code in ("ratelimited", "rate_limited"):
        headers = {str(k).lower(): v for k, v in getattr(response, "headers", {}).items()}
        wait = str(headers.get("retry-after", "30"))
        return SlackBusyError(why, int(wait) if wait.isdigit() else 30)
    if status >= 500 or code in ("internal_error", "fatal_error", "service_unavailable"):
        return SlackAwayError(why)
    if code in _REVOKED:
        return SlackLockedError(why)
    if code in _GONE:
        return MessageGoneError(why)
    return SlackRefusedError(why)
