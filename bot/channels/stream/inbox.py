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
    """`number` is the last there is; `said` is what came behind the one asked about."""

    number: int
    said: Sequence[BankSaid] = ()


class InboxError(Exception):
    """The inbox cannot be read just now. The text holds nothing of what was said."""


class Inbox(Protocol):
    """Reads a customer's news. May block; raises `InboxError`."""

    def read(self, identity: str, session_id: str, after: int, heard: int | None = None) -> News:
        """The news behind number `after` that the customer has not heard elsewhere. `heard`: they
        have seen everything up to there.
        """
        ...


class NoInbox:
    """A bank that says nothing of its own accord."""

    def read(self, identity: str, session_id: str, after: int, heard: int | None = None) -> News:
        """No news."""
        del identity, session_id, heard
        return News(after)


class LambdaInbox:
    """The function `teller-chat-inbox`, called by `client`, boto3's own of Lambda."""

    def __init__(self, client: Any, function: str = _FUNCTION) -> None:
        self._client = client
        self._function = function

    def read(self, identity: str, session_id: str, after: int, heard: int | None = None) -> News:
        """See `Inbox`."""
        asked: dict[str, Any] = {"identity": identity, "session_id": session_id, "after": after}
        if heard:
            asked["heard"] = heard
        try:
            answer = self._client.invoke(FunctionName=self._function, Payload=json.dumps(asked))
            found = json.loads(answer["Payload"].read())
            return News(
                int(found["number"]),
                [BankSaid(one["number"], one["at"], one["messages"]) for one in found["messages"]],
            )
        except Exception as fault:
            # botocore's errors, and the shape of a function's fault: the kind is all that is told.
            raise InboxError(type(fault).__name__) from None
