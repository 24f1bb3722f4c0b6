"""What the bank says of its own accord, asked of the function that reads it from the books."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

_FUNCTION = "teller-chat-inbox"


@dataclass(frozen=True, slots=True)
class BankSaid:
    """One message of the bank: its number, when (ISO), and its messages in Lex's shapes."""

    number: int
    at: str
    messages: Sequence[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class News:
    """`number` is the last there is; `said` is what came behind the one asked about. `customer` is
    whose news it is: who is verified in the session, None for nobody. `waits`: there is more, for
    when no question is open.
    """

    number: int
    said: Sequence[BankSaid] = ()
    customer: str | None = None
    waits: bool = False


class InboxError(Exception):
    """The inbox cannot be read just now. The text holds nothing of what was said."""


class Inbox(Protocol):
    """Reads a customer's news. May block; raises `InboxError`."""

    def read(
        self,
        session_id: str,
        identity: str | None,
        after: int,
        of: str | None,
        heard: int | None = None,
        asking: bool = False,
    ) -> News:
        """The news behind number `after` that the customer has not heard elsewhere. `heard`: they
        have seen everything up to there. `of` is whose numbers these are. `asking`: Teller has
        asked something, so that what can wait is not told.

        Without `identity`, the channel's token, it is who gave a one-time code in the session.
        """
        ...


class NoInbox:
    """A bank that says nothing of its own accord."""

    def read(
        self,
        session_id: str,
        identity: str | None,
        after: int,
        of: str | None,
        heard: int | None = None,
        asking: bool = False,
    ) -> News:
        """No news."""
        del session_id, identity, heard, asking
        return News(after, (), of)


class LambdaInbox:
    """The function `teller-chat-inbox`, called by `client`, boto3's own of Lambda, for the sessions
    that the channel has with `bot`: the ids of a bot and its alias.
    """

    def __init__(self, client: Any, bot: tuple[str, str], function: str = _FUNCTION) -> None:
        self._client = client
        self._bot = bot
        self._function = function

    def read(
        self,
        session_id: str,
        identity: str | None,
        after: int,
        of: str | None,
        heard: int | None = None,
        asking: bool = False,
    ) -> News:
        """See `Inbox`."""
        bot_id, alias_id = self._bot
        given = {
            "identity": identity,
            "of": of or None,
            "heard": heard or None,
            "asking": asking or None,
        }
        asked: dict[str, Any] = {
            "bot_id": bot_id,
            "bot_alias_id": alias_id,
            "session_id": session_id,
            "after": after,
            **{name: value for name, value in given.items() if value is not None},
        }
        try:
            answer = self._client.invoke(FunctionName=self._function, Payload=json.dumps(asked))
            found = json.loads(answer["Payload"].read())
            return News(
                int(found["number"]),
                [BankSaid(one["number"], one["at"], one["messages"]) for one in found["messages"]],
                found["customer"],
                bool(found.get("waits")),
            )
        except Exception as fault:
            # botocore's errors, and the shape of a function's fault: the kind is all that is told.
            raise InboxError(type(fault).__name__) from None
