"""What a chat that is open has not shown yet of what the bank says of its own accord."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from fulfillment.clock import Clock
from fulfillment.conversations.bank_messages import bank_message
from fulfillment.conversations.settled_questions import without_settled
from fulfillment.conversations.tips_waiting import parted
from fulfillment.identity import SessionTokenKeys, verify
from fulfillment.identity.session_policy import ABSOLUTE, IDLE, session_key
from fulfillment.identity.token import key_id
from fulfillment.lex.messages import to_lex_messages
from fulfillment.replies import Speech
from fulfillment.store.bank_messages import MessageBoard
from fulfillment.store.books import Books
from fulfillment.store.sessions import Sessions


class InboxRequest(BaseModel):
    """Asked by the channel for one of its sessions, with the token of who signed in to it, if
    anybody did. `after`: the last number that the chat has. `heard`: up to which number the
    customer has seen everything. Both count for the customer `of`, and for no other. `asking`: the
    session waits for the customer's answer, so that nothing is told that can wait.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    bot_id: str
    bot_alias_id: str
    session_id: str
    identity: str | None = None
    of: str | None = None
    after: int = Field(default=0, ge=0)
    heard: int | None = Field(default=None, ge=1)
    asking: bool = False


def read_inbox(
    asked: InboxRequest, books: Books, keys: SessionTokenKeys, clock: Clock
) -> dict[str, Any]:
    """The messages behind `after` that were not heard, as in an answer of another chat, and whose
    they are; none where nobody is verified. `waits`: there is one that is told once nothing is
    asked any more, unless other news come before it.
    """
    now = clock()
    customer_id = _verified(asked, books, keys, now)
    if customer_id is None:
        return {"number": 0, "messages": [], "customer": None, "waits": False}
    customer = books.customer(customer_id)
    board = MessageBoard(books.client, books.table)
    counts = asked.of in (None, customer_id)
    heard = (asked.heard or 0) if counts else 0
    if heard:
        board.heard(customer_id, min(heard, customer.messages))
    after = min(max(asked.after if counts else 0, customer.heard, heard), customer.messages)
    speech = Speech(customer.locale, customer.time_zone, now)
    new = board.after(customer_id, after) if after < customer.messages else []
    last = new[-1].number if new else after
    new, waiting = parted(new, now, agreed=customer.tips, is_calm=not asked.asking)
    # What waits is read again; what is told, or never will be, is not.
    last = waiting[0].number - 1 if waiting else last
    return {
        "number": last,
        "messages": [
            {
                "number": one.number,
                "at": one.at.isoformat(),
                "messages": to_lex_messages(tuple(bank_message(speech, one, with_buttons=True))),
            }
            for one in without_settled(books, customer_id, new)
        ],
        "customer": customer_id,
        "waits": bool(waiting),
    }


def _verified(
    asked: InboxRequest, books: Books, keys: SessionTokenKeys, now: datetime
) -> str | None:
    """Who is verified in the session: by the channel's token, or by a code that was given in it."""
    token: tuple[str, datetime] | None = None
    if asked.identity is not None:
        known = keys.keys_with(key_id(asked.identity))
        identity = verify(asked.identity, asked.session_id, known, now)
        if identity.customer_id is None or identity.proved_at is None:
            return None
        token = (identity.customer_id, identity.proved_at)
    key = session_key(asked.bot_id, asked.bot_alias_id, asked.session_id)
    return Sessions(books.client, books.table, IDLE, ABSOLUTE).overheard(key, now, token)
